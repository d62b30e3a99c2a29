/**
 * The daemon's life: the listening port, then domains, then EPMD, then `ready`; and back again.
 *
 *     start: listen ─▶ compile and initialise modules, whose processes are the node's ─▶ register ─▶ node answers
 *     stop:  unregister ─▶ running calls end (bounded) ─▶ connections end
 *
 * With `node.name = "undefined"` it does not listen: a node of `node.connect` gives it a name first, and it can be called over the connections
 * that it opens itself.
 *
 * A stream that arrives before the node answers is refused. The node's creation is its own, not what EPMD gives it at the registration:
 * modules make processes before that, and it comes with every handshake.
 */

import { Crash } from '../base/diagnostic.ts'
import type { Clock, Log, Network, Random, Transport, TransportEvents } from '../base/ports.ts'
import { askForName, type ConnectionSettings, ErlangNode, type Resolver } from '../node/index.ts'
import { EpmdServer, nodeEntry, Registration } from '../node-epmd/index.ts'
import { type Config, isNameless } from './config.ts'
import { DomainPool } from './domain-pool.ts'
import { KeptConnections } from './kept-connections.ts'
import { EpmdResolver, FixedPortResolver } from './node-resolver.ts'

export interface DaemonPorts {
  /** How EPMD is reached: always TCP. */
  readonly network: Network
  /** How nodes reach each other. */
  readonly peers: Network
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
}

export interface Daemon {
  readonly name: string
  readonly port: number
  readonly node: ErlangNode
  /** Ends everything; running calls get `grace` milliseconds. */
  stop(grace: number): Promise<void>
}

/** The node cannot start as configured: name taken, port taken, EPMD out of reach. */
export class StartError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'StartError'
  }
}

/** `modules`: files, resolved. Rejects with `ModuleError` or `StartError`. */
export async function startDaemon(
  given: Config,
  cookie: string,
  modules: readonly string[],
  ports: DaemonPorts,
): Promise<Daemon> {
  const streams = new Streams()
  let answering: ErlangNode | undefined
  const accept = (transport: Transport): TransportEvents => {
    if (answering !== undefined) return streams.add(answering.accept(transport))
    transport.destroy()
    return { data: () => {}, drained: () => {}, closed: () => {} }
  }
  const nameless = isNameless(given)
  const config = nameless ? await named(given, ports) : given
  const listener = nameless ? notListening : await listen(config, ports.peers, accept)
  const started: Started = { stop: [() => listener.close()] }
  try {
    const node = await startNode(config, cookie, modules, listener.port, ports, started)
    answering = node
    await connectAll(node, config, nameless, ports, started)
    return {
      name: node.name,
      port: listener.port,
      node,
      stop: async (grace) => {
        await stopAll(started, grace)
        await streams.closed(ports.clock, lastWords)
      },
    }
  } catch (error) {
    await stopAll(started, 0)
    throw error
  }
}

/** What has to be stopped, in the order in which it was started. */
interface Started {
  readonly stop: ((grace: number) => void | Promise<void>)[]
}

async function stopAll({ stop }: Started, grace: number): Promise<void> {
  for (const end of [...stop].reverse()) await end(grace)
}

const notListening = { port: 0, close: () => {} }

/** The configuration with the name that one of the other nodes gives. */
async function named(config: Config, ports: DaemonPorts): Promise<Config> {
  const { name: asked, connect } = config.node
  const settings = { clock: ports.clock, timeout: config.limits.handshake_timeout }
  const resolver = resolverOf(config, 0, ports)
  const failures: string[] = []
  for (const peer of connect) {
    try {
      const address = await resolver.resolve(peer)
      const name = await askForName(peer, address, asked.slice(asked.indexOf('@') + 1), settings)
      ports.log.info({ peer, name }, 'a node has given this one its name')
      return { ...config, node: { ...config.node, name } }
    } catch (error) {
      failures.push(`${peer}: ${(error as Error).message}`)
    }
  }
  throw new StartError(`no node of node.connect gives this one a name: ${failures.join('; ')}`)
}

/** A node that does not listen can be called only when it has connected to somebody. */
async function connectAll(
  node: ErlangNode,
  { node: { connect } }: Config,
  nameless: boolean,
  { clock, log }: DaemonPorts,
  started: Started,
): Promise<void> {
  const kept = new KeptConnections(node, connect, clock, log)
  started.stop.push(() => kept.stop())
  const connected = Promise.all(connect.map((peer) => kept.connect(peer)))
  if (nameless && !(await connected).includes(true)) {
    throw new StartError(`none of the nodes can be connected to: ${connect.join(', ')}`)
  }
}

/** The node with its domains, known to EPMD, but not yet open to peers. */
async function startNode(
  config: Config,
  cookie: string,
  modules: readonly string[],
  port: number,
  ports: DaemonPorts,
  started: Started,
): Promise<ErlangNode> {
  const { clock, random, log } = ports
  const { name, hidden, net_ticktime: tick } = config.node
  const settings = { tickTime: tick * 1000, ...limitsOf(config) }
  const resolver = resolverOf(config, port, ports)
  let node: ErlangNode | undefined
  const domains = await DomainPool.start(config, modules, ports, (dispatcher, creation) => {
    const options = { name, cookie, creation, hidden, clock, random, log, dispatcher, resolver, settings }
    node = new ErlangNode(options)
    return node
  })
  const made = node as ErlangNode | undefined
  if (made === undefined) throw new Crash('domains without a node')
  started.stop.push(() => made.stop())
  started.stop.push((grace) => domains.stop(grace))
  // Who does not listen has nothing to be found at.
  if (config.epmd.enabled && port > 0) {
    const registered = await register(config, port, ports)
    started.stop.push(() => registered.stop())
  }
  return made
}

/** What connections are limited by. */
function limitsOf({ limits }: Config): Partial<ConnectionSettings> {
  return {
    messageLimit: limits.message,
    handshakeLimit: limits.handshakes,
    handshakeTimeout: limits.handshake_timeout,
    unreadLimit: limits.peer_unread,
    peerLimit: limits.peers,
    relationLimit: limits.peer_relations,
  }
}

function resolverOf(
  { node, epmd }: Config,
  listening: number,
  { network, peers, clock }: DaemonPorts,
): Resolver {
  if (!epmd.enabled) return new FixedPortResolver(peers, epmd.node_port ?? listening)
  return new EpmdResolver({
    network,
    peers,
    clock,
    epmdPort: epmd.port,
    self: node.name,
    epmdHost: epmd.host,
  })
}

/** How long the last answers may take to leave when the node stops, in milliseconds. */
const lastWords = 3000

/** The streams that peers have opened. */
class Streams {
  private readonly open = new Set<TransportEvents>()
  private none = (): void => {}

  add(events: TransportEvents): TransportEvents {
    const watched: TransportEvents = {
      data: (bytes) => events.data(bytes),
      drained: () => events.drained(),
      closed: (error) => {
        this.open.delete(watched)
        events.closed(error)
        if (this.open.size === 0) this.none()
      },
    }
    this.open.add(watched)
    return watched
  }

  /** Resolves when none is open any more, or after `ms` milliseconds. */
  closed(clock: Clock, ms: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.open.size === 0) return resolve()
      this.none = resolve
      clock.after(ms, resolve)
    })
  }
}

async function listen(
  config: Config,
  network: Network,
  accept: (transport: Transport) => TransportEvents,
): Promise<{ readonly port: number; close(): void }> {
  const { address, port, port_min: low, port_max: high } = config.listen
  const [from, to] = low !== undefined && high !== undefined ? [low, high] : [port, port]
  let failure: unknown
  for (let candidate = from; candidate <= to; candidate++) {
    try {
      return await network.listen(address, candidate, accept)
    } catch (error) {
      failure = error
    }
  }
  const range = from === to ? `port ${from}` : `any port from ${from} to ${to}`
  throw new StartError(`cannot listen on ${address}, ${range}: ${(failure as Error).message}`)
}

interface Registered {
  readonly creation: number
  stop(): void
}

/** Registers with EPMD; where none runs on this machine, this process serves as one, as `erl` starts one. */
async function register(config: Config, port: number, ports: DaemonPorts): Promise<Registered> {
  const { host, port: epmdPort } = config.epmd
  try {
    return await attempt(config, port, ports)
  } catch (error) {
    if (!(error instanceof Unreachable) || !isLoopback(host)) throw error
  }
  const { network, clock, random, log } = ports
  const server = new EpmdServer({ network, clock, random, log, host, port: epmdPort })
  await server.listen().catch((error: Error) => {
    throw new StartError(
      `no EPMD answers at ${host}:${epmdPort}, and none can be started there: ${error.message}`,
    )
  })
  log.info({ host, port: epmdPort }, 'no EPMD was running: this process serves as EPMD')
  const registered = await attempt(config, port, ports)
  return {
    creation: registered.creation,
    stop: () => {
      registered.stop()
      server.close()
    },
  }
}

class Unreachable extends StartError {}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.')
}

function attempt(config: Config, port: number, { network, clock, log }: DaemonPorts): Promise<Registered> {
  const { host, port: epmdPort } = config.epmd
  const [short] = config.node.name.split('@')
  return new Promise((resolve, reject) => {
    let settled = false
    const registration = new Registration(
      { network, clock, log, host, port: epmdPort },
      nodeEntry(short as string, port, config.node.hidden),
      {
        registered: (creation) => {
          settled = true
          resolve({ creation, stop: () => registration.stop() })
        },
        failed: (failure) => {
          if (settled) return
          settled = true
          registration.stop()
          const where = `EPMD at ${host}:${epmdPort}`
          reject(
            failure.kind === 'refused'
              ? new StartError(`${where} has a node named ${short} already`)
              : new Unreachable(`${where}: ${failure.message}`),
          )
        },
      },
    )
    registration.start()
  })
}
