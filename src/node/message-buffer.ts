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

export class MessageBuffer {
  private pieces: Uint8Array[] = []
  private target: Uint8Array | null = null
  private filled = 0

  /** Bytes that are there. */
  get length(): number {
    return this.filled
  }

  /** What holds them, besides the bytes: how many pieces. */
  get pieceCount(): number {
    return this.pieces.length
  }

  /** Adds pieces; `share`: which part of the whole message has come with them. */
  add(pieces: readonly Uint8Array[], share: number): void {
    for (const piece of pieces) this.append(piece)
    if (this.target === null && share >= proof && this.filled >= short * proof) this.reserve(share)
  }

  private append(piece: Uint8Array): void {
    const end = this.filled + piece.length
    if (this.target === null) this.pieces.push(piece)
    else if (end <= this.target.length) this.target.set(piece, this.filled)
    else this.spill(piece)
    this.filled = end
  }

  private reserve(share: number): void {
    const whole = Math.ceil((this.filled / share) * slack)
    if (whole < short) return
    const target = unclearedBytes(whole)
    let at = 0
    for (const piece of this.pieces) {
      target.set(piece, at)
      at += piece.length
    }
    this.target = target
    this.pieces = []
  }

  /** The message grows faster than it began: it goes on in pieces. */
  private spill(piece: Uint8Array): void {
    const { target } = this
    if (target !== null) this.pieces = [target.subarray(0, this.filled)]
    this.pieces.push(piece)
    this.target = null
  }

  /** Replaces four bytes in the middle. */
  setU32(at: number, value: number): void {
    let start = 0
    for (const part of this.target === null ? this.pieces : [this.target]) {
      for (let i = Math.max(at, start); i < Math.min(at + 4, start + part.length); i++)
        part[i - start] = value >>> (8 * (at + 3 - i))
      start += part.length
      if (start >= at + 4) return
    }
  }

  /** All bytes; nothing may be added afterwards. */
  finish(): Uint8Array {
    if (this.target !== null) return this.target.subarray(0, this.filled)
    const [first] = this.pieces
    return this.pieces.length === 1 && first !== undefined ? first : Buffer.concat(this.pieces)
  }
}
