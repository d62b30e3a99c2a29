/**
 * Compaction, on request (`Gc.compact`): small blocks move out of sparse pools into the free slots of the other pools of
 * their class, and the pages of the pools that they leave are free for blocks of any kind.
 *
 * It runs right after a complete collection, with an empty minor area and everything swept:
 *
 *   choose   for each class the emptiest pools whose blocks fit into the free slots of the rest; their pages get the kind
 *            `PAGE_LEAVING`. A pool with abstract blocks stays, since their addresses may be known elsewhere.
 *   move     copy each block; the old one keeps its new address in field 0
 *   relocate every slot that holds a block of a leaving page
 *   release  the pages
 *
 * Large blocks do not move. A Wasm memory cannot shrink: what is given back is given back to this domain.
 */

import { contFrames, contFramesEnd, contHandler, contNext } from './continuations'
import { EPHEMERON_LISTS, firstEphemeron, nextEphemeron } from './ephemerons'
import { firstSlotOf, slotsEnd } from './finalisers'
import { oldGlobalRoots, plainGlobalRoots, youngGlobalRoots } from './global-roots'
import { closureEnvironment, headerAt, infixOffset, isBlock, tagOfHeader, wosizeAt, wosizeOfHeader } from './header'
import {
  COLOR_FREE,
  EXCEPTION,
  RESUME_VALUE,
  ROOT_POOL_BYTES,
  ROOT_SLOTS,
  STACK_BASE,
  TAG_ABSTRACT,
  TAG_CLOSURE,
  TAG_CONT,
  TAG_INFIX,
  TAG_NO_SCAN,
} from './layout'
import { localsEnd, localsStart, newestLocals, olderLocals } from './local-roots'
import { endPage, firstPage, PAGE_LEAVING, PAGE_ROOTS, PAGE_SHIFT, pageKind, pageKindAt, releasePages, setPageKind } from './pages'
import {
  allocateSmall,
  CLASS_COUNT,
  dropPool,
  firstSlot,
  keepSwept,
  nextOfPool,
  nextSlot,
  poolSlotsEnd,
  recordOf,
  resetSmallWordsTaken,
  slotBytesOf,
  takeSwept,
} from './pools'
import { firstNode, nextNode, nodeAddress } from './skip-list'
import { framesEnd, framesOf, nextStack, oldStacks, unseenStacks, youngStacks } from './stacks'
import { firstGlobals } from './static-data'
import { heapCursor, nextHeapBlock, startHeapWalk } from './walk'

/** By the count of live blocks: how many pools of the class have so many. */
const poolsByCount: usize = memory.data(2048 << 2, 8)
const MAX_SLOTS: usize = 2047
/** A pool that stays whatever it holds. */
const STAYS: usize = usize.MAX_VALUE

/** Pools with fewer live blocks than `bound` leave, and this many of those that have so many. */
let bound: usize = 0
let atBound: usize = 0

export let compactions: u32 = 0

export function initCompaction(): void {
  compactions = 0
}

export function compact(top: usize): void {
  compactions++
  let hasMoved = false
  for (let c = 0; c < CLASS_COUNT; c++) {
    const leaving = choose(recordOf(c))
    for (let pool = leaving; pool; pool = nextOfPool(pool)) moveBlocks(pool, recordOf(c))
    if (leaving) hasMoved = true
  }
  if (!hasMoved) return
  relocateRoots(top)
  relocateHeap()
  releaseLeavingPages()
  resetSmallWordsTaken()
}

// Choosing.

/** Live blocks of a swept pool, or `STAYS`. */
function countLive(pool: usize, record: usize): usize {
  const end = poolSlotsEnd(pool, record)
  let count: usize = 0
  for (let slot = firstSlot(pool, record); slot < end; slot = nextSlot(slot, record)) {
    const header = load<u64>(slot)
    if (((header >> 8) & 3) == COLOR_FREE) continue
    if (tagOfHeader(header) == TAG_ABSTRACT) return STAYS
    count++
  }
  return count
}

/** Divides the pools of a class into those that stay and a list of those that leave. */
function choose(record: usize): usize {
  const pools = takeSwept(record)
  const slots = (poolSlotsEnd(0, record) - firstSlot(0, record)) / slotBytesOf(record)
  findBound(slots, countPools(pools, record, slots))
  let leaving: usize = 0
  for (let pool = pools; pool; ) {
    const next = nextOfPool(pool)
    if (isToLeave(countLive(pool, record))) {
      setPageKind(pool >> PAGE_SHIFT, PAGE_LEAVING)
      leaving = dropPool(pool, leaving)
    } else {
      keepSwept(pool, record)
    }
    pool = next
  }
  return leaving
}

/** Fills `poolsByCount`; the free slots of all pools that may leave. */
function countPools(pools: usize, record: usize, slots: usize): usize {
  memory.fill(poolsByCount, 0, (MAX_SLOTS + 1) << 2)
  let free: usize = 0
  for (let pool = pools; pool; pool = nextOfPool(pool)) {
    const count = countLive(pool, record)
    if (count == STAYS) continue
    const entry = poolsByCount + (count << 2)
    store<u32>(entry, load<u32>(entry) + 1)
    free += slots - count
  }
  return free
}

/** As many pools leave as the free slots of the others can take, beginning with the emptiest. */
function findBound(slots: usize, free: usize): void {
  let toMove: usize = 0
  for (bound = 0; bound < slots; bound++) {
    const pools = <usize>load<u32>(poolsByCount + (bound << 2))
    atBound = min(pools, (free - toMove) / slots)
    toMove += atBound * bound
    free -= atBound * (slots - bound)
    if (atBound < pools) return
  }
}

function isToLeave(count: usize): bool {
  if (count != bound) return count < bound
  if (atBound == 0) return false
  atBound--
  return true
}

// Moving.

function moveBlocks(pool: usize, record: usize): void {
  const end = poolSlotsEnd(pool, record)
  for (let slot = firstSlot(pool, record); slot < end; slot = nextSlot(slot, record)) {
    const header = load<u64>(slot)
    if (((header >> 8) & 3) == COLOR_FREE) continue
    const copy = allocateSmall(wosizeOfHeader(header))
    memory.copy(copy - 8, slot, (wosizeOfHeader(header) + 1) << 3)
    store<u64>(slot + 8, <u64>copy)
  }
}

// Relocating.

// @ts-ignore: decorator
@inline
function relocate(slot: usize): void {
  const v = load<i64>(slot)
  if (isBlock(v) && pageKindAt(<usize>v) == PAGE_LEAVING) store<u64>(slot, <u64>newAddress(<usize>v))
}

/** Headers of blocks that have moved are still there, so that an infix pointer finds its closure. */
function newAddress(block: usize): usize {
  const header = headerAt(block)
  if (tagOfHeader(header) != TAG_INFIX) return <usize>load<u32>(block)
  const offset = infixOffset(header)
  return <usize>load<u32>(block - offset) + offset
}

function relocateRange(from: usize, end: usize): void {
  for (; from < end; from += 8) relocate(from)
}

function relocateFrames(frame: usize, end: usize): void {
  while (frame < end) {
    const descriptor = <usize>load<u32>(frame)
    const count = <usize>load<u16>(descriptor, 2)
    for (let i: usize = 0; i < count; i++) relocate(frame + ((<usize>load<u16>(descriptor + 16 + (i << 1))) << 3))
    frame += (<usize>load<u16>(descriptor)) << 3
  }
}

function relocateRoots(top: usize): void {
  relocate(EXCEPTION)
  relocate(RESUME_VALUE)
  relocateFrames(<usize>load<u32>(STACK_BASE), top)
  relocateStacks(youngStacks())
  relocateStacks(oldStacks())
  relocateStacks(unseenStacks())
  for (let node = firstGlobals(); node; node = <usize>load<u32>(node)) {
    const from = <usize>load<u32>(node, 4)
    relocateRange(from, from + ((<usize>load<u32>(node, 8)) << 3))
  }
  relocateRootPools()
  for (let block = newestLocals(); block; block = olderLocals(block)) relocateRange(localsStart(block), localsEnd(block))
  relocateCells(plainGlobalRoots())
  relocateCells(youngGlobalRoots())
  relocateCells(oldGlobalRoots())
  for (let table = 0; table < 3; table++) relocateRange(firstSlotOf(table), slotsEnd(table))
}

function relocateStacks(ring: usize): void {
  for (let stack = nextStack(ring); stack != ring; stack = nextStack(stack))
    relocateFrames(framesOf(stack), framesEnd(stack))
}

/** Links of the free lists are addresses of root pools, which do not leave. */
function relocateRootPools(): void {
  for (let page = firstPage; page < endPage; page++) {
    if (pageKind(page) != PAGE_ROOTS) continue
    const pool = page << PAGE_SHIFT
    relocateRange(pool + ROOT_SLOTS, pool + ROOT_POOL_BYTES)
    relocateRange(pool + ROOT_POOL_BYTES + ROOT_SLOTS, pool + 2 * ROOT_POOL_BYTES)
  }
}

function relocateCells(list: usize): void {
  for (let node = firstNode(list); node; node = nextNode(node)) relocate(nodeAddress(node))
}

function relocateHeap(): void {
  startHeapWalk()
  while (nextHeapBlock()) {
    const header = load<u64>(heapCursor)
    const tag = tagOfHeader(header)
    const block = heapCursor + 8
    if (tag >= TAG_NO_SCAN) continue
    if (tag == TAG_CONT) {
      relocate(contNext(block))
      relocate(contHandler(block))
      relocateFrames(contFrames(block), contFramesEnd(block))
      continue
    }
    const from = tag == TAG_CLOSURE ? block + (closureEnvironment(block) << 3) : block
    relocateRange(from, block + (wosizeOfHeader(header) << 3))
  }
  for (let list = 0; list < EPHEMERON_LISTS; list++) {
    for (let e = firstEphemeron(list); e; e = nextEphemeron(e)) relocateRange(e + 8, e + (wosizeAt(e) << 3))
  }
}

function releaseLeavingPages(): void {
  for (let page = firstPage; page < endPage; page++) {
    if (pageKind(page) == PAGE_LEAVING) releasePages(page << PAGE_SHIFT, 1)
  }
}
