/**
 * The other thread of `remote-roots.test.ts`. It gets handles (a root and the number that is in field 0 of the block in it), copies them,
 * looks at what they hold, deletes, and hands some back.
 */

import { type MessagePort, workerData } from 'node:worker_threads'
import { control } from '../../src/codegen/layout.ts'
import { RemoteRoots } from '../../src/engine/remote-roots.ts'

export interface Handle {
  readonly root: number
  readonly number: number
}

export type ToWorker =
  | { readonly kind: 'handles'; readonly handles: readonly Handle[] }
  | { readonly kind: 'supply'; readonly roots: readonly number[] }
  | { readonly kind: 'end' }

export interface Counts {
  readonly kind: 'counts'
  readonly copied: number
  readonly deleted: number
  /** How often a copy had to wait, because its value was young or just moved. */
  readonly notNow: number
  /** Handles that held something else than they should. */
  readonly wrong: number
  /** Operations that ended while the domain was in the middle of a collection. */
  readonly amidCollection: number
}

export type FromWorker =
  | { readonly kind: 'handles'; readonly handles: readonly Handle[] }
  | { readonly kind: 'need' }
  | Counts

interface Data {
  readonly memory: WebAssembly.Memory
  readonly port: MessagePort
  readonly seed: number
}

const copiesPerHandle = 12
const spareLimit = 4000
const keptLimit = 2000

const { memory, port, seed } = workerData as Data
const remote = new RemoteRoots(memory)
const counts = { copied: 0, deleted: 0, notNow: 0, wrong: 0, amidCollection: 0 }
let held: Handle[] = []
let asked = false
let ending = false

let state = seed
function random(n: number): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return Math.floor((state / 2 ** 32) * n)
}

const post = (message: FromWorker): void => port.postMessage(message)

function words(): Int32Array {
  return new Int32Array(memory.buffer)
}

function countOperation(view: Int32Array): void {
  if ((Atomics.load(view, control.moves >> 2) & 1) !== 0) counts.amidCollection += 1
}

function remove({ root }: Handle, view: Int32Array): void {
  remote.delete(root)
  counts.deleted += 1
  countOperation(view)
}

/** What has been copied is old, so it does not move, and the copy keeps it alive. */
function check({ root, number }: Handle, view: Int32Array): void {
  const block = Atomics.load(view, root >>> 2) >>> 0
  if (Atomics.load(view, block >>> 2) !== number * 2 + 1) counts.wrong += 1
}

function copy(handle: Handle, view: Int32Array): Handle | undefined {
  const root = remote.copy(handle.root)
  if (root === 0) {
    if (remote.supplied > 0) counts.notNow += 1
    return undefined
  }
  counts.copied += 1
  countOperation(view)
  const copied = { root, number: handle.number }
  check(copied, view)
  return copied
}

/** Copies of copies, most of which are deleted at once; the handle itself may go before its copies. */
function spread(handle: Handle, view: Int32Array): void {
  let last = handle
  for (let i = 0; i < copiesPerHandle; i++) {
    const copied = copy(last, view)
    if (copied === undefined) break
    if (random(3) > 0) remove(last, view)
    else held.push(last)
    last = copied
  }
  held.push(last)
}

function work(): void {
  const view = words()
  if (remote.supplied < spareLimit / 2 && !asked) {
    asked = true
    post({ kind: 'need' })
  }
  const before = held
  held = []
  const back: Handle[] = []
  for (const handle of before) {
    const choice = random(8)
    if (choice === 0) back.push(handle)
    else if (choice < 4 && before.length > keptLimit / 2) remove(handle, view)
    else spread(handle, view)
  }
  while (held.length > keptLimit) remove(held.pop() as Handle, view)
  if (back.length > 0) post({ kind: 'handles', handles: back })
}

/** What has been asked for is still to come, so that it can be given back. */
function end(): void {
  if (!ending || asked) return
  const view = words()
  for (const handle of held) remove(handle, view)
  counts.deleted += remote.supplied
  remote.giveBack()
  post({ kind: 'counts', ...counts })
  clearInterval(working)
  port.close()
}

function receive(message: ToWorker): void {
  switch (message.kind) {
    case 'handles':
      held.push(...message.handles)
      return
    case 'supply':
      asked = false
      remote.supply(message.roots)
      return end()
    case 'end':
      ending = true
      return end()
  }
}

port.on('message', receive)
const working = setInterval(work, 1)
