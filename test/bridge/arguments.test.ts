/** What each type takes and what it refuses, through real functions. */

import { beforeAll, describe, expect, it } from 'vitest'
import { runtimeFlags } from '../../src/engine/runtime.ts'
import {
  atom,
  binary,
  charlist,
  float,
  int,
  list,
  listWithTail,
  mapOf,
  mapOfAtoms,
  type Term,
  tuple,
} from '../../src/erlang-term-format/index.ts'
import { TestServer } from './server.ts'

const source = `
type color = Red | RgbColor of int * int * int | Pair of (int * int) | Named of { name : string; alpha : float }
  | Http_404 [@erlang "missing"]
type point = { x : float; y : float }
type item = { sku : string; price : float [@erlang "Price"]; parent : item option }
type tagged = { a : int; b : string } [@@erlang.record]
type 'a tree = Leaf | Node of 'a tree * 'a * 'a tree
type chain = End | Link of int * chain
type id = Id of int [@@unboxed]
type wrapped = { it : float } [@@unboxed]
type small = private int
type poly = [ \`On | \`Off | \`Level of int | \`Rgb of int * int * int ]
type rose = Rose of int * rose list
module Names = Map.Make (String)
module Numbers = Map.Make (Int)
module Backwards = struct type t = int let compare a b = compare b a end
module Odd = Map.Make (Backwards)
let int (x : int) = x
let int32 (x : int32) = x
let int64 (x : int64) = x
let nativeint (x : nativeint) = x
let char (x : char) = x
let float (x : float) = x
let bool (x : bool) = x
let unit (x : unit) = x
let string (x : string) = x
let bytes (x : bytes) = x
let ints (x : int list) = x
let floats (x : float list) = x
let strings (x : string list) = x
let int_array (x : int array) = x
let float_array (x : float array) = x
let string_array (x : string array) = x
let triple (x : int * string * float) = x
let option (x : int option option) = x
let result (x : (int, string) result) = x
let color (x : color) = x
let point (x : point) = x
let points (x : point list) = x
let item (x : item) = x
let items (n : int) (x : item list) = x
let tagged (x : tagged) = x
let tree (x : string tree) = x
let chain (x : chain) = x
let id (x : id) = x
let wrapped (x : wrapped) = x
let small (x : small) = x
let poly (x : poly) = x
let rose (x : rose) = x
let counter (x : int ref) = x
let table (x : (string, int) Hashtbl.t) = Hashtbl.replace x "new" (Hashtbl.find x "a" + 1); x
let names (x : int Names.t) = Names.add "new" (Names.find "a" x + 1) x
let numbers (x : string Numbers.t) = Numbers.add 100 (Numbers.find 3 x) x
let odd (x : int Odd.t) = x
let odd_map () = Odd.add 1 2 (Odd.add 3 4 Odd.empty)
`

let server: TestServer
beforeAll(() => {
  server = new TestServer({ 'shapes.ml': source })
})

const i = int
const f = float
const t = tuple
const a = atom
const b = binary
const min63 = -(2n ** 62n)
const item = (sku: string, price: Term, parent: Term = a('undefined')): Term =>
  mapOfAtoms({ sku: b(sku), Price: price, parent })

/** What comes back is what went in. */
const same: readonly [string, Term][] = [
  ['int', i(-5)],
  ['int', i(2 ** 31)],
  ['int', i(-(2 ** 40))],
  ['int', i(min63)],
  ['int', i(2n ** 62n - 1n)],
  ['int32', i(-(2 ** 31))],
  ['int64', i(2n ** 63n - 1n)],
  ['int64', i(-(2n ** 63n))],
  ['nativeint', i(7)],
  ['char', i(255)],
  ['float', f(-1.5)],
  ['bool', a('true')],
  ['bool', a('false')],
  ['unit', a('ok')],
  ['string', b('héé')],
  ['string', b('')],
  ['bytes', binary(new Uint8Array([0, 255, 128]))],
  ['ints', list()],
  ['ints', list(i(1), i(-1), i(2n ** 50n))],
  ['floats', list(f(0.5), f(2))],
  ['int_array', list(i(1), i(2))],
  ['int_array', list()],
  ['float_array', list(f(1), f(2.5))],
  ['float_array', list()],
  ['string_array', list(b('x'), b('long enough for two words'))],
  ['triple', t(i(1), b('x'), f(2))],
  ['option', a('undefined')],
  ['option', t(a('some'), a('undefined'))],
  ['option', t(a('some'), t(a('some'), i(3)))],
  ['result', t(a('ok'), i(1))],
  ['result', t(a('error'), b('no'))],
  ['color', a('red')],
  ['color', a('missing')],
  ['color', t(a('rgb_color'), i(1), i(2), i(3))],
  ['color', t(a('pair'), t(i(1), i(2)))],
  ['color', t(a('named'), mapOfAtoms({ name: b('n'), alpha: f(0.5) }))],
  ['point', mapOfAtoms({ x: f(1), y: f(2) })],
  ['item', item('a', f(1), t(a('some'), item('b', f(2))))],
  ['tagged', t(a('tagged'), i(1), b('x'))],
  ['tree', t(a('node'), t(a('node'), a('leaf'), b('l'), a('leaf')), b('m'), a('leaf'))],
  ['chain', t(a('link'), i(1), t(a('link'), i(2), a('end')))],
  ['id', t(a('id'), i(9))],
  ['wrapped', mapOfAtoms({ it: f(1) })],
  ['small', i(3)],
  ['poly', a('on')],
  ['poly', t(a('level'), i(3))],
  ['poly', t(a('rgb'), i(1), i(2), i(3))],
  ['rose', t(a('rose'), i(1), list(t(a('rose'), i(2), list())))],
  ['counter', mapOfAtoms({ contents: i(1) })],
]

const converted: readonly [string, Term, Term][] = [
  ['float', i(3), f(3)],
  ['float', i(2n ** 70n), f(2 ** 70)],
  ['floats', list(i(1), i(2)), list(f(1), f(2))],
  ['point', mapOfAtoms({ x: i(1), y: i(2) }), mapOfAtoms({ x: f(1), y: f(2) })],
  ['string', charlist('abc'), b('abc')],
  ['string', charlist('aé€😀'), b('aé€😀')],
  ['string', list(), b('')],
  ['string', list(charlist('ab'), b('cd'), listWithTail([i(101)], b('f')), list()), b('abcdef')],
  ['strings', list(charlist('ab'), b('c')), list(b('ab'), b('c'))],
  [
    'table',
    mapOf([
      [b('a'), i(1)],
      [b('b'), i(2)],
    ]),
    mapOf([
      [b('a'), i(1)],
      [b('b'), i(2)],
      [b('new'), i(2)],
    ]),
  ],
  [
    'names',
    mapOf([
      [b('b'), i(1)],
      [b('a'), i(2)],
    ]),
    mapOf([
      [b('a'), i(2)],
      [b('b'), i(1)],
      [b('new'), i(3)],
    ]),
  ],
  [
    'numbers',
    mapOf([-7, 3, 1, 9, 4].map((n) => [i(n), b(`${n}`)])),
    mapOf(
      [
        [-7, '-7'],
        [1, '1'],
        [3, '3'],
        [4, '4'],
        [9, '9'],
        [100, '3'],
      ].map(([n, s]) => [i(n as number), b(s as string)]),
    ),
  ],
]

const colors = 'one of red, {rgb_color, _, _, _}, {pair, _}, {named, _}, missing'

const refused: readonly [string, Term[], string][] = [
  ['int', [a('foo')], "argument 1: expected integer, got atom 'foo'"],
  ['int', [f(1)], 'argument 1: expected integer, got float 1.0'],
  ['int', [i(2n ** 62n)], 'argument 1: expected integer of 63 bits, got integer 4611686018427387904'],
  ['int', [i(min63 - 1n)], 'argument 1: expected integer of 63 bits, got integer -4611686018427387905'],
  ['int32', [i(2 ** 31)], 'argument 1: expected integer of 32 bits, got integer 2147483648'],
  ['int64', [i(2n ** 63n)], 'argument 1: expected integer of 64 bits, got integer 9223372036854775808'],
  [
    'int64',
    [i(2n ** 200n)],
    `argument 1: expected integer of 64 bits, got integer ${2n ** 200n}`.slice(0, 121),
  ],
  ['char', [i(256)], 'argument 1: expected integer from 0 to 255, got integer 256'],
  ['char', [i(-1)], 'argument 1: expected integer from 0 to 255, got integer -1'],
  ['float', [a('free')], "argument 1: expected float, got atom 'free'"],
  ['float', [i(2n ** 2000n)], 'argument 1: expected float, got integer'],
  ['bool', [a('yes')], "argument 1: expected true or false, got atom 'yes'"],
  ['bool', [i(1)], 'argument 1: expected true or false, got integer 1'],
  ['unit', [a('no')], "argument 1: expected ok, got atom 'no'"],
  ['string', [a('foo')], "argument 1: expected binary, iolist or charlist, got atom 'foo'"],
  ['string', [list(i(1), a('foo'))], 'argument 1: expected binary, iolist or charlist, got list [1,foo]'],
  ['string', [list(i(0xd800))], 'argument 1: expected binary, iolist or charlist, got list [55296]'],
  ['string', [listWithTail([i(1)], i(2))], 'argument 1: expected binary, iolist or charlist, got list [1|2]'],
  ['ints', [a('x')], "argument 1: expected list, got atom 'x'"],
  ['ints', [list(i(1), a('x'))], "argument 1, element 2: expected integer, got atom 'x'"],
  ['ints', [listWithTail([i(1)], i(2))], 'argument 1: expected proper list, got list [1|2]'],
  ['strings', [charlist('ab')], 'argument 1, element 1: expected binary, iolist or charlist, got integer 97'],
  ['triple', [t(i(1), b('x'))], 'argument 1: expected tuple of 3 elements, got tuple {1,<<"x">>}'],
  ['triple', [t(i(1), b('x'), b('y'))], 'argument 1, element 3: expected float, got binary <<"y">>'],
  ['option', [t(a('some'), i(1))], 'argument 1, element 2: expected undefined or {some, _}, got integer 1'],
  ['result', [t(a('ok'), b('x'))], 'argument 1, element 2: expected integer, got binary <<"x">>'],
  ['color', [a('blue')], `argument 1: expected ${colors}, got atom 'blue'`],
  ['color', [a('rgb_color')], `argument 1: expected ${colors}, got atom 'rgb_color'`],
  ['color', [t(a('red'))], `argument 1: expected ${colors}, got tuple {red}`],
  ['color', [t(a('rgb_color'), i(1), i(2))], `argument 1: expected ${colors}, got tuple {rgb_color,1,2}`],
  ['color', [t(a('rgb_color'), i(1), i(2), a('x'))], "argument 1, element 4: expected integer, got atom 'x'"],
  [
    'color',
    [t(a('named'), mapOfAtoms({ name: b('n'), alpha: b('o') }))],
    'argument 1, element 2, field "alpha": expected float, got binary <<"o">>',
  ],
  ['point', [mapOfAtoms({ x: f(1) })], 'argument 1: expected map with the keys x, y, got a map without y'],
  [
    'point',
    [mapOfAtoms({ x: f(1), y: f(1), z: f(1) })],
    "argument 1: expected map with the keys x, y, got a map with the key 'z'",
  ],
  [
    'point',
    [mapOf([[b('x'), f(1)]])],
    'argument 1: expected map with the keys x, y, got a map with the key binary <<"x">>',
  ],
  [
    'points',
    [list(mapOfAtoms({ x: f(1), y: a('free') }))],
    'argument 1, element 1, field "y": expected float, got atom \'free\'',
  ],
  [
    'items',
    [i(1), list(item('a', f(1)), item('b', a('free')))],
    'argument 2, element 2, field "Price": expected float, got atom \'free\'',
  ],
  [
    'item',
    [item('a', f(1), t(a('some'), item('b', a('x'))))],
    'argument 1, field "parent", element 2, field "Price": expected float, got atom \'x\'',
  ],
  [
    'tagged',
    [t(a('other'), i(1), b('x'))],
    'argument 1: expected {tagged, _, _}, got tuple {other,1,<<"x">>}',
  ],
  ['tagged', [t(a('tagged'), b('x'), b('x'))], 'argument 1, field "a": expected integer, got binary <<"x">>'],
  [
    'poly',
    [a('maybe_not')],
    "argument 1: expected one of on, off, {level, _}, {rgb, _, _, _}, got atom 'maybe_not'",
  ],
  [
    'table',
    [mapOfAtoms({ a: i(1) })],
    "argument 1, key 1: expected binary, iolist or charlist, got atom 'a'",
  ],
  ['names', [mapOf([[b('a'), a('x')]])], "argument 1, value 1: expected integer, got atom 'x'"],
  ['odd', [mapOf([[int(1), atom('x')]])], "argument 1, value 1: expected integer, got atom 'x'"],
]

describe('types', () => {
  it.each(same)('%s gives back what it takes', (name, term) => {
    expect(server.value('shapes', name, term)).toEqual(term)
  })

  it.each(converted)('%s converts', (name, term, expected) => {
    expect(server.value('shapes', name, term)).toEqual(expected)
  })

  it.each(refused)('%s refuses with a path', (name, args, message) => {
    expect(
      server.cause('shapes', name, ...args).startsWith(message),
      server.cause('shapes', name, ...args),
    ).toBe(true)
  })

  it('reads maps that cannot be made outside', () => {
    expect(server.value('shapes', 'odd_map')).toEqual(
      mapOf([
        [i(1), i(2)],
        [i(3), i(4)],
      ]),
    )
  })

  it('makes hash tables that the library can grow', () => {
    const pairs = Array.from({ length: 300 }, (_, n) => [b(n === 0 ? 'a' : `key ${n}`), i(n)] as const)
    const result = server.value('shapes', 'table', mapOf(pairs))
    expect(result).toEqual(mapOf([...pairs, [b('new'), i(1)]]))
  })

  it('makes search trees that the library can use', () => {
    const pairs = Array.from({ length: 300 }, (_, n) => [b(n === 0 ? 'a' : `key ${n}`), i(n)] as const)
    expect(server.value('shapes', 'names', mapOf(pairs))).toEqual(mapOf([...pairs, [b('new'), i(1)]]))
  })

  it('stay whole when every allocation collects', () => {
    const flags = runtimeFlags.verify | runtimeFlags.stress | runtimeFlags.alternate
    const stressed = new TestServer({ 'shapes.ml': source }, { flags, minorWords: 4096, stackBytes: 1 << 20 })
    for (const [name, term] of same) expect(stressed.value('shapes', name, term)).toEqual(term)
    for (const [name, term, expected] of converted)
      expect(stressed.value('shapes', name, term)).toEqual(expected)
  })
})
