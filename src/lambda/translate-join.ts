/**
 * Join definitions: functions for channels, which need no automaton when every message is answered at once.
 *
 *     def f(p) = P                let rec f v = match v with p -> P
 *     def c(p) & d(q) = P or …    an automaton: translate-automaton.ts, or translate-search.ts where patterns or guards choose messages
 *
 * A channel is a closure: a synchronous one is what its type says, an asynchronous one returns ().
 */

import { fail } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import type { Automaton, Channel, JoinDefinition, JoinForm, Reaction } from '../typing/typed-join.ts'
import type { Expression } from '../typing/typed-tree.ts'
import { freshBinder, freshLabel, functionTerm, letsIn, sequence, unit, variable } from './build.ts'
import type { Context } from './context.ts'
import type { Binder, Lambda } from './lambda.ts'
import { layoutOf } from './layout.ts'
import { isIrrefutable } from './pattern.ts'
import { automatonFunctions, type FunctionBinding, newState } from './translate-automaton.ts'
import { translatePattern } from './translate-pattern.ts'
import { inChannel, matched, scheduled, spawned, translateProcess } from './translate-process.ts'
import { defineReactions, searchingAutomaton, searchingChannel } from './translate-search.ts'

type Of<Kind extends JoinForm['kind']> = Expression & { readonly kind: Kind }

export function translateJoin(e: Of<JoinForm['kind']>, context: Context): Lambda {
  switch (e.kind) {
    case 'spawn':
      return spawned(e.process, context)
    case 'def':
      return bindDefinition(e.definition, context, context.expression(e.body, context))
    case 'location':
      return failLocation(e.region)
    default:
      return translateProcess(e, context)
  }
}

export function failLocation(region: Region): never {
  return fail(region, 'Locations are not there yet: they come with the distributed join calculus')
}

/** The channels of a definition around `body`, which is an expression, a process, or the rest of a structure. */
export function bindDefinition({ automata }: JoinDefinition, context: Context, body: Lambda): Lambda {
  const direct = automata.filter(isDirect)
  const withState = automata
    .filter((a) => !isDirect(a))
    .map((automaton) => ({ automaton, state: freshBinder('automaton', 'pointer') }))
  const searching = withState.filter(({ automaton }) => !isPlain(automaton))
  const plain = withState.filter(({ automaton }) => isPlain(automaton))
  const before = [
    ...plain.map(({ automaton, state }) => [state, newState(automaton)] as const),
    ...searching.map(({ automaton, state }) => [state, searchingAutomaton(automaton, context)] as const),
    ...searching.flatMap(({ automaton, state }) =>
      automaton.channels.map(
        (channel, i) => [binderOf(channel), searchingChannel(channel, i, state, context)] as const,
      ),
    ),
  ]
  const functions = [
    ...plain.flatMap(({ automaton, state }) => automatonFunctions(automaton, state, context)),
    ...direct.map((automaton) => directChannel(automaton, context)),
  ]
  const rest = searching.reduceRight(
    (after, { automaton, state }) => sequence(defineReactions(automaton, state, context), after),
    body,
  )
  return letsIn(before, functions.length === 0 ? rest : { kind: 'letrec', bindings: functions, body: rest })
}

const binderOf = ({ ident }: Channel): Binder => ({ ident, layout: 'pointer' })

/** Any messages go together. */
function isPlain({ reactions }: Automaton): boolean {
  return reactions.every(
    ({ guard, patterns }) =>
      guard === undefined && patterns.every(({ pattern }) => isIrrefutable(translatePattern(pattern, true))),
  )
}

/** Every message is answered when it comes. */
function isDirect({ channels, reactions }: Automaton): boolean {
  const [reaction] = reactions
  if (channels.length !== 1 || reactions.length !== 1 || reaction === undefined) return false
  return reaction.guard === undefined && reaction.patterns.length === 1
}

function directChannel({ channels, reactions }: Automaton, context: Context): FunctionBinding {
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
