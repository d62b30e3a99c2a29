/**
 * Closing of polymorphic variant rows: when a match covers every tag that its patterns mention and has no
 * catch-all, the matched type is `[< … ]` with those tags.
 *
 * A column of the pattern matrix is closed when no row matches it with a variable or wildcard under the same
 * circumstances; the matrix is split by constructors as in exhaustiveness checking.
 */

import type { Env } from './env.ts'
import { expandHead } from './expand.ts'
import { flattenRow, isFixedRow, reprField } from './rows.ts'
import { link, newType, newVariable, setRowField } from './type-graph.ts'
import type { Pattern } from './typed-tree.ts'
import { type Row, type RowField, repr, type Type } from './types.ts'

/** The simple pattern under aliases; an or-pattern is several rows. */
function alternatives(p: Pattern): readonly Pattern[] {
  if (p.kind === 'alias') return alternatives(p.pattern)
  if (p.kind === 'or') return [...alternatives(p.left), ...alternatives(p.right)]
  return [p]
}

const isWild = (p: Pattern): boolean => p.kind === 'any' || p.kind === 'variable'

function mentionsVariants(p: Pattern): boolean {
  switch (p.kind) {
    case 'variant':
      return true
    case 'alias':
    case 'lazy':
      return mentionsVariants(p.pattern)
    case 'tuple':
    case 'array':
      return p.elements.some(mentionsVariants)
    case 'construct':
      return p.arguments.some(mentionsVariants)
    case 'record':
      return p.fields.some((field) => mentionsVariants(field.pattern))
    case 'or':
      return mentionsVariants(p.left) || mentionsVariants(p.right)
    default:
      return false
  }
}

type Matrix = readonly (readonly Pattern[])[]

/** Closes what the patterns of one match close. */
export function closeVariants(env: Env, patterns: readonly Pattern[]): void {
  if (!patterns.some(mentionsVariants)) return
  press(
    env,
    patterns.map((p) => [p]),
  )
  for (const p of patterns) settle(env, p)
}

/** Splits the matrix by its first column. Returns whether the rows cover everything. */
function press(env: Env, matrix: Matrix): boolean {
  const rows = matrix.flatMap(([first, ...rest]) =>
    first === undefined ? [[]] : alternatives(first).map((p) => [p, ...rest]),
  )
  const [head] = rows
  if (head === undefined) return false
  if (head.length === 0) return true
  const wild = rows.filter(([p]) => isWild(p as Pattern))
  const wildComplete = press(
    env,
    wild.map((row) => row.slice(1)),
  )
  const groups = groupByHead(rows)
  if (groups.size === 0) return wildComplete
  let complete = true
  for (const group of groups.values()) {
    const columns = group.arity
    const specialised = rows.flatMap((row) => specialise(row, group, columns))
    complete = press(env, specialised) && complete
  }
  const first = rows.find(([p]) => (p as Pattern).kind === 'variant')?.[0]
  if (first !== undefined && !wildComplete) return closeColumn(env, first, groups) && complete
  return wildComplete || (complete && isFullSignature(rows, groups))
}

interface Head {
  readonly key: string
  readonly arity: number
  readonly sample: Pattern
}

function headOf(p: Pattern): Head | undefined {
  switch (p.kind) {
    case 'variant':
      return { key: `\`${p.tag}`, arity: p.argument === undefined ? 0 : 1, sample: p }
    case 'construct':
      return { key: p.constructor.name, arity: p.arguments.length, sample: p }
    case 'tuple':
      return { key: '()', arity: p.elements.length, sample: p }
    case 'record':
      return { key: '{}', arity: p.fields[0]?.label.all.length ?? 0, sample: p }
    case 'array':
      return { key: `[|${p.elements.length}`, arity: p.elements.length, sample: p }
    case 'lazy':
      return { key: 'lazy', arity: 1, sample: p }
    case 'constant':
      return { key: constantKey(p), arity: 0, sample: p }
    default:
      return undefined
  }
}

function constantKey({ constant }: Pattern & { kind: 'constant' }): string {
  if (constant.kind === 'string') return `s${constant.bytes.join()}`
  return constant.kind === 'char' ? `c${constant.code}` : `${constant.kind}${constant.value}`
}

function groupByHead(rows: Matrix): Map<string, Head> {
  const groups = new Map<string, Head>()
  for (const [p] of rows) {
    const head = headOf(p as Pattern)
    if (head !== undefined && !groups.has(head.key)) groups.set(head.key, head)
  }
  return groups
}

function subpatterns(p: Pattern): readonly Pattern[] {
  switch (p.kind) {
    case 'variant':
      return p.argument === undefined ? [] : [p.argument]
    case 'construct':
      return p.arguments
    case 'tuple':
    case 'array':
      return p.elements
    case 'lazy':
      return [p.pattern]
    case 'record':
      return recordColumns(p)
    default:
      return []
  }
}

function recordColumns(p: Pattern & { kind: 'record' }): readonly Pattern[] {
  const { region, type, env, attributes } = p
  const any: Pattern = { kind: 'any', region, type, env, attributes }
  const all = p.fields[0]?.label.all ?? []
  return all.map((label) => p.fields.find((field) => field.label.position === label.position)?.pattern ?? any)
}

function specialise(row: readonly Pattern[], group: Head, arity: number): Pattern[][] {
  const first = row[0] as Pattern
  if (isWild(first)) return [[...Array.from({ length: arity }, () => first), ...row.slice(1)]]
  return headOf(first)?.key === group.key ? [[...subpatterns(first), ...row.slice(1)]] : []
}

/** Whether the heads of a column of constructors are all that its type has. */
function isFullSignature(rows: Matrix, groups: ReadonlyMap<string, Head>): boolean {
  const first = rows.find(([p]) => !isWild(p as Pattern))?.[0]
  if (first === undefined) return false
  if (first.kind === 'tuple' || first.kind === 'record' || first.kind === 'lazy') return true
  if (first.kind !== 'construct') return false
  const { constants, blocks } = first.constructor
  return constants + blocks > 0 && groups.size === constants + blocks
}

/** Closes the row of a column of tags; what it did not mention becomes absent. */
function closeColumn(env: Env, p: Pattern, groups: ReadonlyMap<string, Head>): boolean {
  const type = expandHead(env, p.type)
  if (type.desc.kind !== 'variant') return false
  const row = flattenRow(type.desc.row)
  const tags = new Set([...groups.keys()].map((key) => key.slice(1)))
  if (row.closed || isFixedRow(row)) return coversRow(row, tags)
  let keepsName = true
  for (const [tag, field] of row.fields) {
    const own = reprField(field)
    if (tags.has(tag) || own.state.kind !== 'either' || own.state.matched) continue
    setRowField(own, { kind: 'absent' })
    keepsName = false
  }
  closeRow(row, keepsName)
  return coversRow({ ...row, closed: true }, tags)
}

function coversRow(row: Row, tags: ReadonlySet<string>): boolean {
  if (!row.closed) return false
  for (const [tag, field] of row.fields) {
    if (reprField(field).state.kind !== 'absent' && !tags.has(tag)) return false
  }
  return true
}

function closeRow(row: Row, keepsName: boolean): void {
  const more = repr(row.more)
  if (more.desc.kind !== 'variable') return
  const { name: _, ...rest } = row
  const closed: Row = {
    ...(keepsName ? row : rest),
    fields: new Map<string, RowField>(),
    more: newVariable(undefined, more.level),
    closed: true,
  }
  link(more, newType({ kind: 'variant', row: closed }, more.level))
}

/** After matching, a matched tag is as any other that may be there. */
function settle(env: Env, p: Pattern): void {
  for (const each of alternatives(p)) {
    if (each.kind === 'variant') settleTag(env, each.type, each.tag)
    for (const sub of subpatterns(each)) settle(env, sub)
  }
}

function settleTag(env: Env, type: Type, tag: string): void {
  const { desc } = expandHead(env, type)
  if (desc.kind !== 'variant') return
  const row = flattenRow(desc.row)
  const field = row.fields.get(tag)
  if (field === undefined) return
  const own = reprField(field)
  if (own.state.kind !== 'either' || !own.state.matched) return
  if (row.closed || isFixedRow(row)) setRowField(own, { ...own.state, matched: false })
  else
    setRowField(own, { kind: 'present', argument: own.state.constant ? undefined : own.state.arguments[0] })
}
