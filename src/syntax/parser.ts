/**
 * The parser's state: the tokens, where it stands, how deep it is; and the errors it stops with.
 *
 * Parsing is recursive descent with one token of lookahead, a few more where the grammar needs them. Each file
 * `parse-*.ts` holds the functions of one part of the grammar; they call the parts that lie in files which
 * import theirs through `grammar`, the table that grammar.ts fills.
 *
 * Invariant: every token that has become current can continue what stands before it, or the parser stops
 * there. So errors lie where OCaml's LR automaton finds them.
 */

import { type Diagnostic, DiagnosticError, fail } from '../base/diagnostic.ts'
import type { Region, Source } from '../base/region.ts'
import type {
  AttributePayload,
  ClassStructure,
  Expression,
  LongName,
  ModuleExpression,
  ModuleType,
  Pattern,
  SignatureItem,
  StructureItem,
  TypeExpression,
} from './ast.ts'
import type { Report } from './lex-cursor.ts'
import { Lexer } from './lexer.ts'
import type { Token, TokenKind } from './tokens.ts'

/** `a.(i)` before it is known whether it is read or written; see parse-indexing.ts. */
export interface Indexing {
  readonly collection: Expression
  readonly bracket: '(' | '[' | '{'
  readonly indices: readonly Expression[]
  /** The operator with the modules before it, such as `M.` and `.%`; absent for the built-in forms. */
  readonly operator: { readonly modules: LongName | undefined; readonly text: string } | undefined
}

/** The parts of the grammar that other parts reach only through here. */
export interface Grammar {
  readonly sequence: (p: Parser) => Expression
  readonly expression: (p: Parser) => Expression
  readonly simpleExpression: (p: Parser) => Expression
  readonly pattern: (p: Parser) => Pattern
  readonly payload: (p: Parser) => AttributePayload
  readonly type: (p: Parser) => TypeExpression
  readonly packageType: (p: Parser) => TypeExpression
  readonly moduleExpression: (p: Parser) => ModuleExpression
  /** What follows a module's name: parameters, type, `=` and the module. */
  readonly moduleBinding: (p: Parser) => ModuleExpression
  readonly moduleType: (p: Parser) => ModuleType
  readonly structure: (p: Parser) => readonly StructureItem[]
  readonly signature: (p: Parser) => readonly SignatureItem[]
  readonly classStructure: (p: Parser) => ClassStructure
  readonly process: (p: Parser) => Expression
  /** What stands behind `spawn`. */
  readonly spawned: (p: Parser) => Expression
}

const noStops: ReadonlySet<TokenKind> = new Set()

/**
 * How many constructs may nest. Each costs up to 1.4 kB of native stack; this leaves room on the smallest
 * default stack (984 kB). Chains of operators, `;`, `let … in`, `else if`, `->` and list elements do not count.
 */
const maximumDepth = 400

export class Parser {
  readonly source: Source
  readonly grammar: Grammar
  /** The current token. */
  token: Token
  /** The kind of the current token. */
  kind: TokenKind
  /** The end of the token before the current one. */
  previousEnd: number
  /** The last expression that was parsed without parentheses around it; see parse-simple-expression.ts. */
  bare: Expression | undefined
  /** How the last indexing was written, for the assignment that may follow. */
  indexing: Indexing | undefined
  /** The last simple pattern that was parsed. */
  simplePattern: Pattern | undefined
  /** Whether something called `reply` has been applied: as what a reply looks like in an expression. */
  hasReply: boolean
  /** Infix operators that end an expression here, for they mean something else; not between brackets. */
  stops: ReadonlySet<TokenKind>
  private readonly lexer: Lexer
  /** Tokens that are lexed and not yet behind the current one; `ahead[next]` is `peek(1)`. */
  private ahead: Token[] = []
  private next = 0
  private depth = 0

  constructor(source: Source, offset: number, grammar: Grammar, report: Report) {
    this.source = source
    this.grammar = grammar
    this.lexer = new Lexer(source, offset, report)
    this.previousEnd = offset
    this.token = this.lexer.next()
    this.kind = this.token.kind
    this.bare = undefined
    this.indexing = undefined
    this.simplePattern = undefined
    this.hasReply = false
    this.stops = noStops
  }

  // -------------------------------------------------------------------------------------------------------
  // Moving

  /** The token `distance` behind the current one. */
  peek(distance: number): Token {
    while (this.ahead.length - this.next < distance) this.ahead.push(this.lexer.next())
    return this.ahead[this.next + distance - 1]!
  }

  /** Moves on and returns the token that was current. */
  advance(): Token {
    const { token } = this
    this.previousEnd = token.end
    this.token = this.next < this.ahead.length ? this.takeAhead() : this.lexer.next()
    this.kind = this.token.kind
    return token
  }

  private takeAhead(): Token {
    const token = this.ahead[this.next++]!
    if (this.next === this.ahead.length) {
      this.ahead = []
      this.next = 0
    }
    return token
  }

  at(kind: TokenKind): boolean {
    return this.kind === kind
  }

  /** Moves on if the current token is of this kind. */
  accept(kind: TokenKind): boolean {
    if (this.kind !== kind) return false
    this.advance()
    return true
  }

  expect(kind: TokenKind): Token {
    if (this.kind !== kind) this.fail(describe(kind))
    return this.advance()
  }

  /** The token that closes what `open` opened. */
  expectClosing(kind: TokenKind, open: Token): Token {
    if (this.kind !== kind) this.unclosed(open, kind)
    return this.advance()
  }

  /** Whether an operator that begins with these characters is current. */
  atOperator(prefix: string): boolean {
    return this.kind === 'comparison-operator' && this.token.text.startsWith(prefix)
  }

  /** Moves on behind the first characters of an operator: what is left of it is tokens of its own. */
  advanceWithin(length: number): void {
    const { start, end } = this.token
    const lexer = new Lexer(this.source, start + length, () => {})
    const rest: Token[] = []
    for (let at = start + length; at < end; ) {
      const token = lexer.next()
      rest.push(token)
      at = token.end
    }
    this.ahead = [...rest, ...this.ahead.slice(this.next)]
    this.next = 0
    this.advance()
    this.previousEnd = start + length
  }

  // -------------------------------------------------------------------------------------------------------
  // Regions

  /** From an offset to the end of the token before the current one. */
  region(start: number): Region {
    return { source: this.source, start, end: this.previousEnd }
  }

  tokenRegion(token: Token): Region {
    return { source: this.source, start: token.start, end: token.end }
  }

  // -------------------------------------------------------------------------------------------------------
  // Operators that end expressions

  stoppingAt<Result>(stops: ReadonlySet<TokenKind>, parse: () => Result): Result {
    const before = this.stops
    this.stops = stops
    const result = parse()
    this.stops = before
    return result
  }

  /** Between brackets, or words that are as good as brackets. */
  unstopped<Result>(parse: () => Result): Result {
    return this.stops === noStops ? parse() : this.stoppingAt(noStops, parse)
  }

  // -------------------------------------------------------------------------------------------------------
  // Depth

  /** To be called once for each construct that can hold itself; `leave` undoes it. */
  enter(): void {
    if (++this.depth > maximumDepth) {
      fail(this.tokenRegion(this.token), `Nesting too deep: more than ${maximumDepth} levels`)
    }
  }

  leave(): void {
    this.depth--
  }

  // -------------------------------------------------------------------------------------------------------
  // Errors, all at the current token

  /** "Syntax error", or what the lexer had to say about the current token. */
  fail(expected?: string, hint?: string): never {
    this.failIfRefused()
    const region = this.tokenRegion(this.token)
    throw new DiagnosticError({
      severity: 'error',
      region,
      message: 'Syntax error',
      ...(expected === undefined ? {} : { expected }),
      ...(hint === undefined ? {} : { hint }),
    })
  }

  /** "Syntax error: pattern expected." */
  expecting(what: string): never {
    this.failIfRefused()
    fail(this.tokenRegion(this.token), `Syntax error: ${what} expected.`)
  }

  /** "Syntax error: wildcard "_" not expected." */
  notExpecting(what: string): never {
    this.failIfRefused()
    fail(this.tokenRegion(this.token), `Syntax error: ${what} not expected.`)
  }

  unclosed(open: Token, closing: TokenKind): never {
    this.failIfRefused()
    const opening = this.lexer.slice(open.start, open.end)
    const message = `This '${opening}' might be unmatched`
    failWith(this.tokenRegion(this.token), `Syntax error: '${closing}' expected`, [
      { region: this.tokenRegion(open), message },
    ])
  }

  private failIfRefused(): void {
    const { value } = this.token
    if (value?.kind === 'error') throw new DiagnosticError(value.diagnostic)
    if (this.kind === 'to' && this.hasReply) {
      const hint = 'it is made where the process of a reaction ends'
      fail(this.tokenRegion(this.token), 'Syntax error: a reply is no expression', hint)
    }
  }

  // -------------------------------------------------------------------------------------------------------
  // Recovery

  /** Forgets how deep it was and moves on to a token that may begin a phrase. */
  resynchronize(beginsPhrase: (token: Token) => boolean): void {
    this.depth = 0
    this.stops = noStops
    while (this.kind !== 'eof' && !beginsPhrase(this.token)) this.advance()
  }
}

function failWith(region: Region, message: string, related: NonNullable<Diagnostic['related']>): never {
  throw new DiagnosticError({ severity: 'error', region, message, related })
}

const classNames: Partial<Record<TokenKind, string>> = {
  lident: 'a lower-case name',
  uident: 'a capitalised name',
  string: 'a string',
  "'": "a type variable such as 'a",
}

function describe(kind: TokenKind): string {
  return classNames[kind] ?? `'${kind}'`
}
