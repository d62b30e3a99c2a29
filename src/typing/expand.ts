/**
 * Abbreviations: what a type constructor stands for.
 */

import { type Env, findType } from './env.ts'
import { objectRow } from './object-fields.ts'
import { predefinedType } from './predef.ts'
import { flattenRow } from './rows.ts'
import { componentsOfDesc, mapDesc } from './subst.ts'
import { newType, setScope } from './type-graph.ts'
import { genericLevel, repr, type Type, type TypeDeclaration } from './types.ts'

type Memo = Map<Type, Type>

/** Copies a declaration's type with `memo` in place of its parameters; new nodes have level `level`. */
function copyManifest(type: Type, memo: Memo, level: number): Type {
  const t = repr(type)
  const known = memo.get(t)
  if (known !== undefined) return known
  if (t.level !== genericLevel) return t
  const { desc } = t
  if (desc.kind === 'universal' || desc.kind === 'nil') return t
  const copy = newType({ kind: 'nil' }, level)
  memo.set(t, copy)
  copy.desc = mapDesc(desc, (component) => copyManifest(component, memo, level))
  return copy
}

/** Binds the variables of a constrained parameter (`constraint 'a = int * 'b`) to the parts of an argument. */
function matchParameter(env: Env, parameter: Type, argument: Type, memo: Memo, seen = new Set<Type>()): void {
  const p = repr(parameter)
  if (p.desc.kind === 'variable') {
    if (!memo.has(p)) memo.set(p, argument)
    return
  }
  if (seen.has(p)) return
  seen.add(p)
  const a = expandHead(env, argument)
  if (a.desc.kind !== p.desc.kind) return
  const parts = componentsOfDesc(a.desc)
  componentsOfDesc(p.desc).forEach((part, i) => {
    const other = parts[i]
    if (other !== undefined) matchParameter(env, part, other, memo, seen)
  })
}

/** Whether the type mentions a variable that is not bound yet. */
function hasUnbound(type: Type, memo: Memo, seen: Set<Type>): boolean {
  const t = repr(type)
  if (memo.has(t) || seen.has(t) || t.level !== genericLevel) return false
  seen.add(t)
  if (t.desc.kind === 'variable') return true
  return componentsOfDesc(t.desc).some((component) => hasUnbound(component, memo, seen))
}

/** The type of a declaration with `args` in place of its parameters; new nodes have level `level`. */
export function instantiate(
  env: Env,
  declared: readonly Type[],
  type: Type,
  args: readonly Type[],
  level: number,
): Type {
  const parameters = declared.map(repr)
  const memo: Memo = new Map(parameters.map((parameter, i) => [parameter, args[i] as Type]))
  // Constrained parameters may mention the type itself, so they are looked into only when there is a need.
  const isConstrained = parameters.some((parameter) => parameter.desc.kind !== 'variable')
  if (isConstrained && hasUnbound(type, memo, new Set())) {
    parameters.forEach((parameter, i) => {
      matchParameter(env, parameter, args[i] as Type, memo)
    })
  }
  return copyManifest(type, memo, level)
}

/** Private abbreviations expand only with `includePrivate`; a private row hides nothing but its rest. */
function expandsTo(declaration: TypeDeclaration | undefined, includePrivate: boolean): boolean {
  if (declaration?.manifest === undefined) return false
  if (includePrivate || !declaration.private || declaration.kind.kind !== 'abstract') return true
  return isPrivateRow(declaration.manifest)
}

/** `private [> … ]` or `private < …; .. >`: the rest of the row is an abstract type. */
export function isPrivateRow(type: Type): boolean {
  const t = repr(type)
  const rest = t.desc.kind === 'variant' ? flattenRow(t.desc.row).more : objectRow(t)
  return rest !== t && repr(rest).desc.kind === 'constructor'
}

/** One step of expansion, or undefined when the head is not an abbreviation. */
export function expandOnce(env: Env, type: Type, includePrivate = false): Type | undefined {
  const t = repr(type)
  if (t.desc.kind !== 'constructor') return undefined
  const { path } = t.desc
  if (predefinedType(path) !== undefined) return undefined
  const declaration = findType(env, path)
  if (declaration === undefined || !expandsTo(declaration, includePrivate)) return undefined
  if (declaration.arity !== t.desc.arguments.length) return undefined
  const scope = Math.max(declaration.equationScope ?? 0, t.scope)
  if (scope > t.level) return undefined
  const { parameters, manifest } = declaration
  const expanded = repr(instantiate(env, parameters, manifest as Type, t.desc.arguments, t.level))
  if (scope > 0) {
    raiseScope(t, scope)
    raiseScope(expanded, scope)
  }
  return expanded
}

/** Makes the type ambiguous below `scope`. Generalised nodes are shared by all their users, so they stay as they are. */
export function raiseScope(type: Type, scope: number): void {
  if (type.scope < scope && type.level !== genericLevel) setScope(type, scope)
}

/** Whether an equation says what the type is, but the type belongs to a place where that is not known. */
export function isBeyondEquation(env: Env, type: Type): boolean {
  const t = repr(type)
  if (env.equations === undefined || t.desc.kind !== 'constructor') return false
  return (findType(env, t.desc.path)?.equationScope ?? 0) > t.level
}

/** Follows links and abbreviations at the head. */
export function expandHead(env: Env, type: Type): Type {
  let t = repr(type)
  for (;;) {
    const next = expandOnce(env, t)
    if (next === undefined) return t
    t = next
  }
}

/** Also through private abbreviations: for representations, which privacy does not change. */
export function expandHeadPrivate(env: Env, type: Type): Type {
  let t = repr(type)
  for (;;) {
    const next = expandOnce(env, t, true)
    if (next === undefined) return t
    t = next
  }
}
