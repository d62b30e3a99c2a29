/**
 * Marshalled bigarrays, a custom block named `_bigarr02`:
 *
 *  dimensions (4) │ kind and layout (4) │ each dimension (2; or 0xffff, then 8) │ elements, big-endian
 *
 * Elements of the kinds int and nativeint come after a byte: 0 if all fit in 4 bytes, else 1 and 8 bytes each.
 */

import {
  dataBytes,
  dataOf,
  dimension,
  dimensionCount,
  elementShift,
  initBigarray,
  bigarrayWosize,
  KIND_COMPLEX32,
  KIND_COMPLEX64,
  KIND_COUNT,
  KIND_INT,
  KIND_NATIVEINT,
  kindOf,
  LAYOUT_FORTRAN,
  layoutOf,
  MAX_DIMENSIONS,
  setDimension,
} from './bigarray-block'
import { CODE_CUSTOM_LENGTH } from './marshal-format'
import { countCustom, hasRoom, put16, put32, put64, put8 } from './marshal-write'
import { get16, get32, get64, get8, newReadBlock, READ_ILL_FORMED, READ_TRUNCATED, refuse, unread } from './marshal-read'
import { TAG_ABSTRACT, TAG_CUSTOM } from './layout'

/** "_bigarr02" without its last character, as a little-endian word; then "2" and the end. */
const NAME_START: u64 = 0x307272616769625f
const NAME_END: u16 = 0x32

function putName(): void {
  put64(bswap<u64>(NAME_START))
  put16(bswap<u16>(NAME_END))
}

export function isBigarrayName(name: usize): bool {
  return load<u64>(name) == NAME_START && load<u16>(name, 8) == NAME_END
}

/** Writes the custom block, its code included; false: no memory. */
export function writeBigarray(b: usize): bool {
  const dimensions = dimensionCount(b)
  const kind = kindOf(b)
  if (!hasRoom(dataBytes(b) + dimensions * 10 + 64)) return false
  put8(CODE_CUSTOM_LENGTH)
  putName()
  put32((4 + <u32>dimensions) << 2)
  put64((4 + dimensions) << 3)
  countCustom((4 + dimensions) << 2, (4 + dimensions) << 3)
  put32(<u32>dimensions)
  put32(<u32>(kind | layoutOf(b)))
  for (let i: usize = 0; i < dimensions; i++) {
    const n = dimension(b, i)
    if (n < 0xffff) {
      put16(<u16>n)
    } else {
      put16(0xffff)
      put64(<u64>n)
    }
  }
  const from = dataOf(b)
  const end = from + dataBytes(b)
  if (kind == KIND_INT) writeWords(from, end, 0x40000000)
  else if (kind == KIND_NATIVEINT) writeWords(from, end, 0x80000000)
  else writeElements(from, end, partShift(kind))
  return true
}

/** Complex numbers are written as two floats. */
function partShift(kind: i32): usize {
  return kind == KIND_COMPLEX32 || kind == KIND_COMPLEX64 ? elementShift(kind) - 1 : elementShift(kind)
}

function writeElements(from: usize, end: usize, shift: usize): void {
  if (shift == 0) for (; from < end; from++) put8(load<u8>(from))
  else if (shift == 1) for (; from < end; from += 2) put16(load<u16>(from))
  else if (shift == 2) for (; from < end; from += 4) put32(load<u32>(from))
  else for (; from < end; from += 8) put64(load<u64>(from))
}

/** Short if all are from -limit to limit - 1. */
function writeWords(from: usize, end: usize, limit: i64): void {
  let isShort = true
  for (let at = from; at < end; at += 8) {
    const n = load<i64>(at)
    if (n < -limit || n >= limit) isShort = false
  }
  put8(isShort ? 0 : 1)
  if (isShort) for (; from < end; from += 8) put32(load<u32>(from))
  else writeElements(from, end, 3)
}

const dimensions: usize = memory.data(128, 8)

/** Reads the data of such a custom block; the bigarray, or 0: refused. */
export function readBigarray(): usize {
  if (unread() < 8) return refuse(READ_TRUNCATED)
  const count = <usize>get32()
  const flags = <i32>get32()
  const kind = flags & 0xff
  if (count > MAX_DIMENSIONS || kind >= KIND_COUNT || flags & ~(0xff | LAYOUT_FORTRAN)) return refuse(READ_ILL_FORMED)
  const elements = readDimensions(count)
  if (elements < 0) return 0
  // Every element takes at least half of its bytes in the message.
  if (<u64>elements << elementShift(kind) > (<u64>unread() << 1)) return refuse(READ_TRUNCATED)
  const bytes = <usize>elements << elementShift(kind)
  const data = newReadBlock(max<usize>((bytes + 7) >> 3, 1), TAG_ABSTRACT)
  if (!data) return 0
  const isRead =
    kind == KIND_INT || kind == KIND_NATIVEINT
      ? readWords(data, data + bytes)
      : readElements(data, data + bytes, partShift(kind))
  if (!isRead) return 0
  const b = newReadBlock(bigarrayWosize(count), TAG_CUSTOM)
  if (!b) return 0
  initBigarray(b, flags, count, data, data)
  for (let i: usize = 0; i < count; i++) setDimension(b, i, load<i64>(dimensions + (i << 3)))
  return b
}

/** More than there is room for; below it no product of dimensions wraps. */
const MAX_ELEMENTS: i64 = 0xffffffff

/** The product of the dimensions, or -1: refused. */
function readDimensions(count: usize): i64 {
  let elements: i64 = 1
  for (let i: usize = 0; i < count; i++) {
    if (unread() < 2) return refused(READ_TRUNCATED)
    let n = <i64>get16()
    if (n == 0xffff) {
      if (unread() < 8) return refused(READ_TRUNCATED)
      n = <i64>get64()
    }
    if (n < 0 || (n > 0 && elements > MAX_ELEMENTS / n)) return refused(READ_ILL_FORMED)
    elements *= n
    store<i64>(dimensions + (i << 3), n)
  }
  return elements
}

function refused(code: i32): i64 {
  refuse(code)
  return -1
}

function readElements(at: usize, end: usize, shift: usize): bool {
  if (unread() < end - at) return refuse(READ_TRUNCATED) != 0
  if (shift == 0) for (; at < end; at++) store<u8>(at, get8())
  else if (shift == 1) for (; at < end; at += 2) store<u16>(at, get16())
  else if (shift == 2) for (; at < end; at += 4) store<u32>(at, get32())
  else for (; at < end; at += 8) store<u64>(at, get64())
  return true
}

function readWords(at: usize, end: usize): bool {
  if (unread() < 1) return refuse(READ_TRUNCATED) != 0
  const isLong = get8()
  if (isLong > 1) return refuse(READ_ILL_FORMED) != 0
  if (isLong) return readElements(at, end, 3)
  if (unread() < (end - at) >> 1) return refuse(READ_TRUNCATED) != 0
  for (; at < end; at += 8) store<i64>(at, <i64>(<i32>get32()))
  return true
}
