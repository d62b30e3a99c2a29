/**
 * Generalisation: what was inferred at a deeper level than the current one is reachable from nothing outside, so
 * its variables are quantified.
 *
 * A right-hand side that can do something when it is evaluated (an application, say) must not be generalised
 * freely. The relaxed value restriction (Garrigue, "Relaxing the value restriction", FLOPS 2004) still generalises
 * variables that occur only covariantly.
 */

import { type Env, findType } from './env.ts'
import { lowerLevel } from './levels.ts'
import { flattenRow } from './rows.ts'
import { componentsOfDesc, rowFieldState } from './subst.ts'
import { currentLevel, setLevel } from './type-graph.ts'
import { genericLevel, type Row, repr, type Type, type TypeDesc } from './types.ts'

/** Quantifies everything whose level is deeper than the current one. */
export function generalise(type: Type): void {
  const t = repr(type)
  if (t.level <= currentLevel() || t.level === genericLevel) return
  setLevel(t, genericLevel)
  for (const component of componentsOfDesc(t.desc)) generalise(component)
}

/**
 * Quantifies the structure of a type but not its variables: every `instance` then has nodes of its own, so that
 * unifying one with an abbreviation does not change how the others print.
 */
export function generaliseStructure(type: Type): void {
  const t = repr(type)
  if (t.level <= currentLevel() || t.level === genericLevel) return
  const isUnknown = t.desc.kind === 'variable'
  setLevel(t, isUnknown ? currentLevel() : genericLevel)
  for (const component of componentsOfDesc(t.desc)) generaliseStructure(component)
}

/** Makes all of the type monomorphic at the current level. */
export function keepMonomorphic(env: Env, type: Type): void {
  lowerLevel(env, type, currentLevel())
}

/** Makes monomorphic what occurs elsewhere than covariantly, so that `generalise` leaves it alone. */
export function restrictToCovariant(env: Env, type: Type): void {
  restrict(env, type, new Set())
}

function restrict(env: Env, type: Type, seen: Set<Type>): void {
  const t = repr(type)
  if (t.level <= currentLevel() || seen.has(t)) return
  seen.add(t)
  restrictDesc(env, t.desc, seen)
}

function restrictDesc(env: Env, desc: TypeDesc, seen: Set<Type>): void {
  switch (desc.kind) {
    case 'variable':
    case 'universal':
    case 'nil':
      return
    case 'arrow':
      keepMonomorphic(env, desc.parameter)
      restrict(env, desc.result, seen)
      return
    case 'constructor':
      restrictArguments(env, desc, seen)
      return
    case 'variant':
      restrictRow(env, flattenRow(desc.row), seen)
      return
    case 'package':
      for (const constraint of desc.constraints) keepMonomorphic(env, constraint.type)
      return
    default:
      for (const component of componentsOfDesc(desc)) restrict(env, component, seen)
  }
}

function restrictArguments(
  env: Env,
  desc: Extract<TypeDesc, { kind: 'constructor' }>,
  seen: Set<Type>,
): void {
  const variance = findType(env, desc.path)?.variance
  desc.arguments.forEach((argument, i) => {
    const v = variance?.[i]
    if (v !== undefined && !v.covariant && !v.contravariant) return
    if (v === undefined || v.contravariant) keepMonomorphic(env, argument)
    else restrict(env, argument, seen)
  })
}

/** An undecided tag's argument can still be compared with others, and an open row can still grow. */
function restrictRow(env: Env, row: Row, seen: Set<Type>): void {
  for (const field of row.fields.values()) {
    const state = rowFieldState(field)
    if (state.kind === 'present' && state.argument !== undefined) restrict(env, state.argument, seen)
    if (state.kind === 'either') for (const argument of state.arguments) restrict(env, argument, seen)
  }
  restrict(env, row.more, seen)
}
