/**
 * `Gc.finalise` and `Gc.finalise_last`.
 *
 * Functions run at the next poll, on top of the frames of the thread that polls (`src/engine/domain.ts`).
 *
 * Two tables of entries {value, function}, 16 bytes each, in raw memory. The functions are roots. `first`
 * keeps its values alive through minor collections; when a marking finds one unreachable, it is kept for its
 * function, which gets it. `last` keeps nothing alive; its function gets `()` after any collection that finds
 * the value dead. Functions that are due wait in `due`, whose entries are roots, until the engine takes them
 * (`take_finaliser`): those of an earlier collection first, of those of one collection the last registered first.
 *
 * Invariants: entries from `young…` on may hold young blocks, those before do not. `due` always has room for
 * every entry of both tables, so a collection never needs memory for it.
 */

import { invalidArgument, raise_out_of_memory } from './exceptions'
import { colorOfHeader, headerAt, infixOffset, isImmediate, isYoungValue, tagOfHeader, UNIT } from './header'
import { allocateRaw, freeRaw } from './large'
import { COLOR_STATIC, COLOR_WHITE, INTERRUPT_FINALISE, INTERRUPTS, STACK_LIMIT, TAG_DOUBLE, TAG_FORWARD, TAG_INFIX, TAG_LAZY } from './layout'
import { markRoot } from './mark'
import { Value } from './value'

const ENTRY_SHIFT: usize = 4
const INITIAL_CAPACITY: usize = 32

/** A table's record: address, count, capacity, index of the first entry that may be young. */
const COUNT: usize = 4
const CAPACITY: usize = 8
const YOUNG_FROM: usize = 12
const first: usize = memory.data(16, 8)
const last: usize = memory.data(16, 8)
const due: usize = memory.data(16, 8)
/** So many entries at the beginning of `due` have been taken. */
let taken: usize = 0
/** Whether the function that was taken last is still running: the next one waits for it, or for `Gc.finalise_release`. */
let running: bool = false

export function initFinalisers(): void {
  memory.fill(first, 0, 16)
  memory.fill(last, 0, 16)
  memory.fill(due, 0, 16)
  taken = 0
  running = false
}

// @ts-ignore: decorator
@inline
function count(table: usize): usize {
  return <usize>load<u32>(table, COUNT)
}

// @ts-ignore: decorator
@inline
function entryAt(table: usize, index: usize): usize {
  return <usize>load<u32>(table) + (index << ENTRY_SHIFT)
}

function ensureCapacity(table: usize, needed: usize): bool {
  const capacity = <usize>load<u32>(table, CAPACITY)
  if (needed <= capacity) return true
  const grown = max<usize>(max<usize>(capacity << 1, INITIAL_CAPACITY), needed)
  const entries = allocateRaw(grown << ENTRY_SHIFT)
  if (!entries) return false
  const old = <usize>load<u32>(table)
  if (old) {
    memory.copy(entries, old, count(table) << ENTRY_SHIFT)
    freeRaw(old)
  }
  store<u32>(table, <u32>entries)
  store<u32>(table, <u32>grown, CAPACITY)
  return true
}

function append(table: usize, value: Value, run: Value): void {
  const entry = entryAt(table, count(table))
  store<i64>(entry, value)
  store<i64>(entry, run, 8)
  store<u32>(table, load<u32>(table, COUNT) + 1, COUNT)
}

function baseOf(v: Value): usize {
  const block = <usize>v
  const header = headerAt(block)
  return tagOfHeader(header) == TAG_INFIX ? block - infixOffset(header) : block
}

/** Lazy values and floats may be copied or replaced unseen. */
function canBeFinalised(v: Value): bool {
  if (isImmediate(v)) return false
  const tag = tagOfHeader(headerAt(baseOf(v)))
  return tag != TAG_LAZY && tag != TAG_DOUBLE && tag != TAG_FORWARD
}

function register(sp: usize, table: usize, run: Value, v: Value): Value {
  if (!canBeFinalised(v)) return invalidArgument(sp, 'Gc.finalise')
  // What is static never dies.
  if (colorOfHeader(headerAt(baseOf(v))) == COLOR_STATIC) return UNIT
  const all = count(first) + count(last) + count(due) + 1
  if (all > <usize>load<u32>(due, CAPACITY)) forgetTaken()
  if (!ensureCapacity(due, all) || !ensureCapacity(table, count(table) + 1)) return raise_out_of_memory(sp)
  append(table, v, run)
  return UNIT
}

function forgetTaken(): void {
  const left = count(due) - taken
  memory.copy(entryAt(due, 0), entryAt(due, taken), left << ENTRY_SHIFT)
  store<u32>(due, <u32>left, COUNT)
  store<u32>(due, <u32>(max(<usize>load<u32>(due, YOUNG_FROM), taken) - taken), YOUNG_FROM)
  taken = 0
}

export function caml_final_register(sp: usize, run: Value, v: Value): Value {
  return register(sp, first, run, v)
}

export function caml_final_register_called_without_value(sp: usize, run: Value, v: Value): Value {
  return register(sp, last, run, v)
}

/** A function has returned or lets others run before it does. */
export function caml_final_release(_sp: usize, _unit: Value): Value {
  release_finalisers()
  return UNIT
}

/** The function that was taken last has ended in whatever way. */
export function release_finalisers(): void {
  running = false
  requestFinalisers()
}

// Running.

/** Asks for a poll if functions may run. */
export function requestFinalisers(): void {
  if (finalisers_due() == 0) return
  atomic.or<i32>(INTERRUPTS, INTERRUPT_FINALISE)
  atomic.store<i32>(STACK_LIMIT, 0)
}

/** How many functions may run. */
export function finalisers_due(): i32 {
  return running ? 0 : <i32>(count(due) - taken)
}

/** The argument of the function that is to run next; 0 if none is due. */
export function finaliser_argument(): Value {
  return finalisers_due() ? load<i64>(entryAt(due, taken)) : 0
}

/** Takes the function that is to run next; 0 if none is due. Its argument must have been read before. */
export function take_finaliser(): Value {
  if (!finalisers_due()) return 0
  running = true
  const run = load<i64>(entryAt(due, taken++), 8)
  if (taken == count(due)) forgetTaken()
  return run
}

// Minor collections.

/**
 * Entries that may be young, as slots: calls for `first` and `due` cover value and function, for `last` the
 * function alone.
 */
export function firstYoungSlot(table: i32): usize {
  const from = <usize>load<u32>(tableOf(table), YOUNG_FROM)
  return entryAt(tableOf(table), table == 1 ? max(from, taken) : from)
}

export function slotsEnd(table: i32): usize {
  return entryAt(tableOf(table), count(tableOf(table)))
}

/** Where all slots of a table begin, values and functions; what has been taken is none of them. They end at `slotsEnd`. */
export function firstSlotOf(table: i32): usize {
  return entryAt(tableOf(table), table == 1 ? taken : 0)
}

/** 0 first, 1 due, 2 last. */
function tableOf(index: i32): usize {
  return index == 0 ? first : index == 1 ? due : last
}

/** After everything reachable has moved: values of `last` that have not are dead. */
export function settleYoungFinalisers(): void {
  const all = count(last)
  const from = <usize>load<u32>(last, YOUNG_FROM)
  let kept = from
  for (let i = all; i > from; i--) {
    const entry = entryAt(last, i - 1)
    if (hasStayed(load<i64>(entry))) append(due, UNIT, load<i64>(entry, 8))
  }
  for (let i = from; i < all; i++) {
    const entry = entryAt(last, i)
    const v = load<i64>(entry)
    if (!hasStayed(v)) keep(last, kept++, isYoungValue(v) ? moved(v) : v, load<i64>(entry, 8))
  }
  store<u32>(last, <u32>kept, COUNT)
  for (let table = 0; table < 3; table++)
    store<u32>(tableOf(table), load<u32>(tableOf(table), COUNT), YOUNG_FROM)
}

/** Whether a value is a young block that has not moved. */
function hasStayed(v: Value): bool {
  return isYoungValue(v) && headerAt(baseOf(v)) != 0 && headerAt(<usize>v) != 0
}

/** Where a young block, perhaps an infix pointer into one, has moved. */
function moved(v: Value): Value {
  const block = <usize>v
  const header = headerAt(block)
  if (header == 0) return load<i64>(block)
  const offset = infixOffset(header)
  return load<i64>(block - offset) + <i64>offset
}

function keep(table: usize, index: usize, v: Value, run: Value): void {
  const entry = entryAt(table, index)
  store<i64>(entry, v)
  store<i64>(entry, run, 8)
}

// Major collections.

export function markFinaliserRoots(): void {
  for (let i: usize = 0; i < count(first); i++) markRoot(load<i64>(entryAt(first, i), 8))
  for (let i: usize = 0; i < count(last); i++) markRoot(load<i64>(entryAt(last, i), 8))
  for (let i = taken; i < count(due); i++) {
    markRoot(load<i64>(entryAt(due, i)))
    markRoot(load<i64>(entryAt(due, i), 8))
  }
}

function isDead(v: Value): bool {
  return colorOfHeader(headerAt(baseOf(v))) == COLOR_WHITE
}

/** Moves the entries whose values are white to `due`; `first` ones keep theirs, `last` ones get `()`. */
function settle(table: usize, withValue: bool): void {
  const all = count(table)
  for (let i = all; i > 0; i--) {
    const entry = entryAt(table, i - 1)
    const v = load<i64>(entry)
    if (isDead(v)) append(due, withValue ? v : UNIT, load<i64>(entry, 8))
  }
  let kept: usize = 0
  for (let i: usize = 0; i < all; i++) {
    const entry = entryAt(table, i)
    const v = load<i64>(entry)
    if (!isDead(v)) keep(table, kept++, v, load<i64>(entry, 8))
  }
  store<u32>(table, <u32>kept, COUNT)
  store<u32>(table, <u32>kept, YOUNG_FROM)
}

/** When marking has come to an end: what is white is unreachable. Values that finalisers get are marked after all. */
export function keepFinalised(): void {
  settle(first, true)
  for (let i = taken; i < count(due); i++) markRoot(load<i64>(entryAt(due, i)))
}

/** When all marking is done. */
export function settleLastFinalisers(): void {
  settle(last, false)
  store<u32>(due, load<u32>(due, COUNT), YOUNG_FROM)
}
