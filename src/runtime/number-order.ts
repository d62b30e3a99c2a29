/** The orders of numbers, as `compare` and its kin see them. */

export const LESS: i32 = -1
export const EQUAL: i32 = 0
export const GREATER: i32 = 1
/** One of the two is NaN, in a comparison that is not total. */
export const UNORDERED: i32 = 2

// @ts-ignore: decorator
@inline
export function orderOfInts(a: i64, b: i64): i32 {
  return <i32>(a > b) - <i32>(a < b)
}

export function orderOfFloats(a: f64, b: f64, total: bool): i32 {
  if (a < b) return LESS
  if (a > b) return GREATER
  if (a == b) return EQUAL
  if (!total) return UNORDERED
  // NaN equals itself and is less than any other float.
  return <i32>(a == a) - <i32>(b == b)
}
