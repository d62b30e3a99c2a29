/**
 * Processes: the forms that are found in process positions only, and what is no process.
 *
 * `expected.process` says that an expression stands in a process position. The forms whose value is that of a part pass
 * it on with the rest of what they expect, so `let`, `match` and the like need nothing here.
 */

import { fail } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import type * as ast from '../syntax/ast.ts'
import { type Context, type Expected, expecting, inferAny, type ProcessScope } from './context.ts'
import { type Env, findByName } from './env.ts'
import { expandHead } from './expand.ts'
import { inferDefinition } from './infer-definition.ts'
import { instance } from './instance.ts'
import { asynchronousOf, predefinedType, unitType } from './predef.ts'
import { box, concat, cut, type Doc, renderMessage, space, vBox } from './pretty.ts'
import { printType } from './print-type.ts'
import { unifyAt, unifyExpression } from './type-clash.ts'
import { newVariable } from './type-graph.ts'
import type { Expression } from './typed-tree.ts'
import { genericLevel, repr, type Type } from './types.ts'
import { unify } from './unify.ts'
import { occursIn } from './variance.ts'

type Form<Kind extends ast.Expression['kind']> = Extract<ast.Expression, { kind: Kind }>

interface InProcess extends Expected {
  readonly process: ProcessScope
}

const base = (env: Env, e: ast.Expression) => ({
  region: e.region,
  type: unitType,
  env,
  attributes: e.attributes,
})

/** A form that does not pass on what is expected of it. */
export function inferProcess(cx: Context, env: Env, e: ast.Expression, expected: InProcess): Expression {
  switch (e.kind) {
    case 'nothing':
      return { ...base(env, e), kind: 'nothing' }
    case 'parallel': {
      const processes = e.processes.map((each) => cx.expressions.infer(cx, env, each, expected))
      return { ...base(env, e), kind: 'parallel', processes }
    }
    case 'reply':
      return inferReply(cx, env, e, expected.process)
    case 'apply':
      return inferMessage(cx, env, e)
    case 'assert':
      return inferFailedAssertion(cx, env, e)
    default:
      return failNoProcess(e)
  }
}

// ---------------------------------------------------------------------------------------------------------
// Messages

/** `c e`; the channel is all but the last argument. */
function inferMessage(cx: Context, env: Env, e: Form<'apply'>): Expression {
  const last = e.arguments[e.arguments.length - 1] as ast.Argument
  if (last.label.kind !== 'none') fail(last.expression.region, 'A message has no labels')
  const before = e.arguments.slice(0, -1)
  const target: ast.Expression =
    before.length === 0
      ? e.function
      : {
          ...e,
          arguments: before,
          region: { ...e.region, end: (before[before.length - 1] as ast.Argument).expression.region.end },
        }
  const channel = inferAny(cx, env, target)
  if (neverReturns(channel, e.arguments.length)) return inferFailure(cx, env, e, channel, last)
  const argumentType = argumentOf(env, e, channel)
  const argument = cx.expressions.inferArgument(cx, env, last.expression, expecting(argumentType))
  return { ...base(env, e), kind: 'message', channel, argument }
}

/** What an asynchronous channel takes. */
function argumentOf(env: Env, e: ast.Expression, { type, region }: Expression): Type {
  const head = expandHead(env, type)
  if (head.desc.kind === 'variable') {
    const argument = newVariable()
    unify(env, head, asynchronousOf(argument))
    return argument
  }
  if (head.desc.kind === 'constructor' && predefinedType(head.desc.path) === '<<>>') {
    return head.desc.arguments[0] as Type
  }
  if (head.desc.kind === 'arrow') return failCall(e, head.desc.synchronous === true)
  return failNoChannel(env, region, head)
}

// ---------------------------------------------------------------------------------------------------------
// Failures

/** Whether it is a function, with all its arguments but the last, whose result is of any type: it can only raise, or run for ever. */
function neverReturns(function_: Expression, count: number): boolean {
  const head = function_.kind === 'apply' ? function_.function : function_
  if (head.kind !== 'ident') return false
  const parameters: Type[] = []
  let result = repr(head.value.type)
  while (result.desc.kind === 'arrow' && parameters.length < count) {
    parameters.push(result.desc.parameter)
    result = repr(result.desc.result)
  }
  const isAny = result.desc.kind === 'variable' && result.level === genericLevel
  return isAny && parameters.length === count && !parameters.some((p) => occursIn(result, p))
}

/** `raise e`, where `raise` has been inferred. */
function inferFailure(
  cx: Context,
  env: Env,
  e: Form<'apply'>,
  function_: Expression,
  { expression: argument }: ast.Argument,
): Expression {
  const { desc } = expandHead(env, function_.type)
  if (desc.kind !== 'arrow' || desc.label !== '') return failCall(e, false)
  const given = cx.expressions.inferArgument(cx, env, argument, expecting(desc.parameter))
  const args = [{ label: desc.label, expression: given }]
  return failure(env, e, {
    ...base(env, e),
    type: desc.result,
    kind: 'apply',
    function: function_,
    arguments: args,
  })
}

function inferFailedAssertion(cx: Context, env: Env, e: Form<'assert'>): Expression {
  const assertion = inferAny(cx, env, e)
  return assertion.kind === 'assert-false' ? failure(env, e, assertion) : failNoProcess(e)
}

function failure(env: Env, e: ast.Expression, expression: Expression): Expression {
  return { ...base(env, e), kind: 'failure', expression }
}

function failCall(e: ast.Expression, isSynchronous: boolean): never {
  const what = isSynchronous ? 'a call of a synchronous channel' : 'the application of a function'
  fail(e.region, `This is ${what}, not a process`, afterwards)
}

const afterwards =
  "put a semicolon and what comes then behind it: `e; P', or `e; 0' when nothing does (e has type unit)"

function failNoChannel(env: Env, region: Region, type: Type): never {
  const doc: Doc = vBox(
    0,
    box(2, 'This expression has type', space, printType(env, type)),
    concat(cut, 'This is not a channel; no message can be sent to it.'),
  )
  fail(region, renderMessage(doc))
}

export function failNoProcess(e: ast.Expression): never {
  switch (e.kind) {
    case 'try':
    case 'while':
      return fail(e.region, `\`${e.kind}' makes an expression, not a process`, afterwards)
    case 'spawn':
      return fail(
        e.region,
        "`spawn' makes an expression, not a process",
        "leave out `spawn': processes are started anyway, parallel ones between `|' or `&'",
      )
    case 'function':
      return fail(e.region, 'This is a function, not a process')
    default:
      return fail(e.region, 'This is an expression, not a process', afterwards)
  }
}

// ---------------------------------------------------------------------------------------------------------
// Replies

function inferReply(cx: Context, env: Env, e: Form<'reply'>, process: ProcessScope): Expression {
  const channel = process.channelOf(e)
  if (channel?.result === undefined) return failReply(e, process)
  const expected = expecting(channel.result, `a reply to ${channel.ident.name}`)
  if (e.value === undefined) unifyAt(env, e.region, unitType, expected)
  const value = e.value && cx.expressions.inferArgument(cx, env, e.value, expected)
  return { ...base(env, e), kind: 'reply', channel: channel.ident, value }
}

function failReply({ region }: Form<'reply'>, { closedBy }: ProcessScope): never {
  if (closedBy === 'for') {
    fail(region, 'No reply can be made in a loop', 'a call has one reply: make it before or after the loop')
  }
  fail(
    region,
    'No reply can be made in a spawned process',
    'reply in the process of the reaction itself, next to the others',
  )
}

/** A part of a process from which no reply is made. */
export const withoutReplies = (closedBy: 'spawn' | 'for'): ProcessScope => ({
  channelOf: () => undefined,
  closedBy,
})

// ---------------------------------------------------------------------------------------------------------
// Processes in expressions

/** `spawn P`. Where a value is called `spawn`, and there are no braces, that is applied. */
export function inferSpawn(cx: Context, env: Env, e: Form<'spawn'>, expected: Expected): Expression {
  const application = e.braced || findByName(env.values, 'spawn') === undefined ? undefined : applied(e)
  if (application !== undefined) return cx.expressions.infer(cx, env, application, expected)
  const type = instance(unitType)
  unifyExpression(env, e, type, expected)
  const process = cx.expressions.infer(cx, env, e.process, {
    type: unitType,
    process: withoutReplies('spawn'),
  })
  return { ...base(env, e), type, kind: 'spawn', process }
}

/** `spawn f x y` as the application that it is written like. */
function applied({ process, region, attributes }: Form<'spawn'>): ast.Expression | undefined {
  if (isProcessOnly(process)) return undefined
  const start = { ...region, end: region.start + 'spawn'.length }
  const name: ast.Expression = {
    kind: 'ident',
    path: { kind: 'ident', name: 'spawn', region: start },
    region: start,
    attributes: [],
  }
  const first = process.kind === 'apply' ? process.function : process
  const rest = process.kind === 'apply' ? process.arguments : []
  const args = [{ label: { kind: 'none' } as const, expression: first }, ...rest]
  return { kind: 'apply', function: name, arguments: args, region, attributes }
}

const isProcessOnly = ({ kind }: ast.Expression): boolean =>
  kind === 'parallel' || kind === 'nothing' || kind === 'reply'

/** `def … in`: what follows is an expression or a process as the whole is. */
export function inferDef(cx: Context, env: Env, e: Form<'def'>, expected: Expected): Expression {
  const { definition, env: inner } = inferDefinition(cx, env, e.definition, 'expression')
  const body = cx.expressions.infer(cx, inner, e.body, expected)
  return { ...base(env, e), type: body.type, kind: 'def', definition, body }
}

/** The forms of processes where an expression is expected: most often, before a semicolon. */
export function failProcess(e: ast.Expression): never {
  const hint =
    "what stands before `;' is an expression; a branch that has a `;' needs braces, as in `else { e; P }'"
  if (e.kind === 'reply') fail(e.region, 'This reply stands where an expression is expected', hint)
  fail(e.region, 'This process stands where an expression is expected', hint)
}
