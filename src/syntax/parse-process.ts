/**
 * Processes, in both spellings.
 *
 * `|` is looser than `;`, so that `P | e; Q | R` is `P | (e; (Q | R))`; `&` is tighter, so that `e; P & Q` is `e; (P & Q)` and
 * the branches of an `if` may hold one. Between braces or parentheses only one of the two may stand. In the cases
 * of a `match` a bar begins the next case, so parallel processes with `|` have braces there.
 *
 * What stands before a `;` is an expression, which is known only when the `;` is reached: where the two are written
 * differently (loops, parentheses, `begin`) the tokens behind decide.
 *
 * `reply` is a keyword where a process begins, `spawn` where an expression begins and a process can follow. A program that has
 * a value called `spawn` means that: `spawn f x` is then an application, as typing sees to. Both are written alike.
 */

import { fail } from '../base/diagnostic.ts'
import type { Case, Expression } from './ast.ts'
import type { Separator } from './join-nodes.ts'
import { ifExpression, noAttributes, relocated } from './nodes.ts'
import { infixOperators } from './operators.ts'
import { parseKeywordSuffix, suffixed } from './parse-attributes.ts'
import { distanceBehind, distanceOf } from './parse-brackets.ts'
import { constrained, parseTypeConstraint } from './parse-constraint.ts'
import { atDef, failMixed, isWord, parseDefBefore } from './parse-definition.ts'
import { parseApplication, parseExpression } from './parse-expression.ts'
import { type Completion, parseLetBefore } from './parse-let.ts'
import { parseLowerName } from './parse-names.ts'
import type { Parser } from './parser.ts'
import { startsArgument, startsExpression, startsStructureItem } from './token-sets.ts'
import type { Token, TokenKind } from './tokens.ts'

/** What may stand at one place between braces. */
interface Scope {
  /** Whether a bar separates processes. */
  readonly bars: boolean
  /** Whether what is parsed may turn out to be an expression before `;`. */
  readonly statements: boolean
  /** The one that was used so far. */
  separator: Separator | undefined
}

export function parseProcess(p: Parser): Expression {
  return parseSequence(p, { bars: true, statements: true, separator: undefined })
}

/** What `spawn` takes: a process without `;` and `|` at its top. */
export function parseSpawned(p: Parser): Expression {
  return parseBranch(p, { bars: false, statements: false, separator: undefined }, parseApplication)
}

// ---------------------------------------------------------------------------------------------------------
// Sequences and parallel processes

/** What waits for its right part is kept in a list, as in the sequences of expressions. */
function parseSequence(p: Parser, scope: Scope): Expression {
  p.enter()
  const waiting: Completion[] = []
  let last: Expression | undefined
  let isBehindSemicolon = false
  while (last === undefined) {
    if (p.kind === 'let' || p.kind === 'let-operator' || atDef(p))
      waiting.push(parseHead(p, isBehindSemicolon))
    else {
      const first = parseBranch(p, scope)
      isBehindSemicolon = p.kind === ';'
      if (p.kind === ';') {
        waiting.push(parseSemicolon(p, first))
        if (!startsProcess(p)) last = nothing(p, p.previousEnd)
      } else if (p.kind === '|' && scope.bars) waiting.push(parseBar(p, scope, first))
      else last = first
    }
  }
  for (let i = waiting.length - 1; i >= 0; i--) last = waiting[i]!(last)
  p.leave()
  return last
}

/** `let … in`, `def … in`. */
function parseHead(p: Parser, isBehindSemicolon: boolean): Completion {
  p.enter()
  const complete = atDef(p) ? parseDefBefore(p) : parseLetBefore(p)
  p.leave()
  if (p.kind !== 'in') p.fail("'in'", isBehindSemicolon && atItem(p) ? noItem : undefined)
  p.advance()
  return complete
}

/** What was meant as an item. */
const noItem =
  "what stands behind `;' belongs to the process: end that with `;;', or with `; { }', before another item"

const atItem = (p: Parser): boolean =>
  startsStructureItem.has(p.kind) || p.kind === ';;' || p.kind === 'eof' || atDef(p)

function startsProcess(p: Parser): boolean {
  return startsExpression.has(p.kind) || p.kind === '_'
}

function nothing(p: Parser, start: number): Expression {
  return { kind: 'nothing', region: p.region(start), attributes: noAttributes }
}

function parseSemicolon(p: Parser, written: Expression): Completion {
  if (written.kind === 'parallel') failTight(p, written)
  p.advance()
  const first = statement(written)
  const { start } = first.region
  return (second) => ({ kind: 'sequence', first, second, region: p.region(start), attributes: noAttributes })
}

function failTight(p: Parser, { separator }: Expression & { kind: 'parallel' }): never {
  const hint =
    separator === '&'
      ? "`&' binds tighter than `;': put braces around what follows it, as in `P & { e; Q }'"
      : "a process comes last: put what is evaluated before it in front, as in `e; { P | Q }'"
  fail(p.tokenRegion(p.token), 'Syntax error: an expression stands before ";", not a process', hint)
}

/** As an expression: the `;` at the end of a part of it was no empty process. */
function statement(e: Expression): Expression {
  switch (e.kind) {
    case 'sequence':
      return e.second.kind === 'nothing' ? e.first : { ...e, second: statement(e.second) }
    case 'let':
    case 'let-module':
    case 'let-exception':
    case 'open':
      return { ...e, body: statement(e.body) }
    case 'match':
      return { ...e, cases: e.cases.map((each) => ({ ...each, body: statement(each.body) })) }
    case 'if':
      return {
        ...e,
        then: statement(e.then),
        ...(e.otherwise === undefined ? {} : { otherwise: statement(e.otherwise) }),
      }
    default:
      return e
  }
}

function takeSeparator(p: Parser, scope: Scope): void {
  const separator = p.kind as Separator
  if (scope.separator !== undefined && scope.separator !== separator) failMixed(p, 'process')
  scope.separator = separator
  p.advance()
}

function parseBar(p: Parser, scope: Scope, first: Expression): Completion {
  takeSeparator(p, scope)
  return (rest) => parallel(p, '|', [first, rest])
}

/** Processes that are parallel themselves are taken apart. */
function parallel(p: Parser, separator: Separator, parts: readonly Expression[]): Expression {
  const processes = parts.flatMap((part) =>
    part.kind === 'parallel' && part.separator === separator ? part.processes : [part],
  )
  const region = p.region((parts[0] as Expression).region.start)
  return { kind: 'parallel', separator, processes, region, attributes: noAttributes }
}

/** `P & … & P` */
function parseBranch(p: Parser, scope: Scope, expression = parseExpression): Expression {
  const parts = [parseOperand(p, scope, expression)]
  while (p.kind === '&') {
    takeSeparator(p, scope)
    parts.push(parseOperand(p, scope, expression))
  }
  return parts.length === 1 ? parts[0]! : parallel(p, '&', parts)
}

// ---------------------------------------------------------------------------------------------------------
// Operands

function parseOperand(p: Parser, scope: Scope, expression: (p: Parser) => Expression): Expression {
  switch (p.kind) {
    case '{':
      return parseBraces(p)
    case 'if':
      return parseIf(p, scope)
    case 'match':
      return parseMatch(p, scope)
    case 'for':
      return endsStatement(p, scope, distanceBehind(p, distanceOf(p, 'do', 1)))
        ? parseTerm(p, expression)
        : parseFor(p)
    case 'let':
    case 'let-operator':
      return parseSequence(p, scope)
    case '(':
    case 'begin':
      return isGroup(p, scope) ? parseGroup(p) : parseTerm(p, expression)
    case 'lident':
      if (isWord(p.token, 'reply') && mayReply(p.peek(1))) return parseReply(p)
      return atDef(p) ? parseSequence(p, scope) : parseTerm(p, expression)
    default:
      return parseTerm(p, expression)
  }
}

/** `&` and `or` separate processes and reactions. */
const endsTerm: ReadonlySet<TokenKind> = new Set(['&', 'or'] as const)

/** A message, or an expression before `;`. */
function parseTerm(p: Parser, expression: (p: Parser) => Expression): Expression {
  const beginsWithZero = p.kind === 'int' && p.token.text === '0' && p.token.value === undefined
  const e = p.stoppingAt(endsTerm, () => expression(p))
  return beginsWithZero && e.kind === 'constant'
    ? { kind: 'nothing', region: e.region, attributes: e.attributes }
    : e
}

function parseBraces(p: Parser): Expression {
  const open = p.advance()
  if (p.accept('}')) return nothing(p, open.start)
  const process = p.unstopped(() => parseProcess(p))
  p.expectClosing('}', open)
  return relocated(process, p.region(open.start))
}

/** Whether the token at a distance goes on with an expression that ends before it. */
function endsStatement(p: Parser, { statements }: Scope, distance: number): boolean {
  const { kind } = p.peek(distance)
  if (kind === ';') return statements
  if (kind === '&' || kind === 'or' || atDef(p, distance)) return false
  return startsArgument.has(kind) || infixOperators[kind] !== undefined || goesOn.has(kind)
}

const goesOn: ReadonlySet<TokenKind> = new Set<TokenKind>([
  '.',
  '#',
  'hash-operator',
  'dot-operator',
  '<-',
  ':',
  ':>',
  '[@',
])

/** Whether the parenthesis or `begin` holds a process, and no part of an expression: an argument or `;` behind it tells. */
function isGroup(p: Parser, scope: Scope): boolean {
  const { kind } = p.peek(1)
  if (kind === ')' || kind === 'end' || kind === 'module' || kind === '%') return false
  return !endsStatement(p, scope, distanceBehind(p, 0))
}

function parseGroup(p: Parser): Expression {
  const open = p.advance()
  const process = p.unstopped(() => parseProcess(p))
  const constraint = open.kind === '(' ? parseTypeConstraint(p) : undefined
  p.expectClosing(open.kind === '(' ? ')' : 'end', open)
  const region = p.region(open.start)
  return constraint === undefined ? relocated(process, region) : constrained(process, constraint, region)
}

// ---------------------------------------------------------------------------------------------------------
// Control

function parseIf(p: Parser, scope: Scope): Expression {
  const { start } = p.advance()
  const suffix = parseKeywordSuffix(p)
  const condition = p.unstopped(() => p.grammar.sequence(p))
  p.expect('then')
  p.enter()
  const consequence = parseBranch(p, scope)
  const otherwise = p.accept('else') ? parseBranch(p, scope) : undefined
  p.leave()
  return suffixed(ifExpression(condition, consequence, otherwise, p.region(start)), suffix)
}

function parseMatch(p: Parser, scope: Scope): Expression {
  const { start } = p.advance()
  const suffix = parseKeywordSuffix(p)
  const subject = p.unstopped(() => p.grammar.sequence(p))
  p.expect('with')
  p.accept('|')
  const cases = [parseCase(p, scope)]
  while (p.accept('|')) cases.push(parseCase(p, scope))
  const region = p.region(start)
  return suffixed({ kind: 'match', subject, cases, region, attributes: noAttributes }, suffix)
}

function parseCase(p: Parser, { separator }: Scope): Case {
  const pattern = p.grammar.pattern(p)
  const { start } = pattern.region
  const guard = p.accept('when') ? p.unstopped(() => p.grammar.sequence(p)) : undefined
  p.expect('->')
  const body = parseSequence(p, { bars: false, statements: true, separator })
  const common = { pattern, body, region: p.region(start) }
  return guard === undefined ? common : { ...common, guard }
}

function parseFor(p: Parser): Expression {
  const { start } = p.advance()
  const suffix = parseKeywordSuffix(p)
  const variable = p.grammar.pattern(p)
  p.expect('=')
  const from = p.unstopped(() => p.grammar.sequence(p))
  if (p.kind !== 'to' && p.kind !== 'downto') p.fail("'to' or 'downto'")
  const direction = p.advance().kind === 'to' ? 'up' : 'down'
  const to = p.unstopped(() => p.grammar.sequence(p))
  p.expect('do')
  const body = parseProcess(p)
  p.expect('done')
  const region = p.region(start)
  return suffixed(
    { kind: 'for', variable, from, to, direction, body, region, attributes: noAttributes },
    suffix,
  )
}

// ---------------------------------------------------------------------------------------------------------
// Replies

/** Whether `reply` stands alone or has a value or `to` behind it, and is not a name with an operator or a dot behind it. */
function mayReply({ kind }: Token): boolean {
  if (kind === 'to' || kind === '&' || kind === 'or' || startsExpression.has(kind)) return true
  return infixOperators[kind] === undefined && !goesOn.has(kind)
}

/** Behind `reply` alone may be the next item. */
function startsValue(p: Parser): boolean {
  return startsExpression.has(p.kind) && p.kind !== 'let' && !atDef(p)
}

/** `reply e to f`, both parts optional. */
function parseReply(p: Parser): Expression {
  const { start } = p.advance()
  const value = startsValue(p) ? p.stoppingAt(endsTerm, () => parseExpression(p)) : undefined
  const to = p.accept('to') ? parseLowerName(p) : undefined
  return {
    kind: 'reply',
    ...(value === undefined ? {} : { value }),
    ...(to === undefined ? {} : { to }),
    region: p.region(start),
    attributes: noAttributes,
  }
}
