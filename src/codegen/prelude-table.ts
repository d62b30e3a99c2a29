/**
 * Where the prelude's functions stand in the function table: it is loaded first, so that every unit can name them.
 *
 *     apply n  (n = 2 … max)   applies a closure of another arity to n arguments
 *     curry n  (n = 2 … max)   the code of a closure of arity n when it is applied to one argument
 *     partial n (n = 1 … max-1) the full code of the closure that `curry (n+1)` makes
 */

export const maxCurriedArity = 24

export type PreludeKind = 'apply' | 'curry' | 'partial'

const perKind = maxCurriedArity - 1

/** The index of a prelude function, relative to the prelude's first table index. Index 0 is its initialiser. */
export function preludeFunction(kind: PreludeKind, n: number): number {
  switch (kind) {
    case 'apply':
      return 1 + (n - 2)
    case 'curry':
      return 1 + perKind + (n - 2)
    case 'partial':
      return 1 + 2 * perKind + (n - 1)
  }
}
