/** What is known of a term before it is evaluated: the layout of its value, and whether evaluating it matters. */

import type { StructuredConstant } from '../typing/typed-tree.ts'
import type { Lambda, Layout, Primitive } from './lambda.ts'
import { bigarrayLayout, elementLayout } from './layout.ts'

export function constantLayout(value: StructuredConstant): Layout {
  if (value.kind !== 'constant') return 'pointer'
  switch (value.constant.kind) {
    case 'int':
    case 'char':
      return 'int'
    case 'string':
      return 'pointer'
    default:
      return value.constant.kind
  }
}

/** `layoutOfVariable` by stamp. */
export function termLayout(term: Lambda, layoutOfVariable: (stamp: number) => Layout): Layout {
  switch (term.kind) {
    case 'variable':
      return layoutOfVariable(term.ident.stamp)
    case 'constant':
      return constantLayout(term.value)
    case 'unit':
    case 'function':
      return 'pointer'
    case 'primitive':
      return primitiveLayout(term.primitive)
    case 'let':
    case 'letrec':
      return termLayout(term.body, layoutOfVariable)
    case 'sequence':
      return termLayout(term.second, layoutOfVariable)
    case 'assign':
    case 'while':
    case 'for':
      return 'int'
    case 'staticRaise':
      return 'any'
    default:
      return term.layout
  }
}

/** Whether the term never has a value: it raises or jumps. */
export function isDivergent(term: Lambda): boolean {
  switch (term.kind) {
    case 'staticRaise':
      return true
    case 'primitive':
      return term.primitive.kind === 'raise'
    case 'let':
    case 'letrec':
      return isDivergent(term.body)
    case 'sequence':
      return isDivergent(term.second)
    default:
      return false
  }
}

/** The layout of a term that is one of several branches, where `declared` says nothing better. */
export function joinedLayout(
  declared: Layout,
  branches: readonly Lambda[],
  layoutOfVariable: (stamp: number) => Layout,
): Layout {
  if (declared !== 'any') return declared
  const layouts = branches.filter((b) => !isDivergent(b)).map((b) => termLayout(b, layoutOfVariable))
  const [first = 'any'] = layouts
  return layouts.every((l) => l === first) ? first : 'any'
}

export function primitiveLayout(p: Primitive): Layout {
  switch (p.kind) {
    case 'intArithmetic':
    case 'intNegate':
    case 'intCompare':
    case 'not':
    case 'intOrder':
    case 'floatCompare':
    case 'floatOrder':
    case 'intOfFloat':
    case 'boxedCompare':
    case 'boxedOrder':
    case 'intOfBoxed':
    case 'isImmediate':
    case 'arrayLength':
    case 'bigarrayDimension':
    case 'bigarraySet':
    case 'stringLength':
    case 'setField':
    case 'setFloatField':
    case 'arraySet':
    case 'bytesSet':
      return 'int'
    case 'floatArithmetic':
    case 'floatUnary':
    case 'floatOfInt':
    case 'floatField':
      return 'float'
    case 'boxedArithmetic':
    case 'boxedNegate':
    case 'boxedOfInt':
      return p.type
    case 'boxedConvert':
      return p.to
    case 'makeBlock':
    case 'makeFloatBlock':
    case 'copyBlock':
    case 'makeArray':
    case 'method':
      return 'pointer'
    case 'field':
      return p.layout
    case 'arrayGet':
      return elementLayout(p.array)
    case 'bigarrayGet':
      return bigarrayLayout(p.type.element)
    case 'stringGet':
      return p.width === 8 ? 'int64' : p.width === 4 ? 'int32' : 'int'
    case 'external':
      return p.result
    case 'poll':
      return 'int'
    case 'raise':
    case 'makeLazy':
    case 'force':
    case 'opaque':
      return 'any'
  }
}

/** Externals without effects that never raise. */
const discardableExternals: ReadonlySet<string> = new Set(['caml_fresh_oo_id'])

/** Whether a term whose value is not wanted need not be evaluated. */
export function isDiscardable(term: Lambda): boolean {
  switch (term.kind) {
    case 'variable':
    case 'constant':
    case 'unit':
    case 'function':
      return true
    case 'primitive':
      return isDiscardablePrimitive(term.primitive, term.arguments) && term.arguments.every(isDiscardable)
    case 'let':
      return isDiscardable(term.value) && isDiscardable(term.body)
    case 'letrec':
      return term.bindings.every((b) => isDiscardable(b.value)) && isDiscardable(term.body)
    case 'if':
      return isDiscardable(term.condition) && isDiscardable(term.then) && isDiscardable(term.otherwise)
    case 'sequence':
      return isDiscardable(term.first) && isDiscardable(term.second)
    default:
      return false
  }
}

function isNonzero(term: Lambda | undefined): boolean {
  if (term?.kind !== 'constant' || term.value.kind !== 'constant') return false
  const { constant } = term.value
  return (
    constant.kind !== 'string' && 'value' in constant && BigInt(Math.trunc(Number(constant.value))) !== 0n
  )
}

function isDiscardablePrimitive(p: Primitive, args: readonly Lambda[]): boolean {
  switch (p.kind) {
    case 'intArithmetic':
    case 'boxedArithmetic':
      return (p.op !== 'div' && p.op !== 'mod') || isNonzero(args[1])
    case 'arrayGet':
    case 'bigarrayGet':
    case 'stringGet':
      return !p.safe
    case 'setField':
    case 'setFloatField':
    case 'arraySet':
    case 'bigarraySet':
    case 'bytesSet':
    case 'raise':
    case 'force':
    case 'poll':
    case 'opaque':
      return false
    case 'external':
      return discardableExternals.has(p.name)
    default:
      return true
  }
}
