/**
 * Minor collection: everything reachable in the minor area moves to the major heap at once.
 *
 * A block that has moved has header 0 and its new address in field 0. Blocks whose other fields are still to
 * be looked at form a list threaded through field 1 of the new copy (the old copy still holds the real field
 * 1); the list's entries are the old blocks. So the collection needs no memory of its own.
 */

import {
  closureEnvironment,
  headerAt,
  infixOffset,
  isBlock,
  isYoung,
  tagAt,
  tagOfHeader,
  wosizeOfHeader,
} from './header'
import { allocateLarge } from './large'
import {
  EXCEPTION,
  RESUME_VALUE,
  STACK_BASE,
  TAG_CLOSURE,
  TAG_CONT,
  TAG_DOUBLE,
  TAG_FORWARD,
  TAG_INFIX,
  TAG_LAZY,
  TAG_NO_SCAN,
  YOUNG_SIZE,
  YOUNG_START,
  CLEAN_BELOW,
} from './layout'
import { finishSweep } from './major'
import { newColor } from './mark'
import { Value } from './value'
import { allocateSmall, MAX_SMALL_WOSIZE } from './pools'
import { rememberAll, table, tableNext } from './remembered'
import { contFrames, contFramesEnd, contHandler, contNext } from './continuations'
import { framesEnd, framesOf, nextStack, youngStacks } from './stacks'
import { heapCursor, nextHeapBlock, startHeapWalk } from './walk'
import { settleYoungEphemerons } from './ephemerons'
import { scanYoungGlobalRoots } from './global-roots'
import { scanYoungLocalRoots } from './scan-local-roots'
import { scanYoungRoots } from './root-pools'
import { firstYoungSlot, settleYoungFinalisers, slotsEnd } from './finalisers'
import { firstGlobals } from './static-data'

/** The minor area, for `isYoung`. */
let start: u64 = 0
let half: u64 = 0
/** Old copies of moved blocks whose fields from 1 on are to be looked at. */
let todo: usize = 0
/** Words promoted by all minor collections, headers included. */
export let promotedWords: u64 = 0

export function resetMinorStatistics(): void {
  promotedWords = 0
}

/** Room in the major heap. The reserve guarantees that it is there. */
// @ts-ignore: decorator
@inline
function promote(wosize: usize, header: u64): usize {
  promotedWords += wosize + 1
  const copy = wosize <= MAX_SMALL_WOSIZE ? allocateSmall(wosize) : allocateLarge(wosize, header)
  if (!copy) unreachable()
  return copy
}

/** If `v` is young, moves its block and stores the new address in `slot`. */
// @ts-ignore: decorator
@inline
export function forward(v: Value, slot: usize): void {
  if (isYoung(v, start, half)) move(<usize>v, slot)
}

/** Moves a young block (unless it has moved) and stores its new address in `slot`. */
function move(block: usize, slot: usize): void {
  while (true) {
    const header = headerAt(block)
    if (header == 0) {
      store<i64>(slot, load<i64>(block))
      return
    }
    const tag = tagOfHeader(header)
    const wosize = wosizeOfHeader(header)
    if (tag >= TAG_INFIX) {
      if (tag >= TAG_NO_SCAN) {
        moveRaw(block, header, slot)
        return
      }
      if (tag == TAG_INFIX) {
        const offset = infixOffset(header)
        move(block - offset, slot)
        store<u64>(slot, <u64>load<u32>(slot) + offset)
        return
      }
      // Forward: what it forwards to takes its place, unless that would confuse a lazy value or a float
      // array.
      const inner = load<i64>(block)
      if (isShortcut(inner)) {
        store<i64>(slot, inner)
        if (!isYoung(inner, start, half)) return
        block = <usize>inner
        continue
      }
    }
    const copy = promote(wosize, header)
    const first = load<i64>(block)
    store<u64>(copy - 8, header | newColor)
    store<u64>(slot, <u64>copy)
    store<u64>(block - 8, 0)
    store<u64>(block, <u64>copy)
    if (wosize > 1) {
      store<i64>(copy, first)
      store<u64>(copy, <u64>todo, 8)
      todo = block
      return
    }
    store<i64>(copy, first)
    if (!isYoung(first, start, half)) return
    block = <usize>first
    slot = copy
  }
}

function moveRaw(block: usize, header: u64, slot: usize): void {
  const wosize = wosizeOfHeader(header)
  const copy = promote(wosize, header)
  store<u64>(copy - 8, header | newColor)
  if (wosize == 1) {
    store<u64>(copy, load<u64>(block))
  } else {
    memory.copy(copy, block, wosize << 3)
  }
  store<u64>(slot, <u64>copy)
  store<u64>(block - 8, 0)
  store<u64>(block, <u64>copy)
}

/** Whether a Forward block may be replaced by what it forwards to. */
function isShortcut(inner: Value): bool {
  if (!isBlock(inner)) return true
  let block = <usize>inner
  if (isYoung(inner, start, half) && headerAt(block) == 0) block = <usize>load<i64>(block)
  const tag = tagAt(block)
  return tag != TAG_FORWARD && tag != TAG_LAZY && tag != TAG_DOUBLE
}

/** Looks at the remaining fields of moved blocks until none is left. */
export function finishMoves(): void {
  const start0 = start
  const half0 = half
  while (todo) {
    const block = todo
    const copy = <usize>load<i64>(block)
    todo = <usize>load<u32>(copy, 8)
    const header = headerAt(copy)
    const end = wosizeOfHeader(header) << 3
    const tag = tagOfHeader(header)
    let from: usize = 8
    if (tag == TAG_CLOSURE) {
      from = copyCodeOfClosure(block, copy)
    } else if (tag == TAG_CONT) {
      // Field 0 is no value, and only frames know which words beyond field 2 are.
      memory.copy(copy + 8, block + 8, end - 8)
      forwardContinuation(copy)
      continue
    } else {
      const first = load<i64>(copy)
      if (isYoung(first, start0, half0)) moveQuick(<usize>first, copy)
    }
    for (; from < end; from += 8) {
      const v = load<i64>(block + from)
      if (isYoung(v, start0, half0)) moveQuick(<usize>v, copy + from)
      else store<i64>(copy + from, v)
    }
  }
}

// @ts-ignore: decorator
@inline
function moveQuick(block: usize, slot: usize): void {
  const header = headerAt(block)
  if (header == 0) store<i64>(slot, load<i64>(block))
  else move(block, slot)
}

/** The fields before the environment are plain words; the offset of the first one that is not. */
function copyCodeOfClosure(block: usize, copy: usize): usize {
  const bytes = (<usize>(<u32>(load<i64>(block, 8) >> 1))) << 3
  for (let at: usize = 8; at < bytes; at += 8) store<i64>(copy + at, load<i64>(block + at))
  return bytes
}

/**
 * Moves everything that is reachable from the roots in `[…, top)`; afterwards nothing points into the minor
 * area.
 */
export function moveReachable(top: usize): void {
  start = <u64>load<u32>(YOUNG_START)
  half = <u64>load<u32>(YOUNG_SIZE) >> 1
  todo = 0
  if (rememberAll) forwardWholeHeap()
  else forwardRemembered()
  forward(load<i64>(EXCEPTION), EXCEPTION)
  forward(load<i64>(RESUME_VALUE), RESUME_VALUE)
  forwardStack(top)
  for (let stack = nextStack(youngStacks()); stack != youngStacks(); stack = nextStack(stack)) {
    forwardFrames(framesOf(stack), framesEnd(stack))
  }
  scanYoungRoots(start, half)
  scanYoungLocalRoots(start, half)
  scanYoungGlobalRoots(start, half)
  forwardFinalisers()
  finishMoves()
  settleYoungEphemerons()
  settleYoungFinalisers()
}

/** Values and functions of `first` and of what is due, functions alone of `last`. */
function forwardFinalisers(): void {
  forwardRange(firstYoungSlot(0), slotsEnd(0))
  forwardRange(firstYoungSlot(1), slotsEnd(1))
  for (let entry = firstYoungSlot(2); entry < slotsEnd(2); entry += 16)
    forward(load<i64>(entry, 8), entry + 8)
}

/** The running thread's frames, those aside that have not run since the last collection. */
function forwardStack(top: usize): void {
  const base = <usize>load<u32>(STACK_BASE)
  const clean = <usize>load<u32>(CLEAN_BELOW)
  forwardFrames(clean > base && clean <= top ? clean : base, top)
}

function forwardFrames(frame: usize, top: usize): void {
  while (frame < top) {
    const descriptor = <usize>load<u32>(frame)
    const slots = descriptor + 16
    const end = slots + ((<usize>load<u16>(descriptor, 2)) << 1)
    for (let slot = slots; slot < end; slot += 2) {
      const address = frame + ((<usize>load<u16>(slot)) << 3)
      forward(load<i64>(address), address)
    }
    frame += (<usize>load<u16>(descriptor)) << 3
  }
}

function forwardContinuation(block: usize): void {
  forward(load<i64>(contNext(block)), contNext(block))
  forward(load<i64>(contHandler(block)), contHandler(block))
  forwardFrames(contFrames(block), contFramesEnd(block))
}

function forwardRemembered(): void {
  const end = tableNext
  for (let entry = table; entry < end; entry += 4) {
    const slot = <usize>load<u32>(entry)
    forward(load<i64>(slot), slot)
  }
}

/**
 * Instead of the remembered set: every slot of the major heap and of the globals. What moves meanwhile is
 * looked at anyway.
 */
function forwardWholeHeap(): void {
  for (let node = firstGlobals(); node; node = <usize>load<u32>(node)) {
    const from = <usize>load<u32>(node, 4)
    forwardRange(from, from + ((<usize>load<u32>(node, 8)) << 3))
  }
  finishSweep()
  startHeapWalk()
  while (nextHeapBlock()) {
    const header = load<u64>(heapCursor)
    if (tagOfHeader(header) >= TAG_NO_SCAN) continue
    const block = heapCursor + 8
    if (tagOfHeader(header) == TAG_CONT) {
      forwardContinuation(block)
      continue
    }
    const from = tagOfHeader(header) == TAG_CLOSURE ? block + (closureEnvironment(block) << 3) : block
    forwardRange(from, block + (wosizeOfHeader(header) << 3))
  }
}

function forwardRange(from: usize, end: usize): void {
  for (; from < end; from += 8) forward(load<i64>(from), from)
}

/** Whether a young block, perhaps an infix pointer into one, has moved in this collection. */
export function isMoved(block: usize): bool {
  const header = headerAt(block)
  if (header == 0) return true
  return tagOfHeader(header) == TAG_INFIX && headerAt(block - infixOffset(header)) == 0
}

/** Called by the root pools for each slot that holds a young value. */
export function moveRoot(block: usize, slot: usize): void {
  move(block, slot)
}
