/**
 * Marshalling: a graph of values to bytes.
 *
 * A block that has been written is marked by its header: color free, which no block has, and the block's
 * number in place of the size. The trail has the true headers, by number, and puts them back at the end,
 * whatever happens. So finding a shared block costs nothing beyond reading the header, and nothing may
 * collect or raise in between.
 *
 *     output   header (20 bytes), data …
 *     trail    per block: true header (8), address (4), 0
 *     pending  stack of fields still to be written: first (4), end (4)
 */

import { closureEnvironment, headerAt, infixOffset, intOfVal, isBlock, isImmediate, payloadOfVal } from './header'
import { stringLength, tagOfHeader, wosizeOfHeader } from './header'
import { writeBigarray } from './bigarray-marshal'
import { hostCodePlace } from './host'
import {
  COLOR_FREE,
  CUSTOM_BIGARRAY,
  CUSTOM_INT32,
  CUSTOM_INT64,
  CUSTOM_NATIVEINT,
  TAG_ABSTRACT,
  TAG_CLOSURE,
  TAG_CONT,
  TAG_CUSTOM,
  TAG_DOUBLE,
  TAG_DOUBLE_ARRAY,
  TAG_FORWARD,
  TAG_INFIX,
  TAG_LAZY,
  TAG_STRING,
} from './layout'
import {
  CODE_BLOCK32,
  CODE_BLOCK64,
  CODE_CODE_POINTER,
  CODE_CUSTOM_FIXED,
  CODE_DOUBLE_LITTLE,
  CODE_DOUBLES32_LITTLE,
  CODE_DOUBLES8_LITTLE,
  CODE_INFIX_POINTER,
  CODE_INT16,
  CODE_INT32,
  CODE_INT64,
  CODE_INT8,
  CODE_SHARED16,
  CODE_SHARED32,
  CODE_SHARED8,
  CODE_STRING32,
  CODE_STRING8,
  MAGIC_SMALL,
  PREFIX_BLOCK,
  PREFIX_INT,
  PREFIX_STRING,
  SMALL_HEADER_BYTES,
} from './marshal-format'
import { forgetScratch, growScratch, scratchEnd, scratchStart, trimScratch } from './scratch'
import { Value } from './value'

export const FLAG_NO_SHARING: i32 = 1
export const FLAG_CLOSURES: i32 = 2
export const FLAG_COMPAT_32: i32 = 4

// Why a value cannot be written.
export const WRITE_OK: i32 = 0
export const WRITE_NO_MEMORY: i32 = 1
export const WRITE_FUNCTIONAL: i32 = 2
export const WRITE_ABSTRACT: i32 = 3
export const WRITE_CUSTOM: i32 = 4
export const WRITE_CONTINUATION: i32 = 5
export const WRITE_INTEGER_32: i32 = 6
export const WRITE_STRING_32: i32 = 7
export const WRITE_ARRAY_32: i32 = 8
export const WRITE_FLOATS_32: i32 = 9

const output: usize = memory.data(8, 8)
const trail: usize = memory.data(8, 8)
const pending: usize = memory.data(8, 8)

/** Where the next byte goes, and the end of the room. */
let out: usize = 0
let outEnd: usize = 0
/** Blocks written so far: the next one's number. */
let blocks: usize = 0
let top: usize = 0
let topEnd: usize = 0
let words32: u64 = 0
let words64: u64 = 0
let flags: i32 = 0
let failure: i32 = 0

export function initMarshalWrite(): void {
  forgetScratch(output)
  forgetScratch(trail)
  forgetScratch(pending)
}

/**
 * Writes header and data; `writtenStart` and `writtenLength` say where they are until `endWriting`. A
 * `WRITE_…` code.
 */
export function writeMarshalled(v: Value, writeFlags: i32): i32 {
  flags = writeFlags
  failure = WRITE_OK
  blocks = 0
  words32 = 0
  words64 = 0
  out = scratchStart(output)
  outEnd = scratchEnd(output)
  top = scratchStart(pending)
  topEnd = scratchEnd(pending)
  if (!hasRoom(SMALL_HEADER_BYTES)) return failure
  out += SMALL_HEADER_BYTES
  writeGraph(v)
  restoreHeaders()
  if (failure == WRITE_OK) writeHeader()
  else endWriting()
  return failure
}

export function writtenStart(): usize {
  return scratchStart(output)
}

export function writtenLength(): usize {
  return out - scratchStart(output)
}

export function endWriting(): void {
  trimScratch(output)
  trimScratch(trail)
  trimScratch(pending)
}

function writeHeader(): void {
  const start = scratchStart(output)
  store<u32>(start, bswap<u32>(MAGIC_SMALL))
  store<u32>(start, bswap<u32>(<u32>(out - start - SMALL_HEADER_BYTES)), 4)
  store<u32>(start, bswap<u32>(flags & FLAG_NO_SHARING ? 0 : <u32>blocks), 8)
  store<u32>(start, bswap<u32>(<u32>words32), 12)
  store<u32>(start, bswap<u32>(<u32>words64), 16)
}

export function failWriting(code: i32): bool {
  failure = code
  return false
}

// Bytes.

/** Room for `bytes` more bytes of output. */
// @ts-ignore: decorator
@inline
export function hasRoom(bytes: usize): bool {
  return outEnd - out >= bytes || growOutput(bytes)
}

function growOutput(bytes: usize): bool {
  const used = out - scratchStart(output)
  if (!growScratch(output, used, bytes)) return failWriting(WRITE_NO_MEMORY)
  out = scratchStart(output) + used
  outEnd = scratchEnd(output)
  return true
}

// @ts-ignore: decorator
@inline
export function put8(n: u8): void {
  store<u8>(out, n)
  out += 1
}

export function put16(n: u16): void {
  store<u16>(out, bswap<u16>(n))
  out += 2
}

export function put32(n: u32): void {
  store<u32>(out, bswap<u32>(n))
  out += 4
}

export function put64(n: u64): void {
  store<u64>(out, bswap<u64>(n))
  out += 8
}

export function putBytes(from: usize, length: usize): void {
  memory.copy(out, from, length)
  out += length
}

/** Counts the words of a custom block whose data has these sizes. */
export function countCustom(bytes32: usize, bytes64: usize): void {
  words32 += 2 + ((bytes32 + 3) >> 2)
  words64 += 2 + ((bytes64 + 7) >> 3)
}

// Blocks that are written already.

// @ts-ignore: decorator
@inline
function isWritten(header: u64): bool {
  return ((header >> 8) & 3) == COLOR_FREE
}

/** The header that a block has outside of marshalling. */
function trueHeader(block: usize): u64 {
  const header = headerAt(block)
  return isWritten(header) ? load<u64>(scratchStart(trail) + (wosizeOfHeader(header) << 4)) : header
}

/** Gives a block the next number. */
// @ts-ignore: decorator
@inline
function mark(block: usize, header: u64): bool {
  if (flags & FLAG_NO_SHARING) return true
  if (scratchStart(trail) + ((blocks + 1) << 4) > scratchEnd(trail) && !growTrail()) return false
  const entry = scratchStart(trail) + (blocks << 4)
  store<u64>(entry, header)
  store<u64>(entry, <u64>block, 8)
  store<u64>(block - 8, ((<u64>blocks) << 10) | (COLOR_FREE << 8))
  blocks++
  return true
}

function growTrail(): bool {
  return growScratch(trail, blocks << 4, 16) || failWriting(WRITE_NO_MEMORY)
}

function restoreHeaders(): void {
  const start = scratchStart(trail)
  const end = start + (blocks << 4)
  for (let entry = start; entry < end; entry += 16) store<u64>(<usize>load<u32>(entry, 8) - 8, load<u64>(entry))
}

function writeShared(index: usize): void {
  const distance = blocks - index
  if (distance < 0x100) {
    put8(CODE_SHARED8)
    put8(<u8>distance)
  } else if (distance < 0x10000) {
    put8(CODE_SHARED16)
    put16(<u16>distance)
  } else {
    put8(CODE_SHARED32)
    put32(<u32>distance)
  }
}

// Values.

/** What `writeBlock` says: go on with the value in `next`, or with what is pending. */
let next: Value = 0

/** All that is reachable from `v`. */
function writeGraph(v: Value): bool {
  while (true) {
    if (!hasRoom(32)) return false
    if (isImmediate(v)) {
      if (!writeInteger(intOfVal(v))) return false
    } else {
      const header = headerAt(<usize>v)
      if (isWritten(header)) {
        writeShared(wosizeOfHeader(header))
      } else {
        next = 0
        if (!writeBlock(<usize>v, header)) return false
        if (next) {
          v = next
          continue
        }
      }
    }
    if (top == scratchStart(pending)) return true
    const field = <usize>load<u32>(top - 8)
    v = load<i64>(field)
    if (field + 8 == <usize>load<u32>(top - 4)) top -= 8
    else store<u32>(top - 8, <u32>(field + 8))
  }
}

// @ts-ignore: decorator
@inline
function writeInteger(n: i64): bool {
  if (n >= 0 && n < 0x40) {
    put8(PREFIX_INT | <u8>n)
    return true
  }
  return writeLongInteger(n)
}

function writeLongInteger(n: i64): bool {
  if (n >= -0x80 && n < 0x80) {
    put8(CODE_INT8)
    put8(<u8>n)
  } else if (n >= -0x8000 && n < 0x8000) {
    put8(CODE_INT16)
    put16(<u16>n)
  } else if (n >= -0x40000000 && n < 0x40000000) {
    put8(CODE_INT32)
    put32(<u32>n)
  } else {
    if (flags & FLAG_COMPAT_32) return failWriting(WRITE_INTEGER_32)
    put8(CODE_INT64)
    put64(<u64>n)
  }
  return true
}

function writeBlock(block: usize, header: u64): bool {
  const tag = tagOfHeader(header)
  const wosize = wosizeOfHeader(header)
  if (tag < TAG_CONT) return writeFields(block, header, tag, wosize)
  switch (tag) {
    case TAG_STRING:
      return writeString(block, header)
    case TAG_DOUBLE:
      put8(CODE_DOUBLE_LITTLE)
      store<u64>(out, load<u64>(block))
      out += 8
      words32 += 3
      words64 += 2
      return mark(block, header)
    case TAG_DOUBLE_ARRAY:
      return wosize == 0 ? writeBlockHead(tag, 0) : writeFloats(block, header, wosize)
    case TAG_CUSTOM:
      return writeCustom(block, header)
    case TAG_CLOSURE:
      return flags & FLAG_CLOSURES ? writeClosure(block, header, wosize) : failWriting(WRITE_FUNCTIONAL)
    case TAG_INFIX:
      put8(CODE_INFIX_POINTER)
      put32(<u32>infixOffset(header))
      next = <i64>(<u64>(block - infixOffset(header)))
      return true
    case TAG_FORWARD:
      if (isShortcut(load<i64>(block))) {
        next = load<i64>(block)
        return true
      }
      return writeFields(block, header, tag, wosize)
    case TAG_CONT:
      return failWriting(WRITE_CONTINUATION)
    case TAG_ABSTRACT:
      return wosize == 0 ? writeBlockHead(tag, 0) : failWriting(WRITE_ABSTRACT)
    default:
      return writeFields(block, header, tag, wosize)
  }
}

/** Whether a forced lazy value may be written as its value: as the collector does it. */
function isShortcut(inner: Value): bool {
  if (!isBlock(inner)) return true
  const tag = tagOfHeader(trueHeader(<usize>inner))
  return tag != TAG_FORWARD && tag != TAG_LAZY && tag != TAG_DOUBLE
}

// @ts-ignore: decorator
@inline
function writeFields(block: usize, header: u64, tag: i32, wosize: usize): bool {
  if (tag < 16 && wosize < 8) put8(<u8>(PREFIX_BLOCK | (wosize << 4) | tag))
  else if (!writeBlockHead(tag, wosize)) return false
  if (wosize == 0) return true
  words32 += wosize + 1
  words64 += wosize + 1
  next = load<i64>(block)
  return mark(block, header) && (wosize == 1 || pushFields(block + 8, block + (wosize << 3)))
}

function writeBlockHead(tag: i32, wosize: usize): bool {
  const header = ((<u64>wosize) << 10) | <u64>tag
  if (tag < 16 && wosize < 8) {
    put8(<u8>(PREFIX_BLOCK | (wosize << 4) | tag))
    return true
  }
  if (wosize > 0x3fffff && flags & FLAG_COMPAT_32) return failWriting(WRITE_ARRAY_32)
  if (header < 0x100000000) {
    put8(CODE_BLOCK32)
    put32(<u32>header)
  } else {
    put8(CODE_BLOCK64)
    put64(header)
  }
  return true
}

// @ts-ignore: decorator
@inline
function pushFields(from: usize, end: usize): bool {
  if (top == topEnd && !growPending()) return false
  store<u64>(top, (<u64>from) | ((<u64>end) << 32))
  top += 8
  return true
}

function growPending(): bool {
  const used = top - scratchStart(pending)
  if (!growScratch(pending, used, 8)) return failWriting(WRITE_NO_MEMORY)
  top = scratchStart(pending) + used
  topEnd = scratchEnd(pending)
  return true
}

function writeString(block: usize, header: u64): bool {
  const length = stringLength(block)
  if (!hasRoom(length + 32)) return false
  if (length < 0x20) {
    put8(PREFIX_STRING | <u8>length)
  } else if (length < 0x100) {
    put8(CODE_STRING8)
    put8(<u8>length)
  } else {
    if (length > 0xfffffb && flags & FLAG_COMPAT_32) return failWriting(WRITE_STRING_32)
    put8(CODE_STRING32)
    put32(<u32>length)
  }
  putBytes(block, length)
  words32 += 1 + ((length + 4) >> 2)
  words64 += 1 + ((length + 8) >> 3)
  return mark(block, header)
}

function writeFloats(block: usize, header: u64, count: usize): bool {
  if (!hasRoom((count << 3) + 32)) return false
  if (count < 0x100) {
    put8(CODE_DOUBLES8_LITTLE)
    put8(<u8>count)
  } else {
    if (count > 0x1fffff && flags & FLAG_COMPAT_32) return failWriting(WRITE_FLOATS_32)
    put8(CODE_DOUBLES32_LITTLE)
    put32(<u32>count)
  }
  putBytes(block, count << 3)
  words32 += 1 + (count << 1)
  words64 += 1 + count
  return mark(block, header)
}

/** The name of custom operations that is written: an underscore, a letter, a zero. */
function putCustomName(letter: u8): void {
  put8(CODE_CUSTOM_FIXED)
  put8(0x5f)
  put8(letter)
  put8(0)
}

function writeCustom(block: usize, header: u64): bool {
  const operations = load<i64>(block)
  const n = payloadOfVal(<i64>(<u64>block))
  if (operations == CUSTOM_INT32) {
    putCustomName(0x69)
    put32(<u32>n)
    countCustom(4, 4)
  } else if (operations == CUSTOM_INT64) {
    putCustomName(0x6a)
    put64(<u64>n)
    countCustom(8, 8)
  } else if (operations == CUSTOM_NATIVEINT) {
    putCustomName(0x6e)
    const isShort = n == <i64>(<i32>n)
    put8(isShort ? 1 : 2)
    if (isShort) put32(<u32>n)
    else put64(<u64>n)
    countCustom(4, 8)
  } else if (operations == CUSTOM_BIGARRAY) {
    if (!writeBigarray(block)) return false
  } else {
    return failWriting(WRITE_CUSTOM)
  }
  return mark(block, header)
}

/** Code words as places in their unit, the other words before the environment as integers, the rest as fields. */
function writeClosure(block: usize, header: u64, wosize: usize): bool {
  const environment = closureEnvironment(block)
  if (!writeBlockHead(TAG_CLOSURE, wosize)) return false
  words32 += wosize + 1
  words64 += wosize + 1
  if (!hasRoom(environment * 21 + 32)) return false
  for (let at: usize = 0; at < environment; at++) {
    const info = intOfVal(load<i64>(block + ((at + 1) << 3)))
    writeCodePointer(load<i64>(block + (at << 3)))
    writeLongIntegerOrShort(info)
    at += 2
    if (info >> 32 != 1) writeCodePointer(load<i64>(block + (at++ << 3)))
    if (at < environment) writeLongIntegerOrShort(intOfVal(load<i64>(block + (at << 3))))
  }
  if (environment < wosize && !pushFields(block + (environment << 3), block + (wosize << 3))) return false
  return mark(block, header)
}

/** Such integers depend on no flag. */
function writeLongIntegerOrShort(n: i64): void {
  const kept = flags
  flags = 0
  writeInteger(n)
  flags = kept
}

function writeCodePointer(code: Value): void {
  put8(CODE_CODE_POINTER)
  const place = hostCodePlace(<i32>intOfVal(code), out + 4)
  put32(<u32>place)
  out += 16
}
