/**
 * Levels of existing nodes: lowering them when a type becomes reachable from further outside, and refusing
 * to when that would let a local type escape.
 */

import { type Env, normalizeTypePath } from './env.ts'
import { expandOnce } from './expand.ts'
import type { Ident, Path } from './ident.ts'
import { isDummyMethod } from './object-fields.ts'
import { componentsOfDesc } from './subst.ts'
import { link, setDesc, setLevel } from './type-graph.ts'
import { genericLevel, repr, type Type, type TypeDesc } from './types.ts'
import { UnifyError } from './unify-error.ts'

type Constructor = Extract<TypeDesc, { kind: 'constructor' }>

/** The level at which a local type or module was bound, by stamp. What is not here was bound at the top. */
const scopes = new Map<number, number>()

/** Declares that types that mention `ident` must not reach below `level`. */
export function bindLocally(ident: Ident, level: number): void {
  scopes.set(ident.stamp, level)
}

export function forgetLocal(ident: Ident): void {
  scopes.delete(ident.stamp)
}

/** Runs `body` while types that mention the idents are bound at `level`. */
export function whileLocal<Result>(idents: readonly Ident[], level: number, body: () => Result): Result {
  const before = idents.map(({ stamp }) => scopes.get(stamp))
  for (const ident of idents) bindLocally(ident, level)
  try {
    return body()
  } finally {
    idents.forEach((ident, i) => {
      const known = before[i]
      if (known === undefined) forgetLocal(ident)
      else bindLocally(ident, known)
    })
  }
}

export function pathScope(path: Path): number {
  if (scopes.size === 0) return 0
  if (path.kind === 'ident') return scopes.get(path.ident.stamp) ?? 0
  if (path.kind === 'dot') return pathScope(path.prefix)
  return Math.max(pathScope(path.functor), pathScope(path.argument))
}

/** Makes every node of the type have at most `level`. Throws `UnifyError` when a local type would escape. */
export function lowerLevel(env: Env, type: Type, level: number): void {
  const t = repr(type)
  if (t.level <= level) return
  if (t.scope > level) throw new UnifyError([{ kind: 'ambiguous', type: t }])
  const { desc } = t
  if (desc.kind === 'constructor') {
    if (pathScope(desc.path) > level) return lowerEscaping(env, t, desc, level)
    if (desc.arguments.length === 0 && t.level === genericLevel) return
  }
  if (desc.kind === 'package' && pathScope(desc.path) > level) {
    throw new UnifyError([{ kind: 'escape', what: 'module-type', path: desc.path }])
  }
  if (desc.kind === 'variant' && desc.row.name !== undefined && pathScope(desc.row.name.path) > level) {
    const { name: _, ...row } = desc.row
    setDesc(t, { kind: 'variant', row })
  }
  if (desc.kind === 'object' && desc.name !== undefined && pathScope(desc.name.path) > level) {
    setDesc(t, { kind: 'object', fields: desc.fields })
  }
  if (desc.kind === 'field' && isDummyMethod(desc.name)) checkSelf(desc.type, level)
  setLevel(t, level)
  try {
    for (const component of componentsOfDesc(t.desc)) lowerLevel(env, component, level)
  } catch (error) {
    // `'a t` with `type 'a t = int`: what an argument mentions does not matter if the abbreviation drops it.
    const expanded =
      error instanceof UnifyError && desc.kind === 'constructor' ? expandOnce(env, t) : undefined
    if (expanded === undefined) throw error
    link(t, expanded)
    lowerLevel(env, expanded, level)
  }
}

/** The dummy method's type belongs to the class: it tells whether the self type leaves that. */
function checkSelf(scope: Type, level: number): void {
  const { desc } = repr(scope)
  if (desc.kind === 'constructor' && pathScope(desc.path) > level)
    throw new UnifyError([{ kind: 'self-escape' }])
}

/**
 * Among type equations: makes the type of a tag or a method belong where its row variable belongs, since that is shared by
 * all objects or variants of the row.
 */
export function belongTo(env: Env, row: Type, type: Type): void {
  const { desc, level } = repr(row)
  if (env.equations !== undefined && desc.kind !== 'nil') lowerLevel(env, type, level)
}

/** Throws when the type could not be lowered to the level because of what it mentions; nothing is changed. */
export function checkScopes(env: Env, type: Type, level: number, seen = new Set<Type>()): void {
  const t = repr(type)
  if (seen.has(t)) return
  seen.add(t)
  if (t.scope > level) throw new UnifyError([{ kind: 'ambiguous', type: t }])
  if (t.desc.kind === 'constructor' && pathScope(t.desc.path) > level) {
    const expanded = expandOnce(env, t)
    if (expanded === undefined)
      throw new UnifyError([{ kind: 'escape', what: 'constructor', path: t.desc.path }])
    checkScopes(env, expanded, level, seen)
    return
  }
  for (const component of componentsOfDesc(t.desc)) checkScopes(env, component, level, seen)
}

/** A local type may leave its scope only as what it abbreviates, or under a name from outside. */
function lowerEscaping(env: Env, type: Type, desc: Constructor, level: number): void {
  const path = normalizeTypePath(env, desc.path)
  if (pathScope(path) <= level) {
    setDesc(type, { ...desc, path })
    lowerLevel(env, type, level)
    return
  }
  const expanded = expandOnce(env, type)
  if (expanded === undefined) throw new UnifyError([{ kind: 'escape', what: 'constructor', path: desc.path }])
  link(type, expanded)
  lowerLevel(env, expanded, level)
}
