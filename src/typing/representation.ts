/**
 * What is known of a type's values at run time; private and abstract boundaries do not matter here, only what the
 * environment knows.
 */

import { type Env, findType } from './env.ts'
import { expandHeadPrivate } from './expand.ts'
import { predefinedType } from './predef.ts'
import { flattenRow } from './rows.ts'
import { rowFieldState } from './subst.ts'
import { repr, type Type, type TypeDeclaration, type TypeDesc } from './types.ts'

/** `pointer`: surely never an immediate and never a float. `any`: nothing is known. */
export type Representation = 'immediate' | 'float' | 'int32' | 'int64' | 'nativeint' | 'pointer' | 'any'

export type ArrayKind = 'int' | 'float' | 'pointer' | 'generic'

export function representationOf(env: Env, type: Type): Representation {
  return representation(env, type, 100)
}

/** `fuel` bounds chains of unboxed types, which may be recursive. */
function representation(env: Env, type: Type, fuel: number): Representation {
  const { desc } = expandHeadPrivate(env, type)
  switch (desc.kind) {
    case 'arrow':
    case 'tuple':
    case 'package':
    case 'object':
      return 'pointer'
    case 'variant':
      return variantRepresentation(desc)
    case 'constructor':
      return constructorRepresentation(env, desc, fuel)
    case 'poly':
      return representation(env, desc.body, fuel)
    case 'variable':
    case 'universal':
    case 'link':
    case 'field':
    case 'nil':
      return 'any'
  }
}

/** Tags without arguments are immediates, the others blocks. */
function variantRepresentation({ row }: Extract<TypeDesc, { kind: 'variant' }>): Representation {
  const flat = flattenRow(row)
  if (!flat.closed) return 'any'
  const states = [...flat.fields.values()].map(rowFieldState).filter((state) => state.kind !== 'absent')
  const constant = states.every((s) =>
    s.kind === 'present' ? s.argument === undefined : s.arguments.length === 0,
  )
  if (constant) return 'immediate'
  const blocks = states.every((s) => (s.kind === 'present' ? s.argument !== undefined : !s.constant))
  return blocks ? 'pointer' : 'any'
}

type Constructor = Extract<TypeDesc, { kind: 'constructor' }>

function constructorRepresentation(env: Env, desc: Constructor, fuel: number): Representation {
  switch (predefinedType(desc.path)) {
    case 'int':
    case 'char':
    case 'bool':
    case 'unit':
      return 'immediate'
    case 'float':
      return 'float'
    case 'int32':
      return 'int32'
    case 'int64':
      return 'int64'
    case 'nativeint':
      return 'nativeint'
    case 'string':
    case 'bytes':
    case 'array':
    case 'floatarray':
    case 'exn':
    case 'eff':
    case 'continuation':
    case 'extension_constructor':
      return 'pointer'
    case 'list':
    case 'option':
    case 'lazy_t':
    case '<<>>':
      return 'any'
    case undefined:
      return declaredRepresentation(env, desc, fuel)
  }
}

function declaredRepresentation(env: Env, desc: Constructor, fuel: number): Representation {
  const declaration = findType(env, desc.path)
  if (declaration === undefined) return 'any'
  if (declaration.immediate) return 'immediate'
  const { kind } = declaration
  if (kind.kind === 'abstract') return 'any'
  if (kind.kind === 'open') return 'pointer'
  if (kind.kind === 'record') return recordRepresentation(env, kind, fuel)
  return constructorsRepresentation(env, kind.constructors, fuel)
}

type RecordKind = Extract<TypeDeclaration['kind'], { kind: 'record' }>
type VariantKind = Extract<TypeDeclaration['kind'], { kind: 'variant' }>

function recordRepresentation(env: Env, kind: RecordKind, fuel: number): Representation {
  if (kind.representation !== 'unboxed') return 'pointer'
  const [label] = kind.labels
  return label === undefined || fuel === 0 ? 'any' : representation(env, label.type, fuel - 1)
}

function constructorsRepresentation(
  env: Env,
  constructors: VariantKind['constructors'],
  fuel: number,
): Representation {
  const [first] = constructors
  if (first?.tag.kind === 'unboxed') {
    const [argument] = first.arguments
    return argument === undefined || fuel === 0 ? 'any' : representation(env, argument, fuel - 1)
  }
  if (constructors.length === 0) return 'any'
  if (constructors.every((c) => c.tag.kind === 'constant')) return 'immediate'
  return constructors.every((c) => c.tag.kind === 'block') ? 'pointer' : 'any'
}

/**
 * How arrays of the element type are laid out. An element type whose values are never floats, even when they may
 * be immediates or pointers, makes a `pointer` array; `generic` must look at each array.
 */
export function arrayKindOf(env: Env, element: Type): ArrayKind {
  switch (representationOf(env, element)) {
    case 'immediate':
      return 'int'
    case 'float':
      return 'float'
    case 'pointer':
    case 'int32':
    case 'int64':
    case 'nativeint':
      return 'pointer'
    case 'any':
      return isNeverFloat(env, element) ? 'pointer' : 'generic'
  }
}

/** Variants and polymorphic variants mix immediates and blocks, but are no floats. */
function isNeverFloat(env: Env, type: Type): boolean {
  const { desc } = expandHeadPrivate(env, repr(type))
  if (desc.kind === 'variant') return true
  if (desc.kind !== 'constructor') return false
  const predefined = predefinedType(desc.path)
  if (predefined === 'list' || predefined === 'option') return true
  const kind = findType(env, desc.path)?.kind
  return (
    kind?.kind === 'variant' && kind.constructors.length > 0 && kind.constructors[0]?.tag.kind !== 'unboxed'
  )
}
