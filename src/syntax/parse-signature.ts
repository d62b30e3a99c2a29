/** Signatures: what .mli files and `sig … end` hold (manual, section 11.10.2). */

import type {
  Attribute,
  ExtensionConstructor,
  ModuleDeclaration,
  ModuleExpression,
  ModuleType,
  Name,
  OpenDeclaration,
  SignatureItem,
} from './ast.ts'
import { noAttributes } from './nodes.ts'
import {
  parseAttributes,
  parseExtension,
  parseFloatingAttribute,
  parseItemAttributes,
  parseKeywordSuffix,
} from './parse-attributes.ts'
import { parseClassDescriptions, parseClassTypeDeclarations } from './parse-class-type.ts'
import { parseTypeSignatureItem, parseValueDescription } from './parse-item.ts'
import { functorType, parseFunctorParameters, parseModuleType } from './parse-module-type.ts'
import { parseExtendedModulePath, parseModuleName, parseModulePath } from './parse-names.ts'
import { parseModuleTypeName } from './parse-structure.ts'
import { parseException } from './parse-type-declaration.ts'
import type { Parser } from './parser.ts'
import { startsSignatureItem } from './token-sets.ts'

/** Items up to what can be none. */
export function parseSignature(p: Parser): readonly SignatureItem[] {
  const items: SignatureItem[] = []
  for (;;) {
    if (p.accept(';;')) continue
    if (!startsSignatureItem.has(p.kind)) return items
    items.push(parseSignatureItem(p))
  }
}

function parseSignatureItem(p: Parser): SignatureItem {
  switch (p.kind) {
    case 'val':
    case 'external': {
      const { description, extension } = parseValueDescription(p)
      return extended({ kind: 'value', description, region: description.region }, extension)
    }
    case 'type': {
      const { item, extension } = parseTypeSignatureItem(p)
      return extended(item, extension)
    }
    case 'exception':
      return parseExceptionItem(p)
    case 'module':
      return parseModuleItem(p)
    case 'open':
      return parseOpenItem(p)
    case 'include':
      return parseInclude(p)
    case 'class':
      return parseClassItem(p)
    case '[@@@': {
      const attribute = parseFloatingAttribute(p)
      return { kind: 'attribute', attribute, region: attribute.region }
    }
    default:
      return parseItemExtension(p)
  }
}

function extended(item: SignatureItem, extension: string | undefined): SignatureItem {
  if (extension === undefined) return item
  const payload = { kind: 'signature', items: [item] } as const
  return { kind: 'extension', name: extension, payload, attributes: noAttributes, region: item.region }
}

function parseExceptionItem(p: Parser): SignatureItem {
  const { start } = p.advance()
  const { extension, attributes } = parseKeywordSuffix(p)
  const parsed = parseException(p, start, attributes, false)
  const after = parseItemAttributes(p)
  const region = p.region(start)
  const exception: ExtensionConstructor = { ...parsed, region, attributes: [...parsed.attributes, ...after] }
  return extended({ kind: 'exception', exception, region }, extension)
}

// ---------------------------------------------------------------------------------------------------------
// Modules

function parseModuleItem(p: Parser): SignatureItem {
  if (p.peek(1).kind === 'type') return parseModuleTypeItem(p)
  const { start } = p.advance()
  const { extension, attributes } = parseKeywordSuffix(p)
  if (p.accept('rec')) return parseRecursiveModules(p, start, extension, attributes)
  const name = parseModuleName(p)
  if (name !== undefined && p.kind === ':=') return parseSubstitution(p, start, extension, attributes, name)
  const declaration = parseDeclaration(p, start, attributes, name, true)
  return extended({ kind: 'module', declaration, region: p.region(start) }, extension)
}

/** `: S`, `(X : S) … : T`, or `= M` where an alias is allowed. */
function parseDeclaration(
  p: Parser,
  start: number,
  before: readonly Attribute[],
  name: Name | undefined,
  mayBeAlias: boolean,
): ModuleDeclaration {
  const type = p.kind === '=' && mayBeAlias ? parseAlias(p) : parseDeclaredType(p, mayBeAlias)
  const attributes = [...before, ...parseItemAttributes(p)]
  return { name, type, region: p.region(start), attributes }
}

function parseAlias(p: Parser): ModuleType {
  p.expect('=')
  const path = parseModulePath(p)
  return { kind: 'alias', path, region: path.region, attributes: noAttributes }
}

function parseDeclaredType(p: Parser, mayHaveParameters: boolean): ModuleType {
  const parameters = p.kind === '(' && mayHaveParameters ? parseFunctorParameters(p) : []
  p.expect(':')
  return functorType(p, parameters, parseModuleType(p))
}

/** `module M := N.P` */
function parseSubstitution(
  p: Parser,
  start: number,
  extension: string | undefined,
  before: readonly Attribute[],
  name: Name,
): SignatureItem {
  p.expect(':=')
  if (!p.at('uident')) p.expecting('module path')
  const path = parseExtendedModulePath(p)
  const attributes = [...before, ...parseItemAttributes(p)]
  const region = p.region(start)
  return extended({ kind: 'module-substitution', name, path, attributes, region }, extension)
}

function parseRecursiveModules(
  p: Parser,
  start: number,
  extension: string | undefined,
  attributes: readonly Attribute[],
): SignatureItem {
  const declarations = [parseDeclaration(p, start, attributes, parseModuleName(p), false)]
  while (p.kind === 'and') {
    const and = p.advance().start
    const before = parseAttributes(p)
    declarations.push(parseDeclaration(p, and, before, parseModuleName(p), false))
  }
  return extended({ kind: 'recursive-module', declarations, region: p.region(start) }, extension)
}

function parseModuleTypeItem(p: Parser): SignatureItem {
  const { start } = p.advance()
  p.advance()
  const { extension, attributes: before } = parseKeywordSuffix(p)
  const name = parseModuleTypeName(p)
  const substitutes = p.accept(':=')
  const type = substitutes || p.accept('=') ? parseModuleType(p) : undefined
  const attributes = [...before, ...parseItemAttributes(p)]
  const region = p.region(start)
  if (type === undefined) return extended({ kind: 'module-type', name, attributes, region }, extension)
  const kind = substitutes ? 'module-type-substitution' : 'module-type'
  return extended({ kind, name, type, attributes, region }, extension)
}

function parseOpenItem(p: Parser): SignatureItem {
  const { start } = p.advance()
  const override = p.accept('!')
  const { extension, attributes: before } = parseKeywordSuffix(p)
  const path = parseExtendedModulePath(p)
  const module: ModuleExpression = { kind: 'ident', path, region: path.region, attributes: noAttributes }
  const attributes = [...before, ...parseItemAttributes(p)]
  const open: OpenDeclaration = { module, override, attributes, region: p.region(start) }
  return extended({ kind: 'open', open, region: open.region }, extension)
}

function parseInclude(p: Parser): SignatureItem {
  const { start } = p.advance()
  const { extension, attributes: before } = parseKeywordSuffix(p)
  const type = parseModuleType(p)
  const attributes = [...before, ...parseItemAttributes(p)]
  return extended({ kind: 'include', type, attributes, region: p.region(start) }, extension)
}

// ---------------------------------------------------------------------------------------------------------
// Classes and extensions

function parseClassItem(p: Parser): SignatureItem {
  const { start } = p.token
  if (p.peek(1).kind === 'type') {
    const { classes, extension } = parseClassTypeDeclarations(p)
    return extended({ kind: 'class-type', classes, region: p.region(start) }, extension)
  }
  const { classes, extension } = parseClassDescriptions(p)
  return extended({ kind: 'class', classes, region: p.region(start) }, extension)
}

function parseItemExtension(p: Parser): SignatureItem {
  const { start } = p.token
  const { name, payload } = parseExtension(p)
  const attributes = parseItemAttributes(p)
  return { kind: 'extension', name, payload, attributes, region: p.region(start) }
}
