/**
 * Warning 57: a guard looks at a variable that an or-pattern can bind in several ways. Only one of them is tried: of the
 * alternatives that match a value, the first decides, and when the guard refuses it the others are not asked.
 *
 * A variable is stable when, whatever the value, all alternatives that match it bind the variable at the same place. The
 * rows of the matrix are the alternatives; each remembers what was bound at every place that it has gone through.
 * Rows of earlier cases without a guard bind nothing: what they match does not come here.
 *
 * Reference: G. Scherer, L. Maranget, T. Réfis, "Ambiguous pattern variables" (2016).
 */

import { type Budget, isComplete } from './exhaustiveness-matrix.ts'
import { type Head, headArity, headKey, headOf } from './exhaustiveness-patterns.ts'
import type { Ident } from './ident.ts'
import type { Pattern } from './typed-tree.ts'

/** `undefined` is `_`. */
type Column = Pattern | undefined

interface Row {
  readonly columns: readonly Column[]
  /** What is bound at each place so far; undefined for a row of an earlier case. */
  readonly bound: readonly ReadonlySet<Ident>[] | undefined
}

/** A row whose first column is taken apart. */
interface OpenRow {
  readonly head: Head | undefined
  readonly arguments: readonly Column[]
  readonly rest: readonly Column[]
  readonly bound: Row['bound']
}

/** `all`: no value comes here, so no variable is bound in two ways. */
type Stable = ReadonlySet<Ident> | 'all'

const maxSteps = 20_000

/** The variables among `used` that the pattern can bind in several ways to one value, in the order in which they are bound. */
export function ambiguousVariables(
  before: readonly Pattern[],
  pattern: Pattern,
  used: readonly Ident[],
): readonly Ident[] {
  const earlier = before.map((each): Row => ({ columns: [each], bound: undefined }))
  const stable = stableVariables([...earlier, { columns: [pattern], bound: [] }], { steps: maxSteps })
  if (stable === 'all') return []
  return used.filter((ident) => !stable.has(ident)).sort((a, b) => a.stamp - b.stamp)
}

function stableVariables(rows: readonly Row[], budget: Budget): Stable {
  budget.steps -= 1
  if (budget.steps < 0 || rows.every(({ bound }) => bound === undefined)) return 'all'
  if (rows[0]?.columns.length === 0) return boundAlike(rows)
  const open = rows.flatMap(openRow)
  const heads = new Map(
    open.flatMap(({ head }) => (head === undefined ? [] : [[headKey(head), head] as const])),
  )
  const kinds = new Set([...heads.values()].map(({ kind }) => kind))
  if (kinds.size > 1) return 'all'
  const parts = [...heads.values()].map((head) => stableVariables(specialise(open, head), budget))
  if (!isComplete([...heads.values()])) parts.push(stableVariables(withoutHead(open), budget))
  return parts.reduce(inBoth, 'all')
}

/** All rows match the same values: a variable is stable when they all bind it at one place. */
function boundAlike(rows: readonly Row[]): Stable {
  const places = rows.map(({ bound }) => bound)
  const [first = []] = places
  if (places.includes(undefined)) return 'all'
  const stable = first.flatMap((names, place) =>
    [...names].filter((name) => places.every((bound) => bound?.[place]?.has(name))),
  )
  return new Set(stable)
}

function inBoth(a: Stable, b: Stable): Stable {
  if (a === 'all') return b
  return b === 'all' ? a : new Set([...a].filter((ident) => b.has(ident)))
}

/** The alternatives of the first column, each with what it binds there. */
function openRow({ columns, bound }: Row): OpenRow[] {
  const [first, ...rest] = columns
  const open = (pattern: Column, names: readonly Ident[]): OpenRow[] => {
    if (pattern?.kind === 'or') return [...open(pattern.left, names), ...open(pattern.right, names)]
    if (pattern?.kind === 'alias') return open(pattern.pattern, [...names, pattern.ident])
    const here = pattern?.kind === 'variable' ? [...names, pattern.ident] : names
    const row = { rest, bound: bound && [...bound, new Set(here)] }
    if (pattern === undefined || pattern.kind === 'any' || pattern.kind === 'variable')
      return [{ ...row, head: undefined, arguments: [] }]
    return [{ ...row, ...headOf(pattern) }]
  }
  return open(first, [])
}

function specialise(rows: readonly OpenRow[], head: Head): Row[] {
  const wild = Array.from({ length: headArity(head) }, () => undefined)
  return rows.flatMap(({ head: own, arguments: args, rest, bound }): Row[] => {
    if (own === undefined) return [{ columns: [...wild, ...rest], bound }]
    return headKey(own) === headKey(head) ? [{ columns: [...args, ...rest], bound }] : []
  })
}

function withoutHead(rows: readonly OpenRow[]): Row[] {
  return rows.flatMap(({ head, rest, bound }) => (head === undefined ? [{ columns: rest, bound }] : []))
}
