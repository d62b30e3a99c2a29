/**
 * Signals → frames in an outbox, in the form that is in force on the connection.
 *
 *     112 131 Control 131 Payload             without distribution headers
 *     131 68 Header Control Payload           with them; atoms of the control message are in the peer's cache
 *     131 69 Sequence:64 Number:64 Header …   the first fragment: Control and the first part of the payload
 *     131 70 Sequence:64 Number:64 …          a further one
 *
 * Payloads come encoded and go out as they are: their atoms stand for themselves.
 */

import { decodeBare, type Pid, Tag, TermWriter } from '../erlang-term-format/index.ts'
import { plainSignal } from './answers.ts'
import type { Control } from './control.ts'
import { encodeControl } from './control-encoder.ts'
import { OutgoingAtoms } from './distribution-header.ts'
import type { Capabilities } from './flags.ts'
import type { FragmentSink, Pieces } from './fragment-queue.ts'
import { headerTag } from './message-decoder.ts'
import type { Outbox } from './outbox.ts'

/** Atoms that are no longer than a reference to the cache, nearly. */
const shortest = 3
/** Longer ones the encoder has to look at. */
const longest = 255

/** Writes atoms as references to the peer's cache. */
class CachingWriter extends TermWriter {
  atoms: OutgoingAtoms | null = null

  override atom(name: string): void {
    const cached = this.atoms !== null && name.length >= shortest && name.length <= longest
    const number = cached ? (this.atoms as OutgoingAtoms).reference(name) : -1
    if (number < 0) {
      super.atom(name)
    } else {
      this.u8(Tag.atomCacheRef)
      this.u8(number)
    }
  }
}

/** Used from start to end without a call into foreign code, so one is enough. */
const writer = new CachingWriter()

const passThrough = Uint8Array.of(112, Tag.magic)
const magic = Uint8Array.of(Tag.magic)
const wholeStart = Uint8Array.of(Tag.magic, headerTag.whole)
const noAtoms = Uint8Array.of(Tag.magic, headerTag.whole, 0)

export class FrameWriter implements FragmentSink {
  private readonly outbox: Outbox
  private readonly capabilities: Capabilities
  private readonly atoms: OutgoingAtoms | null

  constructor(outbox: Outbox, capabilities: Capabilities) {
    this.outbox = outbox
    this.capabilities = capabilities
    this.atoms = capabilities.headerCache ? new OutgoingAtoms() : null
  }

  whole(control: Control, payload: Pieces | null): void {
    const { outbox, atoms } = this
    const { shaped, rest } = this.shape(control, payload)
    this.encode(shaped)
    outbox.openFrame(atoms === null ? passThrough : wholeStart)
    if (atoms !== null) outbox.raw(atoms.header())
    outbox.written(writer)
    if (rest !== null && atoms === null) outbox.raw(magic)
    for (const piece of rest ?? []) outbox.raw(piece)
    outbox.closeFrame()
  }

  /**
   * The form for this peer: a signal of OTP 28 becomes an older one; a reason goes into the control message where there
   * are no payloads in exits.
   */
  private shape(given: Control, payload: Pieces | null): { shaped: Control; rest: Pieces | null } {
    const control = given.kind === 'altact' && !this.capabilities.prioritySignals ? plainSignal(given) : given
    const inside = !this.capabilities.exitPayload && payload !== null && 'reason' in control
    if (!inside) return { shaped: control, rest: payload }
    return { shaped: { ...control, reason: decodeBare(Buffer.concat(payload)) }, rest: null }
  }

  private encode(control: Control): void {
    writer.reset()
    writer.atoms = this.atoms
    this.atoms?.begin()
    encodeControl(writer, control, this.capabilities)
  }

  first(sequence: number, count: number, control: Control, part: Pieces): void {
    const { outbox, atoms } = this
    this.encode(this.shape(control, null).shaped)
    outbox.openFrame(fragmentStart(headerTag.firstFragment, sequence, count))
    if (atoms !== null) outbox.raw(atoms.header())
    outbox.written(writer)
    for (const piece of part) outbox.raw(piece)
    outbox.closeFrame()
  }

  further(sequence: number, number: number, part: Pieces): void {
    const { outbox } = this
    outbox.openFrame(fragmentStart(headerTag.furtherFragment, sequence, number))
    for (const piece of part) outbox.raw(piece)
    outbox.closeFrame()
  }

  // Frames built in place, atoms and all

  /** Opens a frame; the control message follows, encoded. */
  open(): Outbox {
    this.outbox.openFrame(this.atoms === null ? passThrough : noAtoms)
    return this.outbox
  }

  /** Between the control message and the payload. */
  openPayload(): void {
    if (this.atoms === null) this.outbox.raw(magic)
  }

  close(): void {
    this.outbox.closeFrame()
  }
}

function fragmentStart(tag: number, sequence: number, number: number): Uint8Array {
  const bytes = Buffer.alloc(18)
  bytes[0] = Tag.magic
  bytes[1] = tag
  bytes.writeUIntBE(sequence, 4, 6)
  bytes.writeUInt32BE(number, 14)
  return bytes
}

/** The process that a signal comes from, where the signal says it. */
export function senderOf(control: Control): Pid | null {
  return 'from' in control && control.from?.kind === 'pid' ? control.from : null
}
