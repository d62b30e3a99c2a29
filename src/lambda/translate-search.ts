/**
 * Automata that have to look which messages go together, because of patterns that do not match everything or of guards: the runtime
 * does that.
 *
 *     def c(p) & d(q) when g = P or …
 *     let a = automaton [c; d] in let c v = call a 0 v and d v = send a 1 v in …; define a [(c, d, g, fun messages -> P); …]
 *
 * A message is sorted by which of the patterns of its channel match it (`classify`), once, by its sender.
 */

import { fail } from '../base/diagnostic.ts'
import type { Automaton, Channel, Reaction } from '../typing/typed-join.ts'
import {
  block,
  field,
  freshBinder,
  freshLabel,
  functionTerm,
  int,
  letsIn,
  primitive,
  string,
  structured,
  variable,
} from './build.ts'
import { type Context, inExpression, memberName, placeConstant } from './context.ts'
import { callJoinRuntime, messageField } from './join-runtime.ts'
import type { Binder, Lambda } from './lambda.ts'
import { layoutOf } from './layout.ts'
import { isIrrefutable } from './pattern.ts'
import { matchPattern } from './translate-match.ts'
import { translatePattern } from './translate-pattern.ts'
import { inChannel, matched, reactionBody } from './translate-process.ts'
import { copyTerm } from './traverse.ts'

const none: Lambda = int(0)
const some = (value: Lambda): Lambda => block(0, false, [value])

export function searchingAutomaton({ channels, reactions, region }: Automaton, context: Context): Lambda {
  const descriptions = channels.map((channel) => {
    const patterns = patternsOf(reactions, channel)
    if (patterns.length > 62)
      fail(channel.region, `The channel ${channel.ident.name} has more than 62 patterns.`)
    const all = 2 ** patterns.length - 1
    const isPlain = patterns.every(({ pattern }) => isIrrefutable(translatePattern(pattern, true)))
    const classify = isPlain ? none : some(classifier(channel, patterns, context))
    return block(0, false, [string(channel.ident.name), classify, int(all)])
  })
  return callJoinRuntime('automaton', [block(0, false, descriptions)], region)
}

/** The patterns of a channel, whose numbers are their places here. */
const patternsOf = (reactions: Automaton['reactions'], channel: Channel): Reaction['patterns'] =>
  reactions.flatMap(({ patterns }) => patterns.filter((p) => p.channel === channel))

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
export function searchingChannel(channel: Channel, index: number, state: Binder, context: Context): Lambda {
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

/** Gives an automaton its reactions, once its channels are there. */
export function defineReactions(automaton: Automaton, state: Binder, context: Context): Lambda {
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
  return patternsOf(reactions, pattern.channel).indexOf(pattern)
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
