/**
 * Ephemerons and weak arrays (ephemerons without data): abstract blocks of the major heap.
 *
 *  0 the next one of its list, 0 at the end │ 1 data │ 2 … keys        (0: empty)
 *
 * They do not keep their keys alive, and their data only while they and all their keys live. A slot that holds a young block is in
 * the table `young`, as (ephemeron, index), until the next minor collection.
 *
 * When liveness is settled: a minor collection empties slots of young blocks that nothing else has kept. When marking has come to
 * an end, and the values of `Gc.finalise` that are due have been kept for their functions, what is white is dead: from then
 * on nothing white is ever read from a slot, and slices empty such slots (`cleanSome`) before anything is swept. All that is
 * still to be cleaned is in lists of its own.
 */

import { allocate, frame1, rooted } from './allocation'
import { raise_out_of_memory } from './exceptions'
import { allocateMajor } from './gc'
import {
  colorOfHeader,
  field,
  headerAt,
  infixOffset,
  intOfVal,
  isBlock,
  isYoungValue,
  NONE,
  setField,
  tagAt,
  tagOfHeader,
  TRUE,
  UNIT,
  FALSE,
  valOfAddress,
  wosizeAt,
} from './header'
import { MAX_LARGE_WOSIZE } from './large'
import { COLOR_WHITE, TAG_ABSTRACT, TAG_CLOSURE, TAG_CONT, TAG_CUSTOM, TAG_INFIX, TAG_NO_SCAN } from './layout'
import { markRoot, shade } from './mark'
import { forward, finishMoves, isMoved } from './minor'
import { caml_obj_dup } from './objects'
import { forgetScratch, growScratch, scratchStart, trimScratch } from './scratch'
import { Value } from './value'

const LINK: usize = 0
const DATA: usize = 1
const FIRST_KEY: usize = 2
const EMPTY: Value = 0

/** Newest of the lists: ephemerons, weak arrays, and of each what is to be cleaned. */
let ephemerons: usize = 0
let weakArrays: usize = 0
let uncleanEphemerons: usize = 0
let uncleanArrays: usize = 0
/** From the end of marking until all is clean: white blocks are dead. */
let isCleaning: bool = false
/** Entries of 8 bytes: ephemeron, index of the slot. */
const young: usize = memory.data(8, 8)
let youngCount: usize = 0

/** How many lists there are: for walks through all of them. */
export const EPHEMERON_LISTS: i32 = 4

export function initEphemerons(): void {
  ephemerons = 0
  weakArrays = 0
  uncleanEphemerons = 0
  uncleanArrays = 0
  isCleaning = false
  youngCount = 0
  forgetScratch(young)
}

export function firstEphemeron(list: i32): usize {
  if (list < 2) return list ? weakArrays : ephemerons
  return list == 2 ? uncleanEphemerons : uncleanArrays
}

export function nextEphemeron(ephemeron: usize): usize {
  return <usize>field(ephemeron, LINK)
}

/** Whether a slot is in the table of those that hold young blocks; for the verifier. */
export function isYoungSlot(ephemeron: usize, index: usize): bool {
  const wanted = <u64>ephemeron | ((<u64>index) << 32)
  for (let i: usize = 0; i < youngCount; i++) if (load<u64>(scratchStart(young) + (i << 3)) == wanted) return true
  return false
}

// What programs do with them. Indexes have been checked by the library, keys counted from 0.

/** An empty one that is in no list yet; 0: an exception is raised. */
function create(sp: usize, length: Value): usize {
  const keys = intOfVal(length)
  if (keys + 2 > <i64>MAX_LARGE_WOSIZE) return <usize>raise_out_of_memory(sp)
  const wosize = <usize>keys + FIRST_KEY
  const block = allocateMajor(sp, wosize, TAG_ABSTRACT)
  if (block) memory.fill(block, 0, wosize << 3)
  return block
}

export function caml_ephe_create(sp: usize, length: Value): Value {
  const block = create(sp, length)
  if (!block) return 0
  setField(block, LINK, valOfAddress(ephemerons))
  ephemerons = block
  return valOfAddress(block)
}

export function caml_weak_create(sp: usize, length: Value): Value {
  const block = create(sp, length)
  if (!block) return 0
  setField(block, LINK, valOfAddress(weakArrays))
  weakArrays = block
  return valOfAddress(block)
}

/** What a slot holds; a dead block is taken out first. */
// @ts-ignore: decorator
@inline
function read(ephemeron: usize, index: usize): Value {
  if (isCleaning) cleanSlot(ephemeron, index)
  return field(ephemeron, index)
}

/** Data is dead if any key is. */
function readData(ephemeron: usize): Value {
  if (isCleaning) clean(ephemeron, FIRST_KEY, wosizeAt(ephemeron))
  return field(ephemeron, DATA)
}

// @ts-ignore: decorator
@inline
function keySlot(index: Value): usize {
  return <usize>intOfVal(index) + FIRST_KEY
}

/** False: no memory, and an exception is raised. */
function setSlot(sp: usize, ephemeron: usize, index: usize, v: Value): bool {
  if (isYoungValue(v)) {
    if (!growScratch(young, youngCount << 3, 8)) {
      raise_out_of_memory(sp)
      return false
    }
    store<u64>(scratchStart(young) + (youngCount << 3), <u64>ephemeron | ((<u64>index) << 32))
    youngCount++
  }
  setField(ephemeron, index, v)
  return true
}

/** Before a key changes: data that is dead with the present keys must not seem alive with others. */
// @ts-ignore: decorator
@inline
function settleData(ephemeron: usize): void {
  if (isCleaning && field(ephemeron, DATA) != EMPTY) clean(ephemeron, FIRST_KEY, wosizeAt(ephemeron))
}

export function caml_ephe_set_key(sp: usize, ephemeron: Value, index: Value, v: Value): Value {
  settleData(<usize>ephemeron)
  return setSlot(sp, <usize>ephemeron, keySlot(index), v) ? UNIT : 0
}

export function caml_ephe_unset_key(_sp: usize, ephemeron: Value, index: Value): Value {
  settleData(<usize>ephemeron)
  setField(<usize>ephemeron, keySlot(index), EMPTY)
  return UNIT
}

export function caml_ephe_set_data(sp: usize, ephemeron: Value, v: Value): Value {
  return setSlot(sp, <usize>ephemeron, DATA, v) ? UNIT : 0
}

export function caml_ephe_unset_data(_sp: usize, ephemeron: Value): Value {
  setField(<usize>ephemeron, DATA, EMPTY)
  return UNIT
}

/** What is read while marking goes on lives at least until the next one. */
function some(sp: usize, v: Value): Value {
  if (v == EMPTY) return NONE
  shade(v)
  const block = allocate(frame1(sp, v), 1, 0)
  if (block) setField(block, 0, rooted(sp, 0))
  return valOfAddress(block)
}

export function caml_ephe_get_key(sp: usize, ephemeron: Value, index: Value): Value {
  return some(sp, read(<usize>ephemeron, keySlot(index)))
}

export function caml_ephe_get_data(sp: usize, ephemeron: Value): Value {
  return some(sp, readData(<usize>ephemeron))
}

/** A shallow copy of a block that is nothing but its fields. */
function someCopy(sp: usize, v: Value): Value {
  if (v == EMPTY || !isCopied(v)) return some(sp, v)
  shade(v)
  const copy = caml_obj_dup(sp, v)
  return copy ? some(sp, copy) : 0
}

function isCopied(v: Value): bool {
  if (!isBlock(v)) return false
  const tag = tagAt(<usize>v)
  if (tag >= TAG_NO_SCAN) return tag != TAG_ABSTRACT && tag != TAG_CUSTOM
  return tag != TAG_CLOSURE && tag != TAG_INFIX && tag != TAG_CONT
}

export function caml_ephe_get_key_copy(sp: usize, ephemeron: Value, index: Value): Value {
  return someCopy(sp, read(<usize>ephemeron, keySlot(index)))
}

export function caml_ephe_get_data_copy(sp: usize, ephemeron: Value): Value {
  return someCopy(sp, readData(<usize>ephemeron))
}

export function caml_ephe_check_key(_sp: usize, ephemeron: Value, index: Value): Value {
  return read(<usize>ephemeron, keySlot(index)) == EMPTY ? FALSE : TRUE
}

export function caml_ephe_check_data(_sp: usize, ephemeron: Value): Value {
  return readData(<usize>ephemeron) == EMPTY ? FALSE : TRUE
}

/** The ranges may overlap. */
export function caml_ephe_blit_key(
  sp: usize,
  source: Value,
  from: Value,
  target: Value,
  to: Value,
  length: Value,
): Value {
  const count = <usize>intOfVal(length)
  settleData(<usize>target)
  const first = keySlot(from)
  const last = keySlot(to)
  const isForward = source != target || first >= last
  for (let i: usize = 0; i < count; i++) {
    const at = isForward ? i : count - 1 - i
    if (!setSlot(sp, <usize>target, last + at, read(<usize>source, first + at))) return 0
  }
  return UNIT
}

export function caml_ephe_blit_data(sp: usize, source: Value, target: Value): Value {
  return setSlot(sp, <usize>target, DATA, readData(<usize>source)) ? UNIT : 0
}

// The names for weak arrays.

export function caml_weak_get(sp: usize, weak: Value, index: Value): Value {
  return caml_ephe_get_key(sp, weak, index)
}

export function caml_weak_get_copy(sp: usize, weak: Value, index: Value): Value {
  return caml_ephe_get_key_copy(sp, weak, index)
}

export function caml_weak_check(sp: usize, weak: Value, index: Value): Value {
  return caml_ephe_check_key(sp, weak, index)
}

export function caml_weak_blit(
  sp: usize,
  source: Value,
  from: Value,
  target: Value,
  to: Value,
  length: Value,
): Value {
  return caml_ephe_blit_key(sp, source, from, target, to, length)
}

// Minor collections.

/** Whether a young block has not moved: nothing has reached it so far. */
// @ts-ignore: decorator
@inline
function isUnreached(v: Value): bool {
  return v != EMPTY && isYoungValue(v) && !isMoved(<usize>v)
}

function allKeysReached(ephemeron: usize): bool {
  const size = wosizeAt(ephemeron)
  for (let i = FIRST_KEY; i < size; i++) if (isUnreached(field(ephemeron, i))) return false
  return true
}

/**
 * After everything reachable from the roots has moved: moves data whose keys have been reached, as long as there is
 * any, then empties what is left.
 */
export function settleYoungEphemerons(): void {
  let isDone = false
  while (!isDone) {
    isDone = true
    for (let i: usize = 0; i < youngCount; i++) {
      const ephemeron = <usize>load<u32>(scratchStart(young) + (i << 3))
      if (load<u32>(scratchStart(young) + (i << 3), 4) != <u32>DATA) continue
      if (!isUnreached(field(ephemeron, DATA)) || !allKeysReached(ephemeron)) continue
      forward(field(ephemeron, DATA), ephemeron + (DATA << 3))
      finishMoves()
      isDone = false
    }
  }
  for (let i: usize = 0; i < youngCount; i++) {
    const entry = load<u64>(scratchStart(young) + (i << 3))
    settleYoungSlot(<usize>(<u32>entry), <usize>(entry >> 32))
  }
  youngCount = 0
  trimScratch(young)
}

function settleYoungSlot(ephemeron: usize, index: usize): void {
  const v = field(ephemeron, index)
  if (v == EMPTY || !isYoungValue(v)) return
  if (isMoved(<usize>v)) {
    forward(v, ephemeron + (index << 3))
    return
  }
  setField(ephemeron, index, EMPTY)
  setField(ephemeron, DATA, EMPTY)
}

// Major collections.

/** Whether a value of the major heap has not been marked. */
function isWhite(v: Value): bool {
  if (v == EMPTY || !isBlock(v) || isYoungValue(v)) return false
  let header = headerAt(<usize>v)
  if (tagOfHeader(header) == TAG_INFIX) header = headerAt(<usize>v - infixOffset(header))
  return colorOfHeader(header) == COLOR_WHITE
}

function allKeysMarked(ephemeron: usize): bool {
  const size = wosizeAt(ephemeron)
  for (let i = FIRST_KEY; i < size; i++) if (isWhite(field(ephemeron, i))) return false
  return true
}

/** When marking has come to an end: marks data of live ephemerons whose keys live. Whether there was any. */
export function markEphemeronData(): bool {
  let found = false
  for (let e = ephemerons; e; e = nextEphemeron(e)) {
    if (!isWhite(field(e, DATA)) || isWhite(valOfAddress(e)) || !allKeysMarked(e)) continue
    markRoot(field(e, DATA))
    found = true
  }
  return found
}

/** When all marking is done: what is white is dead from here on. */
export function beginCleaning(): void {
  isCleaning = true
  uncleanEphemerons = ephemerons
  uncleanArrays = weakArrays
  ephemerons = 0
  weakArrays = 0
}

/** Cleans about `budget` slots; what is left of it, which is more than 0 if all is clean. */
export function cleanSome(budget: i32): i32 {
  while (uncleanEphemerons && budget > 0) {
    const e = uncleanEphemerons
    uncleanEphemerons = nextEphemeron(e)
    budget -= <i32>wosizeAt(e)
    if (isWhite(valOfAddress(e))) continue
    clean(e, FIRST_KEY, wosizeAt(e))
    setField(e, LINK, valOfAddress(ephemerons))
    ephemerons = e
  }
  while (uncleanArrays && budget > 0) budget = cleanArray(budget)
  if (budget > 0) isCleaning = false
  return budget
}

/** Where the first array that is to be cleaned goes on; a long one takes several slices. */
let cleanFrom: usize = FIRST_KEY

function cleanArray(budget: i32): i32 {
  const e = uncleanArrays
  const size = wosizeAt(e)
  const isDead = isWhite(valOfAddress(e))
  const end = isDead ? size : min(size, cleanFrom + <usize>budget)
  if (!isDead) clean(e, cleanFrom, end)
  budget -= <i32>(end - cleanFrom) + 1
  cleanFrom = end
  if (end < size) return budget
  cleanFrom = FIRST_KEY
  uncleanArrays = nextEphemeron(e)
  if (isDead) return budget
  setField(e, LINK, valOfAddress(weakArrays))
  weakArrays = e
  return budget
}

/** Empties the slots of dead keys, and the data with them. */
function clean(ephemeron: usize, from: usize, end: usize): void {
  for (let i = from; i < end; i++) cleanSlot(ephemeron, i)
}

function cleanSlot(ephemeron: usize, index: usize): void {
  if (!isWhite(field(ephemeron, index))) return
  setField(ephemeron, index, EMPTY)
  setField(ephemeron, DATA, EMPTY)
}
