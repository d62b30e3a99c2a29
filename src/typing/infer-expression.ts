/**
 * Expressions: the dispatch over their forms, and the forms that fit nowhere else.
 *
 * Every form is inferred against the type that is expected of it, unifies its own type with that, and returns a
 * typed node.
 */

import { fail } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import type * as ast from '../syntax/ast.ts'
import { type Context, type Expected, type ExpressionInference, expecting } from './context.ts'
import { addModule, type Env } from './env.ts'
import { expandHead } from './expand.ts'
import { generaliseStructure } from './generalise.ts'
import { freshIdent, type Ident, isConstructorPath } from './ident.ts'
import { inferApply, inferArgument } from './infer-application.ts'
import { inferMatch, inferTry, mayRefine } from './infer-cases.ts'
import { inferCoercion } from './infer-coercion.ts'
import { constantOf, typeOfConstant } from './infer-constant.ts'
import { inferConstruct, inferVariant } from './infer-construct.ts'
import {
  inferArray,
  inferAssert,
  inferFor,
  inferIf,
  inferLazy,
  inferSequence,
  inferTuple,
  inferWhile,
} from './infer-control.ts'
import { inferFormat, isFormatType } from './infer-format.ts'
import { inferFunction, inferNewtype } from './infer-function.ts'
import { annotated, inferLet } from './infer-let.ts'
import { inferLetOperator } from './infer-let-operator.ts'
import { inferLocation } from './infer-location.ts'
import {
  inferImmediateObject,
  inferNew,
  inferObjectName,
  inferOverride,
  inferSend,
  inferSetInstanceVariable,
} from './infer-object.ts'
import { withUnpackedModules } from './infer-pattern.ts'
import { failNoProcess, failProcess, inferDef, inferProcess, inferSpawn } from './infer-process.ts'
import { inferField, inferRecord, inferSetField } from './infer-record.ts'
import { instance, instancePoly, withOwnStructure } from './instance.ts'
import { bindLocally } from './levels.ts'
import { lookupValue } from './lookup.ts'
import { translateType } from './translate-type.ts'
import { failClash, lowerResult, unifyAt, unifyExpression } from './type-clash.ts'
import { currentLevel, inNewLevel } from './type-graph.ts'
import type { Expression } from './typed-tree.ts'
import { type ModuleType, repr, type Type, type TypeDesc } from './types.ts'
import { UnifyError } from './unify.ts'
import { failUninterpreted } from './uninterpreted.ts'
import { unusedModule } from './usage.ts'

type Form<Kind extends ast.Expression['kind']> = Extract<ast.Expression, { kind: Kind }>

/** What `Context.expressions` is. */
export const expressionInference: ExpressionInference = { infer: inferExpression, inferArgument }

/** No `UnifyError` leaves the expression in which it arises. */
function inferExpression(cx: Context, env: Env, e: ast.Expression, expected: Expected): Expression {
  try {
    return inferAnyForm(cx, env, e, expected)
  } catch (error) {
    if (error instanceof UnifyError) return failClash(env, e.region, error, expected)
    throw error
  }
}

const base = (env: Env, e: ast.Expression, type: Type) => ({
  region: e.region,
  type,
  env,
  attributes: e.attributes,
})

/**
 * Forms whose value is that of a part pass on what is expected as it is; the others get an instance of their own
 * (the structure of an annotation is generalised, see `inferConstraint`).
 */
function inferAnyForm(cx: Context, env: Env, e: ast.Expression, expected: Expected): Expression {
  switch (e.kind) {
    case 'let':
      return inferLetExpression(cx, env, e, expected)
    case 'match':
      return inferMatch(cx, env, e, expected)
    case 'try':
      return expected.process === undefined ? inferTry(cx, env, e, expected) : failNoProcess(e)
    case 'if':
      return inferIf(cx, env, e, expected)
    case 'sequence':
      return inferSequence(cx, env, e, expected)
    case 'let-module':
      return inferLetModule(cx, env, e, expected)
    case 'let-exception':
      return inferLetException(cx, env, e, expected)
    case 'open':
      return inferOpen(cx, env, e, expected)
    case 'def':
      return inferDef(cx, env, e, expected)
    case 'location':
      return inferLocation(cx, env, e, expected)
    default:
      if (expected.process !== undefined && e.kind !== 'extension')
        return e.kind === 'for'
          ? inferFor(cx, env, e, expected)
          : inferProcess(cx, env, e, { ...expected, process: expected.process })
      return inferForm(cx, env, e, { ...expected, type: instance(expected.type) })
  }
}

type PassingForm =
  | 'let'
  | 'match'
  | 'try'
  | 'if'
  | 'sequence'
  | 'let-module'
  | 'let-exception'
  | 'open'
  | 'def'
  | 'location'

function inferForm(
  cx: Context,
  env: Env,
  e: Exclude<ast.Expression, { kind: PassingForm }>,
  expected: Expected,
): Expression {
  switch (e.kind) {
    case 'ident':
      return inferIdent(env, e, expected)
    case 'constant':
      return inferConstant(env, e, expected)
    case 'function':
      return inferFunction(cx, env, e, expected)
    case 'apply':
      return inferApply(cx, env, e, expected)
    case 'tuple':
      return inferTuple(cx, env, e, expected)
    case 'construct':
      return inferConstruct(cx, env, e, expected)
    case 'variant':
      return inferVariant(cx, env, e, expected)
    case 'record':
      return inferRecord(cx, env, e, expected)
    case 'field':
      return inferField(cx, env, e, expected)
    case 'set-field':
      return inferSetField(cx, env, e, expected)
    case 'array':
      return inferArray(cx, env, e, expected)
    case 'while':
      return inferWhile(cx, env, e, expected)
    case 'for':
      return inferFor(cx, env, e, expected)
    case 'constraint':
      return inferConstraint(cx, env, e, expected)
    case 'coerce':
      return inferCoercion(cx, env, e, expected)
    case 'assert':
      return inferAssert(cx, env, e, expected)
    case 'lazy':
      return inferLazy(cx, env, e, expected)
    case 'newtype':
      return inferNewtype(cx, env, e, expected)
    case 'let-operator':
      return inferLetOperator(cx, env, e, expected)
    case 'pack':
      return inferPack(cx, env, e, expected)
    case 'unreachable':
      return { ...base(env, e, expected.type), kind: 'unreachable' }
    case 'extension':
      return failUninterpreted(e.region, e.name)
    case 'send':
      return inferSend(cx, env, e, expected)
    case 'new':
      return inferNew(env, e, expected)
    case 'set-instance-variable':
      return inferSetInstanceVariable(cx, env, e, expected)
    case 'override':
      return inferOverride(cx, env, e, expected)
    case 'object':
      return inferImmediateObject(cx, env, e, expected)
    case 'spawn':
      return inferSpawn(cx, env, e, expected)
    case 'parallel':
    case 'nothing':
    case 'reply':
      return failProcess(e)
  }
}

/** A variable of an inline record's type can only be read, or put back under a constructor. */
function checkInlineRecord(e: Form<'ident'>, desc: TypeDesc, { inlineRecord }: Expected): void {
  const isInline = desc.kind === 'constructor' && isConstructorPath(desc.path)
  const isOther = desc.kind === 'variable' || (desc.kind === 'constructor' && !isInline)
  if ((isInline && inlineRecord === undefined) || (isOther && inlineRecord === 'required')) {
    fail(e.region, 'This form is not allowed as the type of the inlined record could escape.')
  }
}

/** What a branch with type equations learns about the type of a variable does not change what others know of it. */
function knownHere(env: Env, type: Type): Type {
  return env.equations === undefined ? type : withOwnStructure(type, env.branchStart)
}

function inferIdent(env: Env, e: Form<'ident'>, expected: Expected): Expression {
  const entry = lookupValue(env, e.path)
  const { path, address, description } = entry
  const scheme = instance(knownHere(env, description.type))
  const { desc } = repr(scheme)
  checkInlineRecord(e, desc, expected)
  const type = desc.kind === 'poly' ? instancePoly(desc.variables, desc.body).body : scheme
  const special = inferObjectName(env, e, entry, type)
  unifyExpression(env, e, type, expected)
  return special ?? { ...base(env, e, type), kind: 'ident', path, address, value: description }
}

function inferConstant(env: Env, e: Form<'constant'>, expected: Expected): Expression {
  if (e.constant.kind === 'string' && isFormatType(env, expected.type)) {
    return inferFormat(env, e, e.constant, expected)
  }
  const constant = constantOf(e.constant, e.region)
  const type = typeOfConstant(constant)
  unifyExpression(env, e, type, expected)
  return { ...base(env, e, type), kind: 'constant', constant }
}

/** `let C x = e in body` is `match e with C x -> body`: the constructor may bring in types and equations. */
function letAsMatch(e: Form<'let'>): Form<'match'> | undefined {
  const [only] = e.bindings
  if (only === undefined || e.recursive || e.bindings.length > 1 || only.attributes.length > 0)
    return undefined
  const { constraint, pattern, region } = only
  if (!mayRefine(pattern)) return undefined
  const typed: ast.Pattern =
    constraint?.kind === 'constraint' && constraint.type.kind !== 'poly'
      ? { kind: 'constraint', pattern, type: constraint.type, region: pattern.region, attributes: [] }
      : pattern
  const cases = [{ pattern: typed, body: e.body, region }]
  return { kind: 'match', subject: annotated(only), cases, region: e.region, attributes: e.attributes }
}

function inferLetExpression(cx: Context, env: Env, e: Form<'let'>, expected: Expected): Expression {
  const match = letAsMatch(e)
  if (match !== undefined) return inferMatch(cx, env, match, expected)
  const inferred = inferLet(cx, env, e.recursive, e.bindings, 'expression')
  const { bindings, variables } = inferred
  const body = withUnpackedModules(cx, inferred.env, variables, (inner) =>
    cx.expressions.infer(cx, inner, e.body, expected),
  )
  if (variables.some(({ module }) => module !== undefined)) lowerResult(body.env, body)
  return { ...base(env, e, body.type), kind: 'let', recursive: e.recursive, bindings, body }
}

function inferConstraint(cx: Context, env: Env, e: Form<'constraint'>, expected: Expected): Expression {
  const annotation = inNewLevel(() => translateType({ env, variables: cx.variables, policy: 'open' }, e.type))
  generaliseStructure(annotation)
  const inner = cx.expressions.inferArgument(cx, env, e.expression, expecting(annotation))
  const type = instance(annotation)
  unifyExpression(env, e, type, expected)
  return { ...inner, type, annotation: e.region }
}

// ---------------------------------------------------------------------------------------------------------
// Modules and exceptions in expressions

/** Runs `infer` one level deeper with a module that types outside may not mention; the body's environment knows it. */
function withLocalModule<Kind extends 'let-module' | 'open'>(
  name: ast.Name | undefined,
  infer: (ident: Ident | undefined) => Expression & { readonly kind: Kind },
): Expression {
  const expression = inNewLevel(() => {
    const ident = name === undefined ? undefined : freshIdent(name.text)
    if (ident !== undefined) bindLocally(ident, currentLevel())
    return infer(ident)
  })
  lowerResult(expression.body.env, expression)
  return expression
}

function addLocalModule(env: Env, ident: Ident, type: ModuleType, region: Region | undefined): Env {
  if (region !== undefined) env.store.usages.expect(region, ident.name, () => unusedModule(ident.name))
  return addModule(env, ident, type, { region })
}

function inferLetModule(cx: Context, env: Env, e: Form<'let-module'>, expected: Expected): Expression {
  return withLocalModule(e.name, (ident) => {
    const module = cx.modules.inferModule(cx, env, e.module)
    const inner = ident === undefined ? env : addLocalModule(env, ident, module.type, e.name?.region)
    const body = cx.expressions.infer(cx, inner, e.body, expected)
    return { ...base(env, e, body.type), kind: 'let-module', ident, module, body }
  })
}

function inferLetException(cx: Context, env: Env, e: Form<'let-exception'>, expected: Expected): Expression {
  const { env: inner, constructor: extension } = cx.modules.inferException(cx, env, e.exception)
  const body = cx.expressions.infer(cx, inner, e.body, expected)
  return { ...base(env, e, body.type), kind: 'let-exception', ident: extension.ident, extension, body }
}

function inferOpen(cx: Context, env: Env, e: Form<'open'>, expected: Expected): Expression {
  if (e.open.module.kind === 'ident') return inferOpened(cx, env, e, expected)
  return withLocalModule(undefined, () => inferOpened(cx, env, e, expected))
}

function inferOpened(
  cx: Context,
  env: Env,
  e: Form<'open'>,
  expected: Expected,
): Expression & { readonly kind: 'open' } {
  const { env: inner, declaration } = cx.modules.inferOpen(cx, env, e.open)
  const body = cx.expressions.infer(cx, inner, e.body, expected)
  return { ...base(env, e, body.type), kind: 'open', open: declaration, body }
}

function inferPack(cx: Context, env: Env, e: Form<'pack'>, expected: Expected): Expression {
  const type = packageType(cx, env, e, expected)
  const module = cx.modules.inferPack(cx, env, e.module, type, e.region)
  return { ...base(env, e, type), kind: 'pack', module }
}

function packageType(cx: Context, env: Env, e: Form<'pack'>, expected: Expected): Type {
  if (e.type !== undefined) {
    const type = translateType({ env, variables: cx.variables, policy: 'open' }, e.type)
    unifyAt(env, e.region, type, expected)
    return type
  }
  const type = expandHead(env, expected.type)
  if (type.desc.kind === 'package') return type
  if (type.desc.kind === 'variable') {
    fail(e.region, "The signature for this packaged module couldn't be inferred.")
  }
  return fail(e.region, 'This expression is packed module, but the expected type is not a package type.')
}
