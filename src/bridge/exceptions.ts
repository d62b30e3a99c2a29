/**
 * OCaml exceptions as Erlang reasons: `{ocaml, Name, Args}`.
 *
 * An exception without arguments is its constructor, a block of tag Object [name, id]; with arguments it is a block [constructor, …]. A
 * constructor that an interface of a loaded unit declares is known by its id, and its arguments are encoded by their types; another one's
 * arguments by what they look like.
 */

import { tags } from '../codegen/layout.ts'
import type { Domain } from '../engine/domain.ts'
import { type Env, findByName, type StructureComponents } from '../typing/env.ts'
import type { Address } from '../typing/ident.ts'
import type { ConstructorDescription } from '../typing/types.ts'
import { BorderError } from './border-error.ts'
import type { BlockConstructor, Codec } from './codec.ts'
import { CodecDeriver } from './derive.ts'
import { type Encoder, TooLarge, Unencodable } from './encode.ts'
import { componentsOfUnit } from './exports.ts'
import { Heap } from './heap.ts'
import { nameOf } from './names.ts'

type Payload = Pick<BlockConstructor, 'arguments' | 'inlined'>

const ocaml = nameOf('ocaml').encoded
const unknown = new TextEncoder().encode('_')
/** Longer names are cut: an atom has at most this many characters. */
const longestAtom = 255

export class ExceptionEncoder {
  private readonly domain: Domain
  private readonly env: Env
  private readonly heap: Heap
  private readonly encoder: Encoder
  /** Payloads by the constructor's id. */
  private readonly known = new Map<number | bigint, Payload>()
  private unitsSeen = 0

  constructor(domain: Domain, env: Env, heap: Heap, encoder: Encoder) {
    this.domain = domain
    this.env = env
    this.heap = heap
    this.encoder = encoder
  }

  /** Appends the reason for the exception that has just ended a thread. */
  encode(owner: Uint8Array): void {
    const { encoder, heap } = this
    encoder.start('exception', owner)
    const exception = heap.addressAt(Heap.exceptionSlot)
    const isConstant = heap.tagOf(exception) === tags.object
    const identity = isConstant ? exception : heap.addressAt(exception)
    const { writer } = encoder
    writer.tupleHeader(3)
    writer.raw(ocaml)
    writer.atom(
      Array.from(heap.stringText(heap.addressAt(identity)))
        .slice(0, longestAtom)
        .join(''),
    )
    const start = writer.length
    try {
      this.arguments(exception, isConstant ? undefined : this.payloadOf(identity))
    } catch (error) {
      if (!(error instanceof Unencodable || error instanceof TooLarge)) throw error
      encoder.abandon()
      writer.length = start
      this.byShape(exception)
    }
  }

  private arguments(exception: number, payload: Payload | undefined): void {
    const { encoder } = this
    const codecs = payload?.inlined === undefined ? payload?.arguments : [payload.inlined]
    if (codecs === undefined) return this.byShape(exception)
    encoder.writer.listHeader(codecs.length)
    codecs.forEach((codec, i) => {
      this.argument(codec, exception, i)
    })
    encoder.writer.nil()
  }

  /** An inline record's fields are in the exception's own block, which the exception's slot points to. */
  private argument(codec: Codec, exception: number, index: number): void {
    const inlined = codec.kind === 'record' && codec.first === 1
    this.encoder.encode(codec, inlined ? Heap.exceptionSlot : exception + (index + 1) * 8)
  }

  // -------------------------------------------------------------------------------------------------------
  // Unknown constructors

  private byShape(exception: number): void {
    const { heap } = this
    const { writer } = this.encoder
    const count = heap.tagOf(exception) === tags.object ? 0 : heap.wosizeOf(exception) - 1
    if (count > 0) writer.listHeader(count)
    for (let i = 1; i <= count; i++) this.shape(exception + i * 8)
    writer.nil()
  }

  private shape(slot: number): void {
    const { heap } = this
    const { writer } = this.encoder
    if (heap.isImmediate(slot)) return writer.int(heap.intAt(slot))
    const block = heap.addressAt(slot)
    const tag = heap.tagOf(block)
    const double = heap.doubles[block >>> 3] as number
    if (tag === tags.double && Number.isFinite(double)) writer.float(double)
    else if (tag === tags.string) writer.binary(heap.bytes.slice(block, block + heap.stringLength(block)))
    else writer.binary(unknown)
  }

  // -------------------------------------------------------------------------------------------------------
  // Known constructors

  private payloadOf(identity: number): Payload | undefined {
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
      const payload = new CodecDeriver(this.env).exceptionPayload(description)
      this.known.set(this.heap.intAt(identity + 8), payload)
    } catch (error) {
      if (!(error instanceof BorderError)) throw error
    }
  }
}
