/** Hash tables and search trees of the library, made in the reserved room. See library-layout.ts. */

import type { KeyOrder } from './codec.ts'
import type { Heap } from './heap.ts'
import { bucket, bucketCount, hashTable, searchTree } from './library-layout.ts'

/** The runtime's `caml_hash(count, limit, seed, value)`, after `sp`. It allocates nothing. */
export type HashFunction = (sp: number, count: bigint, limit: bigint, seed: bigint, value: bigint) => bigint

const tagged = (n: bigint): bigint => (n << 1n) | 1n
/** What `Hashtbl.hash` asks for. */
const meaningful = tagged(10n)
const total = tagged(100n)
const noSeed = tagged(0n)

interface Pair {
  /** Slots of the key and of what belongs to it. */
  readonly key: number
  readonly data: number
}

export class LibraryBuilder {
  readonly heap: Heap
  readonly hash: HashFunction

  constructor(heap: Heap, hash: HashFunction) {
    this.heap = heap
    this.hash = hash
  }

  /** An empty table with room for `size` bindings. */
  hashTable(slot: number, size: number): TableBuilder {
    const { heap } = this
    const buckets = bucketCount(size)
    const table = heap.take(hashTable.words, 0)
    const data = heap.take(buckets, 0)
    heap.setAddress(slot, table)
    heap.setInt(table + hashTable.size * 8, size)
    heap.setAddress(table + hashTable.data * 8, data)
    heap.setSmall(table + hashTable.seed * 8, 0)
    heap.setInt(table + hashTable.initialSize * 8, buckets)
    for (let i = 0; i < buckets; i++) heap.setSmall(data + i * 8, 0)
    return new TableBuilder(this, data, buckets)
  }

  searchTree(slot: number, size: number): TreeBuilder {
    return new TreeBuilder(this.heap, slot, size)
  }
}

class TableBuilder {
  private readonly library: LibraryBuilder
  private readonly data: number
  private readonly mask: number
  private cell = 0

  constructor(library: LibraryBuilder, data: number, buckets: number) {
    this.library = library
    this.data = data
    this.mask = buckets - 1
  }

  nextBinding(): Pair {
    this.cell = this.library.heap.take(bucket.words, 0)
    return { key: this.cell + bucket.key * 8, data: this.cell + bucket.data * 8 }
  }

  /** Puts the binding, which is complete, at the head of its bucket. */
  bind(): void {
    const { heap, hash } = this.library
    const key = heap.values[(this.cell >>> 3) + bucket.key] as bigint
    const hashed = Number(hash(0, meaningful, total, noSeed, key) >> 1n)
    const slot = this.data + (hashed & this.mask) * 8
    heap.values[(this.cell >>> 3) + bucket.next] = heap.values[slot >>> 3] as bigint
    heap.setAddress(slot, this.cell)
  }
}

class TreeBuilder {
  private readonly heap: Heap
  private readonly slot: number
  private readonly nodes: number[] = []

  constructor(heap: Heap, slot: number, size: number) {
    this.heap = heap
    this.slot = slot
    this.nodes.length = 0
    if (size === 0) heap.setSmall(slot, 0)
  }

  nextNode(): Pair {
    const node = this.heap.take(searchTree.words, 0)
    this.nodes.push(node)
    return { key: node + searchTree.key * 8, data: node + searchTree.data * 8 }
  }

  /** Makes a balanced tree of the nodes, which are complete. */
  link(order: KeyOrder): void {
    if (this.nodes.length === 0) return
    const compare = order === 'string' ? this.compareStrings : this.compareImmediates
    this.nodes.sort(compare)
    this.subtree(0, this.nodes.length, this.slot)
  }

  /** Stores the tree of the nodes in [from, to); its height. */
  private subtree(from: number, to: number, slot: number): number {
    const { heap } = this
    if (from === to) {
      heap.setSmall(slot, 0)
      return 0
    }
    const middle = (from + to) >>> 1
    const node = this.nodes[middle] as number
    heap.setAddress(slot, node)
    const left = this.subtree(from, middle, node + searchTree.left * 8)
    const right = this.subtree(middle + 1, to, node + searchTree.right * 8)
    const height = Math.max(left, right) + 1
    heap.setSmall(node + searchTree.height * 8, height)
    return height
  }

  private readonly compareImmediates = (a: number, b: number): number => {
    const { values } = this.heap
    const x = values[(a >>> 3) + searchTree.key] as bigint
    const y = values[(b >>> 3) + searchTree.key] as bigint
    return x < y ? -1 : x > y ? 1 : 0
  }

  private readonly compareStrings = (a: number, b: number): number => {
    const { heap } = this
    const x = heap.addressAt(a + searchTree.key * 8)
    const y = heap.addressAt(b + searchTree.key * 8)
    return Buffer.compare(
      heap.bytes.subarray(x, x + heap.stringLength(x)),
      heap.bytes.subarray(y, y + heap.stringLength(y)),
    )
  }
}
