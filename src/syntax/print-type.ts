/** Types and their declarations as source text. */

import type {
  ConstructorArguments,
  ExtensionConstructor,
  LabelDeclaration,
  Name,
  ObjectTypeField,
  TypeDeclaration,
  TypeDefinition,
  TypeExpression,
  TypeExtension,
  TypeParameter,
  VariantRow,
} from './ast.ts'
import {
  type Printers,
  printAttributes,
  printConstructorName,
  printConstructorPath,
  printExtension,
  printLabel,
  printPath,
} from './print-names.ts'

// ---------------------------------------------------------------------------------------------------------
// Expressions

/** Anything; attributes force parentheses. */
export function printType(to: Printers, type: TypeExpression): string {
  if (type.attributes.length > 0) {
    return `(${printBare(to, type)}${printAttributes(to, type.attributes, '[@')})`
  }
  return printBare(to, type)
}

const compound: ReadonlySet<TypeExpression['kind']> = new Set([
  'arrow',
  'synchronous',
  'tuple',
  'alias',
  'poly',
] as const)

function isSimple(type: TypeExpression): boolean {
  return !compound.has(type.kind)
}

/** With parentheses unless `*`, `->` and constructors take it as an operand. */
export function printSimpleType(to: Printers, type: TypeExpression): string {
  return isSimple(type) || type.attributes.length > 0 ? printType(to, type) : `(${printBare(to, type)})`
}

function printBare(to: Printers, type: TypeExpression): string {
  switch (type.kind) {
    case 'any':
      return '_'
    case 'variable':
      return printVariable(type.name)
    case 'arrow':
      return `${printLabel(type.label).replace('~', '')}${printFunction(to, type, '->')}`
    case 'synchronous':
      return printFunction(to, type, '=>')
    case 'asynchronous':
      return `<< ${printType(to, type.argument)} >>`
    case 'tuple':
      return type.elements.map((each) => printSimpleType(to, each)).join(' * ')
    case 'constructor':
      return `${printArguments(to, type.arguments)}${printPath(type.path)}`
    case 'class':
      return `${printArguments(to, type.arguments)}#${printPath(type.path)}`
    case 'object':
      return printObject(to, type)
    case 'alias':
      return `${printSimpleType(to, type.type)} as ${printVariable(type.name)}`
    case 'variant':
      return printVariant(to, type)
    case 'poly':
      return `${printQuantifier(type.variables)}${printType(to, type.type)}`
    case 'package':
      return `(module ${printPackage(to, type)})`
    case 'open':
      return `${printPath(type.path)}.(${printType(to, type.type)})`
    case 'extension':
      return printExtension(to, '[%', type)
  }
}

/** A space behind the quote keeps a name such as `a'` from looking like a character. */
function printVariable(name: string): string {
  return name.charAt(1) === "'" ? `' ${name}` : `'${name}`
}

/** `'a 'b. `, or nothing. */
export function printQuantifier(names: readonly Name[]): string {
  return names.length === 0 ? '' : `${names.map((name) => printVariable(name.text)).join(' ')}. `
}

interface FunctionType {
  readonly parameter: TypeExpression
  readonly result: TypeExpression
}

function printFunction(to: Printers, { parameter, result }: FunctionType, arrow: '->' | '=>'): string {
  const left = parameter.kind === 'tuple' ? printType(to, parameter) : printSimpleType(to, parameter)
  const goesOn = result.kind === 'arrow' || result.kind === 'synchronous' || result.kind === 'tuple'
  return `${left} ${arrow} ${goesOn ? printType(to, result) : printSimpleType(to, result)}`
}

/** With a space behind them. */
function printArguments(to: Printers, args: readonly TypeExpression[]): string {
  if (args.length === 0) return ''
  if (args.length === 1) return `${printSimpleType(to, args[0]!)} `
  return `(${args.map((each) => printType(to, each)).join(', ')}) `
}

function printObject(to: Printers, type: TypeExpression & { kind: 'object' }): string {
  const fields = type.fields.map((field) => printField(to, field))
  return `< ${[...fields, ...(type.open ? ['..'] : [])].join('; ')} >`
}

function printField(to: Printers, field: ObjectTypeField): string {
  if (field.kind === 'inherit') return printSimpleType(to, field.type)
  return `${field.name.text} : ${printType(to, field.type)}${printAttributes(to, field.attributes, '[@')}`
}

const brackets = { exact: '[', open: '[>', closed: '[<' } as const

function printVariant(to: Printers, type: TypeExpression & { kind: 'variant' }): string {
  const rows = type.rows.map((row) => printRow(to, row)).join(' | ')
  const bar = type.rows.length === 0 ? '' : '| '
  const required = type.required.length === 0 ? '' : ` > ${type.required.map((tag) => `\`${tag}`).join(' ')}`
  return `${brackets[type.bound]} ${bar}${rows}${required} ]`
}

function printRow(to: Printers, row: VariantRow): string {
  if (row.kind === 'inherit') return printType(to, row.type)
  const attributes = printAttributes(to, row.attributes, '[@')
  if (row.types.length === 0) return `\`${row.name.text}${attributes}`
  const types = row.types.map((each) => printSimpleType(to, each)).join(' & ')
  return `\`${row.name.text} of ${row.constant ? '& ' : ''}${types}${attributes}`
}

/** What stands behind `module` in a package type. */
export function printPackage(to: Printers, type: TypeExpression & { kind: 'package' }): string {
  const constraints = type.constraints.map(
    (each) => `type ${printPath(each.path)} = ${printSimpleType(to, each.type)}`,
  )
  return constraints.length === 0
    ? printPath(type.path)
    : `${printPath(type.path)} with ${constraints.join(' and ')}`
}

// ---------------------------------------------------------------------------------------------------------
// Declarations

const signs = { none: '', covariant: '+', contravariant: '-', bivariant: '+-' } as const

export function printTypeParameter(to: Printers, { type, variance, injective }: TypeParameter): string {
  return `${signs[variance]}${injective ? '!' : ''}${printType(to, type)}`
}

/** With a space behind them. */
export function printTypeParameters(to: Printers, parameters: readonly TypeParameter[]): string {
  if (parameters.length === 0) return ''
  return `(${parameters.map((each) => printTypeParameter(to, each)).join(', ')}) `
}

/** `params t = …` without its keyword. */
export function printTypeDeclaration(to: Printers, d: TypeDeclaration, equals: '=' | ':=' = '='): string {
  const head = `${printTypeParameters(to, d.parameters)}${d.name.text}`
  return `${head}${printTypeBody(to, d, equals)}${printAttributes(to, d.attributes, '[@@')}`
}

/** From the equation sign on. */
function printTypeBody(to: Printers, d: TypeDeclaration, equals: '=' | ':='): string {
  const isPrivate = d.private ? 'private ' : ''
  const manifest = d.manifest === undefined ? undefined : printType(to, d.manifest)
  const definition = printDefinition(to, d.definition)
  const constraints = d.constraints
    .map((each) => ` constraint ${printType(to, each.left)} = ${printType(to, each.right)}`)
    .join('')
  if (definition === undefined)
    return `${manifest === undefined ? '' : ` ${equals} ${isPrivate}${manifest}`}${constraints}`
  const before = manifest === undefined ? '' : `${manifest} = `
  return ` ${equals} ${before}${isPrivate}${definition}${constraints}`
}

function printDefinition(to: Printers, definition: TypeDefinition): string | undefined {
  switch (definition.kind) {
    case 'abstract':
      return undefined
    case 'open':
      return '..'
    case 'record':
      return printFields(to, definition.fields)
    case 'variant':
      return definition.constructors.length === 0
        ? '|'
        : definition.constructors.map((each) => `| ${printConstructorDeclaration(to, each)}`).join(' ')
  }
}

function printFields(to: Printers, fields: readonly LabelDeclaration[]): string {
  const printed = fields.map((field) => {
    const mutable = field.mutable ? 'mutable ' : ''
    return `${mutable}${field.name.text} : ${printType(to, field.type)}${printAttributes(to, field.attributes, '[@')}`
  })
  return `{ ${printed.join('; ')} }`
}

interface Constructor {
  readonly name: Name
  readonly existentials: readonly Name[]
  readonly arguments: ConstructorArguments
  readonly result?: TypeExpression
}

function printConstructorDeclaration(
  to: Printers,
  c: Constructor & Pick<TypeDeclaration, 'attributes'>,
): string {
  return `${printConstructor(to, c)}${printAttributes(to, c.attributes, '[@')}`
}

function printConstructor(to: Printers, c: Constructor): string {
  const name = printConstructorName(c.name.text)
  const args = printConstructorArguments(to, c.arguments)
  if (c.result === undefined) return args === '' ? name : `${name} of ${args}`
  const result = printSimpleType(to, c.result)
  return `${name} : ${printQuantifier(c.existentials)}${args === '' ? '' : `${args} -> `}${result}`
}

function printConstructorArguments(to: Printers, args: ConstructorArguments): string {
  if (args.kind === 'record') return printFields(to, args.fields)
  return args.types.map((type) => printSimpleType(to, type)).join(' * ')
}

/** `params t += …` without its keyword. */
export function printTypeExtension(to: Printers, x: TypeExtension): string {
  const constructors = x.constructors
    .map((each) => `| ${printExtensionConstructor(to, each, '[@')}`)
    .join(' ')
  const head = `${printTypeParameters(to, x.parameters)}${printPath(x.path)} += ${x.private ? 'private ' : ''}`
  return `${head}${constructors}${printAttributes(to, x.attributes, '[@@')}`
}

export function printExtensionConstructor(to: Printers, c: ExtensionConstructor, open: '[@' | '[@@'): string {
  const { definition } = c
  const body =
    definition.kind === 'rebind'
      ? `${printConstructorName(c.name.text)} = ${printConstructorPath(definition.path)}`
      : printConstructor(to, { name: c.name, ...definition })
  return `${body}${printAttributes(to, c.attributes, open)}`
}
