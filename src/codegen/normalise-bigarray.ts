/**
 * Elements of bigarrays of known kind and layout. The address of the data and the dimensions never change, so they may be
 * read again and again; elements are kept as they are used: floats and boxed integers unboxed, ints tagged.
 */

import type { BigarrayElement, BigarrayType, Primitive } from '../lambda/lambda.ts'
import type { MemoryOp, Simple } from './code.ts'
import { bigarray } from './layout.ts'
import type { Operand, OperandRepresentation } from './scope.ts'
import { addressOf, i32, i64, load, opOf, unit } from './simple.ts'
import type { Terms } from './terms.ts'

type BigarrayPrimitive = Primitive & { kind: 'bigarrayDimension' | 'bigarrayGet' | 'bigarraySet' }

interface Access {
  /** Logarithm of the bytes of an element. */
  readonly shift: number
  readonly load: MemoryOp
  readonly store: MemoryOp
  readonly representation: OperandRepresentation
}

const accesses: Readonly<Record<BigarrayElement, Access>> = {
  float32: { shift: 2, load: 'f32_load', store: 'f32_store', representation: 'float' },
  float64: { shift: 3, load: 'f64_load', store: 'f64_store', representation: 'float' },
  int8_signed: { shift: 0, load: 'i64_load8_s', store: 'i64_store8', representation: 'untagged' },
  int8_unsigned: { shift: 0, load: 'i64_load8_u', store: 'i64_store8', representation: 'untagged' },
  int16_signed: { shift: 1, load: 'i64_load16_s', store: 'i64_store16', representation: 'untagged' },
  int16_unsigned: { shift: 1, load: 'i64_load16_u', store: 'i64_store16', representation: 'untagged' },
  int32: { shift: 2, load: 'i64_load32_s', store: 'i64_store32', representation: 'int32' },
  int64: { shift: 3, load: 'i64_load', store: 'i64_store', representation: 'int64' },
  int: { shift: 3, load: 'i64_load', store: 'i64_store', representation: 'untagged' },
  nativeint: { shift: 3, load: 'i64_load', store: 'i64_store', representation: 'nativeint' },
}

export function normaliseBigarray(n: Terms, p: BigarrayPrimitive, operands: readonly Operand[]): Operand {
  const [array, ...rest] = operands as readonly [Operand, ...Operand[]]
  if (p.kind === 'bigarrayDimension') {
    return { simple: dimension(n.b.toValue(array), p.index), representation: 'untagged' }
  }
  const { element, dimensions } = p.type
  const access = accesses[element]
  // What is stored is made before the place is computed: making it may collect.
  const stored = p.kind === 'bigarraySet' ? storedNumber(n, access, rest[dimensions] as Operand) : undefined
  const address = elementAddress(n, p.type, p.safe, array, rest.slice(0, dimensions))
  if (stored !== undefined) {
    n.b.emit({ kind: 'store', op: access.store, address, offset: 0, value: stored })
    return { simple: unit, representation: 'int' }
  }
  const loaded = load(access.load, address, 0)
  const simple = element === 'float32' ? opOf('f64_promote_f32', loaded) : loaded
  return { simple, representation: access.representation }
}

function storedNumber(n: Terms, { store, representation }: Access, operand: Operand): Simple {
  if (representation === 'untagged') return n.b.toUntagged(operand)
  if (representation !== 'float') return n.b.toBoxedInt(operand)
  const number = n.b.toFloat(operand)
  return store === 'f32_store' ? opOf('f32_demote_f64', number) : number
}

function dimension(array: Simple, index: number): Simple {
  return load('i64_load', addressOf(array), bigarray.dimensions + index * 8, true)
}

function elementAddress(
  n: Terms,
  { element, layout }: BigarrayType,
  safe: boolean,
  array: Operand,
  indices: readonly Operand[],
): Simple {
  const block = n.b.toValue(n.b.freeze(array))
  const plain = indices.map((index) => {
    const from0 = n.b.toUntagged(n.b.freeze({ simple: n.b.toValue(index), representation: 'int' }))
    return layout === 'c' ? from0 : opOf('i64_sub', from0, i64(1n))
  })
  if (safe) {
    plain.forEach((index, k) => {
      n.b.raiseIf(opOf('i64_ge_u', index, dimension(block, k)), 'caml_array_bound_error')
    })
  }
  const data = load('i32_load', addressOf(block), bigarray.data, true)
  const { shift } = accesses[element]
  const position = positionOf(block, layout, plain)
  return opOf('i32_add', data, shift === 0 ? position : opOf('i32_shl', position, i32(shift)))
}

/** The number of the element, as an i32: in C's layout the last index runs fastest, in Fortran's the first. */
function positionOf(block: Simple, layout: BigarrayType['layout'], indices: readonly Simple[]): Simple {
  const numbered = indices.map((index, k) => ({ index: opOf('i32_wrap_i64', index), k }))
  const [first, ...others] = layout === 'c' ? numbered : numbered.reverse()
  return others.reduce(
    (position, { index, k }) => {
      const row = load('i32_load', addressOf(block), bigarray.dimensions + k * 8, true)
      return opOf('i32_add', opOf('i32_mul', position, row), index)
    },
    (first as { index: Simple }).index,
  )
}
