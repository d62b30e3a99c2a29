/**
 * Backtraces of exceptions, recorded where an exception is caught, while backtraces are on.
 *
 * When a handler is entered, the frames between its own and the one that raised are still above it in the shadow
 * stack, whole but dead. Their descriptors are the trace: a program that records none pays one test at each handler.
 *
 *     raiseFrame: the address of the frame that raised last, with flags in its low bits
 *       1 RAISE_RERAISE     the exception had been caught before: its trace goes on
 *       2 RAISE_PRIMITIVE  the runtime raised, on behalf of the frame's code; the address is the frame's last word
 *       4 RAISE_NOTRACE     nothing is recorded
 *
 * An entry of a trace is a descriptor's address; its low bit says that the place raises. Innermost first.
 */

import { allocate, reserve, youngBlock } from './allocation'
import { failwith } from './exceptions'
import {
  FALSE,
  field,
  intOfVal,
  padString,
  setField,
  stringWosize,
  TRUE,
  UNIT,
  valOfAddress,
  valOfBool,
  valOfInt,
  wosizeAt,
} from './header'
import { hostPlace } from './host'
import { allocateRaw, freeRaw } from './large'
import {
  BACKTRACE_ON,
  DESCRIPTOR_FLAGS,
  DESCRIPTOR_RUNTIME_FLAG,
  EXCEPTION,
  RAISE_FLAGS,
  RAISE_FRAME,
  RAISE_NOTRACE,
  RAISE_PRIMITIVE,
  RAISE_RERAISE,
  THREAD_START,
  TAG_STRING,
} from './layout'
import { root_create, root_delete, root_get, root_modify } from './root-pools'
import { atom } from './static-data'
import { Value } from './value'

const RAISES: u32 = 1

/** As many as fit into one young block. */
const CAPACITY: i32 = 256
const entries = memory.data(1024)
const spare = memory.data(1024)
let count: i32 = 0
/** Root of the exception whose trace it is; 0 before there is one. */
let subject: usize = 0

function frameBytes(frame: usize): usize {
  return (<usize>load<u16>(load<u32>(frame))) << 3
}

function isProgram(frame: usize): bool {
  return (load<u16>(<usize>load<u32>(frame), DESCRIPTOR_FLAGS) & DESCRIPTOR_RUNTIME_FLAG) == 0
}

/** Program frames from `from` up to the one that `last` lies in. */
function countFrames(from: usize, last: usize): i32 {
  let n = 0
  for (let frame = from; frame <= last; frame += frameBytes(frame)) {
    if (isProgram(frame)) n++
    if (frameBytes(frame) == 0) break
  }
  return n
}

/** Adds the frames from `from` to `last`, the innermost first; what does not fit is left out. */
function append(from: usize, last: usize, innermost: u32): void {
  let position = count + countFrames(from, last)
  count = min(position, CAPACITY)
  let frame = from
  while (position > 0 && frame <= last) {
    const bytes = frameBytes(frame)
    if (isProgram(frame)) {
      position--
      const isLast = frame + bytes > last
      if (position < CAPACITY) {
        store<u32>(entries + (<usize>position << 2), load<u32>(frame) | (isLast ? innermost : 0))
      }
    }
    if (bytes == 0) break
    frame += bytes
  }
}

/** The exception that is unwinding has come to the frame at `sp`: called by a handler there, or at the end of a thread. */
export function record_trace(sp: usize): void {
  const raise = load<u32>(RAISE_FRAME)
  if (raise & RAISE_NOTRACE) return
  const exception = load<i64>(EXCEPTION)
  if (!(raise & RAISE_RERAISE) || !subject || root_get(subject) != exception) {
    count = 0
    subject = subject ? root_modify(subject, exception) : root_create(exception)
    if (!subject) return
  }
  append(sp, <usize>(raise & ~RAISE_FLAGS), raise & RAISE_PRIMITIVE ? 0 : RAISES)
}

// ---------------------------------------------------------------------------------------------------------
// The traces of threads: the engine keeps one for each that waits

export function trace_count(): i32 {
  return count
}

export function trace_entries(): usize {
  return entries
}

/** Forgets the trace; the root of its exception, which the caller owns from now on, or 0. */
export function trace_take(): usize {
  const root = subject
  count = 0
  subject = 0
  return root
}

/** The trace is that of `root`, which it takes over; the caller has written `length` entries. */
export function trace_set(length: i32, root: usize): void {
  if (subject) root_delete(subject)
  count = length
  subject = root
}

/** Whether there is one. */
export function hasTrace(): bool {
  return count != 0
}

/** Moves the trace into memory of its own, whose address this gives; 0: there is no room, and the trace is where it was. */
export function keepTrace(): usize {
  const bytes = <usize>count << 2
  const kept = allocateRaw(bytes + 8)
  if (!kept) return 0
  store<i32>(kept, count)
  store<u32>(kept, <u32>subject, 4)
  memory.copy(kept + 8, entries, bytes)
  count = 0
  subject = 0
  return kept
}

/** The trace is what has been kept there, which is given back; 0: there is none. */
export function giveTrace(kept: usize): void {
  if (!kept) {
    trace_set(0, 0)
    return
  }
  const length = load<i32>(kept)
  memory.copy(entries, kept + 8, <usize>length << 2)
  trace_set(length, <usize>load<u32>(kept, 4))
  freeRaw(kept)
}

// ---------------------------------------------------------------------------------------------------------
// What Printexc asks for

export function caml_record_backtrace(_sp: usize, on: Value): Value {
  store<i32>(BACKTRACE_ON, on == TRUE ? 1 : 0)
  count = 0
  return UNIT
}

export function caml_backtrace_status(_sp: usize, _unit: Value): Value {
  return valOfBool(load<i32>(BACKTRACE_ON) != 0)
}

/** The trace as an array of entries. */
function traceArray(sp: usize): Value {
  if (count == 0) return atom(0)
  const block = allocate(sp, <usize>count, 0)
  if (!block) return 0
  for (let i = 0; i < count; i++) setField(block, <usize>i, valOfInt(<i64>load<u32>(entries + (<usize>i << 2))))
  return valOfAddress(block)
}

export function caml_get_exception_raw_backtrace(sp: usize, _unit: Value): Value {
  return load<i32>(BACKTRACE_ON) ? traceArray(sp) : atom(0)
}

/** The exception is about to be raised again with a trace that somebody kept. */
export function caml_restore_raw_backtrace(_sp: usize, exception: Value, backtrace: Value): Value {
  if (!load<i32>(BACKTRACE_ON)) return UNIT
  subject = subject ? root_modify(subject, exception) : root_create(exception)
  const block = <usize>backtrace
  count = min(<i32>wosizeAt(block), CAPACITY)
  for (let i = 0; i < count; i++) store<u32>(entries + (<usize>i << 2), <u32>intOfVal(field(block, <usize>i)))
  return UNIT
}

/** The frames of the running thread, in the buffer that is lent for it. */
export function caml_get_current_callstack(sp: usize, limit: Value): Value {
  const kept = count
  memory.copy(spare, entries, 1024)
  count = 0
  append(<usize>load<u32>(THREAD_START), sp - 8, 0)
  count = min(count, <i32>min(max(intOfVal(limit), 0), <i64>CAPACITY))
  const array = traceArray(sp)
  memory.copy(entries, spare, 1024)
  count = kept
  return array
}

/** The call stack of a suspended fiber is not told. */
export function caml_get_continuation_callstack(_sp: usize, _k: Value, _entries: Value): Value {
  return atom(0)
}

export function caml_raw_backtrace_length(_sp: usize, backtrace: Value): Value {
  return valOfInt(<i64>wosizeAt(<usize>backtrace))
}

/** A slot is the entry itself: no frame stands for more than one place. */
export function caml_raw_backtrace_next_slot(_sp: usize, _slot: Value): Value {
  return FALSE
}

export function caml_ml_debug_info_status(_sp: usize, _unit: Value): Value {
  return valOfInt(0)
}

/**
 * `Known_location` (fields of Printexc.backtrace_slot) or `Unknown_location`. The engine writes where a descriptor's site is
 * above `sp`: line, first character, last one on that line, last line, last column, then lengths and bytes of the file's name
 * and the function's.
 */
export function caml_convert_raw_backtrace_slot(sp: usize, slot: Value): Value {
  if (!(slot & 1)) return failwith(sp, 'No debug information available')
  const entry = <u32>intOfVal(slot)
  const raises = valOfBool((entry & RAISES) != 0)
  if (!hostPlace(entry & ~RAISES, sp, 4096)) {
    const unknown = allocate(sp, 1, 1)
    if (!unknown) return 0
    setField(unknown, 0, raises)
    return valOfAddress(unknown)
  }
  const fileLength = <usize>load<u32>(sp, 20)
  const nameLength = <usize>load<u32>(sp, 24)
  if (!reserve(sp, (12 + stringWosize(fileLength) + stringWosize(nameLength)) << 3)) return 0
  const file = youngString(sp + 28, fileLength)
  const name = youngString(sp + 28 + fileLength, nameLength)
  const block = youngBlock(9, 0)
  setField(block, 0, raises)
  setField(block, 1, file)
  for (let i: usize = 0; i < 3; i++) setField(block, 2 + i, number(sp, i))
  setField(block, 5, FALSE)
  setField(block, 6, name)
  for (let i: usize = 0; i < 2; i++) setField(block, 7 + i, number(sp, 3 + i))
  return valOfAddress(block)
}

function number(numbers: usize, index: usize): Value {
  return valOfInt(<i64>load<u32>(numbers + (index << 2)))
}

function youngString(bytes: usize, length: usize): Value {
  const wosize = stringWosize(length)
  const block = youngBlock(wosize, TAG_STRING)
  padString(block, wosize, length)
  memory.copy(block, bytes, length)
  return valOfAddress(block)
}
