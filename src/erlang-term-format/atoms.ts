/**
 * Atom texts ↔ bytes, with caches in both directions.
 *
 * The same few atoms come and go in every message, so decoding looks the bytes up in a direct-mapped
 * table before it makes a string, and encoding keeps tag, length and text ready to copy. Both caches are
 * bounded: a peer that invents atoms only evicts.
 */

import { Crash, ProtocolError } from '../base/diagnostic.ts'
import { Tag } from './tags.ts'

/** An atom has at most this many code points. */
export const maxAtomLength = 255

const decodeSlots = 1024
const longestCached = 64
const encodeEntries = 4096

interface DecodedAtom {
  readonly bytes: Uint8Array
  readonly name: string
}

const decoded: (DecodedAtom | undefined)[] = new Array(decodeSlots).fill(undefined)
const encoded = new Map<string, Uint8Array>()
const utf8Decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const utf8Encoder = new TextEncoder()

/** The atom whose UTF-8 is `bytes[start, end)`. */
export function decodeUtf8Atom(bytes: Uint8Array, start: number, end: number): string {
  const length = end - start
  if (length > longestCached) return utf8Name(bytes, start, end)
  let hash = length
  for (let i = start; i < end; i++) hash = (Math.imul(hash, 31) + (bytes[i] as number)) | 0
  const slot = (hash ^ (hash >>> 10)) & (decodeSlots - 1)
  const known = decoded[slot]
  if (known !== undefined && sameBytes(known.bytes, bytes, start, length)) return known.name
  const name = utf8Name(bytes, start, end)
  decoded[slot] = { bytes: new Uint8Array(bytes.subarray(start, end)), name }
  return name
}

function sameBytes(known: Uint8Array, bytes: Uint8Array, start: number, length: number): boolean {
  if (known.length !== length) return false
  for (let i = 0; i < length; i++) if (known[i] !== bytes[start + i]) return false
  return true
}

function utf8Name(bytes: Uint8Array, start: number, end: number): string {
  let name: string
  try {
    name = utf8Decoder.decode(bytes.subarray(start, end))
  } catch {
    throw new ProtocolError('atom is not UTF-8')
  }
  if (name.length > maxAtomLength && codePoints(name) > maxAtomLength)
    throw new ProtocolError('atom too long')
  return name
}

/** The atom whose Latin-1 is `bytes[start, end)`. */
export function decodeLatin1Atom(bytes: Uint8Array, start: number, end: number): string {
  if (end - start > maxAtomLength) throw new ProtocolError('atom too long')
  let name = ''
  for (let i = start; i < end; i++) name += String.fromCharCode(bytes[i] as number)
  return name
}

function codePoints(text: string): number {
  let count = 0
  for (const _ of text) count++
  return count
}

/** Tag, length and UTF-8 of an atom; the result is shared and must not be written to. */
export function encodeAtom(name: string): Uint8Array {
  const known = encoded.get(name)
  if (known !== undefined) return known
  const bytes = atomBytes(name)
  if (encoded.size >= encodeEntries) encoded.clear()
  encoded.set(name, bytes)
  return bytes
}

function atomBytes(name: string): Uint8Array {
  if (name.length > maxAtomLength && codePoints(name) > maxAtomLength) throw new Crash('atom too long')
  const text = utf8Encoder.encode(name)
  const head =
    text.length < 256 ? [Tag.smallAtomUtf8, text.length] : [Tag.atomUtf8, text.length >> 8, text.length & 255]
  const bytes = new Uint8Array(head.length + text.length)
  bytes.set(head)
  bytes.set(text, head.length)
  return bytes
}
