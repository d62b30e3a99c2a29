/**
 * Cuts a byte stream into frames.
 *
 *     handshake:     [length:16][body]        over TLS as below
 *     distribution:  [length:32][body]        length 0: a tick
 *
 * A frame that lies within one chunk is handed out as a view of it, unless it is long. One that spans chunks is gathered
 * in a buffer: at once as large as the frame if that is not long, as fragments are, else growing with the bytes that
 * really came, so that a peer that announces 64 MiB and sends ten bytes costs little, and no byte is copied more than
 * a few times. A consumer that can use a part of a frame gets it as it comes, and nothing is gathered.
 *
 * Invariants: `gathered` holds the first `filled` bytes of a frame, its length field included, and is
 * null between frames; a buffer that was handed out is never written again; a frame of `aloneBytes` or more lies alone in its
 * memory, which can so be given away.
 */

import { ProtocolError } from '../base/diagnostic.ts'
import { unclearedBytes } from '../base/plain-bytes.ts'

export type FrameConsumer = (body: Uint8Array) => void

/** Takes long frames in parts, which need not be gathered then. */
export interface PartConsumer {
  /** A frame begins with these bytes of its body and goes on in later chunks; true: they are taken, and `more` is to take the rest. */
  start(part: Uint8Array): boolean
  more(part: Uint8Array, isLast: boolean): void
}

/** From this length on a frame, or a message that is put together from frames, has memory of its own. */
export const aloneBytes = 0x10000

const firstCapacity = 1024
/** Up to this size a frame gets its whole buffer at once. */
const wholeCapacity = 0x12000

export class FrameReader {
  private prefixBytes: 2 | 4
  private limit: number
  private readonly parts: PartConsumer | null
  private gathered: Uint8Array | null = null
  private filled = 0
  /** Bytes to come of the frame whose parts are handed out. */
  private left = 0
  private stopped = false

  /** `limit`: the largest body accepted, in bytes. */
  constructor(prefixBytes: 2 | 4, limit: number, parts: PartConsumer | null = null) {
    this.prefixBytes = prefixBytes
    this.limit = limit
    this.parts = parts
  }

  /** Changes the framing from the next frame on; may be called by the consumer. */
  expect(prefixBytes: 2 | 4, limit: number): void {
    this.prefixBytes = prefixBytes
    this.limit = limit
  }

  /** Hands out nothing more; may be called by the consumer. */
  stop(): void {
    this.stopped = true
    this.gathered = null
    this.left = 0
  }

  /** Takes the next chunk and hands out every frame that is complete. Throws `ProtocolError` on a long one. */
  feed(chunk: Uint8Array, consume: FrameConsumer): void {
    let at = this.goOn(chunk, consume)
    while (!this.stopped && at < chunk.length) {
      const start = at + this.prefixBytes
      const end = start <= chunk.length ? start + this.bodyLength(chunk, at) : start
      if (start > chunk.length || end > chunk.length) return this.begin(chunk, at, start, end)
      at = end
      const body = chunk.subarray(start, end)
      consume(body.length < aloneBytes ? body : Uint8Array.from(body))
    }
  }

  /** Goes on with the frame that an earlier chunk has the beginning of; returns how much of the chunk it took. */
  private goOn(chunk: Uint8Array, consume: FrameConsumer): number {
    if (this.gathered !== null) return this.continueFrame(chunk, consume)
    if (this.left === 0) return 0
    const part = chunk.subarray(0, this.left)
    this.left -= part.length
    this.parts?.more(part, this.left === 0)
    return part.length
  }

  /** The beginning of a frame, at the end of a chunk. */
  private begin(chunk: Uint8Array, at: number, start: number, end: number): void {
    const isTaken = start < chunk.length && this.parts?.start(chunk.subarray(start)) === true
    if (isTaken) this.left = end - chunk.length
    else this.gather(chunk.subarray(at))
  }

  /** Completes the gathered frame if the chunk has enough; returns how much of the chunk it took. */
  private continueFrame(chunk: Uint8Array, consume: FrameConsumer): number {
    let taken = this.gatherUpTo(this.prefixBytes, chunk, 0)
    if (this.filled < this.prefixBytes) return taken
    const frame = this.prefixBytes + this.bodyLength(this.gathered as Uint8Array, 0)
    taken = this.gatherUpTo(frame, chunk, taken)
    if (this.filled < frame) return taken
    const body = (this.gathered as Uint8Array).subarray(this.prefixBytes, frame)
    this.gathered = null
    consume(body)
    return taken
  }

  private gatherUpTo(wanted: number, chunk: Uint8Array, from: number): number {
    const take = Math.min(Math.max(wanted - this.filled, 0), chunk.length - from)
    if (take > 0) this.append(chunk.subarray(from, from + take), wanted)
    return from + take
  }

  private gather(start: Uint8Array): void {
    const known = start.length >= this.prefixBytes
    const wanted = known ? this.prefixBytes + this.bodyLength(start, 0) : firstCapacity
    const capacity = wanted <= wholeCapacity ? wanted : Math.max(firstCapacity, start.length)
    this.gathered = unclearedBytes(capacity)
    this.gathered.set(start)
    this.filled = start.length
  }

  /** Appends, growing by doubling but never past `wanted`, the length of the whole frame. */
  private append(bytes: Uint8Array, wanted: number): void {
    let buffer = this.gathered as Uint8Array
    const needed = this.filled + bytes.length
    if (needed > buffer.length) {
      buffer = unclearedBytes(Math.max(needed, Math.min(wanted, buffer.length * 2)))
      buffer.set((this.gathered as Uint8Array).subarray(0, this.filled))
      this.gathered = buffer
    }
    buffer.set(bytes, this.filled)
    this.filled = needed
  }

  private bodyLength(bytes: Uint8Array, at: number): number {
    const high = ((bytes[at] as number) << 8) | (bytes[at + 1] as number)
    if (this.prefixBytes === 2) return this.checked(high)
    const low = ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number)
    return this.checked(high * 0x10000 + low)
  }

  private checked(length: number): number {
    if (length > this.limit) {
      throw new ProtocolError(`a frame of ${length} bytes, where at most ${this.limit} are accepted`)
    }
    return length
  }
}
