/**
 * JavaScript → OCaml, the first pass: checks values against their codecs, measures the blocks that they need, and
 * writes down all that the second pass (construction.ts) uses. Getters and proxies of the program run here alone,
 * before anything is built.
 *
 * The tape, in the order of the codec:
 *
 *     int, char, boxed-integer   number or bigint
 *     float                      number
 *     bool                       boolean
 *     string                     Uint8Array, a copy
 *     unit                       undefined
 *     list, array                the count, then the elements
 *     tuple, record              `asBlock`, then the elements or fields
 *     option                     whether there is a value, then the value
 *     variant                    its constructor or tag, whether it has arguments, then the arguments
 *     hash-table, search-tree    the count, then keys and data in turn
 *     opaque                     the cell of the root
 *     any of them but `opaque`   instead: `asRoot`, then the cell of a root that holds such a value already
 */

import type {
  BoxedInteger,
  Codec,
  Field,
  FunctionSignature,
  HashTable,
  OpaqueCodec,
  PolymorphicTag,
  PolymorphicVariant,
  RecordCodec,
  SearchTree,
  VariantCodec,
} from '../bridge/codec.ts'
import { stringWords } from '../bridge/heap.ts'
import { hashTableWords, searchTreeNodeWords } from '../bridge/library-layout.ts'
import { TermPath } from '../bridge/term-path.ts'
import { ConversionError } from './errors.ts'
import { describe, expectation, isNested, mayBeUndefined, resolve } from './expectation.ts'
import { sameCodec } from './same-codec.ts'

/** A value in the heap that a root or a local holds; `cellFor` gives its cell to the engine that may use it. */
export interface Rooted {
  readonly codec: Codec
  cellFor(owner: object): number
}

/** Tells whether a JavaScript value is one of the engine's. */
export type AsRooted = (value: unknown) => Rooted | undefined

/** A new cell with a closure that calls a JavaScript function. Allocates. */
export type MakeClosure = (signature: FunctionSignature, f: (...args: never[]) => unknown) => number

/** On the tape: what follows is the cell of a root. */
export const asRoot = Symbol('root')
/** On the tape: what follows is in a block. */
const asBlock = Symbol('block')

const least63 = -(2n ** 62n)
const most63 = 2n ** 62n - 1n
/** Values nested deeper than this are refused, so that cycles end before the stack of a usual process does. */
const deepest = 500

/** With the flag, pairs are one character. */
const loneSurrogate = /\p{Surrogate}/u

const encoder = new TextEncoder()

interface Tail {
  readonly codec: Codec
  readonly value: unknown
}

export class Intake {
  readonly tape: unknown[] = []
  /** Words of all blocks, headers included, and of the largest one without. */
  words = 0
  largest = 0
  private readonly path = new TermPath()
  private readonly owner: object
  private readonly asRooted: AsRooted
  private readonly makeClosure: MakeClosure
  /** Cells of closures that were made for functions; the caller deletes them when the values have been built. */
  readonly temporary: number[] = []
  private depth = 0
  /** The last part of the value that is being checked, if it has yet to be. */
  private tail: Tail | undefined

  constructor(owner: object, asRooted: AsRooted, makeClosure: MakeClosure) {
    this.owner = owner
    this.asRooted = asRooted
    this.makeClosure = makeClosure
  }

  /** Throws `ConversionError`. What is not given is undefined. */
  arguments(codecs: readonly Codec[], values: readonly unknown[]): void {
    const { path } = this
    if (values.length > codecs.length)
      throw new ConversionError('arguments', `expected ${codecs.length}, got ${values.length}`)
    path.push('argument', 0)
    for (let i = 0; i < codecs.length; i++) {
      path.move(i + 1)
      this.check(codecs[i] as Codec, values[i])
    }
    path.pop()
  }

  /** One value; `what` is how messages call it. */
  one(what: string, codec: Codec, value: unknown): void {
    this.path.push(what, '')
    this.check(codec, value)
    this.path.pop()
  }

  private fail(problem: string): never {
    throw new ConversionError(String(this.path), problem)
  }

  private refuse(codec: Codec, value: unknown): never {
    return this.fail(`expected ${expectation(codec)}, got ${describe(value)}`)
  }

  private block(wosize: number): void {
    this.words += wosize + 1
    if (wosize > this.largest) this.largest = wosize
  }

  private check(codec: Codec, value: unknown): void {
    switch (codec.kind) {
      case 'int':
        if (typeof value === 'number' && Number.isSafeInteger(value)) this.tape.push(value)
        else this.wideInteger(codec, value, least63, most63)
        return
      case 'float':
        if (typeof value !== 'number') return this.other(codec, value)
        this.block(1)
        this.tape.push(value)
        return
      case 'bool':
        if (typeof value !== 'boolean') return this.other(codec, value)
        this.tape.push(value)
        return
      case 'unit':
        if (value !== undefined) return this.other(codec, value)
        this.tape.push(value)
        return
      case 'boxed-integer':
        return this.boxedInteger(codec, value)
      case 'char':
        return this.char(codec, value)
      case 'string':
        return this.string(codec, value)
      case 'recursive':
        return this.check(codec.target as Codec, value)
      default:
        return this.nested(codec, value)
    }
  }

  private nested(codec: Codec, value: unknown): void {
    if (++this.depth > deepest) this.fail(`nested deeper than ${deepest}`)
    const outside = this.path.depth
    this.structure(codec, value)
    if (this.tail !== undefined) this.finish()
    this.path.depth = outside
    this.depth -= 1
  }

  /** Checks the last part of a value; one that nests is left to `finish`, so that it takes no stack. */
  private last(codec: Codec, value: unknown): void {
    const resolved = resolve(codec)
    if (isNested(resolved)) this.tail = { codec: resolved, value }
    else this.check(resolved, value)
  }

  /** The walk along last parts comes back to a marked one only in a cyclic value; they are marked at powers of two. */
  private finish(): void {
    let marked = this.tail
    for (let turn = 1; this.tail !== undefined; turn++) {
      const { codec, value } = this.tail
      this.tail = undefined
      this.structure(codec, value)
      const next = this.tail as Tail | undefined
      const isBack = next !== undefined && next.value === marked?.value && next.codec === marked?.codec
      if (isBack && typeof next.value === 'object' && next.value !== null) this.fail('the value is cyclic')
      if ((turn & (turn - 1)) === 0) marked = next
    }
  }

  private structure(codec: Codec, value: unknown): void {
    switch (codec.kind) {
      case 'list':
        return this.list(codec, value)
      case 'array':
        return this.array(codec, value)
      case 'tuple':
        return this.tuple(codec, value)
      case 'option':
        return this.option(codec, value)
      case 'record':
        return this.record(codec, value)
      case 'variant':
        return this.variant(codec, value)
      case 'polymorphic-variant':
        return this.polymorphicVariant(codec, value)
      case 'hash-table':
        return this.hashTable(codec, value)
      case 'search-tree':
        return this.searchTree(codec, value)
      case 'opaque':
        return this.opaque(codec, value)
    }
  }

  /** A value that has not the usual form may be a root of the type. */
  private other(codec: Codec, value: unknown): void {
    const rooted = this.asRooted(value)
    if (rooted === undefined) return this.refuse(codec, value)
    this.root(codec, rooted, true)
  }

  private root(codec: Codec, rooted: Rooted, marked: boolean): void {
    const fits = codec.kind === 'opaque' && codec.anything ? true : sameCodec(codec, rooted.codec)
    if (!fits) this.fail(`expected ${expectation(codec)}, got a root of another type`)
    if (marked) this.tape.push(asRoot)
    this.tape.push(rooted.cellFor(this.owner))
  }

  // -------------------------------------------------------------------------------------------------------
  // Scalars

  private wideInteger(codec: Codec, value: unknown, least: bigint, most: bigint): void {
    if (typeof value === 'number' && !Number.isSafeInteger(value)) this.refuse(codec, value)
    if (typeof value !== 'number' && typeof value !== 'bigint') return this.other(codec, value)
    if (value < least || value > most) this.refuse(codec, value)
    this.tape.push(value)
  }

  private boxedInteger(codec: BoxedInteger, value: unknown): void {
    const half = 2n ** BigInt(codec.bits - 1)
    this.wideInteger(codec, value, -half, half - 1n)
    if (typeof value === 'number' || typeof value === 'bigint') this.block(2)
  }

  private char(codec: Codec, value: unknown): void {
    if (typeof value !== 'string') return this.other(codec, value)
    const code = value.charCodeAt(0)
    if (value.length !== 1 || code > 255) this.refuse(codec, value)
    this.tape.push(code)
  }

  private string(codec: Codec & { readonly kind: 'string' }, value: unknown): void {
    const bytes = this.bytesOf(codec, value)
    if (bytes === undefined) return this.other(codec, value)
    this.block(stringWords(bytes.length) - 1)
    this.tape.push(bytes)
  }

  /** A copy, so that nobody can change the length any more. */
  private bytesOf(codec: Codec & { readonly kind: 'string' }, value: unknown): Uint8Array | undefined {
    if (value instanceof Uint8Array) return Uint8Array.prototype.slice.call(value)
    if (typeof value !== 'string' || codec.isMutable) return undefined
    if (loneSurrogate.test(value))
      this.fail('the string has half a surrogate pair, which UTF-8 cannot express')
    return encoder.encode(value)
  }

  // -------------------------------------------------------------------------------------------------------
  // Sequences

  /** Values of one type. */
  private items(codec: Codec, values: readonly unknown[]): void {
    const { path } = this
    path.push('element', 0)
    for (let i = 0; i < values.length; i++) {
      path.move(i + 1)
      this.check(codec, values[i])
    }
    path.pop()
  }

  /** Values of as many types. */
  private elements(codecs: readonly Codec[], values: readonly unknown[]): void {
    const last = codecs.length - 1
    this.path.push('element', 1)
    for (let i = 0; i < last; i++) {
      this.check(codecs[i] as Codec, values[i])
      this.path.move(i + 2)
    }
    if (last >= 0) this.last(codecs[last] as Codec, values[last])
  }

  private list(codec: Codec & { readonly kind: 'list' }, value: unknown): void {
    if (!Array.isArray(value)) return this.other(codec, value)
    const values = [...value]
    this.tape.push(values.length)
    this.words += values.length * 3
    this.largest = Math.max(this.largest, values.length === 0 ? 0 : 2)
    this.items(codec.element, values)
  }

  private array(codec: Codec & { readonly kind: 'array' }, value: unknown): void {
    const isFloats = codec.flat && value instanceof Float64Array
    if (!Array.isArray(value) && !isFloats) return this.other(codec, value)
    const values: readonly unknown[] = [...(value as Iterable<unknown>)]
    this.tape.push(values.length)
    if (values.length > 0) this.block(values.length)
    if (!codec.flat) return this.items(codec.element, values)
    this.path.push('element', 0)
    values.forEach((v, i) => {
      this.path.move(i + 1)
      this.flatFloat(v)
    })
    this.path.pop()
  }

  private flatFloat(value: unknown): void {
    if (typeof value !== 'number') this.refuse({ kind: 'float' }, value)
    this.tape.push(value)
  }

  private tuple(codec: Codec & { readonly kind: 'tuple' }, value: unknown): void {
    if (!Array.isArray(value)) return this.other(codec, value)
    const values = [...value]
    if (values.length !== codec.elements.length) this.refuse(codec, value)
    this.tape.push(asBlock)
    this.block(values.length)
    this.elements(codec.elements, values)
  }

  private option(codec: Codec & { readonly kind: 'option' }, value: unknown): void {
    const rooted = this.asRooted(value)
    if (rooted !== undefined && sameCodec(codec, rooted.codec)) return this.root(codec, rooted, true)
    const isWrapped = mayBeUndefined(codec.element)
    if (value !== undefined && isWrapped && !(isObject(value) && Object.hasOwn(value, 'some')))
      this.refuse(codec, value)
    this.tape.push(value !== undefined)
    if (value === undefined) return
    this.block(1)
    if (isWrapped) {
      this.path.push('field', 'some')
      return this.last(codec.element, (value as { readonly some: unknown }).some)
    }
    const element = resolve(codec.element)
    if (isNested(element)) this.structure(element, value)
    else this.check(element, value)
  }

  // -------------------------------------------------------------------------------------------------------
  // Records and variants

  private record(codec: RecordCodec, value: unknown): void {
    if (!isObject(value) || this.asRooted(value) !== undefined) return this.other(codec, value)
    this.tape.push(asBlock)
    this.fields(codec, value)
  }

  private fields(codec: RecordCodec, value: object): void {
    for (const key of Object.keys(value))
      if (!codec.byName.has(key)) this.fail(`unexpected field ${JSON.stringify(key)}`)
    if (codec.layout !== 'unboxed') this.block(codec.fields.length + codec.first)
    const last = codec.fields.length - 1
    this.path.push('field', '')
    codec.fields.forEach((field, i) => {
      this.path.move(field.name.text)
      const content = this.contentOf(field, value)
      if (codec.layout === 'flat') this.flatFloat(content)
      else if (i < last) this.check(field.codec, content)
      else this.last(field.codec, content)
    })
  }

  private contentOf({ name, codec }: Field, value: object): unknown {
    const content = (value as Readonly<Record<string, unknown>>)[name.text]
    if (content === undefined && !Object.hasOwn(value, name.text) && !mayBeUndefined(codec))
      this.fail(`expected ${expectation(codec)}, but there is no such field`)
    return content
  }

  /** The tag and the arguments of `{ tag, args? }`. */
  private parts(
    codec: Codec,
    value: unknown,
  ): { readonly tag: string; readonly args: readonly unknown[] } | undefined {
    if (!isObject(value) || this.asRooted(value) !== undefined) return undefined
    const { tag, args = [] } = value as { readonly tag?: unknown; readonly args?: unknown }
    if (typeof tag !== 'string')
      return this.fail(`expected ${expectation(codec)}, got ${describe(value)} without a tag`)
    if (!Array.isArray(args)) return this.fail(`expected an array as args of ${tag}, got ${describe(args)}`)
    return { tag, args: [...args] }
  }

  private payload(tag: string, codecs: readonly Codec[], args: readonly unknown[]): void {
    if (args.length !== codecs.length) {
      this.fail(`${tag} has ${codecs.length} arguments, got ${args.length}`)
    }
    this.path.push(tag, '')
    this.elements(codecs, args)
  }

  private variant(codec: VariantCodec, value: unknown): void {
    const parts = this.parts(codec, value)
    if (parts === undefined) return this.other(codec, value)
    const c = codec.byName.get(parts.tag)
    if (c === undefined)
      return this.fail(`expected ${expectation(codec)}, got the tag ${JSON.stringify(parts.tag)}`)
    this.tape.push(c)
    if (c.kind === 'constant') return this.payload(parts.tag, [], parts.args)
    if (c.inlined !== undefined) return this.inlined(parts.tag, c.inlined, parts.args)
    if (c.kind === 'block') this.block(c.arguments.length)
    this.payload(parts.tag, c.arguments, parts.args)
  }

  /** The fields of an inline record are the only argument. */
  private inlined(tag: string, codec: RecordCodec, args: readonly unknown[]): void {
    const [only] = args
    if (args.length !== 1 || !isObject(only))
      return this.fail(`${tag} has one argument, ${expectation(codec)}`)
    this.path.push(tag, '')
    this.fields(codec, only)
  }

  private polymorphicVariant(codec: PolymorphicVariant, value: unknown): void {
    const parts = this.parts(codec, value)
    if (parts === undefined) return this.other(codec, value)
    const tag = codec.byName.get(parts.tag)
    if (tag === undefined)
      return this.fail(`expected ${expectation(codec)}, got the tag ${JSON.stringify(parts.tag)}`)
    this.tape.push(tag)
    const isConstant = parts.args.length === 0 && tag.constant
    this.tape.push(!isConstant)
    if (isConstant) return
    this.measureTag(tag)
    this.payload(parts.tag, tag.arguments, parts.args)
  }

  private measureTag(tag: PolymorphicTag): void {
    this.block(2)
    if (tag.isTuple) this.block(tag.arguments.length)
  }

  // -------------------------------------------------------------------------------------------------------
  // The library's maps

  private hashTable(codec: HashTable, value: unknown): void {
    if (!(value instanceof Map)) return this.other(codec, value)
    const entries = [...value] as [unknown, unknown][]
    const { words, largest } = hashTableWords(entries.length)
    this.words += words
    this.largest = Math.max(this.largest, largest)
    this.bindings(codec, entries)
  }

  private searchTree(codec: SearchTree, value: unknown): void {
    if (!(value instanceof Map)) return this.other(codec, value)
    const { order } = codec
    if (order === undefined) return this.fail('only OCaml code can make a map whose order it has defined')
    const entries = [...value] as [unknown, unknown][]
    this.words += entries.length * searchTreeNodeWords
    this.largest = Math.max(this.largest, searchTreeNodeWords)
    const seen = new Set<string>()
    this.bindings(codec, entries, (key) => {
      const text = key instanceof Uint8Array ? Buffer.from(key).toString('latin1') : String(key)
      if (seen.has(text)) this.fail('two keys are equal in OCaml')
      seen.add(text)
    })
  }

  private bindings(
    codec: HashTable | SearchTree,
    entries: readonly (readonly [unknown, unknown])[],
    seeKey: (normal: unknown) => void = () => {},
  ): void {
    this.tape.push(entries.length)
    entries.forEach(([key, data], i) => {
      this.path.push('key', i + 1)
      const at = this.tape.length
      this.check(codec.key, key)
      if (this.tape[at] === asRoot) this.fail('a key of a map cannot be a root')
      seeKey(this.tape[at])
      this.path.pop()
      this.path.push('value', i + 1)
      this.check(codec.data, data)
      this.path.pop()
    })
  }

  private opaque(codec: OpaqueCodec, value: unknown): void {
    const rooted = this.asRooted(value)
    if (rooted !== undefined) return this.root(codec, rooted, false)
    const signature = typeof value === 'function' ? codec.signature?.() : undefined
    if (signature === undefined) return this.refuse(codec, value)
    const cell = this.makeClosure(signature, value as (...args: never[]) => unknown)
    this.temporary.push(cell)
    this.tape.push(cell)
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
