/**
 * Values → terms, directed by codecs. Reads the heap through slots (see heap.ts) and allocates nothing in it.
 *
 * Lists cost no stack, nor does what comes last in a block; other depth is bounded. A cyclic value ends at the limit on the answer's
 * size, since every turn writes at least a byte.
 */

import { customOperations } from '../codegen/layout.ts'
import { Tag, TermWriter } from '../erlang-term-format/index.ts'
import type {
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
import { TermEncoder, type TermSink } from './encode-term.ts'
import type { FunClosures } from './fun-closures.ts'
import type { HandleName, Handles } from './handles.ts'
import type { Heap } from './heap.ts'
import { bucket, hashTable, searchTree } from './library-layout.ts'
import { nameOf } from './names.ts'
import { TermPath } from './term-path.ts'
import { WrittenKeys } from './written-keys.ts'

/** A value that has no term; the message starts with its path. */
export class Unencodable extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'Unencodable'
  }
}

/** The term would be larger than a limit allows. */
export class TooLarge extends Error {
  readonly limit: 'message' | 'depth' | 'heap'
  constructor(limit: TooLarge['limit']) {
    super(limit)
    this.name = 'TooLarge'
    this.limit = limit
  }
}

type Bindings = Extract<Codec, { kind: 'bindings' }>

const maxDepth = 1000
/** A writer that has grown beyond this is replaced, so that one large answer does not keep its memory. */
const largestKept = 1 << 22
/** A term from this length on is worth handing over with its memory. */
const longTerm = 1 << 16

const atoms = {
  true: nameOf('true').encoded,
  false: nameOf('false').encoded,
  ok: nameOf('ok').encoded,
  undefined: nameOf('undefined').encoded,
  some: nameOf('some').encoded,
}

/** Appends the exception in a slot. Throws as the encoder does. */
export interface ExceptionSink {
  value(slot: number): void
}

export class Encoder {
  /** Set where there are exceptions. */
  exceptions: ExceptionSink | undefined
  writer = new TermWriter(1024)
  private readonly path = new TermPath()
  private readonly heap: Heap
  private readonly handles: Handles
  private readonly funs: FunClosures | undefined
  private readonly limit: number
  private readonly terms: TermEncoder
  private owner: Uint8Array = new Uint8Array(0)
  /** The handles that the present term has made. */
  private readonly created: HandleName[] = []
  private depth = 0
  /** Memory for an answer. */
  private spare: Uint8Array | undefined
  /** Where the last part is that `step` leaves to its caller. */
  private slot = 0

  /** `limit`: how many bytes a term may have. */
  constructor(heap: Heap, handles: Handles, limit: number, funs?: FunClosures) {
    this.heap = heap
    this.handles = handles
    this.funs = funs
    this.limit = limit
    this.terms = new TermEncoder(heap, this.sink())
  }

  /** What the encoding of an `Erlang.term` needs of this. */
  private sink(): TermSink {
    const writer = () => this.writer
    return {
      get writer() {
        return writer()
      },
      nested: (visit) => {
        if (++this.depth > maxDepth) throw new TooLarge('depth')
        if (this.writer.length > this.limit) throw new TooLarge('message')
        visit()
        this.depth -= 1
      },
      fail: (what) => this.fail(what),
    }
  }

  /** Starts a term; `what` is how messages call it, `owner` the encoded pid whose its handles will be. */
  start(what: string, owner: Uint8Array): void {
    if (this.writer.bytes.length > largestKept) this.writer = new TermWriter(1024)
    this.writer.reset()
    this.heap.refresh()
    this.owner = owner
    this.created.length = 0
    this.depth = 0
    this.path.depth = 0
    this.path.push(what, '')
  }

  /** Memory that nothing is in any more. */
  reuse({ buffer }: Uint8Array): void {
    if (buffer.byteLength <= largestKept) this.spare = new Uint8Array(buffer)
  }

  /**
   * The term, valid until the next one. A long one has its memory for itself if this has other memory to go on with: fresh memory costs
   * more than a copy.
   */
  written(): { readonly value: Uint8Array; readonly ownsValue: boolean } {
    const { writer, spare } = this
    if (writer.length > largestKept) return { value: writer.exchange(new Uint8Array(1024)), ownsValue: true }
    if (writer.length < longTerm || spare === undefined) return { value: writer.view(), ownsValue: false }
    this.spare = undefined
    return { value: writer.exchange(spare), ownsValue: true }
  }

  /** Takes back the handles of a term that will not be sent. */
  abandon(): void {
    for (const name of this.created) this.handles.release(name)
    this.created.length = 0
  }

  /** Appends the list of the arguments of a function, which are in cells of a list from `cell` on. Throws as `encode` does. */
  arguments(codecs: readonly Codec[], cell: number): void {
    if (codecs.length > 0) this.writer.listHeader(codecs.length)
    let at = cell
    codecs.forEach((codec, i) => {
      this.path.move(i + 1)
      this.encode(codec, at)
      at = this.heap.addressAt(at + 8)
    })
    this.writer.nil()
  }

  /** Appends a part of what is being written, by the numbers of the elements that lead to it. */
  part(elements: readonly number[], codec: Codec, slot: number): void {
    const outside = this.path.depth
    for (const element of elements) this.path.push('element', element)
    this.encode(codec, slot)
    this.path.depth = outside
  }

  /** Appends the value in a slot. Throws `Unencodable` or `TooLarge`. */
  encode(codec: Codec, slot: number): void {
    const outside = this.path.depth
    if (++this.depth > maxDepth) throw new TooLarge('depth')
    this.slot = slot
    let rest: Codec | undefined = codec
    while (rest !== undefined) {
      if (this.writer.length > this.limit) throw new TooLarge('message')
      rest = this.step(rest, this.slot)
    }
    this.depth -= 1
    this.path.depth = outside
  }

  /** Writes a value but for its last part, whose slot and codec it leaves. */
  private step(codec: Codec, slot: number): Codec | undefined {
    const { heap, writer } = this
    switch (codec.kind) {
      case 'int':
      case 'char':
      case 'uchar':
        writer.int(heap.intAt(slot))
        return undefined
      case 'boxed-integer':
        return this.boxedInteger(codec, slot)
      case 'float':
        return this.float(heap.addressAt(slot))
      case 'bool':
        writer.raw(heap.smallAt(slot) === 0 ? atoms.false : atoms.true)
        return undefined
      case 'unit':
        writer.raw(atoms.ok)
        return undefined
      case 'string':
        return this.string(heap.addressAt(slot))
      case 'list':
        return this.list(codec.element, slot)
      case 'array':
        return this.array(codec, heap.addressAt(slot))
      case 'tuple':
        writer.tupleHeader(codec.elements.length)
        return this.fields(codec.elements, heap.addressAt(slot), 1)
      case 'option':
        return this.option(codec, slot)
      case 'record':
        return this.record(codec, slot)
      case 'variant':
        return this.variant(codec, slot)
      case 'polymorphic-variant':
        return this.polymorphicVariant(codec, slot)
      case 'hash-table':
        return this.hashTable(codec, heap.addressAt(slot))
      case 'search-tree':
        return this.searchTree(codec, slot)
      case 'term':
        return this.terms.term(slot) as undefined
      case 'identifier':
        return this.terms.identifier(slot, codec.of) as undefined
      case 'exception':
        return this.exceptions?.value(slot) as undefined
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

  private fail(what: string): never {
    throw new Unencodable(`${this.path}: ${what}`)
  }

  // -------------------------------------------------------------------------------------------------------
  // Scalars

  private boxedInteger(codec: BoxedInteger, slot: number): undefined {
    const { heap, writer } = this
    const block = heap.addressAt(slot)
    if (codec.operations === customOperations.int32) writer.int(heap.words[(block >>> 2) + 2] as number)
    else writer.int(heap.values[(block >>> 3) + 1] as bigint)
  }

  /** The double at an address. */
  private float(address: number): undefined {
    const value = this.heap.doubles[address >>> 3] as number
    if (Number.isNaN(value)) this.fail('nan has no Erlang float')
    if (!Number.isFinite(value)) this.fail(`${value < 0 ? 'neg_infinity' : 'infinity'} has no Erlang float`)
    this.writer.float(value)
  }

  private string(block: number): undefined {
    const { heap, writer } = this
    const length = heap.stringLength(block)
    if (writer.length + length > this.limit) throw new TooLarge('message')
    writer.binaryHeader(length)
    writer.copy(heap.bytes, block, length)
  }

  // -------------------------------------------------------------------------------------------------------
  // Lists and arrays

  private list(element: Codec, slot: number): undefined {
    const { heap, writer } = this
    if (heap.isImmediate(slot)) return writer.nil() as undefined
    writer.u8(Tag.list)
    const length = writer.reserve(4)
    writer.setU32(length, this.elements(element, slot))
    writer.nil()
  }

  /** Writes the elements; how many they are. */
  private elements(element: Codec, slot: number): number {
    const { heap, writer, path, limit } = this
    let count = 0
    path.push('element', 0)
    for (let at = slot; !heap.isImmediate(at); at = heap.addressAt(at) + 8) {
      path.move(++count)
      if (writer.length > limit) throw new TooLarge('message')
      if (element.kind === 'int') writer.int(heap.intAt(heap.addressAt(at)))
      else this.encode(element, heap.addressAt(at))
    }
    path.pop()
    return count
  }

  private array(codec: Codec & { readonly kind: 'array' }, block: number): undefined {
    const { heap, writer, path } = this
    const count = heap.wosizeOf(block)
    if (count === 0) return writer.nil() as undefined
    if (writer.length + count > this.limit) throw new TooLarge('message')
    writer.listHeader(count)
    path.push('element', 0)
    for (let i = 0; i < count; i++) {
      path.move(i + 1)
      if (codec.flat) this.float(block + i * 8)
      else this.encode(codec.element, block + i * 8)
    }
    path.pop()
    writer.nil()
  }

  // -------------------------------------------------------------------------------------------------------
  // Blocks

  /** Writes the values in consecutive slots, but for the last; `element` is the first one's number for the path. */
  private fields(codecs: readonly Codec[], first: number, element: number): Codec | undefined {
    const last = codecs.length - 1
    this.path.push('element', element)
    for (let i = 0; i < last; i++) {
      this.encode(codecs[i] as Codec, first + i * 8)
      this.path.move(element + i + 1)
    }
    this.slot = first + last * 8
    return codecs[last]
  }

  private option(codec: Codec & { readonly kind: 'option' }, slot: number): Codec | undefined {
    const { heap, writer } = this
    if (heap.isImmediate(slot)) {
      writer.raw(atoms.undefined)
      return undefined
    }
    writer.tupleHeader(2)
    writer.raw(atoms.some)
    this.path.push('element', 2)
    this.slot = heap.addressAt(slot)
    return codec.element
  }

  private variant(codec: VariantCodec, slot: number): Codec | undefined {
    const { heap, writer } = this
    const unboxed = codec.blocks[0]?.kind === 'unboxed'
    if (!unboxed && heap.isImmediate(slot)) {
      writer.raw((codec.constants[heap.smallAt(slot)] as VariantCodec['constants'][number]).name.encoded)
      return undefined
    }
    const c = codec.blocks[unboxed ? 0 : heap.tagOf(heap.addressAt(slot))] as VariantCodec['blocks'][number]
    writer.tupleHeader(1 + (c.inlined === undefined ? c.arguments.length : 1))
    writer.raw(c.name.encoded)
    this.slot = slot
    if (c.inlined !== undefined) return c.inlined
    return this.fields(c.arguments, unboxed ? slot : heap.addressAt(slot), 2)
  }

  private polymorphicVariant(codec: PolymorphicVariant, slot: number): Codec | undefined {
    const { heap, writer } = this
    const isConstant = heap.isImmediate(slot)
    const block = heap.addressAt(slot)
    const tag = codec.byHash.get(heap.smallAt(isConstant ? slot : block))
    if (tag === undefined) return this.fail('a tag that the type does not name')
    if (isConstant) {
      writer.raw(tag.name.encoded)
      return undefined
    }
    writer.tupleHeader(1 + tag.arguments.length)
    writer.raw(tag.name.encoded)
    return this.fields(tag.arguments, tag.isTuple ? heap.addressAt(block + 8) : block + 8, 2)
  }

  private record(codec: RecordCodec, slot: number): Codec | undefined {
    const { writer } = this
    const { fields, tupleName } = codec
    const first = codec.layout === 'unboxed' ? slot : this.heap.addressAt(slot) + codec.first * 8
    const last = fields.length - 1
    if (tupleName === undefined) writer.mapHeader(fields.length)
    else {
      writer.tupleHeader(1 + fields.length)
      writer.raw(tupleName.encoded)
    }
    this.path.push('field', '')
    for (let i = 0; i <= last; i++) {
      const { name, codec: own } = fields[i] as Field
      this.path.move(name.text)
      if (tupleName === undefined) writer.raw(name.encoded)
      this.slot = first + i * 8
      if (codec.layout === 'flat') this.float(this.slot)
      else if (i === last) return own
      else this.encode(own, this.slot)
    }
  }

  // -------------------------------------------------------------------------------------------------------
  // The library's maps

  private hashTable(codec: HashTable, table: number): undefined {
    const { heap } = this
    const data = heap.addressAt(table + hashTable.data * 8)
    const buckets = heap.wosizeOf(data)
    this.writer.u8(Tag.map)
    const size = this.writer.reserve(4)
    const keys = new WrittenKeys(codec.key, true)
    for (let i = 0; i < buckets; i++) {
      keys.nextGroup()
      for (let at = data + i * 8; !heap.isImmediate(at); at = heap.addressAt(at) + bucket.next * 8) {
        this.binding(codec, heap.addressAt(at), bucket.key, bucket.data, keys)
      }
    }
    this.writer.setU32(size, keys.count)
  }

  /** Writes a key and its data, unless the key has been written: the newest binding of a hash table comes first. */
  private binding(
    codec: HashTable | SearchTree | Bindings,
    block: number,
    key: number,
    data: number,
    keys: WrittenKeys,
  ): void {
    const { writer, path } = this
    const start = writer.length
    path.push('key', keys.count + 1)
    this.encode(codec.key, block + key * 8)
    path.pop()
    if (!keys.add(writer.bytes, start, writer.length)) {
      writer.length = start
      return
    }
    path.push('value', keys.count)
    this.encode(codec.data, block + data * 8)
    path.pop()
  }

  private bindings(codec: Bindings, slot: number): undefined {
    const { heap } = this
    this.writer.u8(Tag.map)
    const size = this.writer.reserve(4)
    const keys = new WrittenKeys(codec.key, false)
    for (let at = slot; !heap.isImmediate(at); at = heap.addressAt(at) + 8)
      this.binding(codec, heap.addressAt(heap.addressAt(at)), 0, 1, keys)
    this.writer.setU32(size, keys.count)
  }

  private searchTree(codec: SearchTree, slot: number): undefined {
    this.writer.u8(Tag.map)
    const size = this.writer.reserve(4)
    const keys = new WrittenKeys(codec.key, codec.order !== undefined)
    this.subtree(codec, slot, keys)
    this.writer.setU32(size, keys.count)
  }

  /** Trees of the library are balanced. */
  private subtree(codec: SearchTree, slot: number, keys: WrittenKeys): void {
    const { heap } = this
    if (heap.isImmediate(slot)) return
    const node = heap.addressAt(slot)
    this.subtree(codec, node + searchTree.left * 8, keys)
    if (codec.order !== undefined) keys.nextGroup()
    this.binding(codec, node, searchTree.key, searchTree.data, keys)
    this.subtree(codec, node + searchTree.right * 8, keys)
  }

  // -------------------------------------------------------------------------------------------------------

  private opaque(codec: OpaqueCodec, slot: number): undefined {
    const mayBeOutside = codec.takesFuns === true || codec.takesPids === true
    const fun = mayBeOutside ? this.funs?.funAt(slot) : undefined
    if (fun !== undefined) return this.fun(fun)
    const value = this.heap.values[slot >>> 3] as bigint
    const name = this.handles.create(value, codec, this.owner)
    if (name === undefined) throw new TooLarge('heap')
    this.created.push(name)
    if (name.kind === 'pid') this.writer.pid(name)
    else this.writer.reference(name)
  }

  /** A fun or a pid that has come in, from the string that holds it. */
  private fun(block: number): undefined {
    const { heap, writer } = this
    const length = heap.stringLength(block)
    if (writer.length + length > this.limit) throw new TooLarge('message')
    writer.copy(heap.bytes, block, length)
  }
}
