/**
 * Unification of the type that a GADT constructor builds with the type of the value that is matched.
 *
 * Where unification would fail because a locally abstract type is not another type, the two become equal in the branch: an
 * equation is added to the environment. Unknowns on the way stay unknowns, but those that end up in an equation, or under
 * a type constructor of which nobody knows whether it is injective, become types of their own (`$0`).
 *
 * Reference: Garrigue and Rémy, "Ambivalent types for principal type inference with GADTs" (2013).
 */

import { areCompatible, isDatatype, isUnique } from './compatible.ts'
import { addEquation, type Env, findType, normalizeTypePath } from './env.ts'
import { addExistential, type Refining } from './existential.ts'
import { expandOnce } from './expand.ts'
import { type Path, samePath } from './ident.ts'
import { withOwnStructure } from './instance.ts'
import { pathScope } from './levels.ts'
import { flattenRow, isFixedRow, isStaticRow } from './rows.ts'
import { componentsOfDesc, pathKey } from './subst.ts'
import { attempt, link, newType } from './type-graph.ts'
import { repr, type Type, type TypeDesc } from './types.ts'
import { bindVariable, type Desc, expandKnown, meet, outerEquation, unifyPackages } from './unify.ts'
import { UnifyError, within } from './unify-error.ts'
import { closeField, unifyFields } from './unify-objects.ts'
import { unifyRows } from './unify-rows.ts'
import { correspond, freeUniversal, withPairing } from './universals.ts'

/** Makes the types equal, by equations where that is possible. */
export function unifyRefining(refining: Refining, got: Type, expected: Type): void {
  new PatternUnification(refining).unify(got, expected)
}

const mismatch = (): UnifyError => new UnifyError([])

const universalEscape = (variable: Type): UnifyError =>
  new UnifyError([{ kind: 'universal-escape', variable }])

class PatternUnification {
  private readonly refining: Refining
  /** Pairs of heads that are equal, or being made so. */
  private readonly seen: (readonly [Type, Type])[] = []
  private mayEquate = true

  constructor(refining: Refining) {
    this.refining = refining
  }

  private get env(): Env {
    return this.refining.env
  }

  unify(got: Type, expected: Type): void {
    try {
      this.nodes(repr(got), repr(expected))
    } catch (error) {
      throw within(error, got, expected)
    }
  }

  private isSeen(t1: Type, t2: Type): boolean {
    return t1 === t2 || this.seen.some(([a, b]) => (a === t1 && b === t2) || (a === t2 && b === t1))
  }

  private nodes(t1: Type, t2: Type): void {
    if (this.isSeen(t1, t2)) return
    if (t1.desc.kind === 'variable') this.bind(t1, t2)
    else if (t2.desc.kind === 'variable') this.bind(t2, t1)
    else if (!this.byOuter(t1, t2)) this.expanded(t1, t2)
  }

  /** As in `unify.ts`: of two types that are known by equations the one of the outer equation is expanded first. */
  private byOuter(t1: Type, t2: Type): boolean {
    const side = outerEquation(this.env, t1, t2)
    if (side === undefined) return false
    const expanded = expandOnce(this.env, side === 'first' ? t1 : t2)
    if (expanded === undefined) return false
    if (side === 'first') this.unify(expanded, t2)
    else this.unify(t1, expanded)
    return true
  }

  private expanded(t1: Type, t2: Type): void {
    const e1 = expandKnown(this.env, t1)
    const e2 = expandKnown(this.env, t2)
    meet(this.env, t1, t2)
    if (this.isSeen(e1, e2)) return
    if (e1.desc.kind === 'variable') this.bind(e1, repr(t2))
    else if (e2.desc.kind === 'variable') this.bind(e2, repr(t1))
    else {
      this.seen.push([e1, e2])
      this.heads(e1, e2)
    }
  }

  private bind(variable: Type, type: Type): void {
    if (this.refining.allowsRecursion && mentionsType(type, variable, new Set())) return
    bindVariable(this.env, variable, type)
  }

  private heads(e1: Type, e2: Type): void {
    const d1 = e1.desc
    const d2 = e2.desc
    if (d1.kind === 'arrow' && d2.kind === 'arrow') this.arrows(d1, d2)
    else if (d1.kind === 'tuple' && d2.kind === 'tuple') this.lists(d1.elements, d2.elements)
    else if (d1.kind === 'constructor' && d2.kind === 'constructor' && this.samePaths(d1.path, d2.path))
      this.applications(d1, d2)
    else if (d1.kind === 'universal' || d2.kind === 'universal') {
      if (!correspond(e1, e2)) throw universalEscape(d1.kind === 'universal' ? e1 : e2)
    } else if (d1.kind === 'constructor' || d2.kind === 'constructor') this.equate(e1, e2)
    else if (d1.kind === 'variant' && d2.kind === 'variant') this.rows(e1, e2, d1, d2)
    else if (d1.kind === 'poly' && d2.kind === 'poly') {
      withPairing(d1.variables, d2.variables, () => {
        this.unify(d1.body, d2.body)
      })
    } else if (d1.kind === 'package' && d2.kind === 'package') {
      this.packages(e1, e2, d1, d2)
    } else this.objects(e1, e2)
  }

  /** Module types of different names may be equal somewhere else. */
  private packages(e1: Type, e2: Type, d1: Desc<'package'>, d2: Desc<'package'>): void {
    try {
      attempt(() => unifyPackages(d1, d2, (a, b) => this.unify(a, b)))
    } catch (error) {
      if (!(error instanceof UnifyError)) throw error
      this.reify(e1)
      this.reify(e2)
    }
  }

  private objects(e1: Type, e2: Type): void {
    const d1 = e1.desc
    const d2 = e2.desc
    const unify = (_: Env, a: Type, b: Type): void => this.unify(a, b)
    if (d1.kind === 'object' && d2.kind === 'object') unifyFields(this.env, d1.fields, d2.fields, unify)
    else if (d1.kind === 'field' && d2.kind === 'field') unifyFields(this.env, e1, e2, unify)
    else if (d1.kind === 'field' && d2.kind === 'nil') closeField(this.env, d1, e2, 'second', unify)
    else if (d1.kind === 'nil' && d2.kind === 'field') closeField(this.env, d2, e1, 'first', unify)
    else if (d1.kind !== 'nil' || d2.kind !== 'nil') throw mismatch()
  }

  /** Labels may differ when types are compared for what may be equal: none of the two is applied. */
  private arrows(d1: Desc<'arrow'>, d2: Desc<'arrow'>): void {
    const isOptional = d1.label.startsWith('?') || d2.label.startsWith('?')
    if ((d1.label !== d2.label && isOptional) || d1.synchronous !== d2.synchronous) throw mismatch()
    this.unify(d1.parameter, d2.parameter)
    this.unify(d1.result, d2.result)
  }

  private lists(ones: readonly Type[], others: readonly Type[]): void {
    if (ones.length !== others.length) throw mismatch()
    ones.forEach((one, i) => {
      this.unify(one, others[i] as Type)
    })
  }

  private samePaths(a: Path, b: Path): boolean {
    return samePath(a, b) || samePath(normalizeTypePath(this.env, a), normalizeTypePath(this.env, b))
  }

  // -------------------------------------------------------------------------------------------------------
  // Applications of one type constructor

  /** `t1 c = t2 c` says that `t1 = t2` only where `c` is injective. */
  private applications(d1: Desc<'constructor'>, d2: Desc<'constructor'>): void {
    const declaration = findType(this.env, d1.path)
    const isInjective =
      !this.mayEquate || d1.path.kind === 'ident' || declaration === undefined || isDatatype(declaration)
    if (isInjective) {
      this.lists(d1.arguments, d2.arguments)
      return
    }
    d1.arguments.forEach((one, i) => {
      const other = d2.arguments[i] as Type
      if (declaration.variance[i]?.injective) this.unify(one, other)
      else this.unifyOrForget(one, other)
    })
  }

  /** Arguments may differ here; then nothing is known about them. */
  private unifyOrForget(one: Type, other: Type): void {
    const { mayEquate } = this
    this.mayEquate = false
    try {
      attempt(() => this.unify(one, other))
    } catch (error) {
      if (!(error instanceof UnifyError)) throw error
      this.reify(one)
      this.reify(other)
    } finally {
      this.mayEquate = mayEquate
    }
  }

  private rows(e1: Type, e2: Type, d1: Desc<'variant'>, d2: Desc<'variant'>): void {
    try {
      attempt(() => unifyRows(this.env, d1.row, d2.row, (_, a, b) => this.unify(a, b)))
    } catch (error) {
      if (!(error instanceof UnifyError)) throw error
      this.reify(e1)
      this.reify(e2)
      this.checkCompatible(e1, e2)
    }
  }

  // -------------------------------------------------------------------------------------------------------
  // Equations

  /** Two different types, at least one of them named. */
  private equate(e1: Type, e2: Type): void {
    const path1 = this.mayEquate ? this.unknownPath(e1) : undefined
    const path2 = this.mayEquate ? this.unknownPath(e2) : undefined
    if (path1 !== undefined && path2 !== undefined) {
      if (pathScope(path1) > pathScope(path2)) this.addEquation(path1, e2)
      else this.addEquation(path2, e1)
    } else if (path1 !== undefined) {
      this.reify(e2)
      this.addEquation(path1, e2)
    } else if (path2 !== undefined) {
      this.reify(e1)
      this.addEquation(path2, e1)
    } else {
      this.reify(e1)
      this.reify(e2)
      this.checkCompatible(e1, e2)
    }
  }

  private checkCompatible(e1: Type, e2: Type): void {
    if (this.mayEquate && !areCompatible(this.env, e1, e2)) throw mismatch()
  }

  /** The path of a type that may be any other, for all we know. */
  private unknownPath({ desc }: Type): Path | undefined {
    if (desc.kind !== 'constructor' || desc.arguments.length > 0) return undefined
    const declaration = findType(this.env, desc.path)
    if (declaration === undefined || declaration.private || declaration.manifest !== undefined)
      return undefined
    if (isDatatype(declaration) || isUnique(desc.path, declaration)) return undefined
    return desc.path
  }

  private addEquation(path: Path, type: Type): void {
    const declaration = findType(this.env, path)
    const universal = freeUniversal(type)
    if (universal !== undefined) throw universalEscape(universal)
    if (declaration === undefined || mentionsPath(this.env, type, path, new Set(), new Set())) return
    const { equationLevel } = this.refining
    this.refining.env = addEquation(this.env, path, {
      ...declaration,
      manifest: withOwnStructure(type),
      equationScope: Math.max(pathScope(path), equationLevel),
    })
  }

  /** Puts existential types in the place of unknowns. */
  private reify(type: Type): void {
    this.reifyNode(repr(type), new Set())
  }

  private reifyNode(t: Type, seen: Set<Type>): void {
    if (seen.has(t)) return
    seen.add(t)
    const { desc } = t
    if (desc.kind === 'variable') this.replaceUnknown(t, (type) => type.desc)
    else if (desc.kind === 'variant') this.reifyRow(desc, seen)
    else for (const component of componentsOfDesc(desc)) this.reifyNode(repr(component), seen)
  }

  private reifyRow(desc: Desc<'variant'>, seen: Set<Type>): void {
    const row = flattenRow(desc.row)
    if (!isStaticRow(row) && !isFixedRow(row) && row.more.desc.kind === 'variable') {
      const rest = (type: Type): TypeDesc => ({
        kind: 'variant',
        row: { fields: new Map(), more: type, closed: row.closed, fixed: true },
      })
      this.replaceUnknown(row.more, rest)
    }
    for (const component of componentsOfDesc(desc)) this.reifyNode(repr(component), seen)
  }

  private replaceUnknown(variable: Type, descOf: (type: Type) => TypeDesc): void {
    const { desc } = variable
    const name = desc.kind === 'variable' && desc.name !== undefined ? `$'${desc.name}` : '$'
    const { path, type } = addExistential(this.refining, name)
    // Messages show the new type, also if it may not be there.
    link(variable, newType(descOf(type), variable.level))
    if (variable.level < this.refining.equationLevel) {
      throw new UnifyError([{ kind: 'escape', what: 'constructor', path }])
    }
  }
}

function mentionsType(type: Type, target: Type, seen: Set<Type>): boolean {
  const t = repr(type)
  if (seen.has(t)) return false
  seen.add(t)
  return componentsOfDesc(t.desc).some((c) => repr(c) === target || mentionsType(c, target, seen))
}

/** Whether the type, with its abbreviations expanded, mentions the path: then an equation would not end. */
function mentionsPath(
  env: Env,
  type: Type,
  path: Path,
  seen: Set<Type>,
  expanded: ReadonlySet<string>,
): boolean {
  const t = repr(type)
  if (seen.has(t)) return false
  seen.add(t)
  const { desc } = t
  if (desc.kind === 'constructor') {
    if (samePath(desc.path, path)) return true
    const key = pathKey(desc.path)
    // A recursive abbreviation would expand for ever.
    const next = expanded.has(key) ? undefined : expandOnce(env, t)
    if (next !== undefined) return mentionsPath(env, next, path, seen, new Set([...expanded, key]))
  }
  return componentsOfDesc(desc).some((component) => mentionsPath(env, component, path, seen, expanded))
}
