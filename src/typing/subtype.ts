/**
 * Subtyping, as coercions use it: covariant and contravariant parts, fewer tags, private types as what they are
 * made of. Where neither side says more, the parts are unified.
 */

import { type Env, findType } from './env.ts'
import { expandHead, expandOnce } from './expand.ts'
import { samePath } from './ident.ts'
import { flattenRow } from './rows.ts'
import { rowFieldState } from './subst.ts'
import { attempt } from './type-graph.ts'
import type { Row, Type, TypeDesc, Variance } from './types.ts'
import { tryUnify } from './unify.ts'

/** Whether every value of `a` is one of `b`; unknowns are unified when that is so. */
export function isSubtype(env: Env, a: Type, b: Type): boolean {
  return attempt(
    () => new Subtyping(env).subtype(a, b),
    (worked) => worked,
  )
}

type Desc<Kind extends TypeDesc['kind']> = Extract<TypeDesc, { kind: Kind }>

class Subtyping {
  private readonly env: Env
  /** Pairs that are being compared: recursive types come back to them. */
  private readonly assumed: (readonly [Type, Type])[] = []

  constructor(env: Env) {
    this.env = env
  }

  subtype(a: Type, b: Type): boolean {
    const t = expandHead(this.env, a)
    const u = expandHead(this.env, b)
    if (t === u || this.assumed.some(([x, y]) => x === t && y === u)) return true
    this.assumed.push([t, u])
    return this.heads(t, u)
  }

  private heads(t: Type, u: Type): boolean {
    const d = t.desc
    const e = u.desc
    if (d.kind === 'arrow' && e.kind === 'arrow' && d.label === e.label) {
      return this.subtype(e.parameter, d.parameter) && this.subtype(d.result, e.result)
    }
    if (d.kind === 'tuple' && e.kind === 'tuple' && d.elements.length === e.elements.length) {
      return d.elements.every((element, i) => this.subtype(element, e.elements[i] as Type))
    }
    if (d.kind === 'constructor') return this.constructorBelow(t, d, u)
    if (d.kind === 'variant' && e.kind === 'variant')
      return this.rowBelow(t, flattenRow(d.row), u, flattenRow(e.row))
    return tryUnify(this.env, t, u)
  }

  private constructorBelow(t: Type, d: Desc<'constructor'>, u: Type): boolean {
    const e = u.desc
    if (e.kind === 'constructor' && samePath(d.path, e.path)) {
      const variance = findType(this.env, d.path)?.variance ?? []
      return d.arguments.every((argument, i) =>
        this.argumentBelow(argument, e.arguments[i] as Type, variance[i]),
      )
    }
    if (e.kind === 'variable') return tryUnify(this.env, t, u)
    const inside = expandOnce(this.env, t, true)
    return inside !== undefined && this.subtype(inside, u)
  }

  private argumentBelow(a: Type, b: Type, variance: Variance | undefined): boolean {
    const covariant = variance?.covariant ?? true
    const contravariant = variance?.contravariant ?? true
    if (covariant && contravariant) return tryUnify(this.env, a, b)
    if (covariant) return this.subtype(a, b)
    return contravariant ? this.subtype(b, a) : true
  }

  /** Every tag of the smaller row must be one of the larger. */
  private rowBelow(t: Type, small: Row, u: Type, large: Row): boolean {
    if (!small.closed || small.more.desc.kind === 'universal') return tryUnify(this.env, t, u)
    for (const [tag, field] of small.fields) {
      const state = rowFieldState(field)
      if (state.kind === 'absent') continue
      const other = large.fields.get(tag)
      if (other === undefined) {
        if (large.closed) return false
        return tryUnify(this.env, t, u)
      }
      const target = rowFieldState(other)
      const from = state.kind === 'present' ? state.argument : state.arguments[0]
      const to =
        target.kind === 'present'
          ? target.argument
          : target.kind === 'either'
            ? target.arguments[0]
            : undefined
      if (target.kind === 'absent' || (from === undefined) !== (to === undefined)) return false
      if (from !== undefined && to !== undefined && !this.subtype(from, to)) return false
    }
    return true
  }
}
