/** Floats as text and back: `%e %f %g` as C prints them, hexadecimal notation, `float_of_string`. */

import { boxFloat } from './allocation'
import { expand, MAX_DIGITS, point, round } from './decimal'
import { failwith, invalidArgument } from './exceptions'
import {
  alternate,
  conversion,
  padded,
  parseFormat,
  plainFormat,
  precision,
  SCRATCH_BYTES,
  signPrefix,
} from './format'
import { floatOfVal, intOfVal, stringLength } from './header'
import { hostParseFloat } from './host'
import { Value } from './value'

let out: usize = 0

function put(c: i32): void {
  store<u8>(out++, <u8>c)
}

/** Digits `from` to `to` (counted from the first significant one), zeros outside of what there is. */
function putDigits(digits: usize, count: i32, from: i32, to: i32): void {
  for (let i = from; i < to; i++) put(i >= 0 && i < count ? <i32>load<u8>(digits + i) : 0x30)
}

function putFraction(digits: usize, count: i32, from: i32, places: i32): void {
  if (places > 0 || alternate) put(0x2e)
  putDigits(digits, count, from, from + places)
}

function putFixed(digits: usize, count: i32, places: i32): void {
  const whole = count ? point : 0
  if (whole <= 0) put(0x30)
  else putDigits(digits, count, 0, whole)
  putFraction(digits, count, whole, places)
}

function putExponent(exponent: i32): void {
  put(exponent < 0 ? 0x2d : 0x2b)
  const n = abs(exponent)
  if (n >= 100) put(0x30 + n / 100)
  put(0x30 + ((n / 10) % 10))
  put(0x30 + (n % 10))
}

function putScientific(digits: usize, count: i32, places: i32, letter: i32): void {
  putDigits(digits, count, 0, 1)
  putFraction(digits, count, 1, places)
  put(letter)
  putExponent(count ? point - 1 : 0)
}

/**
 * %g: `places` significant digits, fixed or scientific as the exponent demands, zeros at the end left out.
 */
function putGeneral(digits: usize, count: i32, places: i32, letter: i32): void {
  const significant = places == 0 ? 1 : places
  count = round(digits, count, significant)
  const exponent = count ? point - 1 : 0
  if (exponent < -4 || exponent >= significant) {
    putScientific(digits, count, alternate ? significant - 1 : max(count - 1, 0), letter)
  } else {
    const most = significant - 1 - exponent
    putFixed(digits, count, alternate ? most : count ? max(count - exponent - 1, 0) : 0)
  }
}

function putFinite(x: f64, scratch: usize): usize {
  const places = precision < 0 ? 6 : precision
  const digits = scratch
  const text = scratch + MAX_DIGITS
  const count = expand(x, digits)
  out = text
  switch (conversion | 0x20) {
    case 0x65: // e
      putScientific(digits, round(digits, count, places + 1), places, conversion)
      break
    case 0x67: // g
      putGeneral(digits, count, places, conversion - 2)
      break
    default:
      putFixed(digits, round(digits, count, count ? point + places : 0), places)
  }
  return text
}

function putName(x: f64, scratch: usize, upper: bool): usize {
  out = scratch
  const flip = upper ? 0 : 0x20
  if (x != x) {
    put(0x4e | flip)
    put(0x41 | flip)
    put(0x4e | flip)
  } else {
    put(0x49 | flip)
    put(0x4e | flip)
    put(0x46 | flip)
  }
  return scratch
}

// @ts-ignore: decorator
@inline
function isNegative(x: f64): bool {
  return reinterpret<i64>(x) < 0
}

export function caml_format_float(sp: usize, format: Value, boxed: Value): Value {
  const x = floatOfVal(boxed)
  parseFormat(<usize>format)
  if (precision > <i32>(SCRATCH_BYTES - 2 * MAX_DIGITS))
    return invalidArgument(sp, 'format_float: precision too large')
  const finite = abs(x) < Infinity
  const text = finite ? putFinite(abs(x), sp) : putName(x, sp, (conversion & 0x20) == 0)
  return padded(sp, signPrefix(isNegative(x)), 0, text, out - text, finite)
}

// Hexadecimal notation.

function putHexDigits(mantissa: u64, places: i32): void {
  if (places > 0) put(0x2e)
  for (let i = 0; i < places; i++) {
    const d = i < 13 ? <i32>(mantissa >> <u64>(48 - 4 * i)) & 15 : 0
    put(d < 10 ? 0x30 + d : 0x57 + d)
  }
}

/** Rounds a 53-bit mantissa to `places` hexadecimal digits after the point, half to even. */
function roundMantissa(mantissa: u64, places: i32): u64 {
  if (places >= 13) return mantissa
  const unit = (<u64>1) << (<u64>(52 - 4 * places))
  const half = unit >> 1
  const rest = mantissa & (unit - 1)
  mantissa -= rest
  return rest > half || (rest == half && (mantissa & unit) != 0) ? mantissa + unit : mantissa
}

function putHexFinite(x: f64, places: i32): void {
  const bits = reinterpret<u64>(x)
  let exponent = <i32>(bits >> 52) & 0x7ff
  let mantissa = bits & 0xfffffffffffff
  if (exponent == 0) exponent = mantissa ? -1022 : 0
  else {
    exponent -= 1023
    mantissa |= 0x10000000000000
  }
  if (places < 0)
    places = mantissa & 0xfffffffffffff ? 13 - (<i32>ctz<u64>(mantissa & 0xfffffffffffff) >> 2) : 0
  else mantissa = roundMantissa(mantissa, places)
  put(0x30)
  put(0x78)
  put(0x30 + <i32>(mantissa >> 52))
  putHexDigits(mantissa & 0xfffffffffffff, places)
  put(0x70)
  putDecimal(exponent)
}

function putDecimal(exponent: i32): void {
  put(exponent < 0 ? 0x2d : 0x2b)
  const n = abs(exponent)
  if (n >= 1000) put(0x30 + n / 1000)
  if (n >= 100) put(0x30 + ((n / 100) % 10))
  if (n >= 10) put(0x30 + ((n / 10) % 10))
  put(0x30 + (n % 10))
}

function putLongName(x: f64): void {
  if (x != x) {
    putName(x, out, false)
    return
  }
  const start = out
  putName(x, start, false)
  put(0x69)
  put(0x6e)
  put(0x69)
  put(0x74)
  put(0x79)
}

/**
 * `style` is the sign flag's character: '-' none, '+', ' '. A negative precision: as many digits as there
 * are.
 */
export function caml_hexstring_of_float(sp: usize, boxed: Value, places: Value, style: Value): Value {
  const x = floatOfVal(boxed)
  const count = <i32>intOfVal(places)
  if (count > <i32>SCRATCH_BYTES - 64) return invalidArgument(sp, 'hexstring_of_float: precision too large')
  plainFormat()
  out = sp
  const flag = <i32>intOfVal(style)
  if (isNegative(x)) put(0x2d)
  else if (flag == 0x2b || flag == 0x20) put(flag)
  if (abs(x) < Infinity) putHexFinite(abs(x), count)
  else putLongName(x)
  return padded(sp, 0, 0, sp, out - sp, false)
}

// Reading.

/** Copies `[at, end)` without underscores to `scratch`; the end. */
function copyWithout(at: usize, end: usize, scratch: usize): usize {
  let to = scratch
  for (; at < end; at++) {
    const c = load<u8>(at)
    if (c != 0x5f) store<u8>(to++, c)
  }
  return to
}

// @ts-ignore: decorator
@inline
function isDigit(c: i32): bool {
  return c >= 0x30 && c <= 0x39
}

/**
 * What `isDecimal` found: digits as a number (meaningful while there are at most 18), their count, the power
 * of ten.
 */
let significand: u64 = 0
let digitCount: i32 = 0
let powerOfTen: i32 = 0
let sawDigit: bool = false

function readDigits(at: usize, end: usize): usize {
  for (; at < end; at++) {
    const c = <i32>load<u8>(at)
    if (!isDigit(c)) break
    sawDigit = true
    significand = significand * 10 + <u64>(c - 0x30)
    if (significand) digitCount++
  }
  return at
}

/** Whether `[at, end)` is digits[.digits][e[sign]digits] with a digit before the exponent. */
function isDecimal(at: usize, end: usize): bool {
  significand = 0
  digitCount = 0
  powerOfTen = 0
  sawDigit = false
  at = readDigits(at, end)
  if (at < end && load<u8>(at) == 0x2e) {
    const start = at + 1
    at = readDigits(start, end)
    powerOfTen = -(<i32>(at - start))
  }
  if (!sawDigit) return false
  return at == end || ((load<u8>(at) | 0x20) == 0x65 && isExponent(at + 1, end))
}

function isExponent(at: usize, end: usize): bool {
  let negative = false
  if (at < end && (load<u8>(at) == 0x2b || load<u8>(at) == 0x2d)) negative = load<u8>(at++) == 0x2d
  if (at >= end) return false
  let n = 0
  for (; at < end; at++) {
    const c = <i32>load<u8>(at)
    if (!isDigit(c)) return false
    if (n < 100000) n = n * 10 + (c - 0x30)
  }
  powerOfTen += negative ? -n : n
  return true
}

/** 10^n for n from 0 to 22: exact. */
function exactPower(n: i32): f64 {
  let power: f64 = 1
  for (let base: f64 = 10; n; n >>= 1) {
    if (n & 1) power *= base
    base *= base
  }
  return power
}

/**
 * The double nearest to the decimal that `isDecimal` has accepted. One rounding of two exact numbers, if they
 * are small enough.
 */
function decimalValue(at: usize, end: usize): f64 {
  if (digitCount <= 18 && significand >> 53 == 0 && powerOfTen >= -22 && powerOfTen <= 22) {
    const digits = <f64>significand
    return powerOfTen < 0 ? digits / exactPower(-powerOfTen) : digits * exactPower(powerOfTen)
  }
  return hostParseFloat(at, <i32>(end - at))
}

/** Whether `[at, end)` is this word in any case. */
function isWord(at: usize, end: usize, word: string): bool {
  const length = <usize>word.length
  if (end - at != length) return false
  for (let i: usize = 0; i < length; i++) {
    if (<u16>(load<u8>(at + i) | 0x20) != load<u16>(changetype<usize>(word) + (i << 1))) return false
  }
  return true
}

let parsed: f64 = 0

function parseUnsigned(at: usize, end: usize): bool {
  if (isDecimal(at, end)) {
    parsed = decimalValue(at, end)
    return true
  }
  if (isWord(at, end, 'nan')) {
    parsed = NaN
    return true
  }
  if (isWord(at, end, 'inf') || isWord(at, end, 'infinity')) {
    parsed = Infinity
    return true
  }
  return end - at > 2 && load<u8>(at) == 0x30 && (load<u8>(at, 1) | 0x20) == 0x78 && parseHex(at + 2, end)
}

function hexDigit(c: i32): i32 {
  if (isDigit(c)) return c - 0x30
  const lower = c | 0x20
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1
}

/**
 * Hexadecimal digits with a point and a binary exponent. The first 60 bits count, what follows only as "not
 * zero".
 */
function parseHex(at: usize, end: usize): bool {
  let mantissa: u64 = 0
  let exponent: i64 = 0
  let seen = 0
  let afterPoint = false
  for (; at < end; at++) {
    const c = <i32>load<u8>(at)
    if (c == 0x2e && !afterPoint) {
      afterPoint = true
      continue
    }
    const d = hexDigit(c)
    if (d < 0) break
    seen++
    if (mantissa >> 60 == 0) {
      mantissa = (mantissa << 4) | <u64>d
      if (afterPoint) exponent -= 4
    } else {
      if (d) mantissa |= 1
      if (!afterPoint) exponent += 4
    }
  }
  if (!seen) return false
  if (at < end) {
    if ((load<u8>(at) | 0x20) != 0x70) return false
    at++
    let negative = false
    if (at < end && (load<u8>(at) == 0x2b || load<u8>(at) == 0x2d)) negative = load<u8>(at++) == 0x2d
    if (at >= end) return false
    let n: i64 = 0
    for (; at < end; at++) {
      if (!isDigit(load<u8>(at))) return false
      if (n < 1000000) n = n * 10 + (<i64>load<u8>(at) - 0x30)
    }
    exponent += negative ? -n : n
  }
  parsed = scale(mantissa, exponent)
  return true
}

/** mantissa × 2^exponent, rounded once, half to even. */
export function scale(mantissa: u64, exponent: i64): f64 {
  if (mantissa == 0) return 0
  const length = 64 - <i64>clz<u64>(mantissa)
  // How many bits a result of this magnitude has: fewer when it is subnormal.
  const top = exponent + length
  const bits = top > -1021 ? 53 : top + 1074
  if (top > 1024) return Infinity
  if (bits < 0) return 0
  const drop = length - bits
  let m = mantissa
  if (drop > 0) {
    const unit = drop > 63 ? 0 : (<u64>1) << (<u64>drop)
    const rest = drop > 63 ? m : m & (unit - 1)
    const half = (<u64>1) << (<u64>(drop - 1))
    m = drop > 63 ? 0 : m >> <u64>drop
    if (rest > half || (rest == half && (m & 1) != 0)) m++
    exponent += drop
  }
  return powerOfTwo(<f64>m, <i32>exponent)
}

/** An exact product: the result is representable, or overflows. */
function powerOfTwo(x: f64, exponent: i32): f64 {
  while (exponent > 1000) {
    x *= reinterpret<f64>((<u64>2023) << 52)
    exponent -= 1000
  }
  while (exponent < -1000) {
    x *= reinterpret<f64>((<u64>23) << 52)
    exponent += 1000
  }
  return x * reinterpret<f64>((<u64>(exponent + 1023)) << 52)
}

// @ts-ignore: decorator
@inline
function isSpace(c: i32): bool {
  return c == 0x20 || (c >= 9 && c <= 13)
}

export function caml_float_of_string(sp: usize, s: Value): Value {
  const length = stringLength(<usize>s)
  if (length > SCRATCH_BYTES) return failwith(sp, 'float_of_string')
  let at = sp
  const end = copyWithout(<usize>s, <usize>s + length, sp)
  while (at < end && isSpace(load<u8>(at))) at++
  let negative = false
  if (at < end && (load<u8>(at) == 0x2b || load<u8>(at) == 0x2d)) negative = load<u8>(at++) == 0x2d
  if (!parseUnsigned(at, end)) return failwith(sp, 'float_of_string')
  return boxFloat(sp, negative ? -parsed : parsed)
}
