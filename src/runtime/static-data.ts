/**
 * Static data: what lies outside the collected heap and lives as long as the domain. Atoms (empty blocks),
 * predefined exceptions, unit data, and the ranges of global slots that the major collector scans.
 */

import { makeHeader, stringWosize, valOfAddress, valOfInt } from './header'
import {
  COLOR_STATIC,
  PREDEF_ASSERT_FAILURE,
  PREDEF_COUNT,
  PREDEF_DIVISION_BY_ZERO,
  PREDEF_END_OF_FILE,
  PREDEF_FAILURE,
  PREDEF_INVALID_ARGUMENT,
  PREDEF_LAZY_UNDEFINED,
  PREDEF_MATCH_FAILURE,
  PREDEF_NOT_FOUND,
  PREDEF_OUT_OF_MEMORY,
  PREDEF_STACK_OVERFLOW,
  PREDEF_SYS_BLOCKED_IO,
  PREDEF_SYS_ERROR,
  PREDEF_UNDEFINED_RECURSIVE_MODULE,
  TAG_OBJECT,
  TAG_STRING,
} from './layout'
import { Value } from './value'
import { PAGE_BYTES, PAGE_SHIFT, PAGE_STATIC, takePages } from './pages'

/** The first chunk is this long; further chunks come from the major heap's pages. */
export const FIRST_STATIC_BYTES: usize = 1 << 20

let next: usize = 0
let end: usize = 0
let firstStart: usize = 0
let firstEnd: usize = 0
/** Header words of the 256 atoms, and one word more so that the last atom's address is inside. */
let atoms: usize = 0
/** Newest of the list of {next, address, words} of global slots. */
let globals: usize = 0
/** The block of predefined exceptions. */
let predef: usize = 0

export function initStatic(start: usize, bytes: usize): void {
  next = (start + 7) & ~7
  end = start + bytes
  firstStart = start
  firstEnd = end
  globals = 0
  atoms = static_alloc(257 << 3)
  for (let tag = 0; tag < 256; tag++)
    store<u64>(atoms + ((<usize>tag) << 3), makeHeader(0, COLOR_STATIC, tag))
  initPredef()
}

export function isInFirstStaticChunk(address: usize): bool {
  return address >= firstStart && address < firstEnd
}

/** Memory for static data, 8-aligned, zeroed; 0 if there is none. */
export function static_alloc(bytes: usize): usize {
  const size = (bytes + 7) & ~7
  if (size > end - next && !newStaticChunk(size)) return 0
  const address = next
  next += size
  return address
}

function newStaticChunk(size: usize): bool {
  const pages = max<usize>((size + PAGE_BYTES - 1) >> PAGE_SHIFT, 8)
  const chunk = takePages(pages, PAGE_STATIC)
  if (!chunk) return false
  memory.fill(chunk, 0, pages << PAGE_SHIFT)
  next = chunk
  end = chunk + (pages << PAGE_SHIFT)
  return true
}

/**
 * `words` slots from `address` on hold values for ever: roots. They must hold values already. False: no
 * memory.
 */
export function register_globals(address: usize, words: i32): bool {
  const node = static_alloc(12)
  if (!node) return false
  store<u32>(node, <u32>globals)
  store<u32>(node, <u32>address, 4)
  store<u32>(node, words, 8)
  globals = node
  return true
}

export function firstGlobals(): usize {
  return globals
}

// @ts-ignore: decorator
@inline
export function atomAddress(tag: i32): usize {
  return atoms + ((<usize>tag) << 3) + 8
}

/** The empty block of a tag. */
export function atom(tag: i32): Value {
  return valOfAddress(atomAddress(tag))
}

/** A block of static data with this header; fields zero. */
export function staticBlock(wosize: usize, tag: i32): usize {
  const address = static_alloc((wosize + 1) << 3)
  if (!address) return 0
  store<u64>(address, makeHeader(wosize, COLOR_STATIC, tag))
  return address + 8
}

/** A string of static data from a literal of this module (ASCII). */
export function staticString(text: string): usize {
  const length = <usize>text.length
  const wosize = stringWosize(length)
  const block = staticBlock(wosize, TAG_STRING)
  copyText(block, text)
  writePadding(block, wosize, length)
  return block
}

/** Copies a literal's characters (ASCII) as bytes. */
export function copyText(target: usize, text: string): void {
  const source = changetype<usize>(text)
  const length = text.length
  for (let i: usize = 0; i < <usize>length; i++) store<u8>(target + i, load<u8>(source + (i << 1)))
}

/** The padding byte alone: the rest of the last word is written already, or zero. */
function writePadding(block: usize, wosize: usize, length: usize): void {
  store<u8>(block + (wosize << 3) - 1, <u8>((wosize << 3) - 1 - length))
}

function definePredef(index: i32, name: string): void {
  const constructor = staticBlock(2, TAG_OBJECT)
  store<i64>(constructor, valOfAddress(staticString(name)))
  store<i64>(constructor, valOfInt(-1 - <i64>index), 8)
  store<i64>(predef + ((<usize>index) << 3), valOfAddress(constructor))
}

function initPredef(): void {
  predef = staticBlock(PREDEF_COUNT, 0)
  definePredef(PREDEF_OUT_OF_MEMORY, 'Out_of_memory')
  definePredef(PREDEF_SYS_ERROR, 'Sys_error')
  definePredef(PREDEF_FAILURE, 'Failure')
  definePredef(PREDEF_INVALID_ARGUMENT, 'Invalid_argument')
  definePredef(PREDEF_END_OF_FILE, 'End_of_file')
  definePredef(PREDEF_DIVISION_BY_ZERO, 'Division_by_zero')
  definePredef(PREDEF_NOT_FOUND, 'Not_found')
  definePredef(PREDEF_MATCH_FAILURE, 'Match_failure')
  definePredef(PREDEF_STACK_OVERFLOW, 'Stack_overflow')
  definePredef(PREDEF_SYS_BLOCKED_IO, 'Sys_blocked_io')
  definePredef(PREDEF_ASSERT_FAILURE, 'Assert_failure')
  definePredef(PREDEF_UNDEFINED_RECURSIVE_MODULE, 'Undefined_recursive_module')
  definePredef(PREDEF_LAZY_UNDEFINED, 'CamlinternalLazy.Undefined')
}

/** A predefined exception's constructor. */
export function predefined(index: i32): Value {
  return load<i64>(predef + ((<usize>index) << 3))
}

/** Address of the block of predefined exceptions, in the order of `PREDEF_…`. */
export function caml_predef(): usize {
  return predef
}

/** Address of the empty block of a tag. */
export function caml_atom(tag: i32): usize {
  return atomAddress(tag)
}
