/**
 * Which sites a suspended function can be resumed at (polls and calls), and which statements contain them.
 */

import type { Assembler } from '../wasm/assembler.ts'
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

/** Pushes the index that leads a switch into the case of the site in the local `skip`: the first case that does not end before it. */
export function emitCaseOfSite(a: Assembler, skip: number, s: Statement & { kind: 'switch' }): void {
  let opened = 0
  s.cases.forEach((list, i) => {
    const last = lastSiteIn(list)
    if (last < 0) return
    a.get(skip)
    a.i32(last)
    a.op('i32_le_s')
    a.if('i32')
    a.i32(s.table.indexOf(i))
    a.op('else')
    opened += 1
  })
  a.i32(-1)
  for (; opened > 0; opened--) a.op('end')
}
