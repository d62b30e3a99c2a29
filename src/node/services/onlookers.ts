/** Who watches or is linked to a running call besides its caller: what is to be told when the call ends. */

import type { Pid, Reference } from '../../erlang-term-format/index.ts'
import type { Link, Monitor } from '../control.ts'
import { pidKey, referenceKey } from '../encoded.ts'
import type { ProcessHost, Via } from '../process.ts'

type Relation = Monitor | Link

interface Onlooker {
  readonly relation: Relation
  /** What has counted it. */
  readonly via: Via
}

export class Onlookers {
  private readonly host: ProcessHost
  private readonly byKey = new Map<string, Onlooker>()

  constructor(host: ProcessHost) {
    this.host = host
  }

  add(relation: Relation, via: Via): void {
    const key = keyOf(relation)
    if (this.byKey.has(key)) return
    via?.hold()
    this.byKey.set(key, { relation, via })
  }

  dropMonitor(reference: Reference): void {
    this.drop(monitorKey(reference))
  }

  dropLink(from: Pid): void {
    this.drop(linkKey(from))
  }

  private drop(key: string): void {
    this.byKey.get(key)?.via?.release()
    this.byKey.delete(key)
  }

  dropOf(node: string): void {
    for (const [key, { relation }] of this.byKey) if (relation.from.node === node) this.drop(key)
  }

  /** The call is over. */
  tell(reason: Uint8Array): void {
    for (const { relation } of this.byKey.values()) this.tellOne(relation, reason)
    this.dropAll()
  }

  dropAll(): void {
    for (const key of [...this.byKey.keys()]) this.drop(key)
  }

  private tellOne(relation: Relation, reason: Uint8Array): void {
    if (relation.kind === 'link') {
      const { from, to } = relation
      this.host.route(from.node, { kind: 'exit', from: to, to: from, reason: null, token: null }, reason)
    } else {
      const { from: to, target: from, reference } = relation
      this.host.route(to.node, { kind: 'monitorExit', from, to, reference, reason: null }, reason)
    }
  }
}

const linkKey = (from: Pid): string => `link ${pidKey(from)}`
const monitorKey = (reference: Reference): string => `monitor ${referenceKey(reference)}`

function keyOf(relation: Relation): string {
  return relation.kind === 'link' ? linkKey(relation.from) : monitorKey(relation.reference)
}
