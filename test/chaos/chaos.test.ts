/**
 * A daemon under load, while everything around it breaks: peers, EPMD, connections, the daemon itself. Every call ends with its own answer or
 * with an error, in time and once; afterwards nothing is left of what happened.
 *
 * `CHAOS_SECONDS` is how long, `CHAOS_SEED` makes the same events in the same order. `npm run chaos -- --seconds 300`.
 */

import { afterAll, beforeAll, expect, test } from 'vitest'
import { Chaos } from './chaos.ts'

const seconds = Number(process.env['CHAOS_SECONDS'] ?? 15)
const seed = Number(process.env['CHAOS_SEED'] ?? 1)
/** What must not grow is compared between the ends of rounds. */
const rounds = 3

let chaos: Chaos
beforeAll(async () => {
  chaos = await Chaos.start(seed)
}, 60_000)
afterAll(async () => {
  await chaos?.stop()
})

test(
  `${seconds} seconds of chaos, seed ${seed}`,
  async () => {
    const memory: number[] = []
    for (let round = 0; round < rounds; round++) {
      // The daemon dies in the first rounds only: memory is compared within one life.
      const books = await chaos.round((seconds * 1000) / rounds, round < rounds - 2)
      console.log(`round ${round + 1}: ${JSON.stringify(books)}; ${chaos.eventsText}`)
      expect(books).toMatchObject({ wrong: 0, twice: 0, stray: 0, hung: 0, ends: ['normal'] })
      expect(books.answered).toBeGreaterThan(100)
      expect(await chaos.leaks()).toEqual([])
      memory.push(chaos.memory())
    }
    const grown = (memory.at(-1) as number) - (memory.at(-2) as number)
    expect(grown).toBeLessThan(64)
    expect(chaos.errorsOfDaemon()).toEqual([])
  },
  seconds * 1000 + 240_000,
)
