/**
 * Making and changing nodes of the type graph: fresh nodes at the current level, links, levels, and a
 * trail that takes changes back.
 *
 * Levels (Rémy): a node made while the right-hand side of a `let` is inferred has a level above that of
 * the surrounding expression. What still has such a level afterwards is reachable from nothing outside, so
 * it can be generalised.
 *
 * All mutations go through `setDesc`, `setLevel`, `setScope`, `setRowField` and `setPresence`, so that `rollback` can undo
 * them.
 */

import type { Path } from './ident.ts'
import {
  type ArrowLabel,
  type FieldPresence,
  genericLevel,
  type RowField,
  repr,
  type Type,
  type TypeDesc,
} from './types.ts'

let level = 1
let lastId = 0
let trail: Change[] = []
let snapshots = 0

export const currentLevel = (): number => level

/** Runs `body` one level deeper. */
export function inNewLevel<Result>(body: () => Result): Result {
  level += 1
  try {
    return body()
  } finally {
    level -= 1
  }
}

/** Runs `body` at another level. */
export function atLevel<Result>(other: number, body: () => Result): Result {
  const before = level
  level = other
  try {
    return body()
  } finally {
    level = before
  }
}

/** As `greatestStamp` and `skipStamps` of ident.ts, for the nodes' ids. */
export const greatestTypeId = (): number => lastId
export function skipTypeIds(upTo: number): void {
  lastId = Math.max(lastId, upTo)
}

/** Runs `body` as if nothing else were going on: another unit's inference in the middle of this one's. */
export function isolated<Result>(body: () => Result): Result {
  const saved = { level, trail, snapshots }
  level = 1
  trail = []
  snapshots = 0
  try {
    return body()
  } finally {
    level = saved.level
    trail = saved.trail
    snapshots = saved.snapshots
  }
}

export function newType(desc: TypeDesc, atLevel = level): Type {
  lastId += 1
  return { desc, level: atLevel, scope: 0, id: lastId }
}

export function newVariable(name?: string, atLevel = level): Type {
  return newType(name === undefined ? { kind: 'variable' } : { kind: 'variable', name }, atLevel)
}

export function arrowType(label: ArrowLabel, parameter: Type, result: Type, atLevel = level): Type {
  return newType({ kind: 'arrow', label, parameter, result }, atLevel)
}

/** `t => u` */
export function synchronousType(parameter: Type, result: Type, atLevel = level): Type {
  return newType({ kind: 'arrow', label: '', parameter, result, synchronous: true }, atLevel)
}

export function tupleType(elements: readonly Type[], atLevel = level): Type {
  return newType({ kind: 'tuple', elements }, atLevel)
}

export function constructorType(path: Path, args: readonly Type[] = [], atLevel = level): Type {
  return newType({ kind: 'constructor', path, arguments: args }, atLevel)
}

/** A generalised variable: a parameter of a declaration, or a quantified variable of a scheme. */
export function genericVariable(name?: string): Type {
  return newVariable(name, genericLevel)
}

// ---------------------------------------------------------------------------------------------------------
// Mutation with a trail

type Change =
  | { readonly type: Type; readonly desc: TypeDesc; readonly level: number; readonly scope: number }
  | { readonly field: RowField; readonly state: RowField['state'] }
  | { readonly presence: FieldPresence; readonly state: FieldPresence['state'] }

function remember(type: Type): void {
  if (snapshots > 0) trail.push({ type, desc: type.desc, level: type.level, scope: type.scope })
}

export function setDesc(type: Type, desc: TypeDesc): void {
  remember(type)
  type.desc = desc
}

export function setLevel(type: Type, to: number): void {
  remember(type)
  type.level = to
}

export function setScope(type: Type, to: number): void {
  remember(type)
  type.scope = to
}

/** Makes `type` mean `to`. */
export function link(type: Type, to: Type): void {
  const target = repr(to)
  if (target !== type) setDesc(type, { kind: 'link', to: target })
}

export function setRowField(field: RowField, state: RowField['state']): void {
  if (snapshots > 0) trail.push({ field, state: field.state })
  field.state = state
}

export function setPresence(presence: FieldPresence, state: FieldPresence['state']): void {
  if (snapshots > 0) trail.push({ presence, state: presence.state })
  presence.state = state
}

function undoChange(change: Change): void {
  if ('field' in change) change.field.state = change.state
  else if ('presence' in change) change.presence.state = change.state
  else {
    change.type.desc = change.desc
    change.type.level = change.level
    change.type.scope = change.scope
  }
}

function rollbackTo(length: number): void {
  while (trail.length > length) undoChange(trail.pop() as Change)
}

/** Runs `body` and takes back what it did to types when it throws, or when `keep` says so of its result. */
export function attempt<Result>(body: () => Result, keep: (result: Result) => boolean = () => true): Result {
  const start = trail.length
  snapshots += 1
  let kept = false
  try {
    const result = body()
    kept = keep(result)
    return result
  } finally {
    if (!kept) rollbackTo(start)
    snapshots -= 1
    if (snapshots === 0) trail = []
  }
}
