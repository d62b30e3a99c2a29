/**
 * Match compilation against the definition of a match: the first row whose patterns match and whose guard holds.
 */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { noRegion } from '../../src/base/region.ts'
import {
  block,
  external,
  freshBinder,
  int,
  letsIn,
  raise,
  string,
  structured,
  variable,
} from '../../src/lambda/build.ts'
import type { Binder, Lambda, Layout } from '../../src/lambda/lambda.ts'
import { compileMatch } from '../../src/lambda/match.ts'
import type { MatchProblem } from '../../src/lambda/match-problem.ts'
import { matchRowByRow } from '../../src/lambda/match-rows.ts'
import { boundVariables, type Family, type Head, type Pat, wild } from '../../src/lambda/pattern.ts'
import { forEachChild, termSize } from '../../src/lambda/traverse.ts'
import { freshIdent, type Ident } from '../../src/typing/ident.ts'
import type { StructuredConstant } from '../../src/typing/typed-tree.ts'
import { evaluateClosed, newMachine } from './evaluator.ts'
import { Block, OCamlException, Text, type Value } from './values.ts'

// ---------------------------------------------------------------------------------------------------------
// A small universe of types:  tree = A | B | C of tree * tree | D of int * string | E of float;
// pair = tree * bool;  tag = [ `X | `Y of tree | .. ];  text = string

type Kind = 'tree' | 'bool' | 'int' | 'string' | 'float' | 'pair' | 'tag' | 'lone'

interface Shape {
  readonly head: Head
  readonly arguments: readonly Kind[]
  readonly value: (args: readonly StructuredConstant[]) => StructuredConstant
}

const immediate = (n: number): StructuredConstant => ({
  kind: 'constant',
  constant: { kind: 'int', value: BigInt(n) },
})
const blockOf =
  (tag: number) =>
  (fields: readonly StructuredConstant[]): StructuredConstant => ({ kind: 'block', tag, fields })

function accessors(args: readonly Kind[], offset = 0): Head['accessors'] {
  return args.map((_, i) => ({ kind: 'field', index: i + offset, layout: 'any', mutable: false }))
}

function variantShape(family: Family, name: string, index: number, args: readonly Kind[]): Shape {
  const constantHead = args.length === 0
  const test = constantHead
    ? ({ kind: 'constant', value: index } as const)
    : ({ kind: 'block', tag: index } as const)
  const head: Head = { family, key: name, test, accessors: accessors(args) }
  return { head, arguments: args, value: constantHead ? () => immediate(index) : blockOf(index) }
}

const treeFamily: Family = { kind: 'variant', constants: 2, blocks: 3 }
const boolFamily: Family = { kind: 'variant', constants: 2, blocks: 0 }

function literal(family: Family, value: StructuredConstant & { kind: 'constant' }): Shape {
  const test = { kind: 'literal', constant: value.constant } as const
  const key = JSON.stringify(value, (_, v) => (typeof v === 'bigint' ? `${v}` : v))
  return { head: { family, key, test, accessors: [] }, arguments: [], value: () => value }
}

const ints = [0, 1, 2, 7].map((n) =>
  literal({ kind: 'int' }, { kind: 'constant', constant: { kind: 'int', value: BigInt(n) } }),
)
const strings = ['', 'a', 'ab'].map((s) =>
  literal({ kind: 'string' }, { kind: 'constant', constant: { kind: 'string', bytes: Buffer.from(s) } }),
)
const floats = [0, 1.5].map((value) =>
  literal({ kind: 'number', type: 'float' }, { kind: 'constant', constant: { kind: 'float', value } }),
)

function tagShape(name: string, hash: number, args: readonly Kind[]): Shape {
  const test = { kind: 'variant', hash, argument: args.length > 0 } as const
  const head: Head = {
    family: { kind: 'polymorphic', all: undefined },
    key: name,
    test,
    accessors: accessors(args, 1),
  }
  const value = (fields: readonly StructuredConstant[]) =>
    args.length === 0 ? immediate(hash) : blockOf(0)([immediate(hash), ...fields])
  return { head, arguments: args, value }
}

function productShape(name: string, args: readonly Kind[]): Shape {
  const head: Head = {
    family: { kind: 'product' },
    key: name,
    test: { kind: 'none' },
    accessors: accessors(args),
  }
  return { head, arguments: args, value: blockOf(0) }
}

const shapes: Readonly<Record<Kind, readonly Shape[]>> = {
  tree: [
    variantShape(treeFamily, 'A', 0, []),
    variantShape(treeFamily, 'B', 1, []),
    variantShape(treeFamily, 'C', 0, ['tree', 'tree']),
    variantShape(treeFamily, 'D', 1, ['int', 'string']),
    variantShape(treeFamily, 'E', 2, ['float']),
  ],
  bool: [variantShape(boolFamily, 'false', 0, []), variantShape(boolFamily, 'true', 1, [])],
  int: ints,
  string: strings,
  float: floats,
  pair: [productShape('pair', ['tree', 'bool'])],
  tag: [tagShape('X', 11, []), tagShape('Y', 12, ['tree']), tagShape('Z', 13, [])],
  lone: [variantShape({ kind: 'variant', constants: 0, blocks: 1 }, 'L', 0, ['tag', 'pair'])],
}

// ---------------------------------------------------------------------------------------------------------
// Generators

type Random = () => number

/** Values of the universe, biased to small ones. */
function randomValue(kind: Kind, random: Random, depth: number): StructuredConstant {
  const all = shapes[kind]
  const usable = depth > 0 ? all : all.filter((s) => s.arguments.length === 0)
  const shape = (usable.length > 0 ? usable : all)[
    Math.floor(random() * (usable.length || all.length))
  ] as Shape
  return shape.value(shape.arguments.map((k) => randomValue(k, random, depth - 1)))
}

/** `variables` are bound exactly once in the pattern. */
function randomPattern(kind: Kind, random: Random, depth: number, variables: readonly Ident[]): Pat {
  const [first, ...rest] = variables
  const roll = random()
  if (first !== undefined && (depth <= 0 || roll < 0.2)) {
    return { kind: 'bind', ident: first, layout: 'any', pattern: randomPattern(kind, random, depth, rest) }
  }
  if (depth <= 0 || roll < 0.4) return wild
  if (roll < 0.55) {
    const count = 2 + Math.floor(random() * 2)
    const alternatives = Array.from({ length: count }, () =>
      randomPattern(kind, random, depth - 1, variables),
    )
    return { kind: 'or', alternatives }
  }
  return randomHead(kind, random, depth, variables)
}

function randomHead(kind: Kind, random: Random, depth: number, variables: readonly Ident[]): Pat {
  const usable = variables.length === 0 ? shapes[kind] : shapes[kind].filter((s) => s.arguments.length > 0)
  const shape = usable[Math.floor(random() * usable.length)]
  if (shape === undefined) return randomPattern(kind, random, 0, variables)
  const owner = Math.floor(random() * shape.arguments.length)
  const args = shape.arguments.map((k, i) =>
    randomPattern(k, random, depth - 1, i === owner ? variables : []),
  )
  return { kind: 'head', head: shape.head, arguments: args }
}

/** A pattern binds a variable in every alternative or in none: wildcards that lost theirs get it here. */
function completes(pattern: Pat, variables: readonly Ident[]): boolean {
  const bound = new Set(boundVariables(pattern).map((v) => v.ident.stamp))
  if (variables.some((v) => !bound.has(v.stamp))) return false
  return pattern.kind === 'or' ? pattern.alternatives.every((p) => completes(p, variables)) : true
}

function everyAlternativeBinds(pattern: Pat): boolean {
  switch (pattern.kind) {
    case 'wild':
      return true
    case 'bind':
      return everyAlternativeBinds(pattern.pattern)
    case 'head':
      return pattern.arguments.every(everyAlternativeBinds)
    case 'or': {
      const idents = boundVariables(pattern).map((v) => v.ident)
      return (
        pattern.alternatives.every((p) => completes(p, idents) && everyAlternativeBinds(p)) &&
        sameCount(pattern)
      )
    }
  }
}

function sameCount(pattern: Pat & { kind: 'or' }): boolean {
  return new Set(pattern.alternatives.map((p) => boundVariables(p).length)).size === 1
}

interface Example {
  readonly kinds: readonly Kind[]
  readonly rows: readonly { readonly patterns: readonly Pat[]; readonly guarded: boolean }[]
  readonly values: readonly (readonly StructuredConstant[])[]
  /** Bit i: the guard of row i holds. */
  readonly guards: number
}

function mulberry(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

function randomRow(kinds: readonly Kind[], random: Random): Pat[] {
  const names = ['x', 'y'].slice(0, Math.floor(random() * 3)).map(freshIdent)
  for (;;) {
    const split = Math.floor(random() * kinds.length)
    const patterns = kinds.map((k, i) => randomPattern(k, random, 3, i === split ? names : []))
    if (patterns.every(everyAlternativeBinds)) return patterns
  }
}

function makeExample(seed: number): Example {
  const random = mulberry(seed)
  const all: Kind[] = ['tree', 'tree', 'tree', 'bool', 'pair', 'tag', 'lone', 'int', 'string']
  const kinds = Array.from(
    { length: 1 + Math.floor(random() * 3) },
    () => all[Math.floor(random() * all.length)] as Kind,
  )
  const rows = Array.from({ length: 1 + Math.floor(random() * 6) }, () => ({
    patterns: randomRow(kinds, random),
    guarded: random() < 0.25,
  }))
  const values = Array.from({ length: 40 }, () => kinds.map((k) => randomValue(k, random, 3)))
  return { kinds, rows, values, guards: Math.floor(random() * 256) }
}

// ---------------------------------------------------------------------------------------------------------
// The definition

type Bindings = Map<number, StructuredConstant>

/** The bindings, or undefined when the pattern does not match. */
function match(pattern: Pat, value: StructuredConstant, kind: Kind): Bindings | undefined {
  switch (pattern.kind) {
    case 'wild':
      return new Map()
    case 'bind':
      return match(pattern.pattern, value, kind)?.set(pattern.ident.stamp, value)
    case 'or':
      for (const alternative of pattern.alternatives) {
        const found = match(alternative, value, kind)
        if (found !== undefined) return found
      }
      return undefined
    case 'head':
      return matchHead(pattern, value, kind)
  }
}

function matchHead(
  pattern: Pat & { kind: 'head' },
  value: StructuredConstant,
  kind: Kind,
): Bindings | undefined {
  const shape = shapes[kind].find((s) => s.head.key === pattern.head.key) as Shape
  const fields = fieldsOf(shape, value)
  if (fields === undefined) return undefined
  return merge(
    pattern.arguments.map((p, i) => match(p, fields[i] as StructuredConstant, shape.arguments[i] as Kind)),
  )
}

function fieldsOf(shape: Shape, value: StructuredConstant): readonly StructuredConstant[] | undefined {
  const show = (v: StructuredConstant) => JSON.stringify(v, (_, x) => (typeof x === 'bigint' ? `${x}` : x))
  if (shape.arguments.length === 0) return show(shape.value([])) === show(value) ? [] : undefined
  if (value.kind !== 'block') return undefined
  const offset = value.fields.length - shape.arguments.length
  const fields = value.fields.slice(offset)
  return offset >= 0 && show(shape.value(fields)) === show(value) ? fields : undefined
}

function merge(parts: readonly (Bindings | undefined)[]): Bindings | undefined {
  const all: Bindings = new Map()
  for (const part of parts) {
    if (part === undefined) return undefined
    for (const [stamp, value] of part) all.set(stamp, value)
  }
  return all
}

function expected(example: Example, values: readonly StructuredConstant[]): Lambda {
  for (const [i, row] of example.rows.entries()) {
    const found = merge(
      row.patterns.map((p, j) => match(p, values[j] as StructuredConstant, example.kinds[j] as Kind)),
    )
    if (found === undefined || (row.guarded && ((example.guards >> i) & 1) === 0)) continue
    const variables = row.patterns.flatMap(boundVariables)
    return block(
      i,
      true,
      variables.map((v) => structured(found.get(v.ident.stamp) as StructuredConstant)),
    )
  }
  return string('failed')
}

// ---------------------------------------------------------------------------------------------------------

function problemOf(example: Example, subjects: readonly Binder[]): MatchProblem {
  const rows = example.rows.map((row, i) => ({
    patterns: row.patterns,
    guard: row.guarded ? external('guard', ['int'], 'int', [int(i)]) : undefined,
    body: block(
      i,
      true,
      row.patterns.flatMap(boundVariables).map((v) => variable(v.ident)),
    ),
  }))
  return { subjects, rows, failure: raise(string('failed'), noRegion), layout: 'any', leftToRight: false }
}

function run(example: Example, term: Lambda): Value {
  const guard = (_: unknown, args: readonly Value[]): Value => BigInt((example.guards >> Number(args[0])) & 1)
  const machine = newMachine(new Map([['guard', guard]]))
  try {
    return evaluateClosed(machine, term)
  } catch (thrown) {
    if (thrown instanceof OCamlException) return thrown.value
    throw thrown
  }
}

function plain(value: Value): unknown {
  if (value instanceof Block) return { tag: value.tag, fields: value.fields.map(plain) }
  return value instanceof Text ? String(value) : value
}

function check(example: Example, compile: (problem: MatchProblem) => Lambda): void {
  const subjects = example.kinds.map((_, i) => freshBinder(`s${i}`, 'any' as Layout))
  const compiled = compile(problemOf(example, subjects))
  expectUniqueBinders(compiled)
  for (const values of example.values) {
    const bound = letsIn(
      subjects.map((s, i) => [s, structured(values[i] as StructuredConstant)] as const),
      compiled,
    )
    expect(plain(run(example, bound))).toEqual(plain(run(example, expected(example, values))))
  }
}

function expectUniqueBinders(term: Lambda): void {
  const seen = new Set<number>()
  const visit = (t: Lambda): void => {
    const idents =
      t.kind === 'let' ? [t.binder.ident] : t.kind === 'staticCatch' ? t.parameters.map((p) => p.ident) : []
    for (const ident of idents) {
      expect(seen.has(ident.stamp), `${ident.name} is bound twice`).toBe(false)
      seen.add(ident.stamp)
    }
    forEachChild(t, visit)
  }
  visit(term)
}

describe('match compilation', { timeout: 300_000 }, () => {
  it('agrees with first-match semantics (decision trees)', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => check(makeExample(seed), compileMatch)),
      { numRuns: 1500 },
    )
  })

  it('agrees with first-match semantics (row by row)', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => check(makeExample(seed), matchRowByRow)),
      { numRuns: 500 },
    )
  })

  it('stays small where decision trees are exponential', () => {
    const width = 24
    const kinds: Kind[] = Array.from({ length: width }, () => 'bool')
    const [no, yes] = shapes.bool.map((s): Pat => ({ kind: 'head', head: s.head, arguments: [] })) as [
      Pat,
      Pat,
    ]
    const rows = Array.from({ length: width }, (_, i) => ({
      patterns: kinds.map((_, j): Pat => (j === i ? yes : j === (i * 7 + 3) % width ? no : wild)),
      guarded: false,
    }))
    const subjects = kinds.map((_, i) => freshBinder(`b${i}`, 'int' as Layout))
    const term = compileMatch(problemOf({ kinds, rows, values: [], guards: 0 }, subjects))
    expect(termSize(term)).toBeLessThan(5000)
  })

  it('shares bodies of or-patterns that bind variables in every column', () => {
    const width = 14
    const kinds: Kind[] = Array.from({ length: width }, () => 'tree')
    const row = kinds.map((): Pat => {
      const x = freshIdent('x')
      const bind: Pat = { kind: 'bind', ident: x, layout: 'any', pattern: wild }
      const shape = (key: string) => (shapes.tree.find((s) => s.head.key === key) as Shape).head
      return {
        kind: 'or',
        alternatives: [
          { kind: 'head', head: shape('C'), arguments: [bind, wild] },
          { kind: 'head', head: shape('D'), arguments: [wild, bind] },
        ],
      }
    })
    const subjects = kinds.map((_, i) => freshBinder(`t${i}`, 'any' as Layout))
    const term = compileMatch(
      problemOf({ kinds, rows: [{ patterns: row, guarded: false }], values: [], guards: 0 }, subjects),
    )
    expect(termSize(term)).toBeLessThan(2000)
  })
})
