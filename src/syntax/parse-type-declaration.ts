/** Definitions of types, type extensions and exceptions (manual, section 11.8). */

import type {
  Attribute,
  ConstructorArguments,
  ConstructorDeclaration,
  ExtensionConstructor,
  LabelDeclaration,
  LongName,
  Name,
  TypeDeclaration,
  TypeDefinition,
  TypeExpression,
  TypeExtension,
  TypeParameter,
} from './ast.ts'
import { noAttributes } from './nodes.ts'
import { parseAttributes, parseItemAttributes } from './parse-attributes.ts'
import { parseConstructorName, parseLowerName } from './parse-names.ts'
import {
  parsePlainPolyType,
  parseQuantifier,
  parseSimpleType,
  parseType,
  parseTypeVariable,
} from './parse-type.ts'
import type { Parser } from './parser.ts'

// ---------------------------------------------------------------------------------------------------------
// Parameters

type Variance = TypeParameter['variance']

/** From the spelling of the sign before a parameter. */
const variances: ReadonlyMap<string, { readonly variance: Variance; readonly injective: boolean }> = new Map([
  ['+', { variance: 'covariant', injective: false }],
  ['-', { variance: 'contravariant', injective: false }],
  ['!', { variance: 'none', injective: true }],
  ['+!', { variance: 'covariant', injective: true }],
  ['!+', { variance: 'covariant', injective: true }],
  ['-!', { variance: 'contravariant', injective: true }],
  ['!-', { variance: 'contravariant', injective: true }],
  ['+-', { variance: 'bivariant', injective: false }],
  ['-+', { variance: 'bivariant', injective: false }],
  ['+-!', { variance: 'bivariant', injective: true }],
])

/** The signs before a parameter, in one token or two. */
function parseVariance(p: Parser): { readonly variance: Variance; readonly injective: boolean } {
  let spelling = ''
  while (isVarianceToken(p, spelling)) spelling += p.advance().text
  if (p.at('prefix-operator') || p.at('additive-operator')) p.expecting('type_variance')
  return variances.get(spelling) ?? { variance: 'none', injective: false }
}

function isVarianceToken(p: Parser, before: string): boolean {
  const spelled = ['+', '-', '!', 'prefix-operator', 'additive-operator'].includes(p.kind)
  // Both signs stand in one token; only the exclamation mark may stand apart.
  const mayFollow = before === '' || before === '!' || p.kind === '!'
  return spelled && mayFollow && variances.has(before + p.token.text)
}

export function parseTypeParameter(p: Parser): TypeParameter {
  const { variance, injective } = parseVariance(p)
  const { start } = p.token
  if (p.accept('_')) {
    return { type: { kind: 'any', region: p.region(start), attributes: noAttributes }, variance, injective }
  }
  const { text, region } = parseTypeVariable(p)
  return { type: { kind: 'variable', name: text, region, attributes: noAttributes }, variance, injective }
}

/** None, one, or several in parentheses. */
export function parseTypeParameters(p: Parser): readonly TypeParameter[] {
  if (p.kind === '(') {
    p.advance()
    const parameters = parseTypeParameterList(p)
    p.expect(')')
    return parameters
  }
  if (p.kind === 'lident' || p.kind === 'uident') return []
  return [parseTypeParameter(p)]
}

/** Separated by commas. */
export function parseTypeParameterList(p: Parser): readonly TypeParameter[] {
  const parameters = [parseTypeParameter(p)]
  while (p.accept(',')) parameters.push(parseTypeParameter(p))
  return parameters
}

// ---------------------------------------------------------------------------------------------------------
// Declarations

/** `params t = … constraint …`, whose keyword at `start` and attributes are behind us. */
export function parseTypeDeclaration(
  p: Parser,
  start: number,
  before: readonly Attribute[],
  equals: '=' | ':=',
): TypeDeclaration {
  const parameters = parseTypeParameters(p)
  const name = parseLowerName(p)
  return parseTypeDeclarationBody(p, start, before, parameters, name, equals)
}

/** From the equation sign on; `:=` for substitutions. */
export function parseTypeDeclarationBody(
  p: Parser,
  start: number,
  before: readonly Attribute[],
  parameters: readonly TypeParameter[],
  name: Name,
  equals: '=' | ':=',
): TypeDeclaration {
  const kind = parseTypeKindBehind(p, equals)
  const constraints = parseTypeConstraints(p)
  const attributes = [...before, ...parseItemAttributes(p)]
  return { name, parameters, ...kind, constraints, region: p.region(start), attributes }
}

function parseTypeKindBehind(p: Parser, equals: '=' | ':='): TypeKind {
  // A substitution has to say what it stands for.
  if (equals === ':=') p.expect(equals)
  else if (!p.accept(equals)) return abstractKind
  return parseTypeKind(p)
}

interface TypeKind {
  readonly definition: TypeDefinition
  readonly private: boolean
  readonly manifest?: TypeExpression
}

const abstractKind: TypeKind = { definition: { kind: 'abstract' }, private: false }

/** What follows `=`: a manifest, a definition, or a manifest and a definition. */
function parseTypeKind(p: Parser): TypeKind {
  const isPrivate = p.accept('private')
  const definition = parseTypeDefinition(p)
  if (definition !== undefined) return { definition, private: isPrivate }
  const manifest = parseType(p)
  if (isPrivate || !p.accept('=')) return { definition: { kind: 'abstract' }, private: isPrivate, manifest }
  const isPrivateToo = p.accept('private')
  const second = parseTypeDefinition(p) ?? { kind: 'variant', constructors: parseConstructors(p) }
  return { definition: second, private: isPrivateToo, manifest }
}

/** Constructors, fields or `..`; undefined when a type expression stands here. */
function parseTypeDefinition(p: Parser): TypeDefinition | undefined {
  if (p.accept('..')) return { kind: 'open' }
  if (p.kind === '{') return { kind: 'record', fields: parseRecordFields(p) }
  if (atConstructors(p)) return { kind: 'variant', constructors: parseConstructors(p) }
  return undefined
}

function atConstructors(p: Parser): boolean {
  switch (p.kind) {
    case '|':
    case 'true':
    case 'false':
      return true
    case 'uident':
      return p.peek(1).kind !== '.' && p.peek(1).kind !== '('
    case '[':
      return p.peek(1).kind === ']'
    case '(':
      return p.peek(1).kind === ')' || p.peek(1).kind === '::'
    default:
      return false
  }
}

export function parseTypeConstraints(p: Parser): TypeDeclaration['constraints'] {
  const constraints: TypeDeclaration['constraints'][number][] = []
  while (p.kind === 'constraint') {
    p.advance()
    constraints.push(parseTypeEquation(p))
  }
  return constraints
}

/** `t = u` */
export function parseTypeEquation(p: Parser): TypeDeclaration['constraints'][number] {
  const { start } = p.token
  const left = parseType(p)
  p.expect('=')
  const right = parseType(p)
  return { left, right, region: p.region(start) }
}

// ---------------------------------------------------------------------------------------------------------
// Records

/** `{ mutable x : t; … }` */
function parseRecordFields(p: Parser): readonly LabelDeclaration[] {
  p.expect('{')
  const fields: LabelDeclaration[] = []
  let goesOn = true
  while (goesOn) goesOn = parseLabelDeclaration(p, fields) && p.kind !== '}'
  p.expect('}')
  return fields
}

/** Adds one field; says whether a semicolon stood behind it, which may come before its attributes. */
function parseLabelDeclaration(p: Parser, fields: LabelDeclaration[]): boolean {
  const { start } = p.token
  const mutable = p.accept('mutable')
  const name = parseLowerName(p)
  p.expect(':')
  const type = parsePlainPolyType(p)
  const before = parseAttributes(p)
  const ended = p.accept(';')
  const attributes = ended ? [...before, ...parseAttributes(p)] : before
  fields.push({ name, mutable, type, region: p.region(start), attributes })
  return ended
}

// ---------------------------------------------------------------------------------------------------------
// Constructors

/** `A | B of t | …`, with or without a first bar; a bar alone is the empty variant. */
function parseConstructors(p: Parser): readonly ConstructorDeclaration[] {
  const constructors: ConstructorDeclaration[] = []
  const { start } = p.token
  if (p.accept('|') && !startsConstructor(p)) return []
  constructors.push(parseConstructorDeclaration(p, start))
  while (p.kind === '|') {
    const bar = p.advance().start
    constructors.push(parseConstructorDeclaration(p, bar))
  }
  return constructors
}

function startsConstructor(p: Parser): boolean {
  return ['uident', 'true', 'false', '[', '('].includes(p.kind)
}

function parseConstructorDeclaration(p: Parser, start: number): ConstructorDeclaration {
  const name = parseConstructorName(p)
  const shape = parseConstructorShape(p)
  const attributes = parseAttributes(p)
  return { name, ...shape, region: p.region(start), attributes }
}

interface ConstructorShape {
  readonly existentials: readonly Name[]
  readonly arguments: ConstructorArguments
  readonly result?: TypeExpression
}

const noArguments: ConstructorArguments = { kind: 'tuple', types: [] }

/** `of t * u`, `: t * u -> r`, or nothing. */
function parseConstructorShape(p: Parser): ConstructorShape {
  if (p.accept('of')) return { existentials: [], arguments: parseConstructorArguments(p) }
  if (!p.accept(':')) return { existentials: [], arguments: noArguments }
  const existentials = parseQuantifier(p)
  const args = parseConstructorArguments(p)
  if (p.accept('->')) return { existentials, arguments: args, result: parseSimpleType(p) }
  // `: r`: what was read as the only argument is the result.
  if (args.kind === 'record' || args.types.length !== 1) p.fail("'->'")
  return { existentials, arguments: noArguments, result: args.types[0]! }
}

function parseConstructorArguments(p: Parser): ConstructorArguments {
  if (p.kind === '{') return { kind: 'record', fields: parseRecordFields(p) }
  const types = [parseSimpleType(p)]
  while (p.accept('*')) types.push(parseSimpleType(p))
  return { kind: 'tuple', types }
}

// ---------------------------------------------------------------------------------------------------------
// Extensible variants

/** `params t += …`, whose keyword at `start` is behind us. */
export function parseTypeExtension(
  p: Parser,
  start: number,
  before: readonly Attribute[],
  parameters: readonly TypeParameter[],
  path: LongName,
  rebinding: boolean,
): TypeExtension {
  p.expect('+=')
  const isPrivate = p.accept('private')
  const constructors = parseExtensionConstructors(p, rebinding)
  const attributes = [...before, ...parseItemAttributes(p)]
  return { path, parameters, constructors, private: isPrivate, region: p.region(start), attributes }
}

function parseExtensionConstructors(p: Parser, rebinding: boolean): readonly ExtensionConstructor[] {
  const { start } = p.token
  p.accept('|')
  const constructors = [parseExtensionConstructor(p, start, rebinding)]
  while (p.kind === '|') {
    const bar = p.advance().start
    constructors.push(parseExtensionConstructor(p, bar, rebinding))
  }
  return constructors
}

/** `C of t`, `C : t -> r` or `C = M.C`. Signatures do not rebind. */
function parseExtensionConstructor(p: Parser, start: number, rebinding: boolean): ExtensionConstructor {
  const name = parseConstructorName(p)
  const definition = parseExtensionDefinition(p, rebinding)
  const attributes = parseAttributes(p)
  return { name, definition, region: p.region(start), attributes }
}

function parseExtensionDefinition(p: Parser, rebinding: boolean): ExtensionConstructor['definition'] {
  if (rebinding && p.accept('=')) return { kind: 'rebind', path: parseConstructorPath(p) }
  return { kind: 'declaration', ...parseConstructorShape(p) }
}

/** `C`, `M.C`, `()` … where a constructor is used by name alone. */
export function parseConstructorPath(p: Parser): LongName {
  if (p.kind !== 'uident') {
    const { text, region } = parseConstructorName(p)
    return { kind: 'ident', name: text, region }
  }
  return parseCapitalPath(p)
}

function parseCapitalPath(p: Parser): LongName {
  const token = p.advance()
  let path: LongName = { kind: 'ident', name: token.text, region: p.tokenRegion(token) }
  while (p.accept('.')) {
    const name = p.kind === '(' ? parseDottedCons(p) : p.expect('uident').text
    path = { kind: 'dot', prefix: path, name, region: p.region(path.region.start) }
  }
  return path
}

function parseDottedCons(p: Parser): string {
  p.advance()
  p.expect('::')
  p.expect(')')
  return '::'
}

/** `exception C of t`, from the constructor on; its keyword at `start` is behind us. */
export function parseException(
  p: Parser,
  start: number,
  before: readonly Attribute[],
  rebinding: boolean,
): ExtensionConstructor {
  const name = parseConstructorName(p)
  const definition = parseExtensionDefinition(p, rebinding)
  const attributes = [...before, ...parseAttributes(p)]
  return { name, definition, region: p.region(start), attributes }
}
