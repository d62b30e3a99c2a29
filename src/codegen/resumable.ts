/**
 * Which sites a suspended function can be resumed at (polls and calls), and which statements contain them.
 */

import { type CodeFunction, nested, type Site, type Statement } from './code.ts'

const sitesOf = new WeakMap<CodeFunction, ReadonlySet<Site>>()

/** The polls and calls of a function; the entry's poll is not among them. */
export function resumable(f: CodeFunction): ReadonlySet<Site> {
  let sites = sitesOf.get(f)
  if (sites === undefined) {
    const found = new Set<Site>()
    collect(f.body, found)
    sites = found
    sitesOf.set(f, sites)
  }
  return sites
}

function collect(list: readonly Statement[], found: Set<Site>): void {
  for (const s of list) {
    if (s.kind === 'call' || s.kind === 'loop') found.add(s.site)
    for (const inner of nested(s)) collect(inner, found)
  }
}

const lastOf = new WeakMap<Statement, number>()

/** The greatest index of a resumable site in a statement, or -1. */
export function lastSite(f: CodeFunction, s: Statement): number {
  let last = lastOf.get(s)
  if (last === undefined) {
    last = s.kind === 'call' || s.kind === 'loop' ? s.site.index : -1
    for (const list of nested(s)) for (const inner of list) last = Math.max(last, lastSite(f, inner))
    lastOf.set(s, last)
  }
  return last
}
