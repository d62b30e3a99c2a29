import { expect, test } from 'vitest'
import { RunQueue } from '../../src/engine/run-queue.ts'

interface Item {
  readonly group: string
  readonly number: number
}

function queueOf(...items: readonly string[]): RunQueue<Item> {
  const queue = new RunQueue<Item>(
    ({ number }) => number !== 0,
    ({ group }) => group,
  )
  for (const item of items) queue.push({ group: item.slice(0, 1), number: Number(item.slice(1)) })
  return queue
}

function all(queue: RunQueue<Item>): string {
  const taken: string[] = []
  for (let item = queue.take(); item !== undefined; item = queue.take()) taken.push(item.group + item.number)
  return taken.join(' ')
}

test('groups take turns, and each is first in, first out', () => {
  expect(all(queueOf('a1', 'a2', 'a3', 'b1', 'c1', 'b2'))).toBe('a1 b1 c1 a2 b2 a3')
})

test('what is not wanted is left out, and costs no turn', () => {
  const queue = queueOf('a0', 'a0', 'a1', 'b0', 'c0', 'c2')
  expect(queue.filled).toBe(true)
  expect(all(queue)).toBe('a1 c2')
  expect(queue.filled).toBe(false)
})

test('a hundred thousand items of one group are not between two of another', () => {
  const queue = queueOf()
  for (let number = 1; number <= 100_000; number++) queue.push({ group: 'a', number })
  queue.push({ group: 'b', number: 1 })
  expect([queue.take(), queue.take()].map((item) => item?.group)).toEqual(['a', 'b'])
  expect(all(queue).split(' ').length).toBe(99_999)
})
