/** A green thread: a call, with its entry, its end, and its frames while it waits. */

import type { RunEnd } from './driver.ts'

/**
 * Why a thread ended. `value` and `exception` are in the control words until the next run, the status of `exit` is the domain's
 * `exitStatus`. `deadlock`: it waited for what no other thread could do any more.
 */
export type ThreadEnd = Exclude<RunEnd, 'suspended'> | 'cancelled' | 'out-of-memory' | 'exit' | 'deadlock'

/** The backtrace of the exception that a thread has caught last. */
export interface Trace {
  readonly entries: Uint8Array
  /** The root of the exception, or 0. */
  readonly exception: number
}

/** What is kept of a thread that does not run. */
export interface Aside {
  /** Where the copy of its frames is, and how long it is. */
  readonly address: number
  readonly bytes: number
  /** The frames, where they will be when it runs again, oldest first. */
  readonly pending: number[]
  readonly trace: Trace | undefined
}

/** What a thread waits for that has suspended itself, in the control word `threadBlocks`. Impatient ones look again when another ends. */
export const blocks = { turn: 0, impatient: 1, patient: 2 } as const

export interface GreenThread {
  readonly id: number
  /** Groups take turns. */
  readonly group: string
  readonly entry: (sp: number) => bigint
  readonly ended: (end: ThreadEnd) => void
  /** `waiting` for its turn; `blocked` until it is woken. */
  state: 'new' | 'running' | 'waiting' | 'blocked' | 'ended'
  cancelled: boolean
  /** It need not look again when another thread ends. */
  patient: boolean
  /** It has been woken while it was not blocked: it will not block the next time. */
  woken: boolean
  /** When a blocked thread is to be woken in any case. */
  alarm: number | undefined
  /** The root of the value that OCaml code keeps for it; 0: none. */
  local: number
  /** While waiting or blocked. */
  aside: Aside | undefined
}

export function newThread(
  id: number,
  group: string,
  entry: GreenThread['entry'],
  ended: GreenThread['ended'],
): GreenThread {
  return {
    id,
    group,
    entry,
    ended,
    state: 'new',
    cancelled: false,
    patient: false,
    woken: false,
    alarm: undefined,
    local: 0,
    aside: undefined,
  }
}

/** Whether its turn may come. */
export function isRunnable(thread: GreenThread): boolean {
  return thread.state === 'new' || thread.state === 'waiting'
}
