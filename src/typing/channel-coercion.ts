/**
 * `t => u` is a subtype of `t -> u`: a synchronous channel can stand where a function is expected, and it is the same
 * value. Unification knows nothing of this, for it has no direction; so an expression's type is made what is expected
 * before the two are unified, and a variable that a `let` or a pattern binds has the type of a function.
 */

import { type Env, findType } from './env.ts'
import { expandHead } from './expand.ts'
import { samePath } from './ident.ts'
import { arrowType, newType } from './type-graph.ts'
import { repr, type Type, type TypeDesc } from './types.ts'

type Desc<Kind extends TypeDesc['kind']> = Extract<TypeDesc, { kind: Kind }>

/** `got`, with `->` for every `=>` in a covariant place where `expected` has `->`; the same node if there is none. */
export function asExpected(env: Env, got: Type, expected: Type): Type {
  const t = repr(got)
  const u = repr(expected)
  if (t === u || u.desc.kind === 'variable') return got
  const { desc } = t
  if (desc.kind === 'arrow') return arrowAs(env, got, desc, u)
  if (desc.kind === 'tuple' && u.desc.kind === 'tuple') return tupleAs(env, got, desc, u.desc)
  if (desc.kind === 'constructor' && u.desc.kind === 'constructor') return appliedAs(env, got, desc, u.desc)
  return got
}

function arrowAs(env: Env, got: Type, desc: Desc<'arrow'>, expected: Type): Type {
  const target = expandHead(env, expected).desc
  if (target.kind !== 'arrow') return got
  const result = asExpected(env, desc.result, target.result)
  const becomesFunction = desc.synchronous === true && target.synchronous !== true
  if (!becomesFunction && result === desc.result) return got
  const { level } = repr(got)
  return becomesFunction
    ? arrowType(desc.label, desc.parameter, result, level)
    : newType({ ...desc, result }, level)
}

function tupleAs(env: Env, got: Type, desc: Desc<'tuple'>, expected: Desc<'tuple'>): Type {
  if (desc.elements.length !== expected.elements.length) return got
  const elements = desc.elements.map((each, i) => asExpected(env, each, expected.elements[i] as Type))
  const isSame = elements.every((each, i) => each === desc.elements[i])
  return isSame ? got : newType({ kind: 'tuple', elements }, repr(got).level)
}

function appliedAs(env: Env, got: Type, desc: Desc<'constructor'>, expected: Desc<'constructor'>): Type {
  if (desc.arguments.length === 0 || !samePath(desc.path, expected.path)) return got
  const variance = findType(env, desc.path)?.variance
  const args = desc.arguments.map((each, i) => {
    const isCovariant = variance?.[i]?.covariant === true && !variance[i].contravariant
    return isCovariant ? asExpected(env, each, expected.arguments[i] as Type) : each
  })
  const isSame = args.every((each, i) => each === desc.arguments[i])
  return isSame ? got : newType({ ...desc, arguments: args }, repr(got).level)
}

/** `t -> u` for `t => u`, any other type as it is. */
export function asFunction(type: Type): Type {
  const { desc, level } = repr(type)
  if (desc.kind !== 'arrow' || desc.synchronous !== true) return type
  return arrowType(desc.label, desc.parameter, desc.result, level)
}
