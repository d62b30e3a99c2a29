/** Over real sockets: our client and server with each other, with the real `epmd` and with real `erl`s. */

import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import type { Socket } from 'node:net'
import { connect, createServer } from 'node:net'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import type { Log } from '../../src/base/ports.ts'
import { silentLog } from '../../src/base/ports.ts'
import { systemClock, systemRandom } from '../../src/daemon/system-clock.ts'
import { TcpNetwork } from '../../src/daemon/tcp-network.ts'
import type { Pid } from '../../src/erlang-term-format/index.ts'
import { atom, decode, encode, formatTerm } from '../../src/erlang-term-format/index.ts'
import type { EpmdServerOptions, RegistrationFailure } from '../../src/node-epmd/index.ts'
import {
  EpmdServer,
  encodeRequest,
  lookup,
  names,
  nodeEntry,
  Registration,
} from '../../src/node-epmd/index.ts'
import { startErl } from '../erlang-term-format/erl.ts'

const host = '127.0.0.1'
const world = { network: new TcpNetwork(), clock: systemClock, host }
const cleanUps: (() => unknown)[] = []

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

async function startServer(port = 0, options: Partial<EpmdServerOptions> = {}) {
  const server = new EpmdServer({ ...world, random: systemRandom, port, ...options })
  const actual = await server.listen()
  cleanUps.push(() => server.close())
  return { server, at: { ...world, port: actual } }
}

/** A registration whose events can be awaited in order. */
function register(at: { port: number }, name: string, port = 4000) {
  const events: (number | RegistrationFailure['kind'])[] = []
  let wake = () => {}
  const add = (event: number | RegistrationFailure['kind']) => {
    events.push(event)
    wake()
  }
  const registration = new Registration({ ...world, ...at }, nodeEntry(name, port, true), {
    registered: add,
    failed: ({ kind }) => add(kind),
  })
  cleanUps.push(() => registration.stop())
  registration.start()
  const next = async (wanted: (event: number | string) => boolean) => {
    for (;;) {
      while (events.length > 0) {
        const event = events.shift() as number | RegistrationFailure['kind']
        if (wanted(event)) return event
      }
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }
  const creation = () => next((event) => typeof event === 'number')
  return {
    registration,
    creation,
    failure: (kind: RegistrationFailure['kind']) => next((event) => event === kind),
  }
}

async function eventually(condition: () => unknown): Promise<void> {
  for (let waited = 0; waited < 20_000; waited += 20) {
    if (await condition()) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  expect.fail('it did not come about')
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, host, () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}

/** The real epmd, in the foreground. */
async function startEpmd(port: number): Promise<ChildProcess> {
  const child = spawn('epmd', ['-port', String(port), '-address', host, '-relaxed_command_check'], {
    stdio: 'ignore',
  })
  const error = new Promise<never>((_, reject) => child.once('error', reject))
  cleanUps.push(() => stopEpmd(child))
  const up = eventually(() =>
    names({ ...world, port }).then(
      () => true,
      () => false,
    ),
  )
  await Promise.race([up, error])
  return child
}

function stopEpmd(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve()
    child.once('exit', () => resolve())
    child.kill('SIGKILL')
  })
}

describe.each([
  ['our own server', async () => (await startServer()).at],
  [
    'the real epmd',
    async () => {
      const port = await freePort()
      await startEpmd(port)
      return { ...world, port }
    },
  ],
])('with %s', (_which, start) => {
  test('a node is registered, found and forgotten', async () => {
    const at = await start()
    expect(await lookup(at, 'caml')).toBeNull()
    const { registration, creation } = register(at, 'caml', 4001)
    expect(await creation()).toBeGreaterThan(0)
    expect(await lookup(at, 'caml')).toEqual(nodeEntry('caml', 4001, true))
    expect(await names(at)).toEqual({ epmdPort: at.port, nodes: [{ name: 'caml', port: 4001 }] })
    registration.stop()
    await eventually(async () => (await lookup(at, 'caml')) === null)
  })

  test('a name in use is refused until its owner leaves', async () => {
    const at = await start()
    const first = register(at, 'caml', 4001)
    const before = await first.creation()
    const second = register(at, 'caml', 4002)
    await second.failure('refused')
    expect(await lookup(at, 'caml')).toMatchObject({ port: 4001 })
    first.registration.stop()
    expect(await second.creation()).not.toBe(before)
    expect(await lookup(at, 'caml')).toMatchObject({ port: 4002 })
  })

  test('several nodes, with names beyond ASCII', async () => {
    const at = await start()
    const wanted = ['a', 'été', 'node_3']
    const all = wanted.map((name, i) => register(at, name, 5000 + i))
    await Promise.all(all.map(({ creation }) => creation()))
    const { nodes } = await names(at)
    expect(nodes.map(({ name }) => name).sort()).toEqual([...wanted].sort())
    expect(await lookup(at, 'été')).toMatchObject({ name: 'été', port: 5001 })
  })
})

test('a registration survives the real epmd being killed and started again', async () => {
  const port = await freePort()
  const epmd = await startEpmd(port)
  const { creation, failure } = register({ port }, 'caml')
  await creation()
  await stopEpmd(epmd)
  await failure('lost')
  await failure('unreachable')
  await startEpmd(port)
  expect(await creation()).toBeGreaterThan(0)
  expect(await lookup({ ...world, port }, 'caml')).toMatchObject({ name: 'caml' })
})

test('a question to nobody fails', async () => {
  const port = await freePort()
  await expect(lookup({ ...world, port }, 'caml')).rejects.toThrow()
  await expect(names({ ...world, port })).rejects.toThrow()
})

test('a question to a peer that does not answer, or answers wrongly, fails', async () => {
  const answers: ((socket: Socket) => void)[] = [
    () => {},
    (socket) => socket.end(),
    (socket) => socket.end(Uint8Array.of(119, 0, 1)),
    (socket) => socket.write(Uint8Array.of(1, 2, 3)),
    (socket) => socket.write(Buffer.concat([Uint8Array.of(119, 0), new Uint8Array(200_000)])),
  ]
  for (const answer of answers) {
    const peer = createServer((socket) => answer(socket.on('error', () => {}))).listen(0, host)
    await new Promise((resolve) => peer.once('listening', resolve))
    const { port } = peer.address() as { port: number }
    await expect(lookup({ ...world, port, timeout: 200 }, 'caml')).rejects.toThrow()
    peer.close()
  }
})

describe('our server', () => {
  test('bounds names, connections and time', async () => {
    const { server, at } = await startServer(0, { maxNames: 2, maxConnections: 3, timeout: 300 })
    await register(at, 'a').creation()
    await register(at, 'b').creation()
    await register(at, 'c').failure('refused')
    expect(server.nodes.map(({ name }) => name)).toEqual(['a', 'b'])
    const closed: Promise<unknown>[] = []
    for (let i = 0; i < 6; i++) closed.push(closing(at.port, Uint8Array.of(0, 9)))
    await Promise.all(closed)
    expect(await lookup(at, 'a')).toMatchObject({ name: 'a' })
  })

  test('hostile bytes close their own connection only', async () => {
    const { server, at } = await startServer()
    await register(at, 'caml').creation()
    const request = encodeRequest({ kind: 'alive', node: nodeEntry('evil', 1, false) })
    const payloads = [
      Uint8Array.of(0, 0),
      Uint8Array.of(255, 255, 1),
      Uint8Array.of(0, 1, 107),
      Uint8Array.of(...request, 1),
      ...fc
        .sample(fc.uint8Array({ minLength: 3, maxLength: 3000 }), { numRuns: 100, seed: 1 })
        .map((noise) => {
          noise[0] = 0
          noise[1] = Math.min(noise.length - 3, 255)
          return noise
        }),
    ]
    await Promise.all(payloads.map((payload) => closing(at.port, payload)))
    expect(server.nodes.map(({ name }) => name)).toEqual(['caml'])
    expect(await lookup(at, 'caml')).toMatchObject({ name: 'caml' })
  })

  test('a registered node that goes on talking loses its name', async () => {
    const { server, at } = await startServer()
    const socket = connect(at.port, host)
    socket.write(encodeRequest({ kind: 'alive', node: nodeEntry('chatty', 1, false) }))
    await eventually(() => server.nodes.length === 1)
    socket.on('error', () => {}).write(Uint8Array.of(1))
    await eventually(() => server.nodes.length === 0)
    socket.destroy()
  })
})

/** Sends bytes and resolves when the peer has closed. */
function closing(port: number, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, host, () => socket.write(bytes))
    socket.on('error', () => {})
    socket.on('close', () => resolve())
    socket.resume()
  })
}

describe('real Erlang nodes', () => {
  /** Collects the creations that the server gives, by name. */
  function creationLog(): { log: Log; creations: Map<string, number[]> } {
    const creations = new Map<string, number[]>()
    const log: Log = {
      ...silentLog,
      info(fields) {
        const { name, creation, accepted } = fields as { name: string; creation?: number; accepted?: boolean }
        if (accepted) creations.set(name, [...(creations.get(name) ?? []), creation as number])
      },
    }
    return { log, creations }
  }

  function startNode(name: string, port: number) {
    const args = ['-name', `${name}@${host}`, '-setcookie', 'epmd_test', '-start_epmd', 'false']
    const erl = startErl(args, { ERL_EPMD_PORT: String(port), ERL_EPMD_ADDRESS: host })
    cleanUps.push(() => erl.stop())
    const ask = async (source: string) => decode(await erl.eval(source, encode(atom('none'))))
    return { ask }
  }

  test('register with our server, find each other, and connect', async () => {
    const { log, creations } = creationLog()
    const { server, at } = await startServer(0, { log })
    const a = startNode('erl_a', at.port)
    const b = startNode('erl_b', at.port)
    expect(formatTerm(await b.ask('node()'))).toBe("'erl_b@127.0.0.1'")
    expect(formatTerm(await a.ask("net_adm:ping('erl_b@127.0.0.1')"))).toBe('pong')
    const self = (await a.ask('self()')) as Pid
    expect(creations.get('erl_a')).toEqual([self.creation])
    await register(at, 'caml', 4567).creation()
    expect(formatTerm(await a.ask('erl_epmd:port_please("caml", {127,0,0,1})'))).toBe('{port,4567,6}')
    expect(formatTerm(await a.ask('erl_epmd:port_please("nobody", {127,0,0,1})'))).toBe('noport')
    expect(
      formatTerm(await a.ask('lists:sort([N || {N, _} <- element(2, erl_epmd:names({127,0,0,1}))])')),
    ).toBe('["caml","erl_a","erl_b"]')
    const port = server.nodes.find(({ name }) => name === 'erl_a')?.port
    expect(await lookup(at, 'erl_a')).toMatchObject({ port, hidden: false })
  })

  test('a node and a registration of ours come back when our server does', async () => {
    const port = await freePort()
    const { server, at } = await startServer(port)
    const ours = register(at, 'caml')
    await ours.creation()
    const node = startNode('erl_c', port)
    await node.ask('node()')
    await eventually(() => server.nodes.length === 2)
    server.close()
    await ours.failure('lost')
    const { server: again } = await startServer(port)
    await ours.creation()
    await eventually(() => again.nodes.length === 2)
    expect(await lookup(at, 'erl_c')).toMatchObject({ name: 'erl_c' })
  })
})
