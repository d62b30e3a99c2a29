/**
 * Values of the library's `Erlang.term`: any Erlang term at all (src/stdlib/camlinternalTerm.ml).
 *
 *     0 Atom text │ 1 Int n │ 2 Big { negative; magnitude } │ 3 Float x │ 4 Binary bytes │ 5 Bits (bytes, n) │ 6 List l
 *     7 Improper (l, tail) │ 8 Tuple l │ 9 Map ((key, value) list) │ 10 Pid │ 11 Reference │ 12 Port │ 13 Fun
 *
 * The last four, and the library's types `pid`, `reference`, `port` and `func` by themselves, are strings: the encoded term in its newest form.
 *
 * As everywhere at the border, one pass measures and checks, one builds, one encodes.
 */

import { ProtocolError } from '../base/diagnostic.ts'
import { tags } from '../codegen/layout.ts'
import {
  encodeBare,
  isAtomTag,
  Tag,
  type TermCursor,
  TermReader,
  type TermWriter,
} from '../erlang-term-format/index.ts'
import type { Heap } from './heap.ts'
import { stringWords } from './heap.ts'

/** What stands for something of Erlang's that OCaml code only passes on. */
export type IdentifierKind = 'pid' | 'reference' | 'port' | 'fun'

/** Constructors by their tags. */
const shape = {
  atom: 0,
  int: 1,
  big: 2,
  float: 3,
  binary: 4,
  bits: 5,
  list: 6,
  improper: 7,
  tuple: 8,
  map: 9,
  pid: 10,
  reference: 11,
  port: 12,
  fun: 13,
} as const

const least = -(2n ** 62n)
const greatest = 2n ** 62n - 1n

const fits = (n: number | bigint): boolean => typeof n === 'number' || (n >= least && n <= greatest)

const utf8 = new TextEncoder()

/** Bytes of a positive integer, lowest first. */
function magnitudeOf(n: bigint): Uint8Array {
  const digits = n.toString(16)
  const bytes = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex')
  return bytes.reverse()
}

export function identifierKindOf(tag: number): IdentifierKind | undefined {
  switch (tag) {
    case Tag.newPid:
    case Tag.pid:
      return 'pid'
    case Tag.newerReference:
    case Tag.newReference:
    case Tag.reference:
      return 'reference'
    case Tag.v4Port:
    case Tag.newPort:
    case Tag.port:
      return 'port'
    case Tag.newFun:
    case Tag.exportFun:
      return 'fun'
    default:
      return undefined
  }
}

/** The identifier that comes next, in its newest form. */
export function readIdentifier(cursor: TermCursor, kind: IdentifierKind): Uint8Array {
  switch (kind) {
    case 'pid':
      return encodeBare(cursor.readPid())
    case 'reference':
      return encodeBare(cursor.readReference())
    case 'port':
      return encodeBare(cursor.readPort())
    case 'fun':
      return cursor.readEncoded()
  }
}

type Visit = () => void

function times(count: number, visit: Visit): void {
  for (let i = 0; i < count; i++) visit()
}

// ---------------------------------------------------------------------------------------------------------
// Measuring

export interface Room {
  readonly cursor: TermCursor
  /** Adds a block. */
  take(wosize: number): void
  /** Goes one level deeper. */
  nested(visit: Visit): void
  mismatch(expected: string): never
}

const cell = 2
const string = (room: Room, length: number): void => room.take(stringWords(length) - 1)

/** Checks the term that comes next and adds up the words of its value. */
export function measureTerm(room: Room): void {
  const { cursor } = room
  const tag = cursor.peekTag()
  const identifier = identifierKindOf(tag)
  if (identifier !== undefined) {
    string(room, readIdentifier(cursor, identifier).length)
    return room.take(1)
  }
  if (isAtomTag(tag)) {
    string(room, utf8.encode(cursor.readAtom()).length)
    return room.take(1)
  }
  room.nested(() => measureOther(room, tag))
}

function measureOther(room: Room, tag: number): void {
  const { cursor } = room
  const each = (): void => measureTerm(room)
  switch (tag) {
    case Tag.smallInteger:
    case Tag.integer:
    case Tag.smallBig:
    case Tag.largeBig:
      return measureInteger(room)
    case Tag.newFloat:
    case Tag.oldFloat:
      cursor.readFloat()
      room.take(1)
      return room.take(1)
    case Tag.binary:
      string(room, cursor.readBinaryView().length)
      return room.take(1)
    case Tag.bitBinary:
      string(room, readBits(cursor).bytes.length)
      return room.take(2)
    case Tag.string: {
      const codes = cursor.readStringView().length
      for (let i = 0; i < codes; i++) {
        room.take(1)
        room.take(cell)
      }
      return room.take(1)
    }
    case Tag.nil:
    case Tag.list:
      return measureList(room, each)
    case Tag.smallTuple:
    case Tag.largeTuple: {
      const arity = cursor.readTupleArity()
      room.take(1)
      return times(arity, () => {
        room.take(cell)
        each()
      })
    }
    case Tag.map: {
      const size = cursor.readMapSize()
      room.take(1)
      return times(size, () => {
        room.take(cell)
        room.take(2)
        each()
        each()
      })
    }
    default:
      room.mismatch('a term that OCaml can hold')
  }
}

function measureInteger(room: Room): void {
  const n = room.cursor.readInteger()
  if (fits(n)) return room.take(1)
  const value = BigInt(n)
  string(room, magnitudeOf(value < 0n ? -value : value).length)
  room.take(2)
}

/** A list in pieces (a tail that is a list, too) is one list. */
function measureList(room: Room, each: Visit): void {
  const { cursor } = room
  let more = cursor.readListTail()
  for (; more > 0; more = cursor.readListTail()) {
    times(more, () => {
      room.take(cell)
      each()
    })
  }
  if (more === 0) return room.take(1)
  if (cursor.peekTag() !== Tag.string) {
    each()
    return room.take(2)
  }
  const codes = cursor.readStringView().length
  for (let i = 0; i < codes; i++) {
    room.take(1)
    room.take(cell)
  }
  room.take(1)
}

/** The bytes of a bitstring, and how many bits of the last one count. */
function readBits(cursor: TermCursor): { readonly bytes: Uint8Array; readonly bits: number } {
  const encoded = cursor.readEncoded()
  return { bytes: encoded.subarray(6), bits: encoded[5] as number }
}

// ---------------------------------------------------------------------------------------------------------
// Building

/** Writes into a slot the value of the term that comes next, which has been measured. */
export class TermBuilder {
  private readonly heap: Heap
  private readonly cursor: TermCursor

  constructor(heap: Heap, cursor: TermCursor) {
    this.heap = heap
    this.cursor = cursor
  }

  private block(slot: number, tag: number, wosize: number): number {
    const block = this.heap.take(wosize, tag)
    this.heap.setAddress(slot, block)
    return block
  }

  string(slot: number, content: Uint8Array): void {
    const { heap } = this
    const wosize = stringWords(content.length) - 1
    const block = this.block(slot, tags.string, wosize)
    const last = block + wosize * 8
    heap.words[(last - 8) >>> 2] = 0
    heap.words[(last - 4) >>> 2] = 0
    heap.bytes[last - 1] = wosize * 8 - 1 - content.length
    heap.bytes.set(content, block)
  }

  identifier(slot: number, kind: IdentifierKind): void {
    this.string(slot, readIdentifier(this.cursor, kind))
  }

  term(slot: number): void {
    const { cursor, heap } = this
    const tag = cursor.peekTag()
    const identifier = identifierKindOf(tag)
    if (identifier !== undefined) {
      return this.identifier(this.block(slot, shape[identifier], 1), identifier)
    }
    if (isAtomTag(tag)) return this.string(this.block(slot, shape.atom, 1), utf8.encode(cursor.readAtom()))
    switch (tag) {
      case Tag.newFloat:
      case Tag.oldFloat: {
        const field = this.block(slot, shape.float, 1)
        heap.doubles[this.block(field, tags.double, 1) >>> 3] = cursor.readFloat()
        return
      }
      case Tag.binary:
        return this.string(this.block(slot, shape.binary, 1), cursor.readBinaryView())
      case Tag.bitBinary: {
        const { bytes, bits } = readBits(cursor)
        const block = this.block(slot, shape.bits, 2)
        this.string(block, bytes)
        return heap.setSmall(block + 8, bits)
      }
      case Tag.string:
      case Tag.nil:
      case Tag.list:
        return this.list(slot)
      case Tag.smallTuple:
      case Tag.largeTuple: {
        const arity = cursor.readTupleArity()
        const end = this.cells(this.block(slot, shape.tuple, 1), arity, (at) => this.term(at))
        return heap.setSmall(end, 0)
      }
      case Tag.map: {
        const size = cursor.readMapSize()
        const end = this.cells(this.block(slot, shape.map, 1), size, (at) => {
          const pair = this.block(at, 0, 2)
          this.term(pair)
          this.term(pair + 8)
        })
        return heap.setSmall(end, 0)
      }
      default:
        return this.integer(slot)
    }
  }

  private integer(slot: number): void {
    const n = this.cursor.readInteger()
    if (fits(n)) return this.heap.setInt(this.block(slot, shape.int, 1), n)
    const value = BigInt(n)
    const block = this.block(slot, shape.big, 2)
    this.heap.setSmall(block, value < 0n ? 1 : 0)
    this.string(block + 8, magnitudeOf(value < 0n ? -value : value))
  }

  /** `count` cells from `slot` on; the slot of the tail. */
  private cells(slot: number, count: number, head: (slot: number) => void): number {
    let tail = slot
    for (let i = 0; i < count; i++) {
      const at = this.block(tail, 0, cell)
      head(at)
      tail = at + 8
    }
    return tail
  }

  /** Whether it is improper shows at its end, so its constructor is made last, and the list hangs on a slot of its own until then. */
  private list(slot: number): void {
    const { cursor, heap } = this
    const first = heap.next
    let tail = slot
    if (cursor.peekTag() !== Tag.string) {
      let more = cursor.readListTail()
      for (; more > 0; more = cursor.readListTail()) tail = this.cells(tail, more, (at) => this.term(at))
      if (more === 0) return this.closeList(slot, tail, first)
      if (cursor.peekTag() !== Tag.string) return this.closeImproper(slot, tail, first)
    }
    const codes = cursor.readStringView()
    let i = 0
    tail = this.cells(tail, codes.length, (at) =>
      heap.setSmall(this.block(at, shape.int, 1), codes[i++] as number),
    )
    this.closeList(slot, tail, first)
  }

  private closeList(slot: number, tail: number, first: number): void {
    const { heap } = this
    const isEmpty = heap.next === first
    if (!isEmpty) heap.setSmall(tail, 0)
    const items = heap.values[slot >>> 3] as bigint
    const block = this.block(slot, shape.list, 1)
    heap.values[block >>> 3] = isEmpty ? 1n : items
  }

  private closeImproper(slot: number, tail: number, first: number): void {
    const { heap } = this
    const isEmpty = heap.next === first
    if (!isEmpty) heap.setSmall(tail, 0)
    const items = heap.values[slot >>> 3] as bigint
    const block = this.block(slot, shape.improper, 2)
    heap.values[block >>> 3] = isEmpty ? 1n : items
    this.term(block + 8)
  }
}

// ---------------------------------------------------------------------------------------------------------
// Encoding

export interface TermSink {
  readonly writer: TermWriter
  /** Goes one level deeper, and looks whether there is room for more. */
  nested(visit: Visit): void
  fail(what: string): never
}

const reader = new TermReader(new Uint8Array(0))
const longestAtom = 255

export class TermEncoder {
  private readonly heap: Heap
  private readonly sink: TermSink

  constructor(heap: Heap, sink: TermSink) {
    this.heap = heap
    this.sink = sink
  }

  private bytes(slot: number): Uint8Array {
    const block = this.heap.addressAt(slot)
    return this.heap.bytes.subarray(block, block + this.heap.stringLength(block))
  }

  /** OCaml code cannot make one, but by force. */
  identifier(slot: number, kind: IdentifierKind): void {
    const bytes = this.bytes(slot).slice()
    reader.reset(bytes)
    try {
      if (identifierKindOf(reader.peekTag()) !== kind) this.sink.fail(`no ${kind}`)
      reader.skip()
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error
      this.sink.fail(`no ${kind}`)
    }
    if (!reader.atEnd) this.sink.fail(`no ${kind}`)
    this.sink.writer.raw(bytes)
  }

  term(slot: number): void {
    this.sink.nested(() => this.constructed(this.heap.addressAt(slot)))
  }

  private constructed(block: number): void {
    const { heap, sink } = this
    const { writer } = sink
    switch (heap.tagOf(block)) {
      case shape.atom:
        return this.atom(block)
      case shape.int:
        return writer.int(heap.intAt(block))
      case shape.big:
        return this.big(block)
      case shape.float:
        return this.float(heap.addressAt(block))
      case shape.binary:
        return writer.binary(this.bytes(block))
      case shape.bits:
        return this.bits(block)
      case shape.list:
        return this.list(block, undefined)
      case shape.improper:
        return this.list(block, block + 8)
      case shape.tuple:
        writer.tupleHeader(this.length(block))
        return this.each(block, (at) => this.term(at))
      case shape.map:
        return this.map(block)
      case shape.pid:
        return this.identifier(block, 'pid')
      case shape.reference:
        return this.identifier(block, 'reference')
      case shape.port:
        return this.identifier(block, 'port')
      default:
        return this.identifier(block, 'fun')
    }
  }

  private atom(slot: number): void {
    const name = Buffer.from(this.bytes(slot)).toString('utf8')
    if (name.includes('\ufffd') || Array.from(name).length > longestAtom)
      this.sink.fail('no atom: it has more than 255 characters, or is not UTF-8')
    this.sink.writer.atom(name)
  }

  private big(block: number): void {
    const digits = Buffer.from(this.bytes(block + 8))
      .reverse()
      .toString('hex')
    const value = BigInt(`0x0${digits}`)
    this.sink.writer.int(this.heap.smallAt(block) === 0 ? value : -value)
  }

  private float(address: number): void {
    const value = this.heap.doubles[address >>> 3] as number
    if (!Number.isFinite(value)) this.sink.fail(`${value} has no Erlang float`)
    this.sink.writer.float(value)
  }

  private bits(block: number): void {
    const bytes = this.bytes(block)
    const bits = this.heap.smallAt(block + 8)
    if (bytes.length === 0 || bits < 1 || bits > 8) this.sink.fail('no bitstring')
    const { writer } = this.sink
    writer.u8(Tag.bitBinary)
    writer.u32(bytes.length)
    writer.u8(bits)
    writer.raw(bytes)
  }

  private length(slot: number): number {
    const { heap } = this
    let count = 0
    for (let at = slot; !heap.isImmediate(at); at = heap.addressAt(at) + 8) count += 1
    return count
  }

  private each(slot: number, visit: (slot: number) => void): void {
    const { heap } = this
    for (let at = slot; !heap.isImmediate(at); at = heap.addressAt(at) + 8) visit(heap.addressAt(at))
  }

  private list(slot: number, tail: number | undefined): void {
    const count = this.length(slot)
    if (count > 0) this.sink.writer.listHeader(count)
    this.each(slot, (at) => this.term(at))
    if (tail !== undefined) this.term(tail)
    else this.sink.writer.nil()
  }

  private map(slot: number): void {
    const { heap, sink } = this
    const { writer } = sink
    const seen = new Set<string>()
    writer.mapHeader(this.length(slot))
    this.each(slot, (at) => {
      const pair = heap.addressAt(at)
      const start = writer.length
      this.term(pair)
      const key = Buffer.from(writer.bytes.buffer, start, writer.length - start).toString('latin1')
      if (seen.has(key)) sink.fail('a map with a key twice')
      seen.add(key)
      this.term(pair + 8)
    })
  }
}
