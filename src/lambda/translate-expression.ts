/**
 * Typed expressions to Lambda: one function per kind, most of them in files of their own.
 */

import { Crash, unreachable } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import { expandHead } from '../typing/expand.ts'
import { predefinedType } from '../typing/predef.ts'
import type { JoinForm } from '../typing/typed-join.ts'
import type { Expression } from '../typing/typed-tree.ts'
import {
  block,
  conditional,
  constant,
  freshBinder,
  functionTerm,
  letIn,
  primitive,
  sequence,
  structured,
  unit,
} from './build.ts'
import { addressTerm, type Context, inExpression, raiseAtPlace } from './context.ts'
import type { Lambda, Layout } from './lambda.ts'
import { layoutOf, splitArrows } from './layout.ts'
import { primitiveUse } from './primitive-use.ts'
import { primitiveFunction } from './primitives.ts'
import { applyExpression, translateApply } from './translate-apply.ts'
import { translateLet, translateLetRec } from './translate-binding.ts'
import {
  translateArray,
  translateConstruct,
  translateExtension,
  translateField,
  translateRecord,
  translateSetField,
  translateVariant,
} from './translate-data.ts'
import { translateFunction } from './translate-function.ts'
import { translateImmediateObject } from './translate-immediate-object.ts'
import { translateJoin } from './translate-join.ts'
import { matchVariable, translateMatch, translateTry } from './translate-match.ts'
import {
  translateInstanceVariable,
  translateNew,
  translateOverride,
  translateSend,
  translateSetInstanceVariable,
} from './translate-object.ts'
import { bindOpened } from './translate-open.ts'
import { hasConstructor } from './translate-pattern.ts'
import { loopBody } from './translate-process.ts'

type Of<Kind extends Expression['kind']> = Expression & { readonly kind: Kind }

export function translateExpression(e: Expression, context: Context): Lambda {
  const recur = (x: Expression): Lambda => context.expression(x, context)
  switch (e.kind) {
    case 'ident':
      return translateIdent(e, context)
    case 'constant':
      return constant(e.constant)
    case 'let':
      return translateLetExpression(e, context)
    case 'function':
      return translateFunction(e, context, `${context.path}.(fun)`)
    case 'apply':
      return translateApply(e, context)
    case 'match':
      return translateMatch(e, context)
    case 'try':
      return translateTry(e, context)
    case 'tuple':
      return block(0, false, e.elements.map(recur), e.region)
    case 'construct':
      return translateConstruct(e, context)
    case 'variant':
      return translateVariant(e, context)
    case 'record':
      return translateRecord(e, context)
    case 'field':
      return translateField(e, context)
    case 'set-field':
      return translateSetField(e, context)
    case 'array':
      return translateArray(e, context)
    case 'if':
      return translateIf(e, context)
    case 'sequence':
      return sequence(recur(e.first), recur(e.second))
    case 'while':
      return { kind: 'while', condition: recur(e.condition), body: recur(e.body) }
    case 'for': {
      const { ident, direction } = e
      return {
        kind: 'for',
        ident,
        direction,
        from: recur(e.from),
        to: recur(e.to),
        body: loopBody(e.body, context),
      }
    }
    default:
      return translateRare(e, context)
  }
}

function translateRare(
  e: Of<
    | 'let-module'
    | 'let-exception'
    | 'assert'
    | 'assert-false'
    | 'lazy'
    | 'pack'
    | 'open'
    | 'let-operator'
    | 'format'
    | 'unreachable'
    | 'send'
    | 'new'
    | 'instance-variable'
    | 'set-instance-variable'
    | 'override'
    | 'object'
    | JoinForm['kind']
  >,
  context: Context,
): Lambda {
  switch (e.kind) {
    case 'let-module':
      return translateLetModule(e, context)
    case 'let-exception':
      return letIn(
        { ident: e.ident, layout: 'pointer' },
        translateExtension(e.extension, inExpression(context)),
        context.expression(e.body, context),
      )
    case 'assert':
      return conditional(
        context.expression(e.condition, context),
        unit,
        raiseAtPlace('Assert_failure', e.region),
        'int',
      )
    case 'assert-false':
      return raiseAtPlace('Assert_failure', e.region)
    case 'lazy':
      return translateLazy(e, context)
    case 'pack':
      return context.module(e.module, inExpression(context))
    case 'open':
      return bindOpened(e.open, new Map(), inExpression(context), context.expression(e.body, context))
    case 'let-operator':
      return translateLetOperator(e, context)
    case 'format':
      return structured(e.value)
    case 'unreachable':
      return raiseAtPlace('Match_failure', e.region)
    case 'send':
      return translateSend(e, [], layoutOf(e.env, e.type), context)
    case 'new':
      return translateNew(e, [], 'any')
    case 'instance-variable':
      return translateInstanceVariable(e)
    case 'set-instance-variable':
      return translateSetInstanceVariable(e, context)
    case 'override':
      return translateOverride(e, context)
    case 'object':
      return translateImmediateObject(e, context)
    case 'message':
    case 'parallel':
    case 'nothing':
    case 'failure':
    case 'reply':
    case 'spawn':
    case 'def':
    case 'location':
      return translateJoin(e, context)
    default:
      return unreachable(e)
  }
}

function translateIdent(e: Of<'ident'>, context: Context): Lambda {
  const use = primitiveUse(e.value, e.type, e.env, e.region, context)
  if (use !== undefined) return primitiveFunction(use)
  if (e.address === undefined) throw new Crash('a value without an address')
  return withLayout(addressTerm(e.address), e)
}

/** A read of a module's field says what the type says. */
function withLayout(term: Lambda, e: Expression): Lambda {
  if (term.kind !== 'primitive' || term.primitive.kind !== 'field') return term
  return { ...term, primitive: { ...term.primitive, layout: layoutOf(e.env, e.type) } }
}

function translateLetExpression(e: Of<'let'>, context: Context): Lambda {
  const body = context.expression(e.body, context)
  if (e.recursive) return translateLetRec(e.bindings, context, body)
  return translateLet(e.bindings, layoutOf(e.env, e.type), failureRegion(e), context, body)
}

/** As in OCaml, a single binding whose pattern has constructors is a `match` and fails where that would. */
function failureRegion(e: Of<'let'>): Region | undefined {
  const [only] = e.bindings
  if (only === undefined || e.bindings.length > 1 || only.attributes.length > 0) return undefined
  return hasConstructor(only.pattern) ? e.region : undefined
}

function translateIf(e: Of<'if'>, context: Context): Lambda {
  const otherwise = e.otherwise === undefined ? unit : context.expression(e.otherwise, context)
  const condition = context.expression(e.condition, context)
  return conditional(condition, context.expression(e.then, context), otherwise, layoutOf(e.env, e.type))
}

function translateLetModule(e: Of<'let-module'>, context: Context): Lambda {
  const value = context.module(e.module, inExpression(context))
  const body = context.expression(e.body, context)
  return e.ident === undefined
    ? sequence(value, body)
    : letIn({ ident: e.ident, layout: 'pointer' }, value, body)
}

/**
 * Literals, functions, constant constructors and names need no suspension. What may be a float, or lazy itself, is wrapped, so that
 * arrays of lazy values are never flat and forcing stops in time.
 */
function translateLazy(e: Of<'lazy'>, context: Context): Lambda {
  const body = context.expression(e.expression, context)
  const layout = layoutOf(e.expression.env, e.expression.type)
  if (isEvaluated(e.expression)) {
    return needsForward(e.expression, layout) ? block(forwardTag, false, [body], e.region) : body
  }
  const suspended = functionTerm({
    parameters: [freshBinder('unit', 'int')],
    body,
    layout,
    name: `${context.path}.(lazy)`,
    region: e.region,
  })
  return primitive({ kind: 'makeLazy' }, [suspended], e.region)
}

const forwardTag = 250

function isEvaluated(e: Expression): boolean {
  if (e.kind === 'construct') return e.arguments.length === 0
  return e.kind === 'constant' || e.kind === 'function' || e.kind === 'ident'
}

function needsForward(e: Expression, layout: Layout): boolean {
  if (e.kind === 'constant') return e.constant.kind === 'float'
  if (e.kind !== 'ident' || layout === 'int') return false
  const { desc } = expandHead(e.env, e.type)
  const isLazy = desc.kind === 'constructor' && predefinedType(desc.path) === 'lazy_t'
  return layout !== 'pointer' || isLazy
}

/** `let* p = a and* q = b in e` is `( let* ) (( and* ) a b) (fun (p, q) -> e)`. */
function translateLetOperator(e: Of<'let-operator'>, context: Context): Lambda {
  const first = context.expression(e.operand, context)
  const operand = e.ands.reduce((left, { operator, operand: right }) => {
    const args = [left, context.expression(right, context)]
    const { result } = splitArrows(operator.env, operator.type, 2)
    return applyExpression(operator, args, layoutOf(operator.env, result), e, context)
  }, first)
  const continuation = caseFunction(e, context)
  return applyExpression(e.operator, [operand, continuation], layoutOf(e.env, e.type), e, context)
}

function caseFunction(e: Of<'let-operator'>, context: Context): Lambda {
  const { pattern, body } = e.case
  const layout = layoutOf(body.env, body.type)
  const parameterLayout = layoutOf(e.env, pattern.type)
  const binder =
    pattern.kind === 'variable'
      ? { ident: pattern.ident, layout: parameterLayout }
      : freshBinder('param', parameterLayout)
  const name = `${context.path}.(fun)`
  const inner = inExpression({ ...context, path: name })
  const failure = raiseAtPlace('Match_failure', body.region)
  const term =
    pattern.kind === 'variable'
      ? context.expression(body, inner)
      : matchVariable(binder, { cases: [e.case], failure, layout, context: inner })
  return functionTerm({ parameters: [binder], body: term, layout, name, region: e.region })
}
