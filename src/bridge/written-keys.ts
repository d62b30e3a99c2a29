/**
 * Which keys of a map have been written: no map has a key twice. Equal keys have equal encodings; where they can be is known for most
 * maps, and then few have to be compared.
 */

import type { Codec } from './codec.ts'

/** Values of these are the same if and only if their encodings are. */
const scalars: ReadonlySet<Codec['kind']> = new Set([
  'int',
  'char',
  'uchar',
  'boxed-integer',
  'float',
  'bool',
  'unit',
  'string',
])

export class WrittenKeys {
  count = 0
  /** All keys; undefined if equal ones would be near each other. */
  private readonly all: Set<string> | undefined
  /** Begins and ends of the keys that a next one may be equal to. */
  private readonly near: number[] = []

  /** `isGrouped`: equal keys, if they are scalars, come without a `nextGroup` in between. */
  constructor(key: Codec, isGrouped: boolean) {
    this.all = isGrouped && scalars.has(key.kind) ? undefined : new Set()
  }

  nextGroup(): void {
    this.near.length = 0
  }

  /** Notes the key in `bytes[start, end)`; false if it has been written. */
  add(bytes: Uint8Array, start: number, end: number): boolean {
    const isNew =
      this.all === undefined ? this.addNear(bytes, start, end) : this.addToAll(this.all, bytes, start, end)
    if (isNew) this.count += 1
    return isNew
  }

  private addNear(bytes: Uint8Array, start: number, end: number): boolean {
    const { near } = this
    for (let i = 0; i < near.length; i += 2) {
      if (same(bytes, near[i] as number, near[i + 1] as number, start, end)) return false
    }
    near.push(start, end)
    return true
  }

  private addToAll(all: Set<string>, bytes: Uint8Array, start: number, end: number): boolean {
    const key = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1')
    if (all.has(key)) return false
    all.add(key)
    return true
  }
}

function same(bytes: Uint8Array, from: number, to: number, start: number, end: number): boolean {
  if (to - from !== end - start) return false
  for (let i = 0; from + i < to; i++) if (bytes[from + i] !== bytes[start + i]) return false
  return true
}
