/**
 * What a real `erl` sends and must get back, row by row (docs/PROTOCOL.md says which row is tested where): here are those
 * about processes of this node, traced signals, and mailboxes that must stay clean. `server` answers as a gen_server does.
 */

import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { atom, decodeBare, encodeBare, tuple } from '../../src/erlang-term-format/index.ts'
import { type LocalProcess, type ProcessEvent, readGenMessage, replyTo } from '../../src/node/index.ts'
import { type EchoNode, eventually, startEchoNode } from './echo-node.ts'
import { Erl } from './erl.ts'

const cookie = 'correct_horse'
const name = 'caml@127.0.0.1'
const caml = `'${name}'`

let echo: EchoNode
let erl: Erl
let server: LocalProcess
let events: ProcessEvent[]

function startServer(): void {
  server = echo.node.spawn({
    trapExit: true,
    event: (event) => {
      events.push(event)
      if (event.kind !== 'message') return
      const message = readGenMessage(event.payload)
      if (message?.kind === 'call')
        replyTo(server, message, encodeBare(tuple(atom('got'), decodeBare(message.request))))
    },
  })
  echo.node.register('server', server)
}

beforeAll(async () => {
  events = []
  echo = await startEchoNode(name, cookie)
  startServer()
  erl = await Erl.start({ name: 'table@127.0.0.1', cookie, peerPort: echo.port })
  await erl.eval(`net_adm:ping(${caml})`)
})

afterAll(async () => {
  await erl?.stop()
  echo?.stop()
})

beforeEach(() => {
  events.length = 0
})

const to = `{server, ${caml}}`
/** Nothing may be left in the mailbox. */
const clean = 'receive Left -> {left, Left} after 50 -> clean end'

describe('calls', () => {
  test.each([
    [`gen_server:call(${to}, hi)`, '{got,hi}'],
    [`gen_statem:call(${to}, hi)`, '{got,hi}'],
    [`gen_server:multi_call([${caml}], server, hi)`, `{[{${caml},{got,hi}}],[]}`],
    [`gen_server:receive_response(gen_server:send_request(${to}, hi), 5000)`, '{reply,{got,hi}}'],
    [`gen_server:wait_response(gen_server:send_request(${to}, hi), 5000)`, '{reply,{got,hi}}'],
    [
      `{rex, ${caml}} ! {self(), features_request}, receive F -> F after 5000 -> none end`,
      `{features_reply,${caml},[erpc]}`,
    ],
    [
      `catch gen_server:call({nobody, ${caml}}, hi)`,
      `{'EXIT',{noproc,{gen_server,call,[{nobody,${caml}},hi]}}}`,
    ],
    [`gen:call(${to}, '$gen_call', hi, 5000)`, '{ok,{got,hi}}'],
    [`(catch gen_server:call({rex, ${caml}}, {call, echo, slow, [], user}, 20)), ${clean}`, 'clean'],
    [`(catch erpc:call(${caml}, echo, slow, [], 20)), ${clean}`, 'clean'],
    [`(catch erpc:call(${caml}, echo, later, [x], 21)), timer:sleep(30), ${clean}`, 'clean'],
    [`rpc:call(${caml}, echo, later, [x], 1), timer:sleep(30), ${clean}`, 'clean'],
    [`[rpc:call(${caml}, echo, f, [I]) || I <- lists:seq(1, 100)], ${clean}`, 'clean'],
    [`R = monitor(process, ${to}), demonitor(R, [flush]), ${clean}`, 'clean'],
    [`R = monitor(process, {nobody, ${caml}}), timer:sleep(20), demonitor(R, [flush]), ${clean}`, 'clean'],
  ])('%s', async (expression, expected) => {
    expect(await erl.eval(expression)).toBe(expected)
    expect(await erl.eval(`net_adm:ping(${caml})`)).toBe('pong')
  })
})

describe('messages', () => {
  test.each([
    [`gen_server:cast(${to}, hi)`, "{'$gen_cast',hi}"],
    [`gen_statem:cast(${to}, hi)`, "{'$gen_cast',hi}"],
    [`gen_event:notify(${to}, hi)`, '{notify,hi}'],
    [`gen_server:abcast([${caml}], server, hi)`, "{'$gen_cast',hi}"],
    [`erlang:send(${to}, hi, [nosuspend, noconnect])`, 'hi'],
    [`erlang:send_nosuspend(${to}, hi)`, 'hi'],
    [`seq_trace:set_token(label, 17), ${to} ! hi`, 'hi'],
    [`rpc:abcast([${caml}], server, hi)`, 'hi'],
    [`rpc:sbcast([${caml}], server, hi)`, 'hi'],
    [`erlang:send_after(1, self(), go), receive go -> ${to} ! hi end`, 'hi'],
  ])('%s', async (expression, expected) => {
    await erl.eval(expression)
    await eventually(() => events.some(({ kind }) => kind === 'message'))
    const [event] = events
    const told = event?.kind === 'message' ? await asErlang(event.payload) : ''
    expect(told).toBe(expected)
  })

  /** Terms are printed by the one who knows how. */
  async function asErlang(encoded: Uint8Array): Promise<string> {
    const bytes = Buffer.concat([Uint8Array.of(131), encoded]).toString('base64')
    return erl.eval(`binary_to_term(base64:decode("${bytes}"))`)
  }
})

describe('traced signals', () => {
  test('of all kinds do what the others do', async () => {
    const result = await erl.eval(`
      seq_trace:set_token(label, 17), seq_trace:set_token(send, true),
      {got, call} = gen_server:call(${to}, call),
      [x] = rpc:call(${caml}, echo, f, [x]), [y] = erpc:call(${caml}, echo, later, [y]),
      {P, R} = spawn_monitor(${caml}, echo, slow, []), exit(P, enough),
      receive {'DOWN', R, _, _, Why} -> Why end`)
    expect(result).toBe('enough')
  })
})

describe('relations', () => {
  test('link, unlink and exit by all ways', async () => {
    const linking = erl.eval(`
      register(linker, self()), process_flag(trap_exit, true), ${to} ! ready,
      P = receive {pid, Q} -> Q end,
      link(P), unlink(P), link(P), exit(P, wanted), link(P),
      ${to} ! linked,
      receive {'EXIT', P, Why} -> Why after 5000 -> none end`)
    await eventually(() => events.filter(({ kind }) => kind === 'message').length === 1)
    server.send({ kind: 'name', name: 'linker', node: 'table@127.0.0.1' }, tuple(atom('pid'), server.pid))
    await eventually(() => events.filter(({ kind }) => kind === 'message').length === 2)
    expect(events.filter(({ kind }) => kind === 'exit').length).toBe(1)
    server.exit(atom('over'))
    expect(await linking).toBe('over')
    startServer()
  })

  test('monitors with tags and aliases', async () => {
    const watching = erl.eval(`
      A = monitor(process, ${to}, [{alias, reply_demonitor}]), B = monitor(process, ${to}, [{tag, gone}]),
      ${to} ! {alias, A},
      First = receive {via, alias} -> alias after 5000 -> none end, ${to} ! ok,
      Second = receive {gone, B, process, _, Why} -> Why after 5000 -> none end,
      {First, Second, receive {'DOWN', A, _, _, _} -> down after 50 -> demonitored end}`)
    await eventually(() => events.some(({ kind }) => kind === 'message'))
    const [event] = events.filter(({ kind }) => kind === 'message')
    const term = event?.kind === 'message' ? decodeBare(event.payload) : null
    const alias = term?.kind === 'tuple' ? term.elements[1] : undefined
    if (alias?.kind !== 'reference') throw new Error('no alias')
    server.send(alias, tuple(atom('via'), atom('alias')))
    await eventually(() => events.filter(({ kind }) => kind === 'message').length === 2)
    server.exit(atom('over'))
    expect(await watching).toBe('{alias,over,demonitored}')
    startServer()
  })

  test('a process here that is watched by many tells each, once', async () => {
    const watching = erl.eval(`
      Self = self(),
      [spawn(fun() -> R = monitor(process, ${to}), Self ! ready,
        receive {'DOWN', R, _, _, Why} -> Self ! {down, Why} end end) || _ <- lists:seq(1, 50)],
      [receive ready -> ok end || _ <- lists:seq(1, 50)], ${to} ! go,
      [receive {down, W} -> W end || _ <- lists:seq(1, 50)] =:= [over || _ <- lists:seq(1, 50)]`)
    await eventually(() => events.some(({ kind }) => kind === 'message'))
    server.exit(atom('over'))
    expect(await watching).toBe('true')
    startServer()
  })
})

test('elixir calls like erl', async () => {
  const script = `
    IO.inspect :erpc.call(:"${name}", :echo, :f, ["x", %{a: 1}])
    IO.inspect GenServer.call({:server, :"${name}"}, :hi)
    IO.inspect Node.spawn_monitor(:"${name}", :raise, :exit, [:x]) |> then(fn {p, r} -> receive do {:DOWN, ^r, _, ^p, w} -> w end end)`
  const erlFlags = `-start_epmd false -dist_listen false -erl_epmd_port ${echo.port}`
  const args = ['--name', 'elixir@127.0.0.1', '--cookie', cookie, '--erl', erlFlags, '-e', script]
  const { stdout } = await promisify(execFile)('elixir', args, { timeout: 30_000 })
  expect(stdout.split('\n').slice(0, 3)).toEqual(['["x", %{a: 1}]', '{:got, :hi}', '[:x]'])
}, 40_000)
