/** What the emitter must know about code that repeats: functions that tail-call themselves, and what loops assign. */

import type { CodeFunction, Statement } from './code.ts'

/** Whether a function tail-calls itself, so that its body is a loop. */
export function callsItself(f: CodeFunction): boolean {
  const search = (list: readonly Statement[]): boolean =>
    list.some((s) => {
      if (s.kind === 'tailCall') return s.target.kind === 'direct' && s.target.function === f.index
      if (s.kind === 'if') return search(s.then) || search(s.otherwise)
      if (s.kind === 'switch') return s.cases.some(search) || search(s.otherwise)
      if (s.kind === 'block' || s.kind === 'loop') return search(s.body)
      if (s.kind === 'try') return search(s.body) || search(s.handler)
      return false
    })
  return search(f.body)
}

/** Variables that a loop's body assigns, by id. */
export function assignedIn(list: readonly Statement[], found = new Set<number>()): Set<number> {
  for (const s of list) {
    if (s.kind === 'set') found.add(s.variable.id)
    else if (s.kind === 'allocate') found.add(s.result.id)
    else if (s.kind === 'call' && s.result !== undefined) found.add(s.result.id)
    else if (s.kind === 'if') assignedIn(s.otherwise, assignedIn(s.then, found))
    else if (s.kind === 'switch') {
      for (const c of s.cases) assignedIn(c, found)
      assignedIn(s.otherwise, found)
    } else if (s.kind === 'block' || s.kind === 'loop') assignedIn(s.body, found)
    else if (s.kind === 'try') {
      found.add(s.exception.id)
      assignedIn(s.handler, assignedIn(s.body, found))
    }
  }
  return found
}
