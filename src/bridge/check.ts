/**
 * The first pass over arguments: does each term fit its type, and how many words will its value take? Nothing has been
 * allocated or run when it fails.
 *
 * Composite terms recurse, but for what comes last in one of them, which is checked in the caller's loop: so neither lists nor terms that
 * are nested to the right (`{cons, 1, {cons, 2, …}}`) cost stack, and other depth is bounded.
 *
 * The builder goes over the same bytes in the same order. What it must know before it reads on, and cannot read from a header, is left for it on
 * the *tape*: lengths of arrays, and of strings that come as lists.
 */

import { encodeBare, isAtomTag, Tag, TermReader } from '../erlang-term-format/index.ts'
import { CharCounter, walkChardata } from './chardata.ts'
import {
  type BlockConstructor,
  type BoxedInteger,
  type Codec,
  type Converted,
  expectation,
  funExpectation,
  funText,
  type HashTable,
  type OpaqueCodec,
  type PolymorphicVariant,
  type RecordCodec,
  type SearchTree,
  type VariantCodec,
} from './codec.ts'
import { describeTerm } from './describe-term.ts'
import type { ExceptionPayloads } from './exception-payloads.ts'
import type { FunClosures } from './fun-closures.ts'
import { arityOfFun, isFunTag } from './fun-term.ts'
import type { Handles } from './handles.ts'
import { stringWords } from './heap.ts'
import { hashTableWords, searchTreeNodeWords } from './library-layout.ts'
import { measureTerm, type Room } from './measure-term.ts'
import { spreadCodes } from './spread-codes.ts'
import { TermPath } from './term-path.ts'
import { type IdentifierKind, identifierKindOf, readIdentifier } from './term-shape.ts'

/** A term does not fit; the message starts with its path. */
export class Mismatch extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'Mismatch'
  }
}

/** How deep terms may be nested other than to the right. */
export const maxDepth = 1000

/** A cell of a list and a pair. */
const bindingWords = 6

type Bindings = Extract<Codec, { kind: 'bindings' }>

const range = {
  63: [-(2n ** 62n), 2n ** 62n - 1n],
  64: [-(2n ** 63n), 2n ** 63n - 1n],
} as const

export class Checker {
  readonly cursor = new TermReader(new Uint8Array(0))
  readonly path = new TermPath()
  private readonly handles: Handles
  private readonly funs: FunClosures | undefined
  private readonly exceptions: ExceptionPayloads | undefined
  /** Words that the values take, headers included. */
  words = 0
  /** Words of the largest block. */
  largest = 0
  readonly tape: number[] = []
  private depth = 0

  constructor(handles: Handles, funs?: FunClosures, exceptions?: ExceptionPayloads) {
    this.handles = handles
    this.funs = funs
    this.exceptions = exceptions
  }

  start(bytes: Uint8Array): void {
    this.cursor.reset(bytes)
    this.path.depth = 0
    this.words = 0
    this.largest = 0
    this.tape.length = 0
    this.depth = 0
  }

  /**
   * Checks the elements of an argument list, the head of which has been read: `count` terms, or as many `codes` of a string. Throws
   * `Mismatch`, or `ProtocolError` if the bytes are malformed.
   */
  arguments(codecs: readonly Codec[]): void {
    this.path.push('argument', 0)
    codecs.forEach((codec, i) => {
      this.path.move(i + 1)
      this.check(codec)
    })
    this.path.pop()
  }

  /** Checks one term, which messages call so. */
  value(what: string, codec: Codec): void {
    this.path.push(what, '')
    this.check(codec)
    this.path.pop()
  }

  check(codec: Codec): void {
    const outside = this.path.depth
    if (++this.depth > maxDepth) this.fail('nested too deeply')
    let rest: Codec | undefined = codec
    while (rest !== undefined) rest = this.step(rest)
    this.depth -= 1
    this.path.depth = outside
  }

  /** Checks a term but for its last part, and yields that one's codec. */
  private step(codec: Codec): Codec | undefined {
    switch (codec.kind) {
      case 'int':
        return this.int()
      case 'char':
        return this.char()
      case 'uchar':
        return this.uchar()
      case 'boxed-integer':
        return this.boxedInteger(codec)
      case 'float':
        return this.boxedFloat()
      case 'bool':
        return this.atom(codec, 'true', 'false')
      case 'unit':
        return this.atom(codec, 'ok', 'ok')
      case 'string':
        return this.string()
      case 'list':
        return this.list(codec, codec.element)
      case 'array':
        return this.array(codec)
      case 'tuple':
        return this.tuple(codec)
      case 'option':
        return this.option(codec)
      case 'record':
        return codec.tupleName === undefined ? this.record(codec) : this.taggedRecord(codec)
      case 'variant':
        return this.variant(codec)
      case 'polymorphic-variant':
        return this.polymorphicVariant(codec)
      case 'hash-table':
      case 'search-tree':
      case 'bindings':
        return this.map(codec)
      case 'term':
        return this.term()
      case 'identifier':
        return this.identifier(codec.of)
      case 'exception':
        return this.exception()
      case 'converted':
        return this.converted(codec)
      case 'opaque':
        return this.opaque(codec)
      case 'recursive':
        return codec.target
    }
  }

  // -------------------------------------------------------------------------------------------------------
  // Failing

  private fail(what: string): never {
    throw new Mismatch(`${this.path}: ${what}`)
  }

  /** The term at `at` is not what it should be. */
  private mismatch(expected: string, at: number = this.cursor.offset): never {
    const { bytes, end } = this.cursor
    this.fail(`expected ${expected}, got ${describeTerm(bytes, at, end)}`)
  }

  private take(wosize: number): void {
    this.words += wosize + 1
    if (wosize > this.largest) this.largest = wosize
  }

  // -------------------------------------------------------------------------------------------------------
  // Numbers

  private isInteger(): boolean {
    const tag = this.cursor.peekTag()
    return tag === Tag.smallInteger || tag === Tag.integer || tag === Tag.smallBig || tag === Tag.largeBig
  }

  private integer(expected: string): number | bigint {
    if (!this.isInteger()) this.mismatch(expected)
    return this.cursor.readInteger()
  }

  private wide(bits: 63 | 64): void {
    const at = this.cursor.offset
    const n = this.integer('integer')
    const [low, high] = range[bits]
    if (typeof n === 'bigint' && (n < low || n > high)) this.mismatch(`integer of ${bits} bits`, at)
  }

  private int(): undefined {
    const { cursor } = this
    if (cursor.peekTag() === Tag.smallInteger) cursor.take(2)
    else if (cursor.peekTag() === Tag.integer) cursor.take(5)
    else this.wide(63)
  }

  private char(): undefined {
    const at = this.cursor.offset
    const n = this.integer('integer')
    if (n < 0 || n > 255) this.mismatch('integer from 0 to 255', at)
  }

  private uchar(): undefined {
    const at = this.cursor.offset
    const n = this.integer('Unicode scalar value')
    if (n < 0 || n > 0x10ffff || (n >= 0xd800 && n < 0xe000)) this.mismatch('Unicode scalar value', at)
  }

  private boxedInteger(codec: BoxedInteger): undefined {
    if (codec.bits === 64) this.wide(64)
    else this.int32()
    this.take(2)
  }

  private int32(): void {
    const at = this.cursor.offset
    const n = this.integer('integer')
    if (typeof n === 'bigint' || n !== (n | 0)) this.mismatch('integer of 32 bits', at)
  }

  private boxedFloat(): undefined {
    this.float()
    this.take(1)
  }

  private float(): void {
    const { cursor } = this
    const tag = cursor.peekTag()
    const at = cursor.offset
    if (tag === Tag.newFloat || tag === Tag.oldFloat) cursor.readFloat()
    else if (!Number.isFinite(Number(this.integer('float')))) this.mismatch('float', at)
  }

  // -------------------------------------------------------------------------------------------------------
  // Atoms and strings

  private isAtom(): boolean {
    return isAtomTag(this.cursor.peekTag())
  }

  private atom(codec: Codec, one: string, other: string): undefined {
    const at = this.cursor.offset
    const name = this.isAtom() ? this.cursor.readAtom() : undefined
    if (name !== one && name !== other) this.mismatch(expectation(codec), at)
  }

  private string(): undefined {
    const { cursor } = this
    const tag = cursor.peekTag()
    let length: number
    if (tag === Tag.binary) {
      length = cursor.readBinaryLength()
      cursor.take(length)
    } else {
      length = this.chardata()
      this.tape.push(length)
    }
    this.take(stringWords(length) - 1)
  }

  private chardata(): number {
    const at = this.cursor.offset
    const counter = new CharCounter()
    if (!walkChardata(this.cursor, counter)) this.mismatch('binary, iolist or charlist', at)
    return counter.count
  }

  // -------------------------------------------------------------------------------------------------------
  // Lists

  private list(codec: Codec, element: Codec): undefined {
    const cells = this.elements(codec, element)
    this.words += cells * 3
  }

  private array(codec: Codec & { readonly kind: 'array' }): undefined {
    const place = this.tape.length
    this.tape.push(0)
    const count = this.elements(codec, codec.element)
    this.tape[place] = count
    if (codec.flat) this.words -= count * 2
    if (count > 0) this.take(count)
  }

  /** Checks all elements of a list; how many they are. */
  private elements(codec: Codec, element: Codec): number {
    const { cursor } = this
    const at = cursor.offset
    this.path.push('element', 0)
    let count = 0
    let more = cursor.readListTail()
    while (more > 0) {
      this.run(element, count, more)
      count += more
      more = cursor.readListTail()
    }
    if (more < 0) count = this.codes(codec, element, count, at)
    this.path.pop()
    return count
  }

  private run(element: Codec, before: number, count: number): void {
    const { cursor, path } = this
    for (let i = 0; i < count; i++) {
      path.move(before + i + 1)
      if (element.kind === 'int' && cursor.peekTag() === Tag.smallInteger) cursor.take(2)
      else this.check(element)
    }
  }

  /** The rest of a list that is STRING_EXT, or no list at all. */
  private codes(codec: Codec, element: Codec, before: number, at: number): number {
    const { cursor } = this
    if (cursor.peekTag() !== Tag.string) {
      this.path.pop()
      this.mismatch(before === 0 && cursor.offset === at ? expectation(codec) : 'proper list', at)
    }
    const codes = cursor.readStringView()
    if (element.kind !== 'int') {
      const { bytes, offset, end } = cursor
      cursor.reset(spreadCodes(codes))
      this.run(element, before, codes.length)
      cursor.reset(bytes, offset, end)
    }
    return before + codes.length
  }

  // -------------------------------------------------------------------------------------------------------
  // Tuples and variants

  private isTuple(): boolean {
    const tag = this.cursor.peekTag()
    return tag === Tag.smallTuple || tag === Tag.largeTuple
  }

  /** Checks what follows in a tuple from its element number `first` on, but for the last. */
  private parts(codecs: readonly Codec[], first: number): Codec | undefined {
    const last = codecs.length - 1
    this.path.push('element', first)
    for (let i = 0; i < last; i++) {
      this.check(codecs[i] as Codec)
      this.path.move(first + i + 1)
    }
    return codecs[last]
  }

  private tuple(codec: Codec & { readonly kind: 'tuple' }): Codec | undefined {
    const at = this.cursor.offset
    const count = codec.elements.length
    if (!this.isTuple() || this.cursor.readTupleArity() !== count) this.mismatch(expectation(codec), at)
    this.take(count)
    return this.parts(codec.elements, 1)
  }

  private option(codec: Codec & { readonly kind: 'option' }): Codec | undefined {
    const at = this.cursor.offset
    if (this.isAtom()) {
      if (this.cursor.readAtom() === 'undefined') return undefined
    } else if (this.isTuple() && this.cursor.readTupleArity() === 2 && this.cursor.tryAtom('some')) {
      this.take(1)
      this.path.push('element', 2)
      return codec.element
    }
    return this.mismatch(expectation(codec), at)
  }

  /** Reads the tag of a tagged tuple, or an atom; and how many elements follow the tag, -1 for an atom. */
  private readTag(): { readonly name: string; readonly arity: number } | undefined {
    const { cursor } = this
    if (this.isAtom()) return { name: cursor.readAtom(), arity: -1 }
    if (!this.isTuple()) return undefined
    const arity = cursor.readTupleArity() - 1
    return arity >= 0 && this.isAtom() ? { name: cursor.readAtom(), arity } : undefined
  }

  private variant(codec: VariantCodec): Codec | undefined {
    const at = this.cursor.offset
    const tag = this.readTag()
    const c = tag === undefined ? undefined : codec.byName.get(tag.name)
    if (tag === undefined || c === undefined) return this.mismatch(expectation(codec), at)
    if (c.kind === 'constant') return tag.arity === -1 ? undefined : this.mismatch(expectation(codec), at)
    return tag.arity === (c.inlined === undefined ? c.arguments.length : 1)
      ? this.payload(c)
      : this.mismatch(expectation(codec), at)
  }

  private payload(c: BlockConstructor): Codec | undefined {
    if (c.inlined !== undefined) {
      this.path.push('element', 2)
      return c.inlined
    }
    if (c.kind === 'block') this.take(c.arguments.length)
    return this.parts(c.arguments, 2)
  }

  private polymorphicVariant(codec: PolymorphicVariant): Codec | undefined {
    const at = this.cursor.offset
    const read = this.readTag()
    const tag = read === undefined ? undefined : codec.byName.get(read.name)
    if (read === undefined || tag === undefined) return this.mismatch(expectation(codec), at)
    if (read.arity === -1) return tag.constant ? undefined : this.mismatch(expectation(codec), at)
    if (read.arity !== tag.arguments.length || read.arity === 0) return this.mismatch(expectation(codec), at)
    this.take(2)
    if (tag.isTuple) this.take(tag.arguments.length)
    return this.parts(tag.arguments, 2)
  }

  // -------------------------------------------------------------------------------------------------------
  // Records and maps

  private takeRecord(codec: RecordCodec): void {
    const count = codec.fields.length
    if (codec.layout === 'flat') this.words -= count * 2
    if (codec.layout !== 'unboxed') this.take(count + codec.first)
  }

  private taggedRecord(codec: RecordCodec): Codec | undefined {
    const at = this.cursor.offset
    const tag = this.readTag()
    if (tag === undefined || tag.name !== codec.tupleName?.text || tag.arity !== codec.fields.length) {
      this.mismatch(expectation(codec), at)
    }
    this.takeRecord(codec)
    const last = codec.fields.length - 1
    this.path.push('field', '')
    for (let i = 0; i <= last; i++) {
      const field = codec.fields[i] as RecordCodec['fields'][number]
      this.path.move(field.name.text)
      if (i === last) return field.codec
      this.check(field.codec)
    }
  }

  private record(codec: RecordCodec): Codec | undefined {
    const { cursor } = this
    const at = cursor.offset
    if (cursor.peekTag() !== Tag.map) this.mismatch(expectation(codec))
    const size = cursor.readMapSize()
    this.takeRecord(codec)
    const seen = new SeenFields(codec)
    for (let i = 1; i <= size; i++) {
      const field = this.key(codec, seen, at)
      if (i === size) this.noneMissing(codec, seen)
      this.path.push('field', field.name.text)
      if (i === size) return field.codec
      this.check(field.codec)
      this.path.pop()
    }
    this.noneMissing(codec, seen)
  }

  private key(codec: RecordCodec, seen: SeenFields, at: number): RecordCodec['fields'][number] {
    const { cursor } = this
    const keyAt = cursor.offset
    const index = this.isAtom() ? codec.byName.get(cursor.readAtom()) : undefined
    if (index === undefined) {
      const key = describeTerm(cursor.bytes, keyAt, cursor.end)
      this.fail(`expected ${expectation(codec)}, got a map with the key ${key.replace(/^atom /, '')}`)
    }
    if (!seen.add(index)) this.mismatch(expectation(codec), at)
    return codec.fields[index] as RecordCodec['fields'][number]
  }

  private noneMissing(codec: RecordCodec, seen: SeenFields): void {
    const missing = codec.fields.find((_, i) => !seen.has(i))
    if (missing !== undefined)
      this.fail(`expected ${expectation(codec)}, got a map without ${missing.name.text}`)
  }

  private converted({ wire, conversion }: Converted): Codec {
    if ('order' in conversion && conversion.order === 'unknown')
      this.fail(`a ${conversion.kind} of this type cannot be made from outside OCaml`)
    return wire
  }

  private map(codec: HashTable | SearchTree | Bindings): undefined {
    const { cursor } = this
    if (codec.kind === 'search-tree' && codec.order === undefined) {
      this.fail('a map of this type cannot be made from outside OCaml')
    }
    if (cursor.peekTag() !== Tag.map) this.mismatch('map')
    const size = cursor.readMapSize()
    if (codec.kind === 'hash-table') this.takeHashTable(size)
    else this.words += size * (codec.kind === 'search-tree' ? searchTreeNodeWords : bindingWords)
    for (let i = 1; i <= size; i++) {
      this.path.push('key', i)
      this.check(codec.key)
      this.path.pop()
      this.path.push('value', i)
      this.check(codec.data)
      this.path.pop()
    }
  }

  private takeHashTable(size: number): void {
    const { words, largest } = hashTableWords(size)
    this.words += words
    if (largest > this.largest) this.largest = largest
  }

  private term(): undefined {
    measureTerm(this.room)
  }

  /** What the measuring of a term needs of this. */
  private readonly room: Room = {
    cursor: this.cursor,
    take: (wosize) => this.take(wosize),
    nested: (visit) => {
      if (++this.depth > maxDepth) this.fail('nested too deeply')
      visit()
      this.depth -= 1
    },
    mismatch: (expected) => this.mismatch(expected),
  }

  /** What it carries is in its own block, after the constructor. */
  private exception(): undefined {
    const { cursor } = this
    const at = cursor.offset
    const isOne = this.isTuple() && cursor.readTupleArity() === 3 && cursor.tryAtom('ocaml') && this.isAtom()
    if (!isOne) return this.mismatch(expectation({ kind: 'exception' }), at)
    const name = cursor.readAtom()
    const known = this.exceptions?.named(name)
    if (known === undefined) return this.fail(`expected an exception of the program, got '${name}'`)
    const { arguments: args, inlined } = known.payload
    if (args.length > 0) this.take(args.length + 1)
    this.path.push('element', 3)
    this.exceptionArguments(inlined === undefined ? args : [inlined])
    this.path.pop()
  }

  private exceptionArguments(codecs: readonly Codec[]): void {
    const { cursor } = this
    const at = cursor.offset
    const isString = cursor.peekTag() === Tag.string
    const codes = isString ? cursor.readStringView() : new Uint8Array(0)
    const count = isString ? codes.length : cursor.readListTail()
    if (count !== codecs.length) this.mismatch(`list of ${codecs.length} elements`, at)
    const { bytes, offset, end } = cursor
    if (isString) cursor.reset(spreadCodes(codes))
    this.path.push('element', 0)
    codecs.forEach((codec, i) => {
      this.path.move(i + 1)
      this.check(codec)
    })
    this.path.pop()
    if (isString) cursor.reset(bytes, offset, end)
    else if (count > 0 && cursor.readListTail() !== 0) this.mismatch(`list of ${count} elements`, at)
  }

  private identifier(kind: IdentifierKind): undefined {
    const at = this.cursor.offset
    if (identifierKindOf(this.cursor.peekTag()) !== kind) this.mismatch(kind, at)
    this.take(stringWords(readIdentifier(this.cursor, kind).length) - 1)
  }

  private opaque(codec: OpaqueCodec): undefined {
    const { cursor } = this
    const at = cursor.offset
    const tag = cursor.peekTag()
    if (codec.takesFuns === true && isFunTag(tag)) return this.fun(codec, cursor.readEncoded())
    if (tag !== Tag.newerReference && tag !== Tag.newReference && tag !== Tag.newPid)
      this.mismatch(expectation(codec), at)
    const name = tag === Tag.newPid ? cursor.readPid() : cursor.readReference()
    if (this.handles.accepts(name, codec)) return
    if (codec.takesPids !== true || name.kind !== 'pid') this.mismatch(expectation(codec), at)
    if (this.handles.find(name) !== undefined) this.mismatch(`pid of a channel of type ${codec.type}`, at)
    this.closureOf(encodeBare(name))
  }

  private fun(codec: OpaqueCodec, fun: Uint8Array): undefined {
    const { funs } = this
    if (funs?.fits(codec, fun) !== true)
      return this.fail(`expected ${funExpectation(codec)}, got ${funText(arityOfFun(fun))}`)
    this.closureOf(fun)
  }

  /** What a fun or a process becomes. */
  private closureOf(encoded: Uint8Array): void {
    if (this.funs === undefined) return
    const { words, largest } = this.funs.room(encoded)
    this.words += words
    if (largest > this.largest) this.largest = largest
  }
}

/** Which fields of a record have come. */
class SeenFields {
  private bits = 0
  private readonly more: Set<number> | undefined

  constructor(codec: RecordCodec) {
    this.more = codec.fields.length > 31 ? new Set() : undefined
  }

  has(index: number): boolean {
    return this.more === undefined ? (this.bits & (1 << index)) !== 0 : this.more.has(index)
  }

  /** False if it has come before. */
  add(index: number): boolean {
    if (this.has(index)) return false
    if (this.more === undefined) this.bits |= 1 << index
    else this.more.add(index)
    return true
  }
}
