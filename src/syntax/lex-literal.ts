/**
 * Character and string literals, plain and quoted.
 *
 * `"…"` decodes its escapes into bytes; `{id|…|id}` takes its bytes as they stand; `{%name id|…|id}` is an
 * extension whose payload is such a string.
 */

import { noRegion } from '../base/region.ts'
import { warningAt } from '../base/warnings.ts'
import { encodeUtf8, isDigit, isHexDigit, isIdentifierByte, isLower, isUpper } from './characters.ts'
import type { Cursor } from './lex-cursor.ts'
import { LexicalError } from './lex-error.ts'
import type { Token, TokenKind } from './tokens.ts'

const BACKSLASH = 0x5c
const QUOTE = 0x27
const DOUBLE_QUOTE = 0x22
const NEWLINE = 0x0a
const RETURN = 0x0d
const BAR = 0x7c

/** From the character after a backslash to its byte. */
const simpleEscapes: ReadonlyMap<number, number> = new Map([
  [BACKSLASH, BACKSLASH],
  [QUOTE, QUOTE],
  [DOUBLE_QUOTE, DOUBLE_QUOTE],
  [0x6e, 0x0a],
  [0x74, 0x09],
  [0x62, 0x08],
  [0x72, 0x0d],
  [0x20, 0x20],
])

/** `length` bytes from the backslash on, standing for `code`; `code` may be out of range. */
interface NumericEscape {
  readonly code: number
  readonly length: number
  readonly digits: string
}

/** `\ddd`, `\xhh`, `\oooo` at a backslash, or undefined. */
function numericEscape(cursor: Cursor, at: number): NumericEscape | undefined {
  const { bytes } = cursor
  const byte = (ahead: number) => bytes[at + ahead] ?? -1
  if (isDigit(byte(1)) && isDigit(byte(2)) && isDigit(byte(3))) return escapeNumber(cursor, at + 1, 3, 10, 4)
  if (byte(1) === 0x78 && isHexDigit(byte(2)) && isHexDigit(byte(3)))
    return escapeNumber(cursor, at + 2, 2, 16, 4)
  if (byte(1) === 0x6f && isDigit(byte(2)) && isOctal(byte(2)) && isOctal(byte(3)) && isOctal(byte(4))) {
    return escapeNumber(cursor, at + 2, 3, 8, 5)
  }
  return undefined
}

function isOctal(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x37
}

function escapeNumber(
  cursor: Cursor,
  from: number,
  count: number,
  radix: number,
  length: number,
): NumericEscape {
  const digits = cursor.slice(from, from + count)
  return { code: Number.parseInt(digits, radix), length, digits }
}

function illegalEscape(cursor: Cursor, start: number, end: number, explanation = ''): never {
  const text = cursor.slice(start, end)
  const message = `Illegal backslash escape in string or character (${text})${explanation}`
  throw new LexicalError(cursor.region(start, end), message, end)
}

function outOfRange(digits: string, octal: boolean): string {
  const shown = octal ? `o${digits}` : digits
  return `: ${shown} is outside the range of legal characters (0-255).`
}

// ---------------------------------------------------------------------------------------------------------
// Characters

/** The token of the character literal at the lexer's position, or undefined when the quote stands alone. */
export function lexCharacter(cursor: Cursor): Token | undefined {
  const { bytes, position: start } = cursor
  const first = bytes[start + 1]
  if (first === QUOTE) emptyCharacter(cursor, start)
  if (first === BACKSLASH) return lexEscapedCharacter(cursor, start)
  if (first === RETURN && bytes[start + 2] === NEWLINE && bytes[start + 3] === QUOTE) {
    return character(cursor, start, NEWLINE, 4)
  }
  if (first === undefined || bytes[start + 2] !== QUOTE) return undefined
  return character(cursor, start, first, 3)
}

function character(cursor: Cursor, start: number, code: number, length: number): Token {
  return cursor.literal('char', start, start + length, '', { kind: 'char', code })
}

function emptyCharacter(cursor: Cursor, start: number): never {
  const related = [{ region: noRegion, message: "Hint: Did you mean ' ' or a type variable 'a?" }]
  const region = cursor.region(start, start + 2)
  throw new LexicalError(region, "Illegal empty character literal ''", start + 2, { related })
}

function lexEscapedCharacter(cursor: Cursor, start: number): Token | undefined {
  const { bytes } = cursor
  const simple = simpleEscapes.get(bytes[start + 2] ?? -1)
  if (simple !== undefined && bytes[start + 3] === QUOTE) return character(cursor, start, simple, 4)
  const numeric = numericEscape(cursor, start + 1)
  const end = numeric === undefined ? 0 : start + 1 + numeric.length
  if (numeric !== undefined && bytes[end] === QUOTE) {
    if (numeric.code > 255) {
      illegalEscape(cursor, start, end + 1, outOfRange(numeric.digits, bytes[start + 2] === 0x6f))
    }
    return character(cursor, start, numeric.code, numeric.length + 2)
  }
  if (bytes[start + 2] === undefined) return undefined
  illegalEscapeInCharacter(cursor, start)
}

/** The message shows the backslash and what follows it, the region includes the quote. */
function illegalEscapeInCharacter(cursor: Cursor, start: number): never {
  const message = `Illegal backslash escape in string or character (${cursor.slice(start + 1, start + 3)})`
  throw new LexicalError(cursor.region(start, start + 3), message, start + 3)
}

// ---------------------------------------------------------------------------------------------------------
// Strings

/** Collects bytes; grows by doubling. */
class ByteBuffer {
  private bytes = new Uint8Array(64)
  private length = 0

  push(byte: number): void {
    if (this.length === this.bytes.length) {
      const larger = new Uint8Array(this.bytes.length * 2)
      larger.set(this.bytes)
      this.bytes = larger
    }
    this.bytes[this.length++] = byte
  }

  take(): Uint8Array {
    return this.bytes.slice(0, this.length)
  }
}

/** The token of the string literal at the lexer's position. */
export function lexString(cursor: Cursor): Token {
  const start = cursor.position
  const plain = plainStringEnd(cursor.bytes, start + 1)
  if (cursor.bytes[plain] === DOUBLE_QUOTE) {
    return stringToken(cursor, start, plain + 1, new Uint8Array(cursor.bytes.subarray(start + 1, plain)))
  }
  const buffer = new ByteBuffer()
  const end = readString(cursor, start, (byte) => buffer.push(byte), false)
  return stringToken(cursor, start, end, buffer.take())
}

function stringToken(cursor: Cursor, start: number, end: number, bytes: Uint8Array): Token {
  const contents = { start: start + 1, end: end - 1 }
  return cursor.literal('string', start, end, '', { kind: 'string', bytes, delimiter: undefined, contents })
}

const isPlain = (byte: number | undefined): boolean =>
  byte !== undefined && byte !== DOUBLE_QUOTE && byte !== BACKSLASH && byte !== NEWLINE

/** The first byte that is a double quote, a backslash, a newline or the end: up to there a string is taken as it stands. */
function plainStringEnd(bytes: Uint8Array, from: number): number {
  let at = from
  while (isPlain(bytes[at])) at++
  return at
}

/**
 * Reads the string that opens at `start`, gives its bytes to `push`, and returns the offset behind the closing
 * quote. Inside a comment nothing is refused but a missing end.
 */
export function readString(
  cursor: Cursor,
  start: number,
  push: (byte: number) => void,
  inComment: boolean,
): number {
  const { bytes } = cursor
  let at = start + 1
  for (;;) {
    const byte = bytes[at]
    if (byte === undefined) unterminatedString(cursor, start, start + 1)
    if (byte === DOUBLE_QUOTE) return at + 1
    if (byte === BACKSLASH) at = readEscape(cursor, at, push, inComment)
    else {
      if (byte === NEWLINE && !inComment) warnNewline(cursor, at)
      if (!startsNewline(bytes, at)) push(byte)
      at++
    }
  }
}

/** Whether a return is half of a newline, which is one character in strings whatever the system's newlines are. */
function startsNewline(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === RETURN && bytes[at + 1] === NEWLINE
}

/** `at` is where the newline is; the returns before it belong to it. */
function warnNewline(cursor: Cursor, at: number): void {
  let start = at
  while (cursor.bytes[start - 1] === RETURN) start--
  const message = 'unescaped end-of-line in a string constant (non-portable code)'
  cursor.report(warningAt(cursor.region(start, at + 1), 29, message))
}

/** Where a string that never ends has begun; the message is the caller's when it is inside a comment. */
export class UnterminatedString extends LexicalError {}

function unterminatedString(cursor: Cursor, start: number, end: number): never {
  throw new UnterminatedString(
    cursor.region(start, end),
    'String literal not terminated',
    cursor.bytes.length,
  )
}

function readEscape(cursor: Cursor, at: number, push: (byte: number) => void, inComment: boolean): number {
  const { bytes } = cursor
  const next = bytes[at + 1] ?? -1
  if (next === NEWLINE || (next === RETURN && bytes[at + 2] === NEWLINE)) return skipIndentation(bytes, at)
  const simple = simpleEscapes.get(next)
  if (simple !== undefined) {
    push(simple)
    return at + 2
  }
  const numeric = numericEscape(cursor, at)
  if (numeric !== undefined) return readNumericEscape(cursor, at, numeric, push, inComment)
  if (next === 0x75 && bytes[at + 2] === 0x7b) return readUnicodeEscape(cursor, at, push, inComment)
  return readUnknownEscape(cursor, at, push, inComment)
}

/** A backslash at the end of a line, the newline and the blanks that begin the next line stand for nothing. */
function skipIndentation(bytes: Uint8Array, at: number): number {
  let to = bytes.indexOf(NEWLINE, at) + 1
  while (bytes[to] === 0x20 || bytes[to] === 0x09) to++
  return to
}

function readNumericEscape(
  cursor: Cursor,
  at: number,
  numeric: NumericEscape,
  push: (byte: number) => void,
  inComment: boolean,
): number {
  if (numeric.code > 255 && !inComment) {
    illegalEscape(cursor, at, at + numeric.length, outOfRange(numeric.digits, cursor.bytes[at + 1] === 0x6f))
  }
  push(numeric.code & 0xff)
  return at + numeric.length
}

function readUnicodeEscape(
  cursor: Cursor,
  at: number,
  push: (byte: number) => void,
  inComment: boolean,
): number {
  let end = at + 3
  while (isHexDigit(cursor.bytes[end] ?? -1)) end++
  if (end === at + 3 || cursor.bytes[end] !== 0x7d) return readUnknownEscape(cursor, at, push, inComment)
  if (inComment) return end + 1
  const digits = cursor.slice(at + 3, end)
  for (const byte of encodeUtf8(scalarValue(cursor, at, end + 1, digits))) push(byte)
  return end + 1
}

function scalarValue(cursor: Cursor, start: number, end: number, digits: string): number {
  if (digits.length > 6) {
    illegalEscape(cursor, start, end, ': too many digits, expected 1 to 6 hexadecimal digits')
  }
  const code = Number.parseInt(digits, 16)
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
    illegalEscape(cursor, start, end, `: ${code.toString(16).toUpperCase()} is not a Unicode scalar value`)
  }
  return code
}

/** An unknown escape stands for itself, with a warning. */
function readUnknownEscape(
  cursor: Cursor,
  at: number,
  push: (byte: number) => void,
  inComment: boolean,
): number {
  const next = cursor.bytes[at + 1]
  push(BACKSLASH)
  if (next === undefined) return at + 1
  push(next)
  if (!inComment) warnIllegalBackslash(cursor, at)
  return at + 2
}

function warnIllegalBackslash(cursor: Cursor, at: number): void {
  cursor.report({
    severity: 'warning',
    region: cursor.region(at, at + 2),
    message: 'illegal backslash escape in string.',
    warning: { number: 14, name: 'illegal-backslash' },
  })
}

// ---------------------------------------------------------------------------------------------------------
// Quoted strings

export interface QuotedStart {
  /** Behind the `|`. */
  readonly contents: number
  readonly delimiter: string
  readonly extension: { readonly kind: TokenKind; readonly name: string } | undefined
}

function wordFrom(bytes: Uint8Array, from: number, test: (byte: number) => boolean): number {
  let at = from
  while (test(bytes[at] ?? -1)) at++
  return at
}

function latin1(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, end))
}

/** Whether a quoted string opens at the `{` at `at`, and how. */
export function findQuotedStart(bytes: Uint8Array, at: number): QuotedStart | undefined {
  if (bytes[at + 1] === 0x25) return findQuotedExtension(bytes, at)
  const end = wordFrom(bytes, at + 1, isLower)
  if (bytes[end] !== BAR) return undefined
  return { contents: end + 1, delimiter: latin1(bytes, at + 1, end), extension: undefined }
}

function findQuotedExtension(bytes: Uint8Array, at: number): QuotedStart | undefined {
  const item = bytes[at + 2] === 0x25
  const from = at + (item ? 3 : 2)
  const nameEnd = extensionNameEnd(bytes, from)
  if (nameEnd === from) return undefined
  const blankEnd = wordFrom(bytes, nameEnd, (byte) => byte === 0x20 || byte === 0x09 || byte === 0x0c)
  const end = blankEnd === nameEnd ? nameEnd : wordFrom(bytes, blankEnd, isLower)
  if (bytes[end] !== BAR) return undefined
  const kind: TokenKind = item ? 'quoted-item-extension' : 'quoted-extension'
  const extension = { kind, name: latin1(bytes, from, nameEnd) }
  return { contents: end + 1, delimiter: latin1(bytes, blankEnd, end), extension }
}

/** Behind `ident(.ident)*`, or `from` when there is no identifier. */
function extensionNameEnd(bytes: Uint8Array, from: number): number {
  const starts = (at: number) => isLower(bytes[at] ?? -1) || isUpper(bytes[at] ?? -1)
  if (!starts(from)) return from
  const end = wordFrom(bytes, from, isIdentifierByte)
  return bytes[end] === 0x2e && starts(end + 1) ? extensionNameEnd(bytes, end + 1) : end
}

/** The offset of the `|delimiter}` that closes contents, or -1. */
function quotedEnd(bytes: Uint8Array, contents: number, delimiter: string): number {
  for (let at = bytes.indexOf(BAR, contents); at >= 0; at = bytes.indexOf(BAR, at + 1)) {
    let i = 0
    while (i < delimiter.length && bytes[at + 1 + i] === delimiter.charCodeAt(i)) i++
    if (i === delimiter.length && bytes[at + 1 + i] === 0x7d) return at
  }
  return -1
}

/** The offset behind the quoted string that opens at `at`. */
export function skipQuotedString(cursor: Cursor, at: number, start: QuotedStart): number {
  const end = quotedEnd(cursor.bytes, start.contents, start.delimiter)
  if (end < 0) unterminatedString(cursor, at, start.contents)
  return end + start.delimiter.length + 2
}

export function lexQuotedString(cursor: Cursor, start: QuotedStart): Token {
  const at = cursor.position
  const end = skipQuotedString(cursor, at, start)
  const contents = { start: start.contents, end: end - start.delimiter.length - 2 }
  const bytes = cursor.bytes.slice(contents.start, contents.end).filter((_, i, all) => !startsNewline(all, i))
  const value = { kind: 'string', bytes, delimiter: start.delimiter, contents } as const
  return cursor.literal(start.extension?.kind ?? 'string', at, end, start.extension?.name ?? '', value)
}
