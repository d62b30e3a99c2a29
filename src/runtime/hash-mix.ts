/** The steps of MurmurHash3 (32 bits), as OCaml takes them for its kinds of numbers. */

// @ts-ignore: decorator
@inline
export function mix(h: u32, d: u32): u32 {
  d *= 0xcc9e2d51
  d = rotl<u32>(d, 15)
  d *= 0x1b873593
  h ^= d
  h = rotl<u32>(h, 13)
  return h * 5 + 0xe6546b64
}

// @ts-ignore: decorator
@inline
export function finish(h: u32): u32 {
  h ^= h >> 16
  h *= 0x85ebca6b
  h ^= h >> 13
  h *= 0xc2b2ae35
  return h ^ (h >> 16)
}

// @ts-ignore: decorator
@inline
export function mixWord(h: u32, d: i64): u32 {
  return mix(h, <u32>((d >> 32) ^ (d >> 63) ^ d))
}

/** All NaNs hash alike, and so do both zeros. */
export function mixFloat(h: u32, x: f64): u32 {
  let bits = reinterpret<u64>(x)
  if (x != x) bits = 0x7ff0000000000001
  else if (x == 0) bits = 0
  return mix(mix(h, <u32>bits), <u32>(bits >> 32))
}

/** The same of a float of single precision. */
export function mixSingle(h: u32, x: f32): u32 {
  if (x != x) return mix(h, 0x7f800001)
  return mix(h, x == 0 ? 0 : reinterpret<u32>(x))
}
