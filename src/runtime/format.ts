/**
 * printf's conversions: a format `%[flags][width][.precision][l|n|L]c` is parsed into the variables below,
 * and the converted digits are padded into a fresh OCaml string.
 *
 * The digits are written into scratch memory: the free part of the shadow stack above `sp`, of which at least
 * `SCRATCH_BYTES` are always there.
 */

import { allocateString } from './allocation'
import { stringLength, valOfAddress } from './header'
import { Value } from './value'

/** The stack's guard is a little longer. */
export const SCRATCH_BYTES: usize = 60000

export let leftAlign: bool = false
export let zeroPad: bool = false
export let plusSign: bool = false
export let spaceSign: bool = false
export let alternate: bool = false
export let width: usize = 0
/** -1: none was given. */
export let precision: i32 = -1
/** The conversion's character. */
export let conversion: i32 = 0

let cursor: usize = 0
let formatEnd: usize = 0

function peek(): i32 {
  return cursor < formatEnd ? <i32>load<u8>(cursor) : 0
}

function number(): i32 {
  let n = 0
  while (peek() >= 0x30 && peek() <= 0x39) n = n * 10 + (<i32>load<u8>(cursor++) - 0x30)
  return n
}

function parseFlags(): void {
  leftAlign = false
  zeroPad = false
  plusSign = false
  spaceSign = false
  alternate = false
  for (; ; cursor++) {
    switch (peek()) {
      case 0x2d:
        leftAlign = true
        break
      case 0x30:
        zeroPad = true
        break
      case 0x2b:
        plusSign = true
        break
      case 0x20:
        spaceSign = true
        break
      case 0x23:
        alternate = true
        break
      default:
        return
    }
  }
}

export function parseFormat(format: usize): void {
  parseRange(format, format + stringLength(format))
}

/** No width, no flags. */
export function plainFormat(): void {
  parseRange(0, 0)
}

function parseRange(start: usize, end: usize): void {
  cursor = start
  formatEnd = end
  if (peek() == 0x25) cursor++
  parseFlags()
  width = <usize>number()
  precision = -1
  if (peek() == 0x2e) {
    cursor++
    precision = number()
  }
  const c = peek()
  if ((c == 0x6c || c == 0x6e || c == 0x4c) && cursor + 1 < formatEnd) cursor++
  conversion = peek()
}

/**
 * A string of `prefix` (up to 8 characters, first in the lowest byte), zeros as far as flags and `zeros`
 * demand, and the body; padded to `width`. May collect; the body is not in the heap.
 */
export function padded(
  sp: usize,
  prefix: u64,
  zeros: usize,
  body: usize,
  length: usize,
  mayZeroPad: bool,
): Value {
  const prefixLength: usize = prefix ? 8 - (<usize>clz<u64>(prefix) >> 3) : 0
  const used = prefixLength + zeros + length
  let padding = width > used ? width - used : 0
  if (zeroPad && mayZeroPad && !leftAlign) {
    zeros += padding
    padding = 0
  }
  const total = prefixLength + zeros + length + padding
  const result = allocateString(sp, total)
  if (!result) return 0
  let at = result
  if (!leftAlign) {
    memory.fill(at, 0x20, padding)
    at += padding
  }
  for (; prefix; prefix >>= 8) store<u8>(at++, <u8>prefix)
  memory.fill(at, 0x30, zeros)
  memory.copy(at + zeros, body, length)
  if (leftAlign) memory.fill(at + zeros + length, 0x20, padding)
  return valOfAddress(result)
}

/** The sign character of a number, 0 for none. */
export function signPrefix(negative: bool): u64 {
  if (negative) return 0x2d
  return plusSign ? 0x2b : spaceSign ? 0x20 : 0
}
