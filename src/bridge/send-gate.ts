/**
 * Holds back messages to asynchronous channels while the heap is nearly full. Such a message waits in the heap until a reaction takes it, and its
 * sender waits for nothing, so without this whoever sends faster than that would take the memory of all others.
 *
 *     limit of the heap │ for what runs ┊ for messages from outside, too
 *                                       3/4
 */

import type { Domain } from '../engine/domain.ts'

export interface HeapLimit {
  readonly bytes: number
  /** In milliseconds. */
  now(): number
}

/** The part of the heap up to which messages come in. */
const part = 3 / 4
/** What is dead is looked for at most so often, in milliseconds, and so that it takes at most this part of the time. */
const leastPause = 500
const shareOfTime = 1 / 10

export class SendGate {
  private readonly domain: Domain
  private readonly limit: HeapLimit | undefined
  private readonly most: number
  private nextCollection = 0

  constructor(domain: Domain, limit: HeapLimit | undefined) {
    this.domain = domain
    this.limit = limit
    this.most = ((limit?.bytes ?? Number.POSITIVE_INFINITY) / 8) * part
  }

  get isOpen(): boolean {
    return this.words <= this.most
  }

  /** The same, after a look for what is dead if there has been none for a while: only while no OCaml code runs, whose values would be lost. */
  opens(): boolean {
    return this.isOpen || this.opensWithoutTheDead()
  }

  private get words(): number {
    return this.domain.runtime.exports.heap_words() >>> 0
  }

  private opensWithoutTheDead(): boolean {
    const { limit, domain } = this
    const start = limit?.now() ?? 0
    if (limit === undefined || start < this.nextCollection) return false
    const { runtime } = domain
    runtime.exports.full_major(runtime.control('stackBase'))
    const took = limit.now() - start
    this.nextCollection = limit.now() + Math.max(leastPause, took / shareOfTime)
    return this.isOpen
  }
}
