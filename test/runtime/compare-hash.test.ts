import { describe, expect, test } from 'vitest'
import { generator } from './mutator.ts'
import { type Described, runOcaml, source, Values } from './values.ts'

const random = generator(7)

const interestingFloats = [0, -0, 1, -1, 0.1, NaN, Infinity, -Infinity, 5e-324, 1.5e300, 2 ** 53]
const interestingInts = [
  0n,
  1n,
  -1n,
  42n,
  255n,
  1n << 31n,
  -(1n << 31n),
  (1n << 62n) - 1n,
  -(1n << 62n),
  1n << 40n,
]

function pick<T>(from: readonly T[]): T {
  return from[random(from.length)] as T
}

function randomBytes(): Uint8Array {
  const length = random(12) === 0 ? random(400) : random(20)
  return Uint8Array.from({ length }, () => (random(3) ? 97 + random(3) : random(256)))
}

function randomBoxed(): Described {
  const type = pick(['int32', 'int64', 'nativeint'] as const)
  const bits = type === 'int32' ? 32 : 64
  return { kind: 'boxed', type, n: BigInt.asIntN(bits, pick(interestingInts) * BigInt(1 + random(9))) }
}

function randomValue(depth: number): Described {
  switch (random(depth > 0 ? 9 : 6)) {
    case 0:
    case 1:
      return { kind: 'int', n: pick(interestingInts) }
    case 2:
      return { kind: 'float', x: pick(interestingFloats) }
    case 3:
      return { kind: 'string', bytes: randomBytes() }
    case 4:
      return { kind: 'floats', xs: Array.from({ length: random(4) }, () => pick(interestingFloats)) }
    case 5:
      return randomBoxed()
    default:
      return {
        kind: 'block',
        tag: random(3),
        fields: Array.from({ length: 1 + random(4) }, () => randomValue(depth - 1)),
      }
  }
}

/** A value that differs from another one in at most one place. */
function neighbour(value: Described): Described {
  if (value.kind !== 'block' || random(4) === 0) return randomValue(1)
  const at = random(value.fields.length)
  return { ...value, fields: value.fields.map((field, i) => (i === at ? neighbour(field) : field)) }
}

const values = Array.from({ length: 400 }, () => randomValue(4))
const pairs = values.map((value) => [value, pick([neighbour(value), pick(values), value])] as const)

describe('against OCaml', () => {
  test('compare and the polymorphic relations', () => {
    const v = new Values()
    const expected = runOcaml([
      'let s c = if c < 0 then "-1" else if c > 0 then "1" else "0"',
      'let p x y = print_endline (String.concat " " (s (compare x y) :: List.map string_of_bool [x = y; x <> y; x < y; x <= y; x > y; x >= y]))',
      ...pairs.map(([x, y]) => `p ${source(x)} ${source(y)}`),
    ])
    const relations = ['equal', 'notequal', 'lessthan', 'lessequal', 'greaterthan', 'greaterequal']
    const found = pairs.map(([x, y]) => {
      const [a, b] = [v.build(x), v.build(y)]
      const order = v.external('caml_compare', a, b) >> 1n
      return [order, ...relations.map((name) => v.external(`caml_${name}`, a, b) === 3n)].join(' ')
    })
    expect(found).toEqual(expected)
  })

  test('Hashtbl.hash, seeded and with limits', () => {
    const v = new Values()
    const expected = runOcaml([
      'external h : int -> int -> int -> Obj.t -> int = "caml_hash" [@@noalloc]',
      'let p x = Printf.printf "%d %d %d\\n" (h 10 100 0 x) (h 100 300 77 x) (h 3 2 0 x)',
      ...values.map((value) => `p ${source(value)}`),
    ])
    const hash = (count: bigint, limit: bigint, seed: bigint, value: bigint) =>
      v.external('caml_hash', count * 2n + 1n, limit * 2n + 1n, seed * 2n + 1n, value) >> 1n
    const found = values.map((value) => {
      const built = v.build(value)
      return `${hash(10n, 100n, 0n, built)} ${hash(100n, 300n, 77n, built)} ${hash(3n, 2n, 0n, built)}`
    })
    expect(found).toEqual(expected)
  })
})

describe('compare', () => {
  const v = new Values()

  test('refuses functional and abstract values, but not when an earlier field decides', () => {
    const information = (((1n << 32n) | 2n) << 1n) | 1n
    const closure = () => v.words(247, [5n, information])
    const pair = (n: bigint) => v.words(0, [n, closure()])
    expect(v.external('caml_compare', closure(), closure())).toBe(0n)
    expect(v.takeException()).toBe('Invalid_argument: compare: functional value')
    const shared = closure()
    expect(v.external('caml_compare', shared, shared)).toBe(1n)
    expect(v.external('caml_equal', shared, shared)).toBe(0n)
    expect(v.takeException()).toBe('Invalid_argument: compare: functional value')
    expect(v.external('caml_compare', pair(1n), pair(3n))).toBe(-1n)
    expect(v.external('caml_compare', v.words(251, [1n]), v.words(251, [1n]))).toBe(0n)
    expect(v.takeException()).toBe('Invalid_argument: compare: abstract value')
  })

  test('looks through Forward blocks', () => {
    const forward = (value: bigint) => v.words(250, [value])
    expect(v.external('caml_compare', forward(forward(7n)), 7n)).toBe(1n)
    expect(v.external('caml_compare', 5n, forward(7n))).toBe(-1n)
    expect(v.external('caml_hash', 21n, 201n, 1n, forward(7n))).toBe(
      v.external('caml_hash', 21n, 201n, 1n, 7n),
    )
  })

  test('walks lists of a million cells, and raises when the stack has no room for its own', () => {
    const deep = new Values(1 << 24)
    const list = (n: number, last: bigint) => {
      let cell = last
      for (let i = 0; i < n; i++) cell = deep.words(0, [BigInt(2 * i + 1), cell])
      return cell
    }
    expect(deep.external('caml_compare', list(1_000_000, 1n), list(1_000_000, 1n))).toBe(1n)
    expect(deep.external('caml_compare', list(100_000, 1n), list(100_000, 3n))).toBe(-1n)
    const nested = (n: number) => {
      let cell = 1n
      for (let i = 0; i < n; i++) cell = deep.words(0, [cell, 1n])
      return cell
    }
    expect(deep.external('caml_compare', nested(10_000), nested(10_000))).toBe(1n)
    expect(deep.external('caml_compare', nested(200_000), nested(200_000))).toBe(0n)
    expect(deep.takeException()).toBe('Out_of_memory')
  })
})
