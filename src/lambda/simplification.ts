/** What the parts of simplification share. */

import type { Facts, Shape } from './facts.ts'
import type { Binder, Lambda } from './lambda.ts'
import type { Summaries } from './unit-summary.ts'

export interface Simplification {
  readonly facts: Facts
  readonly summaries: Summaries
  /** How often each variable is mentioned, by stamp; inlining adds what it copies. */
  readonly uses: Map<number, number>
  /** How many nodes inlining may still add. */
  budget: number
  /** How many inlined functions surround the term at hand. */
  depth: number
  run(term: Lambda): Lambda
  /** `let binder = value in body`, with `value` simplified already. */
  bind(binder: Binder, mutable: boolean, value: Lambda, body: () => Lambda): Lambda
  shapeOf(term: Lambda): Shape | undefined
  usesOf(stamp: number): number
}
