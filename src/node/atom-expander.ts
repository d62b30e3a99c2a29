/**
 * Makes messages stand for themselves: replaces the atom cache references (tag 82) in a control message and its
 * payload by the atoms, so that parts of a message can be kept, sent on and handed to other threads without its
 * header. What comes out is `Control 131 Payload`, or `Control` alone.
 *
 * Takes a message in parts, cut anywhere, as fragments come; so a long one costs a little with each fragment, not
 * all at the end. Runs of bytes between references are copied as they are, long runs are not even copied. Nothing
 * is made of the terms, and no depth of nesting costs JavaScript's stack.
 *
 * State between two parts: `pending` terms are to come at this level, `skipping` bytes are to be passed as they
 * are, `trailing` bytes follow the next atom (of a pid, a port or a reference), `rest` is the head of a term that was
 * cut. The size field of a fun covers what is nested in it, so funs make levels: each knows where its size stands.
 */

import { ProtocolError } from '../base/diagnostic.ts'
import { isAtomTag, Tag } from '../erlang-term-format/index.ts'

/** Runs from this length on are not copied; they keep the chunk alive that they came in, which is not much longer. */
const longRun = 0x8000
/** No head of a term is longer than that of a fun. */
const longestHead = 30
const slabBytes = 0x10000
const none = new Uint8Array(0)

/** Where output is copied to; every expander carves its pieces from it while it takes a part. */
let slab = new Uint8Array(slabBytes)
let slabUsed = 0

/** A fun whose parts are being read. */
interface OpenFun {
  readonly bytes: Uint8Array
  readonly sizeAt: number
  readonly start: number
  /** What was pending around it. */
  readonly outer: number
}

export class AtomExpander {
  private readonly atoms: readonly Uint8Array[]
  private readonly limit: number
  private readonly pieces: Uint8Array[] = []
  private readonly funs: OpenFun[] = []
  private sealed = 0
  private pieceStart = 0
  private pending = 1
  private skipping = 0
  private trailing = 0
  private rest: Uint8Array = none
  private inPayload = false

  /** `atoms`: encoded, by their index in the message; `limit`: bytes that the message may have. */
  constructor(atoms: readonly Uint8Array[], limit: number) {
    this.atoms = atoms
    this.limit = limit
  }

  /** Bytes that have come out so far. */
  get length(): number {
    return this.sealed
  }

  /** How many pieces they are in. */
  get pieceCount(): number {
    return this.pieces.length
  }

  /** Takes the next part of the message. */
  push(part: Uint8Array): void {
    const input = this.rest.length === 0 ? part : Buffer.concat([this.rest, part])
    this.pieceStart = slabUsed
    const end = this.take(input)
    this.rest = end === input.length ? none : new Uint8Array(input.subarray(end))
    this.seal()
  }

  /** The message, which must be whole. */
  finish(): Uint8Array {
    const whole =
      this.pending === 0 && this.skipping === 0 && this.funs.length === 0 && this.rest.length === 0
    if (!whole) throw new ProtocolError('a message ends within a term')
    const [first] = this.pieces
    return this.pieces.length === 1 && first !== undefined ? first : Buffer.concat(this.pieces)
  }

  /** Goes through the input and puts it out; returns where a head begins that is cut. */
  private take(input: Uint8Array): number {
    let at = 0
    let copied = 0
    while (at < input.length || this.pending === 0) {
      if (this.skipping > 0) {
        const passed = Math.min(this.skipping, input.length - at)
        this.skipping -= passed
        at += passed
        if (this.skipping > 0) break
      }
      if (this.pending === 0) {
        this.emit(input, copied, at)
        copied = at
        if (!this.endLevel(at < input.length)) break
        continue
      }
      const tag = input[at] as number
      if (tag === Tag.atomCacheRef) {
        if (at + 2 > input.length) break
        this.emit(input, copied, at)
        this.emitAtom(input[at + 1] as number)
        at += 2
        copied = at
      } else if (tag === Tag.newFun) {
        if (at + longestHead > input.length) break
        this.emit(input, copied, at)
        this.openFun(input, at)
        at += longestHead
        copied = at
      } else {
        const length = this.head(tag, input, at)
        if (length < 0) break
        at += length
      }
    }
    this.emit(input, copied, at)
    return at
  }

  /** Takes the head of a term without references; returns its length, or -1 if it is cut. */
  private head(tag: number, input: Uint8Array, at: number): number {
    if (this.trailing > 0 && !isAtomTag(tag)) throw new ProtocolError('an identifier without a node')
    const left = input.length - at
    switch (tag) {
      case Tag.nil:
        return this.flat(1, 0, left)
      case Tag.smallInteger:
        return this.flat(1, 1, left)
      case Tag.integer:
        return this.flat(1, 4, left)
      case Tag.newFloat:
        return this.flat(1, 8, left)
      case Tag.oldFloat:
        return this.flat(1, 31, left)
      case Tag.smallTuple:
        return left < 2 ? -1 : this.composite(2, input[at + 1] as number)
      case Tag.smallBig:
        return left < 2 ? -1 : this.flat(2, (input[at + 1] as number) + 1, left)
      case Tag.smallAtomUtf8:
      case Tag.smallAtomLatin1:
        return left < 2 ? -1 : this.atom(2, input[at + 1] as number, left)
      case Tag.atomUtf8:
      case Tag.atomLatin1:
        return left < 3 ? -1 : this.atom(3, u16(input, at + 1), left)
      case Tag.string:
        return left < 3 ? -1 : this.flat(3, u16(input, at + 1), left)
      case Tag.exportFun:
        return this.composite(1, 3)
      default:
        return left < 5 ? this.shortIdentifier(tag, input, at) : this.longHead(tag, input, at)
    }
  }

  /** Terms whose head has a number of 32 bits, and identifiers. */
  private longHead(tag: number, input: Uint8Array, at: number): number {
    switch (tag) {
      case Tag.binary:
        return this.flat(5, u32(input, at + 1), input.length - at)
      case Tag.largeBig:
      case Tag.bitBinary:
        return this.flat(5, u32(input, at + 1) + 1, input.length - at)
      case Tag.largeTuple:
        return this.composite(5, u32(input, at + 1))
      case Tag.list:
        return this.composite(5, u32(input, at + 1) + 1)
      case Tag.map:
        return this.composite(5, 2 * u32(input, at + 1))
      case Tag.oldFun:
        return this.composite(5, u32(input, at + 1) + 4)
      case Tag.record:
        return input.length - at < 6 ? -1 : this.composite(6, 2 * u32(input, at + 1) + 2)
      default:
        return this.identifier(tag, input, at)
    }
  }

  /** A head of less than five bytes can only be cut, or belong to an identifier. */
  private shortIdentifier(tag: number, input: Uint8Array, at: number): number {
    return isLongHead(tag) ? -1 : this.identifier(tag, input, at)
  }

  /** Pids, ports and references: an atom, then so many bytes. */
  private identifier(tag: number, input: Uint8Array, at: number): number {
    const hasWords = tag === Tag.newerReference || tag === Tag.newReference
    if (hasWords && input.length - at < 3) return -1
    this.trailing = bytesBehindNode(tag) + (hasWords ? 4 * u16(input, at + 1) : 0)
    return hasWords ? 3 : 1
  }

  /** What is not there of the content is to be skipped. */
  private flat(head: number, content: number, left: number): number {
    this.pending--
    const length = head + content
    if (length <= left) return length
    this.skipping = length - left
    return left
  }

  private atom(head: number, text: number, left: number): number {
    const content = text + this.trailing
    this.trailing = 0
    return this.flat(head, content, left)
  }

  private composite(head: number, parts: number): number {
    this.pending += parts - 1
    return head
  }

  /** Size:32 Arity:8 Uniq:128 Index:32 NumFree:32, then four terms and the free ones. */
  private openFun(input: Uint8Array, at: number): void {
    if (this.trailing > 0) throw new ProtocolError('an identifier without a node')
    const sizeAt = this.copy(input, at, at + longestHead) + 1
    const start = this.sealed + slabUsed - this.pieceStart - longestHead + 1
    this.funs.push({ bytes: slab, sizeAt, start, outer: this.pending - 1 })
    this.pending = u32(input, at + 26) + 4
  }

  /** Nothing is pending at this level: the end of a fun, of the control message, or of the payload. */
  private endLevel(more: boolean): boolean {
    const fun = this.funs.pop()
    if (fun !== undefined) {
      writeU32(fun.bytes, fun.sizeAt, this.sealed + slabUsed - this.pieceStart - fun.start)
      this.pending = fun.outer
      return true
    }
    if (!more) return false
    if (this.inPayload) throw new ProtocolError('bytes behind the payload')
    this.inPayload = true
    this.copy(versionMagic, 0, 1)
    this.pending = 1
    return true
  }

  // Output

  private emitAtom(index: number): void {
    const atom = this.atoms[index]
    if (atom === undefined) throw new ProtocolError('unknown atom cache reference')
    this.emit(atom, 0, atom.length)
    this.pending--
    this.skipping = this.trailing
    this.trailing = 0
  }

  private emit(bytes: Uint8Array, from: number, to: number): void {
    if (to - from < longRun) {
      if (to > from) this.copy(bytes, from, to)
      return
    }
    this.seal()
    this.keep(bytes.subarray(from, to))
  }

  /** Copies to the slab, in one piece of it; returns where. */
  private copy(bytes: Uint8Array, from: number, to: number): number {
    const length = to - from
    if (slabUsed + length > slab.length) this.replaceSlab()
    const at = slabUsed
    if (length < 24) for (let i = 0; i < length; i++) slab[at + i] = bytes[from + i] as number
    else slab.set(bytes.subarray(from, to), at)
    slabUsed += length
    return at
  }

  private replaceSlab(): void {
    this.seal()
    slab = new Uint8Array(slabBytes)
    slabUsed = 0
    this.pieceStart = 0
  }

  private seal(): void {
    if (slabUsed > this.pieceStart) this.keep(slab.subarray(this.pieceStart, slabUsed))
    this.pieceStart = slabUsed
  }

  private keep(piece: Uint8Array): void {
    this.sealed += piece.length
    if (this.sealed > this.limit) throw new ProtocolError(`a message of more than ${this.limit} bytes`)
    this.pieces.push(piece)
  }
}

const versionMagic = Uint8Array.of(Tag.magic)

function isLongHead(tag: number): boolean {
  switch (tag) {
    case Tag.binary:
    case Tag.largeBig:
    case Tag.bitBinary:
    case Tag.largeTuple:
    case Tag.list:
    case Tag.map:
    case Tag.oldFun:
    case Tag.record:
      return true
    default:
      return false
  }
}

function bytesBehindNode(tag: number): number {
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
      return 4
    case Tag.newReference:
      return 1
    default:
      throw new ProtocolError(`tag ${tag} in a message with a distribution header`)
  }
}

function u16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] as number) << 8) | (bytes[at + 1] as number)
}

function u32(bytes: Uint8Array, at: number): number {
  return u16(bytes, at) * 0x10000 + u16(bytes, at + 2)
}

function writeU32(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 24
  bytes[at + 1] = value >>> 16
  bytes[at + 2] = value >>> 8
  bytes[at + 3] = value
}
