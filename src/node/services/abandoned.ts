/**
 * Finds running calls that nobody waits for any more, and cancels them.
 *
 * Who stops waiting takes its monitor off, and that cancels the call. Not so when it stops before the SPAWN_REPLY has come, because of
 * a short timeout, a slow network or load: the emulator has no monitor to take off yet, forgets the request
 * (`spawn_request_abandon/1`), and drops the reply without a word. So a call that goes on for long after its reply has its
 * caller's node asked, once: what is not abandoned then never will be.
 *
 *     erlang:process_info(Caller, monitors)   {monitors, [{process, Call} | _]}   somebody waits
 *                                             {monitors, _}, undefined            nobody does
 *                                             anything else                       not known: the call goes on
 */

import { ProtocolError } from '../../base/diagnostic.ts'
import {
  atom,
  decodeBare,
  isAtom,
  isTuple,
  list,
  type Pid,
  type Term,
} from '../../erlang-term-format/index.ts'
import { type CallResult, callRemote } from '../client.ts'
import type { Connection } from '../connection.ts'
import { pidKey } from '../encoded.ts'
import type { ServiceHost } from '../service-host.ts'

/** A call whose caller knows its pid, or has stopped waiting before it did. */
export interface AcknowledgedCall {
  readonly pid: Pid
  readonly caller: Pid
  readonly isOver: boolean
  cancel(): void
}

/** The call that runs under a number; undefined: it is over. */
type FindCall = (number: number) => AcknowledgedCall | undefined

/** How long a call runs before its caller's node is asked, and how long that node may take, in milliseconds. */
const patience = 500
const longestAnswer = 10_000

export class AbandonedCalls {
  private readonly host: ServiceHost
  private readonly find: FindCall
  /** Numbers of calls to ask for, since what is over should not be kept; a key is there while its timer runs. */
  private readonly recent = new Map<Connection, number[]>()

  constructor(host: ServiceHost, find: FindCall) {
    this.host = host
    this.find = find
  }

  watch(connection: Connection, number: number): void {
    const recent = this.recent.get(connection)
    if (recent !== undefined) {
      recent.push(number)
      return
    }
    this.recent.set(connection, [number])
    this.host.clock.after(patience, () => this.askAll(connection))
  }

  private askAll(connection: Connection): void {
    const numbers = this.recent.get(connection) ?? []
    this.recent.delete(connection)
    const byCaller = new Map<string, AcknowledgedCall[]>()
    for (const number of numbers) {
      const call = this.find(number)
      if (call === undefined) continue
      const key = pidKey(call.caller)
      const others = byCaller.get(key)
      if (others === undefined) byCaller.set(key, [call])
      else others.push(call)
    }
    for (const [, [first, ...others]] of byCaller) if (first !== undefined) void this.ask([first, ...others])
  }

  /** Calls of one caller. */
  private async ask(calls: readonly [AcknowledgedCall, ...AcknowledgedCall[]]): Promise<void> {
    const { caller } = calls[0]
    const args = list(caller, atom('monitors'))
    const result = await callRemote(this.host, caller.node, 'erlang', 'process_info', args, longestAnswer)
    const monitored = monitoredBy(result)
    if (monitored === null) return
    for (const call of calls) if (!call.isOver && !monitored.has(pidKey(call.pid))) call.cancel()
  }
}

/** The keys of the processes that the answer names; null: it is no answer. */
function monitoredBy(result: CallResult): ReadonlySet<string> | null {
  const info = result.kind === 'return' ? termOf(result.value) : null
  if (info === null) return null
  if (isAtom(info, 'undefined')) return new Set()
  const monitors = isTuple(info, 2) && isAtom(info.elements[0] as Term, 'monitors') ? info.elements[1] : null
  if (monitors?.kind !== 'list') return null
  const keys = new Set<string>()
  for (const monitor of monitors.elements) {
    const target = isTuple(monitor, 2) ? monitor.elements[1] : undefined
    if (target?.kind === 'pid') keys.add(pidKey(target))
  }
  return keys
}

/** A peer that answers nonsense says nothing. */
function termOf(encoded: Uint8Array): Term | null {
  try {
    return decodeBare(encoded)
  } catch (error) {
    if (error instanceof ProtocolError) return null
    throw error
  }
}
