/**
 * Roots on their way between threads. A token is plain data, so it can be posted to a worker. Any thread may let go of
 * the value with atomic operations alone; only the engine that it came from can have it back.
 */

import { RemoteRoots } from '../engine/remote-roots.ts'
import { MisuseError } from './errors.ts'

declare const content: unique symbol

/** A root without its engine. It owns the value until it is attached or released, once. */
export interface DetachedRoot<out T = unknown> {
  readonly [content]?: T
  readonly kind: 'camlnode root'
  /** @internal The engine's `id`. */
  readonly engine: string
  /** @internal Shared. */
  readonly memory: WebAssembly.Memory
  /** @internal */
  readonly cell: number
  /** @internal The number of the type's codec in its engine. */
  readonly codec: number
  /** @internal In debug mode: one word, `state`. */
  readonly state: SharedArrayBuffer | undefined
}

const detachedState = { free: 0, attached: 1, released: 2 } as const

/** @internal Marks a token as used. Throws `MisuseError` in debug mode if it has been used. */
export function useToken({ state }: DetachedRoot, how: 'attached' | 'released'): void {
  if (state === undefined) return
  const words = new Int32Array(state)
  const before = Atomics.compareExchange(words, 0, detachedState.free, detachedState[how])
  if (before === detachedState.attached)
    throw new MisuseError('a detached root was used after it was attached')
  if (before === detachedState.released) throw new MisuseError('a detached root was released twice')
}

/**
 * Lets go of the value of a detached root, from any thread, also while the engine's thread runs. The engine frees it at
 * its next collection.
 */
export function release(token: DetachedRoot): void {
  useToken(token, 'released')
  new RemoteRoots(token.memory).delete(token.cell)
}
