/** The registration's state machine over a network and a clock made up for it. */

import { describe, expect, test } from 'vitest'
import type { Clock, Network, Transport, TransportEvents } from '../../src/base/ports.ts'
import type { RegistrationFailure } from '../../src/node-epmd/index.ts'
import { decodeRequest, nodeEntry, Registration } from '../../src/node-epmd/index.ts'

/** Time passes only in `pass`. */
class FakeClock implements Clock {
  private time = 0
  private timers: { at: number; run: () => void }[] = []

  now(): number {
    return this.time
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.time + ms, run }
    this.timers.push(timer)
    return () => {
      this.timers = this.timers.filter((other) => other !== timer)
    }
  }

  pass(ms: number): void {
    const end = this.time + ms
    for (;;) {
      const due = this.timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
      if (due === undefined) break
      this.time = due.at
      this.timers = this.timers.filter((other) => other !== due)
      due.run()
    }
    this.time = end
  }

  get pending(): number {
    return this.timers.length
  }
}

/** One attempt to connect; the test plays EPMD. */
class Attempt {
  readonly written: Uint8Array[] = []
  destroyed = false
  events: TransportEvents | null = null
  private readonly open: (transport: Transport) => TransportEvents
  readonly failed: (error: Error) => void

  constructor(open: (transport: Transport) => TransportEvents, failed: (error: Error) => void) {
    this.open = open
    this.failed = failed
  }

  connected(): this {
    this.events = this.open({
      write: (bytes) => this.written.push(bytes),
      remoteAddress: 'memory',
      security: null,
      queued: 0,
      pause() {},
      resume() {},
      end() {},
      destroy: () => {
        this.destroyed = true
      },
    })
    return this
  }

  reply(...bytes: number[]): void {
    this.events?.data(Uint8Array.from(bytes))
  }
}

function setUp() {
  const clock = new FakeClock()
  const attempts: Attempt[] = []
  const network: Network = {
    connect(_host, _port, open, failed) {
      attempts.push(new Attempt(open, failed))
    },
    listen: () => Promise.reject(new Error('not here')),
  }
  const creations: number[] = []
  const failures: RegistrationFailure[] = []
  const registration = new Registration(
    { network, clock, host: '127.0.0.1' },
    nodeEntry('caml', 4000, true),
    {
      registered: (creation) => creations.push(creation),
      failed: (failure) => failures.push(failure),
    },
  )
  const last = () => attempts.at(-1) as Attempt
  return { clock, attempts, creations, failures, registration, last }
}

describe('a registration', () => {
  test('sends ALIVE2 and reports the creation', () => {
    const { registration, last, creations, clock } = setUp()
    registration.start()
    last().connected()
    expect(decodeRequest(last().written[0] as Uint8Array)).toMatchObject({
      kind: 'alive',
      node: { name: 'caml', port: 4000, hidden: true },
    })
    last().reply(118, 0, 0, 1)
    expect(creations).toEqual([])
    last().reply(0, 2)
    expect(creations).toEqual([0x10002])
    expect(registration.creation).toBe(0x10002)
    expect(clock.pending).toBe(0)
  })

  test('takes the narrow reply of an old EPMD', () => {
    const { registration, last, creations } = setUp()
    registration.start()
    last().connected().reply(121, 0, 0, 3)
    expect(creations).toEqual([3])
  })

  test('tries again with growing pauses while there is no EPMD', () => {
    const { registration, last, attempts, clock, failures } = setUp()
    registration.start()
    for (const pause of [100, 200, 400, 800, 1600, 2000, 2000]) {
      const before = attempts.length
      last().failed(new Error('refused'))
      clock.pass(pause - 1)
      expect(attempts.length).toBe(before)
      clock.pass(1)
      expect(attempts.length).toBe(before + 1)
    }
    expect(failures.every(({ kind }) => kind === 'unreachable')).toBe(true)
  })

  test('comes back after EPMD did, with the new creation', () => {
    const { registration, last, clock, creations, failures } = setUp()
    registration.start()
    last().connected().reply(118, 0, 0, 0, 0, 7)
    last().events?.closed()
    expect(failures.map(({ kind }) => kind)).toEqual(['lost'])
    expect(registration.creation).toBeNull()
    clock.pass(100)
    last().connected().reply(118, 0, 0, 0, 0, 9)
    expect(creations).toEqual([7, 9])
  })

  test('reports a name that is taken and goes on trying', () => {
    const { registration, last, clock, attempts, failures } = setUp()
    registration.start()
    last().connected().reply(118, 1, 0, 0, 0, 0)
    expect(failures).toMatchObject([{ kind: 'refused' }])
    expect(last().destroyed).toBe(true)
    clock.pass(100)
    expect(attempts.length).toBe(2)
  })

  test('gives up on an EPMD that does not answer, and ignores it from then on', () => {
    const { registration, last, attempts, clock, creations, failures } = setUp()
    registration.start()
    const silent = last().connected()
    clock.pass(5000)
    expect(failures).toMatchObject([{ kind: 'unreachable' }])
    expect(silent.destroyed).toBe(true)
    silent.reply(118, 0, 0, 0, 0, 7)
    silent.events?.closed()
    expect(creations).toEqual([])
    clock.pass(100)
    expect(attempts.length).toBe(2)
  })

  test.each([[[1, 2, 3]], [[118, 0, 0, 0, 0, 1, 99]], [[121, 0, 0, 0, 0, 0, 0, 0]]])(
    'drops an EPMD that answers %j',
    (bytes) => {
      const { registration, last, failures } = setUp()
      registration.start()
      last()
        .connected()
        .reply(...bytes)
      expect(failures.length).toBe(1)
      expect(last().destroyed).toBe(true)
    },
  )

  test('stops, at any time, also from within its events', () => {
    const { registration, last, attempts, clock, failures } = setUp()
    registration.start()
    registration.stop()
    const late = last().connected()
    expect(late.destroyed).toBe(true)
    registration.start()
    last().connected().reply(118, 0, 0, 0, 0, 7)
    registration.stop()
    expect(last().destroyed).toBe(true)
    last().events?.closed()
    clock.pass(100_000)
    expect(attempts.length).toBe(2)
    expect(failures).toEqual([])
  })
})
