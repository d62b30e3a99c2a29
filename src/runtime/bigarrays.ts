/**
 * What the module Bigarray calls. New dimensions, and indices, are collected in `numbers` as plain words before the block is
 * made, because making it may move its parents.
 */

import {
  allocateData,
  dataBytes,
  dataOf,
  dimension,
  dimensionCount,
  elementCount,
  elementShift,
  kindOf,
  LAYOUT_C,
  LAYOUT_FORTRAN,
  layoutOf,
  MAX_DIMENSIONS,
  newBigarray,
  ownerOf,
  setDimension,
} from './bigarray-block'
import { loadElement, storeElement } from './bigarray-elements'
import { caml_array_bound_error, invalidArgument, raise_out_of_memory } from './exceptions'
import { field, intOfVal, UNIT, valOfAddress, valOfInt, wosizeAt } from './header'
import { MAX_LARGE_WOSIZE } from './large'
import { Value } from './value'

const numbers: usize = memory.data(128, 8)
const MAX_BYTES: i64 = (<i64>MAX_LARGE_WOSIZE) << 3

// @ts-ignore: decorator
@inline
function number(index: usize): i64 {
  return load<i64>(numbers + (index << 3))
}

// @ts-ignore: decorator
@inline
function setNumber(index: usize, n: i64): void {
  store<i64>(numbers + (index << 3), n)
}

/** Takes the ints of an array, from `index` on. */
function takeInts(array: Value, index: usize): void {
  const count = wosizeAt(<usize>array)
  for (let i: usize = 0; i < count; i++) setNumber(index + i, intOfVal(field(<usize>array, i)))
}

function takeDimensions(b: usize): void {
  for (let i: usize = 0; i < dimensionCount(b); i++) setNumber(i, dimension(b, i))
}

/** A new block with the dimensions in `numbers`. */
function make(sp: usize, flags: i32, count: usize, data: usize, owner: usize): Value {
  const b = newBigarray(sp, flags, count, data, owner)
  if (!b) return 0
  for (let i: usize = 0; i < count; i++) setDimension(b, i, number(i))
  return valOfAddress(b)
}

/** The product of the dimensions in `numbers`; -1: more than there is room for. They are not negative. */
function product(count: usize, limit: i64): i64 {
  let elements: i64 = 1
  for (let i: usize = 0; i < count; i++) {
    const n = number(i)
    if (n > 0 && elements > limit / n) return -1
    elements *= n
  }
  return elements
}

function hasNegative(count: usize): bool {
  for (let i: usize = 0; i < count; i++) if (number(i) < 0) return true
  return false
}

export function caml_ba_create(sp: usize, kindVal: Value, layoutVal: Value, dims: Value): Value {
  const kind = <i32>intOfVal(kindVal)
  const layout = intOfVal(layoutVal) ? LAYOUT_FORTRAN : LAYOUT_C
  const count = wosizeAt(<usize>dims)
  if (count > MAX_DIMENSIONS) return invalidArgument(sp, 'Bigarray.create: bad number of dimensions')
  takeInts(dims, 0)
  if (hasNegative(count)) return invalidArgument(sp, 'Bigarray.create: negative dimension')
  const elements = product(count, MAX_BYTES >> elementShift(kind))
  if (elements < 0) return raise_out_of_memory(sp)
  const data = allocateData(sp, <usize>elements << elementShift(kind))
  return data ? make(sp, kind | layout, count, data, data) : 0
}

// Properties.

export function caml_ba_num_dims(_sp: usize, b: Value): Value {
  return valOfInt(dimensionCount(<usize>b))
}

export function caml_ba_dim(sp: usize, b: Value, index: Value): Value {
  const i = intOfVal(index)
  if (<u64>i >= <u64>dimensionCount(<usize>b)) return invalidArgument(sp, 'Bigarray.dim')
  return valOfInt(dimension(<usize>b, <usize>i))
}

export function caml_ba_kind(_sp: usize, b: Value): Value {
  return valOfInt(kindOf(<usize>b))
}

export function caml_ba_layout(_sp: usize, b: Value): Value {
  return valOfInt(layoutOf(<usize>b) == LAYOUT_C ? 0 : 1)
}

// Elements.

/** The address of the element whose indices are in `numbers`; 0: out of bounds. */
function elementAt(b: usize): usize {
  const count = dimensionCount(b)
  let position: usize = 0
  if (layoutOf(b) == LAYOUT_C) {
    for (let i: usize = 0; i < count; i++) {
      const n = number(i)
      if (<u64>n >= <u64>dimension(b, i)) return 0
      position = position * <usize>dimension(b, i) + <usize>n
    }
  } else {
    for (let i = count; i > 0; i--) {
      const n = number(i - 1) - 1
      if (<u64>n >= <u64>dimension(b, i - 1)) return 0
      position = position * <usize>dimension(b, i - 1) + <usize>n
    }
  }
  return dataOf(b) + (position << elementShift(kindOf(b)))
}

function get(sp: usize, b: usize, count: usize): Value {
  if (count != dimensionCount(b)) return invalidArgument(sp, 'Bigarray.get: wrong number of indices')
  const at = elementAt(b)
  return at ? loadElement(sp, kindOf(b), at) : caml_array_bound_error(sp)
}

function set(sp: usize, b: usize, count: usize, v: Value): Value {
  if (count != dimensionCount(b)) return invalidArgument(sp, 'Bigarray.set: wrong number of indices')
  const at = elementAt(b)
  if (!at) return caml_array_bound_error(sp)
  storeElement(kindOf(b), at, v)
  return UNIT
}

// @ts-ignore: decorator
@inline
function takeIndex(index: usize, n: Value): void {
  setNumber(index, intOfVal(n))
}

export function caml_ba_get_1(sp: usize, b: Value, i: Value): Value {
  takeIndex(0, i)
  return get(sp, <usize>b, 1)
}

export function caml_ba_get_2(sp: usize, b: Value, i: Value, j: Value): Value {
  takeIndex(0, i)
  takeIndex(1, j)
  return get(sp, <usize>b, 2)
}

export function caml_ba_get_3(sp: usize, b: Value, i: Value, j: Value, k: Value): Value {
  takeIndex(0, i)
  takeIndex(1, j)
  takeIndex(2, k)
  return get(sp, <usize>b, 3)
}

export function caml_ba_set_1(sp: usize, b: Value, i: Value, v: Value): Value {
  takeIndex(0, i)
  return set(sp, <usize>b, 1, v)
}

export function caml_ba_set_2(sp: usize, b: Value, i: Value, j: Value, v: Value): Value {
  takeIndex(0, i)
  takeIndex(1, j)
  return set(sp, <usize>b, 2, v)
}

export function caml_ba_set_3(sp: usize, b: Value, i: Value, j: Value, k: Value, v: Value): Value {
  takeIndex(0, i)
  takeIndex(1, j)
  takeIndex(2, k)
  return set(sp, <usize>b, 3, v)
}

export function caml_ba_get_generic(sp: usize, b: Value, indices: Value): Value {
  const count = wosizeAt(<usize>indices)
  if (count == dimensionCount(<usize>b)) takeInts(indices, 0)
  return get(sp, <usize>b, count)
}

export function caml_ba_set_generic(sp: usize, b: Value, indices: Value, v: Value): Value {
  const count = wosizeAt(<usize>indices)
  if (count == dimensionCount(<usize>b)) takeInts(indices, 0)
  return set(sp, <usize>b, count, v)
}

// Views of the same data.

export function caml_ba_sub(sp: usize, v: Value, from: Value, length: Value): Value {
  const b = <usize>v
  const count = dimensionCount(b)
  const isFortran = layoutOf(b) != LAYOUT_C
  const changed = isFortran ? count - 1 : 0
  const first = intOfVal(from) - <i64>isFortran
  const n = intOfVal(length)
  if (count == 0 || first < 0 || n < 0 || n > dimension(b, changed) || first > dimension(b, changed) - n)
    return invalidArgument(sp, 'Bigarray.sub: bad sub-array')
  takeDimensions(b)
  // The elements that one step of the changed dimension passes over.
  setNumber(changed, 1)
  const step = <usize>product(count, i64.MAX_VALUE)
  setNumber(changed, n)
  const data = dataOf(b) + ((<usize>first * step) << elementShift(kindOf(b)))
  return make(sp, kindOf(b) | layoutOf(b), count, data, ownerOf(b))
}

/** Fixes the first dimensions in C's layout, the last ones in Fortran's. */
export function caml_ba_slice(sp: usize, v: Value, indices: Value): Value {
  const b = <usize>v
  const fixed = wosizeAt(<usize>indices)
  const count = dimensionCount(b)
  if (fixed > count) return invalidArgument(sp, 'Bigarray.slice: too many indices')
  const isFortran = layoutOf(b) != LAYOUT_C
  const left = count - fixed
  for (let i: usize = 0; i < count; i++) setNumber(i, <i64>isFortran)
  takeInts(indices, isFortran ? left : 0)
  const data = elementAt(b)
  if (!data) return caml_array_bound_error(sp)
  for (let i: usize = 0; i < left; i++) setNumber(i, dimension(b, isFortran ? i : fixed + i))
  return make(sp, kindOf(b) | layoutOf(b), left, data, ownerOf(b))
}

/** The same elements under the other layout: the dimensions in reverse. */
export function caml_ba_change_layout(sp: usize, v: Value, layoutVal: Value): Value {
  const b = <usize>v
  const layout = intOfVal(layoutVal) ? LAYOUT_FORTRAN : LAYOUT_C
  if (layout == layoutOf(b)) return v
  const count = dimensionCount(b)
  for (let i: usize = 0; i < count; i++) setNumber(i, dimension(b, count - 1 - i))
  return make(sp, kindOf(b) | layout, count, dataOf(b), ownerOf(b))
}

export function caml_ba_reshape(sp: usize, v: Value, dims: Value): Value {
  const b = <usize>v
  const count = wosizeAt(<usize>dims)
  if (count > MAX_DIMENSIONS) return invalidArgument(sp, 'Bigarray.reshape: bad number of dimensions')
  takeInts(dims, 0)
  if (hasNegative(count)) return invalidArgument(sp, 'Bigarray.reshape: negative dimension')
  if (product(count, MAX_BYTES) != <i64>elementCount(b)) return invalidArgument(sp, 'Bigarray.reshape: size mismatch')
  return make(sp, kindOf(b) | layoutOf(b), count, dataOf(b), ownerOf(b))
}

// All elements at once.

/** The arrays may share their data. */
export function caml_ba_blit(sp: usize, source: Value, target: Value): Value {
  const a = <usize>source
  const b = <usize>target
  if (!haveSameDimensions(a, b)) return invalidArgument(sp, 'Bigarray.blit: dimension mismatch')
  memory.copy(dataOf(b), dataOf(a), dataBytes(a))
  return UNIT
}

function haveSameDimensions(a: usize, b: usize): bool {
  if (dimensionCount(a) != dimensionCount(b)) return false
  for (let i: usize = 0; i < dimensionCount(a); i++) if (dimension(a, i) != dimension(b, i)) return false
  return true
}

/** Stores one element and copies what is there twice, four times and so on. */
export function caml_ba_fill(_sp: usize, v: Value, element: Value): Value {
  const b = <usize>v
  const bytes = dataBytes(b)
  if (bytes == 0) return UNIT
  const data = dataOf(b)
  storeElement(kindOf(b), data, element)
  let filled = (<usize>1) << elementShift(kindOf(b))
  for (; filled < bytes; filled <<= 1) memory.copy(data + filled, data, min(filled, bytes - filled))
  return UNIT
}
