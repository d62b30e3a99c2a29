/**
 * Bytes as `Uint8Array`s that are nothing else. Node's `Buffer` is one, too, by its type, but its `slice` is a view where that of a
 * `Uint8Array` is a copy; so where Node hands out a `Buffer`, it becomes plain at once.
 */

/** The same memory. */
export function plainBytes({ buffer, byteOffset, byteLength }: Uint8Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}

/** Memory of its own, to be filled: it is not cleared, which for a megabyte takes as long as filling it. */
export function unclearedBytes(length: number): Uint8Array {
  return new Uint8Array(Buffer.allocUnsafeSlow(length).buffer)
}
