/** An Erlang shell calls OCaml: every way that Erlang has to call a function of another node. */

import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Erl } from '../node/erl.ts'
import { Camlnode, cookie } from './camlnode.ts'
import { everyWay } from './certificates.ts'

const fib = 'let rec fib n = if n < 2 then n else fib (n - 1) + fib (n - 2)\n'
const pure = `
let add a b = a + b
let mix (id : int) (name : string) (weights : float list) = (List.length weights, name ^ "-" ^ string_of_int id)
let note (text : string) = print_endline ("noted " ^ text)
`

const threads = `
let lock = Mutex.create () and turn = Condition.create ()
let calls = ref 0
let squares (n : int) =
  let results = Array.make n 0 in
  List.iter Thread.join (List.init n (Thread.create (fun i -> Thread.delay 0.001; results.(i) <- i * i)));
  Array.to_list results
let meet (others : int) =
  Mutex.lock lock;
  incr calls;
  Condition.broadcast turn;
  while !calls < others do Condition.wait turn lock done;
  Mutex.unlock lock;
  !calls
let sum (n : int) = Domain.join (Domain.spawn (fun () -> List.fold_left ( + ) 0 (List.init n Fun.id)))
let failing (n : int) : int = ignore n; Domain.join (Domain.spawn (fun () -> failwith "in a domain"))
`

const files = { 'fib.ml': fib, 'pure.ml': pure, 'threads.ml': threads }
const N = "'caml@127.0.0.1'"

describe.each(everyWay())('over $name', ({ config, erlArguments }) => {
  let daemon: Camlnode
  let erl: Erl

  beforeAll(async () => {
    daemon = await Camlnode.start({ files, config, erlArguments })
    erl = await daemon.erl()
  })
  afterAll(async () => {
    await erl?.stop()
    expect(await daemon?.stop()).toBe(0)
  })

  describe('a node among nodes', () => {
    test('answers a ping, as a hidden node', async () => {
      expect(await erl.eval(`net_adm:ping(${N})`)).toBe('pong')
      expect(await erl.eval('nodes(hidden)')).toBe(`[${N}]`)
      expect(await erl.eval('nodes()')).toBe('[]')
    })
  })

  describe('ways to call', () => {
    const calls: Readonly<Record<string, readonly [expression: string, answer: string]>> = {
      'rpc:call': [`rpc:call(${N}, fib, fib, [30])`, '832040'],
      'rpc:call with a timeout': [`rpc:call(${N}, fib, fib, [30], 10000)`, '832040'],
      'rpc:block_call': [`rpc:block_call(${N}, fib, fib, [20])`, '6765'],
      'rpc:multicall': [`rpc:multicall([${N}], fib, fib, [20])`, '{[6765],[]}'],
      'rpc:async_call': [
        `K1 = rpc:async_call(${N}, fib, fib, [11]), K2 = rpc:async_call(${N}, fib, fib, [12]), {rpc:yield(K2), rpc:yield(K1)}`,
        '{144,89}',
      ],
      'rpc:nb_yield': [
        `K = rpc:async_call(${N}, fib, fib, [10]), {value, V} = rpc:nb_yield(K, 5000), V`,
        '55',
      ],
      'rpc:call of two arguments': [`rpc:call(${N}, pure, add, [40, 2])`, '42'],
      'rpc:cast': [`rpc:cast(${N}, fib, fib, [1])`, 'true'],
      'erpc:call': [`erpc:call(${N}, fib, fib, [20])`, '6765'],
      'erpc:call with a timeout': [`erpc:call(${N}, fib, fib, [20], 10000)`, '6765'],
      'erpc:multicall': [`erpc:multicall([${N}, ${N}], fib, fib, [10])`, '[{ok,55},{ok,55}]'],
      'erpc:send_request': [
        `R = erpc:send_request(${N}, fib, fib, [15]), erpc:receive_response(R, 5000)`,
        '610',
      ],
      'erpc:cast': [`erpc:cast(${N}, fib, fib, [1])`, 'ok'],
      'gen_server:call to rex': [
        `gen_server:call({rex, ${N}}, {call, fib, fib, [13], group_leader()})`,
        '233',
      ],
      'gen_server:call to rex, block_call': [
        `gen_server:call({rex, ${N}}, {block_call, fib, fib, [13], group_leader()}, 5000)`,
        '233',
      ],
      'gen_server:cast to rex': [
        `gen_server:cast({rex, ${N}}, {cast, fib, fib, [13], group_leader()})`,
        'ok',
      ],
      'gen_server:send_request to rex': [
        `S = gen_server:send_request({rex, ${N}}, {call, fib, fib, [14], group_leader()}), gen_server:receive_response(S, 5000)`,
        '{reply,377}',
      ],
      'a plain message to rex': [
        `{rex, ${N}} ! {self(), {call, fib, fib, [16], group_leader()}}, receive {rex, A} -> A after 5000 -> late end`,
        '987',
      ],
      'several arguments': [`rpc:call(${N}, pure, mix, [7, <<"x">>, [1.0, 2.5]])`, '{2,<<"x-7">>}'],
    }
    test.each(Object.entries(calls))('%s', async (_, [expression, answer]) => {
      expect(await erl.eval(expression)).toBe(answer)
    })

    test('a cast runs', async () => {
      const leader = `S = self(), L = spawn(fun Loop() -> receive
        {io_request, F, R, {put_chars, _, B}} -> S ! {printed, B}, F ! {io_reply, R, ok}, Loop() end end)`
      const casts = `erpc:cast(${N}, pure, note, [<<"by erpc">>]), rpc:cast(${N}, pure, note, [<<"by rpc">>])`
      expect(
        await erl.eval(
          `${leader}, W = spawn(fun() -> receive go -> ${casts} end end), group_leader(L, W), W ! go, lists:sort([receive {printed, B} -> B end || _ <- [1, 2]])`,
        ),
      ).toBe('[<<"noted by erpc\\n">>,<<"noted by rpc\\n">>]')
    })
  })

  describe('many calls', () => {
    test('50 processes at once each get their own answers', async () => {
      const answer = await erl.eval(
        `S = self(),
         Loop = fun Loop(_, 0) -> ok;
                    Loop(P, K) ->
                      X = P * 1000 + K, W = P * 1000000 + K, Name = integer_to_binary(P),
                      case K rem 3 of
                        0 -> W = rpc:call(${N}, pure, add, [P * 1000000, K]);
                        1 -> Exp = <<Name/binary, "-", (integer_to_binary(X))/binary>>,
                             {3, Exp} = erpc:call(${N}, pure, mix, [X, Name, [1.0, 2.0, 3.0]]);
                        2 -> W = gen_server:call({rex, ${N}}, {call, pure, add, [P * 1000000, K], group_leader()})
                      end,
                      Loop(P, K - 1)
                end,
         Pids = [spawn_monitor(fun() -> Loop(P, 60), S ! {done, P} end) || P <- lists:seq(1, 50)],
         [receive {'DOWN', M, _, _, normal} -> ok; {'DOWN', M, _, _, Why} -> Why after 30000 -> late end || {_, M} <- Pids]`,
        60_000,
      )
      expect(answer).toBe(`[${Array(50).fill('ok').join(',')}]`)
    })

    test('100,000 calls leave the memory as it was', async () => {
      const calls = (each: number): Promise<string> =>
        erl.eval(
          `S = self(),
           Loop = fun Loop(0) -> ok; Loop(K) -> 2 = erpc:call(${N}, pure, add, [1, 1]), Loop(K - 1) end,
           Ms = [element(2, spawn_monitor(fun() -> Loop(${each}) end)) || _ <- lists:seq(1, 20)],
           lists:usort([receive {'DOWN', M, _, _, Why} -> Why end || M <- Ms])`,
          120_000,
        )
      expect(await calls(5000)).toBe('[normal]')
      const before = daemon.memory()
      // It goes up and down with the collections of JavaScript's heap; what leaks is there after each round.
      let least = Number.POSITIVE_INFINITY
      for (let round = 0; round < 4 && least >= 32; round++) {
        expect(await calls(5000)).toBe('[normal]')
        least = Math.min(least, daemon.memory() - before)
      }
      expect(least).toBeLessThan(32)
      expect(await erl.eval(`rpc:call(${N}, camlnode, info, [])`)).toMatch(/handles => 0,.*running => 0/)
    }, 240_000)
  })

  describe('functions that make threads', () => {
    test('and wait for them', async () => {
      expect(await erl.eval(`erpc:call(${N}, threads, squares, [6])`)).toBe('[0,1,4,9,16,25]')
      expect(await erl.eval(`rpc:call(${N}, threads, sum, [100])`)).toBe('4950')
    })
    test('and meet those of other calls', async () => {
      const call = `erpc:send_request(${N}, threads, meet, [3])`
      const expression = `[erpc:receive_response(R, 5000) || R <- [${call}, ${call}, ${call}]]`
      expect(await erl.eval(expression)).toBe('[3,3,3]')
    })
    test('an exception comes out of a domain and of the call', async () => {
      const call = `catch erpc:call(${N}, threads, failing, [1])`
      expect(await erl.eval(call)).toContain('<<"in a domain">>')
    })
  })
})

test('erl_call of erl_interface', async () => {
  const daemon = await Camlnode.start({ files })
  const libraries = '/usr/lib/erlang/lib'
  const folders = readdirSync(libraries).filter((name) => name.startsWith('erl_interface-'))
  const candidates = ['/usr/bin/erl_call', ...folders.map((name) => `${libraries}/${name}/bin/erl_call`)]
  const program = candidates.find((file) => existsSync(file))
  expect(program).toBeDefined()
  const { stdout, stderr, status } = spawnSync(
    program as string,
    ['-c', cookie, '-n', 'caml@127.0.0.1', '-a', 'fib fib [25]'],
    { encoding: 'utf8', env: { ...process.env, ERL_EPMD_PORT: String(daemon.epmdPort) }, timeout: 20_000 },
  )
  expect({ stdout: stdout.trim(), stderr, status }).toEqual({ stdout: '75025', stderr: '', status: 0 })
  await daemon.stop()
})
