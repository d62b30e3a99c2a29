/** Channels as processes, from a real Erlang node: by the names of those that modules export, and by the pids of others. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Erl } from '../node/erl.ts'
import { Camlnode, eventually } from './camlnode.ts'

const box = `
exception Empty of string

(* Messages wait here until they are taken. *)
def put(x : int) & get() = reply x to get

def size(n) & arrive(_ : string) = size(n + 1)
or size(n) & arrived() = size(n) & reply n to arrived
let () = spawn size(0)

def divide(a, b) = reply if b = 0 then raise (Empty "b") else a / b to divide
def twice(n : int) = reply 2 * n to twice

type 'a mailbox = { send : 'a Join.chan; next : unit => 'a }

let make () : int mailbox =
  def send(x) & next() = reply x to next in
  { send; next }

type inbox = int Join.chan
type outlet = unit => int

let split (b : int mailbox) : inbox * outlet = (b.send, b.next)

(* What comes in as a channel is the channel that went out. *)
let feed (c : inbox) (n : int) : unit = for i = 1 to n do spawn c(i) done
let drain (take : outlet) : int = take ()
let call (f : unit -> int) : int = f ()

def deaf(x : int) & never() = reply x to never
def slow(x : int) = ignore (Sys.opaque_identity x); Thread.delay 60.; 0
def events(_ : Erlang.term) = 0

def subscribers(l) & subscribe(c : int Join.chan) = subscribers(c :: l) & reply to subscribe
or subscribers(l) & publish(n : int) = List.iter (fun c -> spawn c(n)) l; subscribers(l) & reply to publish
let () = spawn subscribers([])
let same (c : inbox) : inbox = c
let lend (c : (int -> int) Join.chan) : unit = spawn c(succ)
let floats (c : float Join.chan) : unit = spawn c(nan) & c(1.)
let lists (c : (int Seq.t * string) Join.chan) : unit = spawn c(Seq.init 3 succ, "x")

let whereis (name : string) : Erlang.pid option = Erlang.whereis name
let take_name (name : string) : bool =
  match Erlang.register name (Erlang.self ()) with () -> true | exception Invalid_argument _ -> false
let leave_name (name : string) : bool = Erlang.unregister name
let ask (name : string) : int =
  Erlang.(Type.(of_term int) (gen_call (Name name) (Atom "ok")))
`

const N = "'caml@127.0.0.1'"
const call = (name: string, args = ''): string => `rpc:call(${N}, box, ${name}, [${args}])`
const named = (name: string): string => `{'box.${name}', ${N}}`

describe('channels as processes', () => {
  let daemon: Camlnode
  let erl: Erl

  beforeAll(async () => {
    daemon = await Camlnode.start({ files: { 'box.ml': box } })
    erl = await daemon.erl()
  })
  afterAll(async () => {
    await erl?.stop()
    expect(await daemon?.stop()).toBe(0)
  })

  const evaluates = async (expression: string, value: string | RegExp): Promise<void> => {
    const result = expect(await erl.eval(expression))
    return typeof value === 'string' ? result.toBe(value) : result.toMatch(value)
  }

  /** The reason with which a `gen_server:call` exits. */
  const exitOf = (call: string): string =>
    `(fun() -> try ${call} catch exit:{Reason, {gen_server, call, _}} -> Reason end end)()`

  test('messages and casts reach an exported channel, in their order; calls of a synchronous one are answered', () =>
    evaluates(
      `[${named('put')} ! X || X <- lists:seq(1, 300)], ok = gen_server:cast(${named('put')}, 301),
       {lists:seq(1, 301) == [gen_server:call(${named('get')}, ok) || _ <- lists:seq(1, 301)],
        gen_server:call(${named('divide')}, {42, 6}),
        gen_server:call(${named('twice')}, 21),
        gen_server:multi_call([${N}], 'box.twice', 4, 5000)}`,
      `{true,7,42,{[{'caml@127.0.0.1',8}],[]}}`,
    ))

  test('an exported channel is a function, too', () =>
    evaluates(
      `[ok = ${call('put', 'X')} || X <- [7, 8]], [${call('get')}, gen_server:call(${named('get')}, ok)]`,
      '[7,8]',
    ))

  test('what fails ends the call of its caller alone, at once', async () => {
    await evaluates(
      `M = erlang:monitor(process, ${named('divide')}),
       {{ocaml, Name, Args}, [{box, divide, _, _} | _]} = ${exitOf(`gen_server:call(${named('divide')}, {1, 0})`)},
       {badarg, [{box, divide, [[x, 1]], [{error_info, #{cause := Cause}}]}]} =
         ${exitOf(`gen_server:call(${named('divide')}, [x, 1])`)},
       {unsupported, Text} = ${exitOf(`gen_server:call(${named('put')}, 1)`)},
       true = erlang:demonitor(M, [flush, info]),
       {Name, Args, Cause, Text, gen_server:call(${named('divide')}, {1, 1})}`,
      `{'Box.Empty',[<<"b">>],<<"argument 1: expected tuple of 2 elements, got list [x,1]">>,<<"nothing answers a call of an asynchronous channel">>,1}`,
    )
  })

  test('a caller that gives up, or dies, loses its reply and nothing else', () =>
    evaluates(
      `timeout = ${exitOf(`gen_server:call(${named('get')}, ok, 30)`)},
       P = spawn(fun() -> gen_server:call(${named('get')}, ok) end), timer:sleep(30), exit(P, kill), timer:sleep(30),
       [${named('put')} ! X || X <- [1, 2]],
       [gen_server:call(${named('get')}, ok) || _ <- [1, 2]]`,
      '[1,2]',
    ))

  test('calls wait for each other, each in its thread', () =>
    evaluates(
      `S = self(), [spawn(fun() -> S ! gen_server:call(${named('get')}, ok) end) || _ <- lists:seq(1, 50)],
       42 = gen_server:call(${named('twice')}, 21),
       [${named('put')} ! X || X <- lists:seq(1, 50)],
       lists:sort([receive X -> X end || _ <- lists:seq(1, 50)]) == lists:seq(1, 50)`,
      'true',
    ))

  test('what does not fit is refused, and the log says what and where', async () => {
    await evaluates(
      `[${named('put')} ! X || X <- [1, hello, 2]], ${named('twice')} ! 3, gen_server:cast(${named('twice')}, 3),
       {${call('get')}, ${call('get')}}`,
      '{1,2}',
    )
    const refused = () => daemon.log.filter(({ msg }) => msg === 'a message to a channel was refused')
    await eventually('the log has them', () => refused().length >= 3)
    expect(refused().map(({ channel, reason }) => [channel, reason])).toEqual(
      expect.arrayContaining([
        ['box.put', "argument 1: expected integer, got atom 'hello'"],
        ['box.twice', 'a synchronous channel is called'],
      ]),
    )
  })

  test('a channel that is a result is a pid: messages, calls, and the way back', async () => {
    await evaluates(
      `#{send := Send, next := Next} = Box = ${call('make')},
       [Send ! X || X <- [1, 2]], ok = rpc:call(${N}, camlnode, apply, [Send, [3]]),
       {Send2, Next2} = ${call('split', 'Box')},
       Send2 ! 4, ok = ${call('feed', 'Send2, 2')},
       Got = [gen_server:call(Next, ok), gen_server:call(Next2, ok), ${call('drain', 'Next2')}, ${call('call', 'Next')},
              rpc:call(${N}, camlnode, apply, [Next, []]), rpc:call(${N}, camlnode, apply, [Next, [ok]])],
       {badrpc, {'EXIT', {badarg, [{_, _, _, [{error_info, #{cause := Cause}}]}]}}} = ${call('feed', 'Next, 2')},
       {badrpc, {'EXIT', {badarg, _}}} = ${call('feed', 'boo, 2')},
       {lists:sort(Got), [is_pid(P) || P <- [Send, Next, Send2, Next2]], length(lists:usort([Send, Send2])), Cause}`,
      /^\{\[1,1,2,2,3,4\],\[true,true,true,true\],2,<<"argument 1: expected pid of a channel of type <<int>>, got pid <.*>">>\}$/,
    )
  })

  test('such a pid ends with its owner, when it is released, and when it is killed', () =>
    evaluates(
      `Handles = fun() -> maps:get(handles, rpc:call(${N}, camlnode, info, [])) end,
       Before = Handles(),
       Down = fun(M) -> receive {'DOWN', M, process, _, R} -> R after 5000 -> none end end,
       Watched = fun(P) -> erlang:monitor(process, P) end,
       {O, _} = spawn_monitor(fun() -> Box = ${call('make')}, receive {From, get} -> From ! Box end, receive stop -> ok end end),
       O ! {self(), get}, #{send := S1, next := N1} = receive Box -> Box end,
       Ms = [Watched(S1), Watched(N1)], O ! stop,
       Ended = [Down(M) || M <- Ms],
       #{send := S2, next := N2} = ${call('make')},
       M2 = Watched(S2), ok = rpc:call(${N}, camlnode, release, [S2]), Released = Down(M2),
       M3 = Watched(N2), exit(N2, kill), Killed = Down(M3),
       {badrpc, {'EXIT', {badarg, _}}} = ${call('drain', 'N2')},
       noproc = ${exitOf(`gen_server:call(N2, ok)`)},
       process_flag(trap_exit, true),
       #{send := S3} = ${call('make')}, link(S3), exit(S3, boo), Linked = receive {'EXIT', S3, L} -> L after 5000 -> none end,
       #{send := S4} = ${call('make')}, Pid = spawn(fun() -> receive stop -> ok end end),
       ok = rpc:call(${N}, camlnode, give, [S4, Pid]), M4 = Watched(S4), Pid ! stop, Given = Down(M4),
       {Ended, Released, Killed, Linked, Given, Handles() - Before}`,
      // Of the last two boxes the channels remain that this process owns.
      '{[normal,normal],normal,killed,boo,normal,2}',
    ))

  test('any process can stand for an asynchronous channel, and gets its messages in their order', () =>
    evaluates(
      `S = self(), Got = fun(N) -> [receive X -> X after 5000 -> none end || _ <- lists:seq(1, N)] end,
       ok = ${call('feed', 'S, 5000')}, InOrder = Got(5000) == lists:seq(1, 5000),
       P = spawn(fun() -> receive X -> S ! {first, X} end end),
       [ok = gen_server:call(${named('subscribe')}, X) || X <- [P, S]],
       [ok = gen_server:call(${named('publish')}, X) || X <- [1, 2]],
       Published = lists:sort(Got(3)),
       ok = ${call('lists', 'S')},
       {some, Put} = ${call('whereis', '<<"box.put">>')}, ok = ${call('feed', 'Put, 1')},
       {InOrder, Published, Got(1), ${call('same', 'S')} == S, ${call('get')}}`,
      '{true,[1,2,{first,1}],[{[1,2,3],<<"x">>}],true,1}',
    ))

  test('what a process gets so is its own; a message without a term is told of, others come', async () => {
    await evaluates(
      `Handles = fun() -> maps:get(handles, rpc:call(${N}, camlnode, info, [])) end, S = self(), Before = Handles(),
       {P, M} = spawn_monitor(fun() -> ok = ${call('lend', 'self()')}, F = receive X -> X end,
         S ! {rpc:call(${N}, camlnode, apply, [F, [41]]), Handles() - Before} end),
       Lent = receive {R, H} -> {R, H} end, receive {'DOWN', M, _, P, _} -> ok end,
       (fun Wait(N) -> case Handles() of Before -> ok; _ when N > 0 -> timer:sleep(10), Wait(N - 1) end end)(500),
       ok = ${call('floats', 'S')}, Float = receive X when is_float(X) -> X after 5000 -> none end,
       {Lent, Float}`,
      '{{42,1},1.0}',
    )
    const told = () => daemon.log.filter(({ output }) => String(output).includes('nan has no Erlang float'))
    await eventually('it is told', () => told().length === 1)
  })

  test('an exported channel that is killed is there again', () =>
    evaluates(
      `Where = fun() -> {some, P} = ${call('whereis', '<<"box.twice">>')}, P end,
       A = Where(), M = erlang:monitor(process, A), exit(A, kill), receive {'DOWN', M, _, _, R} -> ok end,
       B = Where(),
       {R, A == B, gen_server:call(B, 4), gen_server:call(${named('twice')}, 5)}`,
      '{killed,false,8,10}',
    ))

  test('the names are the channels own', () =>
    evaluates(
      `{[${call('take_name', '<<"box.twice">>')}, ${call('take_name', '<<"box.other">>')}, ${call('take_name', '<<"boxes.other">>')}],
        ${call('leave_name', '<<"box.twice">>')}, ${call('ask', '<<"box.arrived">>')} >= 0}`,
      '{[false,false,true],false,true}',
    ))

  test('a slow channel keeps nobody waiting', () =>
    evaluates(`[${named('slow')} ! X || X <- lists:seq(1, 100)], gen_server:call(${named('twice')}, 4)`, '8'))
})

describe('channels whose module is loaded anew', () => {
  const source = (factor: number) => `
    def times(n : int) = reply ${factor} * n to times
    def late(n : int) = Thread.delay 0.6; reply ${factor} * n to late
    type c = int => int
    let channel () : c = times`

  test('the names are those of the new one, the pids of the old one end, its calls are answered', async () => {
    const config = '[load]\nenabled = true'
    const daemon = await Camlnode.start({ files: { 'm.ml': source(2) }, config })
    const erl = await daemon.erl()
    expect(
      await erl.eval(
        `T = {'m.times', ${N}}, 10 = gen_server:call(T, 5),
         Pid = rpc:call(${N}, m, channel, []), 6 = gen_server:call(Pid, 3),
         Ms = [erlang:monitor(process, P) || P <- [T, Pid, {'m.late', ${N}}]],
         Requests = [gen_server:send_request({'m.late', ${N}}, X) || X <- [7, 8]], timer:sleep(50),
         ok = rpc:call(${N}, camlnode, load, [m, <<"${source(3).replaceAll('\n', ' ')}">>]),
         15 = gen_server:call(T, 5),
         {[receive {'DOWN', M, process, _, R} -> R after 5000 -> none end || M <- Ms],
          [gen_server:receive_response(R, 5000) || R <- Requests], gen_server:call({'m.late', ${N}}, 7)}`,
      ),
    ).toBe('{[shutdown,shutdown,shutdown],[{reply,14},{reply,16}],21}')
    await erl.stop()
    expect(await daemon.stop()).toBe(0)
  })
})

describe('channels of several domains', () => {
  const source = `
    type outlet = unit => int
    let make () : int Join.chan * outlet = def send(x) & next() = reply x to next in send, next
    let use (send : int Join.chan) (n : int) : unit = spawn send(n)
    def put(x : int) & get() = reply x to get`

  test('calls with a channel go where it lives, messages to a name where its module does', async () => {
    const config = '[domains]\ncount = 2\nplacement = "pinned"'
    const daemon = await Camlnode.start({ files: { 'a.ml': source, 'b.ml': source }, config })
    const erl = await daemon.erl()
    expect(
      await erl.eval(
        `Made = fun(M) -> {Send, Next} = rpc:call(${N}, M, make, []),
                   Send ! 1, ok = rpc:call(${N}, camlnode, apply, [Send, [2]]),
                   [ok = rpc:call(${N}, Other, use, [Send, X]) || {Other, X} <- [{a, 3}, {b, 4}]],
                   lists:sort([gen_server:call(Next, ok) || _ <- lists:seq(1, 4)]) end,
         Named = fun(M) -> {list_to_atom(M ++ ".put"), ${N}} ! 5, rpc:call(${N}, list_to_atom(M), get, []) end,
         {[Made(a), Made(b)], [Named("a"), Named("b")]}`,
      ),
    ).toBe('{[[1,2,3,4],[1,2,3,4]],[5,5]}')
    await erl.stop()
    expect(await daemon.stop()).toBe(0)
  })
})

describe('a flood of messages', () => {
  const flooded = `
    def store(x : string) & take() = reply String.length x to take
    def twice(n : int) = reply 2 * n to twice
    let rec build n = if n = 0 then [] else n :: build (n - 1)
    let work (n : int) : int = List.length (build n)`

  test('ends the process of the channel when its mailbox is full, and takes nothing from others', async () => {
    const daemon = await Camlnode.start({ files: { 'm.ml': flooded }, config: '[limits]\nheap = "24MiB"' })
    const erl = await daemon.erl()
    expect(
      await erl.eval(
        `Store = {'m.store', ${N}}, M = erlang:monitor(process, Store),
         spawn(fun() -> Message = binary:copy(<<$x>>, 20000), [Store ! Message || _ <- lists:seq(1, 3500)] end),
         R = receive {'DOWN', M, process, _, Reason} -> Reason after 15000 -> none end,
         {R, gen_server:call({'m.twice', ${N}}, 4), rpc:call(${N}, m, work, [100000]), gen_server:call({'m.take', ${N}}, ok)}`,
      ),
    ).toBe('{{system_limit,mailbox},8,100000,20000}')
    expect(daemon.memory()).toBeLessThan(600)
    await erl.stop()
    // Messages that have no room keep nobody waiting.
    const start = Date.now()
    expect(await daemon.stop()).toBe(0)
    expect(Date.now() - start).toBeLessThan(4000)
  })
})
