/**
 * What stands for a channel of OCaml code among the node's processes:
 *
 *     Pid ! Message                   asynchronous: it is sent; the same with {'$gen_cast', Message}
 *     {'$gen_call', From, Message}    synchronous: a call in a thread of its own, answered by the reply
 *
 * Messages to an asynchronous channel are sent in the order of their coming; those that wait are its mailbox, and the mailboxes of a
 * domain's channels have a limit. What does not fit the channel's type is refused: the log tells of a message, and to the
 * caller of a synchronous channel it is as if the process had ended, but to nobody else. So is an exception.
 */

import { Fifo } from '../base/fifo.ts'
import type { Log } from '../base/ports.ts'
import { encodeBare, formatTerm } from '../erlang-term-format/index.ts'
import {
  type Behaviour,
  type CallOutcome,
  type Connection,
  type Dispatcher,
  type GenCall,
  type LocalProcess,
  type ProcessEvent,
  type RunningCall,
  readGenMessage,
  replyTo,
  ServedCalls,
  type Via,
} from '../node/index.ts'
import { checkTerm } from './check-term.ts'
import type { ChannelKind } from './codec.ts'
import { type Mailroom, messageOverhead } from './mailbox.ts'
import { causeOf, exitReasonOf, mailboxLimit, unsupported } from './raised.ts'

/** A function with one parameter, which is the message. */
export interface ChannelFunction {
  readonly module: string
  readonly function: string
  /** The encoded list of arguments for an encoded message. */
  arguments(message: Uint8Array): Uint8Array
}

export interface ChannelPorts {
  readonly log: Log
  /** Calls functions of the domain. A send, which nobody waits for, is not limited by what its peer has under way. */
  readonly dispatcher: Dispatcher
  /** For what waits at the channels of the domain. */
  readonly mailroom: Mailroom
  /** There is no room. */
  overflow(): void
  /** The process is over. What is on its way to the domain still arrives. */
  ended(): void
  /** It is over, and nothing is on its way any more. */
  settled(): void
}

interface Message {
  readonly args: Uint8Array
  readonly peer: string
  /** Set while it is on its way. */
  running: RunningCall | undefined
}

/** So many messages, and bytes of messages, are on their way to the domain, which sends them in their order; the others wait. */
const mostSending = { messages: 64, bytes: 1 << 20 } as const

export class ChannelProcess implements Behaviour {
  readonly process: LocalProcess
  private readonly kind: ChannelKind
  private readonly called: ChannelFunction
  private readonly ports: ChannelPorts
  private readonly mailbox = new Fifo<Message>()
  private readonly sending = new Fifo<Message>()
  private bytesSending = 0
  /** What all messages take that have not been sent. */
  bytes = 0
  private readonly calls = new ServedCalls()
  private isPumping = false
  /** Set when it ends with the last of its calls: nothing new is taken. */
  private leaving: Uint8Array | undefined

  /** `enter` gives it a pid. */
  constructor(
    kind: ChannelKind,
    enter: (behaviour: Behaviour) => LocalProcess,
    called: (process: LocalProcess) => ChannelFunction,
    ports: ChannelPorts,
  ) {
    this.kind = kind
    this.ports = ports
    this.process = enter(this)
    this.called = called(this.process)
  }

  event(event: ProcessEvent): void {
    switch (event.kind) {
      case 'message':
        return this.message(event.payload, event.via)
      case 'unwatched':
        this.calls.unwatched(event.from, event.reference)
        return this.leaveWhenIdle()
      case 'ended':
        this.calls.cancelAll()
        this.dropMailbox()
        this.ports.ended()
        this.settleWhenIdle()
    }
  }

  connectionLost(connection: Connection): void {
    this.calls.connectionLost(connection)
    this.leaveWhenIdle()
  }

  /** Ends with this reason when the calls have ended that run now. */
  leave(reason: Uint8Array): void {
    this.leaving = reason
    this.leaveWhenIdle()
  }

  private leaveWhenIdle(): void {
    if (this.leaving !== undefined && this.calls.count === 0) this.process.exit(this.leaving)
  }

  private message(payload: Uint8Array, via: Via): void {
    checkTerm(payload)
    const message = readGenMessage(payload)
    if (message?.kind === 'call') this.call(message, via)
    else this.send(message?.request ?? payload, via)
  }

  // -------------------------------------------------------------------------------------------------------
  // Asynchronous

  private send(message: Uint8Array, via: Via): void {
    const peer = via?.peerName ?? this.process.pid.node
    if (this.kind === 'synchronous') return this.refuse(peer, 'a synchronous channel is called')
    if (this.leaving !== undefined) return
    const args = this.called.arguments(message)
    this.mailbox.push({ args, peer, running: undefined })
    this.count(args.length + messageOverhead)
    if (this.ports.mailroom.isOverfull) this.ports.overflow()
    this.pump()
  }

  private count(bytes: number): void {
    this.bytes += bytes
    this.ports.mailroom.take(bytes)
  }

  /** Ends the process, or drops what it has left behind. */
  overflow(): void {
    if (this.process.isAlive) return this.process.exit(mailboxLimit)
    for (let message = this.sending.take(); message !== undefined; message = this.sending.take()) {
      message.running?.cancel()
      this.forget(message)
    }
    this.settleWhenIdle()
  }

  private dropMailbox(): void {
    for (let message = this.mailbox.take(); message !== undefined; message = this.mailbox.take())
      this.forget(message)
  }

  private forget({ args }: Message): void {
    this.count(-args.length - messageOverhead)
  }

  private settleWhenIdle(): void {
    if (this.sending.length === 0) this.ports.settled()
  }

  /** A send may have ended before it returns. */
  private pump(): void {
    if (this.isPumping) return
    this.isPumping = true
    while (this.canSend) this.sendNow(this.mailbox.take() as Message)
    this.isPumping = false
  }

  private get canSend(): boolean {
    const { messages, bytes } = mostSending
    if (!this.process.isAlive) return false
    return this.mailbox.length > 0 && this.sending.length < messages && this.bytesSending < bytes
  }

  private sendNow(message: Message): void {
    const { args, peer } = message
    const { module, function: name } = this.called
    this.sending.push(message)
    this.bytesSending += args.length
    const request = { module, function: name, args, caller: encodeBare(this.process.pid), peer }
    const call = { ...request, groupLeader: undefined, process: 0, async: true }
    message.running = this.ports.dispatcher.call(call, (outcome) => {
      this.sent()
      if (!this.process.isAlive) return this.settleWhenIdle()
      if (outcome.kind === 'raise') this.refuse(peer, causeOf(outcome))
      this.pump()
    })
  }

  private sent(): void {
    const message = this.sending.take()
    if (message === undefined) return
    this.bytesSending -= message.args.length
    this.forget(message)
  }

  private refuse(peer: string, reason: string): void {
    this.ports.log.warn({ peer, channel: this.name, reason }, 'a message to a channel was refused')
  }

  private get name(): string {
    const { module, function: name } = this.called
    return module === 'camlnode' ? formatTerm(this.process.pid) : `${module}.${name}`
  }

  // -------------------------------------------------------------------------------------------------------
  // Synchronous

  private call(message: GenCall, via: Via): void {
    if (this.kind === 'asynchronous') return this.fail(message, via, nothingAnswers)
    if (this.leaving !== undefined) return this.fail(message, via, this.leaving)
    const { module, function: name } = this.called
    const request = {
      module,
      function: name,
      args: this.called.arguments(message.request),
      caller: encodeBare(message.from),
      peer: via?.peerName ?? this.process.pid.node,
      groupLeader: undefined,
      process: 0,
      async: false,
    }
    const origin = { caller: message.from, monitor: monitorOf(message), via }
    this.calls.run(this.ports.dispatcher, request, origin, (outcome) => this.answer(message, via, outcome))
  }

  private answer(message: GenCall, via: Via, outcome: CallOutcome): void {
    if (outcome.kind === 'return') replyTo(this.process, message, outcome.value)
    else this.fail(message, via, exitReasonOf(outcome))
    this.leaveWhenIdle()
  }

  private fail(message: GenCall, via: Via, reason: Uint8Array): void {
    this.process.endFor(message.from, monitorOf(message), via, reason)
  }
}

const monitorOf = ({ alias, reference }: GenCall) => alias ?? reference

const nothingAnswers = unsupported('nothing answers a call of an asynchronous channel')
