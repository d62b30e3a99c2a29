/**
 * The cases of `match`, `try` and `function`: all patterns first, so that the matched type is known to every one
 * of them, then guards and bodies.
 */

import { fail } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import type * as ast from '../syntax/ast.ts'
import { closeVariants } from './close-variants.ts'
import { type Context, type Expected, expecting } from './context.ts'
import type { Env } from './env.ts'
import { checkCases } from './exhaustiveness.ts'
import { addExistential } from './existential.ts'
import { isNonexpansive } from './expansive.ts'
import { generalise, generaliseStructure, restrictToCovariant } from './generalise.ts'
import type { Ident } from './ident.ts'
import { inferPattern, withUnpackedModules } from './infer-pattern.ts'
import { instance, withOwnStructure } from './instance.ts'
import {
  addPatternVariables,
  checkPatternScopes,
  expectVariables,
  newPatternScope,
  type PatternScope,
  type PatternVariable,
  unifyPattern,
} from './pattern-scope.ts'
import { boolType, continuationOf, effectOf, exnType } from './predef.ts'
import { unifyAt } from './type-clash.ts'
import { currentLevel, greatestTypeId, inNewLevel, newVariable } from './type-graph.ts'
import type { Case, EffectCase, Expression, Pattern } from './typed-tree.ts'
import type { Type } from './types.ts'

/** A pattern with what it binds. */
export interface Alternative {
  readonly pattern: Pattern
  readonly variables: readonly PatternVariable[]
  /** The environment with the types and equations that the pattern brings in, and without its variables. */
  readonly env: Env
  readonly kind: PatternSource['kind']
  /** Of an effect. */
  readonly continuation?: Pattern
}

type PatternSource =
  | {
      readonly kind: 'value' | 'exception'
      readonly pattern: ast.Pattern
      /** The type of the matched value. */
      readonly type: Type
    }
  | {
      readonly kind: 'effect'
      readonly pattern: ast.Pattern
      readonly continuation: ast.Pattern
      /** What the continuation yields. */
      readonly result: Type
    }

/** Whether the pattern can bring in types or equations, as far as its form tells. */
export function mayRefine(p: ast.Pattern): boolean {
  switch (p.kind) {
    case 'construct':
    case 'effect':
      return true
    case 'alias':
    case 'constraint':
    case 'lazy':
    case 'open':
    case 'exception':
      return mayRefine(p.pattern)
    case 'tuple':
    case 'array':
      return p.elements.some(mayRefine)
    case 'or':
      return mayRefine(p.left) || mayRefine(p.right)
    case 'record':
      return p.fields.some((field) => mayRefine(field.pattern))
    case 'variant':
      return p.argument !== undefined && mayRefine(p.argument)
    default:
      return false
  }
}

/**
 * Runs `body` at a level of its own, to which the types and equations of patterns belong; afterwards the type of the result must
 * make sense outside.
 */
export function withBranches<Result>(
  env: Env,
  region: Region,
  patterns: readonly ast.Pattern[],
  result: Expected,
  body: () => Result,
): Result {
  if (!patterns.some(mayRefine)) return body()
  const done = inNewLevel(body)
  unifyAt(env, region, instance(result.type), expecting(newVariable()))
  return done
}

/** Infers the patterns of alternatives. To be called at the level to which their types and equations belong. */
export function inferAlternatives(
  cx: Context,
  env: Env,
  sources: readonly PatternSource[],
): readonly Alternative[] {
  const level = currentLevel()
  const refines = sources.some(({ pattern }) => mayRefine(pattern))
  const found = inNewLevel(() => {
    const types = sources.map((source) => {
      if (source.kind === 'effect') return undefined
      return refines ? separate(source.type) : instance(source.type)
    })
    const alternatives = sources.map((source, i): Alternative => {
      const scope = newPatternScope(cx, env, level)
      const patterns =
        source.kind === 'effect'
          ? inferEffectPattern(scope, source)
          : { pattern: (refines ? inferSeparately : inferPattern)(scope, source.pattern, types[i] as Type) }
      const variables = [...scope.variables.values()]
      return { ...patterns, variables, env: scope.env, kind: source.kind }
    })
    const values = alternatives.filter((each) => each.kind === 'value')
    joinTypes(env, values)
    closeVariants(
      env,
      values.map((each) => each.pattern),
    )
    return alternatives
  })
  generaliseAlternatives(found)
  return found
}

/** An instance of which patterns have instances: what they learn about these does not change it. */
function separate(type: Type): Type {
  const own = inNewLevel(() => instance(withOwnStructure(type)))
  generaliseStructure(own)
  return own
}

/** No other branch may depend on what this one learns. */
function inferSeparately(scope: PatternScope, pattern: ast.Pattern, type: Type): Pattern {
  const typed = inferPattern(scope, pattern, type)
  checkPatternScopes(scope.env, pattern.region, type, scope.equationLevel - 1)
  return typed
}

/** What performing the effect yields is a type of its own; the effect's constructor tells what it is. */
function inferEffectPattern(
  scope: PatternScope,
  { pattern, continuation, result }: PatternSource & { kind: 'effect' },
): Pick<Alternative, 'pattern' | 'continuation'> {
  const { kind, region } = continuation
  if (kind !== 'variable' && kind !== 'any')
    fail(region, 'Invalid continuation pattern: only variables and _ are allowed .')
  const performed = addExistential(scope, '%eff').type
  return {
    pattern: inferPattern(scope, pattern, effectOf(performed)),
    continuation: inferPattern(scope, continuation, continuationOf(performed, result)),
  }
}

/** Each pattern had a copy of the matched type: what is unknown in it is the same for all. */
function joinTypes(env: Env, alternatives: readonly Alternative[]): void {
  const common = newVariable()
  for (const { pattern } of alternatives) unifyPattern(env, pattern.region, pattern.type, common)
}

/** Quantifies what the patterns do not share with the surroundings: the variables of `match [] with x -> …`. */
function generaliseAlternatives(alternatives: readonly Alternative[]): void {
  for (const { pattern, variables } of alternatives) {
    generalise(pattern.type)
    for (const variable of variables) generalise(variable.type)
  }
}

/** What a branch learns about the type of the result is not for the other branches. */
export function resultIn(outer: Env, { env }: Alternative, result: Expected): Expected {
  return env.equations === outer.equations ? result : { ...result, type: withOwnStructure(result.type) }
}

/** Where the body is inferred: what is known of variables from outside is not changed by what the branch learns. */
export function branchEnv(outer: Env, { env }: Alternative): Env {
  return env.equations === outer.equations ? env : { ...env, branchStart: greatestTypeId() }
}

function finishCase(
  cx: Context,
  env: Env,
  source: ast.Case,
  alternative: Alternative,
  result: Expected,
): Case {
  const { pattern, variables } = alternative
  expectVariables(env.store, variables)
  // A guard does not see the continuation: if it resumed that and then failed, the next case could not.
  const [resuming, others] = partition(variables, ({ ident }) => ident === continuationIdent(alternative))
  const forGuard = addPatternVariables(branchEnv(env, alternative), others)
  const parts = withUnpackedModules(cx, forGuard, variables, (inner) => ({
    guard:
      source.guard === undefined
        ? undefined
        : cx.expressions.infer(cx, inner, source.guard, expecting(boolType, 'a when-guard')),
    body: cx.expressions.infer(
      cx,
      addPatternVariables(inner, resuming),
      source.body,
      resultIn(env, alternative, result),
    ),
  }))
  return { pattern, ...parts }
}

function continuationIdent({ continuation }: Alternative): Ident | undefined {
  return continuation?.kind === 'variable' ? continuation.ident : undefined
}

function partition<T>(list: readonly T[], test: (item: T) => boolean): [T[], T[]] {
  return [list.filter(test), list.filter((item) => !test(item))]
}

/** Cases that match all values of `type`; `place` is where it is said that they do not. */
export function inferCases(
  cx: Context,
  env: Env,
  region: Region,
  cases: readonly ast.Case[],
  type: Type,
  result: Expected,
  place: Region,
): readonly Case[] {
  const patterns = cases.map(({ pattern }) => pattern)
  const done = withBranches(env, region, patterns, result, () => {
    const sources = patterns.map((pattern): PatternSource => ({ pattern, type, kind: 'value' }))
    const alternatives = inferAlternatives(cx, env, sources)
    return alternatives.map((each, i) => finishCase(cx, env, cases[i] as ast.Case, each, result))
  })
  checkCases(cx, done, { region: place, env, type })
  return done
}

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
  if (each.guard !== undefined)
    fail(pattern.region, 'Mixing value and exception patterns under when-guards is not supported.')
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

interface Branches {
  readonly cases: readonly Case[]
  readonly exceptionCases: readonly Case[]
  readonly effectCases: readonly EffectCase[]
}

/** Whether the case is the other half of the one before it, see `splitCase`. */
const isSameBody = (cases: readonly ast.Case[], i: number): boolean => cases[i]?.body === cases[i - 1]?.body

/** Infers what was inferred already, so all that there is to tell has been told. */
function tellingNothing<Result>({ diagnostics, delayed, usages }: Env['store'], infer: () => Result): Result {
  const before = { diagnostics: diagnostics.length, delayed: delayed.length }
  const result = usages.quietly(infer)
  diagnostics.length = before.diagnostics
  delayed.length = before.delayed
  return result
}

/** Cases of all kinds, in the order of the source. */
function inferBranches(
  cx: Context,
  env: Env,
  region: Region,
  cases: readonly ast.Case[],
  sources: readonly PatternSource[],
  expected: Expected,
): Branches {
  const patterns = cases.map(({ pattern }) => pattern)
  const done = withBranches(env, region, patterns, expected, () =>
    inferAlternatives(cx, env, sources).map((each, i) => ({
      kind: each.kind,
      typed: isSameBody(cases, i)
        ? tellingNothing(env.store, () => finishCase(cx, env, cases[i] as ast.Case, each, expected))
        : finishCase(cx, env, cases[i] as ast.Case, each, expected),
      continuation: each.continuation as Pattern,
    })),
  )
  const of = (kind: PatternSource['kind']) => done.filter((each) => each.kind === kind)
  return {
    cases: of('value').map(({ typed }) => typed),
    exceptionCases: of('exception').map(({ typed }) => typed),
    effectCases: of('effect').map(({ typed, continuation }) => ({ ...typed, continuation })),
  }
}

export function inferMatch(cx: Context, env: Env, e: Match, expected: Expected): Expression {
  const subject = inferSubject(cx, env, e)
  const cases = e.cases.flatMap(splitCase)
  const sources = matchSources(e, cases, subject.type, expected.type)
  const branches = inferBranches(cx, env, e.region, cases, sources, expected)
  checkCases(cx, branches.cases, { region: e.region, env, type: subject.type })
  checkCases(cx, branches.exceptionCases, undefined)
  checkCases(cx, branches.effectCases, undefined)
  return {
    region: e.region,
    type: instance(expected.type),
    env,
    attributes: e.attributes,
    kind: 'match',
    subject,
    ...branches,
  }
}

/** The patterns of all cases, those for values against the subject's type. */
function matchSources(
  e: Match,
  cases: readonly ast.Case[],
  subject: Type,
  result: Type,
): readonly PatternSource[] {
  const sources = cases.map(({ pattern }): PatternSource => {
    if (pattern.kind === 'effect') return effectSource(pattern, result)
    const exception = exceptionPattern(pattern)
    if (exception === undefined) return { pattern, type: subject, kind: 'value' }
    return { pattern: exception, type: exnType, kind: 'exception' }
  })
  if (!sources.some(({ kind }) => kind === 'value')) {
    fail(e.region, "None of the patterns in this 'match' expression match values.")
  }
  return sources
}

function effectSource(pattern: ast.Pattern & { kind: 'effect' }, result: Type): PatternSource {
  return { kind: 'effect', pattern: pattern.effect, continuation: pattern.continuation, result }
}

export function inferTry(
  cx: Context,
  env: Env,
  e: Extract<ast.Expression, { kind: 'try' }>,
  expected: Expected,
): Expression {
  const body = cx.expressions.infer(cx, env, e.body, expected)
  const sources = e.cases.map(({ pattern }): PatternSource => {
    if (pattern.kind === 'effect') return effectSource(pattern, expected.type)
    return { kind: 'value', pattern, type: exnType }
  })
  const { cases, effectCases } = inferBranches(cx, env, e.region, e.cases, sources, expected)
  checkCases(cx, cases, undefined)
  checkCases(cx, effectCases, undefined)
  return {
    region: e.region,
    type: body.type,
    env,
    attributes: e.attributes,
    kind: 'try',
    body,
    cases,
    effectCases,
  }
}
