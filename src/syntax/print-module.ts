/** Modules, their types, and the items of both as source text. */

import type {
  Attribute,
  FunctorParameter,
  ModuleBinding,
  ModuleDeclaration,
  ModuleExpression,
  ModuleType,
  Name,
  OpenDeclaration,
  SignatureItem,
  StructureItem,
  ValueDescription,
  WithConstraint,
} from './ast.ts'
import { printClassDeclaration, printClassDescription, printClassTypeDeclaration } from './print-class.ts'
import { printBindings } from './print-expression.ts'
import { printDefinition, printLocations } from './print-join.ts'
import {
  type Printers,
  printAttributeBody,
  printAttributes,
  printExtension,
  printModuleName,
  printPath,
  printString,
  printValueName,
} from './print-names.ts'
import {
  printExtensionConstructor,
  printPackage,
  printTypeDeclaration,
  printTypeExtension,
} from './print-type.ts'

// ---------------------------------------------------------------------------------------------------------
// Module expressions

export function printModuleExpression(to: Printers, m: ModuleExpression): string {
  if (m.attributes.length === 0) return printBareModule(to, m)
  return `(${printSimpleModule(to, m)}${printAttributes(to, m.attributes, '[@')})`
}

/** In parentheses when something could go on behind it. */
function printSimpleModule(to: Printers, m: ModuleExpression): string {
  return m.kind === 'functor' ? `(${printBareModule(to, m)})` : printBareModule(to, m)
}

function printBareModule(to: Printers, m: ModuleExpression): string {
  switch (m.kind) {
    case 'ident':
      return printPath(m.path)
    case 'structure':
      return `struct\n${to.structure(to, m.items)}\nend`
    case 'functor':
      return `functor ${printFunctorParameter(to, m.parameter)} -> ${printModuleExpression(to, m.body)}`
    case 'apply':
      return `${printFunctor(to, m.functor)} (${printModuleExpression(to, m.argument)})`
    case 'apply-unit':
      return `${printFunctor(to, m.functor)} ()`
    case 'constraint':
      return `(${printModuleExpression(to, m.module)} : ${printModuleType(to, m.type)})`
    case 'unpack':
      return printUnpack(to, m)
    case 'extension':
      return printExtension(to, '[%', m)
  }
}

function printFunctor(to: Printers, m: ModuleExpression): string {
  return m.attributes.length === 0 ? printSimpleModule(to, m) : printModuleExpression(to, m)
}

function printUnpack(to: Printers, m: ModuleExpression & { kind: 'unpack' }): string {
  const from = m.from?.kind === 'package' ? ` : ${printPackage(to, m.from)}` : ''
  const target = m.to?.kind === 'package' ? ` :> ${printPackage(to, m.to)}` : ''
  return `(val ${to.simpleExpression(to, m.expression)}${from}${target})`
}

function printFunctorParameter(to: Printers, parameter: FunctorParameter): string {
  if (parameter.kind === 'unit') return '()'
  return `(${printModuleName(parameter.name)} : ${printModuleType(to, parameter.type)})`
}

// ---------------------------------------------------------------------------------------------------------
// Module types

export function printModuleType(to: Printers, t: ModuleType): string {
  if (t.attributes.length === 0) return printBareModuleType(to, t)
  return `(${printSimpleModuleType(to, { ...t, attributes: [] })}${printAttributes(to, t.attributes, '[@')})`
}

function printSimpleModuleType(to: Printers, t: ModuleType): string {
  const isOpen = t.kind === 'functor' || t.kind === 'with' || t.kind === 'type-of'
  return isOpen && t.attributes.length === 0 ? `(${printBareModuleType(to, t)})` : printModuleType(to, t)
}

function printBareModuleType(to: Printers, t: ModuleType): string {
  switch (t.kind) {
    case 'ident':
    case 'alias':
      return printPath(t.path)
    case 'signature':
      return `sig\n${to.signature(to, t.items)}\nend`
    case 'functor':
      return `functor ${printFunctorParameter(to, t.parameter)} -> ${printModuleType(to, t.body)}`
    case 'with': {
      const constraints = t.constraints.map((each) => printWithConstraint(to, each)).join(' and ')
      return `${printSimpleModuleType(to, t.type)} with ${constraints}`
    }
    case 'type-of':
      return `module type of ${printFunctor(to, t.module)}`
    case 'extension':
      return printExtension(to, '[%', t)
  }
}

function printWithConstraint(to: Printers, c: WithConstraint): string {
  const equals = c.destructive ? ':=' : '='
  switch (c.kind) {
    case 'module':
      return `module ${printPath(c.path)} ${equals} ${printPath(c.target)}`
    case 'module-type':
      return `module type ${printPath(c.path)} ${equals} ${printSimpleModuleType(to, c.type)}`
    case 'type': {
      const { declaration } = c
      const name: Name = { text: printPath(c.path), region: declaration.name.region }
      return `type ${printTypeDeclaration(to, { ...declaration, name }, equals)}`
    }
  }
}

// ---------------------------------------------------------------------------------------------------------
// Structures

/** An item per line; `;;` around expressions. */
export function printStructure(to: Printers, items: readonly StructureItem[]): string {
  return items
    .map((item, i) => `${item.kind === 'eval' && i > 0 ? ';; ' : ''}${printStructureItem(to, item)}`)
    .join('\n')
}

function itemAttributes(to: Printers, attributes: readonly Attribute[]): string {
  return printAttributes(to, attributes, '[@@')
}

export function printStructureItem(to: Printers, item: StructureItem): string {
  switch (item.kind) {
    case 'eval':
      return `${to.simpleExpression(to, item.expression)}${itemAttributes(to, item.attributes)}`
    case 'value':
      return printBindings(to, item.recursive, item.bindings)
    case 'def':
      return `${printDefinition(to, item.definition)}${itemAttributes(to, item.attributes)}`
    case 'location':
      return `${printLocations(to, item.locations)}${itemAttributes(to, item.attributes)}`
    case 'primitive':
      return printDescription(to, item.description)
    case 'module':
      return `module ${printModuleBinding(to, item.binding)}`
    case 'recursive-module':
      return `module rec ${item.bindings.map((each) => printModuleBinding(to, each)).join('\nand ')}`
    case 'open':
      return printOpen(to, item.open)
    case 'include':
      return `include ${printModuleExpression(to, item.module)}${itemAttributes(to, item.attributes)}`
    case 'class':
      return `class ${item.classes.map((each) => printClassDeclaration(to, each)).join('\nand ')}`
    default:
      return printSharedItem(to, item)
  }
}

function printModuleBinding(to: Printers, b: ModuleBinding): string {
  return `${printModuleName(b.name)} = ${printModuleExpression(to, b.module)}${itemAttributes(to, b.attributes)}`
}

/** An item that structures and signatures have in common. */
type SharedItem = StructureItem | SignatureItem

function printSharedItem(to: Printers, item: StructureItem | SignatureItem): string {
  switch (item.kind) {
    case 'type': {
      const nonrec = item.recursive ? '' : 'nonrec '
      return `type ${nonrec}${item.declarations.map((each) => printTypeDeclaration(to, each)).join('\nand ')}`
    }
    case 'type-extension':
      return `type ${printTypeExtension(to, item.extension)}`
    case 'exception':
      return `exception ${printExtensionConstructor(to, item.exception, '[@@')}`
    case 'module-type':
      return printModuleTypeItem(to, item)
    case 'class-type':
      return `class type ${item.classes.map((each) => printClassTypeDeclaration(to, each)).join('\nand ')}`
    case 'attribute':
      return `[@@@${printAttributeBody(to, item.attribute)}]`
    case 'extension':
      return `${printExtension(to, '[%%', item)}${itemAttributes(to, item.attributes)}`
    default:
      return ''
  }
}

function printModuleTypeItem(to: Printers, item: SharedItem & { kind: 'module-type' }): string {
  const type = item.type === undefined ? '' : ` = ${printModuleType(to, item.type)}`
  return `module type ${item.name.text}${type}${itemAttributes(to, item.attributes)}`
}

function printDescription(to: Printers, d: ValueDescription): string {
  const primitives = d.primitives.map((each) => ` ${printString(new TextEncoder().encode(each))}`).join('')
  const [keyword, tail] = d.primitives.length === 0 ? ['val', ''] : ['external', ` =${primitives}`]
  return `${keyword} ${printValueName(d.name.text)} : ${to.type(to, d.type)}${tail}${itemAttributes(to, d.attributes)}`
}

function printOpen(to: Printers, open: OpenDeclaration): string {
  const keyword = open.override ? 'open!' : 'open'
  return `${keyword} ${printModuleExpression(to, open.module)}${itemAttributes(to, open.attributes)}`
}

// ---------------------------------------------------------------------------------------------------------
// Signatures

/** An item per line. */
export function printSignature(to: Printers, items: readonly SignatureItem[]): string {
  return items.map((item) => printSignatureItem(to, item)).join('\n')
}

export function printSignatureItem(to: Printers, item: SignatureItem): string {
  switch (item.kind) {
    case 'value':
      return printDescription(to, item.description)
    case 'type-substitution':
      return `type ${item.declarations.map((each) => printTypeDeclaration(to, each, ':=')).join('\nand ')}`
    case 'module':
      return `module ${printModuleDeclaration(to, item.declaration)}`
    case 'module-substitution':
      return `module ${item.name.text} := ${printPath(item.path)}${itemAttributes(to, item.attributes)}`
    case 'recursive-module':
      return `module rec ${item.declarations.map((each) => printModuleDeclaration(to, each)).join('\nand ')}`
    case 'module-type-substitution':
      return `module type ${item.name.text} := ${printModuleType(to, item.type)}${itemAttributes(to, item.attributes)}`
    case 'open':
      return printOpen(to, item.open)
    case 'include':
      return `include ${printModuleType(to, item.type)}${itemAttributes(to, item.attributes)}`
    case 'class':
      return `class ${item.classes.map((each) => printClassDescription(to, each)).join('\nand ')}`
    default:
      return printSharedItem(to, item)
  }
}

function printModuleDeclaration(to: Printers, d: ModuleDeclaration): string {
  const separator = d.type.kind === 'alias' ? '=' : ':'
  return `${printModuleName(d.name)} ${separator} ${printModuleType(to, d.type)}${itemAttributes(to, d.attributes)}`
}
