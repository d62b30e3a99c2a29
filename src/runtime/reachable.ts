/**
 * `Obj.reachable_words`: blocks that have been counted have color free and their place in the trail instead of their
 * headers, as while a value is marshalled. The trail is also the queue of the blocks whose fields are to be looked at.
 */

import { raise_out_of_memory } from './exceptions'
import { closureEnvironment, headerAt, infixOffset, isBlock, tagOfHeader, valOfInt, wosizeOfHeader } from './header'
import { COLOR_FREE, TAG_CLOSURE, TAG_CONT, TAG_INFIX, TAG_NO_SCAN } from './layout'
import { forgetScratch, growScratch, scratchStart, trimScratch } from './scratch'
import { Value } from './value'

/** Entries of 16 bytes: true header, address. */
const trail: usize = memory.data(8, 8)
let count: usize = 0
let words: u64 = 0

export function initReachable(): void {
  forgetScratch(trail)
}

function visit(v: Value): bool {
  if (!isBlock(v)) return true
  let block = <usize>v
  let header = headerAt(block)
  if (tagOfHeader(header) == TAG_INFIX && ((header >> 8) & 3) != COLOR_FREE) {
    block -= infixOffset(header)
    header = headerAt(block)
  }
  const wosize = wosizeOfHeader(header)
  if (((header >> 8) & 3) == COLOR_FREE || wosize == 0) return true
  if (!growScratch(trail, count << 4, 16)) return false
  const entry = scratchStart(trail) + (count << 4)
  store<u64>(entry, header)
  store<u64>(entry, <u64>block, 8)
  store<u64>(block - 8, COLOR_FREE << 8)
  count++
  words += wosize + 1
  return true
}

function visitFields(block: usize, header: u64): bool {
  const tag = tagOfHeader(header)
  if (tag >= TAG_NO_SCAN || tag == TAG_CONT) return true
  const end = block + (wosizeOfHeader(header) << 3)
  const from = tag == TAG_CLOSURE ? block + (closureEnvironment(block) << 3) : block
  for (let slot = from; slot < end; slot += 8) if (!visit(load<i64>(slot))) return false
  return true
}

export function caml_obj_reachable_words(sp: usize, v: Value): Value {
  count = 0
  words = 0
  let isDone = visit(v)
  for (let i: usize = 0; isDone && i < count; i++) {
    const entry = scratchStart(trail) + (i << 4)
    isDone = visitFields(<usize>load<u32>(entry, 8), load<u64>(entry))
  }
  for (let i: usize = 0; i < count; i++) {
    const entry = scratchStart(trail) + (i << 4)
    store<u64>(<usize>load<u32>(entry, 8) - 8, load<u64>(entry))
  }
  trimScratch(trail)
  return isDone ? valOfInt(words) : raise_out_of_memory(sp)
}
