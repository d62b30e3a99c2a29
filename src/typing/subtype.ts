/**
 * Subtyping, as coercions use it: covariant and contravariant parts, fewer tags, more methods, private types as what they are
 * made of. Where neither side says more, the parts are unified, after everything else has been compared.
 */

import { type Env, findType } from './env.ts'
import { expandOnce } from './expand.ts'
import { samePath } from './ident.ts'
import { fieldChain, flattenFields, type ObjectField } from './object-fields.ts'
import { flattenRow } from './rows.ts'
import { rowFieldState } from './subst.ts'
import { newVariable } from './type-graph.ts'
import { type Row, repr, type Type, type TypeDesc, type Variance } from './types.ts'
import { UnifyError, unify } from './unify.ts'
import { withPairing } from './universals.ts'

/** One type should be a subtype of the other. */
export interface SubtypePair {
  readonly got: Type
  readonly expected: Type
}

/** Thrown when a type is no subtype; always caught within `typing/`. */
export class SubtypeError {
  /** From the outermost to the innermost. */
  readonly pairs: readonly SubtypePair[]
  /** Why the innermost types do not unify. */
  readonly reason: UnifyError
  constructor(pairs: readonly SubtypePair[], reason: UnifyError) {
    this.pairs = pairs
    this.reason = reason
  }
}

/** Makes every value of `a` one of `b`, by unifying unknowns; throws `SubtypeError`. */
export function subtype(env: Env, a: Type, b: Type): void {
  const comparison = new Subtyping(env)
  comparison.compare([{ got: a, expected: b }])
  comparison.solve()
}

type Desc<Kind extends TypeDesc['kind']> = Extract<TypeDesc, { kind: Kind }>

type Trace = readonly [...SubtypePair[], SubtypePair]

interface Equation {
  readonly trace: Trace
  readonly one: Type
  readonly other: Type
  readonly quantified: readonly Quantified[]
}

/** The variables of two `poly` types around the types that are compared. */
interface Quantified {
  readonly left: readonly Type[]
  readonly right: readonly Type[]
}

class Subtyping {
  private readonly env: Env
  private readonly equations: Equation[] = []
  private quantified: readonly Quantified[] = []
  /** Pairs that are being compared: recursive types come back to them. */
  private readonly assumed: (readonly [Type, Type])[] = []

  constructor(env: Env) {
    this.env = env
  }

  /** Unifies what has to be equal. */
  solve(): void {
    for (const { trace, one, other, quantified } of this.equations) {
      try {
        underQuantifiers(quantified, () => unify(this.env, one, other))
      } catch (error) {
        if (!(error instanceof UnifyError)) throw error
        throw new SubtypeError(trace, new UnifyError(error.trace.slice(1)))
      }
    }
  }

  private equate(trace: Trace, one: Type, other: Type): void {
    this.equations.push({ trace, one, other, quantified: this.quantified })
  }

  /** Compares the last pair of the trace. */
  compare(trace: Trace): void {
    const { got, expected } = trace.at(-1) as SubtypePair
    const t = repr(got)
    const u = repr(expected)
    if (t === u || this.assumed.some(([x, y]) => isSame(x, t) && isSame(y, u))) return
    this.assumed.push([t, u])
    this.heads(trace, t, u)
  }

  private inside(trace: Trace, got: Type, expected: Type): void {
    this.compare([...trace, { got, expected }])
  }

  private heads(trace: Trace, t: Type, u: Type): void {
    const d = t.desc
    const e = u.desc
    if (d.kind === 'variable' || e.kind === 'variable') return this.equate(trace, t, u)
    if (d.kind === 'arrow' && e.kind === 'arrow' && isArrowBelow(d, e)) {
      this.inside(trace, e.parameter, d.parameter)
      this.inside(trace, d.result, e.result)
      return
    }
    if (d.kind === 'tuple' && e.kind === 'tuple' && d.elements.length === e.elements.length) {
      d.elements.forEach((element, i) => {
        this.inside(trace, element, e.elements[i] as Type)
      })
      return
    }
    if (d.kind === 'constructor' || e.kind === 'constructor') return this.constructors(trace, t, u)
    if (d.kind === 'object' && e.kind === 'object') return this.objects(trace, t, d, u, e)
    if (d.kind === 'variant' && e.kind === 'variant') {
      return this.rows(trace, t, flattenRow(d.row), u, flattenRow(e.row))
    }
    if (d.kind === 'poly' && e.kind === 'poly') return this.polys(trace, d, e)
    if (d.kind === 'package' && e.kind === 'package') return this.packages(trace, t, d, u, e)
    this.equate(trace, t, u)
  }

  /** A package may be coerced to one that says less about the types of the same module type. */
  private packages(trace: Trace, t: Type, d: Desc<'package'>, u: Type, e: Desc<'package'>): void {
    const known = new Map(d.constraints.map(({ path, type }) => [path.join('.'), type]))
    const wanted = e.constraints.map(({ path, type }) => [known.get(path.join('.')), type] as const)
    if (!samePath(d.path, e.path) || wanted.some(([one]) => one === undefined))
      return this.equate(trace, t, u)
    for (const [one, other] of wanted) if (one !== undefined) this.equate(trace, one, other)
  }

  private polys(trace: Trace, d: Desc<'poly'>, e: Desc<'poly'>): void {
    if (d.variables.length === 0 && e.variables.length === 0) return this.inside(trace, d.body, e.body)
    const before = this.quantified
    this.quantified = [...before, { left: d.variables, right: e.variables }]
    this.inside(trace, d.body, e.body)
    this.quantified = before
  }

  // -------------------------------------------------------------------------------------------------------

  private constructors(trace: Trace, t: Type, u: Type): void {
    const d = t.desc
    const e = u.desc
    if (
      d.kind === 'constructor' &&
      e.kind === 'constructor' &&
      samePath(d.path, e.path) &&
      d.arguments.length === 0
    ) {
      return
    }
    const one = expandOnce(this.env, t)
    if (one !== undefined) return this.heads(trace, one, u)
    const other = expandOnce(this.env, u)
    if (other !== undefined) return this.heads(trace, t, other)
    if (d.kind === 'constructor' && e.kind === 'constructor' && samePath(d.path, e.path)) {
      const variance = findType(this.env, d.path)?.variance ?? []
      d.arguments.forEach((argument, i) => {
        this.argument(trace, argument, e.arguments[i] as Type, variance[i])
      })
      return
    }
    const hidden = expandOnce(this.env, t, true)
    if (hidden === undefined) this.equate(trace, t, u)
    else this.heads(trace, hidden, u)
  }

  private argument(trace: Trace, a: Type, b: Type, variance: Variance | undefined): void {
    const covariant = variance?.covariant ?? true
    const contravariant = variance?.contravariant ?? true
    if (covariant && contravariant) this.equate([...trace, { got: a, expected: b }], a, b)
    else if (covariant) this.inside(trace, a, b)
    else if (contravariant) this.inside(trace, b, a)
  }

  // -------------------------------------------------------------------------------------------------------
  // Objects

  private objects(trace: Trace, t: Type, d: Desc<'object'>, u: Type, e: Desc<'object'>): void {
    const one = flattenFields(d.fields)
    const other = flattenFields(e.fields)
    if (one.rest.desc.kind === 'variable' && other.rest.desc.kind === 'variable')
      return this.equate(trace, t, u)
    const without = (fields: readonly ObjectField[], others: readonly ObjectField[]) =>
      fields.filter(({ name }) => !others.some((field) => field.name === name))
    const more = without(one.fields, other.fields)
    const missing = without(other.fields, one.fields)
    if (other.rest.desc.kind !== 'nil') {
      if (more.length === 0) this.equate(trace, one.rest, other.rest)
      else this.equate(trace, fieldChain(more, one.rest, t.level), other.rest)
    }
    if (missing.length > 0) this.equate(trace, one.rest, fieldChain(missing, newVariable(), u.level))
    for (const { name, type } of one.fields) {
      const wanted = other.fields.find((field) => field.name === name)
      if (wanted !== undefined) this.inside(trace, type, wanted.type)
    }
  }

  // -------------------------------------------------------------------------------------------------------
  // Polymorphic variants

  /** Every tag of the smaller row must be one of the larger. */
  private rows(trace: Trace, t: Type, small: Row, u: Type, large: Row): void {
    const found = this.matchingTags(small, large)
    if (found === undefined) return this.equate(trace, t, u)
    for (const [from, to] of found) this.inside(trace, from, to)
  }

  /** The arguments of common tags; undefined when the rows have to be equal. */
  private matchingTags(small: Row, large: Row): readonly (readonly [Type, Type])[] | undefined {
    if (!small.closed || small.more.desc.kind === 'universal') return undefined
    const found: (readonly [Type, Type])[] = []
    for (const [tag, field] of small.fields) {
      const state = rowFieldState(field)
      if (state.kind === 'absent') continue
      const other = large.fields.get(tag)
      if (other === undefined) return undefined
      const target = rowFieldState(other)
      if (target.kind === 'absent') return undefined
      const from = state.kind === 'present' ? state.argument : state.arguments[0]
      const to = target.kind === 'present' ? target.argument : target.arguments[0]
      if ((from === undefined) !== (to === undefined)) return undefined
      if (from !== undefined && to !== undefined) found.push([from, to])
    }
    return found
  }
}

/** `t => u` is below `t -> u`. */
const isArrowBelow = (d: Desc<'arrow'>, e: Desc<'arrow'>): boolean =>
  d.label === e.label && (d.synchronous === true || e.synchronous !== true)

/** Whether both are one node, or the same constructor applied to the same nodes. */
function isSame(a: Type, b: Type): boolean {
  if (a === b) return true
  const d = a.desc
  const e = b.desc
  if (d.kind !== 'constructor' || e.kind !== 'constructor' || !samePath(d.path, e.path)) return false
  return d.arguments.every((argument, i) => repr(argument) === repr(e.arguments[i] as Type))
}

function underQuantifiers(quantified: readonly Quantified[], body: () => void): void {
  const [first, ...rest] = quantified
  if (first === undefined) return body()
  withPairing(first.left, first.right, () => underQuantifiers(rest, body))
}
