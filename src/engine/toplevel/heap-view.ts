/** Values as the prompt's printer reads them; nothing may collect while it does. Layouts: docs/RUNTIME.md. */

import { tags } from '../../codegen/layout.ts'
import type { Runtime } from '../runtime.ts'

/** A word that is a value. */
export type Value = bigint

export class HeapView {
  private readonly runtime: Runtime

  constructor(runtime: Runtime) {
    this.runtime = runtime
  }

  /** The word at an address. */
  word(address: number): Value {
    return this.runtime.view().getBigInt64(address, true)
  }

  isBlock(value: Value): boolean {
    return (value & 1n) === 0n
  }

  int(value: Value): bigint {
    return value >> 1n
  }

  tag(block: Value): number {
    return this.runtime.view().getUint8(Number(block) - 8)
  }

  size(block: Value): number {
    return Number(this.runtime.view().getBigUint64(Number(block) - 8, true) >> 10n)
  }

  field(block: Value, index: number): Value {
    return this.runtime.view().getBigInt64(Number(block) + index * 8, true)
  }

  /** The float in a boxed float, or at an index of a flat block of floats. */
  double(block: Value, index = 0): number {
    return this.runtime.view().getFloat64(Number(block) + index * 8, true)
  }

  /** The payload of a boxed integer. */
  boxedInteger(block: Value): bigint {
    return this.field(block, 1)
  }

  isFloats(block: Value): boolean {
    return this.tag(block) === tags.doubleArray
  }

  /** A copy of the bytes of a string. */
  bytes(block: Value): Uint8Array {
    const at = Number(block)
    const memory = this.runtime.bytes()
    const room = this.size(block) * 8
    return memory.slice(at, at + room - 1 - (memory[at + room - 1] as number))
  }
}
