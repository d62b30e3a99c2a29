/** Strings and bytes: creation, copying, and bounds-checked reads and writes of several widths. */

import { allocateString, boxInteger } from './allocation'
import { caml_array_bound_error, invalidArgument, raise_out_of_memory } from './exceptions'
import { intOfVal, payloadOfVal, stringLength, UNIT, valOfAddress, valOfInt } from './header'
import { CUSTOM_INT32, CUSTOM_INT64 } from './layout'
import { MAX_LARGE_WOSIZE } from './large'
import { Value } from './value'

/** `Sys.max_string_length` */
const MAX_LENGTH: i64 = (1 << 57) - 9

/** Bytes of unspecified contents. */
export function caml_create_bytes(sp: usize, length: Value): Value {
  const bytes = intOfVal(length)
  if (bytes < 0 || bytes > MAX_LENGTH) return invalidArgument(sp, 'Bytes.create')
  if (bytes >= (<i64>MAX_LARGE_WOSIZE) << 3) return raise_out_of_memory(sp)
  return valOfAddress(allocateString(sp, <usize>bytes))
}

export function caml_create_string(sp: usize, length: Value): Value {
  return caml_create_bytes(sp, length)
}

/** No bounds are checked; the ranges may overlap. */
export function caml_blit_bytes(
  _sp: usize,
  source: Value,
  from: Value,
  target: Value,
  to: Value,
  length: Value,
): Value {
  memory.copy(
    <usize>target + <usize>intOfVal(to),
    <usize>source + <usize>intOfVal(from),
    <usize>intOfVal(length),
  )
  return UNIT
}

export function caml_blit_string(
  sp: usize,
  source: Value,
  from: Value,
  target: Value,
  to: Value,
  length: Value,
): Value {
  return caml_blit_bytes(sp, source, from, target, to, length)
}

/** No bounds are checked. */
export function caml_fill_bytes(_sp: usize, bytes: Value, from: Value, length: Value, char: Value): Value {
  memory.fill(<usize>bytes + <usize>intOfVal(from), <u8>intOfVal(char), <usize>intOfVal(length))
  return UNIT
}

export function caml_fill_string(sp: usize, bytes: Value, from: Value, length: Value, char: Value): Value {
  return caml_fill_bytes(sp, bytes, from, length, char)
}

export function caml_ml_string_length(_sp: usize, s: Value): Value {
  return valOfInt(stringLength(<usize>s))
}

export function caml_ml_bytes_length(_sp: usize, s: Value): Value {
  return valOfInt(stringLength(<usize>s))
}

export function caml_string_of_bytes(_sp: usize, s: Value): Value {
  return s
}

export function caml_bytes_of_string(_sp: usize, s: Value): Value {
  return s
}

/** Address of `width` bytes at an index, 0 if they are not all inside. */
// @ts-ignore: decorator
@inline
function bytesAt(s: Value, index: Value, width: usize): usize {
  const at = intOfVal(index)
  const length = stringLength(<usize>s)
  return at < 0 || length < width || <u64>at > <u64>(length - width) ? 0 : <usize>s + <usize>at
}

export function caml_string_get(sp: usize, s: Value, index: Value): Value {
  const at = bytesAt(s, index, 1)
  return at ? valOfInt(load<u8>(at)) : caml_array_bound_error(sp)
}

export function caml_bytes_get(sp: usize, s: Value, index: Value): Value {
  return caml_string_get(sp, s, index)
}

export function caml_string_get16(sp: usize, s: Value, index: Value): Value {
  const at = bytesAt(s, index, 2)
  return at ? valOfInt(load<u16>(at)) : caml_array_bound_error(sp)
}

export function caml_string_get32(sp: usize, s: Value, index: Value): Value {
  const at = bytesAt(s, index, 4)
  return at ? boxInteger(sp, CUSTOM_INT32, load<i32>(at)) : caml_array_bound_error(sp)
}

export function caml_string_get64(sp: usize, s: Value, index: Value): Value {
  const at = bytesAt(s, index, 8)
  return at ? boxInteger(sp, CUSTOM_INT64, load<i64>(at)) : caml_array_bound_error(sp)
}

export function caml_bytes_get16(sp: usize, s: Value, index: Value): Value {
  return caml_string_get16(sp, s, index)
}

export function caml_bytes_get32(sp: usize, s: Value, index: Value): Value {
  return caml_string_get32(sp, s, index)
}

export function caml_bytes_get64(sp: usize, s: Value, index: Value): Value {
  return caml_string_get64(sp, s, index)
}

export function caml_bytes_set(sp: usize, s: Value, index: Value, char: Value): Value {
  const at = bytesAt(s, index, 1)
  if (!at) return caml_array_bound_error(sp)
  store<u8>(at, <u8>intOfVal(char))
  return UNIT
}

export function caml_bytes_set16(sp: usize, s: Value, index: Value, n: Value): Value {
  const at = bytesAt(s, index, 2)
  if (!at) return caml_array_bound_error(sp)
  store<u16>(at, <u16>intOfVal(n))
  return UNIT
}

export function caml_bytes_set32(sp: usize, s: Value, index: Value, n: Value): Value {
  const at = bytesAt(s, index, 4)
  if (!at) return caml_array_bound_error(sp)
  store<i32>(at, <i32>payloadOfVal(n))
  return UNIT
}

export function caml_bytes_set64(sp: usize, s: Value, index: Value, n: Value): Value {
  const at = bytesAt(s, index, 8)
  if (!at) return caml_array_bound_error(sp)
  store<i64>(at, payloadOfVal(n))
  return UNIT
}
