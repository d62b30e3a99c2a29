import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TermWriter } from '../../src/erlang-term-format/index.ts'
import { Outbox } from '../../src/node/outbox.ts'

/** A frame of pieces, and whether what has been sent so far is taken out after it. */
const frames = fc.array(
  fc.record({ pieces: fc.array(fc.nat(70_000), { maxLength: 6 }), takeAfter: fc.boolean() }),
  { maxLength: 20 },
)

function filled(length: number, seed: number): Uint8Array {
  return new Uint8Array(length).fill(seed & 0xff)
}

test('frames come out as they were put in, whatever their sizes', () => {
  fc.assert(
    fc.property(frames, (script) => {
      const outbox = new Outbox()
      const expected: Uint8Array[] = []
      const taken: Uint8Array[] = []
      script.forEach(({ pieces, takeAfter }, i) => {
        const contents = pieces.map((length, k) => filled(length, i * 7 + k))
        outbox.openFrame(Uint8Array.of(112, 131))
        for (const content of contents) outbox.raw(content)
        outbox.closeFrame()
        const body = Buffer.concat([Uint8Array.of(112, 131), ...contents])
        const length = Buffer.alloc(4)
        length.writeUInt32BE(body.length)
        expected.push(length, body)
        if (takeAfter) taken.push(...outbox.take())
      })
      taken.push(...outbox.take())
      expect(Buffer.concat(taken).equals(Buffer.concat(expected))).toBe(true)
      expect(outbox.empty).toBe(true)
    }),
    { numRuns: 60 },
  )
})

test('what belongs together is one piece', () => {
  const outbox = new Outbox()
  outbox.handshakeFrame(Buffer.from('abc'), 2)
  outbox.handshakeFrame(Buffer.from('d'), 4)
  outbox.tick()
  expect(outbox.take()).toEqual([new Uint8Array([0, 3, 97, 98, 99, 0, 0, 0, 1, 100, 0, 0, 0, 0])])
})

test('a writer may be used again although its bytes were large', () => {
  const outbox = new Outbox()
  const writer = new TermWriter()
  writer.binary(filled(100_000, 5))
  outbox.written(writer)
  writer.reset()
  writer.binary(filled(100_000, 6))
  const sent = Buffer.concat(outbox.take())
  expect(sent.subarray(5).every((byte) => byte === 5)).toBe(true)
})
