/**
 * What the exceptions that a domain may raise carry. A constructor that an interface of a loaded unit declares is known by its id, which the
 * block of each of its exceptions refers to.
 */

import type { Domain } from '../engine/domain.ts'
import { type Env, findByName, type StructureComponents } from '../typing/env.ts'
import type { Address } from '../typing/ident.ts'
import type { ConstructorDescription } from '../typing/types.ts'
import { BorderError } from './border-error.ts'
import type { BlockConstructor } from './codec.ts'
import { CodecDeriver } from './derive.ts'
import { componentsOfUnit } from './exports.ts'
import type { Heap } from './heap.ts'
import { erlangNames, type Naming } from './names.ts'

export type Payload = Pick<BlockConstructor, 'arguments' | 'inlined'>

export class ExceptionPayloads {
  private readonly domain: Domain
  private readonly env: Env
  private readonly heap: Heap
  private readonly naming: Naming
  /** By the constructor's id. */
  private readonly known = new Map<number | bigint, Payload>()
  private unitsSeen = 0

  constructor(domain: Domain, env: Env, heap: Heap, naming: Naming = erlangNames) {
    this.domain = domain
    this.env = env
    this.heap = heap
    this.naming = naming
  }

  /** Of the constructor at an address; undefined if no interface tells. */
  of(identity: number): Payload | undefined {
    const id = this.heap.intAt(identity + 8)
    const { all } = this.domain.linker
    if (!this.known.has(id) && this.unitsSeen === 0) this.learnPredefined()
    for (; !this.known.has(id) && this.unitsSeen < all.length; this.unitsSeen++) {
      const unit = all[this.unitsSeen]
      const components = unit === undefined ? undefined : componentsOfUnit(this.env, unit.compiled.name)
      if (unit !== undefined && components !== undefined) this.learn(components, unit.block)
    }
    return this.known.get(id)
  }

  private learnPredefined(): void {
    const { heap } = this
    const block = this.domain.runtime.exports.caml_predef() >>> 0
    for (let i = 0; i < heap.wosizeOf(block); i++) {
      const identity = heap.addressAt(block + i * 8)
      const entry = findByName(this.env.constructors, heap.stringText(heap.addressAt(identity)))
      if (entry !== undefined) this.add(identity, entry.description)
    }
  }

  private learn(components: StructureComponents, block: number): void {
    for (const entries of components.constructors.values()) {
      for (const { address, description } of entries) {
        const identity = description.tag.kind === 'extension' ? this.follow(address, block) : undefined
        if (identity !== undefined) this.add(identity, description)
      }
    }
    for (const [entry] of components.modules.values()) {
      // An alias has the fields of the module that it stands for, which is learnt in its own place.
      if (entry?.components.kind !== 'structure' || entry.description.kind === 'alias') continue
      const inner = this.follow(entry.address, block)
      if (inner !== undefined) this.learn(entry.components, inner)
    }
  }

  /** The block that the last field of an address holds, `block` being the module around it. */
  private follow(address: Address | undefined, block: number): number | undefined {
    if (address?.kind !== 'field') return undefined
    const slot = block + address.position * 8
    return this.heap.isImmediate(slot) ? undefined : this.heap.addressAt(slot)
  }

  private add(identity: number, description: ConstructorDescription): void {
    try {
      const payload = new CodecDeriver(this.env, this.naming).exceptionPayload(description)
      this.known.set(this.heap.intAt(identity + 8), payload)
    } catch (error) {
      if (!(error instanceof BorderError)) throw error
    }
  }
}
