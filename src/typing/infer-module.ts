/** Module expressions: structures, functors and their applications, constraints, unpacking. */

import type { Region } from '../base/region.ts'
import type * as ast from '../syntax/ast.ts'
import type { Context } from './context.ts'
import type { Env } from './env.ts'
import { inferUnpack } from './first-class-module.ts'
import { inferApplication } from './functor-application.ts'
import { includeModuleType } from './include-module.ts'
import { inferStructure } from './infer-structure.ts'
import { bindInside, inside } from './inside.ts'
import { inferModulePath } from './module-path.ts'
import { translateFunctorParameter, translateModuleType } from './module-type.ts'
import { failModuleMismatch } from './print-module-mismatch.ts'
import type { ModuleExpression } from './typed-tree.ts'
import type { ModuleType } from './types.ts'
import { failUninterpreted } from './uninterpreted.ts'

export function inferModule(cx: Context, env: Env, module: ast.ModuleExpression): ModuleExpression {
  switch (module.kind) {
    case 'ident':
      return inferModulePath(env, module, 'strengthened')
    case 'structure':
      return inferStructureExpression(cx, env, module)
    case 'functor':
      return inferFunctor(cx, env, module)
    case 'apply':
    case 'apply-unit':
      return inferApplication(cx, env, module)
    case 'constraint':
      return inferConstraint(cx, env, module)
    case 'unpack':
      return inferUnpack(cx, env, module)
    case 'extension':
      return failUninterpreted(module.region, module.name)
  }
}

function inferStructureExpression(
  cx: Context,
  env: Env,
  { items, region }: ast.ModuleExpression & { kind: 'structure' },
): ModuleExpression {
  const structure = inferStructure(cx, env, items)
  return {
    kind: 'structure',
    region,
    type: { kind: 'signature', items: structure.signature },
    env,
    structure,
  }
}

function inferConstraint(
  cx: Context,
  env: Env,
  syntax: ast.ModuleExpression & { kind: 'constraint' },
): ModuleExpression {
  const module = inferModule(cx, env, syntax.module)
  const type = translateModuleType(cx, env, syntax.type)
  return coerceModule(env, module, type, syntax.region)
}

/** The module as one of the wanted type, which is all that is known of it afterwards. */
export function coerceModule(
  env: Env,
  module: ModuleExpression,
  type: ModuleType,
  region: Region,
): ModuleExpression {
  try {
    const coercion = includeModuleType(env, module.type, type)
    return { kind: 'constraint', region, type, env, module, coercion }
  } catch (error) {
    failModuleMismatch(module.region, error)
  }
}

// ---------------------------------------------------------------------------------------------------------
// Functors

function inferFunctor(
  cx: Context,
  env: Env,
  syntax: ast.ModuleExpression & { kind: 'functor' },
): ModuleExpression {
  const { env: inner, parameter } = translateFunctorParameter(cx, env, syntax.parameter)
  const inApplicativeFunctor = parameter.kind === 'named'
  const body = inside(() => {
    if (parameter.kind === 'named' && parameter.ident !== undefined) bindInside(parameter.ident)
    return inferModule({ ...cx, inApplicativeFunctor, recursiveModule: undefined }, inner, syntax.body)
  })
  const type: ModuleType = { kind: 'functor', parameter, body: body.type }
  return { kind: 'functor', region: syntax.region, type, env, parameter, body }
}
