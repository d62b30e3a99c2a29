/** A module with channels behind calls from a real Erlang node: callers wait for each other there, and processes outlive calls. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Erl } from '../node/erl.ts'
import { Camlnode } from './camlnode.ts'

const size = 4

const joins = `
let most = ref 0

def items(n, front, back) & room() & put(x) =
  most := max !most (n + 1);
  items(n + 1, front, x :: back) & reply to put
or items(n, x :: front, back) & get() = items(n - 1, front, back) & room() & reply x to get
or items(n, [], (_ :: _ as back)) & get() =
  let front = List.rev back in
  items(n - 1, List.tl front, []) & room() & reply List.hd front to get

let () =
  spawn items(0, [], []);
  for _ = 1 to ${size} do spawn room() done

let put (x : int) : unit = put x
let get () : int = get ()
let most () = !most
`

const others = `
exception Refused of string

(* Processes that go on after the call that started them. *)
def total(sum) & add(x) = total(sum + x)
or total(sum) & read() = total(sum) & reply sum to read
let () = spawn total(0)
let start (n : int) : unit =
  def count(i) = if i <= n then begin Thread.delay 0.001; (add(i) & count(i + 1)) end in
  spawn count(1)
let rec fib n = if n < 2 then n else fib (n - 1) + fib (n - 2)
let compute (n : int) : unit = spawn { let x = fib n in add x }
let read () : int = read ()
let adder () = add

(* Both callers are needed; one branch raises. *)
def left(x) & right(y) =
  begin if x < 0 then raise (Refused "left"); reply x + y to left end & reply x - y to right
let left (x : int) : int = left x
let right (y : int) : int = right y

(* A caller is answered by a message that comes later. *)
let sleep (seconds : float) : string =
  def rung(s) & wait() = reply s to wait in
  ignore (Join.after seconds rung "awake" : Join.timer);
  wait ()
let later (seconds : float) (n : int) : unit = ignore (Join.after seconds add n : Join.timer)

let pool = JoinPool.of_function 2 fib
let pooled (n : int) : int = pool.JoinPool.run n

let barrier = JoinBarrier.create 20
let meet () : int = barrier.JoinBarrier.wait ()

(* What a caller has taken is put back by a reaction that takes longer than the caller waits. *)
def state(calls) & slow(n) = let x = fib n in state(calls + 1) & reply x to slow
or state(calls) & calls() = state(calls) & reply calls to calls
let () = spawn state(0)
let slow (n : int) : int = slow n
let calls () : int = calls ()

(* Nobody will ever answer. *)
def never() & answer() = reply to answer
let wait_for_ever () : unit = answer ()

(* The process that has run a task. *)
let worker () : Erlang.pid =
  def found(p) & wait() = reply p to wait in
  spawn { let p = Erlang.self () in found p };
  wait ()

let lock = JoinSemaphore.create 1
let inside = ref 0
let alone (n : int) : int =
  lock.JoinSemaphore.acquire ();
  incr inside;
  for _ = 1 to n do Thread.yield () done;
  let seen = !inside in
  decr inside;
  lock.JoinSemaphore.release ();
  seen
`

const N = "'caml@127.0.0.1'"
const call = (module: string, name: string, args = ''): string =>
  `rpc:call(${N}, ${module}, ${name}, [${args}])`

/**
 * Until no call runs. The node may hear only half a second later of a caller that gave up before it was told that its call
 * had begun, as a slow machine has it, and such a call takes part until then.
 */
const settled = `(fun Settled() ->
  case maps:get(running, rpc:call(${N}, camlnode, info, [])) of 0 -> ok; _ -> timer:sleep(10), Settled() end end)()`

/** Runs an expression with `I` in so many processes at once; the list of results. */
const inProcesses = (count: number, expression: string): string =>
  `(fun() -> Me__ = self(),
     Pids__ = [spawn(fun() -> Me__ ! {self(), begin ${expression} end} end) || I <- lists:seq(1, ${count})],
     [receive {P__, R__} -> R__ end || P__ <- Pids__] end)()`.replaceAll('__', `${(unique += 1)}`)

/** Variables of funs in a shell are those around them, if these have the same names. */
let unique = 0

describe('channels behind calls', () => {
  let daemon: Camlnode
  let erl: Erl

  beforeAll(async () => {
    daemon = await Camlnode.start({ files: { 'buffer.ml': joins, 'others.ml': others } })
    erl = await daemon.erl()
  })
  afterAll(async () => {
    await erl?.stop()
    expect(await daemon?.stop()).toBe(0)
  })

  test('producers and consumers share a bounded buffer: nothing is lost or doubled', async () => {
    const [producers, consumers, each] = [5, 4, 40]
    const share = (producers * each) / consumers
    const produce = `[${call('buffer', 'put', `1000 * I + K`)} || K <- lists:seq(1, ${each})]`
    const consume = `[${call('buffer', 'get', '')} || _ <- lists:seq(1, ${share})]`
    expect(
      await erl.eval(`
        S = self(),
        spawn(fun() -> S ! {produced, ${inProcesses(producers, produce)}} end),
        Got = ${inProcesses(consumers, consume)},
        Done = receive {produced, P} -> lists:usort(lists:append(P)) end,
        Expected = [1000 * I + K || I <- lists:seq(1, ${producers}), K <- lists:seq(1, ${each})],
        InOrder = [L == lists:sort(L) || G <- Got, I <- lists:seq(1, ${producers}), L <- [[X || X <- G, X div 1000 == I]]],
        {Done, lists:sort(lists:append(Got)) == Expected, lists:usort(InOrder), ${call('buffer', 'most')}}`),
    ).toBe(`{[ok],true,[true],${size}}`)
  })

  test('consumers that have given up swallow nothing', async () => {
    const impatient: readonly string[] = [
      `(fun() -> {badrpc, timeout} = rpc:call(${N}, buffer, get, [], 30), ok end)()`,
      `(fun() -> {'EXIT', {{erpc, timeout}, _}} = (catch erpc:call(${N}, buffer, get, [], 30)), ok end)()`,
      `(fun() -> C = spawn(fun() -> ${call('buffer', 'get')} end), timer:sleep(30), exit(C, kill), ok end)()`,
      `(fun() -> R = spawn_request(${N}, buffer, get, [], [monitor]), Q = receive {spawn_reply, R, ok, X} -> X end,
         exit(Q, kill), receive {'DOWN', R, process, _, killed} -> ok end end)()`,
    ]
    for (const gone of impatient)
      expect(
        await erl.eval(`
          ok = ${gone}, ok = ${gone}, ${settled},
          [ok, ok] = [${call('buffer', 'put', 'X')} || X <- [71, 72]],
          [${call('buffer', 'get')}, ${call('buffer', 'get')}]`),
      ).toBe('"GH"')
  })

  test('producers that have given up leave nothing behind', async () => {
    expect(
      await erl.eval(`
        [ok = ${call('buffer', 'put', 'X')} || X <- lists:seq(1, ${size})],
        [{badrpc, timeout} = rpc:call(${N}, buffer, put, [99], 30) || _ <- [1, 2]],
        ${settled},
        First = ${call('buffer', 'get')},
        ok = ${call('buffer', 'put', '5')},
        [First | [${call('buffer', 'get')} || _ <- lists:seq(1, ${size})]]`),
    ).toBe('[1,2,3,4,5]')
  })

  test('processes go on after the reply to the call that started them', async () => {
    expect(
      await erl.eval(`
        Wait = fun Loop(V) -> case ${call('others', 'read')} of V -> V; _ -> timer:sleep(5), Loop(V) end end,
        Before = ${call('others', 'read')},
        [ok, ok, ok] = [${call('others', 'start', '10')} || _ <- [1, 2, 3]],
        A = Wait(Before + 165),
        {_, M} = spawn_monitor(fun() -> ok = ${call('others', 'start', '20')}, exit(gone) end),
        receive {'DOWN', M, process, _, gone} -> ok end,
        B = Wait(Before + 165 + 210),
        ok = ${call('others', 'compute', '25')},
        C = Wait(Before + 165 + 210 + 75025),
        {A, B, C}`),
    ).toBe('{165,375,75400}')
  })

  test('messages come after the call that has ordered them is over', async () => {
    expect(
      await erl.eval(`
        Wait = fun Loop(V) -> case ${call('others', 'read')} of V -> V; _ -> timer:sleep(5), Loop(V) end end,
        Before = ${call('others', 'read')},
        _ = ${inProcesses(10, call('others', 'later', '0.001 * I, I'))},
        Wait(Before + 55) - Before`),
    ).toBe('55')
  })

  test('the workers of a pool are there after callers have given up', async () => {
    expect(
      await erl.eval(`
        _ = ${inProcesses(6, `rpc:call(${N}, others, pooled, [32], 8 * I)`)},
        ${inProcesses(4, call('others', 'pooled', '20'))}`),
    ).toBe('[6765,6765,6765,6765]')
  })

  test('an exception goes to the caller whose reply it was, and to no other', async () => {
    expect(
      await erl.eval(`
        Results = ${inProcesses(2, `case I of 1 -> catch erpc:call(${N}, others, left, [-1]); 2 -> ${call('others', 'right', '2')} end`)},
        [{'EXIT', {{exception, {ocaml, Name, Arguments}, _}, _}}, R] = Results,
        {Name, Arguments, R}`),
    ).toMatch(/^\{.*[Rr]efused.*left.*,-3\}$/)
  })

  test('callers meet: each goes on when all are there', async () => {
    const meet = `{${call('others', 'meet')}, erlang:monotonic_time(millisecond)}`
    expect(
      await erl.eval(`
        {Places, Times} = lists:unzip(${inProcesses(20, `timer:sleep(2 * I), T = erlang:monotonic_time(millisecond), {Place, End} = ${meet}, {{Place, T}, End}`)}),
        {lists:sort([P || {P, _} <- Places]) == lists:seq(0, 19), lists:max([T || {_, T} <- Places]) =< lists:min(Times)}`),
    ).toBe('{true,true}')
  })

  test('messages come later, and calls are one at a time', async () => {
    expect(await erl.eval(call('others', 'sleep', '0.01'))).toBe('<<"awake">>')
    expect(await erl.eval(`lists:usort(${inProcesses(10, call('others', 'alone', '50'))})`)).toBe('[1]')
  })

  test('a process has a pid of its own as long as it runs, and whoever kills it takes nothing from the others', async () => {
    expect(
      await erl.eval(`
        Pid = fun() -> P = rpc:call(${N}, others, worker, [], 5000), exit(P, kill), P end,
        Down = fun(P) -> M = monitor(process, P), receive {'DOWN', M, process, P, _} -> down end end,
        Pids = [Pid() || _ <- lists:seq(1, 50)],
        {length(lists:usort(Pids)), lists:usort([Down(P) || P <- Pids]), is_pid(Pid())}`),
    ).toBe('{50,[down],true}')
  })

  test('a caller that gives up while its reaction runs takes nothing from the others', async () => {
    expect(
      await erl.eval(`
        _ = ${inProcesses(8, `rpc:call(${N}, others, slow, [34], 15 * I)`)},
        {rpc:call(${N}, others, slow, [10], 2000), rpc:call(${N}, others, calls, [], 2000) > 0}`),
    ).toBe('{55,true}')
  })

  test('a channel can be applied to messages', async () => {
    expect(
      await erl.eval(`
        C = ${call('others', 'adder', '')},
        Before = ${call('others', 'read', '')},
        [ok, ok] = [rpc:call(${N}, camlnode, apply, [C, [X]]) || X <- [1000, 2000]],
        {badrpc, {'EXIT', {badarg, _}}} = rpc:call(${N}, camlnode, apply, [C, [foo]]),
        ${call('others', 'read', '')} - Before`),
    ).toBe('3000')
  })

  test('callers that give up at any moment: no value comes twice, and the buffer stays whole', async () => {
    const [producers, consumers, each] = [6, 5, 30]
    expect(
      await erl.eval(`
        Try = fun(Name, Arguments, Patience) -> try erpc:call(${N}, buffer, Name, Arguments, Patience) catch error:{erpc, timeout} -> late end end,
        Produce = fun(Who) -> [X || K <- lists:seq(1, ${each}), X <- [1000 * Who + K], Try(put, [X], 15 + K rem 7) =:= ok] end,
        Consume = fun(Who) -> [X || K <- lists:seq(1, ${each}), X <- [Try(get, [], 15 + (K + Who) rem 5)], X =/= late] end,
        Both = ${inProcesses(producers + consumers, `case I > ${producers} of true -> {got, Consume(I)}; false -> {put, Produce(I)} end`)},
        ${settled},
        Drain = fun Loop(All) -> case Try(get, [], 200) of late -> All; X -> Loop([X | All]) end end,
        Left = Drain([]),
        Got = Left ++ lists:append([L || {got, L} <- Both]),
        Put = lists:append([L || {put, L} <- Both]),
        ${settled},
        [ok = Try(put, [X], 1000) || X <- lists:seq(1, ${size})],
        late = Try(put, [99], 50),
        ${settled},
        Last = [Try(get, [], 1000) || _ <- lists:seq(1, ${size})],
        {length(Got) == length(lists:usort(Got)), length(Left) =< ${size}, length(Put) > 0, Last}`),
    ).toBe('{true,true,true,[1,2,3,4]}')
  })

  test('a thousand callers that nobody answers cost nobody else anything', async () => {
    expect(
      await erl.eval(`
        Rs = [erpc:send_request(${N}, others, wait_for_ever, []) || _ <- lists:seq(1, 1000)],
        Others = ${inProcesses(4, call('others', 'fib', '10'))},
        {length(Rs), Others}`),
    ).toBe('{1000,"7777"}')
  })
})
