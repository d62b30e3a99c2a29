import { Worker } from 'node:worker_threads'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newRing, RingReader, RingWriter } from '../../src/daemon/shared-ring.ts'
import { stripTypes } from './strip-types.ts'

function pair(capacity: number): { readonly writer: RingWriter; readonly reader: RingReader } {
  const ring = newRing(capacity)
  return { writer: new RingWriter(ring), reader: new RingReader(ring) }
}

describe('a ring', () => {
  test('is empty at first', () => {
    expect(pair(16).reader.receive()).toBeUndefined()
  })

  test('passes frames of any length in order, in pieces where they do not fit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 64 }),
        fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 20 }),
        fc.infiniteStream(fc.boolean()),
        (capacity, frames, turns) => {
          const { writer, reader } = pair(capacity)
          const arrived: Uint8Array[] = []
          const take = (): void => {
            const frame = reader.receive()
            if (frame !== undefined) arrived.push(frame)
          }
          for (const frame of frames) {
            writer.send(frame)
            if (turns.next().value) take()
          }
          while (arrived.length < frames.length) {
            take()
            if (turns.next().value) writer.flush()
          }
          expect(arrived.map((frame) => [...frame])).toEqual(frames.map((frame) => [...frame]))
          expect(writer.empty).toBe(true)
          expect(reader.receive()).toBeUndefined()
        },
      ),
    )
  })

  test('the counters may overflow', () => {
    const ring = newRing(32)
    new Int32Array(ring, 0, 2).fill(2 ** 31 - 40)
    const writer = new RingWriter(ring)
    const reader = new RingReader(ring)
    for (let i = 0; i < 20; i++) {
      writer.send(Uint8Array.of(i, i, i))
      expect(reader.receive()).toEqual(Uint8Array.of(i, i, i))
    }
  })

  test('wakes a reader of this thread, and a writer that waits for room', async () => {
    const { writer, reader } = pair(8)
    const arrival = reader.arrival()
    writer.send(new Uint8Array(20).fill(7))
    await arrival
    expect(reader.receive()).toBeUndefined()
    for (let frame: Uint8Array | undefined; frame === undefined; frame = reader.receive()) writer.flush()
    writer.send(new Uint8Array(20))
    expect(writer.empty).toBe(false)
    const room = writer.room()
    reader.receive()
    await room
    expect(writer.flush()).toBe(true)
  })
})

/** Echoes every frame from one ring to the other, sleeping in between. */
const echo = `
const { workerData } = require('node:worker_threads')
import(workerData.url).then(({ RingReader, RingWriter }) => {
  const reader = new RingReader(workerData.there)
  const writer = new RingWriter(workerData.back)
  for (let left = workerData.count; left > 0; ) {
    const frame = reader.receive()
    if (frame === undefined) { writer.flush(); if (writer.empty) reader.wait(); continue }
    writer.send(frame)
    left -= 1
  }
  writer.drain()
})
`

test('two threads lose no frame and no wake-up', async () => {
  const count = 20_000
  const [there, back] = [newRing(1000), newRing(1000)]
  const url = await stripTypes(new URL('../../src/daemon/shared-ring.ts', import.meta.url))
  const worker = new Worker(echo, { eval: true, workerData: { there, back, count, url } })
  const writer = new RingWriter(there)
  const reader = new RingReader(back)
  let sent = 0
  let received = 0
  while (received < count) {
    for (; sent < count && writer.empty; sent++) writer.send(new Uint8Array(sent % 300).fill(sent & 255))
    writer.flush()
    const frame = reader.receive()
    if (frame === undefined) {
      await Promise.race([reader.arrival(), writer.empty ? new Promise(() => {}) : writer.room()])
      continue
    }
    if (frame.length !== received % 300 || (frame.length > 0 && frame[0] !== (received & 255)))
      throw new Error(`frame ${received} is not what was sent`)
    received += 1
  }
  await worker.terminate()
  expect(received).toBe(count)
}, 30_000)
