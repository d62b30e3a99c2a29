import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { control, flags, generator, Mutator } from './mutator.ts'

const poolBytes = 16384
const capacity = 2000

/** What another thread does: nothing but atomics on the shared memory (docs/RUNTIME.md, "Roots"). Self-contained, because a worker gets its text. */
function deleteRemotely(words: Int32Array, root: number): void {
  const delayedPools = 104 >> 2
  const delayedBusy = 108 >> 2
  const pool = (root & ~0x3fff) >>> 2
  const index = (root & 0x3fff) >> 3
  Atomics.add(words, delayedBusy, 1)
  Atomics.or(words, pool + 32 + (index >> 5), 1 << (index & 31))
  if (Atomics.exchange(words, pool + 16, 1) === 0) {
    let head = Atomics.load(words, delayedPools)
    for (;;) {
      Atomics.store(words, pool + 17, head)
      const found = Atomics.compareExchange(words, delayedPools, head, pool << 2)
      if (found === head) break
      head = found
    }
  }
  Atomics.sub(words, delayedBusy, 1)
}

type Operation =
  | { readonly kind: 'create'; readonly count: number }
  | { readonly kind: 'delete' | 'deleteRemotely'; readonly count: number; readonly from: number }
  | { readonly kind: 'modify'; readonly count: number; readonly from: number }
  | { readonly kind: 'allocate' | 'minor' | 'major' }

const count = fc.integer({ min: 1, max: 3000 })
const from = fc.nat(100000)
const operation: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({ kind: fc.constant('create' as const), count }),
  fc.record({ kind: fc.constantFrom('delete' as const, 'deleteRemotely' as const), count, from }),
  fc.record({ kind: fc.constant('modify' as const), count: fc.integer({ min: 1, max: 100 }), from }),
  fc.record({ kind: fc.constantFrom('allocate' as const, 'minor' as const, 'major' as const) }),
)

function chosen(m: Mutator, operation: { readonly count: number; readonly from: number }): number[] {
  const roots = [...m.roots.keys()]
  const start = roots.length ? operation.from % roots.length : 0
  return roots.slice(start, start + operation.count)
}

function apply(m: Mutator, op: Operation): void {
  const words = new Int32Array(m.runtime.memory.buffer)
  switch (op.kind) {
    case 'create':
      for (let i = 0; i < op.count; i++) m.createRoot(i % 8)
      return
    case 'delete':
      for (const root of chosen(m, op)) m.deleteRoot(root)
      return
    case 'deleteRemotely':
      for (const root of chosen(m, op)) {
        deleteRemotely(words, root)
        m.roots.delete(root)
      }
      return
    case 'modify':
      for (const root of chosen(m, op)) m.modifyRoot(root, op.from % 8)
      return
    case 'allocate':
      for (let slot = 0; slot < 8; slot++) m.allocate(slot, 0, [slot, 9])
      return
    case 'minor':
      return m.collect()
    case 'major':
      return m.fullMajor()
  }
}

describe('root pools', () => {
  test.each([
    ['between collections', 0],
    ['while marking is always under way', flags.slices],
  ])('any sequence of operations leaves them consistent and the values right, %s', (_, more) => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 40 }), (operations) => {
        const m = new Mutator({ flags: flags.verify | flags.alternate | more })
        for (const op of operations) {
          apply(m, op)
          m.verify()
        }
        m.check()
        m.runtime.call('root_flush')
        m.check()
      }),
      { numRuns: 60, seed: 1 },
    )
  })

  test('a new root lies in a pool aligned to its size, found by masking, and is filled from the free list', () => {
    const m = new Mutator()
    const first = m.createRoot(0)
    const pool = first & ~(poolBytes - 1)
    expect(m.word(control.rootPool)).toBe(pool)
    expect(first - pool).toBe(384)
    const second = m.createRoot(0)
    m.deleteRoot(first)
    expect(m.createRoot(0)).toBe(first)
    expect(second).toBe(first + 8)
  })

  test('memory of roots that are gone is used again', () => {
    const m = new Mutator({ flags: 0 })
    const fill = () => Array.from({ length: 50 * capacity }, () => m.createRoot(0))
    fill().forEach((root) => void m.deleteRoot(root))
    m.fullMajor()
    const size = m.runtime.memory.buffer.byteLength
    for (let round = 0; round < 5; round++) {
      fill().forEach((root) => void m.deleteRoot(root))
      m.fullMajor()
      m.verify()
    }
    expect(m.runtime.memory.buffer.byteLength).toBe(size)
  })

  test('an old root that gets a young value moves to the current pool', () => {
    const m = new Mutator()
    const roots = Array.from({ length: 3 * capacity }, () => m.createRoot(0))
    m.collect()
    m.allocate(1, 0, [2])
    const old = roots[0] as number
    m.modifyRoot(old, 1)
    expect(m.roots.has(old)).toBe(false)
    m.verify()
    m.collect()
    m.check()
  })

  test('no memory: creation fails and nothing else', () => {
    const m = new Mutator({ flags: flags.alternate })
    m.allocate(0, 0, [1])
    m.runtime.call('inject_growth_failure', 1, 1000000)
    const roots: number[] = []
    for (;;) {
      const root = m.runtime.call('root_create', m.value(0))
      if (root === 0) break
      roots.push(root)
      m.roots.set(root, m.shadow(0))
    }
    m.check()
    m.collect()
    m.check()
    for (const root of roots) m.deleteRoot(root)
    m.fullMajor()
    m.check()
    m.createRoot(0)
    m.check()
  })

  test('another thread deletes while this one creates, moves and collects', async () => {
    const m = new Mutator({ minorWords: 2048, flags: flags.verify | flags.alternate })
    const code = `
      const { parentPort, workerData } = require('node:worker_threads')
      const deleteRemotely = ${deleteRemotely.toString()}
      parentPort.on('message', (roots) => {
        const words = new Int32Array(workerData.buffer)
        for (const root of roots) deleteRemotely(words, root)
        parentPort.postMessage(roots.length)
      })`
    const worker = new Worker(code, { eval: true, workerData: m.runtime.memory })
    const random = generator(3)
    let sent = 0
    let done = 0
    worker.on('message', (n: number) => {
      done += n
    })
    for (let round = 0; round < 60; round++) {
      const batch: number[] = []
      for (let i = 0; i < 4000; i++) {
        if (i % 20 === 0) m.allocate(random(8), 0, [random(8), random(8)])
        const root = m.createRoot(random(8))
        if (random(10) !== 0) batch.push(root)
        else if (m.roots.size > 400) m.deleteRoot(root)
      }
      for (const root of batch) m.roots.delete(root)
      worker.postMessage(batch)
      sent += batch.length
      if (round % 4 === 3) await new Promise((resolve) => setImmediate(resolve))
      for (let i = 0; i < 300; i++) m.allocate(random(8), 0, [random(8), random(8)])
      m.check()
      if (round % 10 === 9) m.fullMajor()
    }
    while (done < sent) await once(worker, 'message')
    await worker.terminate()
    m.runtime.call('root_flush')
    m.check()
    expect(m.word(control.delayedBusy)).toBe(0)
    expect(m.word(control.delayedPools)).toBe(0)
    m.fullMajor()
    m.check()
  })
})
