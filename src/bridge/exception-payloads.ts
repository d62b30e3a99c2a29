/**
 * What the exceptions that a domain may raise carry. A constructor that an interface of a loaded unit declares is known by its id, which the
 * block of each of its exceptions refers to, and by its name, when no other one has that. Where it is may change, so what is kept is the way
 * there from its unit's block.
 */

import type { Domain } from '../engine/domain.ts'
import { type Env, findByName, type StructureComponents } from '../typing/env.ts'
import type { Address } from '../typing/ident.ts'
import type { ConstructorDescription } from '../typing/types.ts'
import { BorderError } from './border-error.ts'
import type { BlockConstructor, Codec } from './codec.ts'
import { CodecDeriver } from './derive.ts'
import { componentsOfUnit } from './exports.ts'
import type { Heap } from './heap.ts'
import { erlangNames, type Naming } from './names.ts'

export type Payload = Pick<BlockConstructor, 'arguments' | 'inlined'>

/** The fields to follow from the block of a unit; the last one is the end. */
interface Way {
  readonly block: number
  readonly fields: readonly number[]
}

/** A constructor: what its exceptions carry, and the way to it. */
export interface KnownException extends Way {
  readonly payload: Payload
  readonly id: number | bigint
}

/** The codecs of the arguments. An inline record is one. */
export function argumentsOf({ arguments: args, inlined }: Payload): readonly Codec[] {
  return inlined === undefined ? args : [inlined]
}

export class ExceptionPayloads {
  private readonly domain: Domain
  private readonly env: Env
  private readonly heap: Heap
  private readonly naming: Naming
  /** By the constructor's id. */
  private readonly known = new Map<number | bigint, Payload>()
  private readonly byName = new Map<string, KnownException | 'several'>()
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
    this.learnUntil(() => this.known.has(id))
    return this.known.get(id)
  }

  /** The constructor of this name, as OCaml prints it; undefined if there is none, or several that differ. */
  named(name: string): KnownException | undefined {
    this.heap.refresh()
    this.learnUntil(() => false)
    const found = this.byName.get(name)
    return found === 'several' ? undefined : found
  }

  /** The slot that holds a constructor. */
  slotOf({ block, fields }: Way): number {
    return fields.reduce((at, field, i) => (i === 0 ? at : this.heap.addressAt(at)) + field * 8, block)
  }

  private learnUntil(enough: () => boolean): void {
    const { all } = this.domain.linker
    if (!enough() && this.unitsSeen === 0) this.learnPredefined()
    for (; !enough() && this.unitsSeen < all.length; this.unitsSeen++) {
      const unit = all[this.unitsSeen]
      const components = unit === undefined ? undefined : componentsOfUnit(this.env, unit.compiled.name)
      if (unit !== undefined && components !== undefined) this.learn(components, unit.block, [])
    }
  }

  private learnPredefined(): void {
    const { heap } = this
    const block = this.domain.runtime.exports.caml_predef() >>> 0
    for (let i = 0; i < heap.wosizeOf(block); i++) {
      const entry = findByName(
        this.env.constructors,
        heap.stringText(heap.addressAt(heap.addressAt(block + i * 8))),
      )
      if (entry !== undefined) this.add(block, [i], entry.description)
    }
  }

  /** `way`: the fields from the unit's block to that of the module. */
  private learn(components: StructureComponents, block: number, way: readonly number[]): void {
    for (const entries of components.constructors.values()) {
      for (const { address, description } of entries) {
        const field = description.tag.kind === 'extension' ? fieldOf(address) : undefined
        if (field !== undefined) this.add(block, [...way, field], description)
      }
    }
    for (const [entry] of components.modules.values()) {
      // An alias has the fields of the module that it stands for, which is learnt in its own place.
      if (entry?.components.kind !== 'structure' || entry.description.kind === 'alias') continue
      const field = fieldOf(entry.address)
      if (field !== undefined && this.leads(block, [...way, field]))
        this.learn(entry.components, block, [...way, field])
    }
  }

  /** Whether there is a block at the end of the way. */
  private leads(block: number, way: readonly number[]): boolean {
    return !this.heap.isImmediate(this.slotOf({ block, fields: way }))
  }

  private add(block: number, fields: readonly number[], description: ConstructorDescription): void {
    if (!this.leads(block, fields)) return
    try {
      const { heap } = this
      const payload = new CodecDeriver(this.env, this.naming).exceptionPayload(description)
      const identity = heap.addressAt(this.slotOf({ block, fields }))
      const id = heap.intAt(identity + 8)
      this.known.set(id, payload)
      this.name(heap.stringText(heap.addressAt(identity)), { payload, id, block, fields })
    } catch (error) {
      if (!(error instanceof BorderError)) throw error
    }
  }

  private name(name: string, exception: KnownException): void {
    const other = this.byName.get(name)
    const isOther = other === 'several' || (other !== undefined && other.id !== exception.id)
    this.byName.set(name, isOther ? 'several' : exception)
  }
}

const fieldOf = (address: Address | undefined): number | undefined =>
  address?.kind === 'field' ? address.position : undefined
