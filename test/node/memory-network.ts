/** A `Network` in memory and a clock that tests move, so that two nodes can talk without a socket. */

import type { Clock, Network, Random, Security, Transport, TransportEvents } from '../../src/base/ports.ts'

/** Time stands still until `advance`. */
export class TestClock implements Clock {
  private time = 0
  private readonly timers = new Set<{ readonly at: number; readonly run: () => void }>()

  now(): number {
    return this.time
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.time + ms, run }
    this.timers.add(timer)
    return () => {
      this.timers.delete(timer)
    }
  }

  /** Runs what is due, in order, and lets promises and streams settle after each. */
  async advance(ms: number): Promise<void> {
    const end = this.time + ms
    for (;;) {
      const due = [...this.timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
      if (due === undefined) break
      this.time = Math.max(this.time, due.at)
      this.timers.delete(due)
      due.run()
      await settle()
    }
    this.time = end
    await settle()
  }

  get pending(): number {
    return this.timers.size
  }
}

/** Counts up: every challenge differs, every run is the same. */
export function testRandom(seed = 1): Random {
  let state = seed
  return {
    uint32: () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      return state
    },
  }
}

/** Lets everything that is under way in memory arrive. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
}

/** One end of a stream in memory. */
export class MemoryTransport implements Transport {
  private waiting: Uint8Array[] = []
  readonly remoteAddress = 'memory'
  readonly security: Security | null
  peer: MemoryTransport | null = null
  events: TransportEvents | null = null
  /** Every write, in order. */
  readonly writes: Uint8Array[] = []
  queued = 0
  /** The peer takes nothing: what is written stays in the queue until `release`. */
  stalled = false
  paused = false
  ended = false
  gone = false

  constructor(security: Security | null = null) {
    this.security = security
  }

  write(bytes: Uint8Array): void {
    this.writes.push(bytes)
    if (this.stalled) {
      this.queued += bytes.length
      this.waiting.push(bytes)
    } else {
      this.deliver(bytes)
    }
  }

  private deliver(bytes: Uint8Array): void {
    const { peer } = this
    queueMicrotask(() => {
      if (peer !== null && !peer.gone) peer.events?.data(bytes.slice())
    })
  }

  /** The peer takes what is in the queue, and goes on stalling if that was so. */
  release(): void {
    const taken = this.waiting
    this.waiting = []
    this.queued = 0
    for (const bytes of taken) this.deliver(bytes)
    this.events?.drained()
  }

  pause(): void {
    this.paused = true
  }

  resume(): void {
    this.paused = false
  }

  end(): void {
    this.ended = true
    queueMicrotask(() => this.destroy())
  }

  destroy(): void {
    for (const side of [this, this.peer]) {
      if (side === null || side.gone) continue
      side.gone = true
      queueMicrotask(() => side.events?.closed())
    }
  }

  /** Bytes as if the peer had written them. */
  receive(bytes: Uint8Array): void {
    this.events?.data(bytes)
  }
}

export class MemoryNetwork implements Network {
  private readonly listeners = new Map<number, (transport: Transport) => TransportEvents>()
  private lastPort = 0
  /** The initiators' ends of all streams. */
  readonly streams: MemoryTransport[] = []

  connect(
    _host: string,
    port: number,
    open: (transport: Transport) => TransportEvents,
    failed: (error: Error) => void,
  ): void {
    queueMicrotask(() => {
      const accept = this.listeners.get(port)
      if (accept === undefined) {
        failed(new Error('connection refused'))
        return
      }
      const [near, far] = [new MemoryTransport(), new MemoryTransport()]
      near.peer = far
      far.peer = near
      this.streams.push(near)
      far.events = accept(far)
      near.events = open(near)
    })
  }

  async listen(
    _host: string,
    port: number,
    accept: (transport: Transport) => TransportEvents,
  ): Promise<{ readonly port: number; close(): void }> {
    const bound = port === 0 ? ++this.lastPort : port
    this.listeners.set(bound, accept)
    return { port: bound, close: () => this.listeners.delete(bound) }
  }
}
