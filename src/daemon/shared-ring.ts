/**
 * A byte ring between two threads: one writes, one reads, frames of any length go through.
 *
 *     Int32 0: bytes written (modulo 2³²)   1: bytes read   2: the reader sleeps   3: unused   then `capacity` bytes
 *     frame: length (u32, little-endian), bytes
 *
 * A frame longer than the ring passes in pieces. The counters are what the sleeping side waits on. The writer's
 * counter is stored after the bytes, the reader's after it has copied them. A reader says that it sleeps before it looks
 * for the last time, and the writer looks whether it does after it has written, so that no wake-up is lost.
 */

import { copyBytes } from '../base/copy-bytes.ts'
import { Fifo } from '../base/fifo.ts'
import { unclearedBytes } from '../base/plain-bytes.ts'
import { BusyWait } from './busy-wait.ts'

const headerBytes = 16
const written = 0
const read = 1
const sleeping = 2

export function newRing(capacity: number): SharedArrayBuffer {
  return new SharedArrayBuffer(headerBytes + capacity)
}

class Ring {
  protected readonly counters: Int32Array
  protected readonly bytes: Uint8Array

  constructor(buffer: SharedArrayBuffer) {
    this.counters = new Int32Array(buffer, 0, 4)
    this.bytes = new Uint8Array(buffer, headerBytes)
  }

  protected used(): number {
    return (Atomics.load(this.counters, written) - Atomics.load(this.counters, read)) >>> 0
  }
}

export class RingWriter extends Ring {
  /** What did not fit yet, oldest first. */
  private readonly waiting = new Fifo<Uint8Array>()
  private at = 0
  private readonly defer: ((wake: () => void) => void) | undefined
  private isWaking = false

  /** `defer` puts off waking the reader, so that one wake-up does for several frames. */
  constructor(buffer: SharedArrayBuffer, defer?: (wake: () => void) => void) {
    super(buffer)
    this.defer = defer
  }

  /**
   * Queues a frame, a head and more parts, and passes on as much as fits. The bytes of the parts must not change
   * afterwards; those of the head may.
   */
  send(head: Uint8Array, ...parts: readonly Uint8Array[]): void {
    if (!this.passOn(head, parts)) this.queue(head, parts)
  }

  /** As `send`, for parts that may change afterwards. */
  sendCopy(head: Uint8Array, ...parts: readonly Uint8Array[]): void {
    if (this.passOn(head, parts)) return
    this.queue(
      head,
      parts.map((part) => part.slice()),
    )
  }

  /** False: there is no room for all of it. */
  private passOn(head: Uint8Array, parts: readonly Uint8Array[]): boolean {
    const length = lengthOf(head, parts)
    if (!this.empty || 4 + length > this.bytes.length - this.used()) return false
    this.copyLength(length)
    this.copyIn(head)
    for (const part of parts) this.copyIn(part)
    this.publish(4 + length)
    return true
  }

  private queue(head: Uint8Array, parts: readonly Uint8Array[]): void {
    const lengthBytes = new Uint8Array(4)
    new DataView(lengthBytes.buffer).setUint32(0, lengthOf(head, parts), true)
    for (const piece of [lengthBytes, head.slice(), ...parts]) if (piece.length > 0) this.waiting.push(piece)
    this.flush()
  }

  /** Whether everything has been passed on. */
  get empty(): boolean {
    return this.waiting.length === 0
  }

  /** Passes on what fits now; whether anything did. */
  flush(): boolean {
    let moved = 0
    while (this.waiting.length > 0) {
      const room = this.bytes.length - this.used() - moved
      if (room === 0) break
      const piece = this.waiting.first as Uint8Array
      const taken = piece.subarray(0, room)
      this.copyIn(taken)
      moved += taken.length
      if (taken.length === piece.length) this.waiting.take()
      else this.waiting.replaceFirst(piece.subarray(taken.length))
    }
    if (moved > 0) this.publish(moved)
    return moved > 0
  }

  private publish(count: number): void {
    Atomics.add(this.counters, written, count)
    // Waking takes longer than much of what follows it, so whoever is being woken already is let be.
    if (this.isWaking || Atomics.load(this.counters, sleeping) === 0) return
    if (this.defer === undefined) return this.wakeReader()
    this.isWaking = true
    this.defer(this.wakeReader)
  }

  private readonly wakeReader = (): void => {
    this.isWaking = false
    if (Atomics.exchange(this.counters, sleeping, 0) !== 0) Atomics.notify(this.counters, written)
  }

  private copyLength(length: number): void {
    for (let shift = 0; shift < 32; shift += 8) {
      this.bytes[this.at] = length >>> shift
      this.at = this.at + 1 === this.bytes.length ? 0 : this.at + 1
    }
  }

  private copyIn(piece: Uint8Array): void {
    const end = this.at + piece.length
    if (end <= this.bytes.length) {
      copyBytes(this.bytes, this.at, piece)
      this.at = end === this.bytes.length ? 0 : end
      return
    }
    const first = this.bytes.length - this.at
    copyBytes(this.bytes, this.at, piece.subarray(0, first))
    copyBytes(this.bytes, 0, piece.subarray(first))
    this.at = piece.length - first
  }

  /** Blocks until everything has been passed on; not for the main thread. */
  drain(): void {
    while (!this.empty) {
      const seen = Atomics.load(this.counters, read)
      if (!this.flush()) Atomics.wait(this.counters, read, seen)
    }
  }

  /** Resolves when the reader has made room since now. */
  async room(): Promise<void> {
    const seen = Atomics.load(this.counters, read)
    if (this.used() < this.bytes.length) return
    await changed(this.counters, read, seen)
  }

  /** Ends this side's own wait: there is no reader any more. */
  wake(): void {
    Atomics.notify(this.counters, read)
  }
}

const lengthOf = (head: Uint8Array, parts: readonly Uint8Array[]): number =>
  parts.reduce((sum, part) => sum + part.length, head.length)

const slabBytes = 0x2000
/** How long to look before falling asleep, in milliseconds: a call after the other comes within this from a caller nearby. */
const lookTime = 0.5
/** Frames from this length on have memory of their own, which is not cleared first. */
const largeFrame = 0x400

export class RingReader extends Ring {
  private at = 0
  /** The frame that is arriving, and how much of it has. */
  private frame: Uint8Array | undefined
  private filled = 0
  private length = 0
  private lengthFilled = 0
  /** Small frames lie side by side: a memory of its own for each would cost more than what is in it. */
  private slab = new Uint8Array(0)
  private slabUsed = 0
  private readonly busyWait = new BusyWait()
  /** Frames since the last wait. */
  private received = 0

  /** The next whole frame, if it has arrived; it is the caller's. */
  receive(): Uint8Array | undefined {
    const available = this.used()
    if (available === 0) return undefined
    let taken = 0
    if (this.frame === undefined) taken = this.readLength(available)
    if (this.frame !== undefined) taken += this.readBody(this.frame, available - taken)
    this.release(taken)
    const { frame } = this
    if (frame === undefined || this.filled < frame.length) return undefined
    this.frame = undefined
    this.received += 1
    return frame
  }

  private readLength(available: number): number {
    let taken = 0
    while (this.lengthFilled < 4 && taken < available) {
      this.length |= (this.bytes[this.at] as number) << (8 * this.lengthFilled)
      this.at = this.at + 1 === this.bytes.length ? 0 : this.at + 1
      this.lengthFilled += 1
      taken += 1
    }
    if (this.lengthFilled < 4) return taken
    this.frame = this.newFrame(this.length >>> 0)
    this.filled = 0
    this.length = 0
    this.lengthFilled = 0
    return taken
  }

  private newFrame(length: number): Uint8Array {
    if (length >= largeFrame) return unclearedBytes(length)
    if (this.slabUsed + length > this.slab.length) {
      this.slab = new Uint8Array(slabBytes)
      this.slabUsed = 0
    }
    const start = this.slabUsed
    this.slabUsed += length
    return this.slab.subarray(start, start + length)
  }

  private readBody(frame: Uint8Array, available: number): number {
    const count = Math.min(frame.length - this.filled, available)
    const first = Math.min(count, this.bytes.length - this.at)
    copyBytes(frame, this.filled, this.bytes.subarray(this.at, this.at + first))
    if (first < count) copyBytes(frame, this.filled + first, this.bytes.subarray(0, count - first))
    this.filled += count
    this.at = (this.at + count) % this.bytes.length
    return count
  }

  /** The writer sleeps only while the ring is full, so only then it is to be woken. */
  private release(count: number): void {
    const before = Atomics.add(this.counters, read, count)
    const full = (Atomics.load(this.counters, written) - before) >>> 0 === this.bytes.length
    if (full) Atomics.notify(this.counters, read)
  }

  /** Ends this side's own wait: nothing will arrive any more. */
  wake(): void {
    Atomics.notify(this.counters, written)
  }

  get empty(): boolean {
    return this.used() === 0
  }

  /** Whether the writer has to wake this side; asked before the last look at the ring. */
  set asleep(is: boolean) {
    Atomics.store(this.counters, sleeping, is ? 1 : 0)
  }

  /**
   * Blocks until something has arrived, at most for some milliseconds; not for the main thread. It looks for a while before it sleeps, if that has
   * been, or would have been, of use lately. Not where several frames came at once: then many are at work, and who looks takes a processor
   * from them.
   */
  wait(most = Number.POSITIVE_INFINITY): void {
    const start = performance.now()
    const isAlone = this.received < 2
    this.received = 0
    if (isAlone && this.busyWait.isWorthIt()) {
      const found = this.look(Math.min(most, lookTime))
      this.busyWait.tell(found)
      if (found) return
    }
    this.asleep = true
    if (this.empty) Atomics.wait(this.counters, written, Atomics.load(this.counters, read), most)
    this.asleep = false
    if (isAlone && performance.now() - start < lookTime) this.busyWait.tell(true)
  }

  /** Looks for something that arrives within some milliseconds. */
  private look(time: number): boolean {
    for (const end = performance.now() + time; performance.now() < end; )
      for (let i = 0; i < 32; i++) if (!this.empty) return true
    return false
  }

  /** Resolves when something has arrived while `asleep`. */
  async arrival(): Promise<void> {
    this.asleep = true
    if (this.empty) await changed(this.counters, written, Atomics.load(this.counters, read))
  }
}

interface WaitAsync {
  waitAsync(
    words: Int32Array,
    index: number,
    value: number,
  ): { readonly async: false } | { readonly async: true; readonly value: Promise<string> }
}

/** Resolves when a counter no longer has a value. */
async function changed(words: Int32Array, index: number, value: number): Promise<void> {
  const result = (Atomics as unknown as WaitAsync).waitAsync(words, index, value)
  if (result.async) await result.value
}
