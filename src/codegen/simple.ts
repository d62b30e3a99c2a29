/**
 * Smart constructors of `Simple` expressions: tagging arithmetic with its cancellations.
 *
 * An untagged integer is the plain 63-bit number in an i64; its tagged form is `n << 1 | 1`. Arithmetic stays
 * on tagged words where that is one instruction, because a tagged word wraps at 63 bits by itself.
 */

import type { RelocationBase } from '../wasm/assembler.ts'
import type { ValueType } from '../wasm/opcodes.ts'
import { type MemoryOp, type Simple, type SimpleOp, type Variable, wasmTypeOf } from './code.ts'
import { tagged } from './layout.ts'

export const i32 = (value: number): Simple => ({ kind: 'i32', value })
export const i64 = (value: bigint): Simple => ({ kind: 'i64', value })
export const f64 = (value: number): Simple => ({ kind: 'f64', value })
export const immediate = (n: bigint | number): Simple => i64(tagged(BigInt(n)))
export const unit = immediate(0)
export const read = (variable: Variable): Simple => ({ kind: 'variable', variable })

export function opOf(name: SimpleOp, ...args: readonly Simple[]): Simple {
  return { kind: 'op', op: name, arguments: args }
}

export function relocated(base: RelocationBase, addend: number): Simple {
  return { kind: 'relocated', type: 'i64', base, addend }
}

/** The i32 address in a value that is a pointer. */
export function addressOf(value: Simple): Simple {
  if (value.kind === 'relocated') return { ...value, type: 'i32' }
  if (value.kind === 'op' && value.op === 'i64_extend_i32_u') return value.arguments[0] as Simple
  return opOf('i32_wrap_i64', value)
}

/** `address` is an i32. */
export function load(op: MemoryOp, address: Simple, offset: number, stable = false): Simple {
  return { kind: 'load', op, address, offset, stable }
}

/** The word `index` of a block. */
export function field(block: Simple, index: number, stable = false): Simple {
  return load('i64_load', addressOf(block), index * 8, stable)
}

/** The header of a block. */
export function header(block: Simple): Simple {
  return load('i64_load', opOf('i32_sub', addressOf(block), i32(8)), 0, true)
}

export function tagByte(block: Simple): Simple {
  return load('i32_load8_u', opOf('i32_sub', addressOf(block), i32(8)), 0, true)
}

/** Untagged i64 → tagged. */
export function tag(n: Simple): Simple {
  if (n.kind === 'i64') return i64(tagged(n.value))
  if (n.kind === 'op' && n.op === 'i64_shr_s' && isI64(n.arguments[1], 1n)) {
    return opOf('i64_or', n.arguments[0] as Simple, i64(1n))
  }
  return opOf('i64_or', opOf('i64_shl', n, i64(1n)), i64(1n))
}

/** Tagged → untagged i64. */
export function untag(n: Simple): Simple {
  if (n.kind === 'i64') return i64(BigInt.asIntN(64, n.value) >> 1n)
  const inner = tagArgument(n)
  return inner !== undefined && isNarrow(inner) ? inner : opOf('i64_shr_s', n, i64(1n))
}

/** The x of `(x << 1) | 1`. */
function tagArgument(n: Simple): Simple | undefined {
  if (n.kind !== 'op' || n.op !== 'i64_or' || !isI64(n.arguments[1], 1n)) return undefined
  const shifted = n.arguments[0] as Simple
  if (shifted.kind !== 'op' || shifted.op !== 'i64_shl' || !isI64(shifted.arguments[1], 1n)) return undefined
  return shifted.arguments[0]
}

/** Whether an untagged expression surely fits 63 bits, so that tagging loses nothing. */
function isNarrow(n: Simple): boolean {
  if (n.kind === 'load') return n.op !== 'i64_load'
  return n.kind === 'op' && (n.op === 'i64_extend_i32_u' || n.op === 'i64_extend_i32_s')
}

export function isI64(simple: Simple | undefined, value: bigint): boolean {
  return simple !== undefined && simple.kind === 'i64' && simple.value === value
}

/** An i32 0 or 1 as a tagged boolean. */
export function tagBool(condition: Simple): Simple {
  if (condition.kind === 'i32') return immediate(condition.value)
  return tag(opOf('i64_extend_i32_u', condition))
}

/** A tagged boolean as a condition. */
export function untagBool(value: Simple): Simple {
  if (value.kind === 'i64') return i32(value.value === 1n ? 0 : 1)
  const inner = tagArgument(value)
  if (inner?.kind === 'op' && inner.op === 'i64_extend_i32_u') return inner.arguments[0] as Simple
  return opOf('i64_ne', value, i64(1n))
}

const opposite: Partial<Record<SimpleOp, SimpleOp>> = {
  i64_eq: 'i64_ne',
  i64_ne: 'i64_eq',
  i64_lt_s: 'i64_ge_s',
  i64_ge_s: 'i64_lt_s',
  i64_gt_s: 'i64_le_s',
  i64_le_s: 'i64_gt_s',
  i32_eq: 'i32_ne',
  i32_ne: 'i32_eq',
  f64_eq: 'f64_ne',
  f64_ne: 'f64_eq',
}

/** The negation of an i32 condition. */
export function not(condition: Simple): Simple {
  if (condition.kind === 'i32') return i32(condition.value === 0 ? 1 : 0)
  if (condition.kind === 'op') {
    if (condition.op === 'i32_eqz') return condition.arguments[0] as Simple
    const name = opposite[condition.op]
    if (name !== undefined) return { ...condition, op: name }
  }
  return opOf('i32_eqz', condition)
}

/** a + b on tagged words. */
export function addTagged(a: Simple, b: Simple): Simple {
  if (b.kind === 'i64') return addConstant(a, b.value - 1n)
  if (a.kind === 'i64') return addConstant(b, a.value - 1n)
  return opOf('i64_sub', opOf('i64_add', a, b), i64(1n))
}

/** a - b on tagged words. */
export function subTagged(a: Simple, b: Simple): Simple {
  if (b.kind === 'i64') return addConstant(a, 1n - b.value)
  if (a.kind === 'i64') return opOf('i64_sub', i64(BigInt.asIntN(64, a.value + 1n)), b)
  return opOf('i64_add', opOf('i64_sub', a, b), i64(1n))
}

/** a + k on words; nested constants are added up. */
function addConstant(a: Simple, k: bigint): Simple {
  if (k === 0n) return a
  if (a.kind === 'i64') return i64(BigInt.asIntN(64, a.value + k))
  const right = a.kind === 'op' ? a.arguments[1] : undefined
  if (a.kind === 'op' && right?.kind === 'i64') {
    if (a.op === 'i64_add') return addConstant(a.arguments[0] as Simple, BigInt.asIntN(64, right.value + k))
    if (a.op === 'i64_sub') return addConstant(a.arguments[0] as Simple, BigInt.asIntN(64, k - right.value))
  }
  return k < 0n ? opOf('i64_sub', a, i64(-k)) : opOf('i64_add', a, i64(k))
}

/** The WebAssembly type of an expression. */
export function typeOf(simple: Simple): ValueType {
  switch (simple.kind) {
    case 'variable':
      return wasmTypeOf(simple.variable.representation)
    case 'i32':
    case 'i64':
    case 'f64':
      return simple.kind
    case 'relocated':
    case 'conditional':
    case 'pureCall':
      return simple.type
    case 'truncate':
      return 'i64'
    case 'load':
      return simple.op.startsWith('i32') ? 'i32' : simple.op.startsWith('f64') ? 'f64' : 'i64'
    case 'op':
      return typeOfOp(simple.op)
  }
}

/** Single precision is only met between memory and a conversion. Comparisons and `eqz` yield i32; every other instruction yields the type that it is named after. */
function typeOfOp(name: SimpleOp): ValueType {
  if (/_(eqz|eq|ne|lt|gt|le|ge)(_[su])?$/.test(name)) return 'i32'
  return name.startsWith('i32') ? 'i32' : name.startsWith('f64') ? 'f64' : 'i64'
}
