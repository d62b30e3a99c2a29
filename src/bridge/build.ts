/**
 * The second pass over arguments: writes their values into the room that the checker has measured. The terms are known to fit, so nothing can
 * fail, and nothing collects.
 *
 * Every value is written to a *slot*: the word of the block (or the argument area) that is to hold it. Blocks follow each other upwards in
 * the reserved room. What comes last in a block is built in the caller's loop, as in the checker.
 */

import { Crash } from '../base/diagnostic.ts'
import { tags } from '../codegen/layout.ts'
import { encodeBare, isAtomTag, Tag, TermCursor } from '../erlang-term-format/index.ts'
import { TermBuilder } from './build-term.ts'
import { CharWriter, walkChardata } from './chardata.ts'
import type {
  BlockConstructor,
  BoxedInteger,
  Codec,
  Field,
  HashTable,
  OpaqueCodec,
  PolymorphicVariant,
  RecordCodec,
  SearchTree,
  VariantCodec,
} from './codec.ts'
import type { ExceptionPayloads } from './exception-payloads.ts'
import type { FunClosures } from './fun-closures.ts'
import { isFunTag } from './fun-term.ts'
import type { Handles } from './handles.ts'
import { type Heap, stringWords } from './heap.ts'
import type { LibraryBuilder } from './library-builder.ts'
import { spreadCodes } from './spread-codes.ts'

const nothing = new Uint8Array(0)

export class Builder {
  private readonly cursor = new TermCursor(nothing)
  private readonly chars = new CharWriter(nothing, 0)
  private readonly heap: Heap
  private readonly handles: Handles
  private readonly library: LibraryBuilder
  private readonly funs: FunClosures | undefined
  private readonly exceptions: ExceptionPayloads | undefined
  private readonly terms: TermBuilder
  private tape: readonly number[] = []
  private tapeAt = 0
  /** Where the last part goes that `step` leaves to its caller. */
  private slot = 0

  constructor(
    heap: Heap,
    handles: Handles,
    library: LibraryBuilder,
    funs?: FunClosures,
    exceptions?: ExceptionPayloads,
  ) {
    this.heap = heap
    this.exceptions = exceptions
    this.handles = handles
    this.funs = funs
    this.library = library
    this.terms = new TermBuilder(heap, this.cursor)
  }

  /** Builds the values of terms that the checker has passed, into consecutive slots from `slot` on. */
  arguments(
    codecs: readonly Codec[],
    bytes: Uint8Array,
    offset: number,
    tape: readonly number[],
    slot: number,
  ): void {
    this.cursor.reset(bytes, offset)
    this.tape = tape
    this.tapeAt = 0
    for (let i = 0; i < codecs.length; i++) this.build(codecs[i] as Codec, slot + i * 8)
    if (!this.heap.isFull) throw new Crash('the size of a decoded value was wrong')
  }

  private build(codec: Codec, slot: number): void {
    let rest = this.step(codec, slot)
    while (rest !== undefined) rest = this.step(rest, this.slot)
  }

  /** Builds a value but for its last part, whose slot and codec it leaves. */
  private step(codec: Codec, slot: number): Codec | undefined {
    switch (codec.kind) {
      case 'int':
      case 'char':
      case 'uchar':
        this.heap.setInt(slot, this.cursor.readInteger())
        return undefined
      case 'boxed-integer':
        return this.boxedInteger(codec, slot)
      case 'float':
        return this.boxedFloat(slot)
      case 'bool':
        this.heap.setSmall(slot, this.cursor.readAtom() === 'true' ? 1 : 0)
        return undefined
      case 'unit':
        this.cursor.skip()
        this.heap.setSmall(slot, 0)
        return undefined
      case 'string':
        return this.string(slot)
      case 'list':
        return this.list(codec.element, slot)
      case 'array':
        return this.array(codec, slot)
      case 'tuple':
        this.cursor.readTupleArity()
        return this.block(codec.elements, 0, slot)
      case 'option':
        return this.option(codec, slot)
      case 'record':
        return codec.tupleName === undefined ? this.record(codec, slot) : this.taggedRecord(codec, slot)
      case 'variant':
        return this.variant(codec, slot)
      case 'polymorphic-variant':
        return this.polymorphicVariant(codec, slot)
      case 'hash-table':
        return this.hashTable(codec, slot)
      case 'search-tree':
        return this.searchTree(codec, slot)
      case 'term':
        return this.terms.term(slot) as undefined
      case 'identifier':
        return this.terms.identifier(slot, codec.of) as undefined
      case 'exception':
        return this.exception(slot)
      case 'bindings':
        return this.bindings(codec, slot)
      case 'converted':
        this.slot = slot
        return codec.wire
      case 'opaque':
        return this.opaque(codec, slot)
      case 'recursive':
        this.slot = slot
        return codec.target
    }
  }

  /** A new block, stored in a slot. */
  private take(slot: number, wosize: number, tag: number): number {
    const block = this.heap.take(wosize, tag)
    this.heap.setAddress(slot, block)
    return block
  }

  /** A block of these fields, but for the last. */
  private block(codecs: readonly Codec[], tag: number, slot: number): Codec | undefined {
    return this.fill(codecs, this.take(slot, codecs.length, tag))
  }

  private fill(codecs: readonly Codec[], first: number): Codec | undefined {
    const last = codecs.length - 1
    for (let i = 0; i < last; i++) this.build(codecs[i] as Codec, first + i * 8)
    this.slot = first + last * 8
    return codecs[last]
  }

  private boxedInteger(codec: BoxedInteger, slot: number): undefined {
    const { heap } = this
    const n = this.cursor.readInteger()
    const block = this.take(slot, 2, tags.custom)
    heap.words[block >>> 2] = codec.operations
    heap.words[(block >>> 2) + 1] = 0
    heap.values[(block >>> 3) + 1] = BigInt(n)
  }

  private readNumber(): number {
    const tag = this.cursor.peekTag()
    if (tag === Tag.newFloat || tag === Tag.oldFloat) return this.cursor.readFloat()
    return Number(this.cursor.readInteger())
  }

  private boxedFloat(slot: number): undefined {
    const block = this.take(slot, 1, tags.double)
    this.heap.doubles[block >>> 3] = this.readNumber()
  }

  private string(slot: number): undefined {
    const { cursor, heap } = this
    if (cursor.peekTag() === Tag.binary) {
      const length = cursor.readBinaryLength()
      const from = cursor.take(length)
      heap.copyBytes(this.stringBlock(slot, length), cursor.bytes, from, length)
    } else {
      this.chars.at = this.stringBlock(slot, this.tape[this.tapeAt++] as number)
      this.chars.target = heap.bytes
      walkChardata(cursor, this.chars)
    }
  }

  /** The block of a string of `length` bytes, padded. */
  private stringBlock(slot: number, length: number): number {
    const { heap } = this
    const wosize = stringWords(length) - 1
    const block = this.take(slot, wosize, tags.string)
    const last = block + wosize * 8
    heap.words[(last - 8) >>> 2] = 0
    heap.words[(last - 4) >>> 2] = 0
    heap.bytes[last - 1] = wosize * 8 - 1 - length
    return block
  }

  // -------------------------------------------------------------------------------------------------------
  // Lists and arrays

  /** Where the next cell of the list goes is in `slot`. */
  private list(element: Codec, slot: number): undefined {
    const { cursor } = this
    let tail = slot
    let more = cursor.readListTail()
    for (; more > 0; more = cursor.readListTail()) tail = this.cells(element, more, tail)
    if (more < 0) tail = this.codes((count) => this.cells(element, count, tail))
    this.heap.setSmall(tail, 0)
  }

  /** `count` cells; the slot of the tail. */
  private cells(element: Codec, count: number, slot: number): number {
    let tail = slot
    for (let i = 0; i < count; i++) {
      const cell = this.take(tail, 2, 0)
      this.build(element, cell)
      tail = cell + 8
    }
    return tail
  }

  /** Runs `build` over the elements of a STRING_EXT. */
  private codes<Result>(build: (count: number) => Result): Result {
    const { cursor } = this
    const codes = cursor.readStringView()
    const { bytes, offset, end } = cursor
    cursor.reset(spreadCodes(codes))
    const result = build(codes.length)
    cursor.reset(bytes, offset, end)
    return result
  }

  private array(codec: Codec & { readonly kind: 'array' }, slot: number): undefined {
    const { cursor, heap } = this
    const count = this.tape[this.tapeAt++] as number
    if (count === 0) heap.setAddress(slot, heap.atom(0))
    const place = { at: count === 0 ? 0 : this.take(slot, count, codec.flat ? tags.doubleArray : 0) }
    let more = cursor.readListTail()
    for (; more > 0; more = cursor.readListTail()) this.items(codec, more, place)
    if (more < 0) this.codes((codes) => this.items(codec, codes, place))
  }

  private items(codec: Codec & { readonly kind: 'array' }, count: number, place: { at: number }): number {
    const { heap } = this
    for (let i = 0; i < count; i++) {
      if (codec.flat) heap.doubles[place.at >>> 3] = this.readNumber()
      else this.build(codec.element, place.at)
      place.at += 8
    }
    return count
  }

  // -------------------------------------------------------------------------------------------------------
  // Variants

  private option(codec: Codec & { readonly kind: 'option' }, slot: number): Codec | undefined {
    const { cursor, heap } = this
    if (isAtomTag(cursor.peekTag())) {
      cursor.skip()
      heap.setSmall(slot, 0)
      return undefined
    }
    cursor.readTupleArity()
    cursor.skip()
    this.slot = this.take(slot, 1, 0)
    return codec.element
  }

  /** The name of an atom or of a tagged tuple. */
  private readTag(): string {
    if (!isAtomTag(this.cursor.peekTag())) this.cursor.readTupleArity()
    return this.cursor.readAtom()
  }

  private variant(codec: VariantCodec, slot: number): Codec | undefined {
    const c = codec.byName.get(this.readTag())
    if (c === undefined) throw new Crash('a constructor that was there is gone')
    if (c.kind !== 'constant') return this.payload(c, slot)
    this.heap.setSmall(slot, c.index)
    return undefined
  }

  private payload(c: BlockConstructor, slot: number): Codec | undefined {
    this.slot = slot
    if (c.inlined !== undefined) return c.inlined
    return c.kind === 'unboxed' ? c.arguments[0] : this.block(c.arguments, c.tag, slot)
  }

  private polymorphicVariant(codec: PolymorphicVariant, slot: number): Codec | undefined {
    const { heap } = this
    const isConstant = isAtomTag(this.cursor.peekTag())
    const tag = codec.byName.get(this.readTag())
    if (tag === undefined) throw new Crash('a tag that was there is gone')
    if (isConstant) {
      heap.setSmall(slot, tag.hash)
      return undefined
    }
    const block = this.take(slot, 2, 0)
    heap.setSmall(block, tag.hash)
    if (tag.isTuple) return this.block(tag.arguments, 0, block + 8)
    this.slot = block + 8
    return tag.arguments[0]
  }

  // -------------------------------------------------------------------------------------------------------
  // Records and maps

  /** The slot of a record's first field. */
  private recordBlock(codec: RecordCodec, slot: number): number {
    if (codec.layout === 'unboxed') return slot
    // Of an inline record of an exception, the exception's block, which has its constructor already.
    if (codec.first === 1) return slot + 8
    return this.take(slot, codec.fields.length, codec.tag)
  }

  private taggedRecord(codec: RecordCodec, slot: number): Codec | undefined {
    this.readTag()
    const first = this.recordBlock(codec, slot)
    const last = codec.fields.length - 1
    for (let i = 0; i < last; i++) this.field(codec, i, first)
    return this.lastField(codec, last, first)
  }

  private record(codec: RecordCodec, slot: number): Codec | undefined {
    const { cursor } = this
    const size = cursor.readMapSize()
    const first = this.recordBlock(codec, slot)
    for (let i = 1; i < size; i++) this.field(codec, this.readKey(codec), first)
    return this.lastField(codec, this.readKey(codec), first)
  }

  private readKey(codec: RecordCodec): number {
    return codec.byName.get(this.cursor.readAtom()) as number
  }

  private field(codec: RecordCodec, index: number, first: number): void {
    if (codec.layout === 'flat') this.heap.doubles[(first >>> 3) + index] = this.readNumber()
    else this.build((codec.fields[index] as Field).codec, first + index * 8)
  }

  private lastField(codec: RecordCodec, index: number, first: number): Codec | undefined {
    if (codec.layout === 'flat') {
      this.field(codec, index, first)
      return undefined
    }
    this.slot = first + index * 8
    return codec.fields[index]?.codec
  }

  private hashTable(codec: HashTable, slot: number): undefined {
    const size = this.cursor.readMapSize()
    const table = this.library.hashTable(slot, size)
    for (let i = 0; i < size; i++) {
      const { key, data } = table.nextBinding()
      this.build(codec.key, key)
      this.build(codec.data, data)
      table.bind()
    }
  }

  private searchTree(codec: SearchTree, slot: number): undefined {
    const size = this.cursor.readMapSize()
    const tree = this.library.searchTree(slot, size)
    for (let i = 0; i < size; i++) {
      const { key, data } = tree.nextNode()
      this.build(codec.key, key)
      this.build(codec.data, data)
    }
    tree.link(codec.order ?? 'immediate')
  }

  /** A list of pairs. */
  private bindings(codec: Codec & { readonly kind: 'bindings' }, slot: number): undefined {
    const size = this.cursor.readMapSize()
    let tail = slot
    for (let i = 0; i < size; i++) {
      const cell = this.take(tail, 2, 0)
      const pair = this.take(cell, 2, 0)
      this.build(codec.key, pair)
      this.build(codec.data, pair + 8)
      tail = cell + 8
    }
    this.heap.setSmall(tail, 0)
  }

  private exception(slot: number): undefined {
    const { cursor, heap, exceptions } = this
    cursor.readTupleArity()
    cursor.skip()
    const known = exceptions?.named(cursor.readAtom())
    if (exceptions === undefined || known === undefined)
      throw new Crash('an exception that was there is gone')
    const { arguments: args, inlined } = known.payload
    const size = inlined === undefined ? args.length : inlined.fields.length
    const block = size === 0 ? slot : this.take(slot, size + 1, 0)
    heap.copyValue(block, exceptions.slotOf(known))
    const build = (): void => {
      if (inlined !== undefined) this.build(inlined, block)
      else for (let i = 0; i < args.length; i++) this.build(args[i] as Codec, block + (i + 1) * 8)
    }
    if (cursor.peekTag() === Tag.string) this.codes(build)
    else {
      cursor.readListTail()
      build()
      if (size > 0) cursor.readListTail()
    }
  }

  private opaque(codec: OpaqueCodec, slot: number): undefined {
    const { cursor } = this
    const tag = cursor.peekTag()
    if (isFunTag(tag)) return this.closure(codec, cursor.readEncoded(), slot)
    const name = tag === Tag.newPid ? cursor.readPid() : cursor.readReference()
    const handle = this.handles.find(name)
    if (handle !== undefined) this.heap.copyValue(slot, handle.root)
    else if (name.kind === 'pid') this.closure(codec, encodeBare(name), slot)
    else throw new Crash('a handle that was there is gone')
  }

  /** Of a fun, or of a process that stands for a channel. */
  private closure(codec: OpaqueCodec, encoded: Uint8Array, slot: number): undefined {
    if (this.funs === undefined) throw new Crash('a fun where none can come')
    this.funs.build(slot, codec, encoded)
  }
}
