/** Weak references to OCaml values. */

import type { Codec } from '../bridge/codec.ts'
import type { Core } from './core.ts'
import { newRoot, type Root } from './root.ts'
import type { WeakTable } from './weak-table.ts'

declare const content: unique symbol

/** A reference that does not keep its value alive. It takes a place in a table until it is deleted. */
export class WeakRoot<out T = unknown> {
  declare readonly [content]: T
  private readonly core: Core
  private readonly table: WeakTable
  private readonly codec: Codec
  /** Undefined: it was deleted, or the value has died. */
  private index: number | undefined

  /** @internal */
  constructor(core: Core, table: WeakTable, cell: number, codec: Codec) {
    this.core = core
    this.table = table
    this.index = table.add(cell, () => {
      this.index = undefined
    })
    this.codec = codec
  }

  /** Whether the value has not been collected yet. */
  get alive(): boolean {
    return this.index !== undefined && this.table.has(this.index)
  }

  /** A root of the value; undefined if it has been collected. Allocates. */
  get(): Root<T> | undefined {
    const { core, index } = this
    core.enter()
    const cell = index === undefined ? undefined : this.table.get(index)
    return cell === undefined ? undefined : (newRoot(core, this.codec, cell) as Root<T>)
  }

  delete(): void {
    if (this.index !== undefined) this.table.delete(this.index)
    this.index = undefined
  }
}
