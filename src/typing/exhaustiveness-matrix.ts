/**
 * Usefulness and counterexamples of pattern matrices: L. Maranget, "Warnings for pattern matching" (2007).
 *
 * Both are exponential in the worst case, so both take a budget of steps; when it is spent the answer is the one
 * that makes no warning.
 */

import {
  any,
  type Head,
  headArity,
  headKey,
  otherPattern,
  type Simple,
  variantPath,
} from './exhaustiveness-patterns.ts'
import { type Path, samePath } from './ident.ts'

type Vector = readonly Simple[]
type Matrix = readonly Vector[]

export interface Budget {
  steps: number
}

/** Rows with the alternatives of their first pattern apart. */
function splitFirst(rows: Matrix): Matrix {
  if (!rows.some((row) => row[0]?.kind === 'or')) return rows
  return rows.flatMap((row): Matrix => {
    const [first, ...rest] = row
    return first?.kind === 'or' ? splitFirst(first.alternatives.map((p) => [p, ...rest])) : [row]
  })
}

/** The heads of the first column, in order of appearance. */
function firstHeads(rows: Matrix): Head[] {
  const found = new Map<string, Head>()
  for (const [first] of rows) {
    if (first?.kind === 'head' && !found.has(headKey(first.head))) found.set(headKey(first.head), first.head)
  }
  return [...found.values()]
}

function specialise(rows: Matrix, head: Head): Matrix {
  const key = headKey(head)
  const wild = Array.from({ length: headArity(head) }, () => any)
  const specialised: Vector[] = []
  for (const row of rows) {
    const [first] = row
    if (first?.kind === 'any') specialised.push([...wild, ...row.slice(1)])
    else if (first?.kind === 'head' && headKey(first.head) === key)
      specialised.push([...first.arguments, ...row.slice(1)])
  }
  return specialised
}

function defaultRows(rows: Matrix): Matrix {
  return rows.flatMap(([first, ...rest]) => (first?.kind === 'any' ? [rest] : []))
}

/**
 * Whether some value matches `vector` and no row; of the variant type `grown`, if it is given, there are more
 * constructors than are known.
 */
export function isUseful(rows: Matrix, vector: Vector, budget: Budget, grown?: Path): boolean {
  budget.steps -= 1
  if (budget.steps < 0 || rows.length === 0) return true
  const [first, ...rest] = vector
  if (first === undefined) return false
  const split = splitFirst(rows)
  switch (first.kind) {
    case 'or':
      return first.alternatives.some((p) => isUseful(split, [p, ...rest], budget, grown))
    case 'head':
      return isUseful(specialise(split, first.head), [...first.arguments, ...rest], budget, grown)
    case 'any':
      return isWildUseful(split, rest, budget, grown)
  }
}

function isWildUseful(rows: Matrix, rest: Vector, budget: Budget, grown: Path | undefined): boolean {
  const heads = firstHeads(rows)
  const inside = heads.some((head) => {
    const args = Array.from({ length: headArity(head) }, () => any)
    return isUseful(specialise(rows, head), [...args, ...rest], budget, grown)
  })
  if (inside) return true
  if (isComplete(heads) && !isOfType(heads[0] as Head, grown)) return false
  return isUseful(defaultRows(rows), rest, budget, grown)
}

/** Whether every value has one of the heads. */
export function isComplete(heads: readonly Head[]): boolean {
  return heads.length > 0 && otherPattern(heads) === undefined
}

function isOfType(head: Head, path: Path | undefined): boolean {
  const own = path === undefined ? undefined : variantPath(head)
  return own !== undefined && path !== undefined && samePath(own, path)
}

/** Vectors of `width` patterns that no row matches: first those under the heads of the first column. */
export function* unmatched(rows: Matrix, width: number, budget: Budget): Generator<Vector> {
  budget.steps -= 1
  if (budget.steps < 0) return
  if (rows.length === 0) {
    yield Array.from({ length: width }, () => any)
    return
  }
  if (width === 0) return
  const split = splitFirst(rows)
  const heads = firstHeads(split)
  for (const head of heads) {
    const arity = headArity(head)
    for (const found of unmatched(specialise(split, head), arity + width - 1, budget)) {
      yield [{ kind: 'head', head, arguments: found.slice(0, arity) }, ...found.slice(arity)]
    }
  }
  const other = heads.length === 0 ? any : otherPattern(heads)
  if (other === undefined) return
  for (const found of unmatched(defaultRows(split), width - 1, budget)) yield [other, ...found]
}

/**
 * Vectors that match `vector` and no row: for a wildcard first those outside the constructors that the rows have, in
 * the order in which OCaml looks for a value that reaches a refuted case.
 */
export function* reaching(rows: Matrix, vector: Vector, budget: Budget): Generator<Vector> {
  budget.steps -= 1
  if (budget.steps < 0) return
  const [first, ...rest] = vector
  if (first === undefined) {
    if (rows.length === 0) yield []
    return
  }
  const split = splitFirst(rows)
  switch (first.kind) {
    case 'or':
      for (const p of first.alternatives) yield* reaching(split, [p, ...rest], budget)
      return
    case 'head':
      yield* reachingHead(split, first.head, first.arguments, rest, budget)
      return
    case 'any':
      yield* reachingAny(split, rest, budget)
  }
}

function* reachingHead(
  rows: Matrix,
  head: Head,
  args: Vector,
  rest: Vector,
  budget: Budget,
): Generator<Vector> {
  for (const found of reaching(specialise(rows, head), [...args, ...rest], budget)) {
    yield [{ kind: 'head', head, arguments: found.slice(0, args.length) }, ...found.slice(args.length)]
  }
}

function* reachingAny(rows: Matrix, rest: Vector, budget: Budget): Generator<Vector> {
  const heads = firstHeads(rows)
  const other = heads.length === 0 ? any : otherPattern(heads)
  const constructors = heads[0]?.kind === 'construct'
  if (other !== undefined) {
    for (const found of reaching(defaultRows(rows), rest, budget))
      yield [constructors ? other : any, ...found]
  }
  if (other !== undefined && !constructors) return
  for (const head of heads) {
    const args = Array.from({ length: headArity(head) }, () => any)
    yield* reachingHead(rows, head, args, rest, budget)
  }
}

/** Whether some value matches both. */
export function areCompatible(a: Simple, b: Simple): boolean {
  if (a.kind === 'any' || b.kind === 'any') return true
  if (a.kind === 'or') return a.alternatives.some((p) => areCompatible(p, b))
  if (b.kind === 'or') return b.alternatives.some((p) => areCompatible(a, p))
  if (headKey(a.head) !== headKey(b.head)) return a.head.kind === 'other' || b.head.kind === 'other'
  return a.arguments.every((p, i) => areCompatible(p, b.arguments[i] ?? any))
}
