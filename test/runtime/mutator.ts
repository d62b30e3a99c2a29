/**
 * A mutator in TypeScript: it builds graphs in the runtime's heap the way emitted code does (frames, barrier, descriptors), and keeps a
 * shadow of every block in JavaScript objects. `check` walks both and compares contents and sharing.
 */

import { expect } from 'vitest'
import { instantiateRuntime, newMemory, quietHost, type Runtime } from './runtime.ts'

export type Shadow = ShadowBlock | bigint

/** `fields` for scanned blocks, `bytes` for strings. A closure's first `environment` fields are immediates. */
export interface ShadowBlock {
  readonly tag: number
  readonly fields: Shadow[]
  readonly environment: number
  readonly bytes: Uint8Array | undefined
}

export const flags = { verify: 1, stress: 2, alternate: 4, slices: 8 } as const

export const control = {
  youngPtr: 16,
  youngLimit: 20,
  unwindReason: 28,
  exception: 32,
  youngStart: 44,
  youngSize: 48,
  stackBase: 64,
  segmentStart: 92,
  cleanBelow: 96,
  rootPool: 100,
  delayedPools: 104,
  delayedBusy: 108,
  epoch: 112,
  unseenEnd: 176,
} as const

export interface Options {
  readonly minorWords?: number
  readonly stackBytes?: number
  readonly heapLimit?: number
  readonly flags?: number
  readonly maximumPages?: number
}

/** Slots that are used of a weak array, and their distance: cleaning it takes many slices. */
const weakSlots = 24
const weakStride = 25
const closureTag = 247
const stringTag = 252
/** Value slots of a frame of this mutator. */
export const frameSlots = 16
const frameBytes = (frameSlots + 1) * 8

export class OutOfHeap extends Error {}

export class Mutator {
  readonly runtime: Runtime
  private view: DataView
  private readonly descriptor: number
  private readonly frames: Shadow[][] = []
  readonly globals: Shadow[]
  private readonly globalsAddress: number
  readonly roots = new Map<number, Shadow>()
  readonly stacks = new Map<number, Shadow[][]>()

  constructor(options: Options = {}) {
    const memory = newMemory(options.maximumPages)
    this.runtime = instantiateRuntime(memory, quietHost)
    const { minorWords = 1024, stackBytes = 1 << 18, heapLimit = 1 << 28 } = options
    const ok = this.runtime.call(
      'init',
      minorWords,
      stackBytes,
      heapLimit,
      options.flags ?? flags.verify | flags.alternate,
    )
    if (!ok) throw new OutOfHeap('init')
    this.view = new DataView(memory.buffer)
    this.descriptor = this.makeDescriptor()
    this.globals = Array.from({ length: 8 }, () => 0n)
    this.globalsAddress = this.runtime.call('static_alloc', this.globals.length * 8)
    for (const i of this.globals.keys()) this.write(this.globalsAddress + i * 8, 1n)
    this.runtime.call('register_globals', this.globalsAddress, this.globals.length)
    this.pushFrame()
  }

  private makeDescriptor(): number {
    const descriptor = this.runtime.call('static_alloc', 16 + frameSlots * 2)
    this.view.setUint16(descriptor, frameSlots + 1, true)
    this.view.setUint16(descriptor + 2, frameSlots, true)
    for (let i = 0; i < frameSlots; i++) this.view.setUint16(descriptor + 16 + i * 2, i + 1, true)
    return descriptor
  }

  // Memory.

  private current(): DataView {
    if (this.view.buffer !== this.runtime.memory.buffer) this.view = new DataView(this.runtime.memory.buffer)
    return this.view
  }

  read(address: number): bigint {
    return this.current().getBigInt64(address, true)
  }

  write(address: number, value: bigint): void {
    this.current().setBigInt64(address, value, true)
  }

  word(address: number): number {
    return this.current().getUint32(address, true)
  }

  setWord(address: number, value: number): void {
    this.current().setUint32(address, value, true)
  }

  // Frames.

  get depth(): number {
    return this.frames.length
  }

  get top(): number {
    return this.word(control.stackBase) + this.frames.length * frameBytes
  }

  pushFrame(): void {
    const sp = this.top
    this.write(sp, BigInt(this.descriptor))
    for (let i = 1; i <= frameSlots; i++) this.write(sp + i * 8, 1n)
    this.frames.push(Array.from({ length: frameSlots }, () => 0n))
  }

  popFrame(): void {
    if (this.frames.length > 1) this.frames.pop()
    // The frame below runs again: it is no longer clean.
    const sp = this.top - frameBytes
    if (sp < this.word(control.unseenEnd)) this.runtime.call('frame_runs', sp)
    for (const bound of [control.cleanBelow, control.segmentStart]) {
      if (this.word(bound) > sp) this.setWord(bound, sp)
    }
  }

  /** The native stack is unwound: only the newest frame runs. */
  spill(): void {
    this.setWord(control.segmentStart, this.top - frameBytes)
  }

  private slotAddress(slot: number): number {
    return this.top - frameBytes + 8 + slot * 8
  }

  private get frame(): Shadow[] {
    return this.frames[this.frames.length - 1] as Shadow[]
  }

  shadow(slot: number): Shadow {
    return this.frame[slot] as Shadow
  }

  value(slot: number): bigint {
    return this.read(this.slotAddress(slot))
  }

  setSlot(slot: number, value: bigint, shadow: Shadow): void {
    this.write(this.slotAddress(slot), value)
    this.frame[slot] = shadow
  }

  clear(slot: number): void {
    this.setSlot(slot, 1n, 0n)
  }

  // Allocation.

  private room(words: number): void {
    if (!this.runtime.call('reserve_small', this.top, words)) throw new OutOfHeap('reserve_small')
  }

  /** A block whose fields are the values of these slots of the frame; put into `target`. */
  allocate(target: number, tag: number, sources: readonly number[]): void {
    this.room(sources.length + 1)
    const block = this.runtime.call('take_small', sources.length, tag)
    for (const [i, source] of sources.entries()) this.write(block + i * 8, this.value(source))
    const fields = sources.map((source) => this.shadow(source))
    this.setSlot(target, BigInt(block), { tag, fields, environment: 0, bytes: undefined })
  }

  /** A closure: code, information, environment from field 2 on. */
  allocateClosure(target: number, sources: readonly number[]): void {
    const wosize = 2 + sources.length
    this.room(wosize + 1)
    const block = this.runtime.call('take_small', wosize, closureTag)
    const information = ((1n << 32n) | 2n) * 2n + 1n
    this.write(block, 85n)
    this.write(block + 8, information)
    for (const [i, source] of sources.entries()) this.write(block + (2 + i) * 8, this.value(source))
    const fields: Shadow[] = [42n, (1n << 32n) | 2n, ...sources.map((source) => this.shadow(source))]
    this.setSlot(target, BigInt(block), { tag: closureTag, fields, environment: 2, bytes: undefined })
  }

  /** A block of the major heap, its fields initialised through the barrier. */
  allocateLarge(target: number, wosize: number, source: number): void {
    const block = Number(this.runtime.call64('alloc_large', this.top, BigInt(wosize), 0))
    if (block === 0) throw new OutOfHeap('alloc_large')
    const fields: Shadow[] = Array.from({ length: wosize }, () => 0n)
    for (let i = 0; i < wosize; i += 97) {
      this.runtime.call('caml_initialize', block + i * 8, this.value(source))
      fields[i] = this.shadow(source)
    }
    this.setSlot(target, BigInt(block), { tag: 0, fields, environment: 0, bytes: undefined })
  }

  allocateString(target: number, bytes: Uint8Array): void {
    const block = this.runtime.call('alloc_string', this.top, bytes.length)
    if (block === 0) throw new OutOfHeap('alloc_string')
    new Uint8Array(this.runtime.memory.buffer, block, bytes.length).set(bytes)
    this.setSlot(target, BigInt(block), { tag: stringTag, fields: [], environment: 0, bytes })
  }

  // Access.

  /** Sets a field of the block in a slot, if there is a block with such a field. */
  assign(slot: number, index: number, source: number): void {
    const block = this.shadow(slot)
    if (typeof block === 'bigint' || block.fields.length <= block.environment) return
    const i = block.environment + (index % (block.fields.length - block.environment))
    this.runtime.call('caml_modify', Number(this.value(slot)) + i * 8, this.value(source))
    block.fields[i] = this.shadow(source)
  }

  /** Loads a field and overwrites it: now the frame alone may know the value, which matters while marking goes on. */
  take(target: number, slot: number, index: number, source: number): void {
    const block = this.shadow(slot)
    if (typeof block === 'bigint' || block.fields.length <= block.environment || target === slot) return
    const i = block.environment + (index % (block.fields.length - block.environment))
    this.load(target, slot, i)
    this.assign(slot, i - block.environment, source)
  }

  /** Gets what a root holds, and deletes the root. */
  takeRoot(target: number, root: number): void {
    this.setSlot(target, this.read(root), this.roots.get(root) as Shadow)
    this.deleteRoot(root)
  }

  load(target: number, slot: number, index: number): void {
    const block = this.shadow(slot)
    if (typeof block === 'bigint' || block.fields.length === 0) return
    const i = index % block.fields.length
    this.setSlot(target, this.read(Number(this.value(slot)) + i * 8), block.fields[i] as Shadow)
  }

  setGlobal(index: number, source: number): void {
    const i = index % this.globals.length
    this.runtime.call('caml_modify', this.globalsAddress + i * 8, this.value(source))
    this.globals[i] = this.shadow(source)
  }

  // Roots.

  createRoot(source: number): number {
    const root = this.runtime.call('root_create', this.value(source))
    if (root === 0) throw new OutOfHeap('root_create')
    this.roots.set(root, this.shadow(source))
    return root
  }

  deleteRoot(root: number): void {
    this.runtime.call('root_delete', root)
    this.roots.delete(root)
  }

  modifyRoot(root: number, source: number): void {
    const moved = this.runtime.call('root_modify', root, this.value(source))
    if (moved === 0) throw new OutOfHeap('root_modify')
    this.roots.delete(root)
    this.roots.set(moved, this.shadow(source))
  }

  // A weak array, which a root keeps.

  private weakRoot = 0
  private readonly weakShadows: (ShadowBlock | undefined)[] = []

  private get weak(): bigint {
    if (this.weakRoot === 0) {
      const array = this.runtime.call64('caml_weak_create', this.top, BigInt(weakSlots * weakStride * 2 + 1))
      if (array === 0n) throw new OutOfHeap('caml_weak_create')
      this.weakRoot = this.runtime.call('root_create', array)
    }
    return this.read(this.weakRoot)
  }

  setWeak(index: number, source: number): void {
    const shadow = this.shadow(source)
    if (typeof shadow === 'bigint') return
    const { weak } = this
    this.runtime.call64(
      'caml_ephe_set_key',
      this.top,
      weak,
      BigInt(index * weakStride * 2 + 1),
      this.value(source),
    )
    this.weakShadows[index] = shadow
  }

  /** Loads what a slot holds, if it holds anything. */
  getWeak(target: number, index: number): void {
    const { weak } = this
    const found = this.runtime.call64('caml_weak_get', this.top, weak, BigInt(index * weakStride * 2 + 1))
    if (found === 0n) throw new OutOfHeap('caml_weak_get')
    if (found === 1n) return
    this.setSlot(target, this.read(Number(found)), this.weakShadows[index] as ShadowBlock)
  }

  /** No slot of a reachable block is empty; with `exact` all others are. */
  private checkWeak(reachable: ReadonlyMap<ShadowBlock, number>, exact: boolean): void {
    if (this.weakRoot === 0) return
    for (const [i, shadow] of this.weakShadows.entries()) {
      if (shadow === undefined) continue
      const held = Number(this.read(Number(this.weak) + (i * weakStride + 2) * 8))
      const address = reachable.get(shadow)
      if (address !== undefined) expect(held).toBe(address)
      else if (exact) expect(held).toBe(0)
    }
  }

  // Suspended stacks: all frames but the oldest move out.

  suspend(): void {
    if (this.frames.length < 2) return
    const base = this.word(control.stackBase) + frameBytes
    const bytes = this.top - base
    const stack = this.runtime.call('stack_alloc', bytes)
    if (stack === 0) throw new OutOfHeap('stack_alloc')
    const memory = new Uint8Array(this.runtime.memory.buffer)
    memory.copyWithin(stack, base, base + bytes)
    this.runtime.call('register_stack', stack, bytes)
    this.stacks.set(stack, this.frames.splice(1))
    this.setWord(control.cleanBelow, 0)
    this.setWord(control.segmentStart, 0)
  }

  resume(): void {
    const [entry] = this.stacks
    if (!entry) return
    const [stack, frames] = entry
    const memory = new Uint8Array(this.runtime.memory.buffer)
    this.runtime.call('unregister_stack', stack)
    memory.copyWithin(this.top, stack, stack + frames.length * frameBytes)
    this.runtime.call('stack_free', stack)
    this.frames.push(...frames)
    this.stacks.delete(stack)
    this.setWord(control.cleanBelow, 0)
    this.setWord(control.segmentStart, 0)
  }

  // Collection and comparison.

  collect(): void {
    if (!this.runtime.call('minor', this.top)) throw new OutOfHeap('minor')
  }

  fullMajor(): void {
    this.runtime.call('full_major', this.top)
  }

  compact(): void {
    this.runtime.call('compaction', this.top)
  }

  /** Pages of the major heap that hold anything. */
  pagesInUse(): number {
    return this.runtime.call('pages_in_use')
  }

  verify(): void {
    const code = this.runtime.call('verify', this.top)
    expect({ code, address: this.runtime.call('verify_address') * Math.sign(code) }).toEqual({
      code: 0,
      address: 0,
    })
  }

  /** Compares heap and shadow from all roots. `exact`: a complete collection has just run. */
  check(exact = false): void {
    this.verify()
    const seen = new Map<ShadowBlock, number>()
    const todo: [bigint, Shadow][] = []
    this.compareFrames(this.word(control.stackBase), this.frames, todo)
    for (const [i, shadow] of this.globals.entries())
      todo.push([this.read(this.globalsAddress + i * 8), shadow])
    for (const [root, shadow] of this.roots) todo.push([this.read(root), shadow])
    for (const [stack, frames] of this.stacks) this.compareFrames(stack, frames, todo)
    for (let next = todo.pop(); next; next = todo.pop()) this.compare(next[0], next[1], seen, todo)
    this.checkWeak(seen, exact)
  }

  private compareFrames(address: number, frames: readonly Shadow[][], todo: [bigint, Shadow][]): void {
    for (const [depth, frame] of frames.entries()) {
      const sp = address + depth * frameBytes
      for (const [slot, shadow] of frame.entries()) todo.push([this.read(sp + 8 + slot * 8), shadow])
    }
  }

  private compare(
    value: bigint,
    shadow: Shadow,
    seen: Map<ShadowBlock, number>,
    todo: [bigint, Shadow][],
  ): void {
    if (typeof shadow === 'bigint') {
      if (value !== shadow * 2n + 1n) expect(value).toBe(shadow * 2n + 1n)
      return
    }
    const block = Number(value)
    const known = seen.get(shadow)
    if (known !== undefined) {
      if (known !== block) expect(block).toBe(known)
      return
    }
    seen.set(shadow, block)
    const header = this.read(block - 8)
    if (Number(header & 0xffn) !== shadow.tag) expect(Number(header & 0xffn)).toBe(shadow.tag)
    if (shadow.bytes) {
      expect([...new Uint8Array(this.runtime.memory.buffer, block, shadow.bytes.length)]).toEqual([
        ...shadow.bytes,
      ])
      return
    }
    if (Number(header >> 10n) !== shadow.fields.length)
      expect(Number(header >> 10n)).toBe(shadow.fields.length)
    for (const [i, field] of shadow.fields.entries()) todo.push([this.read(block + i * 8), field])
  }
}

/** A small deterministic generator (mulberry32): numbers below `n`. */
export function generator(seed: number): (n: number) => number {
  let state = seed >>> 0
  return (n) => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % n
  }
}

/** One random step. */
export function step(m: Mutator, random: (n: number) => number): void {
  const slot = () => random(frameSlots)
  const slots = (count: number) => Array.from({ length: count }, slot)
  const roots = [...m.roots.keys()]
  const anyRoot = () => roots[random(roots.length)] as number
  switch (random(29)) {
    case 0:
    case 1:
    case 2:
    case 3:
    case 4:
      return m.allocate(slot(), random(4) === 0 ? random(240) : 0, slots(1 + random(6)))
    case 5:
      return m.allocate(slot(), 0, slots(1 + random(200)))
    case 6:
      return m.allocateClosure(slot(), slots(random(4)))
    case 7:
      return m.allocateString(
        slot(),
        Uint8Array.from({ length: random(random(8) === 0 ? 4000 : 30) }, () => random(256)),
      )
    case 8:
    case 9:
    case 10:
      return m.assign(slot(), random(1000), slot())
    case 11:
    case 12:
      return m.load(slot(), slot(), random(1000))
    case 13:
      return m.setGlobal(random(8), slot())
    case 14:
      return m.clear(slot())
    case 15:
      return void m.createRoot(slot())
    case 16:
      return roots.length > 20 || (roots.length > 0 && random(3) === 0) ? m.deleteRoot(anyRoot()) : undefined
    case 17:
      return roots.length > 0 ? m.modifyRoot(anyRoot(), slot()) : undefined
    case 18:
      return m.depth < 30 ? m.pushFrame() : undefined
    case 19:
      return m.popFrame()
    case 20:
      return random(4) === 0 ? m.allocateLarge(slot(), 130 + random(5000), slot()) : undefined
    case 21:
      return random(4) === 0 ? m.spill() : undefined
    case 22:
    case 23:
      return m.take(slot(), slot(), random(1000), slot())
    case 24:
      return roots.length > 0 ? m.takeRoot(slot(), anyRoot()) : undefined
    case 25:
    case 26:
      return m.setWeak(random(weakSlots), slot())
    case 27:
      return m.getWeak(slot(), random(weakSlots))
    default:
      return random(6) === 0
        ? random(2)
          ? m.suspend()
          : m.resume()
        : random(8) === 0
          ? m.collect()
          : undefined
  }
}
