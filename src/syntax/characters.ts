/** Classes of bytes, as bit sets in one table indexed by the byte. */

const LOWER = 1 // a-z _
const UPPER = 2 // A-Z
const DIGIT = 4
const HEX = 8
const SYMBOL = 16 // ! $ % & * + - . / : < = > ? @ ^ | ~
const DOT_SYMBOL = 32 // after '.', and inside let-operators
const KEYWORD_SYMBOL = 64 // after 'let' and 'and'
const IDENTIFIER = 128 // A-Z a-z 0-9 _ '

const table = new Uint8Array(256)

function mark(characters: string, bits: number): void {
  for (const character of characters) table[character.charCodeAt(0)]! |= bits
}

mark('abcdefghijklmnopqrstuvwxyz_', LOWER | IDENTIFIER)
mark('ABCDEFGHIJKLMNOPQRSTUVWXYZ', UPPER | IDENTIFIER)
mark('0123456789', DIGIT | HEX | IDENTIFIER)
mark("'", IDENTIFIER)
mark('abcdefABCDEF', HEX)
mark('!$%&*+-./:<=>?@^|~', SYMBOL)
mark('!$%&*+-/:=>?@^|', DOT_SYMBOL)
mark('$&*+-/<=>@^|', KEYWORD_SYMBOL)

const has = (bits: number) => (byte: number) => (table[byte]! & bits) !== 0

// All take a byte; 256 and above, and the -1 that stands for the end of the source, are in no class.
export const isLower = has(LOWER)
export const isUpper = has(UPPER)
export const isDigit = has(DIGIT)
export const isHexDigit = has(HEX)
export const isSymbol = has(SYMBOL)
export const isDotSymbol = has(DOT_SYMBOL)
export const isKeywordSymbol = has(KEYWORD_SYMBOL)
export const isIdentifierByte = has(IDENTIFIER)

const latin9Extras = new Set('ŠšŽžŒœŸẞ')

/** The letters beyond ASCII that identifiers may hold (OCaml 5.3: those of Latin-9). */
export function isLetterBeyondAscii(codePoint: number): boolean {
  if (codePoint >= 0xc0 && codePoint <= 0xff) return codePoint !== 0xd7 && codePoint !== 0xf7
  return latin9Extras.has(String.fromCodePoint(codePoint))
}

/** Marks that make such a letter of the one before them. */
export function isCombiningMark(codePoint: number): boolean {
  return codePoint >= 0x300 && codePoint <= 0x36f
}

/** Code point and length of the UTF-8 sequence at `offset`, or undefined when it is malformed. */
export function decodeUtf8(
  bytes: Uint8Array,
  offset: number,
): { readonly codePoint: number; readonly length: number } | undefined {
  const first = bytes[offset] ?? 0
  const length = first < 0xc2 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
  let codePoint = length === 1 ? first : first & (0x7f >> length)
  if (length === 1 && first >= 0x80) return undefined
  for (let i = 1; i < length; i++) {
    const next = bytes[offset + i] ?? 0
    if ((next & 0xc0) !== 0x80) return undefined
    codePoint = (codePoint << 6) | (next & 0x3f)
  }
  return codePoint > 0x10ffff ? undefined : { codePoint, length }
}

/** Bytes of a code point in UTF-8. */
export function encodeUtf8(codePoint: number): Uint8Array {
  return new TextEncoder().encode(String.fromCodePoint(codePoint))
}
