/**
 * OCaml types as TypeScript sees them: a phantom type each, which `Root<T>` and `Val<S, T>` carry, and a descriptor
 * that says at run time what the type is. `engine.function` and `engine.value` compare the descriptor with what the
 * compiler has inferred.
 *
 *     t.fn([t.list(t.int), t.string], t.float)      int list -> string -> float
 */

import type { Codec, FunctionSignature, RecordCodec } from '../bridge/codec.ts'
import { nameOf } from '../bridge/names.ts'
import { customOperations, tags } from '../codegen/layout.ts'
import type { Root } from './root.ts'

declare const ocaml: unique symbol
declare const holder: unique symbol

export interface Int {
  readonly [ocaml]: 'int'
}
export interface Float {
  readonly [ocaml]: 'float'
}
export interface Bool {
  readonly [ocaml]: 'bool'
}
export interface Char {
  readonly [ocaml]: 'char'
}
export interface Unit {
  readonly [ocaml]: 'unit'
}
/** `string`: UTF-8 text in JavaScript. */
export interface Str {
  readonly [ocaml]: 'string'
}
export interface Bytes {
  readonly [ocaml]: 'bytes'
}
export interface Int32 {
  readonly [ocaml]: 'int32'
}
export interface Int64 {
  readonly [ocaml]: 'int64'
}
export interface Nativeint {
  readonly [ocaml]: 'nativeint'
}
export interface List<T> {
  readonly [ocaml]: 'list'
  readonly element: T
}
export interface Arr<T> {
  readonly [ocaml]: 'array'
  readonly element: T
}
export interface Option<T> {
  readonly [ocaml]: 'option'
  readonly element: T
}
export interface Tuple<Parts extends readonly unknown[]> {
  readonly [ocaml]: 'tuple'
  readonly parts: Parts
}
export interface Rec<Fields> {
  readonly [ocaml]: 'record'
  readonly fields: Fields
}
/** A function of one or more arguments. */
export interface Fn<Args extends readonly unknown[], Result> {
  readonly [ocaml]: 'function'
  /** Contravariant. */
  readonly takes: (args: Args) => void
  readonly gives: Result
}
/** A type that a loaded module declares, by its path. */
export interface Named<Path extends string> {
  readonly [ocaml]: 'named'
  readonly path: Path
}

/** What a value of an OCaml type is in JavaScript: docs/EMBEDDING.md has the table. */
export type JsOf<T> = T extends Int
  ? number | bigint
  : T extends Float | Int32
    ? number
    : T extends Int64 | Nativeint
      ? bigint
      : T extends Bool
        ? boolean
        : T extends Str | Char
          ? string
          : T extends Bytes
            ? Uint8Array
            : T extends Unit
              ? undefined
              : JsOfCompound<T>

type JsOfCompound<T> =
  T extends List<infer E>
    ? JsOf<E>[]
    : T extends Arr<infer E>
      ? JsOf<E>[]
      : T extends Option<infer E>
        ? JsOfSome<E> | undefined
        : T extends Tuple<infer Parts>
          ? { -readonly [I in keyof Parts]: JsOf<Parts[I]> }
          : T extends Rec<infer Fields>
            ? { -readonly [K in keyof Fields]: JsOf<Fields[K]> }
            : T extends Fn<infer _A, infer _R>
              ? Root<T>
              : unknown

/** `Some` of what may be `undefined` itself is told from `None`. */
type JsOfSome<T> = T extends Option<unknown> | Unit ? { some: JsOf<T> } : JsOf<T>

/** A descriptor of an OCaml type. */
export class Type<out T> {
  declare readonly [ocaml]: T
  /** @internal */
  readonly codec: Codec
  private readonly text: string

  /** @internal */
  constructor(codec: Codec, text: string) {
    this.codec = codec
    this.text = text
  }

  /** As OCaml writes the type. */
  toString(): string {
    return this.text
  }
}

/** A field of a record, for reading it in `peek`. */
export class Field<in R, out T> {
  declare readonly [ocaml]: T
  declare readonly [holder]: (record: R) => void
  /** @internal */
  readonly index: number
  /** @internal The field is a raw double in the record's block. */
  readonly flat: boolean

  /** @internal */
  constructor(index: number, flat: boolean) {
    this.index = index
    this.flat = flat
  }
}

export class RecordType<Fields> extends Type<Rec<Fields>> {
  readonly fields: { readonly [K in keyof Fields]: Field<Rec<Fields>, Fields[K]> }

  /** @internal */
  constructor(codec: RecordCodec, text: string) {
    super(codec, text)
    const fields = codec.fields.map(({ name }, i) => [name.text, new Field(i, codec.layout === 'flat')])
    this.fields = Object.fromEntries(fields) as typeof this.fields
  }
}

type Types<Parts extends readonly unknown[]> = { readonly [I in keyof Parts]: Type<Parts[I]> }

const scalar = <T>(text: string, codec: Codec): Type<T> => new Type(codec, text)

function boxed<T>(name: 'int32' | 'int64' | 'nativeint'): Type<T> {
  const operations = customOperations[name]
  return new Type({ kind: 'boxed-integer', operations, bits: name === 'int32' ? 32 : 64 }, name)
}

/** Where a product or an arrow needs parentheses, and where only an arrow does. */
const operand = (type: Type<unknown>): string => (/ (->|\*) /.test(`${type}`) ? `(${type})` : `${type}`)
const parameter = (type: Type<unknown>): string => (`${type}`.includes(' -> ') ? `(${type})` : `${type}`)

function list<T>(element: Type<T>): Type<List<T>> {
  return new Type({ kind: 'list', element: element.codec }, `${operand(element)} list`)
}

function array<T>(element: Type<T>): Type<Arr<T>> {
  const flat = element.codec.kind === 'float'
  return new Type({ kind: 'array', element: element.codec, flat }, `${operand(element)} array`)
}

function option<T>(element: Type<T>): Type<Option<T>> {
  return new Type({ kind: 'option', element: element.codec }, `${operand(element)} option`)
}

function tuple<Parts extends readonly unknown[]>(...parts: Types<Parts>): Type<Tuple<Parts>> {
  const all = parts as readonly Type<unknown>[]
  return new Type({ kind: 'tuple', elements: all.map((p) => p.codec) }, all.map(operand).join(' * '))
}

/** A record of these fields, in the order of its declaration. */
function record<Fields>(fields: { readonly [K in keyof Fields]: Type<Fields[K]> }): RecordType<Fields> {
  const entries = Object.entries(fields) as [string, Type<unknown>][]
  const made = entries.map(([name, type]) => ({ name: nameOf(name), codec: type.codec }))
  const flat = made.length > 0 && made.every(({ codec }) => codec.kind === 'float')
  const codec: RecordCodec = {
    kind: 'record',
    fields: made,
    byName: new Map(made.map(({ name }, i) => [name.text, i])),
    layout: flat ? 'flat' : 'block',
    tag: flat ? tags.doubleArray : 0,
    first: 0,
    tupleName: undefined,
  }
  return new RecordType(codec, `{ ${entries.map(([name, type]) => `${name} : ${type}`).join('; ')} }`)
}

function fn<Args extends readonly unknown[], Result>(
  parameters: Types<Args>,
  result: Type<Result>,
): Type<Fn<Args, Result>> {
  const all = parameters as readonly Type<unknown>[]
  const signature: FunctionSignature = { parameters: all.map((p) => p.codec), result: result.codec }
  const text = [...all.map(parameter), result].join(' -> ')
  return new Type(
    { kind: 'opaque', type: text, key: undefined, anything: false, signature: () => signature },
    text,
  )
}

/** Descriptors. Types that modules declare come from `engine.type`. */
export const t = {
  int: scalar<Int>('int', { kind: 'int' }),
  float: scalar<Float>('float', { kind: 'float' }),
  bool: scalar<Bool>('bool', { kind: 'bool' }),
  char: scalar<Char>('char', { kind: 'char' }),
  unit: scalar<Unit>('unit', { kind: 'unit' }),
  string: scalar<Str>('string', { kind: 'string', isMutable: false }),
  bytes: scalar<Bytes>('bytes', { kind: 'string', isMutable: true }),
  int32: boxed<Int32>('int32'),
  int64: boxed<Int64>('int64'),
  nativeint: boxed<Nativeint>('nativeint'),
  list,
  array,
  option,
  tuple,
  record,
  fn,
} as const
