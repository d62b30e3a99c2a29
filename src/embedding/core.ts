/**
 * What all parts of one engine share: the domain, its heap seen from outside, its roots; and the ways in which OCaml
 * code is run and values are made, each of which leaves the engine usable whatever happens.
 */

import type { Codec } from '../bridge/codec.ts'
import { Heap } from '../bridge/heap.ts'
import { type HashFunction, LibraryBuilder } from '../bridge/library-builder.ts'
import { unwindReason } from '../codegen/layout.ts'
import type { Domain, ThreadEnd } from '../engine/domain.ts'
import { RootCells, type RootRuntime } from '../engine/root-cells.ts'
import { Construction } from './construction.ts'
import type { Debug } from './debug.ts'
import { EngineCrash, ExitError, LimitError, MisuseError } from './errors.ts'
import { type AsRooted, Intake, type MakeClosure, type Rooted } from './intake.ts'

/** What deletes the cells that it keeps when it ends. */
export interface CellOwner {
  keep(cell: number): void
}

export class Core {
  readonly domain: Domain
  readonly heap: Heap
  readonly cells: RootCells
  readonly debug: Debug | undefined
  /** Tells the engines of all threads apart. */
  readonly id = crypto.randomUUID()
  readonly construction: Construction
  /** What to throw for the exception that has just ended a run: exceptions.ts. */
  exceptionThrown: () => unknown = () => undefined
  /** Codecs of detached roots. */
  private readonly codecs: Codec[] = []
  /** A new cell with a closure of a JavaScript function: closures.ts. */
  makeClosure: MakeClosure = () => 0
  private readonly asRooted: AsRooted
  /** Something was thrown through the engine itself. */
  hasCrashed = false
  private crash: EngineCrash | undefined

  constructor(domain: Domain, debug: Debug | undefined, asRooted: AsRooted) {
    const { runtime } = domain
    const exports = runtime.exports as unknown as RootRuntime & { readonly caml_hash: HashFunction }
    this.domain = domain
    this.heap = new Heap(runtime)
    this.cells = new RootCells(runtime.memory, exports)
    this.debug = debug
    this.construction = new Construction(this.heap, new LibraryBuilder(this.heap, exports.caml_hash))
    this.asRooted = asRooted
  }

  // -------------------------------------------------------------------------------------------------------
  // Running OCaml code

  /** Set by `close`. */
  isClosed = false

  close(): void {
    this.isClosed = true
  }

  /** Throws if the engine cannot be used now. */
  enter(): void {
    if (this.hasCrashed) throw this.crash ?? new EngineCrash(undefined)
    if (this.isClosed) throw new MisuseError('the engine has been closed')
    if (!this.domain.isEnterable)
      throw new MisuseError('the engine is running OCaml code, which only an external of it may call back')
    this.debug?.allocated()
  }

  /** Runs an entry to its end; its value is in `Heap.resultSlot`. Throws what else may come of it. */
  run(entry: (sp: number) => bigint): void {
    if (!this.domain.mayNest) throw new LimitError('nesting')
    const end = this.guarded(() => this.domain.runToEnd(entry))
    this.heap.refresh()
    this.debug?.allocated()
    if (end !== 'value') throw this.failure(end)
  }

  /** What is thrown through the engine itself leaves it in no known state. */
  private guarded<Result>(action: () => Result): Result {
    try {
      return action()
    } catch (error) {
      // There may be no stack left for more than this.
      this.hasCrashed = true
      this.crash ??= new EngineCrash(error)
      throw this.crash
    }
  }

  private failure(end: Exclude<ThreadEnd, 'value'>): unknown {
    switch (end) {
      case 'exception':
        return this.exceptionThrown()
      case 'exit':
        return new ExitError(this.domain.exitStatus ?? 0)
      case 'limit':
      case 'out-of-memory':
        return new LimitError('memory')
      default:
        return new LimitError(end)
    }
  }

  // -------------------------------------------------------------------------------------------------------
  // Making values

  /** Takes values in with `check`, then builds and uses them with `use`; what was only made for that is let go. */
  withIntake<Result>(check: (intake: Intake) => void, use: (intake: Intake) => Result): Result {
    const intake = new Intake(this, this.asRooted, this.makeClosure)
    try {
      check(intake)
      return use(intake)
    } finally {
      for (const cell of intake.temporary) this.cells.delete(cell)
    }
  }

  /**
   * Makes a value; its word is to be used at once. `what` is how messages call it. Throws `ConversionError` and as
   * `reserve` does.
   */
  make(what: string, codec: Codec, value: unknown): bigint {
    return this.withIntake(
      (intake) => intake.one(what, codec, value),
      (intake) => this.construct(codec, intake),
    )
  }

  rooted(value: unknown): Rooted | undefined {
    return this.asRooted(value)
  }

  private construct(codec: Codec, intake: Intake): bigint {
    const { top } = this.domain
    this.reserve(top, intake.words, intake.largest)
    this.construction.build([codec], intake.tape, top)
    return this.heap.values[top >>> 3] as bigint
  }

  /** Makes room outside of a run. Throws what `Out_of_memory` is. */
  reserve(top: number, words: number, largest: number): void {
    this.debug?.allocated()
    if (!this.guarded(() => this.heap.reserve(top, words, largest))) throw this.noRoom()
  }

  /** The runtime has said 0. */
  noRoom(): unknown {
    const { runtime } = this.domain
    const reason = runtime.control('unwindReason')
    runtime.setControl('unwindReason', unwindReason.none)
    return reason === unwindReason.exception ? this.exceptionThrown() : new LimitError('memory')
  }

  // -------------------------------------------------------------------------------------------------------
  // Roots

  /** A new cell for the value in a slot. Throws `LimitError`. */
  cellOfSlot(slot: number): number {
    const { heap } = this
    const cell = this.cells.create(heap.words[slot >>> 2] as number, heap.words[(slot >>> 2) + 1] as number)
    if (cell === 0) throw new LimitError('memory')
    return cell
  }

  cellOfWord(word: bigint): number {
    const cell = this.cells.create(Number(BigInt.asIntN(32, word)), Number(word >> 32n))
    if (cell === 0) throw new LimitError('memory')
    return cell
  }

  /** The number by which a detached root knows its type. */
  codecNumber(codec: Codec): number {
    const known = this.codecs.indexOf(codec)
    return known >= 0 ? known : this.codecs.push(codec) - 1
  }

  codecAt(number: number): Codec {
    return this.codecs[number] as Codec
  }

  /** The value in a cell. */
  wordIn(cell: number): bigint {
    const { heap } = this
    if (cell >= heap.bytes.length) heap.refresh()
    return heap.values[cell >>> 3] as bigint
  }
}
