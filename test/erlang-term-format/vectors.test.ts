/** Every tag, byte by byte, in both directions; and what must be refused. */

import { deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { ProtocolError } from '../../src/base/diagnostic.ts'
import type { Pid, Term } from '../../src/erlang-term-format/index.ts'
import {
  atom,
  binary,
  bitstring,
  charlist,
  decode,
  decodeAt,
  decodeBare,
  decodeBareAt,
  encode,
  encodeBare,
  exportFun,
  float,
  int,
  list,
  listWithTail,
  map,
  nil,
  pid,
  port,
  reference,
  TermReader,
  tuple,
} from '../../src/erlang-term-format/index.ts'

type Part = number | string | Uint8Array

/** Bytes from numbers and Latin-1 texts. */
function bytes(...parts: Part[]): Uint8Array {
  return Buffer.concat(
    parts.map((part) => {
      if (typeof part === 'number') return Uint8Array.of(part)
      return typeof part === 'string' ? Buffer.from(part, 'latin1') : part
    }),
  )
}

function u32(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value)
}

const zeros = (count: number) => new Uint8Array(count)
const nodeAtom = bytes(119, 3, 'a@b')
const owner: Pid = pid('a@b', 1, 2, 3)
const ownerBytes = bytes(88, nodeAtom, u32(1), u32(2), u32(3))
const uniq = Uint8Array.from({ length: 16 }, (_, i) => i)
const funBody = bytes(1, uniq, u32(5), u32(1), 119, 1, 'm', 97, 5, 98, u32(77777), ownerBytes, 97, 9)

/** Pairs that hold in both directions. */
const both: [string, Uint8Array, Term][] = [
  ['SMALL_INTEGER', bytes(97, 255), int(255)],
  ['INTEGER', bytes(98, u32(256)), int(256)],
  ['INTEGER, negative', bytes(98, 0x80, 0, 0, 0), int(-(2 ** 31))],
  ['SMALL_BIG', bytes(110, 4, 0, 0, 0, 0, 0x80), int(2 ** 31)],
  ['SMALL_BIG, safe', bytes(110, 7, 1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x1f), int(-(2 ** 53 - 1))],
  ['SMALL_BIG, 2⁵³', bytes(110, 7, 0, zeros(6), 0x20), int(2n ** 53n)],
  ['SMALL_BIG, 64 bits', bytes(110, 8, 1, zeros(7), 0x80), int(-(2n ** 63n))],
  ['SMALL_BIG, 255 bytes', bytes(110, 255, 0, zeros(254), 1), int(2n ** (254n * 8n))],
  ['LARGE_BIG', bytes(111, u32(256), 1, zeros(255), 1), int(-(2n ** (255n * 8n)))],
  ['NEW_FLOAT', bytes(70, 0x3f, 0xf8, zeros(6)), float(1.5)],
  ['NEW_FLOAT, -0.0', bytes(70, 0x80, zeros(7)), float(-0)],
  ['SMALL_ATOM_UTF8', bytes(119, 3, 'foo'), atom('foo')],
  ['SMALL_ATOM_UTF8, empty', bytes(119, 0), atom('')],
  ['SMALL_ATOM_UTF8, two bytes', bytes(119, 2, 0xc3, 0xa9), atom('é')],
  ['ATOM_UTF8', bytes(118, 0x01, 0xfe, Buffer.from('é'.repeat(255))), atom('é'.repeat(255))],
  ['SMALL_TUPLE', bytes(104, 2, 97, 1, 104, 0), tuple(int(1), tuple())],
  ['LARGE_TUPLE', bytes(105, u32(256), new Uint8Array(256).fill(106)), tuple(...new Array(256).fill(nil))],
  ['NIL', bytes(106), nil],
  ['STRING', bytes(107, 0, 3, 'abc'), charlist('abc')],
  ['LIST', bytes(108, u32(2), 97, 1, 106, 106), list(int(1), nil)],
  ['LIST, improper', bytes(108, u32(1), 97, 1, 97, 2), listWithTail([int(1)], int(2))],
  ['MAP', bytes(116, u32(1), 97, 1, 106), map([int(1), nil])],
  ['MAP, empty', bytes(116, u32(0)), map()],
  ['BINARY', bytes(109, u32(3), 1, 2, 3), binary(Uint8Array.of(1, 2, 3))],
  ['BINARY, empty', bytes(109, u32(0)), binary('')],
  ['BIT_BINARY', bytes(77, u32(2), 3, 1, 0xe0), bitstring(Uint8Array.of(1, 0xff), 3)],
  ['NEW_PID', ownerBytes, owner],
  ['NEW_PORT', bytes(89, nodeAtom, u32(5), u32(3)), port('a@b', 5, 3)],
  ['V4_PORT', bytes(120, nodeAtom, u32(1), u32(5), u32(3)), port('a@b', 2n ** 32n + 5n, 3)],
  ['NEWER_REFERENCE', bytes(90, 0, 2, nodeAtom, u32(3), u32(7), u32(8)), reference('a@b', 3, [7, 8])],
  ['NEWER_REFERENCE, no words', bytes(90, 0, 0, nodeAtom, u32(3)), reference('a@b', 3, [])],
  ['EXPORT', bytes(113, 119, 1, 'm', 119, 1, 'f', 97, 2), exportFun('m', 'f', 2)],
  [
    'NEW_FUN',
    bytes(112, u32(4 + funBody.length), funBody),
    {
      kind: 'fun',
      module: 'm',
      arity: 1,
      uniq,
      index: 5,
      oldIndex: 5,
      oldUniq: 77777,
      pid: owner,
      free: [int(9)],
    },
  ],
  [
    'FUN',
    bytes(117, u32(1), ownerBytes, 119, 1, 'm', 97, 5, 97, 7, 106),
    { kind: 'oldFun', module: 'm', index: 5, uniq: 7, pid: owner, free: [nil] },
  ],
  [
    'RECORD',
    bytes(67, u32(2), 1, 119, 1, 'm', 119, 1, 'r', 119, 1, 'x', 119, 1, 'y', 97, 1, 106),
    { kind: 'record', flags: 1, module: 'm', name: 'r', fields: ['x', 'y'], values: [int(1), nil] },
  ],
  ['LOCAL', bytes(121, 1, 2, 3, 4, 106), { kind: 'local', bytes: Uint8Array.of(1, 2, 3, 4, 106) }],
]

/** What only other or older writers send. */
const incoming: [string, Uint8Array, Term][] = [
  ['INTEGER that is small', bytes(98, u32(5)), int(5)],
  ['SMALL_BIG that is small', bytes(110, 1, 0, 5), int(5)],
  ['SMALL_BIG with leading zeros', bytes(110, 9, 1, 1, zeros(8)), int(-1)],
  ['SMALL_BIG, minus zero', bytes(110, 2, 1, 0, 0), int(0)],
  ['SMALL_BIG of no bytes', bytes(110, 0, 0), int(0)],
  ['SMALL_BIG, odd sign', bytes(110, 1, 7, 5), int(-5)],
  ['LARGE_BIG that is small', bytes(111, u32(1), 0, 5), int(5)],
  ['FLOAT', bytes(99, '1.50000000000000000000e+00', zeros(5)), float(1.5)],
  ['FLOAT, negative', bytes(99, '-2.5e-3', zeros(24)), float(-0.0025)],
  ['ATOM', bytes(100, 0, 2, 'a', 0xe9), atom('aé')],
  ['SMALL_ATOM', bytes(115, 2, 'a', 0xe9), atom('aé')],
  ['ATOM_UTF8 that is short', bytes(118, 0, 3, 'foo'), atom('foo')],
  ['LARGE_TUPLE that is small', bytes(105, u32(1), 106), tuple(nil)],
  ['STRING, empty', bytes(107, 0, 0), nil],
  ['LIST of bytes', bytes(108, u32(2), 97, 97, 97, 98, 106), charlist('ab')],
  ['LIST of nothing', bytes(108, u32(0), 106), nil],
  ['LIST of nothing but a tail', bytes(108, u32(0), 97, 1), int(1)],
  [
    'LIST with a list as tail',
    bytes(108, u32(1), 106, 108, u32(1), 97, 1, 97, 2),
    listWithTail([nil, int(1)], int(2)),
  ],
  ['LIST with a string as tail', bytes(108, u32(1), 106, 107, 0, 1, 'a'), list(nil, int(97))],
  ['MAP out of order', bytes(116, u32(2), 97, 2, 106, 97, 1, 106), map([int(1), nil], [int(2), nil])],
  ['BIT_BINARY of whole bytes', bytes(77, u32(1), 8, 0xff), binary(Uint8Array.of(255))],
  ['BIT_BINARY of nothing', bytes(77, u32(0), 0), binary('')],
  ['BIT_BINARY with bits to spare', bytes(77, u32(1), 3, 0xff), bitstring(Uint8Array.of(0xe0), 3)],
  ['PID', bytes(103, nodeAtom, u32(1), u32(2), 3), owner],
  ['PORT', bytes(102, nodeAtom, u32(5), 3), port('a@b', 5, 3)],
  ['V4_PORT that is small', bytes(120, nodeAtom, u32(0), u32(5), u32(3)), port('a@b', 5, 3)],
  ['REFERENCE', bytes(101, nodeAtom, u32(7), 3), reference('a@b', 3, [7])],
  ['NEW_REFERENCE', bytes(114, 0, 2, nodeAtom, 3, u32(7), u32(8)), reference('a@b', 3, [7, 8])],
  ['EXPORT, wide arity', bytes(113, 119, 1, 'm', 119, 1, 'f', 98, u32(2)), exportFun('m', 'f', 2)],
]

describe('bytes and term', () => {
  test.each(both)('%s, decoded', (_name, encoded, term) => {
    expect(decodeBare(encoded)).toEqual(term)
    expect(decode(bytes(131, encoded))).toEqual(term)
  })
  test.each(both)('%s, encoded', (_name, encoded, term) => {
    expect(Buffer.from(encodeBare(term))).toEqual(encoded)
    expect(Buffer.from(encode(term))).toEqual(bytes(131, encoded))
  })
  test.each(incoming)('%s, decoded', (_name, encoded, term) => {
    expect(decodeBare(encoded)).toEqual(term)
  })
  test.each([...both, ...incoming].filter(([name]) => name !== 'LOCAL'))('%s, skipped', (_name, encoded) => {
    const reader = new TermReader(bytes(encoded, 106))
    reader.skip()
    expect(reader.offset).toBe(encoded.length)
    expect(decodeBareAt(bytes(encoded, 106), 0).end).toBe(encoded.length)
  })
  test.each(both)('%s, cut short anywhere', (name, encoded) => {
    for (let length = 0; length < encoded.length; length++) {
      if (name === 'LOCAL' && length > 0) continue
      expect(() => decodeBare(encoded.subarray(0, length))).toThrow(ProtocolError)
      expect(() => new TermReader(encoded, 0, length).skip()).toThrow(ProtocolError)
    }
  })
})

test('decoded binaries do not share memory with the input', () => {
  const input = encode(tuple(binary('abc'), bitstring(Uint8Array.of(0xf0), 4)))
  const term = decode(input)
  input.fill(0)
  expect(term).toEqual(tuple(binary('abc'), bitstring(Uint8Array.of(0xf0), 4)))
})

describe('compressed terms', () => {
  const bare = encodeBare(list(...new Array(1000).fill(atom('again'))))
  const compressed = bytes(131, 80, u32(bare.length), deflateSync(bare))

  test('are expanded', () => {
    expect(Buffer.from(encodeBare(decode(compressed)))).toEqual(Buffer.from(bare))
  })
  test('end where the compressed bytes do', () => {
    expect(decodeAt(bytes(1, 2, compressed, 3, 4), 2).end).toBe(2 + compressed.length)
  })
  test('are bounded', () => {
    expect(() => decode(compressed, { maxInflated: bare.length - 1 })).toThrow(ProtocolError)
  })
  test('must be of the size they say', () => {
    for (const size of [0, 1, bare.length - 1, bare.length + 1, 0xffffffff]) {
      expect(() => decode(bytes(131, 80, u32(size), deflateSync(bare)))).toThrow(ProtocolError)
    }
  })
  test('must be whole', () => {
    for (let length = 1; length < compressed.length; length++) {
      expect(() => decode(compressed.subarray(0, length))).toThrow(ProtocolError)
    }
  })
  test('do not stand within terms', () => {
    expect(() => decode(bytes(131, 104, 1, compressed.subarray(1)))).toThrow(ProtocolError)
  })
})

describe('refused', () => {
  const refused: [string, Uint8Array][] = [
    ['nothing', bytes()],
    ['an unknown tag', bytes(1)],
    ['a version byte within', bytes(104, 1, 131, 106)],
    ['a huge tuple', bytes(105, 255, 255, 255, 255)],
    ['a huge list', bytes(108, 255, 255, 255, 255)],
    ['a huge map', bytes(116, 255, 255, 255, 255)],
    ['a huge binary', bytes(109, 255, 255, 255, 255)],
    ['a huge integer', bytes(111, 255, 255, 255, 255, 0)],
    ['a fun with a huge environment', bytes(112, u32(0), 1, uniq, u32(5), 255, 255, 255, 255)],
    ['a huge record', bytes(67, 255, 255, 255, 255, 0)],
    ['an infinite float', bytes(70, 0x7f, 0xf0, zeros(6))],
    ['not a number', bytes(70, 0x7f, 0xf8, zeros(6))],
    ['a float without point', bytes(99, '15', zeros(29))],
    ['a float with rubbish', bytes(99, '1.5x', zeros(27))],
    ['a float out of range', bytes(99, '1.5e999', zeros(24))],
    ['an atom that is not UTF-8', bytes(119, 2, 0xc3, 0x28)],
    ['an atom with a surrogate', bytes(119, 3, 0xed, 0xa0, 0x80)],
    ['an atom of 256 characters', bytes(118, 1, 0, 'a'.repeat(256))],
    ['a Latin-1 atom of 256 characters', bytes(100, 1, 0, 'a'.repeat(256))],
    ['an atom cache reference without a cache', bytes(82, 0)],
    ['a map with a key twice', bytes(116, u32(2), 97, 1, 106, 98, u32(1), 106)],
    ['bits without bytes', bytes(77, u32(0), 3)],
    ['no bits in the last byte', bytes(77, u32(1), 0, 255)],
    ['nine bits in the last byte', bytes(77, u32(1), 9, 255)],
    ['a reference of six words', bytes(90, 0, 6, nodeAtom, u32(3), zeros(24))],
    ['an old pid with a wide creation', bytes(103, nodeAtom, u32(1), u32(2), 4)],
    ['an old reference with a wide word', bytes(101, nodeAtom, u32(1 << 18), 3)],
    ['a pid whose node is no atom', bytes(88, 97, 1, u32(1), u32(2), u32(3))],
    ['a fun whose arity is negative', bytes(113, 119, 1, 'm', 119, 1, 'f', 98, 255, 255, 255, 255)],
    ['local format within a term', bytes(104, 1, 121, 106)],
  ]
  test.each(refused)('%s', (_name, encoded) => {
    expect(() => decodeBare(encoded)).toThrow(ProtocolError)
  })
  test('a term without its version byte', () => {
    expect(() => decode(bytes(106))).toThrow(ProtocolError)
  })
})

describe('depth', () => {
  const nested: [string, Uint8Array, Uint8Array][] = [
    ['tuples', bytes(104, 1), bytes(106)],
    ['lists', bytes(108, u32(1)), bytes(106, 106)],
    ['improper lists', bytes(108, u32(1), 106, 104, 1), bytes(106)],
    ['maps', bytes(116, u32(1), 106), bytes(106)],
    ['keys of maps', bytes(116, u32(1)), bytes(106, 106)],
  ]
  test.each(nested)('%s nested a million deep are refused and can be skipped', (_name, open, close) => {
    const deep = Buffer.concat([...new Array(1_000_000).fill(open), ...new Array(1_000_000).fill(close)])
    expect(() => decodeBare(deep)).toThrow(/too deeply/)
    new TermReader(deep).skip()
  })
  test('a chain of tails is one list', () => {
    const chain = bytes(...new Array(100_000).fill(bytes(108, u32(1), 97, 1)), 106)
    expect(decodeBare(chain)).toMatchObject({ kind: 'list', tail: null })
  })
  test('the bound can be chosen', () => {
    expect(() => decodeBare(bytes(104, 1, 104, 1, 106), { maxDepth: 1 })).toThrow(ProtocolError)
    expect(decodeBare(bytes(104, 1, 104, 1, 106), { maxDepth: 2 })).toEqual(tuple(tuple(nil)))
  })
})
