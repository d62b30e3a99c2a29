/**
 * How a thread that never returns to its event loop reads lines from the thread that has the terminal.
 *
 *     state (i32)   0: waiting, 1: answered
 *     length (i32)  of the answer's bytes; 0: the end of the input, -1: the user has broken off
 *     bytes
 *
 * The reader posts a request and sleeps; the terminal writes the answer, then the state.
 */

const headBytes = 8
const mostBytes = 1 << 16

/** What the session's thread tells the terminal's. */
export type FromSession =
  | { readonly kind: 'started'; readonly memory: SharedArrayBuffer }
  /** A line is wanted: with a prompt, or by the program. */
  | { readonly kind: 'read'; readonly prompt: string | undefined }
  | { readonly kind: 'ended'; readonly status: number }

export const newExchange = (): SharedArrayBuffer => new SharedArrayBuffer(headBytes + mostBytes)

export type Answer = Uint8Array | 'end' | 'interrupted'

/** The terminal's side: answers a request. A line that is too long for one answer is cut. */
export function answer(exchange: SharedArrayBuffer, given: Answer): void {
  const head = new Int32Array(exchange, 0, 2)
  const bytes = typeof given === 'string' ? new Uint8Array(0) : given.subarray(0, mostBytes)
  new Uint8Array(exchange, headBytes).set(bytes)
  head[1] = given === 'interrupted' ? -1 : bytes.length
  Atomics.store(head, 0, 1)
  Atomics.notify(head, 0)
}

/** The reader's side: sleeps until there is an answer. */
export function waitForAnswer(exchange: SharedArrayBuffer): Answer {
  const head = new Int32Array(exchange, 0, 2)
  Atomics.wait(head, 0, 0)
  Atomics.store(head, 0, 0)
  const length = head[1] as number
  if (length <= 0) return length < 0 ? 'interrupted' : 'end'
  return new Uint8Array(exchange, headBytes, length).slice()
}
