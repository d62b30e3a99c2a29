/**
 * Small blocks (up to 128 words) of the major heap: one size class per pool of 32 KiB, aligned to its size.
 *
 * ┌────────────┬────────┬────────┬─ ─ ─┬────────┐
 * │ 32 B header│ slot   │ slot   │     │ slot   │     slot: header word, fields, slack
 * └────────────┴────────┴────────┴─ ─ ─┴────────┘
 *
 * Free slots form runs of adjacent slots. A run starts with a header of color free whose wosize covers the
 * run, then the address of the next run of the pool (0: none). Allocation bumps a pointer through a run, so
 * promotion costs a few loads and stores.
 *
 * Life of a pool: after marking all pools are unswept. Allocation sweeps a few pools of its class when it runs out, and
 * slices of the major collector the others, before the next marking begins. A swept pool with runs is `available`
 * or the class's current one; an empty one is released. A pool is swept when its stamp is the number of the present
 * cycle, so that no pool has to be visited to make all of them unswept.
 *
 * Allocation never takes from unswept pools. So a block in a swept pool is live and white, or black if it was found, or
 * made, while marking goes on; a block in an unswept pool is live exactly if it is black.
 */

import { makeHeader, wosizeOfHeader } from './header'
import { COLOR_BLACK, COLOR_FREE, TAG_ABSTRACT } from './layout'
import { PAGE_BYTES, PAGE_POOL, releasePages, takePages } from './pages'

export const MAX_SMALL_WOSIZE: usize = 128
export const CLASS_COUNT: i32 = 33

/** Byte offsets in a pool's header. */
const POOL_NEXT: usize = 0
const POOL_RUNS: usize = 4
const POOL_CLASS: usize = 8
const POOL_STAMP: usize = 12
const POOL_AVAILABLE: usize = 16
export const POOL_HEADER: usize = 32

/**
 * A class's record: the run that allocation bumps through, the runs after it in the same pool, and lists of
 * pools.
 */
const CLASS_POINTER: usize = 0
const CLASS_END: usize = 4
const CLASS_NEXT_RUN: usize = 8
const CLASS_SLOT_BYTES: usize = 12
const CLASS_SWEPT: usize = 16
const CLASS_UNSWEPT: usize = 20
const CLASS_AVAILABLE: usize = 24
const CLASS_SHIFT: usize = 5

const records: usize = memory.data(33 << 5, 8)
/** Class of each wosize from 0 to 128. */
const classOf: usize = memory.data(136, 8)
/** Words of a slot, header included, per class. */
const slotWords: usize = memory.data<u8>([
  2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 19, 21, 24, 27, 30, 34, 38, 43, 48, 54, 61, 68, 76,
  85, 96, 108, 129,
])

/** In tests, freed memory is filled with this byte. */
export const POISON: u8 = 0xde
export let poisoning: bool = false

export function setPoisoning(on: bool): void {
  poisoning = on
}

/** Words handed out to allocation since the last marking ended (whole runs). */
export let smallWordsTaken: u64 = 0
/** The stamp of pools that have been swept since the last marking. */
let cycle: u32 = 0
/** How many pools there are, and how many of them are still to be swept. */
export let poolCount: usize = 0
export let unsweptPools: usize = 0
/** Pools that one allocation sweeps at most before it takes a new one. */
const SWEPT_PER_ALLOCATION: i32 = 8

// @ts-ignore: decorator
@inline
export function recordOf(index: i32): usize {
  return records + ((<usize>index) << CLASS_SHIFT)
}

export function initPools(): void {
  let wosize: usize = 0
  for (let c = 0; c < CLASS_COUNT; c++) {
    const words = <usize>load<u8>(slotWords + c)
    const record = recordOf(c)
    memory.fill(record, 0, 1 << CLASS_SHIFT)
    store<u32>(record, <u32>(words << 3), CLASS_SLOT_BYTES)
    for (; wosize < words; wosize++) store<u8>(classOf + wosize, <u8>c)
  }
  smallWordsTaken = 0
  cycle = 0
  poolCount = 0
  unsweptPools = 0
}

export function resetSmallWordsTaken(): void {
  smallWordsTaken = 0
}

/** Room for a block of `wosize` words (1 to 128): its address, or 0. The caller writes header and fields. */
// @ts-ignore: decorator
@inline
export function allocateSmall(wosize: usize): usize {
  const record = records + ((<usize>load<u8>(classOf + wosize)) << CLASS_SHIFT)
  const pointer = <usize>load<u32>(record, CLASS_POINTER)
  const end = pointer + <usize>load<u32>(record, CLASS_SLOT_BYTES)
  if (end <= <usize>load<u32>(record, CLASS_END)) {
    store<u32>(record, <u32>end, CLASS_POINTER)
    return pointer + 8
  }
  return allocateFromNextRun(record)
}

function allocateFromNextRun(record: usize): usize {
  let run = <usize>load<u32>(record, CLASS_NEXT_RUN)
  if (!run) {
    run = nextPoolWithRuns(record)
    if (!run) return 0
  }
  const words = wosizeOfHeader(load<u64>(run)) + 1
  smallWordsTaken += words
  store<u32>(record, load<u32>(run, 8), CLASS_NEXT_RUN)
  store<u32>(record, <u32>(run + (words << 3)), CLASS_END)
  store<u32>(record, <u32>(run + <usize>load<u32>(record, CLASS_SLOT_BYTES)), CLASS_POINTER)
  return run + 8
}

/** The first run of the next pool with free slots. */
function nextPoolWithRuns(record: usize): usize {
  const available = <usize>load<u32>(record, CLASS_AVAILABLE)
  if (available) {
    store<u32>(record, load<u32>(available, POOL_AVAILABLE), CLASS_AVAILABLE)
    return <usize>load<u32>(available, POOL_RUNS)
  }
  for (let i = 0; i < SWEPT_PER_ALLOCATION; i++) {
    const pool = popUnswept(record)
    if (!pool) break
    sweepPool(pool, record)
    keepPool(pool, record)
    if (load<u32>(pool, POOL_RUNS)) return <usize>load<u32>(pool, POOL_RUNS)
  }
  return newPool(record)
}

function popUnswept(record: usize): usize {
  const pool = <usize>load<u32>(record, CLASS_UNSWEPT)
  if (pool) {
    store<u32>(record, load<u32>(pool, POOL_NEXT), CLASS_UNSWEPT)
    unsweptPools--
  }
  return pool
}

function keepPool(pool: usize, record: usize): void {
  store<u32>(pool, load<u32>(record, CLASS_SWEPT), POOL_NEXT)
  store<u32>(record, <u32>pool, CLASS_SWEPT)
}

// @ts-ignore: decorator
@inline
function slotsEnd(pool: usize, slotBytes: usize): usize {
  return pool + POOL_HEADER + ((PAGE_BYTES - POOL_HEADER) / slotBytes) * slotBytes
}

function writeRun(start: usize, end: usize, next: usize): void {
  store<u64>(start, makeHeader(((end - start) >> 3) - 1, COLOR_FREE, TAG_ABSTRACT))
  store<u64>(start, <u64>next, 8)
}

function newPool(record: usize): usize {
  const pool = takePages(1, PAGE_POOL)
  if (!pool) return 0
  const slotBytes = <usize>load<u32>(record, CLASS_SLOT_BYTES)
  const run = pool + POOL_HEADER
  store<u32>(pool, <u32>((record - records) >> CLASS_SHIFT), POOL_CLASS)
  store<u32>(pool, cycle, POOL_STAMP)
  store<u32>(pool, <u32>run, POOL_RUNS)
  writeRun(run, slotsEnd(pool, slotBytes), 0)
  keepPool(pool, record)
  poolCount++
  return run
}

/** Frees the white blocks, whitens the black ones, rebuilds the runs in address order. */
function sweepPool(pool: usize, record: usize): void {
  const slotBytes = <usize>load<u32>(record, CLASS_SLOT_BYTES)
  const end = slotsEnd(pool, slotBytes)
  let lastRun: usize = 0
  let runStart: usize = 0
  let slot = pool + POOL_HEADER
  store<u32>(pool, 0, POOL_RUNS)
  while (slot < end) {
    const header = load<u64>(slot)
    const color = (header >> 8) & 3
    if (color == COLOR_BLACK) {
      store<u64>(slot, header ^ (COLOR_BLACK << 8))
      if (runStart) {
        lastRun = closeRun(pool, runStart, slot, lastRun)
        runStart = 0
      }
      slot += slotBytes
    } else {
      if (!runStart) runStart = slot
      slot += color == COLOR_FREE ? (wosizeOfHeader(header) + 1) << 3 : slotBytes
    }
  }
  if (runStart) closeRun(pool, runStart, end, lastRun)
  store<u32>(pool, cycle, POOL_STAMP)
}

function closeRun(pool: usize, start: usize, end: usize, lastRun: usize): usize {
  if (poisoning) memory.fill(start, POISON, end - start)
  writeRun(start, end, 0)
  if (lastRun) store<u64>(lastRun, <u64>start, 8)
  else store<u32>(pool, <u32>start, POOL_RUNS)
  return start
}

function isEmptyPool(pool: usize, slotBytes: usize): bool {
  const run = <usize>load<u32>(pool, POOL_RUNS)
  if (run != pool + POOL_HEADER) return false
  return run + ((wosizeOfHeader(load<u64>(run)) + 1) << 3) == slotsEnd(pool, slotBytes)
}

/** Sweeps at most `count` pools. Those that turn out empty go back to the page allocator. */
export function sweepSomePools(count: i32): void {
  for (let c = 0; c < CLASS_COUNT; c++) {
    const record = recordOf(c)
    const slotBytes = <usize>load<u32>(record, CLASS_SLOT_BYTES)
    for (let pool = popUnswept(record); pool; pool = popUnswept(record)) {
      sweepPool(pool, record)
      if (isEmptyPool(pool, slotBytes)) {
        releasePages(pool, 1)
        poolCount--
      } else {
        keepSwept(pool, record)
      }
      if (--count <= 0) return
    }
  }
}

export function finishPoolSweep(): void {
  sweepSomePools(i32.MAX_VALUE)
}

/** What is left of the current run becomes a run again, so that the pool can be swept. */
function retireRun(record: usize): void {
  const pointer = <usize>load<u32>(record, CLASS_POINTER)
  const end = <usize>load<u32>(record, CLASS_END)
  if (pointer < end) writeRun(pointer, end, 0)
}

/** After marking: every pool is to be swept, nothing is available. Needs all pools swept before. */
export function beginPoolSweep(): void {
  cycle++
  unsweptPools = poolCount
  for (let c = 0; c < CLASS_COUNT; c++) {
    const record = recordOf(c)
    retireRun(record)
    store<u32>(record, load<u32>(record, CLASS_SWEPT), CLASS_UNSWEPT)
    store<u32>(record, 0, CLASS_SWEPT)
    store<u32>(record, 0, CLASS_AVAILABLE)
    store<u32>(record, 0, CLASS_POINTER)
    store<u32>(record, 0, CLASS_END)
    store<u32>(record, 0, CLASS_NEXT_RUN)
  }
}

// Compaction. Everything is swept, and no class has a current run.

/** All pools of the class, which has none from now on. */
export function takeSwept(record: usize): usize {
  const pools = <usize>load<u32>(record, CLASS_SWEPT)
  store<u32>(record, 0, CLASS_SWEPT)
  store<u32>(record, 0, CLASS_AVAILABLE)
  return pools
}

export function nextOfPool(pool: usize): usize {
  return <usize>load<u32>(pool, POOL_NEXT)
}

/** Takes a swept pool into its class. */
export function keepSwept(pool: usize, record: usize): void {
  keepPool(pool, record)
  if (!load<u32>(pool, POOL_RUNS)) return
  store<u32>(pool, load<u32>(record, CLASS_AVAILABLE), POOL_AVAILABLE)
  store<u32>(record, <u32>pool, CLASS_AVAILABLE)
}

/** A pool that leaves its class for a list of such; the list. */
export function dropPool(pool: usize, list: usize): usize {
  store<u32>(pool, <u32>list, POOL_NEXT)
  poolCount--
  return pool
}

// Walking a pool's slots. A walk may go on while blocks are allocated: it leaves out what is left of the
// current run.

export function poolRecord(pool: usize): usize {
  return recordOf(load<u32>(pool, POOL_CLASS))
}

export function firstSlot(pool: usize, record: usize): usize {
  return afterCurrentRun(pool + POOL_HEADER, record)
}

export function poolSlotsEnd(pool: usize, record: usize): usize {
  return slotsEnd(pool, <usize>load<u32>(record, CLASS_SLOT_BYTES))
}

export function slotBytesOf(record: usize): usize {
  return <usize>load<u32>(record, CLASS_SLOT_BYTES)
}

export function isUnswept(pool: usize): bool {
  return load<u32>(pool, POOL_STAMP) != cycle
}

// @ts-ignore: decorator
@inline
function afterCurrentRun(slot: usize, record: usize): usize {
  const end = <usize>load<u32>(record, CLASS_END)
  return slot == <usize>load<u32>(record, CLASS_POINTER) && slot < end ? end : slot
}

/** The slot after this one; a run counts as one slot. */
export function nextSlot(slot: usize, record: usize): usize {
  const header = load<u64>(slot)
  const isRun = ((header >> 8) & 3) == COLOR_FREE
  const bytes = isRun ? (wosizeOfHeader(header) + 1) << 3 : <usize>load<u32>(record, CLASS_SLOT_BYTES)
  return afterCurrentRun(slot + bytes, record)
}

/** Start of the slot around an address. */
export function slotOf(pool: usize, record: usize, at: usize): usize {
  const bytes = <usize>load<u32>(record, CLASS_SLOT_BYTES)
  const first = pool + POOL_HEADER
  return at < first ? 0 : at - ((at - first) % bytes)
}

/** Whether an address lies in what is left of the class's current run. */
export function isInCurrentRun(record: usize, at: usize): bool {
  return at >= <usize>load<u32>(record, CLASS_POINTER) && at < <usize>load<u32>(record, CLASS_END)
}
