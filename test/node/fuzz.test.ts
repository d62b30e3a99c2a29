/** Ten thousand hostile packets before and after the handshake, while another connection is served. */

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
import { passThroughFlags } from '../../src/node/flags.ts'
import { decodeChallenge, encodeName, encodeReply } from '../../src/node/handshake-messages.ts'
import { ErlangNode } from '../../src/node/node.ts'
import { MemoryNetwork, MemoryTransport, settle, TestClock, testRandom } from './memory-network.ts'

const echo: Dispatcher = {
  call(request, done: (outcome: CallOutcome) => void) {
    done({ kind: 'return', value: request.args })
    return { cancel() {} }
  },
}

const random = testRandom(2024)
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

const nameFrame = (name: string) => encodeName({ name, flags: passThroughFlags, creation: 1 })

/** A stream that has passed the handshake. */
function dialThrough(name: string): MemoryTransport {
  const transport = dial()
  transport.receive(framed(2, nameFrame(name)))
  const sent = Buffer.concat(transport.writes)
  const { challenge } = decodeChallenge(sent.subarray(7))
  const reply = encodeReply({ challenge: 1, digest: challengeDigest('x', challenge) })
  transport.receive(framed(2, reply))
  return transport
}

test('before the handshake', async () => {
  const seeds = [
    nameFrame('enemy@host'),
    nameFrame('friend@host'),
    encodeReply({ challenge: 1, digest: new Uint8Array(16) }),
    Buffer.from('sok'),
    Buffer.alloc(40, 7),
  ]
  for (let packet = 0; packet < 10_000; packet++) {
    const transport = dial()
    for (let frames = 1 + below(3); frames > 0; frames--) {
      const seed = seeds[below(seeds.length)] as Uint8Array
      const bytes = below(2) === 0 ? framed(2, mutated(seed)) : mutated(framed(2, seed))
      transport.receive(bytes)
    }
    transport.destroy()
    if (packet % 1000 === 0) await friendIsServed()
  }
  await friendIsServed()
  await clock.advance(10_000)
  expect(errors).toEqual([])
  expect(victim.connections().map(({ peer }) => peer.name)).toEqual(['friend@host'])
  expect(victim.processCount).toBe(3)
}, 30_000)

/** Signals as a peer would send them, with payloads. */
function seedSignals(): Uint8Array[] {
  const me: Pid = { kind: 'pid', node: 'enemy@host', id: 5, serial: 0, creation: 1 }
  const rex: Pid = { kind: 'pid', node: 'victim@host', id: 2, serial: 0, creation: 1 }
  const ref: Term = { kind: 'reference', node: 'enemy@host', creation: 1, ids: [1, 2, 3] }
  const call = tuple(atom('call'), atom('m'), atom('f'), list(int(1)), atom('user'))
  const gen = tuple(atom('$gen_call'), tuple(me, listWithTail([atom('alias')], ref)), call)
  const auth = tuple(atom('$gen_call'), tuple(me, ref), tuple(atom('is_auth'), atom('enemy@host')))
  const mfa = (name: string, arity: number): Term => tuple(atom('erpc'), atom(name), int(arity))
  const named = (name: string): Term => tuple(int(6), me, atom(''), atom(name))
  const signals: [control: Term, payload?: Term][] = [
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
  ]
  return signals.map(([control, payload]) =>
    Buffer.concat([
      Uint8Array.of(112, 131),
      encodeBare(control),
      ...(payload === undefined ? [] : [Uint8Array.of(131), encodeBare(payload)]),
    ]),
  )
}

test('after the handshake', async () => {
  const seeds = seedSignals()
  let enemies = 0
  let enemy = dialThrough('enemy0@host')
  for (let packet = 0; packet < 10_000; packet++) {
    if (enemy.gone) enemy = dialThrough(`enemy${++enemies}@host`)
    const seed = seeds[below(seeds.length)] as Uint8Array
    if (below(50) === 0) enemy.receive(framed(4, seed))
    if (below(8) > 0) {
      enemy.receive(framed(4, mutated(seed)))
    } else {
      // A wrong length swallows what follows, so this stream is of no use afterwards.
      enemy.receive(mutated(framed(4, seed)))
      enemy.receive(framed(4, seed))
      enemy.destroy()
    }
    if (packet % 1000 === 0) await friendIsServed()
  }
  enemy.destroy()
  await friendIsServed()
  expect(errors).toEqual([])
  expect(enemies).toBeGreaterThan(100)
  expect(victim.connections().map(({ peer }) => peer.name)).toEqual(['friend@host'])
  expect(victim.processCount).toBe(3)
}, 30_000)
