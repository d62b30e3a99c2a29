/** OCaml functions spawned as processes by a real Erlang node, in a real daemon with a short limit for calls. */

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Erl } from '../node/erl.ts'
import { Camlnode } from './camlnode.ts'

const counter = `open Erlang

let rec count total =
  match receive_any () with
  | Tuple [ Atom "add"; Int n ] -> count (total + n)
  | Tuple [ Atom "get"; Pid p ] -> send p (Int total); count total
  | Atom "stop" -> ()
  | reason -> exit reason

let missing (key : int) : unit = ignore (List.assoc key [])
let busy () : unit = while true do () done
`

let daemon: Camlnode
let erl: Erl
const N = "'caml@127.0.0.1'"

beforeAll(async () => {
  daemon = await Camlnode.start({
    files: { 'counter.ml': counter },
    config: '[limits]\ncall_timeout = "300ms"',
  })
  erl = await daemon.erl()
})
afterAll(async () => {
  await erl?.stop()
  expect(await daemon?.stop()).toBe(0)
})

test('a spawned function gets messages from the first on, and outlives the limit of calls', async () => {
  const result = await erl.eval(`
    {P, R} = spawn_monitor(${N}, counter, count, [1]), P ! {add, 5}, P ! {add, 6}, P ! {get, self()},
    A = receive X -> X end, timer:sleep(700), P ! {add, 30}, P ! {get, self()}, B = receive Y -> Y end, P ! stop,
    {A, B, receive {'DOWN', R, process, P, Why} -> Why end}`)
  expect(result).toBe('{12,42,normal}')
})

test.each([
  ['an exit of its own', '{P, R} = spawn_monitor(#, counter, count, [0]), P ! over', 'over'],
  ['exit/2', '{P, R} = spawn_monitor(#, counter, count, [0]), exit(P, enough)', 'enough'],
  [
    'kill in a loop',
    '{P, R} = spawn_monitor(#, counter, busy, []), timer:sleep(50), exit(P, kill)',
    'killed',
  ],
  [
    'a link',
    `{P, R} = spawn_monitor(#, counter, count, [0]), Self = self(),
     spawn(fun() -> link(P), Self ! linked, exit(bad) end), receive linked -> ok end`,
    'bad',
  ],
])('it is ended by %s', async (_, setup, expected) => {
  const down = "receive {'DOWN', R, process, P, Why} -> Why after 5000 -> none end"
  expect(await erl.eval(`${setup.replaceAll('#', N)}, ${down}`)).toBe(expected)
})

test('its exceptions are its exit reason, with the stack', async () => {
  const result = await erl.eval(`{P, R} = spawn_monitor(${N}, counter, missing, [7]),
    receive {'DOWN', R, process, P, {Reason, Stack}} -> {Reason, is_list(Stack)} after 5000 -> none end`)
  expect(result).toBe("{{ocaml,'Not_found',[]},true}")
  expect(daemon.log.find(({ msg }) => msg === 'a process has failed')).toMatchObject({
    level: 40,
    spawned: 'counter:missing',
    reason: "{ocaml,'Not_found',[]}",
    stack: expect.stringContaining('counter.ml'),
  })
})

test('a fun of a module works, and calls keep their limit', async () => {
  expect(
    await erl.eval(`{P, R} = spawn_monitor(${N}, fun counter:busy/0), timer:sleep(600),
    Runs = receive {'DOWN', R, _, _, W} -> W after 0 -> runs end, exit(P, kill), Runs`),
  ).toBe('runs')
  expect(
    await erl.eval(`try erpc:call(${N}, counter, busy, []) catch error:{exception, E, _} -> E end`),
  ).toBe('{system_limit,call_timeout}')
})
