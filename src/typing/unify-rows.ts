/**
 * Unification of polymorphic variant rows (Garrigue, "Programming with polymorphic variants").
 *
 * Tags that only one row has are added to the other one's row variable, if that row is open; tags of both are
 * unified. `unify` is passed in because rows contain types and types contain rows.
 */

import type { Env } from './env.ts'
import { samePath } from './ident.ts'
import { belongTo, lowerLevel } from './levels.ts'
import { flattenRow, isFixedRow, reprField } from './rows.ts'
import { link, newType, newVariable, setDesc, setRowField } from './type-graph.ts'
import { type Row, type RowField, repr, type Type } from './types.ts'
import { type Side, UnifyError } from './unify-error.ts'

type Unify = (env: Env, got: Type, expected: Type) => void
type Fields = ReadonlyMap<string, RowField>

interface Common {
  readonly tag: string
  readonly one: RowField
  readonly two: RowField
}

const stateOf = (field: RowField) => reprField(field).state
const isAbsent = (field: RowField): boolean => stateOf(field).kind === 'absent'

function withoutTags(fields: Fields, other: Fields): Map<string, RowField> {
  return new Map([...fields].filter(([tag]) => !other.has(tag)))
}

function commonTags(one: Fields, two: Fields): Common[] {
  const common: Common[] = []
  for (const [tag, field] of one) {
    const other = two.get(tag)
    if (other !== undefined) common.push({ tag, one: field, two: other })
  }
  return common
}

const allAbsent = (fields: Fields): boolean => [...fields.values()].every(isAbsent)

export function unifyRows(env: Env, left: Row, right: Row, unify: Unify): void {
  const row1 = flattenRow(left)
  const row2 = flattenRow(right)
  if (row1.more === row2.more && row1.more.desc.kind !== 'nil') return
  const only1 = withoutTags(row1.fields, row2.fields)
  const only2 = withoutTags(row2.fields, row1.fields)
  const common = commonTags(row1.fields, row2.fields)
  checkIntersection(row1, row2, only1, only2, common)
  const merged = mergedRow(row1, row2, only1, only2, common)
  const saved = [row1.more, row2.more].map((type) => ({ type, desc: type.desc }))
  try {
    extend(env, row2, tagsFor(row2, row1, only1, merged), merged, 'second', unify)
    extend(env, row1, tagsFor(row1, row2, only2, merged), merged, 'first', unify)
    for (const each of common) unifyCommon(env, row1, row2, merged.more, each, unify)
  } catch (error) {
    for (const { type, desc } of saved) setDesc(type, desc)
    throw error
  }
}

function checkIntersection(
  row1: Row,
  row2: Row,
  only1: Fields,
  only2: Fields,
  common: readonly Common[],
): void {
  const closed = row1.closed || row2.closed
  if (!closed) return
  const nothingElse1 = allAbsent(only1) || row2.closed
  const nothingElse2 = allAbsent(only2) || row1.closed
  const commonGone = common.every(({ one, two }) => isAbsent(one) || isAbsent(two))
  if (nothingElse1 && nothingElse2 && commonGone) throw new UnifyError([{ kind: 'no-intersection' }])
}

/** What both rows have in common from now on, without their tags. */
function mergedRow(row1: Row, row2: Row, only1: Fields, only2: Fields, common: readonly Common[]): Row {
  const fixed1 = isFixedRow(row1)
  const fixed2 = isFixedRow(row2)
  const level = Math.min(row1.more.level, row2.more.level)
  const more = fixed1 ? row1.more : fixed2 ? row2.more : newVariable(undefined, level)
  const merged = {
    fields: new Map(),
    more,
    closed: row1.closed || row2.closed,
    fixed: row1.fixed || row2.fixed,
  }
  const name = mergedName(row1, row2, only1, only2, common)
  return name === undefined ? merged : { ...merged, name }
}

type RowName = Row['name']

function mergedName(
  row1: Row,
  row2: Row,
  only1: Fields,
  only2: Fields,
  common: readonly Common[],
): RowName | undefined {
  const keeps1 = common.every(({ one, two }) => isAbsent(one) || !isAbsent(two))
  const keeps2 = common.every(({ one, two }) => isAbsent(two) || !isAbsent(one))
  const fits1 = (row1.closed || allAbsent(only2)) && (!row2.closed || (keeps1 && allAbsent(only1)))
  if (row1.name !== undefined && fits1) return row1.name
  const fits2 = (row2.closed || allAbsent(only1)) && (!row1.closed || (keeps2 && allAbsent(only2)))
  return row2.name !== undefined && fits2 ? row2.name : undefined
}

/** A tag that a closed row does not have must be absent, if that is still possible. */
function dropUndecided(fields: Fields): Map<string, RowField> {
  const kept = new Map<string, RowField>()
  for (const [tag, field] of fields) {
    const state = stateOf(field)
    if (state.kind === 'either' && !state.matched) setRowField(reprField(field), { kind: 'absent' })
    else if (state.kind !== 'absent') kept.set(tag, field)
  }
  return kept
}

/** The tags that `row` gets from the other one. What is undecided in a fixed row must stay so. */
function tagsFor(row: Row, other: Row, further: Fields, merged: Row): Fields {
  return merged.closed && row.closed && !isFixedRow(other) ? dropUndecided(further) : further
}

/** Makes `row` go on as `merged` with `further` tags in addition. */
function extend(env: Env, row: Row, further: Fields, merged: Row, side: Side, unify: Unify): void {
  const added = new Map(further)
  if (row.closed && added.size > 0) throw new UnifyError([{ kind: 'no-tags', side, tags: [...added.keys()] }])
  const fixed = isFixedRow(row)
  if (fixed && (added.size > 0 || (merged.closed && !row.closed))) {
    throw new UnifyError([{ kind: 'fixed-row', side, row: row.more, tags: [...added.keys()] }])
  }
  const more = repr(row.more)
  if (more === merged.more && added.size === 0 && row.closed === merged.closed) return
  const rest = newType({ kind: 'variant', row: { ...merged, fields: added } }, more.level)
  if (more.desc.kind !== 'variable') {
    if (more !== merged.more) unify(env, more, merged.more)
    return
  }
  if (more === merged.more) return
  for (const field of added.values()) lowerField(env, field, more.level)
  lowerLevel(env, rest, more.level)
  link(more, rest)
}

function lowerField(env: Env, field: RowField, level: number): void {
  const state = stateOf(field)
  if (state.kind === 'present' && state.argument !== undefined) lowerLevel(env, state.argument, level)
  if (state.kind === 'either') for (const argument of state.arguments) lowerLevel(env, argument, level)
}

function unifyCommon(env: Env, row1: Row, row2: Row, more: Type, common: Common, unify: Unify): void {
  const field1 = reprField(common.one)
  const field2 = reprField(common.two)
  if (field1 === field2) return
  try {
    unifyFields(
      env,
      { field: field1, fixed: isFixedRow(row1) },
      { field: field2, fixed: isFixedRow(row2) },
      more,
      unify,
    )
  } catch (error) {
    if (!(error instanceof UnifyError)) throw error
    throw new UnifyError([{ kind: 'tag-types', tag: common.tag }, ...error.trace])
  }
}

interface FieldSide {
  readonly field: RowField
  readonly fixed: boolean
}

function unifyFields(env: Env, one: FieldSide, two: FieldSide, more: Type, unify: Unify): void {
  const s1 = one.field.state
  const s2 = two.field.state
  if (s1.kind === 'present' && s2.kind === 'present') unifyPresent(env, more, s1.argument, s2.argument, unify)
  else if (s1.kind === 'either' && s2.kind === 'either') unifyUndecided(env, one, two, more, unify)
  else if (s1.kind === 'either') decide(env, one, two.field, more, (a, b) => unify(env, a, b))
  else if (s2.kind === 'either') decide(env, two, one.field, more, (a, b) => unify(env, b, a))
  else if (s1.kind !== s2.kind) throw new UnifyError([])
}

function unifyPresent(
  env: Env,
  more: Type,
  one: Type | undefined,
  two: Type | undefined,
  unify: Unify,
): void {
  if (one === undefined && two === undefined) return
  if (one === undefined || two === undefined) throw new UnifyError([])
  belongTo(env, more, one)
  unify(env, one, two)
}

/** Gives an undecided field the state of a decided one. */
function decide(
  env: Env,
  side: FieldSide,
  decided: RowField,
  more: Type,
  unifyArguments: (undecided: Type, decided: Type) => void,
): void {
  const undecided = side.field.state
  const target = decided.state
  if (undecided.kind !== 'either' || side.fixed) throw new UnifyError([])
  if (target.kind === 'absent') {
    if (undecided.matched) throw new UnifyError([])
    setRowField(side.field, target)
    return
  }
  if (target.kind !== 'present') return
  if (undecided.constant !== (target.argument === undefined)) throw new UnifyError([])
  if (undecided.constant && undecided.arguments.length > 0) throw new UnifyError([])
  setRowField(side.field, { kind: 'link', to: decided })
  const { argument } = target
  if (argument === undefined) return
  lowerLevel(env, argument, more.level)
  try {
    for (const each of undecided.arguments) unifyArguments(each, argument)
  } catch (error) {
    setRowField(side.field, undecided)
    throw error
  }
}

/** Without the types that are equal to one before. */
function distinctTypes(types: readonly Type[]): Type[] {
  const found: Type[] = []
  for (const type of types) if (!found.some((other) => areEqual(type, other))) found.push(repr(type))
  return found
}

/** Whether two types are the same as written. */
function areEqual(one: Type, two: Type): boolean {
  const a = repr(one)
  const b = repr(two)
  if (a === b) return true
  if (a.desc.kind !== 'constructor' || b.desc.kind !== 'constructor') return false
  const others = b.desc.arguments
  return (
    samePath(a.desc.path, b.desc.path) && a.desc.arguments.every((c, i) => areEqual(c, others[i] as Type))
  )
}

/** Both are undecided: the tag's arguments must have all the types of both. */
function unifyUndecided(env: Env, one: FieldSide, two: FieldSide, more: Type, unify: Unify): void {
  const s1 = one.field.state
  const s2 = two.field.state
  if (s1.kind !== 'either' || s2.kind !== 'either') return
  const constant = s1.constant || s2.constant
  const matched = s1.matched || s2.matched
  let args = distinctTypes([...s1.arguments, ...s2.arguments])
  if ((matched || one.fixed || two.fixed) && args.length > 0) {
    if (constant) throw new UnifyError([])
    for (const argument of args.slice(1)) unify(env, args[0] as Type, argument)
    args = [repr(args[0] as Type)]
  }
  for (const argument of args) lowerLevel(env, argument, more.level)
  const joined: RowField = { state: { kind: 'either', constant, arguments: args, matched } }
  setRowField(one.field, { kind: 'link', to: joined })
  setRowField(two.field, { kind: 'link', to: joined })
}
