/**
 * Primitives: each becomes an expression, with the statements that its checks, allocations and stores need.
 *
 * Integers are kept tagged; floats and boxed integers unboxed, until a value is asked for.
 */

import { Crash } from '../base/diagnostic.ts'
import { hashVariant } from '../lambda/hash-variant.ts'
import type { ArrayKind, Comparison, Lambda, Primitive } from '../lambda/lambda.ts'
import { newSite, type Simple, type SimpleOp, type Target } from './code.ts'
import { externals } from './externals.ts'
import { type BoxedInt, isBoxedInt } from './function-builder.ts'
import { maxYoungWords, tags } from './layout.ts'
import { normaliseBigarray } from './normalise-bigarray.ts'
import type { Operand } from './scope.ts'
import {
  addressOf,
  addTagged,
  field,
  header,
  i32,
  i64,
  immediate,
  isI64,
  load,
  not,
  opOf,
  read,
  relocated,
  subTagged,
  tag,
  tagByte,
  unit,
  untag,
} from './simple.ts'
import type { Terms } from './terms.ts'

type Term = Lambda & { readonly kind: 'primitive' }

const int = (simple: Simple): Operand => ({ simple, representation: 'int' })
const bool = (simple: Simple): Operand => ({ simple, representation: 'bool' })
const value = (simple: Simple): Operand => ({ simple, representation: 'value' })
const float = (simple: Simple): Operand => ({ simple, representation: 'float' })
const untagged = (simple: Simple): Operand => ({ simple, representation: 'untagged' })
const nothing: Operand = int(unit)

export function normalisePrimitive(n: Terms, term: Term): Operand {
  const operands = n.operands(term.arguments)
  n.b.region = term.region
  const p = term.primitive
  switch (p.kind) {
    case 'intArithmetic':
    case 'intNegate':
    case 'intCompare':
    case 'not':
    case 'intOrder':
      return integer(n, p, operands)
    case 'floatArithmetic':
    case 'floatUnary':
    case 'floatCompare':
    case 'floatOrder':
    case 'floatOfInt':
    case 'intOfFloat':
      return floating(n, p, operands)
    case 'boxedArithmetic':
    case 'boxedNegate':
    case 'boxedCompare':
    case 'boxedOrder':
    case 'boxedOfInt':
    case 'intOfBoxed':
    case 'boxedConvert':
      return boxed(n, p, operands)
    case 'makeBlock':
    case 'makeFloatBlock':
    case 'field':
    case 'setField':
    case 'floatField':
    case 'setFloatField':
    case 'copyBlock':
    case 'isImmediate':
    case 'makeLazy':
      return block(n, p, operands)
    case 'makeArray':
    case 'arrayLength':
    case 'arrayGet':
    case 'arraySet':
      return array(n, p, operands)
    case 'bigarrayDimension':
    case 'bigarrayGet':
    case 'bigarraySet':
      return normaliseBigarray(n, p, operands)
    case 'stringLength':
    case 'stringGet':
    case 'bytesSet':
      return string(n, p, operands)
    case 'raise':
      n.b.emit({
        kind: 'raise',
        mode: p.mode,
        exception: n.b.toValue(operands[0] as Operand),
        site: newSite(term.region),
      })
      return n.b.never('value')
    case 'force':
      return force(n, n.b.toValue(n.b.freeze(value(n.b.toValue(operands[0] as Operand)))))
    case 'method':
      return method(n, p.name, operands[0] as Operand)
    case 'poll':
      n.b.emit({ kind: 'poll', site: newSite(term.region) })
      return nothing
    case 'opaque': {
      const kept = n.b.freeze(value(n.b.toValue(operands[0] as Operand)))
      n.b.emit({ kind: 'keep', value: kept.simple })
      return kept
    }
    case 'external':
      return external(n, p, operands)
  }
}

// ---------------------------------------------------------------------------------------------------------
// Immediates

type IntegerPrimitive = Primitive & {
  kind: 'intArithmetic' | 'intNegate' | 'intCompare' | 'not' | 'intOrder'
}

const signed: Record<Comparison, SimpleOp> = {
  eq: 'i64_eq',
  ne: 'i64_ne',
  lt: 'i64_lt_s',
  le: 'i64_le_s',
  gt: 'i64_gt_s',
  ge: 'i64_ge_s',
}

function integer(n: Terms, p: IntegerPrimitive, [x, y]: readonly Operand[]): Operand {
  if (p.kind === 'not') return bool(not(n.b.toCondition(x as Operand)))
  const a = n.b.toValue(x as Operand)
  if (p.kind === 'intNegate') return int(opOf('i64_sub', i64(2n), a))
  const b = n.b.toValue(y as Operand)
  if (p.kind === 'intArithmetic') return arithmetic(n, p.op, a, b)
  if (p.kind === 'intCompare') return bool(opOf(signed[p.comparison], a, b))
  return integerOrder(n.b.freeze(int(a)).simple, n.b.freeze(int(b)).simple)
}

/** -1, 0 or 1; both are read twice. */
function integerOrder(l: Simple, r: Simple): Operand {
  return untagged(opOf('i64_extend_i32_s', opOf('i32_sub', opOf('i64_gt_s', l, r), opOf('i64_lt_s', l, r))))
}

function arithmetic(
  n: Terms,
  op: (Primitive & { kind: 'intArithmetic' })['op'],
  a: Simple,
  b: Simple,
): Operand {
  switch (op) {
    case 'add':
      return int(addTagged(a, b))
    case 'sub':
      return int(subTagged(a, b))
    case 'mul':
      return int(multiply(a, b))
    case 'div':
      return untagged(divide(n, 'i64_div_s', a, b))
    case 'mod':
      return untagged(divide(n, 'i64_rem_s', a, b))
    case 'and':
      return int(opOf('i64_and', a, b))
    case 'or':
      return int(opOf('i64_or', a, b))
    case 'xor':
      return int(opOf('i64_or', opOf('i64_xor', a, b), i64(1n)))
    case 'lsl':
      return int(opOf('i64_add', opOf('i64_shl', opOf('i64_sub', a, i64(1n)), untag(b)), i64(1n)))
    case 'lsr':
      return int(opOf('i64_or', opOf('i64_shr_u', a, untag(b)), i64(1n)))
    case 'asr':
      return int(opOf('i64_or', opOf('i64_shr_s', a, untag(b)), i64(1n)))
  }
}

function multiply(a: Simple, b: Simple): Simple {
  if (a.kind === 'i64' && b.kind !== 'i64') return multiply(b, a)
  return opOf('i64_add', opOf('i64_mul', opOf('i64_sub', a, i64(1n)), untag(b)), i64(1n))
}

/** The untagged quotient or remainder; a zero divisor raises. The 64-bit operation cannot overflow on 63-bit operands. */
function divide(n: Terms, op: 'i64_div_s' | 'i64_rem_s', a: Simple, b: Simple): Simple {
  if (b.kind === 'i64' && !isI64(b, 1n)) return opOf(op, untag(a), untag(b))
  const dividend = n.b.freeze(int(a)).simple
  const divisor = n.b.freeze(int(b)).simple
  n.b.raiseIf(opOf('i64_eq', divisor, i64(1n)), 'caml_raise_zero_divide')
  return opOf(op, untag(dividend), untag(divisor))
}

// ---------------------------------------------------------------------------------------------------------
// Floats

type FloatPrimitive = Primitive & {
  kind: 'floatArithmetic' | 'floatUnary' | 'floatCompare' | 'floatOrder' | 'floatOfInt' | 'intOfFloat'
}

const ordered: Record<Comparison, SimpleOp> = {
  eq: 'f64_eq',
  ne: 'f64_ne',
  lt: 'f64_lt',
  le: 'f64_le',
  gt: 'f64_gt',
  ge: 'f64_ge',
}

function floating(n: Terms, p: FloatPrimitive, [x, y]: readonly Operand[]): Operand {
  if (p.kind === 'floatOfInt') return float(opOf('f64_convert_i64_s', n.b.toUntagged(x as Operand)))
  const a = n.b.toFloat(x as Operand)
  if (p.kind === 'intOfFloat') return int(tag({ kind: 'truncate', argument: a })) // tagging drops the top bit
  if (p.kind === 'floatUnary') return float(opOf(`f64_${p.op}`, a))
  const b = n.b.toFloat(y as Operand)
  if (p.kind === 'floatCompare') return bool(opOf(ordered[p.comparison], a, b))
  if (p.kind === 'floatOrder') return floatOrder(n.b.freeze(float(a)).simple, n.b.freeze(float(b)).simple)
  return float(opOf(`f64_${p.op}`, a, b))
}

/** `(x > y) - (x < y) + (x is a number) - (y is a number)`: with a nan the first two are 0. */
function floatOrder(x: Simple, y: Simple): Operand {
  const order = opOf('i32_sub', opOf('f64_gt', x, y), opOf('f64_lt', x, y))
  const numbers = opOf('i32_sub', opOf('f64_eq', x, x), opOf('f64_eq', y, y))
  return untagged(opOf('i64_extend_i32_s', opOf('i32_add', order, numbers)))
}

// ---------------------------------------------------------------------------------------------------------
// Boxed integers

type BoxedPrimitive = Primitive & {
  kind:
    | 'boxedArithmetic'
    | 'boxedNegate'
    | 'boxedCompare'
    | 'boxedOrder'
    | 'boxedOfInt'
    | 'intOfBoxed'
    | 'boxedConvert'
}

function boxed(n: Terms, p: BoxedPrimitive, [x, y]: readonly Operand[]): Operand {
  const of = (type: BoxedInt, simple: Simple): Operand => ({
    simple: type === 'int32' ? wrap32(simple) : simple,
    representation: type,
  })
  if (p.kind === 'boxedOfInt') return of(p.type, n.b.toUntagged(x as Operand))
  const a = n.b.toBoxedInt(x as Operand)
  switch (p.kind) {
    case 'intOfBoxed':
      return int(tag(a))
    case 'boxedConvert':
      return of(p.to, a)
    case 'boxedNegate':
      return of(p.type, opOf('i64_sub', i64(0n), a))
    case 'boxedCompare':
      return bool(opOf(signed[p.comparison], a, n.b.toBoxedInt(y as Operand)))
    case 'boxedOrder': {
      const stable = (simple: Simple): Simple => n.b.freeze({ simple, representation: p.type }).simple
      const left = stable(a)
      return integerOrder(left, stable(n.b.toBoxedInt(y as Operand)))
    }
    case 'boxedArithmetic':
      return of(p.type, boxedArithmetic(n, p.type, p.op, a, y as Operand))
  }
}

const boxedOps = {
  add: 'i64_add',
  sub: 'i64_sub',
  mul: 'i64_mul',
  and: 'i64_and',
  or: 'i64_or',
  xor: 'i64_xor',
} as const

function boxedArithmetic(
  n: Terms,
  type: BoxedInt,
  op: (Primitive & { kind: 'boxedArithmetic' })['op'],
  a: Simple,
  y: Operand,
): Simple {
  switch (op) {
    case 'lsl':
      return opOf('i64_shl', a, n.b.toUntagged(y))
    case 'asr':
      return opOf('i64_shr_s', a, n.b.toUntagged(y))
    case 'lsr':
      return opOf(
        'i64_shr_u',
        type === 'int32' ? opOf('i64_and', a, i64(0xffff_ffffn)) : a,
        n.b.toUntagged(y),
      )
    case 'div':
    case 'mod':
      return boxedDivide(n, op, a, n.b.toBoxedInt(y))
    default:
      return opOf(boxedOps[op], a, n.b.toBoxedInt(y))
  }
}

/** The smallest int64 divided by -1 traps in WebAssembly, so -1 is a case of its own. */
function boxedDivide(n: Terms, op: 'div' | 'mod', a: Simple, b: Simple): Simple {
  const name = op === 'div' ? 'i64_div_s' : 'i64_rem_s'
  if (b.kind === 'i64' && b.value !== 0n && b.value !== -1n) return opOf(name, a, b)
  const dividend = n.b.freeze({ simple: a, representation: 'int64' }).simple
  const divisor = n.b.freeze({ simple: b, representation: 'int64' }).simple
  n.b.raiseIf(opOf('i64_eqz', divisor), 'caml_raise_zero_divide')
  if (op === 'mod') return opOf(name, dividend, divisor)
  return {
    kind: 'conditional',
    condition: opOf('i64_eq', divisor, i64(-1n)),
    then: opOf('i64_sub', i64(0n), dividend),
    otherwise: opOf(name, dividend, divisor),
    type: 'i64',
  }
}

function wrap32(simple: Simple): Simple {
  return simple.kind === 'i64' ? i64(BigInt.asIntN(32, simple.value)) : opOf('i64_extend32_s', simple)
}

// ---------------------------------------------------------------------------------------------------------
// Blocks

type BlockPrimitive = Primitive & {
  kind:
    | 'makeBlock'
    | 'makeFloatBlock'
    | 'field'
    | 'setField'
    | 'floatField'
    | 'setFloatField'
    | 'copyBlock'
    | 'isImmediate'
    | 'makeLazy'
}

function block(n: Terms, p: BlockPrimitive, operands: readonly Operand[]): Operand {
  const [x, y] = operands
  switch (p.kind) {
    case 'makeBlock':
      return makeBlock(n, p.tag, operands)
    case 'makeFloatBlock':
      return floatBlock(n, operands)
    case 'makeLazy':
      return makeBlock(n, tags.lazy, operands)
    case 'field':
      return {
        simple: field(n.b.toValue(x as Operand), p.index),
        representation: p.layout === 'int' ? 'int' : 'value',
      }
    case 'floatField':
      return float(load('f64_load', addressOf(n.b.toValue(x as Operand)), p.index * 8))
    case 'setFloatField':
      n.b.store(addressOf(n.b.toValue(x as Operand)), p.index * 8, n.b.toFloat(y as Operand))
      return nothing
    case 'setField':
      storeField(n, n.b.toValue(x as Operand), p.index * 8, n.b.toValue(y as Operand), p.mode === 'barrier')
      return nothing
    case 'copyBlock':
      return copyBlock(n, n.b.toValue(n.b.freeze(x as Operand)), p.tag, p.size)
    case 'isImmediate':
      return bool(opOf('i32_wrap_i64', opOf('i64_and', n.b.toValue(x as Operand), i64(1n))))
  }
}

function storeField(n: Terms, to: Simple, offset: number, word: Simple, barrier: boolean): void {
  if (!barrier) return n.b.store(addressOf(to), offset, word)
  const address = addressOf(to)
  n.b.effect('caml_modify', [offset === 0 ? address : opOf('i32_add', address, i32(offset)), word])
}

function makeBlock(n: Terms, tag: number, operands: readonly Operand[]): Operand {
  if (operands.length === 0) return value(relocated({ kind: 'data' }, n.data.atom(tag)))
  return value(
    n.b.allocate(
      'block',
      tag,
      operands.map((o) => ({ value: n.b.toValue(o), float: false })),
    ),
  )
}

function floatBlock(n: Terms, operands: readonly Operand[]): Operand {
  if (operands.length === 0) return value(relocated({ kind: 'data' }, n.data.atom(0)))
  const fields = operands.map((o) => ({ value: n.b.toFloat(o), float: true }))
  return value(n.b.allocate('floats', tags.doubleArray, fields))
}

function copyBlock(n: Terms, from: Simple, tag: number, size: number): Operand {
  const fields = Array.from({ length: size }, (_, i) => value(field(from, i)))
  if (size <= maxYoungWords && tag !== tags.doubleArray) return makeBlock(n, tag, fields)
  return n.b.external('caml_obj_dup', [from])
}

/** A lazy value: an immediate or another block is its own value; Forward holds it; Lazy has to be computed. */
function force(n: Terms, suspended: Simple): Operand {
  const { b } = n
  const result = b.variable('forced', 'value', true)
  const isBlock = opOf('i64_eqz', opOf('i64_and', suspended, i64(1n)))
  b.set(result, suspended)
  const onTag = b.collect(() => {
    const tag = tagByte(suspended)
    const compute = b.collect(() => {
      const forced = b.variable('c', 'value')
      b.emit({
        kind: 'call',
        result: forced,
        target: forceBlock(n),
        arguments: [suspended],
        site: newSite(b.region),
      })
      b.set(result, read(forced))
    })
    const forward = b.collect(() => b.set(result, field(suspended, 0)))
    const other = b.collect(() =>
      b.emit({ kind: 'if', condition: opOf('i32_eq', tag, i32(tags.lazy)), then: compute, otherwise: [] }),
    )
    b.emit({ kind: 'if', condition: opOf('i32_eq', tag, i32(tags.forward)), then: forward, otherwise: other })
  })
  b.emit({ kind: 'if', condition: isBlock, then: onTag, otherwise: [] })
  return value(read(result))
}

/** The place of `force_lazy_block` in the module CamlinternalLazy. */
const forceBlockField = 1

function forceBlock(n: Terms): Target {
  const library = n.approximate({ kind: 'unit', name: 'CamlinternalLazy' })
  const f = library?.kind === 'block' ? library.fields[forceBlockField] : undefined
  if (f?.kind !== 'function') throw new Crash('CamlinternalLazy.force_lazy_block is not a known function')
  return { kind: 'imported', unit: f.unit, function: f.function, arity: f.arity }
}

// ---------------------------------------------------------------------------------------------------------
// Methods

/**
 * The public methods are a hash table in the block of methods: [mask, label, method, label, method…], `mask` being the bytes of
 * the pairs less those of one, as an odd word (see src/stdlib/camlinternalOO.ml). Looks where the label is first looked for;
 * the runtime goes on from there.
 */
function method(n: Terms, name: string, receiver: Operand): Operand {
  const { b } = n
  const label = BigInt(hashVariant(name))
  const object = b.toValue(b.freeze(receiver))
  const methods = b.toValue(b.name('methods', value(field(object, 0))))
  const offset = b.name('offset', int(opOf('i64_and', field(methods, 0), i64((label << 4n) | 1n))))
  const address = opOf('i32_add', addressOf(methods), opOf('i32_wrap_i64', offset.simple))
  const found: Simple = {
    kind: 'conditional',
    condition: opOf('i64_eq', load('i64_load', address, 7), immediate(label)),
    then: load('i64_load', address, 15),
    otherwise: {
      kind: 'pureCall',
      external: 'caml_get_public_method',
      arguments: [object, immediate(label)],
      type: 'i64',
    },
    type: 'i64',
  }
  return b.name('method', value(found))
}

// ---------------------------------------------------------------------------------------------------------
// Arrays

type ArrayPrimitive = Primitive & { kind: 'makeArray' | 'arrayLength' | 'arrayGet' | 'arraySet' }

function array(n: Terms, p: ArrayPrimitive, operands: readonly Operand[]): Operand {
  switch (p.kind) {
    case 'makeArray':
      return makeArray(n, p.array, operands)
    case 'arrayLength':
      return untagged(opOf('i64_shr_u', header(n.b.toValue(operands[0] as Operand)), i64(10n)))
    case 'arrayGet':
      return arrayGet(n, p.array, p.safe, operands)
    case 'arraySet':
      return arraySet(n, p.array, p.safe, operands)
  }
}

function makeArray(n: Terms, kind: ArrayKind, operands: readonly Operand[]): Operand {
  if (kind === 'float') return floatBlock(n, operands)
  const made = makeBlock(n, 0, operands)
  return kind === 'generic' && operands.length > 0 ? n.b.external('caml_make_array', [made.simple]) : made
}

/** The array and the index, checked, safe to mention several times. */
function arrayPlace(
  n: Terms,
  safe: boolean,
  [a, i]: readonly Operand[],
): { readonly array: Simple; readonly index: Simple } {
  const array = n.b.toValue(n.b.freeze(a as Operand))
  const index = n.b.toValue(n.b.freeze(int(n.b.toValue(i as Operand))))
  // 2i + 1 < 2·wosize (+ 1 for the colour's high bit) as unsigned words, exactly when 0 ≤ i < wosize.
  if (safe) {
    const bound = opOf('i64_shr_u', header(array), i64(9n))
    n.b.raiseIf(opOf('i64_ge_u', index, bound), 'caml_array_bound_error')
  }
  return { array, index }
}

/** The address of a word of an array by its tagged index. */
function elementAddress(array: Simple, index: Simple): { readonly address: Simple; readonly offset: number } {
  if (index.kind === 'i64') return { address: addressOf(array), offset: Number(index.value >> 1n) * 8 }
  const scaled = opOf('i32_shl', opOf('i32_sub', opOf('i32_wrap_i64', index), i32(1)), i32(2))
  return { address: opOf('i32_add', addressOf(array), scaled), offset: 0 }
}

function arrayGet(n: Terms, kind: ArrayKind, safe: boolean, operands: readonly Operand[]): Operand {
  const { array, index } = arrayPlace(n, safe, operands)
  const { address, offset } = elementAddress(array, index)
  if (kind === 'float') return float(load('f64_load', address, offset))
  if (kind === 'int') return int(load('i64_load', address, offset))
  if (kind === 'pointer') return value(load('i64_load', address, offset))
  const result = n.b.variable('element', 'value', true)
  n.b.emit({
    kind: 'if',
    condition: opOf('i32_eq', tagByte(array), i32(tags.doubleArray)),
    then: n.b.collect(() => n.b.set(result, n.b.toValue(float(load('f64_load', address, offset))))),
    otherwise: n.b.collect(() => n.b.set(result, load('i64_load', address, offset))),
  })
  return value(read(result))
}

function arraySet(n: Terms, kind: ArrayKind, safe: boolean, operands: readonly Operand[]): Operand {
  const element = operands[2] as Operand
  // What is stored is made before the place is computed: making it may collect.
  const stored = kind === 'float' ? float(n.b.toFloat(element)) : value(n.b.toValue(element))
  const word = kind === 'generic' ? n.b.freeze(stored) : stored
  const { array, index } = arrayPlace(n, safe, operands)
  const { address, offset } = elementAddress(array, index)
  const place = offset === 0 ? address : opOf('i32_add', address, i32(offset))
  if (kind === 'float' || kind === 'int') n.b.store(address, offset, word.simple)
  else if (kind === 'pointer') n.b.effect('caml_modify', [place, word.simple])
  else {
    n.b.emit({
      kind: 'if',
      condition: opOf('i32_eq', tagByte(array), i32(tags.doubleArray)),
      then: n.b.collect(() => n.b.store(address, offset, n.b.toFloat(word))),
      otherwise: n.b.collect(() => n.b.effect('caml_modify', [place, word.simple])),
    })
  }
  return nothing
}

// ---------------------------------------------------------------------------------------------------------
// Strings

type StringPrimitive = Primitive & { kind: 'stringLength' | 'stringGet' | 'bytesSet' }

function string(n: Terms, p: StringPrimitive, operands: readonly Operand[]): Operand {
  const text = n.b.toValue(n.b.freeze(operands[0] as Operand))
  if (p.kind === 'stringLength') return untagged(opOf('i64_extend_i32_u', stringLength(n, text)))
  const index = n.b.freeze(int(n.b.toValue(operands[1] as Operand)))
  const stored = p.kind === 'bytesSet' ? storedBits(n, p.width, operands[2] as Operand) : undefined
  if (p.safe) checkStringIndex(n, text, index, p.width)
  const address = opOf('i32_add', addressOf(text), opOf('i32_wrap_i64', n.b.toUntagged(index)))
  if (stored !== undefined && p.kind === 'bytesSet') {
    const op = ({ 1: 'i64_store8', 2: 'i64_store16', 4: 'i64_store32', 8: 'i64_store' } as const)[p.width]
    n.b.emit({ kind: 'store', op, address, offset: 0, value: stored })
    return nothing
  }
  switch (p.width) {
    case 1:
      return untagged(load('i64_load8_u', address, 0))
    case 2:
      return untagged(load('i64_load16_u', address, 0))
    case 4:
      return { simple: load('i64_load32_s', address, 0), representation: 'int32' }
    case 8:
      return { simple: load('i64_load', address, 0), representation: 'int64' }
  }
}

function storedBits(n: Terms, width: 1 | 2 | 4 | 8, operand: Operand): Simple {
  return width <= 2 && !isBoxedInt(operand.representation) ? n.b.toUntagged(operand) : n.b.toBoxedInt(operand)
}

/** Length in bytes as i32: the words in bytes, less the last byte, less 1. */
function stringLength(n: Terms, text: Simple): Simple {
  const words = opOf('i32_wrap_i64', opOf('i64_shr_u', header(text), i64(10n)))
  const last = n.b.freeze(untaggedI32(opOf('i32_sub', opOf('i32_shl', words, i32(3)), i32(1))))
  const lastIndex = n.b.toUntagged(last)
  const at = opOf('i32_wrap_i64', lastIndex)
  return opOf('i32_sub', at, load('i32_load8_u', opOf('i32_add', addressOf(text), at), 0, true))
}

function untaggedI32(simple: Simple): Operand {
  return untagged(opOf('i64_extend_i32_u', simple))
}

function checkStringIndex(n: Terms, text: Simple, index: Operand, width: number): void {
  const length = opOf('i64_extend_i32_u', stringLength(n, text))
  if (width === 1) {
    n.b.raiseIf(opOf('i64_ge_u', n.b.toUntagged(index), length), 'caml_array_bound_error')
    return
  }
  const known = n.b.freeze(untagged(length))
  const room = opOf('i64_sub', n.b.toUntagged(known), i64(BigInt(width)))
  const outside = opOf(
    'i32_or',
    opOf('i64_lt_s', n.b.toUntagged(index), i64(0n)),
    opOf('i64_gt_s', n.b.toUntagged(index), room),
  )
  n.b.raiseIf(outside, 'caml_array_bound_error')
}

// ---------------------------------------------------------------------------------------------------------
// Externals

type ExternalPrimitive = Primitive & { kind: 'external' }

function external(n: Terms, p: ExternalPrimitive, operands: readonly Operand[]): Operand {
  const known = externals.get(p.name)
  if (known?.effects === 'unboxed') {
    const args = operands.map((o) => n.b.toFloat(o))
    return float({ kind: 'pureCall', external: p.name, arguments: args, type: 'f64' })
  }
  const args = operands.map((o) => n.b.toValue(o))
  if (known?.effects === 'pure') {
    const result: Simple = { kind: 'pureCall', external: p.name, arguments: args, type: 'i64' }
    return p.result === 'int' ? int(result) : value(result)
  }
  if (known?.effects === 'effect') throw new Crash(`${p.name} is not callable from OCaml`)
  return n.b.external(p.name, args, p.result === 'int' ? 'int' : 'value')
}
