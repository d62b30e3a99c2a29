/**
 * The lexer: bytes to tokens, one at a time (manual, section 11.1).
 *
 * A lexical error is a token of kind 'error' that carries its diagnostic, because an error of the parser that
 * stands before it has to win. After one, lexing goes on behind the refused characters, for recovery.
 * Line directives (`# 1 "file"` at the start of a line) are skipped.
 */

import type { Region, Source } from '../base/region.ts'
import {
  decodeUtf8,
  isCombiningMark,
  isDigit,
  isDotSymbol,
  isIdentifierByte,
  isKeywordSymbol,
  isLetterBeyondAscii,
  isLower,
  isSymbol,
  isUpper,
} from './characters.ts'
import { skipComment } from './lex-comment.ts'
import type { Cursor, Report } from './lex-cursor.ts'
import { LexicalError } from './lex-error.ts'
import { findQuotedStart, lexCharacter, lexQuotedString, lexString } from './lex-literal.ts'
import { lexNumber } from './lex-number.ts'
import { type Token, type TokenKind, type TokenValue, wordKinds } from './tokens.ts'

// Bytes that the lexer names often.
const NEWLINE = 0x0a
const QUOTE = 0x27
const OPEN_PARENTHESIS = 0x28
const STAR = 0x2a

const asciiOf = new WeakMap<Source, string>()

/** The source as a string with one character per byte, right for ASCII. */
function asciiText(source: Source): string {
  let text = asciiOf.get(source)
  if (text === undefined) {
    text = new TextDecoder('latin1').decode(source.bytes)
    asciiOf.set(source, text)
  }
  return text
}

/** A script may begin with a line `#!…` that names its interpreter. */
function endOfInterpreterLine(bytes: Uint8Array): number {
  if (bytes[0] !== 0x23 || bytes[1] !== 0x21) return 0
  const newline = bytes.indexOf(NEWLINE)
  return newline < 0 ? bytes.length : newline
}

export class Lexer implements Cursor {
  readonly source: Source
  readonly bytes: Uint8Array
  readonly report: Report
  /** Where the next token is looked for. */
  position: number
  private readonly text: string

  constructor(source: Source, offset: number, report: Report) {
    this.source = source
    this.bytes = source.bytes
    this.report = report
    this.position = offset === 0 ? endOfInterpreterLine(source.bytes) : offset
    this.text = asciiText(source)
  }

  /** The next token; at the end of the source `eof`, as often as asked. */
  next(): Token {
    const from = this.position
    try {
      this.skipBlanks()
      return this.token()
    } catch (error) {
      if (!(error instanceof LexicalError)) throw error
      return this.refused(error, from)
    }
  }

  /** The byte at an offset from the position, or -1 past the end. */
  private byte(ahead: number): number {
    return this.bytes[this.position + ahead] ?? -1
  }

  region(start: number, end: number): Region {
    return { source: this.source, start, end }
  }

  private refused(error: LexicalError, from: number): Token {
    const { region } = error.diagnostic
    this.position = Math.min(this.bytes.length, Math.max(error.resume, from + 1))
    const value: TokenValue = { kind: 'error', diagnostic: error.diagnostic }
    return { kind: 'error', start: region.start, end: region.end, text: '', value }
  }

  // -------------------------------------------------------------------------------------------------------
  // Between tokens

  private skipBlanks(): void {
    const { bytes } = this
    for (;;) {
      const byte = bytes[this.position]
      if (byte === 0x20 || byte === 0x09 || byte === 0x0c || byte === NEWLINE || byte === 0x0d)
        this.position++
      else if (byte === OPEN_PARENTHESIS && bytes[this.position + 1] === STAR)
        this.position = skipComment(this)
      else if (byte === 0x23 && this.atLineDirective()) this.skipLine()
      else return
    }
  }

  private atLineDirective(): boolean {
    const { bytes, position } = this
    if (position > 0 && bytes[position - 1] !== NEWLINE) return false
    let at = position + 1
    while (bytes[at] === 0x20 || bytes[at] === 0x09) at++
    const digits = at
    while (isDigit(bytes[at] ?? -1)) at++
    if (at === digits) return false
    while (bytes[at] === 0x20 || bytes[at] === 0x09) at++
    return bytes[at] === 0x22
  }

  private skipLine(): void {
    const end = this.bytes.indexOf(NEWLINE, this.position)
    this.position = end < 0 ? this.bytes.length : end + 1
  }

  // -------------------------------------------------------------------------------------------------------
  // Tokens

  private token(): Token {
    const byte = this.byte(0)
    if (byte < 0) return this.fixed('eof', 0)
    if (isLower(byte) || isUpper(byte)) return this.word(isLower(byte))
    if (isDigit(byte)) return lexNumber(this)
    return this.punctuation(byte)
  }

  private punctuation(byte: number): Token {
    switch (byte) {
      case 0x22:
        return lexString(this) // "
      case QUOTE:
        return lexCharacter(this) ?? this.fixed("'", 1)
      case 0x28:
        return this.fixed('(', 1)
      case 0x29:
        return this.fixed(')', 1)
      case 0x2c:
        return this.fixed(',', 1)
      case 0x3a:
        return this.colon()
      case 0x3b:
        return this.byte(1) === 0x3b ? this.fixed(';;', 2) : this.fixed(';', 1)
      case 0x5b:
        return this.openBracket()
      case 0x5d:
        return this.fixed(']', 1)
      case 0x60:
        return this.fixed('`', 1)
      case 0x7b:
        return this.openBrace()
      case 0x7d:
        return this.fixed('}', 1)
      case 0x2e:
        return this.dot()
      case 0x7e:
        return this.labelOrPrefix('~', 'label')
      case 0x3f:
        return this.labelOrPrefix('?', 'optional-label')
      default:
        return this.operator(byte)
    }
  }

  private operator(byte: number): Token {
    switch (byte) {
      case 0x21:
        return this.bang()
      case 0x23:
        return this.hash()
      case 0x24:
        return this.symbolic('comparison-operator')
      case 0x25:
        return this.oneOr('%', 'multiplicative-operator')
      case 0x26:
        return this.ampersand()
      case 0x2a:
        return this.star()
      case 0x2b:
        return this.sign('+')
      case 0x2d:
        return this.sign('-')
      case 0x2f:
        return this.symbolic('multiplicative-operator')
      case 0x3c:
        return this.less()
      case 0x3d:
        return this.oneOr('=', 'comparison-operator')
      case 0x3e:
        return this.greater()
      case 0x40:
      case 0x5e:
        return this.symbolic('concatenation-operator')
      case 0x7c:
        return this.bar()
      default:
        return this.beyondAscii(byte)
    }
  }

  /** A token with nothing to remember but its kind. */
  private fixed(kind: TokenKind, length: number): Token {
    const start = this.position
    this.position += length
    return { kind, start, end: this.position, text: '', value: undefined }
  }

  /** A token whose text is its spelling. */
  private spelled(kind: TokenKind, end: number): Token {
    const start = this.position
    this.position = end
    return { kind, start, end, text: this.text.slice(start, end), value: undefined }
  }

  /** A token made by the literals' files; moves behind it. */
  literal(kind: TokenKind, start: number, end: number, text: string, value?: TokenValue): Token {
    this.position = end
    return { kind, start, end, text, value }
  }

  slice(start: number, end: number): string {
    return this.text.slice(start, end)
  }

  // -------------------------------------------------------------------------------------------------------
  // Words

  private word(lower: boolean): Token {
    const start = this.position
    const { end, ascii } = this.wordEnd(start)
    const text = ascii ? this.text.slice(start, end) : this.decode(start, end)
    const kind = lower ? (wordKinds.get(text) ?? 'lident') : 'uident'
    if ((kind === 'let' || kind === 'and') && isKeywordSymbol(this.bytes[end] ?? -1)) {
      return this.bindingOperator(kind, end)
    }
    this.position = end
    return { kind, start, end, text, value: undefined }
  }

  /** `let` and `and` followed by symbols, as in `let*`. */
  private bindingOperator(kind: 'let' | 'and', end: number): Token {
    let to = end + 1
    while (isDotSymbol(this.bytes[to] ?? -1)) to++
    return this.spelled(kind === 'let' ? 'let-operator' : 'and-operator', to)
  }

  private wordEnd(start: number): { readonly end: number; readonly ascii: boolean } {
    const { bytes } = this
    let end = start
    let ascii = true
    for (;;) {
      const byte = bytes[end] ?? -1
      if (isIdentifierByte(byte)) end++
      else if (byte >= 0x80 && this.letterLength(end, true) > 0) {
        end += this.letterLength(end, true)
        ascii = false
      } else return { end, ascii }
    }
  }

  /** Bytes of a letter beyond ASCII at an offset, 0 when there is none; inside a word marks count as letters. */
  private letterLength(offset: number, insideWord = false): number {
    const decoded = decodeUtf8(this.bytes, offset)
    if (decoded === undefined) return 0
    const { codePoint, length } = decoded
    return isLetterBeyondAscii(codePoint) || (insideWord && isCombiningMark(codePoint)) ? length : 0
  }

  private decode(start: number, end: number): string {
    return new TextDecoder().decode(this.bytes.subarray(start, end)).normalize('NFC')
  }

  private beyondAscii(byte: number): Token {
    if (byte < 0x80 || this.letterLength(this.position) === 0) return this.illegalCharacter(byte)
    const letter = this.decode(this.position, this.position + this.letterLength(this.position))
    return this.word(letter === 'ß' || letter === 'ÿ' || letter.toLowerCase() === letter)
  }

  private illegalCharacter(byte: number): never {
    const length = byte < 0x80 ? 1 : (decodeUtf8(this.bytes, this.position)?.length ?? 1)
    const region = this.region(this.position, this.position + 1)
    throw new LexicalError(region, `Illegal character (${escapeByte(byte)})`, this.position + length)
  }

  // -------------------------------------------------------------------------------------------------------
  // Symbols

  private symbolEnd(from: number): number {
    let end = from
    while (isSymbol(this.bytes[end] ?? -1)) end++
    return end
  }

  /** Behind symbols and `#`. */
  private hashedEnd(from: number): number {
    let end = from
    while (isSymbol(this.bytes[end] ?? -1) || this.bytes[end] === 0x23) end++
    return end
  }

  private symbolic(kind: TokenKind): Token {
    return this.spelled(kind, this.symbolEnd(this.position + 1))
  }

  /** One character alone is `single`; with more symbols it is an operator of class `kind`. */
  private oneOr(single: TokenKind, kind: TokenKind): Token {
    const end = this.symbolEnd(this.position + 1)
    return this.spelled(end === this.position + 1 ? single : kind, end)
  }

  private colon(): Token {
    const next = this.byte(1)
    if (next === 0x3a) return this.spelled('::', this.position + 2)
    if (next === 0x3d) return this.spelled(':=', this.position + 2)
    return next === 0x3e ? this.fixed(':>', 2) : this.fixed(':', 1)
  }

  private openBracket(): Token {
    const next = this.byte(1)
    if (next === 0x7c) return this.fixed('[|', 2)
    if (next === 0x3c) return this.fixed('[<', 2)
    if (next === 0x3e) return this.fixed('[>', 2)
    if (next === 0x25) return this.byte(2) === 0x25 ? this.fixed('[%%', 3) : this.fixed('[%', 2)
    if (next !== 0x40) return this.fixed('[', 1)
    if (this.byte(2) !== 0x40) return this.fixed('[@', 2)
    return this.byte(3) === 0x40 ? this.fixed('[@@@', 4) : this.fixed('[@@', 3)
  }

  private openBrace(): Token {
    const quoted = findQuotedStart(this.bytes, this.position)
    if (quoted !== undefined) return lexQuotedString(this, quoted)
    return this.byte(1) === 0x3c ? this.fixed('{<', 2) : this.fixed('{', 1)
  }

  private dot(): Token {
    const next = this.byte(1)
    if (next === 0x2e) return this.fixed('..', 2)
    if (next === 0x7e) {
      const message = 'Reserved character sequence: .~ is reserved for use in MetaOCaml'
      throw new LexicalError(this.region(this.position, this.position + 2), message, this.position + 2)
    }
    if (!isDotSymbol(next)) return this.fixed('.', 1)
    return this.spelled('dot-operator', this.symbolEnd(this.position + 2))
  }

  /** `~x:` and `?x:`, `~-` and `??`, or the sigil alone. */
  private labelOrPrefix(sigil: '~' | '?', labelKind: TokenKind): Token {
    const next = this.byte(1)
    if (isSymbol(next) || next === 0x23)
      return this.spelled('prefix-operator', this.hashedEnd(this.position + 1))
    if (isLower(next) || (next >= 0x80 && this.letterLength(this.position + 1) > 0)) {
      const { end } = this.wordEnd(this.position + 1)
      if (this.bytes[end] === 0x3a) return this.label(labelKind, end)
    }
    return this.fixed(sigil, 1)
  }

  private label(kind: TokenKind, end: number): Token {
    const name = this.decode(this.position + 1, end)
    if (name !== '_' && wordKinds.has(name)) {
      const message = `\`${name}' is a keyword, it cannot be used as label name`
      throw new LexicalError(this.region(this.position, end + 1), message, end + 1)
    }
    return this.literal(kind, this.position, end + 1, name)
  }

  private bang(): Token {
    const end = this.hashedEnd(this.position + 1)
    if (end === this.position + 1) return this.spelled('!', end)
    const unequal = end === this.position + 2 && this.byte(1) === 0x3d
    return this.spelled(unequal ? 'comparison-operator' : 'prefix-operator', end)
  }

  private hash(): Token {
    const end = this.hashedEnd(this.position + 1)
    return end === this.position + 1 ? this.fixed('#', 1) : this.spelled('hash-operator', end)
  }

  private ampersand(): Token {
    const end = this.symbolEnd(this.position + 1)
    if (end === this.position + 2 && this.byte(1) === 0x26) return this.spelled('&&', end)
    return this.oneOr('&', 'comparison-operator')
  }

  private star(): Token {
    if (this.byte(1) === 0x29) this.warnCommentNotEnd()
    if (this.byte(1) === STAR) return this.symbolic('power-operator')
    return this.oneOr('*', 'multiplicative-operator')
  }

  private warnCommentNotEnd(): void {
    this.report({
      severity: 'warning',
      region: this.region(this.position, this.position + 2),
      message: 'this is not the end of a comment.',
      warning: { number: 2, name: 'comment-not-end' },
    })
  }

  /** `+ +. += +…` and `- -. -> -…`. */
  private sign(sign: '+' | '-'): Token {
    const end = this.symbolEnd(this.position + 1)
    const length = end - this.position
    const next = this.byte(1)
    if (length === 1) return this.spelled(sign, end)
    if (length > 2) return this.spelled('additive-operator', end)
    if (next === 0x2e) return this.spelled(`${sign}.`, end)
    if (sign === '+' && next === 0x3d) return this.spelled('+=', end)
    if (sign === '-' && next === 0x3e) return this.spelled('->', end)
    return this.spelled('additive-operator', end)
  }

  private less(): Token {
    const end = this.symbolEnd(this.position + 1)
    if (end === this.position + 2 && this.byte(1) === 0x2d) return this.fixed('<-', 2)
    return this.oneOr('<', 'comparison-operator')
  }

  private greater(): Token {
    if (this.byte(1) === 0x5d) return this.fixed('>]', 2)
    if (this.byte(1) === 0x7d) return this.fixed('>}', 2)
    return this.oneOr('>', 'comparison-operator')
  }

  private bar(): Token {
    if (this.byte(1) === 0x5d) return this.fixed('|]', 2)
    const end = this.symbolEnd(this.position + 1)
    if (end === this.position + 2 && this.byte(1) === 0x7c) return this.spelled('||', end)
    return this.oneOr('|', 'comparison-operator')
  }
}

/** A byte as OCaml's `Char.escaped` writes it. */
function escapeByte(byte: number): string {
  if (byte === 0x5c) return '\\\\'
  if (byte === 0x27) return "\\'"
  if (byte === 0x08) return '\\b'
  if (byte >= 0x20 && byte < 0x7f) return String.fromCharCode(byte)
  return `\\${String(byte).padStart(3, '0')}`
}
