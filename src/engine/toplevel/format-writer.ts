/**
 * Documents written into the standard formatter of the program, through the functions of its own Format.
 *
 * Every call may collect, so nothing here keeps an address from one call to the next.
 */

import { bytesOfText } from '../../base/byte-text.ts'
import type { BoxKind, Doc } from '../../typing/pretty.ts'
import type { Value } from './heap-view.ts'
import type { Session } from './session.ts'

const unit: Value = 1n
const intValue = (n: number): Value => (BigInt(n) << 1n) | 1n

const openers: Readonly<Record<BoxKind, string>> = {
  h: 'pp_open_hbox',
  v: 'pp_open_vbox',
  hv: 'pp_open_hvbox',
  hov: 'pp_open_hovbox',
  box: 'pp_open_box',
}

export class FormatWriter {
  private readonly session: Session

  constructor(session: Session) {
    this.session = session
  }

  /** Whether the program has Format. */
  get isThere(): boolean {
    return this.session.domain.linker.unit('Format') !== undefined
  }

  /** The document, a new line, and all out. */
  writeLine(doc: Doc): void {
    this.write(doc)
    this.call('pp_print_newline', unit)
  }

  flush(): void {
    this.call('pp_print_flush', unit)
  }

  write(doc: Doc): void {
    switch (doc.kind) {
      case 'text':
        this.text(doc.text)
        break
      case 'break':
        this.call('pp_print_break', intValue(doc.width), intValue(doc.offset))
        break
      case 'newline':
        this.call('pp_force_newline', unit)
        break
      case 'box':
        this.call(openers[doc.box], doc.box === 'h' ? unit : intValue(doc.indent))
        this.write(doc.body)
        this.call('pp_close_box', unit)
        break
      case 'concat':
        for (const inner of doc.docs) this.write(inner)
        break
      case 'embedded':
        doc.write()
    }
  }

  private text(content: string): void {
    const { runtime } = this.session.domain
    const bytes = bytesOfText(content)
    const string = runtime.exports.alloc_string(runtime.control('stackBase'), bytes.length) >>> 0
    if (string === 0) return
    runtime.bytes().set(bytes, string)
    this.call('pp_print_string', BigInt(string))
  }

  /** The standard formatter, where it is now. */
  get formatter(): Value {
    return this.session.libraryValue('Format', 'std_formatter') as Value
  }

  private call(name: string, ...args: readonly Value[]): void {
    const f = this.session.libraryValue('Format', name)
    if (f !== undefined) this.session.apply(f, [this.formatter, ...args])
  }
}
