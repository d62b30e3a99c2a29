/** Exceptions as OCaml's `Printexc.to_string` prints them, read straight from the heap. */

import { customOperations, tags } from '../codegen/layout.ts'
import type { Runtime } from './runtime.ts'

const maxString = 1 << 20

/** The exception that has just ended a thread. */
export function describeException(runtime: Runtime): string {
  return new Describer(runtime).exception(runtime.control('exception'))
}

/** A value as `Printexc` prints an argument: ints, strings, floats; `_` for the rest. */
class Describer {
  private readonly runtime: Runtime
  private readonly view: DataView

  constructor(runtime: Runtime) {
    this.runtime = runtime
    this.view = runtime.view()
  }

  exception(address: number): string {
    // A constant exception is its constructor; another is a block whose field 0 is the constructor.
    if (this.tag(address) === tags.object) return this.name(address)
    const identity = this.view.getUint32(address, true)
    const name = this.name(identity)
    const fields = this.fields(address).slice(1)
    const [only] = fields
    if (fields.length === 1 && only !== undefined && this.isTuple(only) && hasLocation(name)) {
      return `${name}${this.tuple(this.fields(Number(only)))}`
    }
    return fields.length === 0 ? name : `${name}${this.tuple(fields)}`
  }

  private name(identity: number): string {
    return this.string(this.view.getUint32(identity, true))
  }

  private tag(address: number): number {
    return this.view.getUint8(address - 8)
  }

  private size(address: number): number {
    return Number(this.view.getBigUint64(address - 8, true) >> 10n)
  }

  private fields(address: number): bigint[] {
    return Array.from({ length: this.size(address) }, (_, i) => this.view.getBigInt64(address + i * 8, true))
  }

  private isTuple(value: bigint): boolean {
    return (value & 1n) === 0n && this.tag(Number(value)) === 0
  }

  private tuple(fields: readonly bigint[]): string {
    return `(${fields.map((f) => this.argument(f)).join(', ')})`
  }

  private argument(value: bigint): string {
    if ((value & 1n) === 1n) return String(value >> 1n)
    const address = Number(value)
    const tag = this.tag(address)
    if (tag === tags.string) return quote(this.string(address))
    if (tag === tags.double) return float(this.view.getFloat64(address, true))
    if (tag === tags.custom && this.view.getUint32(address, true) !== customOperations.channel) return '_'
    return '_'
  }

  string(address: number): string {
    const bytes = this.size(address) * 8
    const length = bytes - 1 - this.view.getUint8(address + bytes - 1)
    const from = this.runtime.bytes().slice(address, address + Math.min(length, maxString))
    return Buffer.from(from).toString('latin1')
  }
}

/** These carry one tuple that is printed as if its parts were arguments. */
function hasLocation(name: string): boolean {
  return name === 'Match_failure' || name === 'Assert_failure' || name === 'Undefined_recursive_module'
}

/** OCaml's `%S`: bytes outside printable ASCII as decimal escapes. Characters are bytes here. */
export function quote(text: string): string {
  const escapes: Record<string, string> = {
    '"': '\\"',
    '\\': '\\\\',
    '\n': '\\n',
    '\t': '\\t',
    '\r': '\\r',
    '\b': '\\b',
  }
  const body = [...text].map((c) => {
    const code = c.charCodeAt(0)
    return escapes[c] ?? (code < 32 || code > 126 ? `\\${String(code).padStart(3, '0')}` : c)
  })
  return `"${body.join('')}"`
}

/** OCaml's `%F` to the extent that exceptions need it. */
function float(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value < 0 ? 'neg_infinity' : 'infinity'
  return Number.isInteger(value) && Math.abs(value) < 1e15 ? `${value}.` : String(value)
}
