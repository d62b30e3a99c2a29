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
 * cut. The size field of a fun covers what is nested in it, so funs make levels: each knows where its size stands. It is
 * corrected at the end of the fun, in the slab, where it has been copied to; in pieces that were taken before, whoever has them
 * corrects it (`takeSizes`), so that a fun whose end does not come keeps no slab.
 */

import { ProtocolError } from '../base/diagnostic.ts'
import { isAtomTag, Tag } from '../erlang-term-format/index.ts'

/** Runs from this length on are not copied; they keep the chunk alive that they came in, which is not much longer. */
const longRun = 0x8000
/** Runs up to this length are copied byte by byte, which is faster than a call. */
const shortRun = 64
/** No head of a term is longer than that of a fun. */
const longestHead = 30
const slabBytes = 0x10000
const none = new Uint8Array(0)

/** Where output is copied to; every expander carves its pieces from it while it takes a part. */
let slab = new Uint8Array(slabBytes)
let slabUsed = 0

/** The right size of a fun, and where in the message it stands. */
export interface FunSize {
  readonly at: number
  readonly size: number
}

/** A fun whose parts are being read. */
interface OpenFun {
  /** Where its size is corrected; nothing once it has been taken. */
  bytes: Uint8Array
  readonly sizeAt: number
  readonly start: number
  /** What was pending around it. */
  readonly outer: number
}

/** Bytes of the terms that always have the same size, tag included, by tag; 0 for the others. */
const fixedSizes = new Uint8Array(256)
fixedSizes[Tag.nil] = 1
fixedSizes[Tag.smallInteger] = 2
fixedSizes[Tag.integer] = 5
fixedSizes[Tag.newFloat] = 9
fixedSizes[Tag.oldFloat] = 32

export class AtomExpander {
  private atoms: readonly Uint8Array[]
  private readonly limit: number
  private pieces: Uint8Array[] = []
  private readonly funs: OpenFun[] = []
  /** How many of them, the outer ones, are in pieces that have been taken. */
  private takenFuns = 0
  private sealed = 0
  /** Bytes of the message that have been taken. */
  private taken = 0
  private sizes: FunSize[] = []
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

  /** Starts over with another message. */
  reset(atoms: readonly Uint8Array[]): void {
    this.atoms = atoms
    this.pieces = []
    this.funs.length = 0
    this.takenFuns = 0
    this.sealed = 0
    this.taken = 0
    this.sizes = []
    this.pending = 1
    this.skipping = 0
    this.trailing = 0
    this.rest = none
    this.inPayload = false
  }

  /** Takes the next part of the message, which starts at `start`. */
  push(part: Uint8Array, start = 0): void {
    this.pieceStart = slabUsed
    if (this.rest.length === 0) this.take(part, start)
    else this.take(Buffer.concat([this.rest, part.subarray(start)]), 0)
    this.seal()
  }

  /** The pieces that have come out since the last time. */
  takePieces(): readonly Uint8Array[] {
    const { pieces, funs } = this
    this.pieces = []
    this.taken = this.sealed
    for (const fun of funs.slice(this.takenFuns)) fun.bytes = none
    this.takenFuns = funs.length
    return pieces
  }

  /** The sizes in pieces taken earlier that are known since the last time. */
  takeSizes(): readonly FunSize[] {
    const { sizes } = this
    if (sizes.length > 0) this.sizes = []
    return sizes
  }

  /** Throws `ProtocolError` unless what has been pushed is a whole message. */
  checkWhole(): void {
    const whole = this.pending === 0 && this.skipping === 0 && this.funs.length === 0 && this.rest === none
    if (!whole) throw new ProtocolError('a message ends within a term')
  }

  /** Goes through the input and puts it out, but for a head at its end that is cut. */
  private take(input: Uint8Array, start: number): void {
    const end = input.length
    let at = this.skip(start, end)
    let copied = start
    while (this.skipping === 0) {
      if (this.pending === 0) {
        this.emit(input, copied, at)
        copied = at
        if (!this.endLevel(at < end)) break
        continue
      }
      if (at === end) break
      const tag = input[at] as number
      const left = end - at
      if (tag === Tag.atomCacheRef && left >= 2) {
        this.emit(input, copied, at)
        this.emitAtom(input[at + 1] as number)
        at += 2
        copied = at
        if (this.skipping > 0) at = this.skip(at, end)
      } else if (tag === Tag.newFun && left >= longestHead) {
        this.emit(input, copied, at)
        this.openFun(input, at)
        at += longestHead
        copied = at
      } else {
        const length = this.head(tag, input, at, left)
        if (length < 0) break
        at += length
      }
    }
    this.emit(input, copied, at)
    this.rest = at === end ? none : new Uint8Array(input.subarray(at))
  }

  /** Passes what is to be passed; returns where that ends. */
  private skip(at: number, end: number): number {
    const passed = Math.min(this.skipping, end - at)
    this.skipping -= passed
    return at + passed
  }

  /** Takes the head of a term without references, and what is there of its bytes; returns the length, or -1 if it is cut. */
  private head(tag: number, input: Uint8Array, at: number, left: number): number {
    if (this.trailing > 0 && !isAtomTag(tag)) throw new ProtocolError('an identifier without a node')
    const fixed = fixedSizes[tag] as number
    if (fixed > 0) return this.flat(0, fixed, left)
    switch (tag) {
      case Tag.smallTuple:
        return left < 2 ? -1 : this.composite(2, input[at + 1] as number)
      case Tag.smallAtomUtf8:
      case Tag.smallAtomLatin1:
        return left < 2 ? -1 : this.atom(2, input[at + 1] as number, left)
      case Tag.binary:
        return left < 5 ? -1 : this.flat(5, u32(input, at + 1), left)
      case Tag.list:
        return left < 5 ? -1 : this.composite(5, u32(input, at + 1) + 1)
      case Tag.string:
        return left < 3 ? -1 : this.flat(3, u16(input, at + 1), left)
      case Tag.map:
        return left < 5 ? -1 : this.composite(5, 2 * u32(input, at + 1))
      case Tag.atomUtf8:
      case Tag.atomLatin1:
        return left < 3 ? -1 : this.atom(3, u16(input, at + 1), left)
      default:
        return this.rareHead(tag, input, at, left)
    }
  }

  private rareHead(tag: number, input: Uint8Array, at: number, left: number): number {
    switch (tag) {
      case Tag.smallBig:
        return left < 2 ? -1 : this.flat(2, (input[at + 1] as number) + 1, left)
      case Tag.largeBig:
      case Tag.bitBinary:
        return left < 5 ? -1 : this.flat(5, u32(input, at + 1) + 1, left)
      case Tag.largeTuple:
        return left < 5 ? -1 : this.composite(5, u32(input, at + 1))
      case Tag.exportFun:
        return this.composite(1, 3)
      case Tag.oldFun:
        return left < 5 ? -1 : this.composite(5, u32(input, at + 1) + 4)
      case Tag.record:
        return left < 6 ? -1 : this.composite(6, 2 * u32(input, at + 1) + 2)
      case Tag.newFun:
      case Tag.atomCacheRef:
        return -1
      default:
        return this.identifier(tag, input, at, left)
    }
  }

  /** Pids, ports and references: an atom, then so many bytes. */
  private identifier(tag: number, input: Uint8Array, at: number, left: number): number {
    const hasWords = tag === Tag.newerReference || tag === Tag.newReference
    if (hasWords && left < 3) return -1
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
      const size = this.sealed + slabUsed - this.pieceStart - fun.start
      if (fun.start < this.taken) this.sizes.push({ at: fun.start, size })
      else writeU32(fun.bytes, fun.sizeAt, size)
      this.takenFuns = Math.min(this.takenFuns, this.funs.length)
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
    if (slabUsed + to - from > slabBytes) this.replaceSlab()
    const target = slab
    const start = slabUsed
    slabUsed += to - from
    if (to - from < shortRun) for (let at = start, i = from; i < to; i++) target[at++] = bytes[i] as number
    else target.set(bytes.subarray(from, to), start)
    return start
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
