/** Integer and floating-point literals (manual, section 11.1). */

import { isDigit, isHexDigit, isIdentifierByte, isLower, isUpper } from './characters.ts'
import type { Cursor } from './lex-cursor.ts'
import { LexicalError } from './lex-error.ts'
import type { Token } from './tokens.ts'

const UNDERSCORE = 0x5f
const DOT = 0x2e

type DigitTest = (byte: number) => boolean

const digitTests: ReadonlyMap<number, DigitTest> = new Map<number, DigitTest>([
  [0x78, isHexDigit],
  [0x6f, (byte) => byte >= 0x30 && byte <= 0x37],
  [0x62, (byte) => byte === 0x30 || byte === 0x31],
])

function byteAt(bytes: Uint8Array, offset: number): number {
  return bytes[offset] ?? -1
}

/** The end of a run of digits and underscores. */
function digitsEnd(bytes: Uint8Array, from: number, isDigitHere: DigitTest): number {
  let at = from
  while (isDigitHere(byteAt(bytes, at)) || bytes[at] === UNDERSCORE) at++
  return at
}

/** Behind `[eE][+-]?digits` (or `[pP]`) at an offset, or the offset itself when there is none. */
function exponentEnd(bytes: Uint8Array, from: number, marker: number): number {
  if ((byteAt(bytes, from) | 0x20) !== marker) return from
  const sign = bytes[from + 1] === 0x2b || bytes[from + 1] === 0x2d ? 1 : 0
  if (!isDigit(byteAt(bytes, from + 1 + sign))) return from
  return digitsEnd(bytes, from + 1 + sign, isDigit)
}

/** The end of the literal without suffix, and whether it is a float. */
function literalEnd(bytes: Uint8Array, start: number): { readonly end: number; readonly float: boolean } {
  const radix = bytes[start] === 0x30 ? byteAt(bytes, start + 1) | 0x20 : -1
  const test = digitTests.get(radix)
  if (test === undefined || !test(byteAt(bytes, start + 2))) return fractionEnd(bytes, start, isDigit, 0x65)
  if (radix === 0x78) return fractionEnd(bytes, start + 2, isHexDigit, 0x70)
  return { end: digitsEnd(bytes, start + 2, test), float: false }
}

function fractionEnd(bytes: Uint8Array, from: number, test: DigitTest, exponent: number) {
  const whole = digitsEnd(bytes, from, test)
  const fraction = bytes[whole] === DOT ? digitsEnd(bytes, whole + 1, test) : whole
  const end = exponentEnd(bytes, fraction, exponent)
  return { end, float: end > whole }
}

/** `[g-zG-Z]`, the letters that may follow a literal. */
function isSuffix(byte: number): boolean {
  return (isLower(byte) && byte >= 0x67) || (isUpper(byte) && byte >= 0x47)
}

/** The token of the number at the lexer's position. */
export function lexNumber(cursor: Cursor): Token {
  const { bytes, position: start } = cursor
  const { end, float } = literalEnd(bytes, start)
  const kind = float ? 'float' : 'int'
  const suffixed = isSuffix(byteAt(bytes, end)) ? end + 1 : end
  if (isIdentifierByte(byteAt(bytes, suffixed))) invalidLiteral(cursor, start, end)
  if (suffixed === end) return cursor.literal(kind, start, end, cursor.slice(start, end))
  const value = { kind: 'suffix', suffix: cursor.slice(end, suffixed) } as const
  return cursor.literal(kind, start, suffixed, cursor.slice(start, end), value)
}

function invalidLiteral(cursor: Cursor, start: number, from: number): never {
  let end = from
  while (isIdentifierByte(byteAt(cursor.bytes, end))) end++
  throw new LexicalError(cursor.region(start, end), `Invalid literal ${cursor.slice(start, end)}`, end)
}
