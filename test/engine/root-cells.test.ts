import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RemoteRoots } from '../../src/engine/remote-roots.ts'
import { RootCells, type RootRuntime } from '../../src/engine/root-cells.ts'
import { flags, generator, Mutator, type Shadow } from '../runtime/mutator.ts'

/** A mutator whose roots are created, changed and deleted by TypeScript; what calls the runtime is counted. */
class CellMutator extends Mutator {
  readonly calls: string[] = []
  readonly cells: RootCells
  readonly remote: RemoteRoots

  constructor(mode = flags.verify | flags.alternate) {
    super({ flags: mode })
    const { memory } = this.runtime
    this.cells = new RootCells(memory, this.counted())
    this.remote = new RemoteRoots(memory)
  }

  private counted(): RootRuntime {
    const call = (name: string, ...args: number[]): number => {
      this.calls.push(name)
      return this.runtime.call(name, ...args)
    }
    return {
      root_create_words: (low, high) => call('root_create_words', low, high),
      root_modify_words: (root, low, high) => call('root_modify_words', root, low, high),
      root_delete: (root) => void call('root_delete', root),
      root_pool_shrunk: (pool) => void call('root_pool_shrunk', pool),
    }
  }

  private halves(slot: number): [number, number] {
    const value = this.value(slot)
    return [Number(BigInt.asIntN(32, value)), Number(value >> 32n)]
  }

  override createRoot(source: number): number {
    const root = this.cells.create(...this.halves(source))
    this.roots.set(root, this.shadow(source))
    return root
  }

  override deleteRoot(root: number): void {
    this.cells.delete(root)
    this.roots.delete(root)
  }

  override modifyRoot(root: number, source: number): void {
    const changed = this.cells.set(root, ...this.halves(source))
    this.roots.delete(root)
    this.roots.set(changed, this.shadow(source))
  }

  /** Into a slot of the frame, and out of the root. */
  takeOut(root: number, slot: number): void {
    this.setSlot(slot, this.read(root), this.roots.get(root) as Shadow)
    this.deleteRoot(root)
  }

  deleteRemotely(root: number): void {
    this.remote.delete(root)
    this.roots.delete(root)
  }
}

const kinds = [
  'create',
  'takeOut',
  'delete',
  'deleteRemotely',
  'modify',
  'allocate',
  'minor',
  'major',
] as const
const operation = fc.record({
  kind: fc.constantFrom(...kinds),
  count: fc.integer({ min: 1, max: 3000 }),
  from: fc.nat(100000),
})

function apply(
  m: CellMutator,
  { kind, count, from }: { kind: (typeof kinds)[number]; count: number; from: number },
): void {
  const all = [...m.roots.keys()]
  const chosen = all.slice(all.length ? from % all.length : 0).slice(0, count)
  switch (kind) {
    case 'create':
      for (let i = 0; i < count; i++) m.createRoot(i % 8)
      return
    case 'takeOut':
      return chosen.slice(0, 8).forEach((root, slot) => void m.takeOut(root, slot))
    case 'delete':
      return chosen.forEach((root) => void m.deleteRoot(root))
    case 'deleteRemotely':
      return chosen.forEach((root) => void m.deleteRemotely(root))
    case 'modify':
      return chosen.slice(0, 100).forEach((root) => void m.modifyRoot(root, from % 8))
    case 'allocate':
      for (let slot = 0; slot < 8; slot++) m.allocate(slot, 0, [slot, 9])
      return
    case 'minor':
      return m.collect()
    case 'major':
      return m.fullMajor()
  }
}

test.each([
  ['between collections', 0],
  ['while marking is always under way', flags.slices | flags.stress],
])('any sequence of operations from TypeScript keeps pools consistent and values right, %s', (_, more) => {
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 40 }), (operations) => {
      const m = new CellMutator(flags.verify | flags.alternate | more)
      for (const op of operations) {
        apply(m, op)
        m.check()
      }
    }),
    { numRuns: 60, seed: 7 },
  )
})

test('what is taken out of a root while it is being marked stays', () => {
  const m = new CellMutator(flags.verify | flags.alternate | flags.slices | flags.stress)
  const random = generator(11)
  m.runtime.call('stress', 8, 77)
  for (let i = 0; i < 2000; i++) {
    m.allocate(0, 0, [1, 2])
    m.createRoot(0)
  }
  for (const root of m.roots.keys()) {
    m.takeOut(root, random(8))
    for (let i = 0; i < 3; i++) m.allocate(8 + random(4), 0, [random(12)])
    if (random(100) === 0) m.check()
  }
  m.fullMajor()
  m.check()
})

test('the usual path does not call the runtime', () => {
  const m = new CellMutator()
  m.allocate(0, 0, [1, 2])
  for (let i = 0; i < 1500; i++) m.createRoot(0)
  const roots = [...m.roots.keys()]
  for (const root of roots.slice(0, 400)) m.deleteRoot(root)
  for (const root of roots.slice(400)) m.modifyRoot(root, 1)
  expect(m.calls).toEqual([])
  m.check()
})

test('both halves of a value, and roots beyond what the memory was', () => {
  const m = new CellMutator()
  const before = m.runtime.memory.buffer.byteLength
  m.setSlot(0, -12345678901234567n, -6172839450617284n)
  m.setSlot(1, 1n, 0n)
  let last = 0
  while (m.runtime.memory.buffer.byteLength === before) last = m.createRoot(0)
  for (let i = 0; i < 3000; i++) last = m.createRoot(0)
  expect([m.cells.low(last), m.cells.high(last)]).toEqual([
    Number(BigInt.asIntN(32, -12345678901234567n)),
    Number(-12345678901234567n >> 32n),
  ])
  m.check()
})
