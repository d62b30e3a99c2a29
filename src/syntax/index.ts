/**
 * The front end's first pass: source bytes to syntax trees (ast.ts).
 *
 * Source that is no OCaml ends in a `DiagnosticError` with the region and the words that OCaml 4.13 has for
 * it. Warnings (illegal escapes, misleading comment marks) go to `report`.
 */

import { type Diagnostic, DiagnosticError } from '../base/diagnostic.ts'
import type { Source } from '../base/region.ts'
import type { SignatureItem, StructureItem, ToplevelPhrase } from './ast.ts'
import { grammar } from './grammar.ts'
import type { Report } from './lex-cursor.ts'
import { isWord } from './parse-definition.ts'
import { parseDirective } from './parse-directive.ts'
import { parseSignature } from './parse-signature.ts'
import { parseDefinitions, parseDefinitionsInto, parseStructure } from './parse-structure.ts'
import { Parser } from './parser.ts'
import { startsStructureItem } from './token-sets.ts'
import type { Token } from './tokens.ts'

export type * from './ast.ts'
export type { Report } from './lex-cursor.ts'

const ignore: Report = () => {}

/** The items of a .ml file. */
export function parseImplementation(source: Source, report: Report = ignore): readonly StructureItem[] {
  const p = new Parser(source, 0, grammar, report)
  const items = parseStructure(p)
  if (p.kind !== 'eof') p.fail()
  return items
}

/** The items of a .mli file. */
export function parseInterface(source: Source, report: Report = ignore): readonly SignatureItem[] {
  const p = new Parser(source, 0, grammar, report)
  const items = parseSignature(p)
  if (p.kind !== 'eof') p.fail()
  return items
}

// ---------------------------------------------------------------------------------------------------------
// Phrases

export interface ParsedPhrase {
  readonly phrase: ToplevelPhrase
  /** The offset behind the phrase's `;;`, where the next one is looked for. */
  readonly end: number
}

/**
 * The phrase at an offset, up to and with its `;;`, as the prompt reads it; undefined when only blanks and
 * comments are left. A phrase without `;;` is a syntax error at the end of the source.
 */
export function parsePhrase(
  source: Source,
  offset: number,
  report: Report = ignore,
): ParsedPhrase | undefined {
  const p = new Parser(source, offset, grammar, report)
  if (p.kind === 'eof') return undefined
  const phrase = parsePhraseBody(p)
  const { end } = p.expect(';;')
  return { phrase, end }
}

function parsePhraseBody(p: Parser): ToplevelPhrase {
  return p.kind === '#' ? parseDirective(p) : parseDefinitions(p)
}

/** The phrases of a script, as `#use` reads it: directives may stand among the items, `;;` between them. */
export function parseScript(source: Source, report: Report = ignore): readonly ToplevelPhrase[] {
  const p = new Parser(source, 0, grammar, report)
  const phrases: ToplevelPhrase[] = []
  for (;;) {
    while (p.accept(';;'));
    if (p.kind === 'eof') return phrases
    const before = p.token
    phrases.push(parsePhraseBody(p))
    if (p.token === before) p.fail()
    if (!p.at(';;') && !p.at('#') && !p.at('eof')) p.fail()
  }
}

// ---------------------------------------------------------------------------------------------------------
// Recovery

export interface RecoveredStructure {
  readonly items: readonly StructureItem[]
  /** Warnings and errors, in the order of the source. */
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * The items of a .ml file without those that hold errors: after an error, parsing goes on behind the next
 * `;;` or at the next keyword that begins an item at the start of a line.
 */
export function parseImplementationWithRecovery(source: Source): RecoveredStructure {
  const diagnostics: Diagnostic[] = []
  const items: StructureItem[] = []
  const p = new Parser(source, 0, grammar, (warning) => diagnostics.push(warning))
  while (p.kind !== 'eof') recoverFrom(p, diagnostics, () => parsePhraseInto(p, items))
  return { items, diagnostics }
}

/** Items up to the next `;;` or the end. */
function parsePhraseInto(p: Parser, items: StructureItem[]): void {
  parseDefinitionsInto(p, items)
  if (!p.at('eof')) p.expect(';;')
}

function recoverFrom(p: Parser, diagnostics: Diagnostic[], parse: () => void): void {
  const { token } = p
  try {
    parse()
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error
    diagnostics.push(error.diagnostic)
    if (p.token === token) p.advance()
    p.resynchronize((candidate) => beginsPhrase(p.source, candidate))
  }
}

function beginsPhrase({ bytes }: Source, token: Token): boolean {
  if (token.kind === ';;') return true
  const atLineStart = token.start === 0 || bytes[token.start - 1] === 0x0a
  return atLineStart && (startsStructureItem.has(token.kind) || isWord(token, 'def'))
}

export {
  printExpression,
  printModuleExpression,
  printModuleType,
  printPattern,
  printSignature,
  printStructure,
  printTypeExpression,
} from './print.ts'
