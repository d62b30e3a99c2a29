/**
 * What there is to say about a match when its cases have been inferred: 8 (a value is not matched), 4 (a wildcard will hide new
 * constructors), 11 (a case is never used), 12 (an alternative is never used), 56, 57; and the error that a case `p -> .`
 * can be reached.
 */

import { type Diagnostic, fail } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import { warningAt } from '../base/warnings.ts'
import { ambiguousVariables } from './ambiguous-guards.ts'
import type { Context } from './context.ts'
import type { Env } from './env.ts'
import { areCompatible, type Budget, isUseful, reaching, unmatched } from './exhaustiveness-matrix.ts'
import { any, headOf, type Simple, simplifyPattern, variantPath } from './exhaustiveness-patterns.ts'
import { printSimple } from './exhaustiveness-print.ts'
import { possibleExample } from './exhaustiveness-types.ts'
import { type Ident, type Path, printPath, samePath } from './ident.ts'
import { mentionedIn } from './mentioned.ts'
import { predefinedPaths } from './predef.ts'
import { box, renderMessage, space } from './pretty.ts'
import type { Case, Pattern } from './typed-tree.ts'
import type { Type } from './types.ts'

const maxSteps = 20_000
const maxExamples = 200

/** Where values meet patterns that should match them all: what to say is said about `region`. */
export interface Total {
  readonly region: Region
  readonly env: Env
  readonly type: Type
}

type Checked = Pick<Context, 'diagnostics' | 'delayed'>

/** The cases of a match; `total` is undefined where values may be left unmatched, as exceptions are. */
export function checkCases(cx: Checked, cases: readonly Row[], total: Total | undefined): void {
  if (total !== undefined) checkTotal(cx, cases, total)
  const check = (): void => {
    cx.diagnostics.push(...checkUnused(cases, total), ...checkGuards(cases))
  }
  // Which tags a type has may be known only when all has been inferred.
  if (cases.some(({ pattern }) => mentionsTag(pattern))) cx.delayed.push(check)
  else check()
}

/** The pattern of a parameter or a binding, which is the only one. */
export function checkPattern(cx: Checked, pattern: Pattern, total: Total): void {
  if (pattern.kind === 'variable' || pattern.kind === 'any') return
  checkTotal(cx, [{ pattern, guard: undefined }], total)
}

/** The pattern of a function's parameter, as a case on its own. */
export function checkParameter(cx: Checked, pattern: Pattern, total: Total): void {
  if (pattern.kind === 'variable' || pattern.kind === 'any') return
  checkCases(cx, [{ pattern, guard: undefined }], total)
}

/** Patterns of which each is used whatever the others match. Whether together they match everything; says so if not. */
export function checkPatterns(cx: Checked, patterns: readonly Pattern[], total: Total): boolean {
  const partial = checkPartial(
    patterns.map((pattern) => ({ pattern, guard: undefined })),
    total,
  )
  if (partial !== undefined) cx.diagnostics.push(partial)
  return partial === undefined
}

function mentionsTag(pattern: Pattern): boolean {
  switch (pattern.kind) {
    case 'variant':
      return true
    case 'tuple':
    case 'array':
      return pattern.elements.some(mentionsTag)
    case 'construct':
      return pattern.arguments.some(mentionsTag)
    case 'record':
      return pattern.fields.some((field) => mentionsTag(field.pattern))
    case 'alias':
    case 'lazy':
      return mentionsTag(pattern.pattern)
    case 'or':
      return mentionsTag(pattern.left) || mentionsTag(pattern.right)
    default:
      return false
  }
}

// ---------------------------------------------------------------------------------------------------------
// Values that are not matched

/** What matters of a case: of the body whether there is none. */
type Row = Pick<Case, 'pattern' | 'guard'> & Partial<Pick<Case, 'body'>>

function checkTotal(cx: Checked, cases: readonly Row[], total: Total): void {
  const partial = checkPartial(cases, total)
  cx.diagnostics.push(...(partial === undefined ? checkFragile(cases, total.region) : [partial]))
}

function checkPartial(cases: readonly Row[], { region, env, type }: Total): Diagnostic | undefined {
  const rows = cases.filter(isSure).map((c) => [simplifyPattern(c.pattern)])
  if (rows.length === 0 && cases.some((c) => c.guard !== undefined)) {
    return partialMatch(region, 'All clauses in this pattern-matching are guarded.')
  }
  const example = findExample(rows, env, type, cases.length === 1)
  return example === undefined ? undefined : partialMatch(region, exampleText(example, cases))
}

function isSure(c: Row): boolean {
  return c.guard === undefined
}

function findExample(
  rows: readonly (readonly Simple[])[],
  env: Env,
  type: Type,
  explode: boolean,
): Simple | undefined {
  const budget: Budget = { steps: maxSteps }
  let tried = 0
  for (const [candidate] of unmatched(rows, 1, budget)) {
    tried += 1
    if (candidate === undefined || tried > maxExamples) return undefined
    const example = possibleExample(env, type, candidate, explode)
    if (example !== undefined) return example
  }
  return undefined
}

function exampleText(example: Simple, cases: readonly Row[]): string {
  const lines = ['Here is an example of a case that is not matched:', printSimple(example)]
  if (mentionsExtension(example)) {
    lines.push('Matching over values of extensible variant types (the *extension* above)')
    lines.push('must include a wild card pattern in order to be exhaustive.')
  }
  const guarded = cases.some(
    (c) => c.guard !== undefined && areCompatible(simplifyPattern(c.pattern), example),
  )
  if (guarded) lines.push('(However, some guarded clause may match this value.)')
  return lines.join('\n')
}

function mentionsExtension(example: Simple): boolean {
  switch (example.kind) {
    case 'any':
      return false
    case 'or':
      return example.alternatives.some(mentionsExtension)
    case 'head':
      return (
        (example.head.kind === 'other' && example.head.text === '*extension*') ||
        example.arguments.some(mentionsExtension)
      )
  }
}

function partialMatch(region: Region, text: string): Diagnostic {
  return warningAt(region, 8, `this pattern-matching is not exhaustive.\n${text}`)
}

// ---------------------------------------------------------------------------------------------------------
// Wildcards that will match constructors that are yet to come

/** Nobody adds constructors to these. */
const finished: readonly Path[] = [
  predefinedPaths.bool,
  predefinedPaths.list,
  predefinedPaths.option,
  predefinedPaths.unit,
]

/** Types of which the patterns mention constructors, in their order. */
function variantsIn(pattern: Simple, found: Path[]): void {
  if (pattern.kind === 'or') for (const each of pattern.alternatives) variantsIn(each, found)
  if (pattern.kind !== 'head') return
  const path = variantPath(pattern.head)
  if (path !== undefined && ![...finished, ...found].some((known) => samePath(known, path))) found.push(path)
  for (const each of pattern.arguments) variantsIn(each, found)
}

function checkFragile(cases: readonly Row[], region: Region): Diagnostic[] {
  const types: Path[] = []
  for (const { pattern } of cases) variantsIn(simplifyPattern(pattern), types)
  const rows = cases.filter(isSure).map(({ pattern }) => [simplifyPattern(pattern)])
  if (rows.length === 0) return []
  const fragile = types.filter((path) => !isUseful(rows, [any], { steps: maxSteps }, path))
  return fragile.map((path) => {
    const remains = `It will remain exhaustive when constructors are added to type ${printPath(path)}.`
    return warningAt(region, 4, `this pattern-matching is fragile.\n${remains}`)
  })
}

// ---------------------------------------------------------------------------------------------------------
// Cases that are not used

function checkUnused(cases: readonly Row[], total: Total | undefined): Diagnostic[] {
  const found: Diagnostic[] = []
  const before: (readonly Simple[])[] = []
  for (const c of cases) {
    const { pattern } = c
    const simple = simplifyPattern(pattern)
    if (c.body?.kind === 'unreachable') {
      if (total !== undefined) checkRefuted(before, pattern, simple, total)
    } else if (!useful(before, simple)) found.push(unusedCase(pattern.region))
    else if (total !== undefined && before.length > 0 && !isReachable(before, simple, total))
      found.push(unreachableCase(pattern.region))
    else found.push(...unusedAlternatives(before, pattern, (p) => p).map(unusedPattern))
    if (c.guard === undefined) before.push([simple])
  }
  return found
}

/** Fails when a value can reach a case that claims that none does (`| p -> .`). */
function checkRefuted(
  before: readonly (readonly Simple[])[],
  pattern: Pattern,
  simple: Simple,
  { env, type }: Total,
): void {
  for (const [candidate] of reaching(before, [simple], { steps: maxSteps })) {
    const example = candidate === undefined ? undefined : possibleExample(env, type, candidate, true)
    if (example !== undefined) failNotRefuted(pattern.region, example)
  }
}

/** Whether a value that no earlier case matches can reach the pattern, given its type. */
function isReachable(before: readonly (readonly Simple[])[], simple: Simple, { env, type }: Total): boolean {
  const budget: Budget = { steps: maxSteps }
  let tried = 0
  for (const [candidate] of reaching(before, [simple], budget)) {
    tried += 1
    if (candidate === undefined || tried > maxExamples) return true
    if (possibleExample(env, type, candidate, true) !== undefined) return true
  }
  return tried === 0 || budget.steps < 0
}

function failNotRefuted(region: Region, example: Simple): never {
  const doc = box(
    0,
    'This match case could not be refuted.',
    space,
    'Here is an example of a value that would reach it:',
    space,
    printSimple(example),
  )
  fail(region, renderMessage(doc))
}

function useful(before: readonly (readonly Simple[])[], pattern: Simple): boolean {
  return isUseful(before, [pattern], { steps: maxSteps })
}

/** Regions of alternatives that earlier rows or alternatives make useless. `around` puts a sub-pattern into the whole. */
function unusedAlternatives(
  before: readonly (readonly Simple[])[],
  pattern: Pattern,
  around: (p: Simple) => Simple,
): Region[] {
  if (pattern.kind !== 'or') return partsUnused(before, pattern, around)
  if (isInterval(pattern)) return []
  const { left, right } = pattern
  const afterLeft = [...before, [around(simplifyPattern(left))]]
  return [...unusedSide(before, left, around), ...unusedSide(afterLeft, right, around)]
}

/** `'a' .. 'z'` stands for alternatives that have no place of their own. */
function isInterval({ region, left }: Pattern & { kind: 'or' }): boolean {
  return left.region.start === region.start && left.region.end === region.end
}

function unusedSide(
  before: readonly (readonly Simple[])[],
  side: Pattern,
  around: (p: Simple) => Simple,
): Region[] {
  if (!useful(before, around(simplifyPattern(side)))) return [side.region]
  return unusedAlternatives(before, side, around)
}

function partsUnused(
  before: readonly (readonly Simple[])[],
  pattern: Pattern,
  around: (p: Simple) => Simple,
): Region[] {
  if (pattern.kind === 'alias') return unusedAlternatives(before, pattern.pattern, around)
  const simple = simplifyPattern(pattern)
  if (simple.kind !== 'head') return []
  return subPatterns(pattern).flatMap(({ part, index }) => {
    const inside = (p: Simple): Simple => {
      return around({ ...simple, arguments: simple.arguments.map((a, i) => (i === index ? p : a)) })
    }
    return unusedAlternatives(before, part, inside)
  })
}

/** The sub-patterns and which arguments of the head they are. */
function subPatterns(pattern: Pattern): { readonly part: Pattern; readonly index: number }[] {
  const numbered = (parts: readonly Pattern[]) => parts.map((part, index) => ({ part, index }))
  switch (pattern.kind) {
    case 'tuple':
    case 'array':
      return numbered(pattern.elements)
    case 'construct':
      return numbered(pattern.arguments)
    case 'variant':
      return pattern.argument === undefined ? [] : numbered([pattern.argument])
    case 'lazy':
      return numbered([pattern.pattern])
    case 'record':
      return pattern.fields.map((f) => ({ part: f.pattern, index: f.label.position }))
    default:
      return []
  }
}

function unusedCase(region: Region): Diagnostic {
  return warningAt(region, 11, 'this match case is unused.')
}

/** OCaml looks for unused cases, and for what is like them, only where 11 is wanted. */
function unreachableCase(region: Region): Diagnostic {
  const message = "this match case is unreachable.\nConsider replacing it with a refutation case '<pat> -> .'"
  return { ...warningAt(region, 56, message), onlyWith: 11 }
}

function unusedPattern(region: Region): Diagnostic {
  return { ...warningAt(region, 12, 'this sub-pattern is unused.'), onlyWith: 11 }
}

// ---------------------------------------------------------------------------------------------------------
// Guards that look at what can be bound in several ways

function checkGuards(cases: readonly Row[]): Diagnostic[] {
  const found: Diagnostic[] = []
  const before: Pattern[] = []
  for (const { pattern, guard } of cases) {
    if (guard === undefined) before.push(pattern)
    else {
      const mentioned = mentionedIn(guard)
      const used = variablesOf(pattern).filter((ident) => mentioned.has(ident))
      const ambiguous = used.length === 0 ? [] : ambiguousVariables(before, pattern, used)
      if (ambiguous.length > 0) found.push(ambiguousGuard(pattern.region, ambiguous))
    }
  }
  return found
}

/** The variables that a pattern binds, each once. */
function variablesOf(pattern: Pattern): readonly Ident[] {
  switch (pattern.kind) {
    case 'variable':
      return [pattern.ident]
    case 'alias':
      return [pattern.ident, ...variablesOf(pattern.pattern)]
    case 'or':
      return variablesOf(pattern.left)
    case 'any':
      return []
    default:
      return headOf(pattern).arguments.flatMap((each) => (each === undefined ? [] : variablesOf(each)))
  }
}

function ambiguousGuard(region: Region, idents: readonly Ident[]): Diagnostic {
  const names = idents.map(({ name }) => name).join(',')
  const subject = idents.length === 1 ? `variable ${names}` : `variables ${names}`
  const message = `Ambiguous or-pattern variables under guard;\n${subject} may match different arguments. (See manual section 11.5)`
  return warningAt(region, 57, message)
}
