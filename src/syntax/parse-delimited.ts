/** Expressions between brackets of any kind, and paths, which may open a module before such a bracket. */

import type { Region } from '../base/region.ts'
import type { Expression, ExpressionField, LongName, ModuleExpression, Name, TypeExpression } from './ast.ts'
import {
  consExpression,
  constructExpression,
  extensionExpression,
  identExpression,
  identPath,
  noAttributes,
  relocated,
  withAttributes,
} from './nodes.ts'
import { parseKeywordSuffix } from './parse-attributes.ts'
import { constrained, parseTypeConstraint } from './parse-constraint.ts'
import {
  atParenthesizedOperator,
  extendPath,
  operatorKinds,
  parseLowerName,
  parseLowerPath,
  parseOperatorName,
} from './parse-names.ts'
import type { Parser } from './parser.ts'
import {
  startsExpression,
  startsModule,
  startsModuleType,
  startsSimpleExpression,
  startsSimplePattern,
} from './token-sets.ts'
import type { Token, TokenKind } from './tokens.ts'

function bare(p: Parser, expression: Expression): Expression {
  p.bare = expression
  return expression
}

// ---------------------------------------------------------------------------------------------------------
// Parentheses

/** `(e)`, `(e : t)`, `()`, `( + )`, `(::)`, `(module M)` */
export function parseParenthesized(p: Parser): Expression {
  const next = p.peek(1)
  if (next.kind === ')') return parseUnit(p)
  if (next.kind === '::') return parseCons(p)
  if (next.kind === 'module') return parsePack(p)
  if (atOperator(p)) return parseOperator(p, undefined)
  const open = p.advance()
  if (!mayStartExpression(p.kind)) p.expecting('operator')
  const expression = p.grammar.sequence(p)
  const constraint = parseTypeConstraint(p)
  if (constraint !== undefined) {
    p.expect(')')
    return constrained(expression, constraint, p.region(open.start))
  }
  p.expectClosing(')', open)
  return relocated(expression, p.region(open.start))
}

/** Whether what stands behind the parenthesis can only be an operator, whose closing parenthesis may be missing. */
function atOperator(p: Parser): boolean {
  if (atParenthesizedOperator(p)) return true
  const { kind } = p.peek(1)
  if (!operatorKinds.has(kind)) return false
  if (kind === 'let-operator') return !startsSimplePattern.has(p.peek(2).kind)
  if (kind === '!' || kind === 'prefix-operator') return !startsSimpleExpression.has(p.peek(2).kind)
  return !startsExpression.has(kind) || !mayStartExpression(p.peek(2).kind)
}

function mayStartExpression(kind: TokenKind): boolean {
  return startsExpression.has(kind) || kind === '_'
}

function parseUnit(p: Parser): Expression {
  const { start } = p.advance()
  p.advance()
  const region = p.region(start)
  return bare(p, constructExpression(identPath('()', region), undefined, region))
}

function parseCons(p: Parser): Expression {
  const { start } = p.advance()
  p.advance()
  p.expect(')')
  const region = p.region(start)
  return bare(p, constructExpression(identPath('::', region), undefined, region))
}

/** `( + )`, or `M.( + )` when there is a prefix. */
function parseOperator(p: Parser, prefix: LongName | undefined): Expression {
  const open = p.advance()
  const { text } = parseOperatorName(p)
  p.expectClosing(')', open)
  const region = p.region(prefix?.region.start ?? open.start)
  if (prefix === undefined) return identExpression(text, region)
  return {
    kind: 'ident',
    path: { kind: 'dot', prefix, name: text, region },
    region,
    attributes: noAttributes,
  }
}

/** `(module M)`, `(module M : S)` */
function parsePack(p: Parser): Expression {
  const open = p.advance()
  p.advance()
  const { extension, attributes } = parseKeywordSuffix(p)
  if (!startsModule.has(p.kind)) p.expecting('module-expr')
  const module = p.grammar.moduleExpression(p)
  const type = p.accept(':') ? parsePackedType(p, open) : undefined
  p.expect(')')
  const node = withAttributes(packExpression(module, type, p.region(open.start)), attributes)
  return extension === undefined ? node : extensionExpression(extension, node)
}

function parsePackedType(p: Parser, open: Token): TypeExpression {
  if (!startsModuleType.has(p.kind)) p.unclosed(open, ')')
  return p.grammar.packageType(p)
}

function packExpression(
  module: ModuleExpression,
  type: TypeExpression | undefined,
  region: Region,
): Expression {
  const common = { kind: 'pack', module, region, attributes: noAttributes } as const
  return type === undefined ? common : { ...common, type }
}

// ---------------------------------------------------------------------------------------------------------
// begin, new, object

export function parseBeginEnd(p: Parser): Expression {
  const open = p.advance()
  const { extension, attributes } = parseKeywordSuffix(p)
  const node = withAttributes(parseBeginBody(p, open), attributes)
  return extension === undefined ? node : extensionExpression(extension, node)
}

function parseBeginBody(p: Parser, open: Token): Expression {
  if (p.accept('end')) {
    const region = p.region(open.start)
    return constructExpression(identPath('()', region), undefined, region)
  }
  const expression = p.grammar.sequence(p)
  p.expectClosing('end', open)
  return relocated(expression, p.region(open.start))
}

export function parseNew(p: Parser): Expression {
  const { start } = p.advance()
  const { extension, attributes } = parseKeywordSuffix(p)
  const path = parseLowerPath(p)
  const node: Expression = { kind: 'new', path, region: p.region(start), attributes }
  return extension === undefined ? node : extensionExpression(extension, node)
}

export function parseObject(p: Parser): Expression {
  const open = p.advance()
  const { extension, attributes } = parseKeywordSuffix(p)
  const body = p.grammar.classStructure(p)
  p.expectClosing('end', open)
  const node: Expression = { kind: 'object', body, region: p.region(open.start), attributes }
  return extension === undefined ? node : extensionExpression(extension, node)
}

// ---------------------------------------------------------------------------------------------------------
// Lists and arrays

/** Separated by semicolons, perhaps with one at the end; at least one. */
function parseElements(p: Parser): readonly Expression[] {
  const elements = [p.grammar.expression(p)]
  while (p.accept(';')) {
    if (!mayStartExpression(p.kind)) break
    elements.push(p.grammar.expression(p))
  }
  return elements
}

export function parseBracketed(p: Parser): Expression {
  const open = p.advance()
  if (p.accept(']')) {
    const region = p.region(open.start)
    return bare(p, constructExpression(identPath('[]', region), undefined, region))
  }
  const elements = parseElements(p)
  const close = p.expectClosing(']', open)
  return listExpression(p, elements, open, close)
}

/** `[a; b]` is `a :: b :: []`; each part reaches from its element to the closing bracket. */
function listExpression(p: Parser, elements: readonly Expression[], open: Token, close: Token): Expression {
  const end = p.tokenRegion(close)
  let list = constructExpression(identPath('[]', end), undefined, end)
  for (let i = elements.length - 1; i >= 0; i--) {
    const head = elements[i]!
    const region = p.region(i === 0 ? open.start : head.region.start)
    list = consExpression(head, list, identPath('::', region), region)
  }
  return list
}

export function parseArray(p: Parser): Expression {
  const open = p.advance()
  const elements = p.kind === '|]' ? [] : parseElements(p)
  p.expectClosing('|]', open)
  return { kind: 'array', elements, region: p.region(open.start), attributes: noAttributes }
}

// ---------------------------------------------------------------------------------------------------------
// Records

/** `{ x = e; y }`, `{ r with x = e }` */
export function parseBraces(p: Parser): Expression {
  const open = p.advance()
  const { base, first } = parseBaseOrLabel(p)
  const fields = parseFields(p, first)
  p.expectClosing('}', open)
  const common = { kind: 'record', fields, region: p.region(open.start), attributes: noAttributes } as const
  return base === undefined ? common : { ...common, base }
}

interface BaseOrLabel {
  readonly base: Expression | undefined
  /** The label that was read instead. */
  readonly first: LongName | undefined
}

/** A simple expression before `with`, or the first label, which reads like one. */
function parseBaseOrLabel(p: Parser): BaseOrLabel {
  const beginsLabel = p.kind === 'lident' || p.kind === 'uident'
  const expression = p.grammar.simpleExpression(p)
  if (p.accept('with')) return { base: expression, first: undefined }
  const isLabel = beginsLabel && expression.kind === 'ident' && p.bare === expression
  if (!isLabel) p.fail("'with'")
  return { base: undefined, first: expression.path }
}

function parseFields(p: Parser, first: LongName | undefined): readonly ExpressionField[] {
  const fields = [parseField(p, first ?? parseLowerPath(p))]
  while (p.accept(';')) {
    if (p.kind !== 'lident' && p.kind !== 'uident') break
    fields.push(parseField(p, parseLowerPath(p)))
  }
  return fields
}

/** `x`, `x = e`, `x : t = e`, whose label is behind us. */
function parseField(p: Parser, path: LongName): ExpressionField {
  const constraint = parseTypeConstraint(p)
  const value = p.accept('=') ? p.grammar.expression(p) : punned(path)
  if (constraint === undefined) return { path, value }
  return { path, value: constrained(value, constraint, p.region(path.region.start)) }
}

/** `{ M.x }` is `{ M.x = x }`. */
function punned(path: LongName): Expression {
  return identExpression(path.kind === 'apply' ? '' : path.name, path.region)
}

/** `{< x = e; y >}` */
export function parseOverride(p: Parser): Expression {
  const open = p.advance()
  const fields: { readonly name: Name; readonly value: Expression }[] = []
  while (p.kind === 'lident') {
    const label = parseLowerName(p)
    const value = p.accept('=') ? p.grammar.expression(p) : identExpression(label.text, label.region)
    fields.push({ name: label, value })
    if (!p.accept(';')) break
  }
  if (fields.length === 0) p.expect('>}')
  else p.expectClosing('>}', open)
  return { kind: 'override', fields, region: p.region(open.start), attributes: noAttributes }
}

// ---------------------------------------------------------------------------------------------------------
// Paths and local opens

/** `M.x`, `M.C`, `M.( + )`, `M.(e)`, `M.[…]` */
export function parsePathExpression(p: Parser): Expression {
  const first = p.advance()
  let path: LongName = identPath(first.text, p.tokenRegion(first))
  while (p.kind === '.') {
    p.advance()
    if (p.at('lident')) return parseQualifiedVariable(p, path)
    if (!p.at('uident')) return parseOpened(p, path)
    path = extendPath(path, p.advance(), p)
  }
  return bare(p, constructExpression(path, undefined, path.region))
}

function parseQualifiedVariable(p: Parser, prefix: LongName): Expression {
  const path = extendPath(prefix, p.advance(), p)
  return bare(p, { kind: 'ident', path, region: path.region, attributes: noAttributes })
}

/** What stands behind `M.` and is not a name. */
function parseOpened(p: Parser, path: LongName): Expression {
  if (p.kind === '(') {
    if (p.peek(1).kind === '::') return parseQualifiedCons(p, path)
    if (atOperator(p)) return parseOperator(p, path)
  }
  const body = parseOpenedBody(p)
  const open = openOf(path)
  return { kind: 'open', open, body, region: p.region(path.region.start), attributes: noAttributes }
}

function openOf(path: LongName) {
  const module: ModuleExpression = { kind: 'ident', path, region: path.region, attributes: noAttributes }
  return { module, override: false, region: path.region, attributes: noAttributes }
}

function parseQualifiedCons(p: Parser, prefix: LongName): Expression {
  p.advance()
  p.advance()
  p.expect(')')
  const region = p.region(prefix.region.start)
  return bare(p, constructExpression({ kind: 'dot', prefix, name: '::', region }, undefined, region))
}

function parseOpenedBody(p: Parser): Expression {
  switch (p.kind) {
    case '(':
      return parseOpenedParentheses(p)
    case '[':
      return parseBracketed(p)
    case '[|':
      return parseArray(p)
    case '{':
      return parseBraces(p)
    case '{<':
      return parseOverride(p)
    default:
      return p.fail('a name')
  }
}

/** Like any parentheses, but without a constraint at their top. */
function parseOpenedParentheses(p: Parser): Expression {
  const next = p.peek(1).kind
  if (next === ')') return parseUnit(p)
  if (next === 'module') return parseOpenedPack(p)
  const open = p.advance()
  if (!mayStartExpression(p.kind)) p.expecting('operator')
  const expression = p.grammar.sequence(p)
  p.expectClosing(')', open)
  return expression
}

/** `M.(module X : S)`: the type must be there. */
function parseOpenedPack(p: Parser): Expression {
  const open = p.advance()
  p.advance()
  const { extension, attributes } = parseKeywordSuffix(p)
  if (!startsModule.has(p.kind)) p.expecting('module-expr')
  const module = p.grammar.moduleExpression(p)
  p.expect(':')
  const type = parsePackedType(p, open)
  p.expect(')')
  const node = withAttributes(packExpression(module, type, p.region(open.start)), attributes)
  return extension === undefined ? node : extensionExpression(extension, node)
}
