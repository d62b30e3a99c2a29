/** Making maps: the pairs of a `MapTerm` are always in strictly ascending order of their keys. */

import { compareExactly } from './compare.ts'
import type { MapPair, MapTerm, Term } from './term.ts'
import { atom } from './term.ts'

/** A map of these pairs; of two with the same key the later one stays. */
export function map(...pairs: MapPair[]): MapTerm {
  return mapOf(pairs)
}

/** A map of these pairs; of two with the same key the later one stays. */
export function mapOf(pairs: readonly MapPair[]): MapTerm {
  const sorted = sortPairs(pairs)
  return { kind: 'map', pairs: hasDuplicates(sorted) ? withoutEarlier(sorted) : sorted }
}

/** A map with atoms for keys. */
export function mapOfAtoms(entries: Readonly<Record<string, Term>>): MapTerm {
  return mapOf(Object.entries(entries).map(([name, value]) => [atom(name), value] as const))
}

/** The pairs in ascending order of their keys, equal keys in the order they had. */
export function sortPairs(pairs: readonly MapPair[]): readonly MapPair[] {
  for (let i = 1; i < pairs.length; i++) {
    if (comparePairs(pairs[i - 1]!, pairs[i]!) > 0) return pairs.toSorted(comparePairs)
  }
  return pairs
}

function comparePairs(a: MapPair, b: MapPair): number {
  return compareExactly(a[0], b[0])
}

/** Whether two sorted pairs have the same key. */
export function hasDuplicates(sorted: readonly MapPair[]): boolean {
  return sorted.some((pair, i) => i > 0 && comparePairs(sorted[i - 1]!, pair) === 0)
}

function withoutEarlier(sorted: readonly MapPair[]): readonly MapPair[] {
  return sorted.filter((pair, i) => i + 1 === sorted.length || comparePairs(pair, sorted[i + 1]!) !== 0)
}

/** The value under a key, or undefined. */
export function mapGet(term: MapTerm, key: Term): Term | undefined {
  let low = 0
  let high = term.pairs.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const order = compareExactly(term.pairs[middle]![0], key)
    if (order === 0) return term.pairs[middle]![1]
    if (order < 0) low = middle + 1
    else high = middle - 1
  }
  return undefined
}
