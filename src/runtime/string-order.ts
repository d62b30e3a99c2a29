/**
 * Order and equality of strings (and bytes): bytes as unsigned numbers, then length. No allocation, no `sp`.
 */

import { headerAt, stringLength, valOfBool, valOfInt, wosizeOfHeader } from './header'
import { Value } from './value'

/** -1, 0 or 1. */
export function orderOfStrings(a: usize, b: usize): i32 {
  const lengthA = stringLength(a)
  const lengthB = stringLength(b)
  const order = orderOfBytes(a, b, min(lengthA, lengthB))
  return order ? order : <i32>(lengthA > lengthB) - <i32>(lengthA < lengthB)
}

function orderOfBytes(a: usize, b: usize, length: usize): i32 {
  let at: usize = 0
  for (; at + 8 <= length; at += 8) {
    const x = load<u64>(a + at)
    const y = load<u64>(b + at)
    if (x != y) return bswap<u64>(x) < bswap<u64>(y) ? -1 : 1
  }
  for (; at < length; at++) {
    const x = <i32>load<u8>(a + at)
    const y = <i32>load<u8>(b + at)
    if (x != y) return x < y ? -1 : 1
  }
  return 0
}

/** Equal strings have equal words, padding included. */
// @ts-ignore: decorator
@inline
function areEqual(a: usize, b: usize): bool {
  if (a == b) return true
  const wosize = wosizeOfHeader(headerAt(a))
  if (wosize != wosizeOfHeader(headerAt(b))) return false
  for (let at: usize = 0; at < wosize << 3; at += 8) {
    if (load<u64>(a + at) != load<u64>(b + at)) return false
  }
  return true
}

export function caml_string_equal(a: Value, b: Value): Value {
  return valOfBool(areEqual(<usize>a, <usize>b))
}

export function caml_string_notequal(a: Value, b: Value): Value {
  return valOfBool(!areEqual(<usize>a, <usize>b))
}

export function caml_string_compare(a: Value, b: Value): Value {
  return valOfInt(orderOfStrings(<usize>a, <usize>b))
}

export function caml_string_lessthan(a: Value, b: Value): Value {
  return valOfBool(orderOfStrings(<usize>a, <usize>b) < 0)
}

export function caml_string_lessequal(a: Value, b: Value): Value {
  return valOfBool(orderOfStrings(<usize>a, <usize>b) <= 0)
}

export function caml_string_greaterthan(a: Value, b: Value): Value {
  return valOfBool(orderOfStrings(<usize>a, <usize>b) > 0)
}

export function caml_string_greaterequal(a: Value, b: Value): Value {
  return valOfBool(orderOfStrings(<usize>a, <usize>b) >= 0)
}

export function caml_bytes_equal(a: Value, b: Value): Value {
  return caml_string_equal(a, b)
}

export function caml_bytes_notequal(a: Value, b: Value): Value {
  return caml_string_notequal(a, b)
}

export function caml_bytes_compare(a: Value, b: Value): Value {
  return caml_string_compare(a, b)
}

export function caml_bytes_lessthan(a: Value, b: Value): Value {
  return caml_string_lessthan(a, b)
}

export function caml_bytes_lessequal(a: Value, b: Value): Value {
  return caml_string_lessequal(a, b)
}

export function caml_bytes_greaterthan(a: Value, b: Value): Value {
  return caml_string_greaterthan(a, b)
}

export function caml_bytes_greaterequal(a: Value, b: Value): Value {
  return caml_string_greaterequal(a, b)
}
