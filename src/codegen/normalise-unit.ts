/**
 * Normalisation of a compilation unit: its static slots, its module block, its table of functions.
 */

import { Crash } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import type { Lambda, LambdaUnit } from '../lambda/lambda.ts'
import { type CodeFunction, numberSites, type Statement, type Variable } from './code.ts'
import { FunctionBuilder } from './function-builder.ts'
import { Normaliser } from './normalise.ts'
import { placePolls } from './place-polls.ts'
import { type Approximation, type Binding, FunctionScope } from './scope.ts'
import { StaticData } from './static-data.ts'
import type { UnitContext } from './terms.ts'

/** A unit in normal form; function 0 is the initialiser. */
export interface CodeUnit {
  readonly name: string
  readonly functions: readonly CodeFunction[]
  readonly data: StaticData
  /** The offset and size of the block of static slots. */
  readonly slots: { readonly offset: number; readonly count: number }
  /** The offset of the module block and its size. */
  readonly module: { readonly offset: number; readonly size: number }
  readonly approximation: Approximation
}

export function normaliseUnit(
  lambda: LambdaUnit,
  approximationOfUnit: (name: string) => Approximation | undefined,
): CodeUnit {
  return new UnitNormaliser(lambda, approximationOfUnit).run()
}

/** State of one unit. */
class UnitNormaliser implements UnitContext {
  readonly data = new StaticData()
  readonly functions: (CodeFunction | undefined)[] = []
  readonly lambda: LambdaUnit
  readonly approximationOfUnit: (name: string) => Approximation | undefined
  readonly slotsOffset: number
  readonly slotCount: number
  readonly moduleOffset: number
  nextSlot = 0
  approximation: Approximation = { kind: 'block', fields: [] }

  constructor(lambda: LambdaUnit, approximationOfUnit: (name: string) => Approximation | undefined) {
    this.lambda = lambda
    this.approximationOfUnit = approximationOfUnit
    this.slotCount = countSpine(lambda.body)
    this.moduleOffset = lambda.size === 0 ? this.data.atom(0) : this.data.slots(lambda.size)
    this.slotsOffset = this.slotCount === 0 ? 0 : this.data.slots(this.slotCount)
  }

  run(): CodeUnit {
    const index = this.reserveFunction()
    const noRegion = regionOf(this.lambda.body)
    const builder = new FunctionBuilder(this.data, noRegion)
    const scope = new FunctionScope(undefined, undefined, 0, undefined, captureFails)
    const n = new Normaliser(this, builder, scope)
    const body = builder.collect(() => n.spine(this.lambda.body))
    this.defineFunction(index, `${this.lambda.name}.(init)`, noRegion, [], undefined, builder, body)
    return {
      name: this.lambda.name,
      functions: this.functions as CodeFunction[],
      data: this.data,
      slots: { offset: this.slotsOffset, count: this.slotCount },
      module: { offset: this.moduleOffset, size: this.lambda.size },
      approximation: this.approximation,
    }
  }

  reserveFunction(): number {
    return this.functions.push(undefined) - 1
  }

  defineFunction(
    index: number,
    name: string,
    region: Region,
    parameters: readonly Variable[],
    env: Variable | undefined,
    builder: FunctionBuilder,
    body: readonly Statement[],
  ): void {
    const polled = placePolls(body, region)
    const sites = numberSites(polled)
    this.functions[index] = {
      index,
      name,
      region,
      parameters,
      env,
      variables: builder.variables,
      body: polled,
      sites,
    }
  }
}

/** How many idents the spine binds. */
function countSpine(lambda: Lambda): number {
  let count = 0
  let at: Lambda = lambda
  for (;;) {
    if (at.kind === 'let') {
      if (!at.mutable) count += 1
      at = at.body
    } else if (at.kind === 'letrec') {
      count += at.bindings.length
      at = at.body
    } else if (at.kind === 'sequence') at = at.second
    else return count
  }
}

function regionOf(lambda: Lambda): Region {
  let at: Lambda = lambda
  for (;;) {
    if ('region' in at) return at.region
    if (at.kind === 'let') at = at.value
    else if (at.kind === 'letrec') at = (at.bindings[0] as { value: Lambda }).value
    else if (at.kind === 'sequence') at = at.first
    else return { source: { name: '_none_', bytes: new Uint8Array(0) }, start: 0, end: 0 }
  }
}

function captureFails(): Binding {
  throw new Crash('a variable of the top level is not portable')
}
