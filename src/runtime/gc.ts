/**
 * The collector's entry points.
 *
 * A minor collection runs when the minor area is full; the major collector goes on in slices (major.ts), small ones at
 * once, larger ones in parts: the area's limit is raised to several triggers one after the other, so that no
 * pause is long.
 *
 *      youngStart ┌────────────┐
 *                 │ not used   │  when memory is short, or much survives
 *      areaLimit  ├────────────┤  below it: a minor collection
 *                 │            │
 *      youngLimit ├─ ─ ─ ─ ─ ─ ┤  a trigger: below it a slice, then the next trigger
 *                 │            │
 *      youngPtr   ├────────────┤
 *                 │ blocks     │
 *      youngEnd   └────────────┘
 *
 * Where nearly everything survives, a whole area would take long to copy: then only a part of it is used, so that a minor
 * collection copies about `COPIED_AT_ONCE` words.
 *
 * Running out of memory: the reserve of pages (see pages.ts) makes promotion safe. When the reserve cannot be filled up,
 * the usable part of the minor area shrinks to what the free pages can take; when even the request does not fit, or
 * hardly anything is free after a complete collection, Out_of_memory is raised.
 */

import { compact } from './compact'
import { raise_out_of_memory } from './exceptions'
import { requestFinalisers } from './finalisers'
import { makeHeader, UNIT } from './header'
import { allocateLarge, allocateRaw, freeRaw, largeWordsTaken, MAX_LARGE_WOSIZE } from './large'
import {
  CLEAN_BELOW,
  COLOR_WHITE,
  EPOCH,
  FLAG_ALTERNATE,
  FLAG_SLICES,
  FLAG_STRESS,
  FLAG_VERIFY,
  INTERRUPT_COLLECT,
  INTERRUPTS,
  SEGMENT_START,
  STACK_LIMIT,
  TAG_NO_SCAN,
  YOUNG_LIMIT,
  YOUNG_PTR,
  YOUNG_SIZE,
  YOUNG_START,
} from './layout'
import { beginCycle, finishCycle, finishSweep, isCycleDue, isMarked, isMarking, settle, slice, workDue } from './major'
import { newColor } from './mark'
import { moveReachable, promotedWords } from './minor'
import {
  ensureFreePages,
  freePages,
  limitPages,
  PAGE_BYTES,
  setPromoting,
  setReservedPages,
  usedPages,
} from './pages'
import { PAUSE_FULL, PAUSE_MINOR, PAUSE_SLICE, pauseEnd, pauseStart } from './pauses'
import { allocateSmall, MAX_SMALL_WOSIZE, POISON, setPoisoning } from './pools'
import { clearRemembered, rememberedEntries } from './remembered'
import { ageRootPools, areOthersAway, beginMoves, endMoves, root_flush } from './root-pools'
import { ageStacks } from './stacks'
import { isCollectionDue, isVerificationDue, stressWork } from './stress'
import { verify } from './verify'

/** Promotion may lose a quarter to rounding, and one partly filled page per class. */
const RESERVE_FIXED_PAGES: usize = 40
/** Work, in words marked, that is done right after a minor collection; more is done in parts of about this size. */
const SLICE_WORK: u64 = 32768
const MAX_SLICES: u64 = 32
/** Words that a minor collection should copy at most; an entry of the remembered set counts as several. */
const COPIED_AT_ONCE: u64 = 49152
const ENTRY_COST: u64 = 12
/** No less of the minor area is used than this part of it. */
const LEAST_PART: usize = 32
/** Words of blocks made in the major heap after which a slice is due. */
const DIRECT_QUANTUM: u64 = 32768

/** The current minor area ends here; allocation goes down from it. */
export let youngEnd: usize = 0
let youngBytes: usize = 0
/** The other minor area, when two alternate. */
let otherArea: usize = 0
/** Whether the areas are raw memory of the major heap, as they are when their size has been changed. */
let areRawAreas: bool = false
let flags: i32 = 0
/** Below it there is no room before the next minor collection. */
let areaLimit: usize = 0
/** Bytes of the minor area to be used, if memory allows. */
let wantedBytes: usize = 0
/** Slices that are still to be done before the next minor collection, the work of each, and their distance in bytes. */
let slicesLeft: u64 = 0
let sliceWork: u64 = 0
let sliceBytes: usize = 0
/** `directWords` at the last slice. */
let directWordsThen: u64 = 0

export let minorCollections: u32 = 0
/** Words of blocks that were made in the major heap. */
export let directWords: u64 = 0
/** Words allocated in minor areas that have been evacuated. */
export let minorWords: u64 = 0

export function initCollector(area: usize, bytes: usize, other: usize, initFlags: i32): bool {
  youngBytes = bytes
  otherArea = other
  wantedBytes = bytes
  areRawAreas = false
  flags = initFlags
  minorCollections = 0
  directWords = 0
  directWordsThen = 0
  minorWords = 0
  slicesLeft = 0
  setPoisoning((initFlags & FLAG_VERIFY) != 0)
  useArea(area)
  return fillReserve(0)
}

function useArea(area: usize): void {
  youngEnd = area + youngBytes
  store<u32>(YOUNG_START, <u32>area)
  store<u32>(YOUNG_SIZE, <u32>youngBytes)
  store<u32>(YOUNG_PTR, <u32>youngEnd)
}

function evacuated(): void {
  const area = <usize>load<u32>(YOUNG_START)
  const pointer = <usize>load<u32>(YOUNG_PTR)
  minorWords += (youngEnd - pointer) >> 3
  if (flags & FLAG_ALTERNATE) {
    memory.fill(pointer, POISON, youngEnd - pointer)
    useArea(otherArea)
    otherArea = area
  } else {
    store<u32>(YOUNG_PTR, <u32>youngEnd)
  }
}

/** Empties the minor area. */
function minorCollection(top: usize): void {
  const start = pauseStart()
  const promotedBefore = promotedWords
  const entries = rememberedEntries()
  root_flush()
  beginMoves()
  setPromoting(true)
  moveReachable(top)
  setPromoting(false)
  clearRemembered()
  ageStacks()
  ageRootPools()
  store<u32>(CLEAN_BELOW, load<u32>(SEGMENT_START))
  adaptToSurvival(promotedWords - promotedBefore + entries * ENTRY_COST)
  evacuated()
  endMoves()
  slicesLeft = 0
  minorCollections++
  store<u32>(EPOCH, load<u32>(EPOCH) + 1)
  pauseEnd(PAUSE_MINOR, start)
  check(top)
}

/** How much of the area to use next, after a collection of this cost. */
function adaptToSurvival(cost: u64): void {
  const used = <u64>(youngEnd - <usize>load<u32>(YOUNG_PTR))
  if (used < <u64>wantedBytes >> 1) return
  const wanted = cost ? min<u64>((used * COPIED_AT_ONCE) / cost, used << 1) : used << 1
  wantedBytes = max<usize>(youngBytes / LEAST_PART, min<usize>(youngBytes, <usize>wanted)) & ~7
}

function check(top: usize): void {
  if (flags & FLAG_VERIFY && isVerificationDue() && verify(top) != 0) unreachable()
}

// The major collector's part.

/** After a minor collection: begins or ends a cycle if it is time, and does or plans the work that is due. */
function advance(top: usize): void {
  directWordsThen = directWords
  if (flags & FLAG_SLICES) return advanceAlways(top)
  if (isCycleDue(minorWords)) {
    const start = pauseStart()
    beginCycle(top)
    pauseEnd(PAUSE_SLICE, start)
    check(top)
  }
  const work = workDue(minorWords)
  if (work == 0) return
  if (isMarking && isMarked) {
    timedSlice(work)
    check(top)
  } else if (work <= SLICE_WORK) {
    timedSlice(work)
  } else {
    slicesLeft = min<u64>(MAX_SLICES, (work + SLICE_WORK - 1) / SLICE_WORK)
    sliceWork = (work + slicesLeft - 1) / slicesLeft
  }
}

/** In tests: marking never rests. */
function advanceAlways(top: usize): void {
  if (!isMarking) {
    finishSweep()
    beginCycle(top)
  } else {
    timedSlice(stressWork())
  }
  check(top)
}

/** A slice, and the end of the cycle if the minor area is empty and there is nothing else to do. */
function timedSlice(work: u64): void {
  const start = pauseStart()
  if (!isMarked) slice(work)
  while (isMarked && isEmpty() && !settle(minorWords)) slice(work)
  pauseEnd(PAUSE_SLICE, start)
}

function isEmpty(): bool {
  return <usize>load<u32>(YOUNG_PTR) == youngEnd
}

/** Finishes the cycle that has begun, then runs a whole one: all that is unreachable is freed. The minor area is empty. */
function completeCollection(top: usize): void {
  const start = pauseStart()
  if (isMarking) finishCycle(minorWords)
  beginCycle(top)
  finishCycle(minorWords)
  finishSweep()
  slicesLeft = 0
  pauseEnd(PAUSE_FULL, start)
  check(top)
}

// Limits.

function reserveFor(bytes: usize): usize {
  return RESERVE_FIXED_PAGES + (bytes + (bytes >> 2)) / PAGE_BYTES
}

/**
 * Makes sure that what the minor area can hold can be promoted, if need be by making less of it usable; false
 * if there is no room for `bytes`. The minor area is empty.
 */
function fillReserve(bytes: usize): bool {
  const wanted = reserveFor(youngBytes)
  let usable = min(youngBytes, max(wantedBytes, bytes))
  if (!ensureFreePages(wanted)) {
    const pages = freePages
    const safe: usize = pages <= RESERVE_FIXED_PAGES ? <usize>0 : (((pages - RESERVE_FIXED_PAGES) * PAGE_BYTES) / 5) << 2
    usable = min(usable, safe) & ~7
  }
  setReservedPages(min(wanted, freePages))
  areaLimit = youngEnd - usable
  if (usable < bytes) {
    store<u32>(YOUNG_LIMIT, <u32>youngEnd)
    return false
  }
  sliceBytes = slicesLeft ? usable / (<usize>slicesLeft + 1) : 0
  setYoungLimit(bytes)
  return true
}

/** Room for `bytes` and then up to the next trigger. */
function setYoungLimit(bytes: usize): void {
  const after = <usize>load<u32>(YOUNG_PTR) - bytes
  let limit = areaLimit
  if (flags & FLAG_STRESS) limit = after
  else if (slicesLeft) limit = max(areaLimit, after - min(after, sliceBytes))
  store<u32>(YOUNG_LIMIT, <u32>limit)
}

function isShort(): bool {
  return usedPages > limitPages || !ensureFreePages(reserveFor(youngBytes))
}

function outOfMemory(top: usize): i32 {
  raise_out_of_memory(top)
  return 0
}

// Entry points.

/**
 * Makes room in the minor area. `top` is the first address above the live frames; at most
 * `(MAX_YOUNG_WOSIZE + 1) * 8` bytes may be asked for. 1: `bytes` bytes are free below `youngPtr`, to be taken without a
 * further test. 0: Out_of_memory is raised.
 */
export function collect(top: usize, bytes: usize): i32 {
  const fits = <usize>load<u32>(YOUNG_PTR) - bytes >= areaLimit
  if (fits && (slicesLeft || flags & FLAG_STRESS) && passTrigger(top, bytes)) return 1
  return collectFor(top, bytes)
}

/** Does a slice instead of a minor collection; false: a collection is to follow. */
function passTrigger(top: usize, bytes: usize): bool {
  if (slicesLeft) {
    slicesLeft--
    timedSlice(sliceWork)
  } else {
    if (isCollectionDue()) return false
    if (flags & FLAG_SLICES && isMarking) timedSlice(stressWork())
  }
  setYoungLimit(bytes)
  return true
}

function collectFor(top: usize, bytes: usize): i32 {
  minorCollection(top)
  advance(top)
  if (isShort()) {
    completeCollection(top)
    // A collection that frees next to nothing would soon be followed by another one.
    if (usedPages > limitPages - (limitPages >> 5)) {
      areaLimit = youngEnd
      store<u32>(YOUNG_LIMIT, <u32>youngEnd)
      return outOfMemory(top)
    }
  }
  const fits = fillReserve(bytes)
  requestFinalisers()
  return fits ? 1 : outOfMemory(top)
}

/** Empties the minor area and does whatever major work is due. False: Out_of_memory is raised. */
export function minor(top: usize): bool {
  return collectFor(top, 0) != 0
}

/** A full collection of both heaps; frees all that is unreachable. */
export function full_major(top: usize): void {
  minorCollection(top)
  completeCollection(top)
  fillReserve(0)
  requestFinalisers()
}

/** A full collection, and sparse pools are emptied. */
export function compaction(top: usize): void {
  full_major(top)
  const start = pauseStart()
  beginMoves()
  if (areOthersAway()) compact(top)
  endMoves()
  pauseEnd(PAUSE_FULL, start)
  fillReserve(0)
  check(top)
}

/** What a program asks for with `Gc.major_slice`: a minor collection and a slice, of so much work or of what is due. */
export function majorSlice(top: usize, work: u64): bool {
  if (!minor(top)) return false
  if (work) timedSlice(work)
  return true
}

/** Room for so many words that are to be taken with `tryMajor`: collects if there is not enough. */
export function prepareMajor(top: usize, words: usize): void {
  const pages = (words + (words >> 2)) / (PAGE_BYTES >> 3)
  if (usedPages + pages > limitPages) full_major(top)
}

/** A block in the major heap without a collection; 0: no room. Its fields hold anything. */
// @ts-ignore: decorator
@inline
export function tryMajor(wosize: usize, header: u64): usize {
  const block = wosize <= MAX_SMALL_WOSIZE ? allocateSmall(wosize) : allocateLarge(wosize, header)
  if (block) {
    store<u64>(block - 8, header | newColor)
    directWords += wosize + 1
  }
  return block
}

/**
 * A block in the major heap, of any size from 1; its address, or 0: Out_of_memory is raised. Fields that may hold values
 * are `()`; other fields hold anything.
 */
export function allocateMajor(top: usize, wosize: usize, tag: i32): usize {
  const header = makeHeader(wosize, COLOR_WHITE, tag)
  if (directWords - directWordsThen > DIRECT_QUANTUM && !payForDirect(top)) return 0
  let block = tryMajor(wosize, header)
  if (!block) {
    if (wosize <= MAX_LARGE_WOSIZE) full_major(top)
    block = tryMajor(wosize, header)
    if (!block) return outOfMemory(top)
  }
  if (tag < TAG_NO_SCAN) fillWith(block, wosize, UNIT)
  return block
}

/** Major work for blocks that were not promoted. False: Out_of_memory is raised. */
function payForDirect(top: usize): bool {
  directWordsThen = directWords
  if (isCycleDue(minorWords) || isMarked) return minor(top)
  const work = workDue(minorWords)
  if (work) timedSlice(work)
  return true
}

export function fillWith(block: usize, wosize: usize, v: i64): void {
  const end = block + (wosize << 3)
  for (let at = block; at < end; at += 8) store<i64>(at, v)
}

/** A new size of the minor area, in words; false: there is no memory for it, and nothing has changed. */
export function resizeMinor(top: usize, words: usize): bool {
  const bytes = words << 3
  if (bytes == youngBytes) return true
  const area = allocateRaw(bytes)
  if (!area) return false
  const other = flags & FLAG_ALTERNATE ? allocateRaw(bytes) : area
  if (!other) {
    freeRaw(area)
    return false
  }
  minorCollection(top)
  if (areRawAreas) {
    const present = <usize>load<u32>(YOUNG_START)
    freeRaw(present)
    if (flags & FLAG_ALTERNATE) freeRaw(otherArea)
  }
  areRawAreas = true
  youngBytes = bytes
  wantedBytes = bytes
  otherArea = other
  useArea(area)
  fillReserve(0)
  return true
}

/** Ends the current minor area early: the next allocation or poll collects. */
export function request_collection(): void {
  atomic.or<i32>(INTERRUPTS, INTERRUPT_COLLECT)
  atomic.store<i32>(STACK_LIMIT, 0)
  slicesLeft = 0
  areaLimit = <usize>load<u32>(YOUNG_PTR)
  store<u32>(YOUNG_LIMIT, <u32>areaLimit)
}
