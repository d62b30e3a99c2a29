/**
 * Instances: copies of generalised nodes in which the quantified variables are fresh unknowns without names. Nodes that are
 * not generalised are shared, not copied.
 */

import { reprPresence } from './object-fields.ts'
import { flattenRow } from './rows.ts'
import { componentsOfDesc, mapDesc, rowFieldState } from './subst.ts'
import { currentLevel, newType } from './type-graph.ts'
import {
  type ConstructorDescription,
  type FieldPresence,
  genericLevel,
  type LabelDescription,
  type Row,
  type RowField,
  repr,
  type Type,
  type TypeDesc,
} from './types.ts'

type Memo = Map<Type, Type>

/** The undecided presences of methods in the copy under way; several types of one copy can share one. */
const presences = new WeakMap<Memo, Map<FieldPresence, FieldPresence>>()

function copyPresence(presence: FieldPresence, memo: Memo): FieldPresence {
  const own = reprPresence(presence)
  if (own.state !== 'unknown') return own
  const known = presences.get(memo) ?? new Map<FieldPresence, FieldPresence>()
  presences.set(memo, known)
  const fresh = known.get(own) ?? { state: 'unknown' }
  known.set(own, fresh)
  return fresh
}

function copy(type: Type, memo: Memo): Type {
  const t = repr(type)
  if (t.level !== genericLevel) return t
  const known = memo.get(t)
  if (known !== undefined) return known
  const { desc } = t
  if (desc.kind === 'universal' || desc.kind === 'nil') return t
  if (desc.kind === 'variant') return copyVariant(t, desc.row, memo)
  const fresh = newType({ kind: 'nil' })
  fresh.scope = t.scope
  memo.set(t, fresh)
  fresh.desc = copyDesc(desc, memo)
  return fresh
}

function copyDesc(desc: TypeDesc, memo: Memo): TypeDesc {
  if (desc.kind === 'variable') return { kind: 'variable' }
  if (desc.kind === 'field') {
    const presence = copyPresence(desc.presence, memo)
    if (presence.state === 'absent') return { kind: 'link', to: copy(desc.rest, memo) }
    return { ...desc, presence, type: copy(desc.type, memo), rest: copy(desc.rest, memo) }
  }
  return mapDesc(desc, (component) => copy(component, memo))
}

/** Rows are the same row when they have the same row variable, so that is what the memo is about. */
function copyVariant(t: Type, row: Row, memo: Memo): Type {
  const flat = flattenRow(row)
  const known = memo.get(flat.more)
  if (known !== undefined && known.desc.kind === 'variant') return known
  if (known !== undefined && known.desc.kind === 'constructor') return copyFixed(t, flat, known, memo)
  const fresh = newType({ kind: 'nil' })
  memo.set(t, fresh)
  if (flat.more.desc.kind !== 'variable' || flat.more.level !== genericLevel) {
    fresh.desc = { kind: 'variant', row: copyRow(flat, copy(flat.more, memo), memo, true) }
    return fresh
  }
  const more = newType({ kind: 'variable' })
  memo.set(flat.more, fresh)
  fresh.desc = { kind: 'variant', row: copyRow(flat, more, memo) }
  return fresh
}

/** The row variable has become an existential type. */
function copyFixed(t: Type, row: Row, more: Type, memo: Memo): Type {
  const fresh = newType({ kind: 'nil' })
  memo.set(t, fresh)
  fresh.desc = { kind: 'variant', row: { ...copyRow(row, more, memo), fixed: true } }
  return fresh
}

/** With `keep`, the row variable is no copy, so undecided tags must stay the same cells. */
function copyRow(row: Row, more: Type, memo: Memo, keep = false): Row {
  const fields = new Map<string, RowField>()
  for (const [tag, field] of row.fields) {
    const kept = keep && rowFieldState(field).kind === 'either'
    fields.set(tag, kept ? field : copyRowField(field, memo))
  }
  if (row.name === undefined) return { ...row, fields, more }
  const name = { path: row.name.path, arguments: row.name.arguments.map((argument) => copy(argument, memo)) }
  return { ...row, fields, more, name }
}

function copyRowField(field: RowField, memo: Memo): RowField {
  const state = rowFieldState(field)
  switch (state.kind) {
    case 'absent':
      return { state }
    case 'present':
      return state.argument === undefined
        ? { state }
        : { state: { kind: 'present', argument: copy(state.argument, memo) } }
    case 'either':
      return { state: { ...state, arguments: state.arguments.map((argument) => copy(argument, memo)) } }
  }
}

export function instance(type: Type): Type {
  return repr(type).level === genericLevel ? copy(type, new Map()) : repr(type)
}

/** Instances that share their fresh variables. */
export function instanceAll(types: readonly Type[]): Type[] {
  const memo: Memo = new Map()
  return types.map((type) => copy(type, memo))
}

/** For instances of many types that share their fresh variables. */
export function instancer(): (type: Type) => Type {
  const memo: Memo = new Map()
  return (type) => copy(type, memo)
}

// ---------------------------------------------------------------------------------------------------------
// Copies of what is known

/** Whether the type has nodes up to `last`, other than unknowns, that belong to some level. */
function hasLevels(type: Type, last: number, seen: Set<Type>): boolean {
  const t = repr(type)
  if (seen.has(t) || isAtom(t.desc) || t.id > last) return false
  seen.add(t)
  if (t.level !== genericLevel) return true
  return componentsOfDesc(t.desc).some((component) => hasLevels(component, last, seen))
}

const isAtom = ({ kind }: TypeDesc): boolean => kind === 'variable' || kind === 'universal' || kind === 'nil'

/**
 * The type with its structure generalised and the same unknowns: what a branch with type equations learns about an instance
 * of it does not change what others see. Nodes that are newer than `last` stay as they are.
 */
export function withOwnStructure(type: Type, last = Number.POSITIVE_INFINITY): Type {
  return hasLevels(type, last, new Set()) ? copyStructure(type, last, new Map()) : repr(type)
}

function copyStructure(type: Type, last: number, memo: Memo): Type {
  const t = repr(type)
  const { desc } = t
  if (isAtom(desc) || t.id > last) return t
  const known = memo.get(t)
  if (known !== undefined) return known
  const fresh = newType({ kind: 'nil' }, genericLevel)
  fresh.scope = t.scope
  memo.set(t, fresh)
  fresh.desc =
    desc.kind === 'variant'
      ? { kind: 'variant', row: copyRowStructure(flattenRow(desc.row), last, memo) }
      : mapDesc(desc, (component) => copyStructure(component, last, memo))
  return fresh
}

/** The undecided tags of an open row stay the same cells. */
function copyRowStructure(row: Row, last: number, memo: Memo): Row {
  const fields = new Map<string, RowField>()
  for (const [tag, field] of row.fields) fields.set(tag, copyFieldStructure(field, last, memo))
  const copied = { ...row, fields, more: copyStructure(row.more, last, memo) }
  if (row.name === undefined) return copied
  return {
    ...copied,
    name: { ...row.name, arguments: row.name.arguments.map((a) => copyStructure(a, last, memo)) },
  }
}

function copyFieldStructure(field: RowField, last: number, memo: Memo): RowField {
  const state = rowFieldState(field)
  if (state.kind !== 'present' || state.argument === undefined) return field
  return { state: { kind: 'present', argument: copyStructure(state.argument, last, memo) } }
}

export interface ConstructorInstance {
  readonly arguments: readonly Type[]
  readonly result: Type
  readonly existentials: readonly Type[]
  /** The types of an inline record's labels, in order. */
  readonly labels: readonly Type[]
}

/** `existential` makes the types that stand for the constructor's existential variables; without it they are unknowns. */
export function instanceConstructor(
  description: ConstructorDescription,
  existential?: (variable: Type) => Type,
): ConstructorInstance {
  const memo: Memo = new Map()
  if (existential !== undefined) {
    for (const variable of description.existentials) memo.set(repr(variable), existential(repr(variable)))
  }
  const each = (type: Type) => copy(type, memo)
  return {
    arguments: description.arguments.map(each),
    result: each(description.result),
    existentials: description.existentials.map(each),
    labels: description.inlined?.map((label) => each(label.type)) ?? [],
  }
}

/** Instances of a label's record type and of its own type, which is a `poly` for a polymorphic field. */
export function instanceLabel(label: LabelDescription): { readonly record: Type; readonly type: Type } {
  const memo: Memo = new Map()
  return { record: copy(label.record, memo), type: copy(label.type, memo) }
}

// ---------------------------------------------------------------------------------------------------------
// Polymorphic types inside types

/** Whether one of the variables occurs in the type, other than under its own quantifier (in a recursive object type). */
function mentionsAny(type: Type, variables: ReadonlySet<Type>, memo: Map<Type, boolean>): boolean {
  const t = repr(type)
  if (variables.has(t)) return true
  const known = memo.get(t)
  if (known !== undefined) return known
  memo.set(t, false)
  const found = mentionsInside(t.desc, variables, memo)
  memo.set(t, found)
  return found
}

function mentionsInside(desc: TypeDesc, variables: ReadonlySet<Type>, memo: Map<Type, boolean>): boolean {
  if (desc.kind === 'poly' && desc.variables.some((variable) => variables.has(repr(variable)))) {
    const own = new Set(desc.variables.map(repr))
    const others = new Set([...variables].filter((variable) => !own.has(variable)))
    return others.size > 0 && mentionsAny(desc.body, others, new Map())
  }
  return componentsOfDesc(desc).some((component) => mentionsAny(component, variables, memo))
}

/** How the quantified variables of a `poly` are replaced. */
interface Replacing {
  readonly memo: Memo
  readonly mentions: (type: Type) => boolean
  /** Rows whose variable was quantified must not get or lose tags: they are to be as general as they are declared. */
  readonly rigid: boolean
}

function replace(type: Type, replacing: Replacing): Type {
  const { memo } = replacing
  const t = repr(type)
  const known = memo.get(t)
  if (known !== undefined) return known
  if (!replacing.mentions(t)) return t
  const fresh = newType({ kind: 'nil' }, t.level === genericLevel ? genericLevel : currentLevel())
  memo.set(t, fresh)
  const each = (component: Type) => replace(component, replacing)
  const row = t.desc.kind === 'variant' ? flattenRow(t.desc.row) : undefined
  const more = row === undefined ? undefined : memo.get(row.more)
  if (row === undefined || more === undefined) fresh.desc = mapDesc(t.desc, each)
  else fresh.desc = { kind: 'variant', row: replaceRow(row, more, each, replacing.rigid) }
  return fresh
}

/** A row with another row variable has undecided tags of its own. */
function replaceRow(row: Row, more: Type, each: (type: Type) => Type, rigid: boolean): Row {
  const fields = new Map<string, RowField>()
  for (const [tag, field] of row.fields) {
    const state = rowFieldState(field)
    if (state.kind === 'either')
      fields.set(tag, { state: { ...state, arguments: state.arguments.map(each) } })
    else if (state.kind === 'absent') fields.set(tag, { state })
    else {
      const argument = state.argument === undefined ? undefined : each(state.argument)
      fields.set(tag, { state: { kind: 'present', argument } })
    }
  }
  const replaced = { ...row, fields, more, fixed: rigid || row.fixed }
  if (row.name === undefined) return replaced
  return { ...replaced, name: { path: row.name.path, arguments: row.name.arguments.map(each) } }
}

/** The body of a `poly` with `types` in place of its quantified variables. */
export function replaceUniversals(
  variables: readonly Type[],
  types: readonly Type[],
  body: Type,
  rigid = false,
): Type {
  if (variables.length === 0) return body
  const memo: Memo = new Map(variables.map((variable, i) => [repr(variable), types[i] as Type]))
  const set = new Set(memo.keys())
  return replace(body, { memo, rigid, mentions: (type) => mentionsAny(type, set, new Map()) })
}

/** The body of a `poly` with fresh variables, and those variables; annotations keep their names. */
export function instancePoly(
  variables: readonly Type[],
  body: Type,
  keepNames = false,
  rigid = false,
): { variables: Type[]; body: Type } {
  const fresh = variables.map((variable) => {
    const { desc } = repr(variable)
    const name = keepNames && desc.kind === 'universal' ? desc.name : undefined
    return newType(name === undefined ? { kind: 'variable' } : { kind: 'variable', name })
  })
  return { variables: fresh, body: replaceUniversals(variables, fresh, body, rigid) }
}
