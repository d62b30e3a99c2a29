/** `(e :> t)` and `(e : t1 :> t2)`. */

import { fail } from '../base/diagnostic.ts'
import type * as ast from '../syntax/ast.ts'
import { type Context, type Expected, expecting, inferAny } from './context.ts'
import { enlarge } from './enlarge.ts'
import type { Env } from './env.ts'
import { expandHead } from './expand.ts'
import {
  box,
  breakHint,
  concat,
  cut,
  type Doc,
  hovBox,
  renderMessage,
  separated,
  space,
  vBox,
} from './pretty.ts'
import { failMismatch } from './print-mismatch.ts'
import { printType, printTypes } from './print-type.ts'
import { flattenRow, isStaticRow, rowArguments } from './rows.ts'
import { componentsOfDesc } from './subst.ts'
import { isSubtype } from './subtype.ts'
import { translateType } from './translate-type.ts'
import { unifyAt } from './type-clash.ts'
import type { Expression } from './typed-tree.ts'
import { repr, type Type } from './types.ts'
import { tryUnify, unify } from './unify.ts'

type Coerce = Extract<ast.Expression, { kind: 'coerce' }>

export function inferCoercion(cx: Context, env: Env, e: Coerce, expected: Expected): Expression {
  const to = translate(cx, env, e.to)
  const inner = e.from === undefined ? coerceInferred(cx, env, e, to) : coerceFrom(cx, env, e, e.from, to)
  unifyAt(env, e.region, to, expected)
  return { ...inner, type: to, region: e.region }
}

const translate = (cx: Context, env: Env, type: ast.TypeExpression): Type =>
  translateType({ env, variables: cx.variables, policy: 'open' }, type)

function coerceFrom(cx: Context, env: Env, e: Coerce, from: ast.TypeExpression, to: Type): Expression {
  const type = translate(cx, env, from)
  const inner = cx.expressions.inferArgument(cx, env, e.expression, expecting(type))
  if (!isSubtype(env, type, to)) failNotSubtype(env, e, type, to)
  return inner
}

/** Without a source type: the least that a value must be so that it can become a `to`. */
function coerceInferred(cx: Context, env: Env, e: Coerce, to: Type): Expression {
  const inner = inferAny(cx, env, e.expression)
  const wide = enlarge(env, to)
  if (hasVariables(inner.type) || hasVariables(to)) {
    unifyWide(env, e, inner.type, wide, to)
  } else if (!tryUnify(env, inner.type, wide) && !isSubtype(env, inner.type, to)) {
    failNotSubtype(env, e, inner.type, to)
  }
  return inner
}

function unifyWide(env: Env, e: Coerce, got: Type, wide: Type, to: Type): void {
  try {
    unify(env, got, wide)
  } catch (error) {
    failCoercion(env, e, error, to)
  }
}

function hasVariables(type: Type): boolean {
  const seen = new Set<Type>()
  const visit = (each: Type): boolean => {
    const t = repr(each)
    if (seen.has(t)) return false
    seen.add(t)
    if (t.desc.kind === 'variable') return true
    if (t.desc.kind === 'variant' && isStaticRow(flattenRow(t.desc.row))) {
      return rowArguments(flattenRow(t.desc.row)).some(visit)
    }
    return componentsOfDesc(t.desc).some(visit)
  }
  return visit(type)
}

function failCoercion(env: Env, e: Coerce, error: unknown, to: Type): never {
  const got = concat('This expression cannot be coerced to type', breakHint(1, 2), printType(env, to), ';')
  failMismatch(env, e.expression.region, error, {
    got: concat(got, space, 'it has type'),
    expected: 'but is here used with type',
  })
}

function failNotSubtype(env: Env, e: Coerce, from: Type, to: Type): never {
  const [got, wanted] = printTypes(env, [from, to]) as [Doc, Doc]
  const tags = missingTags(env, from, to)
  const list = separated(
    concat(',', space),
    tags.map((tag) => `\`${tag}`),
  )
  const why = concat(cut, box(0, 'The second variant type does not allow tag(s)', space, hovBox(0, list)))
  const doc = vBox(
    0,
    box(0, 'Type', space, got, space, 'is not a subtype of', space, wanted),
    tags.length === 0 ? '' : why,
  )
  fail(e.region, renderMessage(doc))
}

/** The tags of `from` that `to` does not have. */
function missingTags(env: Env, from: Type, to: Type): readonly string[] {
  const small = expandHead(env, from).desc
  const large = expandHead(env, to).desc
  if (small.kind !== 'variant' || large.kind !== 'variant') return []
  const known = flattenRow(large.row).fields
  return [...flattenRow(small.row).fields.keys()].filter((tag) => !known.has(tag)).sort()
}
