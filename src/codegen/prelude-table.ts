/**
 * Where the prelude's functions stand in the function table: it is loaded first, so that every unit can name them.
 *
 *     apply n  (n = 2 … max)   applies a closure of another arity to n arguments
 *     curry n  (n = 2 … max)   the code of a closure of arity n when it is applied to one argument
 *     partial n (n = 1 … max-1) the full code of the closure that `curry (n+1)` makes
 *     fiber functions           what effect handlers are made of
 */

export const preludeName = 'prelude'

export const maxCurriedArity = 24

export type PreludeKind = 'apply' | 'curry' | 'partial'

const perKind = maxCurriedArity - 1

/** By the name in the `external` declaration: number of arguments and place after the functions above. */
const fiberFunctions = {
  caml_fiber_run: { arity: 3, place: 0 },
  caml_fiber_continue: { arity: 3, place: 1 },
  caml_fiber_resume: { arity: 4, place: 2 },
  caml_fiber_reperform: { arity: 2, place: 3 },
} as const

export type FiberFunction = keyof typeof fiberFunctions

export function fiberFunction(name: FiberFunction): number {
  return 1 + 3 * perKind + fiberFunctions[name].place
}

/** An external that is a function of the prelude: it can suspend, and is called in tail position. */
export function preludeExternal(
  name: string,
): { readonly index: number; readonly arity: number } | undefined {
  if (!Object.hasOwn(fiberFunctions, name)) return undefined
  const fiber = name as FiberFunction
  return { index: fiberFunction(fiber), arity: fiberFunctions[fiber].arity }
}

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
