/** Class types and what declares them (manual, section 11.9.1). */

import type {
  Attribute,
  ClassDescription,
  ClassType,
  ClassTypeDeclaration,
  ClassTypeField,
  Name,
  OpenDeclaration,
  TypeExpression,
  TypeParameter,
} from './ast.ts'
import { noAttributes, noLabel, withAttribute } from './nodes.ts'
import {
  parseAttributes,
  parseExtension,
  parseFloatingAttribute,
  parseItemAttributes,
  parseKeywordSuffix,
  parseOneAttribute,
} from './parse-attributes.ts'
import { parseLowerName, parseLowerPath, parseModulePath } from './parse-names.ts'
import { parsePolyType, parseTupleType, parseType, parseTypeLabel } from './parse-type.ts'
import { parseTypeEquation, parseTypeParameterList } from './parse-type-declaration.ts'
import type { Parser } from './parser.ts'

// ---------------------------------------------------------------------------------------------------------
// What all declarations of classes begin with

export interface ClassHeader {
  readonly name: Name
  readonly virtual: boolean
  readonly parameters: readonly TypeParameter[]
}

/** `virtual ['a, 'b] c` */
export function parseClassHeader(p: Parser): ClassHeader {
  const virtual = p.accept('virtual')
  const parameters = p.accept('[') ? parseBracketedParameters(p) : []
  const name = parseLowerName(p)
  return { name, virtual, parameters }
}

function parseBracketedParameters(p: Parser): readonly TypeParameter[] {
  const parameters = parseTypeParameterList(p)
  p.expect(']')
  return parameters
}

export interface Declared<Class> {
  readonly classes: readonly Class[]
  readonly extension: string | undefined
}

/** `keyword one and one …`, the parser standing behind the keyword, which is at `start`. */
export function parseDeclared<Class>(
  p: Parser,
  start: number,
  one: (p: Parser, start: number, before: readonly Attribute[]) => Class,
): Declared<Class> {
  const { extension, attributes } = parseKeywordSuffix(p)
  const classes = [one(p, start, attributes)]
  while (p.kind === 'and') {
    const and = p.advance().start
    classes.push(one(p, and, parseAttributes(p)))
  }
  return { classes, extension }
}

/** `class type c = …` */
export function parseClassTypeDeclarations(p: Parser): Declared<ClassTypeDeclaration> {
  const { start } = p.advance()
  p.advance()
  return parseDeclared(p, start, parseClassTypeDeclaration)
}

function parseClassTypeDeclaration(
  p: Parser,
  start: number,
  before: readonly Attribute[],
): ClassTypeDeclaration {
  const header = parseClassHeader(p)
  p.expect('=')
  const type = parseClassSignature(p)
  const attributes = [...before, ...parseItemAttributes(p)]
  return { ...header, type, region: p.region(start), attributes }
}

/** `class c : …` in a signature. */
export function parseClassDescriptions(p: Parser): Declared<ClassDescription> {
  const { start } = p.advance()
  return parseDeclared(p, start, parseClassDescription)
}

function parseClassDescription(p: Parser, start: number, before: readonly Attribute[]): ClassDescription {
  const header = parseClassHeader(p)
  p.expect(':')
  const type = parseClassType(p)
  const attributes = [...before, ...parseItemAttributes(p)]
  return { ...header, type, region: p.region(start), attributes }
}

// ---------------------------------------------------------------------------------------------------------
// Class types

/** `t -> … -> signature` */
export function parseClassType(p: Parser): ClassType {
  p.enter()
  const type = parseClassArrow(p)
  p.leave()
  return type
}

function parseClassArrow(p: Parser): ClassType {
  const { start } = p.token
  const label = parseTypeLabel(p)
  if (label === noLabel && startsClassSignature(p)) return parseClassSignature(p)
  const parameter = parseTupleType(p)
  if (p.kind !== '->' && label === noLabel) return classOfType(p, parameter)
  p.expect('->')
  const result = parseClassType(p)
  return { kind: 'arrow', label, parameter, result, region: p.region(start), attributes: noAttributes }
}

function startsClassSignature(p: Parser): boolean {
  return p.kind === 'object' || p.kind === 'let' || p.kind === '['
}

/** What was read as a type is the name of a class: the two are told apart only by the arrow. */
function classOfType(p: Parser, type: TypeExpression): ClassType {
  if (type.kind !== 'constructor' || type.arguments.length > 0) {
    if (type.kind !== 'extension') p.fail("'->'")
    return parseClassAttributes(p, { ...type, attributes: noAttributes })
  }
  const node: ClassType = {
    kind: 'constructor',
    path: type.path,
    arguments: [],
    region: type.region,
    attributes: noAttributes,
  }
  return parseClassAttributes(p, node)
}

/** `[t, u] c`, `object … end`, `let open M in …`, `[%ext]` */
export function parseClassSignature(p: Parser): ClassType {
  p.enter()
  const type = parseClassAttributes(p, parseClassSignatureAtom(p))
  p.leave()
  return type
}

function parseClassAttributes(p: Parser, first: ClassType): ClassType {
  let type = first
  while (p.kind === '[@') type = withAttribute(type, parseOneAttribute(p))
  return type
}

function parseClassSignatureAtom(p: Parser): ClassType {
  switch (p.kind) {
    case '[':
    case 'lident':
    case 'uident':
      return parseClassPath(p)
    case 'object':
      return parseObjectSignature(p)
    case 'let':
      return parseOpenIn(p)
    case '[%':
    case 'quoted-extension':
      return parseExtensionType(p)
    default:
      return p.fail('a class type')
  }
}

function parseClassPath(p: Parser): ClassType {
  const { start } = p.token
  const args = p.kind === '[' ? parseClassArguments(p) : []
  const path = parseLowerPath(p)
  return { kind: 'constructor', path, arguments: args, region: p.region(start), attributes: noAttributes }
}

/** `[t, u]` */
export function parseClassArguments(p: Parser): readonly TypeExpression[] {
  p.expect('[')
  const types = [parseType(p)]
  while (p.accept(',')) types.push(parseType(p))
  p.expect(']')
  return types
}

function parseExtensionType(p: Parser): ClassType {
  const { start } = p.token
  const { name, payload } = parseExtension(p)
  return { kind: 'extension', name, payload, region: p.region(start), attributes: noAttributes }
}

function parseOpenIn(p: Parser): ClassType {
  const { open, start } = parseOpen(p)
  p.expect('in')
  const type = parseClassSignature(p)
  return { kind: 'open', open, type, region: p.region(start), attributes: noAttributes }
}

/** `let open! M`, in class types and class expressions. */
export function parseOpen(p: Parser): { readonly open: OpenDeclaration; readonly start: number } {
  const { start } = p.advance()
  const opening = p.expect('open')
  const override = p.accept('!')
  const attributes = parseAttributes(p)
  const path = parseModulePath(p)
  const module = { kind: 'ident', path, region: path.region, attributes: noAttributes } as const
  return { open: { module, override, region: p.region(opening.start), attributes }, start }
}

// ---------------------------------------------------------------------------------------------------------
// Signatures of objects

function parseObjectSignature(p: Parser): ClassType {
  const open = p.advance()
  const attributes = parseAttributes(p)
  const self = parseSelfType(p)
  const fields: ClassTypeField[] = []
  while (startsField(p)) fields.push(parseClassTypeField(p))
  p.expectClosing('end', open)
  return { kind: 'signature', self, fields, region: p.region(open.start), attributes }
}

function parseSelfType(p: Parser): TypeExpression {
  if (!p.accept('(')) {
    const region = p.region(p.previousEnd)
    return { kind: 'any', region, attributes: noAttributes }
  }
  const type = parseType(p)
  p.expect(')')
  return type
}

function startsField(p: Parser): boolean {
  return ['inherit', 'val', 'method', 'constraint', '[@@@', '[%%', 'quoted-item-extension'].includes(p.kind)
}

function parseClassTypeField(p: Parser): ClassTypeField {
  switch (p.kind) {
    case 'inherit':
      return parseInherit(p)
    case 'val':
      return parseInstanceVariable(p)
    case 'method':
      return parseMethod(p)
    case 'constraint':
      return parseConstraint(p)
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

function parseInherit(p: Parser): ClassTypeField {
  const { start } = p.advance()
  const before = parseAttributes(p)
  const type = parseClassSignature(p)
  const attributes = [...before, ...parseItemAttributes(p)]
  return { kind: 'inherit', type, region: p.region(start), attributes }
}

/** Two keywords in either order, each at most once. */
export function parseFlags<A extends 'mutable' | 'private'>(
  p: Parser,
  flag: A,
): { readonly flag: boolean; readonly virtual: boolean } {
  const before = p.accept(flag)
  const virtual = p.accept('virtual')
  return { flag: before || (virtual && p.accept(flag)), virtual }
}

function parseInstanceVariable(p: Parser): ClassTypeField {
  const { start } = p.advance()
  const before = parseAttributes(p)
  const { flag: mutable, virtual } = parseFlags(p, 'mutable')
  const name = parseLowerName(p)
  p.expect(':')
  const type = parseType(p)
  const attributes = [...before, ...parseItemAttributes(p)]
  return { kind: 'value', name, mutable, virtual, type, region: p.region(start), attributes }
}

function parseMethod(p: Parser): ClassTypeField {
  const { start } = p.advance()
  const before = parseAttributes(p)
  const { flag: isPrivate, virtual } = parseFlags(p, 'private')
  const name = parseLowerName(p)
  p.expect(':')
  const type = parsePolyType(p)
  const attributes = [...before, ...parseItemAttributes(p)]
  return { kind: 'method', name, private: isPrivate, virtual, type, region: p.region(start), attributes }
}

function parseConstraint(p: Parser): ClassTypeField {
  const { start } = p.advance()
  const before = parseAttributes(p)
  const { left, right } = parseTypeEquation(p)
  const attributes = [...before, ...parseItemAttributes(p)]
  return { kind: 'constraint', left, right, region: p.region(start), attributes }
}
