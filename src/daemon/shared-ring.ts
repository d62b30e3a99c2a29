/**
 * A byte ring between two threads: one writes, one reads, frames of any length go through.
 *
 *     Int32 0: bytes written (modulo 2³²)   Int32 1: bytes read   then `capacity` bytes
 *     frame: length (u32, little-endian), bytes
 *
 * A frame longer than the ring passes in pieces. The counters are what the sleeping side waits on. The writer's
 * counter is stored after the bytes, the reader's after it has copied them.
 */

const headerBytes = 8
const written = 0
const read = 1

export function newRing(capacity: number): SharedArrayBuffer {
  return new SharedArrayBuffer(headerBytes + capacity)
}

class Ring {
  protected readonly counters: Int32Array
  protected readonly bytes: Uint8Array

  constructor(buffer: SharedArrayBuffer) {
    this.counters = new Int32Array(buffer, 0, 2)
    this.bytes = new Uint8Array(buffer, headerBytes)
  }

  protected used(): number {
    return (Atomics.load(this.counters, written) - Atomics.load(this.counters, read)) >>> 0
  }
}

export class RingWriter extends Ring {
  /** What did not fit yet, oldest first. */
  private readonly waiting: Uint8Array[] = []
  private at = 0

  /** Queues a frame, and passes on as much as fits. The bytes must not change afterwards. */
  send(frame: Uint8Array): void {
    const length = new Uint8Array(4)
    new DataView(length.buffer).setUint32(0, frame.length, true)
    this.waiting.push(length, frame)
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
      const piece = this.waiting[0] as Uint8Array
      const taken = piece.subarray(0, room)
      this.copyIn(taken)
      moved += taken.length
      if (taken.length === piece.length) this.waiting.shift()
      else this.waiting[0] = piece.subarray(taken.length)
    }
    if (moved > 0) {
      Atomics.add(this.counters, written, moved)
      Atomics.notify(this.counters, written)
    }
    return moved > 0
  }

  private copyIn(piece: Uint8Array): void {
    const first = Math.min(piece.length, this.bytes.length - this.at)
    this.bytes.set(piece.subarray(0, first), this.at)
    this.bytes.set(piece.subarray(first), 0)
    this.at = (this.at + piece.length) % this.bytes.length
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
}

export class RingReader extends Ring {
  private at = 0
  /** The frame that is arriving. */
  private frame: Uint8Array | undefined
  private filled = 0
  private readonly lengthBytes = new Uint8Array(4)
  private lengthFilled = 0

  /** The next whole frame, if it has arrived. */
  receive(): Uint8Array | undefined {
    for (;;) {
      const available = this.used()
      if (available === 0) return undefined
      const whole = this.frame === undefined ? this.readLength(available) : this.readBody(available)
      if (whole !== undefined) return whole
    }
  }

  private readLength(available: number): Uint8Array | undefined {
    const count = Math.min(4 - this.lengthFilled, available)
    this.copyOut(this.lengthBytes.subarray(this.lengthFilled, this.lengthFilled + count))
    this.lengthFilled += count
    if (this.lengthFilled < 4) return undefined
    this.lengthFilled = 0
    const length = new DataView(this.lengthBytes.buffer).getUint32(0, true)
    this.filled = 0
    this.frame = new Uint8Array(length)
    return length === 0 ? this.takeFrame() : undefined
  }

  private readBody(available: number): Uint8Array | undefined {
    const frame = this.frame as Uint8Array
    const count = Math.min(frame.length - this.filled, available)
    this.copyOut(frame.subarray(this.filled, this.filled + count))
    this.filled += count
    return this.filled === frame.length ? this.takeFrame() : undefined
  }

  private takeFrame(): Uint8Array {
    const frame = this.frame as Uint8Array
    this.frame = undefined
    return frame
  }

  private copyOut(target: Uint8Array): void {
    const first = Math.min(target.length, this.bytes.length - this.at)
    target.set(this.bytes.subarray(this.at, this.at + first))
    target.set(this.bytes.subarray(0, target.length - first), first)
    this.at = (this.at + target.length) % this.bytes.length
    Atomics.add(this.counters, read, target.length)
    Atomics.notify(this.counters, read)
  }

  /** Blocks until something has arrived; not for the main thread. */
  wait(): void {
    if (this.used() === 0) Atomics.wait(this.counters, written, Atomics.load(this.counters, read))
  }

  /** Resolves when something has arrived. */
  async arrival(): Promise<void> {
    if (this.used() === 0) await changed(this.counters, written, Atomics.load(this.counters, read))
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
