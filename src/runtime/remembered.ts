/**
 * The remembered set and the write barrier.
 *
 * Invariant: every slot outside the minor area that holds a young block is in the table (once or more), or is
 * a root of another kind (frame, root pool, …), or `rememberAll` is set. A table that grows large asks for a minor
 * collection soon. Where none can come in time, as in a long copy, it grows up to a bound or until memory is short; then
 * `rememberAll` makes the next minor collection look at the whole major heap instead.
 */

import { request_collection } from './gc'
import { isYoung } from './header'
import { allocateRaw, freeRaw } from './large'
import { MARKING, YOUNG_SIZE, YOUNG_START } from './layout'
import { Value } from './value'
import { shade } from './mark'

const INITIAL_CAPACITY: usize = 8192
const MAX_CAPACITY: usize = 2097152
/** From here on a collection is asked for. */
const LARGE_CAPACITY: usize = 65536

export let table: usize = 0
export let tableNext: usize = 0
/** Where `remember` takes the slow path: the end of the table, or that of its first `LARGE_CAPACITY` entries. */
let tableEnd: usize = 0
let capacity: usize = 0
export let rememberAll: bool = false

export function initRemembered(): bool {
  rememberAll = false
  capacity = INITIAL_CAPACITY
  table = allocateRaw(capacity << 2)
  tableNext = table
  tableEnd = table + (capacity << 2)
  return table != 0
}

/** How many entries the table has. */
export function rememberedEntries(): usize {
  return (tableNext - table) >> 2
}

export function clearRemembered(): void {
  tableNext = table
  tableEnd = table + (min(capacity, LARGE_CAPACITY) << 2)
  rememberAll = false
}

/** Room for more entries: there is some, or the table grows. False: it cannot. */
function extendTable(): bool {
  const used = tableEnd - table
  if (used >= LARGE_CAPACITY << 2) request_collection()
  if (used == capacity << 2) {
    if (capacity >= MAX_CAPACITY) return false
    const grown = allocateRaw(capacity << 3)
    if (!grown) return false
    memory.copy(grown, table, used)
    freeRaw(table)
    table = grown
    tableNext = grown + used
    capacity <<= 1
  }
  tableEnd = table + (capacity << 2)
  return true
}

function rememberSlow(slot: usize): void {
  if (rememberAll) return
  if (extendTable()) {
    store<u32>(tableNext, <u32>slot)
    tableNext += 4
  } else {
    rememberAll = true
  }
}

// @ts-ignore: decorator
@inline
export function remember(slot: usize): void {
  const next = tableNext
  if (next < tableEnd) {
    store<u32>(next, <u32>slot)
    tableNext = next + 4
  } else {
    rememberSlow(slot)
  }
}

/** Assigns to a field of any block, or to a global slot. */
export function caml_modify(slot: usize, v: Value): void {
  const start = load<u32>(YOUNG_START)
  const size = load<u32>(YOUNG_SIZE)
  if (slot - start < size) {
    store<i64>(slot, v)
    return
  }
  const old = load<i64>(slot)
  store<i64>(slot, v)
  if (load<i32>(MARKING)) shade(old)
  const half = <u64>size >> 1
  if (isYoung(v, <u64>start, half) && !isYoung(old, <u64>start, half)) remember(slot)
}

/**
 * The first store into a field of a block that was allocated in the major heap; what is there now is not
 * read.
 */
export function caml_initialize(slot: usize, v: Value): void {
  store<i64>(slot, v)
  const start = load<u32>(YOUNG_START)
  const size = load<u32>(YOUNG_SIZE)
  if (slot - start >= size && isYoung(v, <u64>start, <u64>size >> 1)) remember(slot)
}
