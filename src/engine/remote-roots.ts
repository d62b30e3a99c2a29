/**
 * Roots for a thread that does not run the domain: it has the shared memory and addresses, nothing else, and never waits for
 * the domain (`src/runtime/root-pools.ts` has the other side).
 *
 *     delete   marks the slot, and puts its pool on the domain's list of such pools if it is not there. The domain frees marked
 *              slots at its next collection; until then they keep their values alive
 *     copy     a second root of the same value: one of those that the domain has supplied, which hold () until then
 *
 * A root belongs to one thread at a time: whoever has it may copy and delete it, and may send it to another.
 */

import { control, rootPool } from '../codegen/layout.ts'

const moves = control.moves >> 2
const youngStart = control.youngStart >> 2
const youngSize = control.youngSize >> 2
const delayedPools = control.delayedPools >> 2
const delayedBusy = control.delayedBusy >> 2
const pending = rootPool.pending >> 2
const pendingNext = rootPool.pendingNext >> 2
const deleted = rootPool.deleted >> 2
/** The pool of a slot, both as indexes of words. */
const poolMask = ~((rootPool.poolBytes >> 2) - 1)

export class RemoteRoots {
  private readonly memory: WebAssembly.Memory
  private words: Int32Array
  private readonly spares: number[] = []

  constructor(memory: WebAssembly.Memory) {
    this.memory = memory
    this.words = new Int32Array(memory.buffer)
  }

  private wordsAround(index: number): Int32Array {
    if (index >= this.words.length) this.words = new Int32Array(this.memory.buffer)
    return this.words
  }

  delete(root: number): void {
    const slot = root >>> 2
    const words = this.wordsAround(slot)
    const pool = slot & poolMask
    const index = (slot - pool) >> 1
    Atomics.add(words, delayedBusy, 1)
    Atomics.or(words, pool + deleted + (index >> 5), 1 << (index & 31))
    if (Atomics.exchange(words, pool + pending, 1) === 0) this.publish(pool)
    Atomics.sub(words, delayedBusy, 1)
  }

  private publish(pool: number): void {
    const { words } = this
    let head = Atomics.load(words, delayedPools)
    for (;;) {
      Atomics.store(words, pool + pendingNext, head)
      const found = Atomics.compareExchange(words, delayedPools, head, pool << 2)
      if (found === head) return
      head = found
    }
  }

  /** Takes roots over that `RootCells.reserve` has made. */
  supply(roots: Iterable<number>): void {
    for (const root of roots) this.spares.push(root)
  }

  /** How many roots can be made before more must be supplied. */
  get supplied(): number {
    return this.spares.length
  }

  /**
   * A second root of what `root` holds. 0: not now, because none is supplied, or the value is young, or just being moved. The
   * domain's next minor collection makes it old.
   */
  copy(root: number): number {
    const from = root >>> 2
    const words = this.wordsAround(from)
    // A compaction, which moves old values too, waits until nobody is here.
    Atomics.add(words, delayedBusy, 1)
    const copied = this.copyInside(from, words)
    Atomics.sub(words, delayedBusy, 1)
    return copied
  }

  private copyInside(from: number, words: Int32Array): number {
    const before = Atomics.load(words, moves)
    const low = Atomics.load(words, from)
    const high = Atomics.load(words, from + 1)
    const distance = (low - Atomics.load(words, youngStart)) >>> 0
    const isYoung = (low & 1) === 0 && distance < Atomics.load(words, youngSize) >>> 0
    if (isYoung || (before & 1) !== 0 || Atomics.load(words, moves) !== before) return 0
    const copied = this.spares.pop()
    if (copied === undefined) return 0
    // In this order: while the low half is odd, the word is an immediate.
    const to = copied >>> 2
    Atomics.store(this.wordsAround(to), to + 1, high)
    Atomics.store(this.words, to, low)
    return copied
  }

  /** Deletes what has been supplied and not used. */
  giveBack(): void {
    for (const root of this.spares.splice(0)) this.delete(root)
  }
}
