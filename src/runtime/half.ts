/** IEEE half-precision floats: 1 bit of sign, 5 of exponent, 10 of mantissa. */

const LEAST_NORMAL: f64 = 0.00006103515625 // 2^-14
const HALFWAY_TO_INFINITY: f64 = 65520

export function floatOfHalf(h: u16): f64 {
  const exponent = <u64>((h >> 10) & 31)
  const mantissa = <u64>(h & 0x3ff)
  let magnitude: f64
  if (exponent == 0) magnitude = <f64>mantissa / 16777216
  else if (exponent == 31) magnitude = mantissa ? NaN : Infinity
  else magnitude = reinterpret<f64>(((exponent + 1008) << 52) | (mantissa << 42))
  return h & 0x8000 ? -magnitude : magnitude
}

/** Rounds to single precision first, as OCaml does; to even in both steps. */
export function halfOfFloat(x: f64): u16 {
  const single = <f64>(<f32>x)
  const sign = <u16>(reinterpret<u64>(single) >> 48) & 0x8000
  const magnitude = abs<f64>(single)
  if (magnitude != magnitude) return sign | 0x7e00
  if (magnitude >= HALFWAY_TO_INFINITY) return sign | 0x7c00
  if (magnitude < LEAST_NORMAL) return sign | <u16>nearest<f64>(magnitude * 16777216)
  const exponent = <i32>(reinterpret<u64>(magnitude) >> 52) - 1023
  const scale = reinterpret<f64>((<u64>(1023 + 10 - exponent)) << 52)
  // A mantissa that rounds up to 2048 carries into the exponent.
  return sign | <u16>(((exponent + 15) << 10) + <i32>nearest<f64>(magnitude * scale) - 1024)
}
