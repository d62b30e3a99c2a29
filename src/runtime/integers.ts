/** Integers as text and back: `int`, `int32`, `int64`, `nativeint`; byte swaps. */

import { boxInteger } from './allocation'
import { failwith } from './exceptions'
import { alternate, conversion, padded, parseFormat, precision, signPrefix } from './format'
import { intOfVal, payloadOfVal, stringLength, valOfInt } from './header'
import { CUSTOM_INT32, CUSTOM_INT64, CUSTOM_NATIVEINT } from './layout'
import { Value } from './value'

const digitText: usize = memory.data<u8>([
  0x30, 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x30, 0x31,
  0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46,
])
/** The longest is 22 octal digits. */
const digitsEnd: usize = memory.data(32, 8) + 32

/** Writes digits backwards from `digitsEnd`; their start. Zero has one digit. */
function writeDigits(n: u64, base: u64, upper: bool): usize {
  const table = digitText + (upper ? 16 : 0)
  let at = digitsEnd
  do {
    store<u8>(--at, load<u8>(table + <usize>(n % base)))
    n /= base
  } while (n)
  return at
}

/** `signed` is the number, `unsigned` the same bits at its type's width. */
function format(sp: usize, formatString: Value, signed: i64, unsigned: u64): Value {
  parseFormat(<usize>formatString)
  let prefix: u64 = 0
  let start: usize
  switch (conversion) {
    case 0x78: // x
    case 0x58: // X
      if (alternate && unsigned) prefix = 0x30 | ((<u64>conversion) << 8)
      start = writeDigits(unsigned, 16, conversion == 0x58)
      break
    case 0x6f: // o
      start = writeDigits(unsigned, 8, false)
      if (alternate && load<u8>(start) != 0x30) store<u8>(--start, 0x30)
      break
    case 0x75: // u
      start = writeDigits(unsigned, 10, false)
      break
    default:
      prefix = signPrefix(signed < 0)
      start = writeDigits(<u64>(signed < 0 ? -signed : signed), 10, false)
  }
  let length = digitsEnd - start
  if (precision == 0 && unsigned == 0) length = 0
  const zeros = precision > <i32>length ? <usize>precision - length : 0
  return padded(sp, prefix, zeros, digitsEnd - length, length, precision < 0)
}

export function caml_format_int(sp: usize, formatString: Value, n: Value): Value {
  return format(sp, formatString, intOfVal(n), <u64>n >> 1)
}

export function caml_int32_format(sp: usize, formatString: Value, n: Value): Value {
  const payload = payloadOfVal(n)
  return format(sp, formatString, payload, <u64>(<u32>payload))
}

export function caml_int64_format(sp: usize, formatString: Value, n: Value): Value {
  const payload = payloadOfVal(n)
  return format(sp, formatString, payload, <u64>payload)
}

export function caml_nativeint_format(sp: usize, formatString: Value, n: Value): Value {
  return caml_int64_format(sp, formatString, n)
}

// Reading. `0u` is decimal too, but up to twice as far; so are the other bases.

let parsed: i64 = 0

function digitOf(c: i32): i32 {
  if (c >= 0x30 && c <= 0x39) return c - 0x30
  const lower = c | 0x20
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : 99
}

/** Reads the whole string as an integer of `bits` bits into `parsed`; whether it is one. */
function parse(s: usize, bits: u32): bool {
  let at = s
  const end = s + stringLength(s)
  let negative = false
  if (at < end && (load<u8>(at) == 0x2d || load<u8>(at) == 0x2b)) negative = load<u8>(at++) == 0x2d
  let base: u64 = 10
  let isSigned = true
  if (at + 1 < end && load<u8>(at) == 0x30) {
    const c = load<u8>(at, 1) | 0x20
    base = c == 0x78 ? 16 : c == 0x6f ? 8 : c == 0x62 ? 2 : 10
    isSigned = base == 10 && c != 0x75
    if (!isSigned) at += 2
  }
  return parseDigits(at, end, base, negative, isSigned, bits)
}

function parseDigits(at: usize, end: usize, base: u64, negative: bool, isSigned: bool, bits: u32): bool {
  if (at >= end || <u64>digitOf(load<u8>(at)) >= base) return false
  const largest = u64.MAX_VALUE / base
  let n: u64 = 0
  for (; at < end; at++) {
    const c = <i32>load<u8>(at)
    if (c == 0x5f) continue
    const digit = <u64>digitOf(c)
    if (digit >= base || n > largest) return false
    n = n * base + digit
    if (n < digit) return false
  }
  const bound = (<u64>1) << (bits - 1)
  if (isSigned ? n >= (negative ? bound + 1 : bound) : bits < 64 && n >> bits != 0) return false
  const signed = negative ? -(<i64>n) : <i64>n
  parsed = (signed << (64 - <i64>bits)) >> (64 - <i64>bits)
  return true
}

export function caml_int_of_string(sp: usize, s: Value): Value {
  return parse(<usize>s, 63) ? valOfInt(parsed) : failwith(sp, 'int_of_string')
}

export function caml_int32_of_string(sp: usize, s: Value): Value {
  return parse(<usize>s, 32) ? boxInteger(sp, CUSTOM_INT32, parsed) : failwith(sp, 'Int32.of_string')
}

export function caml_int64_of_string(sp: usize, s: Value): Value {
  return parse(<usize>s, 64) ? boxInteger(sp, CUSTOM_INT64, parsed) : failwith(sp, 'Int64.of_string')
}

export function caml_nativeint_of_string(sp: usize, s: Value): Value {
  return parse(<usize>s, 64) ? boxInteger(sp, CUSTOM_NATIVEINT, parsed) : failwith(sp, 'Nativeint.of_string')
}

export function caml_bswap16(_sp: usize, n: Value): Value {
  return valOfInt(bswap<u16>(<u16>intOfVal(n)))
}

export function caml_int32_bswap(sp: usize, n: Value): Value {
  return boxInteger(sp, CUSTOM_INT32, <i64>(<i32>bswap<u32>(<u32>payloadOfVal(n))))
}

export function caml_int64_bswap(sp: usize, n: Value): Value {
  return boxInteger(sp, CUSTOM_INT64, bswap<i64>(payloadOfVal(n)))
}

export function caml_nativeint_bswap(sp: usize, n: Value): Value {
  return boxInteger(sp, CUSTOM_NATIVEINT, bswap<i64>(payloadOfVal(n)))
}
