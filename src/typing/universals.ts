/**
 * Quantified variables while `poly` types are being unified: under the quantifiers of both sides, a variable of one
 * side may be equal to exactly one of the other, and none may leave.
 */

import { componentsOfDesc } from './subst.ts'
import { repr, type Type } from './types.ts'

interface Pairing {
  readonly left: readonly Type[]
  readonly right: readonly Type[]
  readonly partner: Map<Type, Type>
}

const pairings: Pairing[] = []

/** Runs `body` with the variables of two quantifiers in correspondence. */
export function withPairing(left: readonly Type[], right: readonly Type[], body: () => void): void {
  pairings.push({ left: left.map(repr), right: right.map(repr), partner: new Map() })
  try {
    body()
  } finally {
    pairings.pop()
  }
}

/** Whether the two quantified variables correspond, deciding it if nothing has yet. */
export function correspond(a: Type, b: Type): boolean {
  for (let i = pairings.length - 1; i >= 0; i -= 1) {
    const pairing = pairings[i] as Pairing
    const found = correspondIn(pairing, a, b)
    if (found !== undefined) return found
  }
  return false
}

function correspondIn(pairing: Pairing, a: Type, b: Type): boolean | undefined {
  const straight = pairing.left.includes(a) && pairing.right.includes(b)
  const crossed = pairing.left.includes(b) && pairing.right.includes(a)
  if (straight || crossed) return pair(pairing, straight ? a : b, straight ? b : a)
  const mentioned = [...pairing.left, ...pairing.right]
  return mentioned.includes(a) || mentioned.includes(b) ? false : undefined
}

function pair({ partner }: Pairing, left: Type, right: Type): boolean {
  const known = partner.get(left)
  if (known !== undefined) return known === right
  if ([...partner.values()].includes(right)) return false
  partner.set(left, right)
  return true
}

/** A quantified variable that occurs in `type` outside of its own quantifier, if any. */
export function freeUniversal(type: Type): Type | undefined {
  return find(repr(type), new Set(), new Set())
}

function find(t: Type, bound: Set<Type>, seen: Set<Type>): Type | undefined {
  if (seen.has(t)) return undefined
  seen.add(t)
  const { desc } = t
  if (desc.kind === 'universal') return bound.has(t) ? undefined : t
  if (desc.kind === 'poly') return findInPoly(desc.variables, desc.body, bound, seen)
  for (const component of componentsOfDesc(desc)) {
    const found = find(repr(component), bound, seen)
    if (found !== undefined) return found
  }
  return undefined
}

function findInPoly(
  variables: readonly Type[],
  body: Type,
  bound: Set<Type>,
  seen: Set<Type>,
): Type | undefined {
  const inner = new Set([...bound, ...variables.map(repr)])
  return find(repr(body), inner, seen)
}
