/** Cells of 8 bytes outside the heap, for global roots: what `malloc` is for C stubs, a list of free cells. */

// @ts-ignore: decorator
@external('rt', 'stack_alloc')
declare function stack_alloc(bytes: usize): usize

const CHUNK_BYTES: usize = 65536

let free: usize = 0
let next: usize = 0
let end: usize = 0

function newChunk(): void {
  next = stack_alloc(CHUNK_BYTES)
  if (!next) unreachable()
  end = next + CHUNK_BYTES
}

// @ts-ignore: decorator
@inline
export function newCell(v: i64): usize {
  let cell = free
  if (cell) {
    free = <usize>load<u32>(cell)
  } else {
    if (next == end) newChunk()
    cell = next
    next += 8
  }
  store<i64>(cell, v)
  return cell
}

// @ts-ignore: decorator
@inline
export function freeCell(cell: usize): void {
  store<u64>(cell, <u64>free)
  free = cell
}
