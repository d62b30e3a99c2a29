/** The prompt's answers, as documents: `- : t = v`, `val x : t = v`, declarations, `Exception: E.` */

import { textOfBytes } from '../../base/byte-text.ts'
import type { Env } from '../../typing/env.ts'
import { exnType } from '../../typing/predef.ts'
import { box, type Doc, separated, space, text, vBox } from '../../typing/pretty.ts'
import { type PrintedItem, printItems } from '../../typing/print-signature.ts'
import { TypePrinter } from '../../typing/print-type.ts'
import type { Structure } from '../../typing/typed-tree.ts'
import type { Type } from '../../typing/types.ts'
import type { Value } from './heap-view.ts'
import { outValueDoc } from './out-value.ts'
import { type CustomPrinter, readValue, type ValueLimits, type ValueReader } from './read-value.ts'
import type { Session } from './session.ts'

export interface Shown {
  readonly limits: ValueLimits
  readonly custom: CustomPrinter
}

export class Answers {
  private readonly session: Session
  limits: ValueLimits = { depth: 100, length: 300 }
  custom: CustomPrinter = () => undefined

  constructor(session: Session) {
    this.session = session
  }

  /** A value as it is shown without the user's printers. */
  plainValue(value: Value, type: Type): Doc {
    const { session } = this
    const valueAt: ValueReader['valueAt'] = (address) => session.valueAt(address)
    const reader = { heap: session.heap, valueAt, custom: () => undefined }
    return outValueDoc(readValue(reader, session.env, value, type, this.limits))
  }

  private valueDoc(env: Env, value: Value, type: Type): Doc {
    const { session } = this
    const reader: ValueReader = {
      heap: session.heap,
      valueAt: (address) => session.valueAt(address),
      custom: this.custom,
    }
    return outValueDoc(readValue(reader, env, value, type, this.limits))
  }

  value(value: Value, type: Type): Doc {
    const { env, weak } = this.session
    const printer = new TypePrinter(env, weak)
    printer.mark(type)
    const shown = this.valueDoc(env, value, type)
    return box(0, '- : ', printer.print(type), space, '=', space, shown)
  }

  /** `before`: the environment of the phrase. */
  definitions({ signature }: Structure, before: Env): Doc | undefined {
    if (signature.length === 0) return undefined
    const { env, weak } = this.session
    const docs = printItems({ env, weak }, signature, before).map((printed) => this.item(printed))
    return vBox(0, separated(space, docs))
  }

  private item({ item, doc }: PrintedItem): Doc {
    if (item.kind !== 'value' || item.description.kind.kind === 'primitive') return box(0, doc)
    const { env } = this.session
    const value = this.session.valueAt({ kind: 'local', ident: item.ident })
    if (value === undefined) return box(0, doc)
    return box(2, doc, ' =', space, this.valueDoc(env, value, item.description.type))
  }

  exception(exception: Value): Doc {
    const { session } = this
    if (exception === session.predefinedException('Stack_overflow')) {
      return text('Stack overflow during evaluation (looping recursion?).')
    }
    if (exception === session.predefinedException('Out_of_memory')) {
      return text('Out of memory during evaluation.')
    }
    if (exception === session.libraryValue('Sys', 'Break')) return text('Interrupted.')
    const custom = usePrinters(session, exception)
    if (custom !== undefined) return text(`Exception: ${custom}`)
    return box(0, 'Exception:', space, this.valueDoc(session.env, exception, exnType), '.')
  }
}

/** What a printer that the program has registered with Printexc makes of an exception. */
function usePrinters(session: Session, exception: Value): string | undefined {
  const { heap } = session
  const printers = session.libraryValue('Printexc', 'use_printers')
  if (printers === undefined) return undefined
  const result = session.apply(printers, [exception])
  if (result === undefined || !heap.isBlock(result)) return undefined
  return textOfBytes(heap.bytes(heap.field(result, 0)))
}
