/** Handles and the processes that own them: what becomes of the values when a process or its node is gone. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Erl } from '../node/erl.ts'
import { Camlnode, eventually } from './camlnode.ts'

const source = `
type t = { id : int }
type func = int -> int
let make (id : int) = { id }
let many (n : int) = List.init n make
let id (t : t) = t.id
let adder (n : int) : func = fun x -> x + n
`
const signature = `
type t
type func = int -> int
val make : int -> t
val many : int -> t list
val id : t -> int
val adder : int -> func
`
const N = "'caml@127.0.0.1'"

let daemon: Camlnode
let erl: Erl

beforeAll(async () => {
  daemon = await Camlnode.start({ files: { 'things.ml': source, 'things.mli': signature } })
  erl = await daemon.erl()
})
afterAll(async () => {
  await erl?.stop()
  expect(await daemon?.stop()).toBe(0)
})

/** Every evaluation is a process of its own, whose handles go with it. */
async function handles(): Promise<number> {
  return Number(await erl.eval(`maps:get(handles, rpc:call(${N}, camlnode, info, []))`))
}
const freed = (ms?: number): Promise<void> =>
  eventually('no handle is left', async () => (await handles()) === 0, ms)

/** A process that makes a handle, tells it, and waits. */
const holder = `
  S = self(),
  P = spawn(fun() -> S ! {handle, erpc:call(${N}, things, make, [7])}, receive stop -> ok; give -> ok end end),
  H = receive {handle, X} -> X end`

describe('handles', () => {
  test('live until their owner ends', async () => {
    const text = `${holder}, 7 = erpc:call(${N}, things, id, [H]), P ! stop,
      (fun Wait() -> case catch erpc:call(${N}, things, id, [H]) of 7 -> Wait(); _ -> gone end end)()`
    expect(await erl.eval(text)).toBe('gone')
    expect(await handles()).toBe(0)
  })

  test.each(['kill', 'normal', '{shutdown, x}'])('are freed by exit with %s', async (reason) => {
    const text = `S = self(), P = spawn(fun() -> erpc:call(${N}, things, many, [10]), S ! made, receive go -> exit(${reason}) end end),
      receive made -> ok end, 10 = maps:get(handles, rpc:call(${N}, camlnode, info, [])),
      case ${reason} of kill -> exit(P, kill); _ -> P ! go end`
    await erl.eval(text)
    await freed()
  })

  test('of an owner that was dead before its answer came', async () => {
    const text = `P = spawn(fun() -> erpc:send_request(${N}, things, many, [1000]) end), is_pid(P)`
    expect(await erl.eval(text)).toBe('true')
    await freed()
  })

  test('of a node that is killed', async () => {
    const other = await daemon.erl()
    const made = await other.eval(
      `S = self(), spawn(fun() -> S ! length(erpc:call(${N}, things, many, [100])), receive never -> ok end end), receive L -> L end`,
    )
    expect(made).toBe('100')
    expect(await handles()).toBe(100)
    other.kill()
    await freed()
  })

  test('100,000 of them', async () => {
    const text = `S = self(), {_, M} = spawn_monitor(fun() ->
        L = erpc:call(${N}, things, many, [100000]), S ! {made, length(L), maps:get(handles, rpc:call(${N}, camlnode, info, []))} end),
      Made = receive T -> T end, receive {'DOWN', M, _, _, _} -> Made end`
    expect(await erl.eval(text, 60_000)).toBe('{made,100000,100000}')
    await freed(60_000)
  })

  test('owners that come and go, many at once', async () => {
    const text = `Ps = [spawn_monitor(fun() -> [begin H = erpc:call(${N}, things, make, [I]), I = erpc:call(${N}, things, id, [H]),
          case I rem 3 of 0 -> rpc:call(${N}, camlnode, release, [H]); _ -> ok end end || I <- lists:seq(1, 50)] end) || _ <- lists:seq(1, 40)],
      lists:usort([receive {'DOWN', M, _, _, R} -> R end || {_, M} <- Ps])`
    expect(await erl.eval(text, 60_000)).toBe('[normal]')
    await freed()
  })
})

test('an owner is watched as long as it has handles', async () => {
  const text = `Watchers = fun() -> {_, L} = process_info(self(), monitored_by), length(L) end,
    Before = Watchers(),
    Wait = fun Wait(N) -> case Watchers() of N -> N; _ -> erlang:yield(), Wait(N) end end,
    [A, B | _] = erpc:call(${N}, things, many, [3]), One = Wait(1),
    C = erpc:call(${N}, things, make, [3]), [_, _, D] = erpc:call(${N}, things, many, [3]),
    [ok = rpc:call(${N}, camlnode, release, [H]) || H <- [A, B, C, D]], Still = Watchers(),
    {Before, One, Still}`
  expect(await erl.eval(text)).toBe('{0,1,1}')
  const all = `Watchers = fun() -> {_, L} = process_info(self(), monitored_by), length(L) end,
    Wait = fun Wait(N) -> case Watchers() of N -> N; _ -> erlang:yield(), Wait(N) end end,
    Hs = erpc:call(${N}, things, many, [3]), One = Wait(1),
    [ok = rpc:call(${N}, camlnode, release, [H]) || H <- Hs], {One, Wait(0)}`
  expect(await erl.eval(all)).toBe('{1,0}')
})

describe('camlnode:give', () => {
  test('moves a handle to another process', async () => {
    const text = `S = self(),
      Q = spawn(fun() -> receive stop -> ok end end),
      P = spawn(fun() -> H = erpc:call(${N}, things, make, [7]), R = rpc:call(${N}, camlnode, give, [H, Q]), S ! {R, H} end),
      M = monitor(process, P), {ok, H} = receive {_, _} = A -> A end, receive {'DOWN', M, _, _, _} -> ok end,
      timer:sleep(100), Seven = erpc:call(${N}, things, id, [H]), Q ! stop, Seven`
    expect(await erl.eval(text)).toBe('7')
    await freed()
  })

  test('is for the owner alone', async () => {
    const text = `${holder}, Answer = (catch erpc:call(${N}, camlnode, give, [H, self()])), 7 = erpc:call(${N}, things, id, [H]), P ! stop, Answer`
    expect(await erl.eval(text)).toContain(
      'argument 1: expected a handle that the caller owns, got reference',
    )
    await freed()
  })

  test.each([
    ['[make_ref(), self()]', 'argument 1: expected a handle that the caller owns'],
    ['[foo, self()]', "argument 1: expected a handle that the caller owns, got atom 'foo'"],
    [`[erpc:call(${N}, things, make, [1]), foo]`, "argument 2: expected a pid, got atom 'foo'"],
  ])('checks %s', async (args, message) => {
    expect(await erl.eval(`catch erpc:call(${N}, camlnode, give, ${args})`)).toContain(message)
    await freed()
  })

  test('to itself changes nothing; to a dead process frees', async () => {
    const make = `H = erpc:call(${N}, things, make, [7])`
    const itself = `${make}, ok = rpc:call(${N}, camlnode, give, [H, self()]), erpc:call(${N}, things, id, [H])`
    expect(await erl.eval(itself)).toBe('7')
    const dead = `${make}, P = spawn(fun() -> ok end), M = monitor(process, P), receive {'DOWN', M, _, _, _} -> ok end,
      ok = rpc:call(${N}, camlnode, give, [H, P]),
      (fun Wait() -> case catch erpc:call(${N}, things, id, [H]) of 7 -> Wait(); _ -> gone end end)()`
    expect(await erl.eval(dead)).toBe('gone')
    await freed()
  })
})

test('handles of several domains, of one owner', async () => {
  const two = await Camlnode.start({
    name: 'two',
    files: { 'things.ml': source, 'things.mli': signature },
    config: '[domains]\ncount = 2\n',
  })
  const shell = await two.erl()
  const answers = await shell.eval(
    `N = 'two@127.0.0.1', Hs = [erpc:call(N, things, make, [I]) || I <- lists:seq(1, 20)],
     [erpc:call(N, things, id, [H]) || H <- Hs] =:= lists:seq(1, 20)`,
  )
  expect(answers).toBe('true')
  await eventually('no handle is left', async () => {
    const info = "maps:get(handles, rpc:call('two@127.0.0.1', camlnode, info, []))"
    return (await shell.eval(`{${info}, ${info}, ${info}, ${info}}`)) === '{0,0,0,0}'
  })
  await shell.stop()
  expect(await two.stop()).toBe(0)
})
