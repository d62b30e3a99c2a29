import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { flags, generator, Mutator } from './mutator.ts'

const localRoots = 160
const localTop = 164

/** Global roots of both kinds in static cells, and local roots as code compiled with `local-roots.ts` has them. */
class OlderMutator extends Mutator {
  readonly plain: number[] = []
  readonly generational: number[] = []
  private readonly free: number[]

  constructor(cells = 3000, more = 0) {
    super({ minorWords: 2048, flags: flags.verify | flags.alternate | more })
    const start = this.runtime.call('static_alloc', cells * 8)
    this.free = Array.from({ length: cells }, (_, i) => start + ((i * 7919) % cells) * 8)
  }

  private hold(cell: number, slot: number): void {
    this.roots.set(cell, this.shadow(slot))
  }

  register(kind: 'plain' | 'generational', slot: number): void {
    const cell = this.free.pop()
    if (cell === undefined) return
    this.write(cell, this.value(slot))
    const name = kind === 'plain' ? 'caml_register_global_root' : 'caml_register_generational_global_root'
    expect(this.runtime.call(name, cell)).toBe(1)
    this[kind].push(cell)
    this.hold(cell, slot)
  }

  remove(kind: 'plain' | 'generational', index: number): void {
    const cells = this[kind]
    const cell = cells[index % cells.length]
    if (cell === undefined) return
    cells[index % cells.length] = cells[cells.length - 1] as number
    cells.pop()
    this.runtime.call(
      kind === 'plain' ? 'caml_remove_global_root' : 'caml_remove_generational_global_root',
      cell,
    )
    this.roots.delete(cell)
    this.free.push(cell)
    // What is no root may hold anything.
    this.write(cell, 0xdeadbeef0n)
  }

  assignCell(kind: 'plain' | 'generational', index: number, slot: number): void {
    const cell = this[kind][index % this[kind].length]
    if (cell === undefined) return
    if (kind === 'plain') this.write(cell, this.value(slot))
    else expect(this.runtime.call('caml_modify_generational_global_root', cell, this.value(slot))).toBe(1)
    this.hold(cell, slot)
  }

  enter(slots: readonly number[]): void {
    const block = this.word(localTop)
    this.setWord(block, this.word(localRoots))
    this.setWord(block + 4, slots.length)
    this.setWord(localRoots, block)
    this.setWord(localTop, block + 8 + slots.length * 8)
    for (const [i, slot] of slots.entries()) {
      this.write(block + 8 + i * 8, this.value(slot))
      this.hold(block + 8 + i * 8, slot)
    }
  }

  leave(): void {
    const block = this.word(localRoots)
    if (block === 0) return
    for (let slot = block + 8; slot < this.word(localTop); slot += 8) this.roots.delete(slot)
    this.setWord(localRoots, this.word(block))
    this.setWord(localTop, block)
  }
}

function randomStep(m: OlderMutator, random: (n: number) => number): void {
  const kind = random(2) ? 'plain' : 'generational'
  const count = 1 + random(60)
  switch (random(10)) {
    case 0:
    case 1:
      for (let i = 0; i < count; i++) m.register(kind, random(16))
      return
    case 2:
      for (let i = 0; i < count; i++) m.remove(kind, random(5000))
      return
    case 3:
    case 4:
      for (let i = 0; i < count; i++) m.assignCell(kind, random(5000), random(16))
      return
    case 5:
      return m.enter(Array.from({ length: random(6) }, () => random(16)))
    case 6:
      return m.leave()
    case 7:
      return random(4) ? m.collect() : m.fullMajor()
    case 8:
      return m.clear(random(16))
    default:
      for (let i = 0; i < 20; i++) m.allocate(random(16), 0, [random(16), random(16)])
  }
}

describe('global and local roots', () => {
  test.each([
    ['between collections', 0],
    ['while marking is always under way', flags.slices],
  ])('any sequence of operations keeps the right values, %s', (_, more) => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const m = new OlderMutator(3000, more)
        const random = generator(seed)
        for (let i = 0; i < 300; i++) randomStep(m, random)
        m.check()
        m.fullMajor()
        m.check()
      }),
      { numRuns: 30, seed: 5 },
    )
  })

  test('a cell that holds an immediate, or is registered twice, is removed once', () => {
    const m = new OlderMutator()
    m.allocate(0, 0, [1])
    for (let i = 0; i < 3000; i++) m.register('generational', i % 2)
    for (const cell of m.generational) m.runtime.call('caml_register_generational_global_root', cell)
    m.collect()
    for (const cell of m.generational) m.runtime.call('caml_register_generational_global_root', cell)
    while (m.generational.length > 0) m.remove('generational', 17)
    m.collect()
    m.fullMajor()
    m.check()
  })

  test('when all roots are gone, so is their memory, and it is used again', () => {
    const m = new OlderMutator(30_000)
    const fill = () => {
      for (let i = 0; i < 30_000; i++) m.register(i % 2 ? 'plain' : 'generational', i % 16)
    }
    m.allocate(0, 0, [1])
    fill()
    m.collect()
    const size = m.runtime.memory.buffer.byteLength
    for (let round = 0; round < 3; round++) {
      while (m.plain.length > 0) m.remove('plain', 99)
      while (m.generational.length > 0) m.remove('generational', 99)
      m.fullMajor()
      fill()
      m.collect()
    }
    expect(m.runtime.memory.buffer.byteLength).toBe(size)
    m.check()
  })
})
