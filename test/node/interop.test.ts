/** The node against a real `erl`: every form of call and relation that an Erlang node uses. */

import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decodeBare } from '../../src/erlang-term-format/index.ts'
import { type EchoNode, eventually, startEchoNode } from './echo-node.ts'
import { Erl } from './erl.ts'

const cookie = 'correct_horse'
const name = 'caml@127.0.0.1'
const caml = `'${name}'`

let echo: EchoNode
let erl: Erl

function text(encoded: Uint8Array): string {
  const term = decodeBare(encoded)
  return term.kind === 'atom' ? term.name : JSON.stringify(term)
}

describe.each([
  ['pass-through frames', false],
  ['distribution headers, atom cache and fragments', true],
])('with %s:', (_, distributionHeader) => {
  beforeAll(async () => {
    echo = await startEchoNode(name, cookie, { distributionHeader })
    erl = await Erl.start({ name: 'interop@127.0.0.1', cookie, peerPort: echo.port })
  })

  afterAll(async () => {
    await erl?.stop()
    echo?.stop()
  })

  describe('a shell', () => {
    test('sees the node', async () => {
      expect(await erl.eval(`net_adm:ping(${caml})`)).toBe('pong')
      expect(await erl.eval('nodes(hidden)')).toBe(`[${caml}]`)
      expect(await erl.eval('nodes()')).toBe('[]')
      const [connection] = echo.node.connections()
      expect(connection?.capabilities).toMatchObject({
        headerCache: distributionHeader,
        fragments: distributionHeader,
      })
    })

    test.each([
      [`rpc:call(${caml}, echo, f, [1, {a, "b"}])`, '[1,{a,"b"}]'],
      [`rpc:call(${caml}, echo, f, [], 5000)`, '[]'],
      [`rpc:call(${caml}, echo, later, [x])`, '[x]'],
      [`rpc:block_call(${caml}, echo, f, [x])`, '[x]'],
      [`rpc:block_call(${caml}, echo, later, [x])`, '[x]'],
      [`rpc:multicall([${caml}], echo, f, [x])`, '{[[x]],[]}'],
      [`rpc:yield(rpc:async_call(${caml}, echo, f, [x]))`, '[x]'],
      [`rpc:call(${caml}, nosuch, f, [x])`, "{badrpc,{'EXIT',{undef,[{nosuch,f,[]}]}}}"],
      [`rpc:call(${caml}, raise, throw, [x])`, '[x]'],
      [`rpc:call(${caml}, raise, exit, [x])`, "{badrpc,{'EXIT',[x]}}"],
      [`rpc:call(${caml}, raise, error, [x])`, "{badrpc,{'EXIT',{[x],[]}}}"],
      [`rpc:block_call(${caml}, raise, throw, [x])`, '[x]'],
      [`rpc:block_call(${caml}, raise, exit, [x])`, "{badrpc,{'EXIT',[x]}}"],
      [`rpc:block_call(${caml}, raise, error, [x])`, "{badrpc,{'EXIT',{[x],[]}}}"],
      [`erpc:call(${caml}, echo, f, [x])`, '[x]'],
      [`erpc:call(${caml}, echo, later, [x], 5000)`, '[x]'],
      [`catch erpc:call(${caml}, raise, throw, [x])`, '[x]'],
      [`try erpc:call(${caml}, raise, exit, [x]) catch C:R -> {C,R} end`, '{exit,{exception,[x]}}'],
      [`try erpc:call(${caml}, raise, error, [x]) catch C:R -> {C,R} end`, '{error,{exception,[x],[]}}'],
      [`erpc:multicall([${caml}], echo, f, [x])`, '[{ok,[x]}]'],
      [`erpc:receive_response(erpc:send_request(${caml}, echo, f, [x]))`, '[x]'],
      [`erpc:wait_response(erpc:send_request(${caml}, echo, later, [x]), infinity)`, '{response,[x]}'],
      [`gen_server:call({rex, ${caml}}, {call, echo, f, [x], group_leader()})`, '[x]'],
      [`gen_server:call({rex, ${caml}}, {call, echo, later, [x], group_leader()}, infinity)`, '[x]'],
      [`gen_server:call({rex, ${caml}}, {block_call, echo, f, [x], user})`, '[x]'],
      [
        `gen_server:receive_response(gen_server:send_request({rex, ${caml}}, {call, echo, f, [x], user}), 5000)`,
        '{reply,[x]}',
      ],
      [`gen_server:multi_call([${caml}], rex, {call, echo, f, [x], user})`, `{[{${caml},[x]}],[]}`],
      [`gen_server:multi_call([${caml}], rex, {call, echo, later, [x], user}, 5000)`, `{[{${caml},[x]}],[]}`],
      [`rpc:sbcast([${caml}], rex, hello)`, `{[${caml}],[]}`],
      [`rpc:sbcast([${caml}], nobody, hello)`, `{[],[${caml}]}`],
      [`rpc:multi_server_call([${caml}], nobody, hello)`, `{[],[${caml}]}`],
    ])('%s', async (expression, expected) => {
      expect(await erl.eval(expression)).toBe(expected)
    })

    test('casts', async () => {
      const before = echo.dispatcher.casts
      await erl.eval(`rpc:cast(${caml}, echo, f, [1])`)
      await erl.eval(`erpc:cast(${caml}, echo, f, [2])`)
      await erl.eval(`erpc:multicast([${caml}], echo, f, [3])`)
      await erl.eval(`gen_server:cast({rex, ${caml}}, {cast, echo, f, [4], group_leader()})`)
      await erl.eval(`gen_server:abcast([${caml}], rex, {cast, echo, f, [5], group_leader()})`)
      await eventually(() => echo.dispatcher.casts === before + 5)
      expect(await erl.eval(`rpc:call(${caml}, echo, f, [x])`)).toBe('[x]')
    })

    test('gets its own arguments back, whatever they are', async () => {
      const terms = `[1, -1, 1 bsl 31, 1 bsl 64, -(1 bsl 2000), 1.5, -0.0, a, 'ü λ', '', [], [a|b], "str",
      <<>>, <<1,2,3>>, <<5:3>>, {}, {a,{b}}, #{}, #{a => 1, "k" => [2]}, self(), make_ref(), fun lists:map/2,
      fun(X) -> X end, hd(erlang:ports()), lists:seq(1, 300), list_to_tuple(lists:seq(1, 300)),
      binary:copy(<<"x">>, 100000)]`
      expect(await erl.eval(`T = ${terms}, T =:= rpc:call(${caml}, echo, f, T)`)).toBe('true')
    })

    test('gets large results whole', async () => {
      const large = 'binary:copy(<<1,2,3,4,5,6,7>>, 3000000)'
      expect(await erl.eval(`B = ${large}, [B] =:= rpc:call(${caml}, echo, f, [B])`)).toBe('true')
      const interleaved = `
      Self = self(),
      Calls = [begin
        T = [{I, binary:copy(<<I>>, 300000), atom, node()}, fun() -> I end, lists:seq(1, 100000)],
        spawn(fun() -> Self ! (T =:= rpc:call(${caml}, echo, f, T)) end)
      end || I <- lists:seq(1, 20)],
      [receive Ok -> Ok after 15000 -> late end || _ <- Calls] =:= [true || _ <- Calls]`
      expect(await erl.eval(interleaved)).toBe('true')
    })

    test('calls from 50 processes at once get their own answers', async () => {
      const result = await erl.eval(`
      Self = self(),
      Call = fun(I) ->
        [[{I, J}] = rpc:call(${caml}, echo, lists:nth(J rem 2 + 1, [f, later]), [{I, J}]) || J <- lists:seq(1, 40)],
        Self ! {done, I}
      end,
      Is = lists:seq(1, 50),
      [spawn_link(fun() -> Call(I) end) || I <- Is],
      [receive {done, I} -> ok after 15000 -> late end || I <- Is] =:= [ok || _ <- Is]`)
      expect(result).toBe('true')
      expect(echo.node.processCount).toBe(3)
    })
  })

  describe('waiting', () => {
    test.each([
      [`rpc:call(${caml}, echo, slow, [], 50)`, '{badrpc,timeout}'],
      [`try erpc:call(${caml}, echo, slow, [], 50) catch C:R -> {C,R} end`, '{error,{erpc,timeout}}'],
      [`rpc:call(${caml}, echo, slow, [], 0)`, '{badrpc,timeout}'],
      [
        `try gen_server:call({rex, ${caml}}, {call, echo, slow, [], user}, 50) catch exit:{R,_} -> R end`,
        'timeout',
      ],
      [`gen_server:multi_call([${caml}], rex, {call, echo, slow, [], user}, 50)`, `{[],[${caml}]}`],
      [`P = spawn(fun() -> rpc:call(${caml}, echo, slow, []) end), timer:sleep(50), exit(P, kill)`, 'true'],
      [
        `P = spawn(fun() -> gen_server:call({rex, ${caml}}, {call, echo, slow, [], user}) end),
       timer:sleep(50), exit(P, kill)`,
        'true',
      ],
    ])('is over: %s', async (expression, expected) => {
      const before = echo.dispatcher.cancelled
      expect(await erl.eval(expression)).toBe(expected)
      await eventually(() => echo.dispatcher.cancelled === before + 1)
      expect(echo.node.processCount).toBe(3)
    })

    test('is over also for who goes on living, and has given up before it knew the pid', async () => {
      const before = echo.dispatcher.cancelled
      const calls = echo.dispatcher.calls
      const living = erl.eval(`
        Awaited = erpc:send_request(${caml}, echo, slow, []),
        Rs = [try rpc:call(${caml}, echo, slow, [], I rem 3) catch _:R -> R end || I <- lists:seq(1, 30)],
        receive after 2500 -> {lists:usort(Rs), erpc:wait_response(Awaited, 0)} end`)
      await eventually(() => echo.dispatcher.cancelled === before + 30, 5000)
      expect(echo.dispatcher.calls).toBe(calls + 31)
      expect(echo.node.processCount).toBe(4)
      expect(await living).toBe('{[{badrpc,timeout}],no_response}')
      await eventually(() => echo.dispatcher.cancelled === before + 31)
    })

    test('in vain when nobody answers is not cancelled before its time', async () => {
      const before = echo.dispatcher.cancelled
      expect(await erl.eval(`rpc:call(${caml}, echo, later, [x], 2000)`)).toBe('[x]')
      expect(echo.dispatcher.cancelled).toBe(before)
    })
  })

  describe('processes', () => {
    test.each([
      [
        `R = monitor(process, {nobody, ${caml}}), receive {'DOWN', R, _, P, Why} -> {P, Why} end`,
        `{{nobody,${caml}},noproc}`,
      ],
      [`R = monitor(process, {rex, ${caml}}), demonitor(R, [flush])`, 'true'],
      [`try gen_server:call({nobody, ${caml}}, hi) catch exit:{R,_} -> R end`, 'noproc'],
      [`gen_server:multi_call([${caml}], nobody, hi)`, `{[],[${caml}]}`],
      [`gen_server:cast({nobody, ${caml}}, hi), gen_event:notify({nobody, ${caml}}, hi)`, 'ok'],
      [`group_leader(group_leader(), spawn(${caml}, m, f, []))`, 'true'],
    ])('%s', async (expression, expected) => {
      expect(await erl.eval(expression)).toBe(expected)
      expect(await erl.eval(`net_adm:ping(${caml})`)).toBe('pong')
    })

    test('of ours are linked, unlinked, monitored, sent to and ended', async () => {
      const received: string[] = []
      const server = echo.node.spawn({
        trapExit: true,
        event: (event) => received.push(event.kind),
      })
      echo.node.register('server', server)
      await erl.eval(`{server, ${caml}} ! hello`)
      await eventually(() => received.includes('message'))
      const watching = erl.eval(`
      register(watcher, self()), process_flag(trap_exit, true),
      {server, ${caml}} ! ready,
      Pid = receive {pid, P} -> P end,
      link(Pid), unlink(Pid), link(Pid),
      ByPid = monitor(process, Pid), ByName = monitor(process, {server, ${caml}}),
      exit(Pid, please), Pid ! go,
      Exit = receive {'EXIT', Pid, E} -> E end,
      Down1 = receive {'DOWN', ByPid, process, Pid, D1} -> D1 end,
      Down2 = receive {'DOWN', ByName, process, {server, ${caml}}, D2} -> D2 end,
      R = monitor(process, Pid),
      Down3 = receive {'DOWN', R, process, Pid, D3} -> D3 end,
      {Exit, Down1, Down2, Down3}`)
      await eventually(() => received.filter((kind) => kind === 'message').length === 2)
      const watcher = { kind: 'name', name: 'watcher', node: 'interop@127.0.0.1' } as const
      server.send(watcher, {
        kind: 'tuple',
        elements: [{ kind: 'atom', name: 'pid' }, server.pid],
      })
      await eventually(() => received.filter((kind) => kind === 'message').length === 3)
      expect(received.filter((kind) => kind === 'exit').length).toBe(1)
      server.exit({
        kind: 'tuple',
        elements: [
          { kind: 'atom', name: 'over' },
          { kind: 'int', value: 1 },
        ],
      })
      expect(await watching).toBe('{{over,1},{over,1},{over,1},noproc}')
    })

    test('of ours watch and link to those over there', async () => {
      const events: string[] = []
      const process = echo.node.spawn({
        trapExit: true,
        event: (event) => {
          if (event.kind === 'down' || event.kind === 'exit')
            events.push(`${event.kind} ${text(event.reason)}`)
        },
      })
      const target = { kind: 'name', name: 'target', node: 'interop@127.0.0.1' } as const
      await erl.eval(
        `register(target, spawn(fun() -> receive {die, From} -> link(From), exit(gone) end end))`,
      )
      process.monitor(target)
      process.monitor({ ...target, name: 'nobody' })
      await eventually(() => events.length === 1)
      process.send(target, { kind: 'tuple', elements: [{ kind: 'atom', name: 'die' }, process.pid] })
      await eventually(() => events.length === 3)
      expect(events.sort()).toEqual(['down gone', 'down noproc', 'exit gone'])
      process.exit()
    })
  })

  describe('erl_call', () => {
    const run = (secret: string, ...args: string[]) =>
      promisify(execFile)('erl_call', ['-c', secret, '-address', `127.0.0.1:${echo.port}`, ...args], {
        timeout: 10_000,
      })

    test('calls', async () => {
      expect((await run(cookie, '-a', 'echo f [1,two]')).stdout).toBe('[1, two]')
    })

    test('is refused with a wrong cookie', async () => {
      await expect(run('wrong', '-a', 'echo f [1]')).rejects.toThrow()
    })
  })

  test('a node with a wrong cookie is refused, and the log says why', async () => {
    const stranger = await Erl.start({ name: 'stranger@127.0.0.1', cookie: 'guess', peerPort: echo.port })
    expect(await stranger.eval(`net_adm:ping(${caml})`)).toBe('pang')
    await stranger.stop()
    const line = echo.logged.find((logged) => logged.includes('stranger@127.0.0.1'))
    expect(line).toContain('wrong cookie')
    expect(await erl.eval(`net_adm:ping(${caml})`)).toBe('pong')
  })

  test('a node that is killed and comes back is served again, and its calls are cancelled', async () => {
    const options = { name: 'phoenix@127.0.0.1', cookie, peerPort: echo.port }
    const first = await Erl.start(options)
    const before = echo.dispatcher.cancelled
    first.eval(`rpc:call(${caml}, echo, slow, [])`).catch(() => {})
    await eventually(() => echo.dispatcher.last === 'echo:slow')
    await first.kill()
    await eventually(() => echo.dispatcher.cancelled === before + 1)
    const second = await Erl.start(options)
    expect(await second.eval(`rpc:call(${caml}, echo, f, [again])`)).toBe('[again]')
    await second.stop()
  })
})
