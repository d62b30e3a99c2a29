/**
 * Phrases out of lines: reads lines until there is a `;;` that ends a phrase, or behind a syntax error.
 *
 * Every phrase is a source text of its own that begins at the start of a line; what follows its `;;` on the same line is dropped, as
 * OCaml's prompt drops it.
 */

import { type Diagnostic, DiagnosticError } from '../../base/diagnostic.ts'
import { promptName, type Source } from '../../base/region.ts'
import type { ToplevelPhrase } from '../../syntax/ast.ts'
import { parsePhrase } from '../../syntax/index.ts'
import { Lexer } from '../../syntax/lexer.ts'

/** What a line is asked for: a new phrase, more of one, or more of a comment in it. */
export type Asked = 'phrase' | 'more' | 'comment'

/** A line with its newline; without one at the end of the input, where it may be empty. */
export type ReadLine = (asked: Asked) => Uint8Array

export type ReadPhrase =
  | { readonly kind: 'phrase'; readonly phrase: ToplevelPhrase }
  | { readonly kind: 'error'; readonly error: Diagnostic }
  /** Nothing but blanks was left. */
  | { readonly kind: 'end' }
  /** A `;;` alone. */
  | { readonly kind: 'nothing' }

const ignore = (): void => {}
const NEWLINE = 0x0a

/** Text from the start of a phrase on. */
interface Text {
  readonly source: Source
  /** The input has ended. */
  readonly ended: boolean
}

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

  /** Warnings about the text itself go to `report`. */
  next(report: (warning: Diagnostic) => void): ReadPhrase {
    let text = this.upToSeparator({ source: { name: promptName, bytes: new Uint8Array(0) }, ended: false }, 0)
    for (;;) {
      const { source, ended } = text
      const warnings: Diagnostic[] = []
      try {
        const parsed = parsePhrase(source, 0, (warning) => warnings.push(warning))
        warnings.forEach(report)
        if (parsed !== undefined) return { kind: 'phrase', phrase: parsed.phrase }
        return { kind: ended ? 'end' : 'nothing' }
      } catch (error) {
        if (!(error instanceof DiagnosticError)) throw error
        const { diagnostic } = error
        // A `;;` inside of `struct … end` does not end the phrase.
        if (diagnostic.region.start === source.bytes.length && !ended) {
          text = this.upToSeparator(text, source.bytes.length)
          continue
        }
        warnings.forEach(report)
        // Behind any other lexical error, the rest of the line is dropped.
        const from = skippedFrom(diagnostic)
        if (from !== undefined) this.upToSeparator(text, from)
        return { kind: 'error', error: diagnostic }
      }
    }
  }

  /** The text with more lines, until there is a `;;` at an offset or behind it. */
  private upToSeparator({ source, ended }: Text, from: number): Text {
    let text = { source, ended }
    for (let start = from; ; ) {
      const scanned = scan(text.source, start)
      if (scanned.kind === 'complete' || text.ended) return text
      const line = this.line(text.source.bytes.length === 0 ? 'phrase' : scanned.asked)
      text = {
        source: { name: promptName, bytes: joined(text.source.bytes, line) },
        ended: line.length === 0,
      }
      start = scanned.from
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
    if (isUnterminated(message)) {
      return { kind: 'open', asked: /comment/i.test(message) ? 'comment' : 'more', from: start }
    }
    // Behind an illegal character the phrase goes on; other lexical errors end it.
    if (!message.startsWith('Illegal character')) return { kind: 'complete' }
  }
}

/** Where the part of a phrase begins that is skipped because of an error, if one is. */
function skippedFrom({ message, region }: Diagnostic): number | undefined {
  if (message.startsWith('Syntax error')) return region.start
  return message.startsWith('Illegal character') ? region.end : undefined
}

/** More lines may still close a comment or a string. */
const isUnterminated = (message: string): boolean => message.includes('not terminated')
