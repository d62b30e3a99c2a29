/** Classes and class types as source text. */

import type {
  ClassDeclaration,
  ClassDescription,
  ClassExpression,
  ClassField,
  ClassFieldDefinition,
  ClassStructure,
  ClassType,
  ClassTypeDeclaration,
  ClassTypeField,
  Expression,
  TypeExpression,
  TypeParameter,
} from './ast.ts'
import { printArgument, printBindings, printLabelledPattern } from './print-expression.ts'
import { printDefinition as printJoinDefinition } from './print-join.ts'
import {
  type Printers,
  printAttributeBody,
  printAttributes,
  printExtension,
  printLabel,
  printPath,
} from './print-names.ts'
import { printSimpleType, printTypeParameter } from './print-type.ts'

// ---------------------------------------------------------------------------------------------------------
// Declarations

interface Header {
  readonly name: { readonly text: string }
  readonly virtual: boolean
  readonly parameters: readonly TypeParameter[]
}

function printHeader(to: Printers, { name, virtual, parameters }: Header): string {
  const list = parameters.map((each) => printTypeParameter(to, each)).join(', ')
  return `${virtual ? 'virtual ' : ''}${parameters.length === 0 ? '' : `[${list}] `}${name.text}`
}

export function printClassDeclaration(to: Printers, d: ClassDeclaration): string {
  const body = printClassExpression(to, d.expression)
  return `${printHeader(to, d)} = ${body}${printAttributes(to, d.attributes, '[@@')}`
}

export function printClassDescription(to: Printers, d: ClassDescription): string {
  return `${printHeader(to, d)} : ${printClassType(to, d.type)}${printAttributes(to, d.attributes, '[@@')}`
}

export function printClassTypeDeclaration(to: Printers, d: ClassTypeDeclaration): string {
  return `${printHeader(to, d)} = ${printClassType(to, d.type)}${printAttributes(to, d.attributes, '[@@')}`
}

// ---------------------------------------------------------------------------------------------------------
// Class expressions

export function printClassExpression(to: Printers, c: ClassExpression): string {
  if (c.attributes.length === 0) return printBareClass(to, c)
  return `((${printBareClass(to, c)})${printAttributes(to, c.attributes, '[@')})`
}

function printSimpleClass(to: Printers, c: ClassExpression): string {
  const isSimple = c.kind === 'constructor' || c.kind === 'structure' || c.kind === 'constraint'
  return isSimple && c.attributes.length === 0 ? printBareClass(to, c) : `(${printClassExpression(to, c)})`
}

function printBareClass(to: Printers, c: ClassExpression): string {
  switch (c.kind) {
    case 'constructor':
      return `${printClassArguments(to, c.arguments)}${printPath(c.path)}`
    case 'structure':
      return `object ${printClassStructure(to, c.body)} end`
    case 'function':
      return `fun ${printLabelledPattern(to, c)} -> ${printClassExpression(to, c.body)}`
    case 'apply': {
      const args = c.arguments.map((each) => printArgument(to, each)).join(' ')
      return `${printSimpleClass(to, c.function)} ${args}`
    }
    case 'let':
      return `${printBindings(to, c.recursive, c.bindings)} in ${printClassExpression(to, c.body)}`
    case 'def':
      return `${printJoinDefinition(to, c.definition)} in ${printClassExpression(to, c.body)}`
    case 'constraint':
      return `(${printClassExpression(to, c.class)} : ${printClassType(to, c.type)})`
    case 'open':
      return `${printLetOpen(to, c.open)} in ${printClassExpression(to, c.body)}`
    case 'extension':
      return printExtension(to, '[%', c)
  }
}

function printLetOpen(to: Printers, open: (ClassExpression & { kind: 'open' })['open']): string {
  const attributes = printAttributes(to, open.attributes, '[@')
  return `let open${open.override ? '!' : ''}${attributes} ${to.moduleExpression(to, open.module)}`
}

/** `[t, u] ` */
function printClassArguments(to: Printers, types: readonly TypeExpression[]): string {
  return types.length === 0 ? '' : `[${types.map((type) => to.type(to, type)).join(', ')}] `
}

export function printClassStructure(to: Printers, { self, fields }: ClassStructure): string {
  const head = self.kind === 'any' && self.region.start === self.region.end ? '' : `(${to.pattern(to, self)})`
  return [head, ...fields.map((field) => printField(to, field))].filter((text) => text !== '').join('\n')
}

function printField(to: Printers, field: ClassField): string {
  return `${printBareField(to, field)}${printAttributes(to, field.attributes, '[@@')}`
}

function printBareField(to: Printers, field: ClassField): string {
  switch (field.kind) {
    case 'inherit': {
      const alias = field.alias === undefined ? '' : ` as ${field.alias.text}`
      return `inherit${field.override ? '!' : ''} ${printClassExpression(to, field.class)}${alias}`
    }
    case 'value':
      return printDefinition(to, 'val', field.mutable ? 'mutable ' : '', field.name.text, field.definition)
    case 'method':
      return printDefinition(to, 'method', field.private ? 'private ' : '', field.name.text, field.definition)
    case 'constraint':
      return `constraint ${to.type(to, field.left)} = ${to.type(to, field.right)}`
    case 'initializer':
      return `initializer ${to.simpleExpression(to, field.expression)}`
    case 'attribute':
      return `[@@@${printAttributeBody(to, field.attribute)}]`
    case 'extension':
      return printExtension(to, '[%%', field)
  }
}

function printDefinition(
  to: Printers,
  keyword: 'val' | 'method',
  flag: string,
  name: string,
  definition: ClassFieldDefinition<Expression>,
): string {
  if (definition.kind === 'virtual')
    return `${keyword} ${flag}virtual ${name} : ${to.type(to, definition.type)}`
  const { body, override } = definition
  const head = `${keyword}${override ? '!' : ''} ${flag}${name}`
  const isPolymorphic =
    body.kind === 'constraint' && body.type.kind === 'poly' && body.attributes.length === 0
  if (!isPolymorphic) return `${head} = ${to.simpleExpression(to, body)}`
  return `${head} : ${to.type(to, body.type)} = ${to.simpleExpression(to, body.expression)}`
}

// ---------------------------------------------------------------------------------------------------------
// Class types

export function printClassType(to: Printers, t: ClassType): string {
  return `${printBareClassType(to, t)}${printAttributes(to, t.attributes, '[@')}`
}

function printBareClassType(to: Printers, t: ClassType): string {
  switch (t.kind) {
    case 'constructor':
      return `${printClassArguments(to, t.arguments)}${printPath(t.path)}`
    case 'signature':
      return printClassSignature(to, t)
    case 'arrow': {
      const label = printLabel(t.label).replace('~', '')
      return `${label}${printSimpleType(to, t.parameter)} -> ${printClassType(to, t.result)}`
    }
    case 'open':
      return `${printLetOpen(to, t.open)} in ${printClassType(to, t.type)}`
    case 'extension':
      return printExtension(to, '[%', t)
  }
}

function printClassSignature(to: Printers, { self, fields }: ClassType & { kind: 'signature' }): string {
  const head = self.kind === 'any' && self.region.start === self.region.end ? '' : `(${to.type(to, self)})`
  const lines = [head, ...fields.map((field) => printTypeField(to, field))].filter((text) => text !== '')
  return `object ${lines.join('\n')} end`
}

function printTypeField(to: Printers, field: ClassTypeField): string {
  return `${printBareTypeField(to, field)}${printAttributes(to, field.attributes, '[@@')}`
}

function printBareTypeField(to: Printers, field: ClassTypeField): string {
  switch (field.kind) {
    case 'inherit':
      return `inherit ${printClassType(to, field.type)}`
    case 'value':
      return `val ${flags(field.mutable, 'mutable ', field.virtual)}${field.name.text} : ${to.type(to, field.type)}`
    case 'method':
      return `method ${flags(field.private, 'private ', field.virtual)}${field.name.text} : ${to.type(to, field.type)}`
    case 'constraint':
      return `constraint ${to.type(to, field.left)} = ${to.type(to, field.right)}`
    case 'attribute':
      return `[@@@${printAttributeBody(to, field.attribute)}]`
    case 'extension':
      return printExtension(to, '[%%', field)
  }
}

function flags(flag: boolean, word: string, virtual: boolean): string {
  return `${flag ? word : ''}${virtual ? 'virtual ' : ''}`
}
