/**
 * `F(A)`, `F(A)(B)`, `F()`.
 *
 * The application of a functor has the functor's result type with the argument's path in place of the
 * parameter. An argument without a path has to be eliminated from it. All applications of a chain are checked
 * together, as their message is.
 */

import { fail } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import type * as ast from '../syntax/ast.ts'
import type { Context } from './context.ts'
import { addModule, type Env, scrapeModuleType } from './env.ts'
import { checkMayCreate } from './fresh-types.ts'
import { printPath } from './ident.ts'
import { includeModuleType, ModuleMismatch } from './include-module.ts'
import { inferModulePath, pathOfModule } from './module-path.ts'
import { CannotErase, moduleTypeWithout } from './nondep.ts'
import {
  box,
  breakHint,
  concat,
  type Doc,
  hvBox,
  renderMessage,
  separated,
  space,
  text,
  vBox,
} from './pretty.ts'
import { failArgument, mismatchReasonDocs } from './print-module-mismatch.ts'
import { flattenFunctor, moduleTypeDoc, parameterDoc, printContext } from './print-signature.ts'
import { substitution, substModuleType } from './subst.ts'
import type { ModuleCoercion, ModuleExpression } from './typed-tree.ts'
import type { FunctorParameter, ModuleType } from './types.ts'

type ApplicationSyntax = ast.ModuleExpression & { kind: 'apply' | 'apply-unit' }

interface Argument {
  /** Undefined for `()`. */
  readonly module: ModuleExpression | undefined
  /** Of the application up to this argument. */
  readonly region: Region
  /** Written `()` or `struct end`. */
  readonly isEmpty: boolean
}

interface Chain {
  readonly functor: ModuleExpression
  readonly arguments: readonly Argument[]
  readonly region: Region
}

export function inferApplication(cx: Context, env: Env, syntax: ApplicationSyntax): ModuleExpression {
  const chain = inferChain(cx, env, syntax)
  let result = chain.functor
  chain.arguments.forEach((argument, i) => {
    result = apply(env, chain, result, argument, i)
    if (argument.module === undefined) checkMayCreate(cx, env, result.type, syntax.region)
  })
  return result
}

function inferChain(cx: Context, env: Env, syntax: ApplicationSyntax): Chain {
  const applications: ApplicationSyntax[] = []
  let head: ast.ModuleExpression = syntax
  while (head.kind === 'apply' || head.kind === 'apply-unit') {
    applications.unshift(head)
    head = head.functor
  }
  const args = applications.map((application): Argument => {
    const { region } = application
    if (application.kind === 'apply-unit') return { module: undefined, region, isEmpty: true }
    const { argument } = application
    const isEmpty = argument.kind === 'structure' && argument.items.length === 0
    return { module: cx.modules.inferModule(cx, env, argument), region, isEmpty }
  })
  return { functor: inferHead(cx, env, head, args), arguments: args, region: syntax.region }
}

/** The types of `F(A)` are known to be those only when A has a name. */
function inferHead(
  cx: Context,
  env: Env,
  head: ast.ModuleExpression,
  args: readonly Argument[],
): ModuleExpression {
  const areNamed = args.every(({ module }) => module !== undefined && pathOfModule(module) !== undefined)
  if (head.kind !== 'ident' || areNamed) return cx.modules.inferModule(cx, env, head)
  return inferModulePath(env, head, 'declared')
}

type FunctorType = Extract<ModuleType, { kind: 'functor' }>

/** Applies what the chain gives so far to its `index`-th argument. */
function apply(
  env: Env,
  chain: Chain,
  functor: ModuleExpression,
  argument: Argument,
  index: number,
): ModuleExpression {
  const type = scrapeModuleType(env, functor.type)
  const { region } = argument
  if (type.kind !== 'functor') return failChain(env, chain)
  if (type.parameter.kind === 'unit') return applyGenerative(env, functor, type, argument)
  const module = argument.module ?? emptyStructure(env, region)
  const coercion = coerceArgument(env, chain, type.parameter, module, index)
  const result = resultType(env, functor, type, module, region)
  return { kind: 'apply', region, type: result, env, functor, argument: module, coercion }
}

function applyGenerative(
  env: Env,
  functor: ModuleExpression,
  type: FunctorType,
  { region, isEmpty }: Argument,
): ModuleExpression {
  if (!isEmpty) fail(functor.region, 'This is a generative functor. It can only be applied to ()')
  const coercion: ModuleCoercion = { kind: 'identity' }
  return { kind: 'apply', region, type: type.body, env, functor, argument: undefined, coercion }
}

function emptyStructure(env: Env, region: Region): ModuleExpression {
  const structure = { items: [], signature: [], env }
  return { kind: 'structure', region, type: { kind: 'signature', items: [] }, env, structure }
}

function coerceArgument(
  env: Env,
  chain: Chain,
  parameter: FunctorParameter & { kind: 'named' },
  argument: ModuleExpression,
  index: number,
): ModuleCoercion {
  try {
    return includeModuleType(env, argument.type, parameter.type)
  } catch (error) {
    if (!(error instanceof ModuleMismatch)) throw error
    if (chain.arguments.length > 1) return failChain(env, chain)
    if (chain.arguments[index]?.isEmpty) {
      fail(chain.region, 'The functor was expected to be applicative at this position')
    }
    return failArgument(chain.region, error)
  }
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
  const path = pathOfModule(argument)
  if (path !== undefined) return substModuleType(substitution([[ident, path]]), body)
  try {
    return moduleTypeWithout(addModule(env, ident, argument.type), new Set([ident.stamp]), body)
  } catch (error) {
    if (!(error instanceof CannotErase)) throw error
    return failCannotEliminate(env, functor, region)
  }
}

// ---------------------------------------------------------------------------------------------------------
// Messages

function failCannotEliminate(env: Env, functor: ModuleExpression, region: Region): never {
  const doc = vBox(
    0,
    hvBox(0, 'This functor has type', space, moduleTypeDoc(printContext(env), functor.type)),
    space,
    'The parameter cannot be eliminated in the result type.',
    space,
    'Please bind the argument to a module identifier.',
  )
  fail(region, renderMessage(doc))
}

interface Pairing {
  readonly argument: Argument | undefined
  readonly parameter: FunctorParameter | undefined
  readonly mismatch: ModuleMismatch | undefined
}

/**
 * The message for several arguments, or for something that is no functor: all arguments beside all
 * parameters.
 */
function failChain(env: Env, chain: Chain): never {
  const pairings = pairArguments(env, chain)
  const names = pairings.flatMap(({ argument }, i) => (argument === undefined ? [] : [nameOf(argument, i)]))
  const parameters = pairings.flatMap(({ parameter, mismatch }, i) =>
    parameter === undefined ? [] : [shownParameter(env, parameter, mismatch, i)],
  )
  const details = pairings.map((pairing, i) => detail(env, pairing, i, pairings))
  const numbered = details.map((doc, i) =>
    concat(space, details.length > 1 ? `${i + 1}. ` : '', vBox(0, doc)),
  )
  const shift = breakHint(1, 2)
  const doc = vBox(
    0,
    'The functor application is ill-typed.',
    space,
    'These arguments:',
    shift,
    box(0, separated(space, names)),
    space,
    'do not match these parameters:',
    shift,
    box(0, 'functor ', separated(space, parameters), ' -> ...'),
    ...numbered,
  )
  fail(chain.region, renderMessage(doc))
}

/** Surplus arguments stand first. */
function pairArguments(env: Env, { functor, arguments: args }: Chain): readonly Pairing[] {
  const { parameters } = flattenFunctor(scrapeModuleType(env, functor.type))
  const surplus = Math.max(0, args.length - parameters.length)
  let type = scrapeModuleType(env, functor.type)
  return args.map((argument, i): Pairing => {
    if (i < surplus || type.kind !== 'functor') return { argument, parameter: undefined, mismatch: undefined }
    const { parameter } = type
    const mismatch = parameterMismatch(env, parameter, argument)
    type = scrapeModuleType(env, resultFor(type, argument))
    return { argument, parameter: parameters[i - surplus] ?? parameter, mismatch }
  })
}

function resultFor({ parameter, body }: FunctorType, { module }: Argument): ModuleType {
  const path = module === undefined ? undefined : pathOfModule(module)
  if (parameter.kind === 'unit' || parameter.ident === undefined || path === undefined) return body
  return substModuleType(substitution([[parameter.ident, path]]), body)
}

function parameterMismatch(
  env: Env,
  parameter: FunctorParameter,
  { module }: Argument,
): ModuleMismatch | undefined {
  if (parameter.kind === 'unit' || module === undefined) return undefined
  try {
    includeModuleType(env, module.type, parameter.type)
    return undefined
  } catch (error) {
    if (error instanceof ModuleMismatch) return error
    throw error
  }
}

function nameOf({ module, isEmpty }: Argument, index: number): string {
  if (module === undefined || isEmpty) return '()'
  const path = pathOfModule(module)
  return path === undefined ? `$S${index + 1}` : printPath(path)
}

/** A long module type that does not fit its argument is shown under a name. */
function abbreviation(parameter: FunctorParameter, index: number): string | undefined {
  return parameter.kind === 'named' && parameter.type.kind !== 'ident' ? `$T${index + 1}` : undefined
}

function shownParameter(
  env: Env,
  parameter: FunctorParameter,
  mismatch: ModuleMismatch | undefined,
  index: number,
): Doc {
  const short = mismatch === undefined ? undefined : abbreviation(parameter, index)
  if (short === undefined || parameter.kind === 'unit') return parameterDoc(printContext(env), parameter)
  return text(`(${parameter.ident?.name ?? '_'} : ${short})`)
}

function detail(env: Env, pairing: Pairing, index: number, all: readonly Pairing[]): Doc {
  const { argument, parameter, mismatch } = pairing
  if (argument === undefined || parameter === undefined) return extraArgument(env, argument, index)
  const name = nameOf(argument, index)
  const context = printContext(env)
  const wanted = parameter.kind === 'unit' ? text('()') : moduleTypeDoc(context, parameter.type)
  if (mismatch === undefined) {
    return box(0, `Module ${name} matches the expected module type`, space, wanted)
  }
  const got = argument.module === undefined ? text('()') : moduleTypeDoc(context, argument.module.type)
  const short = abbreviation(parameter, index)
  const named = short === undefined ? wanted : box(0, `${short} =`, space, wanted)
  const shift = breakHint(1, 2)
  const isFirst = all.findIndex((each) => each.mismatch !== undefined) === index
  const own = box(0, `${name} :`, space, got)
  const parts = ['Modules do not match:', shift, own, space, 'is not included in', shift, named]
  if (!isFirst) return hvBox(0, ...parts)
  const reasons = mismatchReasonDocs(mismatch).map((doc) => concat(space, doc))
  return concat(vBox(0, ...parts), ...reasons)
}

function extraArgument(env: Env, argument: Argument | undefined, index: number): Doc {
  const head = 'The following extra argument is provided '
  if (argument?.module === undefined || argument.isEmpty) return text(`${head}()`)
  return box(0, head, `${nameOf(argument, index)} : `, moduleTypeDoc(printContext(env), argument.module.type))
}
