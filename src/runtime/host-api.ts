/**
 * Building values from the host: addresses are 32-bit numbers, so that no BigInt is needed. 0 always means:
 * Out_of_memory is raised. Whatever allocates may move every young block: hold values in frames below
 * `top` or in roots.
 */

import { allocate, allocateString, reserve, youngBlock } from './allocation'
import { allocateMajor } from './gc'
import { valOfAddress } from './header'
import { Value } from './value'
import { caml_initialize } from './remembered'
import { atomAddress } from './static-data'

/**
 * For emitted code: a block of more than `MAX_YOUNG_WOSIZE` words in the major heap; scanned fields are `()`.
 * 0: unwinding.
 */
export function alloc_large(top: usize, wosize: i64, tag: i32): Value {
  return valOfAddress(allocateMajor(top, <usize>wosize, tag))
}

/**
 * A block of any size (0: the atom). Young blocks' fields hold anything and must be written before the next
 * allocation.
 */
export function alloc_block(top: usize, wosize: i32, tag: i32): usize {
  return wosize == 0 ? atomAddress(tag) : allocate(top, wosize, tag)
}

/** A string of `length` bytes, to be filled. */
export function alloc_string(top: usize, length: i32): usize {
  return allocateString(top, length)
}

/**
 * Makes room for `words` words (headers included, at most a young block) so that `take_small` needs no check.
 */
export function reserve_small(top: usize, words: i32): i32 {
  return reserve(top, (<usize>words) << 3) ? 1 : 0
}

/** A block of at most `MAX_YOUNG_WOSIZE` words from the room that `reserve_small` has made. */
export function take_small(wosize: i32, tag: i32): usize {
  return youngBlock(wosize, tag)
}

/** First store into a field of a block that `alloc_block` made, of whatever size. */
export function store_field(block: usize, index: i32, low: i32, high: i32): void {
  caml_initialize(block + ((<usize>index) << 3), ((<i64>high) << 32) | <i64>(<u32>low))
}
