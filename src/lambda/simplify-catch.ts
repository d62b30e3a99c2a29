/**
 * Static handlers that are reached from one place, or that are tiny, move to where they are reached from; that is
 * possible where the jump is the last thing that the body does (no `try` or loop in between).
 */

import { letsIn } from './build.ts'
import type { Lambda } from './lambda.ts'
import { copyTerm, forEachChild, mapChildren, mapTail, termSize } from './traverse.ts'

type Catch = Lambda & { kind: 'staticCatch' }
type Raise = Lambda & { kind: 'staticRaise' }

const tinySize = 3

export function simplifyCatches(term: Lambda): Lambda {
  const raises = new Map<number, number>()
  countRaises(term, raises)
  const recur = (t: Lambda): Lambda => {
    const inner = mapChildren(t, recur)
    return inner.kind === 'staticCatch' ? simplifyCatch(inner, raises) : inner
  }
  return recur(term)
}

function simplifyCatch(term: Catch, raises: ReadonlyMap<number, number>): Lambda {
  const total = raises.get(term.label) ?? 0
  if (total === 0) return term.body
  const tiny = termSize(term.handler, tinySize) <= tinySize && term.parameters.length === 0
  if (total > 1 && !tiny) return term
  let replaced = 0
  const body = replaceTail(term.body, (raise) => {
    if (raise.label !== term.label) return raise
    replaced += 1
    return enter(term, raise, total > 1)
  })
  return replaced === total ? body : term
}

/** The handler with its parameters bound to the jump's arguments, the last one first. */
function enter(term: Catch, raise: Raise, copy: boolean): Lambda {
  const bindings = term.parameters.map((p, i) => [p, raise.arguments[i] as Lambda] as const)
  return letsIn(bindings.reverse(), copy ? copyTerm(term.handler) : term.handler)
}

/** How many jumps there are to each label. */
function countRaises(term: Lambda, raises: Map<number, number>): void {
  if (term.kind === 'staticRaise') raises.set(term.label, (raises.get(term.label) ?? 0) + 1)
  forEachChild(term, (child) => countRaises(child, raises))
}

/** Rewrites the jumps in tail position. */
function replaceTail(term: Lambda, f: (raise: Raise) => Lambda): Lambda {
  return mapTail(term, (leaf) => (leaf.kind === 'staticRaise' ? f(leaf) : leaf))
}
