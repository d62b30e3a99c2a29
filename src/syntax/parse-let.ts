/** `let`: bindings of values, and what else `let` begins inside an expression. */

import type {
  Attribute,
  BindingConstraint,
  BindingOperator,
  Expression,
  ExtensionConstructor,
  Name,
  OpenDeclaration,
  Pattern,
  TypeExpression,
  ValueBinding,
} from './ast.ts'
import { constrainedPattern, identExpression, name, noAttributes } from './nodes.ts'
import { parseAttributes, parseItemAttributes, parseKeywordSuffix, suffixed } from './parse-attributes.ts'
import { parseTypeConstraint } from './parse-constraint.ts'
import { atLetDef, atLetLocation, parseDefBefore, parseLocationBefore } from './parse-definition.ts'
import { functionExpression, parseFunctionBody, parseParameters } from './parse-function.ts'
import {
  atParenthesizedOperator,
  parenthesizedOperatorLength,
  parseLowerName,
  parseModuleName,
  parseValueName,
} from './parse-names.ts'
import { parseLetPattern } from './parse-pattern.ts'
import { parseQuantifier, parseType } from './parse-type.ts'
import { parseException } from './parse-type-declaration.ts'
import type { Parser } from './parser.ts'
import { startsParameter } from './token-sets.ts'

// ---------------------------------------------------------------------------------------------------------
// Bindings

export interface LetBindings {
  readonly extension: string | undefined
  readonly recursive: boolean
  readonly bindings: readonly ValueBinding[]
}

/** `let … and …`, without `in`. */
export function parseLetBindings(p: Parser): LetBindings {
  const { start } = p.expect('let')
  const { extension, attributes } = parseKeywordSuffix(p)
  const recursive = p.accept('rec')
  const bindings = [parseValueBinding(p, start, attributes, extension !== undefined)]
  while (p.kind === 'and') {
    const and = p.advance().start
    bindings.push(parseValueBinding(p, and, parseAttributes(p), extension !== undefined))
  }
  return { extension, recursive, bindings }
}

function parseValueBinding(
  p: Parser,
  start: number,
  before: readonly Attribute[],
  mayPun: boolean,
): ValueBinding {
  const binding = parseBinding(p, mayPun)
  const attributes = [...before, ...parseItemAttributes(p)]
  return { ...binding, region: p.region(start), attributes }
}

interface Binding {
  readonly pattern: Pattern
  readonly constraint?: BindingConstraint
  readonly expression: Expression
}

function parseBinding(p: Parser, mayPun: boolean): Binding {
  return atBoundName(p) ? parseNamedBinding(p, mayPun) : parsePatternBinding(p)
}

/** Whether a name stands here that is not the beginning of a larger pattern. */
function atBoundName(p: Parser): boolean {
  if (p.kind === '(')
    return atParenthesizedOperator(p) && !continuesPattern(p, parenthesizedOperatorLength(p))
  return p.kind === 'lident' && !continuesPattern(p, 1)
}

function continuesPattern(p: Parser, distance: number): boolean {
  const { kind } = p.peek(distance)
  return kind === ',' || kind === '::' || kind === '|' || kind === 'as' || kind === '[@'
}

function variable(bound: Name): Pattern {
  return { kind: 'variable', name: bound, region: bound.region, attributes: noAttributes }
}

/** `x = e`, `x : t = e`, `f p1 … pn : t = e`; where it may, `x` alone. */
function parseNamedBinding(p: Parser, mayPun: boolean): Binding {
  const bound = parseValueName(p)
  const pattern = variable(bound)
  if (p.kind === '=') return { pattern, expression: parseRightHandSide(p) }
  if (p.kind === ':' || p.kind === ':>') {
    const constraint = parseBindingConstraint(p)
    return { pattern, constraint, expression: parseRightHandSide(p) }
  }
  if (mayPun && !startsParameter.has(p.kind)) {
    return { pattern, expression: identExpression(bound.text, bound.region) }
  }
  // OCaml reads the attributes of a name alone before it refuses it.
  if (p.kind === '[@@') {
    parseItemAttributes(p)
    p.fail("'='")
  }
  return { pattern, expression: parseFunctionBinding(p) }
}

function parseRightHandSide(p: Parser): Expression {
  p.expect('=')
  return p.grammar.sequence(p)
}

/** `p1 … pn : t = e`, n ≥ 1 */
export function parseFunctionBinding(p: Parser): Expression {
  const { start } = p.token
  const parameters = parseParameters(p)
  if (parameters.length === 0) p.fail("'='")
  const constraint = parseTypeConstraint(p)
  p.expect('=')
  const body = parseFunctionBody(p)
  return functionExpression(parameters, constraint, body, p.region(start))
}

/** `: t`, `: 'a. t`, `: type a. t`, `: t :> u`, `:> u` */
function parseBindingConstraint(p: Parser): BindingConstraint {
  if (p.kind === ':' && p.peek(1).kind === 'type') return parseLocallyAbstractConstraint(p)
  if (p.kind === ':' && atQuantifiedType(p)) {
    p.advance()
    return { kind: 'constraint', type: parseQuantified(p) }
  }
  return parseTypeConstraint(p) ?? p.fail()
}

function atQuantifiedType(p: Parser): boolean {
  return p.peek(1).kind === "'" && (p.peek(3).kind === '.' || p.peek(3).kind === "'")
}

function parseQuantified(p: Parser): TypeExpression {
  const { start } = p.token
  const variables = parseQuantifier(p)
  const type = parseType(p)
  return { kind: 'poly', variables, type, region: p.region(start), attributes: noAttributes }
}

function parseLocallyAbstractConstraint(p: Parser): BindingConstraint {
  p.advance()
  p.advance()
  const types = [parseLowerName(p)]
  while (p.kind === 'lident') types.push(parseLowerName(p))
  p.expect('.')
  return { kind: 'locally-abstract', types, type: parseType(p) }
}

/** `p = e`; a simple pattern may have `: t` behind it. */
function parsePatternBinding(p: Parser): Binding {
  const pattern = parseLetPattern(p)
  if (p.kind !== ':' || p.simplePattern !== pattern) return { pattern, expression: parseRightHandSide(p) }
  p.advance()
  const type = parseType(p)
  return { pattern, constraint: { kind: 'constraint', type }, expression: parseRightHandSide(p) }
}

// ---------------------------------------------------------------------------------------------------------
// Expressions

/** What makes the expression when its body, which reaches to where the parser then stands, is known. */
export type Completion = (body: Expression) => Expression

/** What begins with `let` or a binding operator inside an expression. */
export function parseLetExpression(p: Parser): Expression {
  const complete = parseLetHead(p)
  return complete(p.grammar.sequence(p))
}

/** Up to the `in` and with it. */
export function parseLetHead(p: Parser): Completion {
  const complete = parseLetBefore(p)
  p.expect('in')
  return complete
}

/** Up to the `in`. */
export function parseLetBefore(p: Parser): Completion {
  p.enter()
  const complete = p.unstopped(() => parseAnyLet(p))
  p.leave()
  return complete
}

function parseAnyLet(p: Parser): Completion {
  if (p.kind === 'let-operator') return parseBindingOperators(p)
  switch (p.peek(1).kind) {
    case 'lident':
      if (atLetDef(p)) return parseDefBefore(p)
      return atLetLocation(p) ? parseLocationBefore(p) : parsePlainLet(p)
    case 'module':
      return parseLetModule(p)
    case 'exception':
      return parseLetException(p)
    case 'open':
      return parseLetOpen(p)
    default:
      return parsePlainLet(p)
  }
}

function parsePlainLet(p: Parser): Completion {
  const { start } = p.token
  return completeLet(p, start, parseLetBindings(p))
}

/** `in e`, behind bindings that begin at `start`. */
export function parseLetRest(p: Parser, start: number, let_: LetBindings): Expression {
  const complete = completeLet(p, start, let_)
  p.expect('in')
  return complete(p.grammar.sequence(p))
}

function completeLet(p: Parser, start: number, let_: LetBindings): Completion {
  const { recursive, bindings, extension } = let_
  const suffix = { extension, attributes: noAttributes }
  return (body) =>
    suffixed(
      { kind: 'let', recursive, bindings, body, region: p.region(start), attributes: noAttributes },
      suffix,
    )
}

function parseLetModule(p: Parser): Completion {
  const { start } = p.advance()
  p.advance()
  const suffix = parseKeywordSuffix(p)
  const bound = parseModuleName(p)
  const module = p.grammar.moduleBinding(p)
  return (body) =>
    suffixed(
      { kind: 'let-module', name: bound, module, body, region: p.region(start), attributes: noAttributes },
      suffix,
    )
}

function parseLetException(p: Parser): Completion {
  const { start } = p.advance()
  p.advance()
  const suffix = parseKeywordSuffix(p)
  const exception: ExtensionConstructor = parseException(p, p.token.start, noAttributes, false)
  return (body) =>
    suffixed(
      { kind: 'let-exception', exception, body, region: p.region(start), attributes: noAttributes },
      suffix,
    )
}

function parseLetOpen(p: Parser): Completion {
  const { start } = p.advance()
  const opening = p.advance()
  const override = p.accept('!')
  const suffix = parseKeywordSuffix(p)
  const module = p.grammar.moduleExpression(p)
  const region = p.region(opening.start)
  const open: OpenDeclaration = { module, override, region, attributes: noAttributes }
  return (body) =>
    suffixed({ kind: 'open', open, body, region: p.region(start), attributes: noAttributes }, suffix)
}

// ---------------------------------------------------------------------------------------------------------
// Binding operators

/** `let* p = e and* p = e` */
function parseBindingOperators(p: Parser): Completion {
  const { start } = p.token
  const let_ = parseBindingOperator(p)
  const ands: BindingOperator[] = []
  while (p.kind === 'and-operator') ands.push(parseBindingOperator(p))
  return (body) => {
    return { kind: 'let-operator', let: let_, ands, body, region: p.region(start), attributes: noAttributes }
  }
}

function parseBindingOperator(p: Parser): BindingOperator {
  const token = p.advance()
  const operator = name(token.text, p.tokenRegion(token))
  const { pattern, constraint, expression } = parseBinding(p, true)
  const region = p.region(token.start)
  return { operator, pattern: annotated(pattern, constraint), expression, region }
}

/** A binding operator keeps its annotation in the pattern. */
function annotated(pattern: Pattern, constraint: BindingConstraint | undefined): Pattern {
  if (constraint?.kind !== 'constraint') return pattern
  const { type } = constraint
  return constrainedPattern(pattern, type, { ...pattern.region, end: type.region.end })
}
