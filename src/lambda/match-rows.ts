/**
 * Matching row by row, column by column: code linear in the size of the patterns, whatever they are. Used where
 * decision trees would explode, and by tests as the definition of what a match means.
 */

import { freshIdent, type Ident } from '../typing/ident.ts'
import { conditional, freshBinder, freshLabel, letIn, variable } from './build.ts'
import type { Lambda, Layout } from './lambda.ts'
import type { MatchProblem, MatchRow } from './match-problem.ts'
import { familyLayout, readAccessor, testTerm } from './match-tests.ts'
import { type Accessor, boundVariables, isCompleteSet, type Pat } from './pattern.ts'

interface Task {
  readonly ident: Ident
  readonly pattern: Pat
}

/** New names for the variables of an alternative. */
type Renaming = ReadonlyMap<number, Ident>

export function matchRowByRow(problem: MatchProblem): Lambda {
  return problem.rows.reduceRight((rest, row) => matchRow(problem, row, rest), problem.failure)
}

function matchRow(problem: MatchProblem, row: MatchRow, rest: Lambda): Lambda {
  const label = freshLabel()
  const { layout } = problem
  const next: Lambda = { kind: 'staticRaise', label, arguments: [] }
  const tasks = problem.subjects.map((s, i) => ({ ident: s.ident, pattern: row.patterns[i] as Pat }))
  const body = new RowMatcher(layout, next, new Map()).run(tasks, () =>
    row.guard === undefined ? row.body : conditional(row.guard, row.body, next, layout),
  )
  return { kind: 'staticCatch', label, parameters: [], body, handler: rest, layout }
}

class RowMatcher {
  private readonly layout: Layout
  private readonly next: Lambda
  private readonly renaming: Renaming

  constructor(layout: Layout, next: Lambda, renaming: Renaming) {
    this.layout = layout
    this.next = next
    this.renaming = renaming
  }

  run(tasks: readonly Task[], success: () => Lambda): Lambda {
    const [task, ...rest] = tasks
    if (task === undefined) return success()
    const { ident, pattern } = task
    switch (pattern.kind) {
      case 'wild':
        return this.run(rest, success)
      case 'bind': {
        const bound = this.renaming.get(pattern.ident.stamp) ?? pattern.ident
        const inner = this.run([{ ident, pattern: pattern.pattern }, ...rest], success)
        return letIn({ ident: bound, layout: pattern.layout }, variable(ident), inner)
      }
      case 'head':
        return this.head(ident, pattern, rest, success)
      case 'or':
        return this.alternatives(ident, pattern, () => this.run(rest, success))
    }
  }

  private head(
    ident: Ident,
    pattern: Pat & { kind: 'head' },
    rest: readonly Task[],
    success: () => Lambda,
  ): Lambda {
    const { head } = pattern
    const idents = head.accessors.map((a) => (a.kind === 'self' ? ident : freshIdent(ident.name)))
    const inner = pattern.arguments.map((p, i) => ({ ident: idents[i] as Ident, pattern: p }))
    const matched = this.run([...inner, ...rest], success)
    const body = head.accessors.reduceRight((term, accessor, i) => {
      const argument = pattern.arguments[i] as Pat
      if (accessor.kind === 'self' || (argument.kind === 'wild' && accessor.kind !== 'force')) return term
      const bound = { ident: idents[i] as Ident, layout: layoutOfArgument(accessor, argument) }
      return letIn(bound, readAccessor(accessor, variable(ident)), term)
    }, matched)
    const otherwise = isCompleteSet([head]) ? undefined : this.next
    return testTerm(ident, head.family, [{ head, body }], otherwise, this.layout)
  }

  /** `catch (catch (alternative 1 → exit L) (with next: alternative 2 → exit L)) (with L variables: rest)`. */
  private alternatives(ident: Ident, pattern: Pat & { kind: 'or' }, success: () => Lambda): Lambda {
    const { layout } = this
    const label = freshLabel()
    const variables = boundVariables(pattern)
    const parameters = variables.map((v) => ({ ...v, ident: this.renaming.get(v.ident.stamp) ?? v.ident }))
    const body = pattern.alternatives.reduceRight((rest: Lambda, alternative): Lambda => {
      const renaming = new Map(
        variables.map((v) => [v.ident.stamp, freshBinder(v.ident.name, v.layout).ident]),
      )
      const args = variables.map((v) => variable(renaming.get(v.ident.stamp) as Ident))
      const done: Lambda = { kind: 'staticRaise', label, arguments: args }
      const skip = freshLabel()
      const next: Lambda = { kind: 'staticRaise', label: skip, arguments: [] }
      const tried = new RowMatcher(layout, next, renaming).run([{ ident, pattern: alternative }], () => done)
      return { kind: 'staticCatch', label: skip, parameters: [], body: tried, handler: rest, layout }
    }, this.next)
    return { kind: 'staticCatch', label, parameters, body, handler: success(), layout }
  }
}

function layoutOfArgument(accessor: Accessor, pattern: Pat): Layout {
  const known = accessor.kind === 'float-field' ? 'float' : accessor.kind === 'self' ? 'any' : accessor.layout
  return known === 'any' && pattern.kind === 'head' ? familyLayout(pattern.head.family) : known
}
