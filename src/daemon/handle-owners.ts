/**
 * Watches the processes that own handles, so that their values are freed when they are gone.
 *
 *     domain ─ watch PID ─▶ one monitor per process ─ down ─▶ every domain where it owns something
 *
 * The lost connection to the process's node is its end, too. A process that was dead before it was watched is reported at once.
 *
 * A node that connects to no others hears of its own processes alone: what others own there lives as long as the node.
 *
 * A process that runs an Erlang fun for OCaml code ends when it answers, maybe with a handle that it owns: so the OCaml process inherits.
 */

import type { Estates } from '../bridge/process-agent.ts'
import { decodeBare, encodeBare, type Pid, type Reference } from '../erlang-term-format/index.ts'
import type { ErlangNode, LocalProcess, ProcessEvent } from '../node/index.ts'
import type { DomainOwners, DomainThread } from './domain-thread.ts'

interface Owner {
  readonly pid: Uint8Array
  readonly monitor: Reference
  /** Where it owns handles. */
  readonly domains: Set<DomainThread>
}

interface Will {
  readonly heir: Pid
  /** The number of the heir's domain. */
  readonly domain: number
  settled: boolean
}

export class HandleOwners implements DomainOwners {
  private readonly node: ErlangNode
  private readonly process: LocalProcess
  private readonly byPid = new Map<string, Owner>()
  private readonly byMonitor = new Map<string, Owner>()
  /** By the encoded pid of a process, who gets what is its own; `settled` when it makes no handles any more. */
  private readonly wills = new Map<string, Will>()

  constructor(node: ErlangNode) {
    this.node = node
    this.process = node.spawn({ permanent: true, event: (event) => this.event(event) })
  }

  /** How many processes are watched. */
  get count(): number {
    return this.byPid.size
  }

  watch(domain: DomainThread, pid: Uint8Array): void {
    const known = this.byPid.get(keyOf(pid))
    if (known !== undefined) return void known.domains.add(domain)
    const owner = decodeBare(pid) as Pid
    if (this.node.resolver !== null || owner.node === this.node.name)
      this.add(pid.slice(), owner, new Set([domain]))
  }

  /** Of the processes of a domain. */
  estates(domain: number): Estates {
    return {
      inherit: (runner, heir) => {
        this.wills.set(keyOf(encodeBare(runner)), { heir, domain, settled: false })
      },
      settle: (runner) => this.settle(runner),
    }
  }

  /** The domain for which a process, its encoded pid, runs a call. */
  domainOf(pid: Uint8Array): number | undefined {
    return this.wills.size === 0 ? undefined : this.wills.get(keyOf(pid))?.domain
  }

  private settle(runner: Pid): void {
    const key = keyOf(encodeBare(runner))
    const will = this.wills.get(key)
    if (will === undefined) return
    will.settled = true
    if (!this.byPid.has(key)) this.wills.delete(key)
  }

  /** What `pid` owns lives as long as `life`. */
  private add(pid: Uint8Array, life: Pid, domains: Owner['domains']): void {
    const owner = { pid, monitor: this.process.monitor(life), domains }
    this.byPid.set(keyOf(pid), owner)
    this.byMonitor.set(owner.monitor.ids.join(), owner)
  }

  unwatch(domain: DomainThread, pid: Uint8Array): void {
    const owner = this.byPid.get(keyOf(pid))
    if (owner !== undefined) this.leave(owner, domain)
  }

  forget(domain: DomainThread): void {
    for (const owner of [...this.byPid.values()]) this.leave(owner, domain)
  }

  private leave(owner: Owner, domain: DomainThread): void {
    owner.domains.delete(domain)
    if (owner.domains.size > 0) return
    this.process.demonitor(owner.monitor)
    this.drop(owner)
  }

  private drop(owner: Owner): void {
    const key = keyOf(owner.pid)
    if (this.wills.get(key)?.settled === true) this.wills.delete(key)
    this.byPid.delete(key)
    this.byMonitor.delete(owner.monitor.ids.join())
  }

  private event(event: ProcessEvent): void {
    if (event.kind !== 'down') return
    const owner = this.byMonitor.get(event.reference.ids.join())
    if (owner === undefined) return
    const will = this.wills.get(keyOf(owner.pid))
    this.wills.delete(keyOf(owner.pid))
    this.drop(owner)
    if (will !== undefined) return this.add(owner.pid, will.heir, owner.domains)
    for (const domain of owner.domains) domain.ownerDied(owner.pid)
  }
}

const keyOf = (pid: Uint8Array): string =>
  Buffer.from(pid.buffer, pid.byteOffset, pid.length).toString('latin1')
