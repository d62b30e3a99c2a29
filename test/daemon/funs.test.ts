/** Erlang funs where OCaml wants functions: from a real Erlang node. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Erl } from '../node/erl.ts'
import { Camlnode, eventually } from './camlnode.ts'

const higher = `
open Erlang

type point = { x : int; y : float }
type color = Red | Rgb of int * int * int
type callbacks = { on_value : int -> string; others : (int -> int) list; last : (unit -> int) option }
type f = int -> int
module Counter : sig type t val make : unit -> t val bump : t -> int val count : t -> int end = struct
  type t = { mutable count : int }
  let make () = { count = 0 }
  let bump t = t.count <- t.count + 1; t.count
  let count t = t.count
end
module Fold = struct type t = string let compare a b = String.compare (String.lowercase_ascii a) (String.lowercase_ascii b) end
module Names = Set.Make (Fold)

let map (f : int -> int) (l : int list) = List.map f l
let sort (before : int -> int -> bool) l = List.sort (fun a b -> if before a b then -1 else 1) l
let three (f : int -> string -> float -> string) = f 1 "two" 3.
let floats (f : float -> float -> float) = f 1.5 (f 2.5 3.)
let partial (f : int -> int -> int) = let g = f 10 in [ g 1; g 2; f 20 3 ]
let thunk (f : unit -> int) = f () + f ()
let labels (f : first:int -> ?second:int -> int -> int) = [ f ~first:1 ~second:2 3; f ~first:1 3 ]
let point (f : point -> point) = f { x = 1; y = 2. }
let color (f : color -> color option) = [ f Red; f (Rgb (1, 2, 3)) ]
let result (f : int -> (string, char list) result) = match f 1 with Ok s -> s | Error _ -> "error"
let unit (f : string -> unit) = f "done"; f "again"
let sequence (f : int Seq.t -> int Seq.t) = List.of_seq (f (List.to_seq [ 1; 2; 3 ]))
let names (f : Names.t -> Names.t) = Names.elements (f (Names.of_list [ "b"; "A" ]))
let callbacks { on_value; others; last } =
  (on_value 1, List.map (fun f -> f 2) others, Option.map (fun f -> f ()) last)
let same (f : f) : f = f
let kept : (int -> int) ref = ref (fun n -> -n)
let keep (f : int -> int) = kept := f
let kept_one () : f = !kept
let use_kept n = !kept n
let adder n : f = fun m -> m + n
let twice (f : int -> f) n = f n n
let back (f : f -> int) = f (fun n -> n * 7)
let with_handle (f : Counter.t -> Counter.t) n =
  let t = Counter.make () in
  for _ = 1 to n do ignore (Counter.bump (f t)) done;
  Counter.count t
let repeat (f : int -> int) n = let rec go n x = if n = 0 then x else go (n - 1) (f x) in go n 0
let guarded (f : int -> int) =
  match f 1 with n -> string_of_int n
  | exception Raised (Error, reason, _) -> "error " ^ to_string reason
  | exception Raised (Exit, reason, _) -> "exit " ^ to_string reason
  | exception Raised (Throw, reason, _) -> "throw " ^ to_string reason
  | exception Failure text -> "failure " ^ text
let bad_argument (f : float -> int) = match f Float.nan with n -> string_of_int n | exception Invalid_argument text -> text
let raises () : int = raise Not_found
let outcome (r : (int, exn) result) = match r with Ok n -> string_of_int n | Error e -> Printexc.to_string e
let failure text : exn = Failure text
let polymorphic (f : 'a -> 'b) (x : 'a) = f x
let untyped (f : func) (args : term list) = apply_fun f args
let typed (f : func) n = call_fun f Type.(int @-> string @-> returning (pair int string)) n "x"
let elsewhere (f : func) node (args : term list) = apply_fun ~node f args
let impatient (f : func) = apply_fun ~timeout:0.1 f []
let in_process (f : int -> int) =
  let me = self () in
  ignore (spawn (fun () -> send me (Int (f 20))));
  receive_any ()
`

const slow = `let wait (f : int -> int) = f 1
let pid () = Erlang.self ()
`

const N = "'caml@127.0.0.1'"
let daemon: Camlnode
let erl: Erl

beforeAll(async () => {
  daemon = await Camlnode.start({
    files: { 'higher.ml': higher, 'slow.ml': slow },
    config: '[limits]\ncall_timeout = "2min"',
  })
  erl = await daemon.erl()
})
afterAll(async () => {
  await erl?.stop()
  expect(await daemon?.stop()).toBe(0)
})

const call = (f: string, args = '', module = 'higher') => `erpc:call(${N}, ${module}, ${f}, [${args}])`
const say = (expressions: string, ms?: number) => erl.eval(expressions, ms)
const info = (key: string) => say(`maps:get(${key}, ${call('info', '', 'camlnode')})`)
/** The cause in a badarg. */
const cause = (expression: string) =>
  say(
    `try ${expression} catch error:{exception, badarg, [{_, _, _, [{error_info, #{cause := C}}]} | _]} -> C end`,
  )

describe('funs are functions', () => {
  test('local ones', async () => {
    expect(await say(call('map', 'fun(X) -> X * X end, [1, 2, 300]'))).toBe('[1,4,90000]')
    expect(await say(`Y = 40, ${call('map', 'fun(X) -> X + Y end, [2]')}`)).toBe('"*"')
    expect(await say(call('map', 'fun(_) -> error end, []'))).toBe('[]')
  })

  test('with deep terms in them', async () => {
    expect(
      await say(
        `Deep = lists:foldl(fun(_, A) -> {A} end, [], lists:seq(1, 5000)), F = fun(X) -> X + tuple_size(Deep) end,
          {${call('map', 'F, [1]')}, F =:= ${call('same', 'F')}}`,
      ),
    ).toBe('{[2],true}')
  })

  test('external ones, on the node of the caller', async () => {
    expect(await say(call('map', 'fun erlang:abs/1, [-1, 2]'))).toBe('[1,2]')
    expect(await say(call('result', 'fun(_) -> {ok, atom_to_list(node())} end'))).toContain('shell')
    expect(await say(`${call('untyped', 'fun erlang:node/0, []')} =:= node()`)).toBe('true')
  })

  test('of several arguments, some at a time', async () => {
    expect(await say(call('sort', 'fun erlang:">"/2, [3, 1, 2]'.replaceAll('"', "'")))).toBe('[3,2,1]')
    expect(await say(call('three', 'fun(1, <<"two">>, 3.0) -> "x" end'))).toBe('<<"x">>')
    expect(await say(call('floats', 'fun(A, B) -> A * B end'))).toBe('11.25')
    expect(await say(call('partial', 'fun(A, B) -> A * B end'))).toBe('[10,20,60]')
    expect(
      await say(
        call('labels', 'fun(F, S, N) -> F * 100 + N + case S of undefined -> 0; {some, K} -> 10 * K end end'),
      ),
    ).toBe('"{g"')
  })

  test('of no argument, or of ok', async () => {
    expect(await say(call('thunk', 'fun() -> 21 end'))).toBe('42')
    expect(await say(call('thunk', 'fun(ok) -> 4 end'))).toBe('8')
  })

  test('of any type', async () => {
    expect(await say(call('point', 'fun(#{x := X, y := Y}) -> #{y => 2 * Y, x => X + 1} end'))).toMatch(
      /^#\{(x => 2,y => 4\.0|y => 4\.0,x => 2)\}$/,
    )
    expect(
      await say(call('color', 'fun(red) -> {some, {rgb, 7, 8, 9}}; ({rgb, 1, 2, 3}) -> undefined end')),
    ).toBe('[{some,{rgb,7,8,9}},undefined]')
    expect(await say(call('unit', 'fun(S) when is_binary(S) -> ok end'))).toBe('ok')
    expect(await say(call('sequence', 'fun lists:reverse/1'))).toBe('[3,2,1]')
    expect(await say(call('names', 'fun([<<"A">>, <<"b">>] = L) -> [<<"B">>, <<"c">> | L] end'))).toBe(
      '[<<"A">>,<<"B">>,<<"c">>]',
    )
  })

  test('in records, lists and options', async () => {
    const given =
      '#{on_value => fun erlang:integer_to_binary/1, others => [fun(X) -> X + N end || N <- [1, 2]], last => {some, fun() -> 9 end}}'
    expect(await say(call('callbacks', given))).toBe('{<<"1">>,[3,4],{some,9}}')
  })

  test('later, in other calls and in processes', async () => {
    expect(await say(`${call('keep', 'fun(X) -> X + 1 end')}, ${call('use_kept', '41')}`)).toBe('42')
    expect(await say(call('in_process', 'fun(X) -> X + 1 end'))).toBe('21')
  })

  test('are the same funs when they go out again', async () => {
    expect(await say(`F = fun(X) -> X + 1 end, F =:= ${call('same', 'F')}`)).toBe('true')
    expect(await say(`${call('keep', 'fun erlang:abs/1')}, ${call('kept_one')}`)).toBe('fun erlang:abs/1')
  })

  test('beside handles of functions, both ways', async () => {
    expect(await say(`F = ${call('adder', '3')}, {${call('map', 'F, [1, 200]')}, is_reference(F)}`)).toBe(
      '{[4,203],true}',
    )
    expect(await say(call('twice', `fun(N) -> ${call('adder', 'N')} end, 4`))).toBe('8')
    expect(await say(call('twice', 'fun(N) -> fun(M) -> N * M end end, 4'))).toBe('16')
    expect(await say(call('back', `fun(F) -> ${call('apply', 'F, [6]', 'camlnode')} end`))).toBe('42')
  })

  test('without types, and typed where they are called', async () => {
    expect(await say(call('untyped', 'fun(A, B) -> {A, B} end, [x, [y]]'))).toBe('{x,[y]}')
    expect(await say(call('typed', 'fun(N, S) -> {N + 1, S} end, 1'))).toBe('{2,<<"x">>}')
    expect(await say(call('elsewhere', `fun higher:use_kept/1, atom_to_binary(${N}), [-5]`))).toBe('5')
    expect(await say(`catch ${call('impatient', 'fun() -> timer:sleep(500) end')}`)).toContain(
      '{erpc,timeout}',
    )
  })
})

describe('what does not fit', () => {
  test('a wrong arity, or no fun', async () => {
    expect(await cause(call('map', 'fun() -> 1 end, []'))).toBe(
      '<<"argument 1: expected fun of 1 argument, got fun of 0 arguments">>',
    )
    expect(await cause(call('sort', 'fun lists:sort/1, []'))).toBe(
      '<<"argument 1: expected fun of 2 arguments, got fun of 1 argument">>',
    )
    expect(await cause(call('map', 'abs, []'))).toBe(
      `<<"argument 1: expected fun of 1 argument or reference to an OCaml value of type int -> int, got atom 'abs'">>`,
    )
    expect(
      await cause(
        call(
          'callbacks',
          '#{on_value => fun(_) -> [] end, others => [fun(X) -> X end, fun() -> 1 end], last => undefined}',
        ),
      ),
    ).toBe(
      '<<"argument 1, field \\"others\\", element 2: expected fun of 1 argument, got fun of 0 arguments">>',
    )
  })

  test('a function whose type has variables', async () => {
    expect(await cause(call('polymorphic', 'fun(X) -> X end, make_ref()'))).toContain(
      'expected reference to an OCaml value',
    )
  })

  test('a result of another type', async () => {
    expect(await say(call('guarded', 'fun(_) -> one end'))).toBe(
      `<<"failure result: expected integer, got atom 'one'">>`,
    )
    expect(await say(`catch ${call('color', 'fun(_) -> {some, {rgb, 1, 2}} end')}`)).toContain(
      'result, element 2: expected one of red, {rgb, _, _, _}',
    )
  })

  test('an argument that has no term', async () => {
    expect(await say(call('bad_argument', 'fun(_) -> 1 end'))).toBe(
      '<<"argument 1: nan has no Erlang float">>',
    )
  })
})

test('exceptions are values', async () => {
  expect(
    await say(
      `E = {ocaml, 'Failure', [<<"x">>]}, {${call('outcome', '{error, E}')}, E =:= ${call('failure', '<<"x">>')}}`,
    ),
  ).toBe('{<<"Failure(\\"x\\")">>,true}')
  expect(await cause(call('outcome', "{error, {ocaml, 'Nobody', []}}"))).toBe(
    `<<"argument 1, element 2: expected an exception of the program, got 'Nobody'">>`,
  )
})

describe('failures', () => {
  test('are exceptions', async () => {
    expect(await say(call('guarded', 'fun(_) -> error(boo) end'))).toBe('<<"error boo">>')
    expect(await say(call('guarded', 'fun(_) -> exit(boo) end'))).toBe('<<"exit boo">>')
    expect(await say(call('guarded', 'fun(_) -> throw(boo) end'))).toBe('<<"throw boo">>')
    expect(await say(call('guarded', 'fun(2) -> 2 end'))).toBe('<<"error function_clause">>')
    expect(await say(call('guarded', 'fun no_module:f/1'))).toBe('<<"error undef">>')
    expect(await say(call('guarded', 'fun(_) -> exit(self(), kill), timer:sleep(1000) end'))).toBe(
      '<<"exit {signal,killed}">>',
    )
  })

  test('that nobody handles are the caller’s', async () => {
    expect(
      await say(
        `try ${call('map', 'fun(_) -> error({my, reason}) end, [1]')} catch error:{exception, R, S} -> {R, length(S) > 0} end`,
      ),
    ).toBe('{{my,reason},true}')
  })

  test('of OCaml code that the fun calls again', async () => {
    expect(await say(call('guarded', `fun(_) -> ${call('raises')} end`))).toContain("{ocaml,'Not_found',[]}")
  })
})

describe('calls under way', () => {
  test('a fun may call the same node again, and that again', async () => {
    const nested = `F = fun F(0) -> 0; F(N) -> 1 + hd(${call('map', 'fun(_) -> F(N - 1) end, [1]')}) end, F(20)`
    expect(await say(nested)).toBe('20')
  })

  test('ten thousand applications leave nothing behind', async () => {
    await say(call('repeat', 'fun(X) -> X + 1 end, 100'))
    const before = [await info('processes'), await info('handles'), await info('relations')]
    const processes = Number(await say('erlang:system_info(process_count)'))
    expect(await say(call('repeat', 'fun(X) -> X + 1 end, 10000'), 120_000)).toBe('10000')
    expect([await info('processes'), await info('handles'), await info('relations')]).toEqual(before)
    expect(Number(await say('erlang:system_info(process_count)'))).toBeLessThan(processes + 10)
  })

  test('what a fun is given belongs to the call that applies it', async () => {
    const before = await info('handles')
    expect(
      await say(
        call(
          'with_handle',
          `fun(T) -> 1 = maps:get(handles, ${call('info', '', 'camlnode')}) - ${before}, T end, 1`,
        ),
      ),
    ).toBe('1')
    expect(await say(call('with_handle', 'fun(T) -> T end, 500'), 30_000)).toBe('500')
    await eventually('the handles are freed', async () => (await info('handles')) === before)
  })

  test('what a fun makes and gives back lives on', async () => {
    const before = await info('handles')
    const fun = `fun(N) -> ${call('adder', 'N')} end`
    expect(await say(`[8 = ${call('twice', `${fun}, 4`)} || _ <- lists:seq(1, 200)], ok`)).toBe('ok')
    await eventually('the handles are freed', async () => (await info('handles')) === before)
  })

  test('64 callers at once', async () => {
    const work = `fun(I) -> S = self(), spawn(fun() ->
        S ! {I, ${call('map', 'fun(X) -> X * I end, lists:seq(1, 20)')} =:= [X * I || X <- lists:seq(1, 20)]} end) end`
    expect(
      await say(
        `[(${work})(I) || I <- lists:seq(1, 64)], lists:all(fun(I) -> receive {I, Right} -> Right end end, lists:seq(1, 64))`,
        60_000,
      ),
    ).toBe('true')
  })

  test('the output of a fun goes where that of the call goes', async () => {
    expect(
      await say(`S = self(), G = spawn(fun() -> receive {io_request, From, As, R} -> From ! {io_reply, As, ok}, S ! {printed, R} end end),
        Own = group_leader(), group_leader(G, self()), [2] = ${call('map', 'fun(X) -> io:put_chars("hello"), X + 1 end, [1]')},
        group_leader(Own, self()), receive {printed, {put_chars, unicode, T}} -> iolist_to_binary(T) end`),
    ).toBe('<<"hello">>')
  })

  test('a call whose caller dies is cancelled, and the fun with it', async () => {
    const before = await info('running')
    expect(
      await say(`S = self(), P = spawn(fun() -> ${call('wait', 'fun(_) -> S ! {runs, self()}, timer:sleep(infinity) end', 'slow')} end),
        receive {runs, F} -> M = monitor(process, F), exit(P, kill), receive {'DOWN', M, _, _, R} -> R end end`),
    ).toBe('killed')
    await eventually('the call is gone', async () => (await info('running')) === before)
  })

  test('a node that goes down meanwhile', async () => {
    const other = await daemon.erl()
    await other.eval(call('keep', 'fun(X) -> timer:sleep(60000), X end'))
    const answer = say(`catch ${call('use_kept', '1')}`, 30_000)
    await eventually('the fun runs', async () => Number(await info('running')) > 0)
    await other.kill()
    expect(await answer).toContain('noconnection')
    expect(await say(`catch ${call('use_kept', '1')}`, 30_000)).toContain('noconnection')
  })
})

test('a fun that never ends is killed at the limit of the call', async () => {
  const impatient = await Camlnode.start({
    name: 'impatient',
    epmdPort: daemon.epmdPort,
    files: { 'slow.ml': slow },
    config: '[limits]\ncall_timeout = "400ms"',
  })
  const there = "'impatient@127.0.0.1'"
  expect(
    await say(`S = self(), R = (catch erpc:call(${there}, slow, wait, [fun(_) -> S ! {runs, self()}, timer:sleep(infinity) end])),
      receive {runs, F} -> M = monitor(process, F), receive {'DOWN', M, _, _, _} -> element(2, element(1, element(2, R))) end end`),
  ).toBe('{system_limit,call_timeout}')
  expect(await impatient.stop()).toBe(0)
})

test('a call that a fun makes goes to the domain that applies it', async () => {
  const twins = await Camlnode.start({
    name: 'twins',
    epmdPort: daemon.epmdPort,
    files: { 'higher.ml': higher },
    config: '[domains]\ncount = 2',
  })
  const there = (f: string, args: string) => `erpc:call('twins@127.0.0.1', higher, ${f}, [${args}])`
  const fun = `fun(N) -> ${there('adder', 'N')} end`
  expect(await say(`lists:usort([${there('twice', `${fun}, 4`)} || _ <- lists:seq(1, 40)])`)).toBe('"\\b"')
  expect(await twins.stop()).toBe(0)
})
