/**
 * The major collector's cycle: when it begins, what a slice does, how much of it.
 *
 *      sweep ──────────► rest ──────────► mark ──────────► clean ──────────► sweep …
 *            all swept         half of what          nothing left:       weak pointers
 *                              may be taken is       what is white       to the dead
 *                                                    is dead             are gone
 *
 * A cycle begins with an empty minor area: globals, finalisers and the newest frames are marked at once, older frames,
 * suspended stacks and root pools in slices. It ends with an empty one too: ephemerons and finalisers are settled at once.
 *
 * Pace: the words that the major heap has taken since the last marking ended may reach `space_overhead` per cent of
 * what was then alive. By half of that everything is swept and marking begins; by the whole of it marking has
 * ended (a sweep that is late may put its beginning off to three quarters). A slice does the share of the work left that the
 * words taken since the last slice are of the words left. It stops early when it has taken too long, because memory is slow;
 * the next ones make up for it.
 */

import { beginFrameMarking, markSomeFrames } from './deep-stack'
import { beginCleaning, cleanSome, markEphemeronData } from './ephemerons'
import { markGlobalRoots } from './global-roots'
import { keepFinalised, markFinaliserRoots, settleLastFinalisers } from './finalisers'
import {
  beginLargeSweep,
  finishLargeSweep,
  isLargeSwept,
  largeWordsTaken,
  resetLargeWordsTaken,
  sweepSomeLarge,
} from './large'
import { EXCEPTION, RESUME_VALUE } from './layout'
import { beginMarking, endMarking, hasMoreToMark, markedWords, markRoot, markSome, whitenNew } from './mark'
import { PAGE_BYTES, usedPages } from './pages'
import { pauseStart } from './pauses'
import {
  beginPoolSweep,
  finishPoolSweep,
  poolCount,
  resetSmallWordsTaken,
  smallWordsTaken,
  sweepSomePools,
  unsweptPools,
} from './pools'
import { beginRootMarking, markSomeRoots, releaseFreeRootPools } from './root-pools'
import { markLocalRoots } from './scan-local-roots'
import { beginStackMarking, markNextStack } from './stacks'
import { firstGlobals } from './static-data'

/** No cycle before this many words were taken. */
const MIN_THRESHOLD: u64 = 1 << 21
/**
 * A program that promotes little has cycles too, or its finalisers and weak pointers would never notice anything: words that it
 * allocates count as this part of a word taken.
 */
const IDLE_FACTOR: u64 = 64
/** Bytes of frames, and slots of root pools, that are marked between two looks at the mark stack. */
const FRAMES_AT_ONCE: usize = 16384
const ROOTS_AT_ONCE: i32 = 2048
/** What sweeping a pool counts as, in words marked. */
const SWEEP_WORK: u64 = 512
/** A slice looks at the clock after so much work, and stops after this many seconds. */
const WORK_BETWEEN_CLOCKS: u64 = 4096
const LONGEST_SLICE: f64 = 0.001
/** Slots of weak arrays and ephemerons that are cleaned at a time, at least. */
const LEAST_CLEANING: u64 = 8192
/** Large blocks that a page holds at most. */
const BLOCKS_PER_PAGE: i32 = 32

/** From the beginning of marking to that of the sweep: new blocks are black. */
export let isMarking: bool = false
/** Whether all roots have been marked; and whether nothing is left but what needs an empty minor area. */
let areRootsMarked: bool = false
export let isMarked: bool = false
/** Whether marking has ended, and weak pointers to dead blocks are still to be emptied. */
let isCleaning: bool = false
let areFinalisersKept: bool = false
/** Words that may be taken between the ends of two markings. */
let threshold: u64 = MIN_THRESHOLD
/** At most so many words are to be marked in this cycle. */
let wordsToMark: u64 = 0
/** What slices that took too long have left undone. */
let workOwed: u64 = 0
/** Words taken when the last slice was paid for. */
let takenAtSlice: u64 = 0
/** Words allocated in the minor area when the last marking ended. */
let minorWordsThen: u64 = 0
/** Pages of the large blocks that the last marking left to the sweep. */
let pagesToSweep: u64 = 0

export let spaceOverhead: u64 = 120
export let majorCollections: u32 = 0

export function initMajor(): void {
  isMarking = false
  isMarked = false
  isCleaning = false
  threshold = MIN_THRESHOLD
  takenAtSlice = 0
  workOwed = 0
  minorWordsThen = 0
  majorCollections = 0
  spaceOverhead = 120
}

export function setSpaceOverhead(percent: u64): void {
  spaceOverhead = percent
}

// Pace.

/** Words that count as taken since the last marking ended. */
function taken(minorWords: u64): u64 {
  return smallWordsTaken + largeWordsTaken + (minorWords - minorWordsThen) / IDLE_FACTOR
}

export function isSwept(): bool {
  return unsweptPools == 0 && isLargeSwept()
}

/** Whether a cycle is to begin: at the next moment when the minor area is empty. */
export function isCycleDue(minorWords: u64): bool {
  const words = isMarking ? 0 : taken(minorWords)
  return words >= threshold >> 1 && (isSwept() || words >= threshold - (threshold >> 2))
}

/** The work, in words marked, that what has been taken since the last call is to be paid with, and what earlier slices left. */
export function workDue(minorWords: u64): u64 {
  const now = taken(minorWords)
  const fresh = now - min(now, takenAtSlice)
  const owed = workOwed
  takenAtSlice = now
  workOwed = 0
  if (isCleaning) return owed + (fresh << 1) + LEAST_CLEANING
  if (isMarking) {
    const left = wordsToMark - min(wordsToMark, markedWords)
    return owed + share(left, fresh, threshold - min(threshold, now))
  }
  if (isSwept()) return 0
  const half = threshold >> 1
  const left = (unsweptPools + (isLargeSwept() ? 0 : pagesToSweep)) * SWEEP_WORK
  return owed + share(left, fresh, half - min(half, now))
}

/** `work * fresh / left`, a little more, and growing as the end comes near. */
function share(work: u64, fresh: u64, left: u64): u64 {
  const divisor = max<u64>(left, threshold >> 4)
  return <u64>((<f64>work * <f64>fresh * 1.125) / <f64>divisor) + 1
}

// The cycle.

/** Marks what cannot be marked in slices. The minor area is empty; `top` is above the live frames. */
export function beginCycle(top: usize): void {
  finishSweep()
  wordsToMark = usedPages * (PAGE_BYTES >> 3)
  beginMarking()
  isMarking = true
  isMarked = false
  areRootsMarked = false
  areFinalisersKept = false
  markGlobals()
  beginFrameMarking(top)
  markRoot(load<i64>(EXCEPTION))
  markRoot(load<i64>(RESUME_VALUE))
  markLocalRoots()
  markGlobalRoots()
  markFinaliserRoots()
  beginStackMarking()
  beginRootMarking()
}

function markGlobals(): void {
  for (let node = firstGlobals(); node; node = <usize>load<u32>(node)) {
    const from = <usize>load<u32>(node, 4)
    const end = from + ((<usize>load<u32>(node, 8)) << 3)
    for (let slot = from; slot < end; slot += 8) markRoot(load<i64>(slot))
  }
}

/** A slice of about this much work: marks, or sweeps. */
export function slice(work: u64): void {
  const end = pauseStart() + LONGEST_SLICE
  do {
    const part = min(work, WORK_BETWEEN_CLOCKS)
    work -= part
    if (isCleaning) cleanSlice(<i32>part)
    else if (isMarking) markSlice(<i32>part)
    else sweepSlice(<i32>part)
    if (isMarked || (!isMarking && isSwept())) return
  } while (work && pauseStart() < end)
  workOwed += work
}

function markSlice(budget: i32): void {
  while (true) {
    budget = markSome(budget)
    if (budget <= 0) return
    if (areRootsMarked) {
      isMarked = true
      return
    }
    budget = markMoreRoots(budget)
  }
}

function markMoreRoots(budget: i32): i32 {
  let bytes = markSomeFrames(min<usize>(FRAMES_AT_ONCE, (<usize>budget) << 3))
  if (!bytes) bytes = markNextStack()
  if (bytes) return budget - <i32>(bytes >> 3)
  areRootsMarked = markSomeRoots(ROOTS_AT_ONCE)
  return budget - ROOTS_AT_ONCE
}

/**
 * With an empty minor area and everything marked: settles ephemerons and finalisers. True: marking has ended, and what is
 * white is dead. False: there is more to mark.
 */
export function settle(minorWords: u64): bool {
  isMarked = false
  if (hasMoreToMark() || markEphemeronData()) return false
  if (!areFinalisersKept) {
    areFinalisersKept = true
    keepFinalised()
    return false
  }
  settleLastFinalisers()
  endMarking()
  beginCleaning()
  isCleaning = true
  minorWordsThen = minorWords
  majorCollections++
  return true
}

function cleanSlice(budget: i32): void {
  if (cleanSome(budget) > 0) beginSweep()
}

function beginSweep(): void {
  isCleaning = false
  isMarking = false
  whitenNew()
  pagesToSweep = usedPages - min(usedPages, poolCount)
  beginLargeSweep()
  beginPoolSweep()
  releaseFreeRootPools()
  resetSmallWordsTaken()
  resetLargeWordsTaken()
  takenAtSlice = 0
  workOwed = 0
  threshold = max<u64>(MIN_THRESHOLD, (markedWords * spaceOverhead) / 100)
}

function sweepSlice(budget: i32): void {
  const pools = <i32>(<u64>budget / SWEEP_WORK) + 1
  if (unsweptPools) sweepSomePools(pools)
  else sweepSomeLarge(pools * BLOCKS_PER_PAGE)
}

export function finishSweep(): void {
  finishPoolSweep()
  finishLargeSweep()
}

/** With an empty minor area: does all that is left of a cycle that has begun, up to the sweep. */
export function finishCycle(minorWords: u64): void {
  while (!isCleaning && !(isMarked && settle(minorWords))) markSlice(i32.MAX_VALUE)
  cleanSlice(i32.MAX_VALUE)
}
