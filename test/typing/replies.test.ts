/** A process is accepted exactly when each way through it replies once to each caller: compared with all ways, one by one. */

import fc, { type Arbitrary } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runOurs } from './golden-cases.ts'

type Process =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'reply'; readonly to: 'f' | 'g' }
  | { readonly kind: 'parallel'; readonly parts: readonly Process[] }
  | { readonly kind: 'if'; readonly then: Process; readonly otherwise: Process | undefined }
  | { readonly kind: 'match'; readonly cases: readonly Process[] }
  | { readonly kind: 'sequence' | 'let' | 'def'; readonly body: Process }

const several = (process: Arbitrary<Process>) => fc.array(process, { minLength: 2, maxLength: 3 })

const { process } = fc.letrec<{ process: Process }>((tie) => {
  const inner = tie('process')
  return {
    process: fc.oneof(
      { depthSize: 'small' },
      fc.record({ kind: fc.constant('nothing') }),
      fc.record({ kind: fc.constant('reply'), to: fc.constantFrom('f', 'g') }),
      fc.record({ kind: fc.constant('parallel'), parts: several(inner) }),
      fc.record({ kind: fc.constant('if'), then: inner, otherwise: fc.option(inner, { nil: undefined }) }),
      fc.record({ kind: fc.constant('match'), cases: several(inner) }),
      fc.record({ kind: fc.constantFrom('sequence', 'let', 'def'), body: inner }),
    ) as Arbitrary<Process>,
  }
})

type Callers = 'none' | 'f' | 'g' | 'both'

/** Processes that reply as they should to certain callers. */
const right = fc.letrec<Record<Callers, Process>>((tie) => {
  const parallel = (...callers: Callers[]) =>
    fc.record({ kind: fc.constant('parallel'), parts: fc.tuple(...callers.map((each) => tie(each))) })
  const forms = (callers: Callers, ...own: Arbitrary<object>[]) =>
    fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      ...own,
      parallel(callers, 'none'),
      fc.record({ kind: fc.constant('if'), then: tie(callers), otherwise: tie(callers) }),
      fc.record({ kind: fc.constant('match'), cases: several(tie(callers)) }),
      fc.record({ kind: fc.constantFrom('sequence', 'let', 'def'), body: tie(callers) }),
    ) as Arbitrary<Process>
  const reply = (to: 'f' | 'g') => fc.constant({ kind: 'reply', to })
  return {
    none: forms('none', fc.constant({ kind: 'nothing' })),
    f: forms('f', reply('f')),
    g: forms('g', reply('g')),
    both: forms('both', parallel('f', 'g'), parallel('g', 'f')),
  }
}).both

function print(p: Process): string {
  switch (p.kind) {
    case 'nothing':
      return '0'
    case 'reply':
      return `reply to ${p.to}`
    case 'parallel':
      return `{ ${p.parts.map(print).join(' & ')} }`
    case 'if':
      return `{ if c () then ${print(p.then)}${p.otherwise === undefined ? '' : ` else ${print(p.otherwise)}`} }`
    case 'match':
      return `{ match n () with ${p.cases.map((each, i) => `| ${i} -> ${print(each)}`).join(' ')} | _ -> ${print(p.cases[0] as Process)} }`
    case 'sequence':
      return `{ ignore (c ()); ${print(p.body)} }`
    case 'let':
      return `{ let _ = c () in ${print(p.body)} }`
    case 'def':
      return `{ def h() = reply to h in h (); ${print(p.body)} }`
  }
}

/** How many replies go to f and to g, as "1 1", for each way through the process. */
function ways(p: Process): ReadonlySet<string> {
  switch (p.kind) {
    case 'nothing':
      return new Set(['0 0'])
    case 'reply':
      return new Set([p.to === 'f' ? '1 0' : '0 1'])
    case 'parallel':
      return p.parts.map(ways).reduce(sums)
    case 'if':
      return new Set([...ways(p.then), ...(p.otherwise === undefined ? ['0 0'] : ways(p.otherwise))])
    case 'match':
      return new Set(p.cases.flatMap((each) => [...ways(each)]))
    default:
      return ways(p.body)
  }
}

function sums(one: ReadonlySet<string>, other: ReadonlySet<string>): ReadonlySet<string> {
  const add = (a: string, b: string) => {
    const [[f, g], [h, i]] = [a, b].map((way) => way.split(' ').map(Number)) as [number[], number[]]
    return `${(f as number) + (h as number)} ${(g as number) + (i as number)}`
  }
  return new Set([...one].flatMap((a) => [...other].map((b) => add(a, b))))
}

/** The other reactions make f and g synchronous whatever the process does. */
const program = (p: Process): string => `
let c () = true and n () = 1
def f() & g() = ${print(p)}
or f() & only_f() = reply to f
or g() & only_g() = reply to g
let () = spawn only_f() & only_g()
`

describe('random processes', () => {
  it('are judged right', () => {
    let accepted = 0
    const property = fc.property(fc.oneof(right, process), (p) => {
      const text = program(p)
      const output = runOurs({ title: '', files: [{ name: 'a.ml', text }], output: '' })
      const isRight = [...ways(p)].every((way) => way === '1 1')
      if (isRight) accepted += 1
      expect(/^Error: /m.test(output), `${text}${output}`).toBe(!isRight)
      if (!isRight) expect(output).toMatch(/^Error: (Double reply to|The reply to) [fg]/m)
    })
    fc.assert(property, { numRuns: 600, seed: 1 })
    expect(accepted).toBeGreaterThan(200)
  }, 60_000)
})
