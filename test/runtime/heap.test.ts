import { describe, expect, test } from 'vitest'
import { control, flags, generator, Mutator, OutOfHeap, step } from './mutator.ts'

function run(m: Mutator, seed: number, steps: number, checkEvery: number): void {
  const random = generator(seed)
  for (let i = 0; i < steps; i++) {
    step(m, random)
    if (i % checkEvery === checkEvery - 1) m.check()
    if (i % 1000 === 999) {
      m.fullMajor()
      m.check(true)
    }
  }
  m.check()
  m.fullMajor()
  m.check(true)
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

describe('random graphs keep their shape while marking goes on', () => {
  const { verify, stress, alternate, slices } = flags
  test.each([41, 42, 43, 44, 45, 46])('in slices, collecting now and then, verified (seed %i)', (seed) => {
    const m = new Mutator({ flags: verify | stress | alternate | slices })
    m.runtime.call('stress', 1 + (seed % 20), seed)
    run(m, seed, 3000, 200)
  })
  test.each([51, 52, 53])('with a mark stack that overflows (seed %i)', (seed) => {
    const m = new Mutator({ flags: verify | stress | alternate | slices })
    m.runtime.call('limit_mark_stack', 1)
    m.runtime.call('stress', 3, seed)
    run(m, seed, 2000, 200)
  })
  test.each([61, 62, 63])('one minor area, not verified in between (seed %i)', (seed) => {
    const m = new Mutator({ flags: stress | slices })
    m.runtime.call('stress', 50, seed)
    run(m, seed, 40000, 2000)
  })
})

describe('compaction', () => {
  test.each([71, 72, 73, 74])('keeps graphs as they are (seed %i)', (seed) => {
    const m = new Mutator({ flags: flags.verify | flags.alternate })
    const random = generator(seed)
    for (let i = 0; i < 6000; i++) {
      step(m, random)
      const compacts = i % 300 === 299
      if (compacts) m.compact()
      if (i % 100 === 99) m.check(compacts)
    }
  })

  test('empties sparse pools', () => {
    const m = new Mutator({ minorWords: 8192 })
    const roots: number[] = []
    for (let i = 0; i < 100_000; i++) {
      m.allocate(0, 0, [15, 15, 15])
      roots.push(m.createRoot(0))
    }
    for (const [i, root] of roots.entries()) if (i % 20 !== 0) m.deleteRoot(root)
    m.clear(0)
    m.fullMajor()
    const before = m.pagesInUse()
    m.compact()
    m.check()
    // 5,000 blocks of four words are five pools; they were spread over a hundred.
    expect(before - m.pagesInUse()).toBeGreaterThan(80)
    run(m, 75, 2000, 500)
  })
})

test('what a weak pointer held, read when marking is nearly over, lives with all that it holds', () => {
  const { verify, stress, alternate, slices } = flags
  const m = new Mutator({ flags: verify | stress | alternate | slices })
  m.runtime.call('stress', 40, 0)
  for (let round = 0; round < 250; round++) {
    m.allocate(1, 0, [15])
    m.allocateClosure(2, [15])
    const finalised = m.runtime.call64('caml_final_register', m.top, m.value(2), m.value(1))
    expect(finalised).toBe(1n)
    for (let depth = 0; depth < 30; depth++) m.allocate(1, 0, [1, 15])
    m.setWeak(0, 1)
    m.collect()
    m.clear(1)
    for (let i = 0; i < round; i++) m.allocate(3, 0, [15])
    m.getWeak(1, 0)
    const held = typeof m.shadow(1) !== 'bigint'
    const due = m.runtime.call('finalisers_due')
    for (let i = 0; i < 400; i++) m.allocate(3, 0, [15])
    m.check()
    if (held) expect(m.runtime.call('finalisers_due')).toBe(due)
    m.clear(1)
    m.fullMajor()
    while (m.runtime.call('finalisers_due') > 0) {
      m.runtime.call64('take_finaliser')
      m.runtime.call('release_finalisers')
    }
  }
})

test('a key that is changed when the old one is dead does not keep the data of the old one', () => {
  const { verify, stress, alternate, slices } = flags
  const m = new Mutator({ flags: verify | stress | alternate | slices })
  m.runtime.call('stress', 40, 0)
  const create = () => m.runtime.call('root_create', m.runtime.call64('caml_ephe_create', m.top, 3n))
  const first = create()
  for (let i = 0; i < 60; i++) create()
  m.allocate(1, 0, [15])
  for (let round = 0; round < 250; round++) {
    m.allocate(2, 0, [15])
    m.allocate(3, 0, [15, 15])
    m.runtime.call64('caml_ephe_set_key', m.top, m.read(first), 1n, m.value(2))
    m.runtime.call64('caml_ephe_set_data', m.top, m.read(first), m.value(3))
    m.collect()
    m.clear(2)
    m.clear(3)
    for (let i = 0; i < round; i++) m.allocate(4, 0, [15])
    if (round % 2 === 0) m.runtime.call64('caml_ephe_set_key', m.top, m.read(first), 1n, m.value(1))
    else m.runtime.call64('caml_ephe_unset_key', m.top, m.read(first), 1n)
    for (let i = 0; i < 200; i++) m.allocate(4, 0, [15])
    m.check()
    m.fullMajor()
  }
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
  for (let i = 0; i < 4_600_000; i++) {
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

/** The first of the predefined exceptions. */
const outOfMemory = (m: Mutator): bigint => m.read(m.runtime.call('caml_predef'))

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
    const m = new Mutator({ heapLimit: 6 << 20, minorWords: 8192 })
    for (let round = 0; round < 3; round++) {
      expect(() => fillUp(m)).toThrow(OutOfHeap)
      expect(m.word(control.unwindReason)).toBe(1)
      expect(m.read(control.exception)).toBe(outOfMemory(m))
      m.setWord(control.unwindReason, 0)
      m.check()
      for (let slot = 0; slot < 3; slot++) m.clear(slot)
      m.fullMajor()
      run(m, round, 300, 100)
      for (let slot = 0; slot < 16; slot++) m.clear(slot)
    }
  })

  test('a growth of memory fails at any point', () => {
    for (const nth of [1, 2, 3, 4, 7]) {
      const m = new Mutator({ minorWords: 8192, flags: flags.alternate })
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
    for (const nth of [1, 3]) {
      const m = new Mutator({ minorWords: 8192, heapLimit: 10 << 20, flags: 0 })
      m.runtime.call('inject_growth_failure', nth, 2)
      expect(() => fillUp(m)).toThrow(OutOfHeap)
      expect(m.read(control.exception)).toBe(outOfMemory(m))
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

describe('finalisers', () => {
  const register = (m: Mutator, name: string, run: number, value: number) =>
    m.runtime.call64(name, m.top, m.value(run), m.value(value))
  const take = (m: Mutator) => {
    const argument = m.runtime.call64('finaliser_argument')
    const run = m.runtime.call64('take_finaliser')
    m.runtime.call('release_finalisers')
    return { argument, run }
  }

  test('the function gets the value once it is unreachable, and the value lives until then', () => {
    const m = new Mutator({ flags: flags.verify | flags.alternate })
    m.allocateClosure(0, [15])
    m.allocate(1, 0, [15])
    m.allocate(2, 3, [1, 1])
    register(m, 'caml_final_register', 0, 2)
    m.collect()
    m.fullMajor()
    expect(m.runtime.call('finalisers_due')).toBe(0)
    m.clear(2)
    m.collect()
    expect(m.runtime.call('finalisers_due')).toBe(0)
    m.fullMajor()
    expect(m.runtime.call('finalisers_due')).toBe(1)
    m.fullMajor()
    const { argument, run } = take(m)
    expect(run).toBe(m.value(0))
    expect(m.read(Number(argument) - 8) & 255n).toBe(3n)
    expect(m.read(Number(argument))).toBe(m.value(1))
    expect(m.runtime.call('finalisers_due')).toBe(0)
    m.check()
  })

  test('finalise_last keeps nothing alive, in either heap', () => {
    const m = new Mutator({ flags: flags.verify | flags.alternate })
    m.allocateClosure(0, [15])
    for (const slot of [1, 2, 3]) {
      m.allocate(slot, 0, [15])
      register(m, 'caml_final_register_called_without_value', 0, slot)
    }
    m.clear(1)
    m.collect()
    expect(m.runtime.call('finalisers_due')).toBe(1)
    m.clear(2)
    m.collect()
    expect(m.runtime.call('finalisers_due')).toBe(1)
    m.fullMajor()
    expect(m.runtime.call('finalisers_due')).toBe(2)
    expect(take(m)).toEqual({ argument: 1n, run: m.value(0) })
    expect(take(m)).toEqual({ argument: 1n, run: m.value(0) })
    expect(take(m)).toEqual({ argument: 0n, run: 0n })
    m.check()
  })

  test('many of them, collecting at every allocation', () => {
    const m = new Mutator({ flags: flags.verify | flags.stress | flags.alternate })
    m.allocateClosure(0, [15])
    let ran = 0
    for (let i = 0; i < 300; i++) {
      m.allocate(1 + (i % 5), 0, [15])
      register(m, i % 2 ? 'caml_final_register' : 'caml_final_register_called_without_value', 0, 1 + (i % 5))
      if (i % 50 === 49) m.fullMajor()
      for (; m.runtime.call('finalisers_due') > 0; ran++) expect(take(m).run).toBe(m.value(0))
    }
    for (let slot = 1; slot < 6; slot++) m.clear(slot)
    m.fullMajor()
    expect(ran + m.runtime.call('finalisers_due')).toBe(300)
    m.check()
  })

  test('what cannot die is refused', () => {
    const m = new Mutator()
    m.allocateClosure(0, [])
    expect(register(m, 'caml_final_register', 0, 15)).toBe(0n)
  })
})
