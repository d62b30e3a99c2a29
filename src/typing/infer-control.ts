/** Tuples, arrays, conditionals, loops, sequences, assertions, `lazy`. */

import { fail } from '../base/diagnostic.ts'
import type * as ast from '../syntax/ast.ts'
import { type Context, type Expected, expecting } from './context.ts'
import { addValue, type Env } from './env.ts'
import { freshIdent } from './ident.ts'
import { withoutReplies } from './infer-process.ts'
import { instance } from './instance.ts'
import { arrayOf, boolType, intType, lazyOf, unitType } from './predef.ts'
import { inferStatement } from './statement.ts'
import { unifyAt, unifyExpression } from './type-clash.ts'
import { newVariable, tupleType } from './type-graph.ts'
import type { Expression } from './typed-tree.ts'
import type { Type } from './types.ts'
import { unused } from './usage.ts'

type Form<Kind extends ast.Expression['kind']> = Extract<ast.Expression, { kind: Kind }>

const base = (env: Env, e: ast.Expression, type: Type) => ({
  region: e.region,
  type,
  env,
  attributes: e.attributes,
})

/** The type of a form whose value is `()`. */
function unitResult(env: Env, e: ast.Expression, expected: Expected): Type {
  const type = instance(unitType)
  unifyExpression(env, e, type, expected)
  return type
}

export function inferTuple(cx: Context, env: Env, e: Form<'tuple'>, expected: Expected): Expression {
  const types = e.elements.map(() => newVariable())
  const type = tupleType(types)
  unifyAt(env, e.region, type, expected)
  const elements = e.elements.map((element, i) => {
    return cx.expressions.infer(cx, env, element, expecting(types[i] as Type))
  })
  return { ...base(env, e, type), kind: 'tuple', elements }
}

export function inferArray(cx: Context, env: Env, e: Form<'array'>, expected: Expected): Expression {
  const element = newVariable()
  const type = arrayOf(element)
  unifyAt(env, e.region, type, expected)
  const elements = e.elements.map((each) => cx.expressions.infer(cx, env, each, expecting(element)))
  return { ...base(env, e, type), kind: 'array', elements }
}

export function inferIf(cx: Context, env: Env, e: Form<'if'>, expected: Expected): Expression {
  const condition = cx.expressions.infer(
    cx,
    env,
    e.condition,
    expecting(boolType, 'the condition of an if-statement'),
  )
  if (e.otherwise === undefined) {
    const reason = 'the result of a conditional with no else branch'
    const branch = expected.process === undefined ? expecting(unitType, reason) : expected
    const then = cx.expressions.infer(cx, env, e.then, branch)
    const type = unitResult(env, e, expected)
    return { ...base(env, e, type), kind: 'if', condition, then, otherwise: undefined }
  }
  const then = cx.expressions.infer(cx, env, e.then, expected)
  const otherwise = cx.expressions.infer(cx, env, e.otherwise, expected)
  return { ...base(env, e, then.type), kind: 'if', condition, then, otherwise }
}

export function inferSequence(cx: Context, env: Env, e: Form<'sequence'>, expected: Expected): Expression {
  const first = inferStatement(cx, env, e.first)
  const second = cx.expressions.infer(cx, env, e.second, expected)
  return { ...base(env, e, second.type), kind: 'sequence', first, second }
}

export function inferWhile(cx: Context, env: Env, e: Form<'while'>, expected: Expected): Expression {
  const reason = 'the condition of a while-loop'
  const condition = cx.expressions.infer(cx, env, e.condition, expecting(boolType, reason))
  const body = inferStatement(cx, env, e.body)
  const type = unitResult(env, e, expected)
  return { ...base(env, e, type), kind: 'while', condition, body }
}

export function inferFor(cx: Context, env: Env, e: Form<'for'>, expected: Expected): Expression {
  const from = cx.expressions.infer(cx, env, e.from, expecting(intType, 'a for-loop start index'))
  const to = cx.expressions.infer(cx, env, e.to, expecting(intType, 'a for-loop stop index'))
  const ident = freshIdent(loopVariable(e.variable))
  const { region } = e.variable
  const complaint = () => ({ ...unused(35, `for-loop index ${ident.name}`), region: e.region })
  env.store.usages.expect(region, ident.name, complaint)
  const inner = addValue(env, ident, { type: intType, kind: { kind: 'regular' }, region, attributes: [] })
  const body =
    expected.process === undefined
      ? inferStatement(cx, inner, e.body)
      : cx.expressions.infer(cx, inner, e.body, { ...expected, process: withoutReplies('for') })
  const type = unitResult(env, e, expected)
  return { ...base(env, e, type), kind: 'for', ident, from, to, direction: e.direction, body }
}

function loopVariable(p: ast.Pattern): string {
  if (p.kind === 'variable') return p.name.text
  if (p.kind === 'any') return '_for'
  return fail(p.region, 'Invalid for-loop index: only variables and _ are allowed.')
}

export function inferAssert(cx: Context, env: Env, e: Form<'assert'>, expected: Expected): Expression {
  const { condition } = e
  const isFalse =
    condition.kind === 'construct' && condition.path.kind === 'ident' && condition.path.name === 'false'
  if (isFalse) return { ...base(env, e, expected.type), kind: 'assert-false' }
  const reason = 'the condition of an assertion'
  const inferred = cx.expressions.infer(cx, env, condition, expecting(boolType, reason))
  const type = unitResult(env, e, expected)
  return { ...base(env, e, type), kind: 'assert', condition: inferred }
}

export function inferLazy(cx: Context, env: Env, e: Form<'lazy'>, expected: Expected): Expression {
  const value = newVariable()
  const type = lazyOf(value)
  unifyAt(env, e.region, type, expected)
  const expression = cx.expressions.infer(cx, env, e.expression, expecting(value))
  return { ...base(env, e, type), kind: 'lazy', expression }
}
