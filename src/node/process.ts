/**
 * What lives behind a pid of this node.
 *
 * A `LocalProcess` is a table of relations and a behaviour: it keeps monitors and links in both directions
 * as an Erlang process does, so that a behaviour only sees what concerns it. It has no mailbox and no thread:
 * events arrive one after the other, each in a turn of its own or in the turn of the frame that brought it.
 *
 * Relations:
 * - `watchers`: monitors that others hold on this process, by their reference;
 * - `monitors`: those that it holds on others, by its own reference;
 * - `links`: by the other's pid; a link that is being removed waits for the acknowledgement, and until then
 *   an exit of the other means nothing;
 * - `nodes`: how often it monitors a node.
 *
 * Reference: "Signals" and "Link Protocol" in the ERTS user's guide.
 */

import { atom, type Pid, type Reference, type Term } from '../erlang-term-format/index.ts'
import type { Connection } from './connection.ts'
import { type Control, type ProcessName, SPAWN_REPLY_FLAG, type SpawnReply } from './control.ts'
import { ATOM, atomName, encodedTerm, pidKey, referenceKey } from './encoded.ts'

/** Where signals come from: a connection, or null for this node itself. */
export type Via = Connection | null

/** Whatever a pid of this node can stand for. */
export interface ProcessEntry {
  receive(control: Control, payload: Uint8Array | null, via: Via): void
  /** The connection to a node is gone. */
  nodeDown(name: string): void
}

/** What a process notices. Terms are encoded, without version byte. */
export type ProcessEvent =
  | { readonly kind: 'message'; readonly payload: Uint8Array; readonly via: Via }
  /** Only with `trapExit`; otherwise the process ends. */
  | { readonly kind: 'exit'; readonly from: Pid; readonly reason: Uint8Array }
  | {
      readonly kind: 'down'
      readonly reference: Reference
      readonly from: ProcessName
      readonly reason: Uint8Array
    }
  /** The answer to a spawn request: a pid, or an atom that says why not. */
  | { readonly kind: 'spawned'; readonly reference: Reference; readonly result: ProcessName }
  /** A node that is monitored is not connected any more, or cannot be connected to. */
  | { readonly kind: 'nodeDown'; readonly node: string }
  /** Somebody does not watch this process any more, by its pid or by a name. */
  | { readonly kind: 'unwatched'; readonly from: Pid; readonly reference: Reference }
  /** What it prints goes elsewhere from now on. */
  | { readonly kind: 'groupLeader'; readonly leader: Pid }
  /** The process is over; the last event. */
  | { readonly kind: 'ended'; readonly reason: Uint8Array }

export interface Behaviour {
  readonly trapExit?: boolean
  /** Exit signals mean nothing to it, not even `kill`: a service of the node. */
  readonly permanent?: boolean
  event(event: ProcessEvent): void
}

/** What a process needs of its node. */
export interface ProcessHost {
  makeReference(): Reference
  /**
   * Sends a signal to a process of any node, this one included. `sender`: the process that it comes from, if it does
   * not say so itself.
   */
  route(node: string, control: Control, payload: Uint8Array | null, sender?: Pid): void
  /** Connects to a node; rejects when that fails. */
  reach(node: string): Promise<unknown>
  /** Forgets the process: its pid, names and aliases. */
  forget(process: LocalProcess): void
}

/** A process to send to: a pid, an alias, or a name on a node. */
export type Destination =
  | Pid
  | Reference
  | { readonly kind: 'name'; readonly name: string; readonly node: string }

interface Watcher {
  readonly pid: Pid
  readonly reference: Reference
  /** What it watches us by. */
  readonly as: ProcessName
  /** What has counted it. */
  readonly via: Via
}

interface HeldMonitor {
  readonly reference: Reference
  readonly target: ProcessName
  readonly node: string
}

interface HeldLink {
  readonly pid: Pid
  /** What has counted it, if the other has made it. */
  readonly via: Via
  /** The identifier of an unlink that has not been acknowledged. */
  unlinking: bigint | null
}

interface PendingSpawn {
  readonly reference: Reference
  readonly node: string
}

let lastUnlinkId = 0n

export class LocalProcess implements ProcessEntry {
  readonly pid: Pid
  /** Where output of what it does goes; `group_leader/2` of others changes it. */
  groupLeader: Term | undefined
  private readonly host: ProcessHost
  private behaviour: Behaviour
  private readonly watchers = new Map<string, Watcher>()
  private readonly monitors = new Map<string, HeldMonitor>()
  private readonly links = new Map<string, HeldLink>()
  private readonly spawns = new Map<string, PendingSpawn>()
  private readonly nodes = new Map<string, number>()
  private alive = true

  constructor(host: ProcessHost, pid: Pid, behaviour: Behaviour) {
    this.host = host
    this.pid = pid
    this.behaviour = behaviour
  }

  get isAlive(): boolean {
    return this.alive
  }

  /** How many monitors and links it has. */
  get relationCount(): number {
    return this.monitors.size + this.links.size
  }

  /** Whose events these are from now on; who had them before hears of the end, too, and of the group leader. */
  become(behaviour: Behaviour): void {
    const before = this.behaviour
    this.behaviour = {
      get trapExit() {
        return behaviour.trapExit === true
      },
      event: (event) => {
        if (event.kind === 'ended' || event.kind === 'groupLeader') before.event(event)
        if (event.kind !== 'groupLeader') behaviour.event(event)
      },
    }
  }

  // What the process does

  /** Sends an encoded message or a term. */
  send(to: Destination, message: Uint8Array | Term): void {
    const payload = encodedTerm(message)
    const from = this.pid
    switch (to.kind) {
      case 'pid':
        this.host.route(to.node, { kind: 'send', from, to, token: null }, payload)
        break
      case 'reference':
        this.host.route(to.node, { kind: 'sendAlias', from, alias: to, token: null }, payload)
        break
      case 'name':
        this.host.route(to.node, { kind: 'sendName', from, name: to.name, token: null }, payload)
        break
    }
  }

  /** Watches a process; a `down` event with the reference follows when it is gone. */
  monitor(
    target: Pid | { readonly kind: 'name'; readonly name: string; readonly node: string },
    reference: Reference = this.host.makeReference(),
  ): Reference {
    const name: ProcessName = target.kind === 'pid' ? target : atom(target.name)
    this.monitors.set(referenceKey(reference), { reference, target: name, node: target.node })
    this.host.route(target.node, { kind: 'monitor', from: this.pid, target: name, reference }, null)
    return reference
  }

  demonitor(reference: Reference): void {
    const held = this.monitors.get(referenceKey(reference))
    if (held === undefined) return
    this.monitors.delete(referenceKey(reference))
    this.host.route(held.node, { kind: 'demonitor', from: this.pid, target: held.target, reference }, null)
  }

  /** As `monitor_node/2`: connects if need be; each call brings one `nodeDown` event when the node is gone. */
  monitorNode(node: string): void {
    this.nodes.set(node, (this.nodes.get(node) ?? 0) + 1)
    this.host.reach(node).catch(() => this.takeNodeDown(node))
  }

  /** Takes one `monitorNode` back. */
  demonitorNode(node: string): void {
    const count = this.nodes.get(node) ?? 0
    if (count > 1) this.nodes.set(node, count - 1)
    else this.nodes.delete(node)
  }

  link(to: Pid): void {
    const known = this.links.get(pidKey(to))
    if (known !== undefined && known.unlinking === null) return
    this.links.set(pidKey(to), { pid: to, via: null, unlinking: null })
    this.host.route(to.node, { kind: 'link', from: this.pid, to }, null)
  }

  unlink(to: Pid): void {
    const held = this.links.get(pidKey(to))
    if (held === undefined || held.unlinking !== null) return
    held.unlinking = ++lastUnlinkId
    this.host.route(to.node, { kind: 'unlink', id: held.unlinking, from: this.pid, to }, null)
  }

  /** Sends an exit signal, as `exit/2` does. */
  exitOther(to: Pid, reason: Uint8Array | Term): void {
    const control: Control = { kind: 'exit2', from: this.pid, to, reason: null, token: null }
    this.host.route(to.node, control, encodedTerm(reason))
  }

  /** Makes `leader` the group leader of a process, as `group_leader/2` does. */
  setGroupLeader(leader: Pid, of: Pid): void {
    this.host.route(of.node, { kind: 'groupLeader', from: leader, to: of }, null)
  }

  /**
   * Asks a node to spawn a process, and watches it unless `options` (those of `spawn_opt`) are others; `args` is the
   * encoded list. A `spawned` event follows.
   */
  spawnRemote(
    node: string,
    module: string,
    name: string,
    arity: number,
    args: Uint8Array,
    options: readonly Term[] = [atom('monitor')],
  ): Reference {
    const reference = this.host.makeReference()
    this.spawns.set(referenceKey(reference), { reference, node })
    const control: Control = {
      kind: 'spawnRequest',
      reference,
      from: this.pid,
      groupLeader: this.groupLeader ?? this.pid,
      module,
      function: name,
      arity,
      options: { kind: 'list', elements: options, tail: null },
      token: null,
    }
    this.host.route(node, control, args)
    return reference
  }

  /** Ends the process: watchers and links hear of it. */
  exit(reason: Uint8Array | Term = ATOM.normal): void {
    if (!this.alive) return
    this.alive = false
    const encoded = encodedTerm(reason)
    this.host.forget(this)
    for (const watcher of this.watchers.values()) this.tellWatcher(watcher, encoded)
    for (const { pid, via, unlinking } of this.links.values()) {
      if (unlinking === null) this.tellLinked(pid, encoded)
      via?.release()
    }
    for (const { reference } of [...this.monitors.values()]) this.demonitor(reference)
    this.nodes.clear()
    this.behaviour.event({ kind: 'ended', reason: encoded })
  }

  /**
   * To who watches by this reference, or by any if it is not known, the process has ended; to all others it lives on. So a call, which has come
   * by `via`, is answered with an exit of its caller alone.
   */
  endFor(from: Pid, reference: Reference | null, via: Via, reason: Uint8Array): void {
    const wanted = reference === null ? undefined : this.watchers.get(referenceKey(reference))
    for (const watcher of wanted === undefined ? this.watchersOf(from) : [wanted]) {
      if (watcher.via !== via) continue
      this.watchers.delete(referenceKey(watcher.reference))
      this.tellWatcher(watcher, reason)
    }
  }

  private watchersOf(from: Pid): readonly Watcher[] {
    const key = pidKey(from)
    return [...this.watchers.values()].filter(({ pid }) => pidKey(pid) === key)
  }

  private tellWatcher({ pid, reference, as, via }: Watcher, reason: Uint8Array): void {
    via?.release()
    const control: Control = { kind: 'monitorExit', from: as, to: pid, reference, reason: null }
    this.host.route(pid.node, control, reason, this.pid)
  }

  private tellLinked(to: Pid, reason: Uint8Array): void {
    this.host.route(to.node, { kind: 'exit', from: this.pid, to, reason: null, token: null }, reason)
  }

  // What others do to it

  receive(control: Control, payload: Uint8Array | null, via: Via): void {
    switch (control.kind) {
      case 'send':
      case 'sendName':
      case 'sendAlias':
        if (payload !== null) this.behaviour.event({ kind: 'message', payload, via })
        break
      case 'monitor':
        this.addWatcher({ pid: control.from, reference: control.reference, as: control.target, via })
        break
      case 'demonitor':
        this.removeWatcher(control.from, control.reference)
        break
      case 'monitorExit':
        this.takeDown(control.from, control.reference, payload ?? ATOM.normal)
        break
      case 'spawnReply':
        this.takeSpawned(control)
        break
      default:
        this.receiveLinkSignal(control, payload, via)
    }
  }

  private receiveLinkSignal(control: Control, payload: Uint8Array | null, via: Via): void {
    switch (control.kind) {
      case 'link':
        this.takeLink(control.from, via)
        break
      case 'unlink':
        this.takeUnlink(control.from, control.id)
        break
      case 'unlinkAck':
        this.takeUnlinkAck(control.from, control.id)
        break
      case 'exit':
        this.takeExit(control.from, payload ?? ATOM.normal)
        break
      case 'exit2':
        this.takeExit2(control.from, payload ?? ATOM.normal)
        break
      case 'groupLeader':
        this.groupLeader = control.from
        this.behaviour.event({ kind: 'groupLeader', leader: control.from })
        break
      default:
    }
  }

  private addWatcher(watcher: Watcher): void {
    const key = referenceKey(watcher.reference)
    if (!this.watchers.has(key)) watcher.via?.hold()
    this.watchers.set(key, watcher)
  }

  private removeWatcher(from: Pid, reference: Reference): void {
    const key = referenceKey(reference)
    this.watchers.get(key)?.via?.release()
    this.watchers.delete(key)
    this.behaviour.event({ kind: 'unwatched', from, reference })
  }

  private takeDown(from: ProcessName, reference: Reference, reason: Uint8Array): void {
    if (this.monitors.delete(referenceKey(reference))) {
      this.behaviour.event({ kind: 'down', reference, from, reason })
    }
  }

  private takeSpawned({ reference, flags, result }: SpawnReply): void {
    const key = referenceKey(reference)
    const pending = this.spawns.get(key)
    if (pending === undefined) return
    this.spawns.delete(key)
    if (result.kind === 'pid' && (flags & SPAWN_REPLY_FLAG.MONITOR) !== 0) {
      this.monitors.set(key, { reference, target: result, node: result.node })
    }
    if (result.kind === 'pid' && (flags & SPAWN_REPLY_FLAG.LINK) !== 0) {
      this.links.set(pidKey(result), { pid: result, via: null, unlinking: null })
    }
    this.behaviour.event({ kind: 'spawned', reference, result })
  }

  private takeLink(from: Pid, via: Via): void {
    const key = pidKey(from)
    if (this.links.has(key)) return
    via?.hold()
    this.links.set(key, { pid: from, via, unlinking: null })
  }

  private takeUnlink(from: Pid, id: bigint | null): void {
    const key = pidKey(from)
    if (this.links.get(key)?.unlinking === null) this.dropLink(key)
    if (id !== null) this.host.route(from.node, { kind: 'unlinkAck', id, from: this.pid, to: from }, null)
  }

  private takeUnlinkAck(from: Pid, id: bigint): void {
    const key = pidKey(from)
    if (this.links.get(key)?.unlinking === id) this.dropLink(key)
  }

  private dropLink(key: string): void {
    this.links.get(key)?.via?.release()
    this.links.delete(key)
  }

  /** The other end of a link is gone. */
  private takeExit(from: Pid, reason: Uint8Array): void {
    const key = pidKey(from)
    const held = this.links.get(key)
    if (held === undefined) return
    this.dropLink(key)
    if (held.unlinking === null) this.exitSignal(from, reason)
  }

  private takeExit2(from: Pid, reason: Uint8Array): void {
    if (atomName(reason) === 'kill' && this.behaviour.permanent !== true) this.exit(ATOM.killed)
    else this.exitSignal(from, reason)
  }

  private exitSignal(from: Pid, reason: Uint8Array): void {
    if (this.behaviour.permanent === true) return
    if (this.behaviour.trapExit === true) this.behaviour.event({ kind: 'exit', from, reason })
    else if (atomName(reason) !== 'normal') this.exit(reason)
  }

  nodeDown(name: string): void {
    for (const [key, watcher] of this.watchers) if (watcher.pid.node === name) this.watchers.delete(key)
    for (const { reference, node } of [...this.spawns.values()])
      if (node === name) this.spawnFailed(reference)
    for (const held of [...this.monitors.values()]) {
      if (held.node === name) this.takeDown(held.target, held.reference, ATOM.noconnection)
    }
    for (const { pid } of [...this.links.values()]) {
      if (pid.node === name) this.takeExit(pid, ATOM.noconnection)
    }
    this.takeNodeDown(name)
  }

  private takeNodeDown(node: string): void {
    const count = this.nodes.get(node) ?? 0
    this.nodes.delete(node)
    for (let told = 0; told < count && this.alive; told++) this.behaviour.event({ kind: 'nodeDown', node })
  }

  private spawnFailed(reference: Reference): void {
    const result = atom('noconnection')
    this.takeSpawned({ kind: 'spawnReply', reference, to: this.pid, flags: 0, result, token: null })
  }
}
