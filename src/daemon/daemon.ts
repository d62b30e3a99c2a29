/**
 * The daemon's life: domains, then the listening port, then EPMD, then `ready`; and back again.
 *
 *     start: compile modules ─▶ listen ─▶ register ─▶ node answers
 *     stop:  unregister ─▶ running calls end (bounded) ─▶ connections end
 *
 * A stream that arrives before the node exists is refused: its creation comes from the registration.
 */

import type { Clock, Log, Network, Random, Transport, TransportEvents } from '../base/ports.ts'
import { ErlangNode, type Resolver } from '../node/index.ts'
import { EpmdServer, nodeEntry, Registration } from '../node-epmd/index.ts'
import type { Config } from './config.ts'
import { DomainPool } from './domain-pool.ts'
import { HandleOwners } from './handle-owners.ts'
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
  config: Config,
  cookie: string,
  modules: readonly string[],
  ports: DaemonPorts,
): Promise<Daemon> {
  const domains = await DomainPool.start(config, modules, ports)
  try {
    return await startNode(config, cookie, domains, ports)
  } catch (error) {
    await domains.stop(0)
    throw error
  }
}

async function startNode(
  config: Config,
  cookie: string,
  domains: DomainPool,
  ports: DaemonPorts,
): Promise<Daemon> {
  const { peers, clock, random, log } = ports
  const { name, hidden, net_ticktime: tick } = config.node
  let node: ErlangNode | undefined
  const streams = new Streams()
  const listener = await listen(config, peers, (transport) => {
    if (node !== undefined) return streams.add(node.accept(transport))
    transport.destroy()
    return { data: () => {}, drained: () => {}, closed: () => {} }
  })
  const epmd = config.epmd.enabled ? await register(config, listener.port, ports) : undefined
  const {
    message: messageLimit,
    handshakes: handshakeLimit,
    handshake_timeout: handshakeTimeout,
  } = config.limits
  const settings = { tickTime: tick * 1000, messageLimit, handshakeLimit, handshakeTimeout }
  const creation = epmd?.creation ?? Math.max(4, random.uint32())
  const resolver = resolverOf(config, listener.port, ports)
  node = new ErlangNode({
    name,
    cookie,
    creation,
    hidden,
    clock,
    random,
    log,
    dispatcher: domains,
    resolver,
    settings,
  })
  const started = node
  domains.watchOwners(new HandleOwners(started))
  return {
    name,
    port: listener.port,
    node: started,
    stop: async (grace) => {
      epmd?.stop()
      listener.close()
      await domains.stop(grace)
      started.stop()
      await streams.closed(clock, lastWords)
    },
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
