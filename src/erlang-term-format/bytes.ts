/**
 * A growable byte buffer. One can serve many messages: `reset` keeps the memory.
 *
 * All numbers are unsigned and big-endian.
 */

import { copyBytes } from '../base/copy-bytes.ts'

const scratch = new DataView(new ArrayBuffer(8))

export class ByteWriter {
  /** The memory; what has been written is `bytes[0, length)`. It is replaced when it grows. */
  bytes: Uint8Array
  length = 0

  constructor(capacity = 256) {
    this.bytes = new Uint8Array(capacity)
  }

  /** Forgets what was written. */
  reset(): void {
    this.length = 0
  }

  /** Moves on by `count` bytes, which the caller fills, and returns where they start. */
  reserve(count: number): number {
    const at = this.length
    const needed = at + count
    if (needed > this.bytes.length) this.grow(needed)
    this.length = needed
    return at
  }

  private grow(needed: number): void {
    const larger = new Uint8Array(Math.max(needed, this.bytes.length * 2))
    larger.set(this.bytes.subarray(0, this.length))
    this.bytes = larger
  }

  u8(value: number): void {
    const at = this.reserve(1)
    this.bytes[at] = value
  }

  u16(value: number): void {
    const at = this.reserve(2)
    this.bytes[at] = value >>> 8
    this.bytes[at + 1] = value
  }

  u32(value: number): void {
    this.setU32(this.reserve(4), value)
  }

  u64(value: bigint): void {
    this.u32(Number((value >> 32n) & 0xffffffffn))
    this.u32(Number(value & 0xffffffffn))
  }

  float64(value: number): void {
    const at = this.reserve(8)
    scratch.setFloat64(0, value)
    for (let i = 0; i < 8; i++) this.bytes[at + i] = scratch.getUint8(i)
  }

  /** Overwrites four bytes that have been written: for lengths known only later. */
  setU32(at: number, value: number): void {
    const b = this.bytes
    b[at] = value >>> 24
    b[at + 1] = value >>> 16
    b[at + 2] = value >>> 8
    b[at + 3] = value
  }

  /** Bytes as they are. */
  raw(content: Uint8Array): void {
    const at = this.reserve(content.length)
    if (content.length > 32) this.bytes.set(content, at)
    else for (let i = 0; i < content.length; i++) this.bytes[at + i] = content[i] as number
  }

  /** `length` bytes of another memory, from `from` on; making a view of few bytes would cost more than they do. */
  copy(memory: Uint8Array, from: number, length: number): void {
    const at = this.reserve(length)
    if (length > 64) copyBytes(this.bytes, at, memory.subarray(from, from + length))
    else for (let i = 0; i < length; i++) this.bytes[at + i] = memory[from + i] as number
  }

  /** A copy of what was written. */
  finish(): Uint8Array {
    return this.bytes.slice(0, this.length)
  }

  /** What was written, with its memory; goes on, empty, in another one. */
  exchange(memory: Uint8Array): Uint8Array {
    const written = this.view()
    this.bytes = memory
    this.length = 0
    return written
  }

  /** What was written, not copied: valid until the next write or reset. */
  view(): Uint8Array {
    return this.bytes.subarray(0, this.length)
  }
}
