/**
 * The collector's entry points and its pacing.
 *
 * A minor collection runs when the minor area is full. A major collection (stop the world, swept lazily)
 * follows when the words that the major heap has taken since the last one exceed `space_overhead` per cent of
 * what was then live, or when the heap limit is near. It always starts with an empty minor area.
 *
 * Running out of memory: the reserve of pages (see pages.ts) makes promotion safe. When the reserve cannot be
 * filled up, the minor area shrinks to what the free pages can take; when even the request does not fit,
 * `collect` fails, consistently.
 */

import { makeHeader, UNIT } from './header'
import { allocateLarge, largeWordsTaken, MAX_LARGE_WOSIZE, resetLargeWordsTaken, sweepLarge } from './large'
import {
  CLEAN_BELOW,
  COLOR_WHITE,
  EPOCH,
  EXCEPTION,
  FLAG_ALTERNATE,
  FLAG_STRESS,
  FLAG_VERIFY,
  LIMIT_HEAP,
  LIMIT_KIND,
  RESUME_VALUE,
  SEGMENT_START,
  STACK_BASE,
  TAG_NO_SCAN,
  UNWIND_CANCEL,
  UNWIND_REASON,
  YOUNG_LIMIT,
  YOUNG_PTR,
  YOUNG_SIZE,
  YOUNG_START,
} from './layout'
import { markGlobalRoots } from './global-roots'
import { markLocalRoots } from './scan-local-roots'
import { beginMarking, finishMarking, markedWords, markFrames, markRoot } from './mark'
import { moveReachable } from './minor'
import {
  ensureFreePages,
  freePages,
  limitPages,
  PAGE_BYTES,
  setPromoting,
  setReservedPages,
  usedPages,
} from './pages'
import {
  allocateSmall,
  beginPoolSweep,
  finishPoolSweep,
  MAX_SMALL_WOSIZE,
  POISON,
  resetSmallWordsTaken,
  setPoisoning,
  smallWordsTaken,
} from './pools'
import { clearRemembered } from './remembered'
import { ageRootPools, markRoots, releaseFreeRootPools, root_flush } from './root-pools'
import { cleanEphemerons, markEphemeronData } from './ephemerons'
import { keepFinalised, markFinaliserRoots, requestFinalisers, settleLastFinalisers } from './finalisers'
import { ageStacks, framesEnd, framesOf, nextStack, oldStacks, youngStacks } from './stacks'
import { firstGlobals } from './static-data'
import { verify } from './verify'

/** Promotion may lose a quarter to rounding, and one partly filled page per class. */
const RESERVE_FIXED_PAGES: usize = 40
/** No major collection before this many words were taken. */
const MIN_THRESHOLD: u64 = 1 << 21

/**
 * A program that promotes little has major collections too, or its finalisers and weak pointers would never notice anything: one when
 * it has allocated this many times what would be due if all were promoted.
 */
const IDLE_FACTOR: u64 = 64

/** The current minor area ends here; allocation goes down from it. */
export let youngEnd: usize = 0
let youngBytes: usize = 0
/** The other minor area, when two alternate. */
let otherArea: usize = 0
let flags: i32 = 0

export let spaceOverhead: u64 = 120
let threshold: u64 = MIN_THRESHOLD
/** `minorWords` at the last major collection. */
let minorWordsThen: u64 = 0

export let minorCollections: u32 = 0
export let majorCollections: u32 = 0
/** Words of blocks that were made in the major heap. */
export let directWords: u64 = 0
/** Words allocated in minor areas that have been evacuated. */
export let minorWords: u64 = 0

export function initCollector(area: usize, bytes: usize, other: usize, initFlags: i32): bool {
  youngBytes = bytes
  otherArea = other
  flags = initFlags
  minorCollections = 0
  majorCollections = 0
  directWords = 0
  minorWords = 0
  minorWordsThen = 0
  threshold = MIN_THRESHOLD
  setPoisoning((initFlags & FLAG_VERIFY) != 0)
  useArea(area)
  return fillReserve(0)
}

export function setSpaceOverhead(percent: u64): void {
  spaceOverhead = percent
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
export function minorCollection(top: usize): void {
  root_flush()
  setPromoting(true)
  moveReachable(top)
  setPromoting(false)
  clearRemembered()
  ageStacks()
  ageRootPools()
  store<u32>(CLEAN_BELOW, load<u32>(SEGMENT_START))
  evacuated()
  minorCollections++
  store<u32>(EPOCH, load<u32>(EPOCH) + 1)
  check(top)
}

function check(top: usize): void {
  if (flags & FLAG_VERIFY && verify(top) != 0) unreachable()
}

/** Marks and starts the sweep. The minor area is empty. */
function majorCollection(top: usize): void {
  finishPoolSweep()
  beginMarking()
  markGlobals()
  markFrames(<usize>load<u32>(STACK_BASE), top)
  markStacks(youngStacks())
  markStacks(oldStacks())
  markRoot(load<i64>(EXCEPTION))
  markRoot(load<i64>(RESUME_VALUE))
  markRoots()
  markLocalRoots()
  markGlobalRoots()
  markFinaliserRoots()
  finishMarking()
  markEphemeronData()
  keepFinalised()
  markEphemeronData()
  cleanEphemerons()
  settleLastFinalisers()
  sweepLarge()
  beginPoolSweep()
  releaseFreeRootPools()
  resetSmallWordsTaken()
  resetLargeWordsTaken()
  threshold = max<u64>(MIN_THRESHOLD, (markedWords * spaceOverhead) / 100)
  minorWordsThen = minorWords
  majorCollections++
  check(top)
}

/** A major collection that gives every free page back at once. */
function completeMajorCollection(top: usize): void {
  majorCollection(top)
  finishPoolSweep()
}

function markGlobals(): void {
  for (let node = firstGlobals(); node; node = <usize>load<u32>(node)) {
    const from = <usize>load<u32>(node, 4)
    const end = from + ((<usize>load<u32>(node, 8)) << 3)
    for (let slot = from; slot < end; slot += 8) markRoot(load<i64>(slot))
  }
}

function markStacks(ring: usize): void {
  for (let stack = nextStack(ring); stack != ring; stack = nextStack(stack))
    markFrames(framesOf(stack), framesEnd(stack))
}

/** Whether the major heap has taken enough for a collection. */
function isMajorDue(extraWords: usize): bool {
  return (
    smallWordsTaken + largeWordsTaken + extraWords > threshold ||
    minorWords - minorWordsThen > threshold * IDLE_FACTOR ||
    usedPages > limitPages
  )
}

function reserveFor(bytes: usize): usize {
  return RESERVE_FIXED_PAGES + (bytes + (bytes >> 2)) / PAGE_BYTES
}

/**
 * Makes sure that what the minor area can hold can be promoted, if need be by making the area smaller; false
 * if there is no room for `bytes`. The minor area is empty.
 */
function fillReserve(bytes: usize): bool {
  const wanted = reserveFor(youngBytes)
  let usable = youngBytes
  if (!ensureFreePages(wanted)) {
    const pages = freePages
    usable =
      pages <= RESERVE_FIXED_PAGES
        ? 0
        : min(youngBytes, (((pages - RESERVE_FIXED_PAGES) * PAGE_BYTES) / 5) << 2)
    usable &= ~7
  }
  setReservedPages(min(wanted, freePages))
  const fits = usable >= bytes
  store<u32>(YOUNG_LIMIT, <u32>(flags & FLAG_STRESS && fits ? youngEnd - bytes : youngEnd - usable))
  return fits
}

function isShort(): bool {
  return usedPages > limitPages || !ensureFreePages(reserveFor(youngBytes))
}

function limitExceeded(): i32 {
  store<i32>(UNWIND_REASON, UNWIND_CANCEL)
  store<i32>(LIMIT_KIND, LIMIT_HEAP)
  return 0
}

/**
 * Collects. `top` is the first address above the live frames; at most `(MAX_YOUNG_WOSIZE + 1) * 8` bytes may
 * be asked for. 1: `bytes` bytes are free below `youngPtr`, to be taken without a further test. 0: the heap
 * limit is reached, and `unwindReason` says so.
 */
export function collect(top: usize, bytes: usize): i32 {
  const fits = collectFor(top, bytes)
  requestFinalisers()
  return fits
}

function collectFor(top: usize, bytes: usize): i32 {
  minorCollection(top)
  if (isMajorDue(0)) majorCollection(top)
  if (isShort()) {
    completeMajorCollection(top)
    // A collection that frees next to nothing would soon be followed by another one.
    if (usedPages > limitPages - (limitPages >> 5)) {
      store<u32>(YOUNG_LIMIT, <u32>youngEnd)
      return limitExceeded()
    }
  }
  return fillReserve(bytes) ? 1 : limitExceeded()
}

/** A full collection of both heaps; frees all that is unreachable. */
export function full_major(top: usize): void {
  minorCollection(top)
  completeMajorCollection(top)
  fillReserve(0)
  requestFinalisers()
}

/** A minor collection, and whatever major work is due. False: limit. */
export function minor(top: usize): bool {
  return collect(top, 0) != 0
}

/** Room for so many words that are to be taken with `tryMajor`: collects if it is time. False: limit. */
export function prepareMajor(top: usize, words: usize): bool {
  return !isMajorDue(words) || collect(top, 0) != 0
}

/** A block in the major heap without a collection; 0: no room. Its fields hold anything. */
// @ts-ignore: decorator
@inline
export function tryMajor(wosize: usize, header: u64): usize {
  const block = wosize <= MAX_SMALL_WOSIZE ? allocateSmall(wosize) : allocateLarge(wosize, header)
  if (block) {
    store<u64>(block - 8, header)
    directWords += wosize + 1
  }
  return block
}

/**
 * A block in the major heap, of any size from 1; its address, or 0 when there is no room (then `unwindReason`
 * says so). Fields that may hold values are `()`; other fields hold anything.
 */
export function allocateMajor(top: usize, wosize: usize, tag: i32): usize {
  const header = makeHeader(wosize, COLOR_WHITE, tag)
  if (isMajorDue(wosize) && wosize <= MAX_LARGE_WOSIZE && !collect(top, 0)) return 0
  let block = tryMajor(wosize, header)
  if (!block) {
    full_major(top)
    block = tryMajor(wosize, header)
    if (!block) return limitExceeded()
  }
  if (tag < TAG_NO_SCAN) fillWith(block, wosize, UNIT)
  return block
}

export function fillWith(block: usize, wosize: usize, v: i64): void {
  const end = block + (wosize << 3)
  for (let at = block; at < end; at += 8) store<i64>(at, v)
}

/** Ends the current minor area early, for tests: the next allocation collects. */
export function request_collection(): void {
  store<u32>(YOUNG_LIMIT, load<u32>(YOUNG_PTR))
}
