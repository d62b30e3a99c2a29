/**
 * Root pools (boxroot): the only way in from outside. A root is the address of a slot that holds a value.
 *
 * ┌──────────────────────────────┬──────────────────────┬──────────────┬────────┬─ ─ ─┬────────┐
 * │ free list, count, class, ring│ pending, pending next│ deleted bits │ slot   │     │ slot   │  16 KiB, aligned
 * └──────────────────────────────┴──────────────────────┴──────────────┴────────┴─ ─ ─┴────────┘
 *  0                              64                     128            384
 *
 * A free slot holds the address of the next free slot of its pool, or of the pool: `slot & ~0x3ffe` is the
 * pool's address exactly if the slot is free (values are odd, or addresses of blocks elsewhere).
 *
 * Classes: current (one pool, creation takes from it; its count is one too high, so that it never seems
 * empty), young (may hold young values), old (does not), free. Creation never tests the value; a minor
 * collection scans the current and the young pools and makes the young ones old. In a ring, pools that are at
 * most half full come first.
 *
 * Deletion by another thread never writes the slot: it sets the slot's bit, and puts the pool on the domain's
 * pending list if it is not there. The owner frees such slots at its next collection. The bits and links are
 * all that other threads touch of pools. A pool leaves for the page allocator only while no other thread is inside a
 * deletion (`DELAYED_BUSY`).
 *
 * Creation by another thread: the owner gives it roots that hold `()`. Into such a root it stores, once, what another root of its own
 * holds, unless that is a young block or blocks are being moved (`MOVES`, read before and after). What is not young never moves, so
 * the owner never writes such slots, nor does it matter which class their pools have.
 *
 * Marking is incremental: a cursor walks the page table, so it does not matter that pools change rings, come
 * and go between two steps. What a root held when marking began is marked even if the root is deleted or
 * changed before the cursor comes by: whoever overwrites a slot while `MARKING` is set marks what it held.
 * What a new root holds is reachable otherwise, or was made black.
 */

import { isYoungValue } from './header'
import {
  CLASS_CURRENT,
  CLASS_FREE,
  CLASS_OLD,
  CLASS_YOUNG,
  DELAYED_BUSY,
  DELAYED_POOLS,
  MARKING,
  MOVES,
  ROOT_CAPACITY,
  ROOT_CLASS,
  ROOT_COUNT,
  ROOT_DELETED,
  ROOT_FREE,
  ROOT_HALF,
  ROOT_NEXT,
  ROOT_PENDING,
  ROOT_PENDING_NEXT,
  ROOT_POOL,
  ROOT_POOL_BYTES,
  ROOT_PREVIOUS,
  ROOT_SLOTS,
} from './layout'
import { Value } from './value'
import { markValue, shade } from './mark'
import { moveRoot } from './minor'
import { endPage, firstPage, PAGE_ROOTS, PAGE_SHIFT, pageKind, releasePages, takePages } from './pages'

const POOL_MASK: usize = ROOT_POOL_BYTES - 1

/** Looks at a word before a wait is given up: about a second. */
const LONGEST_WAIT: i32 = 100000000

/** First pool of each class's ring, 0 if empty; the current pool has its own control word. */
const rings: usize = memory.data(16, 8)

// Statistics.
let poolsMade: u32 = 0
let pools: u32 = 0
let mostPools: u32 = 0
/** Slots that minor collections have looked at, and how many held young blocks. */
let slotsScanned: u64 = 0
let youngFound: u64 = 0

/** For measurements: 0 pools made, 1 pools that there are, 2 the most there were, 3 slots scanned for young values, 4 those found, 5 roots. */
export function root_statistic(which: i32): f64 {
  if (which == 0) return poolsMade
  if (which == 1) return pools
  if (which == 2) return mostPools
  if (which == 5) return countRoots()
  return <f64>(which == 3 ? slotsScanned : youngFound)
}

export function initRootPools(): bool {
  memory.fill(rings, 0, 16)
  poolsMade = 0
  pools = 0
  mostPools = 0
  slotsScanned = 0
  youngFound = 0
  store<u32>(ROOT_POOL, 0)
  atomic.store<i32>(DELAYED_POOLS, 0)
  atomic.store<i32>(DELAYED_BUSY, 0)
  atomic.store<i32>(MOVES, 0)
  return nextCurrentPool()
}

// @ts-ignore: decorator
@inline
export function ringHead(poolClass: u32): usize {
  return <usize>load<u32>(rings + ((<usize>poolClass) << 2))
}

// @ts-ignore: decorator
@inline
function setRingHead(poolClass: u32, pool: usize): void {
  store<u32>(rings + ((<usize>poolClass) << 2), <u32>pool)
}

function unlink(pool: usize): void {
  const poolClass = load<u32>(pool, ROOT_CLASS)
  const next = <usize>load<u32>(pool, ROOT_NEXT)
  if (next == pool) {
    setRingHead(poolClass, 0)
    return
  }
  const previous = <usize>load<u32>(pool, ROOT_PREVIOUS)
  store<u32>(previous, <u32>next, ROOT_NEXT)
  store<u32>(next, <u32>previous, ROOT_PREVIOUS)
  if (ringHead(poolClass) == pool) setRingHead(poolClass, next)
}

/** Puts a pool at the end of a ring, or at its head. */
function link(pool: usize, poolClass: u32, atHead: bool): void {
  store<u32>(pool, poolClass, ROOT_CLASS)
  const head = ringHead(poolClass)
  if (!head) {
    store<u32>(pool, <u32>pool, ROOT_NEXT)
    store<u32>(pool, <u32>pool, ROOT_PREVIOUS)
    setRingHead(poolClass, pool)
    return
  }
  const last = <usize>load<u32>(head, ROOT_PREVIOUS)
  store<u32>(pool, <u32>head, ROOT_NEXT)
  store<u32>(pool, <u32>last, ROOT_PREVIOUS)
  store<u32>(last, <u32>pool, ROOT_NEXT)
  store<u32>(head, <u32>pool, ROOT_PREVIOUS)
  if (atHead) setRingHead(poolClass, pool)
}

function isAtMostHalfFull(pool: usize): bool {
  return load<u32>(pool, ROOT_COUNT) <= ROOT_HALF
}

/** Puts a pool into the ring where its count belongs. */
function place(pool: usize, poolClass: u32): void {
  const count = load<u32>(pool, ROOT_COUNT)
  if (count == 0) link(pool, CLASS_FREE, false)
  else link(pool, poolClass, count <= ROOT_HALF)
}

function formatPool(pool: usize): void {
  memory.fill(pool, 0, ROOT_SLOTS)
  const end = pool + ROOT_POOL_BYTES
  for (let slot = pool + ROOT_SLOTS; slot < end; slot += 8) store<u64>(slot, <u64>(slot + 8))
  store<u64>(end - 8, <u64>pool)
  store<u32>(pool, <u32>(pool + ROOT_SLOTS), ROOT_FREE)
  link(pool, CLASS_FREE, false)
}

/** A page makes two pools. */
function newPools(): bool {
  const page = takePages(1, PAGE_ROOTS)
  if (!page) return false
  formatPool(page)
  formatPool(page + ROOT_POOL_BYTES)
  poolsMade += 2
  pools += 2
  mostPools = max(mostPools, pools)
  return true
}

/** Replaces the full current pool: young with room, old at most half full, free, new. False: no memory. */
function nextCurrentPool(): bool {
  let pool = ringHead(CLASS_YOUNG)
  if (!pool || load<u32>(pool, ROOT_COUNT) == <u32>ROOT_CAPACITY) pool = ringHead(CLASS_OLD)
  if (pool && load<u32>(pool, ROOT_CLASS) == CLASS_OLD && !isAtMostHalfFull(pool)) pool = 0
  if (!pool) pool = ringHead(CLASS_FREE)
  if (!pool && newPools()) pool = ringHead(CLASS_FREE)
  if (!pool) return false
  unlink(pool)
  retireCurrentPool()
  store<u32>(pool, CLASS_CURRENT, ROOT_CLASS)
  store<u32>(pool, load<u32>(pool, ROOT_COUNT) + 1, ROOT_COUNT)
  store<u32>(ROOT_POOL, <u32>pool)
  return true
}

/** The current pool becomes a young one. */
function retireCurrentPool(): void {
  const pool = <usize>load<u32>(ROOT_POOL)
  if (!pool) return
  store<u32>(pool, load<u32>(pool, ROOT_COUNT) - 1, ROOT_COUNT)
  place(pool, CLASS_YOUNG)
}

/** A new root that holds `v`; 0: no memory. */
export function root_create(v: Value): usize {
  let pool = <usize>load<u32>(ROOT_POOL)
  let slot = <usize>load<u32>(pool, ROOT_FREE)
  if (slot == pool) {
    if (!nextCurrentPool()) return 0
    pool = <usize>load<u32>(ROOT_POOL)
    slot = <usize>load<u32>(pool, ROOT_FREE)
  }
  store<u32>(pool, load<u32>(slot), ROOT_FREE)
  store<u32>(pool, load<u32>(pool, ROOT_COUNT) + 1, ROOT_COUNT)
  store<i64>(slot, v)
  return slot
}

/** A new root that holds a block; for callers without 64-bit integers. */
export function root_create_block(block: usize): usize {
  return root_create(<i64>(<u64>block))
}

/** The same for any value, its two halves given. */
export function root_create_words(low: u32, high: u32): usize {
  return root_create(valueOfWords(low, high))
}

function valueOfWords(low: u32, high: u32): Value {
  return (<i64>high << 32) | <i64>low
}

export function root_get(root: usize): Value {
  return load<i64>(root)
}

/** The block that a root holds. */
export function root_get_block(root: usize): usize {
  return <usize>load<u32>(root)
}

/** Deletes a root, on the thread that owns the domain. */
export function root_delete(root: usize): void {
  if (load<i32>(MARKING)) shade(load<i64>(root))
  const pool = root & ~POOL_MASK
  store<u64>(root, <u64>load<u32>(pool, ROOT_FREE))
  store<u32>(pool, <u32>root, ROOT_FREE)
  const count = load<u32>(pool, ROOT_COUNT) - 1
  store<u32>(pool, count, ROOT_COUNT)
  if ((count & (ROOT_HALF - 1)) == 0) root_pool_shrunk(pool)
}

/**
 * To be called when a deletion brings a pool's count to a multiple of 1024: the pool may belong elsewhere.
 */
export function root_pool_shrunk(pool: usize): void {
  const poolClass = load<u32>(pool, ROOT_CLASS)
  if (poolClass == CLASS_CURRENT || poolClass == CLASS_FREE) return
  unlink(pool)
  place(pool, poolClass)
}

/** Changes what a root holds; its address, which may change, or 0: no memory (the root is as before). */
export function root_modify(root: usize, v: Value): usize {
  const pool = root & ~POOL_MASK
  if (load<u32>(pool, ROOT_CLASS) != CLASS_OLD || !isYoungValue(v)) {
    if (load<i32>(MARKING)) shade(load<i64>(root))
    store<i64>(root, v)
    return root
  }
  const moved = root_create(v)
  if (moved) root_delete(root)
  return moved
}

export function root_modify_words(root: usize, low: u32, high: u32): usize {
  return root_modify(root, valueOfWords(low, high))
}

/** `root_delete` for any other thread. (The host does the same with `Atomics`.) */
export function root_delete_remote(root: usize): void {
  const pool = root & ~POOL_MASK
  atomic.add<i32>(DELAYED_BUSY, 1)
  const index = (root & POOL_MASK) >> 3
  atomic.or<i32>(pool + ROOT_DELETED + ((index >> 5) << 2), 1 << (<i32>(index & 31)))
  if (atomic.xchg<i32>(pool + ROOT_PENDING, 1) == 0) pushPending(pool)
  atomic.sub<i32>(DELAYED_BUSY, 1)
}

function pushPending(pool: usize): void {
  let head = atomic.load<i32>(DELAYED_POOLS)
  while (true) {
    atomic.store<i32>(pool + ROOT_PENDING_NEXT, head)
    const found = atomic.cmpxchg<i32>(DELAYED_POOLS, head, <i32>pool)
    if (found == head) return
    head = found
  }
}

/** Tells other threads that from here to `endMoves` blocks move. */
export function beginMoves(): void {
  atomic.add<i32>(MOVES, 1)
}

export function endMoves(): void {
  atomic.add<i32>(MOVES, 1)
}

/**
 * After `beginMoves`: waits until no other thread is between reading a root and storing what it held. False: one has been there
 * for so long that it must have been ended there.
 */
export function areOthersAway(): bool {
  for (let i = 0; i < LONGEST_WAIT; i++) if (atomic.load<i32>(DELAYED_BUSY) == 0) return true
  return false
}

/** Frees what other threads have deleted. */
export function root_flush(): void {
  let pool = <usize>(<u32>atomic.xchg<i32>(DELAYED_POOLS, 0))
  while (pool) {
    // The link is read and `pending` reset before the bits: a bit set later puts the pool on the list again.
    const next = <usize>(<u32>atomic.load<i32>(pool + ROOT_PENDING_NEXT))
    atomic.store<i32>(pool + ROOT_PENDING, 0)
    flushPool(pool)
    pool = next
  }
}

function flushPool(pool: usize): void {
  for (let at = ROOT_DELETED; at < ROOT_SLOTS; at += 4) {
    if (atomic.load<i32>(pool + at) == 0) continue
    let bits = <u32>atomic.xchg<i32>(pool + at, 0)
    while (bits) {
      root_delete(pool + ((((at - ROOT_DELETED) << 3) + <usize>ctz<u32>(bits)) << 3))
      bits &= bits - 1
    }
  }
}

// Scanning.

/** Moves what the slots of the current and the young pools hold out of the minor area. */
export function scanYoungRoots(start: u64, half: u64): void {
  scanYoungPool(<usize>load<u32>(ROOT_POOL), start, half)
  const head = ringHead(CLASS_YOUNG)
  if (!head) return
  let pool = head
  do {
    scanYoungPool(pool, start, half)
    pool = <usize>load<u32>(pool, ROOT_NEXT)
  } while (pool != head)
}

/** One unsigned range test per slot: links of the free list and immediates never pass it. */
function scanYoungPool(pool: usize, start: u64, half: u64): void {
  const end = pool + ROOT_POOL_BYTES
  let found = 0
  for (let slot = pool + ROOT_SLOTS; slot < end; slot += 8) {
    const v = load<u64>(slot)
    if (rotr<u64>(v - start, 1) < half) {
      found++
      moveRoot(<usize>v, slot)
    }
  }
  slotsScanned += ROOT_CAPACITY
  youngFound += found
}

/** After a minor collection: young pools are old. The current pool stays. */
export function ageRootPools(): void {
  for (let pool = ringHead(CLASS_YOUNG); pool; pool = ringHead(CLASS_YOUNG)) {
    unlink(pool)
    place(pool, CLASS_OLD)
  }
}

// Marking.

/** The first page that this marking has not looked at. */
let markingPage: usize = 0

export function beginRootMarking(): void {
  markingPage = firstPage
}

/**
 * Marks what the next pools hold: at most `budget` slots, rounded up to the pools of a page. True: all pools
 * are marked. A page without pools costs one.
 */
export function markSomeRoots(budget: i32): bool {
  let left = budget
  while (markingPage < endPage) {
    if (left <= 0) return false
    const page = markingPage++
    left--
    if (pageKind(page) != PAGE_ROOTS) continue
    const pool = page << PAGE_SHIFT
    left -= markPool(pool)
    left -= markPool(pool + ROOT_POOL_BYTES)
  }
  return true
}

/** Stops as soon as all allocated slots have been seen. The slots looked at. */
function markPool(pool: usize): i32 {
  let left = load<u32>(pool, ROOT_COUNT) - u32(load<u32>(pool, ROOT_CLASS) == CLASS_CURRENT)
  let slot = pool + ROOT_SLOTS
  for (; left; slot += 8) {
    const v = load<i64>(slot)
    if ((v & ~0x3ffe) == <i64>(<u64>pool)) continue
    left--
    markValue(v)
  }
  return <i32>((slot - pool - ROOT_SLOTS) >> 3)
}

/** Gives back pages of which both pools are free. The cursor of a marking does not mind. */
export function releaseFreeRootPools(): void {
  if (atomic.load<i32>(DELAYED_BUSY) != 0 || atomic.load<i32>(DELAYED_POOLS) != 0) return
  let pool = ringHead(CLASS_FREE)
  for (let left = countRing(CLASS_FREE); left > 0 && ringHead(CLASS_FREE); left--) {
    let next = <usize>load<u32>(pool, ROOT_NEXT)
    const upper = pool | ROOT_POOL_BYTES
    if (pool != upper && load<u32>(upper, ROOT_CLASS) == CLASS_FREE) {
      if (next == upper) next = <usize>load<u32>(upper, ROOT_NEXT)
      unlink(pool)
      unlink(upper)
      releasePages(pool, 1)
      pools -= 2
    }
    pool = next
  }
}

/** How many roots there are. */
function countRoots(): u32 {
  // The current pool's count is one too high.
  let count = load<u32>(<usize>load<u32>(ROOT_POOL), ROOT_COUNT) - 1
  for (let page = firstPage; page < endPage; page++) {
    if (pageKind(page) != PAGE_ROOTS) continue
    const pool = page << PAGE_SHIFT
    if (load<u32>(pool, ROOT_CLASS) != CLASS_CURRENT) count += load<u32>(pool, ROOT_COUNT)
    if (load<u32>(pool + ROOT_POOL_BYTES, ROOT_CLASS) != CLASS_CURRENT) count += load<u32>(pool + ROOT_POOL_BYTES, ROOT_COUNT)
  }
  return count
}

export function countRing(poolClass: u32): i32 {
  const head = ringHead(poolClass)
  if (!head) return 0
  let count = 0
  let pool = head
  do {
    count++
    pool = <usize>load<u32>(pool, ROOT_NEXT)
  } while (pool != head)
  return count
}
