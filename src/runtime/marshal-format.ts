/**
 * OCaml's format of marshalled values: a header, then the values in depth-first order.
 *
 *  ┌────────────┬─────────────┬─────────────────┬───────────────┬───────────────┐
 *  │ 0x8495A6BE │ data length │ count of blocks │ words, 32 bit │ words, 64 bit │   5 × u32, big-endian
 *  └────────────┴─────────────┴─────────────────┴───────────────┴───────────────┘
 *  ┌────────────┬───┬─────────────┬─────────────────┬───────────────┐
 *  │ 0x8495A6BF │ 0 │ data length │ count of blocks │ words, 64 bit │               2 × u32, 3 × u64
 *  └────────────┴───┴─────────────┴─────────────────┴───────────────┘
 *
 * Each value begins with a code. Blocks are numbered in the order in which they appear; a shared block is
 * written as its distance from the number that comes next. Numbers are big-endian, floats little-endian (the
 * codes say so).
 */

export const MAGIC_SMALL: u32 = 0x8495a6be
export const MAGIC_BIG: u32 = 0x8495a6bf
/** The data is compressed. Nothing here compresses or decompresses. */
export const MAGIC_COMPRESSED: u32 = 0x8495a6bd
export const SMALL_HEADER_BYTES: usize = 20
export const BIG_HEADER_BYTES: usize = 32

export const CODE_INT8: u8 = 0x0
export const CODE_INT16: u8 = 0x1
export const CODE_INT32: u8 = 0x2
export const CODE_INT64: u8 = 0x3
export const CODE_SHARED8: u8 = 0x4
export const CODE_SHARED16: u8 = 0x5
export const CODE_SHARED32: u8 = 0x6
export const CODE_DOUBLES32_LITTLE: u8 = 0x7
export const CODE_BLOCK32: u8 = 0x8
export const CODE_STRING8: u8 = 0x9
export const CODE_STRING32: u8 = 0xa
export const CODE_DOUBLE_BIG: u8 = 0xb
export const CODE_DOUBLE_LITTLE: u8 = 0xc
export const CODE_DOUBLES8_BIG: u8 = 0xd
export const CODE_DOUBLES8_LITTLE: u8 = 0xe
export const CODE_DOUBLES32_BIG: u8 = 0xf
export const CODE_CODE_POINTER: u8 = 0x10
export const CODE_INFIX_POINTER: u8 = 0x11
/** Without a length: what OCaml wrote before 4.08. */
export const CODE_CUSTOM_OLD: u8 = 0x12
export const CODE_BLOCK64: u8 = 0x13
export const CODE_SHARED64: u8 = 0x14
export const CODE_STRING64: u8 = 0x15
export const CODE_DOUBLES64_BIG: u8 = 0x16
export const CODE_DOUBLES64_LITTLE: u8 = 0x17
export const CODE_CUSTOM_LENGTH: u8 = 0x18
export const CODE_CUSTOM_FIXED: u8 = 0x19
/** 001xxxxx: a string of xxxxx bytes. */
export const PREFIX_STRING: u8 = 0x20
/** 01xxxxxx: the integer xxxxxx. */
export const PREFIX_INT: u8 = 0x40
/** 1ssstttt: a block of tag tttt and size sss. */
export const PREFIX_BLOCK: u8 = 0x80
