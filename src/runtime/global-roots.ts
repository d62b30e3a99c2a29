/**
 * Global roots: cells outside the heap (static data, memory of a library's own) that hold values, registered by address, as C
 * stubs do. Two kinds:
 *
 * - plain: the cell may be assigned at any time without telling anybody; every minor collection looks at all plain cells.
 * - generational: the cell changes only by `caml_modify_generational_global_root`; a minor collection looks at the young ones alone.
 *
 * As in OCaml's runtime a registered cell is in one of three skip lists: `plain`; `young`, if a generational cell may hold a young
 * block; `old`, if it holds any other block. A generational cell that holds an immediate is in none. A cell that has got an old
 * value while it was in `young` stays there until the next minor collection, which moves all of them to `old`.
 *
 * All lists are marked at once when marking starts: what is stored later is reachable otherwise or black. (For many roots this is a
 * pause, which the root pools do not have.)
 */

import { isBlock, isYoung, isYoungValue } from './header'
import { markValue } from './mark'
import { moveRoot } from './minor'
import {
  clearSkipList,
  firstNode,
  initSkipLists,
  insertAddress,
  moveAddresses,
  nextNode,
  nodeAddress,
  removeAddress,
} from './skip-list'
import { Value } from './value'

const plain: usize = memory.data(72, 8)
const young: usize = memory.data(72, 8)
const old: usize = memory.data(72, 8)

export function initGlobalRoots(): void {
  initSkipLists()
  clearSkipList(plain)
  clearSkipList(young)
  clearSkipList(old)
}

export function plainGlobalRoots(): usize {
  return plain
}

export function youngGlobalRoots(): usize {
  return young
}

export function oldGlobalRoots(): usize {
  return old
}

/** The cell must hold a value. False: no memory. */
export function caml_register_global_root(cell: usize): bool {
  return insertAddress(plain, cell)
}

export function caml_remove_global_root(cell: usize): void {
  removeAddress(plain, cell)
}

/** The cell must hold a value. False: no memory. */
export function caml_register_generational_global_root(cell: usize): bool {
  return addCell(cell, load<i64>(cell))
}

function addCell(cell: usize, v: Value): bool {
  if (!isBlock(v)) return true
  return insertAddress(isYoungValue(v) ? young : old, cell)
}

function removeCell(cell: usize, v: Value): void {
  if (!isBlock(v)) return
  if (isYoungValue(v) || !removeAddress(old, cell)) removeAddress(young, cell)
}

export function caml_remove_generational_global_root(cell: usize): void {
  removeCell(cell, load<i64>(cell))
}

/** Assigns to a generational cell. False: no memory, and the cell is as before. */
export function caml_modify_generational_global_root(cell: usize, v: Value): bool {
  const before = load<i64>(cell)
  if (isBlock(before) && !isBlock(v)) removeCell(cell, before)
  else if (isYoungValue(v) && !isYoungValue(before)) {
    if (!insertAddress(young, cell)) return false
    if (isBlock(before)) removeAddress(old, cell)
  } else if (!isBlock(before) && !addCell(cell, v)) return false
  store<i64>(cell, v)
  return true
}

// For the collector.

function scanYoungCells(list: usize, start: u64, half: u64): void {
  for (let node = firstNode(list); node; node = nextNode(node)) {
    const cell = nodeAddress(node)
    const v = load<i64>(cell)
    if (isYoung(v, start, half)) moveRoot(<usize>v, cell)
  }
}

/** Moves what the cells hold out of the minor area; no generational cell is young any more. */
export function scanYoungGlobalRoots(start: u64, half: u64): void {
  scanYoungCells(plain, start, half)
  scanYoungCells(young, start, half)
  moveAddresses(young, old)
}

function markCells(list: usize): void {
  for (let node = firstNode(list); node; node = nextNode(node)) markValue(load<i64>(nodeAddress(node)))
}

export function markGlobalRoots(): void {
  markCells(plain)
  markCells(young)
  markCells(old)
}
