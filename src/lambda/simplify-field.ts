/** Reads of fields whose value is known: of blocks made nearby, of constants, of other units. */

import { structured } from './build.ts'
import type { Shape } from './facts.ts'
import type { Lambda, Primitive } from './lambda.ts'
import type { Simplification } from './simplification.ts'
import type { FieldSummary } from './unit-summary.ts'

/** What the read yields, when that is known as a term. */
export function readKnownField(s: Simplification, p: Primitive, args: readonly Lambda[]): Lambda | undefined {
  const [source] = args
  if (source === undefined) return undefined
  if (p.kind === 'floatField' && p.mutable !== true) return readFloat(s.shapeOf(source), p.index)
  if (p.kind !== 'field' || p.mutable === true) return undefined
  const summary = summaryOf(s, source)
  if (summary !== undefined) return importedConstant(fieldOf(summary, p.index))
  return readShape(s.shapeOf(source), p.index)
}

function readShape(shape: Shape | undefined, index: number): Lambda | undefined {
  if (shape?.kind === 'block') return shape.fields[index]
  if (shape?.kind !== 'constant' || shape.value.kind !== 'block') return undefined
  const value = shape.value.fields[index]
  return value?.kind === 'constant' && value.constant.kind !== 'string' ? structured(value) : undefined
}

function readFloat(shape: Shape | undefined, index: number): Lambda | undefined {
  if (shape?.kind === 'float-block') return shape.fields[index]
  if (shape?.kind !== 'constant' || shape.value.kind !== 'float-array') return undefined
  const value = shape.value.values[index]
  return value === undefined
    ? undefined
    : structured({ kind: 'constant', constant: { kind: 'float', value } })
}

// ---------------------------------------------------------------------------------------------------------
// Other units

function fieldOf(summary: FieldSummary, index: number): FieldSummary | undefined {
  return summary.kind === 'block' ? summary.fields[index] : undefined
}

function importedConstant(summary: FieldSummary | undefined): Lambda | undefined {
  return summary?.kind === 'constant' ? structured(summary.value) : undefined
}

/** The summary of a unit, or of a field of one, or of a variable bound to that. */
function summaryOf(s: Simplification, term: Lambda): FieldSummary | undefined {
  if (term.kind === 'unit') {
    const unit = s.summaries(term.name)
    return unit === undefined ? undefined : { kind: 'block', fields: unit.fields }
  }
  if (term.kind === 'variable') {
    const { shape } = s.facts.get(term.ident.stamp)
    return shape?.kind === 'imported' ? shape.summary : undefined
  }
  if (term.kind !== 'primitive' || term.primitive.kind !== 'field') return undefined
  const [source] = term.arguments
  const outer = source === undefined ? undefined : summaryOf(s, source)
  return outer === undefined ? undefined : fieldOf(outer, term.primitive.index)
}

/** The shape of a term that reads a field of another unit. */
export function importedShape(s: Simplification, term: Lambda): Shape | undefined {
  const summary = summaryOf(s, term)
  return summary === undefined || summary.kind === 'unknown'
    ? undefined
    : { kind: 'imported', summary, access: term }
}
