/**
 * Puts fragmented messages together.
 *
 *     131 69 Sequence:64 Fragment:64  header and control message …    the first; Fragment counts them
 *     131 70 Sequence:64 Fragment:64  …                               the rest, counting down to 1
 *
 * Sequences of different senders interleave; the fragments of one come in order.
 *
 * Invariant: `gathered` is what all parts held cost, and stays within the limit for one message, so that a
 * peer cannot make us hold more than that by starting many.
 *
 * Reference: "Distribution Header for fragmented messages" in "External Term Format" of the ERTS user's guide.
 */

import { ProtocolError } from '../base/diagnostic.ts'

/** What a part costs besides its bytes. */
const partOverhead = 64

interface Sequence {
  readonly parts: Uint8Array[]
  /** The number of the fragment that comes next. */
  next: bigint
}

export class FragmentAssembler {
  private readonly limit: number
  private readonly sequences = new Map<bigint, Sequence>()
  private gathered = 0

  /** `limit`: bytes that may be held. */
  constructor(limit: number) {
    this.limit = limit
  }

  /** How many messages are incomplete. */
  get open(): number {
    return this.sequences.size
  }

  /** Takes a first fragment, from its sequence number on; returns the whole message if it is the only one. */
  first(fragment: Uint8Array): Uint8Array | null {
    const { sequence, number, data } = split(fragment)
    if (this.sequences.has(sequence)) throw new ProtocolError('a fragmented message starts twice')
    if (number < 1n) throw new ProtocolError('a fragmented message without fragments')
    if (number === 1n) return data
    this.sequences.set(sequence, { parts: [this.kept(data)], next: number - 1n })
    return null
  }

  /** Takes a further fragment; returns the whole message if it is the last one. */
  further(fragment: Uint8Array): Uint8Array | null {
    const { sequence, number, data } = split(fragment)
    const known = this.sequences.get(sequence)
    if (known === undefined) throw new ProtocolError('a fragment of an unknown message')
    if (number !== known.next) throw new ProtocolError('a fragment out of order')
    known.parts.push(this.kept(data))
    known.next--
    if (known.next > 0n) return null
    this.sequences.delete(sequence)
    const whole = Buffer.concat(known.parts)
    this.gathered -= whole.length + known.parts.length * partOverhead
    return whole
  }

  private kept(data: Uint8Array): Uint8Array {
    this.gathered += data.length + partOverhead
    if (this.gathered > this.limit) {
      throw new ProtocolError(`fragments of more than ${this.limit} bytes`)
    }
    return data
  }
}

function split(fragment: Uint8Array): { sequence: bigint; number: bigint; data: Uint8Array } {
  if (fragment.length < 16) throw new ProtocolError('a fragment is too short')
  const view = Buffer.from(fragment.buffer, fragment.byteOffset, fragment.length)
  return { sequence: view.readBigUInt64BE(0), number: view.readBigUInt64BE(8), data: fragment.subarray(16) }
}
