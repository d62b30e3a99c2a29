/**
 * Class types: reading them, and rebuilding them from changed types.
 */

import type { Path } from './ident.ts'
import type {
  ClassDeclaration,
  ClassSignature,
  ClassType,
  ClassTypeDeclaration,
  Type,
  TypeDeclaration,
} from './types.ts'

/** How many arguments a class takes. */
export function classArity(type: ClassType): number {
  switch (type.kind) {
    case 'constructor':
      return classArity(type.type)
    case 'signature':
      return 0
    case 'arrow':
      return 1 + classArity(type.result)
  }
}

/** The signature at the end of a class type. */
export function classSignature(type: ClassType): ClassSignature {
  switch (type.kind) {
    case 'constructor':
      return classSignature(type.type)
    case 'signature':
      return type.signature
    case 'arrow':
      return classSignature(type.result)
  }
}

/** The class type of the objects: without the parameters of a class. */
export function classBody(type: ClassType): ClassType {
  switch (type.kind) {
    case 'constructor':
      return type.type.kind === 'arrow' ? classBody(type.type) : type
    case 'signature':
      return type
    case 'arrow':
      return classBody(type.result)
  }
}

/** Without names at the head. */
export function scrapeClassType(type: ClassType): Exclude<ClassType, { kind: 'constructor' }> {
  return type.kind === 'constructor' ? scrapeClassType(type.type) : type
}

const byName = <Value>(map: ReadonlyMap<string, Value>): readonly (readonly [string, Value])[] =>
  [...map].sort(([a], [b]) => (a < b ? -1 : 1))

export const instanceVariablesOf = (signature: ClassSignature) => byName(signature.variables)
export const classMethodsOf = (signature: ClassSignature) => byName(signature.methods)

/** In order of their names. */
export function publicMethodNames(signature: ClassSignature): readonly string[] {
  return classMethodsOf(signature).flatMap(([name, method]) => (method.private ? [] : [name]))
}

/** The types in a signature. */
export function typesOfSignature({ self, selfRow, variables, methods }: ClassSignature): readonly Type[] {
  const inside = [...variables.values(), ...methods.values()]
  return [self, selfRow, ...inside.map(({ type }) => type)]
}

/** All types in a class type. */
export function typesOfClassType(type: ClassType): readonly Type[] {
  switch (type.kind) {
    case 'constructor':
      return [...type.arguments, ...typesOfClassType(type.type)]
    case 'signature':
      return typesOfSignature(type.signature)
    case 'arrow':
      return [type.parameter, ...typesOfClassType(type.result)]
  }
}

export function typesOfClass({ parameters, type, new: maker }: ClassDeclaration): readonly Type[] {
  return [...parameters, ...typesOfClassType(type), ...(maker === undefined ? [] : [maker])]
}

// ---------------------------------------------------------------------------------------------------------

/** What becomes of the types and paths in a class type; types must be copied with one memo. */
export interface ClassTypeMap {
  readonly type: (type: Type) => Type
  readonly path: (path: Path) => Path
}

const samePaths = (path: Path): Path => path

export function mapSignature(signature: ClassSignature, type: (type: Type) => Type): ClassSignature {
  const self = type(signature.self)
  const selfRow = type(signature.selfRow)
  const variables = new Map([...signature.variables].map(([name, v]) => [name, { ...v, type: type(v.type) }]))
  const methods = new Map([...signature.methods].map(([name, m]) => [name, { ...m, type: type(m.type) }]))
  return { self, selfRow, variables, methods }
}

export function mapClassType(type: ClassType, map: ClassTypeMap): ClassType {
  switch (type.kind) {
    case 'constructor': {
      const path = map.path(type.path)
      return {
        kind: 'constructor',
        path,
        arguments: type.arguments.map(map.type),
        type: mapClassType(type.type, map),
      }
    }
    case 'signature':
      return { kind: 'signature', signature: mapSignature(type.signature, map.type) }
    case 'arrow':
      return { ...type, parameter: map.type(type.parameter), result: mapClassType(type.result, map) }
  }
}

export function mapClassDeclaration(
  declaration: ClassDeclaration,
  type: ClassTypeMap['type'],
  path: ClassTypeMap['path'] = samePaths,
): ClassDeclaration {
  return {
    ...declaration,
    parameters: declaration.parameters.map(type),
    type: mapClassType(declaration.type, { type, path }),
    path: path(declaration.path),
    new: declaration.new === undefined ? undefined : type(declaration.new),
  }
}

/** `hashType` is for the abbreviation `#c`, which has copies of its own. */
export function mapClassTypeDeclaration(
  declaration: ClassTypeDeclaration,
  type: ClassTypeMap['type'],
  path: ClassTypeMap['path'],
  hashType: (declaration: TypeDeclaration) => TypeDeclaration,
): ClassTypeDeclaration {
  return {
    ...declaration,
    parameters: declaration.parameters.map(type),
    type: mapClassType(declaration.type, { type, path }),
    path: path(declaration.path),
    hashType: hashType(declaration.hashType),
  }
}
