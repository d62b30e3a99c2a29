/**
 * Rooted values: what a program may keep of an OCaml heap.
 *
 *     Root<T>      a cell of a root pool of its own, until it is deleted (a boxroot)
 *     Local<S, T>  a cell that its scope deletes
 *     Imm<T>       an immediate, which needs no cell
 *
 * The collector finds and updates the cells; nobody outside ever sees an address. `Checked…` are the same in debug
 * mode: they know where they were made, and refuse to be used when they must not be.
 */

import type { Codec } from '../bridge/codec.ts'
import type { Core } from './core.ts'
import type { DetachedRoot } from './detached.ts'
import { MisuseError } from './errors.ts'
import type { Rooted } from './intake.ts'
import { Outlet } from './outlet.ts'
import { sameCodec } from './same-codec.ts'
import type { Bool, Int, JsOf, List, Option, Type, Unit } from './types.ts'

declare const content: unique symbol
declare const lifetime: unique symbol

/** What operations that may allocate take. */
export type Handle<T> = Root<T> | Local<never, T> | Imm<T>

/**
 * An OCaml value that lives until the root is deleted: by `delete`, or by `using` where the language has it. Deleting
 * takes a few nanoseconds and may be done at any time; a root that is forgotten keeps its value for ever (debug mode
 * reports it).
 */
export class Root<out T = unknown> implements Disposable {
  declare readonly [content]: T
  /** @internal */
  readonly core: Core
  /** @internal */
  readonly codec: Codec
  /** @internal 0: it has none any more. */
  cell: number

  /** @internal The root takes the cell over. */
  constructor(core: Core, codec: Codec, cell: number) {
    this.core = core
    this.codec = codec
    this.cell = cell
  }

  /** @internal */
  cellFor(_owner: object): number {
    return this.cell
  }

  /** @internal Gives the cell away. */
  takeCell(): number {
    const { cell } = this
    this.cell = 0
    return cell
  }

  /**
   * The value in JavaScript, by its type. Throws `ConversionError`. A function or a value of an abstract type gives a
   * new root.
   */
  get(): JsOf<T> {
    const { core } = this
    core.enter()
    return readCell(core, this.codec, this.cellFor(core)) as JsOf<T>
  }

  /** Makes the root hold another value of its type. Throws `TypeError` if it is of another type. */
  set(value: Handle<T>): void {
    const { core } = this
    if (!sameCodec(this.codec, value.codec)) throw new TypeError('the value is of another type than the root')
    const word = wordOf(core, value)
    const cell = core.cells.set(this.cellFor(core), Number(BigInt.asIntN(32, word)), Number(word >> 32n))
    if (cell === 0) throw core.noRoom()
    this.cell = cell
  }

  /** A second root of the same value. */
  dup(): Root<T> {
    const { core } = this
    return newRoot(core, this.codec, core.cellOfSlot(this.cellFor(core))) as Root<T>
  }

  /** A root that takes over from this one, which is as if deleted. For functions that keep what they are given. */
  move(): Root<T> {
    this.cellFor(this.core)
    return newRoot(this.core, this.codec, this.takeCell()) as Root<T>
  }

  /** Turns the root into a token that may be posted to other threads. The root is as if deleted. */
  detach(): DetachedRoot<T> {
    const { core, codec } = this
    this.cellFor(core)
    return {
      kind: 'camlnode root',
      engine: core.id,
      memory: core.domain.runtime.memory,
      cell: this.takeCell(),
      codec: core.codecNumber(codec),
      state: core.debug === undefined ? undefined : new SharedArrayBuffer(4),
    }
  }

  /** Lets go of the value. A second time does nothing, and is an error in debug mode. */
  delete(): void {
    const cell = this.takeCell()
    if (cell !== 0) this.core.cells.delete(cell)
  }

  /** Lets go of the value, if the root still has it. */
  [Symbol.dispose](): void {
    if (this.cell !== 0) this.delete()
  }
}

/** In debug mode. */
class CheckedRoot<out T> extends Root<T> {
  private readonly created: string
  private deleted: string | undefined

  constructor(core: Core, codec: Codec, cell: number) {
    super(core, codec, cell)
    this.created = core.debug?.site() ?? ''
    core.debug?.watch(this, this.created)
  }

  override cellFor(owner: object): number {
    if (this.cell === 0)
      throw new MisuseError('a root was used after it was deleted', this.created, this.deleted)
    if (owner !== this.core) throw new MisuseError('a root of one engine was given to another', this.created)
    return this.cell
  }

  override takeCell(): number {
    this.deleted = this.core.debug?.site()
    this.core.debug?.release(this)
    return super.takeCell()
  }

  override delete(): void {
    if (this.cell === 0) throw new MisuseError('a root was deleted twice', this.created, this.deleted)
    super.delete()
  }
}

/** @internal */
export function newRoot(core: Core, codec: Codec, cell: number): Root {
  return core.debug === undefined ? new Root(core, codec, cell) : new CheckedRoot(core, codec, cell)
}

/**
 * An OCaml value that lives as long as a scope. `S` is the scope's, and lets no local out of it.
 */
export class Local<in S, out T = unknown> {
  declare readonly [content]: T
  declare readonly [lifetime]: (scope: S) => void
  /** @internal */
  readonly core: Core
  /** @internal */
  readonly codec: Codec
  /** @internal */
  readonly cell: number

  /** @internal */
  constructor(core: Core, codec: Codec, cell: number) {
    this.core = core
    this.codec = codec
    this.cell = cell
  }

  /** @internal */
  cellFor(_owner: object): number {
    return this.cell
  }

  /** The value in JavaScript, as `Root.get` gives it. */
  get(): JsOf<T> {
    const { core } = this
    core.enter()
    return readCell(core, this.codec, this.cellFor(core)) as JsOf<T>
  }

  /** A root of the value, which outlives the scope. */
  root(): Root<T> {
    const { core } = this
    return newRoot(core, this.codec, core.cellOfSlot(this.cellFor(core))) as Root<T>
  }
}

/** @internal Tells whether a scope has ended. */
export interface Lifetime {
  readonly isOver: boolean
}

class CheckedLocal<in S, out T> extends Local<S, T> {
  private readonly lifetime: Lifetime
  private readonly created: string

  constructor(core: Core, codec: Codec, cell: number, lifetime: Lifetime) {
    super(core, codec, cell)
    this.lifetime = lifetime
    this.created = core.debug?.site() ?? ''
  }

  override cellFor(owner: object): number {
    if (this.lifetime.isOver)
      throw new MisuseError('a local was used after its scope had ended', this.created)
    if (owner !== this.core) throw new MisuseError('a local of one engine was given to another', this.created)
    return this.cell
  }
}

/** @internal */
export function newLocal<S>(core: Core, codec: Codec, cell: number, lifetime: Lifetime): Local<S> {
  return core.debug === undefined
    ? new Local(core, codec, cell)
    : new CheckedLocal(core, codec, cell, lifetime)
}

/** An immediate: the collector has nothing to do with it, so it can be kept and used anywhere. */
export class Imm<out T> {
  declare readonly [content]: T
  /** @internal */
  readonly codec: Codec
  /** @internal */
  readonly word: bigint

  /** @internal */
  constructor(codec: Codec, n: bigint) {
    this.codec = codec
    this.word = (n << 1n) | 1n
  }
}

/** Immediates. `int` throws `RangeError` beyond 63 bits. */
export const imm = {
  unit: new Imm<Unit>({ kind: 'unit' }, 0n),
  true: new Imm<Bool>({ kind: 'bool' }, 1n),
  false: new Imm<Bool>({ kind: 'bool' }, 0n),
  int(n: number | bigint): Imm<Int> {
    const wide = BigInt(n)
    if (BigInt.asIntN(63, wide) !== wide) throw new RangeError(`${n} is no integer of 63 bits`)
    return new Imm({ kind: 'int' }, wide)
  },
  /** The empty list of a type of elements. */
  nil<T>(element: Type<T>): Imm<List<T>> {
    return new Imm({ kind: 'list', element: element.codec }, 0n)
  },
  none<T>(element: Type<T>): Imm<Option<T>> {
    return new Imm({ kind: 'option', element: element.codec }, 0n)
  },
} as const

/** @internal The word that a handle stands for; to be used before anything is allocated. */
export function wordOf(core: Core, handle: Handle<unknown>): bigint {
  return handle instanceof Imm ? handle.word : core.wordIn(handle.cellFor(core))
}

/** @internal */
export function asRooted(value: unknown): Rooted | undefined {
  return value instanceof Root || value instanceof Local ? value : undefined
}

/** @internal Converts the value in a cell; roots that it makes are deleted again if it fails. */
export function readCell(core: Core, codec: Codec, cell: number): unknown {
  return readSlot(core, 'value', codec, cell)
}

/** @internal */
export function readSlot(core: Core, what: string, codec: Codec, slot: number): unknown {
  const made: Root[] = []
  const outlet = new Outlet(core.heap, (opaque, at) => {
    const root = newRoot(core, opaque, core.cellOfSlot(at))
    made.push(root)
    return root
  })
  core.heap.refresh()
  try {
    return outlet.read(what, codec, slot)
  } catch (error) {
    for (const root of made) root.delete()
    throw error
  }
}
