/**
 * Arrays: of values (tag 0) and flat ones of floats (Double_array). Ranges have been checked by the library
 * unless said.
 */

import { allocate, boxFloat, frame1, frame2, rooted } from './allocation'
import { caml_array_bound_error, invalidArgument, raise_out_of_memory } from './exceptions'
import { fillWith, minor } from './gc'
import {
  EMPTY_LIST,
  field,
  floatOfVal,
  intOfVal,
  isBlock,
  isYoungAddress,
  isYoungValue,
  tagAt,
  UNIT,
  valOfAddress,
  wosizeAt,
} from './header'
import { MAX_LARGE_WOSIZE } from './large'
import { MARKING, MAX_YOUNG_WOSIZE, TAG_DOUBLE, TAG_DOUBLE_ARRAY } from './layout'
import { caml_initialize, caml_modify } from './remembered'
import { atom } from './static-data'
import { Value } from './value'

// @ts-ignore: decorator
@inline
function isFloat(v: Value): bool {
  return isBlock(v) && tagAt(<usize>v) == TAG_DOUBLE
}

// @ts-ignore: decorator
@inline
function isFlat(array: Value): bool {
  return tagAt(<usize>array) == TAG_DOUBLE_ARRAY
}

// @ts-ignore: decorator
@inline
function at(array: usize, index: usize): usize {
  return array + (index << 3)
}

/** OCaml's largest array; anything beyond what memory can address raises Out_of_memory. */
const MAX_WOSIZE: i64 = (1 << 54) - 1

/** Raises for a length that no array has; whether it is one that there can be. */
function isPossible(sp: usize, count: i64, name: string): bool {
  if (count >= 0 && count <= <i64>MAX_LARGE_WOSIZE) return true
  if (count < 0 || count > MAX_WOSIZE) invalidArgument(sp, name)
  else raise_out_of_memory(sp)
  return false
}

export function caml_make_vect(sp: usize, length: Value, init: Value): Value {
  const count = intOfVal(length)
  if (count == 0) return atom(0)
  if (!isPossible(sp, count, 'Array.make')) return 0
  const wosize = <usize>count
  if (isFloat(init)) return makeFlat(sp, wosize, floatOfVal(init))
  // A long array of one young value would fill the remembered set: the value is made old first.
  const end = frame1(sp, init)
  if (wosize > MAX_YOUNG_WOSIZE && isYoungValue(init) && !minor(end)) return 0
  const array = allocate(end, wosize, 0)
  if (!array) return 0
  const v = rooted(sp, 0)
  fillWith(array, wosize, v)
  return valOfAddress(array)
}

function makeFlat(sp: usize, wosize: usize, x: f64): Value {
  const array = allocate(sp, wosize, TAG_DOUBLE_ARRAY)
  if (array) for (let i: usize = 0; i < wosize; i++) store<f64>(at(array, i), x)
  return valOfAddress(array)
}

/** A flat float array of unspecified contents. */
export function caml_floatarray_create(sp: usize, length: Value): Value {
  const count = intOfVal(length)
  if (count == 0) return atom(0)
  if (!isPossible(sp, count, 'Float.Array.create')) return 0
  return valOfAddress(allocate(sp, <usize>count, TAG_DOUBLE_ARRAY))
}

export function caml_make_float_vect(sp: usize, length: Value): Value {
  return isPossible(sp, intOfVal(length), 'Array.create_float') ? caml_floatarray_create(sp, length) : 0
}

/** Turns an array literal of unknown kind into a flat one if its elements are floats. */
export function caml_make_array(sp: usize, array: Value): Value {
  const wosize = wosizeAt(<usize>array)
  if (wosize == 0 || !isFloat(field(<usize>array, 0))) return array
  const flat = allocate(frame1(sp, array), wosize, TAG_DOUBLE_ARRAY)
  if (!flat) return 0
  const source = <usize>rooted(sp, 0)
  for (let i: usize = 0; i < wosize; i++) store<f64>(at(flat, i), floatOfVal(field(source, i)))
  return valOfAddress(flat)
}

export function caml_array_of_uniform_array(sp: usize, array: Value): Value {
  return caml_make_array(sp, array)
}

export function caml_array_length(_sp: usize, array: Value): Value {
  return <i64>((<u64>wosizeAt(<usize>array)) << 1) | 1
}

// @ts-ignore: decorator
@inline
function isOutside(array: Value, index: Value): bool {
  return <u64>intOfVal(index) >= <u64>wosizeAt(<usize>array)
}

export function caml_array_get_addr(sp: usize, array: Value, index: Value): Value {
  return isOutside(array, index) ? caml_array_bound_error(sp) : field(<usize>array, <usize>intOfVal(index))
}

export function caml_array_get(sp: usize, array: Value, index: Value): Value {
  return isOutside(array, index) ? caml_array_bound_error(sp) : caml_array_unsafe_get(sp, array, index)
}

export function caml_array_unsafe_get(sp: usize, array: Value, index: Value): Value {
  const element = at(<usize>array, <usize>intOfVal(index))
  return isFlat(array) ? boxFloat(sp, load<f64>(element)) : load<i64>(element)
}

export function caml_floatarray_get(sp: usize, array: Value, index: Value): Value {
  return isOutside(array, index) ? caml_array_bound_error(sp) : caml_floatarray_unsafe_get(sp, array, index)
}

export function caml_floatarray_unsafe_get(sp: usize, array: Value, index: Value): Value {
  return boxFloat(sp, load<f64>(at(<usize>array, <usize>intOfVal(index))))
}

export function caml_array_set_addr(sp: usize, array: Value, index: Value, v: Value): Value {
  if (isOutside(array, index)) return caml_array_bound_error(sp)
  caml_modify(at(<usize>array, <usize>intOfVal(index)), v)
  return UNIT
}

export function caml_array_set(sp: usize, array: Value, index: Value, v: Value): Value {
  return isOutside(array, index) ? caml_array_bound_error(sp) : caml_array_unsafe_set(sp, array, index, v)
}

export function caml_array_unsafe_set(_sp: usize, array: Value, index: Value, v: Value): Value {
  const element = at(<usize>array, <usize>intOfVal(index))
  if (isFlat(array)) store<f64>(element, floatOfVal(v))
  else caml_modify(element, v)
  return UNIT
}

export function caml_floatarray_set(sp: usize, array: Value, index: Value, v: Value): Value {
  return isOutside(array, index)
    ? caml_array_bound_error(sp)
    : caml_floatarray_unsafe_set(sp, array, index, v)
}

export function caml_floatarray_unsafe_set(_sp: usize, array: Value, index: Value, v: Value): Value {
  store<f64>(at(<usize>array, <usize>intOfVal(index)), floatOfVal(v))
  return UNIT
}

export function caml_floatarray_blit(
  _sp: usize,
  source: Value,
  from: Value,
  target: Value,
  to: Value,
  length: Value,
): Value {
  copyWords(
    at(<usize>target, <usize>intOfVal(to)),
    at(<usize>source, <usize>intOfVal(from)),
    <usize>intOfVal(length),
  )
  return UNIT
}

// @ts-ignore: decorator
@inline
function copyWords(target: usize, source: usize, words: usize): void {
  memory.copy(target, source, words << 3)
}

/** The ranges may overlap. */
export function caml_array_blit(
  _sp: usize,
  source: Value,
  from: Value,
  target: Value,
  to: Value,
  length: Value,
): Value {
  const words = <usize>intOfVal(length)
  const fromSlot = at(<usize>source, <usize>intOfVal(from))
  const toSlot = at(<usize>target, <usize>intOfVal(to))
  if (isFlat(target) || isYoungAddress(<usize>target)) copyWords(toSlot, fromSlot, words)
  else if (toSlot > fromSlot)
    for (let i = words; i > 0; i--) caml_modify(at(toSlot, i - 1), field(fromSlot, i - 1))
  else for (let i: usize = 0; i < words; i++) caml_modify(at(toSlot, i), field(fromSlot, i))
  return UNIT
}

export function caml_array_fill(sp: usize, array: Value, from: Value, length: Value, v: Value): Value {
  const words = <usize>intOfVal(length)
  if (isFlat(array)) {
    const x = floatOfVal(v)
    const start = at(<usize>array, <usize>intOfVal(from))
    for (let i: usize = 0; i < words; i++) store<f64>(at(start, i), x)
    return UNIT
  }
  if (words > MAX_YOUNG_WOSIZE && isYoungValue(v)) {
    if (!minor(frame2(sp, array, v))) return 0
    array = rooted(sp, 0)
    v = rooted(sp, 1)
  }
  fillValues(<usize>array, at(<usize>array, <usize>intOfVal(from)), words, v)
  return UNIT
}

function fillValues(array: usize, start: usize, words: usize, v: Value): void {
  if (isYoungAddress(array) || (!isYoungValue(v) && !load<i32>(MARKING))) fillWith(start, words, v)
  else for (let i: usize = 0; i < words; i++) caml_modify(at(start, i), v)
}

/** A new array's first stores. */
function initialise(target: usize, source: usize, words: usize): void {
  if (isYoungAddress(target)) copyWords(target, source, words)
  else for (let i: usize = 0; i < words; i++) caml_initialize(at(target, i), field(source, i))
}

/** Copies elements of either kind into a new array. */
// @ts-ignore: decorator
@inline
function place(flat: bool, target: usize, source: usize, words: usize): void {
  if (flat) copyWords(target, source, words)
  else initialise(target, source, words)
}

export function caml_array_sub(sp: usize, array: Value, from: Value, length: Value): Value {
  const words = <usize>intOfVal(length)
  if (words == 0) return atom(0)
  const flat = isFlat(array)
  const result = allocate(frame1(sp, array), words, flat ? TAG_DOUBLE_ARRAY : 0)
  if (result) place(flat, result, at(<usize>rooted(sp, 0), <usize>intOfVal(from)), words)
  return valOfAddress(result)
}

export function caml_array_append(sp: usize, a: Value, b: Value): Value {
  const wordsA = wosizeAt(<usize>a)
  const wordsB = wosizeAt(<usize>b)
  const words = wordsA + wordsB
  if (words == 0) return atom(0)
  if (!isPossible(sp, <i64>words, 'Array.concat')) return 0
  const flat = isFlat(wordsA ? a : b)
  const result = allocate(frame2(sp, a, b), words, flat ? TAG_DOUBLE_ARRAY : 0)
  if (!result) return 0
  place(flat, result, <usize>rooted(sp, 0), wordsA)
  place(flat, at(result, wordsA), <usize>rooted(sp, 1), wordsB)
  return valOfAddress(result)
}

export function caml_array_concat(sp: usize, list: Value): Value {
  let words: u64 = 0
  let flat = false
  for (let cell = list; cell != EMPTY_LIST; cell = field(<usize>cell, 1)) {
    const array = field(<usize>cell, 0)
    words += wosizeAt(<usize>array)
    flat = flat || isFlat(array)
  }
  if (words == 0) return atom(0)
  if (!isPossible(sp, <i64>words, 'Array.concat')) return 0
  const result = allocate(frame1(sp, list), <usize>words, flat ? TAG_DOUBLE_ARRAY : 0)
  if (!result) return 0
  let target = result
  for (let cell = rooted(sp, 0); cell != EMPTY_LIST; cell = field(<usize>cell, 1)) {
    const array = <usize>field(<usize>cell, 0)
    place(flat, target, array, wosizeAt(array))
    target = at(target, wosizeAt(array))
  }
  return valOfAddress(result)
}
