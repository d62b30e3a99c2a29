/** MD5 (RFC 1321), for `Digest`. */

import { allocateString } from './allocation'
import { bufferedAddress, bufferedInput, bufferedLength, consumeInput } from './channels'
import { raise_end_of_file } from './exceptions'
import { intOfVal, valOfAddress } from './header'
import { Value } from './value'

/** floor(2^32 × |sin(i + 1)|), computed once. */
const sines: usize = memory.data(256, 8)
const shifts: usize = memory.data<u8>([7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21])
const state: usize = memory.data(16, 8)
const block: usize = memory.data(64, 8)
let pending: usize = 0
let total: u64 = 0

function begin(): void {
  if (load<u32>(sines) == 0) {
    for (let i = 0; i < 64; i++)
      store<u32>(sines + ((<usize>i) << 2), <u32>(abs(NativeMath.sin(<f64>(i + 1))) * 4294967296.0))
  }
  store<u32>(state, 0x67452301)
  store<u32>(state, 0xefcdab89, 4)
  store<u32>(state, 0x98badcfe, 8)
  store<u32>(state, 0x10325476, 12)
  pending = 0
  total = 0
}

// @ts-ignore: decorator
@inline
function mix(round: i32, b: u32, c: u32, d: u32): u32 {
  if (round == 0) return (b & c) | (~b & d)
  if (round == 1) return (d & b) | (~d & c)
  return round == 2 ? b ^ c ^ d : c ^ (b | ~d)
}

// @ts-ignore: decorator
@inline
function wordIndex(round: i32, i: i32): i32 {
  if (round == 0) return i
  if (round == 1) return (5 * i + 1) & 15
  return round == 2 ? (3 * i + 5) & 15 : (7 * i) & 15
}

function transform(data: usize): void {
  let a = load<u32>(state)
  let b = load<u32>(state, 4)
  let c = load<u32>(state, 8)
  let d = load<u32>(state, 12)
  for (let i = 0; i < 64; i++) {
    const round = i >> 4
    const sum =
      a +
      mix(round, b, c, d) +
      load<u32>(sines + ((<usize>i) << 2)) +
      load<u32>(data + ((<usize>wordIndex(round, i)) << 2))
    a = d
    d = c
    c = b
    b += rotl<u32>(sum, <u32>load<u8>(shifts + <usize>((round << 2) | (i & 3))))
  }
  store<u32>(state, load<u32>(state) + a)
  store<u32>(state, load<u32>(state, 4) + b, 4)
  store<u32>(state, load<u32>(state, 8) + c, 8)
  store<u32>(state, load<u32>(state, 12) + d, 12)
}

function update(data: usize, length: usize): void {
  total += length
  while (length) {
    const count = min<usize>(64 - pending, length)
    memory.copy(block + pending, data, count)
    pending += count
    data += count
    length -= count
    if (pending == 64) {
      transform(block)
      pending = 0
    }
  }
}

function finish(sp: usize): Value {
  const bits = total << 3
  store<u8>(block + pending, 0x80)
  pending++
  if (pending > 56) {
    memory.fill(block + pending, 0, 64 - pending)
    transform(block)
    pending = 0
  }
  memory.fill(block + pending, 0, 56 - pending)
  store<u64>(block, bits, 56)
  transform(block)
  const digest = allocateString(sp, 16)
  if (digest) memory.copy(digest, state, 16)
  return valOfAddress(digest)
}

export function caml_md5_string(sp: usize, s: Value, from: Value, length: Value): Value {
  begin()
  update(<usize>s + <usize>intOfVal(from), <usize>intOfVal(length))
  return finish(sp)
}

/** The digest of the next `length` bytes of a channel, or of all that follow if it is negative. */
export function caml_md5_chan(sp: usize, channel: Value, length: Value): Value {
  begin()
  let left = intOfVal(length)
  const all = left < 0
  while (all || left > 0) {
    const available = bufferedInput(sp, channel)
    if (available < 0) return 0
    if (available == 0) {
      if (all) break
      return raise_end_of_file(sp)
    }
    const count = all ? bufferedLength(channel) : <usize>min<i64>(left, <i64>bufferedLength(channel))
    update(bufferedAddress(channel), count)
    consumeInput(channel, count)
    left -= <i64>count
  }
  return finish(sp)
}
