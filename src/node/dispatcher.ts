/** The border to what executes calls: everything that crosses it is still encoded. */

import type { Pid } from '../erlang-term-format/index.ts'

/** A remote call, however it came. */
export interface CallRequest {
  readonly module: string
  readonly function: string
  /**
   * The encoded list of arguments, without version byte; a view that the dispatcher must not write to. It starts
   * with the tag of a list, but has not been looked at further: what a hostile peer sends may be malformed, or
   * have bytes behind the list.
   */
  readonly args: Uint8Array
  /** Whether the memory of `args` has no other user, so that the dispatcher may give it away. */
  readonly ownsArgs?: boolean
  /** The pid of the caller, encoded as this node encodes pids. */
  readonly caller: Uint8Array
  /** The caller's node. */
  readonly peer: string
  /** Where output goes, encoded likewise: a pid, or an atom from a C node. */
  readonly groupLeader: Uint8Array | undefined
  /** The number of the process that runs the call, which is its `self`; 0: it has none yet. */
  readonly process: number
  /** It was spawned as a process of its own: no limit of time for calls holds for it. */
  readonly spawned?: boolean
  /** A cast: nobody waits for the outcome. */
  readonly async: boolean
}

/** How a call ended; terms are encoded, without version byte. */
export type CallOutcome =
  | {
      readonly kind: 'return'
      readonly value: Uint8Array
      /** Whether its memory has no other user. */
      readonly ownsValue?: boolean
    }
  | {
      readonly kind: 'raise'
      readonly class: 'error' | 'exit' | 'throw'
      readonly reason: Uint8Array
      /** The list of stack frames; looked at only for class `error`. */
      readonly stack: Uint8Array
    }

export interface RunningCall {
  /** Nobody waits any more. `done` may still be called, to no effect. */
  cancel(): void
  /** What it prints from now on goes elsewhere. A call that prints nothing need not know. */
  readonly setGroupLeader?: (leader: Pid) => void
}

export interface Dispatcher {
  /** Starts a call; `done` is to be called once, at any time, also before this returns. */
  call(request: CallRequest, done: (outcome: CallOutcome) => void): RunningCall
}
