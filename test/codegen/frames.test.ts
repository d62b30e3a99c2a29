/** Sites, liveness, frames and polls of everything in the standard library. */

import { describe, expect, it } from 'vitest'
import {
  type CodeFunction,
  eachVariable,
  nested,
  operands,
  type Site,
  type Statement,
  siteOf,
  type Variable,
} from '../../src/codegen/code.ts'
import { layoutFrame } from '../../src/codegen/frame.ts'
import type { Prepared } from '../../src/codegen/unit.ts'
import { stdlibUnits } from './stdlib-units.ts'

const functions: Prepared[] = stdlibUnits().flatMap((u) => [...u.compiled.resumable().functions])

function eachStatement(list: readonly Statement[], visit: (s: Statement) => void): void {
  for (const s of list) {
    visit(s)
    for (const inner of nested(s)) eachStatement(inner, visit)
  }
}

const heldAt = (site: Site): Variable[] => [...new Set([...site.held, ...site.live])]

/** Names of functions that break a rule. */
function offenders(rule: (p: Prepared) => boolean): string[] {
  return functions.filter((p) => !rule(p)).map((p) => p.f.name)
}

describe('frames', () => {
  it('there are enough functions to judge by', () => {
    expect(functions.length).toBeGreaterThan(1000)
    expect(functions.filter((p) => p.frame.slots.size > 8).length).toBeGreaterThan(20)
  })

  it('no two variables that a site holds share a slot', () => {
    const distinct = ({ f, frame }: Prepared): boolean =>
      f.sites.every((site) => {
        const slots = heldAt(site).map((v) => frame.slots.get(v.id))
        return slots.every((slot) => slot !== undefined) && new Set(slots).size === slots.length
      })
    expect(offenders(distinct)).toEqual([])
  })

  it('slots lie in the frame, after the descriptor', () => {
    expect(
      offenders(({ frame }) => [...frame.slots.values()].every((slot) => slot >= 1 && slot < frame.words)),
    ).toEqual([])
  })

  it('what is known of the stored functions is what layoutFrame makes', () => {
    expect(offenders(({ f, liveAfter, frame }) => layoutFrame(f, liveAfter).words === frame.words)).toEqual(
      [],
    )
  })
})

/** Variables that are read on some path from the start of the list, without regard to paths that never come here. */
function readWithin(list: readonly Statement[]): Set<number> {
  const found = new Set<number>()
  eachStatement(list, (s) => {
    for (const simple of operands(s)) eachVariable(simple, (v) => found.add(v.id))
  })
  return found
}

/** Sites of straight-line statements: what is read later in the same list, and not set in between, lives across. */
function lostVariables(list: readonly Statement[]): string[] {
  const lost: string[] = []
  list.forEach((s, i) => {
    const site = siteOf(s)
    if (site === undefined || s.kind === 'loop' || s.kind === 'raise' || s.kind === 'raiseIf') return
    const live = new Set(site.live.map((v) => v.id))
    const set = new Set<number>()
    if (s.kind === 'call' && s.result !== undefined) set.add(s.result.id)
    if (s.kind === 'allocate') set.add(s.result.id)
    for (const later of list.slice(i + 1)) {
      for (const simple of operands(later)) {
        eachVariable(simple, (v) => {
          if (!set.has(v.id) && !live.has(v.id)) lost.push(v.name)
        })
      }
      if (later.kind === 'set') set.add(later.variable.id)
      if (later.kind === 'call' && later.result !== undefined) set.add(later.result.id)
      if (later.kind === 'allocate') set.add(later.result.id)
      if (nested(later).length > 0) break
    }
  })
  return lost
}

describe('liveness', () => {
  it('what straight-line code reads after a site lives across it', () => {
    const complete = ({ f }: Prepared): boolean => {
      let lost = lostVariables(f.body)
      eachStatement(f.body, (s) => {
        for (const inner of nested(s)) lost = lost.concat(lostVariables(inner))
      })
      return lost.length === 0
    }
    expect(offenders(complete)).toEqual([])
  })

  it('what a handler reads first lives across the calls of its body', () => {
    const kept = ({ f }: Prepared): boolean => {
      let good = true
      eachStatement(f.body, (s) => {
        if (s.kind !== 'try') return
        const [first] = s.handler
        if (first === undefined) return
        const needed = new Set<number>()
        for (const simple of operands(first)) eachVariable(simple, (v) => needed.add(v.id))
        needed.delete(s.exception.id)
        eachStatement(s.body, (inner) => {
          if (inner.kind !== 'call' || s.body.some((other) => other.kind === 'try')) return
          const live = new Set(inner.site.live.map((v) => v.id))
          if ([...needed].some((id) => !live.has(id))) good = false
        })
      })
      return good
    }
    expect(offenders(kept)).toEqual([])
  })

  it('nothing lives across a site that no statement reads', () => {
    const sober = ({ f }: Prepared): boolean => {
      const read = readWithin(f.body)
      return f.sites.every((site) => site.live.every((v) => read.has(v.id)))
    }
    expect(offenders(sober)).toEqual([])
  })

  it('sites are numbered in order', () => {
    const ordered = ({ f }: Prepared): boolean => {
      const found: number[] = []
      eachStatement(f.body, (s) => {
        const site = siteOf(s)
        if (site !== undefined) found.push(site.index)
      })
      return found.every((n, i) => n === i) && f.sites.every((site, i) => site.index === i)
    }
    expect(offenders(ordered)).toEqual([])
  })
})

/** Whether each call is reached only by way of a poll; `polled`: the start of the list is. Tells what its end is. */
class PollCheck {
  good = true
  private readonly labels = new Map<number, boolean>()

  list(list: readonly Statement[], polled: boolean): boolean {
    let now = polled
    for (const s of list) now = this.statement(s, now)
    return now
  }

  private statement(s: Statement, polled: boolean): boolean {
    switch (s.kind) {
      case 'poll':
        return true
      case 'call':
      case 'tailCall':
        if (!polled) this.good = false
        return true
      case 'exit':
      case 'exitIf':
        this.labels.set(s.label, (this.labels.get(s.label) ?? true) && polled)
        return s.kind === 'exit' ? true : polled
      case 'return':
      case 'raise':
        return true
      case 'loop':
        this.list(s.body, true)
        return true
      case 'block':
        return this.list(s.body, polled) && (this.labels.get(s.label) ?? true)
      case 'if':
      case 'switch':
      case 'try':
        return nested(s)
          .map((inner) => this.list(inner, polled))
          .every((end) => end)
      default:
        return polled
    }
  }
}

it('no call is made without a poll before it', () => {
  const polls = ({ f }: { readonly f: CodeFunction }): boolean => {
    const check = new PollCheck()
    check.list(f.body, false)
    return check.good
  }
  expect(offenders(polls)).toEqual([])
})
