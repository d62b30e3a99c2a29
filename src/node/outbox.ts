/**
 * What a connection is about to send: frames, built in place, taken out all at once.
 *
 *     slab:  … taken or sealed │ closed frames │ [length:32] open frame │ free …
 *                              start           lengthAt     frameBase   end
 *
 * A frame is opened with an empty length field and filled; closing it patches the length. The slab is
 * used from its beginning to its end and then replaced; bytes that were taken are never written again,
 * so a transport may keep them. A large piece is not copied but queued by reference (it must not change
 * afterwards); what lies before it in the slab is sealed: queued as a view, in which only the length
 * field of the open frame is still written.
 *
 * Invariants: `sealed` holds, in order, what goes out before `start`; the open frame has
 * `sealedOfFrame + end - frameBase` bytes.
 */

import { ProtocolError } from '../base/diagnostic.ts'
import type { ByteWriter } from '../erlang-term-format/index.ts'

const slabBytes = 0x10000
/** The first slab is small: it has to do for handshakes, of which a stranger may start many. */
const firstSlabBytes = 0x400
/** From this size on a piece goes out by reference. */
const largeBytes = 0x8000
const maxFrameBytes = 0xffffffff

export class Outbox {
  private slab = new Uint8Array(firstSlabBytes)
  private start = 0
  private end = 0
  private sealed: Uint8Array[] = []
  private lengthSlab = this.slab
  private lengthAt = 0
  private frameBase = 0
  private sealedOfFrame = 0

  get empty(): boolean {
    return this.start === this.end && this.sealed.length === 0
  }

  /** Hands over the closed frames, in order; each view is for the caller to keep. */
  take(): readonly Uint8Array[] {
    this.seal()
    const taken = this.sealed
    this.sealed = []
    return taken
  }

  /** `0:32`. */
  tick(): void {
    this.u32(0)
  }

  /** A whole frame of the handshake, behind a length of so many bytes. */
  handshakeFrame(body: Uint8Array, prefixBytes: 2 | 4): void {
    if (prefixBytes === 2) this.u16(body.length)
    else this.u32(body.length)
    this.raw(body)
  }

  /** Opens a frame with its first bytes. */
  openFrame(start: Uint8Array): void {
    this.reserve(4)
    this.lengthSlab = this.slab
    this.lengthAt = this.end
    this.end += 4
    this.frameBase = this.end
    this.sealedOfFrame = 0
    this.raw(start)
  }

  closeFrame(): void {
    const length = this.sealedOfFrame + this.end - this.frameBase
    if (length > maxFrameBytes) throw new ProtocolError(`a frame of ${length} bytes cannot be sent`)
    writeU32(this.lengthSlab, this.lengthAt, length)
  }

  u8(byte: number): void {
    this.reserve(1)
    this.slab[this.end++] = byte
  }

  u16(value: number): void {
    this.reserve(2)
    this.slab[this.end++] = value >>> 8
    this.slab[this.end++] = value
  }

  u32(value: number): void {
    this.reserve(4)
    writeU32(this.slab, this.end, value)
    this.end += 4
  }

  raw(bytes: Uint8Array): void {
    if (bytes.length >= largeBytes) this.rawByReference(bytes)
    else this.rawCopied(bytes)
  }

  /** What the writer holds, which it may overwrite afterwards. */
  written(writer: ByteWriter): void {
    this.raw(writer.length >= largeBytes ? writer.finish() : writer.view())
  }

  private rawCopied(bytes: Uint8Array): void {
    this.reserve(bytes.length)
    this.slab.set(bytes, this.end)
    this.end += bytes.length
  }

  private rawByReference(bytes: Uint8Array): void {
    this.sealedOfFrame += this.end - this.frameBase + bytes.length
    this.seal()
    this.sealed.push(bytes)
    this.frameBase = this.end
  }

  private seal(): void {
    if (this.start === this.end) return
    this.sealed.push(this.slab.subarray(this.start, this.end))
    this.start = this.end
  }

  /** Makes room for `count` bytes (at most `largeBytes`): in a new slab, with what is not sealed, if need be. */
  private reserve(count: number): void {
    if (this.end + count > this.slab.length) this.replaceSlab(count)
  }

  private replaceSlab(count: number): void {
    const kept = this.end - this.start
    const slab = new Uint8Array(Math.max(slabBytes, 2 * (kept + count)))
    slab.set(this.slab.subarray(this.start, this.end))
    if (this.lengthSlab === this.slab && this.lengthAt >= this.start) {
      this.lengthSlab = slab
      this.lengthAt -= this.start
    }
    this.frameBase -= this.start
    this.slab = slab
    this.start = 0
    this.end = kept
  }
}

function writeU32(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 24
  bytes[at + 1] = value >>> 16
  bytes[at + 2] = value >>> 8
  bytes[at + 3] = value
}
