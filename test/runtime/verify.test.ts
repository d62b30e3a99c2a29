/** The verifier notices: each test breaks one invariant. */

import { expect, test } from 'vitest'
import { control, flags, Mutator } from './mutator.ts'

const BAD_POINTER = 1
const BAD_HEADER = 2
const NOT_REMEMBERED = 3
const BAD_FRAME = 4
const BAD_ROOT_POOL = 5
const YOUNG_IN_OLD_ROOT = 8
const BAD_YOUNG_BLOCK = 9

/** One old block in slot 0, one young block in slot 1. */
function prepared(): Mutator {
  const m = new Mutator({ flags: flags.verify | flags.alternate })
  m.allocate(0, 0, [15, 15, 15])
  m.collect()
  m.allocate(1, 0, [15, 15])
  m.verify()
  return m
}

const found = (m: Mutator) => m.runtime.call('verify', m.top)

test('a store without the barrier', () => {
  const m = prepared()
  m.write(Number(m.value(0)), m.value(1))
  expect(found(m)).toBe(NOT_REMEMBERED)
  expect(m.runtime.call('verify_address')).toBe(Number(m.value(0)))
})

test('a pointer to memory that was evacuated', () => {
  const m = prepared()
  const stale = m.value(1)
  m.collect()
  m.setSlot(2, stale, 0n)
  expect(found(m)).toBe(BAD_POINTER)
})

test('a pointer to a block that was swept', () => {
  const m = prepared()
  const stale = m.value(0)
  m.clear(0)
  m.fullMajor()
  m.setSlot(2, stale, 0n)
  expect(found(m)).toBe(BAD_POINTER)
})

test.each([8n, -8n, 4n, 1n << 40n, 1n << 31n])('a pointer that is %i off', (offset) => {
  const m = prepared()
  m.setSlot(2, m.value(0) + offset, 0n)
  expect(found(m)).toBe(BAD_POINTER)
})

test('the word 0', () => {
  const m = prepared()
  m.setSlot(2, 0n, 0n)
  expect(found(m)).toBe(BAD_POINTER)
})

test('headers', () => {
  for (const header of [0n, 5n << 10n, (3n << 10n) | (2n << 8n), (3n << 10n) | (3n << 8n)]) {
    const m = prepared()
    m.write(Number(m.value(0)) - 8, header)
    expect([header, [BAD_HEADER, BAD_POINTER].includes(found(m))]).toEqual([header, true])
  }
  const m = prepared()
  m.write(Number(m.value(1)) - 8, (3n << 10n) | (1n << 8n))
  expect(found(m)).toBe(BAD_YOUNG_BLOCK)
})

test('a frame without a descriptor', () => {
  const m = prepared()
  m.pushFrame()
  m.write(m.word(control.stackBase), 64n)
  expect(found(m)).toBe(BAD_FRAME)
})

test('root pools: a slot taken behind its back, a free list that leaves the pool, a young value in an old pool', () => {
  for (const breakIt of [
    (m: Mutator, root: number) => m.write(root + 8, 1n),
    (m: Mutator, root: number) => m.setWord(root & ~16383, root + 32768),
  ]) {
    const m = prepared()
    breakIt(m, m.createRoot(0))
    expect(found(m)).toBe(BAD_ROOT_POOL)
  }
  const m = prepared()
  const roots = Array.from({ length: 2500 }, () => m.createRoot(0))
  m.collect()
  m.allocate(1, 0, [15])
  m.write(roots[0] as number, m.value(1))
  expect(found(m)).toBe(YOUNG_IN_OLD_ROOT)
})
