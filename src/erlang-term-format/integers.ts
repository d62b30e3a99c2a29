/**
 * Big integers ↔ their little-endian magnitude bytes.
 *
 * Beyond 64 bits the conversion goes through hexadecimal text, which V8 converts in linear time.
 */

import { Crash } from '../base/diagnostic.ts'
import { normalisedInt } from './term.ts'

/** V8 holds 2³⁰ bits; this stays well below, and far above what Erlang's own limit allows. */
export const maxBigBytes = 16 * 1024 * 1024

/** The integer of `length` little-endian bytes at `start`, negated if `negative`. */
export function readMagnitude(
  bytes: Uint8Array,
  start: number,
  length: number,
  negative: boolean,
): number | bigint {
  let used = length
  while (used > 0 && bytes[start + used - 1] === 0) used--
  if (used <= 6) {
    let value = 0
    for (let i = used - 1; i >= 0; i--) value = value * 256 + (bytes[start + i] as number)
    return negative && value !== 0 ? -value : value
  }
  const magnitude = used <= 8 ? readWord(bytes, start, used) : readHex(bytes, start, used)
  return normalisedInt(negative ? -magnitude : magnitude)
}

function readWord(bytes: Uint8Array, start: number, used: number): bigint {
  let high = 0
  for (let i = used - 1; i >= 4; i--) high = high * 256 + (bytes[start + i] as number)
  let low = 0
  for (let i = 3; i >= 0; i--) low = low * 256 + (bytes[start + i] as number)
  return (BigInt(high) << 32n) | BigInt(low)
}

function readHex(bytes: Uint8Array, start: number, used: number): bigint {
  const reversed = Buffer.from(bytes.subarray(start, start + used)).reverse()
  return BigInt(`0x${reversed.toString('hex')}`)
}

/** The little-endian bytes of a non-negative integer, without leading zeros; none for 0. */
export function magnitudeBytes(value: bigint): Uint8Array {
  const hex = value.toString(16)
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex').reverse()
  if (bytes.length > maxBigBytes) throw new Crash('integer too big to encode')
  return value === 0n ? new Uint8Array(0) : bytes
}
