/**
 * Applications: of functions, of primitives, and with arguments left out.
 */

import type { Region } from '../base/region.ts'
import type { Expression } from '../typing/typed-tree.ts'
import { inlineAttribute } from './attributes.ts'
import { apply, freshBinder, functionTerm, letsIn, variable } from './build.ts'
import type { Context } from './context.ts'
import type { Binder, Lambda, Layout } from './lambda.ts'
import { layoutOf, splitArrows } from './layout.ts'
import { type PrimitiveUse, primitiveUse } from './primitive-use.ts'
import { primitiveTerm } from './primitives.ts'
import { translateNew, translateSend } from './translate-object.ts'

type Apply = Expression & { readonly kind: 'apply' }
export type GivenArgument = Apply['arguments'][number]

export function translateApply(e: Apply, context: Context): Lambda {
  const last = e.arguments.findLastIndex((a) => a.expression !== undefined)
  const args = e.arguments.slice(0, last + 1)
  if (args.some((a) => a.expression === undefined)) return applyPartially(e, args, context)
  const terms = args.map((a) => context.expression(a.expression as Expression, context))
  return applyExpression(e.function, terms, layoutOf(e.env, e.type), e, context)
}

/** The function of an expression applied to terms; primitives with enough arguments are called in place. */
export function applyExpression(
  func: Expression,
  args: readonly Lambda[],
  layout: Layout,
  at: Expression,
  context: Context,
): Lambda {
  if (args.length === 0) return context.expression(func, context)
  if (func.kind === 'send') return translateSend(func, args, layout, context)
  if (func.kind === 'new') return translateNew(func, args, layout)
  const use =
    func.kind === 'ident' ? primitiveUse(func.value, func.type, func.env, at.region, context) : undefined
  if (use !== undefined && use.arity > 0 && args.length >= use.arity)
    return applyPrimitive(use, args, layout, context)
  const term = context.expression(func, context)
  return apply(
    term,
    args,
    layout,
    at.region,
    inlineAttribute([...at.attributes, ...func.attributes], 'inlined'),
  )
}

function applyPrimitive(
  use: PrimitiveUse,
  args: readonly Lambda[],
  layout: Layout,
  context: Context,
): Lambda {
  const own = args.slice(0, use.arity)
  const more = args.slice(use.arity)
  const term = primitiveTerm(reraising(use, own, context), own)
  return more.length === 0 ? term : apply(term, more, layout, use.region)
}

/** Raising a caught exception again keeps its backtrace. */
function reraising(use: PrimitiveUse, [value]: readonly Lambda[], context: Context): PrimitiveUse {
  const caught = value?.kind === 'variable' && context.caught.has(value.ident.stamp)
  return caught && use.name === '%raise' ? { ...use, name: '%reraise' } : use
}

/** An application in which arguments are left out. */
export interface PartialApplication {
  readonly arguments: readonly GivenArgument[]
  /** Of each parameter. */
  readonly layouts: readonly Layout[]
  readonly call: (args: readonly Lambda[]) => Lambda
  /** What `call` needs, evaluated after the given arguments. */
  readonly bound: readonly (readonly [Binder, Lambda])[]
  /** What `call` returns. */
  readonly layout: Layout
  readonly region: Region
}

/** `f ~b:x` where `a` comes first: given arguments and the function are evaluated now, then `fun a -> f a x`. */
export function partialApplication(p: PartialApplication, context: Context): Lambda {
  const bindings: [Binder, Lambda][] = []
  const missing: Binder[] = []
  const terms = p.arguments.map(({ expression }, i): Lambda => {
    if (expression === undefined) {
      const binder = freshBinder('arg', p.layouts[i] ?? 'any')
      missing.push(binder)
      return variable(binder.ident)
    }
    const binder = freshBinder('arg', layoutOf(expression.env, expression.type))
    bindings.unshift([binder, context.expression(expression, context)])
    return variable(binder.ident)
  })
  const closure = functionTerm({
    parameters: missing,
    body: p.call(terms),
    layout: p.layout,
    name: `${context.path}.(partial)`,
    region: p.region,
  })
  return letsIn([...bindings, ...p.bound], closure)
}

function applyPartially(e: Apply, args: readonly GivenArgument[], context: Context): Lambda {
  const { parameters } = splitArrows(e.function.env, e.function.type, args.length)
  const missing = args.filter((a) => a.expression === undefined).length
  const layout = layoutOf(e.env, splitArrows(e.env, e.type, missing).result)
  const { func, bound } = functionOf(e.function, context)
  const partial = {
    arguments: args,
    layouts: parameters.map((type) => layoutOf(e.env, type)),
    call: (terms: readonly Lambda[]) => func(terms, layout, e),
    bound,
    layout,
    region: e.region,
  }
  return partialApplication(partial, context)
}

type Call = (args: readonly Lambda[], layout: Layout, at: Expression) => Lambda

/** How to call the function later, and what must be bound now for that. */
function functionOf(func: Expression, context: Context): { func: Call; bound: [Binder, Lambda][] } {
  if (func.kind === 'ident' && func.value.kind.kind === 'primitive') {
    return { func: (args, layout, at) => applyExpression(func, args, layout, at, context), bound: [] }
  }
  const binder = freshBinder('func', 'pointer')
  const call: Call = (args, layout, at) => apply(variable(binder.ident), args, layout, at.region)
  return { func: call, bound: [[binder, context.expression(func, context)]] }
}
