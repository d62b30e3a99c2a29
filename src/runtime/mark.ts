/**
 * Marking. A block turns black when it is found and is pushed if it has fields; so the stack holds black
 * blocks whose fields are still to be looked at, as pairs (next field, end) in one 64-bit word. Children of
 * one block are found together, so that their headers' cache misses overlap. Long blocks are pushed in
 * pieces. A continuation is pushed as a whole, its address odd: its frames tell which of its words are values.
 *
 * When the stack is full and cannot grow, a block stays black and unpushed, and `overflowed` is set; after
 * the stack has run empty, the whole heap is searched for black blocks with white children, until no overflow
 * happens.
 */

import { contFrames, contFramesEnd, contHandler, contNext } from './continuations'
import { closureEnvironment, headerAt, infixOffset, isBlock, tagOfHeader, wosizeOfHeader } from './header'
import { allocateRaw, freeRaw } from './large'
import { ownerOf } from './bigarray-block'
import {
  COLOR_BLACK,
  CUSTOM_BIGARRAY,
  MARKING,
  TAG_CLOSURE,
  TAG_CONT,
  TAG_CUSTOM,
  TAG_INFIX,
  TAG_NO_SCAN,
} from './layout'
import { Value } from './value'
import { heapCursor, nextHeapBlock, startHeapWalk } from './walk'

const INITIAL_BYTES: usize = 32768
const MAX_BYTES: usize = 8 << 20
const PIECE_BYTES: usize = 1024

let stack: usize = 0
let stackNext: usize = 0
let stackEnd: usize = 0
let overflowed: bool = false
/** Words of blocks marked in this cycle, headers included. */
export let markedWords: u64 = 0
/** For tests: how often the stack overflowed. */
export let markOverflows: i32 = 0
let maxBytes: usize = MAX_BYTES

export function initMark(): bool {
  stack = allocateRaw(INITIAL_BYTES)
  stackNext = stack
  stackEnd = stack + INITIAL_BYTES
  overflowed = false
  markOverflows = 0
  maxBytes = MAX_BYTES
  return stack != 0
}

/** For tests: a mark stack of this many entries that never grows. */
export function limit_mark_stack(entries: usize): void {
  maxBytes = 0
  stackEnd = stack + min<usize>(entries << 3, INITIAL_BYTES)
}

export function beginMarking(): void {
  markedWords = 0
}

function growStack(): bool {
  const bytes = stackEnd - stack
  if (bytes >= maxBytes) return false
  const grown = allocateRaw(bytes << 1)
  if (!grown) return false
  memory.copy(grown, stack, bytes)
  freeRaw(stack)
  stack = grown
  stackNext = grown + bytes
  stackEnd = grown + (bytes << 1)
  return true
}

// @ts-ignore: decorator
@inline
function push(from: usize, end: usize): void {
  if (stackNext == stackEnd && !growStack()) {
    overflowed = true
    return
  }
  store<u64>(stackNext, <u64>from | ((<u64>end) << 32))
  stackNext += 8
}

/** Marks a block whose header was found white. */
// @ts-ignore: decorator
@inline
function blacken(block: usize, header: u64): void {
  store<u64>(block - 8, header | (COLOR_BLACK << 8))
  const wosize = wosizeOfHeader(header)
  markedWords += wosize + 1
  const tag = tagOfHeader(header)
  if (tag >= TAG_NO_SCAN) {
    if (tag == TAG_CUSTOM) markCustom(block)
    return
  }
  const end = block + (wosize << 3)
  if (tag == TAG_CONT) {
    push(block | 1, end)
    return
  }
  const from = tag == TAG_CLOSURE ? block + (closureEnvironment(block) << 3) : block
  if (from < end) push(from, end)
}

/** A bigarray keeps the block of its data, which has no fields. */
// @ts-ignore: decorator
@inline
function markCustom(block: usize): void {
  if (load<i64>(block) != CUSTOM_BIGARRAY) return
  const data = ownerOf(block)
  const header = headerAt(data)
  if (<i32>header & 0x300) return
  store<u64>(data - 8, header | (COLOR_BLACK << 8))
  markedWords += wosizeOfHeader(header) + 1
}

// @ts-ignore: decorator
@inline
function markBlock(block: usize): void {
  const header = headerAt(block)
  if (<i32>header & 0x300) return
  if (tagOfHeader(header) == TAG_INFIX) markInfix(block - infixOffset(header))
  else blacken(block, header)
}

function markInfix(block: usize): void {
  const header = headerAt(block)
  if (!(<i32>header & 0x300)) blacken(block, header)
}

/** Marks what a root or a field holds. No young block may be reachable. */
// @ts-ignore: decorator
@inline
export function markValue(v: Value): void {
  if (isBlock(v)) markBlock(<usize>v)
}

export function markRoot(v: Value): void {
  if (v) markValue(v)
}

/** The barrier's part of incremental marking: the old value of an assigned field is kept for this cycle. */
export function shade(v: Value): void {
  if (load<i32>(MARKING)) markRoot(v)
}

function drain(): void {
  while (stackNext != stack) {
    stackNext -= 8
    const entry = load<u64>(stackNext)
    let from = <usize>(<u32>entry)
    let end = <usize>(entry >> 32)
    if (from & 1) {
      markContinuation(from & ~1)
      continue
    }
    if (end - from > PIECE_BYTES) {
      // The slot just popped is free, so this push cannot overflow.
      store<u64>(stackNext, <u64>(from + PIECE_BYTES) | ((<u64>end) << 32))
      stackNext += 8
      end = from + PIECE_BYTES
    }
    for (; from < end; from += 8) markValue(load<i64>(from))
  }
}

function markContinuation(block: usize): void {
  markValue(load<i64>(contNext(block)))
  markValue(load<i64>(contHandler(block)))
  markFrames(contFrames(block), contFramesEnd(block))
}

/** Marks what frames hold. */
export function markFrames(frame: usize, end: usize): void {
  while (frame < end) {
    const descriptor = <usize>load<u32>(frame)
    const slots = descriptor + 16
    const slotsEnd = slots + ((<usize>load<u16>(descriptor, 2)) << 1)
    for (let slot = slots; slot < slotsEnd; slot += 2)
      markRoot(load<i64>(frame + ((<usize>load<u16>(slot)) << 3)))
    frame += (<usize>load<u16>(descriptor)) << 3
  }
}

/** Marks everything reachable from what has been marked so far. */
export function finishMarking(): void {
  drain()
  while (overflowed) {
    overflowed = false
    markOverflows++
    rescan()
    drain()
  }
}

/** Looks for black blocks with white children: those that the full stack could not take. */
function rescan(): void {
  startHeapWalk()
  while (nextHeapBlock()) {
    const header = load<u64>(heapCursor)
    if (((header >> 8) & 3) != COLOR_BLACK) continue
    const tag = tagOfHeader(header)
    if (tag >= TAG_NO_SCAN) continue
    const block = heapCursor + 8
    if (tag == TAG_CONT) {
      markContinuation(block)
      drain()
      continue
    }
    const end = block + (wosizeOfHeader(header) << 3)
    let slot = tag == TAG_CLOSURE ? block + (closureEnvironment(block) << 3) : block
    for (; slot < end; slot += 8) markValue(load<i64>(slot))
    drain()
  }
}
