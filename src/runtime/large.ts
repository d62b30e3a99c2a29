/**
 * Large blocks (more than 128 words) of the major heap, and raw memory for the runtime itself.
 *
 * A chunk is a run of pages filled without gaps by blocks and holes, each with a header; a hole's color is
 * free.
 *
 * ┌───────────────────────┬───────┬──────┬─────────────┬─ ─ ─
 * │ next, end, stamp, 0   │ block │ hole │ block       │
 * └───────────────────────┴───────┴──────┴─────────────┴─ ─ ─
 *
 * Holes of at least 3 words are in bins by size: 8 bins per power of two, a bitmap says which bins are not
 * empty. Allocation takes the head of its own bin if that fits, else the head of the next larger bin: a good
 * fit in constant time. Raw memory is a block of color static: it stays until `freeRaw`.
 *
 * After marking all chunks are unswept and the bins are empty. The sweep walks the chunks, as far as its budget
 * reaches, frees white blocks, whitens black ones, joins neighbouring holes into bins, and releases chunks that are
 * one hole. One chunk at a time is half swept, up to `sweepAt`. Allocation never takes from what is not swept.
 */

import { makeHeader, rawHeader, wosizeAt, wosizeOfHeader } from './header'
import { COLOR_BLACK, COLOR_FREE, COLOR_WHITE, TAG_ABSTRACT } from './layout'
import { POISON, poisoning } from './pools'
import { PAGE_BYTES, PAGE_LARGE, PAGE_SHIFT, pageKind, releasePages, takePages } from './pages'

const CHUNK_NEXT: usize = 0
const CHUNK_END: usize = 4
/** The cycle in which it was swept. */
const CHUNK_STAMP: usize = 8
export const CHUNK_HEADER: usize = 16
const CHUNK_PAGES: usize = 8
/** Blocks beyond this are beyond 4 GiB. */
export const MAX_LARGE_WOSIZE: usize = 0x1fffff00

const BIN_COUNT: i32 = 256
const bins: usize = memory.data(256 << 2, 8)
/** 256 bits: which bins hold something. */
const binBits: usize = memory.data(32, 8)

/** Swept chunks. */
let chunks: usize = 0
/** Chunks that are still to be swept; the first one up to `sweepAt` is. */
let unswept: usize = 0
/** Where the sweep goes on in the first unswept chunk; 0: it has not been begun. */
let sweepAt: usize = 0
/** The stamp of chunks that have been swept since the last marking. */
let cycle: u32 = 0
/** Blocks that one allocation sweeps at most before it takes a new chunk. */
const SWEPT_PER_ALLOCATION: i32 = 64
/** Words of large blocks allocated since the last marking ended. */
export let largeWordsTaken: u64 = 0

export function initLarge(): void {
  chunks = 0
  unswept = 0
  sweepAt = 0
  cycle = 0
  largeWordsTaken = 0
  clearBins()
}

export function resetLargeWordsTaken(): void {
  largeWordsTaken = 0
}

function clearBins(): void {
  memory.fill(bins, 0, (<usize>BIN_COUNT) << 2)
  memory.fill(binBits, 0, 32)
}

/**
 * The bin of holes of this many words (header included, at least 8): the power of two and the next three
 * bits.
 */
// @ts-ignore: decorator
@inline
function binOf(words: usize): i32 {
  if (words < 8) return 0
  const log = <usize>(31 - clz<u32>(<u32>words))
  return <i32>((log << 3) | ((words >> (log - 3)) & 7))
}

function writeHole(start: usize, words: usize): void {
  if (poisoning) memory.fill(start, POISON, words << 3)
  store<u64>(start, makeHeader(words - 1, COLOR_FREE, TAG_ABSTRACT))
}

function addHole(start: usize, words: usize): void {
  writeHole(start, words)
  if (words < 3) return
  const bin = binOf(words)
  store<u64>(start, <u64>load<u32>(bins + ((<usize>bin) << 2)), 8)
  store<u32>(bins + ((<usize>bin) << 2), <u32>start)
  const word = binBits + ((<usize>bin >> 6) << 3)
  store<u64>(word, load<u64>(word) | ((<u64>1) << (<u64>(bin & 63))))
}

/** Unlinks the head of a bin. */
function takeHead(bin: i32): usize {
  const slot = bins + ((<usize>bin) << 2)
  const hole = <usize>load<u32>(slot)
  const next = load<u32>(hole, 8)
  store<u32>(slot, next)
  if (!next) {
    const word = binBits + ((<usize>bin >> 6) << 3)
    store<u64>(word, load<u64>(word) & ~((<u64>1) << (<u64>(bin & 63))))
  }
  return hole
}

/** The first non-empty bin from `bin` on, or -1. */
function nextBin(bin: i32): i32 {
  let index = bin >> 6
  let bits =
    bin < BIN_COUNT ? load<u64>(binBits + ((<usize>index) << 3)) & (u64.MAX_VALUE << (<u64>(bin & 63))) : 0
  while (index < 4) {
    if (bits) return (index << 6) + <i32>ctz<u64>(bits)
    index++
    if (index < 4) bits = load<u64>(binBits + ((<usize>index) << 3))
  }
  return -1
}

/** A hole of at least `words`, unlinked; 0 if there is none. */
function takeHole(words: usize): usize {
  const own = binOf(words)
  const head = <usize>load<u32>(bins + ((<usize>own) << 2))
  if (head && wosizeOfHeader(load<u64>(head)) + 1 >= words) return takeHead(own)
  const larger = nextBin(own + 1)
  return larger < 0 ? 0 : takeHead(larger)
}

/** A new chunk as one hole of at least `words`, not in a bin; 0 if there are no pages. */
function newChunk(words: usize): usize {
  const needed = ((words << 3) + CHUNK_HEADER + PAGE_BYTES - 1) >> PAGE_SHIFT
  let pages = max(needed, CHUNK_PAGES)
  let chunk: usize = 0
  while (!(chunk = takePages(pages, PAGE_LARGE))) {
    if (pages == needed) return 0
    pages = max(needed, pages >> 1)
  }
  store<u32>(chunk, <u32>chunks, CHUNK_NEXT)
  store<u32>(chunk, <u32>(chunk + (pages << PAGE_SHIFT)), CHUNK_END)
  store<u32>(chunk, cycle, CHUNK_STAMP)
  chunks = chunk
  const hole = chunk + CHUNK_HEADER
  store<u64>(hole, makeHeader((((pages << PAGE_SHIFT) - CHUNK_HEADER) >> 3) - 1, COLOR_FREE, TAG_ABSTRACT))
  return hole
}

/** Room for a block of `wosize` words with this header: its address, or 0. The fields hold anything. */
export function allocateLarge(wosize: usize, header: u64): usize {
  if (wosize > MAX_LARGE_WOSIZE) return 0
  const words = wosize + 1
  let hole = takeHole(words)
  if (!hole && unswept) {
    sweepSomeLarge(SWEPT_PER_ALLOCATION)
    hole = takeHole(words)
  }
  if (!hole) hole = newChunk(words)
  if (!hole) return 0
  const rest = wosizeOfHeader(load<u64>(hole)) + 1 - words
  if (rest) addHole(hole + (words << 3), rest)
  store<u64>(hole, header)
  largeWordsTaken += words
  return hole + 8
}

/** Memory for the runtime's own use, 8-aligned; 0 if there is none. */
export function allocateRaw(bytes: usize): usize {
  const wosize = max<usize>((bytes + 7) >> 3, 2)
  return allocateLarge(wosize, rawHeader(wosize))
}

/** What lies in memory that is still to be swept becomes garbage for the sweep. */
export function freeRaw(address: usize): void {
  const words = wosizeAt(address) + 1
  if (isUnsweptAt(address)) store<u64>(address - 8, makeHeader(words - 1, COLOR_WHITE, TAG_ABSTRACT))
  else addHole(address - 8, words)
}

// Sweeping.

/** Whether the sweep has not come to an address in a chunk yet. */
export function isUnsweptAt(address: usize): bool {
  if (!unswept) return false
  const chunk = chunkAround(address)
  if (chunk == unswept && address < sweepAt) return false
  return load<u32>(chunk, CHUNK_STAMP) != cycle
}

/** The chunk of large blocks around an address. */
export function chunkAround(address: usize): usize {
  let page = address >> PAGE_SHIFT
  while (pageKind(page) != PAGE_LARGE) page--
  return page << PAGE_SHIFT
}

/** After marking: every chunk is to be swept. Needs all swept before. */
export function beginLargeSweep(): void {
  cycle++
  clearBins()
  unswept = chunks
  sweepAt = 0
  chunks = 0
}

/** Sweeps at most about `count` blocks; what is left of `count`, which is more than 0 if all chunks are swept. */
export function sweepSomeLarge(count: i32): i32 {
  while (unswept && count > 0) {
    const chunk = unswept
    const end = <usize>load<u32>(chunk, CHUNK_END)
    count = sweepChunk(chunk, end, count)
    if (sweepAt != end) break
    unswept = <usize>load<u32>(chunk, CHUNK_NEXT)
    sweepAt = 0
    if (isOneHole(chunk, end)) {
      releasePages(chunk, (end - chunk) >> PAGE_SHIFT)
    } else {
      store<u32>(chunk, cycle, CHUNK_STAMP)
      store<u32>(chunk, <u32>chunks, CHUNK_NEXT)
      chunks = chunk
    }
  }
  return count
}

export function finishLargeSweep(): void {
  sweepSomeLarge(i32.MAX_VALUE)
}

export function isLargeSwept(): bool {
  return unswept == 0
}

/** A hole that is the whole chunk is in no bin. */
function isOneHole(chunk: usize, end: usize): bool {
  const header = load<u64>(chunk + CHUNK_HEADER)
  return ((header >> 8) & 3) == COLOR_FREE && chunk + CHUNK_HEADER + ((wosizeOfHeader(header) + 1) << 3) == end
}

/** Goes on with a chunk for `count` blocks, sets `sweepAt`; what is left of `count`. */
function sweepChunk(chunk: usize, end: usize, count: i32): i32 {
  const first = chunk + CHUNK_HEADER
  let block = sweepAt ? sweepAt : first
  let hole: usize = 0
  for (; block < end && count > 0; count--) {
    const header = load<u64>(block)
    const color = (header >> 8) & 3
    const next = block + ((wosizeOfHeader(header) + 1) << 3)
    if (color == COLOR_WHITE || color == COLOR_FREE) {
      if (!hole) hole = block
    } else {
      if (color == COLOR_BLACK) store<u64>(block, header ^ (COLOR_BLACK << 8))
      if (hole) addHole(hole, (block - hole) >> 3)
      hole = 0
    }
    block = next
  }
  sweepAt = block
  if (hole == first && block == end) writeHole(hole, (end - hole) >> 3)
  else if (hole) addHole(hole, (block - hole) >> 3)
  return count
}

// Walking.

export function chunkEnd(chunk: usize): usize {
  return <usize>load<u32>(chunk, CHUNK_END)
}

export function binHead(bin: i32): usize {
  return <usize>load<u32>(bins + ((<usize>bin) << 2))
}

export function binCount(): i32 {
  return BIN_COUNT
}

export function binOfHole(words: usize): i32 {
  return binOf(words)
}
