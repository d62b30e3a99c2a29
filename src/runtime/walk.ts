/**
 * Walking the major heap block by block: for statistics, for the verifier, for regions where the mark stack overflowed
 * and for a remembered set that gave up. A region is a pool or a chunk of large blocks. Blocks may be allocated during a walk (it may or may not visit
 * them), but nothing may be swept. Only one walk at a time.
 */

import { COLOR_FREE } from './layout'
import { CHUNK_HEADER, chunkEnd } from './large'
import { endPage, firstPage, PAGE_BYTES, PAGE_LARGE, PAGE_POOL, PAGE_SHIFT, pageKind } from './pages'
import { firstSlot, nextSlot, poolRecord, poolSlotsEnd } from './pools'

/** Address of the header of the present block. */
export let heapCursor: usize = 0
/** The pool or chunk around it. */
export let heapRegion: usize = 0
let regionEnd: usize = 0
/** The class's record in a pool, 0 in a chunk. */
let record: usize = 0
let next: usize = 0

export function startHeapWalk(): void {
  heapCursor = 0
  next = 0
  regionEnd = 0
  heapRegion = (firstPage << PAGE_SHIFT) - PAGE_BYTES
}

// @ts-ignore: decorator
@inline
function after(header: usize): usize {
  return record ? nextSlot(header, record) : header + ((<usize>(load<u64>(header) >> 10) + 1) << 3)
}

/** Moves to the next block or hole; false at the end. */
export function nextHeapSlot(): bool {
  while (next >= regionEnd) {
    if (!nextRegion()) return false
  }
  heapCursor = next
  next = after(next)
  return true
}

/** Moves to the next block; false at the end. */
export function nextHeapBlock(): bool {
  while (nextHeapSlot()) {
    if (((load<u64>(heapCursor) >> 8) & 3) != COLOR_FREE) return true
  }
  return false
}

/** A walk through the one region that begins with this page. */
export function startRegionWalk(page: usize): void {
  heapCursor = 0
  enterRegion(page)
}

/** Moves to the next block of the region; false at its end. */
export function nextBlockOfRegion(): bool {
  while (next < regionEnd) {
    heapCursor = next
    next = after(next)
    if (((load<u64>(heapCursor) >> 8) & 3) != COLOR_FREE) return true
  }
  return false
}

function nextRegion(): bool {
  let page = (heapRegion >> PAGE_SHIFT) + 1
  for (; page < endPage; page++) {
    const kind = pageKind(page)
    if (kind == PAGE_POOL || kind == PAGE_LARGE) break
  }
  if (page >= endPage) return false
  enterRegion(page)
  return true
}

function enterRegion(page: usize): void {
  heapRegion = page << PAGE_SHIFT
  if (pageKind(page) == PAGE_POOL) {
    record = poolRecord(heapRegion)
    next = firstSlot(heapRegion, record)
    regionEnd = poolSlotsEnd(heapRegion, record)
  } else {
    record = 0
    next = heapRegion + CHUNK_HEADER
    regionEnd = chunkEnd(heapRegion)
  }
}
