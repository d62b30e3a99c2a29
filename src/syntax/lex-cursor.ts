/** What the lexing functions for one class of tokens need of the lexer. */

import type { Diagnostic } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import type { Token, TokenKind, TokenValue } from './tokens.ts'

/** Receives the warnings of lexer and parser. */
export type Report = (diagnostic: Diagnostic) => void

export interface Cursor {
  readonly bytes: Uint8Array
  /** The first byte of the token or comment that is being lexed. */
  readonly position: number
  readonly report: Report
  region(start: number, end: number): Region
  /** The source between two offsets, one character per byte. */
  slice(start: number, end: number): string
  /** Makes a token and moves behind it. */
  literal(kind: TokenKind, start: number, end: number, text: string, value?: TokenValue): Token
}
