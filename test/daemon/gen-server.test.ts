/** `Erlang.Gen_server` to the real `sys`, `gen_server` and `supervisor`. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Erl } from '../node/erl.ts'
import { Camlnode } from './camlnode.ts'

const tank = `open Erlang

module Server = struct
  type state = { level : int; told : pid option }
  let name = "tank"

  let tell { told; _ } term = Option.iter (fun pid -> send pid (Tuple [ Atom "tank"; term ])) told

  let init = function
    | Int n -> Ok (Gen_server.Continue { level = n; told = None })
    | Tuple [ Int n; Pid p ] -> trap_exit true; Ok (Continue { level = n; told = Some p })
    | Tuple [ Atom "soon"; Int n ] -> Ok (Timeout ({ level = n; told = None }, 0.05))
    | Tuple [ Atom "fill"; Int n ] -> Ok (Then ({ level = 0; told = None }, Int n))
    | Tuple [ Atom "stop"; reason ] -> Ok (Stop (reason, { level = 0; told = None }))
    | other -> Error (Tuple [ Atom "bad_level"; other ])

  let handle_continue term state = match term with
    | Int n when n <= 0 -> Gen_server.Continue state
    | Int n -> Then ({ state with level = state.level + 1 }, Int (n - 1))
    | reason -> Stop (reason, state)

  let handle_call request from state = match request with
    | Atom "level" -> Gen_server.Reply (Int state.level, state)
    | Tuple [ Atom "fill"; Int n ] -> Reply_next (Atom "ok", Then (state, Int n))
    | Tuple [ Atom "quietly"; Int n ] -> Gen_server.reply from (Atom "quiet"); No_reply_next (Then (state, Int n))
    | Atom "idle" -> Reply_next (Atom "ok", Timeout (state, 0.15))
    | Tuple [ Atom "stop"; reason ] -> Reply_next (Atom "bye", Stop (reason, state))
    | Tuple [ Atom "exit"; reason ] -> exit reason
    | Tuple [ Atom "error"; reason ] -> error reason
    | _ -> raise Not_found

  let handle_cast message state = match message with
    | Int n -> Gen_server.Continue { state with level = state.level + n }
    | reason -> Stop (reason, state)

  let handle_info message state = match message with
    | Atom "timeout" -> Gen_server.Continue { state with level = state.level + 1000 }
    | _ -> Continue state

  let terminate reason state = tell state (Tuple [ Atom "terminate"; reason; Int state.level ])
  let show state = Int state.level
  let format_status state = Tuple [ Atom "tank_of"; Int state.level ]
  let restore = function Int level when level >= 0 -> Some { level; told = None } | _ -> None
end

include Gen_server.Make_full (Server)
let start (t : term) = start t
let start_link (t : term) = start_link t
`

const N = "'caml@127.0.0.1'"
let daemon: Camlnode
let erl: Erl

beforeAll(async () => {
  daemon = await Camlnode.start({ files: { 'tank.ml': tank } })
  erl = await daemon.erl()
})
afterAll(async () => {
  await erl?.stop()
  expect(await daemon?.stop()).toBe(0)
})

const say = (expressions: string, ms?: number) => erl.eval(expressions, ms)
const started = (argument: string) => `{ok, P} = erpc:call(${N}, tank, start, [${argument}])`
const level = 'gen_server:call(P, level)'
/** The reason with which P ends after an expression. */
const end = (expression: string) =>
  `M = monitor(process, P), ${expression}, receive {'DOWN', M, _, _, R} -> R end`
const terminated = 'receive {tank, {terminate, T, L}} -> {T, L} end'

describe('what comes next', () => {
  test('a continuation, before any message', async () => {
    expect(await say(`${started('{fill, 5}')}, ${level}`)).toBe('5')
    expect(await say(`${started('1')}, P ! x, {gen_server:call(P, {fill, 100}), ${level}}`)).toBe('{ok,101}')
    expect(await say(`${started('1')}, {gen_server:call(P, {quietly, 3}), ${level}}`)).toBe('{quiet,4}')
    expect(await say(`${started('0')}, ${end('gen_server:cast(P, broken)')}`)).toBe('broken')
  })

  test('a time-out, from init and from a call', async () => {
    expect(await say(`${started('{soon, 1}')}, timer:sleep(400), ${level}`)).toBe('1001')
    expect(await say(`${started('1')}, gen_server:call(P, idle), timer:sleep(500), ${level}`)).toBe('1001')
    expect(await say(`${started('1')}, gen_server:call(P, idle), ${level}, timer:sleep(400), ${level}`)).toBe(
      '1',
    )
  })

  test('a time-out that system messages do not end', async () => {
    expect(
      await say(
        `${started('1')}, gen_server:call(P, idle), 1 = sys:get_state(P), timer:sleep(500), ${level}`,
      ),
    ).toBe('1001')
    expect(
      await say(`${started('1')}, gen_server:call(P, idle), ok = sys:suspend(P), timer:sleep(400), 1 = sys:get_state(P),
        ok = sys:resume(P), timer:sleep(500), ${level}`),
    ).toBe('1001')
  })

  test('the end, from init and from a call', async () => {
    expect(await say(`erpc:call(${N}, tank, start, [{stop, empty}])`)).toBe('{error,empty}')
    expect(await say(`erpc:call(${N}, tank, start, [none])`)).toBe('{error,{bad_level,none}}')
    expect(await say(`${started('1')}, ${end('bye = gen_server:call(P, {stop, done})')}`)).toBe('done')
  })
})

describe('sys', () => {
  test('replace_state, by local funs and external ones', async () => {
    expect(
      await say(`${started('7')}, {sys:replace_state(P, fun(L) -> L * 6 end), sys:get_state(P), ${level}}`),
    ).toBe('{42,42,42}')
    expect(await say(`${started('7')}, {sys:replace_state(P, fun erlang:abs/1), ${level}}`)).toBe('{7,7}')
  })

  test('replace_state that fails leaves the state', async () => {
    const failed = (fun: string) =>
      say(
        `${started('7')}, {'EXIT', {{callback_failed, _, R}, _}} = (catch sys:replace_state(P, ${fun})), {R, ${level}}`,
      )
    expect(await failed('fun(_) -> error(no) end')).toBe('{{error,no},7}')
    expect(await failed('fun(_) -> exit(no) end')).toBe('{{exit,no},7}')
    expect(await failed('fun(_) -> throw(no) end')).toBe('{{throw,no},7}')
    expect(await failed('fun(L) -> -L end')).toBe('{{error,badarg},7}')
  })

  test('get_status shows what format_status makes', async () => {
    expect(
      await say(
        `${started('7')}, {status, P, _, [_, running, _, _, Misc]} = sys:get_status(P), lists:last(Misc)`,
      ),
    ).toBe('{data,[{"State",{tank_of,7}}]}')
  })

  test('suspend, resume, and the end of the parent meanwhile', async () => {
    expect(
      await say(`S = self(), Parent = spawn(fun() -> {ok, P} = erpc:call(${N}, tank, start_link, [{3, S}]), S ! P, receive X -> exit(X) end end),
        P = receive Q -> Q end, ok = sys:suspend(P), Parent ! gone, ${terminated}`),
    ).toBe('{gone,3}')
  })

  test('terminate', async () => {
    expect(
      await say(
        `${started('{3, self()}')}, R2 = begin ${end('sys:terminate(P, enough)')} end, {R2, ${terminated}}`,
      ),
    ).toBe('{enough,{enough,3}}')
  })
})

describe('terminate', () => {
  test('hears why', async () => {
    const call = (request: string) =>
      say(`${started('{3, self()}')}, M = monitor(process, P), catch gen_server:call(P, ${request}),
        {receive {'DOWN', M, _, _, R} -> case R of {_, [_ | _]} -> element(1, R); _ -> R end end, ${terminated}}`)
    expect(await call('{exit, why}')).toBe('{why,{why,3}}')
    expect(await call('{error, why}')).toBe('{why,{{why,[]},3}}')
    expect(await call('odd')).toBe("{{ocaml,'Not_found',[]},{{{ocaml,'Not_found',[]},[]},3}}")
    expect(await call('{stop, why}')).toBe('{why,{why,3}}')
    expect(await say(`${started('{3, self()}')}, gen_server:stop(P), ${terminated}`)).toBe('{normal,3}')
  })

  test('runs when a supervisor ends a server that traps exits', async () => {
    await say(
      `Form = fun(L) -> {ok, T, _} = erl_scan:string(L), {ok, F} = erl_parse:parse_form(T), F end,
       {ok, M, B} = compile:forms([Form(L) || L <- ["-module(tank_sup).", "-export([init/1]).", "init(Child) -> {ok, {#{intensity => 3}, [Child]}}."]]),
       {module, M} = code:load_binary(M, "", B), ok`,
    )
    const child = `S = self(), Child = #{id => t, start => {erpc, call, [${N}, tank, start_link, [{3, S}]]}, shutdown => 5000},
      process_flag(trap_exit, true), {ok, Sup} = supervisor:start_link(tank_sup, Child), [{t, P, _, _}] = supervisor:which_children(Sup)`
    expect(
      await say(
        `${child}, ok = supervisor:terminate_child(Sup, t), {${terminated}, supervisor:which_children(Sup)}`,
      ),
    ).toBe('{{shutdown,3},[{t,undefined,worker,[erpc]}]}')
    expect(
      await say(`${child}, exit(Sup, shutdown), {${terminated}, receive {'EXIT', Sup, R} -> R end}`),
    ).toBe('{{shutdown,3},shutdown}')
    expect(
      await say(`${child}, catch gen_server:call(P, odd), receive {tank, {terminate, {{ocaml, W, []}, _}, 3}} -> ok end,
        (fun Wait() -> case supervisor:which_children(Sup) of [{t, Q, _, _}] when is_pid(Q), Q =/= P -> {W, gen_server:call(Q, level)}; _ -> Wait() end end)()`),
    ).toBe("{'Not_found',3}")
  })
})
