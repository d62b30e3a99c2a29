/**
 * Codecs: how the values of one OCaml type look in the heap and as Erlang terms. They are plain data, made once per exported
 * function (derive.ts) and interpreted by the checker (check.ts), the builder (build.ts) and the encoder (encode.ts).
 *
 * The table that they implement is docs/TYPES.md.
 */

import type { Address } from '../typing/ident.ts'
import type { Name } from './names.ts'
import type { IdentifierKind } from './term-shape.ts'

export type Codec =
  | { readonly kind: 'int' }
  | { readonly kind: 'char' }
  /** `Uchar.t`: a Unicode scalar value. */
  | { readonly kind: 'uchar' }
  | BoxedInteger
  | { readonly kind: 'float' }
  | { readonly kind: 'bool' }
  | { readonly kind: 'unit' }
  /** `bytes` if it is mutable. */
  | { readonly kind: 'string'; readonly isMutable: boolean }
  | { readonly kind: 'list'; readonly element: Codec }
  /** `flat`: a block of raw doubles. */
  | { readonly kind: 'array'; readonly element: Codec; readonly flat: boolean }
  | { readonly kind: 'tuple'; readonly elements: readonly Codec[] }
  | { readonly kind: 'option'; readonly element: Codec }
  | RecordCodec
  | VariantCodec
  | PolymorphicVariant
  | HashTable
  | SearchTree
  /** `Erlang.term`: any term. */
  | { readonly kind: 'term' }
  /** `Erlang.pid` and the like. */
  | { readonly kind: 'identifier'; readonly of: IdentifierKind }
  /** `exn`: `{ocaml, Name, Args}`. */
  | { readonly kind: 'exception' }
  /** A list of pairs in the heap, a map outside. */
  | { readonly kind: 'bindings'; readonly key: Codec; readonly data: Codec }
  | Converted
  | OpaqueCodec
  | Recursive

export interface BoxedInteger {
  readonly kind: 'boxed-integer'
  /** `customOperations` of the block. */
  readonly operations: number
  readonly bits: 32 | 64
}

export interface RecordCodec {
  readonly kind: 'record'
  readonly fields: readonly Field[]
  readonly byName: ReadonlyMap<string, number>
  /** `flat`: raw doubles; `unboxed`: the only field itself. */
  readonly layout: 'block' | 'flat' | 'unboxed'
  readonly tag: number
  /** The word of the first field: 1 in an exception's block, after the constructor. */
  readonly first: 0 | 1
  /** A tagged tuple instead of a map. */
  readonly tupleName: Name | undefined
}

export interface Field {
  readonly name: Name
  readonly codec: Codec
}

export interface VariantCodec {
  readonly kind: 'variant'
  /** By the immediate's number. */
  readonly constants: readonly ConstantConstructor[]
  /** By the block's tag; one of kind `unboxed` is alone. */
  readonly blocks: readonly BlockConstructor[]
  readonly byName: ReadonlyMap<string, Constructor>
}

export type Constructor = ConstantConstructor | BlockConstructor

export interface ConstantConstructor {
  readonly kind: 'constant'
  readonly name: Name
  readonly index: number
}

export interface BlockConstructor {
  readonly kind: 'block' | 'unboxed'
  readonly name: Name
  readonly tag: number
  readonly arguments: readonly Codec[]
  /** The only argument when it is an inline record: its fields are the block's. */
  readonly inlined: RecordCodec | undefined
}

export interface PolymorphicVariant {
  readonly kind: 'polymorphic-variant'
  readonly tags: readonly PolymorphicTag[]
  readonly byName: ReadonlyMap<string, PolymorphicTag>
  readonly byHash: ReadonlyMap<number, PolymorphicTag>
}

export interface PolymorphicTag {
  readonly name: Name
  readonly hash: number
  /** The tag may stand alone. */
  readonly constant: boolean
  /** What follows the tag: nothing, the argument, or the elements of the tuple that is the argument. */
  readonly arguments: readonly Codec[]
  /** The arguments are the elements of a tuple. */
  readonly isTuple: boolean
}

/** `(key, data) Hashtbl.t`. */
export interface HashTable {
  readonly kind: 'hash-table'
  readonly key: Codec
  readonly data: Codec
}

/** `data Map.Make(Key).t`. `order` is undefined when only OCaml code knows how keys compare: then it goes outwards only. */
export interface SearchTree {
  readonly kind: 'search-tree'
  readonly key: Codec
  readonly data: Codec
  readonly order: KeyOrder | undefined
}

/** Keys that can be compared here: immediates, strings. */
export type KeyOrder = 'immediate' | 'string'

/**
 * A type whose values only OCaml code can make or read: it crosses as `wire`, and library code converts it in the thread of the
 * call (conversions.ts).
 */
export interface Converted {
  readonly kind: 'converted'
  readonly wire: Codec
  readonly conversion: Conversion
}

export type Conversion =
  | { readonly kind: 'sequence'; readonly element: Codec }
  | { readonly kind: 'suspension'; readonly element: Codec }
  | { readonly kind: 'set'; readonly element: Codec; readonly order: ProgramOrder }
  | { readonly kind: 'map'; readonly key: Codec; readonly data: Codec; readonly order: ProgramOrder }

/** How keys compare: as `Stdlib.compare` does, by the function at an address, or nobody knows; then they only go out. */
export type ProgramOrder = 'natural' | 'unknown' | Address

export interface OpaqueCodec {
  readonly kind: 'opaque'
  /** As OCaml prints the type. */
  readonly type: string
  /** Handles of equal keys stand for values of the same type; undefined when the type has variables. */
  readonly key: string | undefined
  /** A bare type variable: a value of any type at all. */
  readonly anything: boolean
  /** For a function: how it is called. */
  readonly signature: (() => FunctionSignature) | undefined
  /** For a channel: its values go out as pids. */
  readonly channel?: ChannelKind
  /** For a synchronous channel: the key of the type of functions that it is below. */
  readonly functionKey?: string | undefined
  /** For a function: an Erlang fun can stand in its place. */
  readonly takesFuns?: boolean
  /** For an asynchronous channel: any process can stand in its place. */
  readonly takesPids?: boolean
  /** For an object: its public methods. */
  readonly methods?: () => ReadonlyMap<string, FunctionSignature>
}

/** How messages are sent to a channel: with `!`, or with `gen_server:call`. */
export type ChannelKind = 'asynchronous' | 'synchronous'

export interface FunctionSignature {
  readonly parameters: readonly Codec[]
  readonly result: Codec
}

/** Where a type mentions itself. `target` is set once the type has been derived. */
export interface Recursive {
  readonly kind: 'recursive'
  target: Codec | undefined
}

/** What a term should be, for messages. */
export function expectation(codec: Codec): string {
  switch (codec.kind) {
    case 'int':
      return 'integer of 63 bits'
    case 'char':
      return 'integer from 0 to 255'
    case 'uchar':
      return 'Unicode scalar value'
    case 'boxed-integer':
      return `integer of ${codec.bits} bits`
    case 'float':
      return 'float'
    case 'bool':
      return 'true or false'
    case 'unit':
      return 'ok'
    case 'string':
      return 'binary, iolist or charlist'
    case 'list':
    case 'array':
      return 'list'
    case 'tuple':
      return `tuple of ${codec.elements.length} elements`
    case 'option':
      return 'undefined or {some, _}'
    case 'record':
      return recordExpectation(codec)
    case 'variant':
      return oneOf([...codec.byName.values()].map(constructorText))
    case 'polymorphic-variant':
      return oneOf(codec.tags.map(tagText))
    case 'hash-table':
    case 'search-tree':
    case 'bindings':
      return 'map'
    case 'term':
      return 'term'
    case 'identifier':
      return codec.of
    case 'exception':
      return '{ocaml, Name, Args}'
    case 'converted':
      return expectation(codec.wire)
    case 'opaque':
      return opaqueExpectation(codec)
    case 'recursive':
      return expectation(codec.target as Codec)
  }
}

function opaqueExpectation(codec: OpaqueCodec): string {
  if (codec.anything) return 'reference to an OCaml value'
  if (codec.takesPids === true) return 'pid'
  const handle = `${codec.channel === undefined ? 'reference to an OCaml value' : 'pid of a channel'} of type ${codec.type}`
  return codec.takesFuns === true ? `${funExpectation(codec)} or ${handle}` : handle
}

/** What a fun should be that stands for a function of this type. */
export function funExpectation({ signature }: OpaqueCodec): string {
  const [first, ...others] = signature?.().parameters ?? []
  return funText(others.length === 0 && first?.kind === 'unit' ? 0 : others.length + 1)
}

/** In words, a fun of an arity. */
export function funText(arity: number): string {
  return `fun of ${arity} argument${arity === 1 ? '' : 's'}`
}

function recordExpectation(codec: RecordCodec): string {
  if (codec.tupleName === undefined)
    return `map with the keys ${codec.fields.map((f) => f.name.text).join(', ')}`
  return tupleText(codec.tupleName.text, codec.fields.length)
}

function tupleText(name: string, count: number): string {
  return `{${[name, ...Array<string>(count).fill('_')].join(', ')}}`
}

function constructorText(c: Constructor): string {
  return c.kind === 'constant'
    ? c.name.text
    : tupleText(c.name.text, c.inlined === undefined ? c.arguments.length : 1)
}

function tagText(tag: PolymorphicTag): string {
  return tag.arguments.length === 0 ? tag.name.text : tupleText(tag.name.text, tag.arguments.length)
}

const mostListed = 12

function oneOf(names: readonly string[]): string {
  const listed = names.length > mostListed ? [...names.slice(0, mostListed), '…'] : names
  return listed.length === 1 ? (listed[0] as string) : `one of ${listed.join(', ')}`
}
