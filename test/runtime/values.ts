/** OCaml values described in TypeScript: built in the runtime's heap, and written as OCaml source for the real `ocaml`. */

import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { instantiateRuntime, newMemory, type Runtime } from './runtime.ts'

export type Described =
  | { readonly kind: 'int'; readonly n: bigint }
  | { readonly kind: 'float'; readonly x: number }
  | { readonly kind: 'string'; readonly bytes: Uint8Array }
  | { readonly kind: 'floats'; readonly xs: readonly number[] }
  | { readonly kind: 'boxed'; readonly type: 'int32' | 'int64' | 'nativeint'; readonly n: bigint }
  | { readonly kind: 'block'; readonly tag: number; readonly fields: readonly Described[] }

const operations = { int32: 1n, nativeint: 2n, int64: 3n } as const
const suffix = { int32: 'l', nativeint: 'n', int64: 'L' } as const

/** A runtime whose minor heap is large enough that a test never collects, so addresses stay valid. */
export class Values {
  readonly runtime: Runtime
  readonly sp: number

  constructor(minorWords = 1 << 20) {
    this.runtime = instantiateRuntime(newMemory())
    if (!this.runtime.call('init', minorWords, 1 << 20, 1 << 28, 0)) throw new Error('init')
    this.sp = this.view().getUint32(64, true)
  }

  view(): DataView {
    return new DataView(this.runtime.memory.buffer)
  }

  private block(wosize: number, tag: number): number {
    return this.runtime.call('alloc_block', this.sp, wosize, tag)
  }

  build(value: Described): bigint {
    switch (value.kind) {
      case 'int':
        return BigInt.asIntN(64, value.n * 2n + 1n)
      case 'float':
        return this.words(253, [floatBits(value.x)])
      case 'floats':
        return this.words(value.xs.length ? 254 : 0, value.xs.map(floatBits))
      case 'boxed':
        return this.words(255, [operations[value.type], value.n])
      case 'string':
        return this.string(value.bytes)
      case 'block':
        return this.words(
          value.tag,
          value.fields.map((field) => this.build(field)),
        )
    }
  }

  words(tag: number, words: readonly bigint[]): bigint {
    const block = this.block(words.length, tag)
    const view = this.view()
    for (const [i, word] of words.entries()) view.setBigInt64(block + i * 8, word, true)
    return BigInt(block)
  }

  string(bytes: Uint8Array | string): bigint {
    const data = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes
    const block = this.runtime.call('alloc_string', this.sp, data.length)
    new Uint8Array(this.runtime.memory.buffer, block, data.length).set(data)
    return BigInt(block)
  }

  readString(value: bigint): string {
    return new TextDecoder('latin1').decode(this.readBytes(value))
  }

  readBytes(value: bigint): Uint8Array {
    const block = Number(value)
    const view = this.view()
    const last = Number(view.getBigUint64(block - 8, true) >> 10n) * 8 - 1
    return new Uint8Array(this.runtime.memory.buffer, block, last - view.getUint8(block + last)).slice()
  }

  /** Calls an external of the general shape. */
  external(name: string, ...args: bigint[]): bigint {
    return this.runtime.call64(name, this.sp, ...args)
  }

  /** The message of the exception that is unwinding, after `Constructor: `. Clears it. */
  takeException(): string {
    const view = this.view()
    if (view.getInt32(28, true) !== 1) throw new Error('nothing is raised')
    view.setInt32(28, 0, true)
    const exception = Number(view.getBigInt64(32, true))
    const isConstant = view.getUint8(exception - 8) === 248
    const raised = isConstant ? exception : Number(view.getBigInt64(exception, true))
    const name = this.readString(view.getBigInt64(raised, true))
    return isConstant ? name : `${name}: ${this.readString(view.getBigInt64(exception + 8, true))}`
  }
}

export function floatBits(x: number): bigint {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, x)
  return view.getBigInt64(0)
}

/** The value as an OCaml expression of type Obj.t. */
export function source(value: Described): string {
  switch (value.kind) {
    case 'int':
      return `(r (${value.n}))`
    case 'float':
      return `(r ${floatSource(value.x)})`
    case 'floats':
      return `(r [|${value.xs.map(floatSource).join(';')}|])`
    case 'boxed':
      return `(r (${value.n}${suffix[value.type]}))`
    case 'string':
      return `(r ${stringSource(value.bytes)})`
    case 'block':
      return `(b ${value.tag} [${value.fields.map(source).join(';')}])`
  }
}

export function floatSource(x: number): string {
  return `(Int64.float_of_bits (${floatBits(x)}L))`
}

export function stringSource(bytes: Uint8Array | string): string {
  const data = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes
  return `"${[...data].map((byte) => `\\${String(byte).padStart(3, '0')}`).join('')}"`
}

/** What a program prints when the real OCaml runs it, as lines. `r` and `b` (tag, fields) build values. */
export function runOcaml(lines: readonly string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'camlnode-runtime-'))
  const prelude = [
    'let r = Obj.repr',
    // A list, because an array of Obj.t that starts with a float would be an array of floats.
    'let b tag l = let o = Obj.new_block tag (List.length l) in List.iteri (Obj.set_field o) l; o',
  ]
  // One phrase per line keeps the compiler's memory small.
  const file = join(folder, 'program.ml')
  writeFileSync(file, [...prelude, ...lines].map((line) => `${line};;`).join('\n'))
  try {
    return execFileSync('ocaml', [file], { encoding: 'latin1', maxBuffer: 1 << 28 })
      .split('\n')
      .slice(0, -1)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
