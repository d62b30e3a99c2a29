/**
 * Other threads copy and delete handles while the domain allocates and collects. Nothing is lost: every handle holds the block with its
 * number, whoever looks. Nothing is freed twice, nor forgotten: the verifier checks the pools after each collection, and at the end there
 * are as many roots as at the start. `npm run soak` runs the same for minutes (SOAK_SECONDS).
 */

import { once } from 'node:events'
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads'
import { rolldown } from 'rolldown'
import { expect, test } from 'vitest'
import { RemoteRoots } from '../../src/engine/remote-roots.ts'
import { RootCells, type RootRuntime } from '../../src/engine/root-cells.ts'
import { control, flags, generator, Mutator } from '../runtime/mutator.ts'
import type { Counts, FromWorker, Handle, ToWorker } from './remote-roots-worker.ts'

const soakSeconds = process.env['SOAK_SECONDS']
const seconds = Number(soakSeconds ?? 3)
const threads = 2
const batch = 200
const supply = 4000
/** How many batches go with what is supplied: the domain is faster than the others. */
const batchesPerSupply = 2

const statistic = { roots: 5 }

async function workerCode(): Promise<string> {
  const input = new URL('remote-roots-worker.ts', import.meta.url).pathname
  const bundle = await rolldown({ input, platform: 'node', external: [/^node:/] })
  const { output } = await bundle.generate({ format: 'cjs' })
  return output[0].code
}

/** A thread that has handles, as the domain sees it. */
class Partner {
  readonly worker: Worker
  private readonly port: MessagePort
  counts: Counts | undefined
  /** Batches that it may be sent. */
  credit = 2 * batchesPerSupply

  constructor(code: string, memory: WebAssembly.Memory, seed: number) {
    const { port1, port2 } = new MessageChannel()
    this.port = port1
    this.worker = new Worker(code, {
      eval: true,
      workerData: { memory, port: port2, seed },
      transferList: [port2],
    })
  }

  post(message: ToWorker): void {
    this.port.postMessage(message)
  }

  received(): FromWorker | undefined {
    return receiveMessageOnPort(this.port)?.message as FromWorker | undefined
  }
}

/** The domain: blocks with numbers, roots of them, and two threads to share them with. */
class Owner {
  readonly m = new Mutator({ minorWords: 8192, flags: flags.alternate })
  readonly cells: RootCells
  private readonly random = generator(19)
  private last = 0
  created = 0
  returned = 0

  constructor() {
    const call =
      (name: string) =>
      (...args: number[]) =>
        this.m.runtime.call(name, ...args)
    const runtime: RootRuntime = {
      root_create_words: call('root_create_words'),
      root_modify_words: call('root_modify_words'),
      root_delete: call('root_delete'),
      root_pool_shrunk: call('root_pool_shrunk'),
    }
    this.cells = new RootCells(this.m.runtime.memory, runtime)
  }

  get roots(): number {
    return this.m.runtime.callFloat('root_statistic', statistic.roots)
  }

  /** A root of a new block. */
  handle(): Handle {
    this.last = (this.last + 1) & 0x3fffffff
    const { m } = this
    m.setSlot(0, BigInt(this.last) * 2n + 1n, BigInt(this.last))
    m.allocate(1, 0, [0, 2 + this.random(8)])
    if (this.random(4) === 0) m.setSlot(2 + this.random(8), m.value(1), m.shadow(1))
    this.created += 1
    return { root: this.cells.create(Number(m.value(1)), 0), number: this.last }
  }

  takeBack(handles: readonly Handle[], remote: RemoteRoots): void {
    for (const { root, number } of handles) {
      const found = this.m.word(this.cells.low(root) >>> 0)
      if (found !== number * 2 + 1) expect(found).toBe(number * 2 + 1)
      if (this.random(2) === 0) this.cells.delete(root)
      else remote.delete(root)
      this.returned += 1
    }
  }

  /** Garbage, so that collections come; now and then the frame is let go, and everything is collected. */
  churn(): void {
    for (let i = 0; i < 300; i++) this.m.allocate(10 + this.random(6), 0, [10, 11, 12])
    if (this.random(20) === 0) for (let slot = 2; slot < 10; slot++) this.m.clear(slot)
    if (this.random(50) === 0) this.m.fullMajor()
    if (this.random(10) === 0) this.m.verify()
  }
}

function answer(owner: Owner, partner: Partner, remote: RemoteRoots): boolean {
  const message = partner.received()
  if (message === undefined) return false
  if (message.kind === 'handles') owner.takeBack(message.handles, remote)
  else if (message.kind === 'need') {
    const roots = owner.cells.reserve(supply)
    owner.created += roots.length
    partner.credit += batchesPerSupply
    partner.post({ kind: 'supply', roots })
  } else partner.counts = message
  return true
}

test(`threads that share handles, for ${seconds} s`, { timeout: (seconds + 60) * 1000 }, async () => {
  const code = await workerCode()
  const owner = new Owner()
  const remote = new RemoteRoots(owner.m.runtime.memory)
  const before = owner.roots
  const partners = Array.from({ length: threads }, (_, i) => new Partner(code, owner.m.runtime.memory, 1 + i))
  await Promise.all(partners.map(({ worker }) => once(worker, 'online')))
  const end = performance.now() + seconds * 1000
  let round = 0
  while (performance.now() < end) {
    const partner = partners[round++ % threads] as Partner
    if (partner.credit > 0) {
      partner.credit -= 1
      partner.post({ kind: 'handles', handles: Array.from({ length: batch }, () => owner.handle()) })
    }
    owner.churn()
    for (let i = 0; i < 20; i++) for (const other of partners) if (!answer(owner, other, remote)) break
  }
  for (const partner of partners) partner.post({ kind: 'end' })
  while (partners.some(({ counts }) => counts === undefined)) {
    for (const partner of partners) answer(owner, partner, remote)
  }
  owner.m.fullMajor()
  owner.m.verify()

  const sum = (name: Exclude<keyof Counts, 'kind'>): number =>
    partners.reduce((total, { counts }) => total + (counts as Counts)[name], 0)
  const collections = owner.m.word(control.epoch)
  const summary =
    `${owner.created} roots made by the domain, ${sum('copied')} copied and ${sum('deleted')} deleted by other threads, ` +
    `${owner.returned} handed back; ${collections} collections, ${sum('amidCollection')} operations amid one, ${sum('notNow')} put off`
  if (soakSeconds !== undefined) console.log(summary)
  expect(sum('wrong')).toBe(0)
  expect(sum('deleted') + owner.returned).toBe(owner.created)
  expect(sum('copied')).toBeGreaterThan(1000 * seconds)
  expect(owner.m.word(control.delayedBusy)).toBe(0)
  expect(owner.m.word(control.delayedPools)).toBe(0)
  expect(owner.roots).toBe(before)
})
