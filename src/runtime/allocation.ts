/**
 * Allocation by the runtime's own externals, and the frames in which they root their values meanwhile.
 *
 * An external that may collect stores the values it still needs in a frame at `sp`, collects with the frame's
 * end as top, and loads them again. `reserve` comes first and tells whether there is room already, so the
 * usual case roots nothing.
 */

import { collect, allocateMajor } from './gc'
import { makeHeader, padString, stringWosize, valOfAddress } from './header'
import {
  COLOR_WHITE,
  MAX_YOUNG_WOSIZE,
  TAG_CUSTOM,
  TAG_DOUBLE,
  TAG_STRING,
  YOUNG_LIMIT,
  YOUNG_PTR,
} from './layout'
import { Value } from './value'
import { DESCRIPTOR_RUNTIME_FLAG } from './layout'
import { static_alloc } from './static-data'

const MAX_FRAME_VALUES: usize = 4
/** Descriptors of runtime frames with 0 to 4 values, 32 bytes each. */
let descriptors: usize = 0

export function initFrames(): void {
  descriptors = static_alloc((MAX_FRAME_VALUES + 1) << 5)
  for (let count: usize = 0; count <= MAX_FRAME_VALUES; count++) {
    const descriptor = descriptors + (count << 5)
    store<u16>(descriptor, <u16>(count + 1))
    store<u16>(descriptor, <u16>count, 2)
    store<u16>(descriptor, DESCRIPTOR_RUNTIME_FLAG, 10)
    for (let slot: usize = 0; slot < count; slot++) store<u16>(descriptor + 16 + (slot << 1), <u16>(slot + 1))
  }
}

// @ts-ignore: decorator
@inline
function frameHeader(sp: usize, count: usize): void {
  store<u64>(sp, <u64>(descriptors + (count << 5)))
}

/** A frame of one value; the first address above it. */
// @ts-ignore: decorator
@inline
export function frame1(sp: usize, a: Value): usize {
  frameHeader(sp, 1)
  store<i64>(sp, a, 8)
  return sp + 16
}

// @ts-ignore: decorator
@inline
export function frame2(sp: usize, a: Value, b: Value): usize {
  frameHeader(sp, 2)
  store<i64>(sp, a, 8)
  store<i64>(sp, b, 16)
  return sp + 24
}

// @ts-ignore: decorator
@inline
export function frame3(sp: usize, a: Value, b: Value, c: Value): usize {
  frameHeader(sp, 3)
  store<i64>(sp, a, 8)
  store<i64>(sp, b, 16)
  store<i64>(sp, c, 24)
  return sp + 32
}

/** A value of a frame, counted from 0. */
// @ts-ignore: decorator
@inline
export function rooted(sp: usize, index: usize): Value {
  return load<i64>(sp + 8 + (index << 3))
}

/** Whether `bytes` are free in the minor area. */
// @ts-ignore: decorator
@inline
export function hasYoung(bytes: usize): bool {
  return <usize>load<u32>(YOUNG_PTR) - bytes >= <usize>load<u32>(YOUNG_LIMIT)
}

/** Makes sure that `bytes` are free in the minor area; may collect. False: Out_of_memory is raised, the caller returns 0. */
// @ts-ignore: decorator
@inline
export function reserve(top: usize, bytes: usize): bool {
  return hasYoung(bytes) || collect(top, bytes) != 0
}

/** A block in the minor area, where there is room for it. Fields hold anything. */
// @ts-ignore: decorator
@inline
export function youngBlock(wosize: usize, tag: i32): usize {
  const header = <usize>load<u32>(YOUNG_PTR) - ((wosize + 1) << 3)
  store<u32>(YOUNG_PTR, <u32>header)
  store<u64>(header, makeHeader(wosize, COLOR_WHITE, tag))
  return header + 8
}

/**
 * A block of any size from 1; 0: Out_of_memory is raised. May collect: values that are still needed are in frames below `top`.
 * A block beyond the young size is in the major heap; its fields are `()` unless the tag is not scanned. A
 * young block's fields hold anything.
 */
export function allocate(top: usize, wosize: usize, tag: i32): usize {
  if (wosize > MAX_YOUNG_WOSIZE) return allocateMajor(top, wosize, tag)
  if (!reserve(top, (wosize + 1) << 3)) return 0
  return youngBlock(wosize, tag)
}

/** A string of `length` bytes, padding written; 0: Out_of_memory is raised. */
export function allocateString(top: usize, length: usize): usize {
  const wosize = stringWosize(length)
  const block = allocate(top, wosize, TAG_STRING)
  if (block) padString(block, wosize, length)
  return block
}

/** A boxed float; 0: Out_of_memory is raised. */
export function boxFloat(top: usize, x: f64): Value {
  if (!reserve(top, 16)) return 0
  const block = youngBlock(1, TAG_DOUBLE)
  store<f64>(block, x)
  return valOfAddress(block)
}

/** A boxed integer with this number of operations; 0: Out_of_memory is raised. */
export function boxInteger(top: usize, operations: i64, n: i64): Value {
  if (!reserve(top, 24)) return 0
  const block = youngBlock(2, TAG_CUSTOM)
  store<i64>(block, operations)
  store<i64>(block, n, 8)
  return valOfAddress(block)
}

/** A block of two fields; 0: Out_of_memory is raised. */
export function pair(top: usize, a: Value, b: Value): Value {
  if (!hasYoung(24)) {
    const end = frame2(top, a, b)
    if (!collect(end, 24)) return 0
    a = rooted(top, 0)
    b = rooted(top, 1)
  }
  const block = youngBlock(2, 0)
  store<i64>(block, a)
  store<i64>(block, b, 8)
  return valOfAddress(block)
}
