/**
 * Polls in prologues: a function polls once on every path that makes a call, as late as that is possible, unless it polls by itself
 * before.
 *
 * A path without calls is too short to be interrupted, and what it puts above `sp` fits the reserve; so the leaves of
 * a recursion need no poll. Loops poll at their heads by themselves.
 */

import type { Region } from '../base/region.ts'
import { nested, newSite, type Statement } from './code.ts'

export function placePolls(body: readonly Statement[], region: Region): readonly Statement[] {
  const first = body.findIndex(calls)
  if (first < 0 || body.slice(0, first).some(({ kind }) => kind === 'poll')) return body
  const s = body[first] as Statement
  const rest = body.slice(first + 1)
  const head = body.slice(0, first)
  if (s.kind === 'if' && !rest.some(calls) && (!s.then.some(calls) || !s.otherwise.some(calls))) {
    return [
      ...head,
      { ...s, then: placePolls(s.then, region), otherwise: placePolls(s.otherwise, region) },
      ...rest,
    ]
  }
  if (
    s.kind === 'switch' &&
    !rest.some(calls) &&
    [...s.cases, s.otherwise].some((list) => !list.some(calls))
  ) {
    const cases = s.cases.map((list) => placePolls(list, region))
    return [...head, { ...s, cases, otherwise: placePolls(s.otherwise, region) }, ...rest]
  }
  if (s.kind === 'block' && !rest.some(calls)) {
    return [...head, { ...s, body: placePolls(s.body, region) }, ...rest]
  }
  return [...head, { kind: 'poll', site: newSite(region) }, s, ...rest]
}

function calls(s: Statement): boolean {
  return s.kind === 'call' || s.kind === 'tailCall' || nested(s).some((list) => list.some(calls))
}
