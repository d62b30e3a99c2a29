/** Patterns that need no parentheses as an argument. */

import type { Constant, LongName, Pattern, PatternField, TypeExpression } from './ast.ts'
import {
  consPattern,
  constrainedPattern,
  constructPattern,
  extensionPattern,
  identPath,
  name,
  noAttributes,
  relocated,
  withAttributes,
} from './nodes.ts'
import { parseExtension, parseKeywordSuffix } from './parse-attributes.ts'
import { parseSignedConstant } from './parse-constants.ts'
import {
  atParenthesizedOperator,
  extendPath,
  operatorKinds,
  parseLowerPath,
  parseModuleName,
  parseOperatorName,
  parseTag,
  parseTypePath,
} from './parse-names.ts'
import type { Parser } from './parser.ts'
import { startsSimplePattern, startsSimpleType } from './token-sets.ts'
import type { Token } from './tokens.ts'

export function parseSimplePattern(p: Parser): Pattern {
  const pattern = parsePatternAtom(p)
  p.simplePattern = pattern
  return pattern
}

function parsePatternAtom(p: Parser): Pattern {
  switch (p.kind) {
    case '_':
      return parseAnyPattern(p)
    case 'lident':
      return parseVariablePattern(p)
    case 'uident':
    case 'true':
    case 'false':
      return parseConstantConstructor(p)
    case 'int':
    case 'float':
    case 'char':
    case 'string':
    case '-':
    case '+':
      return parseConstantPattern(p)
    case '`':
      return parseConstantTag(p)
    case '#':
      return parseTypePattern(p)
    case '(':
      return parseParenthesizedPattern(p)
    case '[%':
    case 'quoted-extension':
      return parseExtensionPattern(p)
    default:
      return parseDelimitedPattern(p)
  }
}

function parseAnyPattern(p: Parser): Pattern {
  const { start } = p.advance()
  return { kind: 'any', region: p.region(start), attributes: noAttributes }
}

function parseVariablePattern(p: Parser): Pattern {
  const token = p.advance()
  const region = p.tokenRegion(token)
  return { kind: 'variable', name: name(token.text, region), region, attributes: noAttributes }
}

function parseConstantTag(p: Parser): Pattern {
  const { text: tag, region } = parseTag(p)
  return { kind: 'variant', tag, region, attributes: noAttributes }
}

function parseTypePattern(p: Parser): Pattern {
  const { start } = p.advance()
  const path = parseTypePath(p)
  return { kind: 'type', path, region: p.region(start), attributes: noAttributes }
}

function parseExtensionPattern(p: Parser): Pattern {
  const { start } = p.token
  const { name: extension, payload } = parseExtension(p)
  return { kind: 'extension', name: extension, payload, region: p.region(start), attributes: noAttributes }
}

/** `c` or `c..d` */
function parseConstantPattern(p: Parser): Pattern {
  const { start } = p.token
  const low: Constant = parseSignedConstant(p)
  if (!p.accept('..'))
    return { kind: 'constant', constant: low, region: p.region(start), attributes: noAttributes }
  const high = parseSignedConstant(p)
  return { kind: 'interval', low, high, region: p.region(start), attributes: noAttributes }
}

// ---------------------------------------------------------------------------------------------------------
// Constructors and local opens

export type ConstructorHead =
  | { readonly kind: 'constructor'; readonly path: LongName }
  | { readonly kind: 'pattern'; readonly pattern: Pattern }

/** Whether the bracket or parenthesis at which the parser stands is `[]`, `()` or `(::)`. */
export function isParenthesizedConstructor(p: Parser): boolean {
  const next = p.peek(1).kind
  if (p.kind === '[') return next === ']'
  return p.kind === '(' && (next === ')' || (next === '::' && p.peek(2).kind === ')'))
}

/** A constructor's path; or the whole pattern, when a path opens a module: `M.(p)`. */
export function parseConstructorHead(p: Parser): ConstructorHead {
  const start = p.token.start
  const first = p.advance()
  if (first.kind !== 'uident') {
    const text = first.kind === '[' ? '[]' : first.kind === '(' ? (p.kind === '::' ? '::' : '()') : first.kind
    if (text === '::') p.advance()
    if (first.kind === '[' || first.kind === '(') p.advance()
    return { kind: 'constructor', path: identPath(text, p.region(start)) }
  }
  return parseConstructorPathFrom(p, identPath(first.text, p.tokenRegion(first)))
}

function parseConstructorPathFrom(p: Parser, first: LongName): ConstructorHead {
  let path = first
  while (p.accept('.')) {
    if (p.kind === '(' && p.peek(1).kind === '::' && p.peek(2).kind === ')') {
      return { kind: 'constructor', path: parseDottedCons(p, path) }
    }
    if (p.kind !== 'uident') return { kind: 'pattern', pattern: parseOpenPattern(p, path) }
    path = extendPath(path, p.advance(), p)
  }
  return { kind: 'constructor', path }
}

/** `M.(::)` from the parenthesis on. */
function parseDottedCons(p: Parser, prefix: LongName): LongName {
  p.advance()
  p.advance()
  p.advance()
  return { kind: 'dot', prefix, name: '::', region: p.region(prefix.region.start) }
}

function parseConstantConstructor(p: Parser): Pattern {
  const { start } = p.token
  const head = parseConstructorHead(p)
  return head.kind === 'pattern' ? head.pattern : constructPattern(head.path, undefined, p.region(start))
}

/** `M.(p)`, `M.[…]`, `M.{…}`, `M.()`; the dot is behind us. */
function parseOpenPattern(p: Parser, path: LongName): Pattern {
  const pattern = p.kind === '(' ? parseOpenParenthesized(p) : parseDelimitedPattern(p)
  const region = p.region(path.region.start)
  return { kind: 'open', path, pattern, region, attributes: noAttributes }
}

function parseOpenParenthesized(p: Parser): Pattern {
  const open = p.advance()
  if (p.accept(')')) {
    const region = p.region(open.start)
    return constructPattern(identPath('()', region), undefined, region)
  }
  if (!startsPattern(p)) p.expecting('pattern')
  const pattern = p.grammar.pattern(p)
  p.expectClosing(')', open)
  return pattern
}

function startsPattern(p: Parser): boolean {
  return startsSimplePattern.has(p.kind) || p.kind === 'lazy' || p.kind === 'exception'
}

// ---------------------------------------------------------------------------------------------------------
// Parentheses

function parseParenthesizedPattern(p: Parser): Pattern {
  const { start } = p.token
  if (isParenthesizedConstructor(p)) {
    const head = parseConstructorHead(p)
    if (head.kind === 'constructor') return constructPattern(head.path, undefined, p.region(start))
  }
  if (atParenthesizedOperator(p) || atUnclosedOperator(p)) return parseOperatorPattern(p)
  const open = p.advance()
  if (p.accept('::')) p.expect(')')
  if (p.kind === 'module') return parseUnpackPattern(p, open)
  if (!startsPattern(p)) p.expecting('operator')
  const pattern = p.grammar.pattern(p)
  if (p.accept(':')) return parseConstrainedPattern(p, open, pattern)
  p.expectClosing(')', open)
  return relocated(pattern, p.region(start))
}

/** Whether an operator stands behind the parenthesis that begins no pattern: its parenthesis must be missing. */
function atUnclosedOperator(p: Parser): boolean {
  const next = p.peek(1).kind
  if (next !== '-' && next !== '+') return operatorKinds.has(next)
  const operand = p.peek(2).kind
  return operand !== 'int' && operand !== 'float'
}

function parseConstrainedPattern(p: Parser, open: Token, pattern: Pattern): Pattern {
  const type = parseExpectedType(p)
  p.expectClosing(')', open)
  return constrainedPattern(pattern, type, p.region(open.start))
}

/** The type behind a colon in a pattern; its absence has words of its own. */
function parseExpectedType(p: Parser): TypeExpression {
  if (!startsSimpleType.has(p.kind) && !p.atOperator('<<') && p.kind !== '?' && p.kind !== 'optional-label')
    p.expecting('type')
  return p.grammar.type(p)
}

function parseOperatorPattern(p: Parser): Pattern {
  const open = p.advance()
  const { text } = parseOperatorName(p)
  p.expectClosing(')', open)
  const region = p.region(open.start)
  return { kind: 'variable', name: name(text, region), region, attributes: noAttributes }
}

/** `(module M)`, `(module M : S)`, `(module _)` */
function parseUnpackPattern(p: Parser, open: Token): Pattern {
  p.advance()
  const { extension, attributes } = parseKeywordSuffix(p)
  if (p.kind !== 'uident' && p.kind !== '_') p.expecting('module-expr')
  const module = parseModuleName(p)
  const type = p.accept(':') ? p.grammar.packageType(p) : undefined
  if (type === undefined) p.expect(')')
  else p.expectClosing(')', open)
  const common = {
    kind: 'unpack',
    name: module,
    region: p.region(open.start),
    attributes: noAttributes,
  } as const
  const node: Pattern = withAttributes(type === undefined ? common : { ...common, type }, attributes)
  return extension === undefined ? node : extensionPattern(extension, node)
}

// ---------------------------------------------------------------------------------------------------------
// Records, lists, arrays

function parseDelimitedPattern(p: Parser): Pattern {
  switch (p.kind) {
    case '{':
      return parseRecordPattern(p)
    case '[':
      return parseListPattern(p)
    case '[|':
      return parseArrayPattern(p)
    default:
      return p.fail('a pattern')
  }
}

function parseRecordPattern(p: Parser): Pattern {
  const open = p.advance()
  const fields: PatternField[] = []
  let isOpen = false
  do {
    if (fields.length > 0 && !startsField(p)) break
    isOpen = fields.length > 0 && p.accept('_')
    if (!isOpen) fields.push(parsePatternField(p))
  } while (p.accept(';') && !isOpen)
  p.expectClosing('}', open)
  return { kind: 'record', fields, open: isOpen, region: p.region(open.start), attributes: noAttributes }
}

function startsField(p: Parser): boolean {
  return p.at('lident') || p.at('uident') || p.at('_')
}

/** `x`, `x : t`, `x = p`, `x : t = p` */
function parsePatternField(p: Parser): PatternField {
  const path = parseLowerPath(p)
  const type = p.accept(':') ? p.grammar.type(p) : undefined
  const pattern = p.accept('=') ? p.grammar.pattern(p) : punned(path)
  if (type === undefined) return { path, pattern }
  return { path, pattern: constrainedPattern(pattern, type, p.region(path.region.start)) }
}

function punned(path: LongName): Pattern {
  const text = path.kind === 'apply' ? '' : path.name
  return { kind: 'variable', name: name(text, path.region), region: path.region, attributes: noAttributes }
}

/** Separated by semicolons, perhaps with one at the end; at least one. */
function parseElements(p: Parser, closing: ']' | '|]'): readonly Pattern[] {
  const elements = [p.grammar.pattern(p)]
  while (p.accept(';')) {
    if (p.kind === closing || !startsPattern(p)) break
    elements.push(p.grammar.pattern(p))
  }
  return elements
}

function parseListPattern(p: Parser): Pattern {
  const open = p.advance()
  const { start } = open
  if (p.accept(']')) return constructPattern(identPath('[]', p.region(start)), undefined, p.region(start))
  const elements = parseElements(p, ']')
  const close = p.expectClosing(']', open)
  const end = p.tokenRegion(close)
  let list = constructPattern(identPath('[]', end), undefined, end)
  for (let i = elements.length - 1; i >= 0; i--) {
    const head = elements[i]!
    const region = p.region(i === 0 ? start : head.region.start)
    list = consPattern(head, list, region)
  }
  return list
}

function parseArrayPattern(p: Parser): Pattern {
  const open = p.advance()
  const elements = p.kind === '|]' ? [] : parseElements(p, '|]')
  p.expectClosing('|]', open)
  return { kind: 'array', elements, region: p.region(open.start), attributes: noAttributes }
}
