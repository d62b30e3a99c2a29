/**
 * Polymorphic comparisons whose arguments turn out to be numbers, as happens when `max` or a functor's code is
 * inlined: on two immediates and on two numbers of one boxed kind they are primitives.
 */

import { primitive } from './build.ts'
import type { Comparison, Lambda, Layout, Primitive } from './lambda.ts'

const comparisons: Readonly<Record<string, Comparison>> = {
  caml_equal: 'eq',
  caml_notequal: 'ne',
  caml_lessthan: 'lt',
  caml_lessequal: 'le',
  caml_greaterthan: 'gt',
  caml_greaterequal: 'ge',
}

/** `layouts` are those of the arguments. */
export function specialiseComparison(
  p: Primitive,
  args: readonly Lambda[],
  layouts: readonly Layout[],
): Lambda | undefined {
  if (p.kind !== 'external') return undefined
  const [layout, other] = layouts
  if (layout !== other || layout === undefined) return undefined
  if (p.name === 'caml_compare') return order(layout, args)
  const comparison = comparisons[p.name]
  return comparison === undefined ? undefined : relation(layout, comparison, args)
}

function relation(layout: Layout, comparison: Comparison, args: readonly Lambda[]): Lambda | undefined {
  switch (layout) {
    case 'int':
      return primitive({ kind: 'intCompare', comparison }, args)
    case 'float':
      return primitive({ kind: 'floatCompare', comparison }, args)
    case 'int32':
    case 'int64':
    case 'nativeint':
      return primitive({ kind: 'boxedCompare', type: layout, comparison }, args)
    default:
      return undefined
  }
}

function order(layout: Layout, args: readonly Lambda[]): Lambda | undefined {
  switch (layout) {
    case 'int':
      return primitive({ kind: 'intOrder' }, args)
    case 'float':
      return primitive({ kind: 'floatOrder' }, args)
    case 'int32':
    case 'int64':
    case 'nativeint':
      return primitive({ kind: 'boxedOrder', type: layout }, args)
    default:
      return undefined
  }
}
