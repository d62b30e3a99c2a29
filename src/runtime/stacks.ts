/**
 * Copies of the frames of suspended green threads, in raw memory of the major heap.
 *
 * ┌──────────────────────────────────────┬───────────┐
 * │ next, previous, bytes, stamp (4 × u32)│ frames …  │ ← the address that callers know
 * └──────────────────────────────────────┴───────────┘
 *
 * Registered stacks are in one of three rings: young ones may hold young values and are scanned by a minor
 * collection, which makes them old. Marking begins with all of them in the ring of those that it has not seen, and
 * takes them from there one at a time. A stack never changes while it is registered, so it may be marked at any time
 * before it runs again (`unregister_stack` marks it if that is still to be done). The stamp tells the marking in
 * which a stack was seen, or since which it exists.
 */

import { allocateRaw, freeRaw } from './large'
import { see_frames_from } from './deep-stack'
import { STACK_BASE } from './layout'
import { markFrames, shadeFrames } from './mark'

const STACK_NEXT: usize = 0
const STACK_PREVIOUS: usize = 4
const STACK_BYTES: usize = 8
const STACK_STAMP: usize = 12
const STACK_HEADER: usize = 16

/** Ring heads: only next and previous are used. */
const young: usize = memory.data(16, 8)
const old: usize = memory.data(16, 8)
const unseen: usize = memory.data(16, 8)
let stamp: u32 = 0

export function initStacks(): void {
  emptyRing(young)
  emptyRing(old)
  emptyRing(unseen)
  stamp = 0
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
  // It is a copy of frames that marking may not have seen.
  see_frames_from(<usize>load<u32>(STACK_BASE))
  const stack = address - STACK_HEADER
  store<u32>(stack, <u32>bytes, STACK_BYTES)
  store<u32>(stack, stamp, STACK_STAMP)
  link(young, stack)
  return address
}

export function unregister_stack(id: usize): void {
  const stack = id - STACK_HEADER
  if (load<u32>(stack, STACK_STAMP) != stamp) shadeFrames(framesOf(stack), framesEnd(stack))
  unlink(stack)
}

function unlink(stack: usize): void {
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

export function unseenStacks(): usize {
  return unseen
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

/** When marking begins: all stacks are to be seen. None is young. */
export function beginStackMarking(): void {
  stamp++
  const first = nextStack(old)
  if (first == old) return
  const last = <usize>load<u32>(old, STACK_PREVIOUS)
  store<u32>(unseen, <u32>first, STACK_NEXT)
  store<u32>(unseen, <u32>last, STACK_PREVIOUS)
  store<u32>(first, <u32>unseen, STACK_PREVIOUS)
  store<u32>(last, <u32>unseen, STACK_NEXT)
  emptyRing(old)
}

/** Marks what the next stack holds; its bytes, 0: all have been seen. */
export function markNextStack(): usize {
  const stack = nextStack(unseen)
  if (stack == unseen) return 0
  markFrames(framesOf(stack), framesEnd(stack))
  store<u32>(stack, stamp, STACK_STAMP)
  unlink(stack)
  link(old, stack)
  return <usize>load<u32>(stack, STACK_BYTES)
}
