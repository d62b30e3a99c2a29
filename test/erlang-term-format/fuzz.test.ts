/** Random and damaged bytes: only `ProtocolError` escapes, and what is accepted round-trips. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ProtocolError } from '../../src/base/diagnostic.ts'
import type { Term } from '../../src/erlang-term-format/index.ts'
import {
  atom,
  compareExactly,
  compareTerms,
  decode,
  decodeBareAt,
  encode,
  encodeBare,
  exactlyEqual,
  formatTerm,
  list,
  map,
  mapGet,
  TermReader,
  tuple,
} from '../../src/erlang-term-format/index.ts'
import { arbitraryAnyTerm } from './arbitrary.ts'

test('what is encoded is decoded', () => {
  fc.assert(
    fc.property(arbitraryAnyTerm, (term) => {
      expect(decode(encode(term))).toEqual(term)
      expect(exactlyEqual(decode(encode(term)), term)).toBe(true)
    }),
    { numRuns: 2000 },
  )
})

/** One to four bytes replaced, removed or inserted. */
const edits = fc.array(
  fc.record({ at: fc.nat(), kind: fc.constantFrom('set', 'drop', 'insert'), byte: fc.nat(255) }),
  { minLength: 1, maxLength: 4 },
)

function damage(bytes: Uint8Array, how: readonly { at: number; kind: string; byte: number }[]): Uint8Array {
  const damaged = Array.from(bytes)
  for (const { at, kind, byte } of how) {
    const position = at % (damaged.length + 1)
    if (kind === 'set') damaged[Math.min(position, damaged.length - 1)] = byte
    else if (kind === 'drop') damaged.splice(position, 1)
    else damaged.splice(position, 0, byte)
  }
  return Uint8Array.from(damaged)
}

function attempt<T>(run: () => T): T | null {
  try {
    return run()
  } catch (error) {
    expect(error).toBeInstanceOf(ProtocolError)
    return null
  }
}

function check(bytes: Uint8Array): void {
  const decoded = attempt(() => decodeBareAt(bytes, 0))
  const reader = new TermReader(bytes)
  const skipped = attempt(() => reader.skip()) !== null
  if (decoded === null) return
  if (bytes[0] !== 80) {
    expect(skipped).toBe(true)
    expect(reader.offset).toBe(decoded.end)
  }
  const again = decode(encode(decoded.term))
  expect(exactlyEqual(again, decoded.term)).toBe(true)
  formatTerm(decoded.term)
}

describe('hostile bytes', () => {
  test('damaged terms', () => {
    fc.assert(
      fc.property(arbitraryAnyTerm, edits, (term, how) => check(damage(encodeBare(term), how))),
      { numRuns: 5000 },
    )
  })
  test('random bytes after every tag', () => {
    const tag = fc.constantFrom(...Array.from({ length: 256 }, (_, i) => i))
    fc.assert(
      fc.property(tag, fc.uint8Array({ maxLength: 40 }), (first, rest) =>
        check(Uint8Array.of(first, ...rest)),
      ),
      { numRuns: 5000 },
    )
  })
})

describe('order', () => {
  test('is total: antisymmetric and transitive', () => {
    for (const compare of [compareTerms, compareExactly]) {
      fc.assert(
        fc.property(arbitraryAnyTerm, arbitraryAnyTerm, arbitraryAnyTerm, (a, b, c) => {
          expect(Math.sign(compare(a, b))).toBe(-Math.sign(compare(b, a)) + 0)
          if (compare(a, b) <= 0 && compare(b, c) <= 0) expect(compare(a, c)).toBeLessThanOrEqual(0)
        }),
        { numRuns: 2000 },
      )
    }
  })
  test('maps find their keys', () => {
    fc.assert(
      fc.property(fc.array(arbitraryAnyTerm, { maxLength: 20 }), (keys) => {
        const built = map(...keys.map((key) => [key, tuple(key)] as const))
        for (const key of keys) expect(exactlyEqual(mapGet(built, key) as Term, tuple(key))).toBe(true)
        expect(mapGet(built, atom('not there'))).toBeUndefined()
      }),
    )
  })
})

test('nothing overflows on deep terms', () => {
  let deep: Term = atom('bottom')
  let other: Term = atom('bottoms')
  for (let i = 0; i < 200_000; i++) {
    deep = i % 3 === 0 ? tuple(deep) : i % 3 === 1 ? list(deep) : map([deep, atom('v')])
    other = i % 3 === 0 ? tuple(other) : i % 3 === 1 ? list(other) : map([other, atom('v')])
  }
  expect(compareTerms(deep, other)).toBeLessThan(0)
  expect(exactlyEqual(decode(encode(deep), { maxDepth: 200_000 }), deep)).toBe(true)
  expect(formatTerm(deep).length).toBeGreaterThan(200_000)
  expect(formatTerm(deep, { limit: 10 })).toHaveLength(11)
})
