/**
 * The heap of a domain as the bridge sees it: words in shared memory.
 *
 * A *slot* is the address of a word that holds a value. Values are read and written as two 32-bit halves: a block's address has
 * a high half of 0; an immediate `n` is `2n + 1`.
 *
 * Invariant: addresses are plain numbers here, so nothing may collect between reading an address and its last use. Room for a whole
 * decoded value is made by one `reserve` before its first block, and encoding allocates nothing in the heap.
 */

import { copyBytes } from '../base/copy-bytes.ts'
import { control, maxYoungWords, tags } from '../codegen/layout.ts'
import type { Runtime } from '../engine/runtime.ts'

/** A decoded value larger than this part of the minor area goes to the major heap. */
const youngPart = 4

const two31 = 2 ** 31
/** Largest high half (as a multiple of 2³¹) of an integer that a number holds exactly. */
const safeHigh = 2 ** 21

export class Heap {
  private readonly runtime: Runtime
  private buffer: ArrayBufferLike
  /** The memory, by kinds of words; valid until the next `refresh` or `reserve`. */
  bytes: Uint8Array
  words: Int32Array
  doubles: Float64Array
  values: BigInt64Array
  /** Where the next block's header goes. */
  next = 0
  private start = 0
  private end = 0
  /** The color of the room's blocks, in its place in a header. */
  private color = 0
  /** Whether the room is in the major heap. */
  private isMajor = false

  constructor(runtime: Runtime) {
    this.runtime = runtime
    this.buffer = runtime.memory.buffer
    this.bytes = new Uint8Array(this.buffer)
    this.words = new Int32Array(this.buffer)
    this.doubles = new Float64Array(this.buffer)
    this.values = new BigInt64Array(this.buffer)
  }

  /** Sees all of the memory, however much it has grown. */
  refresh(): void {
    const { buffer } = this.runtime.memory
    if (buffer === this.buffer) return
    this.buffer = buffer
    this.bytes = new Uint8Array(buffer)
    this.words = new Int32Array(buffer)
    this.doubles = new Float64Array(buffer)
    this.values = new BigInt64Array(buffer)
  }

  // -------------------------------------------------------------------------------------------------------
  // Making blocks

  /**
   * Makes room for exactly `words` words, headers included, in blocks of at most `largest` words; may collect. `top` is the first
   * address above the live frames. False: there is no room, and Out_of_memory is raised.
   */
  reserve(top: number, words: number, largest: number): boolean {
    this.color = 0
    this.next = words === 0 ? 0 : this.young(top, words, largest)
    this.isMajor = this.next === 0 && words > maxYoungWords
    if (this.isMajor) this.next = this.major(top, words)
    this.refresh()
    this.start = this.next
    this.end = this.next + words * 8
    return words === 0 || this.next !== 0
  }

  /** Room in the minor area: blocks one after the other, downwards from the last one. */
  private young(top: number, words: number, largest: number): number {
    const { runtime } = this
    const bytes = words * 8
    if (largest > maxYoungWords || bytes * youngPart > runtime.control('youngSize')) return 0
    if (runtime.exports.reserve_small(top, words) === 0) return 0
    const start = runtime.control('youngPtr') - bytes
    runtime.setControl('youngPtr', start)
    return start
  }

  /**
   * Room in the major heap: one block that is not scanned, which the value's blocks replace before anything can see it. They have the color
   * that new blocks of the major heap have now.
   */
  private major(top: number, words: number): number {
    const block = Number(this.runtime.exports.alloc_large(top, BigInt(words - 1), tags.abstract))
    this.color = this.runtime.control('newColor')
    return block === 0 ? 0 : block - 8
  }

  /** Whether all the room that was made has been used. */
  get isFull(): boolean {
    return this.next === this.end
  }

  /** The next block of the reserved room; its address. */
  take(wosize: number, tag: number): number {
    const header = this.next
    this.next = header + (wosize + 1) * 8
    this.words[header >>> 2] = (wosize << 10) | this.color | tag
    this.words[(header >>> 2) + 1] = wosize >>> 22
    return header + 8
  }

  /** The next block: a string, stored in a slot. */
  takeString(slot: number, content: Uint8Array): void {
    const wosize = stringWords(content.length) - 1
    const block = this.take(wosize, tags.string)
    const last = block + wosize * 8
    this.words[(last - 8) >>> 2] = 0
    this.words[(last - 4) >>> 2] = 0
    this.bytes[last - 1] = wosize * 8 - 1 - content.length
    this.copyBytes(block, content, 0, content.length)
    this.setAddress(slot, block)
  }

  /** The empty block of a tag. */
  atom(tag: number): number {
    return this.runtime.exports.caml_atom(tag) >>> 0
  }

  /** Copies a value that is in the heap already into a slot of the room, or of the argument area. */
  copyValue(slot: number, source: number): void {
    const value = this.values[source >>> 3] as bigint
    if (this.isMajor && slot >= this.start && slot < this.end)
      this.runtime.exports.caml_initialize(slot, value)
    else this.values[slot >>> 3] = value
  }

  /** Stores bytes of another memory at an address; making a view of few bytes would cost more than they do. */
  copyBytes(address: number, memory: Uint8Array, from: number, length: number): void {
    const { bytes } = this
    if (length > 64) copyBytes(bytes, address, memory.subarray(from, from + length))
    else for (let i = 0; i < length; i++) bytes[address + i] = memory[from + i] as number
  }

  setAddress(slot: number, address: number): void {
    this.words[slot >>> 2] = address
    this.words[(slot >>> 2) + 1] = 0
  }

  /** Stores an immediate of at most 31 bits. */
  setSmall(slot: number, n: number): void {
    this.words[slot >>> 2] = (n << 1) | 1
    this.words[(slot >>> 2) + 1] = n >> 31
  }

  /** Stores an immediate: an integer of 63 bits. */
  setInt(slot: number, n: number | bigint): void {
    if (typeof n === 'bigint') this.values[slot >>> 3] = (n << 1n) | 1n
    else {
      this.words[slot >>> 2] = (n << 1) | 1
      this.words[(slot >>> 2) + 1] = n === (n | 0) ? n >> 31 : Math.floor(n / two31)
    }
  }

  // -------------------------------------------------------------------------------------------------------
  // Reading

  isImmediate(slot: number): boolean {
    return ((this.words[slot >>> 2] as number) & 1) === 1
  }

  addressAt(slot: number): number {
    return (this.words[slot >>> 2] as number) >>> 0
  }

  /** The immediate in a slot, as far as 31 bits hold it: for constructors. */
  smallAt(slot: number): number {
    return (this.words[slot >>> 2] as number) >> 1
  }

  /** The immediate in a slot: a `number` in the safe range, else a `bigint`. */
  intAt(slot: number): number | bigint {
    const low = this.words[slot >>> 2] as number
    const high = this.words[(slot >>> 2) + 1] as number
    if (high === low >> 31) return low >> 1
    if (high >= -safeHigh && high < safeHigh) return high * two31 + (low >>> 1)
    return (this.values[slot >>> 3] as bigint) >> 1n
  }

  tagOf(block: number): number {
    return (this.words[(block - 8) >>> 2] as number) & 0xff
  }

  wosizeOf(block: number): number {
    const at = (block - 8) >>> 2
    return ((this.words[at] as number) >>> 10) + (this.words[at + 1] as number) * 2 ** 22
  }

  /** Bytes of a string. */
  stringLength(block: number): number {
    const last = this.wosizeOf(block) * 8 - 1
    return last - (this.bytes[block + last] as number)
  }

  /** A copy of a string's bytes. */
  stringBytes(block: number): Uint8Array {
    return this.bytes.slice(block, block + this.stringLength(block))
  }

  /** A string as UTF-8 text. */
  stringText(block: number): string {
    return new TextDecoder().decode(this.stringBytes(block))
  }

  /** The slot of the control word that holds a run's result, or its exception. */
  static readonly resultSlot = control.resumeValue
  static readonly exceptionSlot = control.exception
}

/** Words of a string block, header included. */
export function stringWords(length: number): number {
  return ((length + 8) >>> 3) + 1
}
