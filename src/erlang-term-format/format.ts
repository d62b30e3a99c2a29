/**
 * Terms as Erlang prints them on one line: `~0tp` and `~tw`.
 *
 * An emulator prints pids, ports and references of other nodes with a number of its own for the node;
 * without `nodeNumber` they show the node's name instead. Maps are printed in the order of their keys.
 */

import type { Bitstring, Fun, List, MapTerm, OldFun, RecordTerm, Reference, Term } from './term.ts'
import { atomText, floatText, isPrintable, quoted } from './text.ts'

export interface FormatOptions {
  /** `p` (the default) shows printable lists and binaries as text, `w` does not. */
  readonly style?: 'p' | 'w'
  /** Take all of Unicode for printable, not only Latin-1 (as `erl +pc unicode` does). */
  readonly unicode?: boolean
  /** What stands for a node in pids, ports and references. */
  readonly nodeNumber?: (node: string, creation: number) => number | string
  /** About how many characters to print before `…` ends the text. */
  readonly limit?: number
}

/** A term on one line. */
export function formatTerm(term: Term, options: FormatOptions = {}): string {
  return new Formatter(options).format(term)
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Holds what is still to be printed, the next on top, so that depth costs no JavaScript stack. */
class Formatter {
  private readonly options: FormatOptions
  private readonly pending: (Term | string)[] = []

  constructor(options: FormatOptions) {
    this.options = options
  }

  format(term: Term): string {
    const limit = this.options.limit ?? Number.POSITIVE_INFINITY
    let text = ''
    this.pending.push(term)
    while (this.pending.length > 0) {
      if (text.length > limit) return `${text.slice(0, limit)}…`
      const next = this.pending.pop() as Term | string
      text += typeof next === 'string' ? next : this.head(next)
    }
    return text
  }

  /** The start of a term; the rest of it is left in `pending`. */
  private head(term: Term): string {
    switch (term.kind) {
      case 'atom':
        return atomText(term.name)
      case 'int':
        return term.value.toString()
      case 'float':
        return floatText(term.value)
      case 'bitstring':
        return this.bitstring(term)
      case 'pid':
        return `<${this.node(term)}.${term.id}.${term.serial}>`
      case 'port':
        return `#Port<${this.node(term)}.${term.id}>`
      case 'reference':
        return this.reference(term)
      case 'fun':
      case 'oldFun':
        return funText(term)
      case 'export':
        return `fun ${atomText(term.module)}:${atomText(term.function)}/${term.arity}`
      case 'tuple':
        return this.enclosed('{', term.elements, '}')
      case 'list':
        return this.list(term)
      case 'map':
        return this.map(term)
      case 'record':
        return this.record(term)
      case 'local':
        return `#Local<${term.bytes.length}>`
    }
  }

  private node(term: { readonly node: string; readonly creation: number }): number | string {
    return this.options.nodeNumber?.(term.node, term.creation) ?? term.node
  }

  private reference(term: Reference): string {
    return `#Ref<${[this.node(term), ...term.ids.toReversed()].join('.')}>`
  }

  private enclosed(open: string, elements: readonly Term[], close: string): string {
    this.pending.push(close)
    this.separated(elements)
    return open
  }

  private separated(elements: readonly Term[]): void {
    for (let i = elements.length - 1; i >= 0; i--) {
      this.pending.push(elements[i] as Term)
      if (i > 0) this.pending.push(',')
    }
  }

  private list(term: List): string {
    const text = this.options.style === 'w' ? null : this.textOf(term)
    if (text !== null) return quoted(text, '"')
    if (term.tail === null) return this.enclosed('[', term.elements, ']')
    this.pending.push(']', term.tail, '|')
    this.separated(term.elements)
    return '['
  }

  /** The text of a list of printable characters. */
  private textOf(term: List): string | null {
    if (term.tail !== null || term.elements.length === 0) return null
    let text = ''
    for (const element of term.elements) {
      if (element.kind !== 'int' || !isPrintable(Number(element.value), this.options.unicode === true))
        return null
      text += String.fromCodePoint(element.value as number)
    }
    return text
  }

  private map(term: MapTerm): string {
    this.pending.push('}')
    for (let i = term.pairs.length - 1; i >= 0; i--) {
      const [key, value] = term.pairs[i]!
      this.pending.push(value, ' => ', key)
      if (i > 0) this.pending.push(',')
    }
    return '#{'
  }

  private record(term: RecordTerm): string {
    this.pending.push('}')
    for (let i = term.fields.length - 1; i >= 0; i--) {
      this.pending.push(term.values[i] as Term, `${atomText(term.fields[i] as string)} = `)
      if (i > 0) this.pending.push(',')
    }
    return `#${atomText(term.module)}:${atomText(term.name)}{`
  }

  private bitstring(term: Bitstring): string {
    const text = this.options.style === 'w' || term.lastBits !== 8 ? null : this.binaryText(term.bytes)
    return `<<${text ?? bitsText(term)}>>`
  }

  /** The text of a binary if it is all printable, as UTF-8 or, if it is not UTF-8, as Latin-1. */
  private binaryText(bytes: Uint8Array): string | null {
    if (bytes.length === 0) return null
    const asUtf8 = utf8Text(bytes)
    const text = asUtf8 ?? Buffer.from(bytes).toString('latin1')
    if (!this.allPrintable(text)) return null
    return quoted(text, '"') + (asUtf8 === null || asUtf8.length === bytes.length ? '' : '/utf8')
  }

  private allPrintable(text: string): boolean {
    for (const char of text) {
      if (!isPrintable(char.codePointAt(0) as number, this.options.unicode === true)) return false
    }
    return true
  }
}

function utf8Text(bytes: Uint8Array): string | null {
  try {
    return utf8.decode(bytes)
  } catch {
    return null
  }
}

/** The bytes in decimal; `bits:size` for a last one that is not whole. */
function bitsText(term: Bitstring): string {
  if (term.lastBits === 8) return term.bytes.join(',')
  const whole = Array.from(term.bytes.subarray(0, -1), String)
  const last = (term.bytes.at(-1) as number) >> (8 - term.lastBits)
  return [...whole, `${last}:${term.lastBits}`].join(',')
}

function funText(term: Fun | OldFun): string {
  const index = term.kind === 'fun' ? term.oldIndex : term.index
  const uniq = term.kind === 'fun' ? term.oldUniq : term.uniq
  return `#Fun<${atomText(term.module)}.${index}.${uniq}>`
}
