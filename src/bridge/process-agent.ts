/**
 * The node's side of the processes of one domain: what stands for them among the node's processes, performs what they do, and passes
 * on what reaches them, as the messages that Erlang has for it.
 *
 *     a monitored process is gone   {'DOWN', Ref, process, Pid | {Name, Node}, Reason}
 *     an exit signal is trapped     {'EXIT', Pid, Reason}
 *     a watched node is gone        {nodedown, Node}
 */

import { ProtocolError } from '../base/diagnostic.ts'
import {
  atom,
  decodeBare,
  encodeBare,
  list,
  type Pid,
  type Reference,
  Tag,
  type Term,
  TermReader,
  tuple,
} from '../erlang-term-format/index.ts'
import { ATOM, atomName, encodedAtom, encodedList, encodedTuple } from '../node/encoded.ts'
import {
  type Behaviour,
  type CallRequest,
  type CallResult,
  type Destination,
  type Dispatcher,
  type ErlangNode,
  type GenResult,
  isNodeName,
  type LocalProcess,
  type OutgoingCall,
  type ProcessEvent,
  startCall,
  startGenCall,
} from '../node/index.ts'
import { Channels, type ChannelsOptions } from './channels.ts'
import { checkTerm } from './check-term.ts'
import { externalFun } from './fun-term.ts'
import { askGlobal } from './global-names.ts'
import type { NodeFacts, Numbers, ProcessEventMessage, ProcessSignal, SignalKind } from './process-signals.ts'

type DownEvent = ProcessEvent & { readonly kind: 'down' }
type Target = Pid | { readonly kind: 'name'; readonly name: string; readonly node: string }

/** A process of OCaml code, as the node sees it. */
class Member implements Behaviour {
  trapExit = false
  process: LocalProcess | undefined
  /** Monitors by name, to tell afterwards what they were of. */
  readonly names = new Map<string, Target>()
  /** Its calls that have not ended, and how to end them. */
  readonly calls = new Map<number, () => void>()
  private readonly listener: (member: Member, event: ProcessEvent) => void

  constructor(listener: (member: Member, event: ProcessEvent) => void) {
    this.listener = listener
  }

  event(event: ProcessEvent): void {
    this.listener(this, event)
  }
}

/** How many processes a domain makes before it asks again. */
const numbersAtOnce = 2 ** 20
let lastMark = 0
/** How long senders to a busy node wait before it is looked at again, in milliseconds. */
const busyPause = 5
/** How many monitors, links, aliases and timers the processes of a domain may have together. */
const usualRelations = 1 << 20

/** What becomes of handles that belong to a process that runs a call for one of ours. */
export interface Estates {
  /** They go to `heir` when `runner` ends, which it does with its answer. */
  inherit(runner: Pid, heir: Pid): void
  /** Its answer has come, or nobody waits for that any more. */
  settle(runner: Pid): void
}

const noEstates: Estates = { inherit: () => {}, settle: () => {} }

export interface AgentOptions {
  readonly estates?: Estates
  readonly mostRelations?: number
  readonly channels: ChannelsOptions
}

export class ProcessAgent {
  readonly facts: NodeFacts
  readonly channels: Channels
  private readonly node: ErlangNode
  private readonly dispatcher: Dispatcher
  private readonly post: (message: ProcessEventMessage) => void
  private readonly members = new Map<number, Member>()
  /** By nodes, the processes that watch them. */
  private readonly watched = new Map<string, Set<number>>()
  /** Nodes that senders wait for. */
  private readonly busy = new Set<string>()
  private readonly mostRelations: number
  private readonly estates: Estates
  /** At least as many as there are. */
  private relations = 0
  private cancelWatch = (): void => {}
  private readonly timers = new Map<number, () => void>()
  private readonly listeners: readonly (() => void)[]

  /** `post` takes what is for the domain. */
  constructor(
    node: ErlangNode,
    dispatcher: Dispatcher,
    post: (message: ProcessEventMessage) => void,
    { estates = noEstates, mostRelations = usualRelations, channels }: AgentOptions,
  ) {
    this.estates = estates
    this.mostRelations = mostRelations
    this.node = node
    this.dispatcher = dispatcher
    this.post = post
    this.channels = new Channels(node, channels, (number) => post({ kind: 'kill', process: number }))
    const { name, creation } = node
    this.facts = { name, creation, mark: ++lastMark, numbers: this.newNumbers() }
    this.listeners = [
      node.onNodeUp(() => this.tellNodes()),
      node.onNodeDown((lost, connection) => {
        this.tellNodes()
        this.nodeDown(lost)
        this.channels.connectionLost(connection)
      }),
    ]
  }

  /** Tells the domain which nodes there are, as soon as it listens. */
  tellNodes(): void {
    this.post({ kind: 'nodes', names: this.node.connections().map((c) => c.peer.name) })
  }

  /** The domain is gone, and its processes with it. */
  stop(reason: Uint8Array): void {
    for (const end of this.listeners) end()
    for (const cancel of this.timers.values()) cancel()
    this.cancelWatch()
    this.channels.stop(reason)
    for (const { process } of [...this.members.values()]) process?.exit(reason)
    this.members.clear()
  }

  // -------------------------------------------------------------------------------------------------------
  // Signals of OCaml code

  perform(signal: ProcessSignal): void {
    if (signal.kind === 'start') return this.start(signal.process, signal.count === 1)
    if (signal.kind === 'numbers') return this.post({ kind: 'numbers', numbers: this.newNumbers() })
    if (signal.kind === 'channel') return this.channels.start(signal)
    if (signal.kind === 'channel_end') return this.channels.end(signal.process)
    const member = this.members.get(signal.process)
    if (member?.process === undefined) return
    this.performAs(member, member.process, signal)
  }

  private newNumbers(): Numbers {
    return { first: this.node.reserveNumbers(numbersAtOnce), count: numbersAtOnce }
  }

  /** What stands for a call may have been killed, or given up by its caller, before OCaml code has asked for its self. */
  private start(number: number, isCall: boolean): void {
    const member = new Member((m, event) => this.event(number, m, event))
    this.members.set(number, member)
    const process = isCall ? this.node.standFor(number, member) : this.node.spawnAt(number, member)
    if (process?.isAlive === true) {
      member.process = process
      return
    }
    this.members.delete(number)
    this.post({ kind: 'kill', process: number })
  }

  /** A process that takes more and more of the node's memory ends; what it has is counted when it could be too much. */
  private relate(process: LocalProcess): boolean {
    this.relations += 1
    if (this.relations <= this.mostRelations) return true
    this.relations = 1 + this.timers.size
    for (const member of this.members.values()) {
      if (member.process !== undefined) this.relations += this.node.relationsOf(member.process)
    }
    if (this.relations <= this.mostRelations) return true
    process.exit(relationsLimit)
    return false
  }

  private performAs(member: Member, process: LocalProcess, signal: ProcessSignal): void {
    if (makesRelation.has(signal.kind) && !this.relate(process)) return
    switch (signal.kind) {
      case 'end':
        // What others have done to it before, on this node, is still under way.
        return queueMicrotask(() => this.end(signal.process, process, signal.payload))
      case 'send':
        return this.send(process, destinationOf(signal), signal.payload)
      case 'link':
        return this.link(process, pidOf(signal.target))
      case 'unlink':
        return process.unlink(pidOf(signal.target))
      case 'exit':
        return process.exitOther(pidOf(signal.target), signal.payload)
      case 'trap':
        member.trapExit = signal.count === 1
        return
      case 'monitor':
        return this.monitor(member, process, signal)
      case 'demonitor':
        return this.demonitor(member, process, referenceOf(signal.payload))
      case 'alias':
        this.node.makeAlias(process, referenceOf(signal.payload))
        return
      case 'unalias':
        return this.node.dropAlias(referenceOf(signal.payload))
      case 'monitor_node':
        return this.monitorNode(signal)
      case 'send_after':
        return this.sendAfter(process, signal)
      default:
        this.respond(member, process, signal)
    }
  }

  private send(process: LocalProcess, to: Destination, payload: Uint8Array): void {
    process.send(to, payload)
    if (!this.node.isBusy(to.node) || this.busy.has(to.node)) return
    this.busy.add(to.node)
    this.post({ kind: 'busy', node: to.node, isBusy: true })
    if (this.busy.size === 1) this.watchBusy()
  }

  /** Looks again and again until all that was too much has left. */
  private watchBusy(): void {
    this.cancelWatch = this.node.clock.after(busyPause, () => {
      for (const node of [...this.busy]) {
        if (this.node.isBusy(node, 0.5)) continue
        this.busy.delete(node)
        this.post({ kind: 'busy', node, isBusy: false })
      }
      if (this.busy.size > 0) this.watchBusy()
    })
  }

  private end(number: number, process: LocalProcess, reason: Uint8Array): void {
    if (this.members.delete(number)) process.exit(reason)
  }

  private respond(member: Member, process: LocalProcess, signal: ProcessSignal): void {
    const { id, name } = signal
    switch (signal.kind) {
      case 'register':
        return this.answer(id, truth(this.register(name, pidOf(signal.target))))
      case 'unregister':
        return this.answer(id, truth(!this.channels.reserves(name) && this.node.unregister(name)))
      case 'whereis':
        return this.answer(id, this.node.whereis(name)?.pid ?? atom('undefined'))
      case 'pg_join':
      case 'pg_leave':
      case 'pg_members':
        return this.answer(id, this.aboutGroup(signal))
      case 'cancel_timer':
        return this.answer(id, truth(this.cancelTimer(signal.count)))
      case 'call':
        return this.call(member, process, signal)
      case 'apply':
        return this.apply(member, process, signal)
      case 'gen_call':
        this.genCall(member, signal)
        return
      case 'global':
        void this.global(signal)
    }
  }

  private answer(id: number, answer: Term | Uint8Array): void {
    this.post({ kind: 'answer', id, payload: answer instanceof Uint8Array ? answer : encodeBare(answer) })
  }

  private link(process: LocalProcess, to: Pid): void {
    if (to.node !== process.pid.node || to.id !== process.pid.id || to.serial !== process.pid.serial)
      process.link(to)
  }

  private monitor(member: Member, process: LocalProcess, signal: ProcessSignal): void {
    const target = destinationOf(signal)
    if (target.kind === 'reference') return
    const reference = referenceOf(signal.payload)
    if (target.kind === 'name') member.names.set(reference.ids.join(), target)
    process.monitor(target, reference)
  }

  private demonitor(member: Member, process: LocalProcess, reference: Reference): void {
    member.names.delete(reference.ids.join())
    process.demonitor(reference)
  }

  private register(name: string, target: Pid): boolean {
    const process = this.node.process(target)
    if (process === undefined || name === 'undefined' || this.channels.reserves(name)) return false
    return this.node.register(name, process)
  }

  /** A group is named by a term of the program: one that is nested too deeply names none. */
  private aboutGroup({ kind, target, payload }: ProcessSignal): Term {
    const group = termOf(payload)
    if (kind === 'pg_members') return list(...(group === null ? [] : this.node.groups.getMembers(group)))
    if (group === null) return truth(false)
    return truth(
      kind === 'pg_join' ? this.join(pidOf(target), group) : this.node.groups.leave(group, pidOf(target)),
    )
  }

  private join(target: Pid, group: Term): boolean {
    const isHere = this.node.process(target) !== undefined
    if (isHere) this.node.groups.join(group, target)
    return isHere
  }

  private monitorNode({ node, process, count }: ProcessSignal): void {
    const watchers = this.watched.get(node) ?? new Set()
    if (count === 0) {
      watchers.delete(process)
      return
    }
    watchers.add(process)
    this.watched.set(node, watchers)
    if (node === this.node.name || this.node.connection(node) !== undefined) return
    const reach = isNodeName(node) ? this.node.reach(node) : Promise.reject(new Error('no node name'))
    reach.catch(() => this.nodeDown(node))
  }

  private nodeDown(name: string): void {
    const watchers = this.watched.get(name) ?? []
    this.watched.delete(name)
    const payload = encodeBare(tuple(atom('nodedown'), atom(name)))
    for (const process of watchers) this.post({ kind: 'message', process, payload })
  }

  private sendAfter(process: LocalProcess, { id, count, target, payload }: ProcessSignal): void {
    const message = payload
    const to = pidOf(target)
    const cancel = this.node.clock.after(count, () => {
      this.timers.delete(id)
      process.send(to, message)
    })
    this.timers.set(id, cancel)
  }

  private cancelTimer(id: number): boolean {
    this.timers.get(id)?.()
    return this.timers.delete(id)
  }

  // -------------------------------------------------------------------------------------------------------
  // Calls

  private call(member: Member, process: LocalProcess, signal: ProcessSignal): void {
    const request = new TermReader(signal.payload)
    request.readTupleArity()
    const module = request.readAtom()
    const called = { module, function: request.readAtom(), args: request.readEncoded() }
    this.startCall(member, process, signal, called, (call) => call.abandon())
  }

  /** An external fun is a function of the node where it is called; a local one is known there as a term alone. */
  private apply(member: Member, process: LocalProcess, signal: ProcessSignal): void {
    const request = new TermReader(signal.payload)
    request.readTupleArity()
    const fun = request.readEncoded()
    const args = request.readEncoded()
    const external = externalFun(fun)
    // Nobody here runs funs: it is of another node that has no name of its own.
    if (external === undefined && signal.node === this.node.name)
      return this.answer(signal.id, failed(ATOM.noconnection))
    const called = external ?? { module: 'erlang', function: 'apply', args: encodedList(fun, args) }
    this.startCall(member, process, signal, { args, ...called }, (call) => call.kill())
  }

  /** `giveUp`: what to do when the process ends first. */
  private startCall(
    member: Member,
    process: LocalProcess,
    { id, node, count: timeoutMs, target }: ProcessSignal,
    called: CalledFunction,
    giveUp: (call: OutgoingCall) => void,
  ): void {
    const groupLeader = target.length === 0 ? undefined : target
    let runner: Pid | undefined
    const onRunner = (pid: Pid): void => {
      runner = pid
      this.estates.inherit(pid, process.pid)
    }
    const settle = (): void => {
      if (runner !== undefined) this.estates.settle(runner)
    }
    const done = (result: CallResult): void => {
      settle()
      if (member.calls.delete(id)) this.answer(id, resultTerm(result))
    }
    member.calls.set(id, () => {})
    const call =
      node === this.node.name
        ? this.callHere(process, { ...called, groupLeader }, timeoutMs, done)
        : startCall(
            this.node,
            { ...called, peer: node, timeoutMs, groupLeader: groupLeader && pidOf(groupLeader), onRunner },
            done,
          )
    if (!member.calls.has(id)) return
    member.calls.set(id, () => {
      settle()
      giveUp(call)
    })
  }

  private async global({ id, name, payload, count }: ProcessSignal): Promise<void> {
    this.answer(id, resultTerm(await askGlobal(this.node, name, payload, count)))
  }

  private callHere(
    process: LocalProcess,
    called: CalledFunction & Pick<CallRequest, 'groupLeader'>,
    timeout: number,
    done: (result: CallResult) => void,
  ): OutgoingCall {
    const late = this.node.clock.after(timeout, () => {
      running.cancel()
      done({ kind: 'failed', reason: encodeBare(atom('timeout')) })
    })
    const request = {
      ...called,
      caller: encodeBare(process.pid),
      peer: this.node.name,
      async: false,
      process: 0,
    }
    const running = this.dispatcher.call(request, (outcome) => {
      late()
      done(outcome)
    })
    const end = (): void => {
      late()
      running.cancel()
    }
    return { abandon: end, kill: end }
  }

  private genCall(member: Member, signal: ProcessSignal): void {
    const { id, payload: request, count } = signal
    const to = destinationOf(signal)
    const done = (result: GenResult): void => {
      if (member.calls.delete(id)) this.answer(id, genResultTerm(result, to, request, count))
    }
    member.calls.set(id, () => {})
    const abandon = startGenCall(this.node, to, request, count, done)
    if (member.calls.has(id)) member.calls.set(id, abandon)
  }

  // -------------------------------------------------------------------------------------------------------
  // What reaches them

  private event(process: number, member: Member, event: ProcessEvent): void {
    switch (event.kind) {
      case 'message':
        checkTerm(event.payload)
        this.post({ kind: 'message', process, payload: event.payload })
        break
      case 'exit':
        this.message(process, encodedTuple(encodedAtom('EXIT'), encodeBare(event.from), event.reason))
        break
      case 'down':
        this.message(process, this.down(member, event))
        break
      case 'groupLeader':
        this.post({ kind: 'leader', process, payload: encodeBare(event.leader) })
        break
      case 'ended':
        for (const giveUp of member.calls.values()) giveUp()
        if (this.members.delete(process)) this.post({ kind: 'kill', process })
    }
  }

  private message(process: number, payload: Uint8Array): void {
    this.post({ kind: 'message', process, payload })
  }

  private down(member: Member, { reference, from, reason }: DownEvent): Uint8Array {
    const key = reference.ids.join()
    const named = member.names.get(key)
    member.names.delete(key)
    const object = named?.kind === 'name' ? tuple(atom(named.name), atom(named.node)) : from
    const head = [encodedAtom('DOWN'), encodeBare(reference), encodedAtom('process')] as const
    return encodedTuple(...head, encodeBare(object), reason)
  }
}

type CalledFunction = Pick<CallRequest, 'module' | 'function' | 'args'>

const makesRelation: ReadonlySet<string> = new Set<SignalKind>([
  'monitor',
  'link',
  'alias',
  'send_after',
  'pg_join',
])
const relationsLimit = encodeBare(tuple(atom('system_limit'), atom('relations')))

const truth = (holds: boolean): Term => atom(holds ? 'true' : 'false')

const numberTerm = (n: number): Term => ({ kind: 'int', value: n })

/** Null: it is nested too deeply. */
function termOf(encoded: Uint8Array): Term | null {
  try {
    return decodeBare(encoded)
  } catch (error) {
    if (error instanceof ProtocolError) return null
    throw error
  }
}

function pidOf(encoded: Uint8Array): Pid {
  return new TermReader(encoded).readPid()
}

function referenceOf(encoded: Uint8Array): Reference {
  return new TermReader(encoded).readReference()
}

function destinationOf({ target, name, node }: ProcessSignal): Destination {
  if (target.length === 0) return { kind: 'name', name, node }
  const term = decodeBare(target)
  if (term.kind === 'pid' || term.kind === 'reference') return term
  throw new ProtocolError('a message to what is neither a process nor an alias')
}

function destinationTerm(to: Destination): Term {
  return to.kind === 'name' ? tuple(atom(to.name), atom(to.node)) : to
}

/** As `Erlang.call` reads it: `{ok, Value}`, or class, reason and stack. Terms stay as they came, however deep they are. */
function resultTerm(result: CallResult): Uint8Array {
  if (result.kind === 'failed') return failed(result.reason)
  if (result.kind === 'return') return encodedTuple(ok, result.value)
  return encodedTuple(encodedAtom(result.class), result.reason, result.stack)
}

/** As `Erlang.gen_call` reads it: `{ok, Reply}`, or the exit of `gen_server:call/3`. */
function genResultTerm(result: GenResult, to: Destination, request: Uint8Array, timeout: number): Uint8Array {
  if (result.kind === 'reply') return encodedTuple(ok, result.reply)
  const args = encodedList(encodeBare(destinationTerm(to)), request, encodeBare(numberTerm(timeout)))
  const call = encodedTuple(encodedAtom('gen_server'), encodedAtom('call'), args)
  return encodedTuple(encodedAtom('exit'), encodedTuple(result.reason, call), nil)
}

/** What `erpc:call` raises when there is no outcome. */
function failed(reason: Uint8Array): Uint8Array {
  const isOwn = ownReasons.has(atomName(reason) ?? '')
  if (isOwn) return encodedTuple(encodedAtom('error'), encodedTuple(encodedAtom('erpc'), reason), nil)
  return encodedTuple(encodedAtom('exit'), encodedTuple(encodedAtom('signal'), reason), nil)
}

const ownReasons: ReadonlySet<string> = new Set(['noconnection', 'timeout', 'notsup'])
const ok = encodedAtom('ok')
const nil = Uint8Array.of(Tag.nil)
