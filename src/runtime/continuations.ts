/**
 * Continuations: the frames of a computation that has performed an effect, in the heap.
 *
 *          63      62          48      32            0
 *          ┌───────┬───────────┬───────┬─────────────┐
 * field 0  │ taken │           │ last  │ bytes       │  raw: bytes of frames, words of the innermost frame
 *          ├───────┴───────────┴───────┴─────────────┤
 * field 1  │ next: the block with the older frames, or () │
 * field 2  │ handler: { retc, exnc, effect }, or ()  │
 *          ├─────────────────────────────────────────┤
 * field 3… │ frames, oldest first                    │
 *          └─────────────────────────────────────────┘
 *
 * `perform` unwinds the native stack as an exception does, but every frame on the way stays complete. The frame that
 * handles the effect (a *boundary*, see src/codegen/prelude.ts) moves the frames above it into a block of this kind.
 * Resuming moves one frame at a time back to the top of the stack: the next older one follows when it has returned.
 * So each frame that is moved has run, and a deep computation that performs often is not moved again and again.
 *
 * Invariants
 * - Frames hold no address of the stack, so they can be moved anywhere. The upper half of a frame's header word, which
 *   nothing else uses, holds the size in words of the next older frame in the same block.
 * - `next` is () or a block with frames.
 * - A continuation is taken at most once; from then on its block belongs to the fiber that runs it, which shortens it.
 * - What lies beyond `bytes` is dead. The collector scans `next`, `handler` and the live frames.
 */

import { frame2, hasYoung, rooted, youngBlock } from './allocation'
import { raise, raiseNameless } from './exceptions'
import { allocateMajor, collect } from './gc'
import { FALSE, isYoungValue, TRUE, UNIT, valOfAddress } from './header'
import { prepareResume } from './host'
import {
  EXCEPTION,
  MAX_YOUNG_WOSIZE,
  PERFORM_TOP,
  RAISE_FLAGS,
  RAISE_FRAME,
  RESUME_VALUE,
  STACK_TOP,
  TAG_CONT,
  UNSEEN_END,
  UNWIND_EFFECT,
  UNWIND_EXCEPTION,
  UNWIND_REASON,
} from './layout'
import { see_frames_from } from './deep-stack'
import { shadeFrames } from './mark'
import { caml_initialize, remember } from './remembered'
import { copyText } from './static-data'
import { named_value } from './system'
import { Value } from './value'

const CONT_BYTES: usize = 0
const CONT_LAST: usize = 4
const CONT_NEXT: usize = 8
const CONT_HANDLER: usize = 16
const CONT_FRAMES: usize = 24
const TAKEN: u32 = 0x80000000
/** In a frame's header word: the size of the next older frame. */
const FRAME_OLDER: usize = 4
/** Frames of an exception's trace are kept above the frames that it passes up to this size. */
const MAX_TRACE_BYTES: usize = 16384

/** What a boundary asks of the innermost frame: to go on with a value, with an exception, with one from outside. */
const GO_ON: Value = 1
const DISCONTINUE: Value = 5

// For the collector.

// @ts-ignore: decorator
@inline
export function contNext(block: usize): usize {
  return block + CONT_NEXT
}

// @ts-ignore: decorator
@inline
export function contHandler(block: usize): usize {
  return block + CONT_HANDLER
}

// @ts-ignore: decorator
@inline
export function contFrames(block: usize): usize {
  return block + CONT_FRAMES
}

// @ts-ignore: decorator
@inline
export function contFramesEnd(block: usize): usize {
  return block + CONT_FRAMES + <usize>load<u32>(block, CONT_BYTES)
}

// Performing.

/** Unwinds to the innermost boundary. What it then finds above itself, up to `sp`, is the continuation. */
export function caml_perform(sp: usize, effect: Value): Value {
  store<i64>(EXCEPTION, effect)
  store<u32>(PERFORM_TOP, <u32>sp)
  store<u32>(STACK_TOP, <u32>sp)
  store<i32>(UNWIND_REASON, UNWIND_EFFECT)
  return 0
}

/** Where no boundary was found: the exception Effect.Unhandled instead of the effect that is unwinding. */
export function raise_unhandled(top: usize): Value {
  const effect = load<i64>(EXCEPTION)
  store<u32>(PERFORM_TOP, 0)
  copyText(top, 'Effect.Unhandled')
  const root = named_value(top, 16)
  // A program without the module Effect has no such exception.
  if (!root) return raiseNameless(top, 'Effect.Unhandled')
  const end = frame2(top, effect, UNIT)
  if (!hasYoung(24) && !collect(end, 24)) return 0
  const block = youngBlock(2, 0)
  store<i64>(block, load<i64>(root))
  store<i64>(block, rooted(top, 0), 8)
  return raise(top, valOfAddress(block))
}

/** Copies whole words; the usual few faster than `memory.copy` does. */
// @ts-ignore: decorator
@inline
function copyWords(target: usize, source: usize, bytes: usize): void {
  if (bytes > 256) memory.copy(target, source, bytes)
  else for (let at: usize = 0; at < bytes; at += 8) store<u64>(target + at, load<u64>(source + at))
}

/** Links the frames in `[frame, end)`; the words of the innermost one. */
function linkFrames(frame: usize, end: usize): u32 {
  let words: u32 = 0
  while (frame < end) {
    store<u32>(frame, words, FRAME_OLDER)
    words = <u32>load<u16>(<usize>load<u32>(frame))
    frame += (<usize>words) << 3
  }
  return words
}

/**
 * The continuation of the effect that has been performed: the frames from `sp` on, which are those above the
 * boundary, then what is left of `fiber`, which the boundary was running.
 */
export function caml_continuation_capture(sp: usize, fiber: Value, handler: Value): Value {
  const top = <usize>load<u32>(PERFORM_TOP)
  if (sp < <usize>load<u32>(UNSEEN_END)) see_frames_from(sp)
  const bytes = top - sp
  const wosize = (CONT_FRAMES + bytes) >> 3
  store<u32>(PERFORM_TOP, 0)
  if (wosize > MAX_YOUNG_WOSIZE) return captureLarge(sp, top, fiber, handler)
  if (!hasYoung((wosize + 1) << 3)) {
    if (!collect(frame2(top, fiber, handler), (wosize + 1) << 3)) return 0
    fiber = rooted(top, 0)
    handler = rooted(top, 1)
  }
  const block = youngBlock(wosize, TAG_CONT)
  store<u32>(block, <u32>bytes, CONT_BYTES)
  store<u32>(block, linkFrames(sp, top), CONT_LAST)
  store<i64>(block, olderFrames(fiber), CONT_NEXT)
  store<i64>(block, handler, CONT_HANDLER)
  copyWords(block + CONT_FRAMES, sp, bytes)
  return valOfAddress(block)
}

/** The same in the major heap: slots that hold young values are remembered. */
function captureLarge(sp: usize, top: usize, fiber: Value, handler: Value): Value {
  const bytes = top - sp
  const block = allocateMajor(frame2(top, fiber, handler), (CONT_FRAMES + bytes) >> 3, TAG_CONT)
  if (!block) return 0
  store<u32>(block, linkFrames(sp, top), CONT_LAST)
  caml_initialize(block + CONT_NEXT, olderFrames(rooted(top, 0)))
  caml_initialize(block + CONT_HANDLER, rooted(top, 1))
  memory.copy(block + CONT_FRAMES, sp, bytes)
  store<u32>(block, <u32>bytes, CONT_BYTES)
  rememberFrames(block + CONT_FRAMES, block + CONT_FRAMES + bytes)
  return valOfAddress(block)
}

function rememberFrames(frame: usize, end: usize): void {
  while (frame < end) {
    const descriptor = <usize>load<u32>(frame)
    const count = <usize>load<u16>(descriptor, 2)
    for (let i: usize = 0; i < count; i++) {
      const slot = frame + ((<usize>load<u16>(descriptor + 16 + (i << 1))) << 3)
      if (isYoungValue(load<i64>(slot))) remember(slot)
    }
    frame += (<usize>load<u16>(descriptor)) << 3
  }
}

// @ts-ignore: decorator
@inline
function olderFrames(fiber: Value): Value {
  if (fiber == UNIT || load<u32>(<usize>fiber, CONT_BYTES) != 0) return fiber
  return load<i64>(<usize>fiber, CONT_NEXT)
}

// Resuming.

/** Whether this was the first time: a continuation can be resumed once. */
export function caml_continuation_take(_sp: usize, k: Value): Value {
  const last = load<u32>(<usize>k, CONT_LAST)
  if (last & TAKEN) return FALSE
  store<u32>(<usize>k, last | TAKEN, CONT_LAST)
  return TRUE
}

/**
 * Moves the innermost frame of `fiber` to `sp` and resumes it: `how` is GO_ON with a value, DISCONTINUE with an
 * exception, or anything between with an exception that has come out of the frames above.
 */
export function caml_continuation_step(sp: usize, fiber: Value, what: Value, how: Value): Value {
  const block = <usize>fiber
  const last = load<u32>(block, CONT_LAST)
  const size = (<usize>(last & 0xffff)) << 3
  const left = <usize>load<u32>(block, CONT_BYTES) - size
  const frame = block + CONT_FRAMES + left
  // The block gives the frame's values up: for marking, they are overwritten.
  shadeFrames(frame, frame + size)
  store<u32>(block, <u32>left, CONT_BYTES)
  store<u32>(block, load<u32>(frame, FRAME_OLDER) | (last & TAKEN), CONT_LAST)
  if (how == GO_ON) {
    store<i64>(RESUME_VALUE, what)
  } else {
    if (how == DISCONTINUE) store<u32>(RAISE_FRAME, <u32>sp)
    else keepTrace(sp, size)
    store<i64>(RESUME_VALUE, 0)
    store<i64>(EXCEPTION, what)
    store<i32>(UNWIND_REASON, UNWIND_EXCEPTION)
  }
  copyWords(sp, frame, size)
  return resume_frame(sp) ? load<i64>(RESUME_VALUE) : 0
}

/** Moves what the trace of an exception is read from, the frames above `sp`, up by `size`. */
function keepTrace(sp: usize, size: usize): void {
  const raise = load<u32>(RAISE_FRAME)
  const raised = <usize>(raise & ~RAISE_FLAGS)
  if (raised < sp || raised - sp > MAX_TRACE_BYTES) return
  memory.copy(sp + size, sp, raised + 8 - sp)
  store<u32>(RAISE_FRAME, raise + <u32>size)
}

/** Resumes a completed frame with what `resumeValue` holds; 1: its result is there, 0: the stack unwinds. */
export function resume_frame(frame: usize): i32 {
  return call_indirect<i32>(load<u32>(<usize>load<u32>(frame), 4), frame)
}

/** What the table of resume variants holds where none has been made yet: has it made, and goes on there. */
export function resume_first(frame: usize): i32 {
  prepareResume(load<u32>(<usize>load<u32>(frame), 4))
  return resume_frame(frame)
}
