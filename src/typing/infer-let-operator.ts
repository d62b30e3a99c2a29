/** `let* x = a and* y = b in body`: `( let* ) (( and* ) a b) (fun (x, y) -> body)`. */

import type * as ast from '../syntax/ast.ts'
import { type Context, type Expected, expecting } from './context.ts'
import type { Env } from './env.ts'
import { inferCases } from './infer-cases.ts'
import { instance } from './instance.ts'
import { lookupValue } from './lookup.ts'
import { failMismatch } from './print-mismatch.ts'
import { unifyExpression } from './type-clash.ts'
import { arrowType, newVariable, tupleType } from './type-graph.ts'
import type { Case, Expression } from './typed-tree.ts'
import type { Type } from './types.ts'
import { unify } from './unify.ts'

type LetOperator = Extract<ast.Expression, { kind: 'let-operator' }>

function inferOperator(env: Env, name: ast.Name, wanted: Type): Expression {
  const { region } = name
  const { path, address, description } = lookupValue(env, { kind: 'ident', name: name.text, region })
  const type = instance(description.type)
  try {
    unify(env, type, wanted)
  } catch (error) {
    failMismatch(env, region, error, {
      got: `The operator ${name.text} has type`,
      expected: 'but it was expected to have type',
    })
  }
  return { region, type, env, attributes: [], kind: 'ident', path, address, value: description }
}

interface Operands {
  readonly operand: Expression
  readonly ands: readonly { readonly operator: Expression; readonly operand: Expression }[]
}

/** The operand of the whole: `ands` combine it with the further ones, the last at the outside. */
function inferOperands(
  cx: Context,
  env: Env,
  first: ast.Expression,
  ands: readonly ast.BindingOperator[],
  type: Type,
): Operands {
  const last = ands[ands.length - 1]
  if (last === undefined) return { operand: cx.expressions.infer(cx, env, first, expecting(type)), ands: [] }
  const left = newVariable()
  const right = newVariable()
  const operator = inferOperator(env, last.operator, arrowType('', left, arrowType('', right, type)))
  const inner = inferOperands(cx, env, first, ands.slice(0, -1), left)
  const operand = cx.expressions.infer(cx, env, last.expression, expecting(right))
  return { operand: inner.operand, ands: [...inner.ands, { operator, operand }] }
}

/** `((p1, p2), p3)` with its type. */
function parameterOf(e: LetOperator): { pattern: ast.Pattern; type: Type } {
  const { region } = e.let.operator
  let pattern = e.let.pattern
  let type = newVariable()
  for (const and of e.ands) {
    pattern = { kind: 'tuple', elements: [pattern, and.pattern], region, attributes: [] }
    type = tupleType([type, newVariable()])
  }
  return { pattern, type }
}

export function inferLetOperator(cx: Context, env: Env, e: LetOperator, expected: Expected): Expression {
  const parameter = parameterOf(e)
  const bodyType = newVariable()
  const operandType = newVariable()
  const type = newVariable()
  const wanted = arrowType('', operandType, arrowType('', arrowType('', parameter.type, bodyType), type))
  const operator = inferOperator(env, e.let.operator, wanted)
  const { operand, ands } = inferOperands(cx, env, e.let.expression, e.ands, operandType)
  const source: ast.Case = { pattern: parameter.pattern, body: e.body, region: e.region }
  const [only] = inferCases(cx, env, e.region, [source], parameter.type, expecting(bodyType), e.region)
  unifyExpression(env, e, type, expected)
  const base = { region: e.region, type, env, attributes: e.attributes }
  return { ...base, kind: 'let-operator', operator, operand, ands, case: only as Case }
}
