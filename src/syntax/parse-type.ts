/** Type expressions (manual, section 11.4). */

import type { Label, LongName, Name, ObjectTypeField, TypeExpression, VariantRow } from './ast.ts'
import { name, noAttributes, noLabel, relocated, withAttribute, withAttributes } from './nodes.ts'
import { parseAttributes, parseExtension, parseKeywordSuffix, parseOneAttribute } from './parse-attributes.ts'
import { atDef } from './parse-definition.ts'
import { extendPath, parseLowerName, parseLowerPath, parseTag, parseTypePath } from './parse-names.ts'
import type { Parser } from './parser.ts'
import { startsSimpleType } from './token-sets.ts'

/** A type expression with attributes behind it: `int -> int [@a]`. */
export function parseType(p: Parser): TypeExpression {
  let type = parsePlainType(p)
  while (p.kind === '[@') type = withAttribute(type, parseOneAttribute(p))
  return type
}

/** Without attributes; with `as 'a`. */
export function parsePlainType(p: Parser): TypeExpression {
  p.enter()
  const { start } = p.token
  let type = parseArrow(p)
  while (p.accept('as')) {
    const variable = parseTypeVariable(p).text
    type = {
      kind: 'alias',
      type,
      name: variable,
      region: p.region(start),
      attributes: noAttributes,
    }
  }
  p.leave()
  return type
}

/** `M.N.`, before what is opened. */
function parseModulePrefix(p: Parser): LongName {
  const { start } = p.token
  const first = p.advance()
  let path: LongName = { kind: 'ident', name: first.text, region: p.region(start) }
  p.expect('.')
  while (p.kind === 'uident') {
    path = extendPath(path, p.advance(), p)
    p.expect('.')
  }
  return path
}

/** `'a` */
export function parseTypeVariable(p: Parser): Name {
  const start = p.expect("'").start
  if (p.kind !== 'lident' && p.kind !== 'uident') p.fail()
  const { text } = p.advance()
  return name(text, p.region(start))
}

// ---------------------------------------------------------------------------------------------------------
// Arrows and tuples

interface ArrowParameter {
  /** `=>`, which has no label. */
  readonly synchronous: boolean
  readonly label: Label
  readonly type: TypeExpression
  readonly start: number
}

/** Arrows associate to the right; the parameters are collected first, so that long types do not nest. */
function parseArrow(p: Parser): TypeExpression {
  const parameters: ArrowParameter[] = []
  for (;;) {
    const start = p.token.start
    const label = parseTypeLabel(p)
    const type = parseTupleType(p)
    const synchronous = label === noLabel && p.atOperator('=>')
    if (label === noLabel && p.kind !== '->' && !synchronous) return foldArrows(p, parameters, type)
    if (synchronous) p.advanceWithin(2)
    else p.expect('->')
    parameters.push({ synchronous, label, type, start })
  }
}

function foldArrows(
  p: Parser,
  parameters: readonly ArrowParameter[],
  result: TypeExpression,
): TypeExpression {
  let type = result
  for (let i = parameters.length - 1; i >= 0; i--) {
    const { synchronous, label, type: parameter, start } = parameters[i]!
    const common = { parameter, result: type, region: p.region(start), attributes: noAttributes }
    type = synchronous ? { kind: 'synchronous', ...common } : { kind: 'arrow', label, ...common }
  }
  return type
}

/** `x:` or `?x:` before a parameter, if present. */
export function parseTypeLabel(p: Parser): Label {
  if (p.kind === 'optional-label') return { kind: 'optional', name: p.advance().text }
  if (p.kind === '?') {
    p.advance()
    return { kind: 'optional', name: parseLabelBeforeColon(p) }
  }
  if (p.kind !== 'lident' || p.peek(1).kind !== ':') return noLabel
  return { kind: 'labelled', name: parseLabelBeforeColon(p) }
}

function parseLabelBeforeColon(p: Parser): string {
  const { text } = parseLowerName(p)
  p.expect(':')
  return text
}

/** `t * u`, or one simple type. */
export function parseTupleType(p: Parser): TypeExpression {
  const { start } = p.token
  const first = parseSimpleType(p)
  if (p.kind !== '*') return first
  const elements = [first]
  while (p.accept('*')) elements.push(parseSimpleType(p))
  return { kind: 'tuple', elements, region: p.region(start), attributes: noAttributes }
}

// ---------------------------------------------------------------------------------------------------------
// Simple types

/** A type that `*` and `->` take as an operand: with its constructors behind it, as in `int list option`. */
export function parseSimpleType(p: Parser): TypeExpression {
  const { start } = p.token
  let type = parseTypeAtom(p)
  for (;;) {
    if (p.kind === 'uident' || (p.kind === 'lident' && !atDef(p))) type = constructorOf(p, start, [type])
    else if (p.kind === '#') type = classOf(p, start, [type])
    else return type
  }
}

function constructorOf(p: Parser, start: number, args: readonly TypeExpression[]): TypeExpression {
  const path = parseTypePath(p)
  return { kind: 'constructor', path, arguments: args, region: p.region(start), attributes: noAttributes }
}

function classOf(p: Parser, start: number, args: readonly TypeExpression[]): TypeExpression {
  p.expect('#')
  const path = parseLowerPath(p)
  return { kind: 'class', path, arguments: args, region: p.region(start), attributes: noAttributes }
}

function parseTypeAtom(p: Parser): TypeExpression {
  const start = p.token.start
  switch (p.kind) {
    case '_':
      p.advance()
      return { kind: 'any', region: p.region(start), attributes: noAttributes }
    case "'":
      return parseVariable(p)
    case 'lident':
      return constructorOf(p, start, [])
    case 'uident':
      return atLocalOpen(p) ? parseLocalOpen(p) : constructorOf(p, start, [])
    case '(':
      return parseParenthesized(p)
    case '#':
      return classOf(p, start, [])
    case '<':
      return parseObjectType(p)
    case 'comparison-operator':
      return parseAsynchronous(p)
    case '[':
    case '[<':
    case '[>':
      return parseVariantType(p)
    case '[%':
    case 'quoted-extension':
      return parseTypeExtension(p)
    default:
      return p.fail('a type')
  }
}

/** `<<t>>` */
function parseAsynchronous(p: Parser): TypeExpression {
  if (!p.atOperator('<<')) p.fail('a type')
  const { start } = p.token
  p.advanceWithin(2)
  const argument = parseType(p)
  if (!p.atOperator('>>')) p.fail("'>>'")
  p.advanceWithin(2)
  return { kind: 'asynchronous', argument, region: p.region(start), attributes: noAttributes }
}

/** Whether `M.N.(` follows, or `M.N.[`. */
function atLocalOpen(p: Parser): boolean {
  let at = 1
  while (p.peek(at).kind === '.' && p.peek(at + 1).kind === 'uident') at += 2
  return p.peek(at).kind === '.' && opensDelimited.has(p.peek(at + 1).kind)
}

const opensDelimited: ReadonlySet<string> = new Set(['(', '[', '[<', '[>'])

/** `M.(t)`, `M.[ `A of t ]` */
function parseLocalOpen(p: Parser): TypeExpression {
  const { start } = p.token
  const path = parseModulePrefix(p)
  const type = parseDelimited(p)
  return { kind: 'open', path, type, region: p.region(start), attributes: noAttributes }
}

function parseDelimited(p: Parser): TypeExpression {
  if (!p.at('(')) return parseVariantType(p)
  const open = p.advance()
  if (p.kind === 'module') return parsePackage(p, open.start)
  const type = parseType(p)
  p.expect(')')
  return type
}

function parseVariable(p: Parser): TypeExpression {
  const { text, region } = parseTypeVariable(p)
  return { kind: 'variable', name: text, region, attributes: noAttributes }
}

function parseTypeExtension(p: Parser): TypeExpression {
  const { start } = p.token
  const { name: extension, payload } = parseExtension(p)
  return { kind: 'extension', name: extension, payload, region: p.region(start), attributes: noAttributes }
}

/** `(t)`, `(t, u) c`, `(t, u) #c`, `(module S)`. Parentheses alone leave no trace in the region. */
function parseParenthesized(p: Parser): TypeExpression {
  const open = p.advance()
  if (p.kind === 'module') return parsePackage(p, open.start)
  const types = [parseType(p)]
  while (p.accept(',')) types.push(parseType(p))
  p.expect(')')
  if (types.length === 1) return types[0]!
  if (p.kind === '#') return classOf(p, open.start, types)
  return constructorOf(p, open.start, types)
}

function parsePackage(p: Parser, start: number): TypeExpression {
  p.advance()
  const { attributes, extension } = parseKeywordSuffix(p)
  const type = p.grammar.packageType(p)
  p.expect(')')
  const attributedType = withAttributes(relocated(type, p.region(start)), attributes)
  return extension === undefined ? attributedType : extensionType(extension, attributedType)
}

function extensionType(extension: string, type: TypeExpression): TypeExpression {
  const payload = { kind: 'type', type } as const
  return { kind: 'extension', name: extension, payload, region: type.region, attributes: noAttributes }
}

// ---------------------------------------------------------------------------------------------------------
// Objects

/** `< m : t; inherit…; .. >` */
function parseObjectType(p: Parser): TypeExpression {
  const { start } = p.advance()
  const fields: ObjectTypeField[] = []
  let open = false
  let goesOn = p.kind !== '>'
  while (goesOn) {
    open = p.accept('..')
    goesOn = !open && parseObjectField(p, fields) && !p.at('>')
  }
  p.expect('>')
  return { kind: 'object', fields, open, region: p.region(start), attributes: noAttributes }
}

/** Adds one field; says whether a semicolon stood behind it, which may come before its attributes. */
function parseObjectField(p: Parser, fields: ObjectTypeField[]): boolean {
  if (p.kind !== 'lident' || p.peek(1).kind !== ':') {
    fields.push({ kind: 'inherit', type: parseSimpleType(p) })
    return p.accept(';')
  }
  const method = parseLowerName(p)
  p.expect(':')
  const type = parsePlainPolyType(p)
  const before = parseAttributes(p)
  const ended = p.accept(';')
  const attributes = ended ? [...before, ...parseAttributes(p)] : before
  fields.push({ kind: 'method', name: method, type, attributes })
  return ended
}

// ---------------------------------------------------------------------------------------------------------
// Polymorphic variants

const bounds = { '[': 'exact', '[>': 'open', '[<': 'closed' } as const

function parseVariantType(p: Parser): TypeExpression {
  const open = p.advance()
  const bound = bounds[open.kind as keyof typeof bounds]
  const rows = parseVariantRows(p, bound)
  const required = bound === 'closed' && p.accept('>') ? parseTags(p) : []
  p.expect(']')
  const region = p.region(open.start)
  return { kind: 'variant', rows, bound, required, region, attributes: noAttributes }
}

function parseVariantRows(p: Parser, bound: 'exact' | 'open' | 'closed'): readonly VariantRow[] {
  if (bound === 'open' && p.kind === ']') return []
  const rows: VariantRow[] = []
  const bar = p.accept('|')
  rows.push(parseVariantRow(p))
  // `[ t ]` alone is no variant type: one row must be a tag, or a bar must stand somewhere.
  if (bound === 'exact' && !bar && rows[0]!.kind === 'inherit' && p.kind !== '|') p.fail()
  while (p.accept('|')) rows.push(parseVariantRow(p))
  return rows
}

function parseVariantRow(p: Parser): VariantRow {
  if (p.kind !== '`') return { kind: 'inherit', type: parseType(p) }
  const tag = parseTag(p)
  if (!p.accept('of')) {
    return { kind: 'tag', name: tag, constant: true, types: [], attributes: parseAttributes(p) }
  }
  const constant = p.accept('&')
  const types = [parsePlainType(p)]
  while (p.accept('&')) types.push(parsePlainType(p))
  return { kind: 'tag', name: tag, constant, types, attributes: parseAttributes(p) }
}

function parseTags(p: Parser): readonly string[] {
  const tags = [parseTag(p).text]
  while (p.kind === '`') tags.push(parseTag(p).text)
  return tags
}

// ---------------------------------------------------------------------------------------------------------
// Polymorphic types

/** The type variables of `'a 'b. t`, whose dot is behind us when the result is not empty. */
export function parseQuantifier(p: Parser): readonly Name[] {
  if (!atQuantifier(p)) return []
  const variables: Name[] = []
  while (p.kind === "'") variables.push(parseTypeVariable(p))
  p.expect('.')
  return variables
}

/** Whether `'a 'b.` follows: the variables of a type end with something else. */
function atQuantifier(p: Parser): boolean {
  if (p.kind !== "'") return false
  const next = p.peek(2).kind
  return next === '.' || next === "'"
}

function parsePolyWith(p: Parser, body: (p: Parser) => TypeExpression): TypeExpression {
  const { start } = p.token
  const variables = parseQuantifier(p)
  if (variables.length === 0) return body(p)
  const type = body(p)
  return { kind: 'poly', variables, type, region: p.region(start), attributes: noAttributes }
}

/** `'a 'b. t`, or a plain type. */
export function parsePolyType(p: Parser): TypeExpression {
  return parsePolyWith(p, parseType)
}

/** The same without attributes, which belong to what holds the type. */
export function parsePlainPolyType(p: Parser): TypeExpression {
  return parsePolyWith(p, parsePlainType)
}

export function startsType(p: Parser): boolean {
  return startsSimpleType.has(p.kind) || p.atOperator('<<')
}

/** A path that stands for a type without arguments, as `#t` in patterns needs it. */
export function typeOfPath(path: LongName): TypeExpression {
  return { kind: 'constructor', path, arguments: [], region: path.region, attributes: noAttributes }
}
