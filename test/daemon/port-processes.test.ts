/** OCaml processes behind `camlnode port`: a node of its own that nobody is connected to. */

import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Erl } from '../node/erl.ts'
import { command, eventually, freePort, root, Scratch } from './camlnode.ts'

const alone = `open Erlang

let self () = Erlang.self ()
let caller () = Option.is_some (Erlang.caller ())
let node () = Erlang.node ()
let nodes () = Erlang.nodes ()
let same (p : pid) (q : pid) = p = q

let rec counter total = match receive_any () with
  | Tuple [ Atom "add"; Int n ] -> counter (total + n)
  | Tuple [ Atom "get"; Pid p ] -> send p (Int total); counter total
  | Atom "crash" -> failwith "crashed"
  | _ -> counter total

let start () = Erlang.spawn (fun () -> counter 0)
let add (p : pid) n = send p (Tuple [ Atom "add"; Int n ])
let get (p : pid) = send p (Tuple [ Atom "get"; Pid (Erlang.self ()) ]); receive_any ()
let named name = register name (start ()); whereis name <> None
let get_named name = send_to (Name name) (Tuple [ Atom "get"; Pid (Erlang.self ()) ]); receive_any ()

let watch () =
  let p, r = spawn_monitor (fun () -> ignore (receive_any ()); raise Not_found) in
  send p (Atom "go");
  receive (function Tuple [ Atom "DOWN"; Reference d; _; Pid q; Tuple (reason :: _) ] when d = r && p = q -> Some reason | _ -> None)

let linked () =
  trap_exit true;
  let p = spawn_link (fun () -> exit (Atom "bye")) in
  receive (function Tuple [ Atom "EXIT"; Pid q; reason ] when p = q -> Some reason | _ -> None)

let timer () = ignore (send_after 0.02 (Erlang.self ()) (Atom "later")); receive_any ()
let group () = Pg.join (Atom "g") (start ()); List.length (Pg.members (Atom "g"))

let failure f = match f () with
  | (t : term) -> t
  | exception Raised (Error, reason, _) -> Tuple [ Atom "error"; reason ]
  | exception Raised (Exit, reason, _) -> Tuple [ Atom "exit"; reason ]
let elsewhere node = failure (fun () -> apply node "erlang" "node" [])
let here () = failure (fun () -> apply (Erlang.node ()) "alone" "get_named" [ Binary "kept" ])
let gen_elsewhere node = match failure (fun () -> gen_call (Remote_name ("x", node)) (Atom "x")) with Tuple [ Atom "exit"; Tuple (reason :: _) ] -> reason | t -> t
let down node = monitor_node node true; receive (function Tuple [ Atom "nodedown"; Atom n ] -> Some n | _ -> None)
let lost node = send_to (Remote_name ("x", node)) (Atom "lost")
let fun_ (f : int -> int) = failure (fun () -> Int (f 1))

type t = Box of int ref
module Cell : sig type cell val make : int -> cell val read : cell -> int end = struct
  type cell = int ref
  let make n = ref n
  let read c = !c
end
let make = Cell.make
let read = Cell.read
let transient () = ignore (apply (Erlang.node ()) "alone" "make" [ Int 1 ])

module Account = Gen_server.Make (struct
  type state = int
  let name = "account"
  let init = function Int n -> Ok n | _ -> Error (Atom "no_number")
  let handle_call request _ balance = match request with
    | Atom "balance" -> Gen_server.Reply (Int balance, balance)
    | _ -> Stdlib.failwith "what"
  let handle_cast message balance = match message with Int n -> Gen_server.Continue (balance + n) | _ -> Stop (Atom "odd", balance)
  let handle_info _ balance = Gen_server.Continue balance
  let terminate _ _ = ()
  let show balance = Int balance
end)

let account n = match Account.start ~register:"account" (Int n) with Ok pid -> pid | Error reason -> error reason
let deposit n = gen_cast (Name "account") (Int n)
let balance () = gen_call (Name "account") (Atom "balance")
let impatient () = match gen_call ~timeout:0.05 (Process (start ())) (Atom "x") with t -> t | exception Raised (Exit, Tuple [ r; _ ], _) -> r
let () = register "kept" (start ())
def sum(n) & plus(k) = sum(n + k)
or sum(n) & total() = sum(n) & reply n to total
let () = spawn { sum(0) }
let adder () : int Join.chan = plus
let total_by_name () = gen_call (Name "alone.total") (Atom "ok")
let printed () = ignore (Erlang.spawn (fun () -> print_endline "from a process"))
`

const scratch = new Scratch({ 'alone.ml': alone })
let erl: Erl

beforeAll(async () => {
  const folder = `${root}test/daemon`
  spawnSync('erlc', ['-o', scratch.folder, `${folder}/port_client.erl`])
  erl = await Erl.start({
    name: 'port@127.0.0.1',
    cookie: 'none',
    listenPort: await freePort(),
    args: ['-pa', scratch.folder],
  })
  await erl.eval(
    `spawn(fun() -> register(keeper, self()), ${opened}, (fun L() -> receive {get, F} -> F ! {client, C}, L() end end)() end), ok`,
  )
})
afterAll(async () => {
  await erl?.stop()
})

const opened = `{C, _} = port_client:start("${process.execPath}", ["${command('camlnode')}", "port", "--module", "${scratch.path('alone.ml')}"])`
/** Evaluates with `Call` bound to a call of the module. */
const say = (text: string) =>
  erl.eval(
    `keeper ! {get, self()}, C = receive {client, X} -> X end, Call = fun(F, A) -> port_client:call(C, alone, F, A) end, ${text}`,
  )
const call = (name: string, args = '') => say(`Call(${name}, [${args}])`)

describe('alone', () => {
  test('who it is', async () => {
    expect(await call('node')).toBe('{ok,<<"nonode@nohost">>}')
    expect(await call('nodes')).toBe('{ok,[]}')
    expect(await call('caller')).toBe('{ok,true}')
    expect(await say('{ok, P} = Call(self, []), {is_pid(P), node(P)}')).toBe('{true,nonode@nohost}')
  })

  test('processes, messages, names', async () => {
    expect(
      await say(
        '{ok, P} = Call(start, []), [{ok, ok} = Call(add, [P, N]) || N <- lists:seq(1, 100)], Call(get, [P])',
      ),
    ).toBe('{ok,5050}')
    expect(await call('named', '<<"sum">>')).toBe('{ok,true}')
    expect(await call('get_named', '<<"sum">>')).toBe('{ok,0}')
    expect(await call('get_named', '<<"kept">>')).toBe('{ok,0}')
  })

  test('monitors, links, timers, groups', async () => {
    expect(await call('watch')).toBe("{ok,{ocaml,'Not_found',[]}}")
    expect(await call('linked')).toBe('{ok,bye}')
    expect(await call('timer')).toBe('{ok,later}')
    expect(await call('group')).toBe('{ok,1}')
  })

  test('gen_servers', async () => {
    expect(await say('{ok, P} = Call(account, [10]), is_pid(P)')).toBe('true')
    expect(await say('Call(deposit, [5]), Call(balance, [])')).toBe('{ok,15}')
    expect(await call('account', '1')).toMatch(/^\{error,error,\{already_started,/)
    expect(await call('impatient')).toBe('{ok,timeout}')
  })

  test('calls of its own functions', async () => {
    expect(await call('here')).toBe('{ok,0}')
  })

  test('what needs other nodes fails as it does without distribution', async () => {
    const other = '<<"other@127.0.0.1">>'
    expect(await call('elsewhere', other)).toBe('{ok,{error,{erpc,noconnection}}}')
    expect(await call('gen_elsewhere', other)).toBe("{ok,{nodedown,'other@127.0.0.1'}}")
    expect(await call('down', other)).toBe('{ok,<<"other@127.0.0.1">>}')
    expect(await call('lost', other)).toBe('{ok,ok}')
    expect(await call('fun_', 'fun(X) -> X end')).toBe('{ok,{error,{erpc,noconnection}}}')
  })

  test('handles belong to the port, or to the process that got them', async () => {
    expect(
      await say('{ok, H} = Call(make, [7]), {ok, 7} = Call(read, [H]), timer:sleep(200), Call(read, [H])'),
    ).toBe('{ok,7}')
    const handles = () => say('{ok, #{handles := N}} = port_client:call(C, camlnode, info, []), N')
    const before = await handles()
    expect(await call('transient')).toBe('{ok,ok}')
    await eventually('it is freed', async () => (await handles()) === before)
  })

  test('channels are applied, and have their names', async () => {
    expect(
      await say(
        `{ok, P} = Call(adder, []), {ok, ok} = Call(plus, [1]), {ok, ok} = port_client:call(C, camlnode, apply, [P, [2]]),
         {ok, ok} = port_client:call(C, camlnode, release, [P]), {is_pid(P), Call(total, []), Call(total_by_name, [])}`,
      ),
    ).toBe('{true,{ok,3},{ok,3}}')
  })

  test('what it says of itself', async () => {
    expect(
      await say(
        '{ok, #{node := N, connections := 0, processes := P}} = port_client:call(C, camlnode, info, []), {N, P > 3}',
      ),
    ).toBe('{nonode@nohost,true}')
  })
})

test('a BEAM without a name gives funs that cannot run here', async () => {
  const script = `${opened}, io:format("~p", [port_client:call(C, alone, fun_, [fun(X) -> X end])]), halt()`
  const { stdout } = spawnSync('erl', ['-noinput', '-pa', scratch.folder, '-eval', script], {
    encoding: 'utf8',
  })
  expect(stdout).toBe('{ok,{error,{erpc,noconnection}}}')
})
