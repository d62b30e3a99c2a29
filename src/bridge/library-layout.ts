/**
 * How the library lays out its hash tables and search trees (src/stdlib/hashtbl.ml, map.ml).
 *
 *     Hashtbl.t   { size; data: bucket array; seed; initial_size }
 *     bucket      Empty | Cons { key; data; next }
 *     Map.t       Empty | Node { left; key; data; right; height }
 */

export const hashTable = { words: 4, size: 0, data: 1, seed: 2, initialSize: 3 } as const
export const bucket = { words: 3, key: 0, data: 1, next: 2 } as const
export const searchTree = { words: 5, left: 0, key: 1, data: 2, right: 3, height: 4 } as const

export const searchTreeNodeWords = searchTree.words + 1

/** As `Hashtbl.create n` would choose for a table that never has to grow for `size` bindings. */
export function bucketCount(size: number): number {
  let count = 16
  while (count * 2 < size) count *= 2
  return count
}

/** Words of a table without its keys and data, and of its largest block. */
export function hashTableWords(size: number): { readonly words: number; readonly largest: number } {
  const buckets = bucketCount(size)
  return { words: hashTable.words + 1 + (buckets + 1) + size * (bucket.words + 1), largest: buckets }
}
