/**
 * The cases of `match`, `try` and `function`: all patterns first, so that the matched type is known to every one
 * of them, then guards and bodies.
 */

import { fail } from '../base/diagnostic.ts'
import type * as ast from '../syntax/ast.ts'
import { closeVariants } from './close-variants.ts'
import { type Context, type Expected, expecting } from './context.ts'
import type { Env } from './env.ts'
import { isNonexpansive } from './expansive.ts'
import { generalise, restrictToCovariant } from './generalise.ts'
import { warnUnused } from './infer-let.ts'
import {
  addPatternVariables,
  inferPattern,
  newPatternScope,
  type PatternVariable,
  withUnpackedModules,
} from './infer-pattern.ts'
import { instance } from './instance.ts'
import { boolType, exnType } from './predef.ts'
import { inNewLevel, newVariable } from './type-graph.ts'
import type { Case, Expression, Pattern } from './typed-tree.ts'
import type { Type } from './types.ts'

interface HalfCase {
  readonly source: ast.Case
  readonly pattern: Pattern
  readonly variables: readonly PatternVariable[]
}

function inferCasePattern(cx: Context, env: Env, source: ast.Case, p: ast.Pattern, type: Type): HalfCase {
  const scope = newPatternScope(cx)
  const pattern = inferPattern(scope, env, p, type)
  return { source, pattern, variables: [...scope.variables.values()] }
}

function finishCase(cx: Context, env: Env, half: HalfCase, result: Expected): Case {
  const { source, pattern, variables } = half
  warnUnused(
    cx,
    env,
    variables.filter((variable) => variable.alias),
  )
  const parts = withUnpackedModules(cx, addPatternVariables(env, variables), variables, (inner) => ({
    guard:
      source.guard === undefined
        ? undefined
        : cx.expressions.infer(cx, inner, source.guard, expecting(boolType, 'a when-guard')),
    body: cx.expressions.infer(cx, inner, source.body, result),
  }))
  return { pattern, ...parts }
}

/** Quantifies what the patterns do not share with the surroundings: the variables of `match [] with x -> …`. */
function generaliseCases(halves: readonly HalfCase[]): void {
  for (const { pattern, variables } of halves) {
    generalise(pattern.type)
    for (const variable of variables) generalise(variable.type)
  }
}

/** Cases that match values of `type`. */
export function inferCases(
  cx: Context,
  env: Env,
  cases: readonly ast.Case[],
  type: Type,
  result: Expected,
): readonly Case[] {
  const halves = inNewLevel(() => {
    const found = cases.map((each) => inferCasePattern(cx, env, each, each.pattern, type))
    closeVariants(env, found.map(patternOf))
    return found
  })
  generaliseCases(halves)
  return halves.map((half) => finishCase(cx, env, half, result))
}

const patternOf = (half: HalfCase): Pattern => half.pattern

type Match = Extract<ast.Expression, { kind: 'match' }>

/** The pattern under `exception`, when the case is one for exceptions. */
function exceptionPattern(p: ast.Pattern): ast.Pattern | undefined {
  if (p.kind === 'exception') return p.pattern
  if (p.kind === 'constraint' || p.kind === 'alias' || p.kind === 'open') return undefined
  if (p.kind !== 'or') return undefined
  const left = exceptionPattern(p.left)
  const right = exceptionPattern(p.right)
  return left !== undefined && right !== undefined ? { ...p, left, right } : undefined
}

/** `match e with p when g -> …`: `v | exception E` is split into one case for each. */
function splitCase(each: ast.Case): ast.Case[] {
  const { pattern } = each
  if (pattern.kind !== 'or' || exceptionPattern(pattern) !== undefined) return [each]
  const parts = orParts(pattern)
  if (!parts.some((part) => exceptionPattern(part) !== undefined)) return [each]
  const values = parts.filter((part) => exceptionPattern(part) === undefined)
  const exceptions = parts.filter((part) => exceptionPattern(part) !== undefined)
  return [values, exceptions]
    .filter((group) => group.length > 0)
    .map((group) => ({ ...each, pattern: orOf(group) }))
}

function orParts(p: ast.Pattern): ast.Pattern[] {
  return p.kind === 'or' ? [...orParts(p.left), ...orParts(p.right)] : [p]
}

function orOf(parts: readonly ast.Pattern[]): ast.Pattern {
  const [first, ...rest] = parts as readonly [ast.Pattern, ...ast.Pattern[]]
  return rest.reduce<ast.Pattern>(
    (left, right) => ({ kind: 'or', left, right, region: right.region, attributes: [] }),
    first,
  )
}

function inferSubject(cx: Context, env: Env, e: Match): Expression {
  const subject = inNewLevel(() => {
    const type = expecting(newVariable())
    return cx.expressions.infer(cx, env, e.subject, type)
  })
  if (!isNonexpansive(subject)) restrictToCovariant(env, subject.type)
  generalise(subject.type)
  return subject
}

interface MatchCase {
  readonly isException: boolean
  readonly half: HalfCase
}

/** The patterns of all cases; those for values against instances of the subject's type. */
function inferMatchPatterns(cx: Context, env: Env, e: Match, subject: Type): readonly MatchCase[] {
  const type = instance(subject)
  const halves = e.cases.flatMap(splitCase).map((each) => {
    const exception = exceptionPattern(each.pattern)
    return exception === undefined
      ? { isException: false, half: inferCasePattern(cx, env, each, each.pattern, type) }
      : { isException: true, half: inferCasePattern(cx, env, each, exception, instance(exnType)) }
  })
  const values = halves.filter((each) => !each.isException)
  if (values.length === 0) {
    fail(e.region, "None of the patterns in this 'match' expression match values.")
  }
  closeVariants(
    env,
    values.map((each) => each.half.pattern),
  )
  return halves
}

export function inferMatch(cx: Context, env: Env, e: Match, expected: Expected): Expression {
  const subject = inferSubject(cx, env, e)
  const halves = inNewLevel(() => inferMatchPatterns(cx, env, e, subject.type))
  generaliseCases(halves.map((each) => each.half))
  const done = halves.map(({ isException, half }) => ({
    isException,
    typed: finishCase(cx, env, half, expected),
  }))
  return {
    region: e.region,
    type: instance(expected.type),
    env,
    attributes: e.attributes,
    kind: 'match',
    subject,
    cases: done.filter((each) => !each.isException).map((each) => each.typed),
    exceptionCases: done.filter((each) => each.isException).map((each) => each.typed),
  }
}

export function inferTry(
  cx: Context,
  env: Env,
  e: Extract<ast.Expression, { kind: 'try' }>,
  expected: Expected,
): Expression {
  const body = cx.expressions.infer(cx, env, e.body, expected)
  const cases = inferCases(cx, env, e.cases, instance(exnType), expected)
  return { region: e.region, type: body.type, env, attributes: e.attributes, kind: 'try', body, cases }
}
