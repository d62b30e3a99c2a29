/** The proof that a peer knows the cookie: MD5 of the cookie followed by the challenge in decimal. */

import { createHash, timingSafeEqual } from 'node:crypto'

export const digestBytes = 16

/** 16 bytes. `challenge` is an unsigned 32-bit integer. */
export function challengeDigest(cookie: string, challenge: number): Uint8Array {
  return createHash('md5')
    .update(Buffer.from(cookie, 'latin1'))
    .update(String(challenge >>> 0))
    .digest()
}

/** Compares in a time that does not depend on where the first difference is. */
export function digestsEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === digestBytes && b.length === digestBytes && timingSafeEqual(a, b)
}
