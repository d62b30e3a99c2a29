/** Processes that a real `erl` spawns on the node: how they start, what ends them, and what their end is told as. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { atom, decodeBare, encodeBare, list, type Pid } from '../../src/erlang-term-format/index.ts'
import type { ProcessEvent } from '../../src/node/index.ts'
import { type EchoNode, eventually, startEchoNode } from './echo-node.ts'
import { Erl } from './erl.ts'

const cookie = 'correct_horse'
const name = 'caml@127.0.0.1'
const caml = `'${name}'`
const peer = 'spawner@127.0.0.1'

let echo: EchoNode
let erl: Erl
let services: number

beforeAll(async () => {
  echo = await startEchoNode(name, cookie)
  services = echo.node.processCount
  erl = await Erl.start({ name: peer, cookie, peerPort: echo.port })
})

afterAll(async () => {
  await erl?.stop()
  echo?.stop()
})

const down = "receive {'DOWN', R, process, P, Why} -> Why after 5000 -> none end"

describe('ends', () => {
  test.each([
    ['of a return', 'echo, f, [x]', 'normal'],
    ['of a return that takes a while', 'echo, later, []', 'normal'],
    ['of an error', 'raise, error, [x]', '{[x],[]}'],
    ['of a throw', 'raise, throw, [x]', '{{nocatch,[x]},[]}'],
    ['of an exit', 'raise, exit, [x]', '[x]'],
    ['of a function that is not there', 'nosuch, f, [x]', '{undef,[{nosuch,f,[]}]}'],
    ['of a fun of the caller', 'erlang, apply, [fun() -> ok end, []]', '{undef,[{erlang,apply,[]}]}'],
    ['of an exported fun', 'erlang, apply, [fun raise:exit/1, [x]]', '[x]'],
    ['of an apply', 'erlang, apply, [raise, exit, [x]]', '[x]'],
  ])('%s', async (_, call, expected) => {
    expect(await erl.eval(`{P, R} = spawn_monitor(${caml}, ${call}), ${down}`)).toBe(expected)
    const linked = `process_flag(trap_exit, true), P = spawn_link(${caml}, ${call}),
      receive {'EXIT', P, Why} -> Why after 5000 -> none end`
    expect(await erl.eval(linked)).toBe(expected)
    expect(echo.node.processCount).toBe(services)
  })

  test('where the spawner does not trap exits, it dies with it', async () => {
    const result = await erl.eval(`
      {P, R} = spawn_monitor(fun() -> spawn_link(${caml}, raise, exit, [x]), receive never -> ok end end), ${down}`)
    expect(result).toBe('[x]')
  })

  test('with the fun syntax', async () => {
    expect(await erl.eval(`{P, R} = spawn_monitor(${caml}, fun raise:exit/0), ${down}`)).toBe('[]')
  })
})

describe('options', () => {
  test.each([
    [
      `P = spawn_opt(${caml}, raise, exit, [x], [{priority, high}, {min_heap_size, 1000}]), is_pid(P)`,
      'true',
    ],
    [
      `{P, R} = spawn_opt(${caml}, raise, exit, [x], [monitor, {max_heap_size, 1000000}, {message_queue_data, off_heap}]), ${down}`,
      '[x]',
    ],
    [
      `{P, R} = spawn_opt(${caml}, raise, exit, [x], [{monitor, [{tag, 'GONE'}]}]), receive {'GONE', R, process, P, W} -> W end`,
      '[x]',
    ],
    [
      `{P, R} = spawn_opt(${caml}, echo, later, [x], [{monitor, [{alias, demonitor}]}]), demonitor(R), is_pid(P)`,
      'true',
    ],
    [
      `R = spawn_request(${caml}, echo, f, [x], [monitor]),
       receive {spawn_reply, R, ok, P} -> receive {'DOWN', R, process, P, W} -> W end end`,
      'normal',
    ],
    [
      `R = spawn_request(${caml}, echo, f, [x], [{reply_tag, mine}, {reply, success_only}]), receive {mine, R, ok, P} -> is_pid(P) end`,
      'true',
    ],
    [
      `R = spawn_request(${caml}, echo, f, [x], [{reply, no}]), receive {spawn_reply, R, _, _} -> late after 100 -> none end`,
      'none',
    ],
    [
      `R = spawn_request(${caml}, echo, f, [x], [{nosuch, option}]), receive {spawn_reply, R, error, W} -> W end`,
      'badopt',
    ],
    [
      `process_flag(trap_exit, true), R = spawn_request(${caml}, raise, exit, [x], [link, monitor]),
       receive {spawn_reply, R, ok, P} -> ok end,
       {receive {'DOWN', R, process, P, W} -> W end, receive {'EXIT', P, E} -> E end}`,
      '{[x],[x]}',
    ],
  ])('%s', async (expression, expected) => {
    expect(await erl.eval(expression)).toBe(expected)
    await eventually(() => echo.node.processCount === services)
  })
})

describe('a process that runs', () => {
  test.each([
    ['exit', 'exit(P, enough)', 'enough'],
    ['kill', 'exit(P, kill)', 'killed'],
    ['an exit through a link', 'link(P), exit(self(), enough)', 'enough'],
  ])('is ended by %s', async (_, action, expected) => {
    const before = echo.dispatcher.cancelled
    const result = await erl.eval(`
      Watch = self(),
      Spawn = spawn(fun() ->
        P = spawn(${caml}, echo, slow, []), Watch ! {pid, P},
        receive go -> ok end, ${action}, receive never -> ok end end),
      P = receive {pid, Q} -> Q end, R = monitor(process, P), Spawn ! go, ${down}`)
    expect(result).toBe(expected)
    await eventually(() => echo.dispatcher.cancelled === before + 1)
    expect(echo.node.processCount).toBe(services)
  })

  test('does not mind a normal exit, nor messages', async () => {
    const result = await erl.eval(`
      P = spawn(${caml}, echo, slow, []), exit(P, normal), P ! hello,
      R = monitor(process, P),
      What = receive {'DOWN', R, _, _, _} -> ended after 200 -> runs end,
      exit(P, kill), {What, receive {'DOWN', R, _, _, Why} -> Why end}`)
    expect(result).toBe('{runs,killed}')
  })

  test('goes on when its spawner is gone, unless it is linked', async () => {
    const before = echo.dispatcher.cancelled
    await erl.eval(
      `spawn(fun() -> spawn(${caml}, echo, slow, []), spawn_link(${caml}, echo, slow, []), receive never -> ok end end)`,
    )
    await eventually(() => echo.node.processCount === services + 2)
    await erl.eval("erlang:disconnect_node('caml@127.0.0.1')")
    await eventually(() => echo.node.processCount === services + 1)
    expect(echo.dispatcher.cancelled).toBe(before + 1)
    services++
  })

  test('has the group leader of its spawner, until it gets another', async () => {
    const leaders: unknown[] = []
    const call = echo.dispatcher.call.bind(echo.dispatcher)
    echo.dispatcher.call = (request, done) => {
      leaders.push(request.groupLeader && decodeBare(request.groupLeader))
      return { ...call(request, done), setGroupLeader: (leader: Pid) => leaders.push(leader) }
    }
    const ids = await erl.eval(
      `Own = group_leader(), group_leader(First = spawn(fun() -> receive stop -> ok end end), self()), Second = spawn(fun() -> receive stop -> ok end end),
       Q = spawn(${caml}, echo, slow, []), group_leader(Second, Q),
       spawn_request(${caml}, erpc, execute_call, [ref, echo, slow, []], [monitor]), receive {spawn_reply, _, ok, R} -> group_leader(Second, R) end,
       group_leader(Own, self()), timer:sleep(100), exit(Q, kill), exit(R, kill), {First, Second}`,
    )
    const [first, second] = [...ids.matchAll(/<0\.(\d+)\./g)].map(([, id]) => ({
      kind: 'pid',
      node: peer,
      id: Number(id),
    }))
    expect(leaders).toMatchObject([first, second, first, second])
    echo.dispatcher.call = call
  })
})

describe('here', () => {
  test('processes are spawned over there, with a link, a monitor, or neither', async () => {
    await erl.eval(`net_adm:ping(${caml})`)
    const told: string[] = []
    const process = echo.node.spawn({
      trapExit: true,
      event: (event: ProcessEvent) =>
        told.push(event.kind === 'spawned' ? `spawned ${event.result.kind}` : event.kind),
    })
    process.spawnRemote(peer, 'erlang', 'is_atom', 1, encodeBare(list(atom('x'))), [atom('link')])
    await eventually(() => told.length === 2)
    process.spawnRemote(peer, 'erlang', 'is_atom', 1, encodeBare(list(atom('x'))))
    await eventually(() => told.length === 4)
    process.spawnRemote(peer, 'erlang', 'is_atom', 1, encodeBare(list(atom('x'))), [])
    process.spawnRemote(peer, 'erlang', 'is_atom', 1, encodeBare(list(atom('x'))), [atom('nosuch')])
    await eventually(() => told.length === 6)
    expect(told).toEqual(['spawned pid', 'exit', 'spawned pid', 'down', 'spawned pid', 'spawned atom'])
    process.exit()
  })
})
