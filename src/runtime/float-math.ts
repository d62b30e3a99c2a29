/**
 * Mathematical functions, unboxed: `f64 → f64`. Most are AssemblyScript's, which are musl's and correct to
 * the last bit or nearly so. The names are those of OCaml's boxed primitives, because emitted code keeps
 * floats unboxed.
 */

import { scale } from './float-text'

export function caml_exp_float(x: f64): f64 {
  return NativeMath.exp(x)
}
export function caml_log_float(x: f64): f64 {
  return NativeMath.log(x)
}
export function caml_log10_float(x: f64): f64 {
  return NativeMath.log10(x)
}
export function caml_log2_float(x: f64): f64 {
  return NativeMath.log2(x)
}
export function caml_log1p_float(x: f64): f64 {
  return NativeMath.log1p(x)
}
export function caml_expm1_float(x: f64): f64 {
  return NativeMath.expm1(x)
}
export function caml_exp2_float(x: f64): f64 {
  return NativeMath.exp2(x)
}
export function caml_cbrt_float(x: f64): f64 {
  return NativeMath.cbrt(x)
}
export function caml_sin_float(x: f64): f64 {
  return NativeMath.sin(x)
}
export function caml_cos_float(x: f64): f64 {
  return NativeMath.cos(x)
}
export function caml_tan_float(x: f64): f64 {
  return NativeMath.tan(x)
}
export function caml_asin_float(x: f64): f64 {
  return NativeMath.asin(x)
}
export function caml_acos_float(x: f64): f64 {
  return NativeMath.acos(x)
}
export function caml_atan_float(x: f64): f64 {
  return NativeMath.atan(x)
}
export function caml_atan2_float(y: f64, x: f64): f64 {
  return NativeMath.atan2(y, x)
}
export function caml_sinh_float(x: f64): f64 {
  return NativeMath.sinh(x)
}
export function caml_cosh_float(x: f64): f64 {
  return NativeMath.cosh(x)
}
export function caml_tanh_float(x: f64): f64 {
  return NativeMath.tanh(x)
}
export function caml_asinh_float(x: f64): f64 {
  return NativeMath.asinh(x)
}
export function caml_acosh_float(x: f64): f64 {
  return NativeMath.acosh(x)
}
export function caml_atanh_float(x: f64): f64 {
  return NativeMath.atanh(x)
}
export function caml_hypot_float(x: f64, y: f64): f64 {
  return NativeMath.hypot(x, y)
}
export function caml_fmod_float(x: f64, y: f64): f64 {
  return NativeMath.mod(x, y)
}
export function caml_copysign_float(x: f64, y: f64): f64 {
  return copysign<f64>(x, y)
}

/** C's pow: 1 to any power and anything to the power 0 are 1, NaN included. */
export function caml_power_float(x: f64, y: f64): f64 {
  if (x == 1 || y == 0) return 1
  if (x == -1 && abs(y) == Infinity) return 1
  return NativeMath.pow(x, y)
}

/** Halfway cases away from zero. */
export function caml_round_float(x: f64): f64 {
  const whole = trunc<f64>(x)
  return abs(x - whole) >= 0.5 ? whole + copysign<f64>(1, x) : copysign<f64>(whole, x)
}

/** Σ 2^n x^(2n+1) / (2n+1)!! has only positive terms: no cancellation. */
function erfSeries(x: f64): f64 {
  let term = x
  let sum = x
  for (let n: f64 = 1; term > sum * 1e-17; n++) {
    term *= (2 * x * x) / (2 * n + 1)
    sum += term
  }
  return 1.1283791670955126 * sum * NativeMath.exp(-x * x)
}

/** Laplace's continued fraction for erfc, from x about 2 on; evaluated backwards. */
function erfcFraction(x: f64): f64 {
  let tail: f64 = 0
  for (let n: f64 = 120; n > 0; n--) tail = n / 2 / (x + tail)
  return (NativeMath.exp(-x * x) / (x + tail)) * 0.5641895835477563
}

export function caml_erf_float(x: f64): f64 {
  const magnitude = abs(x)
  if (!(magnitude > 0)) return x
  const value = magnitude > 6 ? 1 : magnitude < 2 ? erfSeries(magnitude) : 1 - erfcFraction(magnitude)
  return copysign<f64>(value, x)
}

export function caml_erfc_float(x: f64): f64 {
  if (x != x) return x
  if (x > 27.3) return 0
  if (x >= 2) return erfcFraction(x)
  return x < 0 ? 1 + caml_erf_float(-x) : 1 - erfSeries(x)
}

export function caml_nextafter_unboxed(x: f64, y: f64): f64 {
  if (x != x || y != y) return x + y
  if (x == y) return y
  if (x == 0) return copysign<f64>(reinterpret<f64>(<u64>1), y)
  const bits = reinterpret<u64>(x)
  return reinterpret<f64>(y > x == x > 0 ? bits + 1 : bits - 1)
}

export function caml_ldexp_float_unboxed(x: f64, n: i64): f64 {
  return NativeMath.scalbn(x, <i32>max<i64>(min<i64>(n, 10000), -10000))
}

// Fused multiply-add: exact, in 128-bit integers.

let high: u64 = 0
let low: u64 = 0

function multiplyMantissas(a: u64, b: u64): void {
  const a0 = a & 0xffffffff
  const a1 = a >> 32
  const b0 = b & 0xffffffff
  const b1 = b >> 32
  const middle = a1 * b0 + ((a0 * b0) >> 32)
  const other = a0 * b1 + (middle & 0xffffffff)
  low = (other << 32) | ((a0 * b0) & 0xffffffff)
  high = a1 * b1 + (middle >> 32) + (other >> 32)
}

function mantissaOf(x: f64): u64 {
  const bits = reinterpret<u64>(x)
  const fraction = bits & 0xfffffffffffff
  return (bits >> 52) & 0x7ff ? fraction | 0x10000000000000 : fraction
}

/** x = mantissa × 2^exponent. */
function exponentOf(x: f64): i64 {
  const biased = <i64>((reinterpret<u64>(x) >> 52) & 0x7ff)
  return (biased ? biased : 1) - 1075
}

/** `high:low` shifted right by n ≥ 0, what falls out kept in the lowest bit. */
function shiftRightSticky(n: i64): void {
  if (n == 0) return
  if (n >= 127) {
    low = <u64>((high | low) != 0)
    high = 0
  } else if (n >= 64) {
    const lost = low | (n > 64 ? high << (<u64>(128 - n)) : 0)
    low = (high >> <u64>(n - 64)) | <u64>(lost != 0)
    high = 0
  } else {
    const lost = low << (<u64>(64 - n))
    low = (low >> <u64>n) | (high << (<u64>(64 - n))) | <u64>(lost != 0)
    high >>= <u64>n
  }
}

function shiftLeft(n: i64): void {
  if (n >= 64) {
    high = low << (<u64>(n - 64))
    low = 0
  } else if (n > 0) {
    high = (high << (<u64>n)) | (low >> <u64>(64 - n))
    low <<= <u64>n
  }
}

/** The double nearest to ±`high:low` × 2^exponent. */
function rounded(negative: bool, exponent: i64): f64 {
  if (high) {
    const extra = 64 - <i64>clz<u64>(high)
    shiftRightSticky(extra)
    exponent += extra
  }
  const value = scale(low, exponent)
  return negative ? -value : value
}

/** x × y + z, rounded once. */
export function caml_fma_unboxed(x: f64, y: f64, z: f64): f64 {
  if (!(abs(x) < Infinity && abs(y) < Infinity && abs(z) < Infinity) || x == 0 || y == 0 || z == 0)
    return specialFma(x, y, z)
  multiplyMantissas(mantissaOf(x), mantissaOf(y))
  let exponent = exponentOf(x) + exponentOf(y)
  const productNegative = (reinterpret<i64>(x) ^ reinterpret<i64>(y)) < 0
  const addendNegative = reinterpret<i64>(z) < 0
  // Normalise the product to bit 125, the addend likewise; then align the smaller one.
  let shift = <i64>(high ? clz<u64>(high) : 64 + clz<u64>(low)) - 2
  shiftLeft(shift)
  exponent -= shift
  const productHigh = high
  const productLow = low
  high = 0
  low = mantissaOf(z)
  shift = 62 + <i64>clz<u64>(low)
  shiftLeft(shift)
  let addendExponent = exponentOf(z) - shift
  if (addendExponent <= exponent) {
    shiftRightSticky(exponent - addendExponent)
    return addOrSubtract(productHigh, productLow, productNegative, high, low, addendNegative, exponent)
  }
  const addendHigh = high
  const addendLow = low
  high = productHigh
  low = productLow
  shiftRightSticky(addendExponent - exponent)
  return addOrSubtract(addendHigh, addendLow, addendNegative, high, low, productNegative, addendExponent)
}

function specialFma(x: f64, y: f64, z: f64): f64 {
  // With a zero or an infinity among the three, the product is exact or does not matter.
  if (abs(x) < Infinity && abs(y) < Infinity && !(abs(z) < Infinity)) return z
  return z == 0 && x != 0 && y != 0 && abs(x) < Infinity && abs(y) < Infinity
    ? productPlusZero(x, y, z)
    : x * y + z
}

function productPlusZero(x: f64, y: f64, z: f64): f64 {
  const product = x * y
  return product == 0 ? product : product + z
}

function addOrSubtract(
  aHigh: u64,
  aLow: u64,
  aNegative: bool,
  bHigh: u64,
  bLow: u64,
  bNegative: bool,
  exponent: i64,
): f64 {
  if (aNegative == bNegative) {
    low = aLow + bLow
    high = aHigh + bHigh + <u64>(low < aLow)
    return rounded(aNegative, exponent)
  }
  const swap = aHigh < bHigh || (aHigh == bHigh && aLow < bLow)
  low = swap ? bLow - aLow : aLow - bLow
  high = swap ? bHigh - aHigh - <u64>(bLow < aLow) : aHigh - bHigh - <u64>(aLow < bLow)
  if ((high | low) == 0) return 0
  return rounded(swap ? bNegative : aNegative, exponent)
}
