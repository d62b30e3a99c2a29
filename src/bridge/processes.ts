/**
 * The processes of a domain's OCaml code: answers the requests of the library's `Erlang` (src/stdlib/erlang.ml).
 *
 *     Erlang.send ─request─▶ Processes ─signal─▶ the node's side (process-agent.ts) ─▶ any process of the cluster
 *     Erlang.receive ◀─peek─ mailbox ◀──message── the node's side
 *
 * A process is a green thread and a number on the node, from a range that is the domain's own, so that making one waits for nobody. The
 * thread of a call gets the number of the call's process when it asks for its `self`.
 *
 * Invariants: signals leave in the order in which the threads gave them; what the node is told to send is well-formed, whatever OCaml
 * code gave; a thread that waits is woken whenever something comes for it.
 */

import { ProtocolError } from '../base/diagnostic.ts'
import { NumberTable } from '../base/number-table.ts'
import type { Domain, ThreadEnd } from '../engine/domain.ts'
import type { Datum, Refusal } from '../engine/host-request.ts'
import { encodeBare, type Pid, reference, Tag } from '../erlang-term-format/index.ts'
import { encodedTuple } from '../node/encoded.ts'
import { pidOfNumber } from '../node/service-host.ts'
import type { ChannelKind } from './codec.ts'
import { nodeOfFun } from './fun-term.ts'
import { fullest, Mailbox, Mailroom } from './mailbox.ts'
import { ProcessNumbers } from './process-numbers.ts'
import type { NodeFacts, ProcessEventMessage, ProcessSignal, SignalKind } from './process-signals.ts'
import { mailboxLimit } from './raised.ts'
import {
  callOf,
  funOf,
  Invalid,
  intOf,
  keyOf,
  nodeOf,
  type Place,
  pidOf,
  place,
  referenceOf,
  termOf,
  textOf,
} from './request-arguments.ts'

interface Process {
  readonly number: number
  readonly pid: Uint8Array
  readonly mailbox: Mailbox
  /** Undefined before its thread begins. */
  thread: number | undefined
  /**
   * All that it has sent so far was messages to pids. Then messages to processes of this domain need not go round by the node: nothing that
   * has gone there could be overtaken.
   */
  isDirect: boolean
  /** Who gets what it prints, if that has been said before its thread begins. */
  leader: Uint8Array | undefined
}

/** What a thread is known to be before it asks for its pid. */
interface CallThread {
  /** 0: it has none yet. */
  readonly number: number
  readonly caller: Uint8Array
}

/** How a thread ended that nothing but its process waits for. */
export interface EndedThread {
  readonly end: ThreadEnd
  /** The encoded reason, for an exception; of the process with this encoded pid. */
  reason(pid: Uint8Array): Uint8Array
}

const nothing = new Uint8Array(0)
const none: Datum = []
const done: Datum = 0n
/** Answers `send`: the thread waits, and tries again. */
const wait: Datum = 1n
/** As Erlang's own default. */
const mostProcesses = 262_144

const invalid: Refusal = { kind: 'refusal', error: 'EINVAL', number: 22 }
const noNode: Refusal = { kind: 'refusal', error: 'ENOSYS', number: 38 }
const noMore: Refusal = { kind: 'refusal', error: 'EAGAIN', number: 11 }

const atomOf = (name: string): Uint8Array => encodeBare({ kind: 'atom', name })
const reasons = { normal: atomOf('normal'), killed: atomOf('killed') }

export class Processes {
  private readonly domain: Domain
  private readonly facts: NodeFacts | undefined
  private readonly emit: (signal: ProcessSignal) => void
  private readonly mailroom: Mailroom
  private readonly byNumber = new NumberTable<Process>()
  /** By the encoded pid. */
  private readonly byPid = new Map<string, Process>()
  private readonly byThread = new NumberTable<Process>()
  private readonly calls = new NumberTable<CallThread>()
  /** Who waits for an answer, and the answers that have come. */
  private readonly waiting = new Map<number, { readonly thread: number; answer: Uint8Array | undefined }>()
  /** Nodes that senders wait for, and those that do. */
  private readonly busy = new Set<string>()
  private readonly stalled = new Set<number>()
  /** By threads, the process that each is making, while that has no thread yet. */
  private readonly unborn = new Map<number, number>()
  /** Who gets what a thread prints. */
  private readonly leaders = new NumberTable<Uint8Array>()
  /** The numbers of processes that stand for channels, which have no thread. */
  private readonly channels = new Set<number>()
  /** Told that one of these has been killed. */
  onChannelEnd: (number: number) => void = () => {}
  private readonly numbers: ProcessNumbers
  private lastReference = 0
  private lastId = 0
  private nodes: readonly string[] = []

  /** Without `facts` there is no node. `room`: how many bytes all mailboxes may hold together. */
  constructor(
    domain: Domain,
    facts: NodeFacts | undefined,
    room: number,
    emit: (signal: ProcessSignal) => void,
  ) {
    this.domain = domain
    this.facts = facts
    this.mailroom = new Mailroom(room)
    this.emit = emit
    this.numbers = new ProcessNumbers(facts?.numbers, () => this.signal('numbers', 0, {}))
  }

  // -------------------------------------------------------------------------------------------------------
  // Requests of OCaml code

  /** Answers a request, named as in the library; undefined: it is none of these. */
  request(name: string, args: readonly Datum[]): Datum | Refusal | undefined {
    if (!name.startsWith('erlang.')) return undefined
    if (this.facts === undefined) return noNode
    try {
      return this.answer(name.slice('erlang.'.length), args, this.facts)
    } catch (error) {
      if (error instanceof Invalid || error instanceof ProtocolError) return invalid
      throw error
    }
  }

  private answer(name: string, args: readonly Datum[], facts: NodeFacts): Datum | Refusal {
    const [first, second, third, fourth] = args
    switch (name) {
      case 'node':
        return facts.name
      case 'nodes':
        return this.nodes
      case 'reference':
        return this.makeReference(facts)
      case 'answer':
        return this.takeAnswer(intOf(first))
      case 'abandon':
        this.abandon(intOf(first))
        return done
      case 'caller':
        return this.calls.get(intOf(first))?.caller ?? ''
      case 'new':
        return this.newProcess(intOf(first), facts)
      case 'begin':
        return this.begin(intOf(first), intOf(second))
    }
    const process = this.processOf(intOf(first), facts)
    if (process === undefined) return noMore
    switch (name) {
      case 'self':
        return process.pid
      case 'peek':
        return this.peek(process, intOf(second))
      case 'drop':
        process.mailbox.drop(intOf(second))
        return done
      case 'alias':
      case 'monitor':
        return this.related(name, process, second, facts)
      case 'send_after':
        return this.sendAfter(process, second, third, fourth)
      default:
        return this.perform(name, process, args)
    }
  }

  private perform(name: string, process: Process, args: readonly Datum[]): Datum | Refusal {
    const [, second, third, fourth] = args
    switch (name) {
      case 'send':
        return this.send(process, place(second), termOf(third))
      case 'link':
      case 'unlink':
        return this.tell(name, process, { target: pidOf(second) })
      case 'exit':
        return this.tell('exit', process, { target: pidOf(second), payload: termOf(third) })
      case 'trap':
        return this.tell('trap', process, { count: intOf(second) })
      case 'demonitor':
      case 'unalias':
        return this.tell(name, process, { payload: referenceOf(second) })
      case 'monitor_node':
        return this.tell(name, process, { node: textOf(second), count: intOf(third) })
      case 'register':
        return this.ask(name, process, { name: textOf(second), target: pidOf(third) })
      case 'unregister':
      case 'whereis':
        return this.ask(name, process, { name: textOf(second) })
      case 'call':
        return this.ask(name, process, {
          node: textOf(second),
          payload: callOf(third),
          count: intOf(fourth),
          target: this.leaderOfProcess(process),
        })
      case 'apply':
        return this.applyFun(process, args)
      case 'gen_call':
        return this.ask(name, process, { ...place(second), payload: termOf(third), count: intOf(fourth) })
      case 'global':
        return this.ask(name, process, {
          name: textOf(second),
          payload: termOf(third),
          count: intOf(fourth),
        })
      case 'pg_join':
      case 'pg_leave':
        return this.ask(name, process, { payload: termOf(second), target: pidOf(third) })
      case 'pg_members':
        return this.ask(name, process, { payload: termOf(second) })
      case 'cancel_timer':
        return this.ask(name, process, { count: intOf(second) })
      default:
        return invalid
    }
  }

  private send(process: Process, to: Place, payload: Uint8Array): Datum {
    const near = process.isDirect ? this.byPid.get(keyOf(to.target)) : undefined
    if (near !== undefined) {
      this.put(near, payload)
      return done
    }
    if (this.busy.size > 0 && this.busy.has(nodeOf(to))) {
      this.stalled.add(process.thread as number)
      return wait
    }
    if (to.target[0] !== Tag.newPid) process.isDirect = false
    this.signal('send', process.number, { ...to, payload })
    return done
  }

  private tell(kind: SignalKind, process: Process, fields: Partial<ProcessSignal>): Datum {
    if (kind !== 'start') process.isDirect = false
    this.signal(kind, process.number, fields)
    return done
  }

  private signal(kind: SignalKind, process: number, fields: Partial<ProcessSignal>): void {
    this.emit({
      id: 0,
      count: 0,
      name: '',
      node: '',
      target: nothing,
      payload: nothing,
      ...fields,
      kind,
      process,
    })
  }

  /** The number of the answer, which the thread then waits for. */
  private ask(kind: SignalKind, process: Process, fields: Partial<ProcessSignal>): Datum {
    this.lastId += 1
    this.waiting.set(this.lastId, { thread: process.thread as number, answer: undefined })
    this.tell(kind, process, { ...fields, id: this.lastId })
    return BigInt(this.lastId)
  }

  /** Of a fun, on the node that is named, or else where it is at home. */
  private applyFun(process: Process, [, node, fun, list, milliseconds]: readonly Datum[]): Datum {
    const given = funOf(fun)
    const caller = this.calls.get(process.thread as number)?.caller ?? process.pid
    return this.ask('apply', process, {
      node: textOf(node) || nodeOfFun(given, caller),
      payload: encodedTuple(given, termOf(list)),
      count: intOf(milliseconds),
      target: this.leaderOfProcess(process),
    })
  }

  private leaderOfProcess({ thread }: Process): Uint8Array {
    return (thread === undefined ? undefined : this.leaders.get(thread)) ?? nothing
  }

  private takeAnswer(id: number): Datum {
    const answer = this.waiting.get(id)?.answer
    if (answer === undefined) return none
    this.waiting.delete(id)
    return answer
  }

  private peek({ mailbox }: Process, after: number): Datum {
    const entry = mailbox.after(after)
    return entry === undefined ? none : [BigInt(entry.id), entry.payload]
  }

  private related(
    name: 'alias' | 'monitor',
    process: Process,
    to: Datum | undefined,
    facts: NodeFacts,
  ): Datum {
    const made = this.makeReference(facts)
    this.tell(name, process, { ...(name === 'monitor' ? place(to) : {}), payload: made })
    return made
  }

  private sendAfter(
    process: Process,
    to: Datum | undefined,
    message: Datum | undefined,
    milliseconds: Datum | undefined,
  ): Datum {
    this.lastId += 1
    const fields = { target: pidOf(to), payload: termOf(message), count: intOf(milliseconds) }
    this.tell('send_after', process, { ...fields, id: this.lastId })
    return BigInt(this.lastId)
  }

  private makeReference({ name, creation, mark }: NodeFacts): Uint8Array {
    const count = ++this.lastReference
    const ids = [count % 0x40000, Math.floor(count / 0x40000), mark]
    return encodeBare(reference(name, creation, ids))
  }

  // -------------------------------------------------------------------------------------------------------
  // Processes and threads

  /** The process of a thread, which is made one if it is none; undefined: there are no more numbers. */
  private processOf(thread: number, facts: NodeFacts): Process | undefined {
    const known = this.byThread.get(thread)
    if (known !== undefined) return known
    const ofCall = this.calls.get(thread)?.number ?? 0
    const number = ofCall > 0 ? ofCall : this.takeNumber()
    if (number === undefined) return undefined
    const process = this.enter(number, facts, ofCall > 0)
    this.bind(process, thread)
    return process
  }

  private takeNumber(): number | undefined {
    return this.byNumber.size + this.channels.size < mostProcesses ? this.numbers.take() : undefined
  }

  private enter(number: number, facts: NodeFacts, isCall: boolean): Process {
    const encoded = encodeBare(pidOfNumber(facts, number))
    const process: Process = {
      number,
      pid: encoded,
      mailbox: new Mailbox(this.mailroom),
      thread: undefined,
      isDirect: true,
      leader: undefined,
    }
    this.byNumber.set(number, process)
    this.byPid.set(keyOf(encoded), process)
    this.tell('start', process, { count: isCall ? 1 : 0 })
    return process
  }

  private bind(process: Process, thread: number): void {
    process.thread = thread
    this.byThread.set(thread, process)
    if (process.leader !== undefined) this.leaders.set(thread, process.leader)
  }

  /** A process whose thread is still to be started. */
  private newProcess(maker: number, facts: NodeFacts): Datum | Refusal {
    const number = this.takeNumber()
    if (number === undefined) return noMore
    this.unborn.set(maker, number)
    return [BigInt(number), this.enter(number, facts, false).pid]
  }

  /** The thread of a new process has its first turn. The process may have been killed meanwhile. */
  private begin(thread: number, number: number): Datum {
    const process = this.byNumber.get(number)
    if (process !== undefined && process.thread === undefined) this.bind(process, thread)
    else this.domain.cancelThread(thread)
    return done
  }

  private abandon(number: number): void {
    const process = this.byNumber.get(number)
    if (process !== undefined) this.end(process, reasons.killed)
  }

  /** A thread that was cancelled while it made a process says nothing of it any more. */
  private abandonUnborn(maker: number): void {
    const number = this.unborn.get(maker)
    if (number === undefined) return
    this.unborn.delete(maker)
    this.abandon(number)
  }

  /** It has no mailbox any more. */
  private remove(process: Process): void {
    this.byNumber.delete(process.number)
    this.byPid.delete(keyOf(process.pid))
    process.mailbox.close()
  }

  private end(process: Process, reason: Uint8Array): void {
    this.remove(process)
    if (process.thread !== undefined) this.byThread.delete(process.thread)
    this.tell('end', process, { payload: reason })
  }

  /** A thread is a call: `number` is that of its process on the node, 0 for none; `leader` is nothing, or who gets what it prints. */
  callStarts(thread: number, number: number, caller: Uint8Array, leader: Uint8Array): void {
    if (this.facts === undefined) return
    this.calls.set(thread, { number, caller })
    if (leader.length > 0) this.leaders.set(thread, leader)
  }

  /** A thread of OCaml code has made another one. */
  threadStarts(parent: number, child: number): void {
    this.unborn.delete(parent)
    const leader = this.leaders.get(parent)
    if (leader !== undefined) this.leaders.set(child, leader)
  }

  /** Who gets what a thread prints, encoded. */
  leaderOf(thread: number): Uint8Array | undefined {
    return this.leaders.get(thread)
  }

  /** How many processes there are. */
  get count(): number {
    return this.byNumber.size
  }

  /** A thread of the domain has ended. */
  threadEnded(thread: number, ended: EndedThread): void {
    this.calls.delete(thread)
    this.leaders.delete(thread)
    this.stalled.delete(thread)
    this.abandonUnborn(thread)
    const process = this.byThread.get(thread)
    if (process === undefined) return
    for (const [id, asked] of this.waiting) if (asked.thread === thread) this.waiting.delete(id)
    this.end(process, reasonOf(ended, process.pid))
  }

  // -------------------------------------------------------------------------------------------------------
  // Channels

  /** Whether there is a node that can have processes for channels. */
  get hasNode(): boolean {
    return this.facts !== undefined
  }

  /** A process that passes on what it is sent to a channel, by calls of `camlnode:apply`; undefined: there are no more numbers. */
  newChannel(kind: ChannelKind): { readonly number: number; readonly pid: Pid } | undefined {
    const number = this.takeNumber()
    if (number === undefined || this.facts === undefined) return undefined
    this.channels.add(number)
    this.signal('channel', number, { count: countOf(kind) })
    return { number, pid: pidOfNumber(this.facts, number) }
  }

  endChannel(number: number): void {
    if (this.channels.delete(number)) this.signal('channel_end', number, {})
  }

  /** A channel that a module exports gets a process of its own by the name `module.channel`, when the domain serves. */
  exportChannel(name: string, kind: ChannelKind): void {
    if (this.facts !== undefined) this.signal('channel', 0, { name, count: countOf(kind) })
  }

  // -------------------------------------------------------------------------------------------------------
  // What comes from the node

  receive(message: ProcessEventMessage): void {
    switch (message.kind) {
      case 'message':
        return this.deliver(message.process, message.payload)
      case 'leader':
        return this.setLeader(message.process, message.payload)
      case 'kill':
        return this.kill(message.process)
      case 'answer':
        return this.takeIn(message.id, message.payload)
      case 'numbers':
        return this.numbers.add(message.numbers)
      case 'busy':
        return this.setBusy(message.node, message.isBusy)
      case 'nodes':
        this.nodes = message.names
    }
  }

  private setBusy(node: string, isBusy: boolean): void {
    if (isBusy) this.busy.add(node)
    else {
      this.busy.delete(node)
      for (const thread of this.stalled) this.domain.wakeThread(thread)
      this.stalled.clear()
    }
  }

  private deliver(number: number, payload: Uint8Array): void {
    const process = this.byNumber.get(number)
    if (process !== undefined) this.put(process, payload)
  }

  private put(process: Process, payload: Uint8Array): void {
    const { mailbox, thread } = process
    mailbox.push(payload)
    if (this.mailroom.isOverfull) this.overflow()
    if (thread !== undefined) this.domain.wakeThread(thread)
  }

  /** A process that does not read its messages must not take the memory of the others. */
  private overflow(): void {
    const process = fullest(this.byNumber.values(), ({ mailbox }) => mailbox.bytes)
    if (process === undefined) return
    this.end(process, mailboxLimit)
    if (process.thread !== undefined) this.domain.cancelThread(process.thread)
  }

  /** Of a process, or of a call that is none yet. */
  private setLeader(number: number, leader: Uint8Array): void {
    const process = this.byNumber.get(number)
    const thread = process === undefined ? this.threadOfCall(number) : process.thread
    if (thread !== undefined) this.leaders.set(thread, leader)
    else if (process !== undefined) process.leader = leader
  }

  private threadOfCall(number: number): number | undefined {
    for (const [thread, call] of this.calls.entries()) if (call.number === number) return thread
    return undefined
  }

  private kill(number: number): void {
    if (this.channels.delete(number)) return this.onChannelEnd(number)
    const process = this.byNumber.get(number)
    if (process === undefined) return
    this.remove(process)
    if (process.thread === undefined) return
    this.byThread.delete(process.thread)
    this.domain.cancelThread(process.thread)
  }

  private takeIn(id: number, payload: Uint8Array): void {
    const asked = this.waiting.get(id)
    if (asked === undefined) return
    asked.answer = payload
    this.domain.wakeThread(asked.thread)
  }
}

const countOf = (kind: ChannelKind): number => (kind === 'synchronous' ? 1 : 0)

function reasonOf(ended: EndedThread, pid: Uint8Array): Uint8Array {
  if (ended.end === 'value' || ended.end === 'exit') return reasons.normal
  return ended.end === 'exception' ? ended.reason(pid) : reasons.killed
}
