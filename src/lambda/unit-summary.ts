/** What a unit tells the optimiser about its fields, for the units that import it. */

import type { StructuredConstant } from '../typing/typed-tree.ts'
import type { FunctionTerm } from './lambda.ts'

export type FieldSummary =
  | { readonly kind: 'unknown' }
  /** An immediate or a boxed number. */
  | { readonly kind: 'constant'; readonly value: StructuredConstant }
  /**
   * `inlineBody` is the whole function, small enough to be copied; its only free variables are fields of units
   * (this one included).
   */
  | { readonly kind: 'function'; readonly arity: number; readonly inlineBody?: FunctionTerm }
  /** A submodule, or another immutable block. */
  | { readonly kind: 'block'; readonly fields: readonly FieldSummary[] }

export interface UnitSummary {
  readonly name: string
  readonly fields: readonly FieldSummary[]
}

export type Summaries = (unit: string) => UnitSummary | undefined
