/**
 * Values and headers.
 *
 *  63                              10 9   8 7        0
 * ┌──────────────────────────────────┬─────┬──────────┐
 * │ wosize (words)                   │color│ tag      │   at the block's address - 8
 * └──────────────────────────────────┴─────┴──────────┘
 */

import {
  COLOR_STATIC,
  CUSTOM_INT32,
  CUSTOM_INT64,
  CUSTOM_NATIVEINT,
  TAG_ABSTRACT,
  YOUNG_SIZE,
  YOUNG_START,
} from './layout'
import { Value } from './value'

export const UNIT: Value = 1
export const FALSE: Value = 1
export const TRUE: Value = 3
export const EMPTY_LIST: Value = 1
export const NONE: Value = 1

export const COLOR_SHIFT: u64 = 8
export const COLOR_MASK: u64 = 3 << 8

// @ts-ignore: decorator
@inline
export function valOfInt(n: i64): Value {
  return (n << 1) | 1
}

// @ts-ignore: decorator
@inline
export function intOfVal(v: Value): i64 {
  return v >> 1
}

// @ts-ignore: decorator
@inline
export function valOfBool(b: bool): Value {
  return select<i64>(TRUE, FALSE, b)
}

// @ts-ignore: decorator
@inline
export function valOfAddress(address: usize): Value {
  return <i64>(<u64>address)
}

// @ts-ignore: decorator
@inline
export function addressOfVal(v: Value): usize {
  return <usize>v
}

// @ts-ignore: decorator
@inline
export function isImmediate(v: Value): bool {
  return (<i32>v & 1) != 0
}

// @ts-ignore: decorator
@inline
export function isBlock(v: Value): bool {
  return (<i32>v & 1) == 0
}

// @ts-ignore: decorator
@inline
export function makeHeader(wosize: usize, color: u64, tag: i32): u64 {
  return ((<u64>wosize) << 10) | (color << 8) | <u64>tag
}

// @ts-ignore: decorator
@inline
export function headerAt(block: usize): u64 {
  return load<u64>(block - 8)
}

// @ts-ignore: decorator
@inline
export function wosizeOfHeader(header: u64): usize {
  return <usize>(header >> 10)
}

// @ts-ignore: decorator
@inline
export function tagOfHeader(header: u64): i32 {
  return <i32>header & 0xff
}

// @ts-ignore: decorator
@inline
export function colorOfHeader(header: u64): u64 {
  return (header >> COLOR_SHIFT) & 3
}

// @ts-ignore: decorator
@inline
export function withColor(header: u64, color: u64): u64 {
  return (header & ~COLOR_MASK) | (color << COLOR_SHIFT)
}

// @ts-ignore: decorator
@inline
export function wosizeAt(block: usize): usize {
  return wosizeOfHeader(headerAt(block))
}

// @ts-ignore: decorator
@inline
export function tagAt(block: usize): i32 {
  return <i32>load<u8>(block - 8)
}

// @ts-ignore: decorator
@inline
export function field(block: usize, index: usize): Value {
  return load<i64>(block + (index << 3))
}

/** For blocks that cannot be seen by the collector yet, and for immediates. */
// @ts-ignore: decorator
@inline
export function setField(block: usize, index: usize, v: Value): void {
  store<i64>(block + (index << 3), v)
}

/**
 * The address of the closure block around an infix pointer. An infix header's wosize is its distance in
 * words.
 */
// @ts-ignore: decorator
@inline
export function infixOffset(header: u64): usize {
  return wosizeOfHeader(header) << 3
}

/** First field of a closure's environment; the fields before it hold no pointers. */
// @ts-ignore: decorator
@inline
export function closureEnvironment(block: usize): usize {
  return <usize>(<u32>(load<i64>(block, 8) >> 1))
}

/**
 * Whether a word is a block of the current minor area: one unsigned test, because odd words rotate to huge
 * numbers.
 */
// @ts-ignore: decorator
@inline
export function isYoung(v: Value, start: u64, half: u64): bool {
  return rotr<u64>(<u64>v - start, 1) < half
}

// @ts-ignore: decorator
@inline
export function isYoungValue(v: Value): bool {
  return isYoung(v, <u64>load<u32>(YOUNG_START), <u64>load<u32>(YOUNG_SIZE) >> 1)
}

// @ts-ignore: decorator
@inline
export function isYoungAddress(address: usize): bool {
  return address - load<u32>(YOUNG_START) < load<u32>(YOUNG_SIZE)
}

/** Bytes of a string. */
// @ts-ignore: decorator
@inline
export function stringLength(s: usize): usize {
  const last = (wosizeAt(s) << 3) - 1
  return last - <usize>load<u8>(s + last)
}

/** Words of a string block of `length` bytes. */
// @ts-ignore: decorator
@inline
export function stringWosize(length: usize): usize {
  return (length + 8) >> 3
}

/** Writes the padding of a fresh string block. */
// @ts-ignore: decorator
@inline
export function padString(s: usize, wosize: usize, length: usize): void {
  const bytes = wosize << 3
  store<u64>(s + bytes - 8, 0)
  store<u8>(s + bytes - 1, <u8>(bytes - 1 - length))
}

// @ts-ignore: decorator
@inline
export function floatOfVal(v: Value): f64 {
  return load<f64>(addressOfVal(v))
}

/** The payload of an int32, int64 or nativeint. */
// @ts-ignore: decorator
@inline
export function payloadOfVal(v: Value): i64 {
  return load<i64>(addressOfVal(v), 8)
}

export function isBoxedInteger(block: usize): bool {
  const operations = load<i64>(block)
  return operations == CUSTOM_INT32 || operations == CUSTOM_NATIVEINT || operations == CUSTOM_INT64
}

/** The header of memory that is not a block of the program: never marked, never swept, never scanned. */
// @ts-ignore: decorator
@inline
export function rawHeader(wosize: usize): u64 {
  return makeHeader(wosize, COLOR_STATIC, TAG_ABSTRACT)
}
