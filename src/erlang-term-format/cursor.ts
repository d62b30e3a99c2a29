/**
 * A position in encoded terms, and the reading of everything that is not nested.
 *
 * Made for hot paths: nothing is allocated but what is returned, atoms come out of a cache, binaries are
 * views. A failed read throws `ProtocolError` and leaves the position undefined. Each `read…` expects its
 * kind of term at the position (whatever tag carries it) and moves past it; composite terms are read as a
 * header (`readTupleArity`, …) followed by reads of what is in them.
 *
 * Every claimed length is checked against what is left before anything is made of it.
 */

import { ProtocolError } from '../base/diagnostic.ts'
import { decodeLatin1Atom, decodeUtf8Atom } from './atoms.ts'
import { maxBigBytes, readMagnitude } from './integers.ts'
import { Tag } from './tags.ts'
import type { Pid, Port, Reference } from './term.ts'

/** ERTS refuses references of more words. */
const maxReferenceWords = 5

/** Bytes of the terms that always have the same size, tag included, by tag; 0 for the others. */
const fixedSizes = new Uint8Array(256)
fixedSizes[Tag.nil] = 1
fixedSizes[Tag.smallInteger] = 2
fixedSizes[Tag.integer] = 5
fixedSizes[Tag.newFloat] = 9
fixedSizes[Tag.oldFloat] = 32

/** Bytes after the node in pids, ports and references without their words, by tag; 0 for the others. */
const identifierSizes = new Uint8Array(256)
identifierSizes[Tag.newPid] = 12
identifierSizes[Tag.pid] = 9
identifierSizes[Tag.v4Port] = 12
identifierSizes[Tag.newPort] = 8
identifierSizes[Tag.port] = 5
identifierSizes[Tag.reference] = 5
identifierSizes[Tag.newReference] = 1
identifierSizes[Tag.newerReference] = 4

const scratch = new DataView(new ArrayBuffer(8))
const oldFloatPattern = /^[+-]?\d+\.\d+([eE][+-]?\d+)?$/

export class TermCursor {
  /** Never written to. */
  bytes: Uint8Array
  /** Where the next read starts; a caller may save it and go back to it. */
  offset: number
  /** Reads stop here, `≤ bytes.length`. */
  end: number
  /** What atom cache references (tag 82) of the message index; null where there is no distribution header. */
  atoms: readonly string[] | null

  constructor(
    bytes: Uint8Array,
    offset = 0,
    end: number = bytes.length,
    atoms: readonly string[] | null = null,
  ) {
    this.bytes = bytes
    this.offset = offset
    this.end = end
    this.atoms = atoms
  }

  /** Starts over on other bytes, so that one cursor can serve many messages. */
  reset(
    bytes: Uint8Array,
    offset = 0,
    end: number = bytes.length,
    atoms: readonly string[] | null = null,
  ): void {
    this.bytes = bytes
    this.offset = offset
    this.end = end
    this.atoms = atoms
  }

  get atEnd(): boolean {
    return this.offset >= this.end
  }

  get remaining(): number {
    return this.end - this.offset
  }

  fail(what: string): never {
    throw new ProtocolError(`term at byte ${this.offset}: ${what}`)
  }

  /** The tag of the next term, without moving. */
  peekTag(): number {
    if (this.offset >= this.end) this.fail('truncated')
    return this.bytes[this.offset] as number
  }

  readU8(): number {
    return this.bytes[this.take(1)] as number
  }

  readU16(): number {
    const at = this.take(2)
    return ((this.bytes[at] as number) << 8) | (this.bytes[at + 1] as number)
  }

  readU32(): number {
    const at = this.take(4)
    const b = this.bytes
    return (
      (((b[at] as number) << 24) |
        ((b[at + 1] as number) << 16) |
        ((b[at + 2] as number) << 8) |
        (b[at + 3] as number)) >>>
      0
    )
  }

  /** A view of the next `length` bytes. */
  readView(length: number): Uint8Array {
    const at = this.take(length)
    return this.bytes.subarray(at, at + length)
  }

  /** Moves past `length` bytes and returns where they start. */
  take(length: number): number {
    const at = this.offset
    if (length > this.end - at) this.fail('truncated')
    this.offset = at + length
    return at
  }

  /** The version byte before a term. */
  readMagic(): void {
    if (this.readU8() !== Tag.magic) this.fail('no version byte')
  }

  readAtom(): string {
    const tag = this.readU8()
    switch (tag) {
      case Tag.smallAtomUtf8:
        return this.utf8Atom(this.readU8())
      case Tag.atomUtf8:
        return this.utf8Atom(this.readU16())
      case Tag.atomCacheRef:
        return this.cachedAtom(this.readU8())
      case Tag.smallAtomLatin1:
        return this.latin1Atom(this.readU8())
      case Tag.atomLatin1:
        return this.latin1Atom(this.readU16())
      default:
        return this.unexpected(tag, 'an atom')
    }
  }

  private utf8Atom(length: number): string {
    const at = this.take(length)
    return decodeUtf8Atom(this.bytes, at, at + length)
  }

  private latin1Atom(length: number): string {
    const at = this.take(length)
    return decodeLatin1Atom(this.bytes, at, at + length)
  }

  private cachedAtom(index: number): string {
    return this.atoms?.[index] ?? this.fail('unknown atom cache reference')
  }

  protected unexpected(tag: number, expected: string): never {
    return this.fail(`tag ${tag} where ${expected} should be`)
  }

  /** Whether the next term is an atom of this name; if not, nothing has moved. */
  tryAtom(name: string): boolean {
    const at = this.offset
    if (isAtomTag(this.peekTag()) && this.readAtom() === name) return true
    this.offset = at
    return false
  }

  /** The header of a tuple; that many elements follow. */
  readTupleArity(): number {
    const tag = this.readU8()
    if (tag === Tag.smallTuple) return this.countOf(this.readU8(), 1)
    if (tag === Tag.largeTuple) return this.countOf(this.readU32(), 1)
    return this.unexpected(tag, 'a tuple')
  }

  /**
   * The header of a list: 0 for `[]`, else that many elements follow and then a tail, which
   * `readListTail` reads. A list of small integers may come as STRING_EXT instead: look for it with
   * `peekTag() === Tag.string` first and read it with `readStringView`.
   */
  readListLength(): number {
    const length = this.readListTail()
    return length < 0 ? this.unexpected(this.peekTag(), 'a list') : length
  }

  /**
   * After the elements of a list: 0 if the list ends here, n > 0 if n more elements and another tail
   * follow, -1 if the tail is another term, which then follows.
   */
  readListTail(): number {
    for (;;) {
      const tag = this.peekTag()
      if (tag !== Tag.nil && tag !== Tag.list) return -1
      this.offset++
      if (tag === Tag.nil) return 0
      const length = this.countOf(this.readU32(), 1)
      if (length > 0) return length
    }
  }

  /** The bytes of a STRING_EXT: a list of integers from 0 to 255. */
  readStringView(): Uint8Array {
    const tag = this.readU8()
    if (tag !== Tag.string) this.unexpected(tag, 'a string')
    return this.readView(this.readU16())
  }

  /** The header of a map; that many keys and values follow, in turns. */
  readMapSize(): number {
    const tag = this.readU8()
    if (tag !== Tag.map) this.unexpected(tag, 'a map')
    return this.countOf(this.readU32(), 2)
  }

  /** A claimed number of terms, each of at least `least` bytes. */
  protected countOf(count: number, least: number): number {
    if (count * least > this.end - this.offset) this.fail('truncated')
    return count
  }

  /** The header of a binary (not of a bitstring); that many bytes follow. */
  readBinaryLength(): number {
    const tag = this.readU8()
    if (tag !== Tag.binary) this.unexpected(tag, 'a binary')
    return this.countOf(this.readU32(), 1)
  }

  /** The bytes of a binary, not copied. */
  readBinaryView(): Uint8Array {
    const tag = this.readU8()
    if (tag === Tag.binary) return this.readView(this.readU32())
    if (tag !== Tag.bitBinary) this.unexpected(tag, 'a binary')
    const length = this.readU32()
    if (this.readLastBits(length) !== 8) this.fail('a bitstring where a binary should be')
    return this.readView(length)
  }

  /** The second field of BIT_BINARY_EXT: 1 to 8 (or, if there are no bytes, 0, returned as 8). */
  protected readLastBits(length: number): number {
    const bits = this.readU8()
    if (length === 0 ? bits !== 0 : bits < 1 || bits > 8) this.fail('wrong number of bits')
    return length === 0 ? 8 : bits
  }

  /** An integer: `number` in the safe range, `bigint` outside. */
  readInteger(): number | bigint {
    const tag = this.readU8()
    switch (tag) {
      case Tag.smallInteger:
        return this.readU8()
      case Tag.integer:
        return this.readU32() | 0
      case Tag.smallBig:
        return this.readBig(this.readU8())
      case Tag.largeBig:
        return this.readBig(this.readU32())
      default:
        return this.unexpected(tag, 'an integer')
    }
  }

  private readBig(length: number): number | bigint {
    const negative = this.readU8() !== 0
    if (length > maxBigBytes) this.fail('integer too big')
    return readMagnitude(this.bytes, this.take(length), length, negative)
  }

  /** A float; integers are not accepted. */
  readFloat(): number {
    const tag = this.readU8()
    if (tag === Tag.newFloat) return this.readFloat64()
    if (tag === Tag.oldFloat) return this.readFloatText()
    return this.unexpected(tag, 'a float')
  }

  private readFloat64(): number {
    const at = this.take(8)
    for (let i = 0; i < 8; i++) scratch.setUint8(i, this.bytes[at + i] as number)
    const value = scratch.getFloat64(0)
    if (!Number.isFinite(value)) this.fail('float is not finite')
    return value
  }

  /** FLOAT_EXT: 31 bytes of text, ended by a zero byte. */
  private readFloatText(): number {
    const field = this.readView(31)
    const stop = field.indexOf(0)
    const text = String.fromCharCode(...field.subarray(0, stop < 0 ? field.length : stop))
    const value = Number(text)
    if (!oldFloatPattern.test(text) || !Number.isFinite(value)) this.fail('malformed float')
    return value
  }

  readPid(): Pid {
    const tag = this.readU8()
    if (tag !== Tag.newPid && tag !== Tag.pid) this.unexpected(tag, 'a pid')
    const node = this.readAtom()
    const id = this.readU32()
    const serial = this.readU32()
    return { kind: 'pid', node, id, serial, creation: this.readCreation(tag === Tag.newPid) }
  }

  readPort(): Port {
    const tag = this.readU8()
    if (tag !== Tag.newPort && tag !== Tag.v4Port && tag !== Tag.port) this.unexpected(tag, 'a port')
    const node = this.readAtom()
    const high = tag === Tag.v4Port ? this.readU32() : 0
    const id = (BigInt(high) << 32n) | BigInt(this.readU32())
    return { kind: 'port', node, id, creation: this.readCreation(tag !== Tag.port) }
  }

  readReference(): Reference {
    const tag = this.readU8()
    if (tag === Tag.reference) return this.readOldReference()
    if (tag !== Tag.newerReference && tag !== Tag.newReference) this.unexpected(tag, 'a reference')
    const words = this.readU16()
    if (words > maxReferenceWords) this.fail('wrong number of words in a reference')
    const node = this.readAtom()
    const creation = this.readCreation(tag === Tag.newerReference)
    const ids: number[] = []
    for (let i = 0; i < words; i++) ids.push(this.readU32())
    if (tag === Tag.newReference) this.checkFirstWord(ids[0] ?? 0)
    return { kind: 'reference', node, creation, ids }
  }

  private readOldReference(): Reference {
    const node = this.readAtom()
    const id = this.readU32()
    this.checkFirstWord(id)
    return { kind: 'reference', node, creation: this.readCreation(false), ids: [id] }
  }

  /** In the old references it has 18 bits. */
  private checkFirstWord(id: number): void {
    if (id >= 1 << 18) this.fail('reference out of range')
  }

  /** In the old identifiers it has two bits in a byte. */
  private readCreation(wide: boolean): number {
    if (wide) return this.readU32()
    const creation = this.readU8()
    return creation < 4 ? creation : this.fail('wrong creation')
  }

  /** Moves past one term without making it; nothing nested in it is looked at more than its sizes need. */
  skip(): void {
    for (let pending = 1; pending > 0; pending--) pending += this.skipHead()
  }

  /** Moves past one term and returns its bytes, not copied. They may hold atom cache references. */
  readEncoded(): Uint8Array {
    const from = this.offset
    this.skip()
    return this.bytes.subarray(from, this.offset)
  }

  /** Moves past what is not nested of a term and returns how many terms follow as its parts. */
  private skipHead(): number {
    const tag = this.peekTag()
    switch (tag) {
      case Tag.smallTuple:
      case Tag.largeTuple:
        return this.readTupleArity()
      case Tag.map:
        return 2 * this.readMapSize()
      case Tag.list:
        this.offset++
        return this.countOf(this.readU32(), 1) + 1
      case Tag.newFun:
        return this.skipNewFun()
      case Tag.oldFun:
        this.offset++
        return this.countOf(this.readU32(), 1) + 4
      case Tag.exportFun:
        this.offset++
        return 3
      case Tag.record:
        return this.skipRecord()
      default:
        this.skipFlat(tag)
        return 0
    }
  }

  /** Size:32 Arity:8 Uniq:128 Index:32 NumFree:32, then Module, OldIndex, OldUniq, Pid and the free terms. */
  private skipNewFun(): number {
    this.offset++
    this.take(25)
    return this.countOf(this.readU32(), 1) + 4
  }

  /** N:32 Flags:8, then Module, Name, N field names and N values. */
  private skipRecord(): number {
    this.offset++
    const fields = this.countOf(this.readU32(), 2)
    this.take(1)
    return 2 + 2 * fields
  }

  private skipFlat(tag: number): void {
    if (isAtomTag(tag)) {
      this.skipAtom()
      return
    }
    this.offset++
    const fixed = fixedSizes[tag] as number
    this.take(fixed > 0 ? fixed - 1 : this.variableSize(tag))
  }

  /** The bytes that follow the tag (and a node, which this moves past) where they are not always as many. */
  private variableSize(tag: number): number {
    switch (tag) {
      case Tag.smallBig:
        return this.readU8() + 1
      case Tag.largeBig:
      case Tag.bitBinary:
        return this.readU32() + 1
      case Tag.binary:
        return this.readU32()
      case Tag.string:
        return this.readU16()
      case Tag.local:
        return this.end - this.offset
      default:
        return this.identifierSize(tag)
    }
  }

  private identifierSize(tag: number): number {
    const words = tag === Tag.newerReference || tag === Tag.newReference ? this.readU16() : 0
    const size = (identifierSizes[tag] as number) + 4 * words
    if (size === 0) this.unexpected(tag, 'a term')
    this.skipAtom()
    return size
  }

  private skipAtom(): void {
    const tag = this.readU8()
    if (tag === Tag.atomCacheRef) this.take(1)
    else if (tag === Tag.smallAtomUtf8 || tag === Tag.smallAtomLatin1) this.take(this.readU8())
    else if (tag === Tag.atomUtf8 || tag === Tag.atomLatin1) this.take(this.readU16())
    else this.unexpected(tag, 'an atom')
  }
}

/** Whether a term with this tag is an atom. */
export function isAtomTag(tag: number): boolean {
  switch (tag) {
    case Tag.smallAtomUtf8:
    case Tag.atomUtf8:
    case Tag.atomCacheRef:
    case Tag.smallAtomLatin1:
    case Tag.atomLatin1:
      return true
    default:
      return false
  }
}
