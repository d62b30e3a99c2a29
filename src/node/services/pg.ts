/**
 * Process groups: the process `pg`, one scope of the overlay that `pg` of the kernel makes, so that Erlang nodes find
 * processes of this node by group, and these find theirs.
 *
 *     {discover, Peer} | {discover, Peer, Version}    answered by the cast {sync, Self, [{Group, [Pid]}]}; a peer that is
 *                                                     new is watched, and discovered in turn
 *     {'$gen_cast', {sync, Peer, [{Group, [Pid]}]}}   all groups of a peer
 *     {join, Peer, Group, Pid | [Pid]}                {leave, Peer, Pid | [Pid], [Group]}
 *
 * Other nodes discover only visible ones by themselves, so this one discovers each that it gets connected to, and those that it does not
 * know yet when a process joins a group; that makes groups work with hidden nodes, too. A process may be in a group several times.
 *
 * Reference: `pg` of the kernel.
 */

import {
  atom,
  decodeBare,
  encodeBare,
  isTuple,
  list,
  type Pid,
  type Reference,
  type Term,
  tuple,
} from '../../erlang-term-format/index.ts'
import { pidKey } from '../encoded.ts'
import { readGenMessage } from '../gen-call.ts'
import type { LocalProcess, ProcessEvent } from '../process.ts'
import type { ServiceHost } from '../service-host.ts'

interface Group {
  readonly name: Term
  readonly members: Pid[]
}

type Groups = Map<string, Group>

/** A process here that is in groups. */
interface Member {
  readonly monitor: Reference
  /** One entry for each time it is in a group. */
  readonly groups: Term[]
}

export class ProcessGroups {
  private readonly process: LocalProcess
  private readonly scope: string
  /** Those that are connected and may have the scope. */
  private readonly nodes = new Set<string>()
  private readonly local: Groups = new Map()
  private readonly members = new Map<string, Member>()
  /** By the pid of their scope process. */
  private readonly remote = new Map<string, { readonly peer: Pid; groups: Groups }>()

  constructor(host: ServiceHost, scope = 'pg') {
    this.process = host.spawn({ permanent: true, event: (event) => this.event(event) })
    host.register(scope, this.process)
    this.scope = scope
    host.onNodeUp((node, { capabilities }) => {
      // A C node would not expect a message.
      if (!capabilities.spawn) return
      this.nodes.add(node)
      this.discover(node)
    })
    host.onNodeDown((node) => this.nodes.delete(node))
  }

  private discover(node: string): void {
    this.process.send({ kind: 'name', name: this.scope, node }, tuple(atom('discover'), this.process.pid))
  }

  /** A node where `pg` has been started since it was connected discovers visible nodes alone. */
  private discoverOthers(): void {
    const known = new Set([...this.remote.values()].map(({ peer }) => peer.node))
    for (const node of this.nodes) if (!known.has(node)) this.discover(node)
  }

  /** Puts a process of this node into a group, once more if it is there already. */
  join(group: Term, pid: Pid): void {
    add(this.local, group, [pid])
    const member = this.members.get(pidKey(pid))
    if (member !== undefined) member.groups.push(group)
    else this.members.set(pidKey(pid), { monitor: this.process.monitor(pid), groups: [group] })
    this.broadcast(tuple(atom('join'), this.process.pid, group, pid))
    this.discoverOthers()
  }

  /** Takes it out again, once; false: it is not there. */
  leave(group: Term, pid: Pid): boolean {
    const member = this.members.get(pidKey(pid))
    if (member === undefined || !remove(this.local, group, pid)) return false
    member.groups.splice(
      member.groups.findIndex((other) => keyOf(other) === keyOf(group)),
      1,
    )
    if (member.groups.length === 0) {
      this.process.demonitor(member.monitor)
      this.members.delete(pidKey(pid))
    }
    this.broadcast(tuple(atom('leave'), this.process.pid, pid, list(group)))
    return true
  }

  /** Those of this node first. */
  getMembers(group: Term): readonly Pid[] {
    const others = [...this.remote.values()].map(({ groups }) => groups)
    return [this.local, ...others].flatMap((groups) => groups.get(keyOf(group))?.members ?? [])
  }

  /** How often a process is in a group. */
  membershipsOf(pid: Pid): number {
    return this.members.get(pidKey(pid))?.groups.length ?? 0
  }

  getLocalMembers(group: Term): readonly Pid[] {
    return this.local.get(keyOf(group))?.members ?? []
  }

  whichGroups(): readonly Term[] {
    const all = new Map<string, Term>()
    for (const groups of [this.local, ...[...this.remote.values()].map((r) => r.groups)]) {
      for (const [key, { name }] of groups) all.set(key, name)
    }
    return [...all.values()]
  }

  private broadcast(message: Term): void {
    const encoded = encodeBare(message)
    for (const { peer } of this.remote.values()) this.process.send(peer, encoded)
  }

  // What others say

  private event(event: ProcessEvent): void {
    if (event.kind === 'message') this.message(event.payload)
    else if (event.kind === 'down' && event.from.kind === 'pid') this.lost(event.from)
  }

  private message(payload: Uint8Array): void {
    const cast = readGenMessage(payload)
    const message = decodeBare(cast?.kind === 'cast' ? cast.request : payload)
    if (!isTuple(message)) return
    const [what, peer, third, fourth] = message.elements
    if (what?.kind !== 'atom' || peer?.kind !== 'pid') return
    const named = `${what.name}/${message.elements.length}`
    if (named === 'discover/2' || named === 'discover/3') this.discovered(peer)
    else if (third === undefined) return
    else if (named === 'sync/3') this.sync(peer, third)
    else if (fourth === undefined) return
    else if (named === 'join/4') this.joined(peer, third, pidsOf(fourth))
    else if (named === 'leave/4') this.left(peer, pidsOf(third), fourth)
  }

  private discovered(peer: Pid): void {
    const groups = [...this.local.values()].map(({ name, members }) => tuple(name, list(...members)))
    const sync = tuple(atom('sync'), this.process.pid, list(...groups))
    this.process.send(peer, tuple(atom('$gen_cast'), sync))
    if (this.know(peer)) this.process.send(peer, tuple(atom('discover'), this.process.pid))
  }

  /** Whether it is new. */
  private know(peer: Pid): boolean {
    if (this.remote.has(pidKey(peer))) return false
    this.remote.set(pidKey(peer), { peer, groups: new Map() })
    this.process.monitor(peer)
    return true
  }

  private sync(peer: Pid, groups: Term): void {
    this.know(peer)
    const fresh: Groups = new Map()
    for (const entry of groups.kind === 'list' ? groups.elements : []) {
      const [name, pids] = isTuple(entry, 2) ? entry.elements : []
      if (name !== undefined && pids !== undefined) add(fresh, name, pidsOf(pids))
    }
    const known = this.remote.get(pidKey(peer))
    if (known !== undefined) known.groups = fresh
  }

  private joined(peer: Pid, group: Term, pids: readonly Pid[]): void {
    const known = this.remote.get(pidKey(peer))
    if (known !== undefined) add(known.groups, group, pids)
  }

  private left(peer: Pid, pids: readonly Pid[], groups: Term): void {
    const known = this.remote.get(pidKey(peer))
    if (known === undefined || groups.kind !== 'list') return
    for (const group of groups.elements) for (const pid of pids) remove(known.groups, group, pid)
  }

  /** The scope of a peer, or a process here that was in groups. */
  private lost(pid: Pid): void {
    this.remote.delete(pidKey(pid))
    const member = this.members.get(pidKey(pid))
    if (member === undefined) return
    this.members.delete(pidKey(pid))
    for (const group of member.groups) remove(this.local, group, pid)
    this.broadcast(tuple(atom('leave'), this.process.pid, pid, list(...member.groups)))
  }
}

function add(groups: Groups, name: Term, pids: readonly Pid[]): void {
  if (pids.length === 0) return
  const known = groups.get(keyOf(name))
  if (known !== undefined) known.members.push(...pids)
  else groups.set(keyOf(name), { name, members: [...pids] })
}

/** Takes one entry out; false: there is none. */
function remove(groups: Groups, name: Term, pid: Pid): boolean {
  const group = groups.get(keyOf(name))
  const at = group?.members.findIndex((other) => pidKey(other) === pidKey(pid)) ?? -1
  if (group === undefined || at < 0) return false
  group.members.splice(at, 1)
  if (group.members.length === 0) groups.delete(keyOf(name))
  return true
}

function pidsOf(term: Term): readonly Pid[] {
  if (term.kind === 'pid') return [term]
  return term.kind === 'list'
    ? term.elements.flatMap((element) => (element.kind === 'pid' ? [element] : []))
    : []
}

function keyOf(term: Term): string {
  return Buffer.from(encodeBare(term)).toString('latin1')
}
