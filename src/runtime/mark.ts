/**
 * Marking, a slice at a time.
 *
 * What is marked is what was reachable when the cycle began (a snapshot), with the minor area empty then. So three
 * things hold together: whoever overwrites a reference of the major heap, or drops one that a root held, shades the
 * old value while `MARKING` is 1 (`shade`); what comes to be in the major heap meanwhile is made black
 * (`newColor`) and need not be looked at; young blocks are passed over.
 *
 * A block turns black when it is found and is pushed if it has fields; so the stack holds black blocks whose fields
 * are still to be looked at, as pairs (next field, end) in one 64-bit word. Children of one block are found together,
 * so that their headers' cache misses overlap. Long blocks are pushed in pieces. A continuation is pushed as a whole,
 * its address odd: its frames tell which of its words are values.
 *
 * The stack is a chain of segments. When it is full and cannot grow, a block stays black and unpushed, and its region (the page of a pool, or the
 * first page of a chunk) is noted in `overflowed`; when the stack has run empty, those regions are searched for
 * black blocks with white children.
 */

import { contFrames, contFramesEnd, contHandler, contNext } from './continuations'
import { closureEnvironment, headerAt, infixOffset, isBlock, tagOfHeader, wosizeOfHeader } from './header'
import { allocateRaw, chunkAround, freeRaw } from './large'
import { ownerOf } from './bigarray-block'
import {
  COLOR_BLACK,
  COLOR_WHITE,
  CUSTOM_BIGARRAY,
  MARKING,
  NEW_COLOR,
  TAG_CLOSURE,
  TAG_CONT,
  TAG_CUSTOM,
  TAG_INFIX,
  TAG_NO_SCAN,
  YOUNG_SIZE,
  YOUNG_START,
} from './layout'
import { PAGE_POOL, PAGE_SHIFT, pageKindAt } from './pages'
import { Value } from './value'
import { heapCursor, nextBlockOfRegion, startRegionWalk } from './walk'

const FIRST_BYTES: usize = 32768
/** Growing by segments, rather than by a copy of twice the size, keeps pauses short: fresh memory is slow. */
const SEGMENT_BYTES: usize = 262144
const SEGMENT_HEADER: usize = 8
const MAX_BYTES: usize = 32 << 20
const PIECE_BYTES: usize = 1024

/** The segment on top: its first entry, where the next one goes, its end. */
let stack: usize = 0
let stackNext: usize = 0
let stackEnd: usize = 0
let firstSegment: usize = 0
/** One that is empty is kept, so that going up and down at its border costs nothing. */
let spareSegment: usize = 0
/** Of all segments above the first. */
let segmentBytes: usize = 0
/** One bit per page of the address space, and the pages between which bits are set. */
const overflowed: usize = memory.data(16384, 8)
let firstOverflowed: usize = usize.MAX_VALUE
let lastOverflowed: usize = 0
/** Words of blocks marked in this cycle, headers included. */
export let markedWords: u64 = 0
/** The color, in its place in a header, of blocks that are made in the major heap: black from the beginning of marking to that of the sweep. */
export let newColor: u64 = 0
/** The minor area, whose blocks are passed over. */
let youngStart: u64 = 0
let youngSize: u64 = 0
/** For tests: how many regions were searched because the stack overflowed. */
export let markOverflows: i32 = 0
let maxBytes: usize = MAX_BYTES

export function initMark(): bool {
  stack = allocateRaw(FIRST_BYTES)
  firstSegment = stack
  spareSegment = 0
  segmentBytes = 0
  stackNext = stack
  stackEnd = stack + FIRST_BYTES
  forgetOverflows()
  setNewColor(COLOR_WHITE)
  markOverflows = 0
  maxBytes = MAX_BYTES
  return stack != 0
}

/** For tests: a mark stack of this many entries that never grows. */
export function limit_mark_stack(entries: usize): void {
  maxBytes = 0
  stackEnd = stack + min<usize>(entries << 3, FIRST_BYTES)
}

/** From here on old values are to be shaded. The roots must follow before the program goes on. */
export function beginMarking(): void {
  markedWords = 0
  setNewColor(COLOR_BLACK)
  store<i32>(MARKING, 1)
  noteMinorArea()
}

/** All that is white now is dead. New blocks stay black until `whitenNew`. */
export function endMarking(): void {
  store<i32>(MARKING, 0)
  if (spareSegment) freeRaw(spareSegment)
  spareSegment = 0
}

/** Blocks are made white again. */
export function whitenNew(): void {
  setNewColor(COLOR_WHITE)
}

function setNewColor(color: u64): void {
  newColor = color << 8
  store<u32>(NEW_COLOR, <u32>newColor)
}

function noteMinorArea(): void {
  youngStart = load<u32>(YOUNG_START)
  youngSize = load<u32>(YOUNG_SIZE)
}

/** Puts an empty segment on top of the full one. False: there is no memory for it. */
function addSegment(): bool {
  if (segmentBytes >= maxBytes) return false
  const segment = spareSegment ? spareSegment : allocateRaw(SEGMENT_BYTES)
  if (!segment) return false
  spareSegment = 0
  store<u32>(segment, <u32>stack)
  store<u32>(segment, <u32>stackEnd, 4)
  segmentBytes += SEGMENT_BYTES
  stack = segment + SEGMENT_HEADER
  stackNext = stack
  stackEnd = segment + SEGMENT_BYTES
  return true
}

/** Goes back to the full segment below the empty one; false: there is none. */
function dropSegment(): bool {
  if (stack == firstSegment) return false
  const segment = stack - SEGMENT_HEADER
  stack = <usize>load<u32>(segment)
  stackEnd = <usize>load<u32>(segment, 4)
  stackNext = stackEnd
  segmentBytes -= SEGMENT_BYTES
  if (spareSegment) freeRaw(segment)
  else spareSegment = segment
  return true
}

function noteOverflow(field: usize): void {
  const block = pageKindAt(field) == PAGE_POOL ? field : chunkAround(field)
  const page = block >> PAGE_SHIFT
  const word = overflowed + ((page >> 5) << 2)
  store<u32>(word, load<u32>(word) | (1 << (<u32>page & 31)))
  firstOverflowed = min(firstOverflowed, page)
  lastOverflowed = max(lastOverflowed, page)
}

function forgetOverflows(): void {
  memory.fill(overflowed, 0, 16384)
  firstOverflowed = usize.MAX_VALUE
  lastOverflowed = 0
}

// @ts-ignore: decorator
@inline
function push(from: usize, end: usize): void {
  if (stackNext == stackEnd && !addSegment()) {
    noteOverflow(from & ~1)
    return
  }
  store<u64>(stackNext, <u64>from | ((<u64>end) << 32))
  stackNext += 8
}

/** Marks a block whose header was found white. */
// @ts-ignore: decorator
@inline
function blacken(block: usize, header: u64): void {
  store<u64>(block - 8, header | (COLOR_BLACK << 8))
  const wosize = wosizeOfHeader(header)
  markedWords += wosize + 1
  const tag = tagOfHeader(header)
  if (tag >= TAG_NO_SCAN) {
    if (tag == TAG_CUSTOM) markCustom(block)
    return
  }
  const end = block + (wosize << 3)
  if (tag == TAG_CONT) {
    push(block | 1, end)
    return
  }
  const from = tag == TAG_CLOSURE ? block + (closureEnvironment(block) << 3) : block
  if (from < end) push(from, end)
}

/** A bigarray keeps the block of its data, which has no fields. */
// @ts-ignore: decorator
@inline
function markCustom(block: usize): void {
  if (load<i64>(block) != CUSTOM_BIGARRAY) return
  const data = ownerOf(block)
  const header = headerAt(data)
  if (<i32>header & 0x300) return
  store<u64>(data - 8, header | (COLOR_BLACK << 8))
  markedWords += wosizeOfHeader(header) + 1
}

// @ts-ignore: decorator
@inline
function markBlock(block: usize): void {
  const header = headerAt(block)
  if (<i32>header & 0x300) return
  if (tagOfHeader(header) == TAG_INFIX) markInfix(block - infixOffset(header))
  else blacken(block, header)
}

function markInfix(block: usize): void {
  const header = headerAt(block)
  if (!(<i32>header & 0x300)) blacken(block, header)
}

/** Marks what a field holds. */
// @ts-ignore: decorator
@inline
export function markValue(v: Value): void {
  if (isBlock(v) && <u64>v - youngStart >= youngSize) markBlock(<usize>v)
}

/** Marks what a root holds; 0 is nothing. */
export function markRoot(v: Value): void {
  if (v) markValue(v)
}

/** The barrier's part: a value that a field or a root no longer holds is kept for this cycle. */
export function shade(v: Value): void {
  if (!load<i32>(MARKING)) return
  noteMinorArea()
  markRoot(v)
}

/** Whether something is marked and not looked at, as what a weak pointer held and the program has read. */
export function hasMoreToMark(): bool {
  return stackNext != stack || stack != firstSegment || firstOverflowed <= lastOverflowed
}

/** Looks at about `budget` words that are marked but not looked at; what is left of it, which is more than 0 if there are no more. */
export function markSome(budget: i32): i32 {
  noteMinorArea()
  while (true) {
    budget = drain(budget)
    if (budget <= 0 || !rescanRegion()) return budget
  }
}

function drain(budget: i32): i32 {
  while ((stackNext != stack || dropSegment()) && budget > 0) {
    stackNext -= 8
    const entry = load<u64>(stackNext)
    let from = <usize>(<u32>entry)
    let end = <usize>(entry >> 32)
    if (from & 1) {
      budget -= <i32>((end - from) >> 3)
      markContinuation(from & ~1)
      continue
    }
    if (end - from > PIECE_BYTES) {
      // The slot just popped is free, so this push cannot overflow.
      store<u64>(stackNext, <u64>(from + PIECE_BYTES) | ((<u64>end) << 32))
      stackNext += 8
      end = from + PIECE_BYTES
    }
    budget -= <i32>((end - from) >> 3) + 1
    for (; from < end; from += 8) markValue(load<i64>(from))
  }
  return budget
}

function markContinuation(block: usize): void {
  markValue(load<i64>(contNext(block)))
  markValue(load<i64>(contHandler(block)))
  markFrames(contFrames(block), contFramesEnd(block))
}

/** The barrier's part for frames that are about to run, or to move out of a continuation. */
export function shadeFrames(frame: usize, end: usize): void {
  if (!load<i32>(MARKING)) return
  noteMinorArea()
  markFrames(frame, end)
}

/** Marks what frames hold. */
export function markFrames(frame: usize, end: usize): void {
  while (frame < end) {
    const descriptor = <usize>load<u32>(frame)
    const slots = descriptor + 16
    const slotsEnd = slots + ((<usize>load<u16>(descriptor, 2)) << 1)
    for (let slot = slots; slot < slotsEnd; slot += 2)
      markRoot(load<i64>(frame + ((<usize>load<u16>(slot)) << 3)))
    frame += (<usize>load<u16>(descriptor)) << 3
  }
}

/** Marks everything reachable from what has been marked so far. */
export function finishMarking(): void {
  while (markSome(i32.MAX_VALUE) <= 0) {}
}

/** The next region that the full stack left out: marks the white children of its black blocks. False: there is none. */
function rescanRegion(): bool {
  if (firstOverflowed > lastOverflowed) return false
  let page = firstOverflowed
  while (!isOverflowed(page)) page++
  const word = overflowed + ((page >> 5) << 2)
  store<u32>(word, load<u32>(word) & ~(1 << (<u32>page & 31)))
  if (page == lastOverflowed) forgetOverflows()
  else firstOverflowed = page + 1
  markOverflows++
  startRegionWalk(page)
  while (nextBlockOfRegion()) {
    if (((load<u64>(heapCursor) >> 8) & 3) == COLOR_BLACK) rescanBlock(heapCursor + 8)
  }
  return true
}

function isOverflowed(page: usize): bool {
  return (load<u32>(overflowed + ((page >> 5) << 2)) & (1 << (<u32>page & 31))) != 0
}

function rescanBlock(block: usize): void {
  const header = headerAt(block)
  const tag = tagOfHeader(header)
  if (tag >= TAG_NO_SCAN) return
  if (tag == TAG_CONT) {
    markContinuation(block)
  } else {
    const end = block + (wosizeOfHeader(header) << 3)
    let slot = tag == TAG_CLOSURE ? block + (closureEnvironment(block) << 3) : block
    for (; slot < end; slot += 8) markValue(load<i64>(slot))
  }
  drain(i32.MAX_VALUE)
}
