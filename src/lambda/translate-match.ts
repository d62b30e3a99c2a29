/**
 * `match`, `try`, and the patterns of `let` and `fun`.
 *
 * A tuple that is only matched is not built: its components are the subjects, evaluated, as in OCaml, left to right by `match` and
 * right to left by `let` and beside `exception` cases.
 *
 * With cases for effects the subject is the body of a function, which the runtime runs with three others as its handler: for its
 * value, its exception, its effects (src/codegen/fibers.ts).
 */

import type { Region } from '../base/region.ts'
import type { Case, EffectCase, Expression, Pattern } from '../typing/typed-tree.ts'
import {
  block,
  external,
  freshBinder,
  freshLabel,
  functionTerm,
  letIn,
  raise,
  sequence,
  unit,
  variable,
} from './build.ts'
import { type Context, raiseAtPlace } from './context.ts'
import type { Binder, Lambda, Layout } from './lambda.ts'
import { layoutOf } from './layout.ts'
import { compileMatch } from './match.ts'
import type { MatchRow } from './match-problem.ts'
import { boundVariables, isIrrefutable } from './pattern.ts'
import { hasGadt, translatePattern } from './translate-pattern.ts'

type Of<Kind extends Expression['kind']> = Expression & { readonly kind: Kind }

/** Cases without those that typing has refuted. */
function reachable(cases: readonly Case[]): Case[] {
  return cases.filter((c) => c.body.kind !== 'unreachable')
}

interface Cases {
  readonly cases: readonly Case[]
  readonly failure: Lambda
  readonly layout: Layout
  readonly context: Context
}

function rowsOf({ cases, context }: Cases): { rows: MatchRow[]; gadt: boolean } {
  const kept = reachable(cases)
  const gadt = kept.some((c) => hasGadt(c.pattern))
  const rows = kept.map((c) => ({
    patterns: [translatePattern(c.pattern, gadt)],
    guard: c.guard === undefined ? undefined : context.expression(c.guard, context),
    body: context.expression(c.body, context),
  }))
  return { rows, gadt }
}

/** A variable against cases. */
export function matchVariable(subject: Binder, cases: Cases): Lambda {
  const { rows, gadt } = rowsOf(cases)
  const { failure, layout } = cases
  return compileMatch({ subjects: [subject], rows, failure, layout, leftToRight: gadt })
}

/** The value of an expression against cases. */
function matchExpression(subject: Expression, cases: Cases): Lambda {
  const { context } = cases
  if (subject.kind === 'tuple') return matchTuple(subject, cases)
  const value = context.expression(subject, context)
  const bound = freshBinder('match', layoutOf(subject.env, subject.type))
  if (value.kind === 'variable') return matchVariable({ ...bound, ident: value.ident }, cases)
  return letIn(bound, value, matchVariable(bound, cases))
}

/** Whether a pattern says something only of the components of a tuple. */
function splits(pattern: Pattern): boolean {
  if (pattern.kind === 'or') return splits(pattern.left) && splits(pattern.right)
  return pattern.kind === 'tuple' || pattern.kind === 'any'
}

function matchTuple({ elements }: Of<'tuple'>, cases: Cases): Lambda {
  const { context } = cases
  const subjects = elements.map((e) => freshBinder('match', layoutOf(e.env, e.type)))
  return bindLeftToRight(elements, subjects, matchComponents(subjects, cases), context)
}

/** The tuple is built only if a pattern stands for all of it. */
function matchComponents(subjects: readonly Binder[], cases: Cases): Lambda {
  const { failure, layout } = cases
  if (!reachable(cases.cases).every((c) => splits(c.pattern))) {
    const whole = freshBinder('match', 'pointer')
    const components = subjects.map((s) => variable(s.ident))
    return letIn(whole, block(0, false, components), matchVariable(whole, cases))
  }
  const { rows, gadt } = rowsOf(cases)
  return compileMatch({ subjects, tuple: true, rows, failure, layout, leftToRight: gadt })
}

function bindLeftToRight(
  elements: readonly Expression[],
  binders: readonly Binder[],
  body: Lambda,
  context: Context,
): Lambda {
  return elements.reduceRight(
    (rest, e, i) => letIn(binders[i] as Binder, context.expression(e, context), rest),
    body,
  )
}

function bindRightToLeft(
  elements: readonly Expression[],
  binders: readonly Binder[],
  body: Lambda,
  context: Context,
): Lambda {
  return elements.reduce(
    (rest, e, i) => letIn(binders[i] as Binder, context.expression(e, context), rest),
    body,
  )
}

export function translateMatch(e: Of<'match'>, context: Context): Lambda {
  const failure = raiseAtPlace('Match_failure', e.region)
  const layout = layoutOf(e.env, e.type)
  const cases = { cases: e.cases, failure, layout, context }
  if (e.effectCases.length > 0) {
    const bound = freshBinder('match', 'any')
    const onValue = { parameter: bound, body: matchVariable(bound, cases) }
    return runFiber(e, e.subject, onValue, e.exceptionCases, context)
  }
  if (e.exceptionCases.length === 0) return matchExpression(e.subject, cases)
  return matchWithExceptions(e, cases)
}

/** `catch (try exit L subject with exn → handlers) (with L v: cases)`: the cases are outside of the handler. */
function matchWithExceptions(e: Of<'match'>, cases: Cases): Lambda {
  const { context, layout } = cases
  const label = freshLabel()
  const bound = freshBinder('match', layoutOf(e.subject.env, e.subject.type))
  const body: Lambda = { kind: 'staticRaise', label, arguments: [context.expression(e.subject, context)] }
  const guarded = tryTerm(body, e.exceptionCases, layout, e.region, context)
  const handler = matchVariable(bound, cases)
  return { kind: 'staticCatch', label, parameters: [bound], body: guarded, handler, layout }
}

export function translateTry(e: Of<'try'>, context: Context): Lambda {
  if (e.effectCases.length > 0) {
    const bound = freshBinder('value', 'any')
    return runFiber(e, e.body, { parameter: bound, body: variable(bound.ident) }, e.cases, context)
  }
  return tryTerm(context.expression(e.body, context), e.cases, layoutOf(e.env, e.type), e.region, context)
}

function tryTerm(
  body: Lambda,
  cases: readonly Case[],
  layout: Layout,
  region: Region,
  context: Context,
): Lambda {
  const exception = freshBinder('exn', 'pointer')
  const handler = exceptionHandler(exception, cases, layout, region, context)
  return { kind: 'try', body, exception: exception.ident, handler, layout }
}

/** A caught exception against cases; one that none matches goes on. */
function exceptionHandler(
  exception: Binder,
  cases: readonly Case[],
  layout: Layout,
  region: Region,
  context: Context,
): Lambda {
  const failure = raise(variable(exception.ident), region, 'reraise')
  const caught = new Set(context.caught)
  for (const c of cases) for (const stamp of wholeVariables(c.pattern)) caught.add(stamp)
  return matchVariable(exception, { cases, failure, layout, context: { ...context, caught } })
}

/** Variables that stand for the whole value. */
function wholeVariables(pattern: Pattern): number[] {
  if (pattern.kind === 'variable') return [pattern.ident.stamp]
  if (pattern.kind === 'alias') return [pattern.ident.stamp, ...wholeVariables(pattern.pattern)]
  return pattern.kind === 'or' ? wholeVariables(pattern.left) : []
}

// ---------------------------------------------------------------------------------------------------------
// Effects

/** Runs `body` as a fiber whose handler is a block of three functions. */
function runFiber(
  e: Of<'match' | 'try'>,
  body: Expression,
  onValue: { readonly parameter: Binder; readonly body: Lambda },
  exceptionCases: readonly Case[],
  context: Context,
): Lambda {
  const layout = layoutOf(e.env, e.type)
  // They are called by functions that know no types.
  const part = (parameters: readonly Binder[], inside: Lambda): Lambda =>
    functionTerm({ parameters, body: inside, layout: 'any', name: context.path, region: e.region })
  const thunk = part([freshBinder('unit', 'int')], context.expression(body, context))
  const exception = freshBinder('exn', 'pointer')
  const onException = exceptionHandler(exception, exceptionCases, layout, e.region, context)
  const effect = freshBinder('effect', 'pointer')
  const k = freshBinder('k', 'pointer')
  const handler = [
    part([onValue.parameter], onValue.body),
    part([exception], onException),
    part([effect, k], effectHandler(e, effect, k, layout, context)),
  ]
  const args = [thunk, unit, block(0, false, handler, e.region)]
  return external('caml_fiber_run', ['any', 'int', 'pointer'], 'any', args, e.region)
}

/** An effect that no case matches goes to the next handler outside. */
function effectHandler(
  e: Of<'match' | 'try'>,
  effect: Binder,
  k: Binder,
  layout: Layout,
  context: Context,
): Lambda {
  const again = [variable(effect.ident), variable(k.ident)]
  const failure = external('caml_fiber_reperform', ['pointer', 'pointer'], 'any', again, e.region)
  const rows = e.effectCases
    .filter((c) => c.body.kind !== 'unreachable')
    .map((c) => ({
      patterns: [translatePattern(c.pattern, true)],
      guard: c.guard === undefined ? undefined : bindContinuation(c, k, context.expression(c.guard, context)),
      body: bindContinuation(c, k, context.expression(c.body, context)),
    }))
  return compileMatch({ subjects: [effect], rows, failure, layout, leftToRight: true })
}

function bindContinuation({ continuation }: EffectCase, k: Binder, body: Lambda): Lambda {
  if (continuation.kind !== 'variable') return body
  return letIn({ ident: continuation.ident, layout: 'pointer' }, variable(k.ident), body)
}

// ---------------------------------------------------------------------------------------------------------
// One pattern

export interface OnePattern {
  readonly pattern: Pattern
  /** Where a failure is reported. */
  readonly region: Region
  readonly layout: Layout
  /** What happens instead of that. */
  readonly failure?: Lambda
}

/** Binds the variables of a pattern to the parts of a variable's value around `body`. */
export function matchPattern(subject: Binder, one: OnePattern, body: Lambda): Lambda {
  const gadt = hasGadt(one.pattern)
  const patterns = [translatePattern(one.pattern, gadt)]
  const failure = one.failure ?? raiseAtPlace('Match_failure', one.region)
  const rows = [{ patterns, guard: undefined, body }]
  return compileMatch({ subjects: [subject], rows, failure, layout: one.layout, leftToRight: gadt })
}

/** `let pattern = value in body`. */
export function bindPattern(one: OnePattern, value: Expression, context: Context, body: Lambda): Lambda {
  const { pattern } = one
  if (pattern.kind === 'variable') {
    const layout = layoutOf(pattern.env, pattern.type)
    return letIn({ ident: pattern.ident, layout }, context.expression(value, context), body)
  }
  if (pattern.kind === 'any' || isUnitLike(pattern)) return sequence(context.expression(value, context), body)
  if (pattern.kind === 'tuple' && value.kind === 'tuple') return bindTuple(one, pattern, value, context, body)
  const bound = freshBinder('bound', layoutOf(value.env, value.type))
  return letIn(bound, context.expression(value, context), matchPattern(bound, one, body))
}

/** A constructor that is alone in its type and has no arguments. */
function isUnitLike(pattern: Pattern): boolean {
  if (pattern.kind !== 'construct' || pattern.arguments.length > 0) return false
  const pat = translatePattern(pattern, false)
  return isIrrefutable(pat) && boundVariables(pat).length === 0
}

/** `let (p, q) = (a, b)`: `b` is evaluated first. */
function bindTuple(
  one: OnePattern,
  pattern: Pattern & { kind: 'tuple' },
  { elements }: Of<'tuple'>,
  context: Context,
  body: Lambda,
): Lambda {
  const gadt = hasGadt(pattern)
  const subjects = elements.map((e) => freshBinder('bound', layoutOf(e.env, e.type)))
  const patterns = pattern.elements.map((p) => translatePattern(p, gadt))
  const rows = [{ patterns, guard: undefined, body }]
  const failure = raiseAtPlace('Match_failure', one.region)
  const match = compileMatch({ subjects, rows, failure, layout: one.layout, leftToRight: gadt })
  return bindRightToLeft(elements, subjects, match, context)
}
