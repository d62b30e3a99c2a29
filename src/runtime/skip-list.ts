/**
 * Ordered sets of addresses: skip lists, as OCaml's runtime has for its global roots. Insertion, removal and search take
 * logarithmic time, expected.
 *
 * A list is a block of forward links, one per level, 0 at the end, then the highest level in use. A node:
 *
 * ┌─────────┬────────┬─────────┬─ ─ ─┬─────────────┐
 * │ address │ height │ link 0  │     │ link height │   u32 each
 * └─────────┴────────┴─────────┴─ ─ ─┴─────────────┘
 *
 * Of four nodes of a height one is higher, on average. Nodes come from arenas of raw memory, by height; arenas are given back when
 * no list has a node.
 */

import { allocateRaw, freeRaw } from './large'

const LEVELS: i32 = 17
const LINKS_BYTES: usize = 4 * 17
/** What a list takes: 72 bytes. */
const SKIP_LIST_BYTES: usize = 72
const LEVEL: usize = LINKS_BYTES
const ADDRESS: usize = 0
const HEIGHT: usize = 4
const LINKS: usize = 8
const ARENA_BYTES: usize = 65536

/** Free nodes of each height, linked by link 0. */
const freeNodes: usize = memory.data(4 * 17, 8)
/** Where the last search went down a level: the links that point at or beyond its address. */
const path: usize = memory.data(4 * 17, 8)

let arenas: usize = 0
let arenaNext: usize = 0
let arenaEnd: usize = 0
let nodes: u32 = 0
let random: u32 = 1

export function initSkipLists(): void {
  memory.fill(freeNodes, 0, LINKS_BYTES)
  arenas = 0
  arenaNext = 0
  arenaEnd = 0
  nodes = 0
  random = 2463534242
}

export function clearSkipList(list: usize): void {
  memory.fill(list, 0, SKIP_LIST_BYTES)
}

/** The node of the least address; 0: none. */
// @ts-ignore: decorator
@inline
export function firstNode(list: usize): usize {
  return <usize>load<u32>(list)
}

// @ts-ignore: decorator
@inline
export function nextNode(node: usize): usize {
  return <usize>load<u32>(node, LINKS)
}

// @ts-ignore: decorator
@inline
export function nodeAddress(node: usize): usize {
  return <usize>load<u32>(node, ADDRESS)
}

/** Fills `path`; the first node at or beyond the address, 0 if there is none. */
function search(list: usize, address: usize): usize {
  // A list's links are those of a node before all others.
  let before = list
  let level: usize = (<usize>load<i32>(list, LEVEL)) << 2
  while (true) {
    let next = <usize>load<u32>(before + level)
    while (next && nodeAddress(next) < address) {
      before = next + LINKS
      next = <usize>load<u32>(before + level)
    }
    store<u32>(path + level, <u32>(before + level))
    if (!level) return next
    level -= 4
  }
}

/** A height with the probability 1/4 ^ height. */
function randomHeight(): i32 {
  random ^= random << 13
  random ^= random >> 17
  random ^= random << 5
  return min<i32>(<i32>ctz<u32>(random) >> 1, LEVELS - 1)
}

function newArena(): bool {
  const arena = allocateRaw(ARENA_BYTES)
  if (!arena) return false
  store<u32>(arena, <u32>arenas)
  arenas = arena
  arenaNext = arena + 8
  arenaEnd = arena + ARENA_BYTES
  return true
}

function newNode(height: i32): usize {
  const free = freeNodes + ((<usize>height) << 2)
  let node = <usize>load<u32>(free)
  if (node) {
    store<u32>(free, load<u32>(node, LINKS))
  } else {
    const bytes = LINKS + ((<usize>height + 1) << 2)
    if (arenaNext + bytes > arenaEnd && !newArena()) return 0
    node = arenaNext
    arenaNext += bytes
  }
  store<i32>(node, height, HEIGHT)
  nodes++
  return node
}

function freeNode(node: usize): void {
  const free = freeNodes + ((<usize>load<i32>(node, HEIGHT)) << 2)
  store<u32>(node, load<u32>(free), LINKS)
  store<u32>(free, <u32>node)
  if (!--nodes && load<u32>(arenas)) freeArenas()
}

/** All but the newest. */
function freeArenas(): void {
  memory.fill(freeNodes, 0, LINKS_BYTES)
  arenaNext = arenas + 8
  for (let arena = <usize>load<u32>(arenas); arena; ) {
    const next = <usize>load<u32>(arena)
    freeRaw(arena)
    arena = next
  }
  store<u32>(arenas, 0)
}

/** Links a node in at the place that the last search of the list has found. */
function linkNode(list: usize, node: usize): void {
  const height = load<i32>(node, HEIGHT)
  const end = (<usize>height + 1) << 2
  for (let level = load<i32>(list, LEVEL); level < height; ) {
    level++
    store<u32>(path + ((<usize>level) << 2), <u32>(list + ((<usize>level) << 2)))
    store<i32>(list, level, LEVEL)
  }
  for (let level: usize = 0; level < end; level += 4) {
    const link = <usize>load<u32>(path + level)
    store<u32>(node + level, load<u32>(link), LINKS)
    store<u32>(link, <u32>node)
  }
}

/** Adds an address unless it is there; false: no memory. */
export function insertAddress(list: usize, address: usize): bool {
  const found = search(list, address)
  if (found && nodeAddress(found) == address) return true
  const node = newNode(randomHeight())
  if (!node) return false
  store<u32>(node, <u32>address, ADDRESS)
  linkNode(list, node)
  return true
}

/** Removes an address; false: it is not there. */
export function removeAddress(list: usize, address: usize): bool {
  const node = search(list, address)
  if (!node || nodeAddress(node) != address) return false
  const end = (<usize>load<i32>(node, HEIGHT) + 1) << 2
  for (let level: usize = 0; level < end; level += 4) {
    store<u32>(<usize>load<u32>(path + level), load<u32>(node + level, LINKS))
  }
  let top = load<i32>(list, LEVEL)
  while (top > 0 && !load<u32>(list + ((<usize>top) << 2))) top--
  store<i32>(list, top, LEVEL)
  freeNode(node)
  return true
}

/** Moves all addresses of one list to another, without needing memory. */
export function moveAddresses(from: usize, to: usize): void {
  let node = firstNode(from)
  clearSkipList(from)
  while (node) {
    const next = nextNode(node)
    const found = search(to, nodeAddress(node))
    if (found && nodeAddress(found) == nodeAddress(node)) freeNode(node)
    else linkNode(to, node)
    node = next
  }
}
