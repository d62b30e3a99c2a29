/**
 * Phrases out of lines: reads lines until there is a `;;` outside of comments and strings.
 *
 * Every phrase is a source text of its own that begins at the start of a line; what follows its `;;` on the same line is dropped, as
 * OCaml's prompt drops it.
 */

import { promptName, type Source } from '../../base/region.ts'
import { Lexer } from '../../syntax/lexer.ts'

/** What a line is asked for: a new phrase, more of one, or more of a comment in it. */
export type Asked = 'phrase' | 'more' | 'comment'

/** A line with its newline; without one at the end of the input, where it may be empty. */
export type ReadLine = (asked: Asked) => Uint8Array

export interface PhraseText {
  readonly source: Source
  /** The input has ended before a `;;`. */
  readonly ended: boolean
}

const ignore = (): void => {}
const NEWLINE = 0x0a

type Scanned =
  | { readonly kind: 'complete' }
  | { readonly kind: 'open'; readonly asked: Asked; readonly from: number }

export class PhraseReader {
  private readonly readLine: ReadLine
  /** The last line had no newline, so there is nothing behind it. */
  private atEnd = false

  constructor(readLine: ReadLine) {
    this.readLine = readLine
  }

  next(): PhraseText {
    let bytes = new Uint8Array(0)
    let open: Scanned & { kind: 'open' } = { kind: 'open', asked: 'phrase', from: 0 }
    for (;;) {
      const read = this.line(open.asked)
      bytes = joined(bytes, read)
      const source: Source = { name: promptName, bytes }
      const scanned = scan(source, open.from)
      if (scanned.kind === 'complete') return { source, ended: false }
      if (read.length === 0) return { source, ended: true }
      open = { ...scanned, asked: scanned.asked === 'comment' ? 'comment' : 'more' }
    }
  }

  private line(asked: Asked): Uint8Array {
    if (this.atEnd) {
      this.atEnd = false
      return new Uint8Array(0)
    }
    const line = this.readLine(asked)
    this.atEnd = line.length > 0 && line.at(-1) !== NEWLINE
    return line
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(a.length + b.length)
  bytes.set(a)
  bytes.set(b, a.length)
  return bytes
}

/** Looks for `;;` from the beginning of a token on. */
function scan(source: Source, from: number): Scanned {
  const lexer = new Lexer(source, from, ignore)
  for (;;) {
    const start = lexer.position
    const { kind, value } = lexer.next()
    if (kind === ';;') return { kind: 'complete' }
    if (kind === 'eof') return { kind: 'open', asked: 'more', from: start }
    if (value?.kind !== 'error') continue
    const { message } = value.diagnostic
    if (/comment/i.test(message) && isUnterminated(message))
      return { kind: 'open', asked: 'comment', from: start }
    if (isUnterminated(message)) return { kind: 'open', asked: 'more', from: start }
  }
}

/** More lines may still close a comment or a string. */
const isUnterminated = (message: string): boolean => message.includes('not terminated')
