/**
 * Local roots: the discipline of C stubs (CAMLparam, CAMLlocal, CAMLreturn), for code outside the collector's sight that holds
 * values in variables across calls which may collect. The callee roots what it is given.
 *
 *     const locals = locals2(f, x)           a block of two roots; 0: no room (enterLocals(2): both hold ())
 *     setLocal(locals, 0, v) … local(locals, 0)
 *     leaveLocals(locals)                    before every return
 *
 * Blocks are chained and lie on a stack of their own:
 *
 *  LOCAL_BASE                                       LOCAL_ROOTS                      LOCAL_TOP      LOCAL_END
 * ┌──────────────────┬──────┬──────┬─ ─ ─ ─ ─ ─ ─ ─ ─┬──────────────────┬──────┬─ ─ ─┬──────────────┐
 * │ previous 0, count│ root │ root │                 │ previous, count  │ root │     │ free         │
 * └──────────────────┴──────┴──────┴─ ─ ─ ─ ─ ─ ─ ─ ─┴──────────────────┴──────┴─ ─ ─┴──────────────┘
 *
 * All of them are scanned by every minor collection and when marking starts; so storing into them needs no barrier. Leaving a
 * block leaves those that were entered since. This file knows the layout alone, so other Wasm modules may be compiled with it.
 */

import { LOCAL_END, LOCAL_ROOTS, LOCAL_TOP } from './layout'
import { Value } from './value'

const PREVIOUS: usize = 0
const COUNT: usize = 4
const FIRST: usize = 8
const UNIT: Value = 1

/** Memory for blocks from `start` to `end`. */
export function initLocalRoots(start: usize, end: usize): void {
  store<u32>(LOCAL_ROOTS, 0)
  store<u32>(LOCAL_TOP, <u32>start)
  store<u32>(LOCAL_END, <u32>end)
}

/** A new block whose roots hold anything yet; 0: the stack is full. */
// @ts-ignore: decorator
@inline
function pushBlock(count: i32): usize {
  const block = <usize>load<u32>(LOCAL_TOP)
  const end = block + FIRST + ((<usize>count) << 3)
  if (end > <usize>load<u32>(LOCAL_END)) return 0
  store<u32>(block, load<u32>(LOCAL_ROOTS), PREVIOUS)
  store<i32>(block, count, COUNT)
  store<u32>(LOCAL_ROOTS, <u32>block)
  store<u32>(LOCAL_TOP, <u32>end)
  return block
}

/** A new block of `count` roots that hold `()`; 0: the stack is full. */
export function enterLocals(count: i32): usize {
  const block = pushBlock(count)
  if (block) {
    for (let slot = localsStart(block); slot < localsEnd(block); slot += 8) store<i64>(slot, UNIT)
  }
  return block
}

// The same for a few roots with their first values.

// @ts-ignore: decorator
@inline
export function locals1(a: Value): usize {
  const block = pushBlock(1)
  if (block) store<i64>(block, a, FIRST)
  return block
}

// @ts-ignore: decorator
@inline
export function locals2(a: Value, b: Value): usize {
  const block = pushBlock(2)
  if (block) {
    store<i64>(block, a, FIRST)
    store<i64>(block, b, FIRST + 8)
  }
  return block
}

// @ts-ignore: decorator
@inline
export function locals3(a: Value, b: Value, c: Value): usize {
  const block = pushBlock(3)
  if (block) {
    store<i64>(block, a, FIRST)
    store<i64>(block, b, FIRST + 8)
    store<i64>(block, c, FIRST + 16)
  }
  return block
}

// @ts-ignore: decorator
@inline
export function leaveLocals(block: usize): void {
  store<u32>(LOCAL_ROOTS, load<u32>(block, PREVIOUS))
  store<u32>(LOCAL_TOP, <u32>block)
}

// @ts-ignore: decorator
@inline
export function local(block: usize, index: i32): Value {
  return load<i64>(block + ((<usize>index) << 3), FIRST)
}

// @ts-ignore: decorator
@inline
export function setLocal(block: usize, index: i32, v: Value): void {
  store<i64>(block + ((<usize>index) << 3), v, FIRST)
}

// For the collector.

// @ts-ignore: decorator
@inline
export function newestLocals(): usize {
  return <usize>load<u32>(LOCAL_ROOTS)
}

// @ts-ignore: decorator
@inline
export function olderLocals(block: usize): usize {
  return <usize>load<u32>(block, PREVIOUS)
}

// @ts-ignore: decorator
@inline
export function localsStart(block: usize): usize {
  return block + FIRST
}

// @ts-ignore: decorator
@inline
export function localsEnd(block: usize): usize {
  return block + FIRST + ((<usize>load<u32>(block, COUNT)) << 3)
}
