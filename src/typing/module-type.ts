/**
 * Module type expressions and signatures of the source → `ModuleType`.
 */

import { fail } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import type * as ast from '../syntax/ast.ts'
import { warnPayloads } from './attribute-payloads.ts'
import type { Context } from './context.ts'
import {
  addModule,
  addModuleType,
  addRecursiveModules,
  addSignature,
  addSignatureItem,
  type Env,
  openComponents,
  scrapeModuleType,
  withinSignature,
} from './env.ts'
import { translateException, translateTypeExtension } from './extension-declaration.ts'
import { freshIdent, type Ident, type Path } from './ident.ts'
import { approximateClassTypes, translateClassDescriptions, translateClassTypes } from './infer-class-item.ts'
import { describeValue, expectValue } from './infer-item.ts'
import { lookupModule, lookupModuleType, printLongName } from './lookup.ts'
import { checkModuleCycles } from './module-cycles.ts'
import { expectOpen } from './open-usage.ts'
import { checkApplications } from './path-application.ts'
import { box, renderMessage, space } from './pretty.ts'
import { moduleTypeDoc, printContext } from './print-signature.ts'
import { SignatureNames } from './signature-names.ts'
import { functorParameterIdent, isAliasable, moduleTypeAt, strengthen } from './strengthen.ts'
import { freshenSignature, pathKey, type Substitution, substSignature, type TypeFunction } from './subst.ts'
import { translateTypeDeclarations } from './type-declaration.ts'
import type { FunctorParameter, ModuleType, Signature, SignatureItem } from './types.ts'
import { failUninterpreted } from './uninterpreted.ts'
import { unusedModule, unusedParameter } from './usage.ts'
import { applyConstraints } from './with-constraint.ts'

export function translateModuleType(cx: Context, env: Env, type: ast.ModuleType): ModuleType {
  switch (type.kind) {
    case 'ident':
      checkApplications(env, type.path)
      return { kind: 'ident', path: lookupModuleType(env, type.path).path }
    case 'signature':
      return { kind: 'signature', items: translateSignature(cx, env, type.items).items }
    case 'functor':
      return translateFunctorType(cx, env, type)
    case 'with':
      return translateWith(cx, env, type)
    case 'type-of':
      return translateTypeOf(cx, env, type.module)
    case 'alias':
      return translateAlias(env, type.path)
    case 'extension':
      return failUninterpreted(type.region, type.name)
  }
}

/** A functor's parameter, and the environment in which its result is. */
export function translateFunctorParameter(
  cx: Context,
  env: Env,
  parameter: ast.FunctorParameter,
): { readonly env: Env; readonly parameter: FunctorParameter } {
  if (parameter.kind === 'unit') return { env, parameter }
  const type = translateModuleType(cx, env, parameter.type)
  if (parameter.name === undefined) return { env, parameter: { kind: 'named', ident: undefined, type } }
  const { text, region } = parameter.name
  const ident = functorParameterIdent(text)
  env.store.usages.expect(region, text, () => unusedParameter(text, env.inSignature))
  return { env: addModule(env, ident, type, { region }), parameter: { kind: 'named', ident, type } }
}

function translateFunctorType(cx: Context, env: Env, type: ast.ModuleType & { kind: 'functor' }): ModuleType {
  const inner = translateFunctorParameter(cx, env, type.parameter)
  const body = translateModuleType(cx, inner.env, type.body)
  return { kind: 'functor', parameter: inner.parameter, body }
}

function translateAlias(env: Env, name: ast.LongName): ModuleType {
  const { path, description } = lookupModule(env, name)
  return isAliasable(path) ? { kind: 'alias', path } : strengthen(env, description, path)
}

/** The declared type of a named module, not strengthened; through an alias, that of the module behind it. */
function translateTypeOf(cx: Context, env: Env, module: ast.ModuleExpression): ModuleType {
  if (module.kind === 'ident') {
    const { description } = lookupModule(env, module.path)
    return description.kind === 'alias' ? (moduleTypeAt(env, description.path) ?? description) : description
  }
  return cx.modules.inferModule(cx, env, module).type
}

function translateWith(cx: Context, env: Env, type: ast.ModuleType & { kind: 'with' }): ModuleType {
  const base = translateModuleType(cx, env, type.type)
  const items = signatureOf(env, base, type.type.region)
  const translate = (e: Env, t: ast.ModuleType) => translateModuleType(cx, e, t)
  return { kind: 'signature', items: applyConstraints(translate, env, items, type.constraints, type.region) }
}

/** The items of a module type that must be a signature. */
export function signatureOf(env: Env, type: ModuleType, region: Region): Signature {
  const scraped = scrapeModuleType(env, type)
  if (scraped.kind === 'signature') return scraped.items
  return fail(region, 'This module type is not a signature')
}

/** The items of a module that must be a structure. */
export function structureSignature(env: Env, type: ModuleType, region: Region): Signature {
  const scraped = scrapeModuleType(env, type)
  if (scraped.kind === 'signature') return scraped.items
  const doc = box(
    0,
    'This module is not a structure; it has type',
    space,
    moduleTypeDoc(printContext(env), type),
  )
  return fail(region, renderMessage(doc))
}

// ---------------------------------------------------------------------------------------------------------
// Signatures

export function translateSignature(
  cx: Context,
  env: Env,
  items: readonly ast.SignatureItem[],
): { readonly items: Signature; readonly env: Env } {
  const translator = new SignatureTranslator(cx, env)
  for (const item of items) translator.add(item)
  return translator.finish()
}

class SignatureTranslator {
  readonly #cx: Context
  #env: Env
  readonly #names = new SignatureNames()
  readonly #typeFunctions = new Map<string, TypeFunction>()
  readonly #moduleTypes = new Map<string, ModuleType>()
  readonly #paths = new Map<number, Path>()

  constructor(cx: Context, env: Env) {
    this.#cx = cx
    this.#env = withinSignature(env, true)
  }

  finish(): { readonly items: Signature; readonly env: Env } {
    const items = this.#names.finish(this.#env)
    return { items: substSignature(this.#substitution(), items), env: this.#env }
  }

  /** Takes `type t := …` and the like back out. */
  #substitution(): Substitution {
    return { paths: this.#paths, typeFunctions: this.#typeFunctions, moduleTypes: this.#moduleTypes }
  }

  add(item: ast.SignatureItem): void {
    warnPayloads(this.#cx, item)
    switch (item.kind) {
      case 'value':
        this.#addItem(valueItem(this.#env, item.description), item.region)
        break
      case 'type':
        this.#addTypes(item.recursive, item.declarations)
        break
      case 'type-substitution':
        this.#addTypeSubstitutions(item.declarations)
        break
      case 'type-extension':
        this.#addExtension(item)
        break
      case 'exception': {
        const { env, constructor: added } = translateException(this.#env, item.exception)
        this.#env = env
        this.#names.add(
          { kind: 'extension', ident: added.ident, declaration: added.declaration },
          item.region,
        )
        break
      }
      case 'module':
        this.#addModule(item.declaration)
        break
      case 'module-substitution':
        this.#addModuleSubstitution(item)
        break
      case 'recursive-module':
        this.#addRecursiveModules(item.declarations)
        break
      case 'module-type':
        this.#addModuleType(item)
        break
      case 'module-type-substitution':
        this.#addModuleTypeSubstitution(item.name, item.type)
        break
      case 'open':
        this.#open(item.open)
        break
      case 'include':
        this.#include(item)
        break
      case 'class':
        this.#addClasses(translateClassDescriptions(this.#cx, this.#env, item.classes))
        break
      case 'class-type':
        this.#addClasses(translateClassTypes(this.#cx, this.#env, item.classes))
        break
      case 'attribute':
        break
      case 'extension':
        failUninterpreted(item.region, item.name)
    }
  }

  #addItem(item: SignatureItem, region: Region): void {
    this.#env = addSignatureItem(this.#env, item)
    this.#names.add(item, region)
  }

  #addTypes(recursive: boolean, group: readonly ast.TypeDeclaration[]): void {
    const { env, declarations } = translateTypeDeclarations(this.#env, recursive, group)
    this.#env = env
    for (const item of typeItems(recursive, declarations)) this.#names.add(item, item.declaration.region)
  }

  #addClasses({ env, items }: ReturnType<typeof translateClassTypes>): void {
    this.#env = env
    for (const { item, region } of items) this.#names.add(item, region)
  }

  #addTypeSubstitutions(group: readonly ast.TypeDeclaration[]): void {
    const { env, declarations } = translateTypeDeclarations(this.#env, false, group)
    for (const { ident, declaration } of declarations) {
      const { manifest, parameters, region } = declaration
      if (manifest === undefined || declaration.kind.kind !== 'abstract') {
        fail(region, 'Only type synonyms are allowed on the right of :=')
      }
      this.#typeFunctions.set(pathKey({ kind: 'ident', ident }), { parameters, body: manifest })
    }
    this.#env = env
  }

  #addExtension(item: ast.SignatureItem & { kind: 'type-extension' }): void {
    const { env, constructors } = translateTypeExtension(this.#env, item.extension, item.region, 'signature')
    this.#env = env
    for (const { ident, declaration, region } of constructors) {
      this.#names.add({ kind: 'extension', ident, declaration }, region)
    }
  }

  #addModule({ name, type, region, attributes }: ast.ModuleDeclaration): void {
    const translated = translateModuleType(this.#cx, this.#env, type)
    if (name === undefined) return
    const ident = freshIdent(name.text)
    this.#expectModule(name.text, region)
    this.#env = addModule(this.#env, ident, translated, { attributes, region })
    this.#names.add(
      { kind: 'module', ident, type: translated, recursion: 'not', region, attributes },
      name.region,
    )
  }

  #expectModule(name: string, region: Region): void {
    this.#env.store.usages.expect(region, name, () => unusedModule(name))
  }

  #addModuleSubstitution(item: ast.SignatureItem & { kind: 'module-substitution' }): void {
    const { name, path, region } = item
    const target = lookupModule(this.#env, path)
    const ident = freshIdent(name.text)
    this.#expectModule(name.text, region)
    this.#env = addModule(this.#env, ident, { kind: 'alias', path: target.path }, { region })
    this.#paths.set(ident.stamp, target.path)
  }

  #addRecursiveModules(declarations: readonly ast.ModuleDeclaration[]): void {
    const { env, modules } = translateRecursiveTypes(this.#cx, this.#env, declarations)
    this.#env = env
    modules.forEach(({ ident, type }, i) => {
      const { region, name, attributes } = declarations[i] as ast.ModuleDeclaration
      const recursion = i === 0 ? 'first' : 'next'
      this.#names.add({ kind: 'module', ident, type, recursion, region, attributes }, name?.region ?? region)
    })
  }

  #addModuleType({ name, type, region, attributes }: ast.SignatureItem & { kind: 'module-type' }): void {
    const translated = type === undefined ? undefined : translateModuleType(this.#cx, this.#env, type)
    const ident = freshIdent(name.text)
    this.#addItem({ kind: 'module-type', ident, type: translated, region, attributes }, region)
  }

  #addModuleTypeSubstitution(name: ast.Name, type: ast.ModuleType): void {
    const translated = translateModuleType(this.#cx, this.#env, type)
    const ident = freshIdent(name.text)
    this.#env = addModuleType(this.#env, ident, translated)
    this.#moduleTypes.set(pathKey({ kind: 'ident', ident }), translated)
  }

  #open(open: ast.OpenDeclaration): void {
    if (open.module.kind !== 'ident') fail(open.region, 'Only a module path can be opened in a signature')
    this.#env = openPath(this.#env, open.module.path, open)
  }

  #include(item: ast.SignatureItem & { kind: 'include' }): void {
    const type = translateModuleType(this.#cx, this.#env, item.type)
    const items = freshenSignature(signatureOf(this.#env, type, item.type.region))
    this.#env = addSignature(this.#env, items)
    this.#names.addAll(items, item.region, 'included')
  }
}

/** `open M`, `open! M` */
export function openPath(
  env: Env,
  name: ast.LongName,
  open: Pick<ast.OpenDeclaration, 'override' | 'region'> | undefined,
): Env {
  const entry = lookupModule(env, name)
  const { components } = entry
  if (components.kind === 'structure') {
    return openComponents(env, components, open === undefined ? undefined : expectOpen(env, entry.path, open))
  }
  structureSignature(env, entry.description, name.region)
  return fail(name.region, `The module ${printLongName(name)} is not a structure`)
}

// ---------------------------------------------------------------------------------------------------------
// Items

export function typeItems(
  recursive: boolean,
  declarations: ReturnType<typeof translateTypeDeclarations>['declarations'],
): readonly Extract<SignatureItem, { kind: 'type' }>[] {
  return declarations.map(({ ident, declaration }, i) => ({
    kind: 'type',
    ident,
    declaration,
    recursion: i > 0 ? 'next' : recursive ? 'first' : 'not',
  }))
}

/** `val` or `external`. */
function valueItem(env: Env, syntax: ast.ValueDescription): SignatureItem {
  const { text } = syntax.name
  const description = describeValue(env, syntax)
  expectValue(env, description, text)
  return { kind: 'value', ident: freshIdent(text), description }
}

// ---------------------------------------------------------------------------------------------------------
// Recursive modules

export interface RecursiveDeclaration {
  readonly name: ast.Name | undefined
  readonly type: ast.ModuleType
  readonly region: Region
}

export interface RecursiveModule {
  readonly ident: Ident
  readonly type: ModuleType
}

/**
 * The types of modules that may mention each other. They are translated three times: where nothing is known
 * of the modules but the names and arities of their types, then with what that gave, and again, so that what
 * a type is equal to is known.
 */
export function translateRecursiveTypes(
  cx: Context,
  env: Env,
  declarations: readonly RecursiveDeclaration[],
): { readonly env: Env; readonly modules: readonly RecursiveModule[] } {
  const { usages } = env.store
  const idents = declarations.map(({ name }) => freshIdent(name?.text ?? '_'))
  const bind = (types: readonly ModuleType[]) =>
    addRecursiveModules(
      env,
      idents.map((ident, i) => ({ ident, type: types[i] as ModuleType, region: declarations[i]?.region })),
    )
  idents.forEach(({ name }, i) => {
    const { region } = declarations[i] as RecursiveDeclaration
    usages.expect(region, name, () => unusedParameter(name, env.inSignature))
  })
  const translateAll = (inner: Env): ModuleType[] =>
    declarations.map(({ type }) => translateModuleType(cx, inner, type))
  let types = usages.quietly(() => declarations.map(({ type }): ModuleType => approximate(cx, env, type)))
  for (let round = 0; round < 2; round += 1) {
    const inner = bind(types)
    types = round === 0 ? usages.quietly(() => translateAll(inner)) : translateAll(inner)
    checkModuleCycles(
      bind(types),
      idents.map((ident, i) => ({
        path: { kind: 'ident', ident },
        type: types[i] as ModuleType,
        region: (declarations[i] as RecursiveDeclaration).region,
      })),
    )
  }
  const modules = idents.map((ident, i) => ({ ident, type: types[i] as ModuleType }))
  return { env: bind(types), modules }
}

/** A first guess at a module type: its types are abstract, its values are left out. */
function approximate(cx: Context, env: Env, type: ast.ModuleType): ModuleType {
  switch (type.kind) {
    case 'ident':
    case 'alias':
    case 'type-of':
    case 'extension':
      return translateModuleType(cx, env, type)
    case 'functor':
      return approximateFunctor(cx, env, type)
    case 'with':
      return approximate(cx, env, type.type)
    case 'signature':
      return { kind: 'signature', items: new Approximation(cx, env).run(type.items) }
  }
}

function approximateFunctor(cx: Context, env: Env, type: ast.ModuleType & { kind: 'functor' }): ModuleType {
  const inner = translateFunctorParameter(cx, env, type.parameter)
  return { kind: 'functor', parameter: inner.parameter, body: approximate(cx, inner.env, type.body) }
}

class Approximation {
  readonly #cx: Context
  #env: Env
  readonly #items: SignatureItem[] = []

  constructor(cx: Context, env: Env) {
    this.#cx = cx
    this.#env = env
  }

  run(items: readonly ast.SignatureItem[]): Signature {
    for (const item of items) this.#add(item)
    return this.#items
  }

  #push(item: SignatureItem): void {
    this.#items.push(item)
    this.#env = addSignatureItem(this.#env, item)
  }

  #add(item: ast.SignatureItem): void {
    switch (item.kind) {
      case 'type':
        for (const declaration of item.declarations) this.#addType(declaration)
        break
      case 'module':
        this.#addModule(item.declaration)
        break
      case 'recursive-module':
        for (const declaration of item.declarations) this.#addModule(declaration)
        break
      case 'module-type':
        if (item.type !== undefined) this.#addModuleType(item.name, item.type)
        break
      case 'class':
      case 'class-type':
        for (const { item: each } of approximateClassTypes(this.#cx, this.#env, item.classes).items)
          this.#push(each)
        break
      case 'open':
        if (item.open.module.kind === 'ident')
          this.#env = openPath(this.#env, item.open.module.path, undefined)
        break
      case 'include': {
        const type = approximate(this.#cx, this.#env, item.type)
        for (const each of freshenSignature(signatureOf(this.#env, type, item.region))) this.#push(each)
        break
      }
      default:
    }
  }

  #addType(declaration: ast.TypeDeclaration): void {
    const abstract = {
      ...declaration,
      definition: { kind: 'abstract' as const },
      constraints: [],
      attributes: [],
    }
    const { manifest: _, ...plain } = { ...abstract, private: false }
    const { declarations } = translateTypeDeclarations(this.#env, true, [plain])
    for (const item of typeItems(true, declarations)) this.#push(item)
  }

  #addModule({ name, type }: ast.ModuleDeclaration): void {
    if (name === undefined) return
    const approximation = approximate(this.#cx, this.#env, type)
    this.#push({ kind: 'module', ident: freshIdent(name.text), type: approximation, recursion: 'not' })
  }

  #addModuleType(name: ast.Name, type: ast.ModuleType): void {
    const approximation = approximate(this.#cx, this.#env, type)
    this.#push({ kind: 'module-type', ident: freshIdent(name.text), type: approximation })
  }
}
