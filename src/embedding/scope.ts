/**
 * Scopes: OCaml values for a while, without a root for each to delete. Whatever a scope makes it deletes when it ends
 * (caller-roots).
 *
 * This is the capability that may allocate: it takes roots, locals and immediates, never a `Val`, and gives locals of
 * its own.
 */

import { applyClosure } from '../bridge/callee.ts'
import type { Codec } from '../bridge/codec.ts'
import { Heap } from '../bridge/heap.ts'
import type { CellOwner, Core } from './core.ts'
import { MisuseError } from './errors.ts'
import type { Modules } from './modules.ts'
import { type Handle, Imm, type Lifetime, type Local, newLocal, type Root, wordOf } from './root.ts'
import { sameCodec } from './same-codec.ts'
import type { Fn, List, Option, Tuple, Type } from './types.ts'

declare const lifetime: unique symbol

type Handles<Parts extends readonly unknown[]> = { readonly [I in keyof Parts]: Handle<Parts[I]> }

/** @internal The cells of a scope. */
export class Cells implements CellOwner, Lifetime {
  private readonly core: Core
  private readonly cells: number[] = []
  isOver = false

  constructor(core: Core) {
    this.core = core
  }

  keep(cell: number): void {
    this.cells.push(cell)
  }

  end(): void {
    this.isOver = true
    for (const cell of this.cells) this.core.cells.delete(cell)
    this.cells.length = 0
  }
}

export class Scope<in out S> {
  declare readonly [lifetime]: (scope: S) => S
  /** @internal */
  private readonly core: Core
  /** @internal */
  private readonly modules: Modules
  /** @internal */
  private readonly cells: Cells

  /** @internal */
  constructor(core: Core, modules: Modules, cells: Cells) {
    this.core = core
    this.modules = modules
    this.cells = cells
  }

  private enter(): void {
    if (this.cells.isOver) throw new MisuseError('a scope was used after it had ended')
    this.core.enter()
  }

  private keep<T>(codec: Codec, cell: number): Local<S, T> {
    this.cells.keep(cell)
    return newLocal<S>(this.core, codec, cell, this.cells) as Local<S, T>
  }

  private must(codec: Codec, handle: Handle<unknown>, what: string): void {
    if (!sameCodec(codec, handle.codec)) throw new TypeError(`${what} is of another type`)
  }

  /** A value of a module. Throws `NameError`, and `TypeError` if it is of another type. */
  value<T>(module: string, name: string, type: Type<T>): Local<S, T> {
    this.enter()
    const value = this.modules.value(module, name)
    if (!sameCodec(value.codec, type.codec))
      throw new TypeError(`${module}.${name} : ${value.type} is not ${type}`)
    return this.keep(type.codec, this.core.cellOfSlot(value.slot()))
  }

  /** Makes an OCaml value. Throws `ConversionError` or `LimitError`. */
  build<T>(type: Type<T>, value: unknown): Local<S, T> {
    this.enter()
    const { core } = this
    return this.keep(type.codec, core.cellOfWord(core.make('value', type.codec, value)))
  }

  /** Another local of a value, for as long as this scope lasts. */
  local<T>(value: Root<T> | Local<never, T>): Local<S, T> {
    this.enter()
    return this.keep(value.codec, this.core.cellOfSlot(value.cellFor(this.core)))
  }

  /** Applies a function to all its arguments. Throws what `engine.call` throws. */
  call<Args extends readonly unknown[], R>(
    f: Root<Fn<Args, R>> | Local<never, Fn<Args, R>>,
    ...args: Handles<Args>
  ): Local<S, R> {
    this.enter()
    const { core } = this
    const { domain, heap } = core
    const given = args as readonly Handle<unknown>[]
    const signature = f.codec.kind === 'opaque' ? f.codec.signature?.() : undefined
    if (signature === undefined) throw new TypeError('the value is not a function')
    if (given.length !== signature.parameters.length)
      throw new TypeError(`the function takes ${signature.parameters.length} arguments, got ${given.length}`)
    signature.parameters.forEach((codec, i) => {
      this.must(codec, given[i] as Handle<unknown>, `argument ${i + 1}`)
    })
    const cell = f.cellFor(core)
    heap.refresh()
    const words = given.map((handle) => wordOf(core, handle))
    core.run((sp) => applyClosure(domain, heap, cell, sp, words))
    return this.keep(signature.result, core.cellOfSlot(Heap.resultSlot))
  }

  /** A block of these values. */
  private block<T>(codec: Codec, values: readonly Handle<unknown>[]): Local<S, T> {
    this.enter()
    const { core } = this
    const { top } = core.domain
    core.reserve(top, values.length + 1, values.length)
    const { heap } = core
    const block = heap.take(values.length, 0)
    values.forEach((value, i) => {
      if (value instanceof Imm) heap.values[(block >>> 3) + i] = value.word
      else heap.copyValue(block + i * 8, value.cellFor(core))
    })
    heap.setAddress(top, block)
    return this.keep(codec, core.cellOfSlot(top))
  }

  /** `head :: tail`. Throws `TypeError` if they are of different types. */
  cons<T>(head: Handle<T>, tail: Handle<List<T>>): Local<S, List<T>> {
    const codec: Codec = { kind: 'list', element: head.codec }
    this.must(codec, tail, 'the tail')
    return this.block(codec, [head, tail])
  }

  some<T>(value: Handle<T>): Local<S, Option<T>> {
    return this.block({ kind: 'option', element: value.codec }, [value])
  }

  /** A tuple of two or more. */
  tuple<Parts extends readonly unknown[]>(...parts: Handles<Parts>): Local<S, Tuple<Parts>> {
    const all = parts as readonly Handle<unknown>[]
    if (all.length < 2) throw new TypeError('a tuple has two parts or more')
    return this.block({ kind: 'tuple', elements: all.map(({ codec }) => codec) }, all)
  }
}
