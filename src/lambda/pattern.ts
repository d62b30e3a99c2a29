/**
 * Patterns as match compilation sees them: wildcards, bindings, alternatives, and heads with sub-patterns.
 *
 * A head knows everything that is needed to test for it and to reach its arguments, so compilation knows nothing of
 * types. In a match on GADTs a column may have heads of several types, of which the value has that of the first row when
 * the column is tested: `headKey` tells them apart as far as their tests and arguments differ.
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
  /** The keys that the heads of a value can have; undefined when the type is open. */
  | { readonly kind: 'polymorphic'; readonly all: readonly string[] | undefined }
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
  /** Which constructor of the family it is. */
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

/** Whether these heads are all that a value of their family can be. */
export function isCompleteSet(heads: readonly Head[]): boolean {
  const family = heads[0]?.family
  switch (family?.kind) {
    case 'variant':
      return heads.length === family.constants + family.blocks
    case 'polymorphic':
      return family.all?.every((key) => heads.some((head) => head.key === key)) === true
    case 'char':
      return heads.length === 256
    case 'product':
    case 'lazy':
      return true
    default:
      return false
  }
}

const headKeys = new WeakMap<Head, string>()

/** Heads with equal keys have the same test and arguments at the same places. */
export function headKey(head: Head): string {
  let key = headKeys.get(head)
  if (key === undefined) {
    key = `${familyKey(head.family)} ${head.accessors.map((a) => a.kind)} ${head.key}`
    headKeys.set(head, key)
  }
  return key
}

/** Families with equal keys are tested alike: their heads can stand in one column. */
export function familyKey(family: Family): string {
  switch (family.kind) {
    case 'variant':
      return `${family.constants}+${family.blocks}`
    case 'number':
      return family.type
    case 'array':
      return `${family.array} array`
    default:
      return family.kind
  }
}
