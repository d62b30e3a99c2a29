/** OCaml code as Erlang processes, seen from a real Erlang node. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Erl } from '../node/erl.ts'
import { Camlnode, pause } from './camlnode.ts'
import { everyWayInShort } from './certificates.ts'

const actors = `open Erlang

let self () = Erlang.self ()
let caller () = Option.get (Erlang.caller ())
let node () = Erlang.node ()
let nodes () = Erlang.nodes ()

let echo (t : term) = t
let pid (p : pid) = p
let reference (r : reference) = r
let shown (t : term) = to_string t

(* A call that takes messages before it answers. *)
let gather n =
  let rec go n all = if n = 0 then List.rev all else go (n - 1) (receive_any () :: all) in
  go n []

let selective () =
  let want name = receive (function Tuple [ Atom n; x ] when n = name -> Some x | _ -> None) in
  let b = want "b" in
  let a = want "a" in
  let rest = receive_within 0.05 Option.some in
  (a, b, rest = None)

let rec counter total =
  match receive_any () with
  | Tuple [ Atom "add"; Int n ] -> counter (total + n)
  | Tuple [ Atom "get"; Pid p; Reference r ] ->
      send p (Tuple [ Reference r; Int total ]);
      counter total
  | Atom "crash" -> failwith "crashed"
  | Tuple [ Atom "exit"; reason ] -> exit reason
  | Atom "stop" -> ()
  | _ -> counter total

let start () = spawn (fun () -> counter 0)
let spawn_for_ever () : int = while true do ignore (spawn ignore) done; 0
let start_named name = let p = start () in register name p; p
let call_back (p : pid) (t : term) = send p t
let to_name name node (t : term) = send_to (Remote_name (name, node)) t
let registered name = whereis name
let unregistered name = unregister name

let trap (other : pid) =
  trap_exit true;
  link other;
  receive (function Tuple [ Atom "EXIT"; _; reason ] -> Some reason | _ -> None)

let watch_name name node =
  let r = monitor (Remote_name (name, node)) in
  receive (function Tuple [ Atom "DOWN"; Reference d; Atom "process"; what; reason ] when d = r -> Some (what, reason) | _ -> None)

let watch (p : pid) =
  let r = monitor (Process p) in
  receive (function Tuple [ Atom "DOWN"; Reference d; _; _; reason ] when d = r -> Some reason | _ -> None)

let own_child_dies () =
  let p, r = spawn_monitor (fun () -> raise Not_found) in
  receive (function Tuple [ Atom "DOWN"; Reference d; _; Pid q; Tuple (reason :: _) ] when d = r && p = q -> Some reason | _ -> None)

let sequence node from upto = call node "lists" "seq" Type.(int @-> int @-> returning (list int)) from upto
let wrong node : string = call node "erlang" "node" Type.(returning string)
let any node m f (args : term list) = apply node m f args
let any_within timeout node m f (args : term list) = apply ~timeout node m f args
let caught node m f (args : term list) =
  match apply node m f args with v -> ("ok", v) | exception Raised (Error, r, _) -> ("error", r)
  | exception Raised (Exit, r, _) -> ("exit", r) | exception Raised (Throw, r, _) -> ("throw", r)
let gen (p : pid) (request : term) = gen_call (Process p) request
let patient (p : pid) = gen_call ~timeout:infinity (Process p) (Atom "never")
let gen_named name node (request : term) = gen_call ~timeout:0.3 (Remote_name (name, node)) request
let fail kind (t : term) : unit = match kind with "error" -> error t | "exit" -> exit t | _ -> throw t
let later (p : pid) = ignore (send_after 0.02 p (Atom "later"))
let not_later (p : pid) = let t = send_after 0.2 p (Atom "later") in cancel_timer t
let node_down name = monitor_node name true; receive (function Tuple [ Atom "nodedown"; Atom n ] -> Some n | _ -> None)
let deaf () = spawn (fun () -> ignore (receive (function Atom "never" -> Some () | _ -> None)))
let many n =
  let me = self () in
  for i = 1 to n do ignore (spawn (fun () -> match receive_any () with Int k -> send me (Int k) | _ -> send me (Int 0)) |> fun p -> send p (Int i)) done;
  let rec collect k = if k = 0 then n else match receive_any () with Int _ -> collect (k - 1) | _ -> -1 in
  collect n
let worker group = let p = spawn (fun () -> counter 0) in Pg.join group p; p
let retire group (p : pid) = Pg.leave group p
let crew (group : term) = Pg.members group
let flood (p : pid) n =
  let mega = String.make 1_000_000 'x' in
  ignore (spawn (fun () -> for i = 1 to n do send p (Tuple [ Int i; Binary mega ]) done))
let rec deep n t = if n = 0 then t else deep (n - 1) (List [ t ])
let rec depth k = function List [ t ] -> depth (k + 1) t | _ -> k
let bottom = deep 100_000 (Atom "bottom")
let deep_result node = depth 0 (apply node "deep" "down" [])
let deep_reply (p : pid) = depth 0 (gen_call (Process p) (Atom "go"))
let deep_down (p : pid) =
  let r = monitor (Process p) in
  send p (Atom "die");
  receive (function Tuple [ Atom "DOWN"; Reference d; _; _; t ] when d = r -> Some (depth 0 t) | _ -> None)
let deep_exit (p : pid) =
  trap_exit true; link p; send p (Atom "die");
  receive (function Tuple [ Atom "EXIT"; _; t ] -> Some (depth 0 t) | _ -> None)
let deep_argument node = to_string (apply node "deep" "length" [ bottom ])
let deep_to_own_services () = List.iter (fun n -> send_to (Name n) bottom) [ "pg"; "rex"; "net_kernel" ]
let deep_group () = match Pg.join bottom (self ()) with () -> "joined" | exception Invalid_argument _ -> "refused"
let ring n =
  let first = self () in
  let rec make k next = if k = 0 then next else make (k - 1) (spawn (fun () -> send next (receive_any ()))) in
  send (make n first) (Int 1);
  receive_any ()
`

const printer = `let hello name = Printf.printf "hello %s\\n%!" name; String.length name
let unfinished () = print_string "no newline"
let bytes () = print_string "\\255\\254"
let long n = let s = String.make n 'x' in print_string s; String.length s
let by_child () = let p, _ = Erlang.spawn_monitor (fun () -> print_endline "child") in
  Erlang.receive (function Erlang.Tuple (Atom "DOWN" :: _) -> Some () | _ -> None); ignore p
let count n = for i = 1 to n do Printf.printf "%d\\n%!" i; Thread.delay 0.02 done
let count_without_rest n = for i = 1 to n do Printf.printf "%d\\n%!" i; for _ = 1 to 10_000_000 do ignore (Sys.opaque_identity i) done done
let count_as_process n = ignore (Erlang.self ()); count n
let count_later n = Erlang.spawn (fun () -> Thread.delay 0.2; count n)
let turns n = for _ = 1 to 200 do print_int n; Thread.yield () done
`

const starter = `open Erlang
let () = register "starter" (spawn (fun () ->
  let rec loop () = match receive_any () with
    | Tuple [ Pid p; t ] -> send p (Tuple [ Atom "back"; t ]); loop ()
    | _ -> loop () in
  loop ()))
let answer = node ()
let () = assert (whereis "starter" <> None)
let first_answer () = answer
`

const account = `open Erlang

module Server = struct
  type state = int
  let name = "account"
  let init = function Int n when n >= 0 -> Ok n | _ -> Error (Atom "negative")
  let handle_call request from state = match request with
    | Atom "balance" -> Gen_server.Reply (Int state, state)
    | Tuple [ Atom "withdraw"; Int n ] when n <= state -> Reply (Atom "ok", state - n)
    | Tuple [ Atom "withdraw"; _ ] -> Reply (Tuple [ Atom "error"; Atom "poor" ], state)
    | Atom "later" -> ignore (spawn (fun () -> Gen_server.reply from (Int (-1)))); No_reply state
    | Atom "stop" -> Reply_and_stop (Atom "bye", Atom "normal", state)
    | _ -> failwith "what?"
  let handle_cast message state = match message with
    | Tuple [ Atom "deposit"; Int n ] -> Gen_server.Continue (state + n)
    | Atom "nap" -> Timeout (state, 0.02)
    | _ -> Stop (Atom "strange_cast", state)
  let handle_info message state = match message with
    | Atom "timeout" -> Gen_server.Continue (state + 1000)
    | _ -> Gen_server.Continue (state + 1)
  let terminate _ _ = ()
  let show state = Tuple [ Atom "balance"; Int state ]
end

include Gen_server.Make (Server)
let start_link (n : term) = start_link n
let start (n : term) = start n
let start_as name (n : term) = Gen_server.(ignore (fun () -> ())); let module S = Gen_server.Make (Server) in S.start ~register:name n
`

const N = "'caml@127.0.0.1'"

describe.each(everyWayInShort())('over $name', ({ config, erlArguments, share }) => {
  let daemon: Camlnode
  let erl: Erl

  beforeAll(async () => {
    daemon = await Camlnode.start({
      files: { 'actors.ml': actors, 'account.ml': account, 'printer.ml': printer, 'starter.ml': starter },
      config,
      erlArguments,
    })
    erl = await daemon.erl()
  })
  afterAll(async () => {
    await erl?.stop()
    expect(await daemon?.stop()).toBe(0)
  })

  const call = (f: string, args = '', module = 'actors') => `erpc:call(${N}, ${module}, ${f}, [${args}])`
  /** Expressions that compile and load an Erlang module. */
  const defineModule = (name: string, forms: readonly string[]) =>
    `Form = fun(L) -> {ok, T, _} = erl_scan:string(L), {ok, F} = erl_parse:parse_form(T), F end,
   {ok, M, B} = compile:forms([Form(L) || L <- ${JSON.stringify([`-module(${name}).`, ...forms.map((f) => f.replaceAll('?MODULE', name))])}]),
   {module, M} = code:load_binary(M, "", B), ok`

  const say = (expressions: string, ms?: number) => erl.eval(expressions, ms)

  describe('terms', () => {
    test.each([
      'foo',
      "'it\\'s'",
      '0',
      '-1',
      '1 bsl 61',
      '1 bsl 62',
      '-(1 bsl 62)',
      '1 bsl 200',
      '-(1 bsl 200)',
      '2.5',
      '-0.0',
      '<<"bytes">>',
      '<<1:1>>',
      '<<255,3:5>>',
      '[]',
      '[1,2,3]',
      '"abc"',
      'lists:seq(1,70000)',
      '[1|2]',
      '[[],[[a]]|b]',
      '{}',
      '{a,{b,[c]}}',
      'list_to_tuple(lists:seq(1,300))',
      '#{}',
      '#{a => 1, 1 => #{2.0 => [x]}}',
      'self()',
      'make_ref()',
      'hd(erlang:ports())',
      'fun lists:map/2',
      'fun(X) -> X + 1 end',
      'lists:foldl(fun(_, A) -> {A} end, [], lists:seq(1, 900))',
      'lists:foldl(fun(_, A) -> [A] end, [], lists:seq(1, 900))',
    ])('%s comes back', async (term) => {
      expect(await say(`T = ${term}, T =:= ${call('echo', 'T')}`)).toBe('true')
      expect(await say(`T = ${term}, ok = ${call('call_back', 'self(), T')}, receive X -> X =:= T end`)).toBe(
        'true',
      )
    })

    test('pids and references by themselves', async () => {
      expect(await say(`self() =:= ${call('pid', 'self()')}`)).toBe('true')
      expect(await say(`R = make_ref(), R =:= ${call('reference', 'R')}`)).toBe('true')
      expect(await say(`catch ${call('pid', 'make_ref()')}`)).toContain('expected pid, got')
    })

    test('what it shows of them', async () => {
      expect(await say(call('shown', '{a,\'B c\',[1,2|3],<<"x">>,2.0,#{k => v}}'))).toBe(
        `<<"{a,'B c',[1,2|3],<<\\"x\\">>,2.0,#{k => v}}">>`,
      )
    })

    test('too deep a term is refused', async () => {
      expect(
        await say(`catch ${call('echo', 'lists:foldl(fun(_, A) -> {A} end, [], lists:seq(1, 2000))')}`),
      ).toContain('nested too deeply')
    })
  })

  describe('messages', () => {
    test('reach a process, and come from it', async () => {
      expect(
        await say(`P = ${call('start')}, [P ! {add, N} || N <- lists:seq(1, 100)], R = make_ref(),
        P ! {get, self(), R}, receive {R, T} -> T end`),
      ).toBe('5050')
    })

    test('reach a registered name', async () => {
      expect(
        await say(`P = ${call('start_named', '<<"sum">>')}, {sum, ${N}} ! {add, 7}, R = make_ref(),
        {sum, ${N}} ! {get, self(), R}, {receive {R, T} -> T end, ${call('registered', '<<"sum">>')} =:= {some, P}}`),
      ).toBe('{7,true}')
      expect(await say(`catch ${call('start_named', '<<"sum">>')}`)).toContain("'Invalid_argument'")
      expect(await say(`{${call('unregistered', '<<"sum">>')}, ${call('registered', '<<"sum">>')}}`)).toBe(
        '{true,undefined}',
      )
    })

    test('are taken by patterns, the others wait', async () => {
      const gather = `S = self(), spawn_monitor(fun() -> S ! {result, ${call('selective')}} end)`
      expect(await say(`${gather}, timer:sleep(50), ok`)).toBe('ok')
      expect(
        await say(
          `P = ${call('start')}, P ! nonsense, P ! {add, 1}, R = make_ref(), P ! {get, self(), R}, receive {R, T} -> T end`,
        ),
      ).toBe('1')
    })

    test('go to names of other nodes', async () => {
      expect(
        await say(
          `register(me, self()), ${call('to_name', '<<"me">>, atom_to_binary(node()), {hello}')}, receive M -> M end`,
        ),
      ).toBe('{hello}')
    })

    test('come in order, a hundred thousand of them', async () => {
      expect(
        await say(
          `P = ${call('start')}, [P ! {add, 1} || _ <- lists:seq(1, 100000)], R = make_ref(), P ! {get, self(), R}, receive {R, T} -> T end`,
          60_000,
        ),
      ).toBe('100000')
    })

    test('timers', async () => {
      expect(await say(`${call('later', 'self()')}, receive M -> M after 2000 -> none end`)).toBe('later')
      expect(await say(`true = ${call('not_later', 'self()')}, receive M -> M after 400 -> none end`)).toBe(
        'none',
      )
    })

    test('a ring of a thousand processes', async () => {
      expect(await say(call('ring', '1000'), 60_000)).toBe('1')
    })
  })

  describe('links and monitors', () => {
    test('Erlang hears how an OCaml process ends', async () => {
      const ends = (message: string) =>
        say(
          `P = ${call('start')}, M = monitor(process, P), P ! ${message}, receive {'DOWN', M, _, P, R} -> R end`,
        )
      expect(await ends('stop')).toBe('normal')
      expect(await ends('{exit, {shutdown, 3}}')).toBe('{shutdown,3}')
      expect(await ends('crash')).toMatch(/^\{\{ocaml,'Failure',\[<<"crashed">>\]\},\[\{actors,/)
    })

    test('exit signals end it, and those who are linked', async () => {
      expect(
        await say(
          `P = ${call('start')}, M = monitor(process, P), exit(P, boom), receive {'DOWN', M, _, P, R} -> R end`,
        ),
      ).toBe('boom')
      expect(
        await say(
          `P = ${call('start')}, M = monitor(process, P), exit(P, kill), receive {'DOWN', M, _, P, R} -> R end`,
        ),
      ).toBe('killed')
      expect(
        await say(
          `process_flag(trap_exit, true), P = ${call('start')}, link(P), P ! crash, receive {'EXIT', P, {{ocaml, W, _}, _}} -> W end`,
        ),
      ).toBe("'Failure'")
      expect(
        await say(
          `P = ${call('start')}, M = monitor(process, P), spawn(fun() -> link(P), exit(gone) end), receive {'DOWN', M, _, P, R} -> R end`,
        ),
      ).toBe('gone')
    })

    /** Ends when somebody is there to notice. */
    const noticed = (relation: 'links' | 'monitored_by'): string =>
      `spawn(fun Wait() -> case process_info(self(), ${relation}) of {_, []} -> timer:sleep(5), Wait(); _ -> exit(bye) end end)`

    test('OCaml traps exits', async () => {
      expect(await say(`P = ${noticed('links')}, ${call('trap', 'P')}`)).toBe('bye')
    })

    test('OCaml watches Erlang processes', async () => {
      expect(await say(`P = ${noticed('monitored_by')}, ${call('watch', 'P')}`)).toBe('bye')
      expect(await say(`P = spawn(fun() -> ok end), timer:sleep(20), ${call('watch', 'P')}`)).toBe('noproc')
      expect(await say(call('watch_name', `<<"nobody">>, atom_to_binary(node())`))).toMatch(
        /^\{\{nobody,'.*'\},noproc\}$/,
      )
      expect(await say(call('watch_name', `<<"nobody">>, <<"nowhere@127.0.0.1">>`))).toBe(
        "{{nobody,'nowhere@127.0.0.1'},noconnection}",
      )
    })

    test('and its own', async () => {
      expect(await say(call('own_child_dies'))).toBe("{ocaml,'Not_found',[]}")
    })

    test('nodes', async () => {
      const other = await daemon.erl()
      const name = await other.eval('node()')
      const waiting = say(call('node_down', `atom_to_binary(${name})`), 30_000)
      await other.eval(`net_adm:ping(${N})`)
      await other.kill()
      expect(await waiting).toContain('@')
      expect(await say(call('node_down', '<<"nowhere@127.0.0.1">>'))).toBe('<<"nowhere@127.0.0.1">>')
      expect(await say(`lists:member(atom_to_binary(node()), ${call('nodes')})`)).toBe('true')
    })
  })

  describe('calls of other nodes', () => {
    const here = 'atom_to_binary(node())'
    test('typed', async () => {
      expect(await say(call('sequence', `${here}, 3, 6`))).toBe('[3,4,5,6]')
      expect(await say(`catch ${call('wrong', here)}`)).toContain('expected binary, got')
    })

    test('untyped, and what they raise', async () => {
      expect(await say(call('any', `${here}, <<"erlang">>, <<"abs">>, [-3]`))).toBe('3')
      expect(await say(call('caught', `${here}, <<"erlang">>, <<"error">>, [why]`))).toBe('{<<"error">>,why}')
      expect(await say(call('caught', `${here}, <<"erlang">>, <<"exit">>, [why]`))).toBe('{<<"exit">>,why}')
      expect(await say(call('caught', `${here}, <<"erlang">>, <<"throw">>, [why]`))).toBe('{<<"throw">>,why}')
      expect(await say(call('caught', `<<"nowhere@127.0.0.1">>, <<"m">>, <<"f">>, []`))).toBe(
        '{<<"error">>,{erpc,noconnection}}',
      )
      expect(
        await say(`catch ${call('any_within', `0.1, ${here}, <<"timer">>, <<"sleep">>, [500]`)}`),
      ).toContain('{erpc,timeout}')
    })

    test('of its own node', async () => {
      expect(await say(call('any', `<<"caml@127.0.0.1">>, <<"actors">>, <<"node">>, []`))).toBe(
        '<<"caml@127.0.0.1">>',
      )
    })

    test('that wait for long are given up with their process', async () => {
      const deaf = 'D = spawn(fun() -> receive stop -> ok end end)'
      const processes = `maps:get(processes, ${call('info', '', 'camlnode')})`
      const eventually = (what: string) =>
        `(fun W(N) -> case ${what} of true -> true; _ when N > 0 -> timer:sleep(20), W(N - 1) end end)(300)`
      expect(
        await say(`${deaf}, Before = ${processes}, P = spawn(fun() -> ${call('patient', 'D')} end),
          true = ${eventually(`${processes} > Before`)}, exit(P, kill), ${eventually(`${processes} =< Before`)}`),
      ).toBe('true')
    })

    test('of gen_servers', async () => {
      expect(await say(call('gen_named', `<<"rex">>, ${here}, {call, erlang, abs, [-4], self()}`))).toBe('4')
      expect(await say(`catch ${call('gen_named', `<<"nobody">>, ${here}, x`)}`)).toContain(
        '{noproc,{gen_server,call,',
      )
      expect(
        await say(
          `P = spawn(fun() -> timer:sleep(1000) end), register(slow, P), catch ${call('gen_named', `<<"slow">>, ${here}, x`)}`,
        ),
      ).toContain('{timeout,{gen_server,call,')
    })

    test('raising as Erlang does', async () => {
      expect(
        await say(`try ${call('fail', '<<"error">>, {a, 1}')} catch C:{exception, R, _} -> {C, R} end`),
      ).toBe('{error,{a,1}}')
      expect(
        await say(`try ${call('fail', '<<"exit">>, {a, 1}')} catch C:{exception, R} -> {C, R} end`),
      ).toBe('{exit,{a,1}}')
      expect(await say(`try ${call('fail', '<<"throw">>, {a, 1}')} catch C:R -> {C, R} end`)).toBe(
        '{throw,{a,1}}',
      )
    })
  })

  describe('gen_server', () => {
    const start = (n: string) => `{ok, P} = ${call('start', n, 'account')}`
    test('calls, casts, messages', async () => {
      expect(
        await say(`${start('10')}, gen_server:cast(P, {deposit, 5}), P ! x,
        {gen_server:call(P, balance), gen_server:call(P, {withdraw, 6}), gen_server:call(P, {withdraw, 60}), gen_server:call(P, later)}`),
      ).toBe('{16,ok,{error,poor},-1}')
      expect(
        await say(`${start('1')}, gen_server:cast(P, nap), timer:sleep(300), gen_server:call(P, balance)`),
      ).toBe('1001')
    })

    test('stops', async () => {
      const down = "receive {'DOWN', M, _, _, R} -> R end"
      expect(await say(`${start('1')}, M = monitor(process, P), {gen_server:call(P, stop), ${down}}`)).toBe(
        '{bye,normal}',
      )
      expect(await say(`${start('1')}, M = monitor(process, P), gen_server:cast(P, odd), ${down}`)).toBe(
        'strange_cast',
      )
      expect(await say(`${start('1')}, catch gen_server:call(P, odd)`)).toMatch(
        /^\{'EXIT',\{\{\{ocaml,'Failure',/,
      )
      expect(await say(call('start', '-1', 'account'))).toBe('{error,negative}')
      expect(
        await say(`${start('1')}, M = monitor(process, P), gen_server:stop(P, shutdown, 1000), ${down}`),
      ).toBe('shutdown')
    })

    test('sys', async () => {
      expect(await say(`${start('3')}, sys:get_state(P)`)).toBe('{balance,3}')
      expect(
        await say(
          `${start('3')}, {status, P, {module, account}, [_, running, _, _, Misc]} = sys:get_status(P), length(Misc)`,
        ),
      ).toBe('3')
      expect(
        await say(
          `${start('3')}, ok = sys:suspend(P), {'EXIT', {timeout, _}} = (catch gen_server:call(P, balance, 100)), ok = sys:resume(P), gen_server:call(P, balance)`,
        ),
      ).toBe('3')
    })

    test('under a supervisor', async () => {
      const child = `#{id => a, start => {erpc, call, [${N}, account, start_link, [5]]}, shutdown => 1000}`
      await say(
        defineModule('account_sup', [
          '-behaviour(supervisor).',
          '-export([start/0, init/1]).',
          'start() -> supervisor:start_link(?MODULE, []).',
          `init([]) -> {ok, {#{intensity => 3}, [${child}]}}.`,
        ]),
      )
      expect(
        await say(
          `process_flag(trap_exit, true), {ok, S} = account_sup:start(), Child = fun() -> [{a, P, _, _}] = supervisor:which_children(S), P end,
         First = Child(), 5 = gen_server:call(First, balance), exit(First, kill),
         Wait = fun Again(0) -> Child(); Again(N) -> case Child() of P when is_pid(P), P =/= First -> P; _ -> timer:sleep(20), Again(N - 1) end end,
         Second = Wait(100), 5 = gen_server:call(Second, balance), M = monitor(process, Second),
         ok = supervisor:terminate_child(S, a), receive {'DOWN', M, _, _, R} -> R end`,
        ),
      ).toBe('shutdown')
    })

    test('names', async () => {
      expect(
        await say(
          `{ok, P} = ${call('start_as', '<<"bank">>, 2', 'account')}, {gen_server:call({bank, ${N}}, balance), ${call('start_as', '<<"bank">>, 2', 'account')} =:= {error, {already_started, P}}}`,
        ),
      ).toBe('{2,true}')
    })
  })

  test('process groups', async () => {
    const eventually = (what: string) =>
      `(fun W(0) -> ${what}; W(K) -> case ${what} of true -> true; _ -> timer:sleep(20), W(K - 1) end end)(500)`
    await say(`pg:start_link(), ok`)
    expect(
      await say(`pg:start(pg), P = ${call('worker', 'crew')}, ${eventually(`pg:get_members(crew) =:= [P]`)}`),
    ).toBe('true')
    expect(
      await say(`[P] = pg:get_members(crew), spawn(fun() -> pg:join(crew, self()), receive stop -> ok end end),
      ${eventually(`length(${call('crew', 'crew')}) =:= 2`)}, true = ${call('retire', 'crew, P')}, ${eventually('not lists:member(P, pg:get_members(crew))')}`),
    ).toBe('true')
  })

  describe('what is printed', () => {
    /** A call with a group leader that collects what it is asked to print. */
    const printed = (f: string, args = '') =>
      `S = self(), Leader = spawn(fun Loop() -> receive
       {io_request, From, R, {put_chars, E, B}} -> S ! {printed, E, B}, From ! {io_reply, R, ok}, Loop() end end),
     Worker = spawn(fun() -> receive go -> S ! {result, ${call(f, args, 'printer')}} end end), group_leader(Leader, Worker), Worker ! go,
     Collect = fun C(All) -> receive {printed, E, B} -> C([{E, B} | All]); {result, R} -> {R, lists:reverse(All)} after 5000 -> All end end, Collect([])`

    test('goes to the group leader, before the result', async () => {
      expect(await say(printed('hello', '<<"joe">>'))).toBe('{3,[{unicode,<<"hello joe\\n">>}]}')
      expect(await say(printed('unfinished'))).toBe('{ok,[{unicode,<<"no newline">>}]}')
      expect(await say(printed('bytes'))).toBe('{ok,[{latin1,<<"ÿþ">>}]}')
      expect(await say(printed('long', '200000'))).toMatch(/^\{200000,\[\{unicode,<<"x+/)
    })

    test('of any length', async () => {
      expect(
        await say(
          `{N, Out} = begin ${printed('long', '6000000')} end, {N, iolist_size([B || {_, B} <- Out])}`,
          60_000,
        ),
      ).toBe('{6000000,6000000}')
    })

    test('also of threads that the call has started', async () => {
      expect(await say(printed('by_child'))).toBe('{ok,[{unicode,<<"child\\n">>}]}')
    })

    test('is not mixed with that of others', async () => {
      const all = `[begin {ok, Out} = (fun() -> ${printed('turns', 'N')} end)(), lists:append([binary_to_list(B) || {_, B} <- Out]) =:= lists:duplicate(200, $0 + N) end || N <- lists:seq(1, 3)]`
      expect(await say(all, 60_000)).toBe('[true,true,true]')
      const both = `P = self(), [spawn(fun() -> P ! {N, (fun() -> ${printed('turns', 'N')} end)()} end) || N <- [1, 2, 3]],
      [receive {N, {ok, Out}} -> lists:append([binary_to_list(B) || {_, B} <- Out]) =:= lists:duplicate(200, $0 + N) end || N <- [1, 2, 3]]`
      expect(await say(both, 60_000)).toBe('[true,true,true]')
    })

    test('goes to a C node that asks for it', async () => {
      expect(
        await say(`{rex, ${N}} ! {self(), {call, printer, hello, [<<"ei">>], send_stdout_to_caller}},
        [receive {rex_stdout, B} -> B end, receive {rex, R} -> R end]`),
      ).toBe('[<<"hello ei\\n">>,2]')
    })

    /** `Start` gives a process that prints 1 to 20 to the first leader; as soon as it has printed 5 it gets the second one. */
    const handedOver = (start: string) =>
      `S = self(), Leader = fun(Name) -> spawn(fun Loop() -> receive
       {io_request, From, R, {put_chars, _, B}} -> S ! {Name, B}, From ! {io_reply, R, ok}, Loop() end end) end,
     Second = Leader(second), Own = group_leader(), group_leader(Leader(first), S), P = ${start}, group_leader(Own, S),
     Collect = fun C(First) -> receive {first, <<"5\n">>} -> group_leader(Second, P), C([<<"5\n">> | First]); {first, B} -> C([B | First]);
       {second, <<"20\n">>} -> {handed_over, length(First) < 20}; {second, _} -> C(First);
       {'DOWN', _, _, _, Why} -> {down, Why, First} after 5000 -> {none, First} end end, Collect([])`
    const spawned = (f: string) =>
      `begin spawn_request(${N}, printer, ${f}, [20], [monitor]), receive {spawn_reply, _, ok, Pid} -> Pid end end`
    const called = (f: string) =>
      `begin spawn_request(${N}, erpc, execute_call, [ref, printer, ${f}, [20]], [monitor]), receive {spawn_reply, _, ok, Pid} -> Pid end end`

    test.each([
      ['a spawned function', spawned('count')],
      ['one that is a process', spawned('count_as_process')],
      ['a call', called('count')],
      ['a call that never waits', called('count_without_rest')],
      ['a call that is a process', called('count_as_process')],
      ['a process of OCaml code', `erpc:call(${N}, printer, count_later, [20])`],
    ])('goes to another group leader from the moment on when it has one: %s', async (_, start) => {
      expect(await say(handedOver(start))).toBe('{handed_over,true}')
    })

    test('a dead group leader holds nothing up', async () => {
      expect(
        await say(`Leader = spawn(fun() -> ok end), S = self(), W = spawn(fun() -> receive go -> S ! {result, ${call('hello', '<<"x">>', 'printer')}} end end),
        group_leader(Leader, W), W ! go, receive {result, R} -> R after 5000 -> late end`),
      ).toBe('1')
    })
  })

  describe('the start of a module', () => {
    test('may make processes, and call others', async () => {
      expect(await say(`{starter, ${N}} ! {self(), hi}, receive {back, T} -> T after 3000 -> none end`)).toBe(
        'hi',
      )
      expect(await say(call('first_answer', '', 'starter'))).toBe('<<"caml@127.0.0.1">>')
    })
  })

  test('a peer that does not read makes the senders to it wait, and nobody else', async () => {
    const flood = share < 1 ? 100 : 300
    const slow = await daemon.erl()
    await slow.eval(
      `register(sink, spawn(fun() -> Loop = fun L(N) -> receive {N, B} when byte_size(B) =:= 1000000 -> L(N + 1);
       {ask, P} -> P ! {seen, N - 1}, L(N) end end, Loop(1) end)), ok`,
    )
    const sink = await slow.eval('term_to_binary(whereis(sink))')
    await slow.eval(`pong = net_adm:ping(${N})`)
    slow.freeze()
    const before = daemon.memory()
    await say(`P = binary_to_term(${sink}), ${call('flood', `P, ${flood}`)}`)
    await pause(5 * flood)
    expect(daemon.memory() - before).toBeLessThan(150)
    expect(await say(call('sequence', 'atom_to_binary(node()), 1, 3'))).toBe('[1,2,3]')
    slow.thaw()
    expect(
      await slow.eval(
        `Wait = fun W() -> sink ! {ask, self()}, receive {seen, ${flood}} -> all; {seen, _} -> timer:sleep(50), W() end end, Wait()`,
        60_000,
      ),
    ).toBe('all')
    await slow.stop()
  }, 90_000)

  test('many processes', async () => {
    const number = String(20_000 * share)
    expect(await say(call('many', number), 100_000)).toBe(number)
  })

  test('nothing is left of processes that were being made when the call was cancelled', async () => {
    const info = `begin #{running := R, processes := P} = rpc:call(${N}, camlnode, info, []), {R, P} end`
    const counts = async () => (await say(info)).slice(1, -1).split(',').map(Number)
    // Of the test before this one something may still be ending now.
    const [running, processes] = await counts()
    const cancelled = `erpc:call(${N}, actors, spawn_for_ever, [], 100 + I rem 5)`
    const reasons = `lists:usort([try ${cancelled} catch error:R -> R end || I <- lists:seq(1, ${40 * share})])`
    expect(await say(reasons, 60_000)).toBe('[{erpc,timeout}]')
    const left = async () => {
      const [r, p] = await counts()
      return Number(r) <= Number(running) && Number(p) <= Number(processes)
    }
    await expect.poll(left, { timeout: 45_000 }).toBe(true)
  })

  test('terms that are nested deeply come and go, and end neither the connection nor the node', async () => {
    const module = defineModule('deep', [
      '-export([down/0, length/1, server/0]).',
      'down() -> lists:foldl(fun(_, T) -> [T] end, bottom, lists:seq(1, 100000)).',
      'length(T) -> erlang:length(T).',
      "server() -> receive {'$gen_call', {P, R}, go} -> P ! {R, down()}, server(); die -> exit(down()) end.",
    ])
    await erl.eval(module)
    const creation = `element(3, hd(ets:lookup(sys_dist, ${N})))`
    const before = await say(creation)
    const server = 'spawn(deep, server, [])'
    expect(await say(call('deep_result', 'atom_to_binary(node())'))).toBe('100000')
    expect(await say(call('deep_reply', server))).toBe('100000')
    expect(await say(call('deep_down', server))).toBe('100000')
    expect(await say(call('deep_exit', server))).toBe('100000')
    expect(await say(call('deep_argument', 'atom_to_binary(node())'))).toBe('<<"1">>')
    expect(await say(call('deep_to_own_services', ''))).toBe('ok')
    expect(await say(call('deep_group', ''))).toBe('<<"refused">>')
    expect(await say(creation)).toBe(before)
    const failed = daemon.log.filter(({ msg }) => msg === 'a signal within the node failed')
    expect(failed.map(({ level }) => level)).toEqual([40])
  })

  test('nothing is left of processes that have ended', async () => {
    const known = `maps:with([processes, handles], rpc:call(${N}, camlnode, info, []))`
    const stopped = `begin P = ${call('start')}, M = monitor(process, P), P ! stop, receive {'DOWN', M, _, _, normal} -> ok end end`
    expect(
      await say(
        `#{processes := Before} = ${known}, [${stopped} || _ <- lists:seq(1, 200)], #{processes := After, handles := 0} = ${known}, After =< Before`,
        60_000,
      ),
    ).toBe('true')
    expect(daemon.log.filter((entry) => Number(entry['level']) >= 50)).toEqual([])
  })
})

test('mailboxes that are not read do not take all memory: the fullest gives way', async () => {
  const small = await Camlnode.start({
    files: { 'actors.ml': actors },
    config: '[limits]\nheap = "16MiB"\nstack = "4MiB"',
  })
  const shell = await small.erl()
  expect(
    await shell.eval(
      `[P, Q] = [erpc:call(${N}, actors, deaf, []) || _ <- [1, 2]], [M, MQ] = [monitor(process, X) || X <- [P, Q]],
       B = binary:copy(<<"x">>, 1000000),
       [Q ! {junk, B} || _ <- lists:seq(1, 7)], [P ! {junk, B} || _ <- lists:seq(1, 8)], Q ! {junk, B},
       None = receive {'DOWN', _, _, _, _} -> some after 300 -> none end,
       [P ! {junk, B} || _ <- lists:seq(1, 3)],
       {None, receive {'DOWN', M, _, _, R} -> R after 20000 -> alive end, receive {'DOWN', MQ, _, _, R2} -> R2 after 300 -> alive end}`,
      40_000,
    ),
  ).toBe('{none,{system_limit,mailbox},alive}')
  await shell.stop()
  expect(await small.stop()).toBe(0)
})
