/** Externals that are JavaScript functions: types, calls back, exceptions both ways. */

import { describe, expect, it } from 'vitest'
import { type Engine, type Local, NameError, OCamlException, t } from '../../src/index.ts'
import { newEngine, often } from './engine-of.ts'

function engineWith(
  externals: Readonly<Record<string, (...args: never[]) => unknown>>,
  source: string,
  options: Parameters<typeof newEngine>[0] = {},
): Engine {
  const engine = newEngine(options)
  for (const [name, f] of Object.entries(externals)) engine.external(name, f)
  engine.load({ 'm.ml': source })
  return engine
}

describe('an external', () => {
  it('gets and gives values by its type', () => {
    const seen: unknown[] = []
    const engine = engineWith(
      {
        host_f: (...args: unknown[]) => {
          seen.push(args)
          return 1.5
        },
        host_pairs: (n: number) =>
          Array.from({ length: n }, (_, i) => [String(i), { tag: 'Some_of', args: [i] }]),
      },
      `type v = Nothing | Some_of of int
       external f : int -> string -> bool option -> float = "host_f"
       external pairs : int -> (string * v) list = "host_pairs"
       let go () = f 3 "x" (Some true) +. f max_int "" None
       let sum n = List.fold_left (fun a (s, v) -> a + String.length s + match v with Nothing -> 0 | Some_of k -> k) 0 (pairs n)
       let partial = List.map (f 1 "y") [None; Some false]`,
    )
    expect(engine.call('M', 'go')).toBe(3)
    expect(engine.call('M', 'sum', 100)).toBe(4950 + 190)
    expect(engine.value('M', 'partial')).toEqual([1.5, 1.5])
    expect(seen).toEqual([
      [1, 'y', undefined],
      [1, 'y', false],
      [2n ** 62n - 1n, '', undefined],
      [3, 'x', true],
    ])
  })

  it('must be registered before, once, under a name that is free', () => {
    const engine = newEngine()
    engine.external('once', () => 1)
    expect(() => engine.external('once', () => 1)).toThrow(NameError)
    expect(() => engine.external('caml_compare', () => 1)).toThrow(NameError)
    engine.load({ 'a.ml': 'external f : unit -> int = "once"' })
    expect(() => engine.load({ 'b.ml': 'external f : unit -> string = "once"' })).toThrow(NameError)
    engine.load({
      'c.ml':
        'module F (X : sig end) = struct external g : unit -> int = "once" end module I = F (struct end) let x = I.g ()',
    })
    expect(engine.value('C', 'x')).toBe(1)
  })

  it('gets what has no JavaScript form as locals', () => {
    const kept: Local<never>[] = []
    const engine: Engine = engineWith(
      {
        twice: (f: Local<never>, x: number) => engine.apply(f, engine.apply(f, x)),
        same: (x: Local<never>) => {
          kept.push(x)
          return x
        },
      },
      `external twice : (int -> int) -> int -> int = "twice"
       module Counter : sig type t val make : int -> t val get : t -> int end = struct type t = int ref let make = ref let get = (!) end
       external same : Counter.t -> Counter.t = "same"
       let quad x = twice (fun y -> y * 2 + x) x
       let through n = Counter.get (same (Counter.make n))`,
    )
    expect(engine.call('M', 'quad', 5)).toBe(35)
    expect(engine.call('M', 'through', 77)).toBe(77)
  })
})

describe('calls back', () => {
  it('run above the frames of the caller, whatever is collected', () => {
    const engine: Engine = engineWith(
      { down: (n: number) => engine.call('M', 'count', n) },
      `external down : int -> int list = "down"
       let junk () = Array.init ${often(300) + 40} (fun i -> [i; i + 1])
       let rec count n =
         let mine = junk () in
         if n = 0 then [] else
         let l = down (n - 1) in
         ignore (junk ());
         Gc.minor ();
         List.hd mine.(n) :: l`,
    )
    expect(engine.call('M', 'count', 30)).toEqual(Array.from({ length: 30 }, (_, i) => 30 - i))
  })

  it('recurse deeply inside', () => {
    const engine: Engine = engineWith(
      { deep: (n: number) => engine.call('M', 'sum', n) },
      `external deep : int -> int = "deep"
       let rec sum n = if n = 0 then 0 else n + sum (n - 1)
       let rec outer k n = if k = 0 then deep n else 1 + outer (k - 1) n`,
    )
    expect(engine.call('M', 'outer', 5000, 20_000)).toBe(5000 + (20_000 * 20_001) / 2)
  })

  it('end when they are too deep', () => {
    const engine: Engine = engineWith(
      { again: (n: number) => engine.call('M', 'f', n) },
      `external again : int -> int = "again"
       let f n = again (n + 1)`,
    )
    expect(() => engine.call('M', 'f', 0)).toThrow('call each other too deeply')
    expect(() => engine.call('M', 'f', 0)).toThrow('call each other too deeply')
  })

  it('may wait for time, but not for other threads', () => {
    const engine: Engine = engineWith(
      {
        sleep: () => engine.call('M', 'sleep'),
        stuck: () => engine.call('M', 'stuck'),
      },
      `external sleep : unit -> int = "sleep"
       external stuck_ : unit -> int = "stuck"
       let sleep_ () = sleep ()
       let stuck () = let m = Mutex.create () in Mutex.lock m; Condition.wait (Condition.create ()) m; 1
       let go () = try stuck_ () with Javascript.Error (s, _) -> String.length s
       let sleep () = Thread.delay 0.01; 5`,
    )
    expect(engine.call('M', 'sleep_')).toBe(5)
    expect(engine.call('M', 'go')).toBeGreaterThan(10)
  })

  it('may load modules', () => {
    const engine: Engine = engineWith(
      {
        load: (name: string) => void engine.load({ [`${name}.ml`]: 'let x = M.base + List.length [1; 2]' }),
        value: (name: string) => engine.value(name, 'x'),
      },
      `external load : string -> unit = "load"
       external value : string -> int = "value"
       let base = 40
       let plugin name = load name; value (String.capitalize_ascii name)`,
    )
    engine.load({ 'n.ml': 'let go () = M.plugin "late"' })
    expect(engine.call('N', 'go')).toBe(42)
    expect(engine.value('Late', 'x')).toBe(42)
  })

  it('end at the limit of the heap, which OCaml code may handle', () => {
    const huge = Array(1_000_000).fill(1.5)
    const engine = engineWith(
      { huge: () => huge },
      `external huge : unit -> float list = "huge"
       let go () = try List.length (huge ()) with Out_of_memory -> -1
       let through () = huge ()`,
      { heapLimit: 8 << 20 },
    )
    for (let i = 0; i < 3; i++) {
      expect(engine.call('M', 'go')).toBe(-1)
      expect(() => engine.call('M', 'through')).toThrow('Out_of_memory')
      expect(() => engine.build(t.list(t.float), huge)).toThrow('Out_of_memory')
      expect(engine.build(t.list(t.float), [1]).get()).toEqual([1])
    }
  })

  it('keep effects inside', () => {
    const engine: Engine = engineWith(
      { call: (f: Local<never>) => engine.apply(f, undefined) },
      `external call : (unit -> int) -> int = "call"
       open Effect
       type _ Effect.t += Ask : int Effect.t
       let handle f = Deep.try_with f () { effc = fun (type a) (e : a Effect.t) ->
         match e with Ask -> Some (fun (k : (a, _) Deep.continuation) -> Deep.continue k 21) | _ -> None }
       let inside () = call (fun () -> handle (fun () -> perform Ask + perform Ask))
       let across () = handle (fun () -> try call (fun () -> perform Ask) with Effect.Unhandled Ask -> -1)`,
    )
    expect(engine.call('M', 'inside')).toBe(42)
    expect(engine.call('M', 'across')).toBe(-1)
  })
})

describe('exceptions', () => {
  const source = `
    exception Mine of int * string list
    external run : (unit -> int) -> int = "run"
    external throw : int -> int = "throw"
    let raising () = raise (Mine (3, ["a"]))
    let through () = run raising
    let catching () = try run raising with Mine (n, [s]) -> n + String.length s
    let js n = throw n
    let js_caught n = try throw n with Javascript.Error (m, _) -> String.length m
    let js_again n = try throw n with Javascript.Error (_, _) as e -> ignore (Array.make 1000 n); raise e
    let js_rebuilt n = try throw n with Javascript.Error (m, v) -> Gc.full_major (); raise (Javascript.Error (m ^ "!", v))
    let js_across n = run (fun () -> throw n)
    let text n = try throw n with e -> ignore (Printexc.to_string e); 0
    let named () = try throw 100 with Not_found -> 1
    let kept = ref []
    let keep n = try throw n with e -> kept := e :: !kept; 0
    let again () = raise (List.hd !kept)`
  const thrown: unknown[] = [
    new RangeError('boom'),
    'text',
    undefined,
    null,
    { odd: true },
    Object.create(null),
  ]
  const engine: Engine = engineWith(
    {
      run: (f: Local<never>) => engine.apply(f, undefined),
      throw: (n: number) => {
        if (n === 100) throw engine.exception('Not_found')
        if (n === 101) throw engine.exception('M.Mine', 7, ['x', 'y'])
        if (n === 102) return 'no int'
        throw thrown[n]
      },
    },
    source,
  )
  const caught = (...args: [string, ...unknown[]]): unknown => {
    try {
      engine.call('M', ...args)
    } catch (error) {
      return error
    }
    throw new Error('nothing was thrown')
  }

  it('of OCaml pass through JavaScript as what they are', () => {
    expect(engine.call('M', 'catching')).toBe(4)
    expect(caught('through')).toMatchObject({ name: 'M.Mine', args: [3, ['a']] })
  })

  it('of JavaScript come out as the objects that they are', () => {
    for (const [i, value] of thrown.entries())
      for (const name of ['js', 'js_again', 'js_rebuilt', 'js_across']) expect(caught(name, i)).toBe(value)
  })

  it('of JavaScript can be handled', () => {
    expect(engine.call('M', 'js_caught', 0)).toBe(4)
    expect(engine.call('M', 'js_caught', 1)).toBe(4)
    expect(engine.call('M', 'text', 5)).toBe(0)
    expect((caught('js', 102) as Error).message).toContain('result: expected an integer')
  })

  it('can be made by their names', () => {
    expect(engine.call('M', 'named')).toBe(1)
    expect(caught('js', 101)).toMatchObject({
      name: 'M.Mine',
      args: [7, ['x', 'y']],
      message: 'M.Mine(7, _)',
    })
    expect(() => engine.exception('M.None')).toThrow(NameError)
    expect(() => engine.exception('Not_found', 1)).toThrow('has no arguments')
    expect(() => engine.exception('M.Mine', 1, [2])).toThrow('exception, element 3, element 1')
    expect(engine.exception('Failure', 'x')).toBeInstanceOf(OCamlException)
  })

  it('are kept as long as OCaml can reach them, and no longer', () => {
    engine.call('M', 'keep', 0)
    for (let i = 0; i < often(300); i++) engine.call('M', 'js_caught', 1)
    engine.call('Gc', 'full_major')
    for (let i = 0; i < often(300); i++) engine.call('M', 'js_caught', 1)
    expect(caught('again')).toBe(thrown[0])
  })
})

it('types of externals and functions meet', () => {
  const engine: Engine = newEngine()
  engine.external('add', (a: number, b: number) => a + b)
  engine.load({ 'm.ml': 'external add : int -> int -> int = "add" let add3 a b c = add (add a b) c' })
  expect(engine.function('M', 'add3', t.fn([t.int, t.int, t.int], t.int))(1, 2, 3)).toBe(6)
})
