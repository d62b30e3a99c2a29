/**
 * How long collections have kept a domain's program waiting, as `src/runtime/pauses.ts` counts it: a histogram of each kind. Reading
 * needs nothing but the memory, so any thread that has it may do so at any time.
 */

/** In the order of the runtime's records. */
export const pauseKinds = ['minor', 'slice', 'full'] as const
export type PauseKind = (typeof pauseKinds)[number]

export interface Pauses {
  readonly count: number
  /** Seconds in all, and the longest one. */
  readonly total: number
  readonly longest: number
  readonly buckets: Uint32Array
}

const bucketCount = 128
const recordBytes = 24 + bucketCount * 4

/** `records` is what the runtime's `pause_records` returns. */
export function readPauses(memory: ArrayBufferLike, records: number): Record<PauseKind, Pauses> {
  const view = new DataView(memory)
  const read = (index: number): Pauses => {
    const at = records + index * recordBytes
    return {
      count: Number(view.getBigUint64(at, true)),
      total: view.getFloat64(at + 8, true),
      longest: view.getFloat64(at + 16, true),
      buckets: new Uint32Array(memory, at + 24, bucketCount).slice(),
    }
  }
  return { minor: read(0), slice: read(1), full: read(2) }
}

/** Where a bucket ends, in seconds: `2^k (1 + (j + 1)/4)` microseconds for number `4 k + j`. */
export function bucketEnd(bucket: number): number {
  return (2 ** (bucket >> 2) * (5 + (bucket & 3))) / 4e6
}

/** All kinds that are given, as one. */
export function addPauses(all: readonly Pauses[]): Pauses {
  const buckets = new Uint32Array(bucketCount)
  for (const each of all) each.buckets.forEach((n, i) => void ((buckets[i] as number) += n))
  return {
    count: all.reduce((sum, p) => sum + p.count, 0),
    total: all.reduce((sum, p) => sum + p.total, 0),
    longest: Math.max(0, ...all.map((p) => p.longest)),
    buckets,
  }
}

/** Seconds that this part (0 to 1) of the pauses did not exceed, rounded up to the end of a bucket; at most the longest. */
export function percentile(pauses: Pauses, part: number): number {
  let seen = 0
  for (const [bucket, n] of pauses.buckets.entries()) {
    seen += n
    if (seen >= pauses.count * part && seen > 0) return Math.min(bucketEnd(bucket), pauses.longest)
  }
  return 0
}
