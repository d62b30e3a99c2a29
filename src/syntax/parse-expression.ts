/**
 * Expressions (manual, section 11.7), from the loosest construct to applications.
 *
 * Operators are parsed with a stack of operands and a stack of operators, so that long chains do not nest.
 * `let`, `if`, `match`, `fun` and their like are operands that reach as far to the right as they can.
 */

import { fail } from '../base/diagnostic.ts'
import type { Argument, Expression, Label } from './ast.ts'
import {
  applyExpression,
  consExpression,
  constantExpression,
  constructExpression,
  extensionExpression,
  identExpression,
  identPath,
  ifExpression,
  noAttributes,
  noLabel,
  withAttribute,
} from './nodes.ts'
import { ATTRIBUTE_LEVEL, type InfixOperator, infixOperators, operatorText } from './operators.ts'
import {
  type KeywordSuffix,
  parseKeywordExtension,
  parseKeywordSuffix,
  parseOneAttribute,
  suffixed,
} from './parse-attributes.ts'
import { isNumber, negated } from './parse-constants.ts'
import { constrained, parseTypeConstraint } from './parse-constraint.ts'
import { atDef, parseDefHead } from './parse-definition.ts'
import { parseCases, parseFunction } from './parse-function.ts'
import { type Completion, parseLetExpression, parseLetHead } from './parse-let.ts'
import { parseLowerName } from './parse-names.ts'
import { parseAssignment, parseSimpleExpression } from './parse-simple-expression.ts'
import type { Parser } from './parser.ts'
import { startsArgument, startsExpression, startsSimpleExpression, startsSpawned } from './token-sets.ts'
import type { Token, TokenKind } from './tokens.ts'

// ---------------------------------------------------------------------------------------------------------
// Sequences

/**
 * `e1; e2; …`, perhaps with a semicolon at the end, nested to the right. What waits for its right part, be it
 * the rest of a sequence or the body of a `let`, is kept in a list, so that long ones do not nest here.
 */
export function parseSequence(p: Parser): Expression {
  const waiting: Completion[] = []
  let last: Expression | undefined
  while (last === undefined) {
    if (p.kind === 'let' || p.kind === 'let-operator') waiting.push(parseLetHead(p))
    else if (p.kind === 'lident' && atDef(p)) waiting.push(parseDefHead(p))
    else {
      const expression = parseExpression(p)
      const complete = p.kind === ';' ? parseSemicolon(p, expression) : undefined
      if (complete === undefined) last = expression
      else waiting.push(complete)
    }
  }
  for (let i = waiting.length - 1; i >= 0; i--) last = waiting[i]!(last)
  return last
}

/** A semicolon behind `first`; undefined when it ends the sequence. */
function parseSemicolon(p: Parser, first: Expression): Completion | undefined {
  p.expect(';')
  const extension = parseKeywordExtension(p)
  if (extension === undefined && !startsOperand(p)) return undefined
  return (second) => {
    // The region takes in a semicolon at the end.
    const region = p.region(first.region.start)
    const sequence: Expression = { kind: 'sequence', first, second, region, attributes: noAttributes }
    return extension === undefined ? sequence : extensionExpression(extension, sequence)
  }
}

function startsOperand(p: Parser): boolean {
  return startsExpression.has(p.kind) || p.kind === '_'
}

// ---------------------------------------------------------------------------------------------------------
// Operators

/** An expression without `;` at its top. */
export function parseExpression(p: Parser): Expression {
  p.enter()
  const first = parseOperand(p)
  const expression = infixOperator(p) !== undefined || p.kind === '[@' ? parseOperators(p, first) : first
  p.leave()
  return expression
}

function infixOperator(p: Parser): InfixOperator | undefined {
  return p.stops.has(p.kind) ? undefined : infixOperators[p.kind]
}

interface Stack {
  readonly operands: Expression[]
  readonly operators: Token[]
}

function parseOperators(p: Parser, first: Expression): Expression {
  const stack: Stack = { operands: [first], operators: [] }
  for (;;) {
    const operator = infixOperator(p)
    if (operator !== undefined) {
      reduce(p, stack, operator.associativity === 'left' ? operator.level : operator.level + 1)
      stack.operators.push(p.advance())
      stack.operands.push(parseOperand(p))
    } else if (p.kind === '[@') {
      reduce(p, stack, ATTRIBUTE_LEVEL)
      const attribute = parseOneAttribute(p)
      stack.operands.push(withAttribute(stack.operands.pop()!, attribute))
    } else break
  }
  reduce(p, stack, 0)
  return stack.operands[0]!
}

/** Combines operands while the operator on top of the stack binds at least as tight as `level`. */
function reduce(p: Parser, stack: Stack, level: number): void {
  const { operators } = stack
  for (;;) {
    const top = operators[operators.length - 1]
    if (top === undefined || infixOperators[top.kind]!.level < level) return
    if (top.kind === ',') reduceTuple(p, stack)
    else reduceInfix(p, stack)
  }
}

function reduceTuple(p: Parser, stack: Stack): void {
  let count = 1
  while (stack.operators[stack.operators.length - 1]?.kind === ',') {
    stack.operators.pop()
    count++
  }
  const elements = stack.operands.splice(stack.operands.length - count)
  const region = { source: p.source, start: elements[0]!.region.start, end: elements[count - 1]!.region.end }
  stack.operands.push({ kind: 'tuple', elements, region, attributes: noAttributes })
}

function reduceInfix(p: Parser, stack: Stack): void {
  const token = stack.operators.pop()!
  const right = stack.operands.pop()!
  const left = stack.operands.pop()!
  const region = { source: p.source, start: left.region.start, end: right.region.end }
  const at = p.tokenRegion(token)
  if (token.kind === '::') stack.operands.push(consExpression(left, right, identPath('::', at), region))
  else stack.operands.push(applyExpression(identExpression(operatorText(token), at), [left, right], region))
}

// ---------------------------------------------------------------------------------------------------------
// Operands

function isSign(kind: TokenKind): boolean {
  return kind === '-' || kind === '-.' || kind === '+' || kind === '+.'
}

function parseOperand(p: Parser): Expression {
  switch (p.kind) {
    case '-':
    case '-.':
    case '+':
    case '+.':
      return parseSigned(p)
    case 'let':
    case 'let-operator':
      return parseLetExpression(p)
    case 'if':
      return parseIf(p)
    case 'match':
    case 'try':
      return parseMatch(p)
    case 'fun':
    case 'function':
      return parseFunction(p)
    case 'while':
      return parseWhile(p)
    case 'for':
      return parseFor(p)
    case 'assert':
    case 'lazy':
      return parseAssertOrLazy(p)
    case 'lident':
      return parseWord(p)
    default:
      return parseApplication(p)
  }
}

/** `spawn` and `def` where they are keywords; else an application. */
function parseWord(p: Parser): Expression {
  const { text } = p.token
  if (text === 'spawn' && startsSpawned.has(p.peek(1).kind)) return parseSpawn(p)
  return text === 'def' && atDef(p) ? parseSequence(p) : parseApplication(p)
}

function parseSpawn(p: Parser): Expression {
  p.enter()
  const { start } = p.advance()
  const braced = p.at('{')
  const process = p.grammar.spawned(p)
  if (!braced && p.kind === '|') checkBar(p)
  p.leave()
  return { kind: 'spawn', braced, process, region: p.region(start), attributes: noAttributes }
}

/** Behind a bar, a name with an argument is no case of a match but a message; `effect` begins a case. */
function checkBar(p: Parser): void {
  const { kind, text } = p.peek(1)
  if (kind !== 'lident' || text === 'effect' || !startsSimpleExpression.has(p.peek(2).kind)) return
  const hint = "write `spawn { P | Q }'; without braces, `&' stands between processes"
  fail(p.tokenRegion(p.token), 'Syntax error: "|" stands between processes in braces only', hint)
}

/** Signs in front of an operand; on a number they are part of it. */
function parseSigned(p: Parser): Expression {
  const signs: Token[] = []
  while (isSign(p.kind)) signs.push(p.advance())
  let expression = parseOperand(p)
  for (let i = signs.length - 1; i >= 0; i--) expression = signed(p, signs[i]!, expression)
  return expression
}

function signed(p: Parser, sign: Token, expression: Expression): Expression {
  const region = { source: p.source, start: sign.start, end: expression.region.end }
  if (expression.kind === 'constant' && isNumber(expression.constant)) {
    const { constant } = expression
    const folds = constant.kind === 'float' || sign.kind === '-' || sign.kind === '+'
    if (folds) return constantExpression(sign.text.startsWith('-') ? negated(constant) : constant, region)
  }
  return applyExpression(identExpression(`~${sign.text}`, p.tokenRegion(sign)), [expression], region)
}

interface IfHead {
  readonly start: number
  readonly suffix: KeywordSuffix
  readonly condition: Expression
  readonly consequence: Expression
}

/** `if a then b else if c then d …`: collected first, so that long chains do not nest here. */
function parseIf(p: Parser): Expression {
  const heads = [parseIfHead(p)]
  let otherwise: Expression | undefined
  while (p.accept('else')) {
    if (p.at('if')) heads.push(parseIfHead(p))
    else {
      otherwise = parseExpression(p)
      break
    }
  }
  for (let i = heads.length - 1; i >= 0; i--) {
    const { start, suffix, condition, consequence } = heads[i]!
    otherwise = suffixed(ifExpression(condition, consequence, otherwise, p.region(start)), suffix)
  }
  return otherwise!
}

function parseIfHead(p: Parser): IfHead {
  const { start } = p.expect('if')
  const suffix = parseKeywordSuffix(p)
  const condition = p.unstopped(() => parseSequence(p))
  p.expect('then')
  return { start, suffix, condition, consequence: parseExpression(p) }
}

/** `match e with cases`, `try e with cases` */
function parseMatch(p: Parser): Expression {
  const keyword = p.advance()
  const suffix = parseKeywordSuffix(p)
  const subject = p.unstopped(() => parseSequence(p))
  p.expect('with')
  const cases = parseCases(p)
  const region = p.region(keyword.start)
  if (keyword.kind === 'try')
    return suffixed({ kind: 'try', body: subject, cases, region, attributes: noAttributes }, suffix)
  return suffixed({ kind: 'match', subject, cases, region, attributes: noAttributes }, suffix)
}

function parseWhile(p: Parser): Expression {
  const { start } = p.advance()
  const suffix = parseKeywordSuffix(p)
  const condition = p.unstopped(() => parseSequence(p))
  p.expect('do')
  const body = p.unstopped(() => parseSequence(p))
  p.expect('done')
  return suffixed(
    { kind: 'while', condition, body, region: p.region(start), attributes: noAttributes },
    suffix,
  )
}

function parseFor(p: Parser): Expression {
  const { start } = p.advance()
  const suffix = parseKeywordSuffix(p)
  const variable = p.grammar.pattern(p)
  p.expect('=')
  const from = p.unstopped(() => parseSequence(p))
  if (p.kind !== 'to' && p.kind !== 'downto') p.fail("'to' or 'downto'")
  const direction = p.advance().kind === 'to' ? 'up' : 'down'
  const to = p.unstopped(() => parseSequence(p))
  p.expect('do')
  const body = p.unstopped(() => parseSequence(p))
  p.expect('done')
  const region = p.region(start)
  return suffixed(
    { kind: 'for', variable, from, to, direction, body, region, attributes: noAttributes },
    suffix,
  )
}

function parseAssertOrLazy(p: Parser): Expression {
  const keyword = p.advance()
  const suffix = parseKeywordSuffix(p)
  const operand = parseSimpleExpression(p)
  const region = p.region(keyword.start)
  if (keyword.kind === 'lazy')
    return suffixed({ kind: 'lazy', expression: operand, region, attributes: noAttributes }, suffix)
  return suffixed({ kind: 'assert', condition: operand, region, attributes: noAttributes }, suffix)
}

// ---------------------------------------------------------------------------------------------------------
// Applications

/** A simple expression, what it is applied to, or the assignment that it begins. */
export function parseApplication(p: Parser): Expression {
  if (p.kind === '_') failAtWildcard(p)
  const head = parseSimpleExpression(p)
  if (p.kind === '<-') return parseAssignment(p, head) ?? head
  if (!atArgument(p)) return head
  if (p.bare === head && takesOneArgument(head) && startsSimpleExpression.has(p.kind)) {
    return parseConstructorArgument(p, head)
  }
  const args = [parseArgument(p)]
  while (atArgument(p)) args.push(parseArgument(p))
  const region = p.region(head.region.start)
  if (isNamed(head, 'reply')) p.hasReply = true
  return { kind: 'apply', function: head, arguments: args, region, attributes: noAttributes }
}

function isNamed(e: Expression, name: string): boolean {
  return e.kind === 'ident' && e.path.kind === 'ident' && e.path.name === name
}

/** A definition of channels begins an item of its own. */
function atArgument(p: Parser): boolean {
  return startsArgument.has(p.kind) && !atDef(p)
}

function failAtWildcard(p: Parser): never {
  return p.notExpecting('wildcard "_"')
}

/** Constructors and tags, which are no functions. */
function takesOneArgument(head: Expression): head is Expression & { kind: 'construct' | 'variant' } {
  return head.kind === 'construct' || head.kind === 'variant'
}

function parseConstructorArgument(
  p: Parser,
  head: Expression & { kind: 'construct' | 'variant' },
): Expression {
  const argument = parseSimpleExpression(p)
  const region = p.region(head.region.start)
  if (head.kind === 'construct') return constructExpression(head.path, argument, region)
  return { kind: 'variant', tag: head.tag, argument, region, attributes: noAttributes }
}

export function parseArgument(p: Parser): Argument {
  switch (p.kind) {
    case 'label':
      return { label: { kind: 'labelled', name: p.advance().text }, expression: parseSimpleExpression(p) }
    case 'optional-label':
      return { label: { kind: 'optional', name: p.advance().text }, expression: parseSimpleExpression(p) }
    case '~':
      p.advance()
      return p.at('(') ? parsePunnedConstraint(p) : parsePunned(p, 'labelled')
    case '?':
      p.advance()
      return parsePunned(p, 'optional')
    default:
      return { label: noLabel, expression: parseSimpleExpression(p) }
  }
}

/** `~x`, `?x` */
function parsePunned(p: Parser, kind: 'labelled' | 'optional'): Argument {
  const { text, region } = parseLowerName(p)
  const label: Label = { kind, name: text }
  return { label, expression: identExpression(text, region) }
}

/** `~(x : t)` */
function parsePunnedConstraint(p: Parser): Argument {
  const { start } = p.advance()
  const { text, region } = parseLowerName(p)
  const constraint = parseTypeConstraint(p) ?? p.fail("':'")
  p.expect(')')
  const expression = constrained(identExpression(text, region), constraint, p.region(start))
  return { label: { kind: 'labelled', name: text }, expression }
}
