/**
 * Join definitions and processes.
 *
 *     def c(p) & d(q) = P or …    let a = automaton [c; d] in let c v = call a 0 v and d v = send a 1 v in
 *                                 define a [(c, d, fun messages -> match … with p, q -> P); …]; …
 *     def f(p) = P                let rec f v = match v with p -> P: every message is answered at once, nothing is ever queued
 *
 * A channel is a closure: a synchronous one is what its type says, an asynchronous one returns ().
 *
 * What a process does at once and what becomes a task of its own: sends and replies of values are done at once, in their order. Of the other branches of a
 * parallel composition the last one may go on where the composition stands (`Place`): any in a task, the one that has to reply to
 * the caller on whose thread this runs, none in a `spawn`, whose thread is somebody else's. All others are scheduled.
 *
 * An exception of a branch goes to the callers whose replies were due in it: each scheduled branch, and the whole body of a reaction,
 * is guarded for that.
 */

import { fail } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import type { Ident } from '../typing/ident.ts'
import type { Automaton, Channel, JoinDefinition, JoinForm, Reaction } from '../typing/typed-join.ts'
import type { Expression } from '../typing/typed-tree.ts'
import {
  block,
  field,
  freshBinder,
  freshLabel,
  functionTerm,
  int,
  letsIn,
  primitive,
  sequence,
  string,
  structured,
  unit,
  variable,
} from './build.ts'
import {
  type Context,
  inExpression,
  memberName,
  type Place,
  placeConstant,
  type ReplyTarget,
} from './context.ts'
import { callJoinRuntime, messageField } from './join-runtime.ts'
import type { Binder, Lambda } from './lambda.ts'
import { layoutOf } from './layout.ts'
import { isIrrefutable } from './pattern.ts'
import { branchesOf, isAtOnce, repliesOf } from './process-parts.ts'
import { applyExpression } from './translate-apply.ts'
import { matchPattern } from './translate-match.ts'
import { translatePattern } from './translate-pattern.ts'
import { copyTerm } from './traverse.ts'

type Of<Kind extends JoinForm['kind']> = Expression & { readonly kind: Kind }

const none: Lambda = int(0)
const some = (value: Lambda): Lambda => block(0, false, [value])

export function translateJoin(e: Of<JoinForm['kind']>, context: Context): Lambda {
  switch (e.kind) {
    case 'message':
      return applyExpression(e.channel, [context.expression(e.argument, context)], 'any', e, context)
    case 'parallel':
      return parallel(e, context)
    case 'nothing':
      return unit
    case 'reply':
      return reply(e, context)
    case 'spawn':
      return branch(e.process, { ...context, place: 'elsewhere', replies: new Map() })
    case 'def':
      return bindDefinition(e.definition, context, context.expression(e.body, context))
    case 'location':
      return failLocation(e.region)
  }
}

export function failLocation(region: Region): never {
  return fail(region, 'Locations are not there yet: they come with the distributed join calculus')
}

// ---------------------------------------------------------------------------------------------------------
// Processes

function reply({ channel, value, region }: Of<'reply'>, context: Context): Lambda {
  const result = value === undefined ? unit : context.expression(value, context)
  const target = context.replies.get(channel.stamp) as ReplyTarget
  if (target.kind === 'jump') return { kind: 'staticRaise', label: target.label, arguments: [result] }
  return callJoinRuntime('reply', [variable(target.continuation), result], region)
}

function parallel(e: Of<'parallel'>, context: Context): Lambda {
  const branches = branchesOf(e)
  const stays = staying(branches, context.place)
  const others = branches.filter((b) => b !== stays).map((b) => branch(b, { ...context, place: 'elsewhere' }))
  const last = stays === undefined ? [] : [branch(stays, context)]
  return [...others, ...last].reduceRight((rest, first) => sequence(first, rest))
}

/** The branch that goes on where the composition stands. */
function staying(branches: readonly Expression[], place: Place): Expression | undefined {
  if (place === 'elsewhere') return undefined
  if (place === 'task') return branches.findLast((b) => !isAtOnce(b))
  return branches.find((b) => repliesOf(b).has(place.replies.stamp))
}

/** A process that is done at once, goes on here, or becomes a task. */
function branch(process: Expression, context: Context): Lambda {
  if (isAtOnce(process) || context.place !== 'elsewhere') return context.expression(process, context)
  if (process.kind === 'parallel') return parallel(process as Of<'parallel'>, context)
  return scheduled(process, context)
}

function scheduled(process: Expression, context: Context): Lambda {
  const inner = { ...inExpression(context), place: 'task' as const }
  const body = guarded(context.expression(process, inner), repliesOf(process), context, process.region)
  return callJoinRuntime('schedule', [thunk(body, context, process.region)], process.region)
}

function thunk(body: Lambda, context: Context, region: Region): Lambda {
  const parameters = [freshBinder('unit', 'int')]
  return functionTerm({ parameters, body, layout: 'any', name: `${context.path}.(process)`, region })
}

/** An exception goes to those that are in wait for these replies. */
function guarded(
  body: Lambda,
  replies: ReadonlyMap<number, Ident>,
  context: Context,
  region: Region,
): Lambda {
  const continuations = [...replies.keys()].flatMap((stamp) => {
    const target = context.replies.get(stamp)
    return target?.kind === 'continuation' ? [variable(target.continuation)] : []
  })
  if (continuations.length === 0) return body
  const exception = freshBinder('exn', 'pointer')
  const handler = callJoinRuntime('fail', [block(0, false, continuations), variable(exception.ident)], region)
  return { kind: 'try', body, exception: exception.ident, handler, layout: 'int' }
}

// ---------------------------------------------------------------------------------------------------------
// Definitions

/** The channels of a definition around `body`, which is an expression, a process, or the rest of a structure. */
export function bindDefinition({ automata }: JoinDefinition, context: Context, body: Lambda): Lambda {
  const direct = automata.filter(isDirect)
  const queued = automata
    .filter((a) => !isDirect(a))
    .map((automaton) => ({ automaton, state: freshBinder('automaton', 'pointer') }))
  const states = queued.map(({ automaton, state }) => [state, newAutomaton(automaton, context)] as const)
  const channels = queued.flatMap(({ automaton, state }) =>
    automaton.channels.map((channel, i) => [binderOf(channel), sender(channel, i, state, context)] as const),
  )
  const rest = queued.reduceRight(
    (after, { automaton, state }) => sequence(define(automaton, state, context), after),
    body,
  )
  const bindings = direct.map((automaton) => directChannel(automaton, context))
  const withDirect: Lambda = bindings.length === 0 ? rest : { kind: 'letrec', bindings, body: rest }
  return letsIn([...states, ...channels], withDirect)
}

const binderOf = ({ ident }: Channel): Binder => ({ ident, layout: 'pointer' })

/** Every message is answered when it comes. */
function isDirect({ channels, reactions }: Automaton): boolean {
  const [reaction] = reactions
  if (channels.length !== 1 || reactions.length !== 1 || reaction === undefined) return false
  return reaction.guard === undefined && reaction.patterns.length === 1
}

function directChannel(
  { channels, reactions }: Automaton,
  context: Context,
): { binder: Binder; value: Lambda } {
  const [channel] = channels as readonly [Channel]
  const [reaction] = reactions as readonly [Reaction]
  const parameter = freshBinder(channel.ident.name, layoutOf(reaction.body.env, channel.argument))
  const inner = inChannel(context, channel)
  const body =
    channel.result === undefined
      ? matched(reaction, [parameter], scheduled(reaction.body, { ...inner, replies: new Map() }))
      : answered(channel, reaction, parameter, inner)
  const layout = 'any'
  const value = functionTerm({
    parameters: [parameter],
    body,
    layout,
    name: inner.path,
    region: reaction.region,
  })
  return { binder: binderOf(channel), value }
}

/** A function: the reply is its result. */
function answered(channel: Channel, reaction: Reaction, parameter: Binder, context: Context): Lambda {
  const label = freshLabel()
  const result = freshBinder('reply', 'any')
  const replies = new Map([[channel.ident.stamp, { kind: 'jump', label } as const]])
  const process = context.expression(reaction.body, {
    ...context,
    place: { replies: channel.ident },
    replies,
  })
  const body = matched(reaction, [parameter], sequence(process, unit))
  return {
    kind: 'staticCatch',
    label,
    parameters: [result],
    body,
    handler: variable(result.ident),
    layout: 'any',
  }
}

function inChannel(context: Context, { ident }: Channel): Context {
  return { ...inExpression(context), path: memberName(context.path, ident.name) }
}

/** Binds what the patterns of a reaction match. */
function matched({ patterns }: Reaction, subjects: readonly Binder[], body: Lambda): Lambda {
  return patterns.reduceRight(
    (rest, { pattern }, i) =>
      matchPattern(subjects[i] as Binder, { pattern, region: pattern.region, layout: 'any' }, rest),
    body,
  )
}

function newAutomaton({ channels, reactions, region }: Automaton, context: Context): Lambda {
  const descriptions = channels.map((channel) => {
    const patterns = reactions.flatMap((r) => r.patterns.filter((p) => p.channel === channel))
    if (patterns.length > 62)
      fail(channel.region, `The channel ${channel.ident.name} has more than 62 patterns.`)
    const all = 2 ** patterns.length - 1
    const isPlain = patterns.every(({ pattern }) => isIrrefutable(translatePattern(pattern, true)))
    const classify = isPlain ? none : some(classifier(channel, patterns, context))
    return block(0, false, [string(channel.ident.name), classify, int(all)])
  })
  return callJoinRuntime('automaton', [block(0, false, descriptions)], region)
}

/** Which patterns match, as bits. */
function classifier(channel: Channel, patterns: Reaction['patterns'], context: Context): Lambda {
  const [first] = patterns as readonly [Reaction['patterns'][number]]
  const value = freshBinder('message', layoutOf(first.pattern.env, channel.argument))
  const bits = patterns.map(({ pattern }, i) => {
    const label = freshLabel()
    const failure: Lambda = { kind: 'staticRaise', label, arguments: [] }
    const one = { pattern, region: pattern.region, layout: 'int', failure } as const
    const body = copyTerm(matchPattern(value, one, int(2 ** i)))
    return { kind: 'staticCatch', label, parameters: [], body, handler: int(0), layout: 'int' } as const
  })
  const body = bits.reduce<Lambda>((a, b) => primitive({ kind: 'intArithmetic', op: 'or' }, [a, b]), int(0))
  const name = `${inChannel(context, channel).path}.(patterns)`
  return functionTerm({ parameters: [value], body, layout: 'int', name, region: channel.region })
}

/** What a channel is: a function that sends to its automaton. */
function sender(channel: Channel, index: number, state: Binder, context: Context): Lambda {
  const value = freshBinder('message', 'any')
  const args = [
    variable(state.ident),
    int(index),
    structured(placeConstant(channel.region)),
    variable(value.ident),
  ]
  const body = callJoinRuntime(channel.result === undefined ? 'send' : 'call', args, channel.region)
  const { path: name } = inChannel(context, channel)
  return functionTerm({ parameters: [value], body, layout: 'any', name, region: channel.region })
}

function define(automaton: Automaton, state: Binder, context: Context): Lambda {
  const reactions = automaton.reactions.map((reaction) => description(automaton, reaction, context))
  return callJoinRuntime('define', [variable(state.ident), block(0, false, reactions)], automaton.region)
}

function description(automaton: Automaton, reaction: Reaction, context: Context): Lambda {
  const { patterns, guard } = reaction
  const numbers = patterns.map(({ channel }) => int(automaton.channels.indexOf(channel)))
  const bits = patterns.map((pattern) => int(2 ** bitOf(automaton, pattern)))
  const callers = patterns.filter(({ channel }) => channel.result !== undefined)
  const [caller] = callers
  const position = callers.length === 1 && caller !== undefined ? patterns.indexOf(caller) : -1
  const test =
    guard === undefined
      ? none
      : some(copyTerm(onMessages(reaction, context, (inner) => context.expression(guard, inner))))
  const body = onMessages(reaction, context, (inner, continuations) =>
    reactionBody(reaction, inner, continuations),
  )
  return block(0, false, [block(0, false, numbers), block(0, false, bits), test, int(position), body])
}

/** The number of a pattern among those of its channel. */
function bitOf({ reactions }: Automaton, pattern: Reaction['patterns'][number]): number {
  return reactions.flatMap((r) => r.patterns.filter((p) => p.channel === pattern.channel)).indexOf(pattern)
}

/** A function of the messages that a reaction has taken. */
function onMessages(
  reaction: Reaction,
  context: Context,
  make: (context: Context, continuations: readonly Binder[]) => Lambda,
): Lambda {
  const { patterns, region } = reaction
  const messages = freshBinder('messages', 'pointer')
  const message = (i: number): Lambda => field(i, variable(messages.ident), 'pointer')
  const values = patterns.map(({ channel, pattern }) =>
    freshBinder(channel.ident.name, layoutOf(pattern.env, channel.argument)),
  )
  const continuations = patterns.map(({ channel }) => freshBinder(`reply_${channel.ident.name}`, 'pointer'))
  const reads = patterns.flatMap(({ channel }, i) => {
    const value = values[i] as Binder
    const continuation = [
      continuations[i] as Binder,
      field(messageField.reply, message(i), 'pointer'),
    ] as const
    const content = [value, field(messageField.value, message(i), value.layout)] as const
    return channel.result === undefined ? [content] : [content, continuation]
  })
  const name = memberName(context.path, patterns.map(({ channel }) => channel.ident.name).join('&'))
  const inner = { ...inExpression(context), path: name }
  const body = letsIn(reads, matched(reaction, values, make(inner, continuations)))
  return functionTerm({ parameters: [messages], body, layout: 'any', name, region })
}

function reactionBody(
  { patterns, body }: Reaction,
  context: Context,
  continuations: readonly Binder[],
): Lambda {
  const callers = patterns.filter(({ channel }) => channel.result !== undefined)
  const [caller] = callers
  const replies = new Map(
    callers.map((p) => [
      p.channel.ident.stamp,
      { kind: 'continuation', continuation: (continuations[patterns.indexOf(p)] as Binder).ident } as const,
    ]),
  )
  const place: Place =
    caller === undefined ? 'task' : callers.length === 1 ? { replies: caller.channel.ident } : 'elsewhere'
  const inner = { ...context, replies, place }
  return guarded(branch(body, inner), repliesOf(body), inner, body.region)
}
