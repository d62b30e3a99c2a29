/**
 * A node: its name, its processes, its connections and the services that every node has.
 *
 *     stream ─▶ Peers ─▶ Connection ─▶ ErlangNode.receive ─▶ LocalProcess ─▶ behaviour
 *                              └─────▶ ErpcService ─▶ Dispatcher
 *
 * Owns no socket, no timer and no randomness: all three are injected. A peer's bad bytes end its connection;
 * a behaviour that throws ends the connection whose signal it was handling, if it was one of another node.
 */

import { ProtocolError } from '../base/diagnostic.ts'
import { NumberTable } from '../base/number-table.ts'
import type { Clock, Log, Network, Random, Transport, TransportEvents } from '../base/ports.ts'
import {
  encodeBare,
  type Pid,
  pid,
  type Reference,
  reference,
  type TermReader,
} from '../erlang-term-format/index.ts'
import { answerForNobody, answerForOldPeer, plainSignal, reasonFor, understands } from './answers.ts'
import type { Connection, ConnectionSettings } from './connection.ts'
import {
  type Control,
  type ProcessName,
  type ReceivedControl,
  SPAWN_REPLY_FLAG,
  type SpawnReply,
} from './control.ts'
import type { Dispatcher } from './dispatcher.ts'
import { ATOM, referenceKey } from './encoded.ts'
import { FLAG, type Flags, hiddenNodeFlags, passThroughFlags, requiredFlags } from './flags.ts'
import type { Identity } from './handshake.ts'
import { Peers, type PeersHost } from './peers.ts'
import { type Behaviour, LocalProcess, type ProcessEntry, type Via } from './process.ts'
import type { Resolver } from './resolver.ts'
import { numberOf, pidOfNumber, type ServiceHost } from './service-host.ts'
import { ErpcService } from './services/erpc.ts'
import { ErpcCall } from './services/erpc-call.ts'
import { startGlobal } from './services/global.ts'
import { startNetKernel } from './services/net-kernel.ts'
import { ProcessGroups } from './services/pg.ts'
import { startRex } from './services/rex.ts'
import { becomeSpawned, spawnFor } from './services/spawn.ts'
import type { WaitingSignal } from './waiting-signals.ts'

export interface NodeOptions {
  /** `name@host`. */
  readonly name: string
  readonly cookie: string
  /** Unsigned 32 bits, not 0: what EPMD gave at the registration, or any random number without EPMD. */
  readonly creation: number
  /** A hidden node (the default) gets no traffic of `global` and `pg`, and is not in `nodes()`. */
  readonly hidden?: boolean
  /** Offers distribution headers: the atom cache and fragmented messages. On by default. */
  readonly distributionHeader?: boolean
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  /** Executes the calls of other nodes. */
  readonly dispatcher: Dispatcher
  /** Finds nodes that something is sent to; without it nothing connects by itself. */
  readonly resolver?: Resolver
  readonly settings?: Partial<ConnectionSettings>
}

export const defaultSettings: ConnectionSettings = {
  tickTime: 60_000,
  handshakeTimeout: 7_000,
  handshakeLimit: 128,
  messageLimit: 64 * 1024 * 1024,
  queueLimit: 16 * 1024 * 1024,
  unreadLimit: 512 * 1024 * 1024,
  peerLimit: 1024,
  relationLimit: 100_000,
}

/** The list of no arguments. */
const noArguments = Uint8Array.of(106)

type DownListener = (name: string, connection: Connection, reason: string) => void
type UpListener = (name: string, connection: Connection) => void

export class ErlangNode implements ServiceHost, PeersHost {
  readonly identity: Identity
  readonly cookie: string
  readonly requiredFlags: Flags = requiredFlags
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly settings: ConnectionSettings
  readonly resolver: Resolver | null
  readonly pidPrefix: Uint8Array
  /** The process groups of `pg`, in its default scope. */
  readonly groups: ProcessGroups
  private readonly peers: Peers
  private readonly erpc: ErpcService
  private readonly dispatcher: Dispatcher
  /** By the number in the pid. */
  private readonly entries = new NumberTable<ProcessEntry>()
  private readonly names = new Map<string, LocalProcess>()
  private readonly nameOf = new Map<LocalProcess, string>()
  private readonly aliases = new Map<string, LocalProcess>()
  private readonly aliasesOf = new Map<LocalProcess, Set<string>>()
  private readonly upListeners = new Set<UpListener>()
  private readonly downListeners = new Set<DownListener>()
  private lastNumber = 0
  private lastReference = 0

  constructor(options: NodeOptions) {
    const { name, creation } = options
    this.identity = { name, creation, flags: flagsOf(options) }
    this.cookie = options.cookie
    this.clock = options.clock
    this.random = options.random
    this.log = options.log
    this.settings = { ...defaultSettings, ...options.settings }
    this.resolver = options.resolver ?? null
    this.pidPrefix = encodeBare(pid(name, 0, 0, 0)).slice(0, -12)
    this.peers = new Peers(this)
    this.dispatcher = options.dispatcher
    this.erpc = new ErpcService(this, options.dispatcher)
    startNetKernel(this)
    if (options.hidden === false) startGlobal(this)
    this.groups = new ProcessGroups(this)
    startRex(this, options.dispatcher)
  }

  get name(): string {
    return this.identity.name
  }

  get creation(): number {
    return this.identity.creation
  }

  // Connections

  /** Handles a stream that a peer has opened: hand it to `Network.listen`. */
  readonly accept = (transport: Transport): TransportEvents => this.peers.accept(transport)

  /** Connects to a node at an address. Rejects when the stream, the handshake or the cookie fails. */
  connect(peerName: string, network: Network, host: string, port: number): Promise<Connection> {
    return this.peers.connect(peerName, network, host, port)
  }

  /**
   * Connects to a node wherever the resolver finds it; rejects likewise; null: it is this node. Sending does
   * all that by itself.
   */
  reach(peerName: string): Promise<Connection | null> {
    return peerName === this.name ? Promise.resolve(null) : this.peers.reach(peerName)
  }

  /** The connection to a node, if it is up. */
  connection(name: string): Connection | undefined {
    return this.peers.get(name)
  }

  connections(): readonly Connection[] {
    return this.peers.all()
  }

  /** How many monitors and links other nodes hold at processes of this one. */
  get relationCount(): number {
    return this.connections().reduce((sum, { heldRelations }) => sum + heldRelations, 0)
  }

  /** Whether more waits to be sent to a node than is good: who sends on without end should wait until it is not. */
  isBusy(name: string, part = 1): boolean {
    return this.peers.waitingFor(name) > this.settings.queueLimit * part
  }

  /** How many processes and running calls have a pid. */
  get processCount(): number {
    return this.entries.size
  }

  /** Calls when a node, visible or `hidden`, is connected; the result ends that. */
  onNodeUp(listener: UpListener): () => void {
    this.upListeners.add(listener)
    return () => this.upListeners.delete(listener)
  }

  /** Calls when a connection is lost, after its processes have heard of that; the result ends that. */
  onNodeDown(listener: DownListener): () => void {
    this.downListeners.add(listener)
    return () => this.downListeners.delete(listener)
  }

  /** Ends every connection after what has been sent has left. */
  stop(): void {
    this.peers.stop('this node stops')
  }

  nodeUp(connection: Connection): void {
    for (const listener of [...this.upListeners]) listener(connection.peer.name, connection)
  }

  nodeDown(connection: Connection, reason: string): void {
    const { name } = connection.peer
    for (const entry of this.entries.values()) entry.nodeDown(name)
    for (const listener of [...this.downListeners]) listener(name, connection, reason)
  }

  // Processes, names, references

  spawn(behaviour: Behaviour): LocalProcess {
    const number = ++this.lastNumber
    const process = new LocalProcess(this, pidOfNumber(this, number), behaviour)
    this.entries.set(number, process)
    return process
  }

  /** Numbers that processes made by `spawnAt` have: `count` from the result on. */
  reserveNumbers(count: number): number {
    const first = this.lastNumber + 1
    this.lastNumber += count
    return first
  }

  /** A process that stands for the running call with this number; null: the call has ended meanwhile. */
  standFor(number: number, behaviour: Behaviour): LocalProcess | null {
    const call = this.entries.get(number)
    if (call instanceof ErpcCall) return call.become(behaviour)
    return call instanceof LocalProcess ? becomeSpawned(call, behaviour) : null
  }

  /** A process with a number that was reserved. */
  spawnAt(number: number, behaviour: Behaviour): LocalProcess {
    const process = new LocalProcess(this, pidOfNumber(this, number), behaviour)
    this.entries.set(number, process)
    return process
  }

  /** A process of this node by its pid, services and what `spawnAt` made included. */
  process(target: Pid): LocalProcess | undefined {
    const entry = this.entryOf(target)
    if (entry instanceof ErpcCall) return entry.process ?? undefined
    return entry instanceof LocalProcess ? entry : undefined
  }

  /** False: the name is taken, or the process has another one, or is no more. */
  register(name: string, process: LocalProcess): boolean {
    if (this.names.has(name) || this.nameOf.has(process) || !process.isAlive) return false
    this.names.set(name, process)
    this.nameOf.set(process, name)
    return true
  }

  unregister(name: string): boolean {
    const process = this.names.get(name)
    if (process !== undefined) this.nameOf.delete(process)
    return this.names.delete(name)
  }

  whereis(name: string): LocalProcess | undefined {
    return this.names.get(name)
  }

  makeReference(): Reference {
    const count = ++this.lastReference
    return reference(this.name, this.creation, [count % 0x40000, Math.floor(count / 0x40000), 0])
  }

  /** A reference that messages to `process` can be sent to, until `dropAlias` or its end. */
  makeAlias(process: LocalProcess, alias: Reference = this.makeReference()): Reference {
    const key = referenceKey(alias)
    this.aliases.set(key, process)
    const owned = this.aliasesOf.get(process)
    if (owned === undefined) this.aliasesOf.set(process, new Set([key]))
    else owned.add(key)
    return alias
  }

  /** How many monitors, links, aliases and memberships of groups a process has. */
  relationsOf(process: LocalProcess): number {
    const aliases = this.aliasesOf.get(process)?.size ?? 0
    return process.relationCount + aliases + this.groups.membershipsOf(process.pid)
  }

  dropAlias(alias: Reference): void {
    const key = referenceKey(alias)
    const process = this.aliases.get(key)
    if (process === undefined) return
    this.aliases.delete(key)
    this.aliasesOf.get(process)?.delete(key)
  }

  addEntry(entry: ProcessEntry): number {
    const number = ++this.lastNumber
    this.entries.set(number, entry)
    return number
  }

  entry(number: number): ProcessEntry | undefined {
    return this.entries.get(number)
  }

  removeEntry(number: number): void {
    this.entries.delete(number)
  }

  forget(process: LocalProcess): void {
    this.entries.delete(numberOf(process.pid))
    const name = this.nameOf.get(process)
    if (name !== undefined) this.unregister(name)
    for (const alias of this.aliasesOf.get(process) ?? []) this.aliases.delete(alias)
    this.aliasesOf.delete(process)
  }

  private entryOf(target: Pid): ProcessEntry | undefined {
    const ours = target.node === this.name && target.creation === this.creation
    return ours ? this.entries.get(numberOf(target)) : undefined
  }

  private find(target: ProcessName): ProcessEntry | undefined {
    return target.kind === 'atom' ? this.names.get(target.name) : this.entryOf(target)
  }

  // Signals from here

  route(node: string, control: Control, payload: Uint8Array | null, sender?: Pid): void {
    if (node === this.name) {
      this.deliverHere(control, payload)
      return
    }
    const connection = this.peers.get(node)
    if (connection !== undefined) this.sendOver(connection, control, payload, sender)
    else if (!this.peers.sendLater(node, { control, payload, sender })) this.bounce({ control })
  }

  private sendOver(connection: Connection, control: Control, payload: Uint8Array | null, sender?: Pid): void {
    const { capabilities } = connection
    const answer = answerForOldPeer(control, capabilities)
    if (understands(control, capabilities)) connection.send(control, payload, sender)
    if (answer !== null) this.deliverHere(answer, reasonFor(answer, ATOM.notsup))
  }

  /** A signal to a node without connection: what asks for an answer gets `noconnection`. */
  bounce({ control }: Pick<WaitingSignal, 'control'>): void {
    const answer = answerForNobody(control)
    if (answer === null) this.log.debug({ kind: control.kind }, 'a signal to a node that is not connected')
    else this.deliverHere(answer, reasonFor(answer, ATOM.noconnection))
  }

  /** A signal of this node to itself, behind those that are under way: OCaml code may have sent what a service cannot read. */
  private deliverHere(control: Control, payload: Uint8Array | null): void {
    queueMicrotask(() => {
      try {
        this.deliver(null, control, payload)
      } catch (error) {
        const level = error instanceof ProtocolError ? 'warn' : 'error'
        this.log[level]({ err: error, kind: control.kind }, 'a signal within the node failed')
      }
    })
  }

  // Signals to here

  takeCall(connection: Connection, reader: TermReader): boolean {
    return this.erpc.takeCall(connection, reader)
  }

  receive(connection: Connection, control: ReceivedControl, payload: Uint8Array | null): void {
    if (control.kind === 'unknown') {
      const { operation } = control
      this.log.debug({ peer: connection.peerName, operation }, 'an unknown control message')
    } else {
      checkSender(connection, control)
      this.deliver(connection, control, payload)
    }
  }

  private deliver(via: Via, control: Control, payload: Uint8Array | null): void {
    switch (control.kind) {
      case 'sendName':
        this.names.get(control.name)?.receive(control, payload, via)
        break
      case 'sendAlias':
        this.aliases.get(referenceKey(control.alias))?.receive(control, payload, via)
        break
      case 'monitor':
      case 'demonitor':
        this.deliverTo(control.target, control, payload, via)
        break
      case 'spawnRequest':
        spawnFor(this, this.dispatcher, control, payload ?? noArguments, via)
        break
      case 'altact':
        this.deliver(via, plainSignal(control), payload)
        break
      default:
        this.deliverTo(control.to, control, payload, via)
    }
  }

  private deliverTo(target: ProcessName, control: Control, payload: Uint8Array | null, via: Via): void {
    const entry = this.find(target)
    if (entry !== undefined) {
      entry.receive(control, payload, via)
      return
    }
    if (control.kind === 'spawnReply') this.abandonSpawned(control)
    const answer = answerForNobody(control)
    if (answer !== null) this.route(answer.to.node, answer, reasonFor(answer, ATOM.noproc))
  }

  /** Who asked for the process is gone meanwhile, so nobody watches it. */
  private abandonSpawned({ to: from, result: target, reference, flags }: SpawnReply): void {
    if (target.kind !== 'pid' || (flags & SPAWN_REPLY_FLAG.MONITOR) === 0) return
    this.route(target.node, { kind: 'demonitor', from, target, reference }, null)
  }
}

function flagsOf({ hidden = true, distributionHeader = true }: NodeOptions): Flags {
  const visible = hidden ? 0n : FLAG.PUBLISHED
  return visible | (distributionHeader ? hiddenNodeFlags : passThroughFlags)
}

/** Nobody can speak for the processes of another node where we would answer to that node. */
function checkSender(connection: Connection, control: Control): void {
  switch (control.kind) {
    case 'link':
    case 'unlink':
    case 'monitor':
    case 'demonitor':
    case 'spawnRequest':
      if (control.from.node === connection.peer.name) return
      throw new ProtocolError(`a ${control.kind} signal in the name of ${control.from.node}`)
    default:
  }
}
