/** The externals that the miniature library and test programs use. */

import type { External } from './evaluator.ts'
import { raisePredefined } from './evaluator.ts'
import { blockOf, float, int, text } from './evaluator-primitives.ts'
import { Block, Boxed, Closure, Text, type Value } from './values.ts'

const bool = (b: boolean): Value => (b ? 1n : 0n)

function bytesOrder(a: Uint8Array, b: Uint8Array): number {
  return Buffer.compare(a, b)
}

/** Structural order, with the total order of `compare` on floats. */
function order(a: Value, b: Value): number {
  if (a === b) return 0
  if (typeof a === 'bigint') return typeof b === 'bigint' ? (a < b ? -1 : 1) : -1
  if (typeof b === 'bigint') return 1
  if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : a > b ? 1 : 0
  if (a instanceof Text && b instanceof Text) return bytesOrder(a.bytes, b.bytes)
  if (a instanceof Boxed && b instanceof Boxed) return a.value < b.value ? -1 : a.value > b.value ? 1 : 0
  return blockOrder(blockOf(a), blockOf(b))
}

function blockOrder(a: Block, b: Block): number {
  if (a.tag !== b.tag) return a.tag - b.tag
  if (a.fields.length !== b.fields.length) return a.fields.length - b.fields.length
  for (const [i, field] of a.fields.entries()) {
    const c = order(field, b.fields[i] as Value)
    if (c !== 0) return c
  }
  return 0
}

/** As OCaml's `string_of_float` writes it. */
export function floatText(x: number): string {
  if (Number.isNaN(x)) return 'nan'
  if (!Number.isFinite(x)) return x > 0 ? 'inf' : '-inf'
  const short = Number(x.toPrecision(12))
  const exponent = x === 0 ? 0 : Math.floor(Math.log10(Math.abs(short)))
  if (exponent < -5 || exponent >= 12) {
    const [mantissa, e] = short.toExponential().split('e') as [string, string]
    const sign = e.startsWith('-') ? '-' : '+'
    return `${mantissa}e${sign}${e.replace(/[+-]/, '').padStart(2, '0')}`
  }
  const digits = Object.is(x, -0) ? '-0' : String(short)
  return digits.includes('.') ? digits : `${digits}.`
}

const relations: Readonly<Record<string, (c: number) => boolean>> = {
  equal: (c) => c === 0,
  notequal: (c) => c !== 0,
  lessthan: (c) => c < 0,
  lessequal: (c) => c <= 0,
  greaterthan: (c) => c > 0,
  greaterequal: (c) => c >= 0,
}

const table: [string, External][] = [
  [
    'test_print_string',
    (m, [s]) => {
      m.output += String(text(s))
      return 0n
    },
  ],
  ['test_string_of_int', (_, [n]) => Text.of(String(int(n)))],
  ['test_string_of_float', (_, [x]) => Text.of(floatText(float(x)))],
  ['test_concat', (_, [a, b]) => new Text(Buffer.concat([text(a).bytes, text(b).bytes]))],
  [
    'test_array_make',
    (m, [n, x]) => {
      if (int(n) < 0n) raisePredefined(m, 'Invalid_argument', Text.of('Array.make'))
      return new Block(typeof x === 'number' ? 254 : 0, new Array<Value>(Number(n)).fill(x as Value))
    },
  ],
  [
    'caml_fresh_oo_id',
    (m) => {
      m.freshIds += 1n
      return m.freshIds
    },
  ],
  ['caml_obj_dup', (_, [x]) => new Block(blockOf(x).tag, [...blockOf(x).fields])],
]

for (const prefix of ['caml_', 'caml_string_', 'caml_bytes_']) {
  for (const [name, holds] of Object.entries(relations)) {
    table.push([
      `${prefix}${name}`,
      (m, [a, b]) => {
        if (a instanceof Closure || b instanceof Closure)
          raisePredefined(m, 'Invalid_argument', Text.of('compare: functional value'))
        return bool(holds(order(a as Value, b as Value)))
      },
    ])
  }
  table.push([`${prefix}compare`, (_, [a, b]) => BigInt(Math.sign(order(a as Value, b as Value)))])
}
for (const type of ['float', 'int32', 'int64', 'nativeint']) {
  table.push([`caml_${type}_compare`, (_, [a, b]) => BigInt(Math.sign(order(a as Value, b as Value)))])
}

export const externals: ReadonlyMap<string, External> = new Map(table)
