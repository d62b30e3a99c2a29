/**
 * Calling a function on another node the way `erpc:call` does: SPAWN_REQUEST with a monitor, and the result
 * in the reason of the exit. What the function prints is refused.
 *
 * Reference: `erpc` of the kernel.
 */

import {
  atom,
  decodeBare,
  encodeBare,
  isAtom,
  isTuple,
  type Reference,
  type Term,
  TermReader,
  tuple,
} from '../erlang-term-format/index.ts'
import type { CallOutcome } from './dispatcher.ts'
import { ATOM, encodedAtom, encodedTerm, referenceKey } from './encoded.ts'
import { isTupleTag } from './gen-call.ts'
import type { LocalProcess, ProcessEvent } from './process.ts'
import type { ServiceHost } from './service-host.ts'

/** How a call of ours ended; terms are encoded, without version byte. */
export type CallResult =
  | CallOutcome
  /** No outcome: `noconnection`, `timeout`, `notsup`, or whatever ended the process over there. */
  | { readonly kind: 'failed'; readonly reason: Uint8Array }

/** Calls `module:name(args…)` on a connected node; `args` is the encoded list. Never rejects. */
export function callRemote(
  node: ServiceHost,
  peerName: string,
  module: string,
  name: string,
  args: Uint8Array | Term,
  timeoutMs: number,
): Promise<CallResult> {
  return new Promise((resolve) => {
    const call = new OutgoingCall(node, resolve)
    call.start(peerName, module, name, encodedTerm(args), timeoutMs)
  })
}

class OutgoingCall {
  private readonly node: ServiceHost
  private readonly resolve: (result: CallResult) => void
  private readonly result: Reference
  private readonly process: LocalProcess
  private cancelTimer = (): void => {}

  constructor(node: ServiceHost, resolve: (result: CallResult) => void) {
    this.node = node
    this.resolve = resolve
    this.result = node.makeReference()
    this.process = node.spawn({ event: (event) => this.event(event) })
  }

  start(peerName: string, module: string, name: string, args: Uint8Array, timeoutMs: number): void {
    this.cancelTimer = this.node.clock.after(timeoutMs, () => {
      this.finish({ kind: 'failed', reason: ATOM.timeout })
    })
    this.process.spawnRemote(peerName, 'erpc', 'execute_call', 4, this.arguments(module, name, args))
  }

  /** `[Res, M, F, A]`, encoded. */
  private arguments(module: string, name: string, args: Uint8Array): Uint8Array {
    const head = Uint8Array.of(108, 0, 0, 0, 4)
    return Buffer.concat([
      head,
      encodeBare(this.result),
      encodedAtom(module),
      encodedAtom(name),
      args,
      Uint8Array.of(106),
    ])
  }

  private event(event: ProcessEvent): void {
    if (event.kind === 'message') this.refuseOutput(event.payload)
    else if (event.kind === 'down') this.finish(this.resultOf(event.reason))
    else if (event.kind === 'spawned' && event.result.kind === 'atom') {
      this.finish({ kind: 'failed', reason: encodeBare(event.result) })
    }
  }

  /** It is the group leader of what runs over there, which must not wait for an answer to what it prints. */
  private refuseOutput(payload: Uint8Array): void {
    const request = decodeBare(payload)
    if (!isTuple(request, 4)) return
    const [what, from, replyAs] = request.elements
    if (what === undefined || !isAtom(what, 'io_request') || from?.kind !== 'pid' || replyAs === undefined)
      return
    this.process.send(from, tuple(atom('io_reply'), replyAs, tuple(atom('error'), atom('request'))))
  }

  /** Its exit takes the monitor off what still runs, which cancels it. */
  private finish(result: CallResult): void {
    if (!this.process.isAlive) return
    this.cancelTimer()
    this.process.exit()
    this.resolve(result)
  }

  /** What the reason of the exit says, if it is one of ours. */
  private resultOf(reason: Uint8Array): CallResult {
    const reader = new TermReader(reason)
    const arity = isTupleTag(reader.peekTag()) ? reader.readTupleArity() : 0
    const outcome = arity >= 3 && this.isOurs(reader) ? readOutcome(reader, arity) : null
    return outcome ?? { kind: 'failed', reason }
  }

  private isOurs(reader: TermReader): boolean {
    const term = reader.readTerm()
    return term.kind === 'reference' && referenceKey(term) === referenceKey(this.result)
  }
}

/** `return, V`, `throw, T`, `exit, E`, `error, R, Stack`, where the reader stands. */
function readOutcome(reader: TermReader, arity: number): CallOutcome | null {
  const what = reader.readTerm()
  if (isAtom(what, 'return')) return { kind: 'return', value: reader.readEncoded() }
  const stack = Uint8Array.of(106)
  for (const kind of ['throw', 'exit'] as const) {
    if (isAtom(what, kind)) return { kind: 'raise', class: kind, reason: reader.readEncoded(), stack }
  }
  if (!isAtom(what, 'error') || arity !== 4) return null
  return { kind: 'raise', class: 'error', reason: reader.readEncoded(), stack: reader.readEncoded() }
}
