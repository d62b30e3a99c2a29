/**
 * Looking at values where they are. Inside of `engine.peek` a `Val` stands for a place in the heap; nothing may
 * allocate, so nothing moves.
 *
 * A `Val` is the address of the word that holds the value: reading a root costs nothing, a field one load. Types keep
 * it where it is good: `S` is another type in each `peek`, so no `Val` leaves it, and none comes from another engine's.
 */

import type { Core } from './core.ts'
import { MisuseError } from './errors.ts'
import type { Local, Root } from './root.ts'
import { readSlot } from './root.ts'
import type {
  Arr,
  Bool,
  Bytes,
  Char,
  Field,
  Float,
  Int,
  JsOf,
  List,
  Option,
  Rec,
  Str,
  Tuple,
  Type,
} from './types.ts'

declare const scope: unique symbol
declare const content: unique symbol

/** An OCaml value of type `T` while the `peek` that `S` names lasts. */
export interface Val<in S, out T> {
  readonly [scope]: (scope: S) => void
  readonly [content]: T
}

/** A `Val`, as far as this file knows. */
type Place = number

/** The capability of reading without allocating. Its methods take values of its own `peek` alone. */
export class NoAlloc<in out S> {
  declare readonly [scope]: (scope: S) => S
  /** @internal */
  readonly core: Core

  /** @internal */
  constructor(core: Core) {
    this.core = core
  }

  /** @internal */
  protected placeOf(value: Val<S, unknown>): Place {
    return value as unknown as Place
  }

  /** @internal */
  protected valueAt<T>(place: Place): Val<S, T> {
    return place as unknown as Val<S, T>
  }

  /** The address of the block that is the value. */
  private block(value: Val<S, unknown>): number {
    return this.core.heap.addressAt(this.placeOf(value))
  }

  /** The block of a value that may be an immediate instead. */
  private filled(value: Val<S, unknown>): number {
    if (this.core.heap.isImmediate(this.placeOf(value))) throw new RangeError('the value is empty')
    return this.block(value)
  }

  get<T>(root: Root<T> | Local<never, T>): Val<S, T> {
    return this.valueAt(root.cellFor(this.core))
  }

  int(value: Val<S, Int>): number | bigint {
    return this.core.heap.intAt(this.placeOf(value))
  }

  bool(value: Val<S, Bool>): boolean {
    return this.core.heap.smallAt(this.placeOf(value)) !== 0
  }

  /** The byte. */
  char(value: Val<S, Char>): number {
    return this.core.heap.smallAt(this.placeOf(value))
  }

  float(value: Val<S, Float>): number {
    return this.core.heap.doubles[this.block(value) >>> 3] as number
  }

  /** Bytes that are not UTF-8 become U+FFFD. */
  string(value: Val<S, Str>): string {
    return this.core.heap.stringText(this.block(value))
  }

  /** A copy. */
  bytes(value: Val<S, Str | Bytes>): Uint8Array {
    const { heap } = this.core
    const block = this.block(value)
    return heap.bytes.slice(block, block + heap.stringLength(block))
  }

  isNil(value: Val<S, List<unknown>>): boolean {
    return this.core.heap.isImmediate(this.placeOf(value))
  }

  /** Throws `RangeError` if the list is empty. */
  head<T>(value: Val<S, List<T>>): Val<S, T> {
    return this.valueAt(this.filled(value))
  }

  tail<T>(value: Val<S, List<T>>): Val<S, List<T>> {
    return this.valueAt(this.filled(value) + 8)
  }

  isNone(value: Val<S, Option<unknown>>): boolean {
    return this.core.heap.isImmediate(this.placeOf(value))
  }

  /** What is in a `Some`. Throws `RangeError` for `None`. */
  some<T>(value: Val<S, Option<T>>): Val<S, T> {
    return this.valueAt(this.filled(value))
  }

  /** `index` counts from 0. */
  element<Parts extends readonly unknown[], I extends keyof Parts & number>(
    value: Val<S, Tuple<Parts>>,
    index: I,
  ): Val<S, Parts[I]> {
    return this.valueAt(this.block(value) + index * 8)
  }

  /** A field of a record that has fields of other types than float too. */
  field<R extends Rec<unknown>, T>(value: Val<S, R>, field: Field<R, T>): Val<S, T> {
    if (field.flat) throw new MisuseError('a record of floats has no values in it: floatField reads it')
    return this.valueAt(this.block(value) + field.index * 8)
  }

  /** A float of a record, whatever the others are. */
  floatField<R extends Rec<unknown>>(value: Val<S, R>, field: Field<R, Float>): number {
    const at = this.block(value) + field.index * 8
    const { heap } = this.core
    return heap.doubles[(field.flat ? at : heap.addressAt(at)) >>> 3] as number
  }

  length(value: Val<S, Arr<unknown>>): number {
    return this.core.heap.wosizeOf(this.block(value))
  }

  /**
   * An element of an array that is not one of floats; `index` is from 0 to less than the length. Throws `RangeError`.
   */
  item<T>(value: Val<S, Arr<T>>, index: number): Val<S, T> {
    return this.valueAt(this.itemAt(value, index))
  }

  floatItem(value: Val<S, Arr<Float>>, index: number): number {
    return this.core.heap.doubles[this.itemAt(value, index) >>> 3] as number
  }

  private itemAt(value: Val<S, Arr<unknown>>, index: number): number {
    if (!(Number.isInteger(index) && index >= 0 && index < this.length(value)))
      throw new RangeError(`there is no element ${index}`)
    return this.block(value) + index * 8
  }

  /** A part of a value in JavaScript, by its type. Throws `ConversionError`. */
  js<T>(type: Type<T>, value: Val<S, T>): JsOf<T> {
    return readSlot(this.core, 'value', type.codec, this.placeOf(value)) as JsOf<T>
  }
}

interface Owner {
  readonly core: Core
  readonly isOver: boolean
}

/** A `Val` in debug mode: it is good while its `peek` is open and nothing has been allocated. */
class CheckedVal {
  readonly place: Place
  readonly owner: Owner
  readonly age: string
  readonly created: string
  constructor(place: Place, owner: Owner, age: string, created: string) {
    this.place = place
    this.owner = owner
    this.age = age
    this.created = created
  }
}

class CheckedNoAlloc<in out S> extends NoAlloc<S> {
  isOver = false

  private get age(): string {
    return this.core.debug?.age ?? ''
  }

  protected override placeOf(value: Val<S, unknown>): Place {
    if (!(value instanceof CheckedVal)) throw new MisuseError('this is no value of a peek')
    const { owner, age, created, place } = value
    if (owner.core !== this.core) throw new MisuseError('a value of one engine was given to another', created)
    if (owner.isOver) throw new MisuseError('a value was used after its peek had ended', created)
    if (age !== this.age)
      throw new MisuseError('a value was used after something had been allocated', created)
    return place
  }

  protected override valueAt<T>(place: Place): Val<S, T> {
    if (this.isOver) throw new MisuseError('a peek was used after it had ended')
    const site = this.core.debug?.site() ?? ''
    return new CheckedVal(place, this, this.age, site) as unknown as Val<S, T>
  }
}

/** @internal Runs `look` with the capability; what it gives. */
export function peek<R>(core: Core, look: (cx: NoAlloc<never>) => R): R {
  core.heap.refresh()
  if (core.debug === undefined) return look(new NoAlloc(core))
  const cx = new CheckedNoAlloc<never>(core)
  try {
    return look(cx)
  } finally {
    cx.isOver = true
  }
}
