/**
 * The optimiser: rounds of simplification, each followed by the elimination of mutable blocks that do not
 * escape and of dead code; after the first one, tail-recursive functions become loops.
 */

import { eliminateDead } from './eliminate-dead.ts'
import { eliminateRefs } from './eliminate-refs.ts'
import { introduceJoins } from './join-points.ts'
import type { LambdaUnit } from './lambda.ts'
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
  let { term, uses } = eliminateDead(eliminateRefs(unit.body))
  const budget = Math.max(4000, 2 * termSize(term))
  for (let round = 0; round < rounds; round++) {
    const simplified = simplifyUnit(term, { summaries, uses, budget: budget / (round + 1) })
    ;({ term, uses } = eliminateDead(refineMutable(eliminateRefs(simplifyCatches(simplified)))))
    if (round === 0) ({ term, uses } = eliminateDead(loopify(term)))
    if (round < rounds - 1) ({ term, uses } = eliminateDead(introduceJoins(term)))
  }
  const imports = new Set([...unit.imports, ...importsOf(term)])
  const optimised: LambdaUnit = { ...unit, body: term, imports: [...imports].sort() }
  return { unit: optimised, summary: summariseUnit(optimised, summaries) }
}
