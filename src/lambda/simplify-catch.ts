/**
 * Static handlers that are reached from one place, or that are tiny, move to where they are reached from; that is
 * possible where the jump is the last thing that the body does (no `try` or loop in between).
 */

import { letsIn } from './build.ts'
import type { Lambda } from './lambda.ts'
import { copyTerm, forEachChild, mapCases, mapChildren, termSize } from './traverse.ts'

type Catch = Lambda & { kind: 'staticCatch' }
type Raise = Lambda & { kind: 'staticRaise' }

const tinySize = 3

export function simplifyCatches(term: Lambda): Lambda {
  const inner = mapChildren(term, simplifyCatches)
  return inner.kind === 'staticCatch' ? simplifyCatch(inner) : inner
}

function simplifyCatch(term: Catch): Lambda {
  const total = countRaises(term.body, term.label)
  if (total === 0) return term.body
  const tail = countTailRaises(term.body, term.label)
  const tiny = termSize(term.handler, tinySize) <= tinySize && term.parameters.length === 0
  if (tail !== total || (total > 1 && !tiny)) return term
  return replaceTail(term.body, (raise) =>
    raise.label === term.label ? enter(term, raise, total > 1) : raise,
  )
}

/** The handler with its parameters bound to the jump's arguments, the last one first. */
function enter(term: Catch, raise: Raise, copy: boolean): Lambda {
  const bindings = term.parameters.map((p, i) => [p, raise.arguments[i] as Lambda] as const)
  return letsIn(bindings.reverse(), copy ? copyTerm(term.handler) : term.handler)
}

function countRaises(term: Lambda, label: number): number {
  let count = term.kind === 'staticRaise' && term.label === label ? 1 : 0
  if (term.kind === 'function') return 0
  forEachChild(term, (child) => {
    count += countRaises(child, label)
  })
  return count
}

function countTailRaises(term: Lambda, label: number): number {
  let count = 0
  replaceTail(term, (raise) => {
    if (raise.label === label) count += 1
    return raise
  })
  return count
}

/** Rewrites the jumps in tail position. */
function replaceTail(term: Lambda, f: (raise: Raise) => Lambda): Lambda {
  const recur = (t: Lambda): Lambda => replaceTail(t, f)
  switch (term.kind) {
    case 'staticRaise':
      return f(term)
    case 'let':
    case 'letrec':
      return { ...term, body: recur(term.body) }
    case 'sequence':
      return { ...term, second: recur(term.second) }
    case 'if':
      return { ...term, then: recur(term.then), otherwise: recur(term.otherwise) }
    case 'switch':
      return { ...term, cases: mapCases(term.cases, recur) }
    case 'stringSwitch': {
      const cases = term.cases.map((c) => ({ ...c, body: recur(c.body) }))
      return { ...term, cases, otherwise: recur(term.otherwise) }
    }
    case 'staticCatch':
      return { ...term, body: recur(term.body), handler: recur(term.handler) }
    default:
      return term
  }
}
