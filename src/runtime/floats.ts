/**
 * Externals on boxed floats, and conversions between floats and boxed integers. The `_unboxed` twins take and
 * return plain numbers.
 */

import { boxFloat, boxInteger, frame1, hasYoung, pair, rooted, youngBlock } from './allocation'
import { caml_fma_unboxed, caml_ldexp_float_unboxed, caml_nextafter_unboxed } from './float-math'
import { collect } from './gc'
import { FALSE, floatOfVal, intOfVal, payloadOfVal, TRUE, valOfAddress, valOfBool, valOfInt } from './header'
import { CUSTOM_INT32, CUSTOM_INT64, CUSTOM_NATIVEINT, TAG_DOUBLE } from './layout'
import { Value } from './value'

// The constructors of Stdlib.fpclass.
const FP_NORMAL: i64 = 0
const FP_SUBNORMAL: i64 = 1
const FP_ZERO: i64 = 2
const FP_INFINITE: i64 = 3
const FP_NAN: i64 = 4

export function caml_classify_float_unboxed(x: f64): Value {
  const magnitude = abs(x)
  if (x != x) return valOfInt(FP_NAN)
  if (magnitude == Infinity) return valOfInt(FP_INFINITE)
  if (magnitude == 0) return valOfInt(FP_ZERO)
  return valOfInt(magnitude < 2.2250738585072014e-308 ? FP_SUBNORMAL : FP_NORMAL)
}

export function caml_classify_float(_sp: usize, x: Value): Value {
  return caml_classify_float_unboxed(floatOfVal(x))
}

export function caml_signbit_float(_sp: usize, x: Value): Value {
  return caml_signbit_unboxed(floatOfVal(x))
}

export function caml_signbit_unboxed(x: f64): Value {
  return reinterpret<i64>(x) < 0 ? TRUE : FALSE
}

export function caml_ldexp_float(sp: usize, x: Value, n: Value): Value {
  return boxFloat(sp, caml_ldexp_float_unboxed(floatOfVal(x), intOfVal(n)))
}

export function caml_fma_float(sp: usize, x: Value, y: Value, z: Value): Value {
  return boxFloat(sp, caml_fma_unboxed(floatOfVal(x), floatOfVal(y), floatOfVal(z)))
}

export function caml_nextafter_float(sp: usize, x: Value, y: Value): Value {
  return boxFloat(sp, caml_nextafter_unboxed(floatOfVal(x), floatOfVal(y)))
}

export function caml_trunc_float(sp: usize, x: Value): Value {
  return boxFloat(sp, trunc<f64>(floatOfVal(x)))
}

export function caml_floor_float(sp: usize, x: Value): Value {
  return boxFloat(sp, floor<f64>(floatOfVal(x)))
}

export function caml_ceil_float(sp: usize, x: Value): Value {
  return boxFloat(sp, ceil<f64>(floatOfVal(x)))
}

export function caml_sqrt_float(sp: usize, x: Value): Value {
  return boxFloat(sp, sqrt<f64>(floatOfVal(x)))
}

export function caml_abs_float(sp: usize, x: Value): Value {
  return boxFloat(sp, abs<f64>(floatOfVal(x)))
}

export function caml_neg_float(sp: usize, x: Value): Value {
  return boxFloat(sp, -floatOfVal(x))
}

/** (fraction, integer), both with the sign of x. */
export function caml_modf_float(sp: usize, x: Value): Value {
  const value = floatOfVal(x)
  const whole = trunc<f64>(value)
  const fraction = abs(value) == Infinity ? 0 : value - whole
  const first = boxFloat(sp, copysign<f64>(fraction, value))
  if (!first) return 0
  if (!hasYoung(16)) {
    if (!collect(frame1(sp, first), 40)) return 0
    return floatAndPair(rooted(sp, 0), value != value ? value : whole, sp)
  }
  return floatAndPair(first, value != value ? value : whole, sp)
}

function floatAndPair(first: Value, x: f64, sp: usize): Value {
  const second = youngBlock(1, TAG_DOUBLE)
  store<f64>(second, x)
  return pair(sp, first, valOfAddress(second))
}

/** (mantissa, exponent): 0.5 ≤ |mantissa| < 1. */
export function caml_frexp_float(sp: usize, x: Value): Value {
  let value = floatOfVal(x)
  let exponent: i64 = 0
  if (value != 0 && abs(value) < Infinity) {
    if (abs(value) < 2.2250738585072014e-308) {
      value *= 18014398509481984
      exponent = -54
    }
    exponent += <i64>((reinterpret<u64>(value) >> 52) & 0x7ff) - 1022
    value = reinterpret<f64>((reinterpret<u64>(value) & 0x800fffffffffffff) | 0x3fe0000000000000)
  }
  const mantissa = boxFloat(sp, value)
  return mantissa ? pair(sp, mantissa, valOfInt(exponent)) : 0
}

// Boxed integers. Out of range, the float is converted as by x86: to the smallest integer.

// @ts-ignore: decorator
@inline
function truncated(x: f64): i64 {
  return x >= -9223372036854775808.0 && x < 9223372036854775808.0 ? <i64>x : i64.MIN_VALUE
}

export function caml_int_of_float(_sp: usize, x: Value): Value {
  return valOfInt(truncated(floatOfVal(x)))
}

export function caml_float_of_int(sp: usize, n: Value): Value {
  return boxFloat(sp, <f64>intOfVal(n))
}

export function caml_int32_of_float_unboxed(x: f64): i64 {
  return <i64>(<i32>truncated(x))
}
export function caml_int32_to_float_unboxed(n: i64): f64 {
  return <f64>n
}
export function caml_int32_bits_of_float_unboxed(x: f64): i64 {
  return <i64>reinterpret<i32>(<f32>x)
}
export function caml_int32_float_of_bits_unboxed(n: i64): f64 {
  return <f64>reinterpret<f32>(<i32>n)
}
export function caml_int64_of_float_unboxed(x: f64): i64 {
  return truncated(x)
}
export function caml_int64_to_float_unboxed(n: i64): f64 {
  return <f64>n
}
export function caml_int64_bits_of_float_unboxed(x: f64): i64 {
  return reinterpret<i64>(x)
}
export function caml_int64_float_of_bits_unboxed(n: i64): f64 {
  return reinterpret<f64>(n)
}
export function caml_nativeint_of_float_unboxed(x: f64): i64 {
  return truncated(x)
}
export function caml_nativeint_to_float_unboxed(n: i64): f64 {
  return <f64>n
}

export function caml_int32_of_float(sp: usize, x: Value): Value {
  return boxInteger(sp, CUSTOM_INT32, caml_int32_of_float_unboxed(floatOfVal(x)))
}
export function caml_int32_to_float(sp: usize, n: Value): Value {
  return boxFloat(sp, <f64>payloadOfVal(n))
}
export function caml_int32_bits_of_float(sp: usize, x: Value): Value {
  return boxInteger(sp, CUSTOM_INT32, caml_int32_bits_of_float_unboxed(floatOfVal(x)))
}
export function caml_int32_float_of_bits(sp: usize, n: Value): Value {
  return boxFloat(sp, caml_int32_float_of_bits_unboxed(payloadOfVal(n)))
}
export function caml_int64_of_float(sp: usize, x: Value): Value {
  return boxInteger(sp, CUSTOM_INT64, truncated(floatOfVal(x)))
}
export function caml_int64_to_float(sp: usize, n: Value): Value {
  return boxFloat(sp, <f64>payloadOfVal(n))
}
export function caml_int64_bits_of_float(sp: usize, x: Value): Value {
  return boxInteger(sp, CUSTOM_INT64, reinterpret<i64>(floatOfVal(x)))
}
export function caml_int64_float_of_bits(sp: usize, n: Value): Value {
  return boxFloat(sp, reinterpret<f64>(payloadOfVal(n)))
}
export function caml_nativeint_of_float(sp: usize, x: Value): Value {
  return boxInteger(sp, CUSTOM_NATIVEINT, truncated(floatOfVal(x)))
}
export function caml_nativeint_to_float(sp: usize, n: Value): Value {
  return boxFloat(sp, <f64>payloadOfVal(n))
}

// Comparisons of boxed floats.

export function caml_eq_float(_sp: usize, a: Value, b: Value): Value {
  return valOfBool(floatOfVal(a) == floatOfVal(b))
}
export function caml_neq_float(_sp: usize, a: Value, b: Value): Value {
  return valOfBool(floatOfVal(a) != floatOfVal(b))
}
export function caml_lt_float(_sp: usize, a: Value, b: Value): Value {
  return valOfBool(floatOfVal(a) < floatOfVal(b))
}
export function caml_le_float(_sp: usize, a: Value, b: Value): Value {
  return valOfBool(floatOfVal(a) <= floatOfVal(b))
}
export function caml_gt_float(_sp: usize, a: Value, b: Value): Value {
  return valOfBool(floatOfVal(a) > floatOfVal(b))
}
export function caml_ge_float(_sp: usize, a: Value, b: Value): Value {
  return valOfBool(floatOfVal(a) >= floatOfVal(b))
}
