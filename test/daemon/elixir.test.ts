/** OCaml from Elixir: what its own modules, `GenServer`, `Task`, `Process`, `Node` and `Supervisor`, do with a camlnode, and how values look. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Camlnode, cookie, eventually } from './camlnode.ts'
import { Elixir } from './elixir.ts'

const files = {
  'shop.ml': `type point = { x : int; y : int }
type level = Low | High of int
type order = { sku : string; price : float; note : string option; tags : string list; level : level }

exception Refused of string
exception Empty

let swap { x; y } = { x = y; y = x }
let total orders = List.fold_left (fun sum o -> sum +. o.price) 0. orders
let described o = { o with note = Some (String.uppercase_ascii o.sku); level = High (List.length o.tags) }
let upper s = String.uppercase_ascii s
let length s = String.length s
let found (k : string) (l : (string * int) list) = List.assoc_opt k l
let parsed s = match int_of_string_opt s with Some n -> Ok n | None -> Error ("no number: " ^ s)
let refuse why : int = raise (Refused why)
let empty () : int = raise Empty
let missing () : int = raise Not_found
let divided a b = a / b
let echo (t : Erlang.term) = t
let shown (t : Erlang.term) = Erlang.to_string t
let fail (t : Erlang.term) : int = Erlang.error t
let throw (t : Erlang.term) : int = Erlang.throw t
let slow (n : int) s = Thread.delay s; n
let hello name = Printf.printf "hello %s\\n" name
let elixir node m f (args : Erlang.term list) =
  match Erlang.apply node ("Elixir." ^ m) f args with
  | value -> ("ok", value)
  | exception Erlang.Raised (Error, reason, _) -> ("error", reason)
  | exception Erlang.Raised (Exit, reason, _) -> ("exit", reason)
  | exception Erlang.Raised (Throw, reason, _) -> ("throw", reason)
let ask_server name node (request : Erlang.term) = Erlang.gen_call (Remote_name (name, node)) request
`,
  'buffer.ml': 'def put(x : int) & get() = reply x to get',
  'counter.ml': `open Erlang

include Gen_server.Make (struct
  type state = int
  let name = "counter"
  let init = function Int n -> Ok n | _ -> Error (Atom "badarg")
  let handle_call request from n = match request with
    | Tuple [ Atom "add"; Int k ] -> Gen_server.Reply (Int (n + k), n + k)
    | Atom "get" -> Reply (Int n, n)
    | Atom "later" -> ignore (spawn (fun () -> Thread.delay 0.02; Gen_server.reply from (Atom "late"))); No_reply n
    | Atom "never" -> No_reply n
    | Atom "crash" -> raise Not_found
    | _ -> Reply (Tuple [ Atom "error"; Atom "unknown" ], n)
  let handle_cast message n = match message with Tuple [ Atom "set"; Int k ] -> Gen_server.Continue k | _ -> Continue n
  let handle_info message n = match message with Tuple [ Atom "tell"; Pid p ] -> send p (Tuple [ Atom "told"; Int n ]); Gen_server.Continue n | _ -> Continue n
  let terminate _ _ = ()
  let show n = Int n
end)

let start_link (n : term) = start_link n
let start_named name (n : term) = start ~register:name n
let start_global (name : term) = match start (Int 0) with Ok p -> Global.register_name name p | Error _ -> false
let worker group = let p = spawn (fun () -> ignore (receive (function Atom "stop" -> Some () | Atom "crash" -> failwith "crashed" | _ -> None))) in Pg.join group p; p
let crew (group : term) = Pg.members group
`,
}
const caml = ':"caml@127.0.0.1"'

let daemon: Camlnode
let elixir: Elixir

beforeAll(async () => {
  daemon = await Camlnode.start({ files })
  elixir = new Elixir('elixir@127.0.0.1', cookie, daemon.epmdPort)
  await elixir.eval(`
    true = Node.connect(${caml})
    {:ok, _} = :pg.start(:pg)
    defmodule Point do
      defstruct [:x, :y]
    end
    defmodule Store do
      use GenServer
      def init(s), do: {:ok, s}
      def handle_call({:get, k}, _, s), do: {:reply, Map.fetch(s, k), s}
      def refuse(), do: raise ArgumentError, "no"
    end`)
}, 60_000)
afterAll(async () => {
  await elixir?.stop()
  await daemon?.kill()
})

/** Each is code with its value; \`shop(f, args)\` and \`counter(f, args)\` call OCaml. */
function values(rows: readonly (readonly [code: string, value: string])[]): void {
  test.each(rows)('%s', async (code, value) => {
    const calls = ['shop', 'counter'].map(
      (m) => `${m} = fn f, args -> :erpc.call(${caml}, :${m}, f, args) end`,
    )
    expect(await elixir.eval(`${calls.join('\n')}\n_ = {shop, counter}\n${code}`)).toBe(value)
  })
}

describe('values', () => {
  values([
    ['shop.(:swap, [%{x: 1, y: 2}])', '%{x: 2, y: 1}'],
    ['shop.(:swap, [Map.from_struct(%Point{x: 1, y: 2})])', '%{x: 2, y: 1}'],
    [
      'try do shop.(:swap, [%Point{x: 1, y: 2}]) rescue e in ErlangError -> {_, :badarg, [{_, _, _, o} | _]} = e.original; o[:error_info].cause end',
      '"argument 1: expected map with the keys x, y, got a map with the key \'__struct__\'"',
    ],
    ['shop.(:upper, ["grün"])', '"GRüN"'],
    ['shop.(:length, ["grün"])', '5'],
    ['shop.(:length, [<<255, 254>>])', '2'],
    ['shop.(:found, ["b", [{"a", 1}, {"b", 2}]])', '{:some, 2}'],
    ['shop.(:found, ["c", []])', ':undefined'],
    ['shop.(:parsed, ["12"])', '{:ok, 12}'],
    ['shop.(:parsed, ["x"])', '{:error, "no number: x"}'],
    [
      'shop.(:described, [%{sku: "a-1", price: 2.5, note: :undefined, tags: ["x", "y"], level: :low}])',
      '%{level: {:high, 2}, note: {:some, "A-1"}, price: 2.5, sku: "a-1", tags: ["x", "y"]}',
    ],
    [
      'shop.(:total, [Enum.map(1..3, &%{sku: "s", price: &1 / 2, note: :undefined, tags: [], level: {:high, 1}})])',
      '3.0',
    ],
  ])
})

describe('any term', () => {
  test.each([
    '%Point{x: 1, y: nil}',
    'MapSet.new([1, 2])',
    '~D[2024-02-29]',
    '1..10//3',
    '[a: 1, b: "two"]',
    '%{"k" => ~c"list", 1 => 2.5, nil => true}',
    '<<5::3>>',
    '{1, 2 ** 70, -(2 ** 70)}',
    'self()',
    'make_ref()',
    'fn x -> x + 1 end',
    '&String.upcase/1',
    '~r/a+/',
    '%ArgumentError{message: "m"}',
  ])('%s comes back', async (term) => {
    expect(await elixir.eval(`t = ${term}\n:erpc.call(${caml}, :shop, :echo, [t]) === t`)).toBe('true')
  })

  values([
    [
      'shop.(:shown, [%{a: [1, "x", nil, 2.0], b: {:c, true}}])',
      '"\\#{a => [1,<<\\"x\\">>,nil,2.0],b => {c,true}}"',
    ],
  ])
})

describe('what is raised', () => {
  const rescued = (call: string) =>
    `try do ${call} rescue e in ErlangError -> {:exception, reason, stack} = e.original; {reason, is_list(stack)} end`
  values([
    [rescued('shop.(:refuse, ["why"])'), '{{:ocaml, :"Shop.Refused", ["why"]}, true}'],
    [rescued('shop.(:empty, [])'), '{{:ocaml, :"Shop.Empty", []}, true}'],
    [rescued('shop.(:missing, [])'), '{{:ocaml, :Not_found, []}, true}'],
    [rescued('shop.(:divided, [1, 0])'), '{{:ocaml, :Division_by_zero, []}, true}'],
    [rescued('shop.(:fail, [{:my, "reason"}])'), '{{:my, "reason"}, true}'],
    [rescued('shop.(:upper, [:atom])'), '{:badarg, true}'],
    [rescued('shop.(:nothing, [1])'), '{:undef, true}'],
    ['try do shop.(:throw, [:ball]) catch :throw, t -> t end', ':ball'],
    [
      `try do shop.(:swap, [%{x: 1, y: "2"}]) rescue e in ErlangError -> {_, :badarg, [{:shop, :swap, _, opts} | _]} = e.original; opts[:error_info].cause end`,
      '"argument 1, field \\"y\\": expected integer, got binary <<\\"2\\">>"',
    ],
    [
      `try do :erpc.call(${caml}, :shop, :slow, [1, 5.0], 50) rescue e in ErlangError -> e.original end`,
      '{:erpc, :timeout}',
    ],
    [`:rpc.call(${caml}, :shop, :missing, []) |> elem(1) |> elem(1) |> elem(0)`, '{:ocaml, :Not_found, []}'],
  ])
})

describe('GenServer', () => {
  values([
    [
      '{:ok, p} = counter.(:start_link, [5]); {GenServer.call(p, {:add, 3}), GenServer.call(p, :later), GenServer.call(p, :what)}',
      '{8, :late, {:error, :unknown}}',
    ],
    [
      '{:ok, p} = counter.(:start_link, [5]); :ok = GenServer.cast(p, {:set, 9}); send(p, {:tell, self()}); receive do {:told, n} -> {n, :sys.get_state(p)} end',
      '{9, 9}',
    ],
    [
      `{:ok, p} = counter.(:start_named, ["tally", 1]); named = {:tally, ${caml}}
       called = {GenServer.call(named, :get), GenServer.multi_call([${caml}], :tally, :get), GenServer.stop(p)}
       Tuple.append(called, try do GenServer.call(named, :get) catch :exit, {why, _} -> why end)`,
      '{1, {["caml@127.0.0.1": 1], []}, :ok, :noproc}',
    ],
    [
      '{:ok, p} = counter.(:start_link, [5]); try do GenServer.call(p, :never, 50) catch :exit, {why, {GenServer, :call, _}} -> why end',
      ':timeout',
    ],
    [
      'Process.flag(:trap_exit, true); {:ok, p} = counter.(:start_link, [5]); Process.link(p); why = try do GenServer.call(p, :crash) catch :exit, {{why, _stack}, _} -> why end; receive do {:EXIT, ^p, {w, _}} -> {why, w} end',
      '{{:ocaml, :Not_found, []}, {:ocaml, :Not_found, []}}',
    ],
    [
      `{put, get} = {{:"buffer.put", ${caml}}, {:"buffer.get", ${caml}}}
       send(put, 5); GenServer.cast(put, 6)
       {GenServer.call(get, :ok), GenServer.call(get, :ok), try do GenServer.call(put, 1) catch :exit, {{why, _}, _} -> why end}`,
      '{5, 6, :unsupported}',
    ],
    [
      'true = counter.(:start_global, [:tally]); {GenServer.call({:global, :tally}, {:add, 2}), node(GenServer.whereis({:global, :tally}))}',
      '{2, :"caml@127.0.0.1"}',
    ],
    [
      `child = %{id: :c, start: {:erpc, :call, [${caml}, :counter, :start_link, [7]]}}
       {:ok, s} = Supervisor.start_link([child], strategy: :one_for_one)
       [{:c, p, :worker, _}] = Supervisor.which_children(s)
       GenServer.cast(p, {:set, 0}); before = GenServer.call(p, :get); Process.exit(p, :kill); Process.sleep(100)
       [{:c, q, :worker, _}] = Supervisor.which_children(s)
       result = {before, q != p, GenServer.call(q, :get)}
       Supervisor.stop(s)
       Tuple.append(result, try do GenServer.call(q, :get) catch :exit, {why, _} -> why end)`,
      '{0, true, 7, :noproc}',
    ],
    [
      '{:ok, _} = GenServer.start_link(Store, %{a: 1}, name: :store); {shop.(:ask_server, ["store", to_string(node()), {:get, :a}]), shop.(:ask_server, ["store", to_string(node()), {:get, :b}])}',
      '{{:ok, 1}, :error}',
    ],
  ])
})

describe('processes', () => {
  values([
    [
      'p = counter.(:worker, [:a]); r = Process.monitor(p); send(p, :stop); receive do {:DOWN, ^r, :process, ^p, why} -> why end',
      ':normal',
    ],
    [
      'p = counter.(:worker, [:a]); r = Process.monitor(p); send(p, :crash); receive do {:DOWN, ^r, :process, ^p, {why, stack}} -> {why, is_list(stack)} end',
      '{{:ocaml, :Failure, ["crashed"]}, true}',
    ],
    [
      'p = counter.(:worker, [:a]); r = Process.monitor(p); Process.exit(p, :kill); receive do {:DOWN, ^r, :process, ^p, why} -> why end',
      ':killed',
    ],
    [
      'p = counter.(:worker, [:a]); r = Process.monitor(p); true = Process.demonitor(r, [:flush]); Process.exit(p, :shutdown); receive do x -> x after 50 -> :nothing end',
      ':nothing',
    ],
    [
      `r = Process.monitor({:nobody, ${caml}}); receive do {:DOWN, ^r, :process, who, why} -> {who, why} end`,
      '{{:nobody, :"caml@127.0.0.1"}, :noproc}',
    ],
    [
      'p = counter.(:worker, [:crew]); Process.sleep(100); found = p in :pg.get_members(:crew); send(p, :stop); Process.sleep(100); {found, p in :pg.get_members(:crew)}',
      '{true, false}',
    ],
    [
      'me = self(); :pg.join(:elixirs, me); Process.sleep(100); result = counter.(:crew, [:elixirs]) == [me]; :pg.leave(:elixirs, me); result',
      'true',
    ],
    [
      `r = Node.spawn_monitor(${caml}, :shop, :refuse, ["x"]); {p, m} = r; receive do {:DOWN, ^m, _, ^p, {why, _}} -> why end`,
      '{:ocaml, :"Shop.Refused", ["x"]}',
    ],
  ])
})

describe('Task and :erpc', () => {
  values([
    ['Task.async(fn -> shop.(:slow, [1, 0.05]) end) |> Task.await()', '1'],
    [
      '1..40 |> Task.async_stream(&shop.(:slow, [&1, 0.02]), max_concurrency: 20) |> Enum.map(fn {:ok, n} -> n end) |> Enum.sum()',
      '820',
    ],
    [
      `t = Task.async(fn -> shop.(:slow, [1, 20.0]) end); Process.sleep(50); gone = {Task.yield(t, 50), Task.shutdown(t, :brutal_kill)}
       Process.sleep(100); Tuple.append(gone, :erpc.call(${caml}, :camlnode, :info, []).running)`,
      '{nil, nil, 0}',
    ],
    [
      `:erpc.multicall([${caml}, node(), :"nobody@127.0.0.1"], String, :length, ["abc"]) |> Enum.map(fn {:ok, n} -> n; {:error, {:exception, why, _}} -> why; {:error, {:erpc, why}} -> why end)`,
      '[:undef, 3, :noconnection]',
    ],
    [
      `[1, 2, 3] |> Enum.map(&:erpc.send_request(${caml}, :shop, :slow, [&1, 0.01])) |> Enum.map(&:erpc.receive_response/1)`,
      '[1, 2, 3]',
    ],
    [
      '{:ok, io} = StringIO.open(""); gl = Process.group_leader(); Process.group_leader(self(), io); :ok = shop.(:hello, ["josé"]); Process.group_leader(self(), gl); StringIO.contents(io)',
      '{"", "hello josé\\n"}',
    ],
  ])
})

describe('Elixir from OCaml', () => {
  const me = 'to_string(node())'
  values([
    [`shop.(:elixir, [${me}, "String", "upcase", ["grün"]])`, '{"ok", "GRÜN"}'],
    [`shop.(:elixir, [${me}, "Enum", "map", [[1, 2], &Integer.to_string/1]])`, '{"ok", ["1", "2"]}'],
    [`shop.(:elixir, [${me}, "Store", "refuse", []])`, '{"error", %ArgumentError{message: "no"}}'],
    [`shop.(:elixir, [${me}, "String", "to_integer", ["x"]])`, '{"error", :badarg}'],
    [
      `shop.(:elixir, [${me}, "GenServer", "call", [:nobody, :hi]])`,
      '{"exit", {:noproc, {GenServer, :call, [:nobody, :hi, 5000]}}}',
    ],
    [`shop.(:elixir, [${me}, "Kernel", "throw", [1]])`, '{"throw", 1}'],
  ])
})

test('nodes', async () => {
  expect(await elixir.eval('{Node.list(), Node.list(:hidden)}')).toBe('{[], [:"caml@127.0.0.1"]}')
  expect(await elixir.eval(`{Node.ping(${caml}), Node.disconnect(${caml}), Node.ping(${caml})}`)).toBe(
    '{:pong, true, :pong}',
  )
  const down = elixir.eval(
    `true = Node.monitor(${caml}, true); send(self(), :watching); receive do {:nodedown, n} -> n after 20_000 -> :none end`,
  )
  await eventually('it is watched', async () => daemon.stderr.includes('node up'))
  await daemon.stop()
  expect(await down).toBe(caml)
})
