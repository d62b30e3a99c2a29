/** Reading and writing piece by piece, as the hot paths do. */

import { describe, expect, test } from 'vitest'
import { Crash, ProtocolError } from '../../src/base/diagnostic.ts'
import {
  atom,
  binary,
  charlist,
  decode,
  decodeBare,
  encode,
  encodeBare,
  float,
  int,
  list,
  listWithTail,
  map,
  nil,
  pid,
  port,
  reference,
  Tag,
  TermReader,
  TermWriter,
  tuple,
} from '../../src/erlang-term-format/index.ts'

const caller = pid('a@b', 1, 2, 3)
const request = reference('a@b', 3, [1, 2, 3])

describe('TermWriter', () => {
  test('writes a frame with a length known later, and can be used again', () => {
    const writer = new TermWriter(1)
    for (let round = 0; round < 2; round++) {
      writer.reset()
      writer.u32(0)
      writer.u8(112)
      writer.magic()
      writer.tupleHeader(3)
      writer.int(29)
      writer.reference(request)
      writer.pid(caller)
      writer.setU32(0, writer.length - 4)
      const frame = writer.finish()
      expect(new DataView(frame.buffer).getUint32(0)).toBe(frame.length - 4)
      expect(decode(frame.subarray(5))).toEqual(tuple(int(29), request, caller))
    }
  })

  test('writes everything flat that `term` writes', () => {
    const writer = new TermWriter()
    writer.listHeader(9)
    writer.atom('ok')
    writer.float(0.5)
    writer.binary(Uint8Array.of(1, 2))
    writer.binaryHeader(1)
    writer.raw(Uint8Array.of(3))
    writer.port(port('a@b', 5, 1))
    writer.mapHeader(1)
    writer.atom('k')
    writer.nil()
    writer.string(Uint8Array.of(65, 66))
    writer.string(new Uint8Array(0))
    writer.term(tuple(list(int(300))))
    writer.nil()
    expect(decodeBare(writer.view())).toEqual(
      list(
        atom('ok'),
        float(0.5),
        binary(Uint8Array.of(1, 2)),
        binary(Uint8Array.of(3)),
        port('a@b', 5, 1),
        map([atom('k'), nil]),
        charlist('AB'),
        nil,
        tuple(list(int(300))),
      ),
    )
  })

  test('takes bigints that would fit a number', () => {
    const writer = new TermWriter()
    writer.int(5n)
    writer.int(2 ** 60)
    expect(writer.finish()).toEqual(Uint8Array.of(...encodeBare(int(5)), ...encodeBare(int(2n ** 60n))))
  })

  test('refuses what Erlang has no encoding for', () => {
    const writer = new TermWriter()
    expect(() => writer.float(Number.NaN)).toThrow(Crash)
    expect(() => writer.int(1.5)).toThrow(Crash)
    expect(() => writer.atom('x'.repeat(256))).toThrow(Crash)
    expect(() => writer.string(new Uint8Array(65_536))).toThrow(Crash)
    expect(() => encode(tuple({ kind: 'local', bytes: new Uint8Array(1) }, nil))).toThrow(Crash)
  })
})

describe('TermReader', () => {
  test('reads piece by piece', () => {
    const term = tuple(
      atom('call'),
      list(int(-1), int(2n ** 70n)),
      map([atom('a'), float(2)]),
      binary('xyz'),
      caller,
    )
    const reader = new TermReader(encode(term))
    reader.readMagic()
    expect(reader.peekTag()).toBe(Tag.smallTuple)
    expect(reader.readTupleArity()).toBe(5)
    expect(reader.readAtom()).toBe('call')
    expect(reader.readListLength()).toBe(2)
    expect([reader.readInteger(), reader.readInteger()]).toEqual([-1, 2n ** 70n])
    expect(reader.readListTail()).toBe(0)
    expect(reader.readMapSize()).toBe(1)
    expect(reader.tryAtom('b')).toBe(false)
    expect(reader.tryAtom('a')).toBe(true)
    expect(reader.readFloat()).toBe(2)
    expect(Buffer.from(reader.readBinaryView()).toString()).toBe('xyz')
    expect(reader.readPid()).toEqual(caller)
    expect(reader.atEnd).toBe(true)
  })

  test('gives binaries as views of its input', () => {
    const bytes = encodeBare(binary('abc'))
    expect(new TermReader(bytes).readBinaryView().buffer).toBe(bytes.buffer)
  })

  test('reads lists in parts, strings and improper tails', () => {
    const bytes = Uint8Array.of(108, 0, 0, 0, 1, 97, 1, 108, 0, 0, 0, 1, 97, 2, 97, 3)
    const reader = new TermReader(bytes)
    expect(reader.readListLength()).toBe(1)
    reader.skip()
    expect(reader.readListTail()).toBe(1)
    reader.skip()
    expect(reader.readListTail()).toBe(-1)
    expect(reader.readInteger()).toBe(3)
    reader.reset(bytes)
    expect(reader.readTerm()).toEqual(listWithTail([int(1), int(2)], int(3)))
    reader.reset(encodeBare(charlist('hi')))
    expect(reader.peekTag()).toBe(Tag.string)
    expect(reader.readStringView()).toEqual(Uint8Array.of(104, 105))
    reader.reset(encodeBare(nil))
    expect(reader.readListLength()).toBe(0)
  })

  test('takes atoms from the table of the message', () => {
    const bytes = Uint8Array.of(104, 2, 82, 1, 103, 82, 0, 0, 0, 0, 1, 0, 0, 0, 2, 3)
    const reader = new TermReader(bytes, 0, bytes.length, ['a@b', 'ok'])
    expect(reader.readTerm()).toEqual(tuple(atom('ok'), pid('a@b', 1, 2, 3)))
    reader.reset(bytes, 0, bytes.length, ['a@b'])
    expect(() => reader.readTerm()).toThrow(ProtocolError)
  })

  test('stops at its end, and skips to the bytes of one term', () => {
    const bytes = Uint8Array.of(...encodeBare(tuple(int(1), nil)), ...encodeBare(atom('next')))
    const reader = new TermReader(bytes)
    expect(reader.readEncoded()).toEqual(encodeBare(tuple(int(1), nil)))
    expect(reader.readAtom()).toBe('next')
    reader.reset(bytes, 0, 4)
    expect(() => reader.readTerm()).toThrow(ProtocolError)
  })

  test('refuses another kind of term', () => {
    const wrong = (read: (reader: TermReader) => unknown) => {
      expect(() => read(new TermReader(encodeBare(tuple())))).toThrow(ProtocolError)
    }
    wrong((reader) => reader.readAtom())
    wrong((reader) => reader.readInteger())
    wrong((reader) => reader.readFloat())
    wrong((reader) => reader.readBinaryView())
    wrong((reader) => reader.readListLength())
    wrong((reader) => reader.readStringView())
    wrong((reader) => reader.readMapSize())
    wrong((reader) => reader.readPid())
    wrong((reader) => reader.readPort())
    wrong((reader) => reader.readReference())
    expect(() => new TermReader(encodeBare(atom('a'))).readTupleArity()).toThrow(ProtocolError)
    expect(() => new TermReader(encodeBare(int(1))).readFloat()).toThrow(ProtocolError)
  })

  test('does not keep memory of a reused receive buffer in its atoms', () => {
    const buffer = Buffer.from(encodeBare(atom('first')))
    expect(new TermReader(buffer).readAtom()).toBe('first')
    buffer.set(encodeBare(atom('other')))
    expect(new TermReader(buffer).readAtom()).toBe('other')
    expect(new TermReader(Buffer.from(encodeBare(atom('first')))).readAtom()).toBe('first')
  })
})
