/**
 * Roots as TypeScript sees them: creation, access and deletion over the shared memory, without a call into the runtime on the
 * usual path. A root is the address of a slot in a pool (`src/runtime/root-pools.ts` has the layout and the rules); a value is
 * two 32-bit words, because a 64-bit one would be a BigInt, which allocates.
 *
 *     create   the current pool has a free slot: take it, count one more
 *     delete   nothing is being marked: back to the pool's free list, count one less
 *     set      nothing is being marked, and the pool may hold young values: store
 *
 * All else is the runtime's. These are for the thread that runs the domain; any other thread uses `RemoteRoots` (remote-roots.ts).
 *
 * The memory grows: an old view stays valid for the addresses that it covers, so a view is renewed only for an address beyond it.
 */

import { control, rootPool, rootPoolClass } from '../codegen/layout.ts'

/** The slow paths: exports of the runtime. */
export interface RootRuntime {
  root_create_words(low: number, high: number): number
  root_modify_words(root: number, low: number, high: number): number
  root_delete(root: number): void
  root_pool_shrunk(pool: number): void
}

const currentPool = control.rootPool >> 2
const marking = control.marking >> 2
const freeList = rootPool.free >> 2
const count = rootPool.count >> 2
const poolClass = rootPool.class >> 2
/** The pool of a slot, both as indexes of words. */
const poolMask = ~((rootPool.poolBytes >> 2) - 1)

export class RootCells {
  private readonly memory: WebAssembly.Memory
  private readonly runtime: RootRuntime
  private words: Int32Array

  constructor(memory: WebAssembly.Memory, runtime: RootRuntime) {
    this.memory = memory
    this.runtime = runtime
    this.words = new Int32Array(memory.buffer)
  }

  private grown(): Int32Array {
    this.words = new Int32Array(this.memory.buffer)
    return this.words
  }

  private wordsAround(index: number): Int32Array {
    return index < this.words.length ? this.words : this.grown()
  }

  /** A new root that holds the value with these halves; 0: there is no memory. */
  create(low: number, high: number): number {
    const address = this.words[currentPool] as number
    const pool = address >>> 2
    const words = this.wordsAround(pool)
    const root = words[pool + freeList] as number
    if (root === address) return this.runtime.root_create_words(low, high) >>> 0
    const slot = root >>> 2
    words[pool + freeList] = words[slot] as number
    words[pool + count] = (words[pool + count] as number) + 1
    words[slot] = low
    words[slot + 1] = high
    return root >>> 0
  }

  /** Roots that hold (), for another thread's `RemoteRoots`; fewer than `count` if there is no memory for more. */
  reserve(count: number): number[] {
    const roots: number[] = []
    while (roots.length < count) {
      const root = this.create(1, 0)
      if (root === 0) break
      roots.push(root)
    }
    return roots
  }

  /** The low half of the value: all of it if it is the address of a block. */
  low(root: number): number {
    const slot = root >>> 2
    return this.wordsAround(slot)[slot] as number
  }

  high(root: number): number {
    const slot = root >>> 2
    return this.wordsAround(slot)[slot + 1] as number
  }

  /** Changes the value; the root, which may be another one from now on, or 0: there is no memory and nothing has changed. */
  set(root: number, low: number, high: number): number {
    const slot = root >>> 2
    const words = this.wordsAround(slot)
    const isPlain = words[marking] === 0 && words[(slot & poolMask) + poolClass] !== rootPoolClass.old
    if (!isPlain) return this.runtime.root_modify_words(root, low, high) >>> 0
    words[slot] = low
    words[slot + 1] = high
    return root
  }

  delete(root: number): void {
    const slot = root >>> 2
    const words = this.wordsAround(slot)
    if (words[marking] !== 0) return this.runtime.root_delete(root)
    const pool = slot & poolMask
    words[slot] = words[pool + freeList] as number
    words[slot + 1] = 0
    words[pool + freeList] = root
    const left = (words[pool + count] as number) - 1
    words[pool + count] = left
    if ((left & (rootPool.half - 1)) === 0) this.runtime.root_pool_shrunk(pool << 2)
  }
}
