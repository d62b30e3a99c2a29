/**
 * Unification: makes two types equal by linking unknowns, or throws `UnifyError`.
 *
 * Both sides are expanded; of a type and an abbreviation that means it, the abbreviation survives, since that is
 * what the programmer wrote. What was linked before a failure stays linked (messages show the types as far as
 * they agreed); wrap in `attempt` of `type-graph.ts` where a failure is no error.
 */

import { type Env, findType, normalizeTypePath } from './env.ts'
import { expandOnce, isBeyondEquation, raiseScope } from './expand.ts'
import { type Path, samePath } from './ident.ts'
import { lowerLevel } from './levels.ts'
import { objectNameState, setObjectName } from './object-fields.ts'
import { componentsOfDesc } from './subst.ts'
import { attempt, link, newType, newVariable, setDesc } from './type-graph.ts'
import { genericLevel, repr, type Type, type TypeDesc } from './types.ts'
import { type Side, UnifyError, within } from './unify-error.ts'
import { closeField, unifyFields } from './unify-objects.ts'
import { unifyRows } from './unify-rows.ts'
import { correspond, freeUniversal, withPairing } from './universals.ts'

export { type TraceElement, UnifyError } from './unify-error.ts'

export type Desc<Kind extends TypeDesc['kind']> = Extract<TypeDesc, { kind: Kind }>

const mismatch = (): UnifyError => new UnifyError([])

/** Makes `got` and `expected` equal. The order matters for messages only. */
export function unify(env: Env, got: Type, expected: Type): void {
  try {
    unifyNodes(env, repr(got), repr(expected))
  } catch (error) {
    throw within(error, got, expected)
  }
}

/** Whether the two types unify; nothing is changed. */
export function unifiable(env: Env, a: Type, b: Type): boolean {
  return attempt(
    () => succeeds(() => unify(env, a, b)),
    () => false,
  )
}

/** Unifies and says whether that worked; nothing is changed when it did not. */
export function tryUnify(env: Env, a: Type, b: Type): boolean {
  return attempt(
    () => succeeds(() => unify(env, a, b)),
    (worked) => worked,
  )
}

function succeeds(body: () => void): boolean {
  try {
    body()
    return true
  } catch (error) {
    if (error instanceof UnifyError) return false
    throw error
  }
}

let separate = false

/**
 * Runs `body`, which compares types and only has unknowns to find: known types that turn out equal stay nodes of their own, written
 * as they were. One may have a name that means nothing where the other comes from.
 */
export function keepingSeparate<Result>(body: () => Result): Result {
  const before = separate
  separate = true
  try {
    return body()
  } finally {
    separate = before
  }
}

const staysSeparate = ({ kind }: TypeDesc): boolean =>
  separate && (kind === 'arrow' || kind === 'tuple' || kind === 'constructor')

function unifyNodes(env: Env, t1: Type, t2: Type): void {
  if (t1 === t2) return
  const d1 = t1.desc
  const d2 = t2.desc
  if (d1.kind === 'variable' && d2.kind === 'variable') linkVariables(env, t1, t2)
  else if (d1.kind === 'variable') bindVariable(env, t1, t2)
  else if (d2.kind === 'variable') bindVariable(env, t2, t1)
  else if (sameConstant(d1, d2)) meet(env, t1, t2)
  else if (env.equations === undefined || !unifyByOuter(env, t1, t2)) unifyExpanded(env, t1, t2)
}

/**
 * Of two types that are known by equations the one of the outer equation is expanded first, so that no more equations are
 * used than it takes. False when there is nothing to expand.
 */
function unifyByOuter(env: Env, t1: Type, t2: Type): boolean {
  const side = outerEquation(env, t1, t2)
  if (side === undefined) return false
  const outer = side === 'first' ? t1 : t2
  checkEquation(env, outer)
  const expanded = expandOnce(env, outer)
  if (expanded === undefined) return false
  if (side === 'first') unify(env, expanded, t2)
  else unify(env, t1, expanded)
  return true
}

/** Which of two types is known by the outer equation; undefined unless both are known by one. */
export function outerEquation(env: Env, t1: Type, t2: Type): Side | undefined {
  const scope1 = equationScope(env, t1)
  const scope2 = equationScope(env, t2)
  if (scope1 === undefined || scope2 === undefined) return undefined
  return scope1 > scope2 ? 'second' : 'first'
}

function equationScope(env: Env, { desc }: Type): number | undefined {
  if (desc.kind !== 'constructor' || desc.arguments.length > 0) return undefined
  return findType(env, desc.path)?.equationScope
}

const sameConstant = (d1: TypeDesc, d2: TypeDesc): boolean =>
  d1.kind === 'constructor' &&
  d2.kind === 'constructor' &&
  d1.arguments.length === 0 &&
  d2.arguments.length === 0 &&
  samePath(d1.path, d2.path)

/** The one with a name survives, so that annotations keep their names. */
function linkVariables(env: Env, t1: Type, t2: Type): void {
  const name = (t1.desc as Desc<'variable'>).name
  if ((t2.desc as Desc<'variable'>).name === undefined && name !== undefined) {
    lowerLevel(env, t1, t2.level)
    link(t2, t1)
    return
  }
  lowerLevel(env, t2, t1.level)
  link(t1, t2)
}

export function bindVariable(env: Env, variable: Type, type: Type): void {
  checkOccurs(env, variable, type)
  const universal = freeUniversal(type)
  if (universal !== undefined) throw new UnifyError([{ kind: 'universal-escape', variable: universal }])
  lowerLevel(env, type, variable.level)
  needScope(type, variable.scope)
  link(variable, type)
}

/** Makes the type ambiguous below `scope`; throws when it belongs to a place further out. */
function needScope(type: Type, scope: number): void {
  const t = repr(type)
  if (t.level < scope) throw new UnifyError([{ kind: 'ambiguous', type: t }])
  raiseScope(t, scope)
}

/** Throws when the type is known by an equation only that does not hold where the type belongs. */
function checkEquation(env: Env, type: Type): void {
  if (isBeyondEquation(env, type)) throw new UnifyError([{ kind: 'ambiguous', type }])
}

/** Follows links, abbreviations and equations at the head. */
export function expandKnown(env: Env, type: Type): Type {
  let t = repr(type)
  for (;;) {
    checkEquation(env, t)
    const next = expandOnce(env, t)
    if (next === undefined) return t
    t = next
  }
}

/** Throws when `variable` occurs in `type`. Objects and polymorphic variants may be recursive. */
function checkOccurs(env: Env, variable: Type, type: Type): void {
  if (occurs(env, variable, repr(type), new Set())) {
    throw new UnifyError([{ kind: 'occurs', variable, type }])
  }
}

function occurs(env: Env, variable: Type, t: Type, seen: Set<Type>): boolean {
  if (t === variable) return true
  // A node that contains the variable has at least its level.
  if (t.level < variable.level || seen.has(t)) return false
  const { desc } = t
  if (desc.kind === 'variant' || desc.kind === 'object') return false
  const components = componentsOfDesc(desc)
  if (components.length === 0) return false
  seen.add(t)
  if (!components.some((component) => occurs(env, variable, repr(component), seen))) return false
  const expanded = expandOnce(env, t)
  return expanded === undefined || occurs(env, variable, expanded, seen)
}

/** Two types that become one have the lower of their levels and the higher of their scopes. */
export function meet(env: Env, t1: Type, t2: Type): void {
  const level = Math.min(t1.level, t2.level)
  const scope = Math.max(t1.scope, t2.scope)
  lowerLevel(env, t1, level)
  lowerLevel(env, t2, level)
  needScope(t1, scope)
  needScope(t2, scope)
}

function unifyExpanded(env: Env, t1: Type, t2: Type): void {
  const e1 = expandKnown(env, t1)
  const e2 = expandKnown(env, t2)
  if (e1 === e2) return
  meet(env, t1, t2)
  const first = repr(t1)
  const second = repr(t2)
  if (first === second) return
  const unifyHeads = () => unifyStructure(env, { whole: first, head: e1 }, { whole: second, head: e2 })
  if (e1 === first || e2 === second) unifyHeads()
  else assuming(first, second, unifyHeads)
}

/** Pairs of abbreviations whose expansions are being unified: recursive types come back to them. */
const assumed: (readonly [Type, Type])[] = []

/** Runs `body` unless it is under way for these types. */
function assuming(one: Type, two: Type, body: () => void): void {
  if (assumed.some(([a, b]) => isSameApplication(a, one) && isSameApplication(b, two))) return
  assumed.push([one, two])
  try {
    body()
  } finally {
    assumed.pop()
  }
}

/** Whether both are the same constructor applied to the same nodes. */
function isSameApplication(a: Type, b: Type): boolean {
  if (a === b) return true
  const d = a.desc
  const e = b.desc
  return (
    d.kind === 'constructor' &&
    e.kind === 'constructor' &&
    samePath(d.path, e.path) &&
    d.arguments.every((argument, i) => repr(argument) === repr(e.arguments[i] as Type))
  )
}

interface Expanded {
  /** As written. */
  readonly whole: Type
  /** Its expansion; the same node when it is no abbreviation. */
  readonly head: Type
}

/** Unifies two expanded heads, and links the one that is no abbreviation to the other. */
function unifyStructure(env: Env, one: Expanded, two: Expanded): void {
  const d1 = one.head.desc
  const d2 = two.head.desc
  if (d1.kind === 'variable') return bindVariable(env, one.head, two.whole)
  if (d2.kind === 'variable') return bindVariable(env, two.head, one.whole)
  if (d1.kind === 'universal' && d2.kind === 'universal') {
    if (!correspond(one.head, two.head)) throw mismatch()
    return
  }
  if (d1.kind === 'nil' && d2.kind === 'nil') return
  const [from, to] = one.head === one.whole || two.head !== two.whole ? [one, two] : [two, one]
  const saved = from.head.desc
  if (mentions(env, from, to)) return unifyRecursive(env, one, two, from, to)
  // A generalised node is shared by all its users (`int` everywhere): it must never mean something else.
  const isShared = from.head.level === genericLevel || staysSeparate(saved)
  if (!isShared) link(from.head, to.whole)
  try {
    unifyDescs(env, d1, d2, one.head.level)
    if (from.head !== to.whole) keepName(saved, to.whole)
  } catch (error) {
    if (!isShared) setDesc(from.head, saved)
    throw error
  }
}

/** The name of an object type that was linked to one without. */
function keepName(from: TypeDesc, to: Type): void {
  if (from.kind !== 'object' || from.name === undefined || objectNameState(to) !== 'none') return
  setObjectName(to, from.name)
}

/** Whether linking a node to an abbreviation would tie a knot, since that mentions the node. */
function mentions(env: Env, from: Expanded, to: Expanded): boolean {
  if (to.head === to.whole) return false
  return componentsOfDesc(to.whole.desc).some((c) => occurs(env, from.head, repr(c), new Set()))
}

/** Objects and variants may be recursive: then the abbreviation is given up for what it means. */
function unifyRecursive(env: Env, one: Expanded, two: Expanded, from: Expanded, to: Expanded): void {
  const { kind } = to.head.desc
  if (kind !== 'object' && kind !== 'variant') {
    throw new UnifyError([{ kind: 'occurs', variable: from.head, type: to.whole }])
  }
  link(to.whole, to.head)
  const plain = (side: Expanded): Expanded => (side === to ? { whole: to.head, head: to.head } : side)
  unifyStructure(env, plain(one), plain(two))
}

function unifyDescs(env: Env, d1: TypeDesc, d2: TypeDesc, level: number): void {
  if (d1.kind === 'arrow' && d2.kind === 'arrow') unifyArrows(env, d1, d2)
  else if (d1.kind === 'tuple' && d2.kind === 'tuple') unifyLists(env, d1.elements, d2.elements)
  else if (d1.kind === 'constructor' && d2.kind === 'constructor') unifyConstructors(env, d1, d2)
  else if (d1.kind === 'variant' && d2.kind === 'variant') unifyRows(env, d1.row, d2.row, unify)
  else if (d1.kind === 'object' && d2.kind === 'object') unifyFields(env, d1.fields, d2.fields, unify)
  else if (d1.kind === 'poly' && d2.kind === 'poly') unifyPolys(env, d1, d2)
  else if (d1.kind === 'poly' && d1.variables.length === 0) unify(env, d1.body, newType(d2, level))
  else if (d2.kind === 'poly' && d2.variables.length === 0) unify(env, newType(d1, level), d2.body)
  else if (d1.kind === 'package' && d2.kind === 'package') unifyPackages(d1, d2, (a, b) => unify(env, a, b))
  else if (d1.kind === 'field' && d2.kind === 'field')
    unifyFields(env, newType(d1, level), newType(d2, level), unify)
  else if (d1.kind === 'nil' || d2.kind === 'nil') unifyEnds(env, d1, d2, level)
  else throw mismatch()
}

/** One object has no more methods. */
function unifyEnds(env: Env, d1: TypeDesc, d2: TypeDesc, level: number): void {
  if (d1.kind === 'field') closeField(env, d1, newType(d2, level), 'second', unify)
  else if (d2.kind === 'field') closeField(env, d2, newType(d1, level), 'first', unify)
  else if (d1.kind === 'constructor') throw new UnifyError([{ kind: 'abstract-row', side: 'first' }])
  else if (d2.kind === 'constructor') throw new UnifyError([{ kind: 'abstract-row', side: 'second' }])
  else throw mismatch()
}

function unifyArrows(env: Env, d1: Desc<'arrow'>, d2: Desc<'arrow'>): void {
  if (d1.label !== d2.label || d1.synchronous !== d2.synchronous) throw mismatch()
  unify(env, d1.parameter, d2.parameter)
  unify(env, d1.result, d2.result)
}

function unifyLists(env: Env, list1: readonly Type[], list2: readonly Type[]): void {
  if (list1.length !== list2.length) throw mismatch()
  list1.forEach((type, i) => {
    unify(env, type, list2[i] as Type)
  })
}

function unifyConstructors(env: Env, d1: Desc<'constructor'>, d2: Desc<'constructor'>): void {
  if (!samePath(d1.path, d2.path) && !sameNormalPath(env, d1.path, d2.path)) throw mismatch()
  unifyLists(env, d1.arguments, d2.arguments)
}

const sameNormalPath = (env: Env, a: Path, b: Path): boolean =>
  samePath(normalizeTypePath(env, a), normalizeTypePath(env, b))

function unifyPolys(env: Env, d1: Desc<'poly'>, d2: Desc<'poly'>): void {
  if (d1.variables.length === 0 && d2.variables.length === 0) return unify(env, d1.body, d2.body)
  withPairing(d1.variables, d2.variables, () => {
    unify(env, d1.body, d2.body)
  })
}

export function unifyPackages(
  d1: Desc<'package'>,
  d2: Desc<'package'>,
  unifyTypes: (a: Type, b: Type) => void,
): void {
  if (!samePath(d1.path, d2.path) || d1.constraints.length !== d2.constraints.length) throw mismatch()
  for (const constraint of d1.constraints) {
    const key = constraint.path.join('.')
    const other = d2.constraints.find((c) => c.path.join('.') === key)
    if (other === undefined) throw mismatch()
    unifyTypes(constraint.type, other.type)
  }
}

// ---------------------------------------------------------------------------------------------------------

/**
 * What a function type expects next, when `type` is or can become a function with this label; throws
 * `UnifyError` otherwise.
 */
export function filterArrow(
  env: Env,
  type: Type,
  label: Desc<'arrow'>['label'],
  optional: (parameter: Type) => Type,
): Desc<'arrow'> {
  const t = expandKnown(env, type)
  if (t.desc.kind === 'arrow') {
    if (t.desc.label === label) return t.desc
    throw mismatch()
  }
  if (t.desc.kind !== 'variable') throw mismatch()
  const parameter = newVariable(undefined, t.level)
  const given = label.startsWith('?') ? optional(parameter) : parameter
  const desc = { kind: 'arrow', label, parameter: given, result: newVariable(undefined, t.level) } as const
  link(t, newType(desc, t.level))
  return desc
}
