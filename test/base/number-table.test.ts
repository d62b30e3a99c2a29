import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NumberTable } from '../../src/base/number-table.ts'

/** Small ones, neighbours of powers of two, and those of processes beyond 2³². */
const key = fc.oneof(
  fc.nat(40),
  fc.nat(9).map((n) => n * 1024),
  fc.nat(9).map((n) => 2 ** 40 + n * 2 ** 32),
)
const step = fc.record({ key, add: fc.boolean() })

test('behaves as a map does', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
      const [table, map] = [new NumberTable<number>(), new Map<number, number>()]
      steps.forEach(({ key, add }, i) => {
        if (add) {
          table.set(key, i)
          map.set(key, i)
        } else expect(table.delete(key)).toBe(map.delete(key))
        expect([table.size, table.get(key), table.has(key)]).toEqual([map.size, map.get(key), map.has(key)])
      })
      for (const [key, value] of map) expect(table.get(key)).toBe(value)
      expect(table.values().sort()).toEqual([...map.values()].sort())
    }),
  )
})

test('a value may be undefined', () => {
  const table = new NumberTable<undefined>()
  table.set(3, undefined)
  expect([table.has(3), table.size, table.values()]).toEqual([true, 1, [undefined]])
})

test('the table gets smaller again', () => {
  const table = new NumberTable<number>()
  for (let i = 0; i < 100_000; i++) table.set(i, i)
  for (let i = 0; i < 99_999; i++) table.delete(i)
  expect([table.size, table.get(99_999)]).toEqual([1, 99_999])
  table.clear()
  expect([table.size, table.get(99_999)]).toEqual([0, undefined])
})
