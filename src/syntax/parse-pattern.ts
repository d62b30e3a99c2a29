/**
 * Patterns (manual, section 11.6).
 *
 * Operators from loosest to tightest: `as`, `|`, `,`, attributes, `::`, then constructors, `lazy`, `exception`.
 */

import type { Attribute, LongName, Name, Pattern } from './ast.ts'
import {
  consPattern,
  constructPattern,
  extensionPattern,
  noAttributes,
  withAttribute,
  withAttributes,
} from './nodes.ts'
import { parseKeywordSuffix, parseOneAttribute } from './parse-attributes.ts'
import { parseLowerName, parseTag, parseValueName } from './parse-names.ts'
import {
  isParenthesizedConstructor,
  parseConstructorHead,
  parseSimplePattern,
} from './parse-simple-pattern.ts'
import type { Parser } from './parser.ts'
import { startsSimplePattern } from './token-sets.ts'

type Operator = '|' | ',' | '::'

const levels: Readonly<Record<Operator, number>> = { '|': 1, ',': 2, '::': 3 }
const ATTRIBUTE_LEVEL = 3

export function parsePattern(p: Parser): Pattern {
  p.enter()
  const first = parseOperand(p)
  const pattern = continuesPattern(p) ? parseOperators(p, first) : first
  p.leave()
  return pattern
}

/** A pattern that is not an `exception` pattern, as `let` takes it. */
export function parseLetPattern(p: Parser): Pattern {
  if (p.kind === 'exception') p.fail()
  return parsePattern(p)
}

function continuesPattern(p: Parser): boolean {
  return p.kind === '|' || p.kind === ',' || p.kind === '::' || p.kind === 'as' || p.kind === '[@'
}

// ---------------------------------------------------------------------------------------------------------
// Operators

interface Stack {
  readonly operands: Pattern[]
  readonly operators: Operator[]
}

function parseOperators(p: Parser, first: Pattern): Pattern {
  const stack: Stack = { operands: [first], operators: [] }
  while (continuesPattern(p)) {
    if (p.kind === 'as') parseAlias(p, stack)
    else if (p.kind === '[@') parsePatternAttribute(p, stack)
    else parseInfix(p, stack)
  }
  reduceFrom(p, stack, 0)
  return stack.operands[0]!
}

function parseInfix(p: Parser, stack: Stack): void {
  const operator = p.kind as Operator
  // `|` associates to the left; `,` collects; `::` associates to the right.
  reduceFrom(p, stack, operator === '|' ? 1 : levels[operator] + 1)
  const goesOn = operator === ',' && stack.operators[stack.operators.length - 1] === ','
  p.advance()
  // OCaml has words for a missing pattern, but not behind the second comma of a tuple.
  if (!startsOperand(p) && !goesOn) p.expecting('pattern')
  stack.operators.push(operator)
  stack.operands.push(parseOperand(p))
}

function parseAlias(p: Parser, stack: Stack): void {
  reduceFrom(p, stack, 0)
  p.advance()
  if (p.kind !== 'lident' && p.kind !== '(') p.expecting('identifier')
  const name = parseValueName(p)
  const pattern = stack.operands.pop()!
  const region = p.region(pattern.region.start)
  stack.operands.push({ kind: 'alias', pattern, name, region, attributes: noAttributes })
}

function parsePatternAttribute(p: Parser, stack: Stack): void {
  reduceFrom(p, stack, ATTRIBUTE_LEVEL)
  const attribute = parseOneAttribute(p)
  stack.operands.push(withAttribute(stack.operands.pop()!, attribute))
}

/** Combines the operands of all operators on top of the stack that bind at least as tight as `level`. */
function reduceFrom(p: Parser, stack: Stack, level: number): void {
  const { operators } = stack
  for (;;) {
    const top = operators[operators.length - 1]
    if (top === undefined || levels[top] < level) return
    if (top === ',') reduceTuple(p, stack)
    else reduceBinary(p, stack, top)
  }
}

function spanning(p: Parser, first: Pattern, last: Pattern) {
  return { source: p.source, start: first.region.start, end: last.region.end }
}

function reduceBinary(p: Parser, stack: Stack, operator: '|' | '::'): void {
  stack.operators.pop()
  const right = stack.operands.pop()!
  const left = stack.operands.pop()!
  const region = spanning(p, left, right)
  if (operator === '|') stack.operands.push({ kind: 'or', left, right, region, attributes: noAttributes })
  else stack.operands.push(consPattern(left, right, region))
}

function reduceTuple(p: Parser, stack: Stack): void {
  let count = 1
  while (stack.operators[stack.operators.length - 1] === ',') {
    stack.operators.pop()
    count++
  }
  const elements = stack.operands.splice(stack.operands.length - count)
  const region = spanning(p, elements[0]!, elements[count - 1]!)
  stack.operands.push({ kind: 'tuple', elements, region, attributes: noAttributes })
}

// ---------------------------------------------------------------------------------------------------------
// Operands

function startsOperand(p: Parser): boolean {
  return startsSimplePattern.has(p.kind) || p.kind === 'lazy' || p.kind === 'exception'
}

function parseOperand(p: Parser): Pattern {
  if (p.kind === 'exception') return parseExceptionPattern(p)
  if (p.kind === 'lident' && p.token.text === 'effect' && startsSimplePattern.has(p.peek(1).kind)) {
    return parseEffectPattern(p)
  }
  return parseConstructorPattern(p)
}

/** `exception p` */
function parseExceptionPattern(p: Parser): Pattern {
  const { start } = p.advance()
  const suffix = parseKeywordSuffix(p)
  const pattern = parseConstructorPattern(p)
  const node: Pattern = { kind: 'exception', pattern, region: p.region(start), attributes: noAttributes }
  return withSuffix(node, suffix)
}

function withSuffix(
  node: Pattern,
  suffix: { extension: string | undefined; attributes: readonly Attribute[] },
): Pattern {
  const attributed = withAttributes(node, suffix.attributes)
  return suffix.extension === undefined ? attributed : extensionPattern(suffix.extension, attributed)
}

/** `effect (E x), k`; `effect` is a keyword only where a pattern follows it. */
function parseEffectPattern(p: Parser): Pattern {
  const { start } = p.advance()
  const effect = parseConstructorPattern(p)
  p.expect(',')
  const continuation = parseSimplePattern(p)
  return { kind: 'effect', effect, continuation, region: p.region(start), attributes: noAttributes }
}

/** A constructor with its argument, `lazy p`, or a simple pattern. */
function parseConstructorPattern(p: Parser): Pattern {
  p.enter()
  const pattern = parseApplied(p)
  p.leave()
  return pattern
}

function parseApplied(p: Parser): Pattern {
  switch (p.kind) {
    case 'lazy':
      return parseLazyPattern(p)
    case '`':
      return parseVariantPattern(p)
    case 'uident':
    case 'true':
    case 'false':
      return parseConstructed(p)
    case '[':
    case '(':
      return isParenthesizedConstructor(p) ? parseConstructed(p) : parseSimplePattern(p)
    default:
      return parseSimplePattern(p)
  }
}

function parseLazyPattern(p: Parser): Pattern {
  const { start } = p.advance()
  const suffix = parseKeywordSuffix(p)
  const pattern = parseSimplePattern(p)
  const node: Pattern = { kind: 'lazy', pattern, region: p.region(start), attributes: noAttributes }
  return withSuffix(node, suffix)
}

function parseVariantPattern(p: Parser): Pattern {
  const { text: tag, region } = parseTag(p)
  if (!startsArgumentPattern(p)) return simple(p, { kind: 'variant', tag, region, attributes: noAttributes })
  const argument = parseConstructorPattern(p)
  return { kind: 'variant', tag, argument, region: p.region(region.start), attributes: noAttributes }
}

/** Remembers that no argument followed. */
function simple(p: Parser, pattern: Pattern): Pattern {
  p.simplePattern = pattern
  return pattern
}

function startsArgumentPattern(p: Parser): boolean {
  return startsSimplePattern.has(p.kind) || p.kind === 'lazy'
}

/** `C`, `C p`, `C (type a) p`, and what only begins like a constructor: `M.(p)`. */
function parseConstructed(p: Parser): Pattern {
  const { start } = p.token
  const head = parseConstructorHead(p)
  if (head.kind === 'pattern') return simple(p, head.pattern)
  if (p.kind === '(' && p.peek(1).kind === 'type') return parseExistential(p, start, head.path)
  if (!startsArgumentPattern(p)) return simple(p, constructPattern(head.path, undefined, p.region(start)))
  const argument = parseConstructorPattern(p)
  return constructPattern(head.path, argument, p.region(start))
}

function parseExistential(p: Parser, start: number, path: LongName): Pattern {
  const existentials = parseLocallyAbstract(p)
  const argument = parseSimplePattern(p)
  const region = p.region(start)
  return { kind: 'construct', path, argument, existentials, region, attributes: noAttributes }
}

/** `(type a b)` */
export function parseLocallyAbstract(p: Parser): readonly Name[] {
  p.expect('(')
  p.expect('type')
  const names = [parseLowerName(p)]
  while (p.kind === 'lident') names.push(parseLowerName(p))
  p.expect(')')
  return names
}
