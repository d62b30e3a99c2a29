/** `fun`, `function`, their parameters, and the cases of `match` and its like. */

import type { Region } from '../base/region.ts'
import type {
  Case,
  Expression,
  FunctionBody,
  Label,
  Name,
  Parameter,
  Pattern,
  TypeConstraint,
} from './ast.ts'
import { constrainedPattern, extensionExpression, noAttributes, noLabel, withAttributes } from './nodes.ts'
import { parseKeywordSuffix } from './parse-attributes.ts'
import { constrained } from './parse-constraint.ts'
import { parseLowerName } from './parse-names.ts'
import { parseLocallyAbstract } from './parse-pattern.ts'
import { parseSimplePattern } from './parse-simple-pattern.ts'
import { parseSimpleType } from './parse-type.ts'
import type { Parser } from './parser.ts'
import { startsParameter } from './token-sets.ts'

/** `fun params : t -> e` or `function cases`. */
export function parseFunction(p: Parser): Expression {
  const keyword = p.advance()
  const { extension, attributes } = parseKeywordSuffix(p)
  const node = keyword.kind === 'fun' ? parseFun(p, keyword.start) : parseFunctionCases(p, keyword.start)
  const attributed = withAttributes(node, attributes)
  return extension === undefined ? attributed : extensionExpression(extension, attributed)
}

function parseFun(p: Parser, start: number): Expression {
  const parameters = parseParameters(p)
  if (parameters.length === 0) p.fail('a parameter')
  const constraint = p.accept(':') ? ({ kind: 'constraint', type: parseSimpleType(p) } as const) : undefined
  p.expect('->')
  const body = parseFunctionBody(p)
  return functionExpression(parameters, constraint, body, p.region(start))
}

function parseFunctionCases(p: Parser, start: number): Expression {
  const cases = parseCases(p)
  const region = p.region(start)
  const body: FunctionBody = { kind: 'cases', cases, region }
  return { kind: 'function', parameters: [], body, region, attributes: noAttributes }
}

/** The right-hand side of a function: `function` without attributes makes its cases part of it. */
export function parseFunctionBody(p: Parser): FunctionBody {
  const joins = p.kind === 'function' && p.peek(1).kind !== '%' && p.peek(1).kind !== '[@'
  if (!joins) return { kind: 'expression', expression: p.grammar.sequence(p) }
  p.enter()
  const { start } = p.advance()
  const cases = parseCases(p)
  p.leave()
  return { kind: 'cases', cases, region: p.region(start) }
}

/** The function; parameters that are all types make no function but nested `newtype` nodes. */
export function functionExpression(
  parameters: readonly Parameter[],
  constraint: TypeConstraint | undefined,
  body: FunctionBody,
  region: Region,
): Expression {
  if (parameters.every((parameter) => parameter.kind === 'newtype')) {
    return newtypeExpression(parameters, constrainedBody(constraint, body), region)
  }
  const common = { kind: 'function', parameters, body, region, attributes: noAttributes } as const
  return constraint === undefined ? common : { ...common, constraint }
}

function constrainedBody(constraint: TypeConstraint | undefined, body: FunctionBody): Expression {
  const expression = body.kind === 'expression' ? body.expression : casesExpression(body)
  return constraint === undefined ? expression : constrained(expression, constraint, expression.region)
}

function casesExpression(body: FunctionBody & { kind: 'cases' }): Expression {
  return { kind: 'function', parameters: [], body, region: body.region, attributes: noAttributes }
}

export function newtypeExpression(
  names: readonly { readonly name: Name }[],
  body: Expression,
  region: Region,
): Expression {
  let expression = body
  for (let i = names.length - 1; i >= 0; i--) {
    const { name: type } = names[i]!
    const from = i === 0 ? region : { ...region, start: type.region.start }
    expression = { kind: 'newtype', name: type, body: expression, region: from, attributes: noAttributes }
  }
  return expression
}

// ---------------------------------------------------------------------------------------------------------
// Cases

/** `| p when e -> e | …`, the first bar optional. */
export function parseCases(p: Parser): readonly Case[] {
  p.accept('|')
  const cases = [parseCase(p)]
  while (p.accept('|')) cases.push(parseCase(p))
  return cases
}

function parseCase(p: Parser): Case {
  const pattern = p.grammar.pattern(p)
  const { start } = pattern.region
  if (!p.accept('when')) return { pattern, body: parseCaseBody(p, true), region: p.region(start) }
  const guard = p.grammar.sequence(p)
  return { pattern, guard, body: parseCaseBody(p, false), region: p.region(start) }
}

function parseCaseBody(p: Parser, mayBeUnreachable: boolean): Expression {
  p.expect('->')
  if (p.kind !== '.' || !mayBeUnreachable) return p.grammar.sequence(p)
  const { start } = p.advance()
  return { kind: 'unreachable', region: p.region(start), attributes: noAttributes }
}

// ---------------------------------------------------------------------------------------------------------
// Parameters

/** As many as there are. */
export function parseParameters(p: Parser): readonly Parameter[] {
  const parameters: Parameter[] = []
  while (startsParameter.has(p.kind)) {
    if (p.kind === '(' && p.peek(1).kind === 'type') parameters.push(...parseTypeParameters(p))
    else parameters.push(parseParameter(p))
  }
  return parameters
}

function parseTypeParameters(p: Parser): readonly Parameter[] {
  const { start } = p.token
  const types = parseLocallyAbstract(p)
  const region = p.region(start)
  return types.map((type) => ({ kind: 'newtype', name: type, region }) as const)
}

export interface LabelledPattern {
  readonly label: Label
  readonly default?: Expression
  readonly pattern: Pattern
}

function parseParameter(p: Parser): Parameter {
  const { start } = p.token
  const labelled = parseLabelledPattern(p)
  return { kind: 'value', ...labelled, region: p.region(start) }
}

/** `p`, `~x`, `~x:p`, `~(x : t)`, `?x`, `?x:p`, `?(x = e)`, `?x:(p = e)` */
export function parseLabelledPattern(p: Parser): LabelledPattern {
  switch (p.kind) {
    case '~':
      p.advance()
      return parsePunned(p, 'labelled')
    case '?':
      p.advance()
      return parsePunned(p, 'optional')
    case 'label':
      return { label: { kind: 'labelled', name: p.advance().text }, pattern: parseSimplePattern(p) }
    case 'optional-label':
      return parseOptional(p, { kind: 'optional', name: p.advance().text })
    default:
      return { label: noLabel, pattern: parseSimplePattern(p) }
  }
}

function variable(variableName: Name): Pattern {
  return { kind: 'variable', name: variableName, region: variableName.region, attributes: noAttributes }
}

/** `x` or `(x : t)` behind `~`; behind `?` also `(x : t = e)`. */
function parsePunned(p: Parser, kind: 'labelled' | 'optional'): LabelledPattern {
  if (p.kind !== '(') {
    const label = parseLowerName(p)
    return { label: { kind, name: label.text }, pattern: variable(label) }
  }
  p.advance()
  const label = parseLowerName(p)
  const pattern = parseAnnotation(p, variable(label))
  const fallback = kind === 'optional' && p.accept('=') ? p.grammar.sequence(p) : undefined
  p.expect(')')
  return labelledPattern({ kind, name: label.text }, pattern, fallback)
}

function labelledPattern(label: Label, pattern: Pattern, fallback: Expression | undefined): LabelledPattern {
  return fallback === undefined ? { label, pattern } : { label, pattern, default: fallback }
}

function parseAnnotation(p: Parser, pattern: Pattern): Pattern {
  if (!p.accept(':')) return pattern
  const type = p.grammar.type(p)
  return constrainedPattern(pattern, type, p.region(pattern.region.start))
}

/** `x`, `_` or `(p : t = e)` behind `?x:`. */
function parseOptional(p: Parser, label: Label): LabelledPattern {
  if (p.kind !== '(') return { label, pattern: parseOptionalVariable(p) }
  p.advance()
  const pattern = parseAnnotation(p, p.grammar.pattern(p))
  const fallback = p.accept('=') ? p.grammar.sequence(p) : undefined
  p.expect(')')
  return labelledPattern(label, pattern, fallback)
}

function parseOptionalVariable(p: Parser): Pattern {
  if (p.kind !== 'lident' && p.kind !== '_') p.fail()
  return parseSimplePattern(p)
}
