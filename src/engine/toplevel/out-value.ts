/**
 * Values as the prompt shows them: a tree in OCaml's notation, and its layout.
 *
 * A tree is cut off where it gets too long or too deep (`ellipsis`). What holds the cut-off part then ends there too, up to the
 * end of a list or tuple or the next field of a record: `Some ...`, `[1; 2; ...]`.
 */

import { textOfBytes } from '../../base/byte-text.ts'
import { breakHint, concat, type Doc, text } from '../../typing/pretty.ts'

export type OutValue =
  /** `<fun>`, `true`, `'c'`: whatever needs no parentheses. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly text: string; readonly negative: boolean }
  /** Only the first `limit` bytes are shown. */
  | { readonly kind: 'string' | 'bytes'; readonly bytes: Uint8Array; readonly limit: number }
  | { readonly kind: 'list' | 'array' | 'tuple'; readonly items: readonly OutValue[] }
  | {
      readonly kind: 'record'
      readonly fields: readonly { readonly name: string; readonly value: OutValue }[]
    }
  | { readonly kind: 'construct'; readonly name: string; readonly arguments: readonly OutValue[] }
  | { readonly kind: 'variant'; readonly tag: string; readonly argument: OutValue }
  | { readonly kind: 'ellipsis' }
  /** What a printer of the user's writes. */
  | { readonly kind: 'printed'; readonly doc: Doc }

const space = breakHint(1, 0)

/** Thrown where the tree is cut off. Boxes that are open then stay open, as they do for OCaml. */
class CutOff {}

export function outValueDoc(value: OutValue): Doc {
  const layout = new Layout()
  layout.cautiously(() => layout.application(value))
  return layout.finish()
}

class Layout {
  private readonly open: { readonly indent: number; readonly docs: Doc[] }[] = []
  private docs: Doc[] = []

  finish(): Doc {
    while (this.open.length > 0) this.close()
    return concat(...this.docs)
  }

  private add(...docs: readonly (Doc | string)[]): void {
    this.docs.push(concat(...docs))
  }

  private begin(indent: number, ...docs: readonly (Doc | string)[]): void {
    this.open.push({ indent, docs: this.docs })
    this.docs = []
    this.add(...docs)
  }

  private close(): void {
    const outer = this.open.pop()
    if (outer === undefined) return
    const body = concat(...this.docs)
    this.docs = outer.docs
    this.docs.push({ kind: 'box', box: 'box', indent: outer.indent, body })
  }

  cautiously(print: () => void): void {
    try {
      print()
    } catch (error) {
      if (!(error instanceof CutOff)) throw error
      this.add('...')
    }
  }

  /** As an element of a list or a field of a record. */
  application(value: OutValue): void {
    if (value.kind === 'construct' && value.arguments.length > 0) this.construct(value)
    else if (value.kind === 'variant') {
      this.begin(2, `\`${value.tag}`, space)
      this.argument(value.argument)
      this.close()
    } else this.simple(value)
  }

  private construct({ name, arguments: args }: OutValue & { kind: 'construct' }): void {
    const [only] = args
    this.begin(1, name, space)
    if (args.length === 1 && only !== undefined) this.argument(only)
    else this.enclosed('(', args, ',', ')')
    this.close()
  }

  /** Of a constructor, on its own: what begins with a sign stands in parentheses. */
  private argument(value: OutValue): void {
    if (value.kind === 'number' && value.negative) this.add(`(${value.text})`)
    else if (value.kind === 'bytes') {
      this.add('(')
      this.simple(value)
      this.add(')')
    } else this.simple(value)
  }

  private simple(value: OutValue): void {
    switch (value.kind) {
      case 'text':
      case 'number':
        this.add(value.text)
        break
      case 'string':
        this.add(shownString(value))
        break
      case 'bytes':
        this.add('Bytes.of_string ', shownString(value))
        break
      case 'list':
        this.boxed(1, '[', value.items, ';', ']')
        break
      case 'array':
        this.boxed(2, '[|', value.items, ';', '|]')
        break
      case 'tuple':
        this.boxed(1, '(', value.items, ',', ')')
        break
      case 'record':
        this.record(value.fields)
        break
      case 'printed':
        this.add(value.doc)
        break
      case 'ellipsis':
        throw new CutOff()
      case 'construct':
      case 'variant':
        if (value.kind === 'construct' && value.arguments.length === 0) this.add(value.name)
        else {
          this.begin(1, '(')
          this.cautiously(() => this.application(value))
          this.add(')')
          this.close()
        }
    }
  }

  private boxed(indent: number, left: string, items: readonly OutValue[], separator: string, right: string) {
    this.begin(indent)
    this.enclosed(left, items, separator, right)
    this.close()
  }

  private enclosed(left: string, items: readonly OutValue[], separator: string, right: string): void {
    this.add(left)
    this.cautiously(() => {
      items.forEach((item, i) => {
        if (i > 0) this.add(separator, space)
        this.application(item)
      })
    })
    this.add(right)
  }

  private record(fields: (OutValue & { kind: 'record' })['fields']): void {
    this.begin(1, '{')
    fields.forEach(({ name, value }, i) => {
      if (i > 0) this.add(';', space)
      this.begin(1, name, space, '=', space)
      this.cautiously(() => this.application(value))
      this.close()
    })
    this.add('}')
    this.close()
  }
}

function shownString({ kind, bytes, limit }: OutValue & { kind: 'string' | 'bytes' }): Doc {
  const some = bytes.subarray(0, Math.max(0, limit))
  const shown = text(kind === 'bytes' ? quoted(some) : `"${escaped(some)}"`)
  if (bytes.length <= limit) return shown
  return concat(shown, `... (* string length ${bytes.length}; truncated *)`)
}

const escapes: Readonly<Record<number, string>> = {
  8: '\\b',
  9: '\\t',
  10: '\\n',
  13: '\\r',
  34: '\\"',
  92: '\\\\',
}

/** All that is not printable ASCII is escaped. */
function quoted(bytes: Uint8Array): string {
  const characters = [...bytes].map((code) => {
    if (code >= 32 && code < 127) return escapes[code] ?? String.fromCharCode(code)
    return escapes[code] ?? `\\${String(code).padStart(3, '0')}`
  })
  return `"${characters.join('')}"`
}

/** Control characters are escaped; bytes beyond ASCII are shown as they are, for terminals that know UTF-8. */
function escaped(bytes: Uint8Array): string {
  return textOfBytes(bytes).replace(/["\\\p{Cc}]/gu, (character) => {
    const code = character.charCodeAt(0)
    if (code >= 0x80) return character
    return escapes[code] ?? `\\${String(code).padStart(3, '0')}`
  })
}
