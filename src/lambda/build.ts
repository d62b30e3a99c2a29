/**
 * Short ways to write Lambda terms. Nothing here decides anything; `block` alone folds constant arguments
 * into static data.
 */

import { noRegion, type Region } from '../base/region.ts'
import { freshIdent, type Ident } from '../typing/ident.ts'
import type { Constant, StructuredConstant } from '../typing/typed-tree.ts'
import type { Binder, FunctionTerm, InlineAttribute, Lambda, Layout, Primitive } from './lambda.ts'

export function variable(ident: Ident): Lambda {
  return { kind: 'variable', ident }
}

export function structured(value: StructuredConstant): Lambda {
  return { kind: 'constant', value }
}

export function constant(value: Constant): Lambda {
  return structured({ kind: 'constant', constant: value })
}

export function int(value: number | bigint): Lambda {
  return constant({ kind: 'int', value: BigInt(value) })
}

export function float(value: number): Lambda {
  return constant({ kind: 'float', value })
}

export function string(text: string): Lambda {
  return constant({ kind: 'string', bytes: new TextEncoder().encode(text) })
}

export const unit: Lambda = int(0)

export function binder(ident: Ident, layout: Layout): Binder {
  return { ident, layout }
}

export function freshBinder(name: string, layout: Layout): Binder {
  return { ident: freshIdent(name), layout }
}

export function letIn(bound: Binder, value: Lambda, body: Lambda): Lambda {
  return { kind: 'let', binder: bound, mutable: false, value, body }
}

/** Binds from the first to the last. */
export function letsIn(bindings: readonly (readonly [Binder, Lambda])[], body: Lambda): Lambda {
  return bindings.reduceRight((rest, [bound, value]) => letIn(bound, value, rest), body)
}

export function sequence(first: Lambda, second: Lambda): Lambda {
  return { kind: 'sequence', first, second }
}

export function primitive(op: Primitive, args: readonly Lambda[], region: Region = noRegion): Lambda {
  return { kind: 'primitive', primitive: op, arguments: args, region }
}

export function field(index: number, block: Lambda, layout: Layout = 'any'): Lambda {
  return primitive({ kind: 'field', index, layout }, [block])
}

export function external(
  name: string,
  parameters: readonly Layout[],
  result: Layout,
  args: readonly Lambda[],
  region: Region = noRegion,
): Lambda {
  return primitive({ kind: 'external', name, parameters, result }, args, region)
}

export function raise(
  value: Lambda,
  region: Region,
  mode: 'regular' | 'reraise' | 'notrace' = 'regular',
): Lambda {
  return primitive({ kind: 'raise', mode }, [value], region)
}

/** A block; static data when it is immutable and all its fields are constants. */
export function block(
  tag: number,
  mutable: boolean,
  fields: readonly Lambda[],
  region: Region = noRegion,
): Lambda {
  const values = mutable ? undefined : constantValues(fields)
  if (values !== undefined) return structured({ kind: 'block', tag, fields: values })
  return primitive({ kind: 'makeBlock', tag, mutable }, fields, region)
}

/** A flat record of floats. */
export function floatBlock(mutable: boolean, fields: readonly Lambda[], region: Region = noRegion): Lambda {
  const values = mutable ? undefined : constantValues(fields)?.map(floatOf)
  if (values !== undefined) return structured({ kind: 'float-array', values })
  return primitive({ kind: 'makeFloatBlock', mutable }, fields, region)
}

function constantValues(terms: readonly Lambda[]): StructuredConstant[] | undefined {
  const values: StructuredConstant[] = []
  for (const term of terms) {
    if (term.kind !== 'constant') return undefined
    values.push(term.value)
  }
  return values
}

function floatOf(value: StructuredConstant): number {
  return value.kind === 'constant' && value.constant.kind === 'float' ? value.constant.value : Number.NaN
}

export function conditional(condition: Lambda, then: Lambda, otherwise: Lambda, layout: Layout): Lambda {
  return { kind: 'if', condition, then, otherwise, layout }
}

export function apply(
  func: Lambda,
  args: readonly Lambda[],
  layout: Layout,
  region: Region,
  inline: InlineAttribute = 'default',
): Lambda {
  return { kind: 'apply', function: func, arguments: args, layout, inline, region }
}

export interface FunctionParts {
  readonly parameters: readonly Binder[]
  readonly body: Lambda
  readonly layout: Layout
  readonly name: string
  readonly inline?: InlineAttribute
  readonly region: Region
}

export function functionTerm(parts: FunctionParts): FunctionTerm {
  return { kind: 'function', inline: 'default', ...parts }
}

let lastLabel = 0

/** A label of `staticCatch`, unique in this process. */
export function freshLabel(): number {
  lastLabel += 1
  return lastLabel
}
