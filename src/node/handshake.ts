/**
 * The distribution handshake, version 6, as two state machines: initiator and acceptor.
 *
 *     initiator                          acceptor
 *       name            ───────────────▶
 *                       ◀─────────────── status      ok | ok_simultaneous | nok | not_allowed | alive | named
 *       status          ───────────────▶             only after alive: true | false
 *                       ◀─────────────── challenge
 *       challenge reply ───────────────▶             proves the cookie
 *                       ◀─────────────── acknowledgement, which proves it too
 *
 * A machine takes the body of one frame at a time and answers with actions; it owns no socket and no
 * clock (the connection cuts a handshake off that takes too long). What a frame means depends on the
 * state alone, so frames out of order are refused. After `established` or `refused` it takes no more.
 *
 * Reference: "Distribution Handshake" of the ERTS user's guide; `dist_util` of the kernel.
 */

import { ProtocolError } from '../base/diagnostic.ts'
import type { Random } from '../base/ports.ts'
import { challengeDigest, digestsEqual } from './digest.ts'
import { expandFlags, FLAG, type Flags, flagNames, hasFlags } from './flags.ts'
import {
  type ChallengeMessage,
  decodeAck,
  decodeChallenge,
  decodeName,
  decodeReply,
  decodeStatus,
  encodeAck,
  encodeChallenge,
  encodeName,
  encodeReply,
  encodeStatus,
  type NameMessage,
  type Status,
} from './handshake-messages.ts'

/** Who a node says it is. */
export interface Identity {
  readonly name: string
  readonly flags: Flags
  readonly creation: number
}

export type HandshakeAction =
  | { readonly kind: 'send'; readonly body: Uint8Array }
  | { readonly kind: 'established'; readonly peer: Identity }
  /**
   * Close the connection, after what was sent has left. `simultaneous`: only because the peer's own attempt
   * to connect to us goes first.
   */
  | { readonly kind: 'refused'; readonly reason: string; readonly simultaneous: boolean }

/** What the acceptor's node decides about a peer by its name. */
export type Admission = 'ok' | 'ok_simultaneous' | 'nok' | 'alive' | 'not_allowed'

export interface HandshakeContext {
  readonly self: Identity
  readonly cookie: string
  /** What a peer must have, digest bit written out. */
  readonly requiredFlags: Flags
  readonly random: Random
}

export interface AcceptorContext extends HandshakeContext {
  /** Asked once, when the peer has said its name. */
  admit(peer: Identity): Admission
  /** A name for a peer that asks for one (`NAME_ME`); its host is given. Null: names are not given out. */
  nameFor(host: string): { readonly name: string; readonly creation: number } | null
}

export interface InitiatorContext extends HandshakeContext {
  /**
   * Whether we have asked some peer this very challenge and wait for its proof. Answering it would give that proof away: to who has
   * let us connect, and connects to us at the same time.
   */
  isOurChallenge(challenge: number): boolean
  /** The node that was meant to be called. */
  readonly peerName: string
  /** The peer has a connection with us already: is it dead, so that this one shall replace it? */
  replaceLiving(): boolean
}

/** What both ends have in common. */
export interface Handshake {
  /** The actions that open it. */
  start(): readonly HandshakeAction[]
  /** Takes the body of a frame. Throws `ProtocolError` on malformed or untimely bytes. */
  receive(body: Uint8Array): readonly HandshakeAction[]
  /** The peer's name as far as it is known, for the log. */
  readonly peerName: string | undefined
}

const send = (body: Uint8Array): HandshakeAction => ({ kind: 'send', body })
const sendStatus = (status: Status): HandshakeAction => send(encodeStatus(status))
const refuse = (reason: string, simultaneous = false): HandshakeAction => ({
  kind: 'refused',
  reason,
  simultaneous,
})

const wrongCookie = 'wrong cookie: the digests differ'

/** The flags that `peer` lacks of those required, as a text, or null. */
function missingFlags(peer: Flags, required: Flags): string | null {
  const missing = required & ~expandFlags(peer)
  return missing === 0n ? null : `mandatory flags are missing: ${flagNames(missing).join(', ')}`
}

function untimely(state: string): never {
  throw new ProtocolError(`handshake: a frame in state ${state}`)
}

type AcceptorState =
  | { readonly kind: 'awaitName' }
  | { readonly kind: 'awaitAlive'; readonly peer: Identity }
  | { readonly kind: 'awaitReply'; readonly peer: Identity; readonly challenge: number }
  | { readonly kind: 'over' }

export class Acceptor implements Handshake {
  private readonly context: AcceptorContext
  private state: AcceptorState = { kind: 'awaitName' }
  peerName: string | undefined

  constructor(context: AcceptorContext) {
    this.context = context
  }

  /** What the peer is to prove the cookie with; null: nothing is asked now. */
  get challengeAsked(): number | null {
    return this.state.kind === 'awaitReply' ? this.state.challenge : null
  }

  start(): readonly HandshakeAction[] {
    return []
  }

  receive(body: Uint8Array): readonly HandshakeAction[] {
    const state = this.state
    switch (state.kind) {
      case 'awaitName':
        return this.takeName(decodeName(body))
      case 'awaitAlive':
        return this.takeAlive(state.peer, decodeStatus(body))
      case 'awaitReply':
        return this.takeReply(state.peer, state.challenge, body)
      case 'over':
        return untimely(state.kind)
    }
  }

  private takeName(message: NameMessage): readonly HandshakeAction[] {
    this.peerName = message.name
    const missing = missingFlags(message.flags, this.context.requiredFlags)
    if (missing !== null) return this.turnAway('not_allowed', missing)
    if (hasFlags(message.flags, FLAG.NAME_ME)) return this.giveName(message)
    if (!isNodeName(message.name)) return this.turnAway('not_allowed', 'the name is not a node name')
    return this.admit(message)
  }

  private admit(peer: Identity): readonly HandshakeAction[] {
    const admission = this.context.admit(peer)
    switch (admission) {
      case 'ok':
      case 'ok_simultaneous':
        return [sendStatus({ kind: admission }), this.challenge(peer)]
      case 'nok':
        return this.turnAway('nok', 'our own connection attempt to this node goes first')
      case 'not_allowed':
        return this.turnAway('not_allowed', 'this name is not admitted')
      case 'alive':
        this.state = { kind: 'awaitAlive', peer }
        return [sendStatus({ kind: 'alive' })]
    }
  }

  private giveName(message: NameMessage): readonly HandshakeAction[] {
    const given = this.context.nameFor(message.name)
    if (given === null || !isNodeName(given.name)) return this.turnAway('not_allowed', 'no name can be given')
    this.peerName = given.name
    const peer = { flags: message.flags, ...given }
    return [sendStatus({ kind: 'named', ...given }), this.challenge(peer)]
  }

  private takeAlive(peer: Identity, status: Status): readonly HandshakeAction[] {
    if (status.kind === 'true') return [this.challenge(peer)]
    if (status.kind !== 'false') throw new ProtocolError(`handshake: status ${status.kind} after alive`)
    this.state = { kind: 'over' }
    return [refuse('the peer keeps the connection that is alive')]
  }

  private challenge(peer: Identity): HandshakeAction {
    const { random, self } = this.context
    const challenge = random.uint32()
    this.state = { kind: 'awaitReply', peer, challenge }
    // A peer that has asked for a name wants the flag back.
    const flags = self.flags | (peer.flags & FLAG.NAME_ME)
    return send(encodeChallenge({ ...self, flags, challenge }))
  }

  private takeReply(peer: Identity, challenge: number, body: Uint8Array): readonly HandshakeAction[] {
    const reply = decodeReply(body)
    this.state = { kind: 'over' }
    const { cookie } = this.context
    if (!digestsEqual(reply.digest, challengeDigest(cookie, challenge))) return [refuse(wrongCookie)]
    return [send(encodeAck(challengeDigest(cookie, reply.challenge))), { kind: 'established', peer }]
  }

  private turnAway(kind: 'nok' | 'not_allowed', reason: string): readonly HandshakeAction[] {
    this.state = { kind: 'over' }
    return [sendStatus({ kind }), refuse(reason)]
  }
}

type InitiatorState =
  | { readonly kind: 'unopened' }
  | { readonly kind: 'awaitStatus' }
  | { readonly kind: 'awaitChallenge' }
  | { readonly kind: 'awaitAck'; readonly peer: Identity; readonly challenge: number }
  | { readonly kind: 'over' }

export class Initiator implements Handshake {
  private readonly context: InitiatorContext
  private state: InitiatorState = { kind: 'unopened' }
  readonly peerName: string

  constructor(context: InitiatorContext) {
    this.context = context
    this.peerName = context.peerName
  }

  start(): readonly HandshakeAction[] {
    this.state = { kind: 'awaitStatus' }
    return [send(encodeName(this.context.self))]
  }

  receive(body: Uint8Array): readonly HandshakeAction[] {
    const state = this.state
    switch (state.kind) {
      case 'awaitStatus':
        return this.takeStatus(decodeStatus(body))
      case 'awaitChallenge':
        return this.takeChallenge(decodeChallenge(body))
      case 'awaitAck':
        return this.takeAck(state.peer, state.challenge, decodeAck(body))
      case 'unopened':
      case 'over':
        return untimely(state.kind)
    }
  }

  private takeStatus(status: Status): readonly HandshakeAction[] {
    switch (status.kind) {
      case 'ok':
      case 'ok_simultaneous':
        this.state = { kind: 'awaitChallenge' }
        return []
      case 'alive':
        return this.answerAlive()
      case 'nok':
        return this.giveUp('the peer is connecting to us at the same time (nok)', true)
      case 'not_allowed':
        return this.giveUp('the peer does not admit us (not_allowed)')
      case 'named':
      case 'true':
      case 'false':
        throw new ProtocolError(`handshake: status ${status.kind} to an initiator with a name`)
    }
  }

  private answerAlive(): readonly HandshakeAction[] {
    if (this.context.replaceLiving()) {
      this.state = { kind: 'awaitChallenge' }
      return [sendStatus({ kind: 'true' })]
    }
    this.state = { kind: 'over' }
    return [sendStatus({ kind: 'false' }), refuse('there is a living connection already')]
  }

  private takeChallenge(message: ChallengeMessage): readonly HandshakeAction[] {
    const { context } = this
    const missing = missingFlags(message.flags, context.requiredFlags)
    if (missing !== null) return this.giveUp(missing)
    if (context.isOurChallenge(message.challenge))
      return this.giveUp('it asks our own challenge: somebody between?')
    if (message.name !== context.peerName) return this.giveUp(`another node answered: ${message.name}`)
    const challenge = context.random.uint32()
    const peer = { name: message.name, flags: message.flags, creation: message.creation }
    this.state = { kind: 'awaitAck', peer, challenge }
    return [send(encodeReply({ challenge, digest: challengeDigest(context.cookie, message.challenge) }))]
  }

  private takeAck(peer: Identity, challenge: number, digest: Uint8Array): readonly HandshakeAction[] {
    this.state = { kind: 'over' }
    const right = digestsEqual(digest, challengeDigest(this.context.cookie, challenge))
    return [right ? { kind: 'established', peer } : refuse(wrongCookie)]
  }

  private giveUp(reason: string, simultaneous = false): readonly HandshakeAction[] {
    this.state = { kind: 'over' }
    return [refuse(reason, simultaneous)]
  }
}

/** `name@host`, both parts not empty, at most 255 characters. */
export function isNodeName(name: string): boolean {
  return name.length <= 255 && /^[^@\p{Cc}\s]+@[^@\p{Cc}\s]+$/u.test(name)
}
