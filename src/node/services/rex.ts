/**
 * The process `rex`, the older way of calling: generic calls of other releases, and what C nodes send.
 *
 *     {'$gen_call', From, {call | block_call, M, F, A, GroupLeader}}   reply: Result
 *     {'$gen_cast', {cast, M, F, A, GroupLeader}}
 *     {Pid, {call, M, F, A, GroupLeader}}       Pid ! {rex, Result}
 *     {Pid, {sbcast, Name, Message}}            Pid ! {rex, Node, Node | {nonexisting_name, Name}}
 *     {Pid, {send, Name, Message}}              Name gets {Pid, Message}, or as above
 *     {Pid, features_request}                   Pid ! {features_reply, Node, [erpc]}
 *
 * Result is what the function returned or threw, {badrpc, {'EXIT', {Reason, Stack}}} for an error and
 * {badrpc, {'EXIT', Reason}} for an exit. A call is cancelled when its caller takes its monitor off `rex`
 * (it has timed out or died), and when the connection is lost.
 *
 * Reference: `rpc` of the kernel.
 */

import {
  atom,
  decodeBare,
  encodeBare,
  isAtomTag,
  list,
  type Pid,
  type Reference,
  type Term,
  TermReader,
} from '../../erlang-term-format/index.ts'
import type { CallOutcome, Dispatcher } from '../dispatcher.ts'
import { ATOM, encodedAtom, encodedTuple } from '../encoded.ts'
import { type GenCall, isListTag, isPidTag, isTupleTag, readGenMessage, replyTo } from '../gen-call.ts'
import type { LocalProcess, ProcessEvent, Via } from '../process.ts'
import { ServedCalls } from '../served-calls.ts'
import type { ServiceHost } from '../service-host.ts'

/** `{Operation, M, F, A, GroupLeader}`. */
interface FunctionCall {
  readonly operation: string
  readonly module: string
  readonly function: string
  readonly args: Uint8Array
  readonly groupLeader: Term
}

/** A message to pass on to a name here. */
interface LocalSend {
  readonly name: string
  readonly message: Uint8Array
  /** Who has the name answers, and learns whom; else we do. */
  readonly answered: boolean
}

const nonexistingName = encodedAtom('nonexisting_name')
const featuresReply = encodedAtom('features_reply')
const features = encodeBare(list(atom('erpc')))

export function startRex(host: ServiceHost, dispatcher: Dispatcher): void {
  const rex = new Rex(host, dispatcher)
  host.register('rex', rex.process)
}

class Rex {
  readonly process: LocalProcess
  private readonly host: ServiceHost
  private readonly dispatcher: Dispatcher
  private readonly nodeName: Uint8Array
  private readonly calls = new ServedCalls()

  constructor(host: ServiceHost, dispatcher: Dispatcher) {
    this.host = host
    this.dispatcher = dispatcher
    this.nodeName = encodedAtom(host.name)
    this.process = host.spawn({ permanent: true, event: (event) => this.event(event) })
    host.onNodeDown((_, connection) => this.calls.connectionLost(connection))
  }

  private event(event: ProcessEvent): void {
    if (event.kind === 'message') this.message(event.payload, event.via)
    else if (event.kind === 'unwatched') this.calls.unwatched(event.from, event.reference)
  }

  private message(payload: Uint8Array, via: Via): void {
    const message = readGenMessage(payload)
    if (message === null) this.plainMessage(new TermReader(payload), via)
    else if (message.kind === 'call') this.genCall(message, via)
    else this.genCast(message.request, via)
  }

  // The forms of gen_server

  private genCall(message: GenCall, via: Via): void {
    const call = readCall(new TermReader(message.request))
    if (call?.operation === 'call' || call?.operation === 'block_call') {
      const monitor = message.alias ?? message.reference
      this.run(call, message.from, monitor, via, (result) => replyTo(this.process, message, result))
    } else {
      this.unknown(message.from)
    }
  }

  private genCast(request: Uint8Array, via: Via): void {
    const call = readCall(new TermReader(request))
    if (call?.operation === 'cast') this.cast(call, via)
  }

  /** A cast does not say who casts. */
  private cast(call: FunctionCall, via: Via): void {
    const caller = call.groupLeader.kind === 'pid' ? call.groupLeader : this.process.pid
    const { module, function: name } = call
    this.dispatcher.call({ ...requestOf(call, caller), async: true }, () => {})
    this.host.log.debug({ peer: via?.peerName, call: `${module}:${name}` }, 'rex: a cast')
  }

  // The forms of plain messages

  /** `{Pid, Request}`. */
  private plainMessage(reader: TermReader, via: Via): void {
    if (!isTupleTag(reader.peekTag()) || reader.readTupleArity() !== 2 || !isPidTag(reader.peekTag())) return
    const from = reader.readPid()
    if (isAtomTag(reader.peekTag())) this.atomRequest(from, reader.readAtom())
    else this.tupleRequest(from, reader, via)
  }

  private atomRequest(from: Pid, request: string): void {
    if (request === 'features_request') {
      this.process.send(from, encodedTuple(featuresReply, this.nodeName, features))
    } else {
      this.unknown(from)
    }
  }

  private tupleRequest(from: Pid, reader: TermReader, via: Via): void {
    const send = readSend(reader)
    const call = send === null ? readCall(reader) : null
    if (send !== null) this.sendLocally(from, send)
    else if (call?.operation === 'call') this.plainCall(from, call, via)
    else if (call?.operation === 'cast') this.cast(call, via)
    else this.unknown(from)
  }

  private plainCall(from: Pid, call: FunctionCall, via: Via): void {
    this.run(call, from, null, via, (result) => this.process.send(from, encodedTuple(ATOM.rex, result)))
  }

  private sendLocally(from: Pid, { name, message, answered }: LocalSend): void {
    const known = this.host.whereis(name) !== undefined
    const payload = answered ? encodedTuple(encodeBare(from), message) : message
    if (known) this.process.send({ kind: 'name', name, node: this.host.name }, payload)
    if (known && answered) return
    const outcome = known ? this.nodeName : encodedTuple(nonexistingName, encodedAtom(name))
    this.process.send(from, encodedTuple(ATOM.rex, this.nodeName, outcome))
  }

  private unknown(from: Pid): void {
    this.host.log.debug({ from: from.node }, 'rex: an unknown request')
  }

  private run(
    call: FunctionCall,
    caller: Pid,
    monitor: Reference | null,
    via: Via,
    reply: (result: Uint8Array) => void,
  ): void {
    const request = { ...requestOf(call, caller), async: false }
    this.calls.run(this.dispatcher, request, { caller, monitor, via }, (outcome) => reply(resultOf(outcome)))
  }
}

/** The `{sbcast | send, Name, Message}` where the reader stands, or null if it is anything else. */
function readSend(reader: TermReader): LocalSend | null {
  const start = reader.offset
  if (isTupleTag(reader.peekTag()) && reader.readTupleArity() === 3) {
    const operation = readAtomIfAny(reader)
    const name = readAtomIfAny(reader)
    if (name !== null && (operation === 'sbcast' || operation === 'send')) {
      return { name, message: reader.readEncoded(), answered: operation === 'send' }
    }
  }
  reader.offset = start
  return null
}

/** The call where the reader stands, or null if it is anything else. */
function readCall(reader: TermReader): FunctionCall | null {
  if (!isTupleTag(reader.peekTag()) || reader.readTupleArity() !== 5) return null
  const operation = readAtomIfAny(reader)
  const module = readAtomIfAny(reader)
  const name = readAtomIfAny(reader)
  if (operation === null || module === null || name === null || !isListTag(reader.peekTag())) return null
  const args = reader.readEncoded()
  return { operation, module, function: name, args, groupLeader: decodeBare(reader.readEncoded()) }
}

/** What the dispatcher is asked for. */
function requestOf({ module, function: name, args, groupLeader }: FunctionCall, caller: Pid) {
  const from = { caller: encodeBare(caller), peer: caller.node, groupLeader: encodeBare(groupLeader) }
  return { module, function: name, args, ...from, process: 0 }
}

function readAtomIfAny(reader: TermReader): string | null {
  return isAtomTag(reader.peekTag()) ? reader.readAtom() : null
}

/** What the older forms make of an outcome. */
function resultOf(outcome: CallOutcome): Uint8Array {
  if (outcome.kind === 'return') return outcome.value
  switch (outcome.class) {
    case 'throw':
      return outcome.reason
    case 'exit':
      return badrpc(outcome.reason)
    case 'error':
      return badrpc(encodedTuple(outcome.reason, outcome.stack))
  }
}

function badrpc(reason: Uint8Array): Uint8Array {
  return encodedTuple(ATOM.badrpc, encodedTuple(ATOM.EXIT, reason))
}
