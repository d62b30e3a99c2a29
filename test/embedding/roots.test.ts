/** Rooted values: roots, peek, scopes, weak roots, roots that travel between threads. */

import { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import { imm, MisuseError, Root, release, t } from '../../src/index.ts'
import { engineOf, often } from './engine-of.ts'

const count = often(1000)
const source = `
  module Counter : sig
    type t
    val make : int -> t
    val next : t -> int
  end = struct
    type t = { mutable n : int; pad : string list }
    let make n = { n; pad = List.init 10 string_of_int }
    let next c = c.n <- c.n + 1; c.n
  end
  type point = { x : int; name : string; weight : float }
  type box = { w : float; h : float }
  let sum l = List.fold_left (+) 0 l
  let adder n = fun x -> x + n
  let pair = (1, "two", 3.5)
  let numbers = List.init ${count} (fun i -> i)
  let floats = Array.init 10 float_of_int
  let origin = { x = 1; name = "o"; weight = 0.5 }
  let square = { w = 2.; h = 3. }
  let junk () = ignore (Sys.opaque_identity (List.init ${often(50_000)} (fun i -> [i]))); Gc.full_major ()
  let table : (string, Counter.t) Hashtbl.t = Hashtbl.create 1
`

describe('roots', () => {
  const engine = engineOf(source)
  const junk = (): unknown => engine.call('M', 'junk')

  it('hold values of abstract types and functions, whatever moves', () => {
    const counters = Array.from({ length: often(500) }, (_, i) => engine.call('M.Counter', 'make', i) as Root)
    junk()
    counters.forEach((c, i) => {
      expect(c).toBeInstanceOf(Root)
      expect(engine.call('M.Counter', 'next', c)).toBe(i + 1)
    })
    junk()
    expect(counters.map((c) => engine.call('M.Counter', 'next', c))).toEqual(counters.map((_, i) => i + 2))
    for (const c of counters) c.delete()
    const adder = engine.function('M', 'adder', t.fn([t.int, t.int], t.int))
    expect(adder(1, 2)).toBe(3)
  })

  it('are refused where their types do not fit', () => {
    const counter = engine.call('M.Counter', 'make', 1) as Root
    expect(() => engine.call('M', 'sum', counter)).toThrow(
      'argument 1: expected an array, got a root of another type',
    )
    const f = engine.root('M', 'adder')
    expect(() => engine.call('M.Counter', 'next', f)).toThrow('expected a Root of type M.Counter.t')
    expect(() => engine.call('M.Counter', 'next', 5)).toThrow(
      'expected a Root of type M.Counter.t, got the number 5',
    )
    expect(engine.apply(f, 2, 3)).toBe(5)
    expect(() => engine.apply(counter)).toThrow(TypeError)
    counter.delete()
    f.delete()
  })

  it('stand for values of all types', () => {
    const list = engine.build(t.list(t.int), [1, 2, 3])
    junk()
    expect(engine.call('M', 'sum', list)).toBe(6)
    expect(list.get()).toEqual([1, 2, 3])
    list.set(engine.root('M', 'numbers', t.list(t.int)))
    junk()
    expect(engine.call('M', 'sum', list)).toBe((count * (count - 1)) / 2)
    list.set(imm.nil(t.int))
    expect(list.get()).toEqual([])
    expect(() => list.set(engine.build(t.string, 'x') as never)).toThrow(TypeError)
    list.delete()
  })

  it('are duplicated, moved and disposed of', () => {
    const one = engine.build(t.string, 'text')
    const two = one.dup()
    one.delete()
    junk()
    expect(two.get()).toBe('text')
    const three = two.move()
    two[Symbol.dispose]()
    expect(three.get()).toBe('text')
    three[Symbol.dispose]()
    three[Symbol.dispose]()
  })

  it('know types that modules declare', () => {
    const counter = engine.type('M.Counter.t')
    const make = engine.function('M.Counter', 'make', t.fn([t.int], counter))
    const next = engine.function('M.Counter', 'next', t.fn([counter], t.int))
    const c = make(4)
    expect(next(c)).toBe(5)
    expect(() => engine.type('M.Counter.u')).toThrow('has no type u')
    expect(() => engine.function('M.Counter', 'next', t.fn([t.int], t.int))).toThrow(
      'M.Counter.next : M.Counter.t -> int is not int -> int',
    )
  })

  it('do not leak', () => {
    const small = engineOf('let make n = ref (n + 0)', { heapLimit: 24 << 20 })
    const make = small.root('M', 'make')
    for (let i = 0; i < often(20_000); i++) small.scope((s) => void s.local(make))
    for (let i = 0; i < often(100_000); i++) make.dup().delete()
    expect(small.apply(make, 3)).toEqual({ contents: 3 })
  })
})

describe('peek', () => {
  const engine = engineOf(source)

  it('walks values without copying', () => {
    const numbers = engine.root('M', 'numbers', t.list(t.int))
    const sum = engine.peek((cx) => {
      let total = 0
      for (let l = cx.get(numbers); !cx.isNil(l); l = cx.tail(l)) total += Number(cx.int(cx.head(l)))
      return total
    })
    expect(sum).toBe((count * (count - 1)) / 2)
  })

  it('reads tuples, records, arrays, options', () => {
    const point = t.record({ x: t.int, name: t.string, weight: t.float })
    const box = t.record({ w: t.float, h: t.float })
    const pair = engine.root('M', 'pair', t.tuple(t.int, t.string, t.float))
    const origin = engine.root('M', 'origin', point)
    const square = engine.root('M', 'square', box)
    const floats = engine.root('M', 'floats', t.array(t.float))
    const some = engine.build(t.option(t.string), 'yes')
    engine.peek((cx) => {
      const p = cx.get(pair)
      expect([cx.int(cx.element(p, 0)), cx.string(cx.element(p, 1)), cx.float(cx.element(p, 2))]).toEqual([
        1,
        'two',
        3.5,
      ])
      const o = cx.get(origin)
      expect(cx.string(cx.field(o, point.fields.name))).toBe('o')
      expect(cx.floatField(o, point.fields.weight)).toBe(0.5)
      expect(cx.floatField(cx.get(square), box.fields.h)).toBe(3)
      expect(() => cx.field(cx.get(square), box.fields.h)).toThrow(MisuseError)
      const f = cx.get(floats)
      expect([cx.length(f), cx.floatItem(f, 9)]).toEqual([10, 9])
      expect(() => cx.floatItem(f, 10)).toThrow(RangeError)
      expect(cx.string(cx.some(cx.get(some)))).toBe('yes')
      expect(cx.js(point, o)).toEqual({ x: 1, name: 'o', weight: 0.5 })
    })
    const none = engine.build(t.option(t.string), undefined)
    expect(() => engine.peek((cx) => cx.string(cx.some(cx.get(none))))).toThrow(RangeError)
  })
})

describe('scopes', () => {
  const engine = engineOf(source)
  const ints = t.list(t.int)
  const sum = engine.root('M', 'sum', t.fn([ints], t.int))

  it('make values out of values, while others are collected', () => {
    const total = engine.scope((s) => {
      let list = s.build(ints, [])
      for (let i = 1; i <= often(2000); i++) list = s.cons(imm.int(i), list)
      engine.call('M', 'junk')
      return s.call(sum, list).get()
    })
    expect(total).toBe((often(2000) * (often(2000) + 1)) / 2)
  })

  it('give what outlives them as roots', () => {
    const root = engine.scope((s) => s.tuple(imm.int(1), s.some(s.build(t.string, 'x'))).root())
    engine.call('M', 'junk')
    expect(root.get()).toEqual([1, 'x'])
    root.delete()
  })

  it('nest, and end when something is thrown', () => {
    const thrown = new Error('out')
    expect(() =>
      engine.scope((outer) => {
        const a = outer.build(t.string, 'a')
        engine.scope((inner) => expect(inner.some(a).get()).toBe('a'))
        throw thrown
      }),
    ).toThrow(thrown)
    engine.scope((s) =>
      expect(() => s.cons(s.build(t.string, 'x') as never, s.build(ints, []))).toThrow(TypeError),
    )
  })
})

describe('weak roots', () => {
  it('die with their values', () => {
    const engine = engineOf(source)
    const kept = engine.build(t.string, 'kept')
    const lost = engine.build(t.string, 'lost')
    const weakly = [engine.weak(kept), engine.weak(lost)]
    lost.delete()
    engine.call('M', 'junk')
    expect(weakly.map((w) => w.alive)).toEqual([true, false])
    expect(weakly[0]?.get()?.get()).toBe('kept')
    expect(weakly[1]?.get()).toBeUndefined()
    for (const w of weakly) w.delete()
    expect(weakly[0]?.alive).toBe(false)
  })

  it('are never those of other values', () => {
    const engine = engineOf(source)
    const all = Array.from({ length: 200 }, (_, i) => {
      const root = engine.build(t.string, `value ${i}`)
      const weak = engine.weak(root)
      if (i % 3 !== 0) root.delete()
      if (i % 50 === 0) engine.call('M', 'junk')
      return weak
    })
    engine.call('M', 'junk')
    for (let i = 0; i < 200; i++) engine.weak(engine.build(t.string, 'later'))
    all.forEach((weak, i) => {
      expect(weak.get()?.get()).toBe(i % 3 === 0 ? `value ${i}` : undefined)
    })
  })
})

/** Runs a worker with a message until it answers. */
async function inWorker(script: string, message: unknown): Promise<unknown> {
  const worker = new Worker(script, { eval: true })
  worker.postMessage(message)
  const answer = await new Promise((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
  await worker.terminate()
  return answer
}

it('roots of all kinds follow their values through compactions', () => {
  const engine = engineOf(`${source}
    let holes = ref []
    let scatter () =
      holes := List.init ${often(2000)} (fun i -> String.make (i mod 50) 'x');
      Gc.full_major ();
      holes := List.filteri (fun i _ -> i mod 7 = 0) !holes
    let compact () = Gc.compact ()`)
  const texts = t.list(t.string)
  const made = Array.from({ length: often(200) }, (_, i) => {
    if (i % 20 === 0) engine.call('M', 'scatter')
    const root = engine.build(texts, [`${i}`, 'x'.repeat(i)])
    return { root, weak: engine.weak(root), i }
  })
  engine.scope((s) => {
    const locals = made.map(({ root }) => s.local(root))
    for (let round = 0; round < 3; round++) {
      engine.call('M', 'compact')
      for (const { root, weak, i } of made) {
        const wanted = [`${i}`, 'x'.repeat(i)]
        expect(root.get()).toEqual(wanted)
        expect(locals[i]?.get()).toEqual(wanted)
        const again = weak.get()
        expect(again?.get()).toEqual(wanted)
        again?.delete()
      }
    }
  })
  for (const { root } of made) root.delete()
})

describe('detached roots', () => {
  const entry = JSON.stringify(new URL('../../build/index.js', import.meta.url).pathname)

  it('come back', async () => {
    const engine = engineOf(source)
    const token = engine.build(t.string, 'there and back').detach()
    engine.call('M', 'junk')
    const script = `const { parentPort } = require("worker_threads")
      parentPort.on("message", (token) => parentPort.postMessage(token))`
    const returned = await inWorker(script, token)
    engine.call('M', 'junk')
    expect(engine.attach(returned as typeof token).get()).toBe('there and back')
    expect(() => engineOf('').attach(token)).toThrow(MisuseError)
  })

  it('are released by other threads', async () => {
    const engine = engineOf(source)
    const root = engine.build(t.string, 'gone')
    const weak = engine.weak(root)
    const script = `const { parentPort } = require("worker_threads")
      const { release } = require(${entry})
      parentPort.on("message", (tokens) => { for (const token of tokens) release(token); parentPort.postMessage("done") })`
    const tokens = [
      root.detach(),
      ...Array.from({ length: often(5000) }, () => engine.build(t.int, 1).detach()),
    ]
    expect(await inWorker(script, tokens)).toBe('done')
    engine.call('M', 'junk')
    engine.call('M', 'junk')
    expect(weak.alive).toBe(false)
  })

  it('are released by the engine’s own thread', () => {
    const engine = engineOf(source)
    release(engine.build(t.string, 'x').detach())
    engine.call('M', 'junk')
    expect(engine.call('M', 'sum', [1])).toBe(1)
  })
})
