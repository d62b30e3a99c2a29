/**
 * Comments: they nest, and what they hold is lexed far enough that a comment end inside a string or character
 * literal does not count.
 */

import { isDigit, isHexDigit, isIdentifierByte, isLower, isUpper } from './characters.ts'
import type { Cursor } from './lex-cursor.ts'
import { LexicalError } from './lex-error.ts'
import { findQuotedStart, readString, skipQuotedString, UnterminatedString } from './lex-literal.ts'

const OPEN = 0x28
const CLOSE = 0x29
const STAR = 0x2a
const QUOTE = 0x27
const BACKSLASH = 0x5c

/** The offset behind the comment that opens at the lexer's position. */
export function skipComment(cursor: Cursor): number {
  const { bytes, position } = cursor
  if (bytes[position + 2] === CLOSE) warnCommentStart(cursor, position)
  const opened = [position]
  let at = position + 2
  while (opened.length > 0) {
    const byte = bytes[at]
    if (byte === undefined) commentNotTerminated(cursor, opened)
    if (byte === OPEN && bytes[at + 1] === STAR) {
      opened.push(at)
      at += 2
    } else if (byte === STAR && bytes[at + 1] === CLOSE) {
      opened.pop()
      at += 2
    } else at = skipInComment(cursor, at, byte, opened)
  }
  return at
}

/** The offset behind one lexical element inside a comment. */
function skipInComment(cursor: Cursor, at: number, byte: number, opened: readonly number[]): number {
  if (byte === 0x22) return skipString(cursor, opened, () => readString(cursor, at, () => {}, true))
  if (byte === QUOTE) return at + characterLength(cursor.bytes, at)
  if (isLower(byte) || isUpper(byte)) return wordEnd(cursor.bytes, at)
  const quoted = byte === 0x7b ? findQuotedStart(cursor.bytes, at) : undefined
  if (quoted !== undefined) return skipString(cursor, opened, () => skipQuotedString(cursor, at, quoted))
  return at + 1
}

function wordEnd(bytes: Uint8Array, from: number): number {
  let at = from
  while (isIdentifierByte(bytes[at] ?? -1)) at++
  return at
}

/** The length of a character literal, or 1 for a quote that opens none. */
function characterLength(bytes: Uint8Array, at: number): number {
  if (bytes[at + 1] === QUOTE) return 2
  if (bytes[at + 1] !== BACKSLASH) return bytes[at + 2] === QUOTE ? 3 : 1
  const length = escapeLength(bytes, at + 1)
  return bytes[at + 1 + length] === QUOTE ? length + 2 : 1
}

function escapeLength(bytes: Uint8Array, at: number): number {
  const next = bytes[at + 1] ?? -1
  if (isDigit(next)) return 4
  if (next === 0x78 && isHexDigit(bytes[at + 2] ?? -1)) return 4
  if (next === 0x6f) return 5
  return 2
}

/** Runs `skip`; a string that never ends is reported at the comment. */
function skipString(cursor: Cursor, opened: readonly number[], skip: () => number): number {
  try {
    return skip()
  } catch (error) {
    if (!(error instanceof UnterminatedString)) throw error
    const innermost = opened[opened.length - 1]!
    const { region } = error.diagnostic
    const message = 'This comment contains an unterminated string literal'
    const related = [{ region, message: 'String literal begins here' }]
    throw new LexicalError(cursor.region(innermost, innermost + 2), message, cursor.bytes.length, { related })
  }
}

function commentNotTerminated(cursor: Cursor, opened: readonly number[]): never {
  const outermost = opened[0]!
  const region = cursor.region(outermost, outermost + (isCommentStartWarning(cursor, outermost) ? 3 : 2))
  throw new LexicalError(region, 'Comment not terminated', cursor.bytes.length)
}

function isCommentStartWarning(cursor: Cursor, at: number): boolean {
  return cursor.bytes[at + 2] === CLOSE
}

function warnCommentStart(cursor: Cursor, position: number): void {
  cursor.report({
    severity: 'warning',
    region: cursor.region(position, position + 3),
    message:
      "this `(*' is the start of a comment.\nHint: Did you forget spaces when writing the infix operator `( * )'?",
    warning: { number: 1, name: 'comment-start' },
  })
}
