/** Primitives on known arguments, and algebraic identities. Arithmetic is that of the machine: 63 bits, IEEE doubles. */

import type { Constant } from '../typing/typed-tree.ts'
import { constant, float, int } from './build.ts'
import type { BoxedInt, Comparison, Lambda, Primitive } from './lambda.ts'
import { isDiscardable } from './term-layout.ts'

/** A simpler term of the same value, or undefined. */
export function foldPrimitive(p: Primitive, args: readonly Lambda[]): Lambda | undefined {
  switch (p.kind) {
    case 'intArithmetic':
      return foldInts(p.op, args)
    case 'intCompare':
      return foldIntCompare(p.comparison, args)
    case 'intNegate':
      return mapInt(args, (n) => int(wrap(-n)))
    case 'not':
      return foldNot(args)
    case 'intOrder':
      return mapInts(args, (a, b) => int(a < b ? -1 : a > b ? 1 : 0))
    case 'floatArithmetic':
      return mapFloats(args, (a, b) => float(floatArithmetic(p.op, a, b)))
    case 'floatUnary':
      return foldFloatUnary(p.op, args)
    case 'floatCompare':
      return mapFloats(args, (a, b) => bool(compare(p.comparison, a, b)))
    case 'floatOfInt':
      return mapInt(args, (n) => float(Number(n)))
    case 'boxedOfInt':
      return mapInt(args, (n) => boxed(p.type, n))
    case 'boxedArithmetic':
      return foldBoxed(p.type, p.op, args)
    default:
      return undefined
  }
}

const wrap = (n: bigint): bigint => BigInt.asIntN(63, n)
const bool = (b: boolean): Lambda => int(b ? 1 : 0)

function known(term: Lambda | undefined): Constant | undefined {
  return term?.kind === 'constant' && term.value.kind === 'constant' ? term.value.constant : undefined
}

/** The immediate that a term is. */
export function knownInt(term: Lambda | undefined): bigint | undefined {
  const c = known(term)
  if (c?.kind === 'int') return c.value
  return c?.kind === 'char' ? BigInt(c.code) : undefined
}

function knownFloat(term: Lambda | undefined): number | undefined {
  const c = known(term)
  return c?.kind === 'float' ? c.value : undefined
}

function mapInt([a]: readonly Lambda[], f: (n: bigint) => Lambda): Lambda | undefined {
  const n = knownInt(a)
  return n === undefined ? undefined : f(n)
}

function mapInts([a, b]: readonly Lambda[], f: (a: bigint, b: bigint) => Lambda): Lambda | undefined {
  const [m, n] = [knownInt(a), knownInt(b)]
  return m === undefined || n === undefined ? undefined : f(m, n)
}

function mapFloats([a, b]: readonly Lambda[], f: (a: number, b: number) => Lambda): Lambda | undefined {
  const [x, y] = [knownFloat(a), knownFloat(b)]
  return x === undefined || y === undefined ? undefined : f(x, y)
}

// ---------------------------------------------------------------------------------------------------------
// Ints

type IntOp = (Primitive & { kind: 'intArithmetic' })['op']

function intArithmetic(op: IntOp, a: bigint, b: bigint): bigint | undefined {
  const shift = b >= 0n && b < 63n
  switch (op) {
    case 'add':
      return wrap(a + b)
    case 'sub':
      return wrap(a - b)
    case 'mul':
      return wrap(a * b)
    case 'div':
      return b === 0n ? undefined : wrap(a / b)
    case 'mod':
      return b === 0n ? undefined : wrap(a % b)
    case 'and':
      return a & b
    case 'or':
      return a | b
    case 'xor':
      return a ^ b
    case 'lsl':
      return shift ? wrap(a << b) : undefined
    case 'lsr':
      return shift ? wrap(BigInt.asUintN(63, a) >> b) : undefined
    case 'asr':
      return shift ? a >> b : undefined
  }
}

function foldInts(op: IntOp, args: readonly Lambda[]): Lambda | undefined {
  const [a, b] = args as readonly [Lambda, Lambda]
  const [m, n] = [knownInt(a), knownInt(b)]
  if (m !== undefined && n !== undefined) {
    const result = intArithmetic(op, m, n)
    return result === undefined ? undefined : int(result)
  }
  if (n === 0n && (op === 'add' || op === 'sub' || op === 'or' || op === 'xor' || isShift(op))) return a
  if (m === 0n && (op === 'add' || op === 'or' || op === 'xor')) return b
  if (n === 1n && (op === 'mul' || op === 'div')) return a
  if (m === 1n && op === 'mul') return b
  if (n === 0n && (op === 'mul' || op === 'and') && isDiscardable(a)) return int(0)
  return reassociate(op, a, n)
}

const isShift = (op: IntOp): boolean => op === 'lsl' || op === 'lsr' || op === 'asr'

/** (x + k) + n = x + (k + n), and the like with subtraction. */
function reassociate(op: IntOp, a: Lambda, n: bigint | undefined): Lambda | undefined {
  if (n === undefined || (op !== 'add' && op !== 'sub') || a.kind !== 'primitive') return undefined
  const inner = a.primitive
  if (inner.kind !== 'intArithmetic' || (inner.op !== 'add' && inner.op !== 'sub')) return undefined
  const k = knownInt(a.arguments[1])
  if (k === undefined) return undefined
  const sum = wrap((inner.op === 'add' ? k : -k) + (op === 'add' ? n : -n))
  const x = a.arguments[0] as Lambda
  return sum === 0n ? x : { ...a, primitive: { kind: 'intArithmetic', op: 'add' }, arguments: [x, int(sum)] }
}

function compare<T extends bigint | number>(comparison: Comparison, a: T, b: T): boolean {
  switch (comparison) {
    case 'eq':
      return a === b
    case 'ne':
      return a !== b
    case 'lt':
      return a < b
    case 'le':
      return a <= b
    case 'gt':
      return a > b
    case 'ge':
      return a >= b
  }
}

function foldIntCompare(comparison: Comparison, args: readonly Lambda[]): Lambda | undefined {
  const [a, b] = args
  if (a?.kind === 'variable' && b?.kind === 'variable' && a.ident.stamp === b.ident.stamp) {
    return bool(comparison === 'eq' || comparison === 'le' || comparison === 'ge')
  }
  return foldOrder(comparison, args) ?? mapInts(args, (m, n) => bool(compare(comparison, m, n)))
}

/** `compare a b < 0` is `a < b`, but for floats, which may be nan. */
function foldOrder(comparison: Comparison, [a, b]: readonly Lambda[]): Lambda | undefined {
  if (a?.kind !== 'primitive' || knownInt(b) !== 0n) return undefined
  const { primitive } = a
  if (primitive.kind === 'intOrder') return { ...a, primitive: { kind: 'intCompare', comparison } }
  if (primitive.kind === 'boxedOrder')
    return { ...a, primitive: { kind: 'boxedCompare', type: primitive.type, comparison } }
  return undefined
}

const negated: Readonly<Record<Comparison, Comparison>> = {
  eq: 'ne',
  ne: 'eq',
  lt: 'ge',
  ge: 'lt',
  le: 'gt',
  gt: 'le',
}

function foldNot([a]: readonly Lambda[]): Lambda | undefined {
  const n = knownInt(a)
  if (n !== undefined) return bool(n === 0n)
  if (a?.kind !== 'primitive') return undefined
  if (a.primitive.kind === 'not') return a.arguments[0]
  if (a.primitive.kind !== 'intCompare') return undefined
  return { ...a, primitive: { kind: 'intCompare', comparison: negated[a.primitive.comparison] } }
}

// ---------------------------------------------------------------------------------------------------------
// Floats

function floatArithmetic(op: 'add' | 'sub' | 'mul' | 'div', a: number, b: number): number {
  switch (op) {
    case 'add':
      return a + b
    case 'sub':
      return a - b
    case 'mul':
      return a * b
    case 'div':
      return a / b
  }
}

function foldFloatUnary(
  op: (Primitive & { kind: 'floatUnary' })['op'],
  [a]: readonly Lambda[],
): Lambda | undefined {
  const x = knownFloat(a)
  if (x === undefined) return undefined
  switch (op) {
    case 'neg':
      return float(-x)
    case 'abs':
      return float(Math.abs(x))
    case 'sqrt':
      return float(Math.sqrt(x))
    case 'floor':
      return float(Math.floor(x))
    case 'ceil':
      return float(Math.ceil(x))
    case 'trunc':
      return float(Math.trunc(x))
  }
}

// ---------------------------------------------------------------------------------------------------------
// Boxed integers

function boxed(type: BoxedInt, n: bigint): Lambda {
  return constant({ kind: type, value: BigInt.asIntN(type === 'int32' ? 32 : 64, n) })
}

function foldBoxed(
  type: BoxedInt,
  op: (Primitive & { kind: 'boxedArithmetic' })['op'],
  [a, b]: readonly Lambda[],
): Lambda | undefined {
  const [m, n] = [known(a), known(b)]
  if (m?.kind !== type || n?.kind !== type) return undefined
  switch (op) {
    case 'add':
      return boxed(type, m.value + n.value)
    case 'sub':
      return boxed(type, m.value - n.value)
    case 'mul':
      return boxed(type, m.value * n.value)
    case 'and':
      return boxed(type, m.value & n.value)
    case 'or':
      return boxed(type, m.value | n.value)
    case 'xor':
      return boxed(type, m.value ^ n.value)
    default:
      return undefined
  }
}
