/**
 * How long collections have kept the program waiting: a histogram per kind, read by the engine from memory.
 *
 * ┌──────────────┬─────────┬─────────┬──────────────────────────┐
 * │ count (u64)  │ sum, s  │ max, s  │ 128 buckets (u32)        │  one record per kind
 * └──────────────┴─────────┴─────────┴──────────────────────────┘
 *
 * Bucket `4 k + j` counts pauses from `2^k (1 + j/4)` microseconds up to the next bucket's; bucket 0 also all shorter ones.
 */

import { hostTime } from './host'

/** A minor collection. */
export const PAUSE_MINOR: i32 = 0
/** A slice of the major collector. */
export const PAUSE_SLICE: i32 = 1
/** A complete collection, on request or because memory is short. */
export const PAUSE_FULL: i32 = 2
export const PAUSE_KINDS: i32 = 3
export const PAUSE_BUCKETS: i32 = 128

const SUM: usize = 8
const MAX: usize = 16
const BUCKETS: usize = 24
const RECORD_BYTES: usize = 24 + 128 * 4
const records: usize = memory.data(3 * 536, 8)

/** The monotonic clock of the host. */
const MONOTONIC: i32 = 2

export function initPauses(): void {
  memory.fill(records, 0, <usize>PAUSE_KINDS * RECORD_BYTES)
}

/** Address of the first record. */
export function pause_records(): usize {
  return records
}

// @ts-ignore: decorator
@inline
export function pauseStart(): f64 {
  return hostTime(MONOTONIC)
}

/** Counts a pause that began at `start`. */
export function pauseEnd(kind: i32, start: f64): void {
  const seconds = hostTime(MONOTONIC) - start
  const record = records + <usize>kind * RECORD_BYTES
  store<u64>(record, load<u64>(record) + 1)
  store<f64>(record, load<f64>(record, SUM) + seconds, SUM)
  store<f64>(record, max<f64>(load<f64>(record, MAX), seconds), MAX)
  const bucket = record + BUCKETS + ((<usize>bucketOf(seconds * 1e6)) << 2)
  store<u32>(bucket, load<u32>(bucket) + 1)
}

/** A double's exponent and its two highest bits after the point. */
function bucketOf(microseconds: f64): i32 {
  if (microseconds < 1) return 0
  return min<i32>(PAUSE_BUCKETS - 1, <i32>(reinterpret<u64>(microseconds) >> 50) - (1023 << 2))
}
