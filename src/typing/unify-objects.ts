/**
 * Unification of object types (Rémy and Vouillon, "Objective ML", 1998).
 *
 * Methods that only one object has are added to the other one's row, if that row is open; methods of both are
 * unified. `unify` is passed in because objects contain types and types contain objects.
 */

import type { Env } from './env.ts'
import { belongTo } from './levels.ts'
import {
  type FlatObject,
  fieldChain,
  flattenFields,
  isDummyMethod,
  type ObjectField,
  reprPresence,
} from './object-fields.ts'
import { newVariable, setDesc, setPresence } from './type-graph.ts'
import { type FieldPresence, repr, type Type, type TypeDesc } from './types.ts'
import { UnifyError } from './unify-error.ts'

type Unify = (env: Env, got: Type, expected: Type) => void
type Field = Extract<TypeDesc, { kind: 'field' }>

const without = (fields: readonly ObjectField[], other: readonly ObjectField[]): readonly ObjectField[] => {
  const names = new Set(other.map(({ name }) => name))
  return fields.filter(({ name }) => !names.has(name))
}

/** Two chains of fields. */
export function unifyFields(env: Env, one: Type, two: Type, unify: Unify): void {
  const first = flattenFields(one)
  const second = flattenFields(two)
  const only1 = without(first.fields, second.fields)
  const only2 = without(second.fields, first.fields)
  const levels = { first: repr(one).level, second: repr(two).level }
  const row = commonRow(
    first,
    only2.length === 0,
    second,
    only1.length === 0,
    Math.min(levels.first, levels.second),
  )
  const saved = [first.rest, second.rest].map((type) => ({ type, desc: type.desc }))
  try {
    unify(env, first.rest, fieldChain(only2, row, levels.second))
    unify(env, fieldChain(only1, row, levels.first), second.rest)
    for (const field of first.fields) {
      const other = second.fields.find(({ name }) => name === field.name)
      if (other !== undefined) unifyMethods(env, row, field, other, unify)
    }
  } catch (error) {
    for (const { type, desc } of saved) setDesc(type, desc)
    throw error
  }
}

/** What both have in common from now on, without the methods of either. */
function commonRow(one: FlatObject, useOne: boolean, two: FlatObject, useTwo: boolean, level: number): Type {
  if (useOne) return one.rest
  if (useTwo) return two.rest
  const names = [one.rest, two.rest].map(({ desc }) => (desc.kind === 'variable' ? desc.name : undefined))
  return newVariable(names[0] ?? names[1], level)
}

function unifyMethods(env: Env, row: Type, one: ObjectField, two: ObjectField, unify: Unify): void {
  unifyPresence(one.presence, two.presence)
  try {
    belongTo(env, row, one.type)
    unify(env, one.type, two.type)
  } catch (error) {
    if (!(error instanceof UnifyError)) throw error
    throw new UnifyError([{ kind: 'method-types', name: one.name }, ...error.trace])
  }
}

export function unifyPresence(one: FieldPresence, two: FieldPresence): void {
  const a = reprPresence(one)
  const b = reprPresence(two)
  if (a === b) return
  if (a.state === 'unknown') setPresence(a, { link: b })
  else if (b.state === 'unknown') setPresence(b, { link: a })
  else if (a.state !== b.state) throw new UnifyError([])
}

/** A closed object has no further method; a private one can become absent. */
export function closeField(env: Env, field: Field, nil: Type, side: 'first' | 'second', unify: Unify): void {
  const presence = reprPresence(field.presence)
  if (isDummyMethod(field.name)) throw new UnifyError([{ kind: 'self-closed' }])
  if (presence.state === 'present') throw new UnifyError([{ kind: 'missing-method', side, name: field.name }])
  if (presence.state === 'unknown') setPresence(presence, 'absent')
  if (side === 'first') unify(env, nil, field.rest)
  else unify(env, field.rest, nil)
}
