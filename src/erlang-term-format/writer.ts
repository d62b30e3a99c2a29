/**
 * Terms → bytes.
 *
 * A `TermWriter` writes flat terms and the headers of composite ones straight into its buffer, for hot
 * paths; `term` writes a whole `Term`, with a stack of its own, so that no depth overflows JavaScript's.
 * What it writes is what `term_to_binary` of OTP 26 writes: the smallest tag that fits.
 */

import { Crash } from '../base/diagnostic.ts'
import { encodeAtom } from './atoms.ts'
import { ByteWriter } from './bytes.ts'
import { magnitudeBytes } from './integers.ts'
import { Tag } from './tags.ts'
import type {
  Bitstring,
  ExportFun,
  Fun,
  List,
  MapTerm,
  OldFun,
  Pid,
  Port,
  RecordTerm,
  Reference,
  Term,
} from './term.ts'
import { nil, normalisedInt } from './term.ts'

/** STRING_EXT has a 16-bit length. */
const maxString = 0xffff

/** What `term` has still to write: terms, and the offsets of sizes to fill in once what they cover is written. */
type Pending = Term | { readonly kind: 'size'; readonly at: number }

export class TermWriter extends ByteWriter {
  private readonly pending: Pending[] = []

  override reset(): void {
    super.reset()
    this.pending.length = 0
  }

  /** The version byte. */
  magic(): void {
    this.u8(Tag.magic)
  }

  atom(name: string): void {
    this.raw(encodeAtom(name))
  }

  /** An integer of any size; a `number` must be an integer. */
  int(value: number | bigint): void {
    if (typeof value === 'bigint') this.bigint(value)
    else if (value === (value & 0xff)) this.pair(Tag.smallInteger, value)
    else if (value === (value | 0)) this.tagged32(Tag.integer, value)
    else if (Number.isSafeInteger(value)) this.wide(value)
    else this.bigint(normalisedInt(value) as bigint)
  }

  private pair(tag: number, value: number): void {
    const at = this.reserve(2)
    this.bytes[at] = tag
    this.bytes[at + 1] = value
  }

  private tagged32(tag: number, value: number): void {
    const at = this.reserve(5)
    this.bytes[at] = tag
    this.setU32(at + 1, value)
  }

  /** A number beyond 32 bits: little-endian magnitude of up to 7 bytes. */
  private wide(value: number): void {
    let rest = Math.abs(value)
    const length = rest < 2 ** 32 ? 4 : rest < 2 ** 40 ? 5 : rest < 2 ** 48 ? 6 : 7
    const at = this.reserve(3 + length)
    this.bytes[at] = Tag.smallBig
    this.bytes[at + 1] = length
    this.bytes[at + 2] = value < 0 ? 1 : 0
    for (let i = 0; i < length; i++) {
      this.bytes[at + 3 + i] = rest % 256
      rest = Math.floor(rest / 256)
    }
  }

  private bigint(value: bigint): void {
    const small = Number(value)
    if (Number.isSafeInteger(small)) this.int(small)
    else this.big(value)
  }

  private big(value: bigint): void {
    const magnitude = magnitudeBytes(value < 0n ? -value : value)
    if (magnitude.length < 256) this.pair(Tag.smallBig, magnitude.length)
    else this.tagged32(Tag.largeBig, magnitude.length)
    this.u8(value < 0n ? 1 : 0)
    this.raw(magnitude)
  }

  /** A finite number. */
  float(value: number): void {
    if (!Number.isFinite(value)) throw new Crash(`not an Erlang float: ${value}`)
    this.u8(Tag.newFloat)
    this.float64(value)
  }

  binary(content: Uint8Array): void {
    this.binaryHeader(content.length)
    this.raw(content)
  }

  /** The header of a binary whose `length` bytes the caller writes next. */
  binaryHeader(length: number): void {
    this.tagged32(Tag.binary, length)
  }

  bitstring(term: Bitstring): void {
    const length = term.bytes.length
    this.tagged32(term.lastBits === 8 ? Tag.binary : Tag.bitBinary, length)
    if (term.lastBits !== 8) this.u8(term.lastBits)
    this.raw(term.bytes)
  }

  /** A tuple of which the `arity` elements follow. */
  tupleHeader(arity: number): void {
    if (arity < 256) this.pair(Tag.smallTuple, arity)
    else this.tagged32(Tag.largeTuple, arity)
  }

  /** A list of which `length` (≥ 1) elements and then the tail follow; `[]` is `nil()`. */
  listHeader(length: number): void {
    this.tagged32(Tag.list, length)
  }

  nil(): void {
    this.u8(Tag.nil)
  }

  /** A list of integers from 0 to 255, at most 65,535 of them, in one byte each. */
  string(codes: Uint8Array): void {
    if (codes.length > maxString) throw new Crash('string too long')
    this.u8(codes.length === 0 ? Tag.nil : Tag.string)
    if (codes.length > 0) this.u16(codes.length)
    this.raw(codes)
  }

  /** A map of which `size` keys and values follow, in turns. */
  mapHeader(size: number): void {
    this.tagged32(Tag.map, size)
  }

  pid(pid: Pid): void {
    this.u8(Tag.newPid)
    this.atom(pid.node)
    this.u32(pid.id)
    this.u32(pid.serial)
    this.u32(pid.creation)
  }

  port(port: Port): void {
    const small = port.id < 1n << 28n
    this.u8(small ? Tag.newPort : Tag.v4Port)
    this.atom(port.node)
    if (small) this.u32(Number(port.id))
    else this.u64(port.id)
    this.u32(port.creation)
  }

  reference(reference: Reference): void {
    this.u8(Tag.newerReference)
    this.u16(reference.ids.length)
    this.atom(reference.node)
    this.u32(reference.creation)
    for (const word of reference.ids) this.u32(word)
  }

  exportFun(fun: ExportFun): void {
    this.u8(Tag.exportFun)
    this.atom(fun.module)
    this.atom(fun.function)
    this.int(fun.arity)
  }

  /** A whole term. */
  term(term: Term): void {
    const floor = this.pending.length
    this.head(term)
    while (this.pending.length > floor) {
      const next = this.pending.pop() as Pending
      if (next.kind === 'size') this.setU32(next.at, this.length - next.at)
      else this.head(next)
    }
  }

  /** Writes what is not nested of a term and leaves its parts in `pending`, the first on top. */
  private head(term: Term): void {
    switch (term.kind) {
      case 'atom':
        this.atom(term.name)
        break
      case 'int':
        this.int(term.value)
        break
      case 'float':
        this.float(term.value)
        break
      case 'bitstring':
        this.bitstring(term)
        break
      case 'tuple':
        this.tupleHeader(term.elements.length)
        this.later(term.elements)
        break
      case 'list':
        this.list(term)
        break
      case 'map':
        this.map(term)
        break
      case 'pid':
        this.pid(term)
        break
      case 'port':
        this.port(term)
        break
      case 'reference':
        this.reference(term)
        break
      case 'export':
        this.exportFun(term)
        break
      case 'fun':
        this.fun(term)
        break
      case 'oldFun':
        this.oldFun(term)
        break
      case 'record':
        this.record(term)
        break
      case 'local':
        this.local(term.bytes)
        break
    }
  }

  private later(terms: readonly Term[]): void {
    for (let i = terms.length - 1; i >= 0; i--) this.pending.push(terms[i] as Term)
  }

  private list(term: List): void {
    if (term.elements.length === 0) this.nil()
    else if (isString(term)) this.codes(term)
    else this.cells(term)
  }

  private cells(term: List): void {
    this.listHeader(term.elements.length)
    this.pending.push(term.tail ?? nil)
    this.later(term.elements)
  }

  private codes(term: List): void {
    const length = term.elements.length
    this.u8(Tag.string)
    this.u16(length)
    const at = this.reserve(length)
    term.elements.forEach((element, i) => {
      this.bytes[at + i] = (element as { value: number }).value
    })
  }

  private map(term: MapTerm): void {
    this.mapHeader(term.pairs.length)
    for (let i = term.pairs.length - 1; i >= 0; i--) {
      const [key, value] = term.pairs[i]!
      this.pending.push(value, key)
    }
  }

  private fun(term: Fun): void {
    this.u8(Tag.newFun)
    this.pending.push({ kind: 'size', at: this.reserve(4) })
    this.u8(term.arity)
    this.raw(term.uniq)
    this.u32(term.index)
    this.u32(term.free.length)
    this.atom(term.module)
    this.int(term.oldIndex)
    this.int(term.oldUniq)
    this.pid(term.pid)
    this.later(term.free)
  }

  private oldFun(term: OldFun): void {
    this.tagged32(Tag.oldFun, term.free.length)
    this.pid(term.pid)
    this.atom(term.module)
    this.int(term.index)
    this.int(term.uniq)
    this.later(term.free)
  }

  private record(term: RecordTerm): void {
    this.tagged32(Tag.record, term.fields.length)
    this.u8(term.flags)
    this.atom(term.module)
    this.atom(term.name)
    for (const field of term.fields) this.atom(field)
    this.later(term.values)
  }

  /** It reaches to the end of the input, so it cannot stand within another term. */
  private local(content: Uint8Array): void {
    if (this.pending.length > 0) throw new Crash('a term in local format within another term')
    this.u8(Tag.local)
    this.raw(content)
  }
}

function isString(term: List): boolean {
  if (term.tail !== null || term.elements.length > maxString) return false
  return term.elements.every(isByte)
}

function isByte(term: Term): boolean {
  return term.kind === 'int' && (term.value as number) >= 0 && (term.value as number) < 256
}

/** One writer for all of `encode`; it is replaced when it has grown large. */
let shared = new TermWriter()
const largestKept = 1 << 16

/** A term with the version byte: what `term_to_binary` returns. */
export function encode(term: Term): Uint8Array {
  shared.reset()
  shared.magic()
  return encodeShared(term)
}

/** A term without the version byte. */
export function encodeBare(term: Term): Uint8Array {
  shared.reset()
  return encodeShared(term)
}

function encodeShared(term: Term): Uint8Array {
  shared.term(term)
  const bytes = shared.finish()
  if (bytes.length > largestKept) shared = new TermWriter()
  return bytes
}
