/** A visible node, and process groups: what `global`, `pg`, `net_kernel` and others ask of it, by real `erl`s. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FixedPortResolver } from '../../src/daemon/node-resolver.ts'
import { TcpNetwork } from '../../src/daemon/tcp-network.ts'
import { atom, type Term, tuple } from '../../src/erlang-term-format/index.ts'
import { type EchoNode, eventually, freePort, startEchoNode } from './echo-node.ts'
import { Erl } from './erl.ts'

const cookie = 'correct_horse'
const name = 'caml@127.0.0.2'
const caml = `'${name}'`

describe.each([
  ['visible', false],
  ['hidden', true],
])('a %s node', (_, hidden) => {
  let echo: EchoNode
  let erl: Erl

  beforeAll(async () => {
    const port = await freePort()
    echo = await startEchoNode(name, cookie, { hidden }, '127.0.0.2', port)
    erl = await Erl.start({ name: 'seer@127.0.0.1', cookie, listenPort: port })
    await erl.eval('{ok, _} = pg:start(pg), ok')
    expect(await erl.eval(`net_adm:ping(${caml})`)).toBe('pong')
  })

  afterAll(async () => {
    await erl?.stop()
    echo?.stop()
  })

  test('is where nodes() looks for it', async () => {
    expect(await erl.eval('{nodes(), nodes(hidden)}')).toBe(hidden ? `{[],[${caml}]}` : `{[${caml}],[]}`)
    expect(echo.node.connections()[0]?.hidden).toBe(false)
  })

  test.each([
    ['global:sync()', 'ok'],
    ['global:register_name(me, self())', 'yes'],
    ['yes = global:register_name(you, self()), is_pid(global:whereis_name(you))', 'true'],
    ['global:trans({res, self()}, fun() -> inside end, [node() | nodes()])', 'inside'],
    ['global:set_lock({res, self()})', 'true'],
    ['net_adm:names("127.0.0.1") =/= fail', 'true'],
    [`{_, Bad} = rpc:multicall(echo, f, [x]), Bad`, '[]'],
    [`erpc:multicall([node() | nodes()], erlang, node, [], 5000) =/= fail`, 'true'],
    [
      `net_kernel:monitor_nodes(true), erlang:monitor_node(${caml}, true), erlang:monitor_node(${caml}, false)`,
      'true',
    ],
    [`lists:member(${caml}, nodes(connected))`, 'true'],
  ])('%s', async (expression, expected) => {
    expect(await erl.eval(expression, 10_000)).toBe(expected)
  })

  test('gives up a lock when its holder dies, and not before', async () => {
    const held = 'global:set_lock({mine, self()}, [node() | nodes(connected)], 0)'
    await erl.eval(`register(holder, spawn(fun() -> ${held}, receive never -> ok end end)), timer:sleep(100)`)
    expect(await erl.eval(held)).toBe('false')
    await erl.eval('exit(whereis(holder), kill), timer:sleep(100)')
    expect(await erl.eval(held)).toBe('true')
  })

  test('is found by process group, and finds others', async () => {
    const group: Term = tuple(atom('workers'), atom('ocaml'))
    const heard: string[] = []
    const worker = echo.node.spawn({ event: ({ kind }) => heard.push(kind) })
    echo.node.groups.join(group, worker.pid)
    echo.node.groups.join(group, worker.pid)
    await erl.eval(
      'register(member, spawn(fun() -> receive never -> ok end end)), pg:join({workers, ocaml}, whereis(member))',
    )
    await eventually(() => echo.node.groups.getMembers(group).length === 3)
    expect(await erl.eval(`length(pg:get_members({workers, ocaml}))`)).toBe('3')
    expect(await erl.eval(`length([P || P <- pg:get_members({workers, ocaml}), node(P) =:= ${caml}])`)).toBe(
      '2',
    )
    expect(await erl.eval('length(pg:get_local_members({workers, ocaml}))')).toBe('1')
    await erl.eval(`[hd([P || P <- pg:get_members({workers, ocaml}), node(P) =:= ${caml}]) ! hi]`)
    await eventually(() => heard.includes('message'))
    expect(echo.node.groups.leave(group, worker.pid)).toBe(true)
    expect(echo.node.groups.leave(atom('other'), worker.pid)).toBe(false)
    await erl.eval('exit(whereis(member), kill)')
    await eventually(() => echo.node.groups.getMembers(group).length === 1)
    worker.exit()
    await eventually(() => echo.node.groups.whichGroups().length === 0)
    await erl.eval('timer:sleep(100)')
    expect(await erl.eval('pg:which_groups()')).toBe('[]')
  })

  test('is discovered again after the connection was lost', async () => {
    const worker = echo.node.spawn({ event() {} })
    echo.node.groups.join(atom('again'), worker.pid)
    await erl.eval(`erlang:disconnect_node(${caml})`)
    await eventually(() => echo.node.connections().length === 0)
    expect(await erl.eval('timer:sleep(100), pg:get_members(again)')).toBe('[]')
    await erl.eval(`net_adm:ping(${caml}), timer:sleep(200)`)
    expect(await erl.eval('length(pg:get_members(again))')).toBe('1')
    expect(await erl.eval('global:sync()', 10_000)).toBe('ok')
    echo.node.groups.leave(atom('again'), worker.pid)
  })

  test('causes no log entries over there', () => {
    expect(erl.output).toBe('')
  })
})

describe('a cluster', () => {
  test('that an erl joins through another one connects the visible node to it, too', async () => {
    const port = await freePort()
    const resolver = new FixedPortResolver(new TcpNetwork(), port)
    const options = { hidden: false, resolver, settings: { tickTime: 3000 } }
    const echo = await startEchoNode('caml@127.0.0.3', cookie, options, '127.0.0.3', port)
    const tick = ['-kernel', 'net_ticktime', '3']
    const one = await Erl.start({ name: 'one@127.0.0.1', cookie, listenPort: port, args: tick })
    const two = await Erl.start({ name: 'two@127.0.0.2', cookie, listenPort: port, args: tick })
    try {
      expect(await one.eval("net_adm:ping('caml@127.0.0.3')")).toBe('pong')
      expect(await two.eval("net_adm:ping('one@127.0.0.1')")).toBe('pong')
      await eventually(() => echo.node.connections().length === 2, 5000)
      expect(await two.eval('global:sync(), lists:sort(nodes())', 10_000)).toBe(
        "['caml@127.0.0.3','one@127.0.0.1']",
      )
      expect([one.output, two.output]).toEqual(['', ''])
    } finally {
      echo.stop()
      await one.stop()
      await two.stop()
    }
  }, 60_000)

  test('of two erls and a visible node is fully connected, and synchronised', async () => {
    const port = await freePort()
    const network = new TcpNetwork()
    const resolver = new FixedPortResolver(network, port)
    const one = await Erl.start({ name: 'one@127.0.0.1', cookie, listenPort: port })
    const two = await Erl.start({ name: 'two@127.0.0.2', cookie, listenPort: port })
    const echo = await startEchoNode('caml@127.0.0.3', cookie, { hidden: false, resolver }, '127.0.0.3', port)
    try {
      expect(await one.eval("net_adm:ping('two@127.0.0.2')")).toBe('pong')
      // The node that connects to one of them is connected to the other, too.
      await echo.node.reach('one@127.0.0.1')
      await eventually(() => echo.node.connections().length === 2, 5000)
      for (const erl of [one, two]) {
        expect(await erl.eval('global:sync(), length(nodes())', 10_000)).toBe('2')
      }
      expect(await one.eval('global:register_name(shared, self()), timer:sleep(200), ok', 10_000)).toBe('ok')
      expect(await two.eval('rpc:multicall(echo, f, [x])')).toContain('[x]')
      echo.stop()
      await eventually(() => echo.node.connections().length === 0)
      expect(await one.eval('timer:sleep(300), nodes()')).toBe("['two@127.0.0.2']")
      expect(await two.eval('nodes()')).toBe("['one@127.0.0.1']")
      expect([one.output, two.output]).toEqual(['', ''])
    } finally {
      echo.stop()
      await one.stop()
      await two.stop()
    }
  }, 60_000)
})
