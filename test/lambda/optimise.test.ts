/** What the optimiser must achieve, whatever the exact shape of its output. */

import { describe, expect, it } from 'vitest'
import { sourceOfString } from '../../src/base/region.ts'
import type { Lambda } from '../../src/lambda/lambda.ts'
import { printLambda } from '../../src/lambda/print-lambda.ts'
import { translatePhrase } from '../../src/lambda/translate.ts'
import { runtimeIdents } from '../../src/lambda/translate-module.ts'
import { forEachChild } from '../../src/lambda/traverse.ts'
import { parseImplementation } from '../../src/syntax/index.ts'
import { type Env, newStore } from '../../src/typing/env.ts'
import type { Address } from '../../src/typing/ident.ts'
import { newContext } from '../../src/typing/infer.ts'
import { inferStructure } from '../../src/typing/infer-structure.ts'
import { predefinedEnv } from '../../src/typing/predef.ts'
import { newLibrary } from './compile.ts'
import { newMachine, runUnit } from './evaluator.ts'
import { externals } from './externals.ts'
import { showValue } from './values.ts'

function collect(term: Lambda, holds: (t: Lambda) => boolean): Lambda[] {
  const found = holds(term) ? [term] : []
  forEachChild(term, (child) => found.push(...collect(child, holds)))
  return found
}

const applications = (term: Lambda): Lambda[] => collect(term, (t) => t.kind === 'apply')
const blocks = (term: Lambda): Lambda[] =>
  collect(
    term,
    (t) =>
      t.kind === 'primitive' && (t.primitive.kind === 'makeBlock' || t.primitive.kind === 'makeFloatBlock'),
  )

/** The function that the unit binds to a name. */
function functionNamed(term: Lambda, name: string): Lambda {
  const [found] = collect(term, (t) => t.kind === 'function' && t.name === `Main.${name}`)
  if (found === undefined) throw new Error(`no function ${name}`)
  return found
}

function optimised(text: string, name: string, library = newLibrary()): Lambda {
  return functionNamed(library.add('Main', text).optimised.body, name)
}

describe('inlining', () => {
  it('leaves no calls in a numeric inner loop, and its floats unboxed', () => {
    const f = optimised(
      `let eval_a i j = 1. /. float ((i + j) * (i + j + 1) / 2 + i + 1)
       let f u = let s = ref 0. in for i = 0 to 9 do for j = 0 to 9 do s := !s +. eval_a i j *. u.(j) done done; !s`,
      'f',
    )
    expect(applications(f)).toEqual([])
    expect(blocks(f)).toEqual([])
    expect(printLambda(f)).toContain('mutable s:float')
  })

  it('removes the tuples and records that small functions return', () => {
    const f = optimised(
      `type c = { re : float; im : float }
       let mul a b = { re = a.re *. b.re -. a.im *. b.im; im = a.re *. b.im +. a.im *. b.re }
       let swap (a, b) = (b, a)
       let f x y = let z = mul { re = x; im = y } { re = y; im = x } in let (p, q) = swap (z.re, z.im) in p -. q`,
      'f',
    )
    expect(applications(f)).toEqual([])
    expect(blocks(f)).toEqual([])
  })

  it('crosses units', () => {
    const library = newLibrary()
    library.add(
      'Geometry',
      'let scale = 2.\nlet area w h = scale *. w *. h\nmodule Deep = struct let twice x = x + x end',
    )
    const f = optimised('let f x = Geometry.area x 3. +. float (Geometry.Deep.twice (abs 2))', 'f', library)
    expect(applications(f)).toEqual([])
    expect(printLambda(f)).not.toContain('#Geometry')
  })

  it('does not copy what an interface hides, but calls it', () => {
    const library = newLibrary()
    library.add(
      'Hidden',
      'let secret = ref 1 let get () = !secret let add x = x + get ()',
      'val add : int -> int',
    )
    const f = optimised('let f x = Hidden.add x', 'f', library)
    expect(applications(f)).toHaveLength(1)
  })

  it('inlines a function argument of an inlined iterator', () => {
    const f = optimised('let f a = let s = ref 0 in Array.iter (fun x -> s := !s + x) a; !s', 'f')
    expect(applications(f)).toEqual([])
    expect(blocks(f)).toEqual([])
  })

  it('respects [@inline never] and [@inlined never]', () => {
    const f = optimised(
      'let[@inline never] g x = x + 1 let h x = x + 2 let f x = g x + (h [@inlined never]) x',
      'f',
    )
    expect(applications(f)).toHaveLength(2)
  })

  it('applies a functor at the top of a unit', () => {
    const text = `module F (X : sig val k : int end) = struct let add x = x + X.k end
      module M = F (struct let k = 4 end)
      let f x = M.add x`
    expect(applications(optimised(text, 'f'))).toEqual([])
  })
})

describe('a known function with too few arguments', () => {
  const functions = (term: Lambda): Lambda[] => collect(term, (t) => t.kind === 'function')

  it('is one function of the others', () => {
    const f = optimised(
      'let rec add a b c d = if a = 0 then b + c + d else add (a - 1) b c d let f x = add x 2',
      'f',
    )
    const [, closure, ...more] = functions(f)
    expect(closure).toMatchObject({ parameters: [{ layout: 'int' }, { layout: 'int' }] })
    expect(more).toEqual([])
  })

  it('has the body of a small function in it', () => {
    const f = optimised(
      'let compose f g x = f (g x) let f x = compose (fun y -> y + x) (fun y -> y * x)',
      'f',
    )
    expect(applications(f)).toEqual([])
    expect(functions(f)).toHaveLength(2)
  })

  it('evaluates its arguments once, when it is made', () => {
    const f = optimised('let mul a b = a * b let f g = mul (g ())', 'f')
    const [, closure] = functions(f)
    expect(applications(f)).toHaveLength(1)
    expect(applications(closure as Lambda)).toEqual([])
  })

  it('crosses units', () => {
    const library = newLibrary()
    library.add('Sums', 'let rec sum a b c = if a = 0 then b + c else sum (a - 1) b c')
    const [, closure] = functions(optimised('let f x = Sums.sum x 2', 'f', library))
    expect(closure).toMatchObject({ kind: 'function', parameters: [{ layout: 'any' }] })
  })
})

describe('loops', () => {
  it('turns a local tail-recursive function into a loop', () => {
    const f = optimised(
      'let f n = let rec go i acc = if i > n then acc else go (i + 1) (acc +. float i) in go 0 0.',
      'f',
    )
    expect(applications(f)).toEqual([])
    expect(collect(f, (t) => t.kind === 'function')).toHaveLength(1)
  })

  it('keeps other tail calls tail calls', () => {
    const f = optimised(
      'let g k x = k (x + 1) let f n k = let rec go i (x : float) = if i = 0 then k x else go (i - 1) (x +. 1.) in go n 0.',
      'f',
    )
    expect(collect(f, (t) => t.kind === 'while')).toEqual([])
  })
})

describe('known values', () => {
  it('chooses branches', () => {
    const f = optimised('let opt = function Some x -> x | None -> 0 let f () = opt (Some 3) + opt None', 'f')
    expect(printLambda(f)).toContain(':int 3)')
  })

  it('makes no tuple to match several values', () => {
    const f = optimised('let f a b = match a, b with 0, y | y, 0 -> y | x, y -> x * y', 'f')
    expect(blocks(f)).toEqual([])
  })

  it('joins branches that make a tuple for a let', () => {
    const f = optimised('let f c = let (a, b) = if c then (1, 2.) else (3, 4.) in float a +. b', 'f')
    expect(blocks(f)).toEqual([])
  })
})

describe('phrases', () => {
  const phrase = (env: Env, text: string) =>
    inferStructure(newContext(env), env, parseImplementation(sourceOfString('//toplevel//', text)))

  it('reach the values of earlier phrases', () => {
    const machine = newMachine(externals)
    const first = phrase(
      predefinedEnv(newStore(() => undefined)),
      'external ( + ) : int -> int -> int = "%addint" let x = 20 let f y = x + y',
    )
    const unit: Address = { kind: 'unit', name: '//1' }
    const globals = new Map(
      runtimeIdents(first).map((ident, position) => [
        ident.stamp,
        { kind: 'field', module: unit, position } as Address,
      ]),
    )
    runUnit(machine, translatePhrase('//1', first, new Map()))
    const second = translatePhrase('//2', phrase(first.env, 'let z = f x + 2'), globals)
    expect(second.imports).toEqual(['//1'])
    expect(showValue(runUnit(machine, second))).toBe('[0: 42]')
  })
})
