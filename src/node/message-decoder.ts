/**
 * Frames with a distribution header → messages as they are without one.
 *
 *     131 68 header           a whole message
 *     131 69 … header         the first fragment
 *     131 70 …                a further fragment
 *
 * The header of a fragmented message changes the cache when its first fragment comes, so it is read then, and
 * the atoms are kept until the last one.
 *
 * A result is `Control 131 Payload`, or `Control` alone: what follows `112, 131` in a frame without header.
 */

import { ProtocolError } from '../base/diagnostic.ts'
import { ByteWriter, Tag } from '../erlang-term-format/index.ts'
import { AtomExpander } from './atom-expander.ts'
import { AtomCache } from './distribution-header.ts'
import { FragmentAssembler } from './fragments.ts'

const wholeMessage = 68
const firstFragment = 69
const furtherFragment = 70
const numbersBytes = 16

export class MessageDecoder {
  private readonly cache = new AtomCache()
  private readonly fragments: FragmentAssembler
  /** The atoms of the incomplete messages, by sequence number. */
  private readonly atoms = new Map<string, readonly string[]>()

  /** `limit`: the largest message, in bytes. */
  constructor(limit: number) {
    this.fragments = new FragmentAssembler(limit)
  }

  /** Takes a frame that starts with 131; null: the message is not complete yet. */
  take(frame: Uint8Array): Uint8Array | null {
    switch (frame[1]) {
      case wholeMessage:
        return this.whole(frame)
      case firstFragment:
        return this.first(frame)
      case furtherFragment:
        return this.further(frame)
      default:
        throw new ProtocolError(`a frame that starts with ${frame[0]}, ${frame[1]}`)
    }
  }

  private whole(frame: Uint8Array): Uint8Array {
    const { atoms, end } = this.cache.readHeader(frame, 2)
    return expanded(frame.subarray(end), atoms)
  }

  private first(frame: Uint8Array): Uint8Array | null {
    const { atoms, end } = this.cache.readHeader(frame, 2 + numbersBytes)
    const numbers = frame.subarray(2, 2 + numbersBytes)
    const message = this.fragments.first(Buffer.concat([numbers, frame.subarray(end)]))
    if (message !== null) return expanded(message, atoms)
    this.atoms.set(sequenceOf(frame), atoms)
    return null
  }

  private further(frame: Uint8Array): Uint8Array | null {
    const message = this.fragments.further(frame.subarray(2))
    if (message === null) return null
    const sequence = sequenceOf(frame)
    const atoms = this.atoms.get(sequence) ?? []
    this.atoms.delete(sequence)
    return expanded(message, atoms)
  }
}

function sequenceOf(frame: Uint8Array): string {
  return Buffer.from(frame.buffer, frame.byteOffset + 2, 8).toString('latin1')
}

function expanded(message: Uint8Array, atoms: readonly string[]): Uint8Array {
  const writer = new ByteWriter(message.length + 256)
  const expander = new AtomExpander(writer)
  const payload = expander.expand(message, 0, atoms)
  if (payload < message.length) {
    writer.u8(Tag.magic)
    if (expander.expand(message, payload, atoms) < message.length) {
      throw new ProtocolError('bytes behind the payload')
    }
  }
  return writer.view()
}
