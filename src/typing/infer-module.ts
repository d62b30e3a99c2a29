/**
 * Module expressions: structures, functors and their applications, constraints, unpacking.
 *
 * A functor's application `F(A)` has the functor's result with A's path in place of the parameter; an argument without a path
 * has to be eliminated from it.
 */

import { fail } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import type * as ast from '../syntax/ast.ts'
import type { Context } from './context.ts'
import { addModule, type Env, scrapeModuleType } from './env.ts'
import { inferUnpack } from './first-class-module.ts'
import type { Path } from './ident.ts'
import { includeModuleType, ModuleMismatch } from './include-module.ts'
import { inferStructure } from './infer-structure.ts'
import { inferModulePath, pathOfModule } from './module-path.ts'
import { translateFunctorParameter, translateModuleType } from './module-type.ts'
import { CannotErase, moduleTypeWithout } from './nondep.ts'
import { box, breakHint, concat, hvBox, renderMessage, space, vBox } from './pretty.ts'
import { failModuleMismatch, mismatchReasonDocs } from './print-module-mismatch.ts'
import { moduleTypeDoc, printContext } from './print-signature.ts'
import { substitution, substModuleType } from './subst.ts'
import type { ModuleCoercion, ModuleExpression } from './typed-tree.ts'
import type { ModuleType } from './types.ts'

export function inferModule(cx: Context, env: Env, module: ast.ModuleExpression): ModuleExpression {
  switch (module.kind) {
    case 'ident':
      return inferModulePath(env, module, false)
    case 'structure':
      return inferStructureExpression(cx, env, module)
    case 'functor':
      return inferFunctor(cx, env, module)
    case 'apply':
      return inferApplication(cx, env, module)
    case 'apply-unit':
      return inferUnitApplication(cx, env, module)
    case 'constraint':
      return inferConstraint(cx, env, module)
    case 'unpack':
      return inferUnpack(cx, env, module)
    case 'extension':
      return fail(module.region, `Uninterpreted extension '${module.name}'.`)
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
  const body = inferModule(cx, inner, syntax.body)
  const type: ModuleType = { kind: 'functor', parameter, body: body.type }
  return { kind: 'functor', region: syntax.region, type, env, parameter, body }
}

type FunctorType = Extract<ModuleType, { kind: 'functor' }>

function functorTypeOf(env: Env, functor: ModuleExpression): FunctorType | undefined {
  const scraped = scrapeModuleType(env, functor.type)
  return scraped.kind === 'functor' ? scraped : undefined
}

function inferUnitApplication(
  cx: Context,
  env: Env,
  syntax: ast.ModuleExpression & { kind: 'apply-unit' },
): ModuleExpression {
  const functor = inferModule(cx, env, syntax.functor)
  const type = functorTypeOf(env, functor)
  const { region } = syntax
  if (type === undefined) failNotFunctor(env, functor, '()', region)
  if (type.parameter.kind === 'unit') {
    const coercion: ModuleCoercion = { kind: 'identity' }
    return { kind: 'apply', region, type: type.body, env, functor, argument: undefined, coercion }
  }
  const argument = inferStructureExpression(cx, env, { kind: 'structure', items: [], region, attributes: [] })
  return applyFunctor(env, functor, type, argument, region)
}

function inferApplication(
  cx: Context,
  env: Env,
  syntax: ast.ModuleExpression & { kind: 'apply' },
): ModuleExpression {
  const functor = inferModule(cx, env, syntax.functor)
  const argument = inferModule(cx, env, syntax.argument)
  const type = functorTypeOf(env, functor)
  if (type === undefined) failNotFunctor(env, functor, describeArgument(env, argument), syntax.region)
  if (type.parameter.kind === 'unit') {
    fail(functor.region, 'This is a generative functor. It can only be applied to ()')
  }
  return applyFunctor(env, functor, type, argument, syntax.region)
}

function describeArgument(_env: Env, argument: ModuleExpression): string {
  const path = pathOfModule(argument)
  return path?.kind === 'ident' ? path.ident.name : '$S1'
}

function failNotFunctor(env: Env, functor: ModuleExpression, argument: string, region: Region): never {
  const doc = vBox(
    0,
    'The functor application is ill-typed.',
    space,
    'These arguments:',
    breakHint(1, 2),
    argument,
    space,
    'do not match these parameters:',
    breakHint(1, 2),
    'functor  -> ...',
    space,
    concat('The functor has type ', moduleTypeDoc(printContext(env), functor.type)),
  )
  fail(region, renderMessage(doc))
}

function applyFunctor(
  env: Env,
  functor: ModuleExpression,
  type: FunctorType,
  argument: ModuleExpression,
  region: Region,
): ModuleExpression {
  const coercion = coerceArgument(env, type, argument, region)
  const result = resultType(env, functor, type, argument, region)
  return { kind: 'apply', region, type: result, env, functor, argument, coercion }
}

function coerceArgument(
  env: Env,
  { parameter }: FunctorType,
  argument: ModuleExpression,
  region: Region,
): ModuleCoercion {
  if (parameter.kind === 'unit') return { kind: 'identity' }
  try {
    return includeModuleType(env, argument.type, parameter.type)
  } catch (error) {
    if (error instanceof ModuleMismatch) failArgument(error, region)
    throw error
  }
}

function failArgument(mismatch: ModuleMismatch, region: Region): never {
  const context = printContext(mismatch.env)
  const head = box(
    0,
    'Modules do not match:',
    space,
    moduleTypeDoc(context, mismatch.got),
    space,
    'is not included in',
    space,
    moduleTypeDoc(context, mismatch.wanted),
  )
  const reasons = mismatchReasonDocs(mismatch).map((doc) => concat(space, doc))
  fail(region, renderMessage(vBox(0, head, ...reasons)))
}

/** The functor's result, said of the argument. */
function resultType(
  env: Env,
  functor: ModuleExpression,
  { parameter, body }: FunctorType,
  argument: ModuleExpression,
  region: Region,
): ModuleType {
  if (parameter.kind === 'unit' || parameter.ident === undefined) return body
  const { ident } = parameter
  const path: Path | undefined = pathOfModule(argument)
  if (path !== undefined) return substModuleType(substitution([[ident, path]]), body)
  try {
    return moduleTypeWithout(addModule(env, ident, argument.type), new Set([ident.stamp]), body)
  } catch (error) {
    if (!(error instanceof CannotErase)) throw error
    return failCannotEliminate(env, functor, region)
  }
}

function failCannotEliminate(env: Env, functor: ModuleExpression, region: Region): never {
  const doc = vBox(
    0,
    hvBox(0, 'This functor has type', breakHint(1, 0), moduleTypeDoc(printContext(env), functor.type)),
    space,
    'The parameter cannot be eliminated in the result type.',
    space,
    'Please bind the argument to a module identifier.',
  )
  fail(region, renderMessage(doc))
}
