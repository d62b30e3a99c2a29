/**
 * The domains behind a node or a port: starts them with the configured modules, and gives each call to one of them.
 *
 * A call goes to the domain with the fewest calls, or those to a module always to the same domain ("pinned"). A call with a
 * handle goes to the domain where its value lives.
 */

import type { Clock, Log, Random } from '../base/ports.ts'
import { domainOfHandle } from '../bridge/handles.ts'
import type { RuntimeOptions } from '../engine/runtime.ts'
import { encodeBare } from '../erlang-term-format/index.ts'
import type { CallOutcome, CallRequest, Dispatcher, RunningCall } from '../node/index.ts'
import type { Config } from './config.ts'
import { type DomainOwners, DomainThread } from './domain-thread.ts'

export interface DomainPorts {
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
}

export class DomainPool implements Dispatcher {
  private readonly config: Config
  private readonly ports: DomainPorts
  /** References to OCaml values are this pool's own; they need not have the creation that EPMD will give. */
  private readonly creation: number
  private domains: readonly DomainThread[] = []

  /** `modules`: files, resolved. Rejects with `ModuleError`. */
  static async start(config: Config, modules: readonly string[], ports: DomainPorts): Promise<DomainPool> {
    const pool = new DomainPool(config, ports)
    pool.domains = await pool.startDomains(modules)
    return pool
  }

  private constructor(config: Config, ports: DomainPorts) {
    this.config = config
    this.ports = ports
    this.creation = Math.max(4, ports.random.uint32())
  }

  private async startDomains(modules: readonly string[]): Promise<readonly DomainThread[]> {
    const { domains: settings } = this.config
    const domains = Array.from({ length: settings.count }, (_, number) => this.newDomain(modules, number))
    try {
      await Promise.all(domains.map((d) => d.start()))
    } catch (error) {
      await Promise.all(domains.map((d) => d.stop(0)))
      throw error
    }
    return domains
  }

  private newDomain(modules: readonly string[], number: number): DomainThread {
    const { limits, node } = this.config
    const { clock, log } = this.ports
    const { call_timeout: callTimeout, message: messageBytes } = limits
    const domain: RuntimeOptions = {
      minorWords: 262_144,
      stackBytes: limits.stack,
      heapLimitBytes: limits.heap,
      flags: 0,
    }
    const origin = { node: node.name, creation: this.creation, domain: number }
    return new DomainThread({ modules, domain, callTimeout, messageBytes, origin, clock, log })
  }

  /** Tells `owners` which processes own handles, from now on. */
  watchOwners(owners: DomainOwners): void {
    for (const domain of this.domains) domain.owners = owners
  }

  call(request: CallRequest, done: (outcome: CallOutcome) => void): RunningCall {
    const { module, function: name, args, async } = request
    const caller = encodeBare(request.caller)
    return this.choose(request).call({ async, module, function: name, caller, args }, done)
  }

  private choose({ module, args }: CallRequest): DomainThread {
    const { domains } = this
    const { node, domains: settings } = this.config
    const home = domains.length > 1 ? domains[domainOfHandle(args, node.name) ?? -1] : undefined
    if (home !== undefined) return home
    if (settings.placement === 'pinned') return domains[hash(module) % domains.length] as DomainThread
    return domains.reduce((least, d) => (d.load < least.load ? d : least))
  }

  /** Lets running calls end within `grace` milliseconds, then stops the threads. */
  async stop(grace: number): Promise<void> {
    await Promise.all(this.domains.map((d) => d.stop(grace)))
  }
}

function hash(text: string): number {
  let h = 0
  for (let i = 0; i < text.length; i++) h = (h * 31 + text.charCodeAt(i)) >>> 0
  return h
}
