/**
 * Strengthening: the type of a module that has a path says so. An abstract type `t` of a module found at P
 * is equal to `P.t`, a submodule N is `P.N`, an abstract module type S is `P.S`.
 *
 * A path is aliasable unless it starts at a functor's parameter or contains an application: only then can a
 * submodule be described as the alias of another module.
 *
 * Reference: Leroy, "Applicative functors and fully transparent higher-order modules" (POPL 1995).
 */

import { type Env, findModule, scrapeModuleType } from './env.ts'
import { freshIdent, type Ident, type Path } from './ident.ts'
import { constructorType } from './type-graph.ts'
import {
  genericLevel,
  type ModuleType,
  type Signature,
  type SignatureItem,
  type TypeDeclaration,
} from './types.ts'

const functorParameters = new Set<number>()

/** A fresh ident for a functor's parameter. */
export function functorParameterIdent(name: string): Ident {
  const ident = freshIdent(name)
  functorParameters.add(ident.stamp)
  return ident
}

export function isAliasable(path: Path): boolean {
  if (path.kind === 'ident') return !functorParameters.has(path.ident.stamp)
  return path.kind === 'dot' && isAliasable(path.prefix)
}

/** The type of the module at `path`, whose declared type is `type`. */
export function strengthen(
  env: Env,
  type: ModuleType,
  path: Path,
  aliasable = isAliasable(path),
): ModuleType {
  const scraped = type.kind === 'alias' ? type : scrapeModuleType(env, type)
  switch (scraped.kind) {
    case 'signature':
      return { kind: 'signature', items: strengthenSignature(env, scraped.items, path, aliasable) }
    case 'functor':
      return strengthenFunctor(env, scraped, path)
    case 'alias':
    case 'ident':
      return type
  }
}

function strengthenFunctor(env: Env, type: Extract<ModuleType, { kind: 'functor' }>, path: Path): ModuleType {
  const { parameter } = type
  if (parameter.kind === 'unit') return type
  const ident = parameter.ident ?? functorParameterIdent('Arg')
  const argument: Path = { kind: 'ident', ident }
  const body = strengthen(env, type.body, { kind: 'apply', functor: path, argument }, false)
  return { kind: 'functor', parameter: { ...parameter, ident: parameter.ident ?? ident }, body }
}

export function strengthenSignature(env: Env, items: Signature, path: Path, aliasable: boolean): Signature {
  return items.map((item) => strengthenItem(env, item, path, aliasable))
}

function strengthenItem(env: Env, item: SignatureItem, prefix: Path, aliasable: boolean): SignatureItem {
  const path: Path = { kind: 'dot', prefix, name: item.ident.name }
  switch (item.kind) {
    case 'type':
      return { ...item, declaration: strengthenDeclaration(item.declaration, path) }
    case 'module':
      return { ...item, type: strengthenSubmodule(env, item.type, path, aliasable) }
    case 'module-type':
      return item.type === undefined ? { ...item, type: { kind: 'ident', path } } : item
    case 'value':
    case 'extension':
    case 'class':
    case 'class-type':
      return item
  }
}

function strengthenSubmodule(env: Env, type: ModuleType, path: Path, aliasable: boolean): ModuleType {
  if (type.kind === 'alias') return type
  return aliasable ? { kind: 'alias', path } : strengthen(env, type, path, false)
}

function strengthenDeclaration(declaration: TypeDeclaration, path: Path): TypeDeclaration {
  const { manifest, private: isPrivate, kind, parameters } = declaration
  const isDatatype = kind.kind === 'variant' || kind.kind === 'record'
  if (manifest !== undefined && (!isPrivate || isDatatype)) return declaration
  const strengthened = { ...declaration, manifest: constructorType(path, parameters, genericLevel) }
  return kind.kind === 'abstract' ? { ...strengthened, private: false } : strengthened
}

/** The type of a module for somebody who wants to see its components: aliases are followed. */
export function moduleTypeAt(env: Env, path: Path): ModuleType | undefined {
  const entry = findModule(env, path)
  if (entry === undefined) return undefined
  const { description } = entry
  if (description.kind === 'alias') return moduleTypeAt(env, description.path)
  return strengthen(env, description, path)
}
