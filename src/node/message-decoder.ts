/**
 * Frames with a distribution header → messages that stand for themselves.
 *
 *     131 68 header           a whole message
 *     131 69 … header         the first fragment
 *     131 70 …                a further fragment
 *
 * The header of a fragmented message changes the cache when its first fragment comes, so it is read then.
 *
 * A result is `Control 131 Payload`, or `Control` alone: what follows `112, 131` in a frame without header.
 */

import { ProtocolError } from '../base/diagnostic.ts'
import { Tag } from '../erlang-term-format/index.ts'
import { AtomExpander } from './atom-expander.ts'
import { IncomingAtoms } from './distribution-header.ts'
import { FragmentAssembler, readFragmentNumbers } from './fragments.ts'

export const headerTag = { whole: 68, firstFragment: 69, furtherFragment: 70 } as const

const numbersBytes = 16
/** What is in front of the data of a further fragment. */
const furtherHead = 2 + numbersBytes

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const [first] = pieces
  return pieces.length === 1 && first !== undefined ? first : Buffer.concat(pieces)
}

export class MessageDecoder {
  private readonly cache = new IncomingAtoms()
  private readonly fragments: FragmentAssembler
  private readonly expander: AtomExpander

  /** `limit`: the largest message, in bytes. */
  constructor(limit: number) {
    this.expander = new AtomExpander([], limit)
    this.fragments = new FragmentAssembler(limit)
  }

  /** Takes a frame that starts with 131; null: the message is not complete yet. */
  take(frame: Uint8Array): Uint8Array | null {
    switch (frame[1]) {
      case headerTag.whole:
        return this.whole(frame)
      case headerTag.firstFragment:
        return this.first(frame)
      case headerTag.furtherFragment:
        this.fragments.begin(readFragmentNumbers(frame, 2))
        return this.fragments.part(frame.subarray(furtherHead), true)
      default:
        throw new ProtocolError(`a frame that starts with ${frame[0]}, ${frame[1]}`)
    }
  }

  /** Takes the beginning of a frame, if it is a further fragment of which the rest is to come by `more`. */
  start(part: Uint8Array): boolean {
    if (part.length < furtherHead || part[0] !== Tag.magic || part[1] !== headerTag.furtherFragment)
      return false
    this.fragments.begin(readFragmentNumbers(part, 2))
    this.fragments.part(part.subarray(furtherHead), false)
    return true
  }

  /** The rest of what has been started, or a part of it; returns the message that is complete with it. */
  more(part: Uint8Array, isLast: boolean): Uint8Array | null {
    return this.fragments.part(part, isLast)
  }

  private whole(frame: Uint8Array): Uint8Array {
    const { atoms, end } = this.cache.readHeader(frame, 2)
    this.expander.reset(atoms)
    this.expander.push(frame, end)
    this.expander.checkWhole()
    return joined(this.expander.takePieces())
  }

  private first(frame: Uint8Array): Uint8Array | null {
    const numbers = readFragmentNumbers(frame, 2)
    const { atoms, end } = this.cache.readHeader(frame, 2 + numbersBytes)
    return this.fragments.first(numbers, atoms, frame.subarray(end))
  }
}
