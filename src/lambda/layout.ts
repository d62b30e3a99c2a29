/**
 * Layouts of types: what the back end may assume of a value's representation.
 *
 * A layout never depends on more than the environment shows: an abstract type and a type variable are `any`.
 */

import type { Env } from '../typing/env.ts'
import { findType } from '../typing/env.ts'
import { expandHeadPrivate } from '../typing/expand.ts'
import type { Path } from '../typing/ident.ts'
import { type PredefinedType, predefinedType } from '../typing/predef.ts'
import { flattenRow, reprField } from '../typing/rows.ts'
import type { ConstructorDescription, Row, Type, TypeDeclaration } from '../typing/types.ts'
import type { ArrayKind, Layout } from './lambda.ts'

export function layoutOf(env: Env, type: Type): Layout {
  const t = expandHeadPrivate(env, type)
  const { desc } = t
  switch (desc.kind) {
    case 'arrow':
    case 'tuple':
    case 'object':
    case 'package':
      return 'pointer'
    case 'poly':
      return layoutOf(env, desc.body)
    case 'variant':
      return isConstantRow(desc.row) ? 'int' : 'any'
    case 'constructor':
      return constructorLayout(env, desc.path)
    default:
      return 'any'
  }
}

/** Closed, and no tag has an argument. */
function isConstantRow(row: Row): boolean {
  const flat = flattenRow(row)
  if (!flat.closed) return false
  for (const field of flat.fields.values()) {
    const { state } = reprField(field)
    if (state.kind === 'present' && state.argument !== undefined) return false
    if (state.kind === 'either' && !state.constant) return false
  }
  return true
}

function constructorLayout(env: Env, path: Path): Layout {
  const predefined = predefinedType(path)
  if (predefined !== undefined) return predefinedLayout(predefined)
  const declaration = findType(env, path)
  return declaration === undefined ? 'any' : declarationLayout(declaration)
}

function predefinedLayout(type: PredefinedType): Layout {
  switch (type) {
    case 'int':
    case 'char':
    case 'bool':
    case 'unit':
      return 'int'
    case 'float':
    case 'int32':
    case 'int64':
    case 'nativeint':
      return type
    case 'string':
    case 'bytes':
    case 'array':
    case 'floatarray':
    case 'exn':
    case 'extension_constructor':
      return 'pointer'
    default:
      return 'any'
  }
}

function declarationLayout(declaration: TypeDeclaration): Layout {
  if (declaration.immediate) return 'int'
  const { kind } = declaration
  switch (kind.kind) {
    case 'record':
      return kind.representation === 'unboxed' ? 'any' : 'pointer'
    case 'variant':
      return variantLayout(kind.constructors)
    case 'open':
      return 'pointer'
    case 'abstract':
      return 'any'
  }
}

function variantLayout(constructors: readonly ConstructorDescription[]): Layout {
  if (constructors.some((c) => c.tag.kind === 'unboxed')) return 'any'
  if (constructors.every((c) => c.tag.kind === 'constant')) return 'int'
  return constructors.every((c) => c.tag.kind === 'block') ? 'pointer' : 'any'
}

// ---------------------------------------------------------------------------------------------------------
// Arrays

/** The kind of an array type; `generic` when its elements may be floats or not. */
export function arrayKindOf(env: Env, arrayType: Type): ArrayKind {
  const { desc } = expandHeadPrivate(env, arrayType)
  if (desc.kind !== 'constructor') return 'generic'
  const predefined = predefinedType(desc.path)
  if (predefined === 'floatarray') return 'float'
  const [element] = desc.arguments
  return predefined === 'array' && element !== undefined ? elementKind(env, element) : 'generic'
}

function elementKind(env: Env, element: Type): ArrayKind {
  const layout = layoutOf(env, element)
  switch (layout) {
    case 'int':
    case 'float':
    case 'pointer':
      return layout
    case 'any':
      return isNeverFloat(env, element) ? 'pointer' : 'generic'
    default:
      return 'pointer'
  }
}

/** Variants that are immediates or blocks. */
function isNeverFloat(env: Env, type: Type): boolean {
  const { desc } = expandHeadPrivate(env, type)
  if (desc.kind === 'variant') return true
  if (desc.kind !== 'constructor') return false
  const predefined = predefinedType(desc.path)
  if (predefined !== undefined) return predefined === 'list' || predefined === 'option'
  const kind = findType(env, desc.path)?.kind
  return kind?.kind === 'variant' && kind.constructors.every((c) => c.tag.kind !== 'unboxed')
}

export function elementLayout(kind: ArrayKind): Layout {
  return kind === 'int' || kind === 'float' ? kind : 'any'
}

// ---------------------------------------------------------------------------------------------------------
// Arrows

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
