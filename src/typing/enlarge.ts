/**
 * The types that a value may have to become one of a given type by `:>`: in positive positions a closed row may have fewer
 * tags, a closed object more methods.
 *
 * Objects of a class `c` are enlarged to `#c`, in which the methods' mentions of the self type are enlarged along with it.
 */

import { type Env, findClassTypeOfObjects, findType } from './env.ts'
import { expandOnce } from './expand.ts'
import { instanceAll } from './instance.ts'
import { fieldChain, isOpenObject, methodsOf, type ObjectField, setObjectName } from './object-fields.ts'
import { flattenRow, isStaticRow } from './rows.ts'
import { rowFieldState } from './subst.ts'
import { constructorType, newType, newVariable, setDesc, tupleType } from './type-graph.ts'
import { genericLevel, type Row, type RowField, repr, type Type, type TypeDesc } from './types.ts'
import { tryUnify } from './unify.ts'

/**
 * How often abbreviations are expanded and objects enlarged within one another, in turns: at an even budget an abbreviation
 * can be expanded, at an odd one an object or variant enlarged, each of which takes one.
 */
const budgetOf = 4

const afterExpansion = (budget: number): number => (budget % 2 === 0 && budget > 0 ? budget - 1 : budget)
const afterEnlarging = (budget: number): number => (budget % 2 === 1 ? budget - 1 : budget)

export interface Enlarged {
  readonly type: Type
  /** Something was left as it is that could have been enlarged. */
  readonly partial: boolean
}

export function enlarge(env: Env, type: Type): Enlarged {
  const enlarging = new Enlarging(env)
  const result = enlarging.enlarge(type, { positive: true, budget: budgetOf, around: [] })
  return { type: result, partial: enlarging.partial }
}

type Desc<Kind extends TypeDesc['kind']> = Extract<TypeDesc, { kind: Kind }>

interface Place {
  /** To the left of an arrow a type may have more tags and fewer methods, which no object type can say. */
  readonly positive: boolean
  readonly budget: number
  /** The types that this one is part of. */
  readonly around: readonly Type[]
}

class Enlarging {
  partial = false
  readonly #env: Env
  /** The self types of the open classes under way: what they become, and the closed types that they stand for. */
  readonly #selves = new Map<Type, { readonly positive: Type; readonly negative: Type }>()
  /** How much was enlarged, mentions of self types apart. */
  #changes = 0

  constructor(env: Env) {
    this.#env = env
  }

  /** `type` itself when there is nothing to enlarge. */
  enlarge(type: Type, place: Place): Type {
    const t = repr(type)
    const { desc } = t
    const self = this.#selves.get(t)
    if (self !== undefined) {
      if (place.positive) this.partial = true
      return place.positive ? self.positive : self.negative
    }
    if (place.around.includes(t)) {
      this.partial = true
      return t
    }
    switch (desc.kind) {
      case 'arrow':
        return this.#arrow(t, desc, place)
      case 'tuple': {
        const inner = { ...place, around: [...place.around, t] }
        const elements = desc.elements.map((element) => this.enlarge(element, inner))
        return elements.every((element, i) => element === repr(desc.elements[i] as Type))
          ? t
          : tupleType(elements)
      }
      case 'constructor':
        return this.#application(t, desc, place)
      case 'variant':
        return this.#row(t, flattenRow(desc.row), place)
      case 'object':
        return this.#object(t, place)
      case 'poly': {
        const body = this.enlarge(desc.body, place)
        return body === repr(desc.body) ? t : newType({ ...desc, body })
      }
      default:
        return t
    }
  }

  #arrow(t: Type, desc: Desc<'arrow'>, place: Place): Type {
    const inner = { ...place, around: [...place.around, t] }
    const parameter = this.enlarge(desc.parameter, { ...inner, positive: !place.positive })
    const result = this.enlarge(desc.result, inner)
    const isSame = result === repr(desc.result) && parameter === repr(desc.parameter)
    return isSame ? t : newType({ ...desc, parameter, result })
  }

  #application(t: Type, desc: Desc<'constructor'>, place: Place): Type {
    const isKnown = repr(findType(this.#env, desc.path)?.manifest ?? t).level === genericLevel
    const expanded = place.budget > 0 && isKnown ? expandOnce(this.#env, t) : undefined
    if (expanded === undefined) return this.#arguments(t, desc, { ...place, around: [...place.around, t] })
    const inner = { ...place, budget: afterExpansion(place.budget) }
    if (place.positive && expanded.desc.kind === 'object' && !isOpenObject(expanded)) {
      const open = this.#openClass(t, desc, { ...inner, around: [expanded] })
      if (open !== undefined) return open
    }
    const result = this.enlarge(expanded, inner)
    return result === expanded ? t : result
  }

  #arguments(t: Type, desc: Desc<'constructor'>, place: Place): Type {
    const variance = findType(this.#env, desc.path)?.variance ?? []
    const args = desc.arguments.map((argument, i) => {
      const v = variance[i]
      if (v === undefined || (v.covariant && v.contravariant)) return argument
      if (!v.covariant && !v.contravariant) return newVariable()
      return this.enlarge(argument, { ...place, positive: v.covariant ? place.positive : !place.positive })
    })
    if (args.every((argument, i) => repr(argument) === repr(desc.arguments[i] as Type))) return t
    return constructorType(desc.path, args)
  }

  /** `#c` with these arguments, its methods enlarged in turn. */
  #openClass(t: Type, desc: Desc<'constructor'>, place: Place): Type | undefined {
    const declaration = findClassTypeOfObjects(this.#env, desc.path)?.hashType
    if (declaration?.manifest === undefined) return undefined
    const [open, ...parameters] = instanceAll([declaration.manifest, ...declaration.parameters])
    const applies = parameters.every((parameter, i) =>
      tryUnify(this.#env, parameter, desc.arguments[i] as Type),
    )
    if (open === undefined || !applies || !isOpenObject(open)) return undefined
    const own = repr(open)
    const result = newVariable()
    this.#selves.set(own, { positive: result, negative: t })
    const before = this.#changes
    const { fields, rest } = methodsOf(own)
    const inner = { ...place, budget: afterEnlarging(place.budget) }
    const enlarged = fields.map((field): ObjectField => ({ ...field, type: this.enlarge(field.type, inner) }))
    const name = own.desc.kind === 'object' && this.#changes === before ? own.desc.name : undefined
    setDesc(result, { kind: 'object', fields: fieldChain(enlarged, rest) })
    setObjectName(result, name)
    this.#changes += 1
    return result
  }

  #object(t: Type, place: Place): Type {
    if (isOpenObject(t)) return t
    if (!place.positive) this.partial = true
    const budget = afterEnlarging(place.budget)
    const around = budget < place.budget ? [t] : [...place.around, t]
    const rest = place.positive ? newVariable() : methodsOf(t).rest
    return this.#methods(t, { ...place, budget, around }, rest)
  }

  #methods(t: Type, place: Place, rest: Type): Type {
    const { fields, rest: own } = methodsOf(t)
    const enlarged = fields.map((field): ObjectField => ({ ...field, type: this.enlarge(field.type, place) }))
    const isSame = rest === own && enlarged.every((field, i) => field.type === repr(fields[i]?.type as Type))
    if (isSame) return t
    this.#changes += 1
    return newType({ kind: 'object', fields: fieldChain(enlarged, rest) })
  }

  #row(t: Type, row: Row, place: Place): Type {
    if (!isStaticRow(row)) return t
    const budget = afterEnlarging(place.budget)
    const inner = { ...place, budget, around: budget < place.budget ? [t] : [...place.around, t] }
    const fields = new Map<string, RowField>()
    for (const [tag, field] of row.fields) {
      const state = rowFieldState(field)
      if (state.kind !== 'present') continue
      const argument = state.argument === undefined ? undefined : this.enlarge(state.argument, inner)
      const args = argument === undefined ? [] : [argument]
      const either = {
        kind: 'either',
        constant: argument === undefined,
        arguments: args,
        matched: false,
      } as const
      fields.set(tag, { state: place.positive ? either : { kind: 'present', argument } })
    }
    const closed = place.positive
    this.#changes += 1
    return newType({ kind: 'variant', row: { fields, more: newVariable(), closed, fixed: false } })
  }
}
