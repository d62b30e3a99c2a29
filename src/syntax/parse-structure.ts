/** Structures: what .ml files and `struct … end` hold (manual, sections 11.11 and 11.12). */

import type {
  Attribute,
  Expression,
  ExtensionConstructor,
  ModuleBinding,
  Name,
  OpenDeclaration,
  StructureItem,
  ToplevelPhrase,
} from './ast.ts'
import type { JoinDeclaration } from './join-nodes.ts'
import { extensionItem, name, noAttributes } from './nodes.ts'
import {
  parseAttributes,
  parseExtension,
  parseFloatingAttribute,
  parseItemAttributes,
  parseKeywordSuffix,
} from './parse-attributes.ts'
import { parseClassDeclarations } from './parse-class.ts'
import { parseClassTypeDeclarations } from './parse-class-type.ts'
import { atDefItem, atLetDef, atLetLocation, parseDef, parseLocations } from './parse-definition.ts'
import { parseTypeItem, parseValueDescription } from './parse-item.ts'
import { parseLetBindings, parseLetRest } from './parse-let.ts'
import { parseModuleBinding, parseModuleExpression } from './parse-module.ts'
import { parseModuleType } from './parse-module-type.ts'
import { parseModuleName } from './parse-names.ts'
import { parseException } from './parse-type-declaration.ts'
import type { Parser } from './parser.ts'
import { startsExpression, startsStructureItem } from './token-sets.ts'

/**
 * Items up to what can be none. An expression may stand first and behind `;;`, for else it would be a part of
 * the item before.
 */
export function parseStructure(p: Parser): readonly StructureItem[] {
  const items: StructureItem[] = []
  let expressionAllowed = true
  for (;;) {
    if (p.accept(';;')) expressionAllowed = true
    else if (atItem(p, expressionAllowed)) {
      items.push(parseStructureItem(p, expressionAllowed))
      expressionAllowed = false
    } else return items
  }
}

function atItem(p: Parser, expressionAllowed: boolean): boolean {
  if (startsStructureItem.has(p.kind) || atDefItem(p)) return true
  return expressionAllowed && (startsExpression.has(p.kind) || p.kind === '_')
}

export function parseStructureItem(p: Parser, expressionAllowed: boolean): StructureItem {
  if (p.kind === 'let') return parseLetItem(p, expressionAllowed)
  if (atDefItem(p)) return parseJoinItem(p, expressionAllowed, parseDef)
  return startsStructureItem.has(p.kind) ? parseKeywordItem(p) : parseEvaluation(p)
}

function parseKeywordItem(p: Parser): StructureItem {
  switch (p.kind) {
    case 'val':
    case 'external':
      return parseExternal(p)
    case 'type':
      return extended(parseTypeItem(p, true))
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

/** An item, and the extension named behind its keyword. */
export interface Extended<Item> {
  readonly item: Item
  readonly extension: string | undefined
}

function extended({ item, extension }: Extended<StructureItem>): StructureItem {
  return extension === undefined ? item : extensionItem(extension, item)
}

// ---------------------------------------------------------------------------------------------------------
// Values

function parseEvaluation(p: Parser): StructureItem {
  const expression = p.grammar.sequence(p)
  const attributes = parseItemAttributes(p)
  return { kind: 'eval', expression, attributes, region: p.region(expression.region.start) }
}

/** A definition, or an expression that begins with `let`. */
function parseLetItem(p: Parser, expressionAllowed: boolean): StructureItem {
  const next = p.peek(1).kind
  if (next === 'module' || next === 'exception' || next === 'open') {
    if (expressionAllowed) return parseEvaluation(p)
    p.advance()
    p.fail()
  }
  if (next === 'lident' && atLetDef(p)) return parseJoinItem(p, expressionAllowed, parseDef)
  if (next === 'lident' && atLetLocation(p)) return parseJoinItem(p, expressionAllowed, parseLocations)
  const { start } = p.token
  const let_ = parseLetBindings(p)
  if (p.kind === 'in' && expressionAllowed) {
    const expression = parseLetRest(p, start, let_)
    const attributes = parseItemAttributes(p)
    return { kind: 'eval', expression, attributes, region: p.region(start) }
  }
  const { recursive, bindings, extension } = let_
  return extended({ item: { kind: 'value', recursive, bindings, region: p.region(start) }, extension })
}

/** `def` or `let loc`: an item, or the beginning of an expression. */
function parseJoinItem(
  p: Parser,
  expressionAllowed: boolean,
  parse: (p: Parser) => JoinDeclaration,
): StructureItem {
  const { start } = p.token
  const declaration = parse(p)
  if (p.kind !== 'in' || !expressionAllowed) {
    const attributes = parseItemAttributes(p)
    return { ...declaration, attributes, region: p.region(start) }
  }
  p.advance()
  const body = p.grammar.sequence(p)
  const expression: Expression = { ...declaration, body, region: p.region(start), attributes: noAttributes }
  const attributes = parseItemAttributes(p)
  return { kind: 'eval', expression, attributes, region: p.region(start) }
}

/** `external`; or `val`, which the grammar takes here too, as a primitive without names, for typing to refuse. */
function parseExternal(p: Parser): StructureItem {
  const { description, extension } = parseValueDescription(p)
  return extended({ item: { kind: 'primitive', description, region: description.region }, extension })
}

function parseExceptionItem(p: Parser): StructureItem {
  const { start } = p.advance()
  const { extension, attributes } = parseKeywordSuffix(p)
  const parsed = parseException(p, start, attributes, true)
  const after = parseItemAttributes(p)
  const region = p.region(start)
  const exception: ExtensionConstructor = { ...parsed, region, attributes: [...parsed.attributes, ...after] }
  return extended({ item: { kind: 'exception', exception, region }, extension })
}

// ---------------------------------------------------------------------------------------------------------
// Modules

function parseModuleItem(p: Parser): StructureItem {
  const next = p.peek(1).kind
  if (next === 'type') return parseModuleTypeItem(p)
  const { start } = p.advance()
  const { extension, attributes } = parseKeywordSuffix(p)
  if (p.accept('rec')) return parseRecursiveModules(p, start, extension, attributes)
  const binding = parseNamedModule(p, start, attributes, parseModuleName(p))
  return extended({ item: { kind: 'module', binding, region: p.region(start) }, extension })
}

function parseNamedModule(
  p: Parser,
  start: number,
  before: readonly Attribute[],
  bound: Name | undefined,
): ModuleBinding {
  const module = parseModuleBinding(p)
  const attributes = [...before, ...parseItemAttributes(p)]
  return { name: bound, module, region: p.region(start), attributes }
}

function parseRecursiveModules(
  p: Parser,
  start: number,
  extension: string | undefined,
  attributes: readonly Attribute[],
): StructureItem {
  const bindings = [parseNamedModule(p, start, attributes, parseModuleName(p))]
  while (p.kind === 'and') {
    const and = p.advance().start
    const before = parseAttributes(p)
    bindings.push(parseNamedModule(p, and, before, parseModuleName(p)))
  }
  return extended({ item: { kind: 'recursive-module', bindings, region: p.region(start) }, extension })
}

function parseModuleTypeItem(p: Parser): StructureItem {
  const { start } = p.advance()
  p.advance()
  const { extension, attributes: before } = parseKeywordSuffix(p)
  const bound = parseModuleTypeName(p)
  const type = p.accept('=') ? parseModuleType(p) : undefined
  const attributes = [...before, ...parseItemAttributes(p)]
  const common = { kind: 'module-type', name: bound, attributes, region: p.region(start) } as const
  return extended({ item: type === undefined ? common : { ...common, type }, extension })
}

/** Upper or lower case. */
export function parseModuleTypeName(p: Parser): Name {
  if (p.kind !== 'uident' && p.kind !== 'lident') p.fail('the name of a module type')
  const token = p.advance()
  return name(token.text, p.tokenRegion(token))
}

function parseOpenItem(p: Parser): StructureItem {
  const { start } = p.advance()
  const override = p.accept('!')
  const { extension, attributes: before } = parseKeywordSuffix(p)
  const module = parseModuleExpression(p)
  const attributes = [...before, ...parseItemAttributes(p)]
  const open: OpenDeclaration = { module, override, attributes, region: p.region(start) }
  return extended({ item: { kind: 'open', open, region: open.region }, extension })
}

function parseInclude(p: Parser): StructureItem {
  const { start } = p.advance()
  const { extension, attributes: before } = parseKeywordSuffix(p)
  const module = parseModuleExpression(p)
  const attributes = [...before, ...parseItemAttributes(p)]
  return extended({ item: { kind: 'include', module, attributes, region: p.region(start) }, extension })
}

// ---------------------------------------------------------------------------------------------------------
// Classes and extensions

function parseClassItem(p: Parser): StructureItem {
  const { start } = p.token
  if (p.peek(1).kind === 'type') {
    const { classes, extension } = parseClassTypeDeclarations(p)
    return extended({ item: { kind: 'class-type', classes, region: p.region(start) }, extension })
  }
  const { classes, extension } = parseClassDeclarations(p)
  return extended({ item: { kind: 'class', classes, region: p.region(start) }, extension })
}

function parseItemExtension(p: Parser): StructureItem {
  const { start } = p.token
  const { name: extension, payload } = parseExtension(p)
  const attributes = parseItemAttributes(p)
  return { kind: 'extension', name: extension, payload, attributes, region: p.region(start) }
}

// ---------------------------------------------------------------------------------------------------------
// Phrases

/** Items up to `;;` or the end, as the prompt reads them; the `;;` stays. */
export function parseDefinitions(p: Parser): ToplevelPhrase {
  const items: StructureItem[] = []
  parseDefinitionsInto(p, items)
  return { kind: 'definitions', items }
}

/** The same, each item added as soon as it is parsed. */
export function parseDefinitionsInto(p: Parser, items: StructureItem[]): void {
  let expressionAllowed = true
  while (atItem(p, expressionAllowed)) {
    items.push(parseStructureItem(p, expressionAllowed))
    expressionAllowed = false
  }
}
