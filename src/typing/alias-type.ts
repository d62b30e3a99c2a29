/**
 * The type of a variable that names a pattern (`p as x`): where the pattern determines constructors, tags or fields,
 * the parts of the type that these do not mention are independent of the matched value's type.
 *
 * So in `function Left v -> Left (f v) | Right _ as e -> e` the result may have another type for `Left`.
 */

import type { Env } from './env.ts'
import { instanceConstructor, instanceLabel } from './instance.ts'
import { unifyPattern } from './pattern-scope.ts'
import { flattenRow } from './rows.ts'
import { newType, newVariable, tupleType } from './type-graph.ts'
import type { Pattern } from './typed-tree.ts'
import { type LabelDescription, type RowField, repr, type Type } from './types.ts'
import { unify } from './unify.ts'

type Form<Kind extends Pattern['kind']> = Extract<Pattern, { kind: Kind }>

export function aliasType(env: Env, p: Pattern): Type {
  switch (p.kind) {
    case 'alias':
      return aliasType(env, p.pattern)
    case 'tuple':
      return tupleType(p.elements.map((element) => aliasType(env, element)))
    case 'construct':
      return constructType(env, p)
    case 'variant':
      return variantType(env, p)
    case 'record':
      return recordType(env, p)
    case 'or':
      return orType(env, p)
    case 'any':
    case 'variable':
    case 'constant':
    case 'array':
    case 'lazy':
      return p.type
  }
}

function constructType(env: Env, p: Form<'construct'>): Type {
  const { constructor: description } = p
  if (description.private || description.existentials.length > 0) return p.type
  const types = instanceConstructor(description)
  p.arguments.forEach((argument, i) => {
    unifyPattern(env, argument.region, aliasType(env, argument), types.arguments[i] as Type)
  })
  return types.result
}

function variantType(env: Env, p: Form<'variant'>): Type {
  const argument = p.argument === undefined ? undefined : aliasType(env, p.argument)
  const field: RowField = { state: { kind: 'present', argument } }
  const row = { fields: new Map([[p.tag, field]]), more: newVariable(), closed: false, fixed: false }
  return newType({ kind: 'variant', row })
}

function recordType(env: Env, p: Form<'record'>): Type {
  const first = p.fields[0]?.label
  if (first === undefined || first.private) return p.type
  const type = newVariable()
  for (const label of first.all) aliasLabel(env, p, label, type)
  return type
}

function aliasLabel(env: Env, p: Form<'record'>, label: LabelDescription, type: Type): void {
  const own = instanceLabel(label)
  unify(env, type, own.record)
  const field = p.fields.find((each) => each.label.position === label.position)
  if (field !== undefined && !label.mutable && repr(label.type).desc.kind !== 'poly') {
    unifyPattern(env, field.pattern.region, aliasType(env, field.pattern), own.type)
    return
  }
  const matched = instanceLabel(label)
  unify(env, own.type, matched.type)
  unify(env, p.type, matched.record)
}

function orType(env: Env, p: Form<'or'>): Type {
  const type = aliasType(env, p.left)
  unifyPattern(env, p.right.region, aliasType(env, p.right), type)
  return type
}

/** `#t as x`: the tags of `t`, in a row that can have more. */
export function openRowType(type: Type): Type {
  const { desc } = repr(type)
  if (desc.kind !== 'variant') return type
  const { name: _, ...row } = flattenRow(desc.row)
  return newType({ kind: 'variant', row: { ...row, more: newVariable(), closed: false } })
}
