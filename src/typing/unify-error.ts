/**
 * Why two types do not unify: the pairs of types on the way down, from the outermost, and at the end possibly a
 * reason. Messages are made from it in `print-mismatch.ts`.
 */

import type { Path } from './ident.ts'
import type { Type } from './types.ts'

export type Side = 'first' | 'second'

export type TraceElement =
  | { readonly kind: 'difference'; readonly got: Type; readonly expected: Type }
  | { readonly kind: 'occurs'; readonly variable: Type; readonly type: Type }
  | { readonly kind: 'escape'; readonly what: 'constructor' | 'module-type'; readonly path: Path }
  /** The type is known by an equation only, and would be needed where the equation is not known. */
  | { readonly kind: 'ambiguous'; readonly type: Type }
  | { readonly kind: 'universal-escape'; readonly variable: Type }
  | { readonly kind: 'no-intersection' }
  | { readonly kind: 'no-tags'; readonly side: Side; readonly tags: readonly string[] }
  | { readonly kind: 'tag-types'; readonly tag: string }
  | { readonly kind: 'fixed-row'; readonly side: Side; readonly row: Type; readonly tags: readonly string[] }
  | { readonly kind: 'missing-method'; readonly side: Side; readonly name: string }
  | { readonly kind: 'method-types'; readonly name: string }
  | { readonly kind: 'abstract-row'; readonly side: Side }
  /** The self type of a class met a closed object type. */
  | { readonly kind: 'self-closed' }
  | { readonly kind: 'self-escape' }

/** Thrown by unification only, and always caught within `typing/`. */
export class UnifyError {
  readonly trace: readonly TraceElement[]
  constructor(trace: readonly TraceElement[]) {
    this.trace = trace
  }
}

/** The same failure seen from a pair of types further out. */
export function within(error: unknown, got: Type, expected: Type): unknown {
  if (!(error instanceof UnifyError)) return error
  return new UnifyError([{ kind: 'difference', got, expected }, ...error.trace])
}

function swapSide<Element extends { readonly side: Side }>(element: Element): Element {
  return { ...element, side: element.side === 'first' ? 'second' : 'first' }
}

function swapElement(element: TraceElement): TraceElement {
  if (element.kind === 'difference')
    return { kind: 'difference', got: element.expected, expected: element.got }
  return 'side' in element ? swapSide(element) : element
}

/** The failure of the same unification with its sides exchanged. */
export function swapped(error: unknown): unknown {
  return error instanceof UnifyError ? new UnifyError(error.trace.map(swapElement)) : error
}
