/**
 * `Hashtbl.hash`: MurmurHash3 (32 bits) over a breadth-first walk of at most `limit` blocks that mixes at
 * most `count` meaningful values. The results equal those of OCaml 4.13 for everything that has no closures.
 */

import {
  closureEnvironment,
  field,
  headerAt,
  infixOffset,
  intOfVal,
  isImmediate,
  stringLength,
  tagOfHeader,
  valOfInt,
  wosizeOfHeader,
} from './header'
import {
  CUSTOM_BIGARRAY,
  CUSTOM_CHANNEL,
  CUSTOM_INT32,
  CUSTOM_INT64,
  TAG_ABSTRACT,
  TAG_CLOSURE,
  TAG_CONT,
  TAG_CUSTOM,
  TAG_DOUBLE,
  TAG_DOUBLE_ARRAY,
  TAG_FORWARD,
  TAG_INFIX,
  TAG_OBJECT,
  TAG_STRING,
} from './layout'
import { hashOfBigarray } from './bigarray-order'
import { finish, mix, mixFloat, mixWord } from './hash-mix'
import { Value } from './value'

const QUEUE_LENGTH: i32 = 256
const queue: usize = memory.data(256 << 3, 8)
/** Forwarding chains longer than this are not followed. */
const MAX_FORWARDS: i32 = 1000

function mixString(h: u32, s: usize): u32 {
  const length = stringLength(s)
  let at: usize = 0
  for (; at + 4 <= length; at += 4) h = mix(h, load<u32>(s + at))
  const rest = <u32>(length & 3)
  if (rest) h = mix(h, load<u32>(s + at) & (((<u32>1) << (rest << 3)) - 1))
  return h ^ <u32>length
}

function hashOfCustom(block: usize): u32 {
  const payload = load<i64>(block, 8)
  const operations = load<i64>(block)
  if (operations == CUSTOM_INT32 || operations == CUSTOM_CHANNEL) return <u32>payload
  if (operations == CUSTOM_BIGARRAY) return hashOfBigarray(block)
  if (operations == CUSTOM_INT64) return <u32>(payload >> 32) ^ <u32>payload
  return <u32>((payload >> 32) ^ (payload >> 63) ^ payload)
}

// The walk's state.
let queueEnd: i32 = 0
let limitBlocks: i32 = 0
let left: i64 = 0

function enqueueFields(block: usize, from: usize, wosize: usize): void {
  for (let i = from; i < wosize && queueEnd < limitBlocks; i++) {
    store<i64>(queue + ((<usize>queueEnd) << 3), field(block, i))
    queueEnd++
  }
}

function mixClosure(h: u32, block: usize, header: u64): u32 {
  const environment = closureEnvironment(block)
  h = mix(h, <u32>(header & ~0x300))
  for (let i: usize = 0; i < environment; i++) {
    h = mixWord(h, field(block, i))
    left--
  }
  enqueueFields(block, environment, wosizeOfHeader(header))
  return h
}

function mixFloats(h: u32, block: usize, wosize: usize): u32 {
  for (let i: usize = 0; i < wosize; i++) {
    h = mixFloat(h, load<f64>(block + (i << 3)))
    if (--left <= 0) break
  }
  return h
}

function mixBlock(h: u32, block: usize): u32 {
  const header = headerAt(block)
  switch (tagOfHeader(header)) {
    case TAG_STRING:
      left--
      return mixString(h, block)
    case TAG_DOUBLE:
      left--
      return mixFloat(h, load<f64>(block))
    case TAG_DOUBLE_ARRAY:
      return mixFloats(h, block, wosizeOfHeader(header))
    case TAG_CONT:
    case TAG_ABSTRACT:
      return h
    case TAG_OBJECT:
      left--
      return mixWord(h, intOfVal(field(block, 1)))
    case TAG_CUSTOM:
      left--
      return mix(h, hashOfCustom(block))
    case TAG_CLOSURE:
      return mixClosure(h, block, header)
    default:
      h = mix(h, <u32>(header & ~0x300))
      enqueueFields(block, 0, wosizeOfHeader(header))
      return h
  }
}

/** Follows Forward and Infix blocks; 0 when the chain is too long. */
function resolve(v: Value): Value {
  for (let i = 0; i < MAX_FORWARDS; i++) {
    if (isImmediate(v)) return v
    const header = headerAt(<usize>v)
    const tag = tagOfHeader(header)
    if (tag == TAG_INFIX) v = <i64>(<u64>v - infixOffset(header))
    else if (tag == TAG_FORWARD) v = load<i64>(<usize>v)
    else return v
  }
  return 0
}

// @ts-ignore: decorator
@inline
function result(h: u32): Value {
  return valOfInt(finish(h) & 0x3fffffff)
}

export function caml_hash(_sp: usize, count: Value, limit: Value, seed: Value, v: Value): Value {
  // Most keys are integers and strings.
  if (intOfVal(count) > 0) {
    if (isImmediate(v)) return result(mixWord(<u32>intOfVal(seed), v))
    if (tagOfHeader(headerAt(<usize>v)) == TAG_STRING) return result(mixString(<u32>intOfVal(seed), <usize>v))
  }
  return hashGraph(count, limit, seed, v)
}

function hashGraph(count: Value, limit: Value, seed: Value, v: Value): Value {
  const blocks = intOfVal(limit)
  limitBlocks = blocks < 0 || blocks > QUEUE_LENGTH ? QUEUE_LENGTH : <i32>blocks
  left = intOfVal(count)
  let h = <u32>intOfVal(seed)
  store<i64>(queue, v)
  queueEnd = 1
  for (let next = 0; next < queueEnd && left > 0; next++) {
    const item = resolve(load<i64>(queue + ((<usize>next) << 3)))
    if (!item) continue
    if (isImmediate(item)) {
      h = mixWord(h, item)
      left--
    } else {
      h = mixBlock(h, <usize>item)
    }
  }
  return result(h)
}

/** The hash of a string with a seed, as `caml_hash` computes it. */
export function caml_string_hash(_sp: usize, seed: Value, s: Value): Value {
  return result(mixString(<u32>intOfVal(seed), <usize>s))
}
