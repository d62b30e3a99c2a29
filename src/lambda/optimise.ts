/**
 * The optimiser: rounds of simplification, each followed by the elimination of mutable blocks that do not
 * escape and of dead code; after the first one, tail-recursive functions become loops.
 */

import { type Elimination, eliminateDead } from './eliminate-dead.ts'
import { eliminateRefs } from './eliminate-refs.ts'
import { introduceJoins } from './join-points.ts'
import type { Lambda, LambdaUnit } from './lambda.ts'
import { loopify } from './loopify.ts'
import { refineMutable } from './refine-mutable.ts'
import { simplifyUnit } from './simplify.ts'
import { simplifyCatches } from './simplify-catch.ts'
import { summariseUnit } from './summarise.ts'
import { importsOf } from './translate.ts'
import { termSize } from './traverse.ts'
import type { Summaries, UnitSummary } from './unit-summary.ts'

export interface OptimisedUnit {
  readonly unit: LambdaUnit
  /** For the units that import this one. */
  readonly summary: UnitSummary
}

const rounds = 3

const noSummaries: Summaries = () => undefined

/** `summaries` tells what is known of imported units. The result computes the same, unit block included. */
export function optimise(unit: LambdaUnit, summaries: Summaries = noSummaries): OptimisedUnit {
  const term = improve(unit.body, summaries)
  const imports = new Set([...unit.imports, ...importsOf(term)])
  const optimised: LambdaUnit = { ...unit, body: term, imports: [...imports].sort() }
  return { unit: optimised, summary: summariseUnit(optimised, summaries) }
}

/** Rounds end early when the last one inlined nothing and made no new opportunities. */
function improve(body: Lambda, summaries: Summaries): Lambda {
  let state = eliminateDead(eliminateRefs(body))
  const budget = Math.max(4000, 2 * termSize(state.term))
  for (let round = 0; round < rounds; round++) {
    const options = { summaries, uses: state.uses, budget: budget / (round + 1) }
    const { term, inlined } = simplifyUnit(state.term, options)
    state = eliminateDead(refineMutable(eliminateRefs(simplifyCatches(term))))
    const before = state.term
    if (round === 0) state = cleaned(loopify(state.term, state.uses), state)
    if (round < rounds - 1) state = cleaned(introduceJoins(state.term), state)
    if (!inlined && state.term === before) break
  }
  return state.term
}

/** Without dead code; the state itself when the term is the same. */
function cleaned(term: Lambda, state: Elimination): Elimination {
  return term === state.term ? state : eliminateDead(term)
}
