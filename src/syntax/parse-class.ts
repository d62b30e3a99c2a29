/** Classes and their bodies (manual, section 11.9). */

import type {
  Attribute,
  ClassDeclaration,
  ClassExpression,
  ClassField,
  ClassFieldDefinition,
  ClassStructure,
  Expression,
  Name,
  Pattern,
  TypeExpression,
} from './ast.ts'
import {
  constrainedExpression,
  constrainedPattern,
  noAttributes,
  relocated,
  withAttribute,
  withAttributes,
} from './nodes.ts'
import {
  parseAttributes,
  parseExtension,
  parseFloatingAttribute,
  parseItemAttributes,
  parseOneAttribute,
} from './parse-attributes.ts'
import {
  type Declared,
  parseClassArguments,
  parseClassHeader,
  parseClassType,
  parseDeclared,
  parseOpen,
} from './parse-class-type.ts'
import { constrained, parseTypeConstraint } from './parse-constraint.ts'
import { atDef, atLetDef, parseDefinition } from './parse-definition.ts'
import { parseArgument } from './parse-expression.ts'
import { type LabelledPattern, newtypeExpression, parseLabelledPattern } from './parse-function.ts'
import { parseFunctionBinding, parseLetBindings } from './parse-let.ts'
import { parseLowerName, parseLowerPath } from './parse-names.ts'
import { parsePolyType, parseType } from './parse-type.ts'
import { parseTypeEquation } from './parse-type-declaration.ts'
import type { Parser } from './parser.ts'
import { startsArgument, startsParameter } from './token-sets.ts'
import { variablesForConstructors } from './type-variables.ts'

// ---------------------------------------------------------------------------------------------------------
// Declarations

/** `class c = … and …` */
export function parseClassDeclarations(p: Parser): Declared<ClassDeclaration> {
  const { start } = p.advance()
  return parseDeclared(p, start, parseClassDeclaration)
}

function parseClassDeclaration(p: Parser, start: number, before: readonly Attribute[]): ClassDeclaration {
  const header = parseClassHeader(p)
  const expression = parseClassBinding(p, '=')
  const attributes = [...before, ...parseItemAttributes(p)]
  return { ...header, expression, region: p.region(start), attributes }
}

/** `p1 … pn : t = e`, or behind `fun` `p1 … pn -> e`. */
function parseClassBinding(p: Parser, separator: '=' | '->'): ClassExpression {
  const { start } = p.token
  const parameters = parseClassParameters(p)
  const body = parseClassBody(p, separator)
  return classFunction(p, parameters, body, start)
}

function parseClassBody(p: Parser, separator: '=' | '->'): ClassExpression {
  const { start } = p.token
  const type = separator === '=' && p.accept(':') ? parseClassType(p) : undefined
  p.expect(separator)
  const expression = parseClassExpression(p)
  if (type === undefined) return expression
  return { kind: 'constraint', class: expression, type, region: p.region(start), attributes: noAttributes }
}

interface ClassParameter extends LabelledPattern {
  readonly start: number
}

function parseClassParameters(p: Parser): readonly ClassParameter[] {
  const parameters: ClassParameter[] = []
  while (startsParameter.has(p.kind)) {
    const { start } = p.token
    parameters.push({ ...parseLabelledPattern(p), start })
  }
  return parameters
}

function classFunction(
  p: Parser,
  parameters: readonly ClassParameter[],
  body: ClassExpression,
  start: number,
): ClassExpression {
  let expression = body
  for (let i = parameters.length - 1; i >= 0; i--) {
    const { start: own, ...parameter } = parameters[i]!
    const region = p.region(i === 0 ? start : own)
    expression = { kind: 'function', ...parameter, body: expression, region, attributes: noAttributes }
  }
  return expression
}

// ---------------------------------------------------------------------------------------------------------
// Class expressions

function parseClassExpression(p: Parser): ClassExpression {
  p.enter()
  let expression = parseClassOperand(p)
  while (p.kind === '[@') expression = withAttribute(expression, parseOneAttribute(p))
  p.leave()
  return expression
}

function parseClassOperand(p: Parser): ClassExpression {
  switch (p.kind) {
    case 'fun':
      return parseClassFun(p)
    case 'let':
      return parseClassLet(p)
    case 'lident':
      return atDef(p) ? parseClassDef(p) : parseClassApplication(p)
    case '[%':
    case 'quoted-extension':
      return parseClassExtension(p)
    default:
      return parseClassApplication(p)
  }
}

function parseClassFun(p: Parser): ClassExpression {
  p.advance()
  const attributes = parseAttributes(p)
  if (!startsParameter.has(p.kind)) p.fail('a parameter')
  return withAttributes(parseClassBinding(p, '->'), attributes)
}

function parseClassLet(p: Parser): ClassExpression {
  if (p.peek(1).kind === 'open') return parseClassOpen(p)
  if (atLetDef(p)) return parseClassDef(p)
  const { start } = p.token
  if (p.peek(1).kind === '%') {
    p.advance()
    p.fail()
  }
  const { recursive, bindings } = parseLetBindings(p)
  p.expect('in')
  const body = parseClassExpression(p)
  return { kind: 'let', recursive, bindings, body, region: p.region(start), attributes: noAttributes }
}

function parseClassDef(p: Parser): ClassExpression {
  const { start } = p.token
  const definition = parseDefinition(p)
  p.expect('in')
  const body = parseClassExpression(p)
  return { kind: 'def', definition, body, region: p.region(start), attributes: noAttributes }
}

function parseClassOpen(p: Parser): ClassExpression {
  const { open, start } = parseOpen(p)
  p.expect('in')
  const body = parseClassExpression(p)
  return { kind: 'open', open, body, region: p.region(start), attributes: noAttributes }
}

function parseClassExtension(p: Parser): ClassExpression {
  const { start } = p.token
  const { name, payload } = parseExtension(p)
  return { kind: 'extension', name, payload, region: p.region(start), attributes: noAttributes }
}

function parseClassApplication(p: Parser): ClassExpression {
  const fn = parseSimpleClass(p)
  if (!startsArgument.has(p.kind)) return fn
  const args = [parseArgument(p)]
  while (startsArgument.has(p.kind)) args.push(parseArgument(p))
  const region = p.region(fn.region.start)
  return { kind: 'apply', function: fn, arguments: args, region, attributes: noAttributes }
}

function parseSimpleClass(p: Parser): ClassExpression {
  switch (p.kind) {
    case '[':
    case 'lident':
    case 'uident':
      return parseClassPath(p)
    case 'object':
      return parseObjectClass(p)
    case '(':
      return parseParenthesizedClass(p)
    default:
      return p.fail('a class')
  }
}

function parseClassPath(p: Parser): ClassExpression {
  const { start } = p.token
  const args = p.kind === '[' ? parseClassArguments(p) : []
  const path = parseLowerPath(p)
  return { kind: 'constructor', path, arguments: args, region: p.region(start), attributes: noAttributes }
}

function parseObjectClass(p: Parser): ClassExpression {
  const open = p.advance()
  const attributes = parseAttributes(p)
  const body = parseClassStructure(p)
  p.expectClosing('end', open)
  return { kind: 'structure', body, region: p.region(open.start), attributes }
}

function parseParenthesizedClass(p: Parser): ClassExpression {
  const open = p.advance()
  const expression = parseClassExpression(p)
  const type = p.accept(':') ? parseClassType(p) : undefined
  p.expectClosing(')', open)
  const region = p.region(open.start)
  if (type === undefined) return relocated(expression, region)
  return { kind: 'constraint', class: expression, type, region, attributes: noAttributes }
}

// ---------------------------------------------------------------------------------------------------------
// Bodies

/** What stands between `object` and `end`. */
export function parseClassStructure(p: Parser): ClassStructure {
  p.enter()
  const self = parseSelf(p)
  const fields: ClassField[] = []
  while (startsField(p)) fields.push(parseClassField(p))
  p.leave()
  return { self, fields }
}

/** `(self)`, `(self : t)`, or nothing. */
function parseSelf(p: Parser): Pattern {
  if (p.kind !== '(') return { kind: 'any', region: p.region(p.previousEnd), attributes: noAttributes }
  const { start } = p.advance()
  const pattern = p.grammar.pattern(p)
  const type = p.accept(':') ? parseType(p) : undefined
  p.expect(')')
  const region = p.region(start)
  return type === undefined ? relocated(pattern, region) : constrainedPattern(pattern, type, region)
}

const fieldKeywords = [
  'inherit',
  'val',
  'method',
  'constraint',
  'initializer',
  '[@@@',
  '[%%',
  'quoted-item-extension',
]

function startsField(p: Parser): boolean {
  return fieldKeywords.includes(p.kind)
}

function parseClassField(p: Parser): ClassField {
  switch (p.kind) {
    case 'inherit':
      return parseInherit(p)
    case 'val':
      return parseInstanceVariable(p)
    case 'method':
      return parseMethod(p)
    case 'constraint':
      return parseConstraint(p)
    case 'initializer':
      return parseInitializer(p)
    case '[@@@': {
      const attribute = parseFloatingAttribute(p)
      return { kind: 'attribute', attribute, region: attribute.region, attributes: noAttributes }
    }
    default: {
      const { start } = p.token
      const { name, payload } = parseExtension(p)
      const attributes = parseItemAttributes(p)
      return { kind: 'extension', name, payload, region: p.region(start), attributes }
    }
  }
}

function parseInherit(p: Parser): ClassField {
  const { start } = p.advance()
  const override = p.accept('!')
  const before = parseAttributes(p)
  const inherited = parseClassExpression(p)
  const alias = p.accept('as') ? parseLowerName(p) : undefined
  const attributes = [...before, ...parseItemAttributes(p)]
  const node = { kind: 'inherit', override, class: inherited, region: p.region(start), attributes } as const
  return alias === undefined ? node : { ...node, alias }
}

function parseConstraint(p: Parser): ClassField {
  const { start } = p.advance()
  const before = parseAttributes(p)
  const { left, right } = parseTypeEquation(p)
  const attributes = [...before, ...parseItemAttributes(p)]
  return { kind: 'constraint', left, right, region: p.region(start), attributes }
}

function parseInitializer(p: Parser): ClassField {
  const { start } = p.advance()
  const before = parseAttributes(p)
  const expression = p.grammar.sequence(p)
  const attributes = [...before, ...parseItemAttributes(p)]
  return { kind: 'initializer', expression, region: p.region(start), attributes }
}

// ---------------------------------------------------------------------------------------------------------
// Instance variables and methods

interface FieldFlags {
  readonly override: boolean
  readonly before: readonly Attribute[]
  /** Where what follows the attributes begins. */
  readonly start: number
  /** `mutable` or `private`. */
  readonly flag: boolean
  readonly virtual: boolean
}

/** `!`, attributes, and the two keywords in either order; an override is not virtual. */
function parseFieldFlags(p: Parser, flag: 'mutable' | 'private'): FieldFlags {
  const override = p.accept('!')
  const before = parseAttributes(p)
  const { start } = p.token
  const first = p.accept(flag)
  const virtual = !override && p.accept('virtual')
  return { override, before, start, flag: first || (virtual && p.accept(flag)), virtual }
}

function parseInstanceVariable(p: Parser): ClassField {
  const { start } = p.advance()
  const flags = parseFieldFlags(p, 'mutable')
  const name = parseLowerName(p)
  const definition = flags.virtual ? parseVirtual(p) : parseConcreteVariable(p, flags)
  const attributes = [...flags.before, ...parseItemAttributes(p)]
  return { kind: 'value', name, mutable: flags.flag, definition, region: p.region(start), attributes }
}

function parseVirtual(p: Parser): ClassFieldDefinition<Expression> {
  p.expect(':')
  return { kind: 'virtual', type: parseType(p) }
}

function concrete(flags: FieldFlags, body: Expression): ClassFieldDefinition<Expression> {
  return { kind: 'concrete', override: flags.override, body }
}

/** `: t = e`, with the annotation put on the expression. */
function parseConcreteVariable(p: Parser, flags: FieldFlags): ClassFieldDefinition<Expression> {
  const constraint = parseTypeConstraint(p)
  p.expect('=')
  const body = p.grammar.sequence(p)
  return concrete(
    flags,
    constraint === undefined ? body : constrained(body, constraint, p.region(flags.start)),
  )
}

function parseMethod(p: Parser): ClassField {
  const { start } = p.advance()
  const flags = parseFieldFlags(p, 'private')
  const name = parseLowerName(p)
  const definition = flags.virtual
    ? parseVirtualMethod(p)
    : concrete(flags, parseMethodBody(p, name.region.start))
  const attributes = [...flags.before, ...parseItemAttributes(p)]
  return { kind: 'method', name, private: flags.flag, definition, region: p.region(start), attributes }
}

function parseVirtualMethod(p: Parser): ClassFieldDefinition<Expression> {
  p.expect(':')
  return { kind: 'virtual', type: parsePolyType(p) }
}

/** `= e`, `p1 … = e`, `: t = e`, `: type a. t = e` */
function parseMethodBody(p: Parser, start: number): Expression {
  if (p.accept('=')) return p.grammar.sequence(p)
  if (p.kind !== ':') return parseFunctionBinding(p)
  p.advance()
  if (p.at('type')) return parseLocallyAbstractBody(p, start)
  const typeStart = p.token.start
  const type = parsePolyType(p)
  p.expect('=')
  const body = p.grammar.sequence(p)
  return constrainedExpression(body, type, p.region(typeStart))
}

/** `: type a. t = e` is `: 'a. t = fun (type a) -> (e : t)`; the method's name is at `start`. */
function parseLocallyAbstractBody(p: Parser, start: number): Expression {
  p.advance()
  const names: Name[] = [parseLowerName(p)]
  while (p.kind === 'lident') names.push(parseLowerName(p))
  p.expect('.')
  const type = parseType(p)
  p.expect('=')
  const body = p.grammar.sequence(p)
  const region = p.region(start)
  const inner = constrainedExpression(body, type, region)
  const abstracted = newtypeExpression(
    names.map((name) => ({ name })),
    inner,
    region,
  )
  return constrainedExpression(abstracted, polymorphic(names, type), p.region(names[0]!.region.start))
}

function polymorphic(names: readonly Name[], type: TypeExpression): TypeExpression {
  const body = variablesForConstructors(type, new Set(names.map((name) => name.text)))
  return { kind: 'poly', variables: names, type: body, region: type.region, attributes: noAttributes }
}
