/**
 * One running call of `rpc` or `erpc`: the process that a SPAWN_REQUEST has started, as far as its caller
 * can tell.
 *
 *     31 {31, ReqId, Caller, Flags, Pid}      at once, or together with the result if that comes soon
 *     28 {28, Pid, Caller, ReqId} + Reason    if monitored
 *     24 {24, Pid, Caller} + Reason           if linked
 *
 * where Reason is {Res, return, V}, {Res, throw, T}, {Res, exit, E}, {Res, error, R, Stack} or
 * {Res, error, {erpc, R}}. A 28 without a 31 before it makes the caller's node drop the connection.
 *
 * The caller stops waiting by a DEMONITOR_P, and dies with a DEMONITOR_P too: both cancel the call, and
 * nothing is sent then. One that stops before it has the 31 says nothing: see abandoned.ts. An exit signal ends the process like any other, so its watchers hear of that.
 */

import { isAtomTag, type Pid, type Reference, Tag, TermReader } from '../../erlang-term-format/index.ts'
import type { Connection } from '../connection.ts'
import { type Control, OPERATION, SPAWN_REPLY_FLAG } from '../control.ts'
import type { CallOutcome, CallRequest, Dispatcher, RunningCall } from '../dispatcher.ts'
import { ATOM, atomName, encodedAtom, encodedTuple, referenceKey } from '../encoded.ts'
import { aloneBytes } from '../frame-reader.ts'
import { isPidTag } from '../gen-call.ts'
import type { Outbox } from '../outbox.ts'
import { type Behaviour, LocalProcess, type ProcessEntry, type Via } from '../process.ts'
import { numbersPerSerial, pidOfNumber, type ServiceHost } from '../service-host.ts'
import type { ErpcRequest } from './erpc-request.ts'
import { Onlookers } from './onlookers.ts'

const badArgument = encodedTuple(encodedAtom('erpc'), encodedAtom('badarg'))

/** What the dispatcher sees. */
class Request implements CallRequest {
  readonly module: string
  readonly function: string
  readonly args: Uint8Array
  readonly ownsArgs: boolean
  readonly async: boolean
  readonly process: number
  readonly peer: string
  readonly caller: Uint8Array
  readonly groupLeader: Uint8Array | undefined

  constructor(
    source: ErpcRequest,
    target: NonNullable<ErpcRequest['target']>,
    process: number,
    connection: Connection,
  ) {
    this.module = target.module
    this.function = target.function
    this.args = target.args
    this.ownsArgs = target.args.length >= aloneBytes
    this.async = source.result === null
    this.process = process
    this.peer = connection.peer.name
    this.caller = connection.canonical(source.from)
    const { groupLeader } = source
    const isKnown = isPidTag(groupLeader[0]) || isAtomTag(groupLeader[0] ?? 0)
    this.groupLeader = isKnown ? connection.canonical(groupLeader) : undefined
  }
}

export class ErpcCall implements ProcessEntry {
  private readonly host: ServiceHost
  private readonly connection: Connection
  private readonly request: ErpcRequest
  /** Its key among the node's entries. */
  readonly number: number
  private running: RunningCall | null = null
  private acknowledged = false
  private over = false
  /** Of others than the caller. */
  private onlookers: Onlookers | null = null
  /** What stands for the call as a process, once OCaml code has asked for its `self`. */
  process: LocalProcess | null = null

  constructor(host: ServiceHost, connection: Connection, request: ErpcRequest) {
    this.host = host
    this.connection = connection
    this.request = request
    this.number = host.addEntry(this)
  }

  /** Whether the caller still has to be told of the process. */
  get unacknowledged(): boolean {
    return !this.acknowledged && !this.over
  }

  get isOver(): boolean {
    return this.over
  }

  /** Whether it runs and its caller has asked for its end, or did once. */
  get isAwaited(): boolean {
    return !this.over && (this.request.flags & SPAWN_REPLY_FLAG.MONITOR) !== 0
  }

  get pid(): Pid {
    return pidOfNumber(this.host, this.number)
  }

  get caller(): Pid {
    return new TermReader(this.request.from).readPid()
  }

  start(dispatcher: Dispatcher): void {
    const { target } = this.request
    if (target === null) {
      this.finish(this.reasonOfBadArgument())
    } else {
      const request = new Request(this.request, target, this.number, this.connection)
      const running = dispatcher.call(request, (outcome) => this.take(outcome))
      if (!this.over) this.running = running
    }
  }

  private take(outcome: CallOutcome): void {
    if (this.over) return
    this.finish(this.request.result === null ? [ATOM.normal] : reasonOf(this.request.result, outcome))
  }

  private reasonOfBadArgument(): readonly Uint8Array[] {
    const { result } = this.request
    return result === null ? [ATOM.normal] : [result, ATOM.error, badArgument]
  }

  /** Ends the process: `reason` is one term, or the elements of a tuple. */
  private finish(reason: readonly Uint8Array[]): void {
    this.leave()
    if (!this.connection.up) return this.onlookers?.dropAll()
    if (!this.acknowledged) this.writeSpawnReply()
    if (this.connection.mustWait(reason, this.pid)) this.sendEnd(reason)
    else this.writeEnd(reason)
    this.connection.sent()
    this.onlookers?.tell(joined(reason))
    this.process?.exit(joined(reason))
  }

  /** From now on the call takes messages, and has links and monitors of its own. */
  become(behaviour: Behaviour): LocalProcess {
    const watched: Behaviour = {
      get trapExit() {
        return behaviour.trapExit === true
      },
      event: (event) => {
        if (event.kind === 'ended') this.processEnded(event.reason)
        behaviour.event(event)
      },
    }
    this.process = new LocalProcess(this.host, this.pid, watched)
    return this.process
  }

  private processEnded(reason: Uint8Array): void {
    if (this.over) return
    const { running } = this
    this.finish([reason])
    running?.cancel()
  }

  private leave(): void {
    this.over = true
    this.running = null
    this.host.removeEntry(this.number)
  }

  /** Tells the caller the pid, if it does not know it yet. */
  acknowledge(): void {
    if (this.acknowledged || this.over) return
    this.writeSpawnReply()
    this.connection.sent()
  }

  /** Nobody waits any more. */
  cancel(): void {
    const { running } = this
    this.leave()
    this.onlookers?.dropAll()
    running?.cancel()
    this.process?.exit(ATOM.killed)
  }

  // Frames

  private writeEnd(reason: readonly Uint8Array[]): void {
    if ((this.request.flags & SPAWN_REPLY_FLAG.MONITOR) !== 0) this.writeMonitorExit(reason)
    if ((this.request.flags & SPAWN_REPLY_FLAG.LINK) !== 0) this.writeExit(reason)
  }

  /** The same when the reason is large. */
  private sendEnd(reason: readonly Uint8Array[]): void {
    const payload = reason.length > 1 ? [Uint8Array.of(Tag.smallTuple, reason.length), ...reason] : reason
    const { pid: from, caller: to } = this
    const reference = new TermReader(this.request.reference).readReference()
    const { flags } = this.request
    if ((flags & SPAWN_REPLY_FLAG.MONITOR) !== 0) {
      this.connection.sendPieces({ kind: 'monitorExit', from, to, reference, reason: null }, payload)
    }
    if ((flags & SPAWN_REPLY_FLAG.LINK) !== 0) {
      this.connection.sendPieces({ kind: 'exit', from, to, reason: null, token: null }, payload)
    }
  }

  private writeSpawnReply(): void {
    this.acknowledged = true
    const { frameWriter } = this.connection
    const outbox = frameWriter.open()
    writeHead(outbox, 5, OPERATION.SPAWN_REPLY)
    outbox.raw(this.request.reference)
    outbox.raw(this.request.from)
    outbox.u16((97 << 8) | this.request.flags)
    this.writePid(outbox)
    frameWriter.close()
  }

  private writeMonitorExit(reason: readonly Uint8Array[]): void {
    const { frameWriter, capabilities } = this.connection
    const apart = capabilities.exitPayload
    const outbox = frameWriter.open()
    writeHead(outbox, apart ? 4 : 5, apart ? OPERATION.PAYLOAD_MONITOR_P_EXIT : OPERATION.MONITOR_P_EXIT)
    this.writePid(outbox)
    outbox.raw(this.request.from)
    outbox.raw(this.request.reference)
    if (apart) frameWriter.openPayload()
    writeReason(outbox, reason)
    frameWriter.close()
  }

  private writeExit(reason: readonly Uint8Array[]): void {
    const { frameWriter, capabilities } = this.connection
    const apart = capabilities.exitPayload
    const outbox = frameWriter.open()
    writeHead(outbox, apart ? 3 : 4, apart ? OPERATION.PAYLOAD_EXIT : OPERATION.EXIT)
    this.writePid(outbox)
    outbox.raw(this.request.from)
    if (apart) frameWriter.openPayload()
    writeReason(outbox, reason)
    frameWriter.close()
  }

  private writePid(outbox: Outbox): void {
    outbox.raw(this.host.pidPrefix)
    outbox.u32(this.number % numbersPerSerial)
    outbox.u32(Math.floor(this.number / numbersPerSerial))
    outbox.u32(this.host.creation)
  }

  // Signals to it

  receive(control: Control, payload: Uint8Array | null, via: Via): void {
    switch (control.kind) {
      case 'demonitor':
        if (via === this.connection && this.isCallersMonitor(control.reference)) this.cancel()
        else {
          this.onlookers?.dropMonitor(control.reference)
          this.process?.receive(control, payload, via)
        }
        break
      case 'groupLeader':
        this.running?.setGroupLeader?.(control.from)
        break
      default:
        if (control.kind === 'unlink') this.onlookers?.dropLink(control.from)
        if (this.process !== null) this.process.receive(control, payload, via)
        else this.receiveAlone(control, payload, via)
    }
  }

  /** While it is no process it takes no messages, and has no monitors and links of its own. */
  private receiveAlone(control: Control, payload: Uint8Array | null, via: Via): void {
    switch (control.kind) {
      case 'exit2':
      case 'exit':
        this.takeExit(payload ?? ATOM.normal)
        break
      case 'link':
      case 'monitor':
        this.onlookers ??= new Onlookers(this.host)
        this.onlookers.add(control, via)
        break
      case 'unlink':
        this.takeUnlink(control.from, control.to, control.id)
        break
      default:
    }
  }

  private isCallersMonitor(reference: Reference): boolean {
    const callers = new TermReader(this.request.reference).readReference()
    return referenceKey(reference) === referenceKey(callers)
  }

  private takeExit(reason: Uint8Array): void {
    const name = atomName(reason)
    if (name === 'normal') return
    const { running } = this
    this.finish([name === 'kill' ? ATOM.killed : reason])
    running?.cancel()
  }

  private takeUnlink(from: Pid, to: Pid, id: bigint | null): void {
    if (id !== null) this.host.route(from.node, { kind: 'unlinkAck', id, from: to, to: from }, null)
  }

  /** The loss of the caller's own connection ends it. */
  nodeDown(name: string): void {
    this.process?.nodeDown(name)
    if (this.connection.up) this.onlookers?.dropOf(name)
    else if (!this.over) this.cancel()
  }
}

/** The elements of the reason that carries an outcome. */
export function reasonOf(result: Uint8Array, outcome: CallOutcome): readonly Uint8Array[] {
  if (outcome.kind === 'return') return [result, ATOM.return, outcome.value]
  switch (outcome.class) {
    case 'throw':
      return [result, ATOM.throw, outcome.reason]
    case 'exit':
      return [result, ATOM.exit, outcome.reason]
    case 'error':
      return [result, ATOM.error, outcome.reason, outcome.stack]
  }
}

function writeHead(outbox: Outbox, arity: number, operation: number): void {
  outbox.u16((104 << 8) | arity)
  outbox.u16((97 << 8) | operation)
}

function writeReason(outbox: Outbox, reason: readonly Uint8Array[]): void {
  if (reason.length > 1) outbox.u16((104 << 8) | reason.length)
  for (const part of reason) outbox.raw(part)
}

function joined(reason: readonly Uint8Array[]): Uint8Array {
  return reason.length > 1 ? encodedTuple(...reason) : (reason[0] as Uint8Array)
}
