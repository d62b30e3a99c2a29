import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ProtocolError } from '../../src/base/diagnostic.ts'
import { FrameReader } from '../../src/node/frame-reader.ts'

const limit = 100_000

function framed(prefixBytes: 2 | 4, body: Uint8Array): Uint8Array {
  const length = Buffer.alloc(prefixBytes)
  length.writeUIntBE(body.length, 0, prefixBytes)
  return Buffer.concat([length, body])
}

/** Cuts bytes at the given places, taken modulo the length. */
function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const at = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b)
  return [0, ...at].map((start, i) => bytes.subarray(start, at[i] ?? bytes.length))
}

const bodies = fc.array(fc.uint8Array({ maxLength: 3000 }), { maxLength: 12 })
const places = fc.array(fc.nat(50_000), { maxLength: 40 })

describe('FrameReader', () => {
  test.each([2, 4] as const)(
    'finds the same frames however they are cut (%d-byte lengths)',
    (prefixBytes) => {
      fc.assert(
        fc.property(bodies, places, (sent, cuts) => {
          const reader = new FrameReader(prefixBytes, limit)
          const got: Uint8Array[] = []
          const stream = Buffer.concat(sent.map((body) => framed(prefixBytes, body)))
          for (const chunk of cut(stream, cuts)) reader.feed(chunk, (body) => got.push(Uint8Array.from(body)))
          expect(got.map((body) => Buffer.from(body).toString('hex'))).toEqual(
            sent.map((body) => Buffer.from(body).toString('hex')),
          )
        }),
      )
    },
  )

  test('hands out in parts what the consumer takes so', () => {
    fc.assert(
      fc.property(bodies, places, fc.infiniteStream(fc.boolean()), (sent, cuts, takes) => {
        const got: Uint8Array[] = []
        let begun: Uint8Array[] = []
        const reader = new FrameReader(4, limit, {
          start: (part) => {
            const isTaken = takes.next().value
            if (isTaken) begun = [part]
            return isTaken
          },
          more: (part, isLast) => {
            begun.push(part)
            if (isLast) got.push(Buffer.concat(begun))
          },
        })
        for (const chunk of cut(Buffer.concat(sent.map((body) => framed(4, body))), cuts)) {
          reader.feed(chunk, (body) => got.push(Uint8Array.from(body)))
        }
        expect(got.map((body) => Buffer.from(body).toString('hex'))).toEqual(
          sent.map((body) => Buffer.from(body).toString('hex')),
        )
      }),
    )
  })

  test('byte by byte, and what was handed out stays as it was', () => {
    const reader = new FrameReader(4, limit)
    const got: Uint8Array[] = []
    const sent = [new Uint8Array(5000).fill(1), new Uint8Array(0), new Uint8Array(5000).fill(2)]
    for (const byte of Buffer.concat(sent.map((body) => framed(4, body)))) {
      reader.feed(Uint8Array.of(byte), (body) => got.push(body))
    }
    expect(got.map((body) => Buffer.from(body).toString('hex'))).toEqual(
      sent.map((body) => Buffer.from(body).toString('hex')),
    )
  })

  test('the framing changes where the consumer says so', () => {
    const reader = new FrameReader(2, limit)
    const got: number[] = []
    const stream = Buffer.concat([framed(2, Buffer.from('a')), framed(4, Buffer.from('bc'))])
    reader.feed(stream, (body) => {
      got.push(body.length)
      reader.expect(4, limit)
    })
    expect(got).toEqual([1, 2])
  })

  test('nothing comes after stop', () => {
    const reader = new FrameReader(2, limit)
    let count = 0
    reader.feed(Buffer.concat([framed(2, Buffer.from('a')), framed(2, Buffer.from('b'))]), () => {
      count++
      reader.stop()
    })
    reader.feed(framed(2, Buffer.from('c')), () => count++)
    expect(count).toBe(1)
  })

  test('a frame over the limit is refused as soon as its length is known', () => {
    const exact = new FrameReader(4, 10)
    let got = 0
    exact.feed(framed(4, new Uint8Array(10)), () => got++)
    expect(got).toBe(1)
    expect(() => exact.feed(Uint8Array.of(0, 0, 0, 11), () => {})).toThrow(ProtocolError)
    const sliced = new FrameReader(4, limit)
    sliced.feed(Uint8Array.of(0xff, 0xff), () => {})
    expect(() => sliced.feed(Uint8Array.of(0xff, 0xff), () => {})).toThrow(ProtocolError)
  })

  test('a large frame in small chunks takes time in proportion', () => {
    const size = 32 * 1024 * 1024
    const reader = new FrameReader(4, size)
    const chunk = new Uint8Array(1000)
    let got = 0
    const start = performance.now()
    reader.feed(Uint8Array.of(size >>> 24, size >>> 16, size >>> 8, size), () => {})
    for (let sent = 0; sent < size; sent += chunk.length) {
      reader.feed(chunk.subarray(0, Math.min(chunk.length, size - sent)), (body) => (got = body.length))
    }
    expect(got).toBe(size)
    expect(performance.now() - start).toBeLessThan(2_000)
  })
})
