/** `(e :> t)` and `(e : t1 :> t2)`. */

import { fail } from '../base/diagnostic.ts'
import type * as ast from '../syntax/ast.ts'
import { type Context, type Expected, expecting, inferAny } from './context.ts'
import type { Env } from './env.ts'
import { box, breakHint, concat, cut, renderMessage, space, vBox } from './pretty.ts'
import { printTypes } from './print-type.ts'
import { isSubtype } from './subtype.ts'
import { translateType } from './translate-type.ts'
import { unifyAt } from './type-clash.ts'
import type { Expression } from './typed-tree.ts'
import type { Type } from './types.ts'
import { tryUnify } from './unify.ts'

type Coerce = Extract<ast.Expression, { kind: 'coerce' }>

export function inferCoercion(cx: Context, env: Env, e: Coerce, expected: Expected): Expression {
  const translate = (type: ast.TypeExpression) =>
    translateType({ env, variables: cx.variables, policy: 'open' }, type)
  const from = e.from === undefined ? undefined : translate(e.from)
  const inner =
    from === undefined
      ? inferAny(cx, env, e.expression)
      : cx.expressions.inferArgument(cx, env, e.expression, expecting(from))
  const to = translate(e.to)
  if (
    from === undefined
      ? !tryUnify(env, inner.type, to) && !isSubtype(env, inner.type, to)
      : !isSubtype(env, from, to)
  ) {
    failNotSubtype(env, e, from ?? inner.type, to, from === undefined)
  }
  unifyAt(env, e.region, to, expected)
  return { ...inner, type: to, region: e.region }
}

function failNotSubtype(env: Env, e: Coerce, from: Type, to: Type, single: boolean): never {
  const [got, wanted] = printTypes(env, [from, to])
  if (got === undefined || wanted === undefined) throw new RangeError('two types print as two documents')
  if (single) {
    const doc = vBox(
      0,
      box(
        0,
        'This expression cannot be coerced to type',
        breakHint(1, 2),
        concat(wanted, ';'),
        space,
        'it has type',
        breakHint(1, 2),
        got,
      ),
      cut,
      'This simple coercion was not fully general.',
      space,
      "Consider using a fully explicit coercion of the form: `(foo : ty1 :> ty2)'.",
    )
    fail(e.region, renderMessage(doc))
  }
  const doc = box(0, 'Type', space, got, space, 'is not a subtype of', space, wanted)
  fail(e.region, renderMessage(doc))
}
