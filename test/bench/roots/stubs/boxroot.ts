/**
 * What a library of stubs is compiled with to use root pools: the usual paths inline (as in `src/runtime/root-pools.ts`), the
 * others in the runtime.
 */

import { MARKING, ROOT_COUNT, ROOT_FREE, ROOT_HALF, ROOT_POOL, ROOT_POOL_BYTES } from '../../../../src/runtime/layout'

// @ts-ignore: decorator
@external('rt', 'root_create')
declare function root_create(v: i64): usize
// @ts-ignore: decorator
@external('rt', 'root_delete')
declare function root_delete(root: usize): void
// @ts-ignore: decorator
@external('rt', 'root_pool_shrunk')
declare function root_pool_shrunk(pool: usize): void
// @ts-ignore: decorator
@external('rt', 'root_modify')
export declare function modifyRoot(root: usize, v: i64): usize

// @ts-ignore: decorator
@inline
export function createRoot(v: i64): usize {
  const pool = <usize>load<u32>(ROOT_POOL)
  const slot = <usize>load<u32>(pool, ROOT_FREE)
  if (slot == pool) return root_create(v)
  store<u32>(pool, load<u32>(slot), ROOT_FREE)
  store<u32>(pool, load<u32>(pool, ROOT_COUNT) + 1, ROOT_COUNT)
  store<i64>(slot, v)
  return slot
}

// @ts-ignore: decorator
@inline
export function deleteRoot(root: usize): void {
  if (load<i32>(MARKING)) {
    root_delete(root)
    return
  }
  const pool = root & ~(ROOT_POOL_BYTES - 1)
  store<u64>(root, <u64>load<u32>(pool, ROOT_FREE))
  store<u32>(pool, <u32>root, ROOT_FREE)
  const count = load<u32>(pool, ROOT_COUNT) - 1
  store<u32>(pool, count, ROOT_COUNT)
  if ((count & (ROOT_HALF - 1)) == 0) root_pool_shrunk(pool)
}

// @ts-ignore: decorator
@inline
export function getRoot(root: usize): i64 {
  return load<i64>(root)
}
