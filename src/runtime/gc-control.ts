/** `Gc`: collections on request, counters, parameters. */

import { allocate, boxFloat, frame1, rooted } from './allocation'
import {
  collect,
  full_major,
  liveWords,
  majorCollections,
  minorCollections,
  minorWords,
  setSpaceOverhead,
  spaceOverhead,
  youngEnd,
} from './gc'
import { field, intOfVal, UNIT, valOfAddress, valOfInt } from './header'
import { largeWordsTaken } from './large'
import { YOUNG_PTR, YOUNG_SIZE } from './layout'
import { promotedWords } from './minor'
import { endPage, firstPage, freePages, PAGE_BYTES } from './pages'
import { smallWordsTaken } from './pools'
import { caml_initialize } from './remembered'
import { Value } from './value'

const CONTROL_FIELDS: usize = 11
const STAT_FIELDS: usize = 17
const WORDS_PER_PAGE: u64 = PAGE_BYTES >> 3

export function caml_gc_minor(sp: usize, _unit: Value): Value {
  return collect(sp, 0) ? UNIT : 0
}

export function caml_gc_major(sp: usize, _unit: Value): Value {
  full_major(sp)
  return UNIT
}

export function caml_gc_full_major(sp: usize, _unit: Value): Value {
  full_major(sp)
  return UNIT
}

/** Free pages are shared by all kinds of blocks, so a full collection is all there is to do. */
export function caml_gc_compaction(sp: usize, _unit: Value): Value {
  full_major(sp)
  return UNIT
}

/** Major collections are not sliced; a slice of any size is a minor collection and what is due then. */
export function caml_gc_major_slice(sp: usize, _work: Value): Value {
  return collect(sp, 0) ? valOfInt(0) : 0
}

function allMinorWords(): f64 {
  return <f64>minorWords + <f64>((youngEnd - <usize>load<u32>(YOUNG_PTR)) >> 3)
}

/**
 * Words that went to the major heap directly are not counted apart: taken words cover promoted ones in the
 * long run.
 */
function majorWords(): f64 {
  return <f64>(promotedWords + directWords())
}

/** Upper estimate of words allocated directly since the last marking. */
function directWords(): u64 {
  return largeWordsTaken
}

export function caml_gc_minor_words_unboxed(): f64 {
  return allMinorWords()
}

export function caml_gc_minor_words(sp: usize, _unit: Value): Value {
  return boxFloat(sp, allMinorWords())
}

/** A block of `()`s in a frame at `sp`; false: no room. */
function newRecord(sp: usize, fields: usize): bool {
  const record = allocate(sp, fields, 0)
  if (!record) return false
  for (let i: usize = 0; i < fields; i++) store<i64>(record + (i << 3), UNIT)
  frame1(sp, valOfAddress(record))
  return true
}

function setRecordField(sp: usize, index: usize, v: Value): void {
  caml_initialize(<usize>rooted(sp, 0) + (index << 3), v)
}

function setFloatField(sp: usize, index: usize, x: f64): bool {
  const boxed = boxFloat(sp + 16, x)
  if (!boxed) return false
  setRecordField(sp, index, boxed)
  return true
}

/** (minor_words, promoted_words, major_words) */
export function caml_gc_counters(sp: usize, _unit: Value): Value {
  const minor = allMinorWords()
  if (!newRecord(sp, 3) || !setFloatField(sp, 0, minor) || !setFloatField(sp, 1, <f64>promotedWords)) return 0
  return setFloatField(sp, 2, majorWords()) ? rooted(sp, 0) : 0
}

export function caml_gc_quick_stat(sp: usize, _unit: Value): Value {
  const minor = allMinorWords()
  if (
    !newRecord(sp, STAT_FIELDS) ||
    !setFloatField(sp, 0, minor) ||
    !setFloatField(sp, 1, <f64>promotedWords)
  )
    return 0
  if (!setFloatField(sp, 2, majorWords())) return 0
  const heapWords = <u64>(endPage - firstPage) * WORDS_PER_PAGE
  setRecordField(sp, 3, valOfInt(minorCollections))
  setRecordField(sp, 4, valOfInt(majorCollections))
  setRecordField(sp, 5, valOfInt(heapWords))
  setRecordField(sp, 6, valOfInt(1))
  setRecordField(sp, 7, valOfInt(liveWords + smallWordsTaken + largeWordsTaken))
  for (let i: usize = 8; i < STAT_FIELDS; i++) setRecordField(sp, i, valOfInt(0))
  setRecordField(sp, 9, valOfInt(freePages * WORDS_PER_PAGE))
  setRecordField(sp, 14, valOfInt(heapWords))
  return rooted(sp, 0)
}

export function caml_gc_stat(sp: usize, unit: Value): Value {
  full_major(sp)
  return caml_gc_quick_stat(sp, unit)
}

export function caml_gc_get(sp: usize, _unit: Value): Value {
  if (!newRecord(sp, CONTROL_FIELDS)) return 0
  for (let i: usize = 0; i < CONTROL_FIELDS; i++) setRecordField(sp, i, valOfInt(0))
  setRecordField(sp, 0, valOfInt(load<u32>(YOUNG_SIZE) >> 3))
  setRecordField(sp, 2, valOfInt(spaceOverhead))
  return rooted(sp, 0)
}

/** Only `space_overhead` can be changed while the program runs. */
export function caml_gc_set(_sp: usize, control: Value): Value {
  const overhead = intOfVal(field(<usize>control, 2))
  if (overhead > 0) setSpaceOverhead(overhead)
  return UNIT
}

export function caml_get_minor_free(_sp: usize, _unit: Value): Value {
  return valOfInt((<usize>load<u32>(YOUNG_PTR) - (youngEnd - <usize>load<u32>(YOUNG_SIZE))) >> 3)
}

export function caml_get_major_bucket(_sp: usize, _n: Value): Value {
  return valOfInt(0)
}

export function caml_get_major_credit(_sp: usize, _n: Value): Value {
  return valOfInt(0)
}

export function caml_gc_huge_fallback_count(_sp: usize, _unit: Value): Value {
  return valOfInt(0)
}
