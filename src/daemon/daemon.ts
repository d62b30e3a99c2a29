/**
 * The daemon's life: domains, then the listening port, then EPMD, then `ready`; and back again.
 *
 *     start: compile modules ─▶ listen ─▶ register ─▶ node answers
 *     stop:  unregister ─▶ running calls end (bounded) ─▶ connections end
 *
 * A stream that arrives before the node exists is refused: its creation comes from the registration.
 */

import type { Clock, Log, Network, Random, Transport, TransportEvents } from '../base/ports.ts'
import { domainOfHandle } from '../bridge/handles.ts'
import type { RuntimeOptions } from '../engine/runtime.ts'
import { encodeBare } from '../erlang-term-format/index.ts'
import {
  type CallOutcome,
  type CallRequest,
  type Dispatcher,
  ErlangNode,
  type Resolver,
} from '../node/index.ts'
import { EpmdServer, nodeEntry, Registration } from '../node-epmd/index.ts'
import type { Config } from './config.ts'
import { DomainThread } from './domain-thread.ts'
import { HandleOwners } from './handle-owners.ts'
import { EpmdResolver, FixedPortResolver } from './node-resolver.ts'

export interface DaemonPorts {
  readonly network: Network
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
  const domains = await startDomains(config, modules, ports)
  try {
    return await startNode(config, cookie, domains, ports)
  } catch (error) {
    await Promise.all(domains.map((d) => d.stop(0)))
    throw error
  }
}

async function startDomains(
  config: Config,
  modules: readonly string[],
  { clock, log, random }: DaemonPorts,
): Promise<readonly DomainThread[]> {
  const { limits } = config
  const domain: RuntimeOptions = {
    minorWords: 262_144,
    stackBytes: limits.stack,
    heapLimitBytes: limits.heap,
    flags: 0,
  }
  // References to OCaml values are this node's own; they need not have the creation that EPMD will give.
  const creation = Math.max(4, random.uint32())
  const domains = Array.from({ length: config.domains.count }, (_, number) => {
    const origin = { node: config.node.name, creation, domain: number }
    const { call_timeout: callTimeout, message: messageBytes } = limits
    return new DomainThread({ modules, domain, callTimeout, messageBytes, origin, clock, log })
  })
  try {
    await Promise.all(domains.map((d) => d.start()))
  } catch (error) {
    await Promise.all(domains.map((d) => d.stop(0)))
    throw error
  }
  return domains
}

async function startNode(
  config: Config,
  cookie: string,
  domains: readonly DomainThread[],
  ports: DaemonPorts,
): Promise<Daemon> {
  const { network, clock, random, log } = ports
  const { name, hidden, net_ticktime: tick } = config.node
  let node: ErlangNode | undefined
  const streams = new Streams()
  const listener = await listen(config, network, (transport) => {
    if (node !== undefined) return streams.add(node.accept(transport))
    transport.destroy()
    return { data: () => {}, drained: () => {}, closed: () => {} }
  })
  const epmd = config.epmd.enabled ? await register(config, listener.port, ports) : undefined
  const settings = { tickTime: tick * 1000, messageLimit: config.limits.message }
  const creation = epmd?.creation ?? Math.max(4, random.uint32())
  const dispatcher = dispatcherOf(domains, config)
  const resolver = resolverOf(config, listener.port, ports)
  node = new ErlangNode({
    name,
    cookie,
    creation,
    hidden,
    clock,
    random,
    log,
    dispatcher,
    resolver,
    settings,
  })
  const started = node
  const owners = new HandleOwners(started)
  for (const domain of domains) domain.owners = owners
  return {
    name,
    port: listener.port,
    node: started,
    stop: async (grace) => {
      epmd?.stop()
      listener.close()
      await Promise.all(domains.map((d) => d.stop(grace)))
      started.stop()
      await streams.closed(clock, lastWords)
    },
  }
}

function resolverOf({ node, epmd }: Config, listening: number, { network, clock }: DaemonPorts): Resolver {
  if (!epmd.enabled) return new FixedPortResolver(network, epmd.node_port ?? listening)
  return new EpmdResolver({ network, clock, epmdPort: epmd.port, self: node.name, epmdHost: epmd.host })
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

/**
 * Gives each call to the domain with the fewest calls, or always the same module to the same domain. A call with a
 * handle goes to the domain where its value lives.
 */
function dispatcherOf(
  domains: readonly DomainThread[],
  { node, domains: { placement } }: Config,
): Dispatcher {
  const choose = (request: CallRequest): DomainThread => {
    const home = domains.length > 1 ? domains[domainOfHandle(request.args, node.name) ?? -1] : undefined
    if (home !== undefined) return home
    if (placement === 'pinned') return domains[hash(request.module) % domains.length] as DomainThread
    return domains.reduce((least, d) => (d.load < least.load ? d : least))
  }
  return {
    call: (request: CallRequest, done: (outcome: CallOutcome) => void) => {
      const { module, function: name, args, async } = request
      const caller = encodeBare(request.caller)
      return choose(request).call({ async, module, function: name, caller, args }, done)
    },
  }
}

function hash(text: string): number {
  let h = 0
  for (let i = 0; i < text.length; i++) h = (h * 31 + text.charCodeAt(i)) >>> 0
  return h
}
