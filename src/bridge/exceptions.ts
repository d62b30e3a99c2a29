/**
 * OCaml exceptions as Erlang reasons: `{ocaml, Name, Args}`.
 *
 * An exception without arguments is its constructor, a block of tag Object [name, id]; with arguments it is a block [constructor, …]. The
 * arguments of a constructor that is known (exception-payloads.ts) are encoded by their types, those of another one by what they
 * look like.
 */

import { tags } from '../codegen/layout.ts'
import type { CallOutcome } from '../node/dispatcher.ts'
import { type Encoder, type ExceptionSink, TooLarge, Unencodable } from './encode.ts'
import { argumentsOf, type ExceptionPayloads } from './exception-payloads.ts'
import { Heap } from './heap.ts'
import { nameOf } from './names.ts'

export type Raised = Omit<Extract<CallOutcome, { readonly kind: 'raise' }>, 'kind'>

/** In the order of the constructors of `Erlang.failure`. */
const classes = ['error', 'exit', 'throw'] as const

const ocaml = nameOf('ocaml').encoded
const unknown = new TextEncoder().encode('_')
/** Longer names are cut: an atom has at most this many characters. */
const longestAtom = 255

export class ExceptionEncoder implements ExceptionSink {
  private readonly heap: Heap
  private readonly encoder: Encoder
  private readonly payloads: ExceptionPayloads

  constructor(heap: Heap, encoder: Encoder, payloads: ExceptionPayloads) {
    this.heap = heap
    this.encoder = encoder
    this.payloads = payloads
    encoder.exceptions = this
  }

  /** What `Erlang.Raised` carries, encoded; undefined: it is another exception. */
  raised(owner: Uint8Array): Raised | undefined {
    const { encoder, heap } = this
    heap.refresh()
    const exception = heap.addressAt(Heap.exceptionSlot)
    if (heap.tagOf(exception) === tags.object) return undefined
    const identity = heap.addressAt(exception)
    if (heap.stringText(heap.addressAt(identity)) !== 'Stdlib.Erlang.Raised') return undefined
    const kinds = this.payloads.of(identity)?.arguments.map((codec) => codec.kind)
    if (kinds?.join() !== 'variant,term,term') return undefined
    const part = (what: string, index: number): Uint8Array => {
      encoder.start(what, owner)
      encoder.encode({ kind: 'term' }, exception + index * 8)
      return encoder.writer.finish()
    }
    try {
      const cls = classes[heap.smallAt(exception + 8)] ?? 'error'
      return { class: cls, reason: part('reason', 2), stack: part('stack', 3) }
    } catch (error) {
      if (error instanceof Unencodable || error instanceof TooLarge) return undefined
      throw error
    }
  }

  /** The constructor of the exception that has just ended a thread, as OCaml prints it. */
  get name(): string {
    this.heap.refresh()
    return this.nameOf(this.identityOf(Heap.exceptionSlot))
  }

  /** The address of the constructor of the exception in a slot. */
  private identityOf(slot: number): number {
    const { heap } = this
    const exception = heap.addressAt(slot)
    return heap.tagOf(exception) === tags.object ? exception : heap.addressAt(exception)
  }

  private nameOf(identity: number): string {
    return this.heap.stringText(this.heap.addressAt(identity))
  }

  /** Appends the reason for the exception that has just ended a thread. What has no term is shown by its shape. */
  encode(owner: Uint8Array): void {
    const { encoder } = this
    encoder.start('exception', owner)
    const { writer } = encoder
    this.head(Heap.exceptionSlot)
    const start = writer.length
    try {
      this.arguments(Heap.exceptionSlot)
    } catch (error) {
      if (!(error instanceof Unencodable || error instanceof TooLarge)) throw error
      encoder.abandon()
      writer.length = start
      this.byShape(this.heap.addressAt(Heap.exceptionSlot))
    }
  }

  /** Appends the exception in a slot, as a part of a value. Throws as the encoder does. */
  value(slot: number): void {
    this.head(slot)
    this.arguments(slot)
  }

  private head(slot: number): void {
    const { writer } = this.encoder
    writer.tupleHeader(3)
    writer.raw(ocaml)
    writer.atom(
      Array.from(this.nameOf(this.identityOf(slot)))
        .slice(0, longestAtom)
        .join(''),
    )
  }

  private arguments(slot: number): void {
    const { encoder, heap } = this
    const exception = heap.addressAt(slot)
    const isConstant = heap.tagOf(exception) === tags.object
    const payload = isConstant ? undefined : this.payloads.of(this.identityOf(slot))
    if (payload === undefined) return this.byShape(exception)
    const codecs = argumentsOf(payload)
    encoder.writer.listHeader(codecs.length)
    codecs.forEach((codec, i) => {
      // An inline record's fields are in the exception's own block, which its slot points to.
      encoder.part([3, i + 1], codec, payload.inlined === undefined ? exception + (i + 1) * 8 : slot)
    })
    encoder.writer.nil()
  }

  // -------------------------------------------------------------------------------------------------------
  // Unknown constructors

  private byShape(exception: number): void {
    const { heap } = this
    const { writer } = this.encoder
    const count = heap.tagOf(exception) === tags.object ? 0 : heap.wosizeOf(exception) - 1
    if (count > 0) writer.listHeader(count)
    for (let i = 1; i <= count; i++) this.shape(exception + i * 8)
    writer.nil()
  }

  private shape(slot: number): void {
    const { heap } = this
    const { writer } = this.encoder
    if (heap.isImmediate(slot)) return writer.int(heap.intAt(slot))
    const block = heap.addressAt(slot)
    const tag = heap.tagOf(block)
    const double = heap.doubles[block >>> 3] as number
    if (tag === tags.double && Number.isFinite(double)) writer.float(double)
    else if (tag === tags.string) writer.binary(heap.bytes.slice(block, block + heap.stringLength(block)))
    else writer.binary(unknown)
  }
}
