/**
 * The static data of a unit: constant blocks, closures without environment, static slots, frame descriptors.
 *
 * Offsets are relative to the unit's base, which the linker chooses; a block's offset is that of its field 0. All blocks
 * have the static colour. Slots that hold values are kept together at the start (`slotCount`), because the
 * collector scans them as roots; constants are never scanned, so they point at static data only.
 */

import { ByteWriter } from '../base/byte-writer.ts'
import { Crash } from '../base/diagnostic.ts'
import type { Constant, StructuredConstant } from '../typing/typed-tree.ts'
import type { Relocation, RelocationBase } from '../wasm/assembler.ts'
import type { Simple } from './code.ts'
import { color, customOperations, headerWord, tagged, tags } from './layout.ts'

/** A field of a static block: a word, or what the linker makes of an address or a code pointer. */
export type StaticField =
  | { readonly kind: 'word'; readonly value: bigint }
  | { readonly kind: 'address'; readonly offset: number }
  /** A function of this unit by its index, or of the prelude by its table index. */
  | { readonly kind: 'code'; readonly function: number; readonly prelude: boolean }

export class StaticData {
  private readonly out = new ByteWriter(4096)
  readonly relocations: Relocation[] = []
  private readonly interned = new Map<string, number>()
  private readonly floats = new Map<number, number>()

  get size(): number {
    return this.out.length
  }

  finish(): Uint8Array {
    return this.out.finish()
  }

  private blockHeader(wosize: number, tag: number): number {
    this.out.u64(headerWord(wosize, tag, color.static))
    return this.out.length
  }

  /** A block of these fields; the offset of its field 0. */
  block(tag: number, fields: readonly StaticField[]): number {
    const offset = this.blockHeader(fields.length, tag)
    for (const field of fields) this.field(field)
    return offset
  }

  private field(field: StaticField): void {
    const offset = this.out.length
    if (field.kind === 'word') return this.out.u64(field.value)
    this.out.u64(0n)
    if (field.kind === 'address') {
      this.relocations.push({ offset, base: { kind: 'data' }, addend: field.offset })
    } else {
      const base: RelocationBase = field.prelude ? { kind: 'preludeCode' } : { kind: 'code' }
      this.relocations.push({ offset, base, addend: field.function })
    }
  }

  /** A block with room for `count` values, each `unit` at first. */
  slots(count: number): number {
    return this.block(
      0,
      Array.from({ length: count }, () => ({ kind: 'word', value: 1n }) as const),
    )
  }

  descriptor(
    frameWords: number,
    functionIndex: number,
    resumePoint: number,
    slots: readonly number[],
    flags = 0,
  ): number {
    if (frameWords > 0xffff || resumePoint > 0xffff)
      throw new Crash('a function is too large for its frame descriptors')
    const offset = this.out.length
    this.out.u16(frameWords)
    this.out.u16(slots.length)
    this.relocations.push({ offset: this.out.length, base: { kind: 'table' }, addend: functionIndex })
    this.out.u32(0)
    this.out.u16(resumePoint)
    this.out.u16(flags)
    this.out.u32(0)
    for (const slot of slots) this.out.u16(slot)
    while (this.out.length % 8 !== 0) this.out.u8(0)
    return offset
  }

  string(bytes: Uint8Array): number {
    return this.intern(`s${Buffer.from(bytes).toString('latin1')}`, () => {
      const words = (bytes.length >> 3) + 1
      const offset = this.blockHeader(words, tags.string)
      const padding = words * 8 - bytes.length - 1
      this.out.raw(bytes)
      this.out.zeros(padding)
      this.out.u8(padding)
      return offset
    })
  }

  float(value: number): number {
    return this.intern(`f${Object.is(value, -0) ? '-0' : value}`, () => {
      const offset = this.blockHeader(1, tags.double)
      this.out.f64(value)
      this.floats.set(offset, value)
      return offset
    })
  }

  /** The number behind an expression that is the address of a static float. */
  floatAt(simple: Simple): number | undefined {
    return simple.kind === 'relocated' && simple.base.kind === 'data'
      ? this.floats.get(simple.addend)
      : undefined
  }

  floatArray(values: readonly number[]): number {
    const offset = this.blockHeader(values.length, tags.doubleArray)
    for (const value of values) this.out.f64(value)
    return offset
  }

  boxedInt(type: 'int32' | 'int64' | 'nativeint', value: bigint): number {
    return this.intern(`${type}${value}`, () => {
      const offset = this.blockHeader(2, tags.custom)
      this.out.u64(BigInt(customOperations[type]))
      this.out.u64(value)
      return offset
    })
  }

  /** The empty block of a tag. */
  atom(tag: number): number {
    return this.intern(`a${tag}`, () => this.blockHeader(0, tag))
  }

  private intern(key: string, make: () => number): number {
    let offset = this.interned.get(key)
    if (offset === undefined) {
      offset = make()
      this.interned.set(key, offset)
    }
    return offset
  }

  constant(value: StructuredConstant): StaticField {
    switch (value.kind) {
      case 'constant':
        return this.scalar(value.constant)
      case 'float-array':
        return { kind: 'address', offset: this.floatArray(value.values) }
      case 'block': {
        if (value.fields.length === 0) return { kind: 'address', offset: this.atom(value.tag) }
        const fields = value.fields.map((f) => this.constant(f))
        const key = `b${value.tag}:${fields.map(keyOf).join()}`
        return { kind: 'address', offset: this.intern(key, () => this.block(value.tag, fields)) }
      }
    }
  }

  private scalar(constant: Constant): StaticField {
    switch (constant.kind) {
      case 'int':
        return { kind: 'word', value: tagged(constant.value) }
      case 'char':
        return { kind: 'word', value: tagged(BigInt(constant.code)) }
      case 'string':
        return { kind: 'address', offset: this.string(constant.bytes) }
      case 'float':
        return { kind: 'address', offset: this.float(constant.value) }
      case 'int32':
      case 'int64':
      case 'nativeint':
        return { kind: 'address', offset: this.boxedInt(constant.kind, constant.value) }
    }
  }
}

function keyOf(field: StaticField): string {
  return field.kind === 'word'
    ? `${field.value}`
    : field.kind === 'address'
      ? `@${field.offset}`
      : `c${field.function}`
}

/** The field that holds what an expression yields, if it is a constant of this unit. */
export function staticField(simple: Simple): StaticField | undefined {
  if (simple.kind === 'i64') return { kind: 'word', value: simple.value }
  if (simple.kind === 'f64') return { kind: 'word', value: bitsOfFloat(simple.value) }
  if (simple.kind !== 'relocated') return undefined
  const { base, addend } = simple
  if (base.kind === 'data') return { kind: 'address', offset: addend }
  if (base.kind !== 'code' && base.kind !== 'preludeCode') return undefined
  return { kind: 'code', function: addend, prelude: base.kind === 'preludeCode' }
}

function bitsOfFloat(value: number): bigint {
  return new BigInt64Array(new Float64Array([value]).buffer)[0] as bigint
}
