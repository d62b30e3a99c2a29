/**
 * What every program knows before any unit is opened: predefined types, their constructors, and exceptions.
 *
 * Their idents have fixed negative stamps, so cached interfaces can mention them.
 */

import { noRegion } from '../base/region.ts'
import type { Attribute } from '../syntax/ast.ts'
import { addExtension, addType, type Env, emptyEnv, type Store } from './env.ts'
import type { Ident, Path } from './ident.ts'
import { constructorType, genericVariable, tupleType } from './type-graph.ts'
import {
  type ConstructorDescription,
  type ExtensionDeclaration,
  genericLevel,
  type Type,
  type TypeDeclaration,
  type TypeKind,
  type Variance,
} from './types.ts'

let lastPredefinedStamp = 0

function predefinedIdent(name: string): Ident {
  lastPredefinedStamp -= 1
  return { name, stamp: lastPredefinedStamp }
}

const typeNames = [
  'int',
  'char',
  'string',
  'bytes',
  'float',
  'bool',
  'unit',
  'exn',
  'array',
  'list',
  'option',
  'nativeint',
  'int32',
  'int64',
  'lazy_t',
  'extension_constructor',
  'floatarray',
  'eff',
  'continuation',
  '<<>>',
] as const

export type PredefinedType = (typeof typeNames)[number]

const typeIdents = Object.fromEntries(typeNames.map((name) => [name, predefinedIdent(name)])) as Record<
  PredefinedType,
  Ident
>

/** The paths of the predefined types. */
export const predefinedPaths = Object.fromEntries(
  typeNames.map((name) => [name, { kind: 'ident', ident: typeIdents[name] }]),
) as Record<PredefinedType, Path>

/** Which predefined type a path is, if any. */
export function predefinedType(path: Path): PredefinedType | undefined {
  if (path.kind !== 'ident' || path.ident.stamp >= 0 || path.ident.stamp < -typeNames.length) return undefined
  return path.ident.name as PredefinedType
}

const constant = (name: PredefinedType): Type => constructorType(predefinedPaths[name], [], genericLevel)

/** Closed, so they can be shared by everybody. */
export const intType = constant('int')
export const charType = constant('char')
export const stringType = constant('string')
export const bytesType = constant('bytes')
export const floatType = constant('float')
export const boolType = constant('bool')
export const unitType = constant('unit')
export const exnType = constant('exn')
export const nativeintType = constant('nativeint')
export const int32Type = constant('int32')
export const int64Type = constant('int64')
export const extensionConstructorType = constant('extension_constructor')

export const arrayOf = (element: Type, level?: number): Type =>
  constructorType(predefinedPaths.array, [element], level)
export const listOf = (element: Type, level?: number): Type =>
  constructorType(predefinedPaths.list, [element], level)
export const optionOf = (element: Type, level?: number): Type =>
  constructorType(predefinedPaths.option, [element], level)
export const effectOf = (result: Type, level?: number): Type =>
  constructorType(predefinedPaths.eff, [result], level)
export const continuationOf = (argument: Type, result: Type, level?: number): Type =>
  constructorType(predefinedPaths.continuation, [argument, result], level)
/** `<<t>>`; the type constructor has a name that no program can write. */
export const asynchronousOf = (argument: Type, level?: number): Type =>
  constructorType(predefinedPaths['<<>>'], [argument], level)
export const lazyOf = (element: Type, level?: number): Type =>
  constructorType(predefinedPaths.lazy_t, [element], level)

// ---------------------------------------------------------------------------------------------------------
// Declarations

const covariant: Variance = { covariant: true, contravariant: false, injective: true }
const invariant: Variance = { covariant: true, contravariant: true, injective: true }

const contravariant: Variance = { covariant: false, contravariant: true, injective: true }

const immediates: readonly string[] = ['int', 'char', 'bool', 'unit']

function declare(
  name: string,
  kind: TypeKind,
  parameters: readonly Type[] = [],
  variance: Variance = covariant,
): TypeDeclaration {
  return {
    parameters,
    arity: parameters.length,
    kind,
    private: false,
    manifest: undefined,
    variance: parameters.map(() => variance),
    immediate: immediates.includes(name),
    region: noRegion,
    attributes: [],
  }
}

function constructorOf(result: Type, name: string, args: readonly Type[]): ConstructorDescription {
  return {
    name,
    result,
    arguments: args,
    existentials: [],
    arity: args.length,
    tag: args.length === 0 ? { kind: 'constant', index: 0 } : { kind: 'block', tag: 0 },
    constants: 0,
    blocks: 0,
    generalized: false,
    private: false,
    region: noRegion,
    attributes: [],
  }
}

/** Numbers the constructors of a variant in order and tells each how many there are. */
function variant(constructors: readonly ConstructorDescription[]): TypeKind {
  const constants = constructors.filter((c) => c.arity === 0).length
  const blocks = constructors.length - constants
  let index = 0
  let tag = 0
  const numbered = constructors.map((c): ConstructorDescription => {
    const own =
      c.arity === 0
        ? ({ kind: 'constant', index: index++ } as const)
        : ({ kind: 'block', tag: tag++ } as const)
    return { ...c, tag: own, constants, blocks }
  })
  return { kind: 'variant', constructors: numbered }
}

function listDeclaration(): TypeDeclaration {
  const element = genericVariable('a')
  const self = listOf(element, genericLevel)
  const kind = variant([constructorOf(self, '[]', []), constructorOf(self, '::', [element, self])])
  return declare('list', kind, [element])
}

function optionDeclaration(): TypeDeclaration {
  const element = genericVariable('a')
  const self = optionOf(element, genericLevel)
  const kind = variant([constructorOf(self, 'None', []), constructorOf(self, 'Some', [element])])
  return declare('option', kind, [element])
}

function continuationDeclaration(): TypeDeclaration {
  const parameters = [genericVariable('a'), genericVariable('b')]
  return {
    ...declare('continuation', { kind: 'abstract' }, parameters),
    variance: [contravariant, covariant],
  }
}

function constantsDeclaration(
  name: 'bool' | 'unit',
  result: Type,
  names: readonly string[],
): TypeDeclaration {
  return declare(name, variant(names.map((each) => constructorOf(result, each, []))))
}

function declarationOf(name: PredefinedType): TypeDeclaration {
  const abstract: TypeKind = { kind: 'abstract' }
  switch (name) {
    case 'bool':
      return constantsDeclaration('bool', boolType, ['false', 'true'])
    case 'unit':
      return constantsDeclaration('unit', unitType, ['()'])
    case 'exn':
      return declare(name, { kind: 'open' })
    case 'list':
      return listDeclaration()
    case 'option':
      return optionDeclaration()
    case 'array':
      return declare(name, abstract, [genericVariable('a')], invariant)
    case 'lazy_t':
      return declare(name, abstract, [genericVariable('a')])
    case 'eff':
      return declare(name, { kind: 'open' }, [genericVariable('a')], invariant)
    case 'continuation':
      return continuationDeclaration()
    case '<<>>':
      return declare(name, abstract, [genericVariable('a')], contravariant)
    default:
      return declare(name, abstract)
  }
}

// ---------------------------------------------------------------------------------------------------------
// Exceptions

const sourcePlace = (): Type => tupleType([stringType, intType, intType], genericLevel)

const exceptionArguments: Readonly<Record<string, readonly Type[]>> = {
  Match_failure: [sourcePlace()],
  Assert_failure: [sourcePlace()],
  Invalid_argument: [stringType],
  Failure: [stringType],
  Not_found: [],
  Out_of_memory: [],
  Stack_overflow: [],
  Sys_error: [stringType],
  End_of_file: [],
  Division_by_zero: [],
  Sys_blocked_io: [],
  Undefined_recursive_module: [sourcePlace()],
}

const exceptionIdents = new Map(Object.keys(exceptionArguments).map((name) => [name, predefinedIdent(name)]))

/** The name of the predefined exception that an ident is; its address is `local` with this ident. */
export function predefinedException(ident: Ident): string | undefined {
  return exceptionIdents.get(ident.name)?.stamp === ident.stamp ? ident.name : undefined
}

/** The ident of a predefined exception, e.g. "Not_found". */
export function predefinedExceptionIdent(name: string): Ident | undefined {
  return exceptionIdents.get(name)
}

/** Programs should not depend on the texts of these exceptions. */
const warnOnLiteral: Attribute = {
  name: 'ocaml.warn_on_literal_pattern',
  payload: { kind: 'structure', items: [] },
  region: noRegion,
}

function exceptionDeclaration(ident: Ident): ExtensionDeclaration {
  const args = exceptionArguments[ident.name] as readonly Type[]
  const description = constructorOf(exnType, ident.name, args)
  const attributes = args.length === 0 ? [] : [warnOnLiteral]
  return {
    path: predefinedPaths.exn,
    parameters: [],
    constructor: { ...description, attributes, tag: { kind: 'extension', path: { kind: 'ident', ident } } },
    isException: true,
    region: noRegion,
  }
}

// ---------------------------------------------------------------------------------------------------------

const declarations = typeNames.map((name) => [typeIdents[name], declarationOf(name)] as const)
const exceptions = [...exceptionIdents.values()].map((ident) => [ident, exceptionDeclaration(ident)] as const)

/** The environment that has exactly the predefined names. */
export function predefinedEnv(store: Store): Env {
  let env = emptyEnv(store)
  for (const [ident, declaration] of declarations) env = addType(env, ident, declaration)
  for (const [ident, declaration] of exceptions) env = addExtension(env, ident, declaration)
  return env
}
