/**
 * Pattern matrices to decision trees: L. Maranget, "Compiling Pattern Matching to Good Decision Trees" (2008).
 *
 *       occurrences   o1    o2   …
 *       row 1         p11   p12  …  → action 1
 *       row 2         p21   p22  …  → action 2
 *
 * A matrix is tested on one column: each head of the column leads to the specialised matrix, everything else to
 * the default matrix. Columns are chosen among those that the first row needs (so nothing is tested in
 * vain), by the longest prefix of rows that need it, then by fewest branches, then by arity; where types of columns
 * depend on columns before them, from left to right.
 *
 * Equal matrices are compiled once: the result is a graph. Where that does not keep it small, `decide`
 * gives up and the caller tests row by row.
 *
 * Invariants: no pattern of a matrix is a `bind` (bindings are in the row); no column is all wildcards.
 */

import { freshIdent, type Ident } from '../typing/ident.ts'
import type { Layout } from './lambda.ts'
import {
  type Accessor,
  familyKey,
  type Head,
  headKey,
  isCompleteSet,
  type Pat,
  patternSize,
  wild,
} from './pattern.ts'

/** A place in the value that is matched. */
export class Occurrence {
  readonly id: number
  readonly ident: Ident
  readonly layout: Layout
  readonly parent: Occurrence | undefined
  readonly accessor: Accessor
  private readonly children = new Map<string, Occurrence>()

  constructor(ident: Ident, layout: Layout, parent?: Occurrence, accessor: Accessor = { kind: 'self' }) {
    Occurrence.lastId += 1
    this.id = Occurrence.lastId
    this.ident = ident
    this.layout = layout
    this.parent = parent
    this.accessor = accessor
  }

  private static lastId = 0

  /** The places of a head's arguments. */
  argumentsOf(head: Head): Occurrence[] {
    return head.accessors.map((accessor, i) => {
      const key = `${headKey(head)}.${i}`
      const known = this.children.get(key)
      if (known !== undefined) return known
      const made = new Occurrence(freshIdent(this.ident.name), accessorLayout(accessor), this, accessor)
      this.children.set(key, made)
      return made
    })
  }
}

function accessorLayout(accessor: Accessor): Layout {
  if (accessor.kind === 'self') return 'any'
  return accessor.kind === 'float-field' ? 'float' : accessor.layout
}

export interface Binding {
  readonly ident: Ident
  readonly layout: Layout
  readonly occurrence: Occurrence
}

export interface Row {
  readonly patterns: readonly Pat[]
  readonly bindings: readonly Binding[]
  readonly action: number
  readonly guarded: boolean
}

interface Matrix {
  readonly occurrences: readonly Occurrence[]
  readonly rows: readonly Row[]
}

/** A node of the decision graph. `inputs` are the places that it may look at. */
export type Decision =
  | { readonly kind: 'fail' }
  | { readonly kind: 'leaf'; readonly action: number; readonly bindings: readonly Binding[] }
  | {
      readonly kind: 'guard'
      readonly action: number
      readonly bindings: readonly Binding[]
      readonly otherwise: Decision
      readonly inputs: readonly Occurrence[]
    }
  | {
      readonly kind: 'test'
      readonly occurrence: Occurrence
      readonly branches: readonly { readonly head: Head; readonly then: Decision }[]
      readonly otherwise: Decision | undefined
      readonly inputs: readonly Occurrence[]
    }

const failure: Decision = { kind: 'fail' }

/** Undefined when the graph would be too large for what the patterns are. */
export function decide(
  occurrences: readonly Occurrence[],
  rows: readonly Row[],
  leftToRight: boolean,
): Decision | undefined {
  const size = rows.reduce((sum, row) => sum + row.patterns.reduce((n, p) => n + patternSize(p), 0), 0)
  const builder = new DecisionBuilder(200 + 8 * size, leftToRight)
  const root = builder.compile({ occurrences, rows })
  return builder.exhausted ? undefined : root
}

class DecisionBuilder {
  exhausted = false
  private budget: number
  private readonly leftToRight: boolean
  private readonly memo = new Map<string, Decision>()
  private readonly patternIds = new Map<Pat, number>()

  constructor(budget: number, leftToRight: boolean) {
    this.budget = budget
    this.leftToRight = leftToRight
  }

  compile(matrix: Matrix): Decision {
    const normal = normalise(matrix)
    const key = this.key(normal)
    const known = this.memo.get(key)
    if (known !== undefined) return known
    this.budget -= 1
    if (this.budget < 0) this.exhausted = true
    const made = this.exhausted ? failure : this.make(normal)
    this.memo.set(key, made)
    return made
  }

  private make(matrix: Matrix): Decision {
    const first = matrix.rows[0]
    if (first === undefined) return failure
    if (first.patterns.some((p) => p.kind !== 'wild'))
      return this.test(matrix, chooseColumn(matrix, this.leftToRight))
    const { action, bindings } = first
    if (!first.guarded) return { kind: 'leaf', action, bindings }
    const otherwise = this.compile({ occurrences: matrix.occurrences, rows: matrix.rows.slice(1) })
    return { kind: 'guard', action, bindings, otherwise, inputs: inputsOf(matrix) }
  }

  private test(matrix: Matrix, column: number): Decision {
    const occurrence = matrix.occurrences[column] as Occurrence
    const groups = headsOf(matrix, column)
    const heads = groups.map(firstHead)
    const { family } = heads[0] as Head
    if (family.kind === 'product') return this.compile(specialise(matrix, column, heads))
    const branches = groups.map((group, i) => {
      const later = family.kind === 'extension' ? heads.slice(i + 1) : []
      return { head: firstHead(group), then: this.compile(specialise(matrix, column, group, later)) }
    })
    const complete = isCompleteSet(heads)
    const otherwise = complete ? undefined : this.compile(defaultMatrix(matrix, column))
    return { kind: 'test', occurrence, branches, otherwise, inputs: inputsOf(matrix) }
  }

  private key(matrix: Matrix): string {
    const rows = matrix.rows.map((row) => {
      const patterns = row.patterns.map((p) => this.patternId(p)).join(',')
      const bindings = row.bindings.map((b) => `${b.ident.stamp}=${b.occurrence.id}`).join(',')
      return `${row.action}:${patterns}:${bindings}`
    })
    return `${matrix.occurrences.map((o) => o.id).join(',')}|${rows.join('|')}`
  }

  private patternId(pattern: Pat): number {
    if (pattern.kind === 'wild') return 0
    let id = this.patternIds.get(pattern)
    if (id === undefined) {
      id = this.patternIds.size + 1
      this.patternIds.set(pattern, id)
    }
    return id
  }
}

function inputsOf(matrix: Matrix): readonly Occurrence[] {
  const found = new Set(matrix.occurrences)
  for (const row of matrix.rows) for (const b of row.bindings) found.add(b.occurrence)
  return [...found]
}

// ---------------------------------------------------------------------------------------------------------
// Normal form

/** Moves a pattern's outer bindings into `bindings`. */
function strip(pattern: Pat, occurrence: Occurrence, bindings: Binding[]): Pat {
  let p = pattern
  while (p.kind === 'bind') {
    bindings.push({ ident: p.ident, layout: p.layout, occurrence })
    p = p.pattern
  }
  if (p.kind !== 'or') return p
  const [first] = p.alternatives
  const simple = first !== undefined && isPlain(first)
  return simple ? strip(first, occurrence, bindings) : p
}

/** A variable or a wildcard: as the first alternative it hides the others. */
function isPlain(pattern: Pat): boolean {
  if (pattern.kind === 'bind') return isPlain(pattern.pattern)
  return pattern.kind === 'or' ? isPlain(pattern.alternatives[0] as Pat) : pattern.kind === 'wild'
}

function normaliseRow(row: Row, occurrences: readonly Occurrence[]): Row {
  if (row.patterns.every((p) => p.kind === 'head' || p.kind === 'wild')) return row
  const bindings = [...row.bindings]
  const patterns = row.patterns.map((p, i) => strip(p, occurrences[i] as Occurrence, bindings))
  return { ...row, patterns, bindings }
}

function normalise(matrix: Matrix): Matrix {
  const rows: Row[] = []
  for (const row of matrix.rows) {
    const normal = normaliseRow(row, matrix.occurrences)
    rows.push(normal)
    if (!normal.guarded && normal.patterns.every((p) => p.kind === 'wild')) break
  }
  const needed = matrix.occurrences.map((_, i) => rows.some((row) => row.patterns[i]?.kind !== 'wild'))
  if (needed.every((n) => n)) return { occurrences: matrix.occurrences, rows }
  const keep = <T>(list: readonly T[]): T[] => list.filter((_, i) => needed[i])
  return {
    occurrences: keep(matrix.occurrences),
    rows: rows.map((row) => ({ ...row, patterns: keep(row.patterns) })),
  }
}

// ---------------------------------------------------------------------------------------------------------
// Columns

function collectHeads(pattern: Pat, found: Map<string, Head>): void {
  switch (pattern.kind) {
    case 'wild':
      return
    case 'bind':
      collectHeads(pattern.pattern, found)
      return
    case 'head': {
      const key = headKey(pattern.head)
      if (!found.has(key)) found.set(key, pattern.head)
      return
    }
    case 'or':
      for (const p of pattern.alternatives) collectHeads(p, found)
  }
}

/** Heads with the same test. They are several when they are of different types, and have different arguments. */
type HeadGroup = readonly Head[]

function firstHead(group: HeadGroup): Head {
  return group[0] as Head
}

/**
 * The heads of a column in order of appearance. Only heads of the first one's family are taken: the value has the
 * first row's type, and rows of other types cannot match it.
 */
function headsOf(matrix: Matrix, column: number): readonly HeadGroup[] {
  const found = new Map<string, Head>()
  for (const row of matrix.rows) collectHeads(row.patterns[column] as Pat, found)
  const groups = new Map<string, Head[]>()
  let family: string | undefined
  for (const head of found.values()) {
    family ??= familyKey(head.family)
    if (familyKey(head.family) !== family) continue
    const group = groups.get(head.key)
    if (group === undefined) groups.set(head.key, [head])
    else group.push(head)
  }
  return [...groups.values()]
}

interface Score {
  readonly needed: number
  readonly branches: number
  readonly arity: number
}

function scoreColumn(matrix: Matrix, column: number): Score {
  let needed = matrix.rows.findIndex((row) => row.patterns[column]?.kind === 'wild')
  if (needed < 0) needed = matrix.rows.length
  const heads = headsOf(matrix, column).map(firstHead)
  const family = heads[0]?.family
  if (family?.kind === 'product') return { needed: Number.POSITIVE_INFINITY, branches: 0, arity: 0 }
  if (family?.kind === 'lazy') return { needed: 0, branches: 0, arity: 0 }
  const complete = isCompleteSet(heads)
  const arity = heads.reduce((sum, head) => sum + head.accessors.length, 0)
  return { needed, branches: heads.length + (complete ? 0 : 1), arity }
}

function isBetter(a: Score, b: Score): boolean {
  if (a.needed !== b.needed) return a.needed > b.needed
  if (a.branches !== b.branches) return a.branches < b.branches
  return a.arity < b.arity
}

/** A column that the first row needs. With `leftToRight`, types of later columns may depend on earlier ones. */
function chooseColumn(matrix: Matrix, leftToRight: boolean): number {
  const needed = matrix.occurrences
    .map((_, i) => i)
    .filter((i) => matrix.rows[0]?.patterns[i]?.kind !== 'wild')
  let best = needed[0] as number
  if (leftToRight || needed.length === 1) return best
  let bestScore = scoreColumn(matrix, best)
  for (const column of needed.slice(1)) {
    const score = scoreColumn(matrix, column)
    if (!isBetter(score, bestScore)) continue
    best = column
    bestScore = score
  }
  return best
}

// ---------------------------------------------------------------------------------------------------------
// Specialisation

function replaceColumn<T>(list: readonly T[], column: number, by: readonly T[]): T[] {
  return [...list.slice(0, column), ...by, ...list.slice(column + 1)]
}

/**
 * The rows that match when the column has a head of this group. `later` are heads that may be the same constructor at run
 * time (`exception A = B`): their rows stay, to be tested for them, so the column is kept too.
 */
function specialise(matrix: Matrix, column: number, group: HeadGroup, later: readonly Head[] = []): Matrix {
  const occurrence = matrix.occurrences[column] as Occurrence
  const again = later.length > 0
  const laterKeys = new Set(later.map(headKey))
  const places = group.flatMap((head) => occurrence.argumentsOf(head))
  const occurrences = replaceColumn(matrix.occurrences, column, again ? [...places, occurrence] : places)
  const keys = group.map(headKey)
  const rows = matrix.rows
    .filter((row) => mayBeOneOf(row.patterns[column] as Pat, keys, laterKeys))
    .flatMap((row) => specialiseRow(row, column, occurrence, group, laterKeys))
  return { occurrences, rows }
}

/** What most rows of a large matrix are sorted out by. */
function mayBeOneOf(pattern: Pat, keys: readonly string[], later: ReadonlySet<string>): boolean {
  if (pattern.kind !== 'head') return true
  const key = headKey(pattern.head)
  return keys.includes(key) || later.has(key)
}

function specialiseRow(
  row: Row,
  column: number,
  occurrence: Occurrence,
  group: HeadGroup,
  later: ReadonlySet<string>,
): Row[] {
  const keys = group.map(headKey)
  /** A row's patterns for the arguments of its own head; it says nothing of those of the others. */
  const argumentsFor = (own: number, patterns: readonly Pat[]): readonly Pat[] => {
    return group.flatMap((head, i) => (i === own ? patterns : head.accessors.map(() => wild)))
  }
  const wilds = argumentsFor(-1, [])
  const expand = (pattern: Pat, bindings: readonly Binding[]): Row[] => {
    const own = [...bindings]
    const p = strip(pattern, occurrence, own)
    const become = (patterns: readonly Pat[], rest: Pat): Row[] => {
      const columns = later.size > 0 ? [...patterns, rest] : patterns
      return [{ ...row, bindings: own, patterns: replaceColumn(row.patterns, column, columns) }]
    }
    if (p.kind === 'wild') return become(wilds, wild)
    if (p.kind === 'or') return p.alternatives.flatMap((alternative) => expand(alternative, own))
    if (p.kind !== 'head') return []
    const key = headKey(p.head)
    const index = keys.indexOf(key)
    if (index >= 0) return become(argumentsFor(index, p.arguments), wild)
    return later.has(key) ? become(wilds, p) : []
  }
  return expand(row.patterns[column] as Pat, row.bindings)
}

/** The rows that match when the column has none of its heads. */
function defaultMatrix(matrix: Matrix, column: number): Matrix {
  const occurrence = matrix.occurrences[column] as Occurrence
  const rows = matrix.rows.flatMap((row) => {
    const expand = (pattern: Pat, bindings: readonly Binding[]): Row[] => {
      const own = [...bindings]
      const p = strip(pattern, occurrence, own)
      if (p.kind === 'or') return p.alternatives.flatMap((alternative) => expand(alternative, own))
      return p.kind === 'wild'
        ? [{ ...row, bindings: own, patterns: replaceColumn(row.patterns, column, []) }]
        : []
    }
    return expand(row.patterns[column] as Pat, row.bindings)
  })
  return { occurrences: replaceColumn(matrix.occurrences, column, []), rows }
}
