/**
 * Layouts of types: what the back end may assume of a value's representation.
 *
 * A layout never depends on more than the environment shows: an abstract type and a type variable are `any`.
 */

import type { Env } from '../typing/env.ts'
import { expandHeadPrivate } from '../typing/expand.ts'
import { predefinedType } from '../typing/predef.ts'
import { arrayKindOf as kindOfElement, representationOf } from '../typing/representation.ts'
import type { Type } from '../typing/types.ts'
import type { ArrayKind, Layout } from './lambda.ts'

export function layoutOf(env: Env, type: Type): Layout {
  const representation = representationOf(env, type)
  return representation === 'immediate' ? 'int' : representation
}

/** The kind of an array type; `generic` when its elements may be floats or not. */
export function arrayKindOf(env: Env, arrayType: Type): ArrayKind {
  const { desc } = expandHeadPrivate(env, arrayType)
  if (desc.kind !== 'constructor') return 'generic'
  const predefined = predefinedType(desc.path)
  if (predefined === 'floatarray') return 'float'
  const [element] = desc.arguments
  return predefined === 'array' && element !== undefined ? kindOfElement(env, element) : 'generic'
}

export function elementLayout(kind: ArrayKind): Layout {
  return kind === 'int' || kind === 'float' ? kind : 'any'
}

/** The first `count` parameter types of a function type, and what remains. */
export function splitArrows(env: Env, type: Type, count: number): { parameters: Type[]; result: Type } {
  const parameters: Type[] = []
  let result = type
  while (parameters.length < count) {
    const { desc } = expandHeadPrivate(env, result)
    if (desc.kind === 'poly') {
      result = desc.body
      continue
    }
    if (desc.kind !== 'arrow') break
    parameters.push(desc.parameter)
    result = desc.result
  }
  return { parameters, result }
}
