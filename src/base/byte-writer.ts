/**
 * A growable byte buffer with the little-endian and LEB128 writes that binary formats need.
 */

export class ByteWriter {
  private bytes: Uint8Array
  private view: DataView
  length = 0

  constructor(capacity = 1024) {
    this.bytes = new Uint8Array(capacity)
    this.view = new DataView(this.bytes.buffer)
  }

  private reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return
    const grown = new Uint8Array(Math.max(this.bytes.length * 2, this.length + count))
    grown.set(this.bytes)
    this.bytes = grown
    this.view = new DataView(grown.buffer)
  }

  u8(value: number): void {
    if (this.length === this.bytes.length) this.reserve(1)
    this.bytes[this.length++] = value
  }

  u16(value: number): void {
    this.reserve(2)
    this.view.setUint16(this.length, value, true)
    this.length += 2
  }

  u32(value: number): void {
    this.reserve(4)
    this.view.setUint32(this.length, value, true)
    this.length += 4
  }

  u64(value: bigint): void {
    this.reserve(8)
    this.view.setBigUint64(this.length, BigInt.asUintN(64, value), true)
    this.length += 8
  }

  f64(value: number): void {
    this.reserve(8)
    this.view.setFloat64(this.length, value, true)
    this.length += 8
  }

  /** Unsigned LEB128, up to 32 bits. */
  uleb(value: number): void {
    let rest = value >>> 0
    while (rest >= 0x80) {
      this.u8((rest & 0x7f) | 0x80)
      rest >>>= 7
    }
    this.u8(rest)
  }

  /** Signed LEB128 of a 32-bit integer. */
  sleb32(value: number): void {
    let rest = value | 0
    for (;;) {
      const low = rest & 0x7f
      rest >>= 7
      if ((rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0)) {
        this.u8(low)
        return
      }
      this.u8(low | 0x80)
    }
  }

  /** Signed LEB128 of a 64-bit integer. */
  sleb64(value: bigint): void {
    if (value >= -0x40000000n && value < 0x40000000n) return this.sleb32(Number(value))
    let rest = BigInt.asIntN(64, value)
    for (;;) {
      const low = Number(rest & 0x7fn)
      rest >>= 7n
      if ((rest === 0n && (low & 0x40) === 0) || (rest === -1n && (low & 0x40) !== 0)) {
        this.u8(low)
        return
      }
      this.u8(low | 0x80)
    }
  }

  /** Signed LEB128 in exactly 5 bytes, so that a linker can overwrite it; see `patchPaddedLeb`. */
  paddedSleb32(value: number): void {
    this.reserve(5)
    patchPaddedLeb(this.bytes, this.length, value)
    this.length += 5
  }

  raw(bytes: Uint8Array): void {
    this.reserve(bytes.length)
    this.bytes.set(bytes, this.length)
    this.length += bytes.length
  }

  zeros(count: number): void {
    this.reserve(count)
    this.bytes.fill(0, this.length, this.length + count)
    this.length += count
  }

  setU32(offset: number, value: number): void {
    this.view.setUint32(offset, value, true)
  }

  setU64(offset: number, value: bigint): void {
    this.view.setBigUint64(offset, BigInt.asUintN(64, value), true)
  }

  /** A copy of what has been written. */
  finish(): Uint8Array {
    return this.bytes.slice(0, this.length)
  }
}

/** Overwrites a 5-byte signed LEB128 at `offset` with a non-negative 32-bit value. */
export function patchPaddedLeb(bytes: Uint8Array, offset: number, value: number): void {
  let rest = value
  for (let i = 0; i < 4; i++) {
    bytes[offset + i] = (rest & 0x7f) | 0x80
    rest = Math.floor(rest / 128)
  }
  bytes[offset + 4] = rest & 0x7f
}
