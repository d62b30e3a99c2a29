/**
 * What OCaml code prints during a call goes to the caller's group leader, by Erlang's I/O protocol, as with any remote call.
 *
 *     {io_request, Self, Ref, {put_chars, unicode | latin1, Bytes}}   answered by  {io_reply, Ref, _}
 *     {rex_stdout, Bytes} to the caller, for a C node that asked for that
 *
 * A call's outcome waits until its output has arrived. A leader that does not answer holds back a bounded amount; what is printed
 * beyond that is lost, and the log says so.
 *
 * Reference: "The Erlang I/O Protocol" of the stdlib user's guide; `send_stdout_to_caller` of ei.
 */

import type { Log } from '../base/ports.ts'
import {
  atom,
  binary,
  decodeBare,
  isAtom,
  isTuple,
  type Pid,
  type Reference,
  Tag,
  type Term,
  tuple,
} from '../erlang-term-format/index.ts'
import { encodedAtom, encodedTuple } from '../node/encoded.ts'
import type { ErlangNode, LocalProcess, ProcessEvent } from '../node/index.ts'

interface Leader {
  readonly pid: Pid
  readonly monitor: Reference
  /** Bytes of requests that are not answered, by the request. */
  readonly pending: Map<string, number>
  bytes: number
  /** What was said of lost output. */
  isLosing: boolean
  readonly waiting: (() => void)[]
}

/** How many bytes a leader may hold back. */
const most = 4 << 20

const utf8 = new TextDecoder('utf-8', { fatal: true })

export class GroupLeaders {
  private readonly node: ErlangNode
  private readonly log: Log
  private readonly process: LocalProcess
  /** Those with output under way, by their encoded pids. */
  private readonly leaders = new Map<string, Leader>()

  constructor(node: ErlangNode, log: Log) {
    this.node = node
    this.log = log
    this.process = node.spawn({ permanent: true, event: (event) => this.event(event) })
  }

  /** Prints for who is encoded in `leader`; false: nobody takes it. */
  print(leader: Uint8Array, bytes: Uint8Array): boolean {
    const term = decodeBare(leader)
    if (term.kind === 'pid') return this.request(term, keyOf(leader), bytes)
    if (!isTuple(term, 2) || !isAtom(term.elements[0] as Term, 'rex_stdout')) return false
    const [head, to] = term.elements
    if (to?.kind !== 'pid') return false
    this.process.send(to, tuple(head as Term, binary(bytes)))
    return true
  }

  /** Calls when all that was printed has arrived. */
  whenIdle(leader: Uint8Array, done: () => void): void {
    const known = this.leaders.size === 0 ? undefined : this.leaders.get(keyOf(leader))
    if (known === undefined) done()
    else known.waiting.push(done)
  }

  private request(pid: Pid, key: string, bytes: Uint8Array): boolean {
    const leader = this.leaders.get(key) ?? this.add(pid, key)
    // One piece is taken whatever its size: who waits for a leader needs an answer to wait for.
    if (leader.bytes > 0 && leader.bytes + bytes.length > most) return this.lose(leader)
    const reference = this.node.makeReference()
    leader.pending.set(reference.ids.join(), bytes.length)
    leader.bytes += bytes.length
    const chars = tuple(atom('put_chars'), atom(isUtf8(bytes) ? 'unicode' : 'latin1'), binary(bytes))
    this.process.send(pid, tuple(atom('io_request'), this.process.pid, reference, chars))
    return true
  }

  private add(pid: Pid, key: string): Leader {
    const monitor = this.process.monitor(pid)
    const leader: Leader = { pid, monitor, pending: new Map(), bytes: 0, isLosing: false, waiting: [] }
    this.leaders.set(key, leader)
    return leader
  }

  private lose(leader: Leader): boolean {
    if (!leader.isLosing) {
      this.log.warn({ peer: leader.pid.node }, 'a group leader does not take output: it is lost from now on')
    }
    leader.isLosing = true
    return true
  }

  private event(event: ProcessEvent): void {
    if (event.kind === 'down') this.drop(event.reference.ids.join())
    else if (event.kind === 'message') this.replied(decodeBare(event.payload))
  }

  /** `{io_reply, Ref, _}`. */
  private replied(message: Term): void {
    if (!isTuple(message, 3) || !isAtom(message.elements[0] as Term, 'io_reply')) return
    const reference = message.elements[1]
    if (reference?.kind !== 'reference') return
    const request = reference.ids.join()
    for (const [key, leader] of this.leaders) {
      const bytes = leader.pending.get(request)
      if (bytes === undefined) continue
      leader.pending.delete(request)
      leader.bytes -= bytes
      if (leader.pending.size === 0) this.finish(key, leader)
      return
    }
  }

  private drop(monitor: string): void {
    for (const [key, leader] of this.leaders) {
      if (leader.monitor.ids.join() === monitor) this.finish(key, leader)
    }
  }

  private finish(key: string, leader: Leader): void {
    this.process.demonitor(leader.monitor)
    this.leaders.delete(key)
    for (const done of leader.waiting) done()
  }
}

const keyOf = (pid: Uint8Array): string =>
  Buffer.from(pid.buffer, pid.byteOffset, pid.length).toString('latin1')

function isUtf8(bytes: Uint8Array): boolean {
  try {
    utf8.decode(bytes)
    return true
  } catch {
    return false
  }
}

/** Who gets what a call prints, encoded, given what the caller said; nothing: the log. */
export function leaderOf(groupLeader: Uint8Array | undefined, caller: Uint8Array): Uint8Array {
  if (groupLeader === undefined) return nobody
  if (groupLeader[0] === Tag.newPid) return groupLeader
  return isSame(groupLeader, toCaller) ? encodedTuple(rexStdout, caller) : nobody
}

const nobody = new Uint8Array(0)
const toCaller = encodedAtom('send_stdout_to_caller')
const rexStdout = encodedAtom('rex_stdout')

const isSame = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0
