/**
 * A daemon under load, while everything around it breaks: peers, EPMD, connections, the daemon itself. Every call ends with its own answer or
 * with an error, in time and once; afterwards nothing is left of what happened.
 *
 * `CHAOS_SECONDS` is how long over TCP; over TLS it is one short round. `CHAOS_SEED` makes the same events in the same order. `npm run chaos -- --seconds 300`.
 */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { everyWayInShort } from '../daemon/certificates.ts'
import { Chaos } from './chaos.ts'

const seed = Number(process.env['CHAOS_SEED'] ?? 1)

describe.each(everyWayInShort())('over $name', (way) => {
  const seconds = Number(process.env['CHAOS_SECONDS'] ?? 15) * way.share
  /**
   * What must not grow is compared between the ends of rounds, within one life of the daemon: it dies in the first of them only. What it then needs
   * at all, it has after one round more.
   */
  const rounds = way.share < 1 ? 1 : Math.max(4, Math.round(seconds / 20))
  const deadly = Math.max(1, Math.floor(rounds / 3))

  let chaos: Chaos
  beforeAll(async () => {
    chaos = await Chaos.start(seed, way)
  }, 60_000)
  afterAll(async () => {
    await chaos?.stop()
  })

  test(
    `${seconds} seconds of chaos, seed ${seed}`,
    async () => {
      const memory: number[] = []
      for (let round = 0; round < rounds; round++) {
        const books = await chaos.round((seconds * 1000) / rounds, round < deadly)
        console.log(`round ${round + 1}: ${JSON.stringify(books)}; ${chaos.eventsText}`)
        expect(books).toMatchObject({ wrong: 0, twice: 0, stray: 0, hung: 0, ends: ['normal'] })
        expect(books.answered).toBeGreaterThan(100)
        expect(await chaos.leaks()).toEqual([])
        if (round > deadly) memory.push(chaos.memory())
      }
      // The least of several: how much of what is free already is given back, and when, is up to V8. Each slow reader leaves 100 MB that
      // it may not have looked at yet, so a few rounds show less than many.
      const uncertain = memory.length < 6 ? 160 : 64
      console.log(`memory in MiB: ${memory.map(Math.round).join(' ')}`)
      const half = memory.length >> 1
      if (half > 0) {
        expect(Math.min(...memory.slice(half)) - Math.min(...memory.slice(0, half))).toBeLessThan(uncertain)
      }
      expect(chaos.errorsOfDaemon()).toEqual([])
    },
    seconds * 1000 + 240_000,
  )
})
