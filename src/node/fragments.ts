/**
 * Puts fragmented messages together.
 *
 *     131 69 Sequence:64 Fragment:64  header and control message …    the first; Fragment counts them
 *     131 70 Sequence:64 Fragment:64  …                               the rest, counting down to 1
 *
 * Sequences of different senders interleave; the fragments of one come in order.
 *
 * Bounds: a message may have `limit` bytes; all that are incomplete together may hold `messagesHeld` times as many,
 * because a peer with many processes sends many at the same time and cannot finish any before the others; and
 * there may be `maxSequences` of them.
 *
 * Reference: "Distribution Header for fragmented messages" in "External Term Format" of the ERTS user's guide.
 */

import { Crash, ProtocolError } from '../base/diagnostic.ts'
import { AtomExpander } from './atom-expander.ts'
import { MessageBuffer } from './message-buffer.ts'

/** What a sequence, and a piece of it, costs besides its bytes. */
const overhead = 64
const messagesHeld = 4
const maxSequences = 4096

interface Sequence {
  readonly expander: AtomExpander
  readonly buffer: MessageBuffer
  readonly count: number
  /** The number of the fragment that comes next. */
  next: number
  cost: number
}

/** Where a fragment belongs: its sequence, and how many come after it plus one. */
export interface FragmentNumbers {
  readonly sequence: bigint
  readonly number: number
}

export class FragmentAssembler {
  private readonly limit: number
  private readonly sequences = new Map<bigint, Sequence>()
  private held = 0
  /** Whose fragment has begun and not ended. */
  private current: { readonly key: bigint; readonly sequence: Sequence } | null = null

  /** `limit`: bytes that a message may have. */
  constructor(limit: number) {
    this.limit = limit
  }

  /** How many messages are incomplete. */
  get open(): number {
    return this.sequences.size
  }

  /** Takes what follows the header of a first fragment; returns the whole message if it is the only one. */
  first(numbers: FragmentNumbers, atoms: readonly Uint8Array[], data: Uint8Array): Uint8Array | null {
    if (this.sequences.has(numbers.sequence)) throw new ProtocolError('a fragmented message starts twice')
    if (this.sequences.size === maxSequences) throw new ProtocolError('too many fragmented messages at once')
    const { number: count } = numbers
    const expander = new AtomExpander(atoms, this.limit)
    const sequence = { expander, buffer: new MessageBuffer(this.limit), count, next: count, cost: 0 }
    this.sequences.set(numbers.sequence, sequence)
    this.begin(numbers)
    return this.part(data, true)
  }

  /** A further fragment begins; its data follows, in parts. */
  begin({ sequence: key, number }: FragmentNumbers): void {
    const sequence = this.sequences.get(key)
    if (sequence === undefined) throw new ProtocolError('a fragment of an unknown message')
    if (number < 1 || number !== sequence.next) throw new ProtocolError('a fragment out of order')
    this.current = { key, sequence }
  }

  /** Takes data of the fragment that has begun; returns the whole message with the last part of the last one. */
  part(data: Uint8Array, isLast: boolean): Uint8Array | null {
    if (this.current === null) throw new Crash('no fragment has begun')
    const { key, sequence } = this.current
    const { expander, buffer, count } = sequence
    expander.push(data)
    if (isLast) sequence.next--
    buffer.add(expander.takePieces(), isLast ? (count - sequence.next) / count : 0)
    for (const { at, size } of expander.takeSizes()) buffer.setU32(at, size)
    this.account(sequence, buffer.length + overhead * (buffer.pieceCount + 1))
    if (!isLast) return null
    this.current = null
    if (sequence.next > 0) return null
    this.sequences.delete(key)
    this.account(sequence, 0)
    expander.checkWhole()
    return buffer.finish()
  }

  private account(sequence: Sequence, cost: number): void {
    this.held += cost - sequence.cost
    sequence.cost = cost
    if (this.held > messagesHeld * this.limit) throw new ProtocolError('too much in incomplete messages')
  }
}

/** The numbers of a fragment, which stand at `offset`. */
export function readFragmentNumbers(frame: Uint8Array, offset: number): FragmentNumbers {
  if (frame.length < offset + 16) throw new ProtocolError('a fragment is too short')
  const view = Buffer.from(frame.buffer, frame.byteOffset, frame.length)
  return {
    sequence: view.readBigUInt64BE(offset),
    number: view.readUInt32BE(offset + 8) * 2 ** 32 + view.readUInt32BE(offset + 12),
  }
}
