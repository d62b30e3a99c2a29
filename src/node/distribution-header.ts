/**
 * The distribution header, which carries the atoms of a message, and the cache that it refers to.
 *
 *     131 68 N  [Flags: N/2+1 bytes]  Ref …       then control message and payload, without version bytes
 *
 * Flags has half a byte for each reference, the low half first: New(8) | Segment(3 bits); one more half byte
 * follows, with LongAtoms(1). A reference is `Index:8`, and if it is new also `Length:8 or 16, Text`, which
 * goes into slot Segment:3 Index:8 of the cache of 2048. Tag 82 in the terms is an index into the references.
 *
 * Reference: "Distribution Header" in "External Term Format" of the ERTS user's guide.
 */

import { ProtocolError } from '../base/diagnostic.ts'
import { TermCursor } from '../erlang-term-format/index.ts'

const slots = 2048
const maxAtomBytes = 255 * 4

export class AtomCache {
  private readonly names: (string | undefined)[] = new Array(slots).fill(undefined)

  /** Reads what follows the tag, from N on; returns the atoms of the message, and where its terms start. */
  readHeader(bytes: Uint8Array, offset: number): { readonly atoms: readonly string[]; readonly end: number } {
    const cursor = new TermCursor(bytes, offset)
    const count = cursor.readU8()
    if (count === 0) return { atoms: [], end: cursor.offset }
    const flags = cursor.readView((count >> 1) + 1)
    const long = (halfByte(flags, count) & 1) !== 0
    const atoms: string[] = []
    for (let i = 0; i < count; i++) atoms.push(this.readReference(cursor, halfByte(flags, i), long))
    return { atoms, end: cursor.offset }
  }

  private readReference(cursor: TermCursor, flags: number, long: boolean): string {
    const slot = ((flags & 7) << 8) | cursor.readU8()
    if ((flags & 8) !== 0) this.names[slot] = readText(cursor, long)
    const name = this.names[slot]
    if (name === undefined) throw new ProtocolError(`slot ${slot} of the atom cache is empty`)
    return name
  }
}

function halfByte(flags: Uint8Array, index: number): number {
  const byte = flags[index >> 1] as number
  return (index & 1) === 0 ? byte & 15 : byte >> 4
}

function readText(cursor: TermCursor, long: boolean): string {
  const length = long ? cursor.readU16() : cursor.readU8()
  if (length > maxAtomBytes) throw new ProtocolError('an atom is too long')
  return Buffer.from(cursor.readView(length)).toString('utf8')
}
