/** `None` and `Some e` that the application of optional arguments inserts. */

import type { Region } from '../base/region.ts'
import { type Env, findType } from './env.ts'
import { predefinedPaths } from './predef.ts'
import type { Expression } from './typed-tree.ts'
import type { ConstructorDescription, Type } from './types.ts'

function optionConstructor(env: Env, name: 'None' | 'Some'): ConstructorDescription {
  const kind = findType(env, predefinedPaths.option)?.kind
  const constructors = kind?.kind === 'variant' ? kind.constructors : []
  return constructors.find((each) => each.name === name) as ConstructorDescription
}

/** `type` is the option type. */
export function noneExpression(env: Env, type: Type, region: Region): Expression {
  const none = optionConstructor(env, 'None')
  return { region, type, env, attributes: [], kind: 'construct', constructor: none, arguments: [] }
}

export function someExpression(env: Env, value: Expression, type: Type): Expression {
  const some = optionConstructor(env, 'Some')
  return {
    region: value.region,
    type,
    env,
    attributes: [],
    kind: 'construct',
    constructor: some,
    arguments: [value],
  }
}
