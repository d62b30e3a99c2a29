/** The control words around an exception: where it was raised, and what a handler does first. */

import type { Assembler } from '../wasm/assembler.ts'
import { control, unwindReason } from './layout.ts'

/** The frame at `sp` (local 0) is the one that raised last. */
export function emitRaiseFrame(a: Assembler, flag: number): void {
  a.i32(0)
  a.get(0)
  if (flag !== 0) {
    a.i32(flag)
    a.op('i32_or')
  }
  a.memory('i32_store', control.raiseFrame)
}

/**
 * The unwinding ends in the frame at `sp`: the exception goes into a local variable. While backtraces are on, what lies above the
 * frame is the way that the exception came.
 */
export function emitCaught(a: Assembler, recordTrace: number, local: number): void {
  a.i32(0)
  a.memory('i64_load', control.exception)
  a.set(local)
  a.i32(0)
  a.memory('i32_load', control.backtraceOn)
  a.if()
  a.get(0)
  a.call(recordTrace)
  a.op('end')
  a.i32(0)
  a.i32(unwindReason.none)
  a.memory('i32_store', control.unwindReason)
}
