/**
 * Warnings about pattern matching, over a typed unit: 8 (a value is not matched), 11 (a case is never
 * used), 12 (an alternative is never used); and the error that a case `p -> .` can be reached.
 */

import type { Diagnostic } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import type { Env } from './env.ts'
import { areCompatible, type Budget, isUseful, reaching, unmatched } from './exhaustiveness-matrix.ts'
import { type Simple, simplifyPattern } from './exhaustiveness-patterns.ts'
import { printSimple } from './exhaustiveness-print.ts'
import { possibleExample } from './exhaustiveness-types.ts'
import { type MatchSite, matchSites } from './exhaustiveness-walk.ts'
import { box, renderMessage, space } from './pretty.ts'
import type { Case, Pattern, Structure } from './typed-tree.ts'
import type { Type } from './types.ts'

const maxSteps = 20_000
const maxExamples = 200

/** All matches of some items, in the order of the source. */
export function checkMatches(structure: Pick<Structure, 'items'>): Diagnostic[] {
  return matchSites(structure).flatMap(checkSite)
}

function checkSite(site: MatchSite): Diagnostic[] {
  const partial = site.total === undefined ? undefined : checkPartial(site, site.total)
  const unused = checkUnused(site)
  const found = partial === undefined ? unused : [partial, ...unused]
  return found.filter((d) => d.warning === undefined || site.warnings.has(d.warning.number))
}

// ---------------------------------------------------------------------------------------------------------
// Values that are not matched

interface Total {
  readonly region: Region
  readonly env: Env
  readonly type: Type
}

function checkPartial({ cases }: MatchSite, { region, env, type }: Total): Diagnostic | undefined {
  const rows = cases.filter(isSure).map((c) => [simplifyPattern(c.pattern)])
  if (rows.length === 0 && cases.some((c) => c.guard !== undefined)) {
    return partialMatch(region, 'All clauses in this pattern-matching are guarded.')
  }
  const example = findExample(rows, env, type, cases.length === 1)
  return example === undefined ? undefined : partialMatch(region, exampleText(example, cases))
}

function isSure(c: Case): boolean {
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

function exampleText(example: Simple, cases: readonly Case[]): string {
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
  const message = `this pattern-matching is not exhaustive.\n${text}`
  return { severity: 'warning', region, message, warning: { number: 8, name: 'partial-match' } }
}

// ---------------------------------------------------------------------------------------------------------
// Cases that are not used

function checkUnused({ cases, total }: MatchSite): Diagnostic[] {
  const found: Diagnostic[] = []
  const before: (readonly Simple[])[] = []
  for (const c of cases) {
    const { pattern } = c
    const simple = simplifyPattern(pattern)
    if (c.body.kind === 'unreachable') {
      if (total !== undefined) found.push(...checkRefuted(before, pattern, simple, total))
    } else if (!useful(before, simple)) found.push(unusedCase(pattern.region))
    else if (total !== undefined && before.length > 0 && !isReachable(before, simple, total))
      found.push(unreachableCase(pattern.region))
    else found.push(...unusedAlternatives(before, pattern, (p) => p).map(unusedPattern))
    if (c.guard === undefined) before.push([simple])
  }
  return found
}

/** An error when a value can reach a case that claims that none does (`| p -> .`). */
function checkRefuted(
  before: readonly (readonly Simple[])[],
  pattern: Pattern,
  simple: Simple,
  { env, type }: Total,
): Diagnostic[] {
  for (const [candidate] of reaching(before, [simple], { steps: maxSteps })) {
    const example = candidate === undefined ? undefined : possibleExample(env, type, candidate, true)
    if (example !== undefined) return [notRefuted(pattern.region, example)]
  }
  return []
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

function notRefuted(region: Region, example: Simple): Diagnostic {
  const doc = box(
    0,
    'This match case could not be refuted.',
    space,
    'Here is an example of a value that would reach it:',
    space,
    printSimple(example),
  )
  return { severity: 'error', region, message: renderMessage(doc) }
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
  const warning = { number: 11, name: 'redundant-case' }
  return { severity: 'warning', region, message: 'this match case is unused.', warning }
}

function unreachableCase(region: Region): Diagnostic {
  const warning = { number: 56, name: 'unreachable-case' }
  const message = "this match case is unreachable.\nConsider replacing it with a refutation case '<pat> -> .'"
  return { severity: 'warning', region, message, warning }
}

function unusedPattern(region: Region): Diagnostic {
  const warning = { number: 12, name: 'redundant-subpat' }
  return { severity: 'warning', region, message: 'this sub-pattern is unused.', warning }
}
