/**
 * Types and module types without some identifiers: what remains of a functor's result when the argument has
 * no name, of a structure when a local definition goes out of sight.
 *
 * A type that mentions a vanishing ident is replaced by what it abbreviates. Where there is no such thing, a
 * type declaration in covariant position becomes abstract; elsewhere it is an error.
 */

import { mapSignature } from './class-types.ts'
import { addSignature, type Env, findModule, findModuleType } from './env.ts'
import { expandOnce } from './expand.ts'
import type { Path } from './ident.ts'
import { addFunctorParameter } from './print-signature.ts'
import { strengthen } from './strengthen.ts'
import { componentsOfDesc, mapDesc } from './subst.ts'
import { newType } from './type-graph.ts'
import {
  type ClassDeclaration,
  type ClassType,
  type ClassTypeDeclaration,
  type ConstructorDescription,
  type ExtensionDeclaration,
  type LabelDescription,
  type ModuleType,
  repr,
  type Signature,
  type SignatureItem,
  type Type,
  type TypeDeclaration,
  type TypeDesc,
  type TypeKind,
} from './types.ts'

/** Thrown when a mention cannot be avoided; always caught within `typing/`. */
export class CannotErase {
  readonly path: Path
  constructor(path: Path) {
    this.path = path
  }
}

type Vanishing = ReadonlySet<number>
type Position = 'covariant' | 'contravariant' | 'invariant'

const opposite: Record<Position, Position> = {
  covariant: 'contravariant',
  contravariant: 'covariant',
  invariant: 'invariant',
}

function mentions(gone: Vanishing, path: Path): boolean {
  if (path.kind === 'ident') return gone.has(path.ident.stamp)
  if (path.kind === 'dot') return mentions(gone, path.prefix)
  return mentions(gone, path.functor) || mentions(gone, path.argument)
}

// ---------------------------------------------------------------------------------------------------------
// Types

function descMentions(gone: Vanishing, desc: TypeDesc): boolean {
  if (desc.kind === 'constructor' || desc.kind === 'package') return mentions(gone, desc.path)
  if (desc.kind === 'variant') return desc.row.name !== undefined && mentions(gone, desc.row.name.path)
  return desc.kind === 'object' && desc.name !== undefined && mentions(gone, desc.name.path)
}

function typeMentions(gone: Vanishing, type: Type, seen: Set<Type>): boolean {
  const t = repr(type)
  if (seen.has(t)) return false
  seen.add(t)
  if (descMentions(gone, t.desc)) return true
  return componentsOfDesc(t.desc).some((component) => typeMentions(gone, component, seen))
}

function copyWithout(env: Env, gone: Vanishing, type: Type, memo: Map<Type, Type>): Type {
  const t = repr(type)
  const known = memo.get(t)
  if (known !== undefined) return known
  if (!typeMentions(gone, t, new Set())) return t
  if (t.desc.kind === 'constructor' && mentions(gone, t.desc.path)) {
    const expanded = expandOnce(env, t)
    if (expanded === undefined) throw new CannotErase(t.desc.path)
    return copyWithout(env, gone, expanded, memo)
  }
  if (t.desc.kind === 'package' && mentions(gone, t.desc.path)) return packageWithout(env, gone, t, memo)
  const copy = newType({ kind: 'nil' }, t.level)
  memo.set(t, copy)
  copy.desc = mapDesc(withoutName(gone, t.desc), (component) => copyWithout(env, gone, component, memo))
  return copy
}

function packageWithout(env: Env, gone: Vanishing, t: Type, memo: Map<Type, Type>): Type {
  const desc = t.desc as Extract<TypeDesc, { kind: 'package' }>
  const definition = findModuleType(env, desc.path)?.description
  if (definition?.kind !== 'ident') throw new CannotErase(desc.path)
  return copyWithout(env, gone, newType({ ...desc, path: definition.path }, t.level), memo)
}

function withoutName(gone: Vanishing, desc: TypeDesc): TypeDesc {
  if (!descMentions(gone, desc)) return desc
  if (desc.kind === 'variant') {
    const { name: _, ...row } = desc.row
    return { kind: 'variant', row }
  }
  return desc.kind === 'object' ? { kind: 'object', fields: desc.fields } : desc
}

/** The type without the idents, or `CannotErase`. */
export function typeWithout(env: Env, gone: Vanishing, type: Type): Type {
  return copyWithout(env, gone, type, new Map())
}

// ---------------------------------------------------------------------------------------------------------
// Declarations

function labelsWithout(
  env: Env,
  gone: Vanishing,
  labels: readonly LabelDescription[],
): readonly LabelDescription[] {
  const all: LabelDescription[] = []
  for (const label of labels) {
    const record = typeWithout(env, gone, label.record)
    all.push({ ...label, record, type: typeWithout(env, gone, label.type), all })
  }
  return all
}

function constructorWithout(env: Env, gone: Vanishing, c: ConstructorDescription): ConstructorDescription {
  const without = {
    ...c,
    result: typeWithout(env, gone, c.result),
    arguments: c.arguments.map((argument) => typeWithout(env, gone, argument)),
  }
  return c.inlined === undefined ? without : { ...without, inlined: labelsWithout(env, gone, c.inlined) }
}

function kindWithout(env: Env, gone: Vanishing, kind: TypeKind): TypeKind {
  switch (kind.kind) {
    case 'abstract':
    case 'open':
      return kind
    case 'variant':
      return { kind: 'variant', constructors: kind.constructors.map((c) => constructorWithout(env, gone, c)) }
    case 'record':
      return { ...kind, labels: labelsWithout(env, gone, kind.labels) }
  }
}

function orElse<Result>(isAllowed: boolean, make: () => Result, fallback: Result): Result {
  try {
    return make()
  } catch (error) {
    if (isAllowed && error instanceof CannotErase) return fallback
    throw error
  }
}

function declarationWithout(
  env: Env,
  gone: Vanishing,
  declaration: TypeDeclaration,
  position: Position,
): TypeDeclaration {
  const mayForget = position === 'covariant'
  const { manifest, kind } = declaration
  const newKind = orElse(mayForget, () => kindWithout(env, gone, kind), { kind: 'abstract' } as TypeKind)
  const forgotten = { private: false, manifest: undefined }
  const kept = () => ({
    private: declaration.private,
    manifest: manifest === undefined ? undefined : typeWithout(env, gone, manifest),
  })
  return { ...declaration, kind: newKind, ...orElse(mayForget, kept, forgotten) }
}

function extensionWithout(
  env: Env,
  gone: Vanishing,
  declaration: ExtensionDeclaration,
): ExtensionDeclaration {
  if (mentions(gone, declaration.path)) throw new CannotErase(declaration.path)
  return { ...declaration, constructor: constructorWithout(env, gone, declaration.constructor) }
}

/** A class type by a name that is gone is known by what it stands for. */
function classTypeWithout(env: Env, gone: Vanishing, type: ClassType, memo: Map<Type, Type>): ClassType {
  const each = (t: Type) => copyWithout(env, gone, t, memo)
  const inner = (t: ClassType) => classTypeWithout(env, gone, t, memo)
  switch (type.kind) {
    case 'constructor':
      if (mentions(gone, type.path)) return inner(type.type)
      return { ...type, arguments: type.arguments.map(each), type: inner(type.type) }
    case 'signature':
      return { kind: 'signature', signature: mapSignature(type.signature, each) }
    case 'arrow':
      return { ...type, parameter: each(type.parameter), result: inner(type.result) }
  }
}

function classWithout(env: Env, gone: Vanishing, declaration: ClassDeclaration): ClassDeclaration {
  if (mentions(gone, declaration.path)) throw new CannotErase(declaration.path)
  const memo = new Map<Type, Type>()
  const each = (t: Type) => copyWithout(env, gone, t, memo)
  return {
    ...declaration,
    parameters: declaration.parameters.map(each),
    type: classTypeWithout(env, gone, declaration.type, memo),
    new: declaration.new === undefined ? undefined : each(declaration.new),
  }
}

function classTypeDeclarationWithout(
  env: Env,
  gone: Vanishing,
  declaration: ClassTypeDeclaration,
  position: Position,
): ClassTypeDeclaration {
  if (mentions(gone, declaration.path)) throw new CannotErase(declaration.path)
  const memo = new Map<Type, Type>()
  return {
    ...declaration,
    parameters: declaration.parameters.map((t) => copyWithout(env, gone, t, memo)),
    type: classTypeWithout(env, gone, declaration.type, memo),
    hashType: declarationWithout(env, gone, declaration.hashType, position),
  }
}

// ---------------------------------------------------------------------------------------------------------
// Modules

/** The module type without the idents, or `CannotErase`. */
export function moduleTypeWithout(
  env: Env,
  gone: Vanishing,
  type: ModuleType,
  position: Position = 'covariant',
): ModuleType {
  switch (type.kind) {
    case 'ident':
      return identWithout(env, gone, type, position)
    case 'alias':
      return aliasWithout(env, gone, type, position)
    case 'signature':
      return { kind: 'signature', items: signatureWithout(env, gone, type.items, position) }
    case 'functor':
      return functorWithout(env, gone, type, position)
  }
}

function identWithout(
  env: Env,
  gone: Vanishing,
  type: Extract<ModuleType, { kind: 'ident' }>,
  position: Position,
): ModuleType {
  if (!mentions(gone, type.path)) return type
  const definition = findModuleType(env, type.path)?.description
  if (definition === undefined) throw new CannotErase(type.path)
  return moduleTypeWithout(env, gone, definition, position)
}

function aliasWithout(
  env: Env,
  gone: Vanishing,
  type: Extract<ModuleType, { kind: 'alias' }>,
  position: Position,
): ModuleType {
  if (!mentions(gone, type.path)) return type
  const target = findModule(env, type.path)
  if (target === undefined) throw new CannotErase(type.path)
  const { description } = target
  if (description.kind === 'alias') return aliasWithout(env, gone, description, position)
  return moduleTypeWithout(env, gone, strengthen(env, description, type.path), position)
}

function functorWithout(
  env: Env,
  gone: Vanishing,
  type: Extract<ModuleType, { kind: 'functor' }>,
  position: Position,
): ModuleType {
  const { parameter } = type
  const inner = addFunctorParameter(env, parameter)
  const body = moduleTypeWithout(inner, gone, type.body, position)
  if (parameter.kind === 'unit') return { ...type, body }
  const own = moduleTypeWithout(env, gone, parameter.type, opposite[position])
  return { kind: 'functor', parameter: { ...parameter, type: own }, body }
}

export function signatureWithout(env: Env, gone: Vanishing, items: Signature, position: Position): Signature {
  const inner = addSignature(env, items)
  return items.map((item) => itemWithout(inner, gone, item, position))
}

/** One item; `env` has the signature that it is part of. */
export function itemWithout(
  env: Env,
  gone: Vanishing,
  item: SignatureItem,
  position: Position,
): SignatureItem {
  switch (item.kind) {
    case 'value':
      return {
        ...item,
        description: { ...item.description, type: typeWithout(env, gone, item.description.type) },
      }
    case 'type':
      return { ...item, declaration: declarationWithout(env, gone, item.declaration, position) }
    case 'extension':
      return { ...item, declaration: extensionWithout(env, gone, item.declaration) }
    case 'module':
      return { ...item, type: moduleTypeWithout(env, gone, item.type, position) }
    case 'module-type':
      return { ...item, type: moduleTypeDefinitionWithout(env, gone, item.type, position) }
    case 'class':
      return { ...item, declaration: classWithout(env, gone, item.declaration) }
    case 'class-type':
      return { ...item, declaration: classTypeDeclarationWithout(env, gone, item.declaration, position) }
  }
}

function moduleTypeDefinitionWithout(
  env: Env,
  gone: Vanishing,
  type: ModuleType | undefined,
  position: Position,
): ModuleType | undefined {
  if (type === undefined) return undefined
  const make = () => moduleTypeWithout(env, gone, type, 'invariant')
  return orElse<ModuleType | undefined>(position === 'covariant', make, undefined)
}
