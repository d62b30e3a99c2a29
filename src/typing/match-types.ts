/**
 * Comparing types without making them equal: is one an instance of the other, are they the same up to the
 * names of their variables?
 *
 * The variables of one side are replaced by types that are equal to nothing else ("skolems") and the other
 * side is unified with that. A skolem belongs to a deeper level than any weak variable, so none can be bound
 * to it.
 */

import type { Env } from './env.ts'
import { freshIdent, type Ident } from './ident.ts'
import { instanceAll } from './instance.ts'
import { bindLocally, forgetLocal } from './levels.ts'
import { componentsOfDesc } from './subst.ts'
import { attempt, constructorType, currentLevel, inNewLevel, link } from './type-graph.ts'
import { repr, type Type } from './types.ts'
import { keepingSeparate, UnifyError, unify } from './unify.ts'

/**
 * The unknowns that belong to the current level, in the order of their occurrence: not the weak variables
 * from further out.
 */
function freshVariables(types: readonly Type[]): readonly Type[] {
  const seen = new Set<Type>()
  const found: Type[] = []
  const visit = (type: Type): void => {
    const t = repr(type)
    if (t.level < currentLevel() || seen.has(t)) return
    seen.add(t)
    if (t.desc.kind === 'variable') found.push(t)
    componentsOfDesc(t.desc).forEach(visit)
  }
  types.forEach(visit)
  return found
}

/** Runs `body` on an instance of `types` whose variables are skolems. */
function withSkolems<Result>(
  types: readonly Type[],
  body: (skolemised: readonly Type[], skolems: readonly Ident[]) => Result,
): Result {
  const skolemised = instanceAll(types)
  const skolems = freshVariables(skolemised).map((variable) => {
    const ident = freshIdent('skolem')
    bindLocally(ident, currentLevel())
    link(variable, constructorType({ kind: 'ident', ident }))
    return ident
  })
  try {
    return body(skolemised, skolems)
  } finally {
    skolems.forEach(forgetLocal)
  }
}

function unifyAll(env: Env, ones: readonly Type[], others: readonly Type[]): boolean {
  try {
    keepingSeparate(() => {
      ones.forEach((one, i) => {
        unify(env, one, others[i] as Type)
      })
    })
    return true
  } catch (error) {
    if (error instanceof UnifyError) return false
    throw error
  }
}

/**
 * Whether `specific` is an instance of `general`. Weak variables of `general` may become closed types by
 * this; they do so only when the answer is yes.
 */
export function isMoreGeneral(env: Env, general: Type, specific: Type): boolean {
  return areMoreGeneral(env, [general], [specific])
}

export function areMoreGeneral(env: Env, general: readonly Type[], specific: readonly Type[]): boolean {
  return areInstances(env, () => instanceAll(general), specific)
}

/** As `areMoreGeneral`; `general` makes the instance. */
export function areInstances(env: Env, general: () => readonly Type[], specific: readonly Type[]): boolean {
  return inNewLevel(() =>
    withSkolems(specific, (skolemised) =>
      attempt(
        () => unifyAll(env, general(), skolemised),
        (worked) => worked,
      ),
    ),
  )
}

/** Whether two lists of types are the same but for a renaming of their generalised variables. */
export function areEqual(env: Env, ones: readonly Type[], others: readonly Type[]): boolean {
  if (ones.length !== others.length) return false
  return areRenamings(env, () => instanceAll(others), ones)
}

/** As `areEqual`; `others` makes the instance. */
export function areRenamings(env: Env, others: () => readonly Type[], ones: readonly Type[]): boolean {
  return inNewLevel(() =>
    withSkolems(ones, (skolemised, skolems) =>
      attempt(
        () => {
          const instances = others()
          const variables = freshVariables(instances)
          return unifyAll(env, skolemised, instances) && isRenaming(variables, skolems)
        },
        () => false,
      ),
    ),
  )
}

/** A row variable that got no further tags is the end of what it was linked to. */
function rowEnd(type: Type): Type {
  const t = repr(type)
  if (t.desc.kind !== 'variant' || t.desc.row.fields.size > 0) return t
  return rowEnd(t.desc.row.more)
}

/** Whether different variables have become different skolems. */
function isRenaming(bound: readonly Type[], skolems: readonly Ident[]): boolean {
  const stamps = new Set(skolems.map((skolem) => skolem.stamp))
  const found = new Set<number>()
  for (const type of bound) {
    const { desc } = rowEnd(type)
    if (desc.kind !== 'constructor' || desc.path.kind !== 'ident') return false
    const { stamp } = desc.path.ident
    if (!stamps.has(stamp) || found.has(stamp)) return false
    found.add(stamp)
  }
  return true
}
