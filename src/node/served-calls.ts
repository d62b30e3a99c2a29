/**
 * Calls that came to a process of the node as `gen_server` calls, and run. One is cancelled when its caller takes its monitor off the process
 * (it has timed out or died), when the connection is lost, and when the process ends.
 */

import type { Pid, Reference } from '../erlang-term-format/index.ts'
import type { CallOutcome, CallRequest, Dispatcher, RunningCall } from './dispatcher.ts'
import { pidKey, referenceKey } from './encoded.ts'
import type { Via } from './process.ts'

/** Who has made a call. */
export interface CallOrigin {
  readonly caller: Pid
  /** What the caller's monitor has for a reference, if the tag tells. */
  readonly monitor: Reference | null
  readonly via: Via
}

interface Pending {
  readonly caller: Pid
  readonly monitor: string | null
  readonly via: Via
  running: RunningCall | null
  over: boolean
}

export class ServedCalls {
  private readonly pending = new Set<Pending>()
  /** Those whose callers' monitors are known, by these. */
  private readonly monitored = new Map<string, Pending>()
  private readonly unmonitored = new Set<Pending>()

  /** How many run. */
  get count(): number {
    return this.pending.size
  }

  /** `done` is not called when the call is cancelled. */
  run(
    dispatcher: Dispatcher,
    request: CallRequest,
    { caller, monitor, via }: CallOrigin,
    done: (outcome: CallOutcome) => void,
  ): void {
    const key = monitor === null ? null : referenceKey(monitor)
    const pending: Pending = { caller, monitor: key, via, running: null, over: false }
    this.enter(pending)
    const running = dispatcher.call(request, (outcome) => {
      if (pending.over) return
      this.leave(pending)
      done(outcome)
    })
    if (!pending.over) pending.running = running
  }

  connectionLost(connection: Via): void {
    for (const call of [...this.pending]) if (call.via === connection) this.cancel(call)
  }

  /** A caller whose tag does not tell its monitor is a middleman, which has one call at a time. */
  unwatched(from: Pid, reference: Reference): void {
    const call = this.monitored.get(referenceKey(reference))
    if (call !== undefined) this.cancel(call)
    else if (this.unmonitored.size > 0) this.cancelOf(pidKey(from))
  }

  /** The process is over. */
  cancelAll(): void {
    for (const call of [...this.pending]) this.cancel(call)
  }

  private enter(pending: Pending): void {
    this.pending.add(pending)
    if (pending.monitor === null) this.unmonitored.add(pending)
    else this.monitored.set(pending.monitor, pending)
  }

  private leave(pending: Pending): void {
    pending.over = true
    this.pending.delete(pending)
    this.unmonitored.delete(pending)
    if (pending.monitor !== null) this.monitored.delete(pending.monitor)
  }

  private cancel(pending: Pending): void {
    this.leave(pending)
    pending.running?.cancel()
  }

  private cancelOf(caller: string): void {
    for (const call of [...this.unmonitored]) if (pidKey(call.caller) === caller) this.cancel(call)
  }
}
