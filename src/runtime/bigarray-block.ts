/**
 * The block of a bigarray, with tag Custom:
 *
 *  0 number of operations │ 1 address of the first element │ 2 block that holds the data │ 3 kind, layout, dims
 *  4 … the dimensions, as plain numbers
 *
 * The data is an abstract block of the major heap, never young; sub-arrays share it. The collector marks it
 * from here (`mark.ts`), so it lives as long as any of them. Emitted code relies on the places of the address
 * and of the dimensions (`src/codegen/layout.ts`).
 */

import { allocateMajor } from './gc'
import { allocate, frame1, rooted } from './allocation'
import { CUSTOM_BIGARRAY, TAG_ABSTRACT, TAG_CUSTOM } from './layout'

export const KIND_FLOAT32: i32 = 0
export const KIND_FLOAT64: i32 = 1
export const KIND_INT8: i32 = 2
export const KIND_UINT8: i32 = 3
export const KIND_INT16: i32 = 4
export const KIND_UINT16: i32 = 5
export const KIND_INT32: i32 = 6
export const KIND_INT64: i32 = 7
export const KIND_INT: i32 = 8
export const KIND_NATIVEINT: i32 = 9
export const KIND_COMPLEX32: i32 = 10
export const KIND_COMPLEX64: i32 = 11
export const KIND_CHAR: i32 = 12
export const KIND_FLOAT16: i32 = 13
export const KIND_COUNT: i32 = 14

export const LAYOUT_C: i32 = 0
export const LAYOUT_FORTRAN: i32 = 0x100
export const MAX_DIMENSIONS: usize = 16

const HEAD_WORDS: usize = 4
const DATA: usize = 8
const OWNER: usize = 16
const FLAGS: usize = 24
const DIMENSIONS: usize = 32

/** Logarithm of the bytes of an element, by kind. */
const shifts: usize = memory.data<u8>([2, 3, 0, 0, 1, 1, 2, 3, 3, 3, 3, 4, 0, 1])

// @ts-ignore: decorator
@inline
export function elementShift(kind: i32): usize {
  return <usize>load<u8>(shifts + <usize>kind)
}

// @ts-ignore: decorator
@inline
export function dataOf(b: usize): usize {
  return <usize>load<u32>(b, DATA)
}

// @ts-ignore: decorator
@inline
export function ownerOf(b: usize): usize {
  return <usize>load<u32>(b, OWNER)
}

// @ts-ignore: decorator
@inline
export function kindOf(b: usize): i32 {
  return load<i32>(b, FLAGS) & 0xff
}

/** `LAYOUT_C` or `LAYOUT_FORTRAN`. */
// @ts-ignore: decorator
@inline
export function layoutOf(b: usize): i32 {
  return load<i32>(b, FLAGS) & 0x100
}

// @ts-ignore: decorator
@inline
export function dimensionCount(b: usize): usize {
  return <usize>(load<i32>(b, FLAGS) >> 16)
}

// @ts-ignore: decorator
@inline
export function dimension(b: usize, index: usize): i64 {
  return load<i64>(b + (index << 3), DIMENSIONS)
}

// @ts-ignore: decorator
@inline
export function setDimension(b: usize, index: usize, n: i64): void {
  store<i64>(b + (index << 3), n, DIMENSIONS)
}

/** How many elements there are. */
export function elementCount(b: usize): usize {
  let count: usize = 1
  for (let i: usize = 0; i < dimensionCount(b); i++) count *= <usize>dimension(b, i)
  return count
}

// @ts-ignore: decorator
@inline
export function dataBytes(b: usize): usize {
  return elementCount(b) << elementShift(kindOf(b))
}

// @ts-ignore: decorator
@inline
export function bigarrayWosize(dimensions: usize): usize {
  return HEAD_WORDS + dimensions
}

/** Everything but the dimensions. */
export function initBigarray(b: usize, flags: i32, dimensions: usize, data: usize, owner: usize): void {
  store<i64>(b, CUSTOM_BIGARRAY)
  store<u64>(b, <u64>data, DATA)
  store<u64>(b, <u64>owner, OWNER)
  store<u64>(b, <u64>(flags | <i32>(dimensions << 16)), FLAGS)
}

/** A block for the data: of the major heap whatever its size; 0: no room, the caller returns 0. */
export function allocateData(top: usize, bytes: usize): usize {
  return allocateMajor(top, max<usize>((bytes + 7) >> 3, 1), TAG_ABSTRACT)
}

/** The block of a new bigarray over `data` in `owner`, which must stay alive meanwhile; dimensions are to be set. */
export function newBigarray(sp: usize, flags: i32, dimensions: usize, data: usize, owner: usize): usize {
  const b = allocate(frame1(sp, <i64>(<u64>owner)), bigarrayWosize(dimensions), TAG_CUSTOM)
  if (!b) return 0
  initBigarray(b, flags, dimensions, data, <usize>rooted(sp, 0))
  return b
}
