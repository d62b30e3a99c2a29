/**
 * The polymorphic comparisons, specialised by the type of their first argument.
 *
 * - ints, chars, bools, constant variants: `intCompare`, `intOrder`; floats and boxed integers: their own primitives;
 * - strings and bytes: `caml_string_equal`, `caml_string_lessthan`, `caml_string_compare` …;
 * - equality with a constant constructor is physical;
 * - anything else: `caml_equal`, `caml_compare` ….
 */

import { expandHeadPrivate } from '../typing/expand.ts'
import { predefinedType } from '../typing/predef.ts'
import { external, primitive } from './build.ts'
import type { Comparison, Lambda, Layout } from './lambda.ts'
import { layoutOf, splitArrows } from './layout.ts'
import type { PrimitiveUse } from './primitive-use.ts'

const comparisons = {
  '%equal': 'eq',
  '%notequal': 'ne',
  '%lessthan': 'lt',
  '%lessequal': 'le',
  '%greaterthan': 'gt',
  '%greaterequal': 'ge',
} as const

type ComparisonName = keyof typeof comparisons | '%compare'

const suffixes: Readonly<Record<Comparison, string>> = {
  eq: 'equal',
  ne: 'notequal',
  lt: 'lessthan',
  le: 'lessequal',
  gt: 'greaterthan',
  ge: 'greaterequal',
}

export function isComparison(name: string): name is ComparisonName {
  return name === '%compare' || name in comparisons
}

export function comparisonTerm(name: ComparisonName, use: PrimitiveUse, args: readonly Lambda[]): Lambda {
  const [type] = splitArrows(use.env, use.type, 1).parameters
  const layout = type === undefined ? 'any' : layoutOf(use.env, type)
  if (name === '%compare') return compareTerm(use, layout, args)
  return relationTerm(comparisons[name], use, layout, args)
}

function relationTerm(
  comparison: Comparison,
  use: PrimitiveUse,
  layout: Layout,
  args: readonly Lambda[],
): Lambda {
  const { region } = use
  switch (layout) {
    case 'int':
      return primitive({ kind: 'intCompare', comparison }, args, region)
    case 'float':
      return primitive({ kind: 'floatCompare', comparison }, args, region)
    case 'int32':
    case 'int64':
    case 'nativeint':
      return primitive({ kind: 'boxedCompare', type: layout, comparison }, args, region)
    default: {
      const equality = comparison === 'eq' || comparison === 'ne'
      if (equality && args.some(isImmediateConstant))
        return primitive({ kind: 'intCompare', comparison }, args, region)
      return generic(suffixes[comparison], use, args)
    }
  }
}

function isImmediateConstant(term: Lambda): boolean {
  if (term.kind !== 'constant' || term.value.kind !== 'constant') return false
  const { kind } = term.value.constant
  return kind === 'int' || kind === 'char'
}

function compareTerm(use: PrimitiveUse, layout: Layout, args: readonly Lambda[]): Lambda {
  switch (layout) {
    case 'int':
      return primitive({ kind: 'intOrder' }, args, use.region)
    case 'float':
      return primitive({ kind: 'floatOrder' }, args, use.region)
    case 'int32':
    case 'int64':
    case 'nativeint':
      return primitive({ kind: 'boxedOrder', type: layout }, args, use.region)
    default:
      return generic('compare', use, args)
  }
}

/** "caml_string_compare" and "caml_bytes_compare" for these types, otherwise "caml_compare". */
function generic(operation: string, use: PrimitiveUse, args: readonly Lambda[]): Lambda {
  const text = textType(use)
  const layout = text === undefined ? 'any' : 'pointer'
  const name = text === undefined ? `caml_${operation}` : `caml_${text}_${operation}`
  return external(name, [layout, layout], 'int', args, use.region)
}

function textType(use: PrimitiveUse): 'string' | 'bytes' | undefined {
  const [type] = splitArrows(use.env, use.type, 1).parameters
  if (type === undefined) return undefined
  const { desc } = expandHeadPrivate(use.env, type)
  const predefined = desc.kind === 'constructor' ? predefinedType(desc.path) : undefined
  return predefined === 'string' || predefined === 'bytes' ? predefined : undefined
}
