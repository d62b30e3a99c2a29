/**
 * Exceptions, and `type t += …`.
 *
 * A constructor's tag is the path of its own ident, under which it is found at run time; a rebound
 * constructor (`exception A = B`) has its own ident too, bound to B's value.
 */

import { fail } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import type * as ast from '../syntax/ast.ts'
import { type Owner, translateExtensionConstructor } from './constructor-declaration.ts'
import { addExtension, type Entry, type Env } from './env.ts'
import { generalise } from './generalise.ts'
import { freshIdent, type Path } from './ident.ts'
import { instanceConstructor } from './instance.ts'
import { failUnbound, lookupConstructors, lookupType, printLongName, useConstructor } from './lookup.ts'
import { predefinedPaths } from './predef.ts'
import { failMismatch } from './print-mismatch.ts'
import { TypeVariables } from './translate-type.ts'
import { declareParameter, generaliseConstructor } from './type-declaration.ts'
import { constructorType, currentLevel, inNewLevel } from './type-graph.ts'
import type { ExtensionConstructor } from './typed-tree.ts'
import type {
  ConstructorDescription,
  ExtensionDeclaration,
  LabelDescription,
  Type,
  TypeDeclaration,
} from './types.ts'
import { unify } from './unify.ts'
import { checkDeducible } from './variance.ts'

export interface Extended {
  readonly env: Env
  readonly constructors: readonly ExtensionConstructor[]
}

/** What the constructors of one extension share. */
interface Extension {
  readonly owner: Owner
  readonly isException: boolean
}

/** `exception E …` */
export function translateException(
  env: Env,
  syntax: ast.ExtensionConstructor,
): { readonly env: Env; readonly constructor: ExtensionConstructor } {
  const added = inNewLevel(() => {
    const variables = new TypeVariables(currentLevel())
    const context = { env, variables, policy: 'declared' } as const
    const owner = { path: predefinedPaths.exn, parameters: [], private: false, unboxed: false, context }
    return translateConstructor({ owner, isException: true }, syntax, false)
  })
  generaliseExtension(added)
  expectUse(env, added)
  return { env: addExtension(env, added.ident, added.declaration), constructor: added }
}

/** `type params t += C | …` */
export function translateTypeExtension(
  env: Env,
  syntax: ast.TypeExtension,
  region: Region,
  place: 'structure' | 'signature',
): Extended {
  const extended = lookupType(env, syntax.path)
  checkExtensible(extended.description, syntax, region, place)
  const constructors = inNewLevel(() => {
    const variables = new TypeVariables(currentLevel())
    const parameters = syntax.parameters.map((parameter) => declareParameter(variables, parameter))
    const context = { env, variables, policy: 'declared' } as const
    const owner: Owner = { path: extended.path, parameters, private: syntax.private, unboxed: false, context }
    return syntax.constructors.map((each, i) =>
      translateConstructor({ owner, isException: false }, each, i > 0),
    )
  })
  constructors.forEach(generaliseExtension)
  for (const { declaration } of constructors) checkDeducible(env, declaration.constructor, region)
  for (const each of constructors) expectUse(env, each)
  const inner = constructors.reduce((e, { ident, declaration }) => addExtension(e, ident, declaration), env)
  return { env: inner, constructors }
}

function expectUse(env: Env, { ident, declaration, rebind }: ExtensionConstructor): void {
  if (env.inSignature) return
  const { region, private: isPrivate } = declaration.constructor
  const buildable = !isPrivate && rebind === undefined
  env.store.usages.expectExtension({ name: ident.name, region }, declaration.isException, buildable)
}

/** A signature may declare constructors of a private type that the structure has added. */
function checkExtensible(
  { kind, arity, private: isPrivate }: TypeDeclaration,
  syntax: ast.TypeExtension,
  region: Region,
  place: 'structure' | 'signature',
): void {
  const name = printLongName(syntax.path)
  if (kind.kind !== 'open') fail(region, `Type definition ${name} is not extensible`)
  if (arity !== syntax.parameters.length) {
    fail(region, `This extension does not match the definition of type ${name}\nThey have different arities.`)
  }
  if (!isPrivate || place === 'signature') return
  const declared = syntax.constructors.find(({ definition }) => definition.kind === 'declaration')
  if (declared !== undefined) fail(declared.region, `Cannot extend private type definition ${name}`)
}

function generaliseExtension({ declaration }: ExtensionConstructor): void {
  declaration.parameters.forEach(generalise)
  generaliseConstructor(declaration.constructor)
}

function translateConstructor(
  extension: Extension,
  syntax: ast.ExtensionConstructor,
  continues: boolean,
): ExtensionConstructor {
  const ident = freshIdent(syntax.name.text)
  const path: Path = { kind: 'ident', ident }
  const { definition } = syntax
  const { owner, isException } = extension
  const declaration = (description: ConstructorDescription): ExtensionDeclaration => ({
    path: owner.path,
    parameters: owner.parameters,
    constructor: description,
    isException,
    region: syntax.region,
    ...(continues ? { continues } : {}),
  })
  if (definition.kind === 'declaration') {
    const description = translateExtensionConstructor(owner, syntax, definition, path)
    return { ident, declaration: declaration(description), rebind: undefined, region: syntax.region }
  }
  const original = lookupOriginal(owner, definition.path)
  const description = rebound(owner, original, syntax, path, definition.path)
  return { ident, declaration: declaration(description), rebind: original.address, region: syntax.region }
}

// ---------------------------------------------------------------------------------------------------------
// Rebinding

function lookupOriginal(owner: Owner, name: ast.LongName): Entry<ConstructorDescription> {
  const { env } = owner.context
  const found = lookupConstructors(env, name)
  const original =
    found.find((entry) => entry.description.tag.kind === 'extension') ??
    found[0] ??
    failUnbound(env, 'constructors', name)
  useConstructor(env, name, original, owner.private ? 'export-private' : 'export')
  return original
}

function rebound(
  owner: Owner,
  original: Entry<ConstructorDescription>,
  syntax: ast.ExtensionConstructor,
  path: Path,
  name: ast.LongName,
): ConstructorDescription {
  const { description } = original
  const { env } = owner.context
  const instance = instanceConstructor(description)
  const expected = constructorType(owner.path, owner.parameters)
  try {
    unify(env, instance.result, expected)
  } catch (error) {
    failMismatch(env, name.region, error, {
      got: `The constructor ${printLongName(name)} has type`,
      expected: 'but was expected to be of type',
    })
  }
  if (description.tag.kind !== 'extension') {
    fail(name.region, `The constructor ${printLongName(name)} is not an extension constructor`)
  }
  if (description.private && !owner.private)
    fail(name.region, `The constructor ${printLongName(name)} is private`)
  const types = {
    result: instance.result,
    arguments: instance.arguments,
    existentials: instance.existentials,
  }
  const copy = {
    ...description,
    ...types,
    name: syntax.name.text,
    tag: { kind: 'extension', path },
    region: syntax.region,
  } as const
  if (description.inlined === undefined) return copy
  return {
    ...copy,
    inlined: reboundLabels(description.inlined, instance.arguments[0] as Type, instance.labels),
  }
}

function reboundLabels(
  labels: readonly LabelDescription[],
  record: Type,
  types: readonly Type[],
): readonly LabelDescription[] {
  const all: LabelDescription[] = []
  labels.forEach((label, i) => {
    all.push({ ...label, record, type: types[i] as Type, all })
  })
  return all
}
