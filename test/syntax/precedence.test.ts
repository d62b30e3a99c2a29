/** Every pair of operators, grouped as the manual's table says. */

import { describe, expect, test } from 'vitest'
import type { Expression, StructureItem } from '../../src/syntax/ast.ts'
import { parseText } from './support.ts'

/** From the tightest to the loosest; the manual's table with `::` and tuples in their places. */
const table: readonly {
  readonly operators: readonly string[]
  readonly associativity: 'left' | 'right' | 'none'
}[] = [
  { operators: ['**', '**.', 'lsl', 'lsr', 'asr'], associativity: 'right' },
  { operators: ['*', '/', '%', '*.', '/.', 'mod', 'land', 'lor', 'lxor'], associativity: 'left' },
  { operators: ['+', '-', '+.', '-.', '+!', '-|'], associativity: 'left' },
  { operators: ['::'], associativity: 'right' },
  { operators: ['@', '^', '@@', '^^'], associativity: 'right' },
  { operators: ['=', '<', '>', '|>', '&.', '$', '!=', '<>', '<=', '==', '||.'], associativity: 'left' },
  { operators: ['&', '&&'], associativity: 'right' },
  { operators: ['or', '||'], associativity: 'right' },
  { operators: [','], associativity: 'none' },
  { operators: [':='], associativity: 'right' },
]

const leveled = table.flatMap(({ operators, associativity }, level) =>
  operators.map((operator) => ({ operator, level, associativity })),
)

/** Fully parenthesised, with operators in front. */
function shape(e: Expression): string {
  switch (e.kind) {
    case 'ident':
      return e.path.kind === 'ident' ? e.path.name : '?'
    case 'apply':
      return `(${shape(e.function)} ${e.arguments.map((each) => shape(each.expression)).join(' ')})`
    case 'construct':
      return e.argument?.kind === 'tuple' ? `(:: ${e.argument.elements.map(shape).join(' ')})` : '?'
    case 'tuple':
      return `(, ${e.elements.map(shape).join(' ')})`
    default:
      return e.kind
  }
}

function shapeOf(text: string): string {
  const [item] = parseText(text) as readonly StructureItem[]
  return item?.kind === 'eval' ? shape(item.expression) : '?'
}

function expected(first: (typeof leveled)[number], second: (typeof leveled)[number]): string {
  const [f, s] = [first.operator, second.operator]
  if (first.level === second.level && first.associativity === 'none') return `(${f} a b c)`
  const leftFirst =
    first.level < second.level || (first.level === second.level && first.associativity === 'left')
  return leftFirst ? `(${s} (${f} a b) c)` : `(${f} a (${s} b c))`
}

describe('infix operators', () => {
  test.each(leveled)('$operator with every other', (first) => {
    for (const second of leveled) {
      const text = `a ${first.operator} b ${second.operator} c`
      expect(shapeOf(text), text).toBe(expected(first, second))
    }
  })
})

describe('what binds tighter than any infix operator', () => {
  test.each(leveled.filter(({ operator }) => operator !== ','))('$operator', ({ operator }) => {
    expect(shapeOf(`f x ${operator} g y`)).toBe(`(${operator} (f x) (g y))`)
    expect(shapeOf(`- a ${operator} - b`)).toBe(`(${operator} (~- a) (~- b))`)
    expect(shapeOf(`!a ${operator} ?!b`)).toBe(`(${operator} (! a) (?! b))`)
  })
})

describe('what reaches to the right over all of them', () => {
  const open = ['let x = y in ', 'fun x -> ', 'match x with y -> ', 'try x with y -> ', 'function y -> ']
  test.each(open)('%s', (prefix) => {
    for (const { operator } of leveled) {
      const [item] = parseText(`a + ${prefix}b ${operator} c; d`) as readonly StructureItem[]
      if (item?.kind !== 'eval' || item.expression.kind !== 'apply') throw new Error('no application')
      expect(item.expression.arguments).toHaveLength(2)
      expect(shape(item.expression.arguments[0]!.expression)).toBe('a')
    }
  })

  test('if and assignments, but not over a semicolon', () => {
    for (const prefix of ['if x then ', 'if x then y else ', 'r.x <- ', 'x <- ', 'a.(i) <- ']) {
      for (const { operator } of leveled) {
        const [item] = parseText(`${prefix}b ${operator} c; d`) as readonly StructureItem[]
        expect(item?.kind === 'eval' && item.expression.kind, `${prefix} ${operator}`).toBe('sequence')
      }
    }
  })
})
