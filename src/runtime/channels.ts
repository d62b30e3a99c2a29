/**
 * Channels: buffers over file descriptors of the host.
 *
 * A channel value is a custom block {number of operations, address of the record}. The record is raw memory
 * and outlives the value (the list of open channels may still flush it); closing frees its buffer.
 *
 *  0 next record │ 4 fd (-1: closed) │ 8 buffer │ 12 current │ 16 end of the data read │ 20 output?
 *  24 position (f64): where in the stream the descriptor stands │ 32 flushed after every output?
 *
 * Output: data lies in [buffer, current). Input: unread data lies in [current, end).
 */

import { boxInteger, frame1, pair, rooted } from './allocation'
import { raise_end_of_file, raise_out_of_memory, raise_sys_error } from './exceptions'
import { EMPTY_LIST, intOfVal, payloadOfVal, TRUE, UNIT, valOfBool, valOfInt } from './header'
import { hostClose, hostErrorMessage, hostIsTerminal, hostRead, hostSeek, hostWrite } from './host'
import { CUSTOM_CHANNEL, CUSTOM_INT64 } from './layout'
import { allocateRaw, freeRaw } from './large'
import { Value } from './value'

const NEXT: usize = 0
const FD: usize = 4
const BUFFER: usize = 8
const CURRENT: usize = 12
const DATA_END: usize = 16
const IS_OUTPUT: usize = 20
const POSITION: usize = 24
const UNBUFFERED: usize = 32
const RECORD_BYTES: usize = 40
const BUFFER_BYTES: usize = 65536

/** Newest of the open channels. */
let channels: usize = 0
/** Whether something may be in the buffers of stdout and stderr. */
let hasStandardOutput = false
const messageText: usize = memory.data(256, 8)

export function initChannels(): void {
  channels = 0
  hasStandardOutput = false
}

// @ts-ignore: decorator
@inline
function recordOf(channel: Value): usize {
  return <usize>payloadOfVal(channel)
}

// @ts-ignore: decorator
@inline
function get(record: usize, offset: usize): usize {
  return <usize>load<u32>(record + offset)
}

// @ts-ignore: decorator
@inline
function set(record: usize, offset: usize, n: usize): void {
  store<u32>(record + offset, <u32>n)
}

/** Raises Sys_error for a negated error number; returns 0. */
export function raiseSystemError(sp: usize, code: i32): Value {
  return raise_sys_error(sp, messageText, hostErrorMessage(-code, messageText, 256))
}

function open(sp: usize, fd: Value, isOutput: bool): Value {
  const record = allocateRaw(RECORD_BYTES)
  if (!record) return raise_out_of_memory(sp)
  const buffer = allocateRaw(BUFFER_BYTES)
  if (!buffer) {
    freeRaw(record)
    return raise_out_of_memory(sp)
  }
  set(record, NEXT, channels)
  set(record, FD, <usize>intOfVal(fd))
  set(record, BUFFER, buffer)
  set(record, CURRENT, buffer)
  set(record, DATA_END, buffer)
  set(record, IS_OUTPUT, isOutput ? 1 : 0)
  // What has no position begins at 0.
  store<f64>(record + POSITION, max<f64>(hostSeek(<i32>intOfVal(fd), 0, 1), 0))
  set(record, UNBUFFERED, 0)
  channels = record
  return boxInteger(sp, CUSTOM_CHANNEL, <i64>(<u64>record))
}

export function caml_ml_open_descriptor_in(sp: usize, fd: Value): Value {
  return open(sp, fd, false)
}

export function caml_ml_open_descriptor_out(sp: usize, fd: Value): Value {
  return open(sp, fd, true)
}

/** Writes what is in the buffers of stdout and stderr: another thread's output comes next. Errors are ignored. */
export function flush_standard(): void {
  if (!hasStandardOutput) return
  hasStandardOutput = false
  for (let record = channels; record; record = get(record, NEXT)) {
    const fd = load<i32>(record + FD)
    if (!get(record, IS_OUTPUT) || (fd != 1 && fd != 2)) continue
    const buffer = get(record, BUFFER)
    let from = buffer
    while (from < get(record, CURRENT)) {
      const written = hostWrite(fd, from, <i32>(get(record, CURRENT) - from))
      if (written <= 0) break
      from += <usize>written
      store<f64>(record + POSITION, load<f64>(record + POSITION) + <f64>written)
    }
    set(record, CURRENT, buffer)
  }
}

/** All open output channels, as a list. */
export function caml_ml_out_channels_list(sp: usize, _unit: Value): Value {
  let list: Value = EMPTY_LIST
  for (let record = channels; record; record = get(record, NEXT)) {
    if (!get(record, IS_OUTPUT)) continue
    const channel = boxInteger(frame1(sp, list), CUSTOM_CHANNEL, <i64>(<u64>record))
    if (!channel) return 0
    list = pair(sp, channel, rooted(sp, 0))
    if (!list) return 0
  }
  return list
}

/** Whether the channel is open; if not, Sys_error is raised. */
function isOpen(sp: usize, record: usize): bool {
  if (load<i32>(record + FD) >= 0) return true
  raiseSystemError(sp, -9)
  return false
}

/** Writes bytes to the descriptor; false: Sys_error is raised. */
function writeAll(sp: usize, record: usize, from: usize, length: usize): bool {
  while (length) {
    const written = hostWrite(load<i32>(record + FD), from, <i32>length)
    if (written < 0) {
      raiseSystemError(sp, written)
      return false
    }
    from += <usize>written
    length -= <usize>written
    store<f64>(record + POSITION, load<f64>(record + POSITION) + <f64>written)
  }
  return true
}

function flush(sp: usize, record: usize): bool {
  const buffer = get(record, BUFFER)
  const length = get(record, CURRENT) - buffer
  set(record, CURRENT, buffer)
  return length == 0 || writeAll(sp, record, buffer, length)
}

export function caml_ml_flush(sp: usize, channel: Value): Value {
  const record = recordOf(channel)
  if (load<i32>(record + FD) < 0 || !get(record, IS_OUTPUT)) return UNIT
  return flush(sp, record) ? UNIT : 0
}

function output(sp: usize, record: usize, from: usize, length: usize): Value {
  if (!isOpen(sp, record)) return 0
  let current = get(record, CURRENT)
  if (length > get(record, BUFFER) + BUFFER_BYTES - current) {
    if (!flush(sp, record)) return 0
    if (length >= BUFFER_BYTES) return writeAll(sp, record, from, length) ? UNIT : 0
    current = get(record, BUFFER)
  }
  memory.copy(current, from, length)
  set(record, CURRENT, current + length)
  if (load<i32>(record + FD) <= 2) hasStandardOutput = true
  return get(record, UNBUFFERED) && !flush(sp, record) ? 0 : UNIT
}

export function caml_ml_output(sp: usize, channel: Value, s: Value, from: Value, length: Value): Value {
  return output(sp, recordOf(channel), <usize>s + <usize>intOfVal(from), <usize>intOfVal(length))
}

export function caml_ml_output_bytes(sp: usize, channel: Value, s: Value, from: Value, length: Value): Value {
  return caml_ml_output(sp, channel, s, from, length)
}

export function caml_ml_output_char(sp: usize, channel: Value, char: Value): Value {
  store<u8>(messageText, <u8>intOfVal(char))
  return output(sp, recordOf(channel), messageText, 1)
}

export function caml_ml_output_int(sp: usize, channel: Value, n: Value): Value {
  store<u32>(messageText, bswap<u32>(<u32>intOfVal(n)))
  return output(sp, recordOf(channel), messageText, 4)
}

/**
 * Reads more data behind `end`, moving unread data to the front if need be. Bytes read, or negative:
 * Sys_error is raised.
 */
function refill(sp: usize, record: usize): i32 {
  const buffer = get(record, BUFFER)
  const current = get(record, CURRENT)
  const unread = get(record, DATA_END) - current
  if (unread) memory.copy(buffer, current, unread)
  set(record, CURRENT, buffer)
  set(record, DATA_END, buffer + unread)
  const count = hostRead(load<i32>(record + FD), buffer + unread, <i32>(BUFFER_BYTES - unread))
  if (count < 0) {
    raiseSystemError(sp, count)
    return -1
  }
  set(record, DATA_END, buffer + unread + <usize>count)
  store<f64>(record + POSITION, load<f64>(record + POSITION) + <f64>count)
  return count
}

/** Makes sure that something can be read: 1; 0 at the end; -1: Sys_error is raised. */
function available(sp: usize, record: usize): i32 {
  if (!isOpen(sp, record)) return -1
  if (get(record, CURRENT) < get(record, DATA_END)) return 1
  const count = refill(sp, record)
  return count > 0 ? 1 : count
}

export function caml_ml_input_char(sp: usize, channel: Value): Value {
  const record = recordOf(channel)
  const state = available(sp, record)
  if (state <= 0) return state == 0 ? raise_end_of_file(sp) : 0
  const current = get(record, CURRENT)
  set(record, CURRENT, current + 1)
  return valOfInt(load<u8>(current))
}

export function caml_ml_input_int(sp: usize, channel: Value): Value {
  let n: i32 = 0
  for (let i = 0; i < 4; i++) {
    const byte = caml_ml_input_char(sp, channel)
    if (!byte) return 0
    n = (n << 8) | <i32>intOfVal(byte)
  }
  return valOfInt(n)
}

/** Reads `length` bytes unless the input ends: how many, or -1: Sys_error is raised. */
export function inputBytes(sp: usize, channel: Value, target: usize, length: usize): i64 {
  const record = recordOf(channel)
  let done: usize = 0
  while (done < length) {
    const state = available(sp, record)
    if (state < 0) return -1
    if (state == 0) break
    const current = get(record, CURRENT)
    const count = min(get(record, DATA_END) - current, length - done)
    memory.copy(target + done, current, count)
    set(record, CURRENT, current + count)
    done += count
  }
  return <i64>done
}

/** Writes bytes that are not in the heap; 0: Sys_error is raised. */
export function outputBytes(sp: usize, channel: Value, from: usize, length: usize): Value {
  return output(sp, recordOf(channel), from, length)
}

/** Reads up to `length` bytes; how many (0 at the end). */
export function caml_ml_input(sp: usize, channel: Value, bytes: Value, from: Value, length: Value): Value {
  const record = recordOf(channel)
  const state = available(sp, record)
  if (state <= 0) return state == 0 ? valOfInt(0) : 0
  const current = get(record, CURRENT)
  const count = min(get(record, DATA_END) - current, <usize>intOfVal(length))
  memory.copy(<usize>bytes + <usize>intOfVal(from), current, count)
  set(record, CURRENT, current + count)
  return valOfInt(count)
}

function findNewline(from: usize, end: usize): usize {
  for (let at = from; at < end; at++) if (load<u8>(at) == 10) return at
  return 0
}

/**
 * Length of the next line with its newline. Negative -n: no newline yet in the n bytes that are buffered (the
 * buffer is full, or the input ends). 0: end of the input.
 */
export function caml_ml_input_scan_line(sp: usize, channel: Value): Value {
  const record = recordOf(channel)
  if (!isOpen(sp, record)) return 0
  let scanned: usize = 0
  while (true) {
    const current = get(record, CURRENT)
    const end = get(record, DATA_END)
    const newline = findNewline(current + scanned, end)
    if (newline) return valOfInt(newline + 1 - current)
    scanned = end - current
    if (scanned >= BUFFER_BYTES) return valOfInt(-(<i64>scanned))
    const count = refill(sp, record)
    if (count < 0) return 0
    if (count == 0) return valOfInt(-(<i64>scanned))
  }
}

export function caml_ml_close_channel(sp: usize, channel: Value): Value {
  const record = recordOf(channel)
  const fd = load<i32>(record + FD)
  if (fd < 0) return UNIT
  const flushed = !get(record, IS_OUTPUT) || flush(sp, record)
  unlinkRecord(record)
  freeRaw(get(record, BUFFER))
  store<i32>(record + FD, -1)
  const code = hostClose(fd)
  if (!flushed) return 0
  return code < 0 ? raiseSystemError(sp, code) : UNIT
}

function unlinkRecord(record: usize): void {
  if (channels == record) {
    channels = get(record, NEXT)
    return
  }
  for (let other = channels; other; other = get(other, NEXT)) {
    if (get(other, NEXT) == record) set(other, NEXT, get(record, NEXT))
  }
}

/** Where the program is in the stream. */
function position(record: usize): f64 {
  const at = load<f64>(record + POSITION)
  if (get(record, IS_OUTPUT)) return at + <f64>(get(record, CURRENT) - get(record, BUFFER))
  return at - <f64>(get(record, DATA_END) - get(record, CURRENT))
}

function positionOf(sp: usize, channel: Value): i64 {
  const record = recordOf(channel)
  return isOpen(sp, record) ? <i64>position(record) : -1
}

export function caml_ml_pos_out(sp: usize, channel: Value): Value {
  const at = positionOf(sp, channel)
  return at < 0 ? 0 : valOfInt(at)
}

export function caml_ml_pos_in(sp: usize, channel: Value): Value {
  return caml_ml_pos_out(sp, channel)
}

export function caml_ml_pos_out_64(sp: usize, channel: Value): Value {
  const at = positionOf(sp, channel)
  return at < 0 ? 0 : boxInteger(sp, CUSTOM_INT64, at)
}

export function caml_ml_pos_in_64(sp: usize, channel: Value): Value {
  return caml_ml_pos_out_64(sp, channel)
}

function seek(sp: usize, channel: Value, to: i64): Value {
  const record = recordOf(channel)
  if (!isOpen(sp, record)) return 0
  if (get(record, IS_OUTPUT) && !flush(sp, record)) return 0
  const found = hostSeek(load<i32>(record + FD), <f64>to, 0)
  if (found < 0) return raiseSystemError(sp, <i32>found)
  set(record, CURRENT, get(record, BUFFER))
  set(record, DATA_END, get(record, BUFFER))
  store<f64>(record + POSITION, <f64>to)
  return UNIT
}

export function caml_ml_seek_out(sp: usize, channel: Value, to: Value): Value {
  return seek(sp, channel, intOfVal(to))
}

export function caml_ml_seek_in(sp: usize, channel: Value, to: Value): Value {
  return seek(sp, channel, intOfVal(to))
}

export function caml_ml_seek_out_64(sp: usize, channel: Value, to: Value): Value {
  return seek(sp, channel, payloadOfVal(to))
}

export function caml_ml_seek_in_64(sp: usize, channel: Value, to: Value): Value {
  return seek(sp, channel, payloadOfVal(to))
}

function sizeOf(sp: usize, channel: Value): i64 {
  const record = recordOf(channel)
  if (!isOpen(sp, record)) return -1
  const fd = load<i32>(record + FD)
  const end = hostSeek(fd, 0, 2)
  if (end >= 0) hostSeek(fd, load<f64>(record + POSITION), 0)
  else raiseSystemError(sp, <i32>end)
  return <i64>end
}

export function caml_ml_channel_size(sp: usize, channel: Value): Value {
  const size = sizeOf(sp, channel)
  return size < 0 ? 0 : valOfInt(size)
}

export function caml_ml_channel_size_64(sp: usize, channel: Value): Value {
  const size = sizeOf(sp, channel)
  return size < 0 ? 0 : boxInteger(sp, CUSTOM_INT64, size)
}

/** There is no text mode. */
export function caml_ml_set_binary_mode(_sp: usize, _channel: Value, _binary: Value): Value {
  return UNIT
}

export function caml_ml_is_binary_mode(_sp: usize, _channel: Value): Value {
  return TRUE
}

export function caml_ml_set_buffered(sp: usize, channel: Value, buffered: Value): Value {
  const record = recordOf(channel)
  set(record, UNBUFFERED, buffered == TRUE ? 0 : 1)
  return buffered == TRUE ? UNIT : caml_ml_flush(sp, channel)
}

export function caml_ml_is_buffered(_sp: usize, channel: Value): Value {
  return valOfBool(!get(recordOf(channel), UNBUFFERED))
}

export function caml_sys_isatty(_sp: usize, channel: Value): Value {
  return valOfBool(hostIsTerminal(load<i32>(recordOf(channel) + FD)) != 0)
}

/** The descriptor of an open channel; -1: it is closed. For Unix. */
export function caml_channel_descriptor(_sp: usize, channel: Value): Value {
  return valOfInt(load<i32>(recordOf(channel) + FD))
}

/** Names are for the runtime's debugger only. */
export function caml_ml_set_channel_name(_sp: usize, _channel: Value, _name: Value): Value {
  return UNIT
}

/** Writes out every output channel that holds data; errors end with that channel. For the engine, at exit. */
export function flush_all(sp: usize): void {
  for (let record = channels; record; record = get(record, NEXT)) {
    if (get(record, IS_OUTPUT)) flush(sp, record)
  }
}

/**
 * The MD5 of the next bytes needs them read one buffer at a time: address of what is buffered, its length, 0
 * at the end.
 */
export function bufferedInput(sp: usize, channel: Value): i32 {
  return available(sp, recordOf(channel))
}

export function bufferedAddress(channel: Value): usize {
  return get(recordOf(channel), CURRENT)
}

export function bufferedLength(channel: Value): usize {
  return get(recordOf(channel), DATA_END) - get(recordOf(channel), CURRENT)
}

export function consumeInput(channel: Value, bytes: usize): void {
  set(recordOf(channel), CURRENT, get(recordOf(channel), CURRENT) + bytes)
}
