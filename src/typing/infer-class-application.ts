/**
 * Arguments of a class. The type of a class shows its parameters, so unlike with functions of expressions nothing is found
 * out by unification.
 */

import { fail } from '../base/diagnostic.ts'
import type * as ast from '../syntax/ast.ts'
import { type Context, expecting, warn } from './context.ts'
import type { Env } from './env.ts'
import { noneExpression, someExpression } from './options.ts'
import { box, renderMessage, space } from './pretty.ts'
import { arrowLabelOf } from './translate-type.ts'
import type { ClassExpression, Expression } from './typed-tree.ts'
import { type ArrowLabel, type ClassType, repr, type Type } from './types.ts'

interface Argument {
  readonly label: ArrowLabel
  readonly expression: ast.Expression
}

type Arrow = Extract<ClassType, { kind: 'arrow' }>

export interface ClassApplication {
  readonly arguments: { readonly label: ArrowLabel; readonly expression: Expression | undefined }[]
  readonly type: ClassType
}

const isOptional = (label: ArrowLabel): boolean => label.startsWith('?')
const nameOf = (label: ArrowLabel): string => (label === '' ? '' : label.slice(1))

export function applyClass(
  cx: Context,
  env: Env,
  applied: ClassExpression,
  e: Extract<ast.ClassExpression, { kind: 'apply' }>,
): ClassApplication {
  let left: readonly Argument[] = e.arguments.map(({ label, expression }) => ({
    label: arrowLabelOf(label),
    expression,
  }))
  const inOrder = ignoresLabels(cx, applied, left)
  const placed: ClassApplication['arguments'] = []
  const omitted: Arrow[] = []
  let { type } = applied
  while (type.kind === 'arrow' && left.length > 0) {
    const { argument, rest } = takeArgument(type, left, inOrder)
    left = rest
    const isLeftOut =
      argument === undefined && isOptional(type.label) && left.some(({ label }) => label === '')
    placed.push({ label: type.label, expression: argumentOf(cx, env, type, argument, isLeftOut, applied) })
    if (argument === undefined && !isLeftOut) omitted.push(type)
    type = type.result
  }
  const [extra] = left
  if (extra !== undefined) failExtra(applied, extra, omitted.length > 0)
  const result = omitted.reduceRight<ClassType>((inner, arrow) => ({ ...arrow, result: inner }), type)
  return { arguments: placed, type: result }
}

/** As with functions, a full application may leave all labels out. */
function ignoresLabels(cx: Context, { type, region }: ClassExpression, args: readonly Argument[]): boolean {
  const required: ArrowLabel[] = []
  for (let t = type; t.kind === 'arrow'; t = t.result) if (!isOptional(t.label)) required.push(t.label)
  const named = required.filter((label) => label !== '').map(nameOf)
  if (required.length !== args.length || named.length === 0 || args.some(({ label }) => label !== ''))
    return false
  const message =
    named.length === 1
      ? `label ${named[0]} was omitted in the application of this function.`
      : `labels ${named.join(', ')} were omitted in the application of this function.`
  warn(cx, region, 6, 'labels-omitted', message)
  return true
}

interface Taken {
  readonly argument: Argument | undefined
  readonly rest: readonly Argument[]
}

function takeArgument(arrow: Arrow, args: readonly Argument[], inOrder: boolean): Taken {
  const index =
    inOrder && !isOptional(arrow.label)
      ? 0
      : args.findIndex((each) => nameOf(each.label) === nameOf(arrow.label))
  return { argument: args[index], rest: args.filter((_, i) => i !== index) }
}

function argumentOf(
  cx: Context,
  env: Env,
  arrow: Arrow,
  argument: Argument | undefined,
  isLeftOut: boolean,
  { region }: ClassExpression,
): Expression | undefined {
  const { label, parameter } = arrow
  if (argument === undefined) return isLeftOut ? noneExpression(env, parameter, region) : undefined
  const infer = (type: Type) => cx.expressions.inferArgument(cx, env, argument.expression, expecting(type))
  if (!isOptional(label) || isOptional(argument.label)) return infer(parameter)
  const { desc } = repr(parameter)
  const inner = desc.kind === 'constructor' ? (desc.arguments[0] as Type) : parameter
  return someExpression(env, infer(inner), parameter)
}

/** With parameters left open, it is the label that does not fit. */
function failExtra({ region }: ClassExpression, { label, expression }: Argument, leavesOpen: boolean): never {
  if (!leavesOpen) {
    const doc = box(0, 'This class expression is not a class function, it cannot be applied')
    fail(region, renderMessage(doc))
  }
  const mark = label === '' ? 'without label' : `with label ${label}`
  fail(expression.region, renderMessage(box(0, 'This argument cannot be applied', space, mark)))
}
