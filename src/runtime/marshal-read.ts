/**
 * Unmarshalling: bytes to a graph of values. The bytes may come from anywhere: whatever they are, the result is
 * a sound graph or a refusal. (A sound graph may still be of another type than the program thinks.)
 *
 * Nothing collects while a graph is built, so addresses are kept as they are. A small graph is built in the
 * minor area where there is room; what does not fit, and large graphs, go to the major heap. Fields of
 * blocks that are not read yet are pending; a refusal fills them, so the heap is sound in any case.
 *
 *     numbers  address of each block, by number (4)
 *     pending  stack of fields still to be read: first (4), end (4)
 *     objects  blocks whose identifier is to be made anew (4)
 */

import { hasYoung, youngBlock } from './allocation'
import { isBigarrayName, readBigarray } from './bigarray-marshal'
import { fillWith, tryMajor } from './gc'
import {
  closureEnvironment,
  isImmediate,
  makeHeader,
  padString,
  stringWosize,
  tagAt,
  tagOfHeader,
  UNIT,
  valOfAddress,
  valOfInt,
} from './header'
import { hostCodeIndex } from './host'
import {
  COLOR_WHITE,
  CUSTOM_INT32,
  CUSTOM_INT64,
  CUSTOM_NATIVEINT,
  MAX_YOUNG_WOSIZE,
  TAG_ABSTRACT,
  TAG_CLOSURE,
  TAG_CONT,
  TAG_CUSTOM,
  TAG_DOUBLE,
  TAG_DOUBLE_ARRAY,
  TAG_INFIX,
  TAG_NO_SCAN,
  TAG_OBJECT,
  TAG_STRING,
  YOUNG_SIZE,
} from './layout'
import {
  BIG_HEADER_BYTES,
  CODE_BLOCK32,
  CODE_BLOCK64,
  CODE_CODE_POINTER,
  CODE_CUSTOM_FIXED,
  CODE_CUSTOM_LENGTH,
  CODE_CUSTOM_OLD,
  CODE_DOUBLE_BIG,
  CODE_DOUBLE_LITTLE,
  CODE_DOUBLES32_BIG,
  CODE_DOUBLES32_LITTLE,
  CODE_DOUBLES64_BIG,
  CODE_DOUBLES64_LITTLE,
  CODE_DOUBLES8_BIG,
  CODE_DOUBLES8_LITTLE,
  CODE_INFIX_POINTER,
  CODE_INT16,
  CODE_INT32,
  CODE_INT64,
  CODE_INT8,
  CODE_SHARED16,
  CODE_SHARED32,
  CODE_SHARED64,
  CODE_SHARED8,
  CODE_STRING32,
  CODE_STRING64,
  CODE_STRING8,
  MAGIC_BIG,
  MAGIC_COMPRESSED,
  MAGIC_SMALL,
  PREFIX_BLOCK,
  PREFIX_INT,
  PREFIX_STRING,
  SMALL_HEADER_BYTES,
} from './marshal-format'
import { refreshObjectId } from './objects'
import { caml_initialize } from './remembered'
import { forgetScratch, growScratch, scratchEnd, scratchStart, trimScratch } from './scratch'
import { atom } from './static-data'
import { Value } from './value'

// Why bytes are refused.
export const READ_OK: i32 = 0
export const READ_NO_MEMORY: i32 = 1
export const READ_TRUNCATED: i32 = 2
export const READ_ILL_FORMED: i32 = 3
export const READ_UNKNOWN_CODE: i32 = 4
export const READ_UNKNOWN_CUSTOM: i32 = 5
export const READ_OLD_CUSTOM: i32 = 6
export const READ_CUSTOM_LENGTH: i32 = 7
export const READ_NATIVEINT: i32 = 8
export const READ_BAD_OBJECT: i32 = 9
export const READ_COMPRESSED: i32 = 10
export const READ_CUSTOM_NOT_FIXED: i32 = 11

/** A graph of at most this part of the minor area is built there. */
const YOUNG_PART: usize = 8

const numbers: usize = memory.data(8, 8)
const pending: usize = memory.data(8, 8)
const objects: usize = memory.data(8, 8)

let next: usize = 0
let end: usize = 0
/** Blocks so far, and how many there are; none when they are not numbered. */
let blocks: usize = 0
let blockCount: usize = 0
let objectCount: usize = 0
let top: usize = 0
let isYoungGraph: bool = false
let failure: i32 = 0
/** What the message of a failure names: a code digest, or the name of custom operations. */
export let culprit: usize = 0

// What the header says.
export let headerBytes: usize = 0
export let dataBytesOfHeader: u64 = 0
let blockCountOfHeader: u64 = 0
/** Words of all blocks on this machine, headers included. */
export let wordsOfHeader: u64 = 0

export function initMarshalRead(): void {
  forgetScratch(numbers)
  forgetScratch(pending)
  forgetScratch(objects)
}

/** Lengths of header and data, from the first 16 bytes of a header; false: this is none. */
export function readMarshalLength(at: usize): bool {
  const magic = bswap<u32>(load<u32>(at))
  if (magic == MAGIC_SMALL) {
    headerBytes = SMALL_HEADER_BYTES
    dataBytesOfHeader = <u64>bswap<u32>(load<u32>(at, 4))
  } else if (magic == MAGIC_BIG) {
    headerBytes = BIG_HEADER_BYTES
    dataBytesOfHeader = bswap<u64>(load<u64>(at, 8))
  } else if (magic == MAGIC_COMPRESSED) {
    // The header's own length, then numbers of 7 bits a byte; the first is the length of the data.
    headerBytes = <usize>load<u8>(at, 4) & 0x3f
    dataBytesOfHeader = 0
    for (let i: usize = 5; i < 16; i++) {
      dataBytesOfHeader = (dataBytesOfHeader << 7) | <u64>(load<u8>(at + i) & 0x7f)
      if (load<u8>(at + i) < 0x80) break
    }
  } else {
    return false
  }
  return true
}

/** Reads a header of which `available` bytes are there; a `READ_…` code. */
export function readMarshalHeader(at: usize, available: usize): i32 {
  if (available < 16) return READ_TRUNCATED
  if (!readMarshalLength(at)) return READ_BAD_OBJECT
  const magic = bswap<u32>(load<u32>(at))
  if (magic == MAGIC_COMPRESSED) return READ_COMPRESSED
  if (available < headerBytes) return READ_TRUNCATED
  if (magic == MAGIC_SMALL) {
    blockCountOfHeader = <u64>bswap<u32>(load<u32>(at, 8))
    wordsOfHeader = <u64>bswap<u32>(load<u32>(at, 16))
  } else {
    blockCountOfHeader = bswap<u64>(load<u64>(at, 16))
    wordsOfHeader = bswap<u64>(load<u64>(at, 24))
  }
  return READ_OK
}

/**
 * Builds the graph whose data is at `[from, from + length)`; the header has just been read. 0: refused, see
 * `readFailure`.
 */
export function readMarshalled(from: usize, length: usize): Value {
  next = from
  end = from + length
  failure = READ_OK
  blocks = 0
  objectCount = 0
  // A block takes a byte at least.
  blockCount = <usize>min<u64>(blockCountOfHeader, <u64>length)
  if (!growScratch(numbers, 0, blockCount << 2)) return refuse(READ_NO_MEMORY)
  isYoungGraph = isSmallGraph(wordsOfHeader)
  top = scratchStart(pending)
  const v = readGraph()
  if (v) refreshObjects()
  trimScratch(numbers)
  trimScratch(pending)
  trimScratch(objects)
  return v
}

/** Whether a graph of so many words is to be built in the minor area. */
export function isSmallGraph(words: u64): bool {
  return words <= <u64>(<usize>load<u32>(YOUNG_SIZE) / 8 / YOUNG_PART)
}

export function readFailure(): i32 {
  return failure
}

/** Refuses the bytes; always 0. */
export function refuse(code: i32): usize {
  if (failure == READ_OK) failure = code
  return 0
}

// Bytes. The caller has checked that they are there.

// @ts-ignore: decorator
@inline
export function unread(): usize {
  return end - next
}

// @ts-ignore: decorator
@inline
export function get8(): u8 {
  return load<u8>(next++)
}

export function get16(): u16 {
  const n = bswap<u16>(load<u16>(next))
  next += 2
  return n
}

export function get32(): u32 {
  const n = bswap<u32>(load<u32>(next))
  next += 4
  return n
}

export function get64(): u64 {
  const n = bswap<u64>(load<u64>(next))
  next += 8
  return n
}

// Blocks.

/** A block of at least one word that is not numbered; its fields are written before the next one is made. 0: refused. */
// @ts-ignore: decorator
@inline
export function newReadBlock(wosize: usize, tag: i32): usize {
  // Data of a bigarray is never young.
  if (isYoungGraph && wosize <= MAX_YOUNG_WOSIZE && tag != TAG_ABSTRACT && hasYoung((wosize + 1) << 3))
    return youngBlock(wosize, tag)
  const block = tryMajor(wosize, makeHeader(wosize, COLOR_WHITE, tag))
  return block ? block : refuse(READ_NO_MEMORY)
}

/** Gives the block the next number; false: there are more than the header says. */
// @ts-ignore: decorator
@inline
function number(block: usize): bool {
  if (blockCount == 0) return true
  if (blocks == blockCount) return refuse(READ_ILL_FORMED) != 0
  store<u32>(scratchStart(numbers) + (blocks << 2), <u32>block)
  blocks++
  return true
}

function shared(distance: u64): Value {
  if (distance == 0 || distance > <u64>blocks) return refuse(READ_ILL_FORMED)
  return <i64>load<u32>(scratchStart(numbers) + ((blocks - <usize>distance) << 2))
}

// Values.

function readGraph(): Value {
  const result = readValue()
  if (!result) return failGraph()
  while (top != scratchStart(pending)) {
    const field = <usize>load<u32>(top - 8)
    if (field + 8 == <usize>load<u32>(top - 4)) top -= 8
    else store<u32>(top - 8, <u32>(field + 8))
    const v = readItem()
    if (!v) {
      store<i64>(field, UNIT)
      return failGraph()
    }
    if (isYoungGraph) caml_initialize(field, v)
    else store<i64>(field, v)
  }
  return result
}

/** Fills what has not been read, so that no field holds anything that is not a value. */
function failGraph(): Value {
  for (; top != scratchStart(pending); top -= 8) {
    const from = <usize>load<u32>(top - 8)
    fillWith(from, (<usize>load<u32>(top - 4) - from) >> 3, UNIT)
  }
  return 0
}

/** The next value; if it is a block, its fields become pending. 0: refused. */
// @ts-ignore: decorator
@inline
function readItem(): Value {
  if (next >= end) return refuse(READ_TRUNCATED)
  const code = get8()
  if (code >= PREFIX_BLOCK) return readFields(code & 0xf, <usize>(code >> 4) & 7)
  if (code >= PREFIX_INT) return valOfInt(<i64>(code & 0x3f))
  if (code >= PREFIX_STRING) return readString(<u64>(code & 0x1f))
  return readCoded(code)
}

function readValue(): Value {
  return readItem()
}

/** How many bytes follow the code before anything else. */
const codeBytes: usize = memory.data<u8>([
  1, 2, 4, 8, 1, 2, 4, 4, 4, 1, 4, 8, 8, 1, 1, 4, 20, 4, 0, 8, 8, 8, 8, 8, 0, 0,
])

function readCoded(code: u8): Value {
  if (code > CODE_CUSTOM_FIXED) return refuse(READ_ILL_FORMED)
  if (unread() < <usize>load<u8>(codeBytes + <usize>code)) return refuse(READ_TRUNCATED)
  switch (code) {
    case CODE_INT8:
      return valOfInt(<i64>(<i8>get8()))
    case CODE_INT16:
      return valOfInt(<i64>(<i16>get16()))
    case CODE_INT32:
      return valOfInt(<i64>(<i32>get32()))
    case CODE_INT64:
      return valOfInt(<i64>get64())
    case CODE_SHARED8:
      return shared(<u64>get8())
    case CODE_SHARED16:
      return shared(<u64>get16())
    case CODE_SHARED32:
      return shared(<u64>get32())
    case CODE_SHARED64:
      return shared(get64())
    case CODE_BLOCK32:
      return readBlock(<u64>get32())
    case CODE_BLOCK64:
      return readBlock(get64())
    case CODE_STRING8:
      return readString(<u64>get8())
    case CODE_STRING32:
      return readString(<u64>get32())
    case CODE_STRING64:
      return readString(get64())
    case CODE_DOUBLE_LITTLE:
    case CODE_DOUBLE_BIG:
      return readDouble(code == CODE_DOUBLE_BIG)
    case CODE_DOUBLES8_LITTLE:
    case CODE_DOUBLES8_BIG:
      return readDoubles(<u64>get8(), code == CODE_DOUBLES8_BIG)
    case CODE_DOUBLES32_LITTLE:
    case CODE_DOUBLES32_BIG:
      return readDoubles(<u64>get32(), code == CODE_DOUBLES32_BIG)
    case CODE_DOUBLES64_LITTLE:
    case CODE_DOUBLES64_BIG:
      return readDoubles(get64(), code == CODE_DOUBLES64_BIG)
    case CODE_CODE_POINTER:
      // Code words only appear in closures, which read them themselves; the digest may be wrong all the same.
      return readCodeWord() ? refuse(READ_ILL_FORMED) : 0
    case CODE_INFIX_POINTER:
      return readInfix(<usize>get32())
    case CODE_CUSTOM_OLD:
      return refuse(READ_OLD_CUSTOM)
    default:
      return readCustom(code)
  }
}

function readBlock(header: u64): Value {
  const tag = tagOfHeader(header)
  const wosize = header >> 10
  if (wosize > <u64>unread()) return refuse(READ_TRUNCATED)
  return tag == TAG_CLOSURE ? readClosure(<usize>wosize) : readFields(tag, <usize>wosize)
}

// @ts-ignore: decorator
@inline
function readFields(tag: i32, wosize: usize): Value {
  if (wosize == 0) return atom(tag)
  if (wosize > unread()) return refuse(READ_TRUNCATED)
  if (tag >= TAG_CONT && !isReadableTag(tag, wosize)) return refuse(READ_ILL_FORMED)
  const block = newReadBlock(wosize, tag)
  if (!block || !pushFields(block, block + (wosize << 3)) || !number(block)) return 0
  if (tag == TAG_OBJECT && !rememberObject(block)) return 0
  return valOfAddress(block)
}

/** Of the tags from Cont on, those whose blocks have fields like any other. */
function isReadableTag(tag: i32, wosize: usize): bool {
  if (tag == TAG_OBJECT) return wosize >= 2
  return tag < TAG_NO_SCAN && tag != TAG_INFIX && tag != TAG_CONT && tag != TAG_CLOSURE
}

/** False: no memory; the fields are filled. */
// @ts-ignore: decorator
@inline
function pushFields(from: usize, fieldsEnd: usize): bool {
  if (top == scratchEnd(pending) && !growPending()) {
    fillWith(from, (fieldsEnd - from) >> 3, UNIT)
    return refuse(READ_NO_MEMORY) != 0
  }
  store<u64>(top, (<u64>from) | ((<u64>fieldsEnd) << 32))
  top += 8
  return true
}

function growPending(): bool {
  const used = top - scratchStart(pending)
  if (!growScratch(pending, used, 8)) return false
  top = scratchStart(pending) + used
  return true
}

function readString(length: u64): Value {
  if (length > <u64>unread()) return refuse(READ_TRUNCATED)
  const bytes = <usize>length
  const wosize = stringWosize(bytes)
  const block = newReadBlock(wosize, TAG_STRING)
  if (!block) return 0
  padString(block, wosize, bytes)
  memory.copy(block, next, bytes)
  next += bytes
  return number(block) ? valOfAddress(block) : 0
}

function readDouble(isBig: bool): Value {
  const block = newReadBlock(1, TAG_DOUBLE)
  if (!block) return 0
  const bits = get64()
  store<u64>(block, isBig ? bits : bswap<u64>(bits))
  return number(block) ? valOfAddress(block) : 0
}

function readDoubles(count: u64, isBig: bool): Value {
  if (count > <u64>(unread() >> 3)) return refuse(READ_TRUNCATED)
  if (count == 0) return atom(TAG_DOUBLE_ARRAY)
  const bytes = (<usize>count) << 3
  const block = newReadBlock(<usize>count, TAG_DOUBLE_ARRAY)
  if (!block) return 0
  memory.copy(block, next, bytes)
  next += bytes
  if (isBig) for (let at = block; at < block + bytes; at += 8) store<u64>(at, bswap<u64>(load<u64>(at)))
  return number(block) ? valOfAddress(block) : 0
}

// Custom blocks.

function readCustom(code: u8): Value {
  const name = next
  while (next < end && load<u8>(next) != 0) next++
  if (next == end) return refuse(READ_TRUNCATED)
  const length = next++ - name
  culprit = name
  const isInteger = length == 2 && load<u8>(name) == 0x5f && isIntegerLetter(load<u8>(name, 1))
  if (!isInteger && (length != 9 || !isBigarrayName(name))) return refuse(READ_UNKNOWN_CUSTOM)
  if (code == CODE_CUSTOM_LENGTH) {
    if (unread() < 12) return refuse(READ_TRUNCATED)
    next += 12
  }
  if (isInteger) return readBoxedInteger(load<u8>(name, 1), code)
  if (code == CODE_CUSTOM_FIXED) return refuse(READ_CUSTOM_NOT_FIXED)
  const b = readBigarray()
  return b && number(b) ? valOfAddress(b) : 0
}

/** Of int32, int64, nativeint. */
function isIntegerLetter(c: u8): bool {
  return c == 0x69 || c == 0x6a || c == 0x6e
}

function readBoxedInteger(letter: u8, code: u8): Value {
  const isInt32 = letter == 0x69
  const isInt64 = letter == 0x6a
  if (code == CODE_CUSTOM_LENGTH && bswap<u64>(load<u64>(next - 8)) != (isInt32 ? 4 : 8))
    return refuse(READ_CUSTOM_LENGTH)
  if (isInt32) return unread() < 4 ? refuse(READ_TRUNCATED) : boxed(CUSTOM_INT32, <i64>(<i32>get32()))
  if (isInt64) return unread() < 8 ? refuse(READ_TRUNCATED) : boxed(CUSTOM_INT64, <i64>get64())
  if (unread() < 5) return refuse(READ_TRUNCATED)
  const width = get8()
  if (width == 1) return boxed(CUSTOM_NATIVEINT, <i64>(<i32>get32()))
  if (width != 2) return refuse(READ_NATIVEINT)
  return unread() < 8 ? refuse(READ_TRUNCATED) : boxed(CUSTOM_NATIVEINT, <i64>get64())
}

function boxed(operations: i64, n: i64): Value {
  const block = newReadBlock(2, TAG_CUSTOM)
  if (!block) return 0
  store<i64>(block, operations)
  store<i64>(block, n, 8)
  return number(block) ? valOfAddress(block) : 0
}

// Closures: all words before the environment are read at once and checked.

function readClosure(wosize: usize): Value {
  const block = newReadBlock(wosize, TAG_CLOSURE)
  if (!block) return 0
  const environment = readClosureHead(block, wosize)
  if (!environment) {
    // An object with nothing but units: its tag must not promise more.
    fillWith(block, wosize, UNIT)
    store<u8>(block - 8, 0)
    return 0
  }
  if (environment < wosize && !pushFields(block + (environment << 3), block + (wosize << 3))) return 0
  return number(block) ? valOfAddress(block) : 0
}

/** The words of a closure before its environment; how many, or 0: refused. */
function readClosureHead(block: usize, wosize: usize): usize {
  let environment: usize = 0
  let at: usize = 0
  while (at == 0 || at < environment) {
    if (at) {
      // An infix header.
      const header = readHeadInteger()
      if (header != <i64>makeHeader(at + 1, 0, TAG_INFIX)) return refuse(READ_ILL_FORMED)
      store<i64>(block + (at++ << 3), header)
    }
    if (at + 2 > wosize) return refuse(READ_ILL_FORMED)
    const code = readHeadCode()
    const info = code ? readHeadInteger() : 0
    if (!info) return 0
    const arity = info >> 33
    const offset = <usize>(<u32>(info >> 1)) + at
    if (at == 0) environment = offset
    if (offset != environment || environment > wosize || arity <= 0) return refuse(READ_ILL_FORMED)
    store<i64>(block + (at++ << 3), code)
    store<i64>(block + (at++ << 3), info)
    if (arity == 1) continue
    if (at >= environment) return refuse(READ_ILL_FORMED)
    const full = readHeadCode()
    if (!full) return 0
    store<i64>(block + (at++ << 3), full)
  }
  return at == environment ? environment : refuse(READ_ILL_FORMED)
}

/** An integer as a value; 0: refused. */
function readHeadInteger(): Value {
  const v = readValue()
  return v && !isImmediate(v) ? refuse(READ_ILL_FORMED) : v
}

/** A code word as a value; 0: refused. */
function readHeadCode(): Value {
  if (unread() < 21) return refuse(READ_TRUNCATED)
  return get8() == CODE_CODE_POINTER ? readCodeWord() : refuse(READ_ILL_FORMED)
}

function readCodeWord(): Value {
  const place = get32()
  const digest = next
  next += 16
  const index = hostCodeIndex(digest, <i32>place)
  if (index > 0) return valOfInt(index)
  culprit = digest
  return refuse(index < 0 ? READ_UNKNOWN_CODE : READ_ILL_FORMED)
}

/** A pointer into a closure: the closure follows. */
function readInfix(offset: usize): Value {
  if (next >= end) return refuse(READ_TRUNCATED)
  const code = load<u8>(next)
  if (code == CODE_INFIX_POINTER) return refuse(READ_ILL_FORMED)
  const v = readValue()
  if (!v) return 0
  if (isImmediate(v) || tagAt(<usize>v) != TAG_CLOSURE) return refuse(READ_ILL_FORMED)
  return hasFunctionAt(<usize>v, offset) ? <i64>(<u64>(<usize>v + offset)) : refuse(READ_ILL_FORMED)
}

/** Whether a function other than the first begins at this offset in a closure. */
function hasFunctionAt(closure: usize, offset: usize): bool {
  const environment = closureEnvironment(closure) << 3
  let at: usize = 0
  while (at < environment && at < offset) {
    const arity = load<i64>(closure + at, 8) >> 33
    at += arity == 1 ? 24 : 32
  }
  return at != 0 && at == offset && at < environment
}

// Objects get identifiers of their own when all is read.

function rememberObject(block: usize): bool {
  if (!growScratch(objects, objectCount << 2, 4)) return refuse(READ_NO_MEMORY) != 0
  store<u32>(scratchStart(objects) + (objectCount << 2), <u32>block)
  objectCount++
  return true
}

function refreshObjects(): void {
  for (let i: usize = 0; i < objectCount; i++)
    refreshObjectId(<usize>load<u32>(scratchStart(objects) + (i << 2)))
}
