/** Random values of random types go into OCaml and come back as they were. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Root } from '../../src/index.ts'
import { arbitraryShape, type Shape, typeText } from '../bridge/arbitrary-type.ts'
import { engineOf, often } from './engine-of.ts'

const near = (bits: number): fc.Arbitrary<bigint> =>
  fc.bigInt(-(2n ** BigInt(bits - 1)), 2n ** BigInt(bits - 1) - 1n)

const leaves = {
  int: fc.oneof(near(8), near(32), near(63)).map((n) => (Number.isSafeInteger(Number(n)) ? Number(n) : n)),
  char: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
  int32: near(32).map(Number),
  int64: fc.oneof(near(8), near(64)),
  nativeint: fc.oneof(near(8), near(64)),
  float: fc.double(),
  bool: fc.boolean(),
  unit: fc.constant(undefined),
  string: fc.string({ unit: 'binary', maxLength: 20 }),
  bytes: fc.uint8Array({ maxLength: 20 }).map((bytes) => Uint8Array.from(bytes)),
}

type Constructor = Extract<Shape, { kind: 'variant' }>['constructors'][number]

function tagged(c: Constructor, index: number, isPolymorphic: boolean): fc.Arbitrary<unknown> {
  const tag = `C${index}Case`
  if (c.arguments.length === 0) return fc.constant({ tag })
  return fc
    .tuple(...c.arguments.map(valuesOf))
    .map((parts) => ({ tag, args: argumentsOf(c, parts, isPolymorphic) }))
}

/** The argument of a polymorphic variant that is a tuple is several. */
function argumentsOf(c: Constructor, parts: readonly unknown[], isPolymorphic: boolean): readonly unknown[] {
  if (isPolymorphic)
    return parts.length === 1 && c.arguments[0]?.kind === 'tuple' ? (parts[0] as unknown[]) : parts
  if (c.form === 'inline') return [Object.fromEntries(parts.map((part, i) => [`f${i}`, part]))]
  return c.form === 'tuple' && parts.length > 1 ? [parts] : parts
}

function valuesOf(shape: Shape): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case 'erlang':
      throw new Error('no value of JavaScript')
    case 'leaf':
      return leaves[shape.type]
    case 'list':
    case 'array':
      return fc.array(valuesOf(shape.element), { maxLength: 6 })
    case 'option': {
      const { element } = shape
      const isWrapped = element.kind === 'option' || (element.kind === 'leaf' && element.type === 'unit')
      const some = valuesOf(element).map((value) => (isWrapped ? { some: value } : value))
      return fc.oneof(fc.constant(undefined), some)
    }
    case 'tuple':
      return fc.tuple(...shape.parts.map(valuesOf))
    case 'record':
      return fc
        .tuple(...shape.fields.map(valuesOf))
        .map((parts) => Object.fromEntries(parts.map((part, i) => [`f${i}`, part])))
    case 'variant':
    case 'polymorphic':
      return fc.oneof(...shape.constructors.map((c, i) => tagged(c, i, shape.kind === 'polymorphic')))
    case 'tree':
      return fc.letrec<{ tree: unknown }>((tie) => ({
        tree: fc.oneof(
          { maxDepth: 4 },
          fc.constant({ tag: 'Leaf' }),
          fc.tuple(tie('tree'), valuesOf(shape.element), tie('tree')).map((args) => ({ tag: 'Node', args })),
        ),
      })).tree
  }
}

describe('conversions', () => {
  it('bring every value back', () => {
    const cases = arbitraryShape.chain((shape) =>
      fc.record({
        shape: fc.constant(shape),
        values: fc.array(valuesOf(shape), { minLength: 1, maxLength: 4 }),
      }),
    )
    fc.assert(
      fc.property(cases, ({ shape, values }) => {
        const { declarations, type } = typeText(shape)
        const engine = engineOf(
          `${declarations}
          let id (x : ${type}) = x
          let twice (x : ${type}) = (x, x)
          external host : (${type}) -> (${type}) = "host"
          let through x = host x`,
          {},
          { host: (x: unknown) => x },
        )
        for (const value of values) {
          expect(engine.call('M', 'id', value)).toEqual(value)
          expect(engine.call('M', 'twice', value)).toEqual([value, value])
          expect(engine.call('M', 'through', value)).toEqual(value)
        }
      }),
      { numRuns: often(60) },
    )
  })

  it('give large values as they are, with roots in them', () => {
    const engine = engineOf(`
      type item = { id : int; name : string; next : (int -> int) option }
      let id (x : item array) = x
      let adder n = Some (fun x -> x + n)
      let sum (x : item array) = Array.fold_left (fun n i -> match i.next with Some f -> f n | None -> n) 0 x`)
    const count = often(20_000)
    const items = Array.from({ length: count }, (_, id) => ({ id, name: `item ${id}`, next: undefined }))
    expect(engine.call('M', 'id', items)).toEqual(items)
    const next = engine.call('M', 'adder', 5) as Root
    const withRoots = items.map((item) => ({ ...item, next }))
    expect(engine.call('M', 'sum', withRoots)).toBe(5 * count)
    next.delete()
  })

  it('take maps and hash tables', () => {
    const engine = engineOf(`
      module Names = Map.Make (String)
      let bump (m : int Names.t) = Names.add "new" 1 (Names.map succ m)
      let count (t : (int, string) Hashtbl.t) = Hashtbl.replace t 1 "one"; Hashtbl.length t, t`)
    const names = new Map(Array.from({ length: 50 }, (_, i) => [`k${i}`, i]))
    const bumped = engine.call('M', 'bump', names) as Map<string, number>
    expect([bumped.size, bumped.get('k7'), bumped.get('new')]).toEqual([51, 8, 1])
    expect(engine.call('M', 'count', new Map([[5, 'five']]))).toEqual([
      2,
      new Map([
        [5, 'five'],
        [1, 'one'],
      ]),
    ])
    expect(() =>
      engine.call(
        'M',
        'bump',
        new Map<unknown, number>([
          ['a', 1],
          [new Uint8Array([97]), 2],
        ]),
      ),
    ).toThrow('two keys are equal in OCaml')
  })

  it('run getters and proxies once, before anything is built', () => {
    const engine = engineOf(
      'type r = { a : int array; b : string } let id (x : r) = x let n = ref 0 let bump () = incr n; !n',
    )
    let reads = 0
    const value = {
      get a(): number[] {
        reads += 1
        engine.call('M', 'bump')
        return Array(reads).fill(reads)
      },
      b: 'x',
    }
    expect(engine.call('M', 'id', value)).toEqual({ a: [1], b: 'x' })
    expect(reads).toBe(1)
    const cyclic: Record<string, unknown> = { b: 'x' }
    cyclic['a'] = cyclic
    expect(() => engine.call('M', 'id', cyclic)).toThrow('field "a": expected an array, got an object')
  })

  it('end for cyclic and deep values', () => {
    const engine = engineOf(`
      type t = Leaf | Node of t * int
      let rec ones = 1 :: ones
      let rec cycle = Node (cycle, 1)
      let rec deep n = if n = 0 then Leaf else Node (deep (n - 1), n)
      let id (x : t) = x`)
    expect(() => engine.value('M', 'ones')).toThrow('the list is cyclic')
    expect(() => engine.value('M', 'cycle')).toThrow('nested deeper than')
    expect(engine.call('M', 'deep', 400)).toMatchObject({ tag: 'Node' })
    const knot: { tag: string; args: unknown[] } = { tag: 'Node', args: [] }
    knot.args = [knot, 1]
    expect(() => engine.call('M', 'id', knot)).toThrow('nested deeper than')
  })

  it('nest in last parts without end', () => {
    const engine = engineOf(`
      type chain = End | Link of int * chain
      type r = { v : int; next : r option }
      type 'a seq = Nil | Cons of { head : 'a; tail : 'a seq }
      let rec make n acc = if n = 0 then acc else make (n - 1) (Link (n, acc))
      let chain n = make n End
      let rec length n = function End -> n | Link (_, c) -> length (n + 1) c
      let chain_length c = length 0 c
      let id_r (x : r) = x
      let id_seq (x : string seq) = x
      let rec round = Link (1, Link (2, round))
      let rec own = { v = 1; next = Some own }`)
    const count = often(50_000)
    const chain = engine.call('M', 'chain', count)
    expect(engine.call('M', 'chain_length', chain)).toBe(count)
    expect(() => engine.value('M', 'round')).toThrow('the value is cyclic')
    expect(() => engine.value('M', 'own')).toThrow('the value is cyclic')
    let r: { v: number; next: unknown } = { v: 0, next: undefined }
    for (let v = 1; v < count; v++) r = { v, next: r }
    let copy: unknown = engine.call('M', 'id_r', r)
    for (let v = count - 1; v >= 0; v--) {
      expect((copy as typeof r).v).toBe(v)
      copy = (copy as typeof r).next
    }
    const knot: { v: number; next: unknown } = { v: 1, next: undefined }
    knot.next = { v: 2, next: knot }
    expect(() => engine.call('M', 'id_r', knot)).toThrow('the value is cyclic')
    const seq = {
      tag: 'Cons',
      args: [{ head: 'a', tail: { tag: 'Cons', args: [{ head: 'b', tail: { tag: 'Nil' } }] } }],
    }
    expect(engine.call('M', 'id_seq', seq)).toEqual(seq)
    expect(() => engine.call('M', 'id_r', { v: 1, next: { v: 2, next: { v: 'x' } } })).toThrow(
      'argument 1, field "next", field "next", field "v": expected an integer of 63 bits',
    )
  })

  it('refuse text that is not text', () => {
    const engine = engineOf(
      'let raw () = "\\xff" let raw_bytes () = Bytes.of_string "\\xff" let id (x : string) = x',
    )
    expect(() => engine.call('M', 'raw')).toThrow('result: the string is not UTF-8')
    expect(engine.call('M', 'raw_bytes')).toEqual(new Uint8Array([255]))
    expect(() => engine.call('M', 'id', '\ud800')).toThrow('half a surrogate pair')
    expect(engine.call('M', 'id', new Uint8Array([97]))).toBe('a')
  })
})
