/** How connections begin and end, with real `erl`s and a real `epmd`. */

import { spawn } from 'node:child_process'
import { afterEach, describe, expect, test } from 'vitest'
import { silentLog } from '../../src/base/ports.ts'
import { EpmdResolver, FixedPortResolver } from '../../src/daemon/node-resolver.ts'
import { systemClock } from '../../src/daemon/system-clock.ts'
import { TcpNetwork } from '../../src/daemon/tcp-network.ts'
import { atom, decodeBare, encodeBare, list } from '../../src/erlang-term-format/index.ts'
import { callRemote, type NodeOptions, type ProcessEvent } from '../../src/node/index.ts'
import { nodeEntry, Registration } from '../../src/node-epmd/index.ts'
import { type EchoNode, eventually, freePort, startEchoNode } from './echo-node.ts'
import { Erl, type ErlOptions } from './erl.ts'

const cookie = 'correct_horse'
const network = new TcpNetwork()
const ends: (() => unknown)[] = []

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

async function startErl(options: Omit<ErlOptions, 'cookie'>): Promise<Erl> {
  const erl = await Erl.start({ cookie, ...options })
  ends.push(() => erl.kill())
  return erl
}

async function startNode(
  name: string,
  options: Partial<NodeOptions> = {},
  host = '127.0.0.1',
  port = 0,
): Promise<EchoNode> {
  const echo = await startEchoNode(name, cookie, options, host, port)
  ends.push(echo.stop)
  return echo
}

/** A node and an `erl` that find each other at one port of two addresses. */
async function startPair(
  options: Partial<NodeOptions> = {},
): Promise<{ echo: EchoNode; erl: Erl; port: number }> {
  const port = await freePort()
  const resolver = new FixedPortResolver(network, port)
  const echo = await startNode('caml@127.0.0.2', { resolver, ...options }, '127.0.0.2', port)
  return { echo, erl: await startErl({ name: 'peer@127.0.0.1', listenPort: port }), port }
}

const caml = "'caml@127.0.0.2'"

function recorder(echo: EchoNode) {
  const told: string[] = []
  const process = echo.node.spawn({
    trapExit: true,
    event: (event: ProcessEvent) => {
      const reason = 'reason' in event ? decodeBare(event.reason) : null
      told.push(reason?.kind === 'atom' ? `${event.kind} ${reason.name}` : event.kind)
    },
  })
  return { process, told }
}

describe('on demand', () => {
  test('a message, a link, a monitor and a call connect, and the reasons of failures are known', async () => {
    const { echo, erl } = await startPair()
    await erl.eval('register(sink, spawn(fun() -> receive M -> exit(M) end end))')
    const { process, told } = recorder(echo)
    const sink = { kind: 'name', name: 'sink', node: 'peer@127.0.0.1' } as const
    process.monitor(sink)
    process.send(sink, atom('over'))
    process.monitor({ ...sink, node: 'nobody@127.0.0.9' })
    await eventually(() => told.length === 2)
    expect(told.sort()).toEqual(['down noconnection', 'down over'])
    echo.node.connection('peer@127.0.0.1')?.end('again')
    await eventually(() => echo.node.connections().length === 0)
    const result = await callRemote(echo.node, 'peer@127.0.0.1', 'erlang', 'node', encodeBare(list()), 5000)
    expect(result.kind === 'return' && decodeBare(result.value)).toEqual(atom('peer@127.0.0.1'))
  })

  test('both sides at once, many times: every message arrives, over one connection', async () => {
    const { echo, erl } = await startPair()
    let received = 0
    const server = echo.node.spawn({ event: ({ kind }) => (kind === 'message' ? received++ : 0) })
    echo.node.register('server', server)
    await erl.eval(`
      register(counter, spawn(fun() ->
        Loop = fun Loop(N) ->
          receive {get, Least, P} when N >= Least -> P ! {count, N}, Loop(N); hi -> Loop(N + 1) end
        end,
        Loop(0)
      end))`)
    const count = (least: number) =>
      erl.eval(`counter ! {get, ${least}, self()}, receive {count, N} -> N after 5000 -> lost end`)
    const rounds = 40
    for (let round = 1; round <= rounds; round++) {
      const theirs = erl.eval(`{server, ${caml}} ! hi`)
      if (round % 4 > 0) await new Promise((resolve) => setTimeout(resolve, round % 4))
      server.send({ kind: 'name', name: 'counter', node: 'peer@127.0.0.1' }, atom('hi'))
      await theirs
      await eventually(() => received === round, 10_000)
      expect(await count(round)).toBe(String(round))
      expect(echo.node.connections().length).toBe(1)
      for (const connection of echo.node.connections()) connection.end('again')
      await erl.eval(`erlang:disconnect_node(${caml})`)
      await eventually(() => echo.node.connections().length === 0)
    }
  }, 60_000)
})

describe('a peer that is killed and started again', () => {
  test('has a new creation: its old pids are dead, its old connection is replaced', async () => {
    const { echo, erl, port } = await startPair()
    const { process, told } = recorder(echo)
    const self = await callRemote(
      echo.node,
      'peer@127.0.0.1',
      'erlang',
      'whereis',
      encodeBare(list(atom('rex'))),
      5000,
    )
    const rex = self.kind === 'return' ? decodeBare(self.value) : null
    if (rex?.kind !== 'pid') throw new Error('no pid')
    const creation = echo.node.connection('peer@127.0.0.1')?.peer.creation
    process.monitor(rex)
    process.monitorNode('peer@127.0.0.1')
    await erl.kill()
    await eventually(() => told.length === 2)
    const again = await startErl({ name: 'peer@127.0.0.1', listenPort: port })
    process.monitor(rex)
    await eventually(() => told.length === 3)
    expect(told).toEqual(['down noconnection', 'nodeDown', 'down noproc'])
    expect(echo.node.connection('peer@127.0.0.1')?.peer.creation).not.toBe(creation)
    expect(await again.eval(`net_adm:ping(${caml})`)).toBe('pong')
  })

  test('is let in although its old connection has not been missed yet', async () => {
    const { echo, erl, port } = await startPair()
    expect(await erl.eval(`net_adm:ping(${caml})`)).toBe('pong')
    const [old] = echo.node.connections()
    // The machine of the peer has gone without a word: the stream stays open here.
    erl.freeze()
    const again = await startErl({ name: 'peer@127.0.0.1', peerPort: port })
    expect(await again.eval(`net_adm:ping(${caml})`)).toBe('pong')
    expect(old?.up).toBe(false)
    expect(echo.node.connections().length).toBe(1)
    expect(await again.eval(`rpc:call(${caml}, echo, f, [x])`)).toBe('[x]')
  })
})

describe('addresses', () => {
  test('of IPv6, in both directions', async () => {
    const port = await freePort()
    const resolver = new FixedPortResolver(network, port)
    const args = ['-proto_dist', 'inet6_tcp', '-start_epmd', 'false', '-erl_epmd_port', String(port)]
    const echo = await startNode('caml@::1', {}, '::1', port)
    const erl = await startErl({ name: 'six@::1', args: [...args, '-dist_listen', 'false'] })
    expect(await erl.eval("net_adm:ping('caml@::1')")).toBe('pong')
    expect(await erl.eval("rpc:call('caml@::1', echo, f, [x])")).toBe('[x]')
    echo.stop()
    await eventually(() => echo.node.connections().length === 0)
    const listening = await startErl({ name: 'listening@::1', args })
    const other = await startNode('other@::1', { resolver })
    await other.node.reach('listening@::1')
    expect(await listening.eval('nodes(hidden)')).toBe("['other@::1']")
  })
})

describe('with a real EPMD', () => {
  async function startEpmd(port: number): Promise<() => Promise<void>> {
    const child = spawn('epmd', ['-port', String(port), '-relaxed_command_check'], { stdio: 'ignore' })
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    const end = async (): Promise<void> => {
      child.kill('SIGKILL')
      await gone
    }
    ends.push(end)
    return end
  }

  async function register(echo: EchoNode, epmdPort: number): Promise<() => number> {
    let registrations = 0
    const address = { network, clock: systemClock, log: silentLog, host: '127.0.0.1', port: epmdPort }
    const events = { registered: () => registrations++, failed() {} }
    const registration = new Registration(address, nodeEntry('caml', echo.port, true), events)
    registration.start()
    ends.push(() => registration.stop())
    await eventually(() => registrations === 1, 5000)
    return () => registrations
  }

  test('a peer without a name gets one', async () => {
    const epmdPort = await freePort()
    await startEpmd(epmdPort)
    const echo = await startNode('caml@localhost')
    await register(echo, epmdPort)
    const erl = await startErl({ name: 'undefined', epmdPort, args: ['-start_epmd', 'false'] })
    expect(await erl.eval('node()')).toBe('nonode@nohost')
    expect(await erl.eval('net_kernel:connect_node(caml@localhost)')).toBe('true')
    const [given] = echo.node.connections()
    expect(await erl.eval('atom_to_list(node())')).toBe(`"${given?.peer.name}"`)
    expect(await erl.eval('rpc:call(caml@localhost, echo, f, [self()]) =:= [self()]')).toBe('true')
  })

  test('nodes find each other by name, and again after EPMD has been killed and started', async () => {
    const epmdPort = await freePort()
    const kill = await startEpmd(epmdPort)
    const resolver = new EpmdResolver({
      network,
      peers: network,
      clock: systemClock,
      epmdPort,
      self: 'caml@127.0.0.1',
      epmdHost: '127.0.0.1',
    })
    const echo = await startNode('caml@127.0.0.1', { resolver })
    const registrations = await register(echo, epmdPort)
    const erl = await startErl({ name: 'peer@127.0.0.1', epmdPort, args: ['-start_epmd', 'false'] })
    expect(await erl.eval("net_adm:ping('caml@127.0.0.1')")).toBe('pong')
    for (const connection of echo.node.connections()) connection.end('again')
    await eventually(() => echo.node.connections().length === 0)
    await echo.node.reach('peer@127.0.0.1')
    expect(await erl.eval('net_adm:names("127.0.0.1")')).toContain(`{"caml",${echo.port}}`)
    await expect(echo.node.reach('nobody@127.0.0.1')).rejects.toThrow('EPMD on 127.0.0.1 knows no nobody')
    await kill()
    // What is connected stays so.
    expect(await erl.eval("rpc:call('caml@127.0.0.1', echo, f, [x])")).toBe('[x]')
    await expect(echo.node.reach('nobody@127.0.0.1')).rejects.toThrow('ECONNREFUSED')
    await startEpmd(epmdPort)
    await eventually(() => registrations() === 2, 10_000)
    const late = await startErl({ name: 'late@127.0.0.1', epmdPort, args: ['-start_epmd', 'false'] })
    expect(await late.eval("net_adm:ping('caml@127.0.0.1')")).toBe('pong')
  }, 60_000)
})
