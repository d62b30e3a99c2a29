/** The node as the one that connects, against a real `erl` that listens and is visible. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TcpNetwork } from '../../src/daemon/tcp-network.ts'
import {
  atom,
  binary,
  decodeBare,
  encodeBare,
  int,
  list,
  type Term,
} from '../../src/erlang-term-format/index.ts'
import { type CallResult, callRemote } from '../../src/node/index.ts'
import { type EchoNode, eventually, freePort, startEchoNode } from './echo-node.ts'
import { Erl } from './erl.ts'

const cookie = 'correct_horse'
const network = new TcpNetwork()
const peer = 'server@127.0.0.1'

let port: number
let erl: Erl
let echo: EchoNode

beforeAll(async () => {
  port = await freePort()
  erl = await Erl.start({ name: peer, cookie, listenPort: port })
  // The emulator looks for it at the same port as its own, so it has another address.
  echo = await startEchoNode('caml@127.0.0.2', cookie, {}, '127.0.0.2', port)
})

afterAll(async () => {
  await erl?.stop()
  echo?.stop()
})

const connect = (from: EchoNode = echo) => from.node.connect(peer, network, '127.0.0.1', port)

function call(module: string, name: string, args: Term, timeout = 5000): Promise<CallResult> {
  return callRemote(echo.node, peer, module, name, encodeBare(args), timeout)
}

describe('outgoing', () => {
  test('connects and calls', async () => {
    const connection = await connect()
    expect(connection.peer.name).toBe(peer)
    expect(await erl.eval('nodes(hidden)')).toBe("['caml@127.0.0.2']")
    const result = await call('erlang', 'node', list())
    expect(result.kind === 'return' && decodeBare(result.value)).toEqual(atom(peer))
    const raised = await call('erlang', 'atom_to_list', list(int(1)))
    expect(raised).toMatchObject({ kind: 'raise', class: 'error' })
    expect(raised.kind === 'raise' && decodeBare(raised.reason)).toEqual(atom('badarg'))
    expect(await call('io', 'put_chars', list(binary('x')))).toMatchObject({ kind: 'raise', class: 'error' })
    expect(await call('erlang', 'throw', list(int(1)))).toMatchObject({ kind: 'raise', class: 'throw' })
    expect(await call('erlang', 'exit', list(int(1)))).toMatchObject({ kind: 'raise', class: 'exit' })
    expect(await call('timer', 'sleep', list(int(5000)), 50)).toEqual({
      kind: 'failed',
      reason: encodeBare(atom('timeout')),
    })
  })

  test('sends large binaries there and back', async () => {
    await connect()
    const content = new Uint8Array(3_000_000).map((_, i) => i)
    const result = await call('lists', 'reverse', list(list(binary(content))))
    const value = result.kind === 'return' ? decodeBare(result.value) : null
    const [back] = value?.kind === 'list' ? value.elements : []
    expect(back?.kind === 'bitstring' && Buffer.from(back.bytes).equals(content)).toBe(true)
  })

  test('watches what it calls: nothing is left over there', async () => {
    await connect()
    const processes = await erl.eval('length(processes())')
    for (let round = 0; round < 50; round++) await call('erlang', 'node', list())
    await call('timer', 'sleep', list(int(100_000)), 20)
    expect(Number(await erl.eval('length(processes())'))).toBeLessThanOrEqual(Number(processes) + 1)
  })

  test('is refused with a wrong cookie', async () => {
    const stranger = await startEchoNode('stranger@127.0.0.3', 'guess', {}, '127.0.0.3')
    await expect(connect(stranger)).rejects.toThrow('cannot connect')
    stranger.stop()
  })

  test('survives attempts from both sides at once', async () => {
    for (let round = 0; round < 15; round++) {
      for (const connection of echo.node.connections()) connection.end('again')
      await erl.eval("erlang:disconnect_node('caml@127.0.0.2')")
      await eventually(() => echo.node.connections().length === 0)
      const pinged = erl.eval("net_adm:ping('caml@127.0.0.2')")
      if (round % 3 > 0) await new Promise((resolve) => setTimeout(resolve, round % 3))
      const connected = connect()
      expect(await pinged).toBe('pong')
      expect((await connected).up).toBe(true)
      expect(await erl.eval("rpc:call('caml@127.0.0.2', echo, f, [x])")).toBe('[x]')
    }
  })
})

describe('ticks', () => {
  test('keep an idle connection, and a frozen peer is noticed', async () => {
    const server = await startEchoNode('ticking@127.0.0.1', cookie, { settings: { tickTime: 2000 } })
    const idle = await Erl.start({
      name: 'idle@127.0.0.1',
      cookie,
      peerPort: server.port,
      args: ['-kernel', 'net_ticktime', '2'],
    })
    expect(await idle.eval("net_adm:ping('ticking@127.0.0.1')")).toBe('pong')
    const [connection] = server.node.connections()
    await new Promise((resolve) => setTimeout(resolve, 5000))
    expect(connection?.up).toBe(true)
    expect(await idle.eval('nodes(hidden)')).toBe("['ticking@127.0.0.1']")
    idle.freeze()
    await eventually(() => connection?.up === false, 4000)
    await idle.kill()
    server.stop()
  })
})
