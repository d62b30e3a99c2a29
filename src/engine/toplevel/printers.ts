/**
 * Printers that `#install_printer` has registered: functions of type `Format.formatter -> t -> unit`, or of the old type `t -> unit`,
 * which write to the standard formatter.
 *
 * A value that waits to be printed is held by a root, since those before it may collect.
 */

import { DiagnosticError } from '../../base/diagnostic.ts'
import { tags } from '../../codegen/layout.ts'
import type { LongName } from '../../syntax/ast.ts'
import { expandHead } from '../../typing/expand.ts'
import type { Address } from '../../typing/ident.ts'
import { lookupValue, printLongName } from '../../typing/lookup.ts'
import { isMoreGeneral } from '../../typing/match-types.ts'
import { predefinedType } from '../../typing/predef.ts'
import { text } from '../../typing/pretty.ts'
import { repr, type Type } from '../../typing/types.ts'
import { describeException } from '../describe-exception.ts'
import type { FormatWriter } from './format-writer.ts'
import type { Value } from './heap-view.ts'
import type { OutValue } from './out-value.ts'
import type { Session } from './session.ts'
import type { Toplevel } from './toplevel.ts'

interface Printer {
  readonly name: string
  readonly type: Type
  readonly address: Address
  readonly takesFormatter: boolean
}

/** What is printed, wherever it is by then. */
interface Held {
  readonly get: () => Value
  readonly release: () => void
}

export class Printers {
  private readonly session: Session
  private readonly writer: FormatWriter
  /** The last one first. */
  private installed: readonly Printer[] = []

  constructor(session: Session, writer: FormatWriter) {
    this.session = session
    this.writer = writer
  }

  install(top: Toplevel, name: LongName): boolean {
    const found = this.lookup(top, name)
    if (found === undefined) return false
    const shown = printLongName(name)
    const wanted = this.printedType(found.type)
    if (wanted === undefined || found.address === undefined) {
      top.say(`${shown} has a wrong type for a printing function.\n`)
      return false
    }
    this.session.load('Format')
    this.installed = [{ name: shown, address: found.address, ...wanted }, ...this.installed]
    return true
  }

  remove(top: Toplevel, name: LongName): boolean {
    if (this.lookup(top, name) === undefined) return false
    const shown = printLongName(name)
    const printer = this.installed.find((each) => each.name === shown)
    this.installed = this.installed.filter((each) => each !== printer)
    if (printer === undefined) top.say(`No printer named ${shown}.\n`)
    return printer !== undefined
  }

  private lookup(
    top: Toplevel,
    name: LongName,
  ): { readonly type: Type; readonly address: Address | undefined } | undefined {
    try {
      const { description, address } = lookupValue(this.session.env, name)
      return { type: description.type, address }
    } catch (error) {
      if (!(error instanceof DiagnosticError)) throw error
      top.say(`${error.diagnostic.message}.\n`)
      return undefined
    }
  }

  /** The type of the values that a function prints. */
  private printedType(type: Type): { readonly type: Type; readonly takesFormatter: boolean } | undefined {
    const first = this.arrow(type)
    if (first === undefined) return undefined
    if (this.isUnit(first.result)) return { type: first.parameter, takesFormatter: false }
    const second = this.isFormatter(first.parameter) ? this.arrow(first.result) : undefined
    if (second === undefined || !this.isUnit(second.result)) return undefined
    return { type: second.parameter, takesFormatter: true }
  }

  private arrow(type: Type): { readonly parameter: Type; readonly result: Type } | undefined {
    const { desc } = expandHead(this.session.env, type)
    return desc.kind === 'arrow' && desc.label === '' ? desc : undefined
  }

  private isUnit(type: Type): boolean {
    const { desc } = expandHead(this.session.env, type)
    return desc.kind === 'constructor' && predefinedType(desc.path) === 'unit'
  }

  private isFormatter(type: Type): boolean {
    const { desc } = expandHead(this.session.env, type)
    if (desc.kind !== 'constructor' || desc.path.kind !== 'dot' || desc.path.name !== 'formatter')
      return false
    const { prefix } = desc.path
    return prefix.kind === 'ident' && prefix.ident.stamp === 0 && prefix.ident.name === 'Format'
  }

  // -------------------------------------------------------------------------------------------------------
  // Printing

  /** How a value is shown, if there is a printer for its type. */
  show(value: Value | number, type: Type): OutValue | undefined {
    if (this.installed.length === 0) return undefined
    const { env } = this.session
    const printer = this.installed.find((each) => isMoreGeneral(env, each.type, repr(type)))
    if (printer === undefined) return undefined
    const held = this.hold(value)
    return { kind: 'printed', doc: { kind: 'embedded', write: () => this.print(printer, held) } }
  }

  private hold(value: Value | number): Held {
    const { heap, domain } = this.session
    const { exports } = domain.runtime
    if (typeof value === 'number') return { get: () => this.boxed(value), release: () => {} }
    if (!heap.isBlock(value)) return { get: () => value, release: () => {} }
    const root = exports.root_create_block(Number(value))
    return {
      get: () => BigInt(exports.root_get_block(root) >>> 0),
      release: () => exports.root_delete(root),
    }
  }

  private boxed(value: number): Value {
    const { runtime } = this.session.domain
    const block = runtime.exports.alloc_block(runtime.control('stackBase'), 1, tags.double) >>> 0
    runtime.view().setFloat64(block, value, true)
    return BigInt(block)
  }

  private print({ name, address, takesFormatter }: Printer, held: Held): void {
    const { session, writer } = this
    const value = held.get()
    const closure = session.valueAt(address) as Value
    const returned = session.apply(closure, takesFormatter ? [writer.formatter, value] : [value])
    held.release()
    if (returned !== undefined) return
    const exception = describeException(session.domain.runtime)
    writer.write(text(`<printer ${name} raised an exception: ${exception}>`))
  }
}
