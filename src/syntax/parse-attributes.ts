/** Attributes and extension nodes (manual, sections 12.12 and 12.13). */

import type { Attribute, AttributePayload, Expression } from './ast.ts'
import {
  constantExpression,
  expressionPayload,
  extensionExpression,
  noAttributes,
  withAttributes,
} from './nodes.ts'
import { stringConstant } from './parse-constants.ts'
import { parseAttributeName } from './parse-names.ts'
import type { Parser } from './parser.ts'
import type { TokenKind } from './tokens.ts'

export interface Extension {
  readonly name: string
  readonly payload: AttributePayload
}

function parseAttribute(p: Parser): Attribute {
  const start = p.advance().start
  const name = parseAttributeName(p)
  const payload = p.grammar.payload(p)
  p.expect(']')
  return { name, payload, region: p.region(start) }
}

function parseAttributesOf(p: Parser, open: TokenKind): readonly Attribute[] {
  if (p.kind !== open) return noAttributes
  const attributes: Attribute[] = []
  while (p.kind === open) attributes.push(parseAttribute(p))
  return attributes
}

/** `[@a] [@b]` */
export function parseAttributes(p: Parser): readonly Attribute[] {
  return parseAttributesOf(p, '[@')
}

/** One `[@a]`, at which the parser stands. */
export function parseOneAttribute(p: Parser): Attribute {
  return parseAttribute(p)
}

/** `[@@a] [@@b]` behind an item. */
export function parseItemAttributes(p: Parser): readonly Attribute[] {
  return parseAttributesOf(p, '[@@')
}

/** `[@@@a]` */
export function parseFloatingAttribute(p: Parser): Attribute {
  return parseAttribute(p)
}

/** What may follow a keyword: `%name` and attributes. */
export interface KeywordSuffix {
  readonly extension: string | undefined
  readonly attributes: readonly Attribute[]
}

export function parseKeywordSuffix(p: Parser): KeywordSuffix {
  const extension = parseKeywordExtension(p)
  return { extension, attributes: parseAttributes(p) }
}

/** Puts what stood behind the keyword onto a finished construct. */
export function suffixed(expression: Expression, suffix: KeywordSuffix): Expression {
  const attributed = withAttributes(expression, suffix.attributes)
  return suffix.extension === undefined ? attributed : extensionExpression(suffix.extension, attributed)
}

/** `%name`, if present. */
export function parseKeywordExtension(p: Parser): string | undefined {
  if (!p.accept('%')) return undefined
  return parseAttributeName(p)
}

/** `[%name payload]` or `{%name|…|}`, at which the parser stands. */
export function parseExtension(p: Parser): Extension {
  if (p.kind === 'quoted-extension' || p.kind === 'quoted-item-extension') return parseQuotedExtension(p)
  p.advance()
  const name = parseAttributeName(p)
  const payload = p.grammar.payload(p)
  p.expect(']')
  return { name, payload }
}

function parseQuotedExtension(p: Parser): Extension {
  const { value, text } = p.advance()
  if (value?.kind !== 'string') p.fail()
  const { start, end } = value.contents
  const region = { source: p.source, start, end }
  return { name: text, payload: expressionPayload(constantExpression(stringConstant(value), region)) }
}
