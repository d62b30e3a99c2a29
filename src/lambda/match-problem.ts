/** What match compilation is given. */

import type { Binder, Lambda, Layout } from './lambda.ts'
import type { Pat } from './pattern.ts'

export interface MatchRow {
  /** One pattern per subject. */
  readonly patterns: readonly Pat[]
  readonly guard: Lambda | undefined
  readonly body: Lambda
}

export interface MatchProblem {
  /** Variables that are bound around the match. */
  readonly subjects: readonly Binder[]
  /** The subjects are the components of a tuple that was not built: each row has one pattern, for the tuple. */
  readonly tuple?: boolean
  readonly rows: readonly MatchRow[]
  /** What happens when no row matches. */
  readonly failure: Lambda
  readonly layout: Layout
  /** When types of later columns may depend on tests of earlier ones (GADTs). */
  readonly leftToRight: boolean
}
