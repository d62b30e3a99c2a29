/**
 * Pages: the major heap's address space, handed out in units of 32 KiB.
 *
 * The page table has one byte per page: its kind. Pages of one chunk of large blocks are contiguous; the
 * first has kind `PAGE_LARGE`, the others `PAGE_LARGE_MORE`. A page never leaves the Wasm memory again, but
 * free pages are used again by all kinds.
 *
 * Invariant: outside a minor collection `reservedPages` pages stay free, enough to promote whatever the minor
 * heap can hold. So a collection that has begun cannot fail.
 */

export const PAGE_BYTES: usize = 32768
export const PAGE_SHIFT: usize = 15
const WASM_PAGE_BYTES: usize = 65536
const ADDRESSABLE_PAGES: usize = 131072
/** Memory grows by at least this many pages at a time, when it can. */
const GROWTH_PAGES: usize = 64

export const PAGE_FREE: u8 = 0
export const PAGE_POOL: u8 = 1
export const PAGE_LARGE: u8 = 2
export const PAGE_LARGE_MORE: u8 = 3
export const PAGE_ROOTS: u8 = 4
export const PAGE_STATIC: u8 = 5
/** A pool whose blocks have moved elsewhere, during a compaction. */
export const PAGE_LEAVING: u8 = 6

/** One byte per page of the whole address space, indexed by address >> 15. */
export let pageTable: usize = 0
export let firstPage: usize = 0
/** End of the pages that exist. */
export let endPage: usize = 0
export let freePages: usize = 0
export let usedPages: usize = 0
/** The most that have been in use at once. */
export let topUsedPages: usize = 0
/** Pages in use at most; beyond it only promotion may go. */
export let limitPages: usize = 0
export let reservedPages: usize = 0
/** Set during a minor collection. */
let promoting: bool = false
/** No page below it is free. */
let lowestFree: usize = 0

let growthsUntilFailure: i32 = 0
let failingGrowths: i32 = 0

/** For tests: the `nth` growth from now on fails (1: the next), and `count - 1` after it. */
export function inject_growth_failure(nth: i32, count: i32): void {
  growthsUntilFailure = nth
  failingGrowths = count
}

function injectedFailure(): bool {
  if (growthsUntilFailure > 1) {
    growthsUntilFailure--
    return false
  }
  if (growthsUntilFailure == 1 && failingGrowths > 0) {
    failingGrowths--
    return true
  }
  return false
}

/** Makes the memory at least `end` bytes long. */
export function growMemoryTo(end: u64): bool {
  const have = <u64>memory.size() * WASM_PAGE_BYTES
  if (end <= have) return true
  if (end > 0xffff0000 || injectedFailure()) return false
  const pages = <i32>((end - have + (WASM_PAGE_BYTES - 1)) / WASM_PAGE_BYTES)
  return memory.grow(pages) >= 0
}

/** Starts the page area at `start`, where the table itself is placed. */
export function initPages(start: usize, limitBytes: usize): bool {
  const table = (start + 15) & ~15
  if (!growMemoryTo(<u64>table + ADDRESSABLE_PAGES)) return false
  pageTable = table
  firstPage = (table + ADDRESSABLE_PAGES + PAGE_BYTES - 1) >> PAGE_SHIFT
  endPage = firstPage
  lowestFree = firstPage
  freePages = 0
  usedPages = 0
  topUsedPages = 0
  reservedPages = 0
  limitPages = limitBytes >> PAGE_SHIFT
  return true
}

/** For the host: pages of 32 KiB that hold anything. */
export function pages_in_use(): usize {
  return usedPages
}

export function setReservedPages(count: usize): void {
  reservedPages = count
}

export function setPromoting(on: bool): void {
  promoting = on
}

// @ts-ignore: decorator
@inline
export function pageKind(page: usize): u8 {
  return load<u8>(pageTable + page)
}

export function setPageKind(page: usize, kind: u8): void {
  store<u8>(pageTable + page, kind)
}

/** The kind of the page around any address at all. */
// @ts-ignore: decorator
@inline
export function pageKindAt(address: usize): u8 {
  const page = address >> PAGE_SHIFT
  return page < firstPage || page >= endPage ? PAGE_FREE : pageKind(page)
}

function addPages(count: usize): bool {
  const end = (<u64>endPage + count) << PAGE_SHIFT
  if (!growMemoryTo(end)) return false
  // The Wasm page size is twice ours: take what came along.
  const reached = <usize>((<u64>memory.size() * WASM_PAGE_BYTES) >> PAGE_SHIFT)
  freePages += reached - endPage
  endPage = reached
  return true
}

/** Makes sure that `count` pages are free, growing the memory if need be. */
export function ensureFreePages(count: usize): bool {
  if (freePages >= count) return true
  const missing = count - freePages
  return addPages(max(missing, GROWTH_PAGES)) || addPages(missing)
}

/** First of `count` contiguous free pages, 0 if there are none. */
function findRun(count: usize): usize {
  let page = lowestFree
  while (page < endPage && pageKind(page) != PAGE_FREE) page++
  lowestFree = page
  let run: usize = 0
  while (page < endPage) {
    run = pageKind(page) == PAGE_FREE ? run + 1 : 0
    page++
    if (run == count) return page - count
  }
  return 0
}

/** Contiguous free pages, grown at the end of memory when there is no gap. */
function findOrGrow(count: usize): usize {
  if (freePages >= count) {
    const found = findRun(count)
    if (found) return found
  }
  let trailing: usize = 0
  while (trailing < count && endPage - trailing > firstPage && pageKind(endPage - trailing - 1) == PAGE_FREE)
    trailing++
  const missing = count - trailing
  const start = endPage - trailing
  return addPages(max(missing, GROWTH_PAGES)) || addPages(missing) ? start : 0
}

/**
 * Takes `count` contiguous pages; their address, or 0. Outside a collection it respects the heap limit and
 * leaves `reservedPages` free; promotion may use everything.
 */
export function takePages(count: usize, kind: u8): usize {
  if (!promoting) {
    if (usedPages + count > limitPages) return 0
    if (!ensureFreePages(count + reservedPages)) return 0
  }
  const page = findOrGrow(count)
  if (!page) return 0
  store<u8>(pageTable + page, kind)
  // Static blocks lie on all pages of a chunk; a large block begins on the first.
  const more = kind == PAGE_STATIC ? kind : PAGE_LARGE_MORE
  for (let i: usize = 1; i < count; i++) store<u8>(pageTable + page + i, more)
  freePages -= count
  usedPages += count
  topUsedPages = max(topUsedPages, usedPages)
  return page << PAGE_SHIFT
}

export function releasePages(address: usize, count: usize): void {
  const page = address >> PAGE_SHIFT
  memory.fill(pageTable + page, PAGE_FREE, count)
  freePages += count
  usedPages -= count
  if (page < lowestFree) lowestFree = page
}
