/**
 * `S with type t = …`, `with module M = …`, `with module type T = …`, and their destructive forms with `:=`.
 *
 * The new definition must be included in the one that it replaces. A destructive constraint removes the
 * component and puts what it is equal to in its place in the rest of the signature.
 */

import { fail } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import type * as ast from '../syntax/ast.ts'
import { checkReexport } from './declaration-checks.ts'
import { addSignature, addType, type Env, scrapeModuleType } from './env.ts'
import { generalise } from './generalise.ts'
import type { Ident, Path } from './ident.ts'
import { includeTypeDeclaration } from './include-declaration.ts'
import { differenceOf, type ItemOf, includeModuleType, ModuleMismatch } from './include-module.ts'
import { lookupModule, printLongName } from './lookup.ts'
import { concat, type Doc, renderMessage, separated, space, vBox } from './pretty.ts'
import { differenceDoc, mismatchDoc, typeMismatchDoc } from './print-module-mismatch.ts'
import { moduleTypeAt, strengthen } from './strengthen.ts'
import {
  applyFunction,
  emptySubstitution,
  pathKey,
  type Substitution,
  substSignatureItem,
  type TypeFunction,
} from './subst.ts'
import { longNameParts, TypeVariables, translateType } from './translate-type.ts'
import { declareParameter } from './type-declaration.ts'
import { constructorType, currentLevel, inNewLevel } from './type-graph.ts'
import {
  genericLevel,
  type ModuleType,
  repr,
  type Signature,
  type SignatureItem,
  type TypeDeclaration,
} from './types.ts'
import { computeImmediacies, computeVariances } from './variance.ts'

export type TranslateModuleType = (env: Env, type: ast.ModuleType) => ModuleType

/**
 * `env` is the environment around the signature, in which the constraints are read; errors are said of
 * `region`.
 */
export function applyConstraints(
  translate: TranslateModuleType,
  env: Env,
  items: Signature,
  constraints: readonly ast.WithConstraint[],
  region: Region,
): Signature {
  return constraints.reduce<Signature>(
    (current, constraint) => new ConstraintApplication(translate, env, constraint, region).run(current),
    items,
  )
}

/** What stands for a removed component, said of the component's path relative to a signature around it. */
interface Removed {
  readonly names: readonly string[]
  readonly replacement:
    | { readonly kind: 'type'; readonly function: TypeFunction }
    | { readonly kind: 'module'; readonly path: Path; readonly types: ReadonlyMap<string, TypeFunction> }
    | { readonly kind: 'module-type'; readonly type: ModuleType }
}

interface Change {
  /** What the item becomes; undefined when it is removed. */
  readonly item: SignatureItem | undefined
  readonly removed: Removed | undefined
}

class ConstraintApplication {
  readonly #translate: TranslateModuleType
  readonly #env: Env
  readonly #constraint: ast.WithConstraint
  readonly #region: Region

  constructor(translate: TranslateModuleType, env: Env, constraint: ast.WithConstraint, region: Region) {
    this.#translate = translate
    this.#env = env
    this.#constraint = constraint
    this.#region = region
  }

  run(items: Signature): Signature {
    return this.#apply(this.#env, items, longNameParts(this.#constraint.path)).items
  }

  #apply(
    env: Env,
    items: Signature,
    path: readonly string[],
  ): { readonly items: Signature; readonly removed: Removed | undefined } {
    const [name, ...rest] = path as [string, ...string[]]
    const kind = rest.length > 0 ? 'module' : this.#constraint.kind
    const index = items.findIndex((item) => item.kind === kind && item.ident.name === name)
    const item = items[index]
    if (item === undefined) this.#failMissing()
    const inner = addSignature(env, items)
    const change =
      rest.length > 0 ? this.#changeInside(inner, item as ItemOf<'module'>, rest) : this.#change(inner, item)
    const s = substitutionFor(item.ident, change.removed)
    const later = items.slice(index + 1).map((each) => substSignatureItem(s, each))
    const changed = change.item === undefined ? [] : [change.item]
    return { items: [...items.slice(0, index), ...changed, ...later], removed: change.removed }
  }

  #failMissing(): never {
    const name = printLongName(this.#constraint.path)
    fail(this.#region, `The signature constrained by \`with' has no component named ${name}`)
  }

  /** `with type M.t = …` */
  #changeInside(env: Env, item: ItemOf<'module'>, rest: readonly string[]): Change {
    const type =
      item.type.kind === 'alias' ? moduleTypeAt(env, item.type.path) : scrapeModuleType(env, item.type)
    if (type?.kind !== 'signature') this.#failMissing()
    const { items, removed } = this.#apply(env, type.items, rest)
    const changed: SignatureItem = { ...item, type: { kind: 'signature', items } }
    if (removed === undefined) return { item: changed, removed: undefined }
    return { item: changed, removed: { ...removed, names: [item.ident.name, ...removed.names] } }
  }

  #change(env: Env, item: SignatureItem): Change {
    const constraint = this.#constraint
    switch (constraint.kind) {
      case 'type':
        return this.#changeType(env, item as ItemOf<'type'>, constraint)
      case 'module':
        return this.#changeModule(env, item as ItemOf<'module'>, constraint)
      case 'module-type':
        return this.#changeModuleType(env, item as ItemOf<'module-type'>, constraint)
    }
  }

  #failMismatch(doc: Doc): never {
    const name = printLongName(this.#constraint.path)
    const head = [
      concat(`In this \`with' constraint, the new definition of ${name}`),
      concat('does not match its original definition in the constrained signature:'),
    ]
    fail(this.#region, renderMessage(vBox(0, separated(space, head), space, doc)))
  }

  // -------------------------------------------------------------------------------------------------------
  // Types

  #changeType(
    env: Env,
    item: ItemOf<'type'>,
    constraint: Extract<ast.WithConstraint, { kind: 'type' }>,
  ): Change {
    env.store.usages.mark(item.declaration.region)
    const f = translateFunction(this.#env, constraint.declaration)
    const declaration = this.#newDeclaration(env, item, constraint.declaration, f)
    const path: Path = { kind: 'ident', ident: item.ident }
    const reason = includeTypeDeclaration(env, path, declaration, item.declaration)
    if (reason !== undefined) {
      this.#failMismatch(typeMismatchDoc(this.#env, { ...item, declaration }, item, reason))
    }
    if (!constraint.destructive) return { item: { ...item, declaration }, removed: undefined }
    const removed: Removed = { names: [item.ident.name], replacement: { kind: 'type', function: f } }
    return { item: undefined, removed }
  }

  /** The original declaration, with what it is now known to be equal to. */
  #newDeclaration(
    env: Env,
    item: ItemOf<'type'>,
    syntax: ast.TypeDeclaration,
    f: TypeFunction,
  ): TypeDeclaration {
    const original = item.declaration
    const sameArity = original.arity === f.parameters.length
    const parameters = sameArity ? original.parameters : f.parameters
    const declaration: TypeDeclaration = {
      ...original,
      parameters,
      arity: parameters.length,
      kind: sameArity ? original.kind : { kind: 'abstract' },
      private: syntax.private,
      manifest: sameArity ? applyFunction(f, parameters) : f.body,
      immediate: false,
      region: syntax.region,
      attributes: syntax.attributes,
    }
    const outer = addType(env, item.ident, declaration)
    const named = { ident: item.ident, declaration, annotations: syntax.parameters }
    computeVariances(outer, [named])
    computeImmediacies(outer, [named])
    if (declaration.kind.kind === 'variant' || declaration.kind.kind === 'record') checkReexport(outer, named)
    return declaration
  }

  // -------------------------------------------------------------------------------------------------------
  // Modules

  #changeModule(
    env: Env,
    item: ItemOf<'module'>,
    constraint: Extract<ast.WithConstraint, { kind: 'module' }>,
  ): Change {
    const { path, description } = lookupModule(this.#env, constraint.target)
    const declared =
      description.kind === 'alias' ? (moduleTypeAt(this.#env, description.path) ?? description) : description
    const type = strengthen(this.#env, declared, path, false)
    this.#checkIncluded(env, type, item.type)
    if (!constraint.destructive) return { item: { ...item, type }, removed: undefined }
    const types = typeFunctions(scrapeModuleType(env, item.type), path)
    return {
      item: undefined,
      removed: { names: [item.ident.name], replacement: { kind: 'module', path, types } },
    }
  }

  #checkIncluded(env: Env, type: ModuleType, original: ModuleType): void {
    try {
      includeModuleType(env, type, original)
    } catch (error) {
      if (error instanceof ModuleMismatch) this.#failMismatch(mismatchDoc(error))
      throw error
    }
  }

  #changeModuleType(
    env: Env,
    item: ItemOf<'module-type'>,
    constraint: Extract<ast.WithConstraint, { kind: 'module-type' }>,
  ): Change {
    const type = this.#translate(this.#env, constraint.type)
    if (item.type !== undefined) {
      const difference = differenceOf(env, type, item.type)
      if (difference !== undefined) this.#failMismatch(differenceDoc(env, type, item.type, difference))
    }
    if (!constraint.destructive) return { item: { ...item, type }, removed: undefined }
    return {
      item: undefined,
      removed: { names: [item.ident.name], replacement: { kind: 'module-type', type } },
    }
  }
}

/** The right-hand side of `with type ('a, 'b) t = …` as a function of its parameters. */
function translateFunction(env: Env, syntax: ast.TypeDeclaration): TypeFunction {
  const { manifest } = syntax
  if (manifest === undefined) fail(syntax.region, 'Only type synonyms are allowed on the right of :=')
  const f = inNewLevel(() => {
    const variables = new TypeVariables(currentLevel())
    const parameters = syntax.parameters.map((parameter) => declareParameter(variables, parameter))
    return { parameters, body: translateType({ env, variables, policy: 'declared' }, manifest) }
  })
  for (const type of [...f.parameters, f.body]) generalise(type)
  return f
}

/** For each type of a removed module, the one of the module that replaces it. */
function typeFunctions(type: ModuleType, target: Path): ReadonlyMap<string, TypeFunction> {
  const found = new Map<string, TypeFunction>()
  if (type.kind !== 'signature') return found
  for (const item of type.items) {
    if (item.kind !== 'type') continue
    const { parameters } = item.declaration
    const path: Path = { kind: 'dot', prefix: target, name: item.ident.name }
    found.set(item.ident.name, { parameters, body: constructorType(path, parameters, genericLevel) })
  }
  return found
}

// ---------------------------------------------------------------------------------------------------------
// Substitution

/** `first` is the ident of the signature's component that was removed, or in which something was. */
function substitutionFor(first: Ident, removed: Removed | undefined): Substitution {
  if (removed === undefined) return emptySubstitution
  const [, ...rest] = removed.names
  const path = rest.reduce<Path>((prefix, name) => ({ kind: 'dot', prefix, name }), {
    kind: 'ident',
    ident: first,
  })
  const { replacement } = removed
  switch (replacement.kind) {
    case 'type':
      return typeSubstitution(path, replacement.function)
    case 'module-type':
      return { ...emptySubstitution, moduleTypes: new Map([[pathKey(path), replacement.type]]) }
    case 'module': {
      if (path.kind === 'ident')
        return { ...emptySubstitution, paths: new Map([[first.stamp, replacement.path]]) }
      const functions = new Map<string, TypeFunction>()
      for (const [name, f] of replacement.types)
        functions.set(pathKey({ kind: 'dot', prefix: path, name }), f)
      return { ...emptySubstitution, typeFunctions: functions }
    }
  }
}

function typeSubstitution(path: Path, f: TypeFunction): Substitution {
  const typeFunctions = new Map([[pathKey(path), f]])
  const target = renamedTo(f)
  if (path.kind !== 'ident' || target === undefined) return { ...emptySubstitution, typeFunctions }
  return { ...emptySubstitution, typeFunctions, paths: new Map([[path.ident.stamp, target]]) }
}

/** The type constructor that the function only gives another name to. */
function renamedTo({ parameters, body }: TypeFunction): Path | undefined {
  const { desc } = repr(body)
  if (desc.kind !== 'constructor' || desc.arguments.length !== parameters.length) return undefined
  const same = desc.arguments.every((argument, i) => repr(argument) === repr(parameters[i] ?? argument))
  return same ? desc.path : undefined
}
