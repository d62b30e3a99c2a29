/**
 * Hostile packets before and after the handshake, with and without distribution headers, while another connection is
 * served: ten thousand of each kind, or `FUZZ_FRAMES` of them (`npm run fuzz:node` takes a million). Nothing but
 * protocol errors may come of them, and memory may not grow.
 */

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { beforeEach, expect, test } from 'vitest'
import { silentLog } from '../../src/base/ports.ts'
import {
  atom,
  encodeBare,
  int,
  list,
  listWithTail,
  type Pid,
  type Term,
  tuple,
} from '../../src/erlang-term-format/index.ts'
import { callRemote } from '../../src/node/client.ts'
import { challengeDigest } from '../../src/node/digest.ts'
import type { CallOutcome, Dispatcher } from '../../src/node/dispatcher.ts'
import { type Flags, hiddenNodeFlags, passThroughFlags } from '../../src/node/flags.ts'
import { decodeChallenge, encodeName, encodeReply } from '../../src/node/handshake-messages.ts'
import { ErlangNode } from '../../src/node/node.ts'
import { MemoryNetwork, MemoryTransport, settle, TestClock, testRandom } from './memory-network.ts'

const echo: Dispatcher = {
  call(request, done: (outcome: CallOutcome) => void) {
    done({ kind: 'return', value: request.args })
    return { cancel() {} }
  },
}

const packets = Number(process.env['FUZZ_FRAMES'] ?? 10_000)
const timeout = 30_000 + packets * 2
/** Megabytes; what one run leaves differs a little from what another does. */
const allowedGrowth = 24

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

function megabytes(): number {
  collect()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return (heapUsed + arrayBuffers) / 2 ** 20
}

const random = testRandom(Number(process.env['FUZZ_SEED'] ?? 2024))
const below = (limit: number): number => random.uint32() % limit

let clock: TestClock
let network: MemoryNetwork
let victim: ErlangNode
let friend: ErlangNode
const errors: string[] = []

beforeEach(async () => {
  clock = new TestClock()
  network = new MemoryNetwork()
  errors.length = 0
  const common = { cookie: 'x', creation: 1, clock, random, dispatcher: echo }
  const log = { ...silentLog, error: (fields: object) => errors.push(JSON.stringify(fields)) }
  victim = new ErlangNode({ ...common, name: 'victim@host', log })
  friend = new ErlangNode({ ...common, name: 'friend@host', log: silentLog })
  await network.listen('', 1, victim.accept)
  await friend.connect('victim@host', network, '', 1)
})

async function friendIsServed(): Promise<void> {
  const args = encodeBare(list(int(below(1000))))
  const result = callRemote(friend, 'victim@host', 'm', 'f', args, 1000)
  await settle()
  const outcome = await result
  expect(outcome.kind === 'return' && Buffer.from(outcome.value).equals(args)).toBe(true)
}

/** A stream to the victim whose other end is the test. */
function dial(): MemoryTransport {
  const transport = new MemoryTransport()
  transport.events = victim.accept(transport)
  return transport
}

function framed(prefixBytes: 2 | 4, body: Uint8Array): Uint8Array {
  const length = Buffer.alloc(prefixBytes)
  length.writeUIntBE(body.length, 0, prefixBytes)
  return Buffer.concat([length, body])
}

/** Changes, cuts or lengthens bytes at random. */
function mutated(bytes: Uint8Array): Uint8Array {
  let copy = Uint8Array.from(bytes)
  for (let changes = 1 + below(4); changes > 0; changes--) {
    const at = below(copy.length + 1)
    const kind = below(4)
    if (kind === 0) copy = copy.slice(0, at)
    else if (kind === 1)
      copy = Buffer.concat([copy.subarray(0, at), Uint8Array.of(below(256)), copy.subarray(at)])
    else if (kind === 2) copy[at] = below(256)
    else copy[at] = (copy[at] as number) ^ (1 << below(8))
  }
  return copy
}

const nameFrame = (name: string, flags: Flags = hiddenNodeFlags) => encodeName({ name, flags, creation: 1 })

/** A stream that has passed the handshake. */
function dialThrough(name: string, flags: Flags): MemoryTransport {
  const transport = dial()
  transport.receive(framed(2, nameFrame(name, flags)))
  const sent = Buffer.concat(transport.writes)
  const { challenge } = decodeChallenge(sent.subarray(7))
  const reply = encodeReply({ challenge: 1, digest: challengeDigest('x', challenge) })
  transport.receive(framed(2, reply))
  return transport
}

test(
  'before the handshake',
  async () => {
    const seeds = [
      nameFrame('enemy@host'),
      nameFrame('friend@host'),
      encodeReply({ challenge: 1, digest: new Uint8Array(16) }),
      Buffer.from('sok'),
      Buffer.alloc(40, 7),
    ]
    let before = 0
    for (let packet = 0; packet < packets; packet++) {
      if (packet === Math.floor(packets / 10)) before = megabytes()
      const transport = dial()
      for (let frames = 1 + below(3); frames > 0; frames--) {
        const seed = seeds[below(seeds.length)] as Uint8Array
        const bytes = below(2) === 0 ? framed(2, mutated(seed)) : mutated(framed(2, seed))
        transport.receive(bytes)
      }
      transport.destroy()
      if (packet % 1000 === 0) {
        await friendIsServed()
        await clock.advance(100)
      }
    }
    await friendIsServed()
    await clock.advance(10_000)
    expect(errors).toEqual([])
    expect(victim.connections().map(({ peer }) => peer.name)).toEqual(['friend@host'])
    expect(victim.processCount).toBe(3)
    expect(megabytes() - before).toBeLessThan(allowedGrowth)
  },
  timeout,
)

/** Signals as a peer would send them, with payloads. */
function seedSignals(): [control: Term, payload?: Term][] {
  const me: Pid = { kind: 'pid', node: 'enemy@host', id: 5, serial: 0, creation: 1 }
  const rex: Pid = { kind: 'pid', node: 'victim@host', id: 2, serial: 0, creation: 1 }
  const ref: Term = { kind: 'reference', node: 'enemy@host', creation: 1, ids: [1, 2, 3] }
  const call = tuple(atom('call'), atom('m'), atom('f'), list(int(1)), atom('user'))
  const gen = tuple(atom('$gen_call'), tuple(me, listWithTail([atom('alias')], ref)), call)
  const auth = tuple(atom('$gen_call'), tuple(me, ref), tuple(atom('is_auth'), atom('enemy@host')))
  const mfa = (name: string, arity: number): Term => tuple(atom('erpc'), atom(name), int(arity))
  const named = (name: string): Term => tuple(int(6), me, atom(''), atom(name))
  const pg = (...message: Term[]): [Term, Term] => [named('pg'), tuple(...message)]
  return [
    [
      tuple(int(29), ref, me, me, mfa('execute_call', 4), list(atom('monitor'))),
      list(ref, atom('m'), atom('f'), list()),
    ],
    [tuple(int(29), ref, me, me, mfa('execute_cast', 3), list()), list(atom('m'), atom('f'), list())],
    [tuple(int(29), ref, me, me, mfa('other', 0), list(atom('link'))), list()],
    [named('rex'), gen],
    [named('rex'), tuple(me, call)],
    [named('rex'), tuple(me, tuple(atom('sbcast'), atom('rex'), int(1)))],
    [named('rex'), tuple(atom('$gen_cast'), tuple(atom('cast'), atom('m'), atom('f'), list(), me))],
    [named('net_kernel'), auth],
    [tuple(int(19), me, atom('rex'), ref)],
    [tuple(int(20), me, rex, ref)],
    [tuple(int(1), me, rex)],
    [tuple(int(35), int(9), me, rex)],
    [tuple(int(26), me, rex), atom('kill')],
    [tuple(int(24), me, rex), atom('boom')],
    [tuple(int(33), me, ref), atom('x')],
    [tuple(int(22), me, rex), gen],
    [tuple(int(31), ref, rex, int(2), me)],
    [tuple(int(37), int(8), me, atom('rex')), gen],
    [tuple(int(37), int(20), me, ref), atom('x')],
    [tuple(int(7), me, rex)],
    [tuple(int(30), ref, me, me, mfa('other', 1), list(atom('monitor')), atom('token')), list(int(1))],
    [
      tuple(int(29), ref, me, me, tuple(atom('erlang'), atom('apply'), int(3)), list()),
      list(atom('m'), atom('f'), list()),
    ],
    pg(atom('discover'), me),
    pg(atom('join'), me, atom('group'), me),
    pg(atom('leave'), me, list(me), list(atom('group'))),
    pg(atom('$gen_cast'), tuple(atom('sync'), me, list(tuple(atom('group'), list(me))))),
  ]
}

const joined = ([control, payload]: [Term, Term?], between: Uint8Array): Buffer =>
  Buffer.concat([encodeBare(control), ...(payload === undefined ? [] : [between, encodeBare(payload)])])

/** `112 131 Control 131 Payload`. */
const passedThrough = (signal: [Term, Term?]): Uint8Array[] => [
  Buffer.concat([Uint8Array.of(112, 131), joined(signal, Uint8Array.of(131))]),
]

let sequence = 0

/** With a header that has two atoms, one of them new; whole, or in fragments. */
function withHeader(signal: [Term, Term?]): Uint8Array[] {
  const header = Uint8Array.of(2, 0x08, 0x00, 7, 4, 110, 101, 119, 33, 7)
  const plain = joined(signal, new Uint8Array(0))
  // A name becomes a reference where there is one.
  const at = plain.indexOf(Buffer.from('w\u0003rex'))
  const body =
    at < 0 ? plain : Buffer.concat([plain.subarray(0, at), Uint8Array.of(82, 1), plain.subarray(at + 5)])
  if (below(3) > 0) return [Buffer.concat([Uint8Array.of(131, 68), header, body])]
  const cut = below(body.length)
  const numbers = (number: number): Uint8Array => {
    const bytes = Buffer.alloc(16)
    bytes.writeUInt32BE(sequence, 4)
    bytes.writeUInt32BE(number, 12)
    return bytes
  }
  sequence++
  return [
    Buffer.concat([Uint8Array.of(131, 69), numbers(2), header, body.subarray(0, cut)]),
    Buffer.concat([Uint8Array.of(131, 70), numbers(1), body.subarray(cut)]),
  ]
}

/** In one chunk or in two. */
function receive(transport: MemoryTransport, bytes: Uint8Array): void {
  const cut = below(4) === 0 ? below(bytes.length + 1) : 0
  if (cut > 0) transport.receive(bytes.subarray(0, cut))
  transport.receive(bytes.subarray(cut))
}

test.each([
  ['without distribution headers', passThroughFlags, passedThrough],
  ['with distribution headers', hiddenNodeFlags, withHeader],
])(
  'after the handshake, %s',
  async (_, flags, framesOf) => {
    const seeds = seedSignals()
    let enemies = 0
    let before = 0
    let enemy = dialThrough('enemy0@host', flags)
    for (let packet = 0; packet < packets; packet++) {
      if (packet === Math.floor(packets / 10)) before = megabytes()
      if (enemy.gone) enemy = dialThrough(`enemy${++enemies}@host`, flags)
      const frames = framesOf(seeds[below(seeds.length)] as [Term, Term?])
      const victimOfChance = below(frames.length)
      if (below(50) === 0)
        for (const frame of framesOf(seeds[below(seeds.length)] as [Term, Term?]))
          receive(enemy, framed(4, frame))
      if (below(8) > 0) {
        for (const [i, frame] of frames.entries())
          receive(enemy, framed(4, i === victimOfChance ? mutated(frame) : frame))
      } else {
        // A wrong length swallows what follows, so this stream is of no use afterwards.
        for (const frame of frames) receive(enemy, mutated(framed(4, frame)))
        enemy.destroy()
      }
      if (packet % 1000 === 0) {
        await friendIsServed()
        await clock.advance(100)
      }
    }
    enemy.destroy()
    await friendIsServed()
    await clock.advance(10_000)
    expect(errors).toEqual([])
    expect(enemies).toBeGreaterThan(100)
    expect(victim.connections().map(({ peer }) => peer.name)).toEqual(['friend@host'])
    expect(victim.processCount).toBe(3)
    expect(megabytes() - before).toBeLessThan(allowedGrowth)
  },
  timeout,
)
