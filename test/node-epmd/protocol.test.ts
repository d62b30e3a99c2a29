/** EPMD's messages byte by byte, in pieces, and damaged. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ProtocolError } from '../../src/base/diagnostic.ts'
import type { Request } from '../../src/node-epmd/index.ts'
import {
  decodeAliveReply,
  decodeNamesReply,
  decodePortReply,
  decodeRequest,
  encodeAliveReply,
  encodeNamesReply,
  encodePortReply,
  encodeRequest,
  nodeEntry,
} from '../../src/node-epmd/index.ts'

const caml = { ...nodeEntry('caml', 0x1234, true), lowestVersion: 5, extra: Uint8Array.of(1, 2) }
const camlBytes = [0x12, 0x34, 72, 0, 0, 6, 0, 5, 0, 4, 0x63, 0x61, 0x6d, 0x6c, 0, 2, 1, 2]

const requests: [Request, number[]][] = [
  [{ kind: 'alive', node: caml }, [0, 19, 120, ...camlBytes]],
  [{ kind: 'portPlease', name: 'ab' }, [0, 3, 122, 0x61, 0x62]],
  [{ kind: 'names' }, [0, 1, 110]],
]

describe('requests', () => {
  test.each(requests)('%o', (request, bytes) => {
    expect(encodeRequest(request)).toEqual(Uint8Array.from(bytes))
    expect(decodeRequest(Uint8Array.from(bytes))).toEqual(request)
  })
  test.each(requests)('%o is not whole before its last byte', (_request, bytes) => {
    for (let length = 0; length < bytes.length; length++) {
      expect(decodeRequest(Uint8Array.from(bytes.slice(0, length)))).toBeNull()
    }
  })
  test.each([
    ['nothing in it', [0, 0]],
    ['a huge length', [255, 255]],
    ['an unknown code', [0, 1, 107]],
    ['more bytes after it', [0, 1, 110, 0]],
    ['a look-up of nothing', [0, 1, 122]],
    ['a name that is not UTF-8', [0, 3, 122, 0xc3, 0x28]],
    ['a name with a newline', [0, 3, 122, 0x61, 10]],
    ['a name with a host', [0, 4, 122, 0x61, 64, 0x62]],
    ['a registration cut short', [0, 10, 120, ...camlBytes.slice(0, 9)]],
    ['a registration with more bytes', [0, 20, 120, ...camlBytes, 0]],
    ['a registration of nothing', [0, 13, 120, 0, 1, 77, 0, 0, 6, 0, 6, 0, 0, 0, 0]],
  ])('refused: %s', (_what, bytes) => {
    expect(() => decodeRequest(Uint8Array.from(bytes))).toThrow(ProtocolError)
  })
})

describe('replies', () => {
  test('to a registration', () => {
    const reply = { accepted: true, creation: 0x01020304 }
    expect(encodeAliveReply(reply, 6)).toEqual(Uint8Array.of(118, 0, 1, 2, 3, 4))
    expect(decodeAliveReply(Uint8Array.of(118, 0, 1, 2, 3, 4))).toEqual(reply)
    expect(decodeAliveReply(Uint8Array.of(118, 0, 1, 2, 3))).toBeNull()
  })
  test('to a registration, the old way', () => {
    expect(encodeAliveReply({ accepted: true, creation: 7 }, 5)).toEqual(Uint8Array.of(121, 0, 0, 2))
    expect(decodeAliveReply(Uint8Array.of(121, 0, 0, 2))).toEqual({ accepted: true, creation: 2 })
    expect(decodeAliveReply(Uint8Array.of(121, 0, 0))).toBeNull()
  })
  test('to a registration, refused', () => {
    expect(decodeAliveReply(encodeAliveReply({ accepted: false, creation: 0 }, 6))).toMatchObject({
      accepted: false,
    })
    expect(decodeAliveReply(Uint8Array.of(121, 1))).toMatchObject({ accepted: false })
    expect(() => decodeAliveReply(Uint8Array.of(7))).toThrow(ProtocolError)
  })
  test('to a look-up', () => {
    const bytes = Uint8Array.of(119, 0, ...camlBytes)
    expect(encodePortReply({ node: caml })).toEqual(bytes)
    expect(decodePortReply(bytes)).toEqual({ node: caml })
    for (let length = 0; length < bytes.length; length++) {
      expect(decodePortReply(bytes.subarray(0, length))).toBeNull()
    }
    expect(decodePortReply(encodePortReply({ node: null }))).toEqual({ node: null })
  })
  test('to a request for names', () => {
    const reply = {
      epmdPort: 4369,
      nodes: [
        { name: 'a', port: 1 },
        { name: 'été', port: 65535 },
      ],
    }
    const text = 'name a at port 1\nname été at port 65535\n'
    expect(encodeNamesReply(reply)).toEqual(Uint8Array.from([0, 0, 0x11, 0x11, ...Buffer.from(text)]))
    expect(decodeNamesReply(encodeNamesReply(reply))).toEqual(reply)
    expect(() => decodeNamesReply(Uint8Array.of(0, 0))).toThrow(ProtocolError)
  })
})

test('random bytes: only ProtocolError escapes', () => {
  const decoders = [decodeRequest, decodeAliveReply, decodePortReply, decodeNamesReply]
  const start = fc.constantFrom([], [0, 19, 120], [0, 5, 122], [118], [121], [119, 0], [119, 0, ...camlBytes])
  fc.assert(
    fc.property(start, fc.uint8Array({ maxLength: 60 }), (first, rest) => {
      for (const decoder of decoders) {
        try {
          decoder(Uint8Array.of(...first, ...rest))
        } catch (error) {
          expect(error).toBeInstanceOf(ProtocolError)
        }
      }
    }),
    { numRuns: 5000 },
  )
})
