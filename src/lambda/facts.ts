/**
 * What the optimiser knows of variables. Binders are unique, so a fact about a binder holds wherever its variable is
 * in scope; facts that hold only in a branch are taken back when the branch is left.
 */

import type { StructuredConstant } from '../typing/typed-tree.ts'
import type { FunctionTerm, Lambda, Layout } from './lambda.ts'
import type { FieldSummary } from './unit-summary.ts'

/** A variable that is never assigned, a number, or a unit: a term that may be repeated. */
export type Atom = Lambda

export type Shape =
  /** An immutable block; `tag` is undefined when only some of its fields are known. */
  | {
      readonly kind: 'block'
      readonly tag: number | undefined
      readonly fields: readonly (Atom | undefined)[]
    }
  | { readonly kind: 'float-block'; readonly fields: readonly (Atom | undefined)[] }
  | { readonly kind: 'function'; readonly term: FunctionTerm; readonly recursive: boolean }
  | { readonly kind: 'constant'; readonly value: StructuredConstant }
  /** A field of another unit. */
  | { readonly kind: 'imported'; readonly summary: FieldSummary; readonly access: Lambda }

export interface Fact {
  readonly layout: Layout
  /** What to write instead of the variable. */
  readonly replacement?: Atom
  readonly shape?: Shape
}

const nothing: Fact = { layout: 'any' }

export class Facts {
  private readonly known = new Map<number, Fact>()
  private readonly assigned = new Set<number>()

  get(stamp: number): Fact {
    return this.known.get(stamp) ?? nothing
  }

  readonly layoutOf = (stamp: number): Layout => this.get(stamp).layout

  set(stamp: number, fact: Fact): void {
    this.known.set(stamp, fact)
  }

  setMutable(stamp: number, layout: Layout): void {
    this.assigned.add(stamp)
    this.known.set(stamp, { layout })
  }

  isMutable(stamp: number): boolean {
    return this.assigned.has(stamp)
  }

  /** Runs `body` while something more is known of a variable. */
  assuming<Result>(stamp: number, change: Partial<Fact>, body: () => Result): Result {
    if (this.assigned.has(stamp)) return body()
    const before = this.known.get(stamp)
    this.known.set(stamp, { ...(before ?? nothing), ...change })
    try {
      return body()
    } finally {
      if (before === undefined) this.known.delete(stamp)
      else this.known.set(stamp, before)
    }
  }

  /** The shape of a term. */
  shapeOf(term: Lambda): Shape | undefined {
    if (term.kind === 'variable') return this.get(term.ident.stamp).shape
    if (term.kind === 'constant') return { kind: 'constant', value: term.value }
    return term.kind === 'function' ? { kind: 'function', term, recursive: false } : undefined
  }
}
