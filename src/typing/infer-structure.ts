/**
 * Structures: their items one after the other, each in the environment that the ones before it made.
 *
 * The signature has what can be seen from outside, in the order of definition: of several values with the
 * same name only the last. Its regular values, extension constructors and modules, in that order, are the
 * fields of the module's block.
 */

import { fail } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import type * as ast from '../syntax/ast.ts'
import { warnPayloads } from './attribute-payloads.ts'
import type { Context } from './context.ts'
import { enrichDeclaration, enrichModuleType } from './enrich.ts'
import {
  addModule,
  addModuleType,
  addRecursiveModules,
  addSignature,
  addType,
  type Env,
  isRuntimeItem,
  withinSignature,
} from './env.ts'
import { translateException, translateTypeExtension } from './extension-declaration.ts'
import { freshIdent, type Path } from './ident.ts'
import { inferClassDefinitions, type PlacedItem, translateClassTypes } from './infer-class-item.ts'
import {
  type InferredItem,
  inferEvalItem,
  inferJoinItem,
  inferPrimitiveItem,
  inferValueItem,
} from './infer-item.ts'
import { bindInside, forgetInside, inside } from './inside.ts'
import { inferModulePath } from './module-path.ts'
import { openPath, structureSignature, translateModuleType, typeItems } from './module-type.ts'
import { inferRecursiveModules } from './recursive-module.ts'
import { SignatureNames } from './signature-names.ts'
import { freshenSignature } from './subst.ts'
import { TypeVariables } from './translate-type.ts'
import { translateTypeDeclarations } from './type-declaration.ts'
import type { ModuleExpression, OpenDeclaration, Structure, StructureItem } from './typed-tree.ts'
import type { Signature } from './types.ts'
import { failUninterpreted } from './uninterpreted.ts'
import { unusedModule } from './usage.ts'

export function inferStructure(cx: Context, env: Env, items: readonly ast.StructureItem[]): Structure {
  const inference = new StructureInference(cx, env)
  for (const item of items) inference.add(item)
  return inference.finish()
}

type Bound = OpenDeclaration['bound']

class StructureInference {
  readonly #cx: Context
  #env: Env
  readonly #items: StructureItem[] = []
  readonly #names = new SignatureNames()
  /** The path of the recursive module that this is the body of. */
  readonly #recursive: Path | undefined
  readonly #atPrompt: boolean

  constructor(cx: Context, env: Env) {
    this.#recursive = cx.recursiveModule
    this.#atPrompt = cx.atPrompt === true
    this.#cx = { ...cx, recursiveModule: undefined, atPrompt: false }
    this.#env = withinSignature(env, false)
  }

  #pathOf(name: string): Path | undefined {
    return this.#recursive && { kind: 'dot', prefix: this.#recursive, name }
  }

  finish(): Structure {
    return { items: this.#items, signature: this.#names.finish(this.#env), env: this.#env }
  }

  /** Each item has named type variables of its own. */
  get #context(): Context {
    return { ...this.#cx, variables: new TypeVariables() }
  }

  /** The types that modules inside of expressions create do not leave them. */
  get #valueContext(): Context {
    return { ...this.#cx, inApplicativeFunctor: false }
  }

  add(item: ast.StructureItem): void {
    warnPayloads(this.#cx, item)
    this.#infer(item)
    forgetInside()
  }

  #infer(item: ast.StructureItem): void {
    switch (item.kind) {
      case 'eval':
        this.#addInferred(inferEvalItem(this.#valueContext, this.#env, item))
        break
      case 'value':
        this.#addInferred(inferValueItem(this.#valueContext, this.#env, item))
        break
      case 'def':
      case 'location':
        this.#addInferred(inferJoinItem(this.#valueContext, this.#env, item))
        break
      case 'primitive':
        this.#addInferred(inferPrimitiveItem(this.#env, item))
        if (item.description.primitives.length === 0) {
          fail(item.region, 'Value declarations are only allowed in signatures')
        }
        break
      case 'type':
        this.#addTypes(item)
        break
      case 'type-extension':
        this.#addExtension(item)
        break
      case 'exception':
        this.#addException(item)
        break
      case 'module':
        this.#addModule(item)
        break
      case 'recursive-module':
        this.#addRecursiveModules(item)
        break
      case 'module-type':
        this.#addModuleType(item)
        break
      case 'open':
        this.#open(item)
        break
      case 'include':
        this.#include(item)
        break
      case 'class':
        this.#addClasses(item)
        break
      case 'class-type':
        this.#addClassTypes(item)
        break
      case 'attribute':
        break
      case 'extension':
        failUninterpreted(item.region, item.name)
    }
  }

  // -------------------------------------------------------------------------------------------------------
  // Items

  #addInferred({ item, signature, env }: InferredItem): void {
    this.#items.push(item)
    this.#env = env
    this.#names.addAll(signature, item.region, 'declared')
  }

  // -------------------------------------------------------------------------------------------------------
  // Types

  #addTypes({ recursive, declarations, region }: ast.StructureItem & { kind: 'type' }): void {
    const translated = translateTypeDeclarations(this.#env, recursive, declarations)
    this.#env = translated.declarations.reduce((env, { ident, declaration }) => {
      const path = this.#pathOf(ident.name)
      return path === undefined ? env : addType(env, ident, enrichDeclaration(env, path, declaration))
    }, translated.env)
    for (const item of typeItems(recursive, translated.declarations)) {
      bindInside(item.ident)
      this.#names.add(item, item.declaration.region)
    }
    this.#items.push({ kind: 'type', region, env: this.#env, declarations: translated.declarations })
  }

  #addExtension({ extension, region }: ast.StructureItem & { kind: 'type-extension' }): void {
    const { env, constructors } = translateTypeExtension(this.#env, extension, region, 'structure')
    this.#env = env
    for (const { ident, declaration, region: place } of constructors) {
      this.#names.add({ kind: 'extension', ident, declaration }, place)
    }
    this.#items.push({ kind: 'type-extension', region, env, constructors })
  }

  #addException({ exception, region }: ast.StructureItem & { kind: 'exception' }): void {
    const { env, constructor: added } = translateException(this.#env, exception)
    this.#env = env
    this.#names.add({ kind: 'extension', ident: added.ident, declaration: added.declaration }, region)
    this.#items.push({ kind: 'exception', region, env, constructor: added })
  }

  // -------------------------------------------------------------------------------------------------------
  // Classes

  #addClasses({ classes, region }: ast.StructureItem & { kind: 'class' }): void {
    const { env, items, definitions } = inferClassDefinitions(this.#valueContext, this.#env, classes)
    this.#env = env
    this.#addClassItems(items)
    this.#items.push({ kind: 'class', region, env, classes: definitions })
  }

  #addClassTypes({ classes, region }: ast.StructureItem & { kind: 'class-type' }): void {
    const { env, items, classes: defined } = translateClassTypes(this.#context, this.#env, classes)
    this.#env = env
    this.#addClassItems(items)
    const declarations = defined.map(({ classTypeIdent: ident, classType: declaration }) => ({
      ident,
      declaration,
    }))
    this.#items.push({ kind: 'class-type', region, env, classes: declarations })
  }

  #addClassItems(items: readonly PlacedItem[]): void {
    for (const { item, region } of items) {
      bindInside(item.ident)
      this.#names.add(item, region)
    }
  }

  // -------------------------------------------------------------------------------------------------------
  // Modules

  #addModule({ binding, region }: ast.StructureItem & { kind: 'module' }): void {
    const { name, attributes } = binding
    const module =
      binding.module.kind === 'ident' && name !== undefined
        ? inferModulePath(this.#env, binding.module, 'alias')
        : this.#inferModule(binding.module, name && this.#pathOf(name.text))
    const ident = name === undefined ? undefined : freshIdent(name.text)
    if (ident !== undefined && name !== undefined) {
      bindInside(ident)
      const path = this.#pathOf(ident.name)
      const seen = path === undefined ? module.type : enrichModuleType(this.#env, path, module.type)
      this.#expectModule(ident.name, region)
      this.#env = addModule(this.#env, ident, seen, { attributes, region })
      this.#names.add(
        { kind: 'module', ident, type: module.type, recursion: 'not', region, attributes },
        region,
      )
    }
    this.#items.push({ kind: 'module', region, env: this.#env, ident, module, attributes })
  }

  #expectModule(name: string, region: Region): void {
    this.#env.store.usages.expect(region, name, () => unusedModule(name))
  }

  #inferModule(module: ast.ModuleExpression, recursiveModule?: Path): ModuleExpression {
    return inferInside({ ...this.#context, recursiveModule }, this.#env, module)
  }

  #addRecursiveModules({ bindings, region }: ast.StructureItem & { kind: 'recursive-module' }): void {
    const seen = new Set<string>()
    for (const { name, region: place } of bindings) {
      if (name === undefined) continue
      this.#names.checkFree('module', name.text, place, seen)
      seen.add(name.text)
    }
    const inferred = inferRecursiveModules(this.#context, this.#env, bindings)
    this.#env = addRecursiveModules(
      this.#env,
      inferred.map(({ ident, type }, i) => ({ ident, type, region: bindings[i]?.region })),
    )
    inferred.forEach(({ ident, type }, i) => {
      const { region: place, attributes } = bindings[i] as ast.ModuleBinding
      const recursion = i === 0 ? 'first' : 'next'
      bindInside(ident)
      this.#names.add({ kind: 'module', ident, type, recursion, region: place, attributes }, place)
    })
    this.#items.push({ kind: 'recursive-module', region, env: this.#env, bindings: inferred })
  }

  #addModuleType({ name, type, region, attributes }: ast.StructureItem & { kind: 'module-type' }): void {
    const env = withinSignature(this.#env, true)
    const translated = type === undefined ? undefined : translateModuleType(this.#context, env, type)
    const ident = freshIdent(name.text)
    this.#env = addModuleType(this.#env, ident, translated, attributes)
    this.#names.add({ kind: 'module-type', ident, type: translated, region, attributes }, region)
    this.#items.push({ kind: 'module-type', region, env: this.#env, ident })
  }

  #open({ open, region }: ast.StructureItem & { kind: 'open' }): void {
    const context = { ...this.#context, atPrompt: this.#atPrompt }
    const { env, declaration, items } = inferOpening(context, this.#env, open)
    this.#env = env
    this.#names.addAll(items, region, 'opened')
    this.#items.push({ kind: 'open', region, env, open: declaration })
  }

  #include({ module, region }: ast.StructureItem & { kind: 'include' }): void {
    const typed = this.#inferModule(module)
    const items = freshenSignature(structureSignature(this.#env, typed.type, module.region))
    for (const { ident } of items) bindInside(ident)
    this.#env = addSignature(this.#env, items)
    this.#names.addAll(items, region, 'included')
    this.#items.push({ kind: 'include', region, env: this.#env, module: typed, bound: runtimeIdents(items) })
  }
}

/** A module within a structure. */
function inferInside(cx: Context, env: Env, module: ast.ModuleExpression): ModuleExpression {
  return inside(() => cx.modules.inferModule(cx, env, module))
}

/** The idents of a signature that are fields of its block. */
function runtimeIdents(items: Signature): Bound {
  return items.filter(isRuntimeItem).map(({ ident }, position) => ({ ident, position }))
}

interface Opening {
  readonly env: Env
  readonly declaration: OpenDeclaration
  /** What is bound by an `open` of something other than a path. */
  readonly items: Signature
}

/** `open M` makes M's components visible; another module is bound first, component by component. */
export function inferOpening(cx: Context, env: Env, open: ast.OpenDeclaration): Opening {
  if (open.module.kind === 'ident') {
    const module = inferModulePath(env, open.module, 'strengthened')
    const inner = openPath(env, open.module.path, cx.atPrompt ? undefined : open)
    return { env: inner, declaration: { module, bound: [] }, items: [] }
  }
  const module = inferInside(cx, env, open.module)
  const items = freshenSignature(structureSignature(env, module.type, open.module.region))
  for (const { ident } of items) bindInside(ident)
  return {
    env: addSignature(env, items),
    declaration: { module, bound: runtimeIdents(items), signature: items },
    items,
  }
}
