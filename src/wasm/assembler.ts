/**
 * The assembler of one function body: instructions in, bytes out.
 *
 * It knows structured control by depth: `block`, `loop` and `if` return the depth that `br` takes, so that callers
 * never count nesting. Constants that only the linker knows (addresses of static data, table indexes) are
 * written with five bytes and listed in `relocations`.
 */

import { ByteWriter } from '../base/byte-writer.ts'
import {
  emptyBlock,
  i64_trunc_sat_f64_s,
  immediateOp,
  memoryOp,
  op,
  type ValueType,
  valueType,
} from './opcodes.ts'

/** What the linker adds to `addend` before it overwrites the constant at `offset`. */
export interface Relocation {
  readonly offset: number
  readonly base: RelocationBase
  readonly addend: number
}

/**
 * - `data`: the address of this unit's static data; `unit`: the address of another unit's module block.
 * - `table`, `prelude`: the first table index of this unit's functions, of the prelude's.
 * - `code`, `preludeCode`: the same, and the sum becomes a tagged word as closures hold it.
 */
export type RelocationBase =
  | { readonly kind: 'data' }
  | { readonly kind: 'table' }
  | { readonly kind: 'prelude' }
  | { readonly kind: 'code' }
  | { readonly kind: 'preludeCode' }
  | { readonly kind: 'unit'; readonly name: string }

/** A target of `br`: the number of constructs that were open when it was opened, itself included. */
export type Depth = number

export class Assembler {
  private readonly code = new ByteWriter(512)
  private readonly locals: ValueType[] = []
  private readonly parameterCount: number
  private open = 0
  readonly relocations: Relocation[] = []

  constructor(parameterCount: number) {
    this.parameterCount = parameterCount
  }

  /** A new local variable; its index. */
  local(type: ValueType): number {
    this.locals.push(type)
    return this.parameterCount + this.locals.length - 1
  }

  op(name: keyof typeof op): void {
    this.code.u8(op[name])
    if (name === 'end') this.open -= 1
  }

  memory(name: keyof typeof memoryOp, offset = 0): void {
    const { code, align } = memoryOp[name]
    this.code.u8(code)
    this.code.u8(align)
    this.code.uleb(offset)
  }

  get(local: number): void {
    this.code.u8(immediateOp.local_get)
    this.code.uleb(local)
  }

  set(local: number): void {
    this.code.u8(immediateOp.local_set)
    this.code.uleb(local)
  }

  tee(local: number): void {
    this.code.u8(immediateOp.local_tee)
    this.code.uleb(local)
  }

  i32(value: number): void {
    this.code.u8(immediateOp.i32_const)
    this.code.sleb32(value)
  }

  i64(value: bigint): void {
    this.code.u8(immediateOp.i64_const)
    this.code.sleb64(value)
  }

  f64(value: number): void {
    this.code.u8(immediateOp.f64_const)
    this.code.f64(value)
  }

  /** An i32 or i64 constant that the linker fills in. */
  relocated(type: 'i32' | 'i64', base: RelocationBase, addend: number): void {
    this.code.u8(type === 'i32' ? immediateOp.i32_const : immediateOp.i64_const)
    this.relocations.push({ offset: this.code.length, base, addend })
    this.code.paddedSleb32(0)
  }

  i64TruncSatF64(): void {
    this.code.u8(immediateOp.prefix_fc)
    this.code.uleb(i64_trunc_sat_f64_s)
  }

  block(): Depth {
    return this.enter(immediateOp.block)
  }

  loop(): Depth {
    return this.enter(immediateOp.loop)
  }

  if(result?: ValueType): Depth {
    return this.enter(immediateOp.if, result)
  }

  private enter(code: number, result?: ValueType): Depth {
    this.code.u8(code)
    this.code.u8(result === undefined ? emptyBlock : valueType[result])
    this.open += 1
    return this.open
  }

  br(target: Depth): void {
    this.code.u8(immediateOp.br)
    this.code.uleb(this.open - target)
  }

  brIf(target: Depth): void {
    this.code.u8(immediateOp.br_if)
    this.code.uleb(this.open - target)
  }

  brTable(targets: readonly Depth[], otherwise: Depth): void {
    this.code.u8(immediateOp.br_table)
    this.code.uleb(targets.length)
    for (const target of targets) this.code.uleb(this.open - target)
    this.code.uleb(this.open - otherwise)
  }

  call(functionIndex: number, tail = false): void {
    this.code.u8(tail ? immediateOp.return_call : immediateOp.call)
    this.code.uleb(functionIndex)
  }

  callIndirect(typeIndex: number, tail = false): void {
    this.code.u8(tail ? immediateOp.return_call_indirect : immediateOp.call_indirect)
    this.code.uleb(typeIndex)
    this.code.uleb(0)
  }

  /** The body as the code section holds it, without its size; relocation offsets are moved accordingly. */
  finish(): { readonly bytes: Uint8Array; readonly relocations: readonly Relocation[] } {
    const head = new ByteWriter(32)
    const groups: { type: ValueType; count: number }[] = []
    for (const type of this.locals) {
      const last = groups.at(-1)
      if (last?.type === type) last.count += 1
      else groups.push({ type, count: 1 })
    }
    head.uleb(groups.length)
    for (const { type, count } of groups) {
      head.uleb(count)
      head.u8(valueType[type])
    }
    const start = head.length
    head.raw(this.code.finish())
    head.u8(op.end)
    return {
      bytes: head.finish(),
      relocations: this.relocations.map((r) => ({ ...r, offset: r.offset + start })),
    }
  }
}
