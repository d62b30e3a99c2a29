/**
 * What may not leave a structure or a functor: that which is bound inside has a meaning there only. Outside the components of
 * a structure have paths, and a functor's parameter is another module at each application.
 */

import type { Ident } from './ident.ts'
import { bindLocally, forgetLocal } from './levels.ts'
import { currentLevel, inNewLevel } from './type-graph.ts'
import type { ModuleExpression } from './typed-tree.ts'
import { lowerWeakVariables } from './weak-variables.ts'

/** The idents of what is not complete, with the levels at which they were bound. */
const bound: { readonly ident: Ident; readonly level: number }[] = []

/** Types outside must not mention the ident. At the top of a unit nothing is outside. */
export function bindInside(ident: Ident): void {
  if (currentLevel() <= 1) return
  bindLocally(ident, currentLevel())
  bound.push({ ident, level: currentLevel() })
}

/** An item is complete: nothing outside can have got hold of what was bound in it. */
export function forgetInside(): void {
  for (let last = bound.at(-1); last !== undefined && last.level > currentLevel(); last = bound.at(-1)) {
    forgetLocal(last.ident)
    bound.pop()
  }
}

/** Infers a module that is a part of something else. */
export function inside(infer: () => ModuleExpression): ModuleExpression {
  const typed = inNewLevel(infer)
  lowerWeakVariables(typed.type)
  return typed
}
