/**
 * Signals to a node that is being connected to, in order.
 *
 * Bounded: signals between two processes may get lost only all from some point on, so when there is no room for
 * one, the attempt to connect has failed as a whole.
 */

import type { Pid } from '../erlang-term-format/index.ts'
import type { Control } from './control.ts'

export interface WaitingSignal {
  readonly control: Control
  readonly payload: Uint8Array | null
  /** The process that it comes from, if it does not say so itself. */
  readonly sender: Pid | undefined
}

/** What a signal costs besides its payload, about. */
const overhead = 256

export class WaitingSignals {
  private signals: WaitingSignal[] = []
  /** About how many bytes they take. */
  cost = 0

  /** False: there is no room within `limit` bytes. */
  add(signal: WaitingSignal, limit: number): boolean {
    const cost = overhead + (signal.payload?.length ?? 0)
    if (this.cost + cost > limit) return false
    this.cost += cost
    this.signals.push(signal)
    return true
  }

  takeAll(): readonly WaitingSignal[] {
    const taken = this.signals
    this.signals = []
    this.cost = 0
    return taken
  }
}

/** Whether a signal makes its node connect; the others are about relations that end with the connection. */
export function wantsConnection({ kind }: Control): boolean {
  switch (kind) {
    case 'send':
    case 'sendName':
    case 'sendAlias':
    case 'altact':
    case 'exit2':
    case 'groupLeader':
    case 'link':
    case 'monitor':
    case 'spawnRequest':
      return true
    default:
      return false
  }
}
