/** Items that structures and signatures share: types, and descriptions of values. */

import type {
  Attribute,
  Name,
  SignatureItem,
  StructureItem,
  TypeDeclaration,
  TypeParameter,
  ValueDescription,
} from './ast.ts'
import { parseAttributes, parseItemAttributes, parseKeywordSuffix } from './parse-attributes.ts'
import { parseStringText } from './parse-constants.ts'
import { parseLowerName, parseTypePath, parseValueName } from './parse-names.ts'
import { parsePolyType } from './parse-type.ts'
import {
  parseTypeDeclaration,
  parseTypeDeclarationBody,
  parseTypeExtension,
  parseTypeParameters,
} from './parse-type-declaration.ts'
import type { Parser } from './parser.ts'

// ---------------------------------------------------------------------------------------------------------
// Values

/** `val f : t` or `external f : t = "prim" …`, the parser standing at the keyword. */
export function parseValueDescription(p: Parser): {
  readonly description: ValueDescription
  readonly extension: string | undefined
} {
  const keyword = p.advance()
  const { extension, attributes: before } = parseKeywordSuffix(p)
  const name = parseValueName(p)
  p.expect(':')
  const type = parsePolyType(p)
  const primitives = keyword.kind === 'external' ? parsePrimitives(p) : []
  const attributes = [...before, ...parseItemAttributes(p)]
  return { description: { name, type, primitives, region: p.region(keyword.start), attributes }, extension }
}

function parsePrimitives(p: Parser): readonly string[] {
  p.expect('=')
  const primitives = [parseStringText(p)]
  while (p.kind === 'string') primitives.push(parseStringText(p))
  return primitives
}

// ---------------------------------------------------------------------------------------------------------
// Types

type TypeItem = StructureItem & { readonly kind: 'type' | 'type-extension' }
type TypeSignatureItem = SignatureItem & { readonly kind: 'type' | 'type-substitution' | 'type-extension' }

interface Parsed<Item> {
  readonly item: Item
  readonly extension: string | undefined
}

/** `type …` in a structure: declarations, or constructors for an open type, which `rebinding` lets rename others. */
export function parseTypeItem(p: Parser, rebinding: boolean): Parsed<TypeItem> {
  const { item, extension } = parseType(p, rebinding, false)
  if (item.kind === 'type-substitution') return p.fail()
  return { item, extension }
}

/** The same in a signature, where `:=` may stand for `=`. */
export function parseTypeSignatureItem(p: Parser): Parsed<TypeSignatureItem> {
  return parseType(p, false, true)
}

function parseType(p: Parser, rebinding: boolean, mayBeSubstitution: boolean): Parsed<TypeSignatureItem> {
  const { start } = p.advance()
  const { extension, attributes } = parseKeywordSuffix(p)
  const recursive = !p.accept('nonrec')
  const parameters = parseTypeParameters(p)
  if (p.kind === 'uident' || p.peek(1).kind === '+=') {
    const path = parseTypePath(p)
    const parsed = parseTypeExtension(p, start, attributes, parameters, path, rebinding)
    return { item: { kind: 'type-extension', extension: parsed, region: parsed.region }, extension }
  }
  const name = parseLowerName(p)
  const substitutes = mayBeSubstitution && recursive && p.kind === ':='
  const declarations = parseDeclarations(p, start, attributes, parameters, name, substitutes ? ':=' : '=')
  const region = p.region(start)
  if (substitutes) return { item: { kind: 'type-substitution', declarations, region }, extension }
  return { item: { kind: 'type', recursive, declarations, region }, extension }
}

function parseDeclarations(
  p: Parser,
  start: number,
  before: readonly Attribute[],
  parameters: readonly TypeParameter[],
  name: Name,
  equals: '=' | ':=',
): readonly TypeDeclaration[] {
  const declarations = [parseTypeDeclarationBody(p, start, before, parameters, name, equals)]
  while (p.kind === 'and') {
    const and = p.advance().start
    declarations.push(parseTypeDeclaration(p, and, parseAttributes(p), equals))
  }
  return declarations
}
