/**
 * The exact decimal expansion of a double, and rounding of it (half to even).
 *
 * The number is held in base 10^9 around a radix point:
 *
 *   integer limbs (up to 35, most significant first) │ fraction limbs (up to 120)
 *
 * The mantissa is an integer of two limbs; multiplying by 2 shifts towards the left, dividing by 2^9 towards
 * the right, where 10^9 / 2^9 is whole, so nothing is ever lost.
 */

const LIMB: u64 = 1000000000
const FRACTION_LIMBS: usize = 122
const INTEGER_LIMBS: usize = 38
const limbs: usize = memory.data(640, 8)
/** Limb 0 of the fraction. */
const radix: usize = limbs + (INTEGER_LIMBS << 2)

/** Bytes that `expand` may write. */
export const MAX_DIGITS: usize = 1500

/** The value is 0.d1d2d3… × 10^point. */
export let point: i32 = 0

/** First and end of the limbs in use. */
let first: usize = 0
let last: usize = 0

/** Multiplies by 2^bits, bits at most 29. */
function shiftLeft(bits: u64): void {
  let carry: u64 = 0
  for (let at = last; at > first; ) {
    at -= 4
    const n = ((<u64>load<u32>(at)) << bits) + carry
    store<u32>(at, <u32>(n % LIMB))
    carry = n / LIMB
  }
  if (carry) {
    first -= 4
    store<u32>(first, <u32>carry)
  }
}

/** Divides by 2^bits, bits at most 9. */
function shiftRight(bits: u32): void {
  const mask = ((<u32>1) << bits) - 1
  const scale = <u32>LIMB >> bits
  let carry: u32 = 0
  for (let at = first; at < last; at += 4) {
    const limb = load<u32>(at)
    store<u32>(at, (limb >> bits) + carry)
    carry = (limb & mask) * scale
  }
  if (carry) {
    store<u32>(last, carry)
    last += 4
  }
  while (first < last && load<u32>(first) == 0 && first < radix) first += 4
}

function setMantissa(m: u64): void {
  first = radix
  last = radix
  while (m) {
    first -= 4
    store<u32>(first, <u32>(m % LIMB))
    m /= LIMB
  }
}

/** Writes nine digits of a limb. */
function writeLimb(target: usize, limb: u32): void {
  for (let i: usize = 9; i > 0; i--) {
    store<u8>(target + i - 1, <u8>(0x30 + (limb % 10)))
    limb /= 10
  }
}

/**
 * Writes all digits of a finite positive double, without zeros at either end, and sets `point`; their count.
 * Zero has no digits.
 */
export function expand(x: f64, target: usize): i32 {
  const bits = reinterpret<u64>(x)
  const biased = <i32>(bits >> 52) & 0x7ff
  let mantissa = bits & 0xfffffffffffff
  let exponent = (biased ? biased : 1) - 1075
  if (biased) mantissa |= 0x10000000000000
  if (mantissa == 0) {
    point = 1
    return 0
  }
  const zeros = <i32>ctz<u64>(mantissa)
  mantissa >>= <u64>zeros
  exponent += zeros
  setMantissa(mantissa)
  for (; exponent > 0; exponent -= min(exponent, 29)) shiftLeft(<u64>min(exponent, 29))
  for (; exponent < 0; exponent += min(-exponent, 9)) shiftRight(<u32>min(-exponent, 9))
  return writeAll(target)
}

function writeAll(target: usize): i32 {
  let from = first
  while (from < last && load<u32>(from) == 0) from += 4
  let at = target
  for (let limb = from; limb < last; limb += 4) {
    writeLimb(at, load<u32>(limb))
    at += 9
  }
  point = ((<i32>radix - <i32>from) / 4) * 9
  let skip: usize = 0
  while (load<u8>(target + skip) == 0x30) skip++
  if (skip) memory.copy(target, target + skip, at - target - skip)
  at -= skip
  point -= <i32>skip
  while (at > target && load<u8>(at - 1) == 0x30) at--
  return <i32>(at - target)
}

/** Whether the digits from `keep` on round up: more than half, or half with an odd digit before. */
function roundsUp(digits: usize, count: i32, keep: i32): bool {
  const next = load<u8>(digits + keep)
  if (next != 0x35 || count > keep + 1) return next >= 0x35
  return keep > 0 && (load<u8>(digits + keep - 1) & 1) != 0
}

/**
 * Rounds `count` digits to at most `keep`; the new count, with `point` corrected. There is a free byte after
 * the digits.
 */
export function round(digits: usize, count: i32, keep: i32): i32 {
  if (count <= keep) return count
  if (keep < 0) return 0
  const up = roundsUp(digits, count, keep)
  let end = keep
  if (up) {
    while (end > 0 && load<u8>(digits + end - 1) == 0x39) end--
    if (end == 0) {
      store<u8>(digits, 0x31)
      point++
      return 1
    }
    store<u8>(digits + end - 1, load<u8>(digits + end - 1) + 1)
    return end
  }
  while (end > 0 && load<u8>(digits + end - 1) == 0x30) end--
  return end
}
