/**
 * Module expressions that are paths, and what path a typed module expression has.
 */

import { Crash, fail } from '../base/diagnostic.ts'
import type * as ast from '../syntax/ast.ts'
import type { Env, ModuleEntry } from './env.ts'
import type { Path } from './ident.ts'
import { lookupModule } from './lookup.ts'
import { isAliasable, moduleTypeAt, strengthen } from './strengthen.ts'
import type { ModuleExpression } from './typed-tree.ts'
import type { ModuleType } from './types.ts'

type PathExpression = ast.ModuleExpression & { kind: 'ident' }

/**
 * A module by name. Its type can be that name (`alias`, where possible), or its declared type, either as it
 * is (`declared`) or with all types known to be the ones of that name (`strengthened`).
 */
export function inferModulePath(
  env: Env,
  module: PathExpression,
  as: 'alias' | 'declared' | 'strengthened',
): ModuleExpression {
  const entry = lookupModule(env, module.path)
  return identExpression(env, module, entry, typeAs(env, entry, as))
}

function typeAs(env: Env, entry: ModuleEntry, as: 'alias' | 'declared' | 'strengthened'): ModuleType {
  if (as === 'alias' && isAliasable(entry.path)) return { kind: 'alias', path: entry.path }
  return as === 'declared' ? entry.description : strengthened(env, entry)
}

function strengthened(env: Env, { path, description }: ModuleEntry): ModuleType {
  if (description.kind === 'alias') return moduleTypeAt(env, description.path) ?? description
  return strengthen(env, description, path)
}

function identExpression(
  env: Env,
  module: PathExpression,
  entry: ModuleEntry,
  type: ModuleType,
): ModuleExpression {
  const { path, address } = entry
  const { region } = module
  if (address !== undefined) return { kind: 'ident', region, type, env, path, address }
  if (path.kind === 'apply') fail(region, 'A functor application cannot be used as a module path here')
  throw new Crash(`the module ${module.path.kind === 'ident' ? module.path.name : ''} has no address`)
}

/** The path of a module that can be named in types: a name, or an applicative functor applied to such. */
export function pathOfModule(module: ModuleExpression): Path | undefined {
  if (module.kind === 'ident') return module.path
  if (module.kind !== 'apply' || module.argument === undefined) return undefined
  const functor = pathOfModule(module.functor)
  const argument = pathOfModule(module.argument)
  return functor === undefined || argument === undefined ? undefined : { kind: 'apply', functor, argument }
}
