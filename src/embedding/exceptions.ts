/**
 * Exceptions across the border, both ways.
 *
 *     OCaml raises e              → OCamlException; inside of an external's call it remembers e itself
 *     … and it is thrown again    → e
 *     JavaScript throws x         → Javascript.Error (message, v); v stands for x
 *     … and it is not handled     → x
 *
 * The thrown values are kept while OCaml code can reach `v` (foreign.ts).
 */

import type { Codec } from '../bridge/codec.ts'
import { ExceptionPayloads, type Payload } from '../bridge/exception-payloads.ts'
import { Heap, stringWords } from '../bridge/heap.ts'
import { tags } from '../codegen/layout.ts'
import { describeException } from '../engine/describe-exception.ts'
import { findByName } from '../typing/env.ts'
import type { Address } from '../typing/ident.ts'
import type { ConstructorDescription } from '../typing/types.ts'
import type { CellOwner, Core } from './core.ts'
import { ConversionError, NameError } from './errors.ts'
import { ForeignValues } from './foreign.ts'
import type { Modules } from './modules.ts'
import { javascriptNames } from './naming.ts'
import { OCamlException, Opaque, placeOf } from './ocaml-exception.ts'
import { Outlet } from './outlet.ts'
import type { Lifetime } from './root.ts'

const longestBacktrace = 100
/** Its place among the predefined exceptions. */
const outOfMemory = 0
/** The unit of the library that declares what JavaScript throws. */
export const ownUnit = 'Javascript'

/**
 * A constructor of exceptions: the field of a module that holds it, and how what it makes looks; undefined if that is
 * itself.
 */
interface Constructor {
  readonly address: Extract<Address, { kind: 'field' }>
  readonly codec: Codec | undefined
}

export class Exceptions {
  private readonly core: Core
  private readonly modules: Modules
  /** The innermost call of an external that is under way. */
  call: (CellOwner & Lifetime) | undefined
  private payloads: ExceptionPayloads | undefined
  /** What JavaScript has thrown, by `Javascript.value`. */
  private readonly thrown: ForeignValues<unknown>
  /** By path. */
  private readonly constructors = new Map<string, Constructor>()
  /** The cells of exceptions that came out during a call of an external. */
  private readonly held = new WeakMap<OCamlException, { readonly cell: number; readonly by: Lifetime }>()

  constructor(core: Core, modules: Modules) {
    this.core = core
    this.modules = modules
    this.thrown = new ForeignValues(core)
    core.exceptionThrown = () => this.take()
  }

  /** Modules have been added. */
  refresh(): void {
    this.payloads = new ExceptionPayloads(this.core.domain, this.modules.env, this.core.heap, javascriptNames)
  }

  // -------------------------------------------------------------------------------------------------------
  // Out of OCaml

  /** What to throw for the exception that has just ended a run. */
  private take(): unknown {
    const { heap } = this.core
    heap.refresh()
    const block = heap.addressAt(Heap.exceptionSlot)
    const isConstant = heap.tagOf(block) === tags.object
    const identity = isConstant ? block : heap.addressAt(block)
    if (!isConstant && identity === this.ownConstructor()) return this.thrown.at(heap.addressAt(block + 16))
    const exception = this.exception(block, identity, isConstant)
    this.remember(exception)
    return exception
  }

  private exception(block: number, identity: number, isConstant: boolean): OCamlException {
    const { domain, heap } = this.core
    const name = heap.stringText(heap.addressAt(identity))
    const places = domain.backtrace(longestBacktrace).map(placeOf)
    const args = isConstant ? [] : this.argumentsOf(block, this.payloads?.of(identity))
    return new OCamlException(name, args, describeException(domain.runtime), places)
  }

  private remember(exception: OCamlException): void {
    const { core, call } = this
    if (call === undefined) return
    const cell = core.cellOfSlot(Heap.exceptionSlot)
    this.held.set(exception, { cell, by: call })
    call.keep(cell)
  }

  private argumentsOf(block: number, payload: Payload | undefined): unknown[] {
    const outlet = new Outlet(this.core.heap, ({ type }) => new Opaque(type))
    try {
      const codecs = payload?.inlined === undefined ? payload?.arguments : [payload.inlined]
      if (codecs === undefined) return this.byShape(block)
      return codecs.map((codec, i) => {
        const isInlined = codec.kind === 'record' && codec.first === 1
        return outlet.read('exception', codec, isInlined ? Heap.exceptionSlot : block + (i + 1) * 8)
      })
    } catch (error) {
      if (error instanceof ConversionError) return this.byShape(block)
      throw error
    }
  }

  private byShape(block: number): unknown[] {
    const count = this.core.heap.wosizeOf(block) - 1
    return Array.from({ length: count }, (_, i) => this.shape(block + (i + 1) * 8))
  }

  private shape(slot: number): unknown {
    const { heap } = this.core
    if (heap.isImmediate(slot)) return heap.intAt(slot)
    const block = heap.addressAt(slot)
    if (heap.tagOf(block) === tags.double) return heap.doubles[block >>> 3]
    return heap.tagOf(block) === tags.string ? heap.stringText(block) : new Opaque('_')
  }

  // -------------------------------------------------------------------------------------------------------
  // Into OCaml

  /** Raises in the code that has called an external, whose frames end at `sp`, what the external has thrown. */
  raise(error: unknown, sp: number): 0n {
    const { core } = this
    const held = error instanceof OCamlException ? this.held.get(error) : undefined
    if (held?.by.isOver === false) return core.domain.raiseFromHost(sp, core.wordIn(held.cell), true)
    const word = (error instanceof OCamlException ? this.named(error) : undefined) ?? this.wrapped(error, sp)
    return core.domain.raiseFromHost(sp, word, false)
  }

  /** There is no room for what was to be raised. */
  raiseOutOfMemory(sp: number): 0n {
    const { domain, heap } = this.core
    const constructors = domain.runtime.exports.caml_predef() >>> 0
    return domain.raiseFromHost(sp, heap.values[(constructors >>> 3) + outOfMemory] as bigint, false)
  }

  /** A new exception of a constructor that is known by its name; undefined if it is none. */
  private named(error: OCamlException): bigint | undefined {
    const { core } = this
    try {
      const { address, codec } = this.constructorAt(error.name)
      if (codec === undefined) return core.heap.values[this.modules.slotOf(address) >>> 3]
      const word = core.make('exception', codec, fieldsOf(codec, error.args))
      core.heap.copyValue(Number(word), this.modules.slotOf(address))
      return word
    } catch (failure) {
      if (failure instanceof NameError || failure instanceof ConversionError) return undefined
      throw failure
    }
  }

  /** A constructor by its path, and the codec of its exceptions; undefined: it has no arguments. */
  private constructorAt(path: string): Constructor {
    const known = this.constructors.get(path)
    if (known !== undefined) return known
    const found = this.findConstructor(path)
    this.constructors.set(path, found)
    return found
  }

  private findConstructor(path: string): Constructor {
    const at = path.lastIndexOf('.')
    const name = path.slice(at + 1)
    const { modules } = this
    const entry =
      at < 0
        ? findByName(modules.env.constructors, name)
        : modules.components(path.slice(0, at)).constructors.get(name)?.[0]
    if (entry?.description.tag.kind !== 'extension' || entry.address?.kind !== 'field')
      throw new NameError(`there is no exception ${path}`)
    return { address: entry.address, codec: this.blockCodec(entry.description) }
  }

  private blockCodec(description: ConstructorDescription): Codec | undefined {
    const { arguments: args, inlined } = this.modules.deriver().exceptionPayload(description)
    if (inlined !== undefined) return inlined
    return args.length === 0 ? undefined : { kind: 'tuple', elements: [{ kind: 'unit' }, ...args] }
  }

  /** An exception to throw out of an external. Throws `NameError` or `ConversionError`. */
  make(path: string, args: readonly unknown[]): OCamlException {
    const { codec } = this.constructorAt(path)
    if (codec !== undefined) this.core.make('exception', codec, fieldsOf(codec, args))
    else if (args.length > 0) throw new ConversionError('exception', `${path} has no arguments`)
    return new OCamlException(path, args)
  }

  // -------------------------------------------------------------------------------------------------------
  // Javascript.Error

  /** The address of its constructor; 0 before the unit is linked. */
  private ownConstructor(): number {
    const unit = this.core.domain.linker.unit(ownUnit)
    return unit === undefined ? 0 : this.core.heap.addressAt(this.ownSlot())
  }

  private ownSlot(): number {
    return this.modules.slotOf(this.constructorAt(`${ownUnit}.Error`).address)
  }

  /**
   *     [constructor, message, value]
   */
  private wrapped(error: unknown, sp: number): bigint {
    const { core } = this
    const { heap } = core
    const message = new TextEncoder().encode(messageOf(error))
    const cell = this.thrown.add(error)
    try {
      core.reserve(sp, 4 + stringWords(message.length), stringWords(message.length))
      core.construction.build([ownException], [asTuple, undefined, message, cell], sp)
    } finally {
      core.cells.delete(cell)
    }
    heap.copyValue(heap.addressAt(sp), this.ownSlot())
    return heap.values[sp >>> 3] as bigint
  }
}

/**
 * An exception's block is like that of a record, or of a tuple of `()`, where the constructor goes, and the arguments.
 */
function fieldsOf(codec: Codec, args: readonly unknown[]): unknown {
  return codec.kind === 'record' ? args[0] : [undefined, ...args]
}

const asTuple = undefined
const ownException: Codec = {
  kind: 'tuple',
  elements: [
    { kind: 'unit' },
    { kind: 'string', isMutable: false },
    { kind: 'opaque', type: 'Javascript.value', key: undefined, anything: true, signature: undefined },
  ],
}

/** Whatever was thrown may be anything. */
function messageOf(error: unknown): string {
  try {
    return error instanceof Error ? error.message : String(error)
  } catch {
    return 'a value that cannot be printed'
  }
}
