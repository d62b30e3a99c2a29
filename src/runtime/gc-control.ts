/** `Gc`: collections on request, counters, parameters. */

import { allocate, boxFloat, frame1, rooted } from './allocation'
import { compactions } from './compact'
import { compaction, directWords, full_major, majorSlice, minor, minorCollections, minorWords, resizeMinor, youngEnd } from './gc'
import { raise_out_of_memory } from './exceptions'
import { field, intOfVal, UNIT, valOfAddress, valOfInt } from './header'
import { COLOR_FREE, COLOR_STATIC, STACK_BASE, YOUNG_PTR, YOUNG_SIZE } from './layout'
import { majorCollections, setSpaceOverhead, spaceOverhead } from './major'
import { promotedWords } from './minor'
import { PAGE_BYTES, topUsedPages, usedPages } from './pages'
import { caml_initialize } from './remembered'
import { Value } from './value'
import { heapCursor, nextHeapSlot, startHeapWalk } from './walk'

const CONTROL_FIELDS: usize = 11
const STAT_FIELDS: usize = 17
/** Sizes of the minor heap that a program can set. */
const MIN_MINOR_WORDS: i64 = 4096
const MAX_MINOR_WORDS: i64 = 1 << 25
const WORDS_PER_PAGE: u64 = PAGE_BYTES >> 3

/** Collections of the major heap that the program has asked for. */
let forcedCollections: u32 = 0

export function initGcControl(): void {
  forcedCollections = 0
}

function forcedMajor(sp: usize): Value {
  forcedCollections++
  full_major(sp)
  return UNIT
}

export function caml_gc_minor(sp: usize, _unit: Value): Value {
  return minor(sp) ? UNIT : 0
}

export function caml_gc_major(sp: usize, _unit: Value): Value {
  return forcedMajor(sp)
}

export function caml_gc_full_major(sp: usize, _unit: Value): Value {
  return forcedMajor(sp)
}

export function caml_gc_compaction(sp: usize, _unit: Value): Value {
  forcedCollections++
  compaction(sp)
  return UNIT
}

/** `work` is in words marked; 0 is what is due. */
export function caml_gc_major_slice(sp: usize, work: Value): Value {
  return majorSlice(sp, max<i64>(0, intOfVal(work))) ? valOfInt(0) : 0
}

function allMinorWords(): f64 {
  return <f64>minorWords + <f64>((youngEnd - <usize>load<u32>(YOUNG_PTR)) >> 3)
}

function majorWords(): f64 {
  return <f64>(promotedWords + directWords)
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
  // Making the answer may collect.
  const minor = allMinorWords()
  const promoted = <f64>promotedWords
  const major = majorWords()
  if (!newRecord(sp, 3) || !setFloatField(sp, 0, minor) || !setFloatField(sp, 1, promoted)) return 0
  return setFloatField(sp, 2, major) ? rooted(sp, 0) : 0
}

/** Fields of `Gc.stat`, by their places. */
const MINOR_COLLECTIONS: usize = 3
const MAJOR_COLLECTIONS: usize = 4
const HEAP_WORDS: usize = 5
const LIVE_WORDS: usize = 7
const LIVE_BLOCKS: usize = 8
const FREE_WORDS: usize = 9
const FREE_BLOCKS: usize = 10
const LARGEST_FREE: usize = 11
const FRAGMENTS: usize = 12
const COMPACTIONS: usize = 13
const TOP_HEAP_WORDS: usize = 14
const STACK_WORDS: usize = 15
const FORCED_COLLECTIONS: usize = 16

/** How many words of the major heap's memory are in use, the dead that were not found yet included. */
export function heap_words(): usize {
  return <usize>(usedPages * WORDS_PER_PAGE)
}

/** As OCaml documents it, without what a walk through the heap would tell. The heap is the pages in use. */
export function caml_gc_quick_stat(sp: usize, _unit: Value): Value {
  const minor = allMinorWords()
  const promoted = <f64>promotedWords
  const major = majorWords()
  if (!newRecord(sp, STAT_FIELDS)) return 0
  for (let i: usize = 0; i < STAT_FIELDS; i++) setRecordField(sp, i, valOfInt(0))
  if (!setFloatField(sp, 0, minor) || !setFloatField(sp, 1, promoted)) return 0
  if (!setFloatField(sp, 2, major)) return 0
  setRecordField(sp, MINOR_COLLECTIONS, valOfInt(minorCollections))
  setRecordField(sp, MAJOR_COLLECTIONS, valOfInt(majorCollections))
  setRecordField(sp, HEAP_WORDS, valOfInt(usedPages * WORDS_PER_PAGE))
  setRecordField(sp, COMPACTIONS, valOfInt(compactions))
  setRecordField(sp, TOP_HEAP_WORDS, valOfInt(topUsedPages * WORDS_PER_PAGE))
  setRecordField(sp, STACK_WORDS, valOfInt((sp - <usize>load<u32>(STACK_BASE)) >> 3))
  setRecordField(sp, FORCED_COLLECTIONS, valOfInt(forcedCollections))
  return rooted(sp, 0)
}

/** The same with what the major heap holds after a full collection. What belongs to the runtime itself is neither live nor free. */
export function caml_gc_stat(sp: usize, unit: Value): Value {
  full_major(sp)
  let liveWords: u64 = 0
  let liveBlocks: u64 = 0
  let freeWords: u64 = 0
  let freeBlocks: u64 = 0
  let fragments: u64 = 0
  let largest: u64 = 0
  startHeapWalk()
  while (nextHeapSlot()) {
    const header = load<u64>(heapCursor)
    const words = (header >> 10) + 1
    const color = (header >> 8) & 3
    if (color == COLOR_FREE) {
      freeWords += words
      if (words == 1) fragments++
      else freeBlocks++
      largest = max(largest, words)
    } else if (color != COLOR_STATIC) {
      liveWords += words
      liveBlocks++
    }
  }
  if (!caml_gc_quick_stat(sp, unit)) return 0
  setRecordField(sp, LIVE_WORDS, valOfInt(liveWords))
  setRecordField(sp, LIVE_BLOCKS, valOfInt(liveBlocks))
  setRecordField(sp, FREE_WORDS, valOfInt(freeWords))
  setRecordField(sp, FREE_BLOCKS, valOfInt(freeBlocks))
  setRecordField(sp, LARGEST_FREE, valOfInt(largest))
  setRecordField(sp, FRAGMENTS, valOfInt(fragments))
  return rooted(sp, 0)
}

export function caml_gc_get(sp: usize, _unit: Value): Value {
  if (!newRecord(sp, CONTROL_FIELDS)) return 0
  for (let i: usize = 0; i < CONTROL_FIELDS; i++) setRecordField(sp, i, valOfInt(0))
  setRecordField(sp, 0, valOfInt(load<u32>(YOUNG_SIZE) >> 3))
  setRecordField(sp, 2, valOfInt(spaceOverhead))
  return rooted(sp, 0)
}

/** Only the size of the minor heap and `space_overhead` can be changed while the program runs. */
export function caml_gc_set(sp: usize, control: Value): Value {
  const overhead = intOfVal(field(<usize>control, 2))
  if (overhead > 0) setSpaceOverhead(overhead)
  const words = intOfVal(field(<usize>control, 0))
  const wanted = <usize>min<i64>(MAX_MINOR_WORDS, max<i64>(MIN_MINOR_WORDS, words))
  return resizeMinor(sp, wanted) ? UNIT : raise_out_of_memory(sp)
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
