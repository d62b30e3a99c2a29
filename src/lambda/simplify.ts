/**
 * One pass of simplification, from the outside in: known values are propagated, primitives folded, branches on
 * known values chosen, fields of known blocks read from where they came, small functions inlined.
 *
 * Invariants: evaluation order is kept (right to left in applications and primitives); code is copied only
 * with fresh binders; what the spine binds stays on the spine.
 */

import { letIn, sequence, variable } from './build.ts'
import { Facts } from './facts.ts'
import { foldPrimitive, knownInt } from './fold.ts'
import type { Binder, Lambda } from './lambda.ts'
import { inlineApplication } from './inline.ts'
import { simplifySwitch, simplifyStringSwitch } from './simplify-switch.ts'
import { readField } from './simplify-field.ts'
import { isDiscardable, termLayout } from './term-layout.ts'
import { mapChildren } from './traverse.ts'
import type { Summaries } from './unit-summary.ts'

export interface SimplifyOptions {
  readonly summaries: Summaries
  /** How often each variable is mentioned, by stamp. */
  readonly uses: ReadonlyMap<number, number>
}

export function simplifyUnit(body: Lambda, options: SimplifyOptions): Lambda {
  return new Simplifier(options).spine(body)
}

type Of<Kind extends Lambda['kind']> = Lambda & { readonly kind: Kind }
