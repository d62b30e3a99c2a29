/**
 * The process `global_name_server` of a visible node, as far as other nodes wait for it.
 *
 *     {'$gen_cast', {init_connect, {Vsn, Tag}, Node, Locker}}   answered by the cast {in_sync, ThisNode, true}
 *     {'$gen_call', From, {set_lock, {Resource, Requester}}}    true | false
 *     {'$gen_call', From, {del_lock, {Resource, Requester}}}    true
 *     {'$gen_call', From, get_known}                            []
 *
 * A node that is `in_sync` without having exchanged names counts as synchronised, so `global:sync/0` returns, and
 * is not among the nodes that global names are registered on: there are none here. Locks are kept, because
 * `global:set_lock` and `global:trans` ask all visible nodes for them; who holds one and dies, loses it.
 *
 * Reference: `global` of the kernel.
 */

import {
  atom,
  decodeBare,
  encodeBare,
  isAtom,
  isTuple,
  list,
  type Pid,
  type Term,
  tuple,
} from '../../erlang-term-format/index.ts'
import { pidKey, referenceKey } from '../encoded.ts'
import { type GenCall, readGenMessage, replyTo } from '../gen-call.ts'
import type { LocalProcess, ProcessEvent, Via } from '../process.ts'
import type { ServiceHost } from '../service-host.ts'
import { Mesh } from './mesh.ts'

const serverName = 'global_name_server'
const granted = encodeBare(atom('true'))
const refused = encodeBare(atom('false'))
const nothing = encodeBare(list())

/** Who holds a resource: one requester, for which several processes may have asked. */
interface Lock {
  readonly requester: string
  readonly holders: Map<string, Holder>
}

interface Holder {
  readonly monitor: string
  readonly release: () => void
}

export function startGlobal(host: ServiceHost): void {
  host.register(serverName, new Global(host).process)
}

class Global {
  readonly process: LocalProcess
  private readonly host: ServiceHost
  private readonly mesh: Mesh
  private readonly locks = new Map<string, Lock>()

  constructor(host: ServiceHost) {
    this.host = host
    this.mesh = new Mesh(host)
    this.process = host.spawn({ permanent: true, event: (event) => this.event(event) })
  }

  private event(event: ProcessEvent): void {
    if (event.kind === 'message') this.message(event.payload, event.via)
    else if (event.kind === 'down') this.lost(referenceKey(event.reference))
  }

  private message(payload: Uint8Array, via: Via): void {
    const message = readGenMessage(payload)
    if (message?.kind === 'call') this.call(message, decodeBare(message.request))
    else if (message?.kind === 'cast') this.cast(decodeBare(message.request), via)
  }

  private cast(request: Term, via: Via): void {
    if (!isTuple(request, 4)) return
    const [what, , node] = request.elements
    if (what === undefined || !isAtom(what, 'init_connect') || node?.kind !== 'atom') return
    if (node.name !== via?.peer.name) return
    const answer = tuple(atom('in_sync'), atom(this.host.name), atom('true'))
    this.process.send({ kind: 'name', name: serverName, node: node.name }, tuple(atom('$gen_cast'), answer))
    this.mesh.add(node.name)
  }

  private call(call: GenCall, request: Term): void {
    const [what, id] = isTuple(request, 2) ? request.elements : [request, undefined]
    const lock = id !== undefined && isTuple(id, 2) ? keysOf(id.elements) : null
    if (isAtom(what as Term, 'get_known')) replyTo(this.process, call, nothing)
    else if (isAtom(what as Term, 'set_lock') && lock !== null) this.set(call, lock.resource, lock.requester)
    else if (isAtom(what as Term, 'del_lock') && lock !== null) this.del(call, lock.resource, lock.requester)
    else this.host.log.debug({ from: call.from.node }, 'global: an unknown request')
  }

  private set(call: GenCall, resource: string, requester: string): void {
    const lock = this.locks.get(resource) ?? { requester, holders: new Map<string, Holder>() }
    const free = lock.requester === requester
    if (free) {
      this.locks.set(resource, lock)
      this.hold(lock, call.from)
    }
    replyTo(this.process, call, free ? granted : refused)
  }

  private hold(lock: Lock, pid: Pid): void {
    if (lock.holders.has(pidKey(pid))) return
    const reference = this.process.monitor(pid)
    lock.holders.set(pidKey(pid), {
      monitor: referenceKey(reference),
      release: () => this.process.demonitor(reference),
    })
  }

  private del(call: GenCall, resource: string, requester: string): void {
    const lock = this.locks.get(resource)
    const holder = lock?.requester === requester ? lock.holders.get(pidKey(call.from)) : undefined
    if (lock !== undefined && holder !== undefined) {
      holder.release()
      this.drop(resource, lock, pidKey(call.from))
    }
    replyTo(this.process, call, granted)
  }

  private drop(resource: string, lock: Lock, holder: string): void {
    lock.holders.delete(holder)
    if (lock.holders.size === 0) this.locks.delete(resource)
  }

  private lost(monitor: string): void {
    for (const [resource, lock] of [...this.locks]) {
      for (const [key, holder] of lock.holders) if (holder.monitor === monitor) this.drop(resource, lock, key)
    }
  }
}

function keysOf([resource, requester]: readonly Term[]): { resource: string; requester: string } | null {
  if (resource === undefined || requester === undefined) return null
  return { resource: keyOf(resource), requester: keyOf(requester) }
}

function keyOf(term: Term): string {
  return Buffer.from(encodeBare(term)).toString('latin1')
}
