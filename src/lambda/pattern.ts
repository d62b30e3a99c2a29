/**
 * Patterns as match compilation sees them: wildcards, bindings, alternatives, and heads with sub-patterns.
 *
 * A head knows everything that is needed to test for it and to reach its arguments, so compilation knows nothing of
 * types. Two heads with equal keys are the same constructor; heads of one column belong to one family.
 */

import type { Ident } from '../typing/ident.ts'
import type { Constant } from '../typing/typed-tree.ts'
import type { ArrayKind, Lambda, Layout } from './lambda.ts'

/** How an argument of a head is reached from the value. */
export type Accessor =
  /** The value itself (unboxed constructors and records, inline records). */
  | { readonly kind: 'self' }
  | { readonly kind: 'field'; readonly index: number; readonly layout: Layout; readonly mutable: boolean }
  | { readonly kind: 'float-field'; readonly index: number; readonly mutable: boolean }
  | { readonly kind: 'element'; readonly index: number; readonly array: ArrayKind; readonly layout: Layout }
  | { readonly kind: 'force'; readonly layout: Layout }

/** How the heads of one column are told apart. */
export type Family =
  /** Constructors of a variant type, numbered as in `ConstructorTag`. */
  | { readonly kind: 'variant'; readonly constants: number; readonly blocks: number }
  /** `total` tags are possible; undefined when the type is open. */
  | { readonly kind: 'polymorphic'; readonly total: number | undefined }
  | { readonly kind: 'extension' }
  | { readonly kind: 'int' }
  | { readonly kind: 'char' }
  | { readonly kind: 'string' }
  | { readonly kind: 'number'; readonly type: 'float' | 'int32' | 'int64' | 'nativeint' }
  | { readonly kind: 'array'; readonly array: ArrayKind }
  /** Tuples, records, variants with one constructor: nothing to test. */
  | { readonly kind: 'product' }
  /** Nothing to test, but reaching the argument has an effect. */
  | { readonly kind: 'lazy' }

export type HeadTest =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'block'; readonly tag: number }
  | { readonly kind: 'variant'; readonly hash: number; readonly argument: boolean }
  /** `constructor` evaluates to the constructor's block; without arguments it is the value itself. */
  | { readonly kind: 'extension'; readonly constructor: Lambda; readonly argument: boolean }
  | { readonly kind: 'literal'; readonly constant: Constant }
  | { readonly kind: 'length'; readonly length: number }
  | { readonly kind: 'none' }

export interface Head {
  readonly family: Family
  readonly key: string
  readonly test: HeadTest
  /** One per argument. */
  readonly accessors: readonly Accessor[]
}

export type Pat =
  | { readonly kind: 'wild' }
  | { readonly kind: 'bind'; readonly ident: Ident; readonly layout: Layout; readonly pattern: Pat }
  | { readonly kind: 'head'; readonly head: Head; readonly arguments: readonly Pat[] }
  | { readonly kind: 'or'; readonly alternatives: readonly Pat[] }

export const wild: Pat = { kind: 'wild' }

/** The head of things that need no test. */
export function productHead(key: string, accessors: readonly Accessor[]): Head {
  return { family: { kind: 'product' }, key, test: { kind: 'none' }, accessors }
}

export function tupleHead(accessors: readonly Accessor[]): Head {
  return productHead('tuple', accessors)
}

/** Whether the pattern matches every value without any effect. */
export function isIrrefutable(pattern: Pat): boolean {
  switch (pattern.kind) {
    case 'wild':
      return true
    case 'bind':
      return isIrrefutable(pattern.pattern)
    case 'head':
      return pattern.head.family.kind === 'product' && pattern.arguments.every(isIrrefutable)
    case 'or':
      return pattern.alternatives.some(isIrrefutable)
  }
}

/** The variables of a pattern; alternatives bind the same ones. */
export function boundVariables(pattern: Pat): { readonly ident: Ident; readonly layout: Layout }[] {
  switch (pattern.kind) {
    case 'wild':
      return []
    case 'bind':
      return [{ ident: pattern.ident, layout: pattern.layout }, ...boundVariables(pattern.pattern)]
    case 'head':
      return pattern.arguments.flatMap(boundVariables)
    case 'or':
      return pattern.alternatives.slice(0, 1).flatMap(boundVariables)
  }
}

/** How many nodes the pattern has. */
export function patternSize(pattern: Pat): number {
  switch (pattern.kind) {
    case 'wild':
      return 1
    case 'bind':
      return patternSize(pattern.pattern)
    case 'head':
      return pattern.arguments.reduce((sum, p) => sum + patternSize(p), 1)
    case 'or':
      return pattern.alternatives.reduce((sum, p) => sum + patternSize(p), 0)
  }
}

/** Whether these heads are all that a value of the family can be. */
export function isCompleteSet(family: Family, count: number): boolean {
  switch (family.kind) {
    case 'variant':
      return count === family.constants + family.blocks
    case 'polymorphic':
      return count === family.total
    case 'char':
      return count === 256
    case 'product':
    case 'lazy':
      return true
    default:
      return false
  }
}

/** Two families are of the same type when their heads can stand in one column. */
export function sameFamily(a: Family, b: Family): boolean {
  if (a.kind !== b.kind) return false
  if (a.kind === 'number' && b.kind === 'number') return a.type === b.type
  if (a.kind === 'variant' && b.kind === 'variant')
    return a.constants === b.constants && a.blocks === b.blocks
  return true
}
