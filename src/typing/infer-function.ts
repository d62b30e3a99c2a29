/**
 * Functions: `fun p1 … pn -> e`, `function cases`, and functions of locally abstract types.
 */

import { fail } from '../base/diagnostic.ts'
import { joinRegions, type Region } from '../base/region.ts'
import type * as ast from '../syntax/ast.ts'
import { closeVariants } from './close-variants.ts'
import { type Context, type Expected, expecting, warn } from './context.ts'
import { addType, type Env } from './env.ts'
import { checkParameter } from './exhaustiveness.ts'
import { localTypeDeclaration } from './existential.ts'
import { expandHead } from './expand.ts'
import { freshIdent, type Ident } from './ident.ts'
import {
  type Alternative,
  branchEnv,
  inferAlternatives,
  inferCases,
  mayRefine,
  resultIn,
  withBranches,
} from './infer-cases.ts'
import { inferPattern, withUnpackedModules } from './infer-pattern.ts'
import { bindLocally } from './levels.ts'
import {
  addPatternVariables,
  expectVariables,
  newPatternScope,
  unusedVariable,
  type VariableComplaint,
} from './pattern-scope.ts'
import { optionOf } from './predef.ts'
import { box, concat, cut, renderMessage, space, vBox } from './pretty.ts'
import { printType } from './print-type.ts'
import { componentsOfDesc, mapDesc } from './subst.ts'
import { arrowLabelOf } from './translate-type.ts'
import { lowerResult, unifyAt, unifyExpression } from './type-clash.ts'
import { arrowType, currentLevel, inNewLevel, newType, newVariable } from './type-graph.ts'
import type { Expression, FunctionBody, FunctionParameter } from './typed-tree.ts'
import { type ArrowLabel, repr, type Type } from './types.ts'
import { filterArrow, UnifyError } from './unify.ts'
import { unused } from './usage.ts'

type Function = Extract<ast.Expression, { kind: 'function' }>

interface Inferred {
  readonly parameters: readonly FunctionParameter[]
  readonly body: FunctionBody
}

/** What is known about the whole function while its parameters are gone through. */
interface Whole {
  readonly e: Function
  readonly expected: Expected
}

export function inferFunction(cx: Context, env: Env, e: Function, expected: Expected): Expression {
  const { parameters, body } = inferParameters(cx, env, { e, expected }, 0, expected)
  const base = { region: functionRegion(e), type: expected.type, env, attributes: e.attributes }
  if (parameters.length === 0 && body.kind === 'expression') return { ...body.expression, region: e.region }
  return { ...base, kind: 'function', parameters, body }
}

/** Without the locally abstract types before the first parameter. */
function functionRegion({ region, parameters, body }: Function): Region {
  if (parameters[0]?.kind !== 'newtype') return region
  const first = parameters.find(({ kind }) => kind === 'value')
  const start = first?.region.start ?? (body.kind === 'cases' ? body.region.start : region.start)
  return { ...region, start }
}

function inferParameters(cx: Context, env: Env, whole: Whole, index: number, expected: Expected): Inferred {
  const parameter = whole.e.parameters[index]
  if (parameter === undefined) return { parameters: [], body: inferBody(cx, env, whole, expected) }
  if (parameter.kind === 'newtype')
    return inferNewtypeParameter(cx, env, whole, index, parameter.name, expected)
  const label = arrowLabelOf(parameter.label)
  const arrow = arrowFor(env, whole, parameter.region, label, index > 0, expected)
  const optional = parameter.default !== undefined
  const valueType = optional ? optionArgument(env, arrow.parameter) : arrow.parameter
  const { pattern } = parameter
  const done = withBranches(env, whole.e.region, [pattern], expecting(arrow.result), () => {
    const alternative = inferParameter(cx, env, pattern, valueType)
    const { variables } = alternative
    expectVariables(env.store, variables, optional ? unusedOptional : unusedVariable)
    const value =
      parameter.default === undefined
        ? undefined
        : cx.expressions.infer(cx, env, parameter.default, expecting(valueType))
    const inner = addPatternVariables(branchEnv(env, alternative), variables)
    const result = resultIn(env, alternative, expecting(arrow.result))
    const rest = withUnpackedModules(cx, inner, variables, (innermost) =>
      inferParameters(cx, innermost, whole, index + 1, result),
    )
    return { rest, parameter: { label, pattern: alternative.pattern, default: value } }
  })
  checkParameter(cx, done.parameter.pattern, {
    region: remainderRegion(whole.e, parameter, index),
    env,
    type: valueType,
  })
  warnUnerasable(cx, env, label, arrow.result, optionalRegion(parameter))
  return { ...done.rest, parameters: [done.parameter, ...done.rest.parameters] }
}

/** The function from a parameter on. */
function remainderRegion(e: Function, { region }: ast.Parameter, index: number): Region {
  return index === 0 ? e.region : { ...e.region, start: region.start }
}

const unusedOptional: VariableComplaint = ({ ident }) => unused(27, `variable ${ident.name}`)

/** A parameter without constructors is inferred in place: its type is what the body makes of it. */
function inferParameter(cx: Context, env: Env, pattern: ast.Pattern, type: Type): Alternative {
  if (mayRefine(pattern)) {
    const [only] = inferAlternatives(cx, env, [{ pattern, type, kind: 'value' }])
    return only as Alternative
  }
  const scope = newPatternScope(cx, env, currentLevel())
  const typed = inferPattern(scope, pattern, type)
  closeVariants(env, [typed])
  return { pattern: typed, variables: [...scope.variables.values()], env: scope.env, kind: 'value' }
}

function optionArgument(env: Env, option: Type): Type {
  const { desc } = expandHead(env, option)
  return desc.kind === 'constructor' ? (desc.arguments[0] as Type) : newVariable()
}

/** `x = e` of `?(x = e)`. */
function optionalRegion(parameter: Extract<ast.Parameter, { kind: 'value' }>): Region {
  const { pattern, default: value } = parameter
  return value === undefined ? pattern.region : joinRegions(pattern.region, value.region)
}

/** An optional parameter that no later positional argument can erase. */
function warnUnerasable(cx: Context, env: Env, label: ArrowLabel, result: Type, region: Region): void {
  if (!label.startsWith('?')) return
  for (let t = expandHead(env, result); ; t = expandHead(env, t.desc.result)) {
    if (t.desc.kind === 'variable') return
    if (t.desc.kind !== 'arrow') break
    if (t.desc.label === '') return
  }
  warn(cx, region, 16, 'unerasable-optional-argument', 'this optional argument cannot be erased.')
}

type Arrow = ReturnType<typeof filterArrow>

function arrowFor(
  env: Env,
  whole: Whole,
  region: Region,
  label: ArrowLabel,
  inFunction: boolean,
  expected: Expected,
): Arrow {
  const channel = expandHead(env, expected.type)
  if (channel.desc.kind === 'arrow' && channel.desc.synchronous === true)
    unifyExpression(env, whole.e, arrowType(label, newVariable(), newVariable()), expected)
  try {
    return filterArrow(env, expected.type, label, (parameter) => optionOf(parameter))
  } catch (error) {
    if (!(error instanceof UnifyError)) throw error
    const type = expandHead(env, expected.type)
    if (type.desc.kind === 'arrow')
      return failWrongLabel(
        env,
        inFunction ? tailRegion(whole, region) : whole.e.region,
        type,
        label,
        expected,
      )
    return failTooMany(env, whole, inFunction)
  }
}

/** From the parameter to the end of the body, without the parentheses of the whole. */
function tailRegion({ e: { body } }: Whole, region: Region): Region {
  return joinRegions(region, body.kind === 'expression' ? body.expression.region : body.region)
}

const because = (expected: Expected) =>
  expected.because === undefined ? '' : concat(space, `because it is in ${expected.because}`)

function failWrongLabel(env: Env, region: Region, type: Type, label: ArrowLabel, expected: Expected): never {
  const mark =
    label === '' ? 'but its first argument is not labelled' : `but its first argument is labelled ${label}`
  const doc = vBox(
    0,
    box(2, 'This function should have type', space, printType(env, type), because(expected)),
    cut,
    mark,
  )
  fail(region, renderMessage(doc))
}

function failTooMany(env: Env, { e, expected }: Whole, inFunction: boolean): never {
  const doc = inFunction
    ? box(
        0,
        'This function expects too many arguments,',
        space,
        'it should have type',
        space,
        printType(env, expected.type),
        because(expected),
      )
    : box(
        0,
        'This expression should not be a function,',
        space,
        'the expected type is',
        space,
        printType(env, expected.type),
        because(expected),
      )
  fail(e.region, renderMessage(doc))
}

function inferBody(cx: Context, env: Env, whole: Whole, expected: Expected): FunctionBody {
  const { body, constraint, parameters } = whole.e
  if (body.kind === 'cases' && constraint === undefined) {
    const arrow = arrowFor(env, whole, body.region, '', parameters.length > 0, expected)
    const cases = inferCases(
      cx,
      env,
      whole.e.region,
      body.cases,
      arrow.parameter,
      expecting(arrow.result),
      parameters.length === 0 ? whole.e.region : body.region,
    )
    return { kind: 'cases', label: '', cases, region: body.region }
  }
  const expression = body.kind === 'cases' ? caseFunction(body) : body.expression
  return {
    kind: 'expression',
    expression: cx.expressions.infer(cx, env, constrained(whole.e, expression), expected),
  }
}

/** `function cases` on its own. */
function caseFunction(body: Extract<ast.FunctionBody, { kind: 'cases' }>): ast.Expression {
  return { kind: 'function', parameters: [], body, region: body.region, attributes: [] }
}

/** `fun x : t -> e` constrains the body. */
function constrained({ constraint }: Function, expression: ast.Expression): ast.Expression {
  if (constraint === undefined) return expression
  const { region } = expression
  if (constraint.kind === 'constraint') {
    return { kind: 'constraint', expression, type: constraint.type, region, attributes: [] }
  }
  return { ...constraint, kind: 'coerce', expression, region, attributes: [] }
}

// ---------------------------------------------------------------------------------------------------------
// Locally abstract types

/**
 * The type with `to` in place of the local type. What was inferred inside goes on to mention the local type, about which there
 * may be equations there.
 */
function replaceLocal(type: Type, ident: Ident, to: Type): Type {
  const memo = new Map<Type, Type>()
  const copy = (each: Type): Type => {
    const t = repr(each)
    const known = memo.get(t)
    if (known !== undefined) return known
    if (!mentionsLocal(t, ident, new Set())) return t
    if (isLocal(t, ident)) return to
    const fresh = newType({ kind: 'nil' }, t.level)
    memo.set(t, fresh)
    fresh.desc = mapDesc(t.desc, copy)
    return fresh
  }
  return copy(type)
}

const isLocal = ({ desc }: Type, ident: Ident): boolean =>
  desc.kind === 'constructor' && desc.path.kind === 'ident' && desc.path.ident === ident

function mentionsLocal(type: Type, ident: Ident, seen: Set<Type>): boolean {
  const t = repr(type)
  if (seen.has(t)) return false
  seen.add(t)
  return isLocal(t, ident) || componentsOfDesc(t.desc).some((part) => mentionsLocal(part, ident, seen))
}

/**
 * Runs `infer` where `name` is an abstract type, at an unknown type; afterwards the abstract type is a variable
 * in that type. `region` is that of the whole, `scope` where the name means something.
 */
function withLocalType<Result>(
  env: Env,
  name: ast.Name,
  { region, scope }: { readonly region: Region; readonly scope: Region },
  infer: (env: Env, type: Type) => Result,
): { readonly result: Result; readonly type: Type } {
  const variable = newVariable(name.text)
  const ident = freshIdent(name.text)
  const inner = inNewLevel(() => newVariable())
  env.store.usages.expect(name.region, name.text, () => ({
    ...unused(34, `type ${name.text}`),
    region: scope,
  }))
  const result = inNewLevel(() => {
    bindLocally(ident, currentLevel())
    return infer(addType(env, ident, localTypeDeclaration(name.region)), inner)
  })
  const type = replaceLocal(inner, ident, variable)
  lowerResult(env, { type, region })
  return { result, type }
}

function inferNewtypeParameter(
  cx: Context,
  env: Env,
  whole: Whole,
  index: number,
  name: ast.Name,
  expected: Expected,
): Inferred {
  const { region } = whole.e
  const scope = remainderRegion(whole.e, whole.e.parameters[index] as ast.Parameter, index)
  const { result, type } = withLocalType(env, name, { region, scope }, (inner, local) =>
    inferParameters(cx, inner, whole, index + 1, expecting(local)),
  )
  unifyAt(env, whole.e.region, type, expected)
  return result
}

/** `fun (type a) -> e` on its own, and `let f : type a. t = e`. */
export function inferNewtype(
  cx: Context,
  env: Env,
  e: Extract<ast.Expression, { kind: 'newtype' }>,
  expected: Expected,
): Expression {
  const { result, type } = withLocalType(env, e.name, { region: e.region, scope: e.region }, (inner, local) =>
    cx.expressions.infer(cx, inner, e.body, expecting(local)),
  )
  unifyAt(env, e.region, type, expected)
  return { ...result, type }
}
