/**
 * The calls of a domain that have not ended: by their numbers, and in a line those that have a deadline, oldest first, which is also the order of
 * the deadlines.
 *
 * Invariant: who has left the line refers to nobody in it, so that what is gone keeps nothing alive.
 */

import { NumberTable } from '../base/number-table.ts'
import type { CallOutcome } from '../node/index.ts'

/** What is called. */
export interface CallTarget {
  readonly module: string
  readonly function: string
}

export class PendingCall {
  readonly id: number
  /** For the log. */
  readonly target: CallTarget
  done: (outcome: CallOutcome) => void
  /** Who gets what it prints, encoded. */
  leader: Uint8Array
  /** When it is cancelled, by the clock; a spawned process never is. */
  readonly deadline: number
  older: PendingCall | undefined = undefined
  newer: PendingCall | undefined = undefined

  constructor(
    id: number,
    { module, function: name }: CallTarget,
    done: (outcome: CallOutcome) => void,
    leader: Uint8Array,
    deadline: number,
  ) {
    this.id = id
    this.target = { module, function: name }
    this.done = done
    this.leader = leader
    this.deadline = deadline
  }
}

export class PendingCalls {
  private readonly byId = new NumberTable<PendingCall>()
  private oldest: PendingCall | undefined
  private newest: PendingCall | undefined

  get size(): number {
    return this.byId.size
  }

  /** Of those that have a deadline, the one with the first. */
  get firstToEnd(): PendingCall | undefined {
    return this.oldest
  }

  add(call: PendingCall): void {
    this.byId.set(call.id, call)
    if (!Number.isFinite(call.deadline)) return
    call.older = this.newest
    if (this.newest === undefined) this.oldest = call
    else this.newest.newer = call
    this.newest = call
  }

  get(id: number): PendingCall | undefined {
    return this.byId.get(id)
  }

  /** Takes one out; undefined: it has ended. */
  take(id: number): PendingCall | undefined {
    const call = this.byId.get(id)
    if (call === undefined) return undefined
    this.byId.delete(id)
    if (Number.isFinite(call.deadline)) this.unlink(call)
    return call
  }

  private unlink(call: PendingCall): void {
    const { older, newer } = call
    if (older === undefined) this.oldest = newer
    else older.newer = newer
    if (newer === undefined) this.newest = older
    else newer.older = older
    call.older = undefined
    call.newer = undefined
  }

  /** Takes all of them out. */
  takeAll(): readonly PendingCall[] {
    const all = this.byId.values()
    this.byId.clear()
    this.oldest = undefined
    this.newest = undefined
    return all
  }
}
