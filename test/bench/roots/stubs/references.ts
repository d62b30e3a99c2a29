/** The operations of `programs/references.ml`. What is no block of OCaml's heap is passed as an address with the lowest bit set. */

import { YOUNG_LIMIT, YOUNG_PTR } from '../../../../src/runtime/layout'
import { leaveLocals, local, locals1 } from '../../../../src/runtime/local-roots'
import { createRoot, deleteRoot, getRoot, modifyRoot } from './boxroot'
import { freeCell, newCell } from './cells'

// @ts-ignore: decorator
@external('rt', 'caml_register_generational_global_root')
declare function registerGenerational(cell: usize): bool
// @ts-ignore: decorator
@external('rt', 'caml_modify_generational_global_root')
declare function modifyGenerational(cell: usize, v: i64): bool
// @ts-ignore: decorator
@external('rt', 'caml_remove_generational_global_root')
declare function removeGenerational(cell: usize): void
// @ts-ignore: decorator
@external('rt', 'caml_register_global_root')
declare function registerGlobal(cell: usize): bool
// @ts-ignore: decorator
@external('rt', 'caml_remove_global_root')
declare function removeGlobal(cell: usize): void
// @ts-ignore: decorator
@external('rt', 'caml_modify')
declare function caml_modify(slot: usize, v: i64): void
// @ts-ignore: decorator
@external('rt', 'alloc_block')
declare function alloc_block(top: usize, wosize: i32, tag: i32): usize

const UNIT: i64 = 1

// @ts-ignore: decorator
@inline
function wrap(address: usize): i64 {
  return <i64>(<u64>address | 1)
}

// @ts-ignore: decorator
@inline
function unwrap(v: i64): usize {
  return <usize>v & ~1
}

/** The address of an array's element, its index an immediate. */
// @ts-ignore: decorator
@inline
function element(array: i64, index: i64): usize {
  return <usize>array + ((<usize>(index >> 1)) << 3)
}

export function boxroot_create(_sp: usize, v: i64): i64 {
  const root = createRoot(v)
  if (!root) unreachable()
  return wrap(root)
}

export function boxroot_get(_sp: usize, r: i64): i64 {
  return getRoot(unwrap(r))
}

export function boxroot_delete(_sp: usize, r: i64): i64 {
  deleteRoot(unwrap(r))
  return UNIT
}

export function boxroot_modify(_sp: usize, array: i64, index: i64, v: i64): i64 {
  const slot = element(array, index)
  const root = modifyRoot(unwrap(load<i64>(slot)), v)
  if (!root) unreachable()
  store<i64>(slot, wrap(root))
  return UNIT
}

export function cell_get(_sp: usize, r: i64): i64 {
  return load<i64>(unwrap(r))
}

export function generational_create(_sp: usize, v: i64): i64 {
  const cell = newCell(v)
  if (!registerGenerational(cell)) unreachable()
  return wrap(cell)
}

export function generational_delete(_sp: usize, r: i64): i64 {
  const cell = unwrap(r)
  removeGenerational(cell)
  freeCell(cell)
  return UNIT
}

export function generational_modify(_sp: usize, array: i64, index: i64, v: i64): i64 {
  if (!modifyGenerational(unwrap(load<i64>(element(array, index))), v)) unreachable()
  return UNIT
}

export function global_create(_sp: usize, v: i64): i64 {
  const cell = newCell(v)
  if (!registerGlobal(cell)) unreachable()
  return wrap(cell)
}

export function global_delete(_sp: usize, r: i64): i64 {
  const cell = unwrap(r)
  removeGlobal(cell)
  freeCell(cell)
  return UNIT
}

export function global_modify(_sp: usize, array: i64, index: i64, v: i64): i64 {
  store<i64>(unwrap(load<i64>(element(array, index))), v)
  return UNIT
}

/** A block of one field, as `caml_alloc_small` makes it inline. */
export function block_create(sp: usize, v: i64): i64 {
  const locals = locals1(v)
  if (!locals) unreachable()
  let block = <usize>load<u32>(YOUNG_PTR) - 8
  if (block - 8 < <usize>load<u32>(YOUNG_LIMIT)) {
    block = alloc_block(sp, 1, 0)
    if (!block) {
      leaveLocals(locals)
      return 0
    }
  } else {
    store<u32>(YOUNG_PTR, <u32>(block - 8))
    store<u64>(block - 8, 1 << 10)
  }
  store<i64>(block, local(locals, 0))
  leaveLocals(locals)
  return <i64>(<u64>block)
}

export function block_get(_sp: usize, r: i64): i64 {
  return load<i64>(<usize>r)
}

export function block_delete(_sp: usize, r: i64): i64 {
  caml_modify(<usize>r, UNIT)
  return UNIT
}

export function block_modify(_sp: usize, array: i64, index: i64, v: i64): i64 {
  caml_modify(<usize>load<i64>(element(array, index)), v)
  return UNIT
}
