/**
 * The heap verifier: looks at every block that is alive and every root, and reports the first thing that is
 * not as it should be as a code and an address. It allocates nothing; it sorts the remembered set, whose
 * order does not matter.
 *
 * With the verifier on, free memory of the major heap is poisoned (see pools.ts and large.ts), so a pointer
 * into it does not find a plausible header.
 */

import { youngEnd } from './gc'
import {
  closureEnvironment,
  colorOfHeader,
  headerAt,
  infixOffset,
  isImmediate,
  tagOfHeader,
  wosizeOfHeader,
} from './header'
import { ownerOf } from './bigarray-block'
import { contFrames, contFramesEnd, contHandler, contNext } from './continuations'
import { EPHEMERON_LISTS, firstEphemeron, isYoungSlot, nextEphemeron } from './ephemerons'
import { binCount, binHead, binOfHole, CHUNK_HEADER, chunkEnd, isUnsweptAt } from './large'
import {
  CLASS_CURRENT,
  CLASS_FREE,
  CLASS_OLD,
  CLASS_YOUNG,
  COLOR_BLACK,
  COLOR_FREE,
  COLOR_STATIC,
  COLOR_WHITE,
  CUSTOM_BIGARRAY,
  EXCEPTION,
  MAX_YOUNG_WOSIZE,
  RESUME_VALUE,
  ROOT_CAPACITY,
  ROOT_CLASS,
  ROOT_COUNT,
  ROOT_FREE,
  ROOT_NEXT,
  ROOT_POOL,
  ROOT_POOL_BYTES,
  ROOT_PREVIOUS,
  ROOT_SLOTS,
  STACK_BASE,
  TAG_CLOSURE,
  TAG_CONT,
  TAG_CUSTOM,
  TAG_INFIX,
  TAG_NO_SCAN,
  YOUNG_PTR,
  YOUNG_SIZE,
  YOUNG_START,
} from './layout'
import {
  endPage,
  firstPage,
  freePages,
  PAGE_BYTES,
  PAGE_FREE,
  PAGE_LARGE,
  PAGE_LARGE_MORE,
  PAGE_POOL,
  PAGE_SHIFT,
  PAGE_STATIC,
  pageKind,
  pageKindAt,
} from './pages'
import { oldGlobalRoots, plainGlobalRoots, youngGlobalRoots } from './global-roots'
import { localsEnd, localsStart, newestLocals, olderLocals } from './local-roots'
import { firstNode, nextNode, nodeAddress } from './skip-list'
import { isInCurrentRun, isUnswept, poolRecord, slotBytesOf, slotOf } from './pools'
import { isMarking } from './major'
import { rememberAll, table, tableNext } from './remembered'
import { ringHead } from './root-pools'
import { framesEnd, framesOf, nextStack, oldStacks, unseenStacks, youngStacks } from './stacks'
import { firstGlobals, isInFirstStaticChunk } from './static-data'
import { Value } from './value'
import { heapCursor, heapRegion, nextHeapBlock, startHeapWalk } from './walk'

// What was found.
export const BAD_POINTER: i32 = 1
export const BAD_HEADER: i32 = 2
export const NOT_REMEMBERED: i32 = 3
export const BAD_FRAME: i32 = 4
export const BAD_ROOT_POOL: i32 = 5
export const BAD_BIN: i32 = 6
export const BAD_PAGE_COUNT: i32 = 7
export const YOUNG_IN_OLD_ROOT: i32 = 8
export const BAD_YOUNG_BLOCK: i32 = 9
export const BAD_GLOBAL_ROOT: i32 = 10

let address: usize = 0
let code: i32 = 0

/** Where the last `verify` found something: a slot, a block or a pool. */
export function verify_address(): usize {
  return address
}

/** What the last `verify` found. */
export function verify_code(): i32 {
  return code
}

function report(what: i32, where: usize): bool {
  if (code == 0) {
    code = what
    address = where
  }
  return false
}

/** 0 if all is well. */
export function verify(top: usize): i32 {
  code = 0
  address = 0
  sortRemembered()
  if (checkMajorHeap() && checkYoungArea() && checkRoots(top) && checkLocalRoots() && checkGlobalRoots() && checkEphemerons() && checkRootPools() && checkBins()) checkPages()
  return code
}

// Pointers.

// @ts-ignore: decorator
@inline
function isInYoungArea(block: usize): bool {
  return block - <usize>load<u32>(YOUNG_START) < <usize>load<u32>(YOUNG_SIZE)
}

/** Whether `v`, found in `slot`, is an immediate or the address of a block that may be reached. */
function checkValue(v: Value, slot: usize): bool {
  if (isImmediate(v)) return true
  if (<u64>v >> 32 || <u32>v & 7 || v == 0) return report(BAD_POINTER, slot)
  let block = <usize>v
  if (block < 2048 || block >= endPage << PAGE_SHIFT) return report(BAD_POINTER, slot)
  const header = headerAt(block)
  if (tagOfHeader(header) == TAG_INFIX) {
    block -= infixOffset(header)
    if (tagOfHeader(headerAt(block)) != TAG_CLOSURE) return report(BAD_POINTER, slot)
  }
  return isBlockAddress(block) || report(BAD_POINTER, slot)
}

function isMajorBlock(block: usize): bool {
  return !isInYoungArea(block) && block < endPage << PAGE_SHIFT
}

function isBlockAddress(block: usize): bool {
  const header = headerAt(block)
  if (isInYoungArea(block)) {
    return (
      block > <usize>load<u32>(YOUNG_PTR) &&
      colorOfHeader(header) == COLOR_WHITE &&
      wosizeOfHeader(header) > 0
    )
  }
  if (isInFirstStaticChunk(block)) return colorOfHeader(header) == COLOR_STATIC
  const kind = pageKindAt(block)
  if (kind == PAGE_STATIC) return colorOfHeader(header) == COLOR_STATIC
  if (kind == PAGE_POOL) return isSmallBlock(block, header)
  return (kind == PAGE_LARGE || kind == PAGE_LARGE_MORE) && isLargeBlock(block, header)
}

function isSmallBlock(block: usize, header: u64): bool {
  const pool = block & ~(PAGE_BYTES - 1)
  const record = poolRecord(pool)
  const color = colorOfHeader(header)
  const wosize = wosizeOfHeader(header)
  if (slotOf(pool, record, block - 8) != block - 8 || isInCurrentRun(record, block)) return false
  if (wosize == 0 || (wosize + 1) << 3 > slotBytesOf(record)) return false
  return isColorOfLive(color, isUnswept(pool))
}

/** Before the sweep has come, live blocks are black; afterwards white, until they are found by the next marking, or made during it. */
// @ts-ignore: decorator
@inline
function isColorOfLive(color: u64, unswept: bool): bool {
  return color == COLOR_BLACK ? unswept || isMarking : color == COLOR_WHITE && !unswept
}

/** A reachable large block; raw memory is never reachable. */
function isLargeBlock(block: usize, header: u64): bool {
  return (
    isColorOfLive(colorOfHeader(header), isUnsweptAt(block)) &&
    wosizeOfHeader(header) > 0 &&
    wosizeOfHeader(header) < 0x1fffffff
  )
}

// Blocks.

function checkFields(block: usize, header: u64, isOld: bool): bool {
  const tag = tagOfHeader(header)
  if (tag == TAG_CUSTOM && load<i64>(block) == CUSTOM_BIGARRAY)
    return (isMajorBlock(ownerOf(block)) && isBlockAddress(ownerOf(block))) || report(BAD_POINTER, block)
  if (tag >= TAG_NO_SCAN) return true
  const end = block + (wosizeOfHeader(header) << 3)
  if (tag == TAG_CONT) return checkContinuation(block, end, isOld)
  let slot = tag == TAG_CLOSURE ? block + (closureEnvironment(block) << 3) : block
  if (slot > end) return report(BAD_HEADER, block)
  for (; slot < end; slot += 8) {
    if (!checkField(slot, isOld)) return false
  }
  return true
}

function checkContinuation(block: usize, end: usize, isOld: bool): bool {
  if (!checkField(contNext(block), isOld) || !checkField(contHandler(block), isOld)) return false
  const next = load<i64>(contNext(block))
  if (!isImmediate(next) && tagOfHeader(headerAt(<usize>next)) != TAG_CONT) return report(BAD_HEADER, block)
  if (contFramesEnd(block) > end) return report(BAD_HEADER, block)
  return checkFrames(contFrames(block), contFramesEnd(block), isOld)
}

function checkField(slot: usize, isOld: bool): bool {
  const v = load<i64>(slot)
  return checkValue(v, slot) && (!isOld || checkRemembered(v, slot))
}

function checkRemembered(v: Value, slot: usize): bool {
  if (isImmediate(v) || !isInYoungArea(<usize>v) || rememberAll || isRemembered(slot)) return true
  return report(NOT_REMEMBERED, slot)
}

function checkMajorHeap(): bool {
  startHeapWalk()
  while (nextHeapBlock()) {
    const header = load<u64>(heapCursor)
    const color = colorOfHeader(header)
    const isPool = pageKindAt(heapRegion) == PAGE_POOL
    if (color == COLOR_STATIC) {
      if (isPool) return report(BAD_HEADER, heapCursor)
      continue
    }
    // White blocks that are still to be swept are dead, and so may be what they point to.
    const unswept = isPool ? isUnswept(heapRegion) : isUnsweptAt(heapCursor)
    if (color == COLOR_WHITE && unswept) continue
    if (!isColorOfLive(color, unswept) || (isPool && !isBlockAddress(heapCursor + 8)))
      return report(BAD_HEADER, heapCursor)
    if (!checkFields(heapCursor + 8, header, true)) return false
  }
  return true
}

function checkYoungArea(): bool {
  let at = <usize>load<u32>(YOUNG_PTR)
  while (at < youngEnd) {
    const header = load<u64>(at)
    const wosize = wosizeOfHeader(header)
    if (colorOfHeader(header) != COLOR_WHITE || wosize == 0 || wosize > MAX_YOUNG_WOSIZE)
      return report(BAD_YOUNG_BLOCK, at)
    if (!checkFields(at + 8, header, false)) return false
    at += (wosize + 1) << 3
  }
  return at == youngEnd || report(BAD_YOUNG_BLOCK, at)
}

// Roots.

function checkRoots(top: usize): bool {
  if (!checkValue(load<i64>(EXCEPTION), EXCEPTION)) return false
  // 0 tells a resumed frame to raise.
  if (load<i64>(RESUME_VALUE) && !checkValue(load<i64>(RESUME_VALUE), RESUME_VALUE)) return false
  if (!checkFrames(<usize>load<u32>(STACK_BASE), top, false)) return false
  return checkStacks(youngStacks()) && checkStacks(oldStacks()) && checkStacks(unseenStacks()) && checkGlobalSlots()
}

/** `isOld`: they are in a block of the major heap, so that their young values are remembered. */
function checkFrames(frame: usize, top: usize, isOld: bool): bool {
  while (frame < top) {
    const descriptor = <usize>load<u32>(frame)
    if (!isInFirstStaticChunk(descriptor) && pageKindAt(descriptor) != PAGE_STATIC)
      return report(BAD_FRAME, frame)
    const words = load<u16>(descriptor)
    const count = load<u16>(descriptor, 2)
    if (words == 0) return report(BAD_FRAME, frame)
    for (let i: usize = 0; i < <usize>count; i++) {
      const index = <usize>load<u16>(descriptor + 16 + (i << 1))
      const slot = frame + (index << 3)
      if (index == 0 || index >= <usize>words) return report(BAD_FRAME, frame)
      if (!checkField(slot, isOld)) return false
    }
    frame += (<usize>words) << 3
  }
  return frame == top || report(BAD_FRAME, frame)
}

function checkStacks(ring: usize): bool {
  for (let stack = nextStack(ring); stack != ring; stack = nextStack(stack)) {
    if (!checkFrames(framesOf(stack), framesEnd(stack), false)) return false
  }
  return true
}

function checkGlobalSlots(): bool {
  for (let node = firstGlobals(); node; node = <usize>load<u32>(node)) {
    const from = <usize>load<u32>(node, 4)
    for (let slot = from; slot < from + ((<usize>load<u32>(node, 8)) << 3); slot += 8) {
      const v = load<i64>(slot)
      if (!checkValue(v, slot) || !checkRemembered(v, slot)) return false
    }
  }
  return true
}

function checkLocalRoots(): bool {
  for (let block = newestLocals(); block; block = olderLocals(block)) {
    for (let slot = localsStart(block); slot < localsEnd(block); slot += 8) if (!checkValue(load<i64>(slot), slot)) return false
  }
  return true
}

function checkGlobalRoots(): bool {
  return checkCells(plainGlobalRoots(), true) && checkCells(youngGlobalRoots(), true) && checkCells(oldGlobalRoots(), false)
}

/** The cells of a list, which are in the order of their addresses. */
function checkCells(list: usize, mayBeYoung: bool): bool {
  let last: usize = 0
  for (let node = firstNode(list); node; node = nextNode(node)) {
    const cell = nodeAddress(node)
    const v = load<i64>(cell)
    if (!checkValue(v, cell)) return false
    if (cell <= last || (!mayBeYoung && !isImmediate(v) && isInYoungArea(<usize>v))) return report(BAD_GLOBAL_ROOT, cell)
    last = cell
  }
  return true
}

/** What live ephemerons hold, and that a young block in them will be looked at. */
function checkEphemerons(): bool {
  for (let list = 0; list < EPHEMERON_LISTS; list++) if (!checkEphemeronList(list)) return false
  return true
}

function checkEphemeronList(list: i32): bool {
  for (let e = firstEphemeron(list); e; e = nextEphemeron(e)) {
    if (!isBlockAddress(e)) continue
    for (let slot = e + 8; slot < e + (wosizeOfHeader(headerAt(e)) << 3); slot += 8) {
      const v = load<i64>(slot)
      if (v == 0) continue
      if (!checkValue(v, slot)) return false
      if (!isImmediate(v) && isInYoungArea(<usize>v) && !isYoungSlot(e, (slot - e) >> 3)) return report(NOT_REMEMBERED, slot)
    }
  }
  return true
}

function checkRootPools(): bool {
  const current = <usize>load<u32>(ROOT_POOL)
  if (load<u32>(current, ROOT_CLASS) != CLASS_CURRENT || !checkRootPool(current, 1))
    return report(BAD_ROOT_POOL, current)
  return checkRing(CLASS_YOUNG) && checkRing(CLASS_OLD) && checkRing(CLASS_FREE)
}

function checkRing(poolClass: u32): bool {
  const head = ringHead(poolClass)
  if (!head) return true
  let pool = head
  do {
    const next = <usize>load<u32>(pool, ROOT_NEXT)
    if (load<u32>(pool, ROOT_CLASS) != poolClass || <usize>load<u32>(next, ROOT_PREVIOUS) != pool)
      return report(BAD_ROOT_POOL, pool)
    if ((load<u32>(pool, ROOT_COUNT) == 0) != (poolClass == CLASS_FREE)) return report(BAD_ROOT_POOL, pool)
    if (!checkRootPool(pool, 0)) return false
    pool = next
  } while (pool != head)
  return true
}

function checkRootPool(pool: usize, surplus: u32): bool {
  const isOld = load<u32>(pool, ROOT_CLASS) == CLASS_OLD
  let allocated: u32 = 0
  for (let slot = pool + ROOT_SLOTS; slot < pool + ROOT_POOL_BYTES; slot += 8) {
    const v = load<u64>(slot)
    if ((v & ~0x3ffe) == <u64>pool) continue
    allocated++
    if (!checkValue(v, slot)) return false
    if (isOld && !isImmediate(v) && isInYoungArea(<usize>v)) return report(YOUNG_IN_OLD_ROOT, slot)
  }
  if (allocated + surplus != load<u32>(pool, ROOT_COUNT)) return report(BAD_ROOT_POOL, pool)
  let free: u32 = 0
  for (let slot = <usize>load<u32>(pool, ROOT_FREE); slot != pool; slot = <usize>load<u32>(slot)) {
    if ((slot & ~(ROOT_POOL_BYTES - 1)) != pool || ++free > <u32>ROOT_CAPACITY)
      return report(BAD_ROOT_POOL, slot)
  }
  return free + allocated == <u32>ROOT_CAPACITY || report(BAD_ROOT_POOL, pool)
}

// Free memory.

/** Every hole of at least 3 words where the sweep has been is in its bin, and nothing else. */
function checkBins(): bool {
  let holes: u32 = 0
  for (let page = firstPage; page < endPage; page++) {
    if (pageKind(page) != PAGE_LARGE) continue
    const end = chunkEnd(page << PAGE_SHIFT)
    let at = (page << PAGE_SHIFT) + CHUNK_HEADER
    while (at < end) {
      const header = load<u64>(at)
      if (colorOfHeader(header) == COLOR_FREE && wosizeOfHeader(header) >= 2 && !isUnsweptAt(at)) holes++
      at += (wosizeOfHeader(header) + 1) << 3
    }
    if (at != end) return report(BAD_BIN, at)
  }
  for (let bin = 0; bin < binCount(); bin++) {
    for (let hole = binHead(bin); hole; hole = <usize>load<u32>(hole, 8)) {
      const header = load<u64>(hole)
      if (colorOfHeader(header) != COLOR_FREE || binOfHole(wosizeOfHeader(header) + 1) != bin)
        return report(BAD_BIN, hole)
      holes--
    }
  }
  return holes == 0 || report(BAD_BIN, 0)
}

function checkPages(): bool {
  let free: usize = 0
  for (let page = firstPage; page < endPage; page++) if (pageKind(page) == PAGE_FREE) free++
  return free == freePages || report(BAD_PAGE_COUNT, free)
}

// The remembered set, sorted by heap sort so that a slot can be looked up.

// @ts-ignore: decorator
@inline
function entry(index: usize): u32 {
  return load<u32>(table + (index << 2))
}

function siftDown(root: usize, count: usize): void {
  const value = entry(root)
  while (true) {
    let child = (root << 1) + 1
    if (child >= count) break
    if (child + 1 < count && entry(child + 1) > entry(child)) child++
    if (entry(child) <= value) break
    store<u32>(table + (root << 2), entry(child))
    root = child
  }
  store<u32>(table + (root << 2), value)
}

function sortRemembered(): void {
  const count = (tableNext - table) >> 2
  for (let i = count >> 1; i > 0; i--) siftDown(i - 1, count)
  for (let end = count; end > 1; end--) {
    const largest = entry(0)
    store<u32>(table, entry(end - 1))
    store<u32>(table + ((end - 1) << 2), largest)
    siftDown(0, end - 1)
  }
}

function isRemembered(slot: usize): bool {
  let low: usize = 0
  let high = (tableNext - table) >> 2
  while (low < high) {
    const middle = (low + high) >> 1
    if (<usize>entry(middle) < slot) low = middle + 1
    else high = middle
  }
  return low < (tableNext - table) >> 2 && <usize>entry(low) == slot
}
