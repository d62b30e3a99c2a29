/**
 * Green threads as OCaml code sees them: one value of its own for each, and what suspends the running one. The engine schedules them
 * (src/engine/domain.ts); their numbers are looked up in tower.ts first. `CamlinternalThread` in the library is built on these.
 */

import { boxFloat } from './allocation'
import { floatOfVal, UNIT, valOfInt } from './header'
import { greenSleep, greenSpawn, greenYield, hostTime } from './host'
import { raise_out_of_memory } from './exceptions'
import { STACK_TOP, THREAD_BLOCKS, THREAD_ID, THREAD_LOCAL, UNWIND_REASON, UNWIND_SUSPENSION } from './layout'
import { root_create, root_modify } from './root-pools'
import { takeWoken } from './tower'
import { Value } from './value'

/** A new thread that runs `f ()`; its number. */
export function caml_green_spawn(sp: usize, f: Value): Value {
  const root = root_create(f)
  return root ? valOfInt(greenSpawn(<u32>root)) : raise_out_of_memory(sp)
}

export function caml_green_self(_unit: Value): Value {
  return valOfInt(load<i32>(THREAD_ID))
}

/** Seconds on the clock of `caml_green_sleep`. */
export function caml_green_time(sp: usize, _unit: Value): Value {
  return boxFloat(sp, hostTime(2))
}

/** What `caml_green_set_local` of the same thread has stored last; () before. */
export function caml_green_local(_sp: usize, _unit: Value): Value {
  const root = <usize>load<u32>(THREAD_LOCAL)
  return root ? load<i64>(root) : UNIT
}

export function caml_green_set_local(sp: usize, v: Value): Value {
  const root = <usize>load<u32>(THREAD_LOCAL)
  const changed = root ? root_modify(root, v) : root_create(v)
  if (!changed) return raise_out_of_memory(sp)
  store<u32>(THREAD_LOCAL, <u32>changed)
  return UNIT
}

// What a thread that suspends itself asks for: see `threadBlocks` in docs/RUNTIME.md.
const TURN: i32 = 0
const BLOCK: i32 = 1
const AWAIT: i32 = 2

function suspend(sp: usize, blocks: i32): Value {
  store<i32>(THREAD_BLOCKS, blocks)
  store<u32>(STACK_TOP, <u32>sp)
  store<i32>(UNWIND_REASON, UNWIND_SUSPENSION)
  return 0
}

/**
 * Suspends the running thread until it is woken; at once if it has been woken since it blocked last. It may also go on without a
 * reason: look again at what was waited for.
 */
export function caml_green_block(sp: usize, _unit: Value): Value {
  return takeWoken() ? UNIT : suspend(sp, BLOCK)
}

/** The same for what no other thread can fail to do by ending: it need not look again when one has. */
export function caml_green_await(sp: usize, _unit: Value): Value {
  return takeWoken() ? UNIT : suspend(sp, AWAIT)
}

/** Lets the other threads that can run go first. */
export function caml_green_yield(sp: usize, _unit: Value): Value {
  return greenYield() ? suspend(sp, TURN) : UNIT
}

/** Suspends the running thread for some seconds, or until it is woken. */
export function caml_green_sleep(sp: usize, seconds: Value): Value {
  greenSleep(takeWoken() ? 0 : floatOfVal(seconds))
  return suspend(sp, AWAIT)
}
