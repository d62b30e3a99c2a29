/** What a JavaScript value should be for a type, and what one is, for messages. */

import { Crash } from '../base/diagnostic.ts'
import type { Codec } from '../bridge/codec.ts'

export function expectation(codec: Codec): string {
  switch (codec.kind) {
    case 'int':
      return 'an integer of 63 bits'
    case 'boxed-integer':
      return `an integer of ${codec.bits} bits`
    case 'char':
      return 'a string of one byte'
    case 'float':
      return 'a number'
    case 'bool':
      return 'a boolean'
    case 'unit':
      return 'undefined'
    case 'string':
      return codec.isMutable ? 'a Uint8Array' : 'a string or a Uint8Array'
    case 'list':
    case 'array':
      return 'an array'
    case 'tuple':
      return `an array of ${codec.elements.length} elements`
    case 'option':
      return mayBeUndefined(codec.element) ? 'undefined or { some }' : expectation(codec.element)
    // JavaScript programs see Erlang's types as the library declares them.
    case 'term':
    case 'identifier':
    case 'exception':
      return 'an Erlang term'
    case 'record':
      return `an object with the fields ${codec.fields.map((f) => f.name.text).join(', ')}`
    case 'variant':
    case 'polymorphic-variant':
      return `an object whose tag is ${tagsOf([...codec.byName.keys()])}`
    case 'hash-table':
    case 'search-tree':
      return 'a Map'
    case 'opaque':
      if (codec.anything) return 'a Root'
      return codec.signature === undefined
        ? `a Root of type ${codec.type}`
        : `a function or a Root of type ${codec.type}`
    case 'recursive':
      return expectation(codec.target as Codec)
    case 'uchar':
    case 'bindings':
    case 'converted':
      throw new Crash('a form that only calls from Erlang have')
  }
}

/** Whether a value of the type is `undefined` in JavaScript, so that `Some` of it must be told from `None`. */
export function mayBeUndefined(codec: Codec): boolean {
  if (codec.kind === 'recursive') return mayBeUndefined(codec.target as Codec)
  return codec.kind === 'unit' || codec.kind === 'option'
}

/** The type itself, where it mentions itself. */
export function resolve(codec: Codec): Codec {
  return codec.kind === 'recursive' ? (codec.target as Codec) : codec
}

const flat: ReadonlySet<Codec['kind']> = new Set([
  'int',
  'char',
  'boxed-integer',
  'float',
  'bool',
  'unit',
  'string',
  'opaque',
])

/** Whether values of a type, which is no mention, may have others in them. */
export function isNested({ kind }: Codec): boolean {
  return !flat.has(kind)
}

const mostListed = 12

function tagsOf(names: readonly string[]): string {
  const listed = names.slice(0, mostListed)
  if (names.length > mostListed) listed.push('…')
  return listed.length === 1 ? (listed[0] as string) : `one of ${listed.join(', ')}`
}

const longestText = 40

export function describe(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return `the string ${JSON.stringify(value.length > longestText ? `${value.slice(0, longestText)}…` : value)}`
    case 'number':
      return `the number ${value}`
    case 'bigint':
      return `the bigint ${value}n`
    case 'boolean':
    case 'undefined':
      return String(value)
    case 'object':
      return value === null
        ? 'null'
        : Array.isArray(value)
          ? `an array of ${value.length}`
          : describeObject(value)
    default:
      return `a ${typeof value}`
  }
}

function describeObject(value: object): string {
  const { name } = (Object.getPrototypeOf(value)?.constructor ?? {}) as { readonly name?: unknown }
  return typeof name === 'string' && name !== 'Object' && name !== '' ? `a ${name}` : 'an object'
}
