/**
 * Which sites a suspended function can be resumed at (polls and calls), and which statements contain them.
 */

import { nested, type Statement } from './code.ts'

/** Whether a frame can be suspended at the statement and entered there again. */
function isResumable(s: Statement): s is Statement & { kind: 'call' | 'loop' | 'poll' } {
  return s.kind === 'call' || s.kind === 'loop' || s.kind === 'poll'
}

const lastOf = new WeakMap<Statement, number>()

/** The greatest index of a resumable site in a statement, or -1. */
export function lastSite(s: Statement): number {
  let last = lastOf.get(s)
  if (last === undefined) {
    last = isResumable(s) ? s.site.index : -1
    for (const list of nested(s)) for (const inner of list) last = Math.max(last, lastSite(inner))
    lastOf.set(s, last)
  }
  return last
}

/** The same for a list. */
export function lastSiteIn(list: readonly Statement[]): number {
  return list.reduce((last, s) => Math.max(last, lastSite(s)), -1)
}
