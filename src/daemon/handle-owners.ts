/**
 * Watches the processes that own handles, so that their values are freed when they are gone.
 *
 *     domain ─ watch PID ─▶ one monitor per process ─ down ─▶ every domain where it owns something
 *
 * The lost connection to the process's node is its end, too. A process that was dead before it was watched is reported at once.
 */

import { decodeBare, type Pid, type Reference } from '../erlang-term-format/index.ts'
import type { ErlangNode, LocalProcess, ProcessEvent } from '../node/index.ts'
import type { DomainOwners, DomainThread } from './domain-thread.ts'

interface Owner {
  readonly pid: Uint8Array
  readonly monitor: Reference
  /** Where it owns handles. */
  readonly domains: Set<DomainThread>
}

export class HandleOwners implements DomainOwners {
  private readonly process: LocalProcess
  private readonly byPid = new Map<string, Owner>()
  private readonly byMonitor = new Map<string, Owner>()

  constructor(node: ErlangNode) {
    this.process = node.spawn({ permanent: true, event: (event) => this.event(event) })
  }

  /** How many processes are watched. */
  get count(): number {
    return this.byPid.size
  }

  watch(domain: DomainThread, pid: Uint8Array): void {
    const known = this.byPid.get(keyOf(pid))
    if (known !== undefined) known.domains.add(domain)
    else
      this.add({
        pid: pid.slice(),
        monitor: this.process.monitor(decodeBare(pid) as Pid),
        domains: new Set([domain]),
      })
  }

  private add(owner: Owner): void {
    this.byPid.set(keyOf(owner.pid), owner)
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
    this.byPid.delete(keyOf(owner.pid))
    this.byMonitor.delete(owner.monitor.ids.join())
  }

  private event(event: ProcessEvent): void {
    if (event.kind !== 'down') return
    const owner = this.byMonitor.get(event.reference.ids.join())
    if (owner === undefined) return
    this.drop(owner)
    for (const domain of owner.domains) domain.ownerDied(owner.pid)
  }
}

const keyOf = (pid: Uint8Array): string =>
  Buffer.from(pid.buffer, pid.byteOffset, pid.length).toString('latin1')
