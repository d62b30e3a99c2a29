/** Literals: their types, their ranges, and the values that they denote. */

import { fail } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import type * as ast from '../syntax/ast.ts'
import { instance } from './instance.ts'
import { charType, floatType, int32Type, int64Type, intType, nativeintType, stringType } from './predef.ts'
import type { Constant } from './typed-tree.ts'
import type { Type } from './types.ts'

interface IntegerKind {
  readonly kind: 'int' | 'int32' | 'int64' | 'nativeint'
  readonly bits: number
  /** As messages call the type. */
  readonly name: string
}

const integerKinds: Readonly<Record<string, IntegerKind>> = {
  '': { kind: 'int', bits: 63, name: 'int' },
  l: { kind: 'int32', bits: 32, name: 'int32' },
  L: { kind: 'int64', bits: 64, name: 'int64' },
  n: { kind: 'nativeint', bits: 64, name: 'nativeint' },
}

/** Decimal literals must be in the signed range, up to the negated least number; others may use all bits. */
function integerValue(text: string, bits: number): bigint | undefined {
  const negative = text.startsWith('-')
  const digits = (negative ? text.slice(1) : text.replace(/^\+/, '')).replaceAll('_', '')
  const unsigned = /^0u/i.test(digits)
  const magnitude = BigInt(unsigned ? digits.slice(2) : digits.toLowerCase())
  const limit = 1n << BigInt(bits - 1)
  const isDecimal = /^[0-9]+$/.test(digits)
  const most = isDecimal ? limit : limit * 2n - 1n
  if (magnitude > most) return undefined
  return BigInt.asIntN(bits, negative ? -magnitude : magnitude)
}

function integer(text: string, suffix: string, region: Region): Constant {
  const kind = integerKinds[suffix]
  if (kind === undefined) fail(region, `Unknown modifier '${suffix}' for literal ${text}${suffix}`)
  const value = integerValue(text, kind.bits)
  if (value === undefined) {
    fail(region, `Integer literal exceeds the range of representable integers of type ${kind.name}`)
  }
  return { kind: kind.kind, value }
}

/** The value of `0x1.8p3`. */
function hexFloat(digits: string): number {
  const match = /^0x([0-9a-f]*)\.?([0-9a-f]*)(?:p([+-]?[0-9]+))?$/.exec(digits) as RegExpExecArray
  const [, whole = '', fraction = '', exponent = '0'] = match
  const mantissa = BigInt(`0x${whole}${fraction}`)
  return scale(mantissa, Number(exponent) - 4 * fraction.length)
}

/** `mantissa × 2^exponent`, rounded once to the nearest double, ties to even. */
function scale(mantissa: bigint, exponent: number): number {
  if (mantissa === 0n) return 0
  const length = mantissa.toString(2).length
  // The exponent of the last bit that the result can hold.
  const last = Math.max(exponent + length - 53, -1074)
  const drop = last - exponent
  if (drop <= 0) return power(Number(mantissa), exponent)
  if (drop > length + 1) return 0
  const half = 1n << BigInt(drop - 1)
  const rest = mantissa & ((1n << BigInt(drop)) - 1n)
  let kept = mantissa >> BigInt(drop)
  if (rest > half || (rest === half && (kept & 1n) === 1n)) kept += 1n
  return power(Number(kept), last)
}

/** `x × 2^exponent` where the result is exact or overflows. */
function power(x: number, exponent: number): number {
  let result = x
  let left = exponent
  while (left > 1000) {
    result *= 2 ** 1000
    left -= 1000
  }
  while (left < -1000) {
    result *= 2 ** -1000
    left += 1000
  }
  return result * 2 ** left
}

export function floatValue(text: string): number {
  const negative = text.startsWith('-')
  const digits = (negative ? text.slice(1) : text).replaceAll('_', '').toLowerCase()
  const value = digits.startsWith('0x') ? hexFloat(digits) : Number(digits)
  return negative ? -value : value
}

/** The constant that a literal denotes. */
export function constantOf(constant: ast.Constant, region: Region): Constant {
  switch (constant.kind) {
    case 'int':
      return integer(constant.text, constant.suffix ?? '', region)
    case 'char':
      return { kind: 'char', code: constant.code }
    case 'string':
      return { kind: 'string', bytes: constant.bytes }
    case 'float': {
      const { suffix } = constant
      if (suffix !== undefined)
        fail(region, `Unknown modifier '${suffix}' for literal ${constant.text}${suffix}`)
      return { kind: 'float', value: floatValue(constant.text) }
    }
  }
}

/** A type of its own, which unification may link to an abbreviation. */
export const typeOfConstant = (constant: Constant): Type => instance(constantType(constant))

function constantType(constant: Constant): Type {
  switch (constant.kind) {
    case 'int':
      return intType
    case 'char':
      return charType
    case 'string':
      return stringType
    case 'float':
      return floatType
    case 'int32':
      return int32Type
    case 'int64':
      return int64Type
    case 'nativeint':
      return nativeintType
  }
}
