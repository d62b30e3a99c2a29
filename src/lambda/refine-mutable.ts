/**
 * Mutable variables of layout `any` that only ever hold numbers of one boxed kind get that layout: polymorphic code
 * that was inlined does not know the type of its references, but the values show it.
 */

import type { Lambda, Layout } from './lambda.ts'
import { isNumber } from './simplify-binding.ts'
import { termLayout } from './term-layout.ts'
import { forEachChild, mapChildren } from './traverse.ts'

/** What was assigned to a variable: the layout that all values have had so far. */
type Seen = Map<number, Layout>

export function refineMutable(term: Lambda): Lambda {
  const layouts = new Map<number, Layout>()
  const seen: Seen = new Map()
  collectBinders(term, layouts, seen)
  if (seen.size === 0) return term
  collectAssignments(term, layouts, seen)
  const refined = new Map([...seen].filter(([, layout]) => isNumber(layout)))
  return refined.size === 0 ? term : rewrite(term, refined)
}

function collectBinders(term: Lambda, layouts: Map<number, Layout>, seen: Seen): void {
  if (term.kind === 'let') {
    const { binder, mutable, value } = term
    layouts.set(binder.ident.stamp, binder.layout)
    const initial = termLayout(value, (stamp) => layouts.get(stamp) ?? 'any')
    if (mutable && binder.layout === 'any' && isNumber(initial)) seen.set(binder.ident.stamp, initial)
  }
  if (term.kind === 'function' || term.kind === 'staticCatch') {
    for (const p of term.parameters) layouts.set(p.ident.stamp, p.layout)
  }
  forEachChild(term, (child) => collectBinders(child, layouts, seen))
}

function collectAssignments(term: Lambda, layouts: ReadonlyMap<number, Layout>, seen: Seen): void {
  if (term.kind === 'assign') {
    const { stamp } = term.ident
    const layout = termLayout(term.value, (s) => layouts.get(s) ?? 'any')
    if (seen.has(stamp) && seen.get(stamp) !== layout) seen.delete(stamp)
  }
  forEachChild(term, (child) => collectAssignments(child, layouts, seen))
}

function rewrite(term: Lambda, refined: ReadonlyMap<number, Layout>): Lambda {
  const inner = mapChildren(term, (child) => rewrite(child, refined))
  if (inner.kind !== 'let' || !inner.mutable) return inner
  const layout = refined.get(inner.binder.ident.stamp)
  return layout === undefined ? inner : { ...inner, binder: { ...inner.binder, layout } }
}
