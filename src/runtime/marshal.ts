/** `Marshal`, `output_value`, `input_value`: the externals around writer and reader. */

import { allocateString, frame1, reserve, rooted } from './allocation'
import { bufferedAddress, bufferedInput, bufferedLength, consumeInput, inputBytes, outputBytes } from './channels'
import { failwith, invalidArgument, raise_end_of_file, raise_failwith, raise_out_of_memory } from './exceptions'
import { prepareMajor } from './gc'
import { EMPTY_LIST, intOfVal, stringLength, UNIT, valOfAddress, valOfInt } from './header'
import { allocateRaw, freeRaw } from './large'
import { MAX_YOUNG_WOSIZE } from './layout'
import { BIG_HEADER_BYTES, SMALL_HEADER_BYTES } from './marshal-format'
import {
  culprit,
  dataBytesOfHeader,
  headerBytes,
  initMarshalRead,
  isSmallGraph,
  READ_BAD_OBJECT,
  READ_COMPRESSED,
  READ_CUSTOM_LENGTH,
  READ_CUSTOM_NOT_FIXED,
  READ_NATIVEINT,
  READ_NO_MEMORY,
  READ_OK,
  READ_OLD_CUSTOM,
  READ_TRUNCATED,
  READ_UNKNOWN_CODE,
  READ_UNKNOWN_CUSTOM,
  readFailure,
  readMarshalHeader,
  readMarshalLength,
  readMarshalled,
  wordsOfHeader,
} from './marshal-read'
import {
  endWriting,
  initMarshalWrite,
  WRITE_ABSTRACT,
  WRITE_ARRAY_32,
  WRITE_CONTINUATION,
  WRITE_CUSTOM,
  WRITE_FLOATS_32,
  WRITE_FUNCTIONAL,
  WRITE_INTEGER_32,
  WRITE_OK,
  WRITE_STRING_32,
  writeMarshalled,
  writtenLength,
  writtenStart,
} from './marshal-write'
import { copyText } from './static-data'
import { Value } from './value'

/** `Marshal.header_size`: what is needed to tell the length of any header. */
const LEAST_HEADER_BYTES: usize = 16

export function initMarshal(): void {
  initMarshalWrite()
  initMarshalRead()
}

// Writing.

function flagsOf(list: Value): i32 {
  let flags = 0
  for (; list != EMPTY_LIST; list = load<i64>(<usize>list, 8)) flags |= 1 << (<i32>intOfVal(load<i64>(<usize>list)))
  return flags
}

function raiseWriteFailure(sp: usize, code: i32): Value {
  switch (code) {
    case WRITE_FUNCTIONAL:
      return invalidArgument(sp, 'output_value: functional value')
    case WRITE_ABSTRACT:
      return invalidArgument(sp, 'output_value: abstract value (Abstract)')
    case WRITE_CUSTOM:
      return invalidArgument(sp, 'output_value: abstract value (Custom)')
    case WRITE_CONTINUATION:
      return invalidArgument(sp, 'output_value: continuation value')
    case WRITE_INTEGER_32:
      return failwith(sp, 'output_value: integer cannot be read back on 32-bit platform')
    case WRITE_STRING_32:
      return failwith(sp, 'output_value: string cannot be read back on 32-bit platform')
    case WRITE_ARRAY_32:
      return failwith(sp, 'output_value: array cannot be read back on 32-bit platform')
    case WRITE_FLOATS_32:
      return failwith(sp, 'output_value: float array cannot be read back on 32-bit platform')
    default:
      return raise_out_of_memory(sp)
  }
}

export function caml_output_value_to_bytes(sp: usize, v: Value, flags: Value): Value {
  const code = writeMarshalled(v, flagsOf(flags))
  if (code != WRITE_OK) return raiseWriteFailure(sp, code)
  const length = writtenLength()
  const bytes = allocateString(sp, length)
  if (bytes) memory.copy(bytes, writtenStart(), length)
  endWriting()
  return valOfAddress(bytes)
}

export function caml_output_value_to_string(sp: usize, v: Value, flags: Value): Value {
  return caml_output_value_to_bytes(sp, v, flags)
}

/** Into a range that has been checked; how many bytes. */
export function caml_output_value_to_buffer(
  sp: usize,
  target: Value,
  from: Value,
  room: Value,
  v: Value,
  flags: Value,
): Value {
  const code = writeMarshalled(v, flagsOf(flags))
  if (code != WRITE_OK) return raiseWriteFailure(sp, code)
  const length = writtenLength()
  const fits = <i64>length <= intOfVal(room)
  if (fits) memory.copy(<usize>target + <usize>intOfVal(from), writtenStart(), length)
  endWriting()
  return fits ? valOfInt(length) : failwith(sp, 'Marshal.to_buffer: buffer overflow')
}

export function caml_output_value(sp: usize, channel: Value, v: Value, flags: Value): Value {
  const code = writeMarshalled(v, flagsOf(flags))
  if (code != WRITE_OK) return raiseWriteFailure(sp, code)
  const done = outputBytes(sp, channel, writtenStart(), writtenLength())
  endWriting()
  return done
}

// Reading.

const message: usize = memory.data(256, 8)
let messageEnd: usize = 0

function say(text: string): void {
  copyText(messageEnd, text)
  messageEnd += <usize>text.length
}

function sayBytes(from: usize, longest: usize): void {
  for (let i: usize = 0; i < longest && load<u8>(from + i) != 0; i++) store<u8>(messageEnd++, load<u8>(from + i))
}

function sayHex(from: usize, length: usize): void {
  for (let i: usize = 0; i < length << 1; i++) {
    const digit = (load<u8>(from + (i >> 1)) >> (i & 1 ? 0 : 4)) & 15
    store<u8>(messageEnd++, digit + (digit < 10 ? 0x30 : 0x57))
  }
}

/** Raises Failure; `reader` begins the message. */
function raiseReadFailure(sp: usize, code: i32, reader: string): Value {
  if (code == READ_NO_MEMORY) return raise_out_of_memory(sp)
  messageEnd = message
  if (code == READ_UNKNOWN_CODE) {
    say('input_value: unknown code module ')
    sayHex(culprit, 16)
    return raise_failwith(sp, message, <i32>(messageEnd - message))
  }
  if (code == READ_NATIVEINT) return failwith(sp, 'input_value: ill-formed native integer')
  say(reader)
  switch (code) {
    case READ_TRUNCATED:
      say('truncated object')
      break
    case READ_UNKNOWN_CUSTOM:
      say('unknown custom block identifier ')
      sayBytes(culprit, 64)
      break
    case READ_OLD_CUSTOM:
      say('custom blocks serialized with OCaml 4.08.0 (or prior) are no longer supported')
      break
    case READ_CUSTOM_LENGTH:
      say('incorrect length of serialized custom block')
      break
    case READ_CUSTOM_NOT_FIXED:
      say('expected a fixed-size custom block')
      break
    case READ_BAD_OBJECT:
      say('bad object')
      break
    case READ_COMPRESSED:
      say('compressed object, cannot decompress')
      break
    default:
      say('ill-formed message')
  }
  return raise_failwith(sp, message, <i32>(messageEnd - message))
}

/** Makes room for the graph that the header describes. */
function prepareGraph(top: usize): bool {
  const words = <usize>min<u64>(wordsOfHeader, 0x10000000)
  if (words <= MAX_YOUNG_WOSIZE) return reserve(top, words << 3)
  if (!isSmallGraph(words)) prepareMajor(top, words)
  return true
}

/** From a string at an offset that the library has checked against the header. */
export function caml_input_value_from_bytes(sp: usize, s: Value, offset: Value): Value {
  const from = <usize>intOfVal(offset)
  const length = stringLength(<usize>s) - from
  const code = readMarshalHeader(<usize>s + from, length)
  if (code != READ_OK) return raiseReadFailure(sp, code, 'input_val_from_string: ')
  if (dataBytesOfHeader > <u64>(length - headerBytes)) return failwith(sp, 'input_val_from_string: bad length')
  if (!prepareGraph(frame1(sp, s))) return 0
  s = rooted(sp, 0)
  const v = readMarshalled(<usize>s + from + headerBytes, <usize>dataBytesOfHeader)
  return v ? v : raiseReadFailure(sp, readFailure(), 'input_val_from_string: ')
}

export function caml_input_value_from_string(sp: usize, s: Value, offset: Value): Value {
  return caml_input_value_from_bytes(sp, s, offset)
}

const channelHeader: usize = memory.data(32, 8)

export function caml_input_value(sp: usize, channel: Value): Value {
  const code = readChannelHeader(sp, channel)
  if (code < 0) return 0
  if (code != READ_OK) return raiseReadFailure(sp, code, 'input_value: ')
  const length = dataBytesOfHeader
  if (length > 0xf0000000) return raise_out_of_memory(sp)
  if (!prepareGraph(frame1(sp, channel))) return 0
  channel = rooted(sp, 0)
  const available = length ? bufferedInput(sp, channel) : 0
  if (available < 0) return 0
  if (bufferedLength(channel) < <usize>length) return readThroughCopy(sp, channel, <usize>length)
  const v = readMarshalled(bufferedAddress(channel), <usize>length)
  consumeInput(channel, <usize>length)
  return v ? v : raiseReadFailure(sp, readFailure(), 'input_value: ')
}

/** A `READ_…` code, or -1: an exception is raised. */
function readChannelHeader(sp: usize, channel: Value): i32 {
  let count = inputBytes(sp, channel, channelHeader, SMALL_HEADER_BYTES)
  if (count < 0) return -1
  if (count == 0) {
    raise_end_of_file(sp)
    return -1
  }
  const code = readMarshalHeader(channelHeader, <usize>count)
  if (code != READ_TRUNCATED || count < <i64>SMALL_HEADER_BYTES) return code
  const rest = BIG_HEADER_BYTES - SMALL_HEADER_BYTES
  count = inputBytes(sp, channel, channelHeader + SMALL_HEADER_BYTES, rest)
  return count < 0 ? -1 : readMarshalHeader(channelHeader, SMALL_HEADER_BYTES + <usize>count)
}

/** When the data is not all in the channel's buffer. */
function readThroughCopy(sp: usize, channel: Value, length: usize): Value {
  const copy = allocateRaw(length)
  if (!copy) return raise_out_of_memory(sp)
  const count = inputBytes(sp, channel, copy, length)
  let v: Value = 0
  if (count == <i64>length) v = readMarshalled(copy, length)
  const code = readFailure()
  // The message may name something in the copy.
  if (count == <i64>length && !v) raiseReadFailure(sp, code, 'input_value: ')
  freeRaw(copy)
  if (count < 0) return 0
  return count < <i64>length ? raiseReadFailure(sp, READ_TRUNCATED, 'input_value: ') : v
}

/** How many bytes follow the first `LEAST_HEADER_BYTES`, which are there, of a marshalled value. */
export function caml_marshal_data_size(sp: usize, s: Value, offset: Value): Value {
  if (!readMarshalLength(<usize>s + <usize>intOfVal(offset))) return failwith(sp, 'Marshal.data_size: bad object')
  return valOfInt(<i64>dataBytesOfHeader + <i64>headerBytes - <i64>LEAST_HEADER_BYTES)
}
