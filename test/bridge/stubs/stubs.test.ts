/** `camlnode stubs`: the generated modules compile, are accepted by dialyzer, and call what they say. */

import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Camlnode, runCommand, Scratch } from '../../daemon/camlnode.ts'
import type { Erl } from '../../node/erl.ts'
import { corpus } from './corpus.ts'
import { dialyzer, elixirc, elixirModules, erlang, erlc, filesOf } from './tools.ts'

function stubs(scratch: Scratch, ...args: string[]) {
  const { status, stdout, stderr } = runCommand('camlnode', ['stubs', ...args], { cwd: scratch.folder })
  if (status !== 0) throw new Error(stdout + stderr)
  return stdout
}

const scratch = new Scratch(corpus)
beforeAll(() => {
  stubs(scratch, 'corpus.ml', 'parcels.ml', '-o', '.')
  stubs(scratch, 'corpus.ml', 'parcels.ml', '-o', '.', '--elixir')
})

const textOf = (name: string): string => readFileSync(scratch.path(name), 'utf8')

describe('for Erlang', () => {
  test.each([
    '-type line() :: #{sku := binary(), price := float(), count := integer()}.',
    '-type order() :: empty | {lines, [line()]} | {rush, #{hours := integer(), order := order()}}.',
    '-type tree(A) :: leaf | {node, tree(A), A, tree(A)}.',
    '-opaque t() :: reference().',
    '%% A fun, or a handle of int -> int.\n-type f() :: fun((integer()) -> integer()) | reference().',
    '-type visit(A) :: #{each := fun((A) -> ok) | reference(), last := undefined | {some, fun(() -> A) | reference()}}.',
    '-spec visit(target(), fun((integer(), binary()) -> order()) | reference(), visit(integer())) -> [order()].',
    '-type pair(Key, V) :: #{key := Key, v := V}.',
    '-type stack() :: #{items := [integer()], next := undefined | {some, stack()}}.',
    '-type stack_2() :: #{items := reference(), next := undefined | {some, stack_2()}}.',
    '-type even() :: zero | {odd, odd()}.',
    "-type steps() :: {next, [steps()]} | 'end' | {level, integer(), binary()}.",
    "-type receive_t() :: 'receive' | {'case', 0..255}.",
    '-type node_t() :: -2147483648..2147483647.',
    "-type t_prime() :: {'a\\'', t_prime()} | 'b\\''.",
    '-type point() :: {point, float(), float()}.',
    "-type header() :: #{'Content-Type' := binary(), end_ := integer()}.",
    '-type sub_u(A) :: [A].',
    '-opaque phantom(_A) :: reference().',
    '-type plain() :: {p, integer()} | q.',
    '-type nothing() :: none().',
    '-type variant() :: {a, [variant()]} | b.',
    '-type either_t(A, B) :: {left, A} | {right, B}.',
    '-spec total(target(), order()) -> float().',
    '-spec sum(target(), tree(integer())) -> integer().',
    '-spec depth(target(), tree(reference())) -> integer().',
    "-spec 'find\\''(target(), unicode:chardata(), #{unicode:chardata() => integer()}) -> sub_t().",
    "'find\\''(Target, Start, Key, A3) ->",
    'labels(Target, Target_, A2, End) ->\n    remote_(Target, labels, [Target_, A2, End]).',
    '-spec now(target()) -> integer().',
    '-spec squares(target(), integer()) -> [integer()].',
    '-spec walk(target(), [number()]) -> undefined | {some, 0..1114111}.',
    '-spec fold(target(), #{fold_t() => integer()}) -> [fold_t()].',
    '-spec other(target(), reference(), {ocaml, atom(), [term()]}, hidden()) -> undefined | {some, nothing()}.',
    '-spec who(target(), pid(), term()) -> undefined | {some, reference()}.',
    '-spec counter(target(), integer()) -> reference().',
    '%% A channel of <<int>>.\n-type inbox() :: pid().',
    '%% A fun, or a channel of unit => int.\n-type outlet() :: fun(() -> integer()) | pid().',
    '-type box(A) :: #{send := pid(), next := fun(() -> A) | pid()}.',
    '-spec put(target()) -> pid().',
    '-spec put(target(), integer()) -> ok.',
    '-spec get(target()) -> integer().',
    '-spec feed(target(), inbox(), outlet()) -> integer().',
    '-spec i32(target(), -2147483648..2147483647, 0..255) -> integer().',
    '%% Left out: module_info : int',
    '%% Left out: ext : int -> int\n%%     an external is not a value of its module',
    "%% @doc The total of ``order'' &amp; more &lt;b&gt; \"quotes\" @x {b bold} &#96;quote'.\n%% @@return the total\n",
    '%% @doc After.\n',
  ])('%s', (text) => {
    expect(textOf('caml_corpus.erl')).toContain(text)
  })

  test('types of a unit that has a module of its own are those', () => {
    const text = textOf('caml_parcels.erl')
    expect(text).toContain('-type parcel() :: #{order := caml_corpus:order(), owner := caml_corpus:t()}.')
    expect(text).toContain(
      '-spec shape(target(), caml_corpus:tree(integer())) -> caml_corpus:tree(binary()).',
    )
  })

  test('the compiler, dialyzer and EDoc accept them', () => {
    expect(erlc(scratch.folder, ['caml_corpus.erl', 'caml_parcels.erl'])).toBe('')
    expect(dialyzer(scratch.folder, ['caml_corpus.beam', 'caml_parcels.beam'])).toBe('')
    scratch.write(
      'docs.erl',
      '-module(docs).\n-export([main/1]).\n-spec main(term()) -> no_return().\nmain(_) -> ok = edoc:files(["caml_corpus.erl"], [{dir, "doc"}]), halt().\n',
    )
    expect(erlc(scratch.folder, ['docs.erl'])).toBe('')
    expect(erlang(scratch.folder, 'docs', ['.'])).toBe('')
  }, 120_000)

  test('dialyzer finds a wrong use', () => {
    const user = `-module(user_).
-export([wrong/1]).
-spec wrong(node()) -> integer().
wrong(N) -> caml_corpus:sum(N, {node, leaf, x, leaf}).
`
    scratch.write('user_.erl', user)
    expect(erlc(scratch.folder, ['user_.erl'])).toBe('')
    expect(dialyzer(scratch.folder, ['user_.beam', 'caml_corpus.beam'])).toContain('breaks the contract')
  }, 120_000)
})

describe('for Elixir', () => {
  test.each([
    'defmodule Caml.Corpus do',
    '@type line() :: %{:sku => binary(), :price => float(), :count => integer()}',
    '@type tree(a) :: :leaf | {:node, tree(a), a, tree(a)}',
    '@opaque t() :: reference()',
    '@spec visit(target(), (integer(), binary() -> order()) | reference(), visit(integer())) :: [order()]',
    '@type header() :: %{:"Content-Type" => binary(), :end_ => integer()}',
    '@spec total(target(), order()) :: float()',
    '  A channel of `<<int>>`.\n  """\n  @type inbox() :: pid()',
    '@spec put(target(), integer()) :: :ok',
    'def unquote(:"find\'")(target, start, key, a3) do',
    'def quote_(target, a1) do\n    remote_(target, :quote, [a1])',
    '# Left out: module_info : int',
  ])('%s', (text) => {
    expect(textOf('corpus.ex')).toContain(text)
  })

  test('types of a unit that has a module of its own are those', () => {
    expect(textOf('parcels.ex')).toContain(
      '@spec shape(target(), Caml.Corpus.tree(integer())) :: Caml.Corpus.tree(binary())',
    )
  })

  test('the compiler accepts them', () => {
    expect(elixirc(scratch.folder, ['corpus.ex', 'parcels.ex'])).toBe('')
  }, 120_000)
})

describe('output', () => {
  test('goes to stdout, or to a file that names the module', () => {
    const own = new Scratch({ 'fib.ml': 'let rec fib n = if n < 2 then n else fib (n - 1) + fib (n - 2)\n' })
    expect(stubs(own, 'fib.ml')).toContain('-module(caml_fib).')
    stubs(own, 'fib.ml', '-o', 'numbers.erl')
    expect(readFileSync(own.path('numbers.erl'), 'utf8')).toContain('-module(numbers).')
    expect(stubs(own, 'fib.ml', '--name', 'other')).toContain('-module(other).')
    expect(stubs(own, 'fib.ml', '--elixir', '--name', 'My.Fib')).toContain('defmodule My.Fib do')
  })

  test.each([
    [[], /give FILE\.ml/],
    [['a.ml', 'b.ml'], /several files need -o FOLDER/],
    [['a.ml', '-o', 'no/such/folder/a.erl'], /ENOENT/],
    [['none.ml'], /none\.ml/],
    [['bad.ml'], /Error: /],
  ])('%j is an error with status 2', (args, message) => {
    const own = new Scratch({ 'a.ml': 'let a = 1\n', 'b.ml': 'let b = 1\n', 'bad.ml': 'let b = 1 + ""\n' })
    const { status, stdout, stderr } = runCommand('camlnode', ['stubs', ...args], { cwd: own.folder })
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(message)
  })
})

/** Functions of one parameter more than these would be those of Erlang or Elixir, or words of theirs. */
const names = `let max (x : int) = x
let min (x : int) = x
let raise_ (x : int) = x
let is_nil () = 1
let unless (x : int) = x
let div (x : int) = x
let not (x : bool) = x
let is_atom () = 2
let is_function (x : int) = x
let inspect () = 3
let self () = 4
let node () = 5
let __info__ () = 6
let ( + ) a b = a - b
let ( let* ) x f = f (x : int)
let fn (x : int) = x
let nil = 1
let when_ (x : int) = x
let rescue (x : int) = x
let super (x : int) = x
let apply (a : int) (b : int) = a * b
let _hidden (x : int) = x
let été (x : int) = x
type kernel = K of { __struct__ : int }
let k (x : kernel) = x
type t = { nil : int; true_ : bool } 
let t (x : t) = x
let def (x : int) = x
let defp (x : int) = x
`

test('names that mean something there', async () => {
  const own = new Scratch({ 'names.ml': names })
  stubs(own, 'names.ml', '-o', '.')
  stubs(own, 'names.ml', '-o', '.', '--elixir')
  expect(erlc(own.folder, ['caml_names.erl'])).toBe('')
  expect(dialyzer(own.folder, ['caml_names.beam'])).toBe('')
  expect(elixirc(own.folder, ['names.ex'])).toBe('')
}, 120_000)

describe('programs of other tests', () => {
  const programs = fileURLToPath(new URL('../../golden/programs/', import.meta.url))
  /** Every eighth one: they are many. */
  const names = readdirSync(programs)
    .filter((name) => name.endsWith('.ml'))
    .filter((_, i) => i % 8 === 0)
  const own = new Scratch(
    Object.fromEntries(names.map((name) => [name, readFileSync(`${programs}${name}`, 'utf8')])),
  )

  test('have modules that the compilers and dialyzer accept', () => {
    stubs(own, ...names, '-o', '.')
    stubs(own, ...names, '-o', '.', '--elixir')
    expect(filesOf(own.folder, '.erl').length).toBe(names.length)
    expect(erlc(own.folder, filesOf(own.folder, '.erl'))).toBe('')
    expect(dialyzer(own.folder, filesOf(own.folder, '.beam'))).toBe('')
    expect(elixirc(own.folder, filesOf(own.folder, '.ex'))).toBe('')
  }, 300_000)
})

describe('a call through them', () => {
  const N = "'caml@127.0.0.1'"
  let daemon: Camlnode
  let erl: Erl

  beforeAll(async () => {
    daemon = await Camlnode.start({ files: corpus })
    erl = await daemon.erl({ args: ['-pa', scratch.folder, '-pa', elixirModules()] })
  })
  afterAll(async () => {
    await erl?.stop()
    expect(await daemon?.stop()).toBe(0)
  })

  const line = '#{sku => <<"a">>, price => 2.5, count => 4}'
  const calls: readonly (readonly [name: string, args: string, answer: string])[] = [
    ['total', `[{rush, #{hours => 3, order => {lines, [${line}]}}}]`, '20.0'],
    ['sum', '[{node, {node, leaf, 1, leaf}, 2, leaf}]', '3'],
    ['pr', '[#{key => <<"A">>, v => 1.0}]', '{ok,{1,65}}'],
    ['pr', '[#{key => <<"A">>, v => 0}]', '{error,undefined}'],
    ['floats', '[#{items => [1.5, 2], next => undefined}]', '3.5'],
    ['even', '[{odd, {even, zero}}]', '{even,{odd,{even,zero}}}'],
    ['steps', "[{level, 1, <<>>}, {'case', 65}]", '66'],
    ['q', "['b\\'']", "{'a\\'','b\\''}"],
    ["find'", '[<<"k">>, #{<<"k">> => 5}]', '#{a => 5}'],
    ["find'", '[{some, 2}, "k", #{<<"k">> => 5}]', '#{a => 7}'],
    ['labels', '[1, 2, 3]', '6'],
    ['sub', '[[4]]', '{some,#{a => 4}}'],
    ['point', "[{point, 1.0, 2}, #{'Content-Type' => <<>>, end_ => 3}]", '{point,1.0,3.0}'],
    ['poly', '[{a, [b, {a, []}]}]', '<<"a(b,a())">>'],
    ['same', '[{3, true}]', '{p,3}'],
    ['now', '[]', '42'],
    ['limit', '[]', '9000000000000000000'],
    ['remote', '[5, 3]', '2'],
    ['receive', '[1]', '2'],
    ['quote', '[4]', '8'],
    ['length', '[<<"abc">>]', '3'],
    ['bytes', '[<<"ab">>, [<<"c">>]]', '[3.0]'],
    ['either', '[{left, 2}]', '#{im => 0.0,re => 2.0}'],
    ['i32', '[-5, 65]', '60'],
    ['squares', '[4]', '[0,1,4,9]'],
    ['walk', '[[65, 1.5]]', '{some,65}'],
    ['fold', '[#{<<"b">> => 1, <<"A">> => 2}]', '[<<"A">>,<<"b">>]'],
    ['who', '[self(), {any, "term"}]', 'undefined'],
    [
      'visit',
      '[fun(1, <<"two">>) -> empty end, #{each => fun(7) -> ok end, last => {some, fun() -> 7 end}}]',
      '[empty]',
    ],
  ]
  /** What Elixir has no functions of the name of. */
  const specialForms: Readonly<Record<string, string>> = { quote: 'quote_', receive: 'receive_' }
  const quoted = (name: string): string => `'${name.replace("'", "\\'")}'`

  test.each(calls)('%s%s is the direct call', async (name, args, answer) => {
    const direct = `erpc:call(${N}, corpus, ${quoted(name)}, ${args})`
    const stub = `apply(caml_corpus, ${quoted(name)}, [${N} | ${args}])`
    const elixir = `apply('Elixir.Caml.Corpus', ${quoted(specialForms[name] ?? name)}, [${N} | ${args}])`
    expect(await erl.eval(`[A, A, A] = [${direct}, ${stub}, ${elixir}], A`)).toBe(answer)
  })

  test('with handles', async () => {
    const text = `T = caml_corpus:mk(${N}, "abc"), F = caml_corpus:adder(${N}, 10), P = caml_parcels:pack(${N}, empty, T),
      {is_reference(T), caml_corpus:run(${N}, T, F), caml_parcels:weigh(${N}, P), caml_corpus:depth(${N}, leaf)}`
    expect(await erl.eval(text)).toBe('{true,13,3.0,0}')
  })

  test('with a timeout, or through a function', async () => {
    const other = `fun(M, F, A) -> {M, F, A, rpc:call(${N}, M, F, A)} end`
    const text = `{caml_corpus:now({${N}, 5000}), caml_corpus:remote(${other}, 3, 1), 'Elixir.Caml.Corpus':now({${N}, 5000})}`
    expect(await erl.eval(text)).toBe('{42,{corpus,remote,[3,1],2},42}')
  })

  test('errors are those of erpc', async () => {
    expect(await erl.eval(`catch caml_corpus:sum(${N}, foo)`)).toContain(
      "expected one of leaf, {node, _, _, _}, got atom 'foo'",
    )
    expect(await erl.eval(`catch caml_corpus:'find\\''(${N}, "k", #{})`)).toContain("{ocaml,'Not_found',[]}")
    expect(await erl.eval("catch caml_corpus:now('nobody@127.0.0.1')")).toContain('{erpc,noconnection}')
  })
})
