/**
 * The write barrier's fast path, inlined: storing anything but a young block needs no call while no marking is under way.
 *
 * A word is a young block when it is even and lies in the minor area: rotated right by one bit, the distance from
 * the area's start is below half its size exactly then, since an odd word gets its lowest bit on top.
 */

import type { Assembler } from '../wasm/assembler.ts'
import { control } from './layout.ts'

/** `slot` is an i32 local, `value` an i64 local; `modify` is the index of `caml_modify`. */
export function emitBarrier(a: Assembler, slot: number, value: number, modify: number): void {
  const word = (address: number): void => {
    a.i32(0)
    a.memory('i64_load32_u', address)
  }
  a.get(value)
  word(control.youngStart)
  a.op('i64_sub')
  a.i64(1n)
  a.op('i64_rotr')
  word(control.youngSize)
  a.i64(1n)
  a.op('i64_shr_u')
  a.op('i64_lt_u')
  a.i32(0)
  a.memory('i32_load', control.marking)
  a.op('i32_or')
  a.if()
  a.get(slot)
  a.get(value)
  a.call(modify)
  a.op('else')
  a.get(slot)
  a.get(value)
  a.memory('i64_store', 0)
  a.op('end')
}
