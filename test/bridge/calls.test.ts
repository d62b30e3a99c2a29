/** Calls as a whole: which functions there are, how they end, what is under way at once. */

import { beforeAll, describe, expect, it } from 'vitest'
import { interrupt } from '../../src/codegen/layout.ts'
import { Driver } from '../../src/engine/driver.ts'
import {
  atom,
  binary,
  charlist,
  decodeBare,
  encodeBare,
  float,
  formatTerm,
  int,
  list,
  listOf,
  mapOfAtoms,
  pid,
  type Reference,
  type Term,
  tuple,
} from '../../src/erlang-term-format/index.ts'
import { causeOf, TestServer } from './server.ts'

const text = `exception Bad_line of int * string
exception Detailed of { code : int; why : string }
exception Plain
exception Odd of (int -> int) * float
module Inner = struct exception Deep of int list end
let now () = 42
let answer = 42
let add a b c d = a + b + c + d
let partial = List.map succ
let labelled ~first ~second = first - second
let optional ?(start = 10) n = start + n
let ask ?(start = 10) () = start
let rec fib n = if n < 2 then n else fib (n - 1) + fib (n - 2)
let adder n = fun m -> n + m
let curried n = let k = n * 2 in fun m -> k + m
let add_int = curried 10
let not_found () : int = raise Not_found
let bad_line n : int = raise (Bad_line (n, "x"))
let detailed () : int = raise (Detailed { code = 3; why = "so" })
let plain () : int = raise Plain
let odd () : int = raise (Odd (succ, 2.5))
let inner () : int = raise (Inner.Deep [ 1; 2 ])
let local () : int = let exception Here of string in raise (Here "s")
let failing s : int = failwith s
let asserts () = assert (1 > 2); 3
let rec deep n = if n = 0 then raise Plain else 1 + deep (n - 1)
let div a b = a / b
let nan_list () = [ 1.0; nan ]
let infinite () = neg_infinity
let cyclic () = let rec l = 1 :: l in l
let quit n : int = exit n
type left = Tip | Left of left * int
let cyclic_left () = let rec l = Left (l, 1) in l
let rec forever n = if n < 0 then 0 else forever (n + 1)
let rec recurse n = 1 + recurse (n + 1)
let rec fill l = fill (String.make 100 'x' :: l)
let swallow () = try forever 1 with _ -> 7
let big n = String.make n 'x'
let upto n = List.init n (fun i -> i)
let counter = ref 0
let count () = incr counter; !counter
type secret = int
let twice f x = f (f x)
type ints = int -> int
type thunk = unit -> int
let compose (f : ints) (g : ints) : ints = fun x -> f (g x)
let succ' : int -> int = fun x -> x + 1
let say s = String.uppercase_ascii s
let next () : thunk = counter := 0; fun () -> incr counter; !counter
let identity x = x
external same : int -> int = "%identity"
let numbers n = List.to_seq (List.init n (fun i -> i))
let drain (s : int Seq.t) = List.of_seq s
let sum (l : int list) = List.fold_left ( + ) 0 l
`

const vault = {
  'vault.ml': `type t = string
let make s = s
let length (s : t) = String.length s
let hidden x = x + 1
let second = 3
let first x = x * 10
type other = int
let other n = n
let show (n : other) = n`,
  'vault.mli': `type t
type other
val first : int -> int
val length : t -> int
val make : string -> t
val other : int -> other
val show : other -> int`,
}

let server: TestServer
beforeAll(() => {
  server = new TestServer({ 'text.ml': text, 'httpParser.ml': 'let ok = true', ...vault })
})

const i = int
const a = atom
const outOfMemory = tuple(a('ocaml'), a('Out_of_memory'), list())

describe('functions', () => {
  const calls: readonly [string, Term[], Term][] = [
    ['now', [], i(42)],
    ['now', [a('ok')], i(42)],
    ['answer', [], i(42)],
    ['add', [i(1), i(2), i(3), i(4)], i(10)],
    ['partial', [list(i(1), i(300))], list(i(2), i(301))],
    ['labelled', [i(5), i(3)], i(2)],
    ['optional', [i(5)], i(15)],
    ['optional', [a('undefined'), i(5)], i(15)],
    ['optional', [tuple(a('some'), i(1)), i(5)], i(6)],
    ['ask', [], i(10)],
    ['ask', [a('ok')], i(10)],
    ['ask', [tuple(a('some'), i(3)), a('ok')], i(3)],
    ['fib', [i(20)], i(6765)],
    ['adder', [i(1), i(2)], i(3)],
    ['curried', [i(1), i(2)], i(4)],
    ['add_int', [i(1)], i(21)],
    ['upto', [i(3)], list(i(0), i(1), i(2))],
    ['sum', [listOf(Array.from({ length: 5000 }, (_, n) => i(n)))], i(12497500)],
  ]
  it.each(calls)('%s (%#)', (name, args, result) => {
    expect(server.value('text', name, ...args)).toEqual(result)
  })

  it('names modules in snake case', () => {
    expect(server.value('http_parser', 'ok')).toEqual(a('true'))
  })

  it('exports only what the interface has, where the interface has it', () => {
    expect(server.value('vault', 'first', i(4))).toEqual(i(40))
    expect(server.answer('vault', 'hidden', i(4)).reason).toEqual(a('undef'))
    expect(server.answer('vault', 'second').reason).toEqual(a('undef'))
  })

  it.each([
    ['nope', 'fib', [i(1)]],
    ['text', 'nope', [i(1)]],
    ['text', 'fib', [i(1), i(2)]],
    ['text', 'fib', []],
    ['camlnode', 'nope', []],
  ] as const)('%s:%s (%#) is undef', (module, name, args) => {
    const { reason, stack } = server.answer(module, name, ...args)
    expect(reason).toEqual(a('undef'))
    expect(stack).toEqual(list(tuple(a(module), a(name), listOf([...args]), list())))
  })

  it('names the call and the cause in a badarg', () => {
    const { reason, stack } = server.answer('text', 'fib', a('foo'))
    expect(reason).toEqual(a('badarg'))
    const cause = mapOfAtoms({ cause: binary("argument 1: expected integer, got atom 'foo'") })
    expect(stack).toEqual(
      list(tuple(a('text'), a('fib'), list(a('foo')), list(tuple(a('error_info'), cause)))),
    )
  })

  it('says why a value cannot be called', () => {
    const reason = binary('an external is not a value of its module')
    expect(server.answer('text', 'same', i(1)).reason).toEqual(tuple(a('unsupported'), reason))
  })

  it('keeps state between calls', () => {
    expect([1, 2, 3].map(() => server.value('text', 'count'))).toEqual([i(1), i(2), i(3)])
  })
})

const at = (name: string, arity: number, line: number): Term =>
  tuple(a('text'), a(name), i(arity), list(tuple(a('file'), charlist('text.ml')), tuple(a('line'), i(line))))
const lineOf = (start: string): number => text.split('\n').findIndex((line) => line.startsWith(start)) + 1
const ocaml = (name: string, ...args: Term[]): Term => tuple(a('ocaml'), a(name), listOf(args))

describe('exceptions', () => {
  const raised: readonly [string, Term[], Term][] = [
    ['not_found', [], ocaml('Not_found')],
    ['bad_line', [i(3)], ocaml('Text.Bad_line', i(3), binary('x'))],
    ['detailed', [], ocaml('Text.Detailed', mapOfAtoms({ code: i(3), why: binary('so') }))],
    ['plain', [], ocaml('Text.Plain')],
    ['inner', [], ocaml('Text.Inner.Deep', list(i(1), i(2)))],
    ['local', [], ocaml('Here', binary('s'))],
    ['failing', [binary('boo')], ocaml('Failure', binary('boo'))],
    ['div', [i(1), i(0)], ocaml('Division_by_zero')],
    ['recurse', [i(1)], ocaml('Stack_overflow')],
  ]
  it.each(raised)('%s (%#)', (name, args, reason) => {
    expect(server.answer('text', name, ...args).reason).toEqual(reason)
  })

  it('gives a place as OCaml does', () => {
    const place = tuple(binary('text.ml'), i(lineOf('let asserts')), i(17))
    expect(server.answer('text', 'asserts').reason).toEqual(ocaml('Assert_failure', place))
  })

  it('hands out closures in exceptions as handles', () => {
    const { reason } = server.answer('text', 'odd')
    const args = reason?.kind === 'tuple' ? reason.elements[2] : undefined
    const [f, x] = args?.kind === 'list' ? args.elements : []
    expect(x).toEqual(float(2.5))
    expect(server.value('camlnode', 'apply', f as Term, list(i(4)))).toEqual(i(5))
  })

  it('has the backtrace in the stack', () => {
    const { stack } = server.answer('text', 'deep', i(2))
    const here = at('deep', 1, lineOf('let rec deep'))
    expect(stack).toEqual(list(here, here, here))
  })

  it('serves on after a stack overflow', () => {
    server.answer('text', 'recurse', i(1))
    expect(server.value('text', 'fib', i(10))).toEqual(i(55))
  })
})

describe('limits', () => {
  it.each([
    ['nan_list', 'result, element 2: nan has no Erlang float'],
    ['infinite', 'result: neg_infinity has no Erlang float'],
  ])('%s has no term', (name, message) => {
    expect(server.answer('text', name).reason).toEqual(tuple(a('bad_return_value'), binary(message)))
  })

  it.each([
    ['cyclic', [], 'message'],
    ['cyclic_left', [], 'depth'],
    ['big', [i(20 << 20)], 'message'],
  ] as const)('%s ends as an error of that call', (name, args, which) => {
    expect(server.answer('text', name, ...args).reason).toEqual(tuple(a('system_limit'), a(which)))
    expect(server.value('text', 'now')).toEqual(i(42))
  })

  it('raises Out_of_memory in a call that exceeds the heap', () => {
    expect(server.answer('text', 'fill', list()).reason).toEqual(outOfMemory)
    expect(server.value('text', 'now')).toEqual(i(42))
  })

  it('ends a call of exit, and nothing else', () => {
    expect(server.answer('text', 'quit', i(3)).reason).toEqual(tuple(a('exit'), i(3)))
    expect(server.value('text', 'now')).toEqual(i(42))
  })

  it('refuses arguments that the heap cannot hold', () => {
    const bytes = encodeBare(list(listOf(Array.from({ length: 5_000_000 }, () => i(1)))))
    const outcome = server.raw('text', 'sum', bytes)
    expect(outcome.kind === 'raise' && decodeBare(outcome.reason)).toEqual(outOfMemory)
    expect(server.value('text', 'sum', list(i(1)))).toEqual(i(1))
  })
})

describe('many at once', () => {
  /** Makes the running thread poll, again and again, as the daemon's clock does. */
  const preempting = (body: () => void): void => {
    const words = server.domain.runtime.int32()
    server.domain.atInterrupt = () => {}
    const preempt = () => Driver.interrupt(words, interrupt.preempt)
    preempt()
    body()
  }

  it('runs calls in turns and answers each', () => {
    const ids = Array.from({ length: 20 }, (_, n) => server.submit('text', 'fib', encodeBare(list(i(n + 5)))))
    preempting(() => {
      while (server.server.step()) Driver.interrupt(server.domain.runtime.int32(), interrupt.preempt)
    })
    const fibs = [0, 1]
    for (let n = 2; n < 30; n++) fibs[n] = (fibs[n - 1] as number) + (fibs[n - 2] as number)
    ids.forEach((id, n) => {
      const outcome = server.outcome(id)
      expect(outcome?.kind === 'return' && decodeBare(outcome.value)).toEqual(i(fibs[n + 5] as number))
    })
  })

  it.each(['forever', 'swallow'])('cancels %s without an outcome', (name) => {
    const id = server.submit('text', name, encodeBare(name === 'swallow' ? list() : list(i(1))))
    server.domain.atInterrupt = () => server.server.cancel(id)
    Driver.interrupt(server.domain.runtime.int32(), interrupt.cancel)
    server.finish()
    server.domain.atInterrupt = () => {}
    expect(server.outcome(id)).toBeUndefined()
    expect(server.server.running).toBe(0)
    expect(server.value('text', 'now')).toEqual(i(42))
  })

  it('cancels a call that has not started', () => {
    const id = server.submit('text', 'now', encodeBare(list()))
    server.server.cancel(id)
    server.finish()
    expect(server.outcome(id)).toBeUndefined()
  })
})

describe('camlnode', () => {
  it('lists modules and exports', () => {
    expect(server.value('camlnode', 'modules')).toEqual(list(a('text'), a('http_parser'), a('vault')))
    expect(server.value('camlnode', 'exports', a('vault'))).toEqual(
      list(
        tuple(a('first'), i(1), binary('int -> int')),
        tuple(a('length'), i(1), binary('Vault.t -> int')),
        tuple(a('make'), i(1), binary('string -> Vault.t')),
        tuple(a('other'), i(1), binary('int -> Vault.other')),
        tuple(a('show'), i(1), binary('Vault.other -> int')),
      ),
    )
    expect(server.cause('camlnode', 'exports', a('nope'))).toBe(
      "argument 1: expected the name of a module, got atom 'nope'",
    )
  })

  it('tells about itself', () => {
    const info = server.value('camlnode', 'info')
    expect(info.kind === 'map' && info.pairs.map(([key]) => key)).toEqual([
      a('handles'),
      a('heap_words'),
      a('modules'),
      a('ocaml'),
      a('pause_longest_us'),
      a('pause_total_us'),
      a('pauses'),
      a('running'),
    ])
  })
})

describe('handles', () => {
  const succ = () => server.value('text', 'compose', handle("succ'"), handle("succ'"))
  /** The function itself, as a handle: what a function that returns it gives. */
  function handle(name: string): Term {
    return server.value('helper', name)
  }

  beforeAll(() => {
    server = new TestServer({
      'text.ml': text,
      'helper.ml': `type ints = int -> int
type strings = string -> string
let succ' () : ints = Text.succ'
let strings () : strings = Text.say`,
      ...vault,
    })
  })

  it('stand for closures', () => {
    const f = succ()
    expect(f.kind).toBe('reference')
    expect(server.value('camlnode', 'apply', f, list(i(5)))).toEqual(i(7))
    expect(server.value('camlnode', 'release', f)).toEqual(a('ok'))
    expect(server.cause('camlnode', 'apply', f, list(i(5)))).toMatch(
      /^argument 1: expected a handle of a function/,
    )
    expect(server.cause('camlnode', 'release', f)).toMatch(/^argument 1: expected a handle/)
  })

  it('stand for values of abstract types, immediate ones too', () => {
    const secret = server.value('vault', 'make', binary('four'))
    expect(server.value('vault', 'length', secret)).toEqual(i(4))
    expect(server.value('vault', 'show', server.value('vault', 'other', i(12)))).toEqual(i(12))
  })

  it('are not taken for another type', () => {
    const secret = server.value('vault', 'make', binary('four'))
    expect(server.cause('vault', 'show', secret)).toMatch(
      /^argument 1: expected reference to an OCaml value of type Vault.other/,
    )
    expect(server.cause('vault', 'length', a('x'))).toMatch(
      /^argument 1: expected reference to an OCaml value of type Vault.t/,
    )
    const strings = handle('strings')
    expect(server.cause('text', 'compose', strings, strings)).toMatch(
      /^argument 1: expected fun of 1 argument or reference/,
    )
    expect(server.cause('text', 'twice', strings, secret)).toMatch(/^argument 1: expected reference/)
  })

  it('are refused when they are made up', () => {
    const real = server.value('vault', 'make', binary('x')) as Reference
    const wrong: Term[] = [
      { ...real, node: 'other@host' },
      { ...real, creation: real.creation + 1 },
      { ...real, ids: [real.ids[0] as number, 99_999, real.ids[2] as number] },
      { ...real, ids: real.ids.slice(0, 2) },
    ]
    for (const term of wrong)
      expect(server.cause('vault', 'length', term)).toMatch(/^argument 1: expected reference/)
  })

  it('pass through polymorphic functions', () => {
    const secret = server.value('vault', 'make', binary('four'))
    const same = server.value('text', 'identity', secret)
    expect(same.kind).toBe('reference')
    // Its type is not known any more.
    expect(server.cause('vault', 'length', same)).toMatch(/^argument 1: expected reference/)
  })

  it('check arguments when they are applied', () => {
    const f = succ()
    expect(server.cause('camlnode', 'apply', f, list(a('x')))).toBe(
      "argument 1: expected integer, got atom 'x'",
    )
    expect(server.cause('camlnode', 'apply', f, list())).toBe('argument 2: expected 1 arguments, got 0')
    const next = server.value('text', 'next')
    expect(server.value('camlnode', 'apply', next, list())).toEqual(i(1))
    expect(server.value('camlnode', 'apply', next, list(a('ok')))).toEqual(i(2))
  })

  it('stand for objects, whose methods can be called', () => {
    const objects = new TestServer({
      'objects.ml': `
        class counter (start : int) = object (self)
          val mutable n = start
          method get = n
          method add (by : int) = n <- n + by; self#get
          method reset () = n <- start
          method private hidden = n
          method both (f : float) (s : string) = (f, s, n)
          method self : < get : int > = (self :> < get : int >)
          method pair : 'a. 'a -> 'a * 'a = fun x -> (x, x)
          method fail : int = failwith "method"
          method sequence = Seq.return n
        end
        let make (n : int) = new counter n
        let get (c : < get : int >) = c#get
        let narrow (c : counter) = (c :> < get : int >)
        let open_ (c : < get : int; .. > as 'a) : 'a = c
        let many () = object method m (a : int) (b : int) (c : int) (d : int) (e : int) = a + b + c + d + e end
      `,
    })
    const o = objects.value('objects', 'make', i(5))
    const call = (name: string, ...args: Term[]): string =>
      formatTerm(objects.value('camlnode', 'apply', o, a(name), list(...args)))
    const cause = (handle: Term, name: Term, args: Term): string =>
      objects.cause('camlnode', 'apply', handle, name, args)
    expect(call('get')).toBe('5')
    expect(call('add', i(3))).toBe('8')
    expect(call('reset')).toBe('ok')
    expect(call('reset', a('ok'))).toBe('ok')
    expect(call('both', i(2), binary('s'))).toBe('{2.0,<<"s">>,5}')
    const self = objects.value('camlnode', 'apply', o, a('self'), list())
    expect(formatTerm(objects.value('objects', 'get', self))).toBe('5')
    expect(formatTerm(objects.value('camlnode', 'apply', self, a('get'), list()))).toBe('5')
    const many = objects.value('objects', 'many')
    expect(
      formatTerm(objects.value('camlnode', 'apply', many, a('m'), list(i(1), i(2), i(3), i(4), i(5)))),
    ).toBe('15')
    const pair = objects.value('camlnode', 'apply', o, a('pair'), list(o))
    expect(pair.kind === 'tuple' && pair.elements.length).toBe(2)
    expect(formatTerm(objects.answer('camlnode', 'apply', o, a('fail'), list()).reason as Term)).toBe(
      '{ocaml,\'Failure\',[<<"method">>]}',
    )
    expect(cause(o, a('hidden'), list())).toMatch(
      /^argument 2: expected one of the methods add, both, fail, get, .*, got atom 'hidden'$/,
    )
    expect(cause(self, a('add'), list())).toBe("argument 2: expected one of the methods get, got atom 'add'")
    expect(cause(o, a('add'), list(a('x')))).toBe("argument 1: expected integer, got atom 'x'")
    expect(cause(o, a('add'), list())).toBe('argument 3: expected 1 arguments, got 0')
    expect(cause(i(1), a('add'), list())).toBe('argument 1: expected a handle of an object, got integer 1')
    expect(objects.cause('camlnode', 'apply', o, list())).toMatch(
      /^argument 1: expected a handle of a function/,
    )
    const sequence = objects.answer('camlnode', 'apply', o, a('sequence'), list())
    expect(formatTerm(sequence.reason as Term)).toMatch(/^\{unsupported,/)
  })

  it('die with their owner', () => {
    const owner = encodeBare(pid('a@127.0.0.1', 1234, 0, 1))
    const before = server.server.handles.count
    const outcome = server.raw('vault', 'make', encodeBare(list(binary('x'))), owner)
    expect(server.server.handles.count).toBe(before + 1)
    server.server.handles.ownerDied(owner)
    expect(server.server.handles.count).toBe(before)
    const answer = server.answer('vault', 'length', decodeBare((outcome as { value: Uint8Array }).value))
    expect(causeOf(answer.stack as Term)).toMatch(/^argument 1: expected reference/)
  })
})
