/** Exceptions as values: parameters and results of type `exn`. */

import { expect, it } from 'vitest'
import { runtimeFlags } from '../../src/engine/runtime.ts'
import {
  atom,
  binary,
  formatTerm,
  int,
  listOf,
  mapOfAtoms,
  type Term,
  tuple,
} from '../../src/erlang-term-format/index.ts'
import { TestServer } from './server.ts'

const source = `
type color = Red | Rgb of int * int * int
exception Plain
exception Pair of int * string
exception Codes of int list
exception Colored of color
exception Record of { code : int; text : string }
exception Wrapped of exn
exception Floats of float * float
exception Again = Not_found
exception Function of (int -> int)
module Inner = struct exception Deep of bool end
module Make (X : sig end) = struct exception Made of int let is_made = function Made _ -> true | _ -> false let made n = Made n end
module A = Make (struct end)
module B = Make (struct end)

let show (e : exn) = Printexc.to_string e
let same (e : exn) : exn = e
let all (l : exn list) : exn list = List.rev l
let result (n : int) : (int, exn) result = if n < 0 then Error (Pair (n, "negative")) else Ok n
let recover (r : (int, exn) result) = match r with Ok n -> n | Error (Pair (n, _)) -> -n | Error Not_found -> 0 | Error _ -> -1
let is_again (e : exn) = match e with Again -> true | _ -> false
let local () : exn = let exception Here of int * color in Here (7, Red)
let hidden : exn = let module M = struct exception Out of int end in M.Out 3
let made (n : int) : exn = A.made n
let is_made (e : exn) = A.is_made e
let raise_it (e : exn) : int = raise e
let nan () : exn = Floats (1., Float.nan)
let function_ () : exn = Function succ
let deepen (e : exn) (n : int) = let rec go e n = if n = 0 then e else go (Wrapped e) (n - 1) in (go e n : exn)
`

const server = new TestServer(
  { 'exns.ml': source },
  {
    flags: runtimeFlags.verify | runtimeFlags.stress | runtimeFlags.alternate,
    stress: { interval: 20, seed: 0 },
  },
)

const exn = (name: string, ...args: Term[]): Term => tuple(atom('ocaml'), atom(name), listOf(args))
const call = (name: string, ...args: Term[]): string => formatTerm(server.value('exns', name, ...args))
const cause = (name: string, ...args: Term[]): string => server.cause('exns', name, ...args)

const values: readonly (readonly [Term, string])[] = [
  [exn('Not_found'), 'Not_found'],
  [exn('Failure', binary('boo')), 'Failure("boo")'],
  [exn('Exns.Plain'), 'Exns.Plain'],
  [exn('Exns.Pair', int(1), binary('x')), 'Exns.Pair(1, "x")'],
  [exn('Exns.Codes', listOf([int(1), int(2), int(1000)])), 'Exns.Codes(_)'],
  [exn('Exns.Colored', tuple(atom('rgb'), int(1), int(2), int(3))), 'Exns.Colored(_)'],
  [exn('Exns.Record', mapOfAtoms({ code: int(3), text: binary('t') })), 'Exns.Record(3, "t")'],
  [exn('Exns.Wrapped', exn('Exns.Wrapped', exn('End_of_file'))), 'Exns.Wrapped(_)'],
  [exn('Exns.Inner.Deep', atom('true')), 'Exns.Inner.Deep(1)'],
  [exn('Stdlib.Exit'), 'Stdlib.Exit'],
  [exn('Division_by_zero'), 'Division_by_zero'],
  [exn('Sys_error', binary('')), 'Sys_error("")'],
]

it.each(values.map(([term, text]) => [formatTerm(term), term, text] as const))(
  '%s goes in and comes out',
  (_, term, text) => {
    expect(call('show', term)).toBe(formatTerm(binary(text)))
    expect(server.value('exns', 'same', term)).toEqual(term)
  },
)

it('in lists, more than the minor area has room for', () => {
  const terms = Array.from({ length: 5000 }, (_, i) => exn('Exns.Pair', int(i), binary('x'.repeat(i % 50))))
  expect(server.value('exns', 'all', listOf(terms))).toEqual(listOf([...terms].reverse()))
})

it('arguments that are bytes may come as a string', () => {
  const raw = Uint8Array.of(
    108,
    0,
    0,
    0,
    1,
    104,
    3,
    119,
    5,
    ...Buffer.from('ocaml'),
    119,
    10,
    ...Buffer.from('Exns.Codes'),
  )
  const list = Uint8Array.of(...raw, 108, 0, 0, 0, 1, 107, 0, 2, 5, 6, 106, 106)
  expect(server.raw('exns', 'same', list)).toMatchObject({ kind: 'return' })
  const code = Uint8Array.of(
    108,
    0,
    0,
    0,
    1,
    104,
    3,
    119,
    5,
    ...Buffer.from('ocaml'),
    119,
    12,
    ...Buffer.from('Exns.A.Made_'),
    107,
    0,
    1,
    5,
    106,
  )
  expect(server.raw('exns', 'same', code)).toMatchObject({ kind: 'raise' })
})

it('results with exceptions', () => {
  expect(call('result', int(4))).toBe('{ok,4}')
  expect(call('result', int(-4))).toBe('{error,{ocaml,\'Exns.Pair\',[-4,<<"negative">>]}}')
  expect(call('recover', tuple(atom('error'), exn('Exns.Pair', int(5), binary(''))))).toBe('-5')
  expect(call('recover', tuple(atom('error'), exn('Not_found')))).toBe('0')
})

it('another name of a constructor is the same', () => {
  expect(call('is_again', exn('Not_found'))).toBe('true')
})

it('are raised as they came', () => {
  expect(
    formatTerm(server.answer('exns', 'raise_it', exn('Exns.Pair', int(1), binary('x'))).reason as Term),
  ).toBe('{ocaml,\'Exns.Pair\',[1,<<"x">>]}')
})

it('constructors that no interface shows go out by their looks, and do not come in', () => {
  expect(call('local')).toBe("{ocaml,'Here',[7,0]}")
  expect(call('hidden')).toContain('Out')
  expect(cause('same', exn('Here', int(7), atom('red')))).toBe(
    "argument 1: expected an exception of the program, got 'Here'",
  )
})

it('several constructors of one name go out, and do not come in', () => {
  const made = server.value('exns', 'made', int(4))
  expect(formatTerm(made)).toContain('Made')
  expect(cause('is_made', made)).toContain('expected an exception of the program')
})

it('what does not fit is told with its place', () => {
  expect(cause('show', int(1))).toBe('argument 1: expected {ocaml, Name, Args}, got integer 1')
  expect(cause('show', tuple(atom('ocaml'), atom('Not_found')))).toContain('expected {ocaml, Name, Args}')
  expect(cause('show', exn('Nothing'))).toBe(
    "argument 1: expected an exception of the program, got 'Nothing'",
  )
  expect(cause('show', exn('Not_found', int(1)))).toBe(
    'argument 1, element 3: expected list of 0 elements, got list [1]',
  )
  expect(cause('show', exn('Exns.Pair', int(1), int(2)))).toContain('element 3, element 2: expected binary')
  expect(cause('show', exn('Exns.Record', mapOfAtoms({ code: int(3) })))).toContain(
    'element 3, element 1: expected map with the keys',
  )
  expect(cause('all', listOf([exn('Not_found'), exn('Exns.Wrapped', atom('x'))]))).toContain(
    'argument 1, element 2, element 3, element 1: expected {ocaml, Name, Args}',
  )
})

it('what has no term is no result', () => {
  expect(formatTerm(server.answer('exns', 'nan').reason as Term)).toContain(
    'result, element 3, element 2: nan has no Erlang float',
  )
  expect(server.answer('exns', 'deepen', exn('Not_found'), int(2000)).reason).toMatchObject({ kind: 'tuple' })
  expect(call('function_')).toMatch(/^\{ocaml,'Exns.Function',\[#Ref/)
})
