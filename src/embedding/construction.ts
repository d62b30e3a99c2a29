/**
 * JavaScript → OCaml, the second pass: writes the values of a tape (intake.ts) into the room that the first pass has
 * measured. Nothing can fail, nothing collects, and no code of the program runs.
 */

import type {
  BlockConstructor,
  BoxedInteger,
  Codec,
  ConstantConstructor,
  Field,
  PolymorphicTag,
  RecordCodec,
} from '../bridge/codec.ts'
import { type Heap, stringWords } from '../bridge/heap.ts'
import type { LibraryBuilder } from '../bridge/library-builder.ts'
import { tags } from '../codegen/layout.ts'
import { asRoot } from './intake.ts'

export class Construction {
  private readonly heap: Heap
  private readonly library: LibraryBuilder
  private tape: readonly unknown[] = []
  private at = 0
  /** Where the last part goes that `step` leaves to its caller, so that values that nest there take no stack. */
  private slot = 0

  constructor(heap: Heap, library: LibraryBuilder) {
    this.heap = heap
    this.library = library
  }

  /** Builds the values of a tape into consecutive slots from `slot` on. */
  build(codecs: readonly Codec[], tape: readonly unknown[], slot: number): void {
    this.tape = tape
    this.at = 0
    for (let i = 0; i < codecs.length; i++) this.value(codecs[i] as Codec, slot + i * 8)
  }

  private next(): unknown {
    return this.tape[this.at++]
  }

  private value(codec: Codec, slot: number): void {
    let rest = this.step(codec, slot)
    while (rest !== undefined) rest = this.step(rest, this.slot)
  }

  /** Builds a value but for its last part, whose slot and codec it leaves. */
  private step(codec: Codec, slot: number): Codec | undefined {
    if (codec.kind === 'opaque') return this.copyRoot(slot)
    if (codec.kind === 'recursive') {
      this.slot = slot
      return codec.target
    }
    const item = this.next()
    if (item === asRoot) return this.copyRoot(slot)
    switch (codec.kind) {
      case 'int':
      case 'char':
        this.heap.setInt(slot, item as number | bigint)
        return undefined
      case 'boxed-integer':
        return this.boxedInteger(codec, slot, item as number | bigint)
      case 'float':
        this.heap.doubles[this.take(slot, 1, tags.double) >>> 3] = item as number
        return undefined
      case 'bool':
        this.heap.setSmall(slot, item === true ? 1 : 0)
        return undefined
      case 'unit':
        this.heap.setSmall(slot, 0)
        return undefined
      case 'string':
        return this.string(slot, item as Uint8Array)
      case 'list':
        return this.list(codec.element, slot, item as number)
      case 'array':
        return this.array(codec, slot, item as number)
      case 'tuple':
        return this.fill(codec.elements, this.take(slot, codec.elements.length, 0))
      case 'option':
        return this.option(codec.element, slot, item === true)
      case 'record':
        return this.record(codec, slot)
      case 'variant':
        return this.variant(slot, item as ConstantConstructor | BlockConstructor)
      case 'polymorphic-variant':
        return this.polymorphicVariant(slot, item as PolymorphicTag)
      case 'hash-table':
        return this.hashTable(codec, slot, item as number)
      case 'search-tree':
        return this.searchTree(codec, slot, item as number)
    }
  }

  private copyRoot(slot: number): undefined {
    this.heap.copyValue(slot, this.next() as number)
  }

  /** A new block, stored in a slot. */
  private take(slot: number, wosize: number, tag: number): number {
    const block = this.heap.take(wosize, tag)
    this.heap.setAddress(slot, block)
    return block
  }

  /** The values of consecutive slots, but for the last. */
  private fill(codecs: readonly Codec[], first: number): Codec | undefined {
    const last = codecs.length - 1
    for (let i = 0; i < last; i++) this.value(codecs[i] as Codec, first + i * 8)
    this.slot = first + last * 8
    return codecs[last]
  }

  private option(element: Codec, slot: number, isThere: boolean): Codec | undefined {
    if (isThere) {
      this.slot = this.take(slot, 1, 0)
      return element
    }
    this.heap.setSmall(slot, 0)
    return undefined
  }

  private boxedInteger(codec: BoxedInteger, slot: number, n: number | bigint): undefined {
    const { heap } = this
    const block = this.take(slot, 2, tags.custom)
    heap.words[block >>> 2] = codec.operations
    heap.words[(block >>> 2) + 1] = 0
    heap.values[(block >>> 3) + 1] = BigInt(n)
  }

  private string(slot: number, bytes: Uint8Array): undefined {
    const { heap } = this
    const wosize = stringWords(bytes.length) - 1
    const block = this.take(slot, wosize, tags.string)
    const last = block + wosize * 8
    heap.words[(last - 8) >>> 2] = 0
    heap.words[(last - 4) >>> 2] = 0
    heap.bytes.set(bytes, block)
    heap.bytes[last - 1] = wosize * 8 - 1 - bytes.length
  }

  private list(element: Codec, slot: number, count: number): undefined {
    let tail = slot
    for (let i = 0; i < count; i++) {
      const cell = this.take(tail, 2, 0)
      this.value(element, cell)
      tail = cell + 8
    }
    this.heap.setSmall(tail, 0)
  }

  private array(codec: Codec & { readonly kind: 'array' }, slot: number, count: number): undefined {
    const { heap } = this
    if (count === 0) heap.setAddress(slot, heap.atom(0))
    const block = count === 0 ? 0 : this.take(slot, count, codec.flat ? tags.doubleArray : 0)
    for (let i = 0; i < count; i++) {
      if (codec.flat) heap.doubles[(block >>> 3) + i] = this.next() as number
      else this.value(codec.element, block + i * 8)
    }
  }

  private record(codec: RecordCodec, slot: number): Codec | undefined {
    const { fields, layout } = codec
    const first = layout === 'unboxed' ? slot : this.recordBlock(codec, slot)
    if (layout === 'flat') return this.floats(fields.length, first)
    const last = fields.length - 1
    for (let i = 0; i < last; i++) this.value((fields[i] as Field).codec, first + i * 8)
    this.slot = first + last * 8
    return fields[last]?.codec
  }

  private floats(count: number, first: number): undefined {
    for (let i = 0; i < count; i++) this.heap.doubles[(first >>> 3) + i] = this.next() as number
  }

  /** The slot of the first field. An exception's constructor, which comes before, is stored by whoever knows it. */
  private recordBlock({ fields, first, tag }: RecordCodec, slot: number): number {
    const block = this.take(slot, fields.length + first, tag)
    if (first === 1) this.heap.setSmall(block, 0)
    return block + first * 8
  }

  private variant(slot: number, c: ConstantConstructor | BlockConstructor): Codec | undefined {
    if (c.kind === 'constant') {
      this.heap.setSmall(slot, c.index)
      return undefined
    }
    if (c.inlined !== undefined) return this.record(c.inlined, slot)
    return this.fill(c.arguments, c.kind === 'unboxed' ? slot : this.take(slot, c.arguments.length, c.tag))
  }

  private polymorphicVariant(slot: number, tag: PolymorphicTag): Codec | undefined {
    const { heap } = this
    if (this.next() === false) {
      heap.setSmall(slot, tag.hash)
      return undefined
    }
    const block = this.take(slot, 2, 0)
    heap.setSmall(block, tag.hash)
    return this.fill(tag.arguments, tag.isTuple ? this.take(block + 8, tag.arguments.length, 0) : block + 8)
  }

  private hashTable(codec: Codec & { readonly kind: 'hash-table' }, slot: number, count: number): undefined {
    const table = this.library.hashTable(slot, count)
    for (let i = 0; i < count; i++) {
      const { key, data } = table.nextBinding()
      this.value(codec.key, key)
      this.value(codec.data, data)
      table.bind()
    }
  }

  private searchTree(
    codec: Codec & { readonly kind: 'search-tree' },
    slot: number,
    count: number,
  ): undefined {
    const tree = this.library.searchTree(slot, count)
    for (let i = 0; i < count; i++) {
      const { key, data } = tree.nextNode()
      this.value(codec.key, key)
      this.value(codec.data, data)
    }
    tree.link(codec.order ?? 'immediate')
  }
}
