import { beforeEach, describe, expect, test } from 'vitest'
import { silentLog } from '../../src/base/ports.ts'
import type { TermReader } from '../../src/erlang-term-format/index.ts'
import { atom, binary, encodeBare, pid } from '../../src/erlang-term-format/index.ts'
import { type ClosedBecause, Connection, type ConnectionHost } from '../../src/node/connection.ts'
import type { ReceivedControl } from '../../src/node/control.ts'
import {
  FLAG,
  type Flags,
  hiddenNodeFlags,
  mandatoryFlags25,
  passThroughFlags,
} from '../../src/node/flags.ts'
import { Acceptor, Initiator } from '../../src/node/handshake.ts'
import { MemoryTransport, settle, TestClock, testRandom } from './memory-network.ts'

const a = pid('a@host', 1, 0, 1)
const b = pid('b@host', 1, 0, 1)

class Host implements ConnectionHost {
  readonly clock: TestClock
  readonly log = silentLog
  readonly flags: Flags
  readonly settings = {
    tickTime: 4000,
    handshakeLimit: 100,
    handshakeTimeout: 700,
    messageLimit: 1000,
    queueLimit: 100,
    unreadLimit: 100_000,
    peerLimit: 10,
    relationLimit: 3,
  }
  readonly received: { control: ReceivedControl; payload: Uint8Array | null }[] = []
  ups = 0
  ends: ClosedBecause[] = []
  /** Thrown on the next signal. */
  fault: Error | null = null

  constructor(clock: TestClock, flags: Flags) {
    this.clock = clock
    this.flags = flags
  }
  established(): void {
    this.ups++
  }
  takeCall(_connection: Connection, _reader: TermReader): boolean {
    return false
  }
  receive(_connection: Connection, control: ReceivedControl, payload: Uint8Array | null): void {
    if (this.fault !== null) throw this.fault
    this.received.push({ control, payload })
  }
  closed(_connection: Connection, why: ClosedBecause): void {
    this.ends.push(why)
  }
}

class Pair {
  readonly clock = new TestClock()
  readonly near = new MemoryTransport()
  readonly far = new MemoryTransport()
  readonly nearHost: Host
  readonly farHost: Host
  readonly initiator: Connection
  readonly acceptor: Connection

  constructor(cookies: readonly [string, string] = ['x', 'x'], flags: Flags = passThroughFlags) {
    this.nearHost = new Host(this.clock, flags)
    this.farHost = new Host(this.clock, flags)
    this.near.peer = this.far
    this.far.peer = this.near
    const common = { requiredFlags: mandatoryFlags25, random: testRandom() }
    const self = (name: string) => ({ name, flags, creation: 1 })
    this.acceptor = new Connection(
      this.farHost,
      this.far,
      new Acceptor({
        ...common,
        cookie: cookies[1],
        self: self('b@host'),
        admit: () => 'ok',
        nameFor: () => null,
      }),
    )
    this.far.events = this.acceptor
    this.initiator = new Connection(
      this.nearHost,
      this.near,
      new Initiator({
        ...common,
        cookie: cookies[0],
        self: self('a@host'),
        peerName: 'b@host',
        replaceLiving: () => true,
        isOurChallenge: () => false,
      }),
    )
    this.near.events = this.initiator
  }
}

const hello = encodeBare(atom('hello'))
const send = { kind: 'send', from: a, to: b, token: null } as const

describe('a connection', () => {
  let pair: Pair
  beforeEach(async () => {
    pair = new Pair()
    await settle()
  })

  test('comes up on both sides', () => {
    expect([pair.nearHost.ups, pair.farHost.ups]).toEqual([1, 1])
    expect(pair.initiator.peer.name).toBe('b@host')
    expect(pair.acceptor.peer.name).toBe('a@host')
    expect(pair.near.writes.length).toBe(2)
  })

  test('carries signals, those of one turn in one write', async () => {
    const before = pair.near.writes.length
    pair.initiator.send(send, hello)
    pair.initiator.send({ kind: 'link', from: a, to: b }, null)
    pair.initiator.send({ kind: 'exit', from: a, to: b, reason: null, token: null }, hello)
    await settle()
    expect(pair.near.writes.length).toBe(before + 1)
    expect(pair.farHost.received.map(({ control }) => control.kind)).toEqual(['send', 'link', 'exit'])
    expect(pair.farHost.received.map(({ payload }) => payload?.length ?? null)).toEqual([
      hello.length,
      null,
      hello.length,
    ])
  })

  test('dead peers are noticed after the tick time, living ones tick', async () => {
    await pair.clock.advance(20_000)
    expect([pair.initiator.up, pair.acceptor.up]).toEqual([true, true])
    expect(Buffer.from(pair.near.writes.at(-1) as Uint8Array)).toEqual(Buffer.alloc(4))
    pair.near.peer = null
    await pair.clock.advance(4_000)
    expect(pair.acceptor.up).toBe(true)
    await pair.clock.advance(2_000)
    expect(pair.farHost.ends).toMatchObject([{ reason: 'no bytes from the peer for the whole tick time' }])
    expect(pair.far.gone).toBe(true)
  })

  test('nobody ticks who has just written', async () => {
    await pair.clock.advance(1000)
    const before = pair.near.writes.length
    pair.initiator.send(send, hello)
    await pair.clock.advance(1000)
    expect(pair.near.writes.length).toBe(before + 1)
  })

  test('a peer that does not read stops being read, and is given up in the end', async () => {
    pair.near.stalled = true
    const large = encodeBare(binary(new Uint8Array(101)))
    pair.initiator.send(send, large)
    await settle()
    expect(pair.near.paused).toBe(true)
    await pair.clock.advance(3_000)
    expect(pair.initiator.up).toBe(true)
    pair.near.release()
    expect(pair.near.paused).toBe(false)
    pair.initiator.send(send, large)
    for (let second = 0; second < 8; second++) {
      pair.far.receive(Uint8Array.of(0, 0, 0, 0))
      await pair.clock.advance(1_000)
    }
    expect(pair.nearHost.ends).toMatchObject([{ reason: 'the peer does not read' }])
  })

  test('a peer is read while one long message leaves, not while several wait', async () => {
    const fragments = new Pair(['x', 'x'], hiddenNodeFlags)
    await settle()
    Object.assign(fragments.nearHost.settings, { queueLimit: 10_000, unreadLimit: 10_000_000 })
    fragments.near.stalled = true
    const long = encodeBare(binary(new Uint8Array(1_000_000)))
    fragments.initiator.send(send, long)
    await settle()
    expect(fragments.near.paused).toBe(false)
    fragments.initiator.send(send, long)
    await settle()
    expect(fragments.near.paused).toBe(true)
    while (fragments.near.queued > 0) fragments.near.release()
    expect(fragments.near.paused).toBe(false)
    // What has left allows nothing any more.
    fragments.initiator.send(send, encodeBare(binary(new Uint8Array(20_000))))
    await settle()
    expect(fragments.near.paused).toBe(true)
  })

  test.each([
    ['too long', [0, 0, 4, 0]],
    ['without a pass-through tag', [0, 0, 0, 2, 1, 131]],
    ['with a header that was not negotiated', [0, 0, 0, 3, 131, 68, 0]],
    ['with half a control message', [0, 0, 0, 4, 112, 131, 104, 3]],
    ['of another version', [0, 0, 0, 4, 112, 130, 104, 0]],
  ])('a frame %s closes it', async (_, bytes) => {
    pair.far.receive(Uint8Array.from(bytes))
    await settle()
    expect(pair.farHost.ends.length).toBe(1)
    expect(pair.far.gone).toBe(true)
    expect(pair.nearHost.ends).toMatchObject([{ reason: 'closed by the peer' }])
  })

  test('a fault of ours closes it too', async () => {
    pair.farHost.fault = new Error('a fault')
    pair.initiator.send(send, hello)
    await settle()
    expect(pair.farHost.ends).toMatchObject([{ reason: 'a fault' }])
  })

  test('after the end nothing is sent and no timer is left', async () => {
    pair.initiator.end('over')
    await settle()
    expect([pair.nearHost.ends.length, pair.farHost.ends.length]).toEqual([1, 1])
    const before = pair.near.writes.length
    pair.initiator.send(send, hello)
    await pair.clock.advance(60_000)
    expect(pair.near.writes.length).toBe(before)
    expect(pair.clock.pending).toBe(0)
  })

  test('a reason goes into the control message where the peer knows no payloads', async () => {
    pair = new Pair(['x', 'x'], passThroughFlags & ~FLAG.EXIT_PAYLOAD)
    await settle()
    pair.initiator.send({ kind: 'exit', from: a, to: b, reason: null, token: null }, hello)
    await settle()
    expect(pair.farHost.received).toEqual([
      { control: { kind: 'exit', from: a, to: b, reason: atom('hello'), token: null }, payload: hello },
    ])
  })
})

describe('a handshake', () => {
  test('with a wrong cookie ends both', async () => {
    const pair = new Pair(['x', 'y'])
    await settle()
    expect(pair.farHost.ends).toMatchObject([{ reason: 'wrong cookie: the digests differ' }])
    expect([pair.nearHost.ups, pair.farHost.ups]).toEqual([0, 0])
    expect(pair.far.gone).toBe(true)
  })

  test('may not take long', async () => {
    const clock = new TestClock()
    const host = new Host(clock, passThroughFlags)
    const transport = new MemoryTransport()
    const context = {
      self: { name: 'b@host', flags: passThroughFlags, creation: 1 },
      cookie: 'x',
      requiredFlags: mandatoryFlags25,
      random: testRandom(),
      admit: () => 'ok' as const,
      nameFor: () => null,
    }
    transport.events = new Connection(host, transport, new Acceptor(context))
    transport.receive(Uint8Array.of(0))
    await clock.advance(699)
    expect(transport.gone).toBe(false)
    await clock.advance(1)
    expect(transport.gone).toBe(true)
    expect(host.ends).toMatchObject([{ reason: 'the handshake took too long' }])
  })
})
