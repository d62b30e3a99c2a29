/**
 * The types of format strings: `('a, 'b, 'c, 'd, 'e, 'f) format6`.
 *
 * Of a format only its `steps` matter: the arguments that it takes, one after the other.
 */

import type { Conversion, Format, FormatItem, IntegerType, Padding, Precision } from './format.ts'
import type { Path } from './ident.ts'
import { unitIdent } from './ident.ts'
import { instance } from './instance.ts'
import {
  boolType,
  charType,
  floatType,
  int32Type,
  int64Type,
  intType,
  nativeintType,
  stringType,
} from './predef.ts'
import { arrowType, constructorType, newVariable } from './type-graph.ts'
import type { Type } from './types.ts'

export type FormatStep =
  | { readonly kind: 'char' | 'string' | IntegerType | 'float' | 'bool' }
  | { readonly kind: 'alpha' | 'theta' | 'reader' | 'ignored-reader' }
  | { readonly kind: 'format-argument' | 'format-substitution'; readonly steps: readonly FormatStep[] }

const formatModule: Path = { kind: 'ident', ident: unitIdent('CamlinternalFormatBasics') }

export const format6Path: Path = { kind: 'dot', prefix: formatModule, name: 'format6' }

/** The list of a format's items, with the same parameters. */
export const fmtPath: Path = { kind: 'dot', prefix: formatModule, name: 'fmt' }

// ---------------------------------------------------------------------------------------------------------
// Steps

const int: FormatStep = { kind: 'int' }

function widthSteps(padding: Padding, precision: Precision): FormatStep[] {
  const steps: FormatStep[] = []
  if (padding.kind === 'argument') steps.push(int)
  if (precision.kind === 'argument') steps.push(int)
  return steps
}

const noPrecision: Precision = { kind: 'none' }

function conversionSteps(c: Conversion): readonly FormatStep[] {
  switch (c.kind) {
    case 'char':
    case 'caml-char':
    case 'scan-next-char':
      return [{ kind: 'char' }]
    case 'reader':
      return [{ kind: 'reader' }]
    case 'string':
    case 'caml-string':
      return [...widthSteps(c.padding, noPrecision), { kind: 'string' }]
    case 'bool':
      return [...widthSteps(c.padding, noPrecision), { kind: 'bool' }]
    case 'integer':
      return [...widthSteps(c.padding, c.precision), { kind: c.type }]
    case 'float':
      return [...widthSteps(c.padding, c.precision), { kind: 'float' }]
    case 'format-argument':
    case 'format-substitution':
      return [{ kind: c.kind, steps: stepsOf(c.items) }]
    case 'char-set':
      return [{ kind: 'string' }]
    case 'counter':
      return [int]
  }
}

function ignoredSteps(c: Conversion): readonly FormatStep[] {
  if (c.kind === 'reader') return [{ kind: 'ignored-reader' }]
  return c.kind === 'format-substitution' ? stepsOf(c.items) : []
}

function itemSteps(item: FormatItem): readonly FormatStep[] {
  switch (item.kind) {
    case 'ignored':
      return ignoredSteps(item.conversion)
    case 'alpha':
    case 'theta':
      return [{ kind: item.kind }]
    case 'open':
      return stepsOf(item.items)
    case 'flush':
    case 'literal':
    case 'formatting':
      return []
    default:
      return conversionSteps(item)
  }
}

export function stepsOf(format: Format): readonly FormatStep[] {
  return format.flatMap(itemSteps)
}

// ---------------------------------------------------------------------------------------------------------
// Types

/** The six parameters of a format type. */
interface Parameters {
  readonly a: Type
  readonly b: Type
  readonly c: Type
  readonly d: Type
  readonly e: Type
  readonly f: Type
}

const simpleTypes = {
  char: charType,
  string: stringType,
  int: intType,
  int32: int32Type,
  nativeint: nativeintType,
  int64: int64Type,
  float: floatType,
  bool: boolType,
} as const

function format6({ a, b, c, d, e, f }: Parameters): Type {
  return constructorType(format6Path, [a, b, c, d, e, f])
}

/** The parameters of a format with one more step in front. */
function prepend(step: FormatStep, rest: Parameters): Parameters {
  const { a, b, c, d } = rest
  switch (step.kind) {
    case 'alpha': {
      const x = newVariable()
      const printer = arrowType('', b, arrowType('', x, c))
      return { ...rest, a: arrowType('', printer, arrowType('', x, a)) }
    }
    case 'theta':
      return { ...rest, a: arrowType('', arrowType('', b, c), a) }
    case 'reader': {
      const x = newVariable()
      return { ...rest, a: arrowType('', x, a), d: arrowType('', arrowType('', b, x), d) }
    }
    case 'ignored-reader':
      return { ...rest, d: arrowType('', arrowType('', b, newVariable()), d) }
    case 'format-argument':
      return { ...rest, a: arrowType('', format6(freshParameters(step.steps)), a) }
    case 'format-substitution': {
      const own = freshParameters(step.steps)
      const used = parametersOf(step.steps, { ...rest, e: d, f: a })
      return { ...rest, a: arrowType('', format6(own), used.a), d: used.d }
    }
    default:
      return { ...rest, a: arrowType('', instance(simpleTypes[step.kind]), a) }
  }
}

/** `e` and `f` are what is left after all steps. */
function parametersOf(steps: readonly FormatStep[], end: Omit<Parameters, 'a' | 'd'>): Parameters {
  const last: Parameters = { ...end, a: end.f, d: end.e }
  return steps.reduceRight((rest, step) => prepend(step, rest), last)
}

function freshParameters(steps: readonly FormatStep[]): Parameters {
  return parametersOf(steps, { b: newVariable(), c: newVariable(), e: newVariable(), f: newVariable() })
}

/** The parameters of the most general type of a format with these steps. */
export function formatParameters(steps: readonly FormatStep[]): readonly Type[] {
  const { a, b, c, d, e, f } = freshParameters(steps)
  return [a, b, c, d, e, f]
}
