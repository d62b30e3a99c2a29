/** The primitives of the reference interpreter. */

import { Crash } from '../../src/base/diagnostic.ts'
import { hashVariant } from '../../src/lambda/hash-variant.ts'
import type { Comparison, Primitive } from '../../src/lambda/lambda.ts'
import { applyValue, type Machine, raisePredefined } from './evaluator.ts'
import { Block, Boxed, OCamlException, Text, type Value } from './values.ts'

const wrap = (value: bigint): bigint => BigInt.asIntN(63, value)
const bool = (value: boolean): Value => (value ? 1n : 0n)

type Op = (Primitive & { kind: 'intArithmetic' })['op']

function arithmetic(machine: Machine, op: Op, a: bigint, b: bigint, bits: number): bigint {
  switch (op) {
    case 'add':
      return a + b
    case 'sub':
      return a - b
    case 'mul':
      return a * b
    case 'div':
      if (b === 0n) raisePredefined(machine, 'Division_by_zero')
      return a / b
    case 'mod':
      if (b === 0n) raisePredefined(machine, 'Division_by_zero')
      return a % b
    case 'and':
      return a & b
    case 'or':
      return a | b
    case 'xor':
      return a ^ b
    case 'lsl':
      return a << b
    case 'lsr':
      return BigInt.asUintN(bits, a) >> b
    case 'asr':
      return a >> b
  }
}

const order = <T extends bigint | number>(a: T, b: T): bigint => (a < b ? -1n : a > b ? 1n : 0n)

/** nan equals itself and is less than any number. */
function floatOrder(a: number, b: number): bigint {
  return Number.isNaN(a) || Number.isNaN(b)
    ? order(Number(!Number.isNaN(a)), Number(!Number.isNaN(b)))
    : order(a, b)
}

function compare<T extends bigint | number>(comparison: Comparison, a: T, b: T): Value {
  switch (comparison) {
    case 'eq':
      return bool(a === b)
    case 'ne':
      return bool(a !== b)
    case 'lt':
      return bool(a < b)
    case 'le':
      return bool(a <= b)
    case 'gt':
      return bool(a > b)
    case 'ge':
      return bool(a >= b)
  }
}

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

const unary = {
  neg: (x: number) => -x,
  abs: Math.abs,
  sqrt: Math.sqrt,
  floor: Math.floor,
  ceil: Math.ceil,
  trunc: Math.trunc,
} as const

export function evaluatePrimitive(machine: Machine, p: Primitive, args: readonly Value[]): Value {
  const [a, b, c] = args
  switch (p.kind) {
    case 'intArithmetic':
      return wrap(arithmetic(machine, p.op, int(a), int(b), 63))
    case 'intNegate':
      return wrap(-int(a))
    case 'intCompare':
      return physical(p.comparison, a as Value, b as Value)
    case 'not':
      return bool(a === 0n)
    case 'intOrder':
      return order(int(a), int(b))
    case 'floatArithmetic':
      return floatArithmetic(p.op, float(a), float(b))
    case 'floatUnary':
      return unary[p.op](float(a))
    case 'floatCompare':
      return compare(p.comparison, float(a), float(b))
    case 'floatOrder':
      return floatOrder(float(a), float(b))
    case 'floatOfInt':
      return Number(int(a))
    case 'intOfFloat':
      return wrap(BigInt(Math.trunc(float(a))))
    case 'boxedArithmetic':
      return new Boxed(
        p.type,
        arithmetic(
          machine,
          p.op,
          boxed(a, p.type),
          p.op === 'lsl' || p.op === 'lsr' || p.op === 'asr' ? int(b) : boxed(b, p.type),
          p.type === 'int32' ? 32 : 64,
        ),
      )
    case 'boxedNegate':
      return new Boxed(p.type, -boxed(a, p.type))
    case 'boxedCompare':
      return compare(p.comparison, boxed(a, p.type), boxed(b, p.type))
    case 'boxedOrder':
      return order(boxed(a, p.type), boxed(b, p.type))
    case 'boxedOfInt':
      return new Boxed(p.type, int(a))
    case 'intOfBoxed':
      return wrap(boxed(a, p.type))
    case 'boxedConvert':
      return new Boxed(p.to, boxed(a, p.from))
    case 'makeBlock':
      return new Block(p.tag, [...args])
    case 'makeFloatBlock':
      return new Block(254, args.map(float))
    case 'field':
      return checkedField(a, p.index)
    case 'setField':
    case 'setFloatField':
      blockOf(a).fields[p.index] = b as Value
      return 0n
    case 'floatField':
      return float(checkedField(a, p.index))
    case 'copyBlock': {
      const source = blockOf(a)
      if (source.fields.length !== p.size) throw new Crash('copyBlock: wrong size')
      return new Block(p.tag, [...source.fields])
    }
    case 'isImmediate':
      return bool(typeof a === 'bigint')
    case 'makeArray':
      return makeArray(p.array, args)
    case 'arrayLength':
      return BigInt(blockOf(a).fields.length)
    case 'arrayGet':
      checkBounds(machine, blockOf(a).fields.length, int(b))
      return blockOf(a).fields[Number(b)] as Value
    case 'arraySet':
      checkBounds(machine, blockOf(a).fields.length, int(b))
      blockOf(a).fields[Number(b)] = c as Value
      return 0n
    case 'bigarrayDimension':
    case 'bigarrayGet':
    case 'bigarraySet':
      throw new Crash('the reference interpreter has no bigarrays')
    case 'stringLength':
      return BigInt(text(a).bytes.length)
    case 'stringGet':
      return stringGet(machine, p.width, text(a).bytes, int(b))
    case 'bytesSet':
      return bytesSet(machine, p.width, text(a).bytes, int(b), c as Value)
    case 'raise':
      throw new OCamlException(a as Value)
    case 'makeLazy':
      return new Block(246, [a as Value])
    case 'method':
      return method(blockOf(a), p.name)
    case 'force':
      return force(machine, a as Value)
    case 'poll':
      return 0n as Value
    case 'opaque':
      return a as Value
    case 'external': {
      const external = machine.externals.get(p.name)
      if (external === undefined) throw new Crash(`no external ${p.name}`)
      return external(machine, args)
    }
  }
}

export function int(value: Value | undefined): bigint {
  if (typeof value !== 'bigint') throw new Crash(`expected an immediate, got ${String(value)}`)
  return value
}

export function float(value: Value | undefined): number {
  if (typeof value !== 'number') throw new Crash(`expected a float, got ${String(value)}`)
  return value
}

export function text(value: Value | undefined): Text {
  if (!(value instanceof Text)) throw new Crash('expected a string')
  return value
}

function boxed(value: Value | undefined, type: Boxed['type']): bigint {
  if (!(value instanceof Boxed) || value.type !== type) throw new Crash(`expected ${type}`)
  return value.value
}

export function blockOf(value: Value | undefined): Block {
  if (!(value instanceof Block)) throw new Crash(`expected a block, got ${String(value)}`)
  return value
}

function checkedField(value: Value | undefined, index: number): Value {
  const found = blockOf(value).fields[index]
  if (found === undefined) throw new Crash(`block has no field ${index}`)
  return found
}

/** Physical equality of anything; order of immediates. */
function physical(comparison: Comparison, a: Value, b: Value): Value {
  if (comparison === 'eq') return bool(a === b)
  if (comparison === 'ne') return bool(a !== b)
  return compare(comparison, int(a), int(b))
}

function makeArray(kind: string, args: readonly Value[]): Value {
  const flat = kind === 'float' || (kind === 'generic' && typeof args[0] === 'number')
  return new Block(flat ? 254 : 0, [...args])
}

function checkBounds(machine: Machine, length: number, index: bigint, width = 1): void {
  if (index < 0n || index + BigInt(width) > BigInt(length)) {
    raisePredefined(machine, 'Invalid_argument', Text.of('index out of bounds'))
  }
}

function stringGet(machine: Machine, width: number, bytes: Uint8Array, index: bigint): Value {
  checkBounds(machine, bytes.length, index, width)
  let value = 0n
  for (let i = width - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[Number(index) + i] as number)
  if (width === 4) return new Boxed('int32', value)
  return width === 8 ? new Boxed('int64', value) : value
}

function bytesSet(machine: Machine, width: number, bytes: Uint8Array, index: bigint, value: Value): Value {
  checkBounds(machine, bytes.length, index, width)
  let rest = value instanceof Boxed ? value.value : int(value)
  for (let i = 0; i < width; i++) {
    bytes[Number(index) + i] = Number(rest & 0xffn)
    rest >>= 8n
  }
  return 0n
}

/** Looks through the block of methods (see src/stdlib/camlinternalOO.ml) from its start. */
function method(object: Block, name: string): Value {
  const { fields } = blockOf(object.fields[0])
  const label = BigInt(hashVariant(name))
  const pairs = Number(int(fields[0])) / 8 + 1
  for (let i = 0; i < pairs; i++) if (fields[1 + 2 * i] === label) return fields[2 + 2 * i] as Value
  throw new Crash(`no method ${name}`)
}

function force(machine: Machine, value: Value): Value {
  if (!(value instanceof Block)) return value
  if (value.tag === 250) return value.fields[0] as Value
  if (value.tag !== 246) return value
  const suspension = value.fields[0] as Value
  const result = applyValue(machine, suspension, [0n])
  value.tag = 250
  value.fields = [result]
  return result
}
