/**
 * Scratch memory: growing arrays of raw memory that the runtime keeps between uses, such as the stacks of
 * `Marshal`. A record says where one is:
 *
 *  0 start │ 4 capacity in bytes
 *
 * Addresses into an array are stale after `growScratch`. What has grown large is given back by `trimScratch`.
 */

import { allocateRaw, freeRaw } from './large'

export const SCRATCH_RECORD_BYTES: usize = 8
const INITIAL_BYTES: usize = 16384
const KEPT_BYTES: usize = 1 << 20

// @ts-ignore: decorator
@inline
export function scratchStart(record: usize): usize {
  return <usize>load<u32>(record)
}

// @ts-ignore: decorator
@inline
export function scratchEnd(record: usize): usize {
  return <usize>load<u32>(record) + <usize>load<u32>(record, 4)
}

export function forgetScratch(record: usize): void {
  store<u64>(record, 0)
}

/** Makes room for `used + more` bytes and keeps the first `used`; false: no memory, nothing has changed. */
export function growScratch(record: usize, used: usize, more: usize): bool {
  const needed = used + more
  const capacity = <usize>load<u32>(record, 4)
  if (needed <= capacity) return true
  if (needed < used || needed > 0xe0000000) return false
  const bytes = max<usize>(max<usize>(capacity << 1, INITIAL_BYTES), (needed + 7) & ~7)
  const start = allocateRaw(bytes)
  if (!start) return false
  const old = <usize>load<u32>(record)
  if (old) {
    memory.copy(start, old, used)
    freeRaw(old)
  }
  store<u32>(record, <u32>start)
  store<u32>(record, <u32>bytes, 4)
  return true
}

/** After use: memory beyond what is usual is given back. */
export function trimScratch(record: usize): void {
  if (<usize>load<u32>(record, 4) <= KEPT_BYTES) return
  freeRaw(<usize>load<u32>(record))
  forgetScratch(record)
}
