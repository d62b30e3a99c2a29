/**
 * What the parts of normalisation ask of each other: the interface of `Normaliser`, so that its parts do not import it.
 */

import type { Region } from '../base/region.ts'
import type { Lambda, LambdaUnit } from '../lambda/lambda.ts'
import type { Ident } from '../typing/ident.ts'
import type { Statement, Variable } from './code.ts'
import type { FunctionBuilder } from './function-builder.ts'
import type { Approximation, Binding, Operand } from './scope.ts'
import type { StaticData } from './static-data.ts'

/** Where a term's value goes. */
export type Destination =
  | { readonly kind: 'return' }
  | { readonly kind: 'variable'; readonly variable: Variable }
  | { readonly kind: 'discard' }

export interface Terms {
  readonly b: FunctionBuilder
  readonly data: StaticData
  /** Normalises a term; its value goes to `destination`. */
  into(lambda: Lambda, destination: Destination): void
  /** Sends a value on its way. */
  deliver(operand: Operand, destination: Destination): void
  /** Normalises a term into an expression. */
  operand(lambda: Lambda): Operand
  /** Several terms, evaluated from right to left. */
  operands(lambdas: readonly Lambda[]): Operand[]
  condition(lambda: Lambda): Operand
  lookup(ident: Ident): Binding
  approximate(lambda: Lambda): Approximation | undefined
}

/** What the functions of one unit share while it is normalised. */
export interface UnitContext {
  readonly lambda: LambdaUnit
  readonly data: StaticData
  readonly approximationOfUnit: (name: string) => Approximation | undefined
  /** The offset of the block of static slots, and the next free one. */
  readonly slotsOffset: number
  nextSlot: number
  readonly moduleOffset: number
  /** What is known of the module block; set at the end of the spine. */
  approximation: Approximation
  reserveFunction(): number
  defineFunction(
    index: number,
    name: string,
    region: Region,
    parameters: readonly Variable[],
    env: Variable | undefined,
    builder: FunctionBuilder,
    body: readonly Statement[],
  ): void
}
