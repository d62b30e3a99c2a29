/**
 * The one table of WebAssembly instructions that this project emits.
 *
 * Reference: WebAssembly Core Specification 2.0, section 5.4; tail calls and threads proposals.
 */

export const valueType = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c, funcref: 0x70 } as const
export type ValueType = 'i32' | 'i64' | 'f64'

/** The type byte of a block without result. */
export const emptyBlock = 0x40

/** Instructions without immediates. */
export const op = {
  unreachable: 0x00,
  nop: 0x01,
  else: 0x05,
  end: 0x0b,
  return: 0x0f,
  drop: 0x1a,
  select: 0x1b,

  i32_eqz: 0x45,
  i32_eq: 0x46,
  i32_ne: 0x47,
  i32_lt_s: 0x48,
  i32_lt_u: 0x49,
  i32_gt_s: 0x4a,
  i32_gt_u: 0x4b,
  i32_le_s: 0x4c,
  i32_le_u: 0x4d,
  i32_ge_s: 0x4e,
  i32_ge_u: 0x4f,

  i64_eqz: 0x50,
  i64_eq: 0x51,
  i64_ne: 0x52,
  i64_lt_s: 0x53,
  i64_lt_u: 0x54,
  i64_gt_s: 0x55,
  i64_gt_u: 0x56,
  i64_le_s: 0x57,
  i64_le_u: 0x58,
  i64_ge_s: 0x59,
  i64_ge_u: 0x5a,

  f64_eq: 0x61,
  f64_ne: 0x62,
  f64_lt: 0x63,
  f64_gt: 0x64,
  f64_le: 0x65,
  f64_ge: 0x66,

  i32_add: 0x6a,
  i32_sub: 0x6b,
  i32_mul: 0x6c,
  i32_and: 0x71,
  i32_or: 0x72,
  i32_xor: 0x73,
  i32_shl: 0x74,
  i32_shr_s: 0x75,
  i32_shr_u: 0x76,

  i64_add: 0x7c,
  i64_sub: 0x7d,
  i64_mul: 0x7e,
  i64_div_s: 0x7f,
  i64_div_u: 0x80,
  i64_rem_s: 0x81,
  i64_rem_u: 0x82,
  i64_and: 0x83,
  i64_or: 0x84,
  i64_xor: 0x85,
  i64_shl: 0x86,
  i64_shr_s: 0x87,
  i64_shr_u: 0x88,
  i64_rotl: 0x89,
  i64_rotr: 0x8a,

  f64_abs: 0x99,
  f64_neg: 0x9a,
  f64_ceil: 0x9b,
  f64_floor: 0x9c,
  f64_trunc: 0x9d,
  f64_nearest: 0x9e,
  f64_sqrt: 0x9f,
  f64_add: 0xa0,
  f64_sub: 0xa1,
  f64_mul: 0xa2,
  f64_div: 0xa3,
  f64_min: 0xa4,
  f64_max: 0xa5,
  f64_copysign: 0xa6,

  i32_wrap_i64: 0xa7,
  i64_extend_i32_s: 0xac,
  i64_extend_i32_u: 0xad,
  f32_demote_f64: 0xb6,
  f64_convert_i64_s: 0xb9,
  f64_promote_f32: 0xbb,
  i64_reinterpret_f64: 0xbd,
  f64_reinterpret_i64: 0xbf,
  i64_extend8_s: 0xc2,
  i64_extend16_s: 0xc3,
  i64_extend32_s: 0xc4,
} as const

/** Instructions with a memory argument (alignment, offset); `align` is the natural alignment as a power of two. */
export const memoryOp = {
  i32_load: { code: 0x28, align: 2 },
  i64_load: { code: 0x29, align: 3 },
  f32_load: { code: 0x2a, align: 2 },
  f64_load: { code: 0x2b, align: 3 },
  i64_load8_s: { code: 0x30, align: 0 },
  i32_load8_u: { code: 0x2d, align: 0 },
  i32_load16_u: { code: 0x2f, align: 1 },
  i64_load8_u: { code: 0x31, align: 0 },
  i64_load16_s: { code: 0x32, align: 1 },
  i64_load16_u: { code: 0x33, align: 1 },
  i64_load32_s: { code: 0x34, align: 2 },
  i64_load32_u: { code: 0x35, align: 2 },
  i32_store: { code: 0x36, align: 2 },
  i64_store: { code: 0x37, align: 3 },
  f32_store: { code: 0x38, align: 2 },
  f64_store: { code: 0x39, align: 3 },
  i64_store8: { code: 0x3c, align: 0 },
  i64_store16: { code: 0x3d, align: 1 },
  i64_store32: { code: 0x3e, align: 2 },
} as const

/** Instructions with other immediates; the assembler has one method for each. */
export const immediateOp = {
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  br: 0x0c,
  br_if: 0x0d,
  br_table: 0x0e,
  call: 0x10,
  call_indirect: 0x11,
  return_call: 0x12,
  return_call_indirect: 0x13,
  local_get: 0x20,
  local_set: 0x21,
  local_tee: 0x22,
  i32_const: 0x41,
  i64_const: 0x42,
  f64_const: 0x44,
  prefix_fc: 0xfc,
} as const

/** Saturating truncation, behind prefix 0xfc. */
export const i64_trunc_sat_f64_s = 6
