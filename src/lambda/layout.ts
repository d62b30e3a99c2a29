/**
 * Layouts of types: what the back end may assume of a value's representation.
 *
 * A layout never depends on more than the environment shows: an abstract type and a type variable are `any`.
 */

import type { Env } from '../typing/env.ts'
import { expandHeadPrivate } from '../typing/expand.ts'
import { sameIdent, unitIdent } from '../typing/ident.ts'
import { predefinedType } from '../typing/predef.ts'
import { arrayKindOf as kindOfElement, representationOf } from '../typing/representation.ts'
import type { Type } from '../typing/types.ts'
import type { ArrayKind, BigarrayElement, BigarrayType, Layout } from './lambda.ts'

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

/** The type of a bigarray, where kind and layout show and the compiler knows the kind. */
export function bigarrayTypeOf(env: Env, type: Type, dimensions: 1 | 2 | 3): BigarrayType | undefined {
  const { desc } = expandHeadPrivate(env, type)
  if (desc.kind !== 'constructor') return undefined
  const [, kind, layout] = desc.arguments.map((argument) => bigarrayTypeName(env, argument))
  const element = elements.find((e) => kind === `${e}_elt`)
  if (element === undefined || (layout !== 'c_layout' && layout !== 'fortran_layout')) return undefined
  return { element, layout: layout === 'c_layout' ? 'c' : 'fortran', dimensions }
}

/** The name of a type that the unit Bigarray declares. */
function bigarrayTypeName(env: Env, type: Type): string | undefined {
  const { desc } = expandHeadPrivate(env, type)
  if (desc.kind !== 'constructor' || desc.path.kind !== 'dot') return undefined
  const { prefix, name } = desc.path
  return prefix.kind === 'ident' && sameIdent(prefix.ident, unitIdent('Bigarray')) ? name : undefined
}

const elements: readonly BigarrayElement[] = [
  'float32',
  'float64',
  'int8_signed',
  'int8_unsigned',
  'int16_signed',
  'int16_unsigned',
  'int32',
  'int64',
  'int',
  'nativeint',
]

export function bigarrayLayout(element: BigarrayElement): Layout {
  if (element === 'float32' || element === 'float64') return 'float'
  return element === 'int32' || element === 'int64' || element === 'nativeint' ? element : 'int'
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
