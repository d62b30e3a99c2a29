/**
 * Comparison and hashing of bigarrays. Arrays of different kinds, layouts or numbers of dimensions have OCaml's
 * order too: the greater number comes first. The hash looks at the first elements only.
 */

import {
  dataOf,
  dimension,
  dimensionCount,
  elementCount,
  KIND_CHAR,
  KIND_COMPLEX32,
  KIND_COMPLEX64,
  KIND_FLOAT16,
  KIND_FLOAT32,
  KIND_FLOAT64,
  KIND_INT16,
  KIND_INT32,
  KIND_INT64,
  KIND_INT8,
  KIND_UINT16,
  KIND_UINT8,
  kindOf,
  layoutOf,
} from './bigarray-block'
import { floatOfHalf } from './half'
import { mix, mixFloat, mixSingle, mixWord } from './hash-mix'
import { EQUAL, orderOfFloats, orderOfInts } from './number-order'

export function orderOfBigarrays(a: usize, b: usize, total: bool): i32 {
  const flags = orderOfInts(kindOf(b) | layoutOf(b), kindOf(a) | layoutOf(a))
  if (flags != EQUAL) return flags
  const count = orderOfInts(dimensionCount(b), dimensionCount(a))
  if (count != EQUAL) return count
  for (let i: usize = 0; i < dimensionCount(a); i++) {
    const order = orderOfInts(dimension(a, i), dimension(b, i))
    if (order != EQUAL) return order
  }
  return orderOfElements(kindOf(a), dataOf(a), dataOf(b), elementCount(a), total)
}

function orderOfElements(kind: i32, a: usize, b: usize, count: usize, total: bool): i32 {
  switch (kind) {
    case KIND_FLOAT16:
      return orderOfHalves(a, b, count, total)
    case KIND_FLOAT32:
      return orderOfReals<f32>(a, b, count, total)
    case KIND_COMPLEX32:
      return orderOfReals<f32>(a, b, count << 1, total)
    case KIND_FLOAT64:
      return orderOfReals<f64>(a, b, count, total)
    case KIND_COMPLEX64:
      return orderOfReals<f64>(a, b, count << 1, total)
    case KIND_INT8:
      return orderOfWholes<i8>(a, b, count)
    case KIND_UINT8:
    case KIND_CHAR:
      return orderOfWholes<u8>(a, b, count)
    case KIND_INT16:
      return orderOfWholes<i16>(a, b, count)
    case KIND_UINT16:
      return orderOfWholes<u16>(a, b, count)
    case KIND_INT32:
      return orderOfWholes<i32>(a, b, count)
    default:
      return orderOfWholes<i64>(a, b, count)
  }
}

function orderOfWholes<T>(a: usize, b: usize, count: usize): i32 {
  for (const end = a + count * sizeof<T>(); a < end; a += sizeof<T>(), b += sizeof<T>()) {
    const order = orderOfInts(<i64>load<T>(a), <i64>load<T>(b))
    if (order != EQUAL) return order
  }
  return EQUAL
}

function orderOfReals<T>(a: usize, b: usize, count: usize, total: bool): i32 {
  for (const end = a + count * sizeof<T>(); a < end; a += sizeof<T>(), b += sizeof<T>()) {
    const order = orderOfFloats(<f64>load<T>(a), <f64>load<T>(b), total)
    if (order != EQUAL) return order
  }
  return EQUAL
}

function orderOfHalves(a: usize, b: usize, count: usize, total: bool): i32 {
  for (const end = a + (count << 1); a < end; a += 2, b += 2) {
    const order = orderOfFloats(floatOfHalf(load<u16>(a)), floatOfHalf(load<u16>(b)), total)
    if (order != EQUAL) return order
  }
  return EQUAL
}

export function hashOfBigarray(b: usize): u32 {
  const at = dataOf(b)
  const count = elementCount(b)
  switch (kindOf(b)) {
    case KIND_INT8:
    case KIND_UINT8:
    case KIND_CHAR:
      return hashOfBytes(at, min<usize>(count, 256))
    case KIND_INT16:
    case KIND_UINT16:
      return hashOfBytes(at, min<usize>(count, 128) << 1)
    case KIND_FLOAT16:
      return hashOfHalves(at, min<usize>(count, 128))
    case KIND_INT32:
      return hashOfBytes(at, min<usize>(count, 64) << 2)
    case KIND_INT64:
      return hashOfBytes(at, min<usize>(count, 32) << 3)
    case KIND_FLOAT32:
      return hashOfSingles(at, min<usize>(count, 64))
    case KIND_COMPLEX32:
      return hashOfSingles(at, min<usize>(count << 1, 64))
    case KIND_FLOAT64:
      return hashOfDoubles(at, min<usize>(count, 32))
    case KIND_COMPLEX64:
      return hashOfDoubles(at, min<usize>(count << 1, 32))
    default:
      return hashOfWords(at, min<usize>(count, 64))
  }
}

/** Four bytes at a time, and then what is left. */
function hashOfBytes(at: usize, length: usize): u32 {
  let h: u32 = 0
  const end = at + length
  for (; at + 4 <= end; at += 4) h = mix(h, load<u32>(at))
  if (at == end) return h
  let rest: u32 = 0
  for (let shift: u32 = 0; at < end; at++, shift += 8) rest |= <u32>load<u8>(at) << shift
  return mix(h, rest)
}

function hashOfHalves(at: usize, count: usize): u32 {
  let h: u32 = 0
  for (const end = at + (count << 1); at < end; at += 2) h = mix(h, normalisedHalf(load<u16>(at)))
  return h
}

/** NaNs and zeros as one. */
function normalisedHalf(x: u16): u16 {
  if ((x & 0x7fff) > 0x7c00) return 0x7c01
  return x == 0x8000 ? 0 : x
}

function hashOfSingles(at: usize, count: usize): u32 {
  let h: u32 = 0
  for (const end = at + (count << 2); at < end; at += 4) h = mixSingle(h, load<f32>(at))
  return h
}

function hashOfDoubles(at: usize, count: usize): u32 {
  let h: u32 = 0
  for (const end = at + (count << 3); at < end; at += 8) h = mixFloat(h, load<f64>(at))
  return h
}

function hashOfWords(at: usize, count: usize): u32 {
  let h: u32 = 0
  for (const end = at + (count << 3); at < end; at += 8) h = mixWord(h, load<i64>(at))
  return h
}
