/** Ten thousand hostile packets over TCP, before and after the handshake, while an Erlang node is served. */

import { afterAll, beforeAll, expect, test } from 'vitest'
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
import { passThroughFlags } from '../../src/node/flags.ts'
import { encodeName } from '../../src/node/handshake-messages.ts'
import type { Erl } from '../node/erl.ts'
import { Camlnode, cookie } from './camlnode.ts'
import { framed, RawPeer } from './raw-peer.ts'

const fib =
  'let rec fib n = if n < 2 then n else fib (n - 1) + fib (n - 2)\nlet sum (l : int list) = List.fold_left (+) 0 l\n'
let daemon: Camlnode
let erl: Erl

beforeAll(async () => {
  daemon = await Camlnode.start({ files: { 'fib.ml': fib } })
  erl = await daemon.erl()
})
afterAll(async () => {
  await erl?.stop()
  await daemon?.stop()
})

/** A small generator of our own: the same packets in every run. */
let state = 20_240_601
function below(limit: number): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
  return Math.floor((state / 2 ** 32) * limit)
}

/** Changes, cuts or lengthens bytes at random. */
function mutated(bytes: Uint8Array): Uint8Array {
  let copy = Uint8Array.from(bytes)
  for (let changes = 1 + below(4); changes > 0; changes--) {
    const at = below(copy.length + 1)
    const kind = below(4)
    if (kind === 0) copy = copy.slice(0, at)
    else if (kind === 1) copy = Uint8Array.from([...copy.subarray(0, at), below(256), ...copy.subarray(at)])
    else if (kind === 2) copy[at] = below(256)
    else copy[at] = (copy[at] as number) ^ (1 << below(8))
  }
  return copy
}

/** Calls as a peer would send them: control message and payload. */
function signals(): Uint8Array[] {
  const me: Pid = { kind: 'pid', node: 'enemy@127.0.0.1', id: 5, serial: 0, creation: 1 }
  const ref: Term = { kind: 'reference', node: 'enemy@127.0.0.1', creation: 1, ids: [1, 2, 3] }
  const args: Term[] = [list(int(3)), list(list(int(1), int(300), int(-5))), list()]
  const all = args.flatMap((given) => {
    const name = atom(given === args[0] ? 'fib' : 'sum')
    const call = tuple(atom('call'), atom('fib'), name, given, atom('user'))
    const gen = tuple(atom('$gen_call'), tuple(me, listWithTail([atom('alias')], ref)), call)
    const execute = tuple(atom('erpc'), atom('execute_call'), int(4))
    return [
      [tuple(int(29), ref, me, me, execute, list(atom('monitor'))), list(ref, atom('fib'), name, given)],
      [tuple(int(6), me, atom(''), atom('rex')), gen],
      [tuple(int(6), me, atom(''), atom('rex')), tuple(me, call)],
      [
        tuple(int(6), me, atom(''), atom('rex')),
        tuple(atom('$gen_cast'), tuple(atom('cast'), atom('fib'), name, given, me)),
      ],
    ] as const
  })
  return all.map(([control, payload]) =>
    Buffer.concat([Uint8Array.of(112, 131), encodeBare(control), Uint8Array.of(131), encodeBare(payload)]),
  )
}

const served = () => erl.eval("rpc:call('caml@127.0.0.1', fib, fib, [20])")

test('malformed frames end only their own connection', async () => {
  const frames = [
    Buffer.from([255, 255, 255, 255]),
    framed(4, Uint8Array.of(112)),
    framed(4, Uint8Array.of(112, 131, 104, 255)),
    framed(4, Uint8Array.of(5, 5, 5)),
    framed(4, Uint8Array.of(112, 131, 108, 255, 255, 255, 255)),
  ]
  for (const [i, frame] of frames.entries()) {
    const peer = await RawPeer.join(daemon.port, `bad${i}@127.0.0.1`, cookie)
    peer.send(frame)
    await peer.closed()
    expect(await served()).toBe('6765')
  }
  await expect(RawPeer.join(daemon.port, 'liar@127.0.0.1', 'not the cookie')).rejects.toThrow('closed')
})

test('5,000 packets after the handshake', async () => {
  const seeds = signals()
  let connections = 0
  let enemy: RawPeer | undefined
  for (let packet = 0; packet < 5000; packet++) {
    if (enemy === undefined || enemy.gone) {
      enemy?.destroy()
      enemy = await RawPeer.join(daemon.port, `enemy${++connections}@127.0.0.1`, cookie)
    }
    const seed = seeds[below(seeds.length)] as Uint8Array
    if (below(20) === 0) enemy.send(framed(4, seed))
    enemy.send(below(8) > 0 ? framed(4, mutated(seed)) : mutated(framed(4, seed)))
    if (below(4) === 0) await new Promise((resolve) => setImmediate(resolve))
    if (below(30) === 0) enemy.socket.end()
    if (packet % 500 === 0) expect(await served()).toBe('6765')
  }
  enemy?.destroy()
  expect(connections).toBeGreaterThan(50)
  expect(await served()).toBe('6765')
}, 120_000)

test('5,000 packets before the handshake', async () => {
  const seed = encodeName({ name: 'enemy@127.0.0.1', flags: passThroughFlags, creation: 1 })
  for (let packet = 0; packet < 5000; packet++) {
    const peer = RawPeer.dial(daemon.port)
    peer.send(below(2) === 0 ? framed(2, mutated(seed)) : mutated(framed(2, seed)))
    peer.socket.end()
    if (packet % 20 === 0)
      await Promise.race([peer.closed(), new Promise((resolve) => setTimeout(resolve, 5))])
    peer.destroy()
    if (packet % 500 === 0) expect(await served()).toBe('6765')
  }
  expect(await served()).toBe('6765')
}, 120_000)

test('nothing of it was an error of ours', async () => {
  expect(daemon.log.filter(({ level }) => level === 50)).toEqual([])
  expect(daemon.log.filter(({ msg }) => msg === 'domain crashed')).toEqual([])
  expect(await erl.eval("rpc:call('caml@127.0.0.1', camlnode, info, [])")).toContain('running => 0')
})
