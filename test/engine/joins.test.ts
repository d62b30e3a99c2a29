/**
 * The golden programs of the join calculus where threads change at random, and with frames that are put aside and a collector that moves everything. What
 * they check holds in every order of events. JOIN_SEED chooses one; each commit has its own.
 */

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runtimeFlags } from '../../src/engine/runtime.ts'
import { compileGolden, compileText, randomNumbers, run, seedOfToday } from './run-program.ts'

const names = readdirSync(join(import.meta.dirname, '../golden/joins')).filter((name) => name.endsWith('.ml'))

const first = seedOfToday('JOIN_SEED')
const seeds = [first, first + 1, first + 2]

describe.each(names)('%s', (name) => {
  const compiled = compileGolden(name, 'joins')

  it.each(seeds)('with threads that change at random (JOIN_SEED=%i)', (seed) => {
    const { stdout, error } = run(compiled, { options: { turns: seed } })
    expect({ stdout, error }).toEqual({ stdout: compiled.expected, error: undefined })
  })

  it(`while the collector is at work (JOIN_SEED=${first})`, () => {
    const next = randomNumbers(first)
    const { stress, alternate, slices, verify } = runtimeFlags
    const { stdout, error } = run(compiled, {
      options: {
        flags: stress | alternate | slices | verify,
        stress: { interval: 20, seed: 1 + next(1_000_000) },
        verifierWords: 200,
      },
      suspend: () => next(50) === 0,
    })
    expect({ stdout, error }).toEqual({ stdout: compiled.expected, error: undefined })
  })
})

/** The units of the join calculus that are linked into a program. */
function joinUnitsOf(text: string): readonly string[] {
  const compiled = compileText(text)
  expect(run(compiled).error).toBeUndefined()
  return compiled.compiler.order.map(({ compiled: { name } }) => name).filter((name) => /Join/.test(name))
}

it('links what a program uses and nothing else', () => {
  expect(joinUnitsOf('let () = Thread.join (Thread.create ignore ())')).toEqual([])
  expect(joinUnitsOf('def a(x) & b(y) = ignore (x + y); 0 let () = spawn a(1)')).toEqual(['CamlinternalJoin'])
  expect(joinUnitsOf('let () = ignore (JoinBuffer.create 1)')).toEqual(['CamlinternalJoin', 'JoinBuffer'])
})
