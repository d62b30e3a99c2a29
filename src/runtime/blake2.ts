/**
 * BLAKE2b (RFC 7693), for `Digest.BLAKE…`. The state is a string of the heap:
 *
 *  0 chain value h (8 × u64) │ 64 count of bytes compressed (u64) │ 72 bytes in the buffer │ 80 buffer (128)
 *
 * The buffer is compressed only when more bytes follow, for the last block is marked.
 */

import { allocateString, frame1, rooted } from './allocation'
import { intOfVal, stringLength, UNIT, valOfAddress } from './header'
import { Value } from './value'

const COUNT: usize = 64
const FILL: usize = 72
const BUFFER: usize = 80
const BLOCK_BYTES: usize = 128
const STATE_BYTES: usize = 208

const initial: usize = memory.data<u64>([
  0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1, 0x510e527fade682d1,
  0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
])
/** Which message word each mixing step takes, ten permutations of 16. */
const schedule: usize = memory.data<u8>([
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3,
  11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4, 7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8,
  9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13, 2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9,
  12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11, 13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10,
  6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5, 10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0,
])
const work: usize = memory.data(128, 8)
/** The state of a digest that is computed in one go. */
const whole: usize = memory.data(208, 8)

// @ts-ignore: decorator
@inline
function mix(a: usize, b: usize, c: usize, d: usize, x: u64, y: u64): void {
  let va = load<u64>(work + a)
  let vb = load<u64>(work + b)
  let vc = load<u64>(work + c)
  let vd = load<u64>(work + d)
  va = va + vb + x
  vd = rotr<u64>(vd ^ va, 32)
  vc = vc + vd
  vb = rotr<u64>(vb ^ vc, 24)
  va = va + vb + y
  vd = rotr<u64>(vd ^ va, 16)
  vc = vc + vd
  vb = rotr<u64>(vb ^ vc, 63)
  store<u64>(work + a, va)
  store<u64>(work + b, vb)
  store<u64>(work + c, vc)
  store<u64>(work + d, vd)
}

// @ts-ignore: decorator
@inline
function word(data: usize, round: usize, index: usize): u64 {
  return load<u64>(data + ((<usize>load<u8>(round + index)) << 3))
}

function compress(state: usize, data: usize, isLast: bool): void {
  memory.copy(work, state, 64)
  memory.copy(work + 64, initial, 64)
  store<u64>(work + 96, load<u64>(work + 96) ^ load<u64>(state, COUNT))
  if (isLast) store<u64>(work + 112, ~load<u64>(work + 112))
  for (let i: usize = 0; i < 12; i++) {
    const round = schedule + ((i < 10 ? i : i - 10) << 4)
    mix(0, 32, 64, 96, word(data, round, 0), word(data, round, 1))
    mix(8, 40, 72, 104, word(data, round, 2), word(data, round, 3))
    mix(16, 48, 80, 112, word(data, round, 4), word(data, round, 5))
    mix(24, 56, 88, 120, word(data, round, 6), word(data, round, 7))
    mix(0, 40, 80, 120, word(data, round, 8), word(data, round, 9))
    mix(8, 48, 88, 96, word(data, round, 10), word(data, round, 11))
    mix(16, 56, 64, 104, word(data, round, 12), word(data, round, 13))
    mix(24, 32, 72, 112, word(data, round, 14), word(data, round, 15))
  }
  for (let i: usize = 0; i < 64; i += 8)
    store<u64>(state + i, load<u64>(state + i) ^ load<u64>(work + i) ^ load<u64>(work + i, 64))
}

/** `key` has at most 64 bytes; one that is not empty is the first block. */
function begin(state: usize, hashLength: usize, key: usize, keyLength: usize): void {
  memory.copy(state, initial, 64)
  store<u64>(state, load<u64>(state) ^ 0x01010000 ^ (<u64>keyLength << 8) ^ <u64>hashLength)
  memory.fill(state + 64, 0, STATE_BYTES - 64)
  if (keyLength) {
    memory.copy(state + BUFFER, key, keyLength)
    store<u64>(state, BLOCK_BYTES, FILL)
  }
}

function update(state: usize, data: usize, length: usize): void {
  let fill = <usize>load<u64>(state, FILL)
  while (length) {
    if (fill == BLOCK_BYTES) {
      store<u64>(state, load<u64>(state, COUNT) + BLOCK_BYTES, COUNT)
      compress(state, state + BUFFER, false)
      fill = 0
    }
    const count = min<usize>(BLOCK_BYTES - fill, length)
    memory.copy(state + BUFFER + fill, data, count)
    fill += count
    data += count
    length -= count
  }
  store<u64>(state, fill, FILL)
}

function finish(state: usize): void {
  const fill = <usize>load<u64>(state, FILL)
  memory.fill(state + BUFFER + fill, 0, BLOCK_BYTES - fill)
  store<u64>(state, load<u64>(state, COUNT) + fill, COUNT)
  compress(state, state + BUFFER, true)
}

function digestOf(sp: usize, state: usize, hashLength: usize): Value {
  const digest = allocateString(sp, hashLength)
  if (digest) memory.copy(digest, state, hashLength)
  return valOfAddress(digest)
}

export function caml_blake2_create(sp: usize, hashLength: Value, key: Value): Value {
  const state = allocateString(frame1(sp, key), STATE_BYTES)
  const text = <usize>rooted(sp, 0)
  if (state) begin(state, <usize>intOfVal(hashLength), text, min<usize>(stringLength(text), 64))
  return valOfAddress(state)
}

export function caml_blake2_update(_sp: usize, state: Value, bytes: Value, from: Value, length: Value): Value {
  update(<usize>state, <usize>bytes + <usize>intOfVal(from), <usize>intOfVal(length))
  return UNIT
}

export function caml_blake2_final(sp: usize, state: Value, hashLength: Value): Value {
  memory.copy(whole, <usize>state, STATE_BYTES)
  finish(whole)
  return digestOf(sp, whole, <usize>intOfVal(hashLength))
}

export function caml_blake2_string(
  sp: usize,
  hashLength: Value,
  key: Value,
  s: Value,
  from: Value,
  length: Value,
): Value {
  const bytes = <usize>intOfVal(hashLength)
  begin(whole, bytes, <usize>key, min<usize>(stringLength(<usize>key), 64))
  update(whole, <usize>s + <usize>intOfVal(from), <usize>intOfVal(length))
  finish(whole)
  return digestOf(sp, whole, bytes)
}
