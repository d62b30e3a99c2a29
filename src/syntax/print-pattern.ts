/** Patterns as source text. */

import type { Pattern } from './ast.ts'
import {
  type Printers,
  printAttributes,
  printConstructorPath,
  printExtension,
  printModuleName,
  printPath,
  printPatternConstant,
  printValueName,
} from './print-names.ts'
import { printPackage } from './print-type.ts'

/** Anything; attributes force parentheses. */
export function printPattern(to: Printers, p: Pattern): string {
  if (p.attributes.length === 0) return printBare(to, p)
  const inner = isSimple(p) ? printBare(to, p) : `(${printBare(to, p)})`
  return `(${inner}${printAttributes(to, p.attributes, '[@')})`
}

function isSimple(p: Pattern): boolean {
  switch (p.kind) {
    case 'alias':
    case 'tuple':
    case 'or':
    case 'lazy':
    case 'exception':
    case 'effect':
      return false
    case 'construct':
    case 'variant':
      return p.argument === undefined
    default:
      return true
  }
}

/** With parentheses unless it needs none as an argument. */
export function printSimplePattern(to: Printers, p: Pattern): string {
  return isSimple(p) || p.attributes.length > 0 ? printPattern(to, p) : `(${printBare(to, p)})`
}

function printBare(to: Printers, p: Pattern): string {
  switch (p.kind) {
    case 'any':
      return '_'
    case 'variable':
      return printValueName(p.name.text)
    case 'alias':
      return `${printSimplePattern(to, p.pattern)} as ${printValueName(p.name.text)}`
    case 'constant':
      return printPatternConstant(p.constant)
    case 'interval':
      return `${printPatternConstant(p.low)} .. ${printPatternConstant(p.high)}`
    case 'tuple':
      return p.elements.map((each) => printSimplePattern(to, each)).join(', ')
    case 'construct':
      return printConstruct(to, p)
    case 'variant':
      return `\`${p.tag}${p.argument === undefined ? '' : ` ${printSimplePattern(to, p.argument)}`}`
    case 'or':
      return `${printOperand(to, p.left, 'or')} | ${printSimplePattern(to, p.right)}`
    case 'lazy':
      return `lazy ${printSimplePattern(to, p.pattern)}`
    case 'exception':
      return `exception ${printSimplePattern(to, p.pattern)}`
    case 'effect':
      return `effect ${printSimplePattern(to, p.effect)}, ${printSimplePattern(to, p.continuation)}`
    default:
      return printDelimited(to, p)
  }
}

/** Without parentheses also when it is of the same kind and so associates. */
function printOperand(to: Printers, p: Pattern, kind: Pattern['kind']): string {
  return p.kind === kind && p.attributes.length === 0 ? printBare(to, p) : printSimplePattern(to, p)
}

function printDelimited(to: Printers, p: Pattern): string {
  switch (p.kind) {
    case 'record':
      return printRecord(to, p)
    case 'array':
      return `[| ${p.elements.map((each) => printSimplePattern(to, each)).join('; ')} |]`
    case 'constraint':
      return `(${printPattern(to, p.pattern)} : ${to.type(to, p.type)})`
    case 'type':
      return `#${printPath(p.path)}`
    case 'unpack':
      return printUnpack(to, p)
    case 'open':
      return `${printPath(p.path)}.(${printPattern(to, p.pattern)})`
    case 'extension':
      return printExtension(to, '[%', p)
    default:
      return printBare(to, p)
  }
}

function printConstruct(to: Printers, p: Pattern & { kind: 'construct' }): string {
  const { path, argument, existentials } = p
  const head = printConstructorPath(path)
  if (argument === undefined) return head
  const types = existentials.length === 0 ? '' : `(type ${existentials.map((name) => name.text).join(' ')}) `
  const isCons = path.kind === 'ident' && path.name === '::' && types === ''
  if (
    isCons &&
    argument.kind === 'tuple' &&
    argument.elements.length === 2 &&
    argument.attributes.length === 0
  ) {
    const [first, rest] = argument.elements
    return `${printSimplePattern(to, first!)} :: ${printOperand(to, rest!, 'construct')}`
  }
  return `${head} ${types}${printSimplePattern(to, argument)}`
}

function printRecord(to: Printers, p: Pattern & { kind: 'record' }): string {
  const fields = p.fields.map(
    (field) => `${printPath(field.path)} = ${printSimplePattern(to, field.pattern)}`,
  )
  return `{ ${[...fields, ...(p.open ? ['_'] : [])].join('; ')} }`
}

function printUnpack(to: Printers, p: Pattern & { kind: 'unpack' }): string {
  const type = p.type?.kind === 'package' ? ` : ${printPackage(to, p.type)}` : ''
  return `(module ${printModuleName(p.name)}${type})`
}
