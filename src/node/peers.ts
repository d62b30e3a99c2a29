/**
 * The connections of a node: which are up, which are being made, and which of two survives.
 *
 * Invariants: at most one connection per node name is up. A node that comes up again replaces its old
 * connection only after it has proved the cookie. Of two attempts that cross, the one from the node with the
 * greater name survives; the loser's `connect` waits for it. Signals to a node that is being connected to wait and
 * leave in their order when it is up; when the attempt fails, they go back to the host.
 *
 * Reference: "Distribution Handshake" (ok_simultaneous, nok, alive) of the ERTS user's guide.
 */

import type { Clock, Log, Network, Random, Transport, TransportEvents } from '../base/ports.ts'
import type { TermReader } from '../erlang-term-format/index.ts'
import { type ClosedBecause, Connection, type ConnectionHost, type ConnectionSettings } from './connection.ts'
import type { ReceivedControl } from './control.ts'
import type { Flags } from './flags.ts'
import { Acceptor, type Admission, type Identity, Initiator, isNodeName } from './handshake.ts'
import type { NodeAddress, Resolver } from './resolver.ts'
import { type WaitingSignal, WaitingSignals, wantsConnection } from './waiting-signals.ts'

/** What the connections need of their node. */
export interface PeersHost {
  readonly identity: Identity
  readonly cookie: string
  readonly requiredFlags: Flags
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly settings: ConnectionSettings
  /** Null: nothing connects by itself. */
  readonly resolver: Resolver | null
  takeCall(connection: Connection, reader: TermReader): boolean
  receive(connection: Connection, control: ReceivedControl, payload: Uint8Array | null): void
  nodeUp(connection: Connection): void
  nodeDown(connection: Connection, reason: string): void
  /** A signal to a node that cannot be connected to. */
  bounce(signal: WaitingSignal): void
}

/** So many nodes at most are connected to at once because something is sent to them. */
const maxAttempts = 256

/** Somebody waits for a connection. */
interface Waiter {
  resolve(connection: Connection): void
  reject(error: Error): void
}

/** A connection that we are making. */
interface Attempt {
  readonly peerName: string
  readonly waiters: Waiter[]
  readonly signals: WaitingSignals
  /** Finds the peer and opens the stream. */
  readonly start: () => void
  /** Null before the stream is open, and when the peer's own attempt goes first. */
  connection: Connection | null
  /** The peer's own attempt goes first. */
  yielded: boolean
  cancelTimer: () => void
}

export class Peers implements ConnectionHost {
  private readonly host: PeersHost
  private readonly up = new Map<string, Connection>()
  private readonly attempts = new Map<string, Attempt>()
  /** Connections in their handshake. */
  private readonly opening = new Set<Connection>()
  private stopped = false
  /** Those of them that peers have opened, oldest first. */
  private readonly incoming = new Map<Connection, Acceptor>()

  constructor(host: PeersHost) {
    this.host = host
  }

  get clock(): Clock {
    return this.host.clock
  }

  get log(): Log {
    return this.host.log
  }

  get settings(): ConnectionSettings {
    return this.host.settings
  }

  get flags(): Flags {
    return this.host.identity.flags
  }

  /** The connection to a node, if it is up. */
  get(name: string): Connection | undefined {
    return this.up.get(name)
  }

  /** All that are up. */
  all(): readonly Connection[] {
    return [...this.up.values()]
  }

  /** Handles a stream that a peer has opened. */
  accept(transport: Transport): TransportEvents {
    this.makeRoom()
    const { identity: self, cookie, requiredFlags, random } = this.host
    const handshake = new Acceptor({
      self,
      cookie,
      requiredFlags,
      random,
      admit: (peer) => (this.mayCome(transport, peer.name) ? this.admit(peer) : 'not_allowed'),
      nameFor: (host) => (this.mayCome(transport, `@${host}`) ? this.inventName(host) : null),
    })
    const connection = this.open(transport, handshake)
    this.incoming.set(connection, handshake)
    return connection
  }

  /** Of too many handshakes the oldest goes: one that is meant seriously takes milliseconds. */
  private makeRoom(): void {
    const { handshakeLimit: limit } = this.settings
    const [oldest] = this.incoming.keys()
    if (oldest === undefined || this.incoming.size < limit) return
    const { remoteAddress: address } = oldest
    this.log.warn({ address, limit }, 'more handshakes than limits.handshakes: the oldest is given up')
    oldest.close('too many handshakes')
  }

  private open(transport: Transport, handshake: Acceptor | Initiator): Connection {
    const connection = new Connection(this, transport, handshake)
    this.opening.add(connection)
    return connection
  }

  /** Connects to a node at an address; the connection that is there or being made already will do. */
  connect(peerName: string, network: Network, host: string, port: number): Promise<Connection> {
    return this.connected(peerName, async () => ({ network, host, port }))
  }

  /** Connects to a node wherever it is; likewise. */
  reach(peerName: string): Promise<Connection> {
    return this.connected(peerName, () => this.resolve(peerName))
  }

  private connected(peerName: string, find: () => Promise<NodeAddress>): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const connection = this.up.get(peerName)
      if (connection !== undefined) resolve(connection)
      else (this.attempts.get(peerName) ?? this.attempt(peerName, find)).waiters.push({ resolve, reject })
    })
  }

  /** Bytes that wait to be sent to a node; four times as many while it is being connected to, where no more than the limit may wait. */
  waitingFor(peerName: string): number {
    return this.up.get(peerName)?.queued ?? 4 * (this.attempts.get(peerName)?.signals.cost ?? 0)
  }

  /**
   * Keeps a signal until its node is up, if that is being connected to, or can be for the sake of this signal.
   * False: it can go nowhere.
   */
  sendLater(peerName: string, signal: WaitingSignal): boolean {
    const attempt = this.attempts.get(peerName) ?? this.attemptFor(peerName, signal)
    if (attempt === null) return false
    if (attempt.signals.add(signal, this.settings.queueLimit)) return true
    attempt.connection?.close('too much waits to be sent')
    this.giveUp(attempt, 'too much waits to be sent')
    return false
  }

  private attemptFor(peerName: string, { control }: WaitingSignal): Attempt | null {
    const free = this.canResolve && this.attempts.size < maxAttempts
    return free && isNodeName(peerName) && wantsConnection(control)
      ? this.attempt(peerName, () => this.resolve(peerName))
      : null
  }

  private get canResolve(): boolean {
    return this.host.resolver !== null && !this.stopped
  }

  private async resolve(peerName: string): Promise<NodeAddress> {
    const { resolver } = this.host
    if (this.stopped) throw new Error('this node stops')
    if (resolver === null) throw new Error('nothing tells where it is')
    return resolver.resolve(peerName)
  }

  private attempt(peerName: string, find: () => Promise<NodeAddress>): Attempt {
    const attempt: Attempt = {
      peerName,
      waiters: [],
      signals: new WaitingSignals(),
      start: () => {
        find()
          .then(({ network, host, port }) => this.dial(attempt, network, host, port))
          .catch((error: Error) => this.failed(attempt, error))
      },
      connection: null,
      yielded: false,
      cancelTimer: this.clock.after(this.settings.handshakeTimeout, () => {
        attempt.connection?.close('the attempt to connect took too long')
        this.giveUp(attempt, 'the attempt to connect took too long')
      }),
    }
    this.attempts.set(peerName, attempt)
    attempt.start()
    return attempt
  }

  private dial(attempt: Attempt, network: Network, host: string, port: number): void {
    if (!this.isWanted(attempt)) return
    const open = (transport: Transport): TransportEvents => {
      if (!this.isWanted(attempt)) return abandoned(transport)
      if (!this.mayBeAt(transport, attempt.peerName)) {
        this.giveUp(attempt, 'its certificate is not for this host')
        return abandoned(transport)
      }
      attempt.connection = this.open(transport, this.initiator(attempt.peerName))
      return attempt.connection
    }
    network.connect(host, port, open, (error) => this.failed(attempt, error))
  }

  /** Whether a stream is still to be opened. */
  private isWanted(attempt: Attempt): boolean {
    return this.attempts.get(attempt.peerName) === attempt && !attempt.yielded && attempt.connection === null
  }

  private failed(attempt: Attempt, error: Error): void {
    if (!attempt.yielded) this.giveUp(attempt, error.message)
  }

  private initiator(peerName: string): Initiator {
    const { identity: self, cookie, requiredFlags, random } = this.host
    const replaceLiving = (): boolean => !this.up.has(peerName)
    const isOurChallenge = (challenge: number): boolean =>
      [...this.incoming.values()].some(({ challengeAsked }) => challengeAsked === challenge)
    return new Initiator({ self, cookie, requiredFlags, random, peerName, replaceLiving, isOurChallenge })
  }

  private giveUp(attempt: Attempt, reason: string): void {
    if (this.attempts.get(attempt.peerName) !== attempt) return
    this.attempts.delete(attempt.peerName)
    attempt.cancelTimer()
    this.log.debug({ peer: attempt.peerName, reason }, 'cannot connect')
    const error = new Error(`cannot connect to ${attempt.peerName}: ${reason}`)
    for (const waiter of attempt.waiters) waiter.reject(error)
    for (const signal of attempt.signals.takeAll()) this.host.bounce(signal)
  }

  /** Leaves the field to the peer's own attempt; the time for both together is limited. */
  private yieldTo(attempt: Attempt): void {
    const { connection } = attempt
    attempt.yielded = true
    attempt.connection = null
    connection?.close('the peer connects to us at the same time')
  }

  /** Who went first has not made it, perhaps because he is not who he says: we try ourselves. */
  private resume(attempt: Attempt): void {
    attempt.yielded = false
    attempt.start()
  }

  /** Whether a node with this name may be at the other end of a stream. */
  private mayBeAt({ security, remoteAddress: address }: Transport, name: string): boolean {
    const reason = security?.objection(name.slice(name.indexOf('@') + 1)) ?? null
    if (reason === null) return true
    this.log.warn({ peer: name, address, reason }, 'a node is not where its certificate says')
    return false
  }

  /** Whether a node with this name may come through a stream; its cookie is another matter. */
  private mayCome(transport: Transport, name: string): boolean {
    const { peerLimit: limit } = this.settings
    if (this.up.size < limit || this.up.has(name)) return this.mayBeAt(transport, name)
    const { remoteAddress: address } = transport
    this.log.warn({ peer: name, address, limit }, 'a node was refused: limits.peers are connected')
    return false
  }

  private admit(peer: Identity): Admission {
    const self = this.host.identity.name
    if (peer.name === self) return 'not_allowed'
    if (this.up.has(peer.name)) return 'alive'
    const attempt = this.attempts.get(peer.name)
    if (attempt === undefined || attempt.yielded) return 'ok'
    // The peer has not heard of ours yet, so it does not matter who is the greater one.
    const unheard = attempt.connection === null
    if (!unheard && self > peer.name) return 'nok'
    this.yieldTo(attempt)
    return unheard ? 'ok' : 'ok_simultaneous'
  }

  private inventName(host: string): { readonly name: string; readonly creation: number } {
    const { random } = this.host
    const part = random.uint32().toString(36).toUpperCase().padStart(7, '0')
    return { name: `${part}@${host}`, creation: random.uint32() || 1 }
  }

  // What connections tell

  established(connection: Connection): void {
    const { name, creation } = connection.peer
    this.opening.delete(connection)
    this.incoming.delete(connection)
    this.up.get(name)?.close('replaced by a new connection of the same node')
    this.up.set(name, connection)
    const { hidden } = connection
    this.log.info({ peer: name, creation, hidden }, 'node up')
    this.sendWaiting(name, connection)
    this.host.nodeUp(connection)
    this.settle(name, connection)
  }

  private sendWaiting(name: string, connection: Connection): void {
    for (const { control, payload, sender } of this.attempts.get(name)?.signals.takeAll() ?? []) {
      connection.send(control, payload, sender)
    }
  }

  private settle(name: string, connection: Connection): void {
    const attempt = this.attempts.get(name)
    if (attempt === undefined) return
    this.attempts.delete(name)
    attempt.cancelTimer()
    if (attempt.connection !== connection) attempt.connection?.close('another connection came first')
    for (const waiter of attempt.waiters) waiter.resolve(connection)
  }

  takeCall(connection: Connection, reader: TermReader): boolean {
    return this.host.takeCall(connection, reader)
  }

  receive(connection: Connection, control: ReceivedControl, payload: Uint8Array | null): void {
    this.host.receive(connection, control, payload)
  }

  closed(connection: Connection, why: ClosedBecause): void {
    this.opening.delete(connection)
    this.incoming.delete(connection)
    const name = connection.peerName
    if (name === undefined) return
    if (this.up.get(name) === connection) this.lost(name, connection, why.reason)
    const attempt = this.attempts.get(name)
    if (attempt === undefined) return
    if (attempt.connection !== connection) this.lostRival(attempt)
    else if (why.simultaneous) this.yieldTo(attempt)
    else this.giveUp(attempt, why.reason)
  }

  private lostRival(attempt: Attempt): void {
    const isOf = ({ peerName }: Connection): boolean => peerName === attempt.peerName
    if (attempt.yielded && ![...this.opening].some(isOf)) this.resume(attempt)
  }

  private lost(name: string, connection: Connection, reason: string): void {
    this.up.delete(name)
    this.log.info({ peer: name, reason }, 'node down')
    this.host.nodeDown(connection, reason)
  }

  /** Ends every connection, after what has been sent has left. */
  stop(reason: string): void {
    this.stopped = true
    for (const attempt of [...this.attempts.values()]) this.giveUp(attempt, reason)
    for (const connection of [...this.opening]) connection.close(reason)
    for (const connection of this.all()) connection.end(reason)
  }
}

/** A stream that opened too late. */
function abandoned(transport: Transport): TransportEvents {
  transport.destroy()
  return { data() {}, drained() {}, closed() {} }
}
