/**
 * Expressions that need no parentheses as an argument: atoms, and what may stand behind them (`.x`, `.(i)`,
 * `#m`, `##e`).
 *
 * The grammar treats some of them apart only while they stand without parentheses: a constructor takes an
 * argument, a field, an element or a name can be assigned to. `Parser.bare` is such a node when it was the
 * last to be parsed; parentheses make a new node, so identity tells.
 */

import type { Expression, LongName } from './ast.ts'
import { applyExpression, constantExpression, identExpression, identPath, noAttributes } from './nodes.ts'
import { operatorText } from './operators.ts'
import { parseExtension } from './parse-attributes.ts'
import { constantOfToken } from './parse-constants.ts'
import {
  parseArray,
  parseBeginEnd,
  parseBraces,
  parseBracketed,
  parseNew,
  parseObject,
  parseOverride,
  parseParenthesized,
  parsePathExpression,
} from './parse-delimited.ts'
import { atIndexing, indexExpression, parseIndexing } from './parse-indexing.ts'
import { extendPath, parseLowerName, parseTag } from './parse-names.ts'
import type { Parser } from './parser.ts'

export function parseSimpleExpression(p: Parser): Expression {
  let expression = parseDotted(p)
  for (;;) {
    if (p.kind === '#') expression = parseSend(p, expression)
    else if (p.kind === 'hash-operator') expression = parseHashOperator(p, expression)
    else return expression
    expression = parseDots(p, expression)
  }
}

function parseSend(p: Parser, object: Expression): Expression {
  p.advance()
  const method = parseLowerName(p)
  return { kind: 'send', object, method, region: p.region(object.region.start), attributes: noAttributes }
}

function parseHashOperator(p: Parser, left: Expression): Expression {
  const token = p.advance()
  const right = parseDotted(p)
  const operator = identExpression(token.text, p.tokenRegion(token))
  return applyExpression(operator, [left, right], p.region(left.region.start))
}

function parseDotted(p: Parser): Expression {
  return parseDots(p, parseAtom(p))
}

/** `.x`, `.M.x`, `.(i)`, `.%(i)`, as often as they follow. */
function parseDots(p: Parser, first: Expression): Expression {
  let expression = first
  for (;;) {
    if (p.kind === 'dot-operator' || (p.kind === '.' && atIndexing(p))) expression = parseIndex(p, expression)
    else if (p.kind === '.') expression = parseField(p, expression)
    else return expression
  }
}

function parseIndex(p: Parser, collection: Expression): Expression {
  const indexing = p.unstopped(() => parseIndexing(p, collection))
  const expression = indexExpression(indexing, undefined, p.region(collection.region.start))
  p.bare = expression
  p.indexing = indexing
  return expression
}

function parseField(p: Parser, record: Expression): Expression {
  p.advance()
  let path = parseFieldStep(p)
  while (p.kind === '.' && path.last === 'uident') {
    p.advance()
    const token = p.at('uident') ? p.advance() : p.expect('lident')
    path = { path: extendPath(path.path, token, p), last: token.kind }
  }
  if (path.last === 'uident') p.fail('a field name')
  const region = p.region(record.region.start)
  const expression: Expression = { kind: 'field', record, path: path.path, region, attributes: noAttributes }
  p.bare = expression
  return expression
}

function parseFieldStep(p: Parser): { readonly path: LongName; readonly last: string } {
  if (p.kind !== 'uident' && p.kind !== 'lident') p.fail('a field name')
  const token = p.advance()
  return { path: identPath(token.text, p.tokenRegion(token)), last: token.kind }
}

// ---------------------------------------------------------------------------------------------------------
// Assignments

/** `x <- e`, `r.x <- e`, `a.(i) <- e`; undefined when `target` cannot be assigned to. */
export function parseAssignment(p: Parser, target: Expression): Expression | undefined {
  if (p.bare !== target) return undefined
  if (target.kind === 'ident') return parseSetInstanceVariable(p, target.path)
  const { start } = target.region
  if (target.kind === 'field') {
    const value = parseAssigned(p)
    const { record, path } = target
    return { kind: 'set-field', record, path, value, region: p.region(start), attributes: noAttributes }
  }
  const { indexing } = p
  if (target.kind !== 'apply' || indexing === undefined) return undefined
  const value = parseAssigned(p)
  return indexExpression(indexing, value, p.region(start))
}

function parseAssigned(p: Parser): Expression {
  p.expect('<-')
  return p.grammar.expression(p)
}

function parseSetInstanceVariable(p: Parser, path: LongName): Expression | undefined {
  if (path.kind !== 'ident') return undefined
  const value = parseAssigned(p)
  const name = { text: path.name, region: path.region }
  return {
    kind: 'set-instance-variable',
    name,
    value,
    region: p.region(path.region.start),
    attributes: noAttributes,
  }
}

// ---------------------------------------------------------------------------------------------------------
// Atoms

function parseAtom(p: Parser): Expression {
  switch (p.kind) {
    case 'lident':
      return parseVariable(p)
    case 'uident':
      return p.unstopped(() => parsePathExpression(p))
    case 'true':
    case 'false':
      return parseBoolean(p)
    case 'int':
    case 'float':
    case 'char':
    case 'string':
      return parseConstant(p)
    case '!':
    case 'prefix-operator':
      return parsePrefix(p)
    case '`':
      return parseConstantTag(p)
    case '[%':
    case 'quoted-extension':
      return parseExtensionExpression(p)
    default:
      return p.unstopped(() => parseEnclosed(p))
  }
}

function parseEnclosed(p: Parser): Expression {
  switch (p.kind) {
    case '(':
      return parseParenthesized(p)
    case '[':
      return parseBracketed(p)
    case '[|':
      return parseArray(p)
    case '{':
      return parseBraces(p)
    case '{<':
      return parseOverride(p)
    case 'begin':
      return parseBeginEnd(p)
    case 'new':
      return parseNew(p)
    case 'object':
      return parseObject(p)
    default:
      return p.fail('an expression')
  }
}

function parseVariable(p: Parser): Expression {
  const token = p.advance()
  const expression = identExpression(token.text, p.tokenRegion(token))
  p.bare = expression
  return expression
}

function parseBoolean(p: Parser): Expression {
  const token = p.advance()
  const region = p.tokenRegion(token)
  const path = identPath(token.kind, region)
  const expression: Expression = { kind: 'construct', path, region, attributes: noAttributes }
  p.bare = expression
  return expression
}

function parseConstant(p: Parser): Expression {
  const token = p.advance()
  return constantExpression(constantOfToken(token), p.tokenRegion(token))
}

/** `!e`, `~-e`: tighter than a dot. */
function parsePrefix(p: Parser): Expression {
  const operators = []
  while (p.kind === '!' || p.kind === 'prefix-operator') operators.push(p.advance())
  let expression = parseAtom(p)
  for (let i = operators.length - 1; i >= 0; i--) {
    const token = operators[i]!
    const operator = identExpression(operatorText(token), p.tokenRegion(token))
    expression = applyExpression(operator, [expression], p.region(token.start))
  }
  p.bare = undefined
  return expression
}

function parseConstantTag(p: Parser): Expression {
  const { text: tag, region } = parseTag(p)
  const expression: Expression = { kind: 'variant', tag, region, attributes: noAttributes }
  p.bare = expression
  return expression
}

function parseExtensionExpression(p: Parser): Expression {
  const { start } = p.token
  const { name, payload } = parseExtension(p)
  return { kind: 'extension', name, payload, region: p.region(start), attributes: noAttributes }
}
