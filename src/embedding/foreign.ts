/**
 * JavaScript values that OCaml code holds. For OCaml a value is a block of its own with a number in it; it is kept here
 * until OCaml code cannot reach the block any more, which is noticed when room for more is wanted.
 */

import type { Core } from './core.ts'
import { WeakTable } from './weak-table.ts'

export class ForeignValues<Value> {
  private readonly core: Core
  private readonly weak: WeakTable
  private readonly values = new Map<number, Value>()

  constructor(core: Core) {
    this.core = core
    this.weak = new WeakTable(core)
  }

  /** A new cell with a block that stands for the value. Allocates. */
  add(value: Value): number {
    const { core } = this
    const { heap } = core
    const { top } = core.domain
    core.reserve(top, 2, 1)
    const block = heap.take(1, 0)
    heap.setSmall(block, 0)
    heap.setAddress(top, block)
    const cell = core.cellOfSlot(top)
    const number = this.weak.add(cell, (dead) => this.values.delete(dead))
    this.values.set(number, value)
    heap.setSmall(Number(core.wordIn(cell)), number)
    return cell
  }

  /** What a block stands for. */
  at(block: number): Value | undefined {
    return this.values.get(this.core.heap.smallAt(block))
  }
}
