/**
 * The connections of a node: which are up, which are being made, and which of two survives.
 *
 * Invariants: at most one connection per node name is up. A node that comes up again replaces its old
 * connection only after it has proved the cookie. Of two attempts that cross, the one from the node with the
 * greater name survives; the loser's `connect` waits for it.
 *
 * Reference: "Distribution Handshake" (ok_simultaneous, nok, alive) of the ERTS user's guide.
 */

import type { Clock, Log, Network, Random, Transport, TransportEvents } from '../base/ports.ts'
import type { TermReader } from '../erlang-term-format/index.ts'
import { type ClosedBecause, Connection, type ConnectionHost, type ConnectionSettings } from './connection.ts'
import type { ReceivedControl } from './control.ts'
import { FLAG, type Flags, hasFlags } from './flags.ts'
import { Acceptor, type Admission, type Identity, Initiator } from './handshake.ts'

/** What the connections need of their node. */
export interface PeersHost {
  readonly identity: Identity
  readonly cookie: string
  readonly requiredFlags: Flags
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly settings: ConnectionSettings
  takeCall(connection: Connection, reader: TermReader): boolean
  receive(connection: Connection, control: ReceivedControl, payload: Uint8Array | null): void
  nodeUp(connection: Connection): void
  nodeDown(connection: Connection, reason: string): void
}

/** Somebody waits for a connection. */
interface Waiter {
  resolve(connection: Connection): void
  reject(error: Error): void
}

/** A connection that we are making. */
interface Attempt {
  readonly peerName: string
  readonly waiters: Waiter[]
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
  private readonly opening = new Set<Connection>()

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
    const { identity: self, cookie, requiredFlags, random } = this.host
    const handshake = new Acceptor({
      self,
      cookie,
      requiredFlags,
      random,
      admit: (peer) => this.admit(peer),
      nameFor: (host) => this.inventName(host),
    })
    return this.open(transport, handshake)
  }

  private open(transport: Transport, handshake: Acceptor | Initiator): Connection {
    const connection = new Connection(this, transport, handshake)
    this.opening.add(connection)
    return connection
  }

  /** Connects to a node at an address; the connection that is there or being made already will do. */
  connect(peerName: string, network: Network, host: string, port: number): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const connection = this.up.get(peerName)
      const attempt = this.attempts.get(peerName)
      if (connection !== undefined) resolve(connection)
      else if (attempt !== undefined) attempt.waiters.push({ resolve, reject })
      else this.dial(this.newAttempt(peerName, { resolve, reject }), network, host, port)
    })
  }

  private newAttempt(peerName: string, waiter: Waiter): Attempt {
    const attempt: Attempt = {
      peerName,
      waiters: [waiter],
      connection: null,
      yielded: false,
      cancelTimer: () => {},
    }
    this.attempts.set(peerName, attempt)
    this.limit(attempt)
    return attempt
  }

  private dial(attempt: Attempt, network: Network, host: string, port: number): void {
    const open = (transport: Transport): TransportEvents => {
      if (this.attempts.get(attempt.peerName) !== attempt || attempt.yielded) return abandoned(transport)
      attempt.connection = this.open(transport, this.initiator(attempt.peerName))
      return attempt.connection
    }
    network.connect(host, port, open, (error) => {
      if (!attempt.yielded) this.giveUp(attempt, error.message)
    })
  }

  private initiator(peerName: string): Initiator {
    const { identity: self, cookie, requiredFlags, random } = this.host
    const replaceLiving = (): boolean => !this.up.has(peerName)
    return new Initiator({ self, cookie, requiredFlags, random, peerName, replaceLiving })
  }

  /** An attempt fails when it takes too long, whoever makes it in the end. */
  private limit(attempt: Attempt): void {
    attempt.cancelTimer()
    attempt.cancelTimer = this.clock.after(this.settings.handshakeTimeout, () => {
      attempt.connection?.close('the attempt to connect took too long')
      this.giveUp(attempt, 'the attempt to connect took too long')
    })
  }

  private giveUp(attempt: Attempt, reason: string): void {
    if (this.attempts.get(attempt.peerName) !== attempt) return
    this.attempts.delete(attempt.peerName)
    attempt.cancelTimer()
    const error = new Error(`cannot connect to ${attempt.peerName}: ${reason}`)
    for (const waiter of attempt.waiters) waiter.reject(error)
  }

  /** Leaves the field to the peer's own attempt. */
  private yieldTo(attempt: Attempt): void {
    const { connection } = attempt
    attempt.yielded = true
    attempt.connection = null
    this.limit(attempt)
    connection?.close('the peer connects to us at the same time')
  }

  private admit(peer: Identity): Admission {
    const self = this.host.identity.name
    if (peer.name === self) return 'not_allowed'
    if (this.up.has(peer.name)) return 'alive'
    const attempt = this.attempts.get(peer.name)
    if (attempt === undefined || attempt.yielded) return 'ok'
    if (self > peer.name) return 'nok'
    this.yieldTo(attempt)
    return 'ok_simultaneous'
  }

  private inventName(host: string): { readonly name: string; readonly creation: number } {
    const { random } = this.host
    const part = random.uint32().toString(36).toUpperCase().padStart(7, '0')
    return { name: `${part}@${host}`, creation: random.uint32() || 1 }
  }

  // What connections tell

  established(connection: Connection): void {
    const { name, creation, flags } = connection.peer
    this.opening.delete(connection)
    this.up.get(name)?.close('replaced by a new connection of the same node')
    this.up.set(name, connection)
    const hidden = !hasFlags(flags, FLAG.PUBLISHED)
    this.log.info({ peer: name, creation, hidden }, 'node up')
    this.host.nodeUp(connection)
    this.settle(name, connection)
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
    const name = connection.peerName
    if (name === undefined) return
    if (this.up.get(name) === connection) this.lost(name, connection, why.reason)
    const attempt = this.attempts.get(name)
    if (attempt?.connection !== connection) return
    if (why.simultaneous) this.yieldTo(attempt)
    else this.giveUp(attempt, why.reason)
  }

  private lost(name: string, connection: Connection, reason: string): void {
    this.up.delete(name)
    this.log.info({ peer: name, reason }, 'node down')
    this.host.nodeDown(connection, reason)
  }

  /** Ends every connection, after what has been sent has left. */
  stop(reason: string): void {
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
