/** Loading and calling: what a program does first. */

import { describe, expect, it } from 'vitest'
import {
  CompileError,
  ConversionError,
  EngineCrash,
  ExitError,
  LimitError,
  NameError,
  OCamlException,
  t,
} from '../../src/index.ts'
import { engineOf, newEngine } from './engine-of.ts'

const decoder = new TextDecoder()

describe('loading', () => {
  it('compiles several modules, interfaces limit what is seen', () => {
    const engine = newEngine()
    const loaded = engine.load({
      'b.ml': 'let twice x = 2 * A.one + x\nmodule Inner = struct let f x = twice x end',
      'a.ml': 'let one = 1 let hidden = 2',
      'a.mli': 'val one : int',
    })
    expect(loaded.modules).toEqual(['B', 'A'])
    expect(engine.call('B', 'twice', 3)).toBe(5)
    expect(engine.call('B.Inner', 'f', 3)).toBe(5)
    expect(() => engine.value('A', 'hidden')).toThrow(NameError)
    expect(engine.value('A', 'one')).toBe(1)
  })

  it('sees what was loaded before, also under a name of the library', () => {
    const engine = newEngine()
    engine.load({ 'list.ml': 'let mine = 41', 'a.ml': 'type t = { x : int }' })
    engine.load({ 'c.ml': 'let f () = { A.x = List.mine + 1 } let g { A.x } = x' })
    expect(engine.call('C', 'f')).toEqual({ x: 42 })
    expect(engine.call('C', 'g', { x: 7 })).toBe(7)
    expect(engine.value('List', 'mine')).toBe(41)
    expect(() => engine.load({ 'a.ml': '' })).toThrow('the module A is loaded already')
  })

  it('gives what the compiler says, and nothing is loaded', () => {
    const engine = newEngine()
    const attempt = (): unknown => engine.load({ 'bad.ml': 'let x = 1\nlet y = x ^ "a"' })
    expect(attempt).toThrow(CompileError)
    try {
      attempt()
    } catch (error) {
      const { diagnostic } = error as CompileError
      expect(diagnostic).toMatchObject({ severity: 'error', file: 'bad.ml', start: { line: 2, column: 8 } })
      expect(diagnostic.message).toContain('has type int')
      expect(diagnostic.text).toContain('File "bad.ml", line 2, characters 8-9:')
    }
    engine.load({ 'bad.ml': 'let x = 1' })
    expect(engine.value('Bad', 'x')).toBe(1)
  })

  it('gives warnings', () => {
    const { warnings } = newEngine().load({ 'w.ml': 'let f = function 0 -> 1' })
    expect(warnings.map((w) => w.severity)).toEqual(['warning'])
    expect(warnings[0]?.text).toContain('Warning 8')
  })

  it('forgets modules whose initialisation fails', () => {
    const engine = newEngine()
    expect(() => engine.load({ 'a.ml': 'let x = List.hd []' })).toThrow('Failure("hd")')
    expect(() => engine.value('A', 'x')).toThrow(NameError)
    engine.load({ 'a.ml': 'let x = 3' })
    expect(engine.value('A', 'x')).toBe(3)
  })

  it('refuses what is no module', () => {
    const engine = newEngine()
    expect(() => engine.load({ 'a.txt': '' })).toThrow(NameError)
    expect(() => engine.load({ 'a.mli': '' })).toThrow('an interface without an implementation')
    expect(() => engine.load(['/nonexistent/x.ml'])).toThrow()
    expect(() => engine.load({ 'a.ml': 'external f : int -> int = "nowhere"' })).toThrow(
      "The external function `nowhere' is not available",
    )
  })

  it('gives output to whoever wants it', () => {
    let text = ''
    const engine = engineOf('let () = print_string "hello " let f () = print_endline "world"; exit 3', {
      stdout: (bytes) => {
        text += decoder.decode(bytes)
      },
    })
    expect(() => engine.call('M', 'f')).toThrow(ExitError)
    engine.flush()
    expect(text).toBe('hello world\n')
  })
})

describe('calling', () => {
  it('refuses names that there are not', () => {
    const engine = engineOf('let x = 1 external e : int -> int = "%identity"')
    expect(() => engine.call('N', 'f')).toThrow('no module N is loaded')
    expect(() => engine.call('M', 'f')).toThrow('the module M has no value f')
    expect(() => engine.call('M', 'x')).toThrow('M.x : int is not a function')
    expect(() => engine.call('M', 'e')).toThrow('M.e is an external')
  })

  it('names the path of what does not fit', () => {
    const engine = engineOf(
      'type item = { price : float; tags : string list } let f (n : int) (x : item array) = n, x',
    )
    const call =
      (...args: unknown[]) =>
      () =>
        engine.call('M', 'f', ...args)
    expect(
      call(1, [
        { price: 1, tags: [] },
        { price: '2', tags: [] },
      ]),
    ).toThrow('argument 2, element 2, field "price": expected a number, got the string "2"')
    expect(call(1, [{ price: 1, tags: ['a', 3] }])).toThrow(
      'argument 2, element 1, field "tags", element 2: expected a string or a Uint8Array, got the number 3',
    )
    expect(call(1.5, [])).toThrow('argument 1: expected an integer of 63 bits, got the number 1.5')
    expect(call(2n ** 62n, [])).toThrow(ConversionError)
    expect(call(1)).toThrow('argument 2: expected an array, got undefined')
    expect(call(1, [], 3)).toThrow('arguments: expected 2, got 3')
    expect(call(1, [{ price: 1, tags: [], more: 1 }])).toThrow('unexpected field "more"')
    expect(call(1, [{ price: 1 }])).toThrow('there is no such field')
  })

  it('takes labels and optional arguments in order', () => {
    const engine = engineOf('let f ?(by = 1) ~x () = x + by')
    expect(engine.call('M', 'f', undefined, 3)).toBe(4)
    expect(engine.call('M', 'f', 2, 3)).toBe(5)
  })

  it('gives typed functions', () => {
    const engine = engineOf('let f x y = String.length x + y let g x = [| x; x *. 2. |]')
    const f = engine.function('M', 'f', t.fn([t.string, t.int], t.int))
    expect(f('abc', 4)).toBe(7)
    expect(engine.function('M', 'g', t.fn([t.float], t.array(t.float)))(1.5)).toEqual([1.5, 3])
    expect(() => engine.function('M', 'f', t.fn([t.int, t.int], t.int))).toThrow(
      'M.f : string -> int -> int is not',
    )
  })

  it('recurses deeply on a small native stack', () => {
    const engine = engineOf('let rec f n = if n = 0 then 0 else 1 + f (n - 1) let rec g n = g (n + 1) + 1', {
      stack: 64 << 20,
    })
    expect(engine.call('M', 'f', 1_000_000)).toBe(1_000_000)
    expect(() => engine.call('M', 'g', 0)).toThrow('Stack_overflow')
    expect(engine.call('M', 'f', 10)).toBe(10)
  })

  it('ends at its limits and goes on', () => {
    const engine = engineOf('let fill () = let rec go l = go (0 :: l) in go [] let ok () = 1')
    for (let i = 0; i < 3; i++) {
      expect(() => engine.call('M', 'fill')).toThrow()
      expect(engine.call('M', 'ok')).toBe(1)
    }
  })

  it('ends when it is closed', () => {
    let text = ''
    const engine = engineOf(
      `let () = at_exit (fun () -> print_string "bye")
       let f () = Thread.join (Thread.create (fun () -> print_string "thread, ") ())`,
      {
        stdout: (bytes) => {
          text += decoder.decode(bytes)
        },
      },
    )
    engine.call('M', 'f')
    engine.close()
    expect(text).toBe('thread, bye')
    expect(() => engine.call('M', 'f')).toThrow('the engine has been closed')
    engine[Symbol.dispose]()
  })

  it('runs threads', () => {
    const engine = engineOf(`
      let f () =
        let m = Mutex.create () in
        let total = ref 0 in
        let work n = for _ = 1 to n do Mutex.lock m; incr total; Mutex.unlock m; Thread.yield () done in
        List.iter Thread.join (List.map (Thread.create work) [10; 20; 30]);
        !total
      let stuck () = let m = Mutex.create () in Mutex.lock m; let c = Condition.create () in Condition.wait c m`)
    expect(engine.call('M', 'f')).toBe(60)
    expect(() => engine.call('M', 'stuck')).toThrow(LimitError)
    expect(engine.call('M', 'f')).toBe(60)
  })
})

describe('exceptions', () => {
  const engine = engineOf(`
    exception Odd of int * string
    exception Inline of { at : int; why : string option }
    module Deep = struct exception Plain end
    let odd () = raise (Odd (3, "x"))
    let inline () = raise (Inline { at = 1; why = Some "y" })
    let plain () = raise Deep.Plain
    let missing () = Hashtbl.find (Hashtbl.create 1) 1
    let closure () = let exception Local of (int -> int) * int in raise (Local (succ, 1))`)
  const caught = (name: string): OCamlException => {
    try {
      engine.call('M', name)
    } catch (error) {
      if (error instanceof OCamlException) return error
    }
    throw new Error('no exception')
  }

  it('have names, arguments and places', () => {
    const odd = caught('odd')
    expect(odd).toMatchObject({ name: 'M.Odd', args: [3, 'x'], message: 'M.Odd(3, "x")' })
    expect(odd.backtrace[0]).toMatchObject({ function: 'M.odd', file: 'm.ml', line: 5 })
    expect(odd.stack).toContain('at M.odd (m.ml:5:')
    expect(caught('inline')).toMatchObject({ name: 'M.Inline', args: [{ at: 1, why: 'y' }] })
    expect(caught('plain').args).toEqual([])
    expect(caught('missing')).toMatchObject({ name: 'Not_found', args: [] })
    expect(caught('closure').args[1]).toBe(1)
  })
})

it('an engine that JavaScript’s stack ends in is not used again', () => {
  const engine = engineOf('let rec f n = if n = 0 then 0 else 1 + f (n - 1)')
  let crash: unknown
  const descend = (): void => {
    try {
      descend()
    } catch {
      if (crash !== undefined) return
      try {
        engine.call('M', 'f', 1000)
        crash = 'none'
      } catch (error) {
        if (error instanceof EngineCrash) crash = error
        throw error
      }
    }
  }
  descend()
  if (crash === 'none') expect(engine.call('M', 'f', 10)).toBe(10)
  else expect(() => engine.call('M', 'f', 10)).toThrow(EngineCrash)
})
