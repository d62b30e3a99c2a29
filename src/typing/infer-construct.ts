/** Applications of constructors, of variants and of polymorphic variants. */

import { fail } from '../base/diagnostic.ts'
import type * as ast from '../syntax/ast.ts'
import { type Context, type Expected, expecting, inferAny } from './context.ts'
import { resolveConstructor } from './disambiguate.ts'
import type { Env } from './env.ts'
import { expandHead } from './expand.ts'
import { arityMessage, notInlineField } from './infer-pattern.ts'
import { failPrivate, warnUselessWith } from './infer-record.ts'
import { type ConstructorInstance, instanceConstructor } from './instance.ts'
import { printLongName } from './lookup.ts'
import { box, renderMessage, space } from './pretty.ts'
import { printType } from './print-type.ts'
import { flattenRow } from './rows.ts'
import { rowFieldState } from './subst.ts'
import { unifyAt, unifyExpression } from './type-clash.ts'
import { newType, newVariable } from './type-graph.ts'
import type { Expression } from './typed-tree.ts'
import type { ConstructorDescription, RowField, Type } from './types.ts'

type Construct = Extract<ast.Expression, { kind: 'construct' }>

/** The arguments as written: a tuple is several when the constructor has several. */
function argumentsOf(e: Construct, arity: number): readonly ast.Expression[] {
  if (e.argument === undefined) return []
  return e.argument.kind === 'tuple' && arity > 1 ? e.argument.elements : [e.argument]
}

export function inferConstruct(cx: Context, env: Env, e: Construct, expected: Expected): Expression {
  const request = { name: e.path, role: 'expression', expected } as const
  const { description } = resolveConstructor(env, request)
  const given = argumentsOf(e, description.arity)
  if (given.length !== description.arity) {
    fail(e.region, arityMessage(printLongName(e.path), description.arity, given.length))
  }
  const types = instanceConstructor(description)
  unifyExpression(env, e, types.result, expected)
  const args = inferConstructorArguments(cx, env, description, given, types)
  if (description.private) checkPrivate(env, e, description, types.result)
  const base = { region: e.region, type: types.result, env, attributes: e.attributes }
  return { ...base, kind: 'construct', constructor: description, arguments: args }
}

function checkPrivate(env: Env, e: Construct, description: ConstructorDescription, type: Type): void {
  if (description.tag.kind !== 'extension') failPrivate(env, e.region, type)
  const text = `Cannot use private constructor ${description.name} to create values of type`
  fail(e.region, renderMessage(box(0, text, space, printType(env, type))))
}

function inferConstructorArguments(
  cx: Context,
  env: Env,
  description: ConstructorDescription,
  given: readonly ast.Expression[],
  types: ConstructorInstance,
): readonly Expression[] {
  if (description.inlined !== undefined) {
    return [inferInlinedRecord(cx, env, description, given[0] as ast.Expression, types)]
  }
  return given.map((argument, i) => {
    return cx.expressions.inferArgument(cx, env, argument, expecting(types.arguments[i] as Type))
  })
}

/** The record argument of `C { … }`: a record expression, or a variable that a pattern bound to one. */
function inferInlinedRecord(
  cx: Context,
  env: Env,
  description: ConstructorDescription,
  e: ast.Expression,
  types: ConstructorInstance,
): Expression {
  const type = types.arguments[0] as Type
  if (e.kind === 'ident') return cx.expressions.infer(cx, env, e, { type, inlineRecord: 'required' })
  if (e.kind !== 'record') fail(e.region, 'This constructor expects an inlined record argument.')
  const labels = description.inlined ?? []
  const base =
    e.base === undefined
      ? undefined
      : cx.expressions.infer(cx, env, e.base, { type, inlineRecord: 'allowed' })
  const values = new Map<number, Expression>()
  for (const field of e.fields) {
    const name = field.path.kind === 'apply' ? '' : field.path.name
    const index = labels.findIndex((label) => label.name === name)
    if (index < 0) {
      const text = notInlineField(env, name, type)
      fail(field.path.region, text)
    }
    if (values.has(index)) fail(e.region, `The record field label ${name} is defined several times`)
    values.set(
      index,
      cx.expressions.inferArgument(cx, env, field.value, expecting(types.labels[index] as Type)),
    )
  }
  const missing = labels.filter((_, i) => !values.has(i)).map((label) => label.name)
  if (base === undefined && missing.length > 0) {
    fail(e.region, `Some record fields are undefined: ${missing.join(' ')}`)
  }
  if (base !== undefined && missing.length === 0) warnUselessWith(cx, e.region)
  return {
    region: e.region,
    type,
    env,
    attributes: e.attributes,
    kind: 'record',
    labels,
    fields: labels.map((_, i) => values.get(i) ?? 'kept'),
    base,
  }
}

// ---------------------------------------------------------------------------------------------------------
// Polymorphic variants

/** The argument's type where the expected row already has the tag. */
function knownArgument(env: Env, e: ast.Expression & { kind: 'variant' }, expected: Type): Type | undefined {
  const { desc } = expandHead(env, expected)
  if (desc.kind !== 'variant' || e.argument === undefined) return undefined
  const field = flattenRow(desc.row).fields.get(e.tag)
  if (field === undefined) return undefined
  const state = rowFieldState(field)
  return state.kind === 'present' ? state.argument : undefined
}

export function inferVariant(
  cx: Context,
  env: Env,
  e: Extract<ast.Expression, { kind: 'variant' }>,
  expected: Expected,
): Expression {
  const known = knownArgument(env, e, expected.type)
  const argument = inferVariantArgument(cx, env, e.argument, known)
  const base = {
    region: e.region,
    env,
    attributes: e.attributes,
    kind: 'variant',
    tag: e.tag,
    argument,
  } as const
  if (known !== undefined) return { ...base, type: expected.type }
  const field: RowField = { state: { kind: 'present', argument: argument?.type } }
  const row = { fields: new Map([[e.tag, field]]), more: newVariable(), closed: false, fixed: false }
  const type = newType({ kind: 'variant', row })
  unifyAt(env, e.region, type, expected)
  return { ...base, type }
}

function inferVariantArgument(
  cx: Context,
  env: Env,
  argument: ast.Expression | undefined,
  known: Type | undefined,
): Expression | undefined {
  if (argument === undefined) return undefined
  if (known === undefined) return inferAny(cx, env, argument)
  return cx.expressions.inferArgument(cx, env, argument, expecting(known))
}
