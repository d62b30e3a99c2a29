/**
 * Weak references of one engine: the keys of one weak array of the runtime, which grows. An index is given away until
 * it is freed or its value has died.
 */

import type { Core } from './core.ts'

type WeakExport = (sp: number, ...args: bigint[]) => bigint

interface WeakRuntime {
  readonly caml_weak_create: WeakExport
  readonly caml_ephe_set_key: WeakExport
  readonly caml_ephe_unset_key: WeakExport
  readonly caml_weak_get: WeakExport
  readonly caml_weak_check: WeakExport
  readonly caml_weak_blit: WeakExport
}

const tagged = (n: number): bigint => (BigInt(n) << 1n) | 1n

const firstCapacity = 16

export class WeakTable {
  private readonly core: Core
  private readonly runtime: WeakRuntime
  /** By index: what to do when its value is found to have died. */
  private readonly deaths = new Map<number, () => void>()
  /** The root of the array; 0 before the first reference. */
  private cell = 0
  private capacity = 0
  private readonly free: number[] = []

  constructor(core: Core) {
    this.core = core
    this.runtime = core.domain.runtime.exports as unknown as WeakRuntime
  }

  /** A reference to the value in a cell. `died` is called before its index means another value. Allocates. */
  add(cell: number, died: (index: number) => void): number {
    const index = this.free.pop() ?? this.makeRoom()
    this.deaths.set(index, () => died(index))
    const { core, runtime } = this
    this.must(runtime.caml_ephe_set_key(core.domain.top, this.array, tagged(index), core.wordIn(cell)))
    return index
  }

  private get array(): bigint {
    return this.core.wordIn(this.cell)
  }

  has(index: number): boolean {
    return this.runtime.caml_weak_check(this.core.domain.top, this.array, tagged(index)) !== 1n
  }

  /** A new cell for the value; undefined if it has died. Allocates. */
  get(index: number): number | undefined {
    const { core, runtime } = this
    const option = this.must(runtime.caml_weak_get(core.domain.top, this.array, tagged(index)))
    if (option === 1n) return undefined
    core.heap.refresh()
    return core.cellOfSlot(Number(option))
  }

  /** Forgets the value. */
  delete(index: number): void {
    this.runtime.caml_ephe_unset_key(this.core.domain.top, this.array, tagged(index))
    this.deaths.delete(index)
    this.free.push(index)
  }

  /** An index of a value that has died, or of a larger array. */
  private makeRoom(): number {
    for (let i = 0; i < this.capacity; i++) {
      if (this.has(i)) continue
      this.deaths.get(i)?.()
      this.deaths.delete(i)
      this.free.push(i)
    }
    // Looking through all that is alive pays only if it frees a good part of it.
    if (this.free.length * 2 < this.capacity || this.capacity === 0) this.grow()
    return this.free.pop() as number
  }

  private grow(): void {
    const { core, runtime, capacity } = this
    const { top } = core.domain
    const larger = Math.max(firstCapacity, capacity * 2)
    const cell = core.cellOfWord(this.must(runtime.caml_weak_create(top, tagged(larger))))
    if (capacity > 0) {
      const [zero, count] = [tagged(0), tagged(capacity)]
      this.must(runtime.caml_weak_blit(top, this.array, zero, core.wordIn(cell), zero, count))
      core.cells.delete(this.cell)
    }
    this.cell = cell
    this.capacity = larger
    for (let i = larger - 1; i >= capacity; i--) this.free.push(i)
  }

  private must(result: bigint): bigint {
    this.core.heap.refresh()
    if (result === 0n) throw this.core.noRoom()
    return result
  }
}
