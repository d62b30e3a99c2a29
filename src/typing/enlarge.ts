/**
 * The types that a value may have to become one of a given type by `:>`: in positive positions a closed row
 * may have fewer tags.
 */

import { type Env, findType } from './env.ts'
import { expandHead } from './expand.ts'
import { flattenRow, isStaticRow } from './rows.ts'
import { rowFieldState } from './subst.ts'
import { arrowType, constructorType, newType, newVariable, tupleType } from './type-graph.ts'
import type { Row, RowField, Type, TypeDesc } from './types.ts'

/** An upper bound on recursive types: what is deeper stays as it is. */
const depthLimit = 8

/** `type` itself when there is nothing to enlarge. */
export function enlarge(env: Env, type: Type, depth = depthLimit): Type {
  if (depth === 0) return type
  const t = expandHead(env, type)
  const { desc } = t
  const each = (component: Type) => enlarge(env, component, depth - 1)
  switch (desc.kind) {
    case 'arrow': {
      const result = each(desc.result)
      return result === desc.result ? type : arrowType(desc.label, desc.parameter, result)
    }
    case 'tuple': {
      const elements = desc.elements.map(each)
      return elements.every((element, i) => element === desc.elements[i]) ? type : tupleType(elements)
    }
    case 'constructor':
      return enlargeArguments(env, type, desc, each)
    case 'variant':
      return enlargeRow(type, flattenRow(desc.row), each)
    default:
      return type
  }
}

type Constructor = Extract<TypeDesc, { kind: 'constructor' }>

function enlargeArguments(env: Env, type: Type, desc: Constructor, each: (type: Type) => Type): Type {
  const variance = findType(env, desc.path)?.variance ?? []
  const args = desc.arguments.map((argument, i) => {
    const v = variance[i]
    return v?.covariant === true && !v.contravariant ? each(argument) : argument
  })
  if (args.every((argument, i) => argument === desc.arguments[i])) return type
  return constructorType(desc.path, args)
}

function enlargeRow(type: Type, row: Row, each: (type: Type) => Type): Type {
  if (!isStaticRow(row)) return type
  const fields = new Map<string, RowField>()
  for (const [tag, field] of row.fields) {
    const state = rowFieldState(field)
    if (state.kind !== 'present') continue
    const args = state.argument === undefined ? [] : [each(state.argument)]
    const constant = state.argument === undefined
    fields.set(tag, { state: { kind: 'either', constant, arguments: args, matched: false } })
  }
  return newType({ kind: 'variant', row: { fields, more: newVariable(), closed: true, fixed: false } })
}
