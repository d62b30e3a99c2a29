/** Names, paths and constants as source text, and the parts of the printer that know each other only by name. */

import type {
  Attribute,
  ClassStructure,
  ClassType,
  Constant,
  Expression,
  Label,
  LongName,
  ModuleExpression,
  ModuleType,
  Name,
  Pattern,
  SignatureItem,
  StructureItem,
  TypeExpression,
} from './ast.ts'
import { wordKinds } from './tokens.ts'

/** What has a body behind `in`. */
export type Scoped = Extract<
  Expression,
  { kind: 'let' | 'let-module' | 'let-exception' | 'open' | 'let-operator' | 'def' | 'location' }
>

/** The parts of the printer; print.ts fills the table. */
export interface Printers {
  /** Anything, where only brackets or keywords end it. */
  readonly expression: (to: Printers, e: Expression) => string
  /** With parentheses unless it is simple. */
  readonly simpleExpression: (to: Printers, e: Expression) => string
  /** `let … and …` and the like, up to what stands before `in`. */
  readonly bindings: (to: Printers, e: Scoped) => string
  readonly pattern: (to: Printers, p: Pattern) => string
  readonly type: (to: Printers, t: TypeExpression) => string
  readonly moduleExpression: (to: Printers, m: ModuleExpression) => string
  readonly moduleType: (to: Printers, t: ModuleType) => string
  readonly classStructure: (to: Printers, c: ClassStructure) => string
  readonly classType: (to: Printers, t: ClassType) => string
  readonly structure: (to: Printers, items: readonly StructureItem[]) => string
  readonly signature: (to: Printers, items: readonly SignatureItem[]) => string
}

// ---------------------------------------------------------------------------------------------------------
// Names

/** Whether it is a word and none that stands for an operator. */
function isIdentifier(text: string): boolean {
  const kind = wordKinds.get(text)
  return /^[\p{L}_][\p{L}\p{N}_']*$/u.test(text) && (kind === undefined || kind === '_')
}

/** A value's name: operators in parentheses. */
export function printValueName(text: string): string {
  return isIdentifier(text) ? text : `( ${text} )`
}

export function printConstructorName(text: string): string {
  return text === '::' ? '(::)' : text
}

/** A path whose last part `last` prints. */
function printPathWith(path: LongName, last: (text: string) => string): string {
  switch (path.kind) {
    case 'ident':
      return last(path.name)
    case 'dot':
      return `${printPath(path.prefix)}.${last(path.name)}`
    case 'apply':
      return `${printPath(path.functor)}(${printPath(path.argument)})`
  }
}

export function printPath(path: LongName): string {
  return printPathWith(path, (text) => text)
}

export function printValuePath(path: LongName): string {
  return printPathWith(path, printValueName)
}

export function printConstructorPath(path: LongName): string {
  return printPathWith(path, printConstructorName)
}

/** A module's name, or `_`. */
export function printModuleName(name: Name | undefined): string {
  return name?.text ?? '_'
}

/** `x:` in types, `~x:` and `?x:` elsewhere. */
export function printLabel(label: Label): string {
  if (label.kind === 'none') return ''
  return label.kind === 'labelled' ? `~${label.name}:` : `?${label.name}:`
}

// ---------------------------------------------------------------------------------------------------------
// Constants

const namedEscapes: Readonly<Record<number, string>> = {
  8: '\\b',
  9: '\\t',
  10: '\\n',
  13: '\\r',
  34: '\\"',
  92: '\\\\',
}

function printByte(byte: number): string {
  const named = namedEscapes[byte]
  if (named !== undefined) return named
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\${String(byte).padStart(3, '0')}`
}

/** In double quotes, whatever the bytes. */
export function printString(bytes: Uint8Array): string {
  return `"${Array.from(bytes, printByte).join('')}"`
}

export function printConstant(constant: Constant): string {
  switch (constant.kind) {
    case 'int':
    case 'float':
      return printNumber(constant.text + (constant.suffix ?? ''))
    case 'char':
      return constant.code === 0x27
        ? "'\\''"
        : constant.code === 0x22
          ? "'\"'"
          : `'${printByte(constant.code)}'`
    case 'string':
      return constant.delimiter === undefined
        ? printString(constant.bytes)
        : printQuoted(constant.bytes, constant.delimiter)
  }
}

function printNumber(text: string): string {
  return text.startsWith('-') ? `(${text})` : text
}

function printQuoted(bytes: Uint8Array, delimiter: string): string {
  return `{${delimiter}|${new TextDecoder().decode(bytes)}|${delimiter}}`
}

/** In patterns, where a sign needs no parentheses. */
export function printPatternConstant(constant: Constant): string {
  const isNumber = constant.kind === 'int' || constant.kind === 'float'
  return isNumber ? constant.text + (constant.suffix ?? '') : printConstant(constant)
}

// ---------------------------------------------------------------------------------------------------------
// Attributes

/** Behind what they belong to, with a space before each. */
export function printAttributes(to: Printers, attributes: readonly Attribute[], open: '[@' | '[@@'): string {
  return attributes.map((attribute) => ` ${open}${printAttributeBody(to, attribute)}]`).join('')
}

export function printAttributeBody(to: Printers, { name, payload }: Attribute): string {
  return `${name}${printPayload(to, payload)}`
}

/** With a space before it, unless it is empty. */
export function printPayload(to: Printers, payload: Attribute['payload']): string {
  switch (payload.kind) {
    case 'structure':
      return payload.items.length === 0 ? '' : ` ${to.structure(to, payload.items)}`
    case 'signature':
      return ` : ${to.signature(to, payload.items)}`
    case 'type':
      return ` : ${to.type(to, payload.type)}`
    case 'pattern': {
      const guard = payload.guard === undefined ? '' : ` when ${to.expression(to, payload.guard)}`
      return ` ? ${to.pattern(to, payload.pattern)}${guard}`
    }
  }
}

/** `[%name payload]` */
export function printExtension(
  to: Printers,
  open: '[%' | '[%%',
  extension: { readonly name: string; readonly payload: Attribute['payload'] },
): string {
  return `${open}${extension.name}${printPayload(to, extension.payload)}]`
}
