/**
 * Copies of the frames of suspended green threads, in raw memory of the major heap.
 *
 * ┌──────────────────────────────────────┬───────────┐
 * │ next, previous, bytes, state (4 × u32)│ frames …  │ ← the address that callers know
 * └──────────────────────────────────────┴───────────┘
 *
 * Registered stacks are in one of two rings: young ones may hold young values and are scanned by a minor
 * collection, which makes them old. A stack never changes while it is registered.
 */

import { allocateRaw, freeRaw } from './large'

const STACK_NEXT: usize = 0
const STACK_PREVIOUS: usize = 4
const STACK_BYTES: usize = 8
const STACK_HEADER: usize = 16

/** Ring heads: only next and previous are used. */
const young: usize = memory.data(16, 8)
const old: usize = memory.data(16, 8)

export function initStacks(): void {
  emptyRing(young)
  emptyRing(old)
}

function emptyRing(ring: usize): void {
  store<u32>(ring, <u32>ring, STACK_NEXT)
  store<u32>(ring, <u32>ring, STACK_PREVIOUS)
}

/** Room for `bytes` of frames; 0 if there is none. */
export function stack_alloc(bytes: usize): usize {
  const stack = allocateRaw(bytes + STACK_HEADER)
  return stack ? stack + STACK_HEADER : 0
}

/** Gives back what `stack_alloc` returned; it must not be registered. */
export function stack_free(address: usize): void {
  freeRaw(address - STACK_HEADER)
}

/** From now on the frames that fill the first `bytes` are roots. The id is the address. */
export function register_stack(address: usize, bytes: usize): usize {
  const stack = address - STACK_HEADER
  store<u32>(stack, <u32>bytes, STACK_BYTES)
  link(young, stack)
  return address
}

export function unregister_stack(id: usize): void {
  const stack = id - STACK_HEADER
  const next = <usize>load<u32>(stack, STACK_NEXT)
  const previous = <usize>load<u32>(stack, STACK_PREVIOUS)
  store<u32>(previous, <u32>next, STACK_NEXT)
  store<u32>(next, <u32>previous, STACK_PREVIOUS)
}

function link(ring: usize, stack: usize): void {
  const next = <usize>load<u32>(ring, STACK_NEXT)
  store<u32>(stack, <u32>next, STACK_NEXT)
  store<u32>(stack, <u32>ring, STACK_PREVIOUS)
  store<u32>(next, <u32>stack, STACK_PREVIOUS)
  store<u32>(ring, <u32>stack, STACK_NEXT)
}

export function youngStacks(): usize {
  return young
}

export function oldStacks(): usize {
  return old
}

export function nextStack(stack: usize): usize {
  return <usize>load<u32>(stack, STACK_NEXT)
}

export function framesOf(stack: usize): usize {
  return stack + STACK_HEADER
}

export function framesEnd(stack: usize): usize {
  return stack + STACK_HEADER + <usize>load<u32>(stack, STACK_BYTES)
}

/** After a minor collection: no stack holds a young value. */
export function ageStacks(): void {
  let stack = nextStack(young)
  while (stack != young) {
    const next = nextStack(stack)
    link(old, stack)
    stack = next
  }
  emptyRing(young)
}
