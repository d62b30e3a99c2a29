/**
 * The fixpoint of a closure from a start value, by each discipline; see `programs/local_roots.ml`. Callee-roots (local, naive): a
 * function roots what it is given. Caller-roots (boxroot, generational): it is given roots.
 */

import { leaveLocals, local, locals2, locals3, setLocal } from '../../../../src/runtime/local-roots'
import { createRoot, deleteRoot, getRoot } from './boxroot'
import { freeCell, newCell } from './cells'

// @ts-ignore: decorator
@external('rt', 'caml_register_generational_global_root')
declare function registerGenerational(cell: usize): bool
// @ts-ignore: decorator
@external('rt', 'caml_remove_generational_global_root')
declare function removeGenerational(cell: usize): void

const UNIT: i64 = 1

/** A closure's first word is the index, tagged, of its code for one argument. 0: the stack unwinds. */
// @ts-ignore: decorator
@inline
function callback(sp: usize, f: i64, x: i64): i64 {
  return call_indirect<i64>(load<u32>(<usize>f) >> 1, sp, x, f)
}

// @ts-ignore: decorator
@inline
function floatOf(v: i64): f64 {
  return load<f64>(<usize>v)
}

function sameLocally(x: i64, y: i64): bool {
  const locals = locals2(x, y)
  if (!locals) unreachable()
  const same = floatOf(local(locals, 0)) == floatOf(local(locals, 1))
  leaveLocals(locals)
  return same
}

export function local_fixpoint(sp: usize, f: i64, x: i64): i64 {
  const locals = locals3(f, x, UNIT)
  if (!locals) unreachable()
  let y = callback(sp, local(locals, 0), local(locals, 1))
  if (y) {
    setLocal(locals, 2, y)
    if (!sameLocally(local(locals, 1), y)) y = local_fixpoint(sp, local(locals, 0), local(locals, 2))
  }
  leaveLocals(locals)
  return y
}

function sameNaively(x: i64, y: i64): bool {
  const a = createRoot(x)
  const b = createRoot(y)
  const same = floatOf(getRoot(a)) == floatOf(getRoot(b))
  deleteRoot(b)
  deleteRoot(a)
  return same
}

export function naive_fixpoint(sp: usize, f: i64, x: i64): i64 {
  const g = createRoot(f)
  const a = createRoot(x)
  let y = callback(sp, getRoot(g), getRoot(a))
  if (y) {
    const b = createRoot(y)
    y = sameNaively(getRoot(a), getRoot(b)) ? getRoot(b) : naive_fixpoint(sp, getRoot(g), getRoot(b))
    deleteRoot(b)
  }
  deleteRoot(a)
  deleteRoot(g)
  return y
}

/** What roots and cells refer to, compared. */
function same(a: usize, b: usize): bool {
  return floatOf(load<i64>(a)) == floatOf(load<i64>(b))
}

/** Consumes the root of `x`; the root of the result, 0: the stack unwinds. */
function fixpointRooted(sp: usize, f: usize, x: usize): usize {
  while (true) {
    const v = callback(sp, getRoot(f), getRoot(x))
    const y = v ? createRoot(v) : 0
    const done = !v || same(x, y)
    deleteRoot(x)
    if (done) return y
    x = y
  }
}

export function boxroot_fixpoint(sp: usize, f: i64, x: i64): i64 {
  const g = createRoot(f)
  const y = fixpointRooted(sp, g, createRoot(x))
  const v = y ? getRoot(y) : 0
  if (y) deleteRoot(y)
  deleteRoot(g)
  return v
}

function newGenerational(v: i64): usize {
  const cell = newCell(v)
  if (!registerGenerational(cell)) unreachable()
  return cell
}

function deleteGenerational(cell: usize): void {
  removeGenerational(cell)
  freeCell(cell)
}

function fixpointGenerational(sp: usize, f: usize, x: usize): usize {
  while (true) {
    const v = callback(sp, load<i64>(f), load<i64>(x))
    const y = v ? newGenerational(v) : 0
    const done = !v || same(x, y)
    deleteGenerational(x)
    if (done) return y
    x = y
  }
}

export function generational_fixpoint(sp: usize, f: i64, x: i64): i64 {
  const g = newGenerational(f)
  const y = fixpointGenerational(sp, g, newGenerational(x))
  const v = y ? load<i64>(y) : 0
  if (y) deleteGenerational(y)
  deleteGenerational(g)
  return v
}
