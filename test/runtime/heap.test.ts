import { describe, expect, test } from 'vitest'
import { control, flags, generator, Mutator, OutOfHeap, step } from './mutator.ts'

function run(m: Mutator, seed: number, steps: number, checkEvery: number): void {
  const random = generator(seed)
  for (let i = 0; i < steps; i++) {
    step(m, random)
    if (i % checkEvery === checkEvery - 1) m.check()
    if (i % 1000 === 999) m.fullMajor()
  }
  m.check()
  m.fullMajor()
  m.check()
}

describe('random graphs keep their shape', () => {
  test.each([1, 2, 3, 4, 5])('collecting at every allocation, verified (seed %i)', (seed) => {
    run(new Mutator({ flags: flags.verify | flags.stress | flags.alternate }), seed, 1500, 100)
  })
  test.each([11, 12, 13, 14, 15])('two alternating minor areas, verified (seed %i)', (seed) => {
    run(new Mutator({ flags: flags.verify | flags.alternate }), seed, 8000, 500)
  })
  test.each([21, 22])('one minor area (seed %i)', (seed) => {
    run(new Mutator({ flags: 0 }), seed, 20000, 2000)
  })
})

test('a mark stack of no entries at all still marks everything', () => {
  for (const entries of [0, 1, 5]) {
    const m = new Mutator()
    m.runtime.call('limit_mark_stack', entries)
    run(m, 31 + entries, 4000, 500)
  }
})

test('a remembered set that is full makes the next collection look everywhere', () => {
  const m = new Mutator({ minorWords: 4096, flags: flags.alternate })
  m.allocate(0, 0, [1, 1, 1])
  m.collect()
  m.allocate(1, 0, [2])
  for (let i = 0; i < 1_200_000; i++) {
    m.runtime.call('caml_modify', Number(m.value(0)), i & 1 ? m.value(1) : 1n)
  }
  m.assign(0, 0, 1)
  m.setGlobal(0, 1)
  m.allocateLarge(2, 3000, 1)
  m.check()
  m.collect()
  m.check()
  run(m, 5, 2000, 500)
})

function fillUp(m: Mutator): void {
  // A list of growing blocks that nothing lets go.
  const random = generator(1)
  for (;;) {
    if (random(50) === 0) m.allocateLarge(1, 200 + random(3000), 0)
    else m.allocate(1, 0, [0, ...Array.from({ length: random(40) }, () => 2)])
    m.assign(1, 0, 0)
    m.setSlot(0, m.value(1), m.shadow(1))
  }
}

describe('running out of memory', () => {
  test('the heap limit ends the run, consistently, and what is let go can be used again', () => {
    const m = new Mutator({ heapLimit: 8 << 20, minorWords: 8192 })
    for (let round = 0; round < 3; round++) {
      expect(() => fillUp(m)).toThrow(OutOfHeap)
      expect(m.word(control.unwindReason)).toBe(4)
      expect(m.word(control.limitKind)).toBe(1)
      m.setWord(control.unwindReason, 0)
      m.check()
      for (let slot = 0; slot < 3; slot++) m.clear(slot)
      m.fullMajor()
      run(m, round, 300, 100)
      for (let slot = 0; slot < 16; slot++) m.clear(slot)
    }
  })

  test('a growth of memory fails at any point', () => {
    for (let nth = 1; nth <= 12; nth++) {
      const m = new Mutator({ minorWords: 8192, flags: flags.verify | flags.alternate })
      m.runtime.call('inject_growth_failure', nth, 1000000)
      expect(() => fillUp(m)).toThrow(OutOfHeap)
      m.check()
      for (let slot = 0; slot < 3; slot++) m.clear(slot)
      m.fullMajor()
      m.check()
      run(m, nth, 200, 100)
    }
  })

  test('a single failure is overcome', () => {
    for (let nth = 1; nth <= 5; nth++) {
      const m = new Mutator({ minorWords: 8192, heapLimit: 16 << 20, flags: 0 })
      m.runtime.call('inject_growth_failure', nth, 2)
      expect(() => fillUp(m)).toThrow(OutOfHeap)
      expect(m.word(control.limitKind)).toBe(1)
      m.check()
    }
  })

  test('memory whose maximum is small', () => {
    for (const maximumPages of [70, 75, 80, 100]) {
      let m: Mutator
      try {
        m = new Mutator({ maximumPages, minorWords: 2048, stackBytes: 65536 })
      } catch (error) {
        expect(error).toBeInstanceOf(OutOfHeap)
        continue
      }
      expect(() => fillUp(m)).toThrow(OutOfHeap)
      m.check()
    }
  })
})
