/** What a lexing function throws; `Lexer.next` turns it into a token of kind 'error'. It never leaves the lexer. */

import type { Diagnostic } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'

export interface LexicalErrorDetails {
  readonly related?: NonNullable<Diagnostic['related']>
}

export class LexicalError extends Error {
  readonly diagnostic: Diagnostic
  /** Where lexing may go on. */
  readonly resume: number
  constructor(region: Region, message: string, resume: number, details: LexicalErrorDetails = {}) {
    super(message)
    this.diagnostic = { severity: 'error', region, message, ...details }
    this.resume = resume
  }
}
