/** Every row of the table of docs/TYPES.md, from a real Erlang node: each value goes in and comes out, wrong ones are refused. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Erl } from '../node/erl.ts'
import { Camlnode } from './camlnode.ts'

const source = `
let int (x : int) = x
let int32 (x : int32) = x
let int64 (x : int64) = x
let nativeint (x : nativeint) = x
let char (x : char) = x
let uchar (x : Uchar.t) = x
let float (x : float) = x
let bool (x : bool) = x
let unit (x : unit) (_ : int) = x
let string (x : string) = x
let bytes (x : bytes) = x
let list (x : int list) = x
let array (x : int array) = x
let floats (x : float array) = x
let floatarray (x : floatarray) = x
let seq (x : int Seq.t) = x
let lazily (x : int Lazy.t) = x
let tuple (x : int * string * float) = x
let option (x : int option option) = x
let result (x : (int, string) result) = x
type record = { x : int; y : float }
let record (x : record) = x
type flat = { u : float; v : float }
let flat (x : flat) = x
type tagged = { host : string; port : int } [@@erlang.record]
let tagged (x : tagged) = x
type renamed = { content_type : string [@erlang "Content-Type"] } [@@erlang.record "hdr"]
let renamed (x : renamed) = x
type shape = Not_found | Rgb of int * int * int | Pair of (int * int) | Named of { name : string } | Ok_200 [@erlang "OK"]
let shape (x : shape) = x
let poly (x : [ \`On | \`Level of int | \`Rgb of int * int * int ]) = x
let ref_ (x : int ref) = x
let table (x : (string, int) Hashtbl.t) = x
module Names = Map.Make (String)
let map (x : int Names.t) = x
module Fold = struct type t = string let compare a b = compare (String.lowercase_ascii a) (String.lowercase_ascii b) end
module Folded = Map.Make (Fold)
let folded (x : int Folded.t) = x
module Ints = Set.Make (Int)
let set (x : Ints.t) = x
let either (x : (int, string) Either.t) = x
let complex (x : Complex.t) = x
type box = Box of string [@@unboxed]
let box (x : box) = x
type wrapped = { only : int } [@@unboxed]
let wrapped (x : wrapped) = x
type plain = P : int -> plain | Q : plain
let plain (x : plain) = x
module Make (X : sig type t end) = struct type t = Held of X.t | Nothing type nonrec 'a list = 'a list end
module Made = Make (Int)
let made (x : Made.t) = x
module Private : sig type t = private int val of_int : int -> t end = struct type t = int let of_int x = x end
let private_ (x : Private.t) = x
type even = Zero | Odd of odd and odd = Even of even
let even (x : even) = x
type 'a tree = Leaf | Node of 'a tree * 'a * 'a tree
let tree (x : string tree) = x
type func = int -> int
let func (n : int) : func = fun x -> x + n
let apply (f : func) (x : int) = f x
type 'a hidden = 'a Queue.t
let queue () : int hidden = let q = Queue.create () in Queue.add 1 q; q
let length (q : int hidden) = Queue.length q
let exn () : exn = Failure "x"
let message (e : exn) = Printexc.to_string e
let id (x : 'a) : 'a = x
let forever () = Seq.ints 0
let spin () = Seq.map (fun n -> while true do ignore (Sys.opaque_identity n) done; n) (Seq.ints 0)
`

/** Another unit whose types come from a functor that is applied here. */
const other = `
module Own = Rows.Make (String)
let own (x : Own.t) = x
let theirs (x : int Rows.tree) = x
`

const N = "'caml@127.0.0.1'"
let daemon: Camlnode
let erl: Erl

beforeAll(async () => {
  daemon = await Camlnode.start({ files: { 'rows.ml': source, 'other.ml': other } })
  erl = await daemon.erl()
})
afterAll(async () => {
  await erl?.stop()
  expect(await daemon?.stop()).toBe(0)
})

const call = (name: string, args: string, module = 'rows'): string =>
  `erpc:call(${N}, ${module}, ${name}, ${args})`

describe('what goes in comes out', () => {
  test.each([
    ['int', ['0', '-1', '255', '256', '4611686018427387903', '-4611686018427387904']],
    ['int32', ['2147483647', '-2147483648']],
    ['int64', ['9223372036854775807', '-9223372036854775808', '5']],
    ['nativeint', ['9223372036854775807', '-9223372036854775808']],
    ['char', ['0', '255']],
    ['uchar', ['0', '16#10FFFF', '16#D7FF', '16#E000']],
    ['float', ['0.0', '-1.5', '1.0e300', '5.0e-324']],
    ['bool', ['true', 'false']],
    ['string', ['<<>>', '<<"abc">>', '<<0, 255, 128>>', 'binary:copy(<<"x">>, 100000)']],
    ['bytes', ['<<>>', '<<"abc">>']],
    ['list', ['[]', '[1, 2, 300]', '[1, 2, 3]', 'lists:seq(1, 10000)']],
    ['array', ['[]', '[1, 2, 3]', 'lists:seq(1, 10000)']],
    ['floats', ['[]', '[1.5, 2.5]']],
    ['floatarray', ['[]', '[1.5, 2.5]']],
    ['seq', ['[]', '[1, 2, 3]', 'lists:seq(1, 10000)']],
    ['lazily', ['7']],
    ['tuple', ['{1, <<"a">>, 2.0}']],
    ['option', ['undefined', '{some, undefined}', '{some, {some, 1}}']],
    ['result', ['{ok, 1}', '{error, <<"no">>}']],
    ['record', ['#{x => 1, y => 2.0}']],
    ['flat', ['#{u => 1.0, v => 2.0}']],
    ['tagged', ['{tagged, <<"h">>, 80}']],
    ['renamed', ['{hdr, <<"text/html">>}']],
    ['shape', ['not_found', '{rgb, 1, 2, 3}', '{pair, {1, 2}}', '{named, #{name => <<"n">>}}', "'OK'"]],
    ['poly', ['on', '{level, 3}', '{rgb, 1, 2, 3}']],
    ['ref_', ['#{contents => 5}']],
    [
      'table',
      [
        '#{}',
        '#{<<"a">> => 1, <<"b">> => 2}',
        'maps:from_list([{integer_to_binary(I), I} || I <- lists:seq(1, 500)])',
      ],
    ],
    [
      'map',
      [
        '#{}',
        '#{<<"a">> => 1, <<"b">> => 2}',
        'maps:from_list([{integer_to_binary(I), I} || I <- lists:seq(1, 500)])',
      ],
    ],
    [
      'folded',
      [
        '#{}',
        '#{<<"a">> => 1, <<"B">> => 2}',
        'maps:from_list([{integer_to_binary(I), I} || I <- lists:seq(1, 500)])',
      ],
    ],
    ['set', ['[]', '[-5, 1, 2]', 'lists:seq(1, 1000)']],
    ['either', ['{left, 1}', '{right, <<"r">>}']],
    ['complex', ['#{re => 1.0, im => -1.0}']],
    ['box', ['{box, <<"b">>}']],
    ['wrapped', ['#{only => 3}']],
    ['plain', ['{p, 1}', 'q']],
    ['made', ['{held, 1}', 'nothing']],
    ['private_', ['12']],
    ['even', ['zero', '{odd, {even, zero}}']],
    ['tree', ['leaf', '{node, leaf, <<"x">>, {node, leaf, <<"y">>, leaf}}']],
  ] as const)('%s', async (name, terms) => {
    for (const term of terms) expect(await erl.eval(`T = ${term}, T =:= ${call(name, '[T]')}`)).toBe('true')
  })

  test('unit, and types of another unit', async () => {
    expect(await erl.eval(call('unit', '[ok, 1]'))).toBe('ok')
    expect(await erl.eval(call('own', '[{held, <<"x">>}]', 'other'))).toBe('{held,<<"x">>}')
    expect(await erl.eval(call('theirs', '[{node, leaf, 1, leaf}]', 'other'))).toBe('{node,leaf,1,leaf}')
  })
})

describe('what else is accepted', () => {
  test.each([
    ['float', '1', '1.0'],
    ['floats', '[1, 2.5]', '[1.0,2.5]'],
    ['string', '"abc"', '<<"abc">>'],
    ['string', '[104, [<<"i">>, [16#1F600]]]', '<<"hi"/utf8,16#1F600/utf8>>'],
    ['bytes', '["a", <<255>>]', '<<97,255>>'],
    ['set', '[3, 1, 3, 2]', '[1,2,3]'],
    ['folded', '#{<<"a">> => 1, <<"A">> => 1}', '#{}'],
  ] as const)('%s of %s', async (name, given, result) => {
    const size =
      name === 'folded'
        ? `1 =:= map_size(${call(name, `[${given}]`)})`
        : `${result} =:= ${call(name, `[${given}]`)}`
    expect(await erl.eval(size)).toBe('true')
  })
})

describe('what is refused', () => {
  test.each([
    [
      'int',
      '4611686018427387904',
      'argument 1: expected integer of 63 bits, got integer 4611686018427387904',
    ],
    ['int32', '2147483648', 'argument 1: expected integer of 32 bits, got integer 2147483648'],
    ['int64', '1 bsl 63', 'argument 1: expected integer of 64 bits, got integer 9223372036854775808'],
    ['char', '256', 'argument 1: expected integer from 0 to 255, got integer 256'],
    ['uchar', '16#D800', 'argument 1: expected Unicode scalar value, got integer 55296'],
    ['float', 'free', "argument 1: expected float, got atom 'free'"],
    ['bool', 'maybe', "argument 1: expected true or false, got atom 'maybe'"],
    ['string', '[a]', 'argument 1: expected binary, iolist or charlist, got list [a]'],
    ['list', '[1, a]', "argument 1, element 2: expected integer, got atom 'a'"],
    ['seq', '[1 | 2]', 'argument 1: expected proper list, got list [1|2]'],
    ['seq', '[1, 2.0]', 'argument 1, element 2: expected integer, got float 2.0'],
    ['lazily', '{some, 1}', 'argument 1: expected integer, got tuple {some,1}'],
    ['tuple', '{1, <<>>}', 'argument 1: expected tuple of 3 elements, got tuple {1,<<>>}'],
    ['option', '{some, {some, a}}', "argument 1, element 2, element 2: expected integer, got atom 'a'"],
    ['record', '#{x => 1}', 'argument 1: expected map with the keys x, y, got a map without y'],
    [
      'record',
      '#{x => 1, y => 1.0, z => 1}',
      "argument 1: expected map with the keys x, y, got a map with the key 'z'",
    ],
    ['tagged', '{other, <<>>, 1}', 'argument 1: expected {tagged, _, _}, got tuple {other,<<>>,1}'],
    [
      'shape',
      '{rgb, 1, 2}',
      'argument 1: expected one of not_found, {rgb, _, _, _}, {pair, _}, {named, _}, OK, got tuple {rgb,1,2}',
    ],
    ['poly', '{level, on}', "argument 1, element 2: expected integer, got atom 'on'"],
    ['table', '#{<<"a">> => b}', "argument 1, value 1: expected integer, got atom 'b'"],
    ['folded', '#{a => 1}', "argument 1, key 1: expected binary, iolist or charlist, got atom 'a'"],
    ['set', '#{}', 'argument 1: expected list, got map #{}'],
    ['either', 'left', "argument 1: expected one of {left, _}, {right, _}, got atom 'left'"],
    ['made', '{held, a}', "argument 1, element 2: expected integer, got atom 'a'"],
    [
      'even',
      '{odd, {even, {odd, zero}}}',
      "argument 1, element 2, element 2, element 2: expected {even, _}, got atom 'zero'",
    ],
    ['length', 'make_ref()', 'argument 1: expected reference to an OCaml value of type int'],
  ] as const)('%s of %s', async (name, term, message) => {
    const text = `try ${call(name, `[${term}]`)} catch error:{exception, badarg, [{_, _, _, [{error_info, #{cause := C}}]}]} -> unicode:characters_to_list(C) end`
    expect(await erl.eval(text)).toContain(JSON.stringify(message).slice(1, -1))
  })
})

describe('handles', () => {
  test('of functions, containers, exceptions, anything', async () => {
    const text = `F = ${call('func', '[10]')}, Q = ${call('queue', '[]')}, F = ${call('id', '[F]')}, true,
      {${call('apply', '[F, 5]')}, erpc:call(${N}, camlnode, apply, [F, [6]]), ${call('length', '[Q]')}}`
    expect(
      await erl.eval(
        text.replace(`F = ${call('id', '[F]')}, true,`, `true = is_reference(${call('id', '[F]')}),`),
      ),
    ).toBe('{15,16,1}')
    expect(await erl.eval(call('message', `[${call('exn', '[]')}]`))).toBe('<<"Failure(\\"x\\")">>')
  })
})

describe('sequences without end', () => {
  test('are an error of their call', async () => {
    const text = `try ${call('forever', '[]')} catch error:{exception, R, _} -> R end`
    expect(await erl.eval(text, 60_000)).toMatch(/^\{(system_limit,message|ocaml,'Out_of_memory',\[\])\}$/)
    expect(await erl.eval(call('int', '[1]'))).toBe('1')
  }, 60_000)
  test('are cancelled with their call', async () => {
    const text = `try erpc:call(${N}, rows, spin, [], 300) catch error:{erpc, timeout} -> late end`
    expect(await erl.eval(text)).toBe('late')
    const idle = `(fun Wait() -> case maps:get(running, rpc:call(${N}, camlnode, info, [])) of 0 -> idle; _ -> Wait() end end)()`
    expect(await erl.eval(idle)).toBe('idle')
  })
})
