/**
 * Bytes → terms, whole messages at a time.
 *
 *   131 Tag …                            a term
 *   131 80 Size:32 Zlib                  a compressed one: Size bytes of `Tag …` when expanded
 *
 * As with `binary_to_term`, bytes after the term are not looked at; `decodeAt` says where they start.
 * The only error is `ProtocolError`.
 */

import { inflateSync } from 'node:zlib'
import { ProtocolError } from '../base/diagnostic.ts'
import type { DecodeLimits } from './reader.ts'
import { defaultLimits, TermReader } from './reader.ts'
import { Tag } from './tags.ts'
import type { Term } from './term.ts'

export interface Decoded {
  readonly term: Term
  /** The offset after the term. */
  readonly end: number
}

/** The term that `bytes` hold, with its version byte. */
export function decode(bytes: Uint8Array, limits: Partial<DecodeLimits> = {}): Term {
  return decodeAt(bytes, 0, limits).term
}

/** The term that `bytes` hold, without a version byte. */
export function decodeBare(bytes: Uint8Array, limits: Partial<DecodeLimits> = {}): Term {
  return decodeBareAt(bytes, 0, limits).term
}

/** The term with a version byte at `offset`. */
export function decodeAt(bytes: Uint8Array, offset: number, limits: Partial<DecodeLimits> = {}): Decoded {
  if (bytes[offset] !== Tag.magic) throw new ProtocolError('no version byte before a term')
  return decodeBareAt(bytes, offset + 1, limits)
}

/** The term without a version byte at `offset`. */
export function decodeBareAt(bytes: Uint8Array, offset: number, limits: Partial<DecodeLimits> = {}): Decoded {
  const maxDepth = limits.maxDepth ?? defaultLimits.maxDepth
  if (bytes[offset] === Tag.compressed) {
    const inflated = inflate(bytes, offset, limits.maxInflated ?? defaultLimits.maxInflated)
    return { term: new TermReader(inflated.bytes).readTerm(maxDepth), end: inflated.end }
  }
  const reader = new TermReader(bytes, offset)
  return { term: reader.readTerm(maxDepth), end: reader.offset }
}

/**
 * Expands the compressed term at `offset` (its tag 80): the bytes of a bare term, and where the compressed
 * ones end. `max` bounds the bytes that come out.
 */
export function inflate(
  bytes: Uint8Array,
  offset: number,
  max: number = defaultLimits.maxInflated,
): { readonly bytes: Uint8Array; readonly end: number } {
  const header = new TermReader(bytes, offset + 1)
  const size = header.readU32()
  if (size === 0 || size > max) throw new ProtocolError(`compressed term of ${size} bytes`)
  const { buffer, consumed } = inflateBounded(bytes.subarray(header.offset), size)
  if (buffer.length !== size) throw new ProtocolError('compressed term has another size than it says')
  return { bytes: buffer, end: header.offset + consumed }
}

/** With `info`, zlib also returns the engine, whose `bytesWritten` counts the input it took. */
interface InflateInfo {
  readonly buffer: Uint8Array
  readonly engine: { readonly bytesWritten: number }
}

function inflateBounded(input: Uint8Array, size: number): { buffer: Uint8Array; consumed: number } {
  try {
    const result = inflateSync(input, { maxOutputLength: size, info: true }) as unknown as InflateInfo
    return { buffer: result.buffer, consumed: result.engine.bytesWritten }
  } catch (error) {
    throw new ProtocolError(`compressed term: ${(error as Error).message}`)
  }
}
