/**
 * What other units may know of a unit's fields: constants, functions small enough to be inlined, submodules.
 *
 * A function can be inlined elsewhere when all its free variables are fields of this unit, of other units, or
 * of a submodule of this unit: they are then read from there.
 */

import { field } from './build.ts'
import type { FunctionTerm, Lambda, LambdaUnit } from './lambda.ts'
import { constantLayout } from './term-layout.ts'
import { copyTerm, freeVariables, termSize } from './traverse.ts'
import type { FieldSummary, Summaries, UnitSummary } from './unit-summary.ts'

const maxInlineSize = 50
const maxAlwaysSize = 400

interface Bound {
  readonly value: Lambda
  readonly recursive: boolean
}

export function summariseUnit(unit: LambdaUnit, summaries: Summaries): UnitSummary {
  return new Summariser(unit, summaries).run()
}

class Summariser {
  private readonly unit: LambdaUnit
  private readonly summaries: Summaries
  private readonly bound = new Map<number, Bound>()
  /** Where exported variables are found from outside. */
  private readonly exported = new Map<number, Lambda>()

  constructor(unit: LambdaUnit, summaries: Summaries) {
    this.unit = unit
    this.summaries = summaries
  }

  run(): UnitSummary {
    const { name } = this.unit
    const exports = this.readSpine(this.unit.body)
    if (exports.kind !== 'primitive' || exports.primitive.kind !== 'makeBlock') return { name, fields: [] }
    this.export(exports, { kind: 'unit', name })
    return { name, fields: exports.arguments.map((a) => this.summary(a)) }
  }

  /** Records what the spine binds; returns its end. */
  private readSpine(start: Lambda): Lambda {
    let term = start
    for (;;) {
      if (term.kind === 'let') {
        if (!term.mutable) this.bound.set(term.binder.ident.stamp, { value: term.value, recursive: false })
        term = term.body
      } else if (term.kind === 'letrec') {
        for (const { binder, value } of term.bindings) {
          if (value.kind === 'function') this.bound.set(binder.ident.stamp, { value, recursive: true })
        }
        term = term.body
      } else if (term.kind === 'sequence') term = term.second
      else return term
    }
  }

  private export(block: Lambda & { kind: 'primitive' }, access: Lambda): void {
    block.arguments.forEach((a, i) => {
      if (a.kind !== 'variable' || this.exported.has(a.ident.stamp)) return
      const at = field(i, access)
      this.exported.set(a.ident.stamp, at)
      const value = this.bound.get(a.ident.stamp)?.value
      if (value !== undefined && isModule(value)) this.export(value, at)
    })
  }

  private summary(term: Lambda): FieldSummary {
    if (term.kind === 'constant') return constantSummary(term)
    if (term.kind === 'variable') {
      const bound = this.bound.get(term.ident.stamp)
      return bound === undefined ? { kind: 'unknown' } : this.valueSummary(bound)
    }
    return this.importedSummary(term) ?? { kind: 'unknown' }
  }

  private valueSummary({ value, recursive }: Bound): FieldSummary {
    if (value.kind === 'function') return this.functionSummary(value, recursive)
    if (isModule(value)) return { kind: 'block', fields: value.arguments.map((a) => this.summary(a)) }
    return this.summary(value)
  }

  private functionSummary(term: FunctionTerm, recursive: boolean): FieldSummary {
    const arity = term.parameters.length
    const limit = term.inline === 'always' ? maxAlwaysSize : maxInlineSize
    if (recursive || term.inline === 'never' || termSize(term.body, limit) > limit)
      return { kind: 'function', arity }
    const closed = this.close(term)
    return closed === undefined
      ? { kind: 'function', arity }
      : { kind: 'function', arity, inlineBody: closed }
  }

  /** The function with its free variables replaced by fields of units, if they can be. */
  private close(term: FunctionTerm): FunctionTerm | undefined {
    const terms = new Map<number, Lambda>()
    for (const stamp of freeVariables(term).keys()) {
      const at = this.exported.get(stamp)
      if (at === undefined) return undefined
      terms.set(stamp, at)
    }
    return copyTerm(term, terms) as FunctionTerm
  }

  /** A unit, a field of another unit, or a field of a submodule of one. */
  private importedSummary(term: Lambda): FieldSummary | undefined {
    if (term.kind === 'unit') {
      const fields = this.summaries(term.name)?.fields
      return fields === undefined ? undefined : { kind: 'block', fields }
    }
    if (term.kind !== 'primitive' || term.primitive.kind !== 'field' || term.primitive.mutable === true)
      return undefined
    const [source] = term.arguments
    const outer = source === undefined ? undefined : this.importedSummary(source)
    return outer?.kind === 'block' ? outer.fields[term.primitive.index] : undefined
  }
}

function isModule(value: Lambda): value is Lambda & { kind: 'primitive' } {
  return value.kind === 'primitive' && value.primitive.kind === 'makeBlock' && !value.primitive.mutable
}

function constantSummary(term: Lambda & { kind: 'constant' }): FieldSummary {
  return constantLayout(term.value) === 'pointer'
    ? { kind: 'unknown' }
    : { kind: 'constant', value: term.value }
}
