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
import { Tag } from '../erlang-term-format/index.ts'

const cacheSlots = 2048
const noSlots: (Uint8Array | undefined)[] = []
const maxAtomBytes = 255 * 4

/** What the peer has put into the cache: encoded atoms. */
export class IncomingAtoms {
  /** Made when the first atom comes, which may be never. */
  private atoms: (Uint8Array | undefined)[] = noSlots

  /** Reads what follows the tag, from N on; returns the atoms of the message, and where its terms start. */
  readHeader(
    bytes: Uint8Array,
    offset: number,
  ): { readonly atoms: readonly Uint8Array[]; readonly end: number } {
    const count = byteAt(bytes, offset)
    const flags = offset + 1
    if (count === 0) return { atoms: [], end: flags }
    const long = (halfByte(bytes, flags, count) & 1) !== 0
    const atoms: Uint8Array[] = []
    let at = flags + (count >> 1) + 1
    for (let i = 0; i < count; i++) {
      const half = halfByte(bytes, flags, i)
      const slot = ((half & 7) << 8) | byteAt(bytes, at++)
      if ((half & 8) !== 0) at = this.enter(slot, bytes, at, long)
      const atom = this.atoms[slot]
      if (atom === undefined) throw new ProtocolError(`slot ${slot} of the atom cache is empty`)
      atoms.push(atom)
    }
    return { atoms, end: at }
  }

  /** Puts a text into a slot; returns where it ends. */
  private enter(slot: number, bytes: Uint8Array, at: number, long: boolean): number {
    const high = long ? byteAt(bytes, at) : 0
    const start = long ? at + 2 : at + 1
    const length = high * 256 + byteAt(bytes, start - 1)
    const end = start + length
    if (length > maxAtomBytes || end > bytes.length) throw new ProtocolError('an atom is too long')
    const head = length < 256 ? [Tag.smallAtomUtf8, length] : [Tag.atomUtf8, length >> 8, length & 0xff]
    if (this.atoms === noSlots) this.atoms = new Array(cacheSlots).fill(undefined)
    this.atoms[slot] = Buffer.concat([Uint8Array.from(head), bytes.subarray(start, end)])
    return end
  }
}

/** Half a byte of the flags, which start at an offset. */
function halfByte(bytes: Uint8Array, flags: number, index: number): number {
  const byte = byteAt(bytes, flags + (index >> 1))
  return (index & 1) === 0 ? byte & 15 : byte >> 4
}

function byteAt(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? tooShort()
}

function tooShort(): never {
  throw new ProtocolError('a distribution header is too short')
}

/** What we have put into the cache of the peer, and what the header of the message being written refers to. */
export class OutgoingAtoms {
  private readonly slots = new Map<string, number>()
  private readonly names: string[] = []
  private nextSlot = 0
  private readonly references: { readonly slot: number; readonly text: Uint8Array | null }[] = []
  private readonly inMessage = new Map<string, number>()

  /** Starts the header of the next message; it must be sent before that of the one after it. */
  begin(): void {
    this.references.length = 0
    this.inMessage.clear()
  }

  /** The number of an atom in the message, for tag 82; -1: the header is full. */
  reference(name: string): number {
    const known = this.inMessage.get(name)
    if (known !== undefined) return known
    const number = this.references.length
    if (number === 255) return -1
    const slot = this.slots.get(name)
    this.references.push(slot === undefined ? this.enter(name) : { slot, text: null })
    this.inMessage.set(name, number)
    return number
  }

  /** Gives a new atom the slot that was filled longest ago: no message refers to as many. */
  private enter(name: string): { readonly slot: number; readonly text: Uint8Array } {
    const slot = this.nextSlot
    this.nextSlot = (slot + 1) % cacheSlots
    const old = this.names[slot]
    if (old !== undefined) this.slots.delete(old)
    this.names[slot] = name
    this.slots.set(name, slot)
    return { slot, text: Buffer.from(name) }
  }

  /** The header of the message, from N on. */
  header(): Uint8Array {
    const { references } = this
    const count = references.length
    if (count === 0) return emptyHeader
    const long = references.some(({ text }) => text !== null && text.length > 255)
    const texts = references.reduce((sum, { text }) => sum + (text === null ? 0 : text.length + 2), 0)
    const bytes = new Uint8Array(2 + (count >> 1) + count + texts)
    bytes[0] = count
    references.forEach(({ slot, text }, i) => {
      setHalfByte(bytes, i, (text === null ? 0 : 8) | (slot >> 8))
    })
    if (long) setHalfByte(bytes, count, 1)
    let at = 2 + (count >> 1)
    for (const { slot, text } of references) {
      bytes[at++] = slot
      if (text === null) continue
      if (long) bytes[at++] = text.length >> 8
      bytes[at++] = text.length
      bytes.set(text, at)
      at += text.length
    }
    return bytes.subarray(0, at)
  }
}

const emptyHeader = Uint8Array.of(0)

/** Sets half a byte of the flags, which start behind N. */
function setHalfByte(bytes: Uint8Array, index: number, value: number): void {
  const at = 1 + (index >> 1)
  bytes[at] = (bytes[at] as number) | ((index & 1) === 0 ? value : value << 4)
}
