import { afterEach, expect, test } from 'vitest'
import type { Transport, TransportEvents } from '../../src/base/ports.ts'
import { systemClock, systemRandom } from '../../src/daemon/system-clock.ts'
import { TcpNetwork } from '../../src/daemon/tcp-network.ts'
import { eventually } from './echo-node.ts'

class End implements TransportEvents {
  readonly transport: Transport
  private readonly chunks: Uint8Array[] = []
  receivedBytes = 0
  drains = 0
  closes: (Error | undefined)[] = []

  constructor(transport: Transport) {
    this.transport = transport
  }
  data(bytes: Uint8Array): void {
    this.chunks.push(bytes)
    this.receivedBytes += bytes.length
  }
  get received(): Buffer {
    return Buffer.concat(this.chunks)
  }
  drained(): void {
    this.drains++
  }
  closed(error?: Error): void {
    this.closes.push(error)
  }
}

const network = new TcpNetwork()
let listener: { readonly port: number; close(): void } | null = null

afterEach(() => {
  listener?.close()
  listener = null
})

async function pair(): Promise<[End, End]> {
  const ends: End[] = []
  const open = (transport: Transport): End => {
    const end = new End(transport)
    ends.push(end)
    return end
  }
  listener = await network.listen('127.0.0.1', 0, open)
  const near = await new Promise<End>((resolve, reject) => {
    const opened = (transport: Transport): End => {
      const end = new End(transport)
      resolve(end)
      return end
    }
    network.connect('127.0.0.1', listener?.port ?? 0, opened, reject)
  })
  await eventually(() => ends.length === 1)
  return [near, ends[0] as End]
}

test('bytes arrive, and the end is told to both exactly once', async () => {
  const [near, far] = await pair()
  near.transport.write(Buffer.from('hel'))
  near.transport.write(Buffer.from('lo'))
  near.transport.end()
  await eventually(() => near.closes.length > 0 && far.closes.length > 0)
  expect(far.received.toString()).toBe('hello')
  near.transport.write(Buffer.from('late'))
  near.transport.destroy()
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect([near.closes, far.closes]).toEqual([[undefined], [undefined]])
})

test('a reader that pauses fills the queue, and it drains afterwards', async () => {
  const [near, far] = await pair()
  far.transport.pause()
  const size = 30_000_000
  near.transport.write(new Uint8Array(size))
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(near.transport.queued).toBeGreaterThan(0)
  expect(near.drains).toBe(0)
  far.transport.resume()
  await eventually(() => far.receivedBytes === size && near.drains === 1)
  expect(near.transport.queued).toBe(0)
  near.transport.destroy()
})

test('what cannot be opened is told', async () => {
  listener = await network.listen('127.0.0.1', 0, (transport) => new End(transport))
  const { port } = listener
  await expect(network.listen('127.0.0.1', port, (transport) => new End(transport))).rejects.toThrow(
    'EADDRINUSE',
  )
  listener.close()
  await new Promise((resolve) => setTimeout(resolve, 20))
  const failure = await new Promise<Error>((resolve) => {
    network.connect('127.0.0.1', port, (transport) => new End(transport), resolve)
  })
  expect(failure.message).toContain('ECONNREFUSED')
})

test('the clock runs, and its timers can be cancelled', async () => {
  const start = systemClock.now()
  let cancelled = false
  const cancel = systemClock.after(5, () => {
    cancelled = true
  })
  cancel()
  await new Promise<void>((resolve) => systemClock.after(20, resolve))
  expect(systemClock.now() - start).toBeGreaterThanOrEqual(19)
  expect(cancelled).toBe(false)
  const words = new Set(Array.from({ length: 100 }, () => systemRandom.uint32()))
  expect(words.size).toBeGreaterThan(95)
})
