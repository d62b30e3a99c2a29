/**
 * Reading polymorphic variant rows. Unification extends a row by linking its row variable to another
 * `variant` node that holds the further tags, so a row is a chain; `flattenRow` makes it one.
 */

import { rowFieldState } from './subst.ts'
import { type Row, type RowField, repr, type Type } from './types.ts'

/** The row with all tags of its chain; `more`, `closed`, `fixed` and `name` are those of the last link. */
export function flattenRow(row: Row): Row {
  const outer: Row[] = []
  let last = row
  let more = repr(last.more)
  while (more.desc.kind === 'variant') {
    outer.push(last)
    last = more.desc.row
    more = repr(last.more)
  }
  if (outer.length === 0) return more === row.more ? row : { ...row, more }
  const fields = new Map(last.fields)
  for (const link of outer.reverse()) for (const [tag, field] of link.fields) fields.set(tag, field)
  return { ...last, more, fields }
}

/** Whether nothing about the row can change any more: closed, and every tag present or absent. */
export function isStaticRow(row: Row): boolean {
  if (!row.closed) return false
  for (const field of row.fields.values()) {
    if (rowFieldState(field).kind === 'either') return false
  }
  return true
}

/** The innermost cell of a field. */
export function reprField(field: RowField): RowField {
  let f = field
  while (f.state.kind === 'link') f = f.state.to
  return f
}

/** A row is fixed when marked so, or when its variable belongs to a `poly`. */
export function isFixedRow(row: Row): boolean {
  const { kind } = repr(row.more).desc
  return row.fixed || kind === 'universal' || kind === 'constructor'
}

/** The types of the tags' arguments. */
export function rowArguments(row: Row): readonly Type[] {
  return [...row.fields.values()].flatMap((field) => {
    const state = rowFieldState(field)
    if (state.kind === 'present') return state.argument === undefined ? [] : [state.argument]
    return state.kind === 'either' ? state.arguments : []
  })
}
