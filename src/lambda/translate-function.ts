/**
 * Functions. Directly nested ones are merged, so `fun x -> fun y -> e` has two parameters; parameters are matched
 * and defaults computed from left to right when all arguments are there.
 */

import type { Region } from '../base/region.ts'
import type { Expression, FunctionParameter, Pattern } from '../typing/typed-tree.ts'
import { inlineAttribute } from './attributes.ts'
import { conditional, field, freshBinder, functionTerm, letIn, primitive, variable } from './build.ts'
import { type Context, inExpression, raiseAtPlace } from './context.ts'
import type { Binder, FunctionTerm, InlineAttribute, Lambda, Layout } from './lambda.ts'
import { layoutOf, splitArrows } from './layout.ts'
import { isIrrefutable } from './pattern.ts'
import { matchPattern, matchVariable } from './translate-match.ts'
import { translatePattern } from './translate-pattern.ts'

type FunctionExpression = Expression & { readonly kind: 'function' }

/** `name` is what the function is bound to; an anonymous one is "(fun)". */
export function translateFunction(
  e: FunctionExpression,
  context: Context,
  name: string,
  inline: InlineAttribute = 'default',
): FunctionTerm {
  const inner = inExpression({ ...context, path: name })
  const merged = mergeFunctions(e)
  const types = splitArrows(e.env, e.type, merged.parameters.length + 1)
  const layouts = types.parameters.map((t) => layoutOf(e.env, t))
  const parameters = merged.parameters.map((p, i) => ({
    parameter: p,
    binder: parameterBinder(p, layouts[i]),
  }))
  const last = lastParameter(merged.innermost, layouts[merged.parameters.length])
  const { result } = splitArrows(e.env, e.type, parameters.length + (last === undefined ? 0 : 1))
  const layout = layoutOf(e.env, result)
  const body = parameters.reduceRight(
    (rest, { parameter, binder }) => matchParameter(parameter, binder, layout, inner, rest),
    bodyOf(merged.innermost, last, layout, inner),
  )
  const binders = [...parameters.map((p) => p.binder), ...(last === undefined ? [] : [last])]
  const asked = inlineAttribute(e.attributes)
  return functionTerm({
    parameters: binders,
    body,
    layout,
    name,
    inline: asked === 'default' ? inline : asked,
    region: e.region,
  })
}

interface Merged {
  readonly parameters: readonly FunctionParameter[]
  readonly innermost: FunctionExpression
}

function mergeFunctions(e: FunctionExpression): Merged {
  const { body } = e
  if (body.kind !== 'expression' || body.expression.kind !== 'function' || !e.parameters.every(isHarmless)) {
    return { parameters: e.parameters, innermost: e }
  }
  const rest = mergeFunctions(body.expression)
  return { parameters: [...e.parameters, ...rest.parameters], innermost: rest.innermost }
}

/** Matching it has no effect, so it may happen later. */
function isHarmless(parameter: FunctionParameter): boolean {
  return parameter.default === undefined && isIrrefutable(translatePattern(parameter.pattern, true))
}

/** The layout is that of the function's type, which does not depend on GADT constructors in other parameters. */
export function parameterBinder(parameter: FunctionParameter, layout: Layout = 'any'): Binder {
  const { pattern } = parameter
  if (parameter.default !== undefined) return freshBinder('opt', 'any')
  return pattern.kind === 'variable' ? { ident: pattern.ident, layout } : freshBinder('param', layout)
}

/** The anonymous parameter of `function | …`. */
function lastParameter(e: FunctionExpression, layout: Layout = 'any'): Binder | undefined {
  return e.body.kind === 'cases' ? freshBinder('param', layout) : undefined
}

function bodyOf(e: FunctionExpression, last: Binder | undefined, layout: Layout, context: Context): Lambda {
  const { body } = e
  if (body.kind === 'expression') return context.expression(body.expression, context)
  const failure = raiseAtPlace('Match_failure', e.parameters.length === 0 ? e.region : body.region)
  return matchVariable(last as Binder, { cases: body.cases, failure, layout, context })
}

export function matchParameter(
  parameter: FunctionParameter,
  binder: Binder,
  layout: Layout,
  context: Context,
  body: Lambda,
): Lambda {
  const { pattern } = parameter
  if (parameter.default !== undefined)
    return matchOptional(parameter, parameter.default, binder, layout, context, body)
  return pattern.kind === 'variable'
    ? body
    : matchPattern(binder, { pattern, region: pattern.region, layout }, body)
}

/** `?(p = default)`: the argument is an option. */
function matchOptional(
  { pattern }: FunctionParameter,
  value: Expression,
  option: Binder,
  layout: Layout,
  context: Context,
  body: Lambda,
): Lambda {
  const bound = optionalBinder(pattern)
  const given = field(0, variable(option.ident), bound.layout)
  const absent = primitive({ kind: 'isImmediate' }, [variable(option.ident)], value.region)
  const chosen = conditional(absent, context.expression(value, context), given, bound.layout)
  return letIn(bound, chosen, matchUnlessVariable(bound, pattern, pattern.region, layout, body))
}

function optionalBinder(pattern: Pattern): Binder {
  const layout = layoutOf(pattern.env, pattern.type)
  return pattern.kind === 'variable' ? { ident: pattern.ident, layout } : freshBinder('param', layout)
}

function matchUnlessVariable(
  bound: Binder,
  pattern: Pattern,
  region: Region,
  layout: Layout,
  body: Lambda,
): Lambda {
  return pattern.kind === 'variable' ? body : matchPattern(bound, { pattern, region, layout }, body)
}
