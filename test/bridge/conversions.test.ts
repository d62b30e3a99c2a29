/** Types that only OCaml code can make or read: sequences, suspended values, sets, maps by an order of the program. */

import { beforeAll, describe, expect, it } from 'vitest'
import { runtimeFlags } from '../../src/engine/runtime.ts'
import {
  atom,
  binary,
  float,
  formatTerm,
  int,
  listOf,
  mapOf,
  type Term,
  tuple,
} from '../../src/erlang-term-format/index.ts'
import { TestServer } from './server.ts'

const source = `
module Fold = struct
  type t = string
  let compare a b = String.compare (String.lowercase_ascii a) (String.lowercase_ascii b)
end
module Names = Map.Make (Fold)
module Nameset = Set.Make (Fold)
module Ints = Set.Make (Int)
module Floats = Map.Make (Float)
module Hidden (X : sig end) = struct module Key = struct type t = int let compare = compare end module S = Set.Make (Key) module M = Map.Make (Key) end
module H = Hidden (struct end)
module Descending = Set.Make (struct type t = int let compare a b = compare b a end)

let squares (n : int) = Seq.init n (fun i -> i * i)
let total (s : int Seq.t) = Seq.fold_left ( + ) 0 s
let twice (s : 'a Seq.t) = Seq.append s s
let triple (s : int Seq.t) : int Seq.t = Seq.map (fun x -> 3 * x) s
let forever () = Seq.ints 0
let failing () = Seq.map (fun n -> if n = 3 then failwith "at three" else n) (Seq.ints 0)
let evens : int Seq.t = Seq.filter (fun n -> n mod 2 = 0) (Seq.init 7 Fun.id)
let floats (s : float Seq.t) : float Seq.t = Seq.map (fun x -> x *. 2.) s
let nested (n : int) = Seq.init n (fun i -> Seq.init i Fun.id)
let sums (s : int Seq.t Seq.t) : int list = List.of_seq (Seq.map (Seq.fold_left ( + ) 0) s)
type loop = Loop of int * loop Seq.t
let rec tree n = Loop (n, Seq.init n (fun i -> tree i))
let rec size (Loop (n, s)) = Seq.fold_left (fun k t -> k + size t) n s
type parts = { id : int; items : string Seq.t; last : float option Lazy.t; pair : (int Seq.t * char) array }
let parts { id; items; last; pair } = { id = id + 1; items = Seq.map String.uppercase_ascii items; last; pair }
type tagged = [ \`One of int Seq.t | \`Two of string * int Lazy.t | \`None ]
let tagged (t : tagged) : tagged = t
let result (n : int) : (int Seq.t, string) result = if n < 0 then Error "negative" else Ok (Seq.init n Fun.id)
let lazily (l : int Lazy.t) (m : float lazy_t) = lazy (float_of_int (Lazy.force l) +. Lazy.force m)
let boom () : int Lazy.t = lazy (raise Not_found)
let optional ?(start : int Seq.t option) (n : int) = n + match start with None -> 0 | Some s -> Seq.length s
let both (a : float) (s : int Seq.t) (b : string) = (a, List.of_seq s, b)
let set (s : Nameset.t) = Nameset.add "Zoe" s
let ints (s : Ints.t) = Ints.union s (Ints.of_list [ 1; 2 ])
let descending (s : Descending.t) = Descending.cardinal s
let names (m : int Names.t) = Names.add "ADAM" 7 m
let find (m : int Seq.t Names.t) (name : string) = Seq.length (Names.find name m)
let by_float (m : string Floats.t) = Floats.add 1.5 "x" m
module Strings = Map.Make (String)
let tables (t : (string, int Seq.t) Hashtbl.t) (m : int Seq.t Strings.t) = (t, m)
let hidden (n : int) = (H.S.of_list [ n; 1 ], H.M.singleton n "one")
let takes_hidden (s : H.S.t) = H.S.cardinal s
let takes_hidden_map (m : int H.M.t) = H.M.cardinal m
type f = int Seq.t -> int Seq.t
let adder (n : int) : f = Seq.map (fun x -> x + n)
type _ Effect.t += Ask : int Effect.t
let effects () = Seq.map (fun _ -> Effect.perform Ask) (Seq.ints 0)
let handled () : int list = match List.of_seq (Seq.take 2 (effects ())) with l -> l | effect Ask, k -> Effect.Deep.continue k 5
let uchar (u : Uchar.t) = (Uchar.to_int u, Uchar.succ u)
exception Lazily of int Seq.t
exception Mapper of f
let raises_mapper () : int = raise (Mapper (adder 1))
let raises () : int = raise (Lazily (Seq.return 1))
`

const unboxed = `
type s = S of int Seq.t [@@unboxed]
type r = { r : int Lazy.t } [@@unboxed]
let f (S s) ({ r } : r) = (S (Seq.map (( + ) (Lazy.force r)) s), { r = lazy 4 })
type mix = A | B of int * string Seq.t | C of { c : int Seq.t; d : int }
let mix (l : mix list) = l
`

let server: TestServer
beforeAll(() => {
  server = new TestServer({ 'seqs.ml': source, 'boxes.ml': unboxed }, { flags: runtimeFlags.verify })
})

const ints = (...numbers: number[]): Term => listOf(numbers.map((n) => int(n)))
const call = (name: string, ...args: Term[]): string => formatTerm(server.value('seqs', name, ...args))
const cause = (name: string, ...args: Term[]): string => server.cause('seqs', name, ...args)

describe('sequences', () => {
  it('are lists both ways', () => {
    expect(call('squares', int(5))).toBe('[0,1,4,9,16]')
    expect(call('squares', int(0))).toBe('[]')
    expect(call('total', ints(1, 2, 3))).toBe('6')
    expect(call('total', listOf([]))).toBe('0')
    expect(call('triple', ints(1, 200, 1000))).toBe('[3,600,3000]')
    expect(call('evens')).toBe('[0,2,4,6]')
    expect(call('floats', listOf([float(1.5), int(2)]))).toBe('[3.0,4.0]')
    expect(call('both', float(1.5), ints(1), binary('b'))).toBe('{1.5,[1],<<"b">>}')
    expect(call('both', int(1), ints(), binary('b'))).toBe('{1.0,[],<<"b">>}')
  })
  it('hold sequences', () => {
    expect(call('nested', int(3))).toBe('[[],[0],[0,1]]')
    expect(call('sums', listOf([ints(1, 2), ints(), ints(3)]))).toBe('[3,0,3]')
  })
  it('of handles', () => {
    const f = server.value('seqs', 'adder', int(1))
    const twice = server.value('seqs', 'twice', listOf([f]))
    expect(twice.kind === 'list' && twice.elements.length).toBe(2)
  })
  it('in types that mention themselves', () => {
    expect(call('tree', int(2))).toBe('{loop,2,[{loop,0,[]},{loop,1,[{loop,0,[]}]}]}')
    expect(call('size', server.value('seqs', 'tree', int(6)))).toBe('63')
  })
  it('in records, options, arrays, tuples', () => {
    const given = mapOf([
      [atom('id'), int(1)],
      [atom('items'), listOf([binary('a'), binary('b')])],
      [atom('last'), tuple(atom('some'), float(1))],
      [atom('pair'), listOf([tuple(ints(1, 2), int(65))])],
    ])
    expect(call('parts', given)).toBe(
      '#{id=>2,items=>[<<"A">>,<<"B">>],last=>{some,1.0},pair=>[{[1,2],65}]}'.replaceAll('=>', ' => '),
    )
  })
  it('in polymorphic variants, results, variants, unboxed types', () => {
    expect(call('tagged', tuple(atom('one'), ints(7)))).toBe('{one,[7]}')
    expect(call('tagged', tuple(atom('two'), binary('x'), int(3)))).toBe('{two,<<"x">>,3}')
    expect(call('tagged', atom('none'))).toBe('none')
    expect(call('result', int(2))).toBe('{ok,[0,1]}')
    expect(call('result', int(-2))).toBe('{error,<<"negative">>}')
    const f = server.value('boxes', 'f', tuple(atom('s'), ints(1, 2)), mapOf([[atom('r'), int(300)]]))
    expect(formatTerm(f)).toBe('{{s,[301,302]},#{r => 4}}')
    const c = mapOf([
      [atom('c'), ints(1)],
      [atom('d'), int(2)],
    ])
    const mix = server.value(
      'boxes',
      'mix',
      listOf([atom('a'), tuple(atom('b'), int(1), listOf([binary('x')])), tuple(atom('c'), c)]),
    )
    expect(formatTerm(mix)).toBe('[a,{b,1,[<<"x">>]},{c,#{c => [1],d => 2}}]')
  })
  it('as data of tables and maps', () => {
    const map = mapOf([
      [binary('a'), ints(1, 2)],
      [binary('b'), ints()],
    ])
    expect(call('tables', map, map)).toMatch(
      /^\{#\{<<"[ab]">>.*\},#\{<<"a">> => \[1,2\],<<"b">> => \[\]\}\}$/,
    )
    expect(call('find', mapOf([[binary('Bob'), ints(1, 2, 3)]]), binary('BOB'))).toBe('3')
  })
  it('as optional arguments and through functions', () => {
    expect(call('optional', int(1))).toBe('1')
    expect(call('optional', tuple(atom('some'), ints(1, 2)), int(1))).toBe('3')
    expect(call('optional', atom('undefined'), int(1))).toBe('1')
    const f = server.value('seqs', 'adder', int(300))
    expect(formatTerm(server.value('camlnode', 'apply', f, listOf([ints(1, 2)])))).toBe('[301,302]')
  })
  it('leave nothing behind when functions are applied again and again', () => {
    const { exports } = server.domain.runtime
    const { root_statistic } = exports as unknown as { root_statistic(which: number): number }
    const f = server.value('seqs', 'adder', int(1))
    const apply = (): Term => server.value('camlnode', 'apply', f, listOf([ints(1)]))
    apply()
    const before = root_statistic(5)
    for (let i = 0; i < 100; i++) apply()
    expect(root_statistic(5)).toBe(before)
  })
  it('raise what forcing raises, with a stack of the program alone', () => {
    const { reason, stack } = server.answer('seqs', 'failing')
    expect(formatTerm(reason as Term)).toBe('{ocaml,\'Failure\',[<<"at three">>]}')
    expect(formatTerm(stack as Term)).toMatch(/^\[\{seqs,/)
    expect(formatTerm(stack as Term)).not.toMatch(/border/i)
    expect(formatTerm(server.answer('seqs', 'effects').reason as Term)).toMatch(
      /^\{ocaml,'Stdlib\.Effect\.Unhandled'/,
    )
    expect(call('handled')).toBe('[5,5]')
  })
  it('that end nowhere are an error of their call', () => {
    const small = new TestServer({ 'seqs.ml': source }, {}, 1 << 16)
    expect(formatTerm(small.answer('seqs', 'forever').reason as Term)).toBe('{system_limit,message}')
    expect(formatTerm(small.value('seqs', 'squares', int(3)))).toBe('[0,1,4]')
  })
  it('in exceptions are handles', () => {
    const { reason } = server.answer('seqs', 'raises_mapper')
    const args = reason?.kind === 'tuple' ? reason.elements[2] : undefined
    const mapper = (args?.kind === 'list' ? args.elements[0] : undefined) as Term
    const adder = server.value('seqs', 'adder', int(1))
    expect(formatTerm(server.value('camlnode', 'apply', adder, listOf([ints(300)])))).toBe('[301]')
    expect(server.cause('camlnode', 'apply', mapper, listOf([ints(300)]))).toMatch(
      /^argument 1: expected reference to an OCaml value of type/,
    )
    expect(formatTerm(server.answer('seqs', 'raises').reason as Term)).toMatch(
      /^\{ocaml,'Seqs\.Lazily',\[#Ref<.*>\]\}$/,
    )
  })
})

describe('errors', () => {
  it.each([
    ['total', [atom('x')], "argument 1: expected list, got atom 'x'"],
    ['total', [listOf([int(1), atom('x')])], "argument 1, element 2: expected integer, got atom 'x'"],
    [
      'sums',
      [listOf([ints(1), listOf([binary('')])])],
      'argument 1, element 2, element 1: expected integer, got binary <<>>',
    ],
    ['lazily', [atom('x'), float(1)], "argument 1: expected integer, got atom 'x'"],
    ['set', [listOf([int(1)])], 'argument 1, element 1: expected binary, iolist or charlist, got integer 1'],
    ['names', [listOf([])], 'argument 1: expected map, got list []'],
    [
      'names',
      [mapOf([[binary('a'), binary('b')]])],
      'argument 1, value 1: expected integer, got binary <<"b">>',
    ],
    [
      'names',
      [mapOf([[int(1), int(1)]])],
      'argument 1, key 1: expected binary, iolist or charlist, got integer 1',
    ],
    [
      'descending',
      [ints(1)],
      'argument 1: expected reference to an OCaml value of type Seqs.Descending.t, got list [1]',
    ],
    ['uchar', [int(0xd800)], 'argument 1: expected Unicode scalar value, got integer 55296'],
    ['uchar', [int(-1)], 'argument 1: expected Unicode scalar value, got integer -1'],
  ] as const)('%s %j', (name, args, message) => {
    expect(cause(name, ...args)).toBe(message)
  })
})

describe('suspended values', () => {
  it('are forced outwards and are there already inwards', () => {
    expect(call('lazily', int(2), float(0.5))).toBe('2.5')
    expect(formatTerm(server.answer('seqs', 'boom').reason as Term)).toBe("{ocaml,'Not_found',[]}")
  })
})

describe('sets and maps', () => {
  it('have the order of the program', () => {
    expect(call('set', listOf(['b', 'A', 'B', 'a'].map((s) => binary(s))))).toMatch(
      /^\[<<"[aA]">>,<<"[bB]">>,<<"Zoe">>\]$/,
    )
    expect(call('ints', ints(9, 3, 9, 1000, -1))).toBe('[-1,1,2,3,9,1000]')
    expect(
      call(
        'names',
        mapOf([
          [binary('adam'), int(1)],
          [binary('Eve'), int(2)],
        ]),
      ),
    ).toMatch(/^#\{<<"[a-zA-Z]+">> => 7,<<"Eve">> => 2\}$/)
    expect(
      call(
        'by_float',
        mapOf([
          [float(1.5), binary('a')],
          [int(2), binary('b')],
        ]),
      ),
    ).toBe('#{1.5 => <<"x">>,2.0 => <<"b">>}')
  })
  it('of keys that a functor has made', () => {
    expect(call('hidden', int(5))).toBe('{[1,5],#{5 => <<"one">>}}')
    expect(call('takes_hidden', ints(1, 2, 1))).toBe('2')
    expect(call('takes_hidden_map', mapOf([[int(1), int(1)]]))).toBe('1')
  })
  it('characters', () => {
    expect(call('uchar', int(0x1f600))).toBe('{128512,128513}')
  })
})

describe('with a collection at every allocation', () => {
  it('they are the same', () => {
    const flags = runtimeFlags.verify | runtimeFlags.stress | runtimeFlags.alternate
    const stressed = new TestServer(
      { 'boxes.ml': unboxed, 'seqs.ml': source.split('let uchar')[0] as string },
      { flags },
    )
    const f = stressed.value('boxes', 'f', tuple(atom('s'), ints(1, 2, 3)), mapOf([[atom('r'), int(300)]]))
    expect(formatTerm(f)).toBe('{{s,[301,302,303]},#{r => 4}}')
    expect(formatTerm(stressed.value('seqs', 'sums', listOf([ints(1, 2), ints(5)])))).toBe('[3,5]')
    const names = Array.from({ length: 20 }, (_, i) => [binary(`N${i}`), int(i)] as const)
    expect(formatTerm(stressed.value('seqs', 'names', mapOf(names.map(([k, v]) => [k, v]))))).toContain(
      '<<"N19">> => 19',
    )
  }, 60_000)
})
