/**
 * First-class modules: `(module M : S)` and `(val e)`.
 */

import { fail } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import type * as ast from '../syntax/ast.ts'
import { freeVariables } from './constructor-declaration.ts'
import { type Context, expecting } from './context.ts'
import { addModule, type Env, findType, scrapeModuleType } from './env.ts'
import { expandHead } from './expand.ts'
import { checkMayCreate } from './fresh-types.ts'
import { freshIdent, type Path } from './ident.ts'
import { includeModuleType } from './include-module.ts'
import { bindLocally } from './levels.ts'
import { pathOfModule } from './module-path.ts'
import { box, renderMessage, space } from './pretty.ts'
import { failMismatch } from './print-mismatch.ts'
import { failModuleMismatch } from './print-module-mismatch.ts'
import { printType } from './print-type.ts'
import { translateType } from './translate-type.ts'
import { constructorType, currentLevel, inNewLevel, newType, newVariable } from './type-graph.ts'
import type { ModuleCoercion, ModuleExpression } from './typed-tree.ts'
import {
  type ModuleType,
  repr,
  type Signature,
  type SignatureItem,
  type Type,
  type TypeDesc,
} from './types.ts'
import { unify } from './unify.ts'

type Package = Extract<TypeDesc, { kind: 'package' }>

function packageOf(env: Env, type: Type): Package | undefined {
  const { desc } = repr(expandHead(env, type))
  return desc.kind === 'package' ? desc : undefined
}

/** The module type that unpacking a value of a `package` type gives. */
export function packageModuleType(env: Env, type: Type, region: Region): ModuleType {
  const found = packageOf(env, type)
  if (found === undefined) {
    const doc = box(0, 'This expression is not a packed module. It has type', space, printType(env, type))
    fail(region, renderMessage(doc))
  }
  return constrainedModuleType(env, found)
}

function constrainedModuleType(env: Env, { path, constraints }: Package): ModuleType {
  const named: ModuleType = { kind: 'ident', path }
  if (constraints.length === 0) return named
  return constraints.reduce<ModuleType>(
    (type, constraint) => withManifest(env, type, constraint.path, constraint.type),
    named,
  )
}

/** The module type in which the type at `path` is equal to `manifest`. */
function withManifest(env: Env, type: ModuleType, path: readonly string[], manifest: Type): ModuleType {
  const scraped = scrapeModuleType(env, type)
  if (scraped.kind !== 'signature') return type
  return { kind: 'signature', items: itemsWithManifest(env, scraped.items, path, manifest) }
}

function itemsWithManifest(env: Env, items: Signature, path: readonly string[], manifest: Type): Signature {
  const [name, ...rest] = path
  return items.map((item): SignatureItem => {
    if (item.ident.name !== name) return item
    if (rest.length === 0 && item.kind === 'type')
      return { ...item, declaration: { ...item.declaration, manifest } }
    if (rest.length > 0 && item.kind === 'module')
      return { ...item, type: withManifest(env, item.type, rest, manifest) }
    return item
  })
}

// ---------------------------------------------------------------------------------------------------------
// Packing

/** `(module M)` where the `package` type is expected: M coerced to the package's module type. */
export function inferPack(
  cx: Context,
  env: Env,
  syntax: ast.ModuleExpression,
  type: Type,
  region: Region,
): ModuleExpression {
  // One level deeper, so that the types that the module defines cannot leave it.
  const module = inNewLevel(() => cx.modules.inferModule(cx, env, syntax))
  const found = packageOf(env, type)
  if (found === undefined) {
    const doc = box(
      0,
      'This expression is a packed module, but it should have type',
      space,
      printType(env, type),
    )
    fail(region, renderMessage(doc))
  }
  const { env: inner, own } = ownPackage(env, module, found)
  const coercion = includeIn(inner, module, constrainedModuleType(inner, own), syntax.region)
  try {
    unify(
      inner,
      inNewLevel(() => newType(own)),
      type,
    )
  } catch (error) {
    const text = { got: 'This expression has type', expected: 'but an expression was expected of type' }
    failMismatch(inner, region, error, text)
  }
  return {
    kind: 'constraint',
    region: syntax.region,
    type: constrainedModuleType(env, found),
    env,
    module,
    coercion,
  }
}

function includeIn(env: Env, module: ModuleExpression, wanted: ModuleType, region: Region): ModuleCoercion {
  try {
    return includeModuleType(env, module.type, wanted)
  } catch (error) {
    failModuleMismatch(region, error)
  }
}

/** The package type with the module's own types, and the environment in which these mean something. */
function ownPackage(
  env: Env,
  module: ModuleExpression,
  { path, constraints }: Package,
): { readonly env: Env; readonly own: Package } {
  const known = pathOfModule(module)
  const ident = freshIdent('M')
  if (known === undefined) bindLocally(ident, currentLevel() + 1)
  const inner = known === undefined ? addModule(env, ident, module.type) : env
  const root: Path = known ?? { kind: 'ident', ident }
  const types = inNewLevel(() => constraints.map((each) => ({ ...each, type: ownType(inner, root, each) })))
  return { env: inner, own: { kind: 'package', path, constraints: types } }
}

type Constraint = Package['constraints'][number]

/** The module's own type at a constraint's path; a missing one is found by inclusion. */
function ownType(env: Env, root: Path, constraint: Constraint): Type {
  const path = constraint.path.reduce<Path>((prefix, name) => ({ kind: 'dot', prefix, name }), root)
  const declaration = findType(env, path)
  return declaration?.arity === 0 ? expandHead(env, constructorType(path)) : constraint.type
}

// ---------------------------------------------------------------------------------------------------------
// Unpacking

/** `(val e)`, `(val e : S)`, `(val e : S :> T)` */
export function inferUnpack(
  cx: Context,
  env: Env,
  syntax: ast.ModuleExpression & { kind: 'unpack' },
): ModuleExpression {
  const context = { env, variables: cx.variables, policy: 'open' } as const
  const from = syntax.from === undefined ? undefined : translateType(context, syntax.from)
  const to = syntax.to === undefined ? undefined : translateType(context, syntax.to)
  const type = from ?? newVariable()
  const expression = cx.expressions.infer(cx, env, syntax.expression, expecting(type))
  if (repr(expandHead(env, type)).desc.kind === 'variable') {
    fail(syntax.region, "The signature for this packaged module couldn't be inferred.")
  }
  const moduleType = packageModuleType(env, type, syntax.region)
  checkClosed(env, type, syntax.region)
  checkMayCreate(cx, env, moduleType, syntax.region)
  const module: ModuleExpression = {
    kind: 'unpack',
    region: syntax.region,
    type: moduleType,
    env,
    expression,
  }
  return to === undefined ? module : coercePackage(env, module, to, syntax.region)
}

function checkClosed(env: Env, type: Type, region: Region): void {
  if (freeVariables([type]).length === 0) return
  const doc = box(0, 'The type of this packed module contains variables:', space, printType(env, type))
  fail(region, renderMessage(doc))
}

function coercePackage(env: Env, module: ModuleExpression, to: Type, region: Region): ModuleExpression {
  const type = packageModuleType(env, to, region)
  try {
    const coercion = includeModuleType(env, module.type, type)
    return { kind: 'constraint', region, type, env, module, coercion }
  } catch (error) {
    failModuleMismatch(region, error)
  }
}
