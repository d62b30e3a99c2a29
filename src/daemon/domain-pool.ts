/**
 * The domains behind a node or a port: starts them with the configured modules, and gives each call to one of them.
 *
 * A call goes to the domain with the fewest calls, or those to a module always to the same domain ("pinned"). A call with a
 * handle goes to the domain where its value lives, one that an Erlang fun makes to the domain that applies the fun. New code means new domains, `loader.ts`.
 */

import type { Clock, Log, Random } from '../base/ports.ts'
import { domainOfHandle, findProcess } from '../bridge/handles.ts'
import { ProcessAgent } from '../bridge/process-agent.ts'
import type { ProcessEventMessage } from '../bridge/process-signals.ts'
import type { RuntimeOptions } from '../engine/runtime.ts'
import { atom, encodeBare, list } from '../erlang-term-format/index.ts'
import type { CallOutcome, CallRequest, Dispatcher, ErlangNode, RunningCall } from '../node/index.ts'
import type { Config } from './config.ts'
import type { DomainCall } from './domain-messages.ts'
import { DomainThread, ModuleError, systemLimit } from './domain-thread.ts'
import { GroupLeaders, leaderOf } from './group-leaders.ts'
import { HandleOwners } from './handle-owners.ts'
import { Loader } from './loader.ts'
import { fileOfModule, type ModuleSet, modulesOfFiles } from './module-set.ts'
import { type AskDomain, collectInfo, isInfo } from './node-info.ts'
import { PeerQuota } from './peer-quota.ts'

type Post = (message: ProcessEventMessage) => void
/** Makes the node whose processes the domains have. */
type MakeNode = (dispatcher: Dispatcher, creation: number) => ErlangNode

export interface DomainPorts {
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
}

/** How long fresh domains may take to be ready in place of others, in milliseconds. */
const longestLoad = 60_000
/** Calls of a domain that was replaced have ended after the limit of calls and this, in milliseconds. */
const retireMargin = 1000

export class DomainPool implements Dispatcher {
  private readonly config: Config
  private readonly ports: DomainPorts
  /** Of references to OCaml values, and of the node. */
  private readonly creation: number
  private readonly node: ErlangNode
  private readonly owners: HandleOwners
  private readonly leaders: GroupLeaders
  private readonly loader: Loader
  private readonly quota: PeerQuota
  /** Those that get new calls. No number is used twice. */
  private domains: readonly DomainThread[] = []
  private nextNumber = 0
  /** Those in whose place there are others now, while they still have calls. */
  private readonly retired = new Set<DomainThread>()
  private stopping = false

  /**
   * `files` are the modules, resolved. `makeNode` makes the node that the domains' processes are of, which is there before the modules are
   * initialised. Rejects with `ModuleError`.
   */
  static async start(
    config: Config,
    files: readonly string[],
    ports: DomainPorts,
    makeNode: MakeNode,
  ): Promise<DomainPool> {
    const modules = modulesOfFiles(files)
    const pool = new DomainPool(config, modules, ports, makeNode)
    pool.domains = await pool.startDomains(modules)
    pool.serveChannels()
    return pool
  }

  private constructor(config: Config, modules: ModuleSet, ports: DomainPorts, makeNode: MakeNode) {
    this.config = config
    this.ports = ports
    const { peer_calls: calls, peer_arguments: bytes } = config.limits
    this.quota = new PeerQuota({ calls, arguments: bytes })
    this.creation = Math.max(4, ports.random.uint32())
    const replace = (fresh: ModuleSet) => this.replace(fresh)
    this.loader = new Loader({ enabled: config.load.enabled, modules, replace, log: ports.log })
    this.node = makeNode(this, this.creation)
    this.owners = new HandleOwners(this.node)
    this.leaders = new GroupLeaders(this.node, ports.log)
  }

  /** Within `limit` milliseconds, if there is one. */
  private async startDomains(modules: ModuleSet, limit?: number): Promise<readonly DomainThread[]> {
    const domains = Array.from({ length: this.config.domains.count }, () => this.newDomain(modules))
    let late = false
    const giveUp = (): void => {
      late = true
      void stopAll(domains, 0)
    }
    const endLimit = limit === undefined ? () => {} : this.ports.clock.after(limit, giveUp)
    try {
      await Promise.all(domains.map((d) => d.start()))
    } catch (error) {
      await stopAll(domains, 0)
      throw late ? new ModuleError(tooLong) : error
    } finally {
      endLimit()
    }
    return domains
  }

  private newDomain(modules: ModuleSet): DomainThread {
    const { limits, node } = this.config
    const { clock, log } = this.ports
    const { call_timeout: callTimeout, message: messageBytes } = limits
    const runtime: RuntimeOptions = {
      minorWords: 262_144,
      stackBytes: limits.stack,
      heapLimitBytes: limits.heap,
      flags: 0,
    }
    const origin = { node: node.name, creation: this.creation, domain: this.nextNumber++ }
    const estates = this.owners.estates(origin.domain)
    const dispatcher: Dispatcher = { call: (request, done) => this.callOfChannel(domain, request, done) }
    const isModule = (module: string) => fileOfModule(modules, module) !== undefined
    const channels = { log, dispatcher, isModule, room: limits.heap }
    const processes = (post: Post) => new ProcessAgent(this.node, this, post, { estates, channels })
    const options = { modules, domain: runtime, callTimeout, messageBytes, origin, clock, log }
    const domain = new DomainThread({ ...options, owners: this.owners, leaders: this.leaders, processes })
    return domain
  }

  /** The names of the channels that modules export are those of the domains that serve now. */
  private serveChannels(): void {
    for (const domain of this.domains)
      domain.serveChannels((module) => this.homeOfChannels(module) === domain)
  }

  /** Messages to one channel all go to one domain. */
  private homeOfChannels(module: string): DomainThread | undefined {
    return this.config.domains.placement === 'pinned' ? this.pinned(module) : this.domains[0]
  }

  private pinned(module: string): DomainThread {
    return this.domains[hash(module) % this.domains.length] as DomainThread
  }

  /** Gives new calls to fresh domains with these modules, once they are ready, and lets the old ones end. */
  private async replace(modules: ModuleSet): Promise<void> {
    const fresh = await this.startDomains(modules, longestLoad)
    const old = this.domains
    if (this.stopping) return stopAll(fresh, 0)
    this.domains = fresh
    for (const domain of old) {
      this.retired.add(domain)
      const ended = domain.retire(this.config.limits.call_timeout + retireMargin)
      void ended.then(() => this.retired.delete(domain))
    }
    this.serveChannels()
  }

  call(request: CallRequest, done: (outcome: CallOutcome) => void): RunningCall {
    if (this.domains.length === 0) {
      done(starting)
      return untilItEnds
    }
    if (this.loader.takes(request)) {
      this.loader.call(request, done)
      return untilItEnds
    }
    return this.admit(request, done, (ended) => {
      if (isInfo(request)) return this.info({ ...domainCall(request), ownsArgs: false }, ended)
      return this.choose(request).call(domainCall(request), ended, request.spawned)
    })
  }

  /** A message to a channel is one of its mailbox; a call is like any other. */
  private callOfChannel(
    domain: DomainThread,
    request: CallRequest,
    done: (outcome: CallOutcome) => void,
  ): RunningCall {
    if (request.async) return domain.call(domainCall(request), done, true)
    return this.admit(request, done, (ended) => domain.call(domainCall(request), ended))
  }

  /** Starts a call if its peer does not have too many. */
  private admit(
    { peer, args }: CallRequest,
    done: (outcome: CallOutcome) => void,
    start: (ended: (outcome: CallOutcome) => void) => RunningCall,
  ): RunningCall {
    const { length } = args
    const limit = this.quota.enter(peer, length)
    if (limit !== null) return this.refuse(peer, limit, done)
    let over = false
    const leave = (): void => {
      if (!over) this.quota.leave(peer, length)
      over = true
    }
    const ended = (outcome: CallOutcome): void => {
      leave()
      done(outcome)
    }
    const running = start(ended)
    const cancel = (): void => {
      leave()
      running.cancel()
    }
    return { ...running, cancel }
  }

  private info(call: Omit<DomainCall, 'kind' | 'id'>, done: (outcome: CallOutcome) => void): RunningCall {
    const ask = (domain: DomainThread): AskDomain => {
      return (tell) => void domain.call(call, tell)
    }
    collectInfo(this.domains.map(ask), this.node, done)
    return untilItEnds
  }

  private refuse(peer: string, limit: string, done: (outcome: CallOutcome) => void): RunningCall {
    this.ports.log.warn(
      { peer, limit: `limits.${limit}` },
      'a call was refused: too many of one peer are under way',
    )
    done(systemLimit(limit))
    return untilItEnds
  }

  private choose({ module, args, caller }: CallRequest): DomainThread {
    const { node, domains: settings } = this.config
    const { domains } = this
    if (domains.length > 1) {
      const number = domainOfHandle(args, node.name) ?? this.owners.domainOf(caller)
      const home = number === undefined ? undefined : domains.find((d) => d.number === number)
      const channelsHome = (process: number) => domains.find((d) => d.hasChannel(process))
      const found = home ?? findProcess(args, node.name, channelsHome)
      if (found !== undefined) return found
    }
    if (settings.placement === 'pinned') return this.pinned(module)
    return domains.reduce((least, d) => (d.load < least.load ? d : least))
  }

  /** Lets running calls end within `grace` milliseconds, then stops the threads. */
  async stop(grace: number): Promise<void> {
    this.stopping = true
    await stopAll([...this.domains, ...this.retired], grace)
  }
}

function domainCall(request: CallRequest): Omit<DomainCall, 'kind' | 'id'> {
  const { module, function: name, args, ownsArgs = false, async, process, caller, groupLeader } = request
  const leader = leaderOf(groupLeader, caller)
  return { async, process, module, function: name, caller, leader, args, ownsArgs }
}

/** What is done on this thread is not worth cancelling. */
const untilItEnds: RunningCall = { cancel: () => {} }
/** A node that the modules have connected to, when they were initialised, calls before all of them are. */
const starting: CallOutcome = {
  kind: 'raise',
  class: 'error',
  reason: encodeBare(atom('camlnode_starting')),
  stack: encodeBare(list()),
}
const tooLong = `the modules were not ready within ${longestLoad / 1000} s: one may be in a loop when it is initialised`

async function stopAll(domains: readonly DomainThread[], grace: number): Promise<void> {
  await Promise.all(domains.map((d) => d.stop(grace)))
}

function hash(text: string): number {
  let h = 0
  for (let i = 0; i < text.length; i++) h = (h * 31 + text.charCodeAt(i)) >>> 0
  return h
}
