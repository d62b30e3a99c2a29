/**
 * Processes.
 *
 * What a process does at once and what becomes a task of its own: sends and replies of values are done at once, in their order. Of the other
 * branches of a parallel composition one may go on where the composition stands (`Place`): the last one in a task; the one that has to reply to the
 * caller on whose thread this runs; none in a `spawn`, whose thread is somebody else's. All others are scheduled.
 *
 * An exception of a branch goes to the callers whose replies were due in it: each scheduled branch, and the whole body of a reaction,
 * is guarded for that. `Context.replies` has those that are due in what is translated.
 */

import type { Region } from '../base/region.ts'
import type { Channel, ProcessForm, Reaction } from '../typing/typed-join.ts'
import type { Expression } from '../typing/typed-tree.ts'
import { block, freshBinder, functionTerm, sequence, unit, variable } from './build.ts'
import { type Context, inExpression, memberName, type Place, type ReplyTarget } from './context.ts'
import { callJoinRuntime } from './join-runtime.ts'
import type { Binder, Lambda } from './lambda.ts'
import { branchesOf, fails, isAtOnce, isProcess, repliesOf } from './process-parts.ts'
import { applyExpression } from './translate-apply.ts'
import { matchPattern } from './translate-match.ts'

type Of<Kind extends ProcessForm['kind']> = Expression & { readonly kind: Kind }

export function translateProcess(e: Of<ProcessForm['kind']>, context: Context): Lambda {
  switch (e.kind) {
    case 'message':
      return applyExpression(e.channel, [context.expression(e.argument, context)], 'any', e, context)
    case 'parallel':
      return parallel(e, context)
    case 'nothing':
      return unit
    case 'failure':
      return sequence(context.expression(e.expression, context), unit)
    case 'reply':
      return reply(e, context)
  }
}

/** What `spawn` takes: nothing of it keeps the thread. */
export function spawned(process: Expression, context: Context): Lambda {
  return branch(process, { ...context, place: 'elsewhere', replies: new Map() })
}

function reply({ channel, value, region }: Of<'reply'>, context: Context): Lambda {
  const result = value === undefined ? unit : context.expression(value, context)
  const target = context.replies.get(channel.stamp) as ReplyTarget
  if (target.kind === 'jump') return { kind: 'staticRaise', label: target.label, arguments: [result] }
  return callJoinRuntime('reply', [variable(target.continuation), result], region)
}

function parallel(e: Of<'parallel'>, context: Context): Lambda {
  const branches = sharesOf(branchesOf(e), context.replies)
  const stays = staying(branches, context.place)
  const others = branches
    .filter((b) => b !== stays)
    .map(({ process, replies }) => branch(process, { ...context, replies, place: 'elsewhere' }))
  const last = stays === undefined ? [] : [branch(stays.process, { ...context, replies: stays.replies })]
  return [...others, ...last].reduceRight((rest, first) => sequence(first, rest))
}

interface Share {
  readonly process: Expression
  /** Those that are due in it. */
  readonly replies: Context['replies']
}

/** Nobody replies to those that are left over: they wait for the exception of the first branch that can only raise. */
function sharesOf(branches: readonly Expression[], due: Context['replies']): readonly Share[] {
  const own = branches.map((process) => new Set(repliesOf(process).keys()))
  const heir = branches.findIndex(fails)
  const isIn = (i: number, stamp: number): boolean =>
    own[i]?.has(stamp) === true || (i === heir && !own.some((stamps) => stamps.has(stamp)))
  return branches.map((process, i) => ({
    process,
    replies: new Map([...due].filter(([stamp]) => isIn(i, stamp))),
  }))
}

/** The branch that goes on where the composition stands. */
function staying(branches: readonly Share[], place: Place): Share | undefined {
  if (place === 'elsewhere') return undefined
  if (place === 'task') return branches.findLast(({ process }) => !isAtOnce(process))
  return branches.find(({ replies }) => replies.has(place.replies.stamp))
}

/** A process that is done at once, goes on here, or becomes a task. */
function branch(process: Expression, context: Context): Lambda {
  if (isAtOnce(process) || context.place !== 'elsewhere') return context.expression(process, context)
  if (process.kind === 'parallel') return parallel(process as Of<'parallel'>, context)
  return scheduled(process, context)
}

/** Of a `for`: processes are there all at once. */
export function loopBody(e: Expression, context: Context): Lambda {
  if (!isProcess(e)) return context.expression(e, context)
  return branch(e, { ...context, place: 'elsewhere', replies: new Map() })
}

export function scheduled(process: Expression, context: Context): Lambda {
  const inner = { ...inExpression(context), place: 'task' as const }
  const body = guarded(context.expression(process, inner), context, process.region)
  return callJoinRuntime('schedule', [thunk(body, context, process.region)], process.region)
}

function thunk(body: Lambda, context: Context, region: Region): Lambda {
  const parameters = [freshBinder('unit', 'int')]
  return functionTerm({ parameters, body, layout: 'any', name: `${context.path}.(process)`, region })
}

/** An exception goes to those that are in wait for these replies. */
function guarded(body: Lambda, { replies }: Context, region: Region): Lambda {
  const continuations = [...replies.values()].flatMap((target) =>
    target.kind === 'continuation' ? [variable(target.continuation)] : [],
  )
  if (continuations.length === 0) return body
  const exception = freshBinder('exn', 'pointer')
  const handler = callJoinRuntime('fail', [block(0, false, continuations), variable(exception.ident)], region)
  return { kind: 'try', body, exception: exception.ident, handler, layout: 'int' }
}

// ---------------------------------------------------------------------------------------------------------
// Reactions

/** The context inside of a channel. */
export function inChannel(context: Context, { ident }: Channel): Context {
  return { ...inExpression(context), path: memberName(context.path, ident.name) }
}

/** Binds what the patterns of a reaction match. */
export function matched({ patterns }: Reaction, subjects: readonly Binder[], body: Lambda): Lambda {
  return patterns.reduceRight(
    (rest, { pattern }, i) =>
      matchPattern(subjects[i] as Binder, { pattern, region: pattern.region, layout: 'any' }, rest),
    body,
  )
}

/** What a reaction does; the continuations of its callers are in the order of its patterns. */
export function reactionBody(
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
  return guarded(branch(body, inner), inner, body.region)
}
