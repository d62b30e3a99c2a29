/** JavaScript functions where OCaml code wants functions. */

import { expect, it } from 'vitest'
import { type Root, t } from '../../src/index.ts'
import { engineOf, often } from './engine-of.ts'

const source = `
  let map (f : int -> int) l = List.map f l
  let fold (f : string -> int -> string) s l = List.fold_left f s l
  let unit (f : unit -> unit) = f (); f ()
  let partial (f : int -> int -> int -> int) = let g = f 1 2 in g 3 + g 4
  let higher (f : (int -> int) -> int) = f (fun x -> x + 1)
  let kept = ref (fun (x : int) -> x)
  let keep f = kept := f
  let use x = !kept x
  let junk () = ignore (Sys.opaque_identity (List.init ${often(10_000)} (fun i -> [i]))); Gc.full_major ()
  let safe (f : int -> int) x = try f x with Javascript.Error _ -> -1 | Not_found -> -2
  type hooks = { before : (string -> unit) option; after : string -> int }
  let hooked h s = Option.iter (fun f -> f s) h.before; h.after s
`

it('functions are passed by their types', () => {
  const engine = engineOf(source)
  expect(engine.call('M', 'map', (n: number) => n * 2, [1, 2, 3])).toEqual([2, 4, 6])
  expect(engine.call('M', 'fold', (s: string, n: number) => s + n, '', [1, 2, 3])).toBe('123')
  expect(engine.call('M', 'partial', (a: number, b: number, c: number) => a * b * c)).toBe(6 + 8)
  expect(engine.call('M', 'higher', (f: Root) => engine.apply(f, 41))).toBe(42)
  let calls = 0
  engine.call('M', 'unit', () => {
    calls += 1
  })
  expect(calls).toBe(2)
  const seen: string[] = []
  const hooks = { before: (s: string) => void seen.push(s), after: (s: string) => s.length }
  expect(engine.call('M', 'hooked', hooks, 'abc')).toBe(3)
  expect(engine.call('M', 'hooked', { after: () => 7 }, 'abc')).toBe(7)
  expect(seen).toEqual(['abc'])
})

it('functions live as long as OCaml code has them', () => {
  const engine = engineOf(source)
  engine.call('M', 'keep', (n: number) => n + 100)
  engine.call('M', 'junk')
  for (let i = 0; i < often(300); i++) engine.call('M', 'map', (n: number) => n + i, [1])
  engine.call('M', 'junk')
  expect(engine.call('M', 'use', 1)).toBe(101)
  const root = engine.build(t.fn([t.int], t.int), (n) => Number(n) * 3)
  engine.call('M', 'junk')
  expect(engine.call('M', 'map', root, [1, 2])).toEqual([3, 6])
  expect(engine.apply(root, 5)).toBe(15)
  root.delete()
})

it('what they give and throw is as for externals', () => {
  const engine = engineOf(source)
  const safe = (f: (n: number) => unknown): unknown => engine.call('M', 'safe', f, 3)
  expect(safe(() => 'text')).toBe(-1)
  expect(
    safe(() => {
      throw engine.exception('Not_found')
    }),
  ).toBe(-2)
  const thrown = new Error('mine')
  expect(() =>
    engine.call(
      'M',
      'map',
      () => {
        throw thrown
      },
      [1],
    ),
  ).toThrow(thrown)
  expect(() => engine.call('M', 'map', 5, [1])).toThrow(
    'argument 1: expected a function or a Root of type int -> int',
  )
  const map = engine.function('M', 'map', t.fn([t.fn([t.int], t.int), t.list(t.int)], t.list(t.int)))
  expect(map((n) => Number(n) + 1, [1, 2])).toEqual([2, 3])
})
