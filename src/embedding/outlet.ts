/**
 * OCaml → JavaScript, directed by codecs. Reads the heap through slots (bridge/heap.ts) and allocates nothing in it.
 *
 * What has no JavaScript form becomes a root or a local, as whoever converts decides.
 */

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
} from '../bridge/codec.ts'
import type { Heap } from '../bridge/heap.ts'
import { bucket, hashTable, searchTree } from '../bridge/library-layout.ts'
import { TermPath } from '../bridge/term-path.ts'
import { customOperations } from '../codegen/layout.ts'
import { ConversionError } from './errors.ts'
import { isNested, mayBeUndefined, resolve } from './expectation.ts'

/** What stands for the value in a slot that has no JavaScript form. */
export type MakeHandle = (codec: OpaqueCodec, slot: number) => unknown

/** Values nested deeper than this are refused, so that cycles end before the stack of a usual process does. */
const deepest = 500

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** An array or an object that is being made. */
type Target = Record<string | number, unknown>

interface Tail {
  readonly codec: Codec
  readonly slot: number
  readonly target: Target
  readonly key: string | number
}

export class Outlet {
  private readonly heap: Heap
  private readonly makeHandle: MakeHandle
  private readonly path = new TermPath()
  private depth = 0
  /** The last part of the value that is being converted, if it has yet to be. */
  private tail: Tail | undefined

  constructor(heap: Heap, makeHandle: MakeHandle) {
    this.heap = heap
    this.makeHandle = makeHandle
  }

  /** Converts the value in a slot; `what` is how messages call it. Throws `ConversionError`. */
  read(what: string, codec: Codec, slot: number): unknown {
    this.path.push(what, '')
    const value = this.value(codec, slot)
    this.path.pop()
    return value
  }

  private fail(problem: string): never {
    throw new ConversionError(String(this.path), problem)
  }

  private value(codec: Codec, slot: number): unknown {
    const { heap } = this
    switch (codec.kind) {
      case 'int':
        return heap.intAt(slot)
      case 'char':
        return String.fromCharCode(heap.smallAt(slot))
      case 'boxed-integer':
        return this.boxedInteger(codec, heap.addressAt(slot))
      case 'float':
        return heap.doubles[heap.addressAt(slot) >>> 3]
      case 'bool':
        return heap.smallAt(slot) !== 0
      case 'unit':
        return undefined
      case 'string':
        return this.string(codec.isMutable, heap.addressAt(slot))
      case 'recursive':
        return this.value(codec.target as Codec, slot)
      case 'opaque':
        return this.makeHandle(codec, slot)
      default:
        return this.nested(codec, slot)
    }
  }

  private nested(codec: Codec, slot: number): unknown {
    if (++this.depth > deepest) this.fail(`nested deeper than ${deepest}`)
    const outside = this.path.depth
    const value = this.structure(codec, slot)
    if (this.tail !== undefined) this.finish()
    this.path.depth = outside
    this.depth -= 1
    return value
  }

  /** Converts the last part of a value; one that nests is left to `finish`, so that it takes no stack. */
  private last(codec: Codec, slot: number, target: Target, key: string | number): void {
    const resolved = resolve(codec)
    if (isNested(resolved)) this.tail = { codec: resolved, slot, target, key }
    target[key] = this.tail === undefined ? this.value(resolved, slot) : undefined
  }

  /**
   * The walk along last parts comes back to a marked place only in a cyclic value; places are marked at powers of two.
   */
  private finish(): void {
    let marked = this.tail
    for (let turn = 1; this.tail !== undefined; turn++) {
      const { codec, slot, target, key } = this.tail
      this.tail = undefined
      target[key] = this.structure(codec, slot)
      const next = this.tail as Tail | undefined
      if (next?.slot === marked?.slot && next?.codec === marked?.codec && next !== undefined)
        this.fail('the value is cyclic')
      if ((turn & (turn - 1)) === 0) marked = next
    }
  }

  private structure(codec: Codec, slot: number): unknown {
    const { heap } = this
    switch (codec.kind) {
      case 'list':
        return this.list(codec.element, slot)
      case 'array':
        return this.array(codec, heap.addressAt(slot))
      case 'tuple':
        return this.elements(codec.elements, heap.addressAt(slot))
      case 'option':
        return this.option(codec.element, slot)
      case 'record':
        return this.record(codec, slot)
      case 'variant':
        return this.variant(codec, slot)
      case 'polymorphic-variant':
        return this.polymorphicVariant(codec, slot)
      case 'hash-table':
        return this.hashTable(codec, heap.addressAt(slot))
      case 'search-tree':
        return this.searchTree(codec, slot, new Map())
      default:
        return undefined
    }
  }

  private boxedInteger(codec: BoxedInteger, block: number): number | bigint | undefined {
    const { heap } = this
    if (codec.operations === customOperations.int32) return heap.words[(block >>> 2) + 2]
    return heap.values[(block >>> 3) + 1]
  }

  private string(isMutable: boolean, block: number): string | Uint8Array {
    const { heap } = this
    const bytes = heap.bytes.slice(block, block + heap.stringLength(block))
    if (isMutable) return bytes
    try {
      return strict.decode(bytes)
    } catch {
      return this.fail('the string is not UTF-8: bytes are what has no encoding')
    }
  }

  /**
   * A list may be cyclic: the walk comes back to a marked cell only then, and marks a new one at every power of two.
   */
  private list(element: Codec, slot: number): unknown[] {
    const { heap, path } = this
    const values: unknown[] = []
    let marked = 0
    path.push('element', 0)
    for (let at = slot; !heap.isImmediate(at); at = heap.addressAt(at) + 8) {
      const cell = heap.addressAt(at)
      if (cell === marked) this.fail('the list is cyclic')
      if ((values.length & (values.length + 1)) === 0) marked = cell
      path.move(values.length + 1)
      values.push(this.value(element, cell))
    }
    path.pop()
    return values
  }

  private array(codec: Codec & { readonly kind: 'array' }, block: number): unknown[] {
    const { heap, path } = this
    const count = heap.wosizeOf(block)
    if (codec.flat) return Array.from(heap.doubles.subarray(block >>> 3, (block >>> 3) + count))
    const values: unknown[] = []
    path.push('element', 0)
    for (let i = 0; i < count; i++) {
      path.move(i + 1)
      values.push(this.value(codec.element, block + i * 8))
    }
    path.pop()
    return values
  }

  private elements(codecs: readonly Codec[], first: number): unknown[] {
    const { path } = this
    const values: unknown[] = []
    const last = codecs.length - 1
    path.push('element', 1)
    for (let i = 0; i < last; i++) {
      values.push(this.value(codecs[i] as Codec, first + i * 8))
      path.move(i + 2)
    }
    if (last >= 0) this.last(codecs[last] as Codec, first + last * 8, values as unknown as Target, last)
    return values
  }

  private option(element: Codec, slot: number): unknown {
    const { heap } = this
    if (heap.isImmediate(slot)) return undefined
    const content = heap.addressAt(slot)
    if (mayBeUndefined(element)) {
      const wrapped: Target = { some: undefined }
      this.last(element, content, wrapped, 'some')
      return wrapped
    }
    const resolved = resolve(element)
    return isNested(resolved) ? this.structure(resolved, content) : this.value(resolved, content)
  }

  /** `fromEntries` makes fields of their own of all names, `__proto__` too. */
  private record(codec: RecordCodec, slot: number): object {
    const { heap, path } = this
    const { fields } = codec
    const first = codec.layout === 'unboxed' ? slot : heap.addressAt(slot) + codec.first * 8
    if (codec.layout === 'flat')
      return Object.fromEntries(fields.map(({ name }, i) => [name.text, heap.doubles[(first >>> 3) + i]]))
    const entries: [string, unknown][] = []
    const last = fields.length - 1
    path.push('field', '')
    for (let i = 0; i <= last; i++) {
      const { name, codec: own } = fields[i] as Field
      path.move(name.text)
      entries.push([name.text, i < last ? this.value(own, first + i * 8) : undefined])
    }
    const record: Target = Object.fromEntries(entries)
    const { name, codec: own } = fields[last] as Field
    this.last(own, first + last * 8, record, name.text)
    return record
  }

  private variant(codec: VariantCodec, slot: number): object {
    const { heap } = this
    const unboxed = codec.blocks[0]?.kind === 'unboxed'
    if (!unboxed && heap.isImmediate(slot)) {
      const constant = codec.constants[heap.smallAt(slot)] as VariantCodec['constants'][number]
      return { tag: constant.name.text }
    }
    const c = codec.blocks[unboxed ? 0 : heap.tagOf(heap.addressAt(slot))] as VariantCodec['blocks'][number]
    const tag = c.name.text
    this.path.push(tag, '')
    if (c.inlined !== undefined) return { tag, args: [this.record(c.inlined, slot)] }
    return { tag, args: this.elements(c.arguments, unboxed ? slot : heap.addressAt(slot)) }
  }

  private polymorphicVariant(codec: PolymorphicVariant, slot: number): object {
    const { heap } = this
    const isConstant = heap.isImmediate(slot)
    const block = heap.addressAt(slot)
    const found = codec.byHash.get(heap.smallAt(isConstant ? slot : block))
    if (found === undefined) return this.fail('a tag that the type does not name')
    const tag = found.name.text
    if (isConstant) return { tag }
    this.path.push(tag, '')
    return {
      tag,
      args: this.elements(found.arguments, found.isTuple ? heap.addressAt(block + 8) : block + 8),
    }
  }

  // -------------------------------------------------------------------------------------------------------
  // The library's maps

  private hashTable(codec: HashTable, table: number): Map<unknown, unknown> {
    const { heap } = this
    const map = new Map<unknown, unknown>()
    const data = heap.addressAt(table + hashTable.data * 8)
    for (let i = 0; i < heap.wosizeOf(data); i++) {
      for (let at = data + i * 8; !heap.isImmediate(at); at = heap.addressAt(at) + bucket.next * 8)
        this.binding(codec, heap.addressAt(at), bucket, map)
    }
    return map
  }

  /** The newest binding of a key in a hash table comes first. */
  private binding(
    codec: HashTable | SearchTree,
    block: number,
    layout: { readonly key: number; readonly data: number },
    map: Map<unknown, unknown>,
  ): void {
    const { path } = this
    path.push('key', map.size + 1)
    const key = this.value(codec.key, block + layout.key * 8)
    path.pop()
    if (map.has(key)) return
    path.push('value', map.size + 1)
    map.set(key, this.value(codec.data, block + layout.data * 8))
    path.pop()
  }

  /** Trees of the library are balanced. */
  private searchTree(codec: SearchTree, slot: number, map: Map<unknown, unknown>): Map<unknown, unknown> {
    const { heap } = this
    if (heap.isImmediate(slot)) return map
    const node = heap.addressAt(slot)
    this.searchTree(codec, node + searchTree.left * 8, map)
    this.binding(codec, node, searchTree, map)
    return this.searchTree(codec, node + searchTree.right * 8, map)
  }
}
