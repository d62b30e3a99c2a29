/**
 * Definitions of channels: the types of all channels first, then patterns, guards and processes, then generalisation.
 *
 * No value restriction applies to a definition, but what a message on one channel brings must be what the process that
 * takes it together with a message on another one expects. So in each reaction, type variables that occur in the types
 * of two of its channels are not generalised (Fournet, Laneve, Maranget, Rémy, "Implicit typing à la ML for the
 * join-calculus", CONCUR 1997).
 */

import type * as ast from '../syntax/ast.ts'
import type * as syntax from '../syntax/join-nodes.ts'
import { closeVariants } from './close-variants.ts'
import { type Context, expecting, type ProcessScope } from './context.ts'
import { addValue, type Env } from './env.ts'
import { checkPatterns } from './exhaustiveness.ts'
import { generalise, keepMonomorphic } from './generalise.ts'
import { freshIdent } from './ident.ts'
import { inferPattern, withUnpackedModules } from './infer-pattern.ts'
import {
  addPatternVariables,
  expectVariables,
  newPatternScope,
  type PatternVariable,
} from './pattern-scope.ts'
import { asynchronousOf, boolType, unitType } from './predef.ts'
import { checkReplies } from './replies.ts'
import { findReplyTargets, type ReplyTargets } from './reply-targets.ts'
import { componentsOfDesc } from './subst.ts'
import { currentLevel, inNewLevel, newVariable, synchronousType } from './type-graph.ts'
import type { Automaton, Channel, JoinDefinition, Reaction } from './typed-join.ts'
import type { Expression, Pattern } from './typed-tree.ts'
import { repr, type Type } from './types.ts'
import { unused } from './usage.ts'

export interface InferredDefinition {
  readonly definition: JoinDefinition
  /** With the channels. */
  readonly env: Env
}

export type DefinitionPlace = 'toplevel' | 'expression'

export function inferDefinition(
  cx: Context,
  env: Env,
  definition: syntax.JoinDefinition,
  place: DefinitionPlace,
): InferredDefinition {
  const found = findReplyTargets(definition)
  const { automata, inner } = inNewLevel(() => {
    const declared = definition.automata.map((automaton) => declareChannels(automaton, found))
    const withChannels = declared.flat().reduce((e, channel) => addChannel(e, channel, place), env)
    const patterns = definition.automata.map((automaton, i) =>
      inferPatterns(cx, withChannels, automaton, declared[i] as readonly Declared[]),
    )
    const channels = declared.map((each, i) => finishChannels(cx, withChannels, each, patterns[i] ?? []))
    const inferred = definition.automata.map(({ region }, i): Automaton => {
      const own = channels[i] as readonly Channel[]
      const reactions = (patterns[i] ?? []).map((each) => inferReaction(cx, withChannels, each, own, found))
      return { channels: own, reactions, region }
    })
    return { automata: inferred, inner: withChannels }
  })
  generaliseChannels(env, automata)
  return { definition: { automata, region: definition.region }, env: inner }
}

// ---------------------------------------------------------------------------------------------------------
// Channels

type Declared = Omit<Channel, 'exhaustive'>

function declareChannels(
  { reactions }: syntax.Automaton,
  { synchronous }: ReplyTargets,
): readonly Declared[] {
  const names = new Map<string, ast.Name>()
  for (const { name } of reactions.flatMap(({ channels }) => channels)) {
    if (!names.has(name.text)) names.set(name.text, name)
  }
  return [...names.values()].map((name) => declareChannel(name, synchronous.has(name.text)))
}

function declareChannel({ text, region }: ast.Name, isSynchronous: boolean): Declared {
  const ident = freshIdent(text)
  const argument = newVariable()
  if (!isSynchronous) {
    return { ident, type: asynchronousOf(argument), argument, result: undefined, region }
  }
  const result = newVariable()
  return { ident, type: synchronousType(argument, result), argument, result, region }
}

function addChannel(env: Env, { ident, type, region }: Declared, place: DefinitionPlace): Env {
  const complaint = () =>
    place === 'toplevel' ? unused(32, `value ${ident.name}`) : unused(26, `variable ${ident.name}`)
  env.store.usages.expect(region, ident.name, complaint)
  return addValue(env, ident, { type, kind: { kind: 'regular' }, region, attributes: [] })
}

/** Says which messages no reaction takes. A guard only makes a message wait. */
function finishChannels(
  cx: Context,
  env: Env,
  declared: readonly Declared[],
  reactions: readonly BoundReaction[],
): readonly Channel[] {
  const all = reactions.flatMap(({ patterns }) => patterns)
  return declared.map((channel) => {
    const patterns = all.filter((each) => each.channel.ident === channel.ident).map(({ pattern }) => pattern)
    closeVariants(env, patterns)
    const { region, argument: type } = channel
    return { ...channel, exhaustive: checkPatterns(cx, patterns, { region, env, type }) }
  })
}

// ---------------------------------------------------------------------------------------------------------
// Reactions

interface BoundReaction {
  readonly reaction: syntax.Reaction
  readonly patterns: readonly { readonly channel: Declared; readonly pattern: Pattern }[]
  readonly variables: readonly PatternVariable[]
}

function inferPatterns(
  cx: Context,
  env: Env,
  { reactions }: syntax.Automaton,
  declared: readonly Declared[],
): readonly BoundReaction[] {
  return reactions.map((reaction) => {
    const scope = newPatternScope(cx, env, currentLevel(), 'join patterns')
    const patterns = reaction.channels.map(({ name, argument }) => {
      const channel = declared.find(({ ident }) => ident.name === name.text) as Declared
      return { channel, pattern: inferPattern(scope, argument, channel.argument) }
    })
    return { reaction, patterns, variables: [...scope.variables.values()] }
  })
}

function inferReaction(
  cx: Context,
  env: Env,
  { reaction, patterns, variables }: BoundReaction,
  channels: readonly Channel[],
  { targets }: ReplyTargets,
): Reaction {
  const taken = patterns.map(({ channel, pattern }) => ({
    channel: channelNamed(channels, channel.ident.name),
    pattern,
  }))
  const process: ProcessScope = {
    channelOf: (reply) => taken.find(({ channel }) => channel.ident.name === targets.get(reply))?.channel,
  }
  expectVariables(env.store, variables)
  const inner = addPatternVariables(env, variables)
  const parts = withUnpackedModules(cx, inner, variables, (innermost) => ({
    guard: reaction.guard && inferGuard(cx, innermost, reaction.guard),
    body: cx.expressions.infer(cx, innermost, reaction.body, { type: unitType, process }),
  }))
  checkReplies(
    parts.body,
    taken.map(({ channel }) => channel),
  )
  return { patterns: taken, ...parts, region: reaction.region }
}

const inferGuard = (cx: Context, env: Env, guard: ast.Expression): Expression =>
  cx.expressions.infer(cx, env, guard, expecting(boolType, 'a when-guard'))

const channelNamed = (channels: readonly Channel[], name: string): Channel =>
  channels.find(({ ident }) => ident.name === name) as Channel

// ---------------------------------------------------------------------------------------------------------
// Generalisation

/** At the level around the definition. */
function generaliseChannels(env: Env, automata: readonly Automaton[]): void {
  for (const { patterns } of automata.flatMap(({ reactions }) => reactions)) {
    const seen = new Set<Type>()
    for (const { channel } of patterns) {
      const variables = freeVariables(channel.type)
      for (const variable of variables) {
        if (seen.has(variable)) keepMonomorphic(env, variable)
        else seen.add(variable)
      }
    }
  }
  for (const { type } of automata.flatMap(({ channels }) => channels)) generalise(type)
}

/** The unknowns that belong to the definition. */
function freeVariables(type: Type): ReadonlySet<Type> {
  const found = new Set<Type>()
  const seen = new Set<Type>()
  const visit = (each: Type): void => {
    const t = repr(each)
    if (t.level <= currentLevel() || seen.has(t)) return
    seen.add(t)
    if (t.desc.kind === 'variable') found.add(t)
    componentsOfDesc(t.desc).forEach(visit)
  }
  visit(type)
  return found
}
