/**
 * Makes terms stand for themselves: replaces the atom cache references (tag 82) in encoded terms by the
 * atoms, so that parts of a message can be kept, sent on and handed to other threads without its header.
 *
 * Runs of bytes between references are copied as they are. Nothing is made of the terms, and no depth of
 * nesting costs stack but that of funs, whose size field covers what is nested in them.
 */

import { ProtocolError } from '../base/diagnostic.ts'
import { type ByteWriter, encodeBare, Tag } from '../erlang-term-format/index.ts'

const maxFunDepth = 500

export class AtomExpander {
  private readonly writer: ByteWriter
  private bytes: Uint8Array = new Uint8Array(0)
  private atoms: readonly string[] = []
  private offset = 0
  /** What lies from here to `offset` has not been copied yet. */
  private copied = 0
  private funDepth = 0

  constructor(writer: ByteWriter) {
    this.writer = writer
  }

  /** Appends the term at `offset` to the writer; returns the offset behind it. */
  expand(bytes: Uint8Array, offset: number, atoms: readonly string[]): number {
    this.bytes = bytes
    this.atoms = atoms
    this.offset = offset
    this.copied = offset
    this.funDepth = 0
    this.terms(1)
    this.flush()
    return this.offset
  }

  private terms(count: number): void {
    for (let pending = count; pending > 0; pending--) pending += this.head()
  }

  /** Moves past what is not nested of a term; returns how many terms follow as its parts. */
  private head(): number {
    const tag = this.u8()
    switch (tag) {
      case Tag.smallTuple:
        return this.u8()
      case Tag.largeTuple:
        return this.u32()
      case Tag.list:
        return this.u32() + 1
      case Tag.map:
        return 2 * this.u32()
      case Tag.exportFun:
        return 3
      case Tag.oldFun:
        return this.u32() + 4
      case Tag.record:
        return 2 * this.recordFields() + 2
      case Tag.newFun:
        this.fun()
        return 0
      default:
        this.flat(tag)
        return 0
    }
  }

  private flat(tag: number): void {
    switch (tag) {
      case Tag.atomCacheRef:
        this.reference()
        break
      case Tag.nil:
        break
      case Tag.smallInteger:
        this.skip(1)
        break
      case Tag.integer:
        this.skip(4)
        break
      case Tag.newFloat:
        this.skip(8)
        break
      case Tag.oldFloat:
        this.skip(31)
        break
      case Tag.smallBig:
        this.skip(this.u8() + 1)
        break
      case Tag.largeBig:
      case Tag.bitBinary:
        this.skip(this.u32() + 1)
        break
      case Tag.binary:
        this.skip(this.u32())
        break
      case Tag.string:
      case Tag.atomUtf8:
      case Tag.atomLatin1:
        this.skip(this.u16())
        break
      case Tag.smallAtomUtf8:
      case Tag.smallAtomLatin1:
        this.skip(this.u8())
        break
      default:
        this.identifier(tag)
    }
  }

  /** Pids, ports and references: an atom, then so many bytes. */
  private identifier(tag: number): void {
    const rest = this.bytesBehindNode(tag)
    this.terms(1)
    this.skip(rest)
  }

  private bytesBehindNode(tag: number): number {
    switch (tag) {
      case Tag.newPid:
      case Tag.v4Port:
        return 12
      case Tag.pid:
        return 9
      case Tag.newPort:
        return 8
      case Tag.port:
      case Tag.reference:
        return 5
      case Tag.newerReference:
        return 4 + 4 * this.u16()
      case Tag.newReference:
        return 1 + 4 * this.u16()
      default:
        throw new ProtocolError(`tag ${tag} in a message with a distribution header`)
    }
  }

  private recordFields(): number {
    const fields = this.u32()
    this.skip(1)
    return fields
  }

  /** Size:32 Arity:8 Uniq:128 Index:32 NumFree:32, then four terms and the free ones; Size counts all. */
  private fun(): void {
    if (++this.funDepth > maxFunDepth) throw new ProtocolError('funs are nested too deeply')
    this.flush()
    const sizeAt = this.writer.length
    this.skip(4 + 1 + 16 + 4)
    this.terms(this.u32() + 4)
    this.flush()
    this.writer.setU32(sizeAt, this.writer.length - sizeAt)
    this.funDepth--
  }

  private reference(): void {
    const name = this.atoms[this.u8()]
    if (name === undefined) throw new ProtocolError('unknown atom cache reference')
    this.flush(2)
    this.writer.raw(encodeBare({ kind: 'atom', name }))
  }

  /** Copies what has been moved past, but for the last `but` bytes. */
  private flush(but = 0): void {
    this.writer.raw(this.bytes.subarray(this.copied, this.offset - but))
    this.copied = this.offset
  }

  private skip(count: number): void {
    if (count > this.bytes.length - this.offset) throw new ProtocolError('a message ends within a term')
    this.offset += count
  }

  private u8(): number {
    this.skip(1)
    return this.bytes[this.offset - 1] as number
  }

  private u16(): number {
    return this.u8() * 0x100 + this.u8()
  }

  private u32(): number {
    return this.u16() * 0x10000 + this.u16()
  }
}
