/** `(e :> t)` and `(e : t1 :> t2)`. */

import type * as ast from '../syntax/ast.ts'
import { type Context, type Expected, expecting, inferAny } from './context.ts'
import { type Enlarged, enlarge } from './enlarge.ts'
import type { Env } from './env.ts'
import { expandHead } from './expand.ts'
import { sameIdent } from './ident.ts'
import { box, breakHint, concat, type Doc, space } from './pretty.ts'
import { failMismatch, failSubtype } from './print-mismatch.ts'
import { printType, printTypes } from './print-type.ts'
import { flattenRow, isStaticRow, rowArguments } from './rows.ts'
import { componentsOfDesc } from './subst.ts'
import { subtype } from './subtype.ts'
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
  return { ...inner, type: to, annotation: e.region }
}

const translate = (cx: Context, env: Env, type: ast.TypeExpression): Type =>
  translateType({ env, variables: cx.variables, policy: 'open' }, type)

function coerceFrom(cx: Context, env: Env, e: Coerce, from: ast.TypeExpression, to: Type): Expression {
  const type = translate(cx, env, from)
  const inner = cx.expressions.inferArgument(cx, env, e.expression, expecting(type))
  requireSubtype(env, e, type, to)
  return inner
}

function requireSubtype(env: Env, e: Coerce, type: Type, to: Type): void {
  try {
    subtype(env, type, to)
  } catch (error) {
    failSubtype(env, e.region, error)
  }
}

/** Without a source type: the least that a value must be so that it can become a `to`. */
function coerceInferred(cx: Context, env: Env, e: Coerce, to: Type): Expression {
  const inner = inferAny(cx, env, e.expression)
  if (isOwnClass(cx, inner, to)) {
    cx.selfCoercions?.regions.push(e.region)
    return inner
  }
  if (hasVariables(inner.type) || hasVariables(to)) unifyWide(env, e, inner.type, enlarge(env, to), to)
  else if (!tryUnify(env, inner.type, enlarge(env, to).type)) requireSubtype(env, e, inner.type, to)
  return inner
}

/** `(self :> c)` in the definition of c is looked at when that is complete. */
function isOwnClass({ selfCoercions }: Context, inner: Expression, to: Type): boolean {
  if (selfCoercions === undefined || inner.kind !== 'ident' || inner.value.kind.kind !== 'self') return false
  const { desc } = repr(to)
  return (
    desc.kind === 'constructor' &&
    desc.path.kind === 'ident' &&
    sameIdent(desc.path.ident, selfCoercions.objectType)
  )
}

function unifyWide(env: Env, e: Coerce, got: Type, { type, partial }: Enlarged, to: Type): void {
  try {
    unify(env, got, type)
  } catch (error) {
    failCoercion(env, e, error, to, partial)
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

/** `partial`: the type that was tried is not the least that would do. */
function failCoercion(env: Env, e: Coerce, error: unknown, to: Type, partial: boolean): never {
  const expanded = expandHead(env, to)
  const shown = expanded === repr(to) ? [printType(env, to)] : printTypes(env, [to, expanded])
  const target =
    shown.length === 1 ? (shown[0] as Doc) : box(2, shown[0] as Doc, space, '=', space, shown[1] as Doc)
  const got = concat('This expression cannot be coerced to type', breakHint(1, 2), target, ';')
  const hint = 'This simple coercion was not fully general. Consider using a double coercion.'
  failMismatch(
    env,
    e.expression.region,
    error,
    { got: concat(got, space, 'it has type'), expected: 'but is here used with type' },
    partial ? { tail: hint } : {},
  )
}
