/**
 * Structural comparison: OCaml's order on values. Iterative; pairs of fields still to be compared wait in the
 * free part of the shadow stack above `sp` as entries of 16 bytes {left field, right field, count}. Nothing
 * is allocated.
 */

import { orderOfBigarrays } from './bigarray-order'
import { invalidArgument, raise_out_of_memory } from './exceptions'
import {
  field,
  floatOfVal,
  headerAt,
  isBlock,
  isImmediate,
  tagOfHeader,
  valOfBool,
  valOfInt,
  wosizeOfHeader,
} from './header'
import {
  CUSTOM_BIGARRAY,
  CUSTOM_CHANNEL,
  CUSTOM_INT32,
  CUSTOM_INT64,
  CUSTOM_NATIVEINT,
  STACK_END,
  TAG_ABSTRACT,
  TAG_CLOSURE,
  TAG_CONT,
  TAG_CUSTOM,
  TAG_DOUBLE,
  TAG_DOUBLE_ARRAY,
  TAG_FORWARD,
  TAG_INFIX,
  TAG_OBJECT,
  TAG_STRING,
} from './layout'
import { EQUAL, GREATER, LESS, orderOfFloats, orderOfInts } from './number-order'
import { orderOfStrings } from './string-order'
import { Value } from './value'

/** An exception has been raised. */
const RAISED: i32 = 3
/** What `orderOfLeaves` returns for blocks whose fields are to be compared. */
const FIELDS: i32 = 4

function orderOfFloatArrays(a: usize, b: usize, wosizeA: usize, wosizeB: usize, total: bool): i32 {
  if (wosizeA != wosizeB) return wosizeA < wosizeB ? LESS : GREATER
  for (let i: usize = 0; i < wosizeA; i++) {
    const order = orderOfFloats(load<f64>(a + (i << 3)), load<f64>(b + (i << 3)), total)
    if (order != EQUAL) return order
  }
  return EQUAL
}

/** OCaml orders custom blocks of different kinds by the names of their operations: _bigarr02, _chan, _i, _j, _n. */
function rankOfCustom(operations: i64): i32 {
  if (operations == CUSTOM_BIGARRAY) return 0
  if (operations == CUSTOM_CHANNEL) return 1
  if (operations == CUSTOM_INT32) return 2
  if (operations == CUSTOM_INT64) return 3
  return operations == CUSTOM_NATIVEINT ? 4 : 5
}

function orderOfCustoms(a: usize, b: usize, total: bool): i32 {
  const operationsA = load<i64>(a)
  const operationsB = load<i64>(b)
  if (operationsA != operationsB) return orderOfInts(rankOfCustom(operationsA), rankOfCustom(operationsB))
  if (operationsA == CUSTOM_BIGARRAY) return orderOfBigarrays(a, b, total)
  return orderOfInts(load<i64>(a, 8), load<i64>(b, 8))
}

/** Compares two different blocks that are not forwarded, as far as that needs no recursion. */
function orderOfLeaves(sp: usize, a: usize, b: usize, total: bool): i32 {
  const headerA = headerAt(a)
  const headerB = headerAt(b)
  const tagA = codeTag(tagOfHeader(headerA))
  const tagB = codeTag(tagOfHeader(headerB))
  if (tagA != tagB) return tagA < tagB ? LESS : GREATER
  const wosizeA = wosizeOfHeader(headerA)
  const wosizeB = wosizeOfHeader(headerB)
  switch (tagA) {
    case TAG_STRING:
      return a == b ? EQUAL : orderOfStrings(a, b)
    case TAG_DOUBLE:
      return orderOfFloats(load<f64>(a), load<f64>(b), total)
    case TAG_DOUBLE_ARRAY:
      return orderOfFloatArrays(a, b, wosizeA, wosizeB, total)
    case TAG_CUSTOM:
      return orderOfCustoms(a, b, total)
    case TAG_OBJECT:
      return orderOfInts(field(a, 1), field(b, 1))
    case TAG_CLOSURE:
      invalidArgument(sp, 'compare: functional value')
      return RAISED
    case TAG_CONT:
      invalidArgument(sp, 'compare: continuation value')
      return RAISED
    case TAG_ABSTRACT:
      invalidArgument(sp, 'compare: abstract value')
      return RAISED
    default:
      if (wosizeA != wosizeB) return wosizeA < wosizeB ? LESS : GREATER
      return wosizeA == 0 ? EQUAL : FIELDS
  }
}

// @ts-ignore: decorator
@inline
function codeTag(tag: i32): i32 {
  return tag == TAG_INFIX ? TAG_CLOSURE : tag
}

// @ts-ignore: decorator
@inline
function isForward(v: Value): bool {
  return isBlock(v) && tagOfHeader(headerAt(<usize>v)) == TAG_FORWARD
}

function orderOfValues(sp: usize, a: Value, b: Value, total: bool): i32 {
  let top = sp
  const limit = <usize>load<u32>(STACK_END) + 32768
  while (true) {
    let order: i32
    if (a == b && (total || isImmediate(a))) order = EQUAL
    else if (isImmediate(a) && isImmediate(b)) return a < b ? LESS : GREATER
    else if (isForward(a)) {
      a = load<i64>(<usize>a)
      continue
    } else if (isForward(b)) {
      b = load<i64>(<usize>b)
      continue
    } else if (isImmediate(a)) return LESS
    else if (isImmediate(b)) return GREATER
    else order = orderOfLeaves(sp, <usize>a, <usize>b, total)
    if (order == FIELDS) {
      const more = wosizeOfHeader(headerAt(<usize>a)) - 1
      if (more) {
        if (top + 16 > limit) {
          raise_out_of_memory(sp)
          return RAISED
        }
        store<u32>(top, <u32>a + 8)
        store<u32>(top, <u32>b + 8, 4)
        store<u32>(top, <u32>more, 8)
        top += 16
      }
      a = load<i64>(<usize>a)
      b = load<i64>(<usize>b)
      continue
    }
    if (order != EQUAL || top == sp) return order
    const left = <usize>load<u32>(top - 16)
    const right = <usize>load<u32>(top - 12)
    a = load<i64>(left)
    b = load<i64>(right)
    const rest = load<u32>(top - 8) - 1
    if (rest) {
      store<u32>(top - 16, <u32>left + 8)
      store<u32>(top - 12, <u32>right + 8)
      store<u32>(top - 8, rest)
    } else {
      top -= 16
    }
  }
}

/** -1, 0 or 1; raises Invalid_argument on functional and abstract values. */
export function caml_compare(sp: usize, a: Value, b: Value): Value {
  const order = orderOfValues(sp, a, b, true)
  return order == RAISED ? 0 : valOfInt(order)
}

export function caml_equal(sp: usize, a: Value, b: Value): Value {
  const order = orderOfValues(sp, a, b, false)
  return order == RAISED ? 0 : valOfBool(order == EQUAL)
}

export function caml_notequal(sp: usize, a: Value, b: Value): Value {
  const order = orderOfValues(sp, a, b, false)
  return order == RAISED ? 0 : valOfBool(order != EQUAL)
}

export function caml_lessthan(sp: usize, a: Value, b: Value): Value {
  const order = orderOfValues(sp, a, b, false)
  return order == RAISED ? 0 : valOfBool(order == LESS)
}

export function caml_lessequal(sp: usize, a: Value, b: Value): Value {
  const order = orderOfValues(sp, a, b, false)
  return order == RAISED ? 0 : valOfBool(order == LESS || order == EQUAL)
}

export function caml_greaterthan(sp: usize, a: Value, b: Value): Value {
  const order = orderOfValues(sp, a, b, false)
  return order == RAISED ? 0 : valOfBool(order == GREATER)
}

export function caml_greaterequal(sp: usize, a: Value, b: Value): Value {
  const order = orderOfValues(sp, a, b, false)
  return order == RAISED ? 0 : valOfBool(order == GREATER || order == EQUAL)
}

export function caml_int_compare(_sp: usize, a: Value, b: Value): Value {
  return valOfInt(orderOfInts(a, b))
}

export function caml_float_compare(_sp: usize, a: Value, b: Value): Value {
  return valOfInt(orderOfFloats(floatOfVal(a), floatOfVal(b), true))
}

/** Two floats, not boxed; the order as an immediate. */
export function caml_float_compare_unboxed(a: f64, b: f64): Value {
  return valOfInt(orderOfFloats(a, b, true))
}

function orderOfPayloads(a: Value, b: Value): Value {
  return valOfInt(orderOfInts(load<i64>(<usize>a, 8), load<i64>(<usize>b, 8)))
}

export function caml_int32_compare(_sp: usize, a: Value, b: Value): Value {
  return orderOfPayloads(a, b)
}

export function caml_int64_compare(_sp: usize, a: Value, b: Value): Value {
  return orderOfPayloads(a, b)
}

export function caml_nativeint_compare(_sp: usize, a: Value, b: Value): Value {
  return orderOfPayloads(a, b)
}
