/** Examples of unmatched values, in OCaml's words: `(A|B _)`, `_::[]`, `{a=0; _ }`, `` `B 0``. */

import type { Head, Simple } from './exhaustiveness-patterns.ts'
import type { Constant } from './typed-tree.ts'

export function printSimple(p: Simple): string {
  switch (p.kind) {
    case 'any':
      return '_'
    case 'or':
      return `(${p.alternatives.map(printSimple).join('|')})`
    case 'head':
      return printHeaded(p.head, p.arguments)
  }
}

function printHeaded(head: Head, args: readonly Simple[]): string {
  switch (head.kind) {
    case 'construct':
      return head.constructor.name === '::' ? printCons(args) : applied(head.constructor.name, args)
    case 'variant':
      return applied(`\`${head.tag}`, args)
    case 'constant':
      return printConstant(head.constant)
    case 'tuple':
      return `(${args.map(printSimple).join(', ')})`
    case 'record':
      return printRecord(head, args)
    case 'array':
      return args.length === 0 ? '[|  |]' : `[| ${args.map(printSimple).join(' ; ')} |]`
    case 'lazy':
      return applied('lazy', args)
    case 'other':
      return head.text
  }
}

function applied(name: string, args: readonly Simple[]): string {
  const [only] = args
  if (only === undefined) return name
  if (args.length > 1) return `${name} (${args.map(printSimple).join(', ')})`
  return `${name} ${printArgument(only)}`
}

/** In parentheses when it is itself an application. */
function printArgument(p: Simple): string {
  const compound = p.kind === 'head' && p.arguments.length > 0 && isApplication(p.head)
  return compound ? `(${printSimple(p)})` : printSimple(p)
}

function isApplication(head: Head): boolean {
  return head.kind === 'construct' || head.kind === 'variant' || head.kind === 'lazy'
}

function isCons(p: Simple): p is Simple & { kind: 'head' } {
  return p.kind === 'head' && p.head.kind === 'construct' && p.head.constructor.name === '::'
}

function printCons(args: readonly Simple[]): string {
  const [first, rest] = args as readonly [Simple, Simple]
  const left = isCons(first) ? `(${printSimple(first)})` : printSimple(first)
  return `${left}::${printSimple(rest)}`
}

/** Fields that are not told are left out. */
function printRecord({ labels }: Head & { kind: 'record' }, args: readonly Simple[]): string {
  const fields = args.flatMap((p, i) => (p.kind === 'any' ? [] : [`${labels[i]?.name}=${printSimple(p)}`]))
  if (fields.length === 0) return '_'
  return fields.length === args.length ? `{${fields.join('; ')}}` : `{${fields.join('; ')}; _ }`
}

function printConstant(constant: Constant): string {
  switch (constant.kind) {
    case 'int':
      return `${constant.value}`
    case 'int32':
      return `${constant.value}l`
    case 'int64':
      return `${constant.value}L`
    case 'nativeint':
      return `${constant.value}n`
    case 'float':
      return Number.isInteger(constant.value) ? `${constant.value}.` : `${constant.value}`
    case 'char':
      return `'${escapeCode(constant.code, 39)}'`
    case 'string':
      return `"${[...constant.bytes].map((code) => escapeCode(code, 34)).join('')}"`
  }
}

const escapes: Readonly<Record<number, string>> = { 92: '\\\\', 10: '\\n', 9: '\\t', 13: '\\r', 8: '\\b' }

function escapeCode(code: number, quote: number): string {
  if (code === quote) return `\\${String.fromCharCode(code)}`
  const known = escapes[code]
  if (known !== undefined) return known
  return code < 32 || code > 126 ? `\\${String(code).padStart(3, '0')}` : String.fromCharCode(code)
}
