/**
 * Packing: a description and a number of byte strings as one byte string, of which any part can be read alone.
 *
 *     0    length of the description in bytes (u32)
 *     4    the description: JSON, `{ "parts": [length…], "about": … }`
 *          the parts, each from a multiple of 8 on
 *
 * What is read may have been damaged or made up: whoever unpacks gets a `PackingError` or something of the right shape as far
 * as lengths go, and checks the description itself.
 */

import { ByteWriter } from '../base/byte-writer.ts'

export class PackingError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'PackingError'
  }
}

/** Reads bytes of a pack; fewer than asked for at its end. */
export type ReadBytes = (offset: number, length: number) => Uint8Array

export interface Pack {
  readonly about: unknown
  readonly count: number
  part(index: number): Uint8Array
}

const alignment = 8
const aligned = (offset: number): number => Math.ceil(offset / alignment) * alignment

export function pack(about: unknown, parts: readonly Uint8Array[]): Uint8Array {
  const description = new TextEncoder().encode(JSON.stringify({ parts: parts.map((p) => p.length), about }))
  const out = new ByteWriter(4 + description.length + parts.reduce((sum, p) => sum + p.length + alignment, 0))
  const align = (): void => out.zeros(aligned(out.length) - out.length)
  out.u32(description.length)
  out.raw(description)
  align()
  for (const part of parts) {
    out.raw(part)
    align()
  }
  return out.finish()
}

/** Opens a pack whose parts are read when they are asked for. Throws `PackingError`, as its `part` does. */
export function openPack(read: ReadBytes): Pack {
  const exactly = (offset: number, length: number): Uint8Array => {
    const bytes = read(offset, length)
    if (bytes.length !== length) throw new PackingError('it is cut off')
    return bytes
  }
  const first = exactly(0, 4)
  const length = new DataView(first.buffer, first.byteOffset).getUint32(0, true)
  const { parts, about } = parseDescription(exactly(4, length))
  const offsets: number[] = []
  let next = aligned(4 + length)
  for (const size of parts) {
    offsets.push(next)
    next = aligned(next + size)
  }
  return {
    about,
    count: parts.length,
    part: (index) => {
      const offset = offsets[index]
      if (offset === undefined) throw new PackingError(`it has no part ${index}`)
      return exactly(offset, parts[index] as number)
    },
  }
}

export function unpack(bytes: Uint8Array): Pack {
  return openPack((offset, length) => bytes.subarray(offset, offset + length))
}

function parseDescription(bytes: Uint8Array): { readonly parts: readonly number[]; readonly about: unknown } {
  let found: unknown
  try {
    found = JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    throw new PackingError('its description cannot be read')
  }
  const { parts, about } = (found ?? {}) as { parts?: unknown; about?: unknown }
  const isSize = (n: unknown): boolean => Number.isSafeInteger(n) && (n as number) >= 0
  if (!Array.isArray(parts) || !parts.every(isSize)) throw new PackingError('its description cannot be read')
  return { parts: parts as number[], about }
}
