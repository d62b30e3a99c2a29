import { beforeEach, describe, expect, test } from 'vitest'
import { silentLog } from '../../src/base/ports.ts'
import {
  type Atom,
  atom,
  binary,
  decodeBare,
  encodeBare,
  int,
  list,
  listWithTail,
  type Pid,
  pid,
  type Term,
  tuple,
} from '../../src/erlang-term-format/index.ts'
import { callRemote } from '../../src/node/client.ts'
import type { Control } from '../../src/node/control.ts'
import type { CallOutcome, CallRequest, Dispatcher } from '../../src/node/dispatcher.ts'
import { ErlangNode } from '../../src/node/node.ts'
import type { LocalProcess, ProcessEvent } from '../../src/node/process.ts'
import { MemoryNetwork, settle, TestClock, testRandom } from './memory-network.ts'

const nil = Uint8Array.of(106)

/** Keeps the calls that come until the test answers them. */
class Waiting implements Dispatcher {
  readonly open: { request: CallRequest; done: (outcome: CallOutcome) => void }[] = []
  cancelled = 0

  call(request: CallRequest, done: (outcome: CallOutcome) => void) {
    this.open.push({ request, done })
    return { cancel: () => this.cancelled++ }
  }

  answer(value: Term): void {
    this.open.shift()?.done({ kind: 'return', value: encodeBare(value) })
  }
}

class World {
  readonly clock = new TestClock()
  readonly network = new MemoryNetwork()
  readonly dispatcher = new Waiting()

  async node(name: string, port: number, cookie = 'x', creation = 1): Promise<ErlangNode> {
    const node = new ErlangNode({
      name,
      cookie,
      creation,
      clock: this.clock,
      random: testRandom(creation),
      log: silentLog,
      dispatcher: this.dispatcher,
    })
    await this.network.listen('', port, node.accept)
    return node
  }
}

/** A process that keeps what happens to it. */
function recorder(node: ErlangNode, trapExit = false): { process: LocalProcess; events: ProcessEvent[] } {
  const events: ProcessEvent[] = []
  const process = node.spawn({ trapExit, event: (event) => events.push(event) })
  return { process, events }
}

const messages = (events: readonly ProcessEvent[]): Term[] =>
  events.flatMap((event) => (event.kind === 'message' ? [decodeBare(event.payload)] : []))

const reasons = (events: readonly ProcessEvent[]): [kind: string, reason: Term][] =>
  events.flatMap((event) => ('reason' in event ? [[event.kind, decodeBare(event.reason)]] : []))

let world: World
let a: ErlangNode
let b: ErlangNode

beforeEach(async () => {
  world = new World()
  a = await world.node('a@host', 1)
  b = await world.node('b@host', 2)
})

const connect = () => a.connect('b@host', world.network, '', 2)

describe('connecting', () => {
  test('once, however often it is asked for', async () => {
    const [first, second] = await Promise.all([connect(), connect()])
    expect(first).toBe(second)
    expect(await connect()).toBe(first)
    expect(world.network.streams.length).toBe(1)
    expect(b.connections().map(({ peer }) => peer.name)).toEqual(['a@host'])
  })

  test('fails with the reason', async () => {
    await expect(a.connect('c@host', world.network, '', 3)).rejects.toThrow('connection refused')
    await expect(a.connect('c@host', world.network, '', 2)).rejects.toThrow('another node answered: b@host')
    const stranger = await world.node('s@host', 4, 'guess')
    await expect(stranger.connect('b@host', world.network, '', 2)).rejects.toThrow('closed by the peer')
    expect(b.connections()).toEqual([])
  })

  test('both at the same time leaves one connection, for both', async () => {
    const [fromA, fromB] = await Promise.all([connect(), b.connect('a@host', world.network, '', 1)])
    await settle()
    expect(fromA.up).toBe(true)
    expect(fromB.up).toBe(true)
    expect(a.connection('b@host')).toBe(fromA)
    expect(b.connection('a@host')).toBe(fromB)
    expect(world.network.streams.filter(({ gone }) => !gone).length).toBe(1)
    const receiver = recorder(b)
    recorder(a).process.send(receiver.process.pid, atom('hi'))
    await settle()
    expect(messages(receiver.events)).toEqual([atom('hi')])
  })

  test('a node that comes back replaces its dead connection', async () => {
    await connect()
    const downs: string[] = []
    b.onNodeDown((name) => downs.push(name))
    const old = b.connection('a@host')
    const reborn = await world.node('a@host', 5, 'x', 2)
    await reborn.connect('b@host', world.network, '', 2)
    await settle()
    expect(downs).toEqual(['a@host'])
    expect(old?.up).toBe(false)
    expect(b.connection('a@host')?.peer.creation).toBe(2)
  })

  test('somebody who only says that he is a node that is up changes nothing', async () => {
    const living = await connect()
    const liar = await world.node('a@host', 5, 'guess', 2)
    await expect(liar.connect('b@host', world.network, '', 2)).rejects.toThrow()
    await settle()
    expect(living.up).toBe(true)
    expect(b.connection('a@host')?.up).toBe(true)
  })

  test('an attempt that gets no answer ends', async () => {
    await world.network.listen('', 9, () => ({ data() {}, drained() {}, closed() {} }))
    const attempt = expect(a.connect('c@host', world.network, '', 9)).rejects.toThrow('too long')
    await settle()
    await world.clock.advance(10_000)
    await attempt
  })
})

describe('processes', () => {
  test('send by pid, name and alias, here and there', async () => {
    await connect()
    for (const node of [a, b]) {
      const receiver = recorder(node)
      const sender = recorder(a).process
      node.register('post', receiver.process)
      const alias = node.makeAlias(receiver.process)
      sender.send(receiver.process.pid, int(1))
      sender.send({ kind: 'name', name: 'post', node: node.name }, int(2))
      sender.send(alias, int(3))
      await settle()
      node.dropAlias(alias)
      sender.send(alias, int(4))
      sender.send({ kind: 'name', name: 'nobody', node: node.name }, int(5))
      await settle()
      expect(messages(receiver.events)).toEqual([int(1), int(2), int(3)])
      node.unregister('post')
    }
  })

  test('are watched by pid and by name', async () => {
    await connect()
    for (const node of [a, b]) {
      const watched = recorder(node).process
      node.register('watched', watched)
      const { process, events } = recorder(a)
      const references = [
        process.monitor(watched.pid),
        process.monitor({ kind: 'name', name: 'watched', node: node.name }),
        process.monitor({ kind: 'name', name: 'nobody', node: node.name }),
        process.monitor({ kind: 'name', name: 'nobody', node: 'nowhere@host' }),
      ]
      process.demonitor(process.monitor(watched.pid))
      await settle()
      expect(
        reasons(events)
          .map(([, reason]) => (reason as Atom).name)
          .sort(),
      ).toEqual(['noconnection', 'noproc'])
      watched.exit(tuple(atom('bye'), int(1)))
      await settle()
      const downs = events.slice(2)
      expect(downs.map((event) => (event.kind === 'down' ? [event.from, event.reference] : null))).toEqual([
        [watched.pid, references[0]],
        [atom('watched'), references[1]],
      ])
      expect(node.whereis('watched')).toBe(undefined)
    }
  })

  test('are linked, and unlinked', async () => {
    await connect()
    for (const node of [a, b]) {
      const [one, two, three] = [recorder(a), recorder(node), recorder(node, true)]
      one.process.link(two.process.pid)
      one.process.link(three.process.pid)
      const apart = recorder(node)
      one.process.link(apart.process.pid)
      one.process.unlink(apart.process.pid)
      await settle()
      one.process.exit(atom('boom'))
      await settle()
      expect(two.process.isAlive).toBe(false)
      expect(reasons(two.events)).toEqual([['ended', atom('boom')]])
      expect(reasons(three.events)).toEqual([['exit', atom('boom')]])
      expect(apart.process.isAlive).toBe(true)
    }
  })

  test('hear of links to nobody', async () => {
    await connect()
    const { process, events } = recorder(a, true)
    process.link(pid('b@host', 999, 0, 1))
    process.link(pid('b@host', 1, 0, 2))
    process.link(pid('nowhere@host', 1, 0, 1))
    await settle()
    expect(reasons(events)).toEqual([
      ['exit', atom('noconnection')],
      ['exit', atom('noproc')],
      ['exit', atom('noproc')],
    ])
  })

  test('take exit signals', async () => {
    await connect()
    const sender = recorder(a).process
    const [plain, trapping, killed] = [recorder(b), recorder(b, true), recorder(b, true)]
    sender.exitOther(plain.process.pid, atom('normal'))
    sender.exitOther(trapping.process.pid, atom('please'))
    sender.exitOther(killed.process.pid, atom('kill'))
    await settle()
    expect(plain.process.isAlive).toBe(true)
    expect(reasons(trapping.events)).toEqual([['exit', atom('please')]])
    expect(reasons(killed.events)).toEqual([['ended', atom('killed')]])
    sender.exitOther(plain.process.pid, atom('go'))
    await settle()
    expect(plain.process.isAlive).toBe(false)
  })

  test('lose what is over there with the connection', async () => {
    const connection = await connect()
    const far = recorder(b).process
    const watcher = recorder(a, true)
    watcher.process.monitor(far.pid)
    watcher.process.link(far.pid)
    await settle()
    connection.close('cut')
    await settle()
    expect(reasons(watcher.events)).toEqual([
      ['down', atom('noconnection')],
      ['exit', atom('noconnection')],
    ])
    expect(far.isAlive).toBe(false)
  })

  test('unlinking is acknowledged, and links again are possible', async () => {
    await connect()
    const [one, two] = [recorder(a), recorder(b)]
    one.process.link(two.process.pid)
    one.process.unlink(two.process.pid)
    await settle()
    one.process.link(two.process.pid)
    await settle()
    two.process.exit(atom('x'))
    await settle()
    expect(reasons(one.events)).toEqual([['ended', atom('x')]])
  })
})

describe('calls', () => {
  const call = (timeout = 1000) => callRemote(a, 'b@host', 'm', 'f', encodeBare(list(int(1))), timeout)

  test('are executed, with module, function, arguments and caller', async () => {
    await connect()
    const result = call()
    await settle()
    const { request } = world.dispatcher.open[0] ?? {}
    expect(request).toMatchObject({ module: 'm', function: 'f', async: false })
    expect(decodeBare(request?.args as Uint8Array)).toEqual(list(int(1)))
    expect(request?.peer).toBe('a@host')
    world.dispatcher.answer(binary('x'))
    expect(await result).toMatchObject({ kind: 'return', value: encodeBare(binary('x')) })
    expect([a.processCount, b.processCount]).toEqual([3, 3])
  })

  test.each([
    ['throw', [binary('t')]],
    ['exit', [binary('e')]],
    ['error', [binary('r'), list(atom('frame'))]],
  ] as const)('that raise %s say so', async (kind, [reason, stack = list()]) => {
    await connect()
    const result = call()
    await settle()
    const outcome: CallOutcome = {
      kind: 'raise',
      class: kind,
      reason: encodeBare(reason),
      stack: encodeBare(stack),
    }
    world.dispatcher.open[0]?.done(outcome)
    expect(JSON.stringify(await result)).toBe(JSON.stringify(outcome))
  })

  test('the spawn reply comes with the result, or before it if that takes long', async () => {
    const connection = await connect()
    await settle()
    const far = world.network.streams[0]?.peer
    const before = far?.writes.length ?? 0
    const quick = call()
    await settle()
    expect(far?.writes.length).toBe(before)
    world.dispatcher.answer(int(1))
    await quick
    expect(far?.writes.length).toBe(before + 1)
    const slow = call()
    await settle()
    await world.clock.advance(5)
    expect(far?.writes.length).toBe(before + 2)
    world.dispatcher.answer(int(2))
    await slow
    expect(far?.writes.length).toBe(before + 3)
    expect(connection.up).toBe(true)
  })

  test('are cancelled when the caller stops waiting, and nothing is sent then', async () => {
    await connect()
    const result = call(100)
    await settle()
    await world.clock.advance(101)
    expect(await result).toEqual({ kind: 'failed', reason: encodeBare(atom('timeout')) })
    expect(world.dispatcher.cancelled).toBe(1)
    const writes = world.network.streams[0]?.peer?.writes.length
    world.dispatcher.answer(int(1))
    await settle()
    expect(world.network.streams[0]?.peer?.writes.length).toBe(writes)
  })

  test('are cancelled also when the caller did not wait for the spawn reply', async () => {
    await connect()
    const result = call(1)
    await settle()
    await world.clock.advance(10)
    expect(await result).toEqual({ kind: 'failed', reason: encodeBare(atom('timeout')) })
    expect(world.dispatcher.cancelled).toBe(1)
  })

  test('are cancelled when the connection is lost', async () => {
    const connection = await connect()
    const result = call()
    await settle()
    await world.clock.advance(5)
    connection.close('cut')
    await settle()
    expect(await result).toEqual({ kind: 'failed', reason: encodeBare(atom('noconnection')) })
    expect(world.dispatcher.cancelled).toBe(1)
    expect(b.processCount).toBe(3)
  })

  test('without a connection fail at once', async () => {
    expect(await call()).toEqual({ kind: 'failed', reason: encodeBare(atom('noconnection')) })
  })

  test('of anything but erpc become processes, with a group leader that may change', async () => {
    await connect()
    const { process, events } = recorder(a)
    process.spawnRemote('b@host', 'm', 'f', 1, encodeBare(list(int(1))))
    await settle()
    const [spawned] = events
    const there = spawned?.kind === 'spawned' && spawned.result.kind === 'pid' ? spawned.result : process.pid
    const [running] = world.dispatcher.open
    expect(running?.request).toMatchObject({
      module: 'm',
      function: 'f',
      caller: encodeBare(process.pid),
      async: false,
    })
    expect(running?.request.groupLeader).toEqual(encodeBare(process.pid))
    const leader = recorder(a).process.pid
    process.setGroupLeader(leader, there)
    await settle()
    expect(running?.request.groupLeader).toEqual(encodeBare(leader))
    world.dispatcher.answer(atom('done'))
    await settle()
    expect(reasons(events)).toEqual([['down', atom('normal')]])
    expect(b.processCount).toBe(3)
  })

  test('get the messages that come before they have asked for their self', async () => {
    await connect()
    const { process, events } = recorder(a)
    process.spawnRemote('b@host', 'm', 'f', 0, encodeBare(list()))
    await settle()
    const [spawned] = events
    const there = spawned?.kind === 'spawned' && spawned.result.kind === 'pid' ? spawned.result : process.pid
    process.send(there, atom('early'))
    await settle()
    const heard: ProcessEvent[] = []
    const behaviour = { trapExit: true, event: (event: ProcessEvent) => heard.push(event) }
    const self = b.standFor(world.dispatcher.open[0]?.request.process ?? 0, behaviour)
    expect(self?.pid).toEqual(there)
    process.send(there, atom('late'))
    process.exitOther(there, atom('trapped'))
    await settle()
    expect(messages(heard)).toEqual([atom('early'), atom('late')])
    expect(reasons(heard)).toEqual([['exit', atom('trapped')]])
    world.dispatcher.open[0]?.done({
      kind: 'raise',
      class: 'exit',
      reason: encodeBare(atom('over')),
      stack: nil,
    })
    await settle()
    expect(reasons(events)).toEqual([['down', atom('over')]])
    expect(heard.at(-1)?.kind).toBe('ended')
    expect(b.standFor(there.id, behaviour)).toBe(null)
  })

  test('are the same when they are traced, and without erpc in between', async () => {
    await connect()
    const { process, events } = recorder(a)
    const reference = a.makeReference()
    const args = list(atom('res'), atom('m'), atom('f'), list(int(1)))
    const control: Control = {
      kind: 'spawnRequest',
      reference,
      from: process.pid,
      groupLeader: process.pid,
      module: 'erpc',
      function: 'execute_call',
      arity: 4,
      options: list(),
      token: atom('token'),
    }
    a.route('b@host', control, encodeBare(args))
    a.route('a@host', { ...control, token: null, options: list(atom('link')) }, encodeBare(args))
    await settle()
    expect(world.dispatcher.open.map(({ request }) => request.module)).toEqual(['m', 'm'])
    world.dispatcher.answer(atom('there'))
    world.dispatcher.answer(atom('here'))
    await settle()
    expect(events).toEqual([])
  })

  test('with arguments that are no call are badarg', async () => {
    await connect()
    const { process, events } = recorder(a)
    const args = list(atom('res'), atom('m'), atom('f'), atom('not_a_list'))
    process.spawnRemote('b@host', 'erpc', 'execute_call', 4, encodeBare(args))
    await settle()
    expect(reasons(events)).toEqual([
      ['down', tuple(atom('res'), atom('error'), tuple(atom('erpc'), atom('badarg')))],
    ])
  })
})

describe('rex', () => {
  const rex = { kind: 'name', name: 'rex', node: 'b@host' } as const
  const call = tuple(atom('call'), atom('m'), atom('f'), list(int(1)), atom('user'))

  test('answers generic calls by the way the tag asks for', async () => {
    await connect()
    const { process, events } = recorder(a)
    const alias = a.makeAlias(process)
    const tags: Term[] = [
      listWithTail([atom('alias')], alias),
      listWithTail([listWithTail([atom('alias')], alias)], atom('more')),
      alias,
      tuple(alias, atom('b@host')),
    ]
    for (const tag of tags) {
      process.send(rex, tuple(atom('$gen_call'), tuple(process.pid, tag), call))
      await settle()
      world.dispatcher.answer(atom('yes'))
      await settle()
    }
    expect(messages(events)).toEqual(tags.map((tag) => tuple(tag, atom('yes'))))
  })

  test('answers C nodes, and wraps what was raised', async () => {
    await connect()
    const { process, events } = recorder(a)
    const raise = (kind: 'error' | 'exit' | 'throw'): CallOutcome => ({
      kind: 'raise',
      class: kind,
      reason: encodeBare(atom('r')),
      stack: encodeBare(list(atom('s'))),
    })
    for (const kind of ['error', 'exit', 'throw'] as const) {
      process.send(rex, tuple(process.pid, call))
      await settle()
      world.dispatcher.open.shift()?.done(raise(kind))
      await settle()
    }
    const badrpc = (reason: Term): Term => tuple(atom('badrpc'), tuple(atom('EXIT'), reason))
    expect(messages(events)).toEqual([
      tuple(atom('rex'), badrpc(tuple(atom('r'), list(atom('s'))))),
      tuple(atom('rex'), badrpc(atom('r'))),
      tuple(atom('rex'), atom('r')),
    ])
  })

  test('passes messages on to names', async () => {
    await connect()
    const [sender, receiver] = [recorder(a), recorder(b)]
    b.register('post', receiver.process)
    for (const [operation, name] of [
      ['sbcast', 'post'],
      ['send', 'post'],
      ['sbcast', 'nobody'],
      ['send', 'nobody'],
    ] as const) {
      sender.process.send(rex, tuple(sender.process.pid, tuple(atom(operation), atom(name), int(7))))
    }
    sender.process.send(rex, tuple(sender.process.pid, atom('features_request')))
    await settle()
    expect(messages(receiver.events)).toEqual([int(7), tuple(sender.process.pid, int(7))])
    const nobody = tuple(atom('rex'), atom('b@host'), tuple(atom('nonexisting_name'), atom('nobody')))
    expect(messages(sender.events)).toEqual([
      tuple(atom('rex'), atom('b@host'), atom('b@host')),
      nobody,
      nobody,
      tuple(atom('features_reply'), atom('b@host'), list(atom('erpc'))),
    ])
  })

  test('casts, in both forms', async () => {
    await connect()
    const { process } = recorder(a)
    const cast = tuple(atom('cast'), atom('m'), atom('f'), list(), process.pid)
    process.send(rex, tuple(atom('$gen_cast'), cast))
    process.send(rex, tuple(process.pid, cast))
    await settle()
    expect(world.dispatcher.open.map(({ request }) => [request.async, request.caller])).toEqual([
      [true, encodeBare(process.pid)],
      [true, encodeBare(process.pid)],
    ])
  })

  test('cancels by the monitor of the caller', async () => {
    await connect()
    const { process } = recorder(a)
    const calls = [0, 1].map(() => {
      const monitor = process.monitor(rex)
      process.send(rex, tuple(atom('$gen_call'), tuple(process.pid, monitor), call))
      return monitor
    })
    const middleman = tuple(a.makeReference(), atom('b@host'))
    process.send(rex, tuple(atom('$gen_call'), tuple(process.pid, middleman), call))
    await settle()
    expect(world.dispatcher.open.length).toBe(3)
    process.demonitor(calls[0] as NonNullable<(typeof calls)[0]>)
    await settle()
    expect(world.dispatcher.cancelled).toBe(1)
    process.demonitor(process.monitor(rex))
    await settle()
    expect(world.dispatcher.cancelled).toBe(2)
    process.demonitor(calls[1] as NonNullable<(typeof calls)[0]>)
    await settle()
    expect(world.dispatcher.cancelled).toBe(3)
  })

  test('cancels on the loss of the connection', async () => {
    const connection = await connect()
    recorder(a).process.send(rex, tuple(recorder(a).process.pid, call))
    await settle()
    connection.close('cut')
    await settle()
    expect(world.dispatcher.cancelled).toBe(1)
    world.dispatcher.answer(int(1))
  })

  test.each([
    atom('x'),
    tuple(),
    tuple(int(1), int(2)),
    tuple(atom('$gen_call'), int(1), int(2)),
    tuple(atom('$gen_call'), tuple(int(1), int(2)), int(3)),
    tuple(atom('$gen_cast'), tuple(atom('cast'))),
    tuple(pid('a@host', 1, 0, 1), tuple(atom('sbcast'), int(1), int(1))),
    tuple(pid('a@host', 1, 0, 1), tuple(atom('call'), int(1), atom('f'), list(), atom('user'))),
    tuple(pid('a@host', 1, 0, 1), tuple(atom('call'), atom('m'), atom('f'), atom('x'), atom('user'))),
  ])('ignores other messages', async (message) => {
    const connection = await connect()
    for (const name of ['rex', 'net_kernel']) {
      recorder(a).process.send({ kind: 'name', name, node: 'b@host' }, message)
    }
    await settle()
    expect(connection.up).toBe(true)
    expect(world.dispatcher.open).toEqual([])
  })
})

describe('signals in the name of other nodes', () => {
  const from: Pid = pid('c@host', 1, 0, 1)

  test('end the connection', async () => {
    const connection = await connect()
    connection.send({ kind: 'link', from, to: recorder(b).process.pid }, null)
    await settle()
    expect(connection.up).toBe(false)
  })

  test('end the connection also in calls', async () => {
    const connection = await connect()
    const args = encodeBare(list(atom('res'), atom('m'), atom('f'), list()))
    const request = {
      kind: 'spawnRequest',
      reference: a.makeReference(),
      groupLeader: from,
      module: 'erpc',
      function: 'execute_call',
      arity: 4,
      options: list(),
      token: null,
    } as const
    connection.send({ ...request, from: recorder(a).process.pid }, args)
    await settle()
    expect([connection.up, world.dispatcher.open.length]).toEqual([true, 1])
    expect(world.dispatcher.open[0]?.request.groupLeader).toEqual(encodeBare(from))
    connection.send({ ...request, from }, args)
    await settle()
    expect([connection.up, world.dispatcher.open.length]).toEqual([false, 1])
  })
})

test('stop ends everything, and no timer is left', async () => {
  await connect()
  a.stop()
  await settle()
  expect([a.connections(), b.connections()]).toEqual([[], []])
  await world.clock.advance(60_000)
  expect(world.clock.pending).toBe(0)
})
