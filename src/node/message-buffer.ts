/**
 * A long message as its parts come. Putting 64 MiB together at the end would hold up everything else for tens of
 * milliseconds, so as soon as a sixteenth is there, room for the whole is reserved and filled part by part.
 *
 * What a peer only announces costs address space, not memory: nothing is written to it before bytes come.
 */

import { unclearedBytes } from '../base/plain-bytes.ts'

/** Room is reserved when so much of a message has come. */
const proof = 1 / 16
/** Shorter messages are put together at the end. */
const short = 1024 * 1024
/** How much longer a message may become than its first part tells. */
const slack = 1.02
/** Shorter pieces are copied: they are views, and each would keep alive all that they are views of. */
const longPiece = 0x8000
const longestTail = 0x10000
const none = new Uint8Array(0)

export class MessageBuffer {
  /** What is there, without the tail, and where in the message each begins. */
  private pieces: Uint8Array[] = []
  private starts: number[] = []
  /** Memory for short pieces, one after the other. */
  private tail: Uint8Array = none
  private tailUsed = 0
  private target: Uint8Array | null = null
  private filled = 0
  private readonly limit: number

  /** `limit`: bytes that the message may have. */
  constructor(limit: number) {
    this.limit = limit
  }

  /** Bytes that are there. */
  get length(): number {
    return this.filled
  }

  /** What holds them, besides the bytes: how many pieces. */
  get pieceCount(): number {
    return this.pieces.length + (this.tailUsed > 0 ? 1 : 0)
  }

  /** Adds pieces; `share`: which part of the whole message has come with them. */
  add(pieces: readonly Uint8Array[], share: number): void {
    for (const piece of pieces) this.append(piece)
    if (this.target === null && share >= proof && this.filled >= short * proof) this.reserve(share)
  }

  private append(piece: Uint8Array): void {
    const end = this.filled + piece.length
    if (this.target !== null && end > this.target.length) this.spill(this.target)
    if (this.target !== null) this.target.set(piece, this.filled)
    else if (piece.length < longPiece) this.copy(piece)
    else {
      this.sealTail()
      this.hold(piece)
    }
    this.filled = end
  }

  private copy(piece: Uint8Array): void {
    if (this.tailUsed + piece.length > this.tail.length) {
      this.sealTail()
      this.tail = unclearedBytes(Math.max(piece.length, Math.min(this.filled, longestTail)))
    }
    this.tail.set(piece, this.tailUsed)
    this.tailUsed += piece.length
  }

  private sealTail(): void {
    if (this.tailUsed > 0) this.hold(this.tail.subarray(0, this.tailUsed), this.filled - this.tailUsed)
    this.tail = none
    this.tailUsed = 0
  }

  private hold(piece: Uint8Array, start = this.filled): void {
    this.pieces.push(piece)
    this.starts.push(start)
  }

  private reserve(share: number): void {
    const whole = Math.min(Math.ceil((this.filled / share) * slack), this.limit)
    if (whole < short) return
    this.sealTail()
    const target = unclearedBytes(whole)
    for (const [i, piece] of this.pieces.entries()) target.set(piece, this.starts[i])
    this.target = target
    this.pieces = []
    this.starts = []
  }

  /** The message grows faster than it began: it goes on in pieces. */
  private spill(target: Uint8Array): void {
    this.target = null
    this.hold(target.subarray(0, this.filled), 0)
  }

  /** Replaces four bytes in the middle. */
  setU32(at: number, value: number): void {
    for (let i = 0; i < 4; i++) this.setByte(at + i, value >>> (8 * (3 - i)))
  }

  private setByte(at: number, value: number): void {
    const tailStart = this.filled - this.tailUsed
    if (this.target !== null) this.target[at] = value
    else if (at >= tailStart) this.tail[at - tailStart] = value
    else {
      const i = this.pieceAt(at)
      const piece = this.pieces[i] as Uint8Array
      piece[at - (this.starts[i] as number)] = value
    }
  }

  /** The last piece that begins at `at` or before. */
  private pieceAt(at: number): number {
    let low = 0
    let high = this.starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.starts[middle] as number) <= at) low = middle
      else high = middle - 1
    }
    return low
  }

  /** All bytes; nothing may be added afterwards. */
  finish(): Uint8Array {
    if (this.target !== null) return this.target.subarray(0, this.filled)
    this.sealTail()
    const [first] = this.pieces
    return this.pieces.length === 1 && first !== undefined ? first : Buffer.concat(this.pieces)
  }
}
