/** Nanoseconds per operation of roots from TypeScript: over the shared memory, and by calls of the runtime. One line of JSON. */

import { newDomain } from '../../../src/daemon/machine.ts'
import { processHost } from '../../../src/daemon/process-host.ts'
import { RemoteRoots } from '../../../src/engine/remote-roots.ts'
import { RootCells, type RootRuntime } from '../../../src/engine/root-cells.ts'

const count = 200_000
const rounds = 25

const domain = newDomain(processHost({ arguments: [], executable: '', exit: () => {} }))
const runtime = domain.runtime.exports as unknown as RootRuntime & {
  root_create(value: bigint): number
  root_get(root: number): bigint
  root_flush(): void
}
const cells = new RootCells(domain.runtime.memory, runtime)
const remote = new RemoteRoots(domain.runtime.memory)
const roots = new Float64Array(count)
const copies = new Float64Array(count)
let sum = 0

/** Each goes through all roots in a loop of its own, so that V8 compiles it for itself. */
const loops = {
  create(): void {
    for (let i = 0; i < count; i++) roots[i] = cells.create(i * 2 + 1, 0)
  },
  get(): void {
    let found = 0
    for (let i = 0; i < count; i++) found += cells.low(roots[i] as number)
    sum += found
  },
  set(): void {
    for (let i = 0; i < count; i++) cells.set(roots[i] as number, i * 2 + 1, 0)
  },
  delete(): void {
    for (let i = 0; i < count; i++) cells.delete(roots[i] as number)
  },
  createByCall(): void {
    for (let i = 0; i < count; i++) roots[i] = runtime.root_create(BigInt(i * 2 + 1)) >>> 0
  },
  getByCall(): void {
    let found = 0
    for (let i = 0; i < count; i++) found += Number(runtime.root_get(roots[i] as number))
    sum += found
  },
  deleteByCall(): void {
    for (let i = 0; i < count; i++) runtime.root_delete(roots[i] as number)
  },
  copyRemotely(): void {
    for (let i = 0; i < count; i++) copies[i] = remote.copy(roots[i] as number)
  },
  deleteRemotely(): void {
    for (let i = 0; i < count; i++) remote.delete(copies[i] as number)
  },
} as const

type Loop = keyof typeof loops

const nanoseconds = new Map<Loop, number[]>()

function time(name: Loop): void {
  const before = process.cpuUsage()
  loops[name]()
  const { user, system } = process.cpuUsage(before)
  const times = nanoseconds.get(name) ?? []
  times.push(((user + system) * 1000) / count)
  nanoseconds.set(name, times)
}

const orders: readonly (readonly Loop[])[] = [
  ['create', 'get', 'set', 'delete'],
  ['createByCall', 'getByCall', 'deleteByCall'],
  ['create', 'copyRemotely', 'deleteRemotely', 'delete'],
]

for (let round = 0; round < rounds; round++) {
  remote.supply(cells.reserve(count))
  for (const order of orders) {
    for (const name of order) time(name)
    runtime.root_flush()
  }
}
const median = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[times.length >> 1] as number
const figures = [...nanoseconds].map(([name, times]) => [name, median(times)])
process.stdout.write(`${JSON.stringify({ ...Object.fromEntries(figures), sum })}\n`)
