/**
 * What does not compile: `npm run typecheck` fails if one of these is not an error, or if what is right is one. Nothing
 * here runs.
 *
 * The cases are those that ocaml-interop rejects at compile time.
 */

import type { Fn, Int, List, Str } from '../../src/index.ts'
import {
  type Engine,
  type Handle,
  imm,
  type Local,
  type NoAlloc,
  type Root,
  t,
  type Val,
} from '../../src/index.ts'

declare const engine: Engine
declare const other: Engine
declare const numbers: Root<List<Int>>
declare const text: Root<Str>

export function whatIsRight(sum: Root<Fn<[List<Int>], Int>>): number | bigint {
  const first = engine.peek((cx) => cx.int(cx.head(cx.tail(cx.get(numbers)))))
  const longer = engine.scope((s) => {
    const two = s.cons(imm.int(1), s.cons(imm.int(2), imm.nil(t.int)))
    const all: Handle<List<Int>> = s.cons(imm.int(first), two)
    return s.local(numbers).get().concat(s.call(sum, all).get())
  })
  return longer.length + Number(first)
}

export function aValueKeptPastAnAllocation(): void {
  engine.peek((cx) => {
    const value = cx.get(numbers)
    engine.call('Gc', 'minor')
    // Looking again takes another capability, which does not take the old value.
    // @ts-expect-error
    engine.peek((again) => again.isNil(value))
  })
}

export function aValueEscapingAsAResult(): void {
  // @ts-expect-error
  engine.peek((cx) => cx.get(numbers))
  // @ts-expect-error
  engine.peek((cx) => [cx.get(numbers)])
  // @ts-expect-error
  engine.peek((cx) => () => cx.get(numbers))
}

export function aValueEscapingIntoAVariable(): void {
  let kept: Val<unknown, List<Int>> | undefined
  let forOthers: Val<'mine', List<Int>> | undefined
  engine.peek((cx) => {
    // @ts-expect-error
    kept = cx.get(numbers)
    // @ts-expect-error
    forOthers = cx.get(numbers)
  })
  void [kept, forOthers]
}

export function theCapabilityEscaping(): void {
  // @ts-expect-error
  engine.peek((cx) => cx)
  let kept: NoAlloc<unknown> | undefined
  engine.peek((cx) => {
    // @ts-expect-error
    kept = cx
  })
  void kept
}

export function aValueOfAnotherEngine(): void {
  engine.peek((mine) =>
    other.peek((theirs) => {
      // @ts-expect-error
      theirs.head(mine.get(numbers))
      return 0
    }),
  )
}

export function aLocalEscapingItsScope(): void {
  // @ts-expect-error
  engine.scope((s) => s.build(t.int, 1))
  // @ts-expect-error
  engine.scope((s) => ({ kept: s.some(imm.unit) }))
  let kept: Local<unknown> | undefined
  engine.scope((s) => {
    // @ts-expect-error
    kept = s.build(t.int, 1)
  })
  void kept
}

export function theScopeEscaping(): void {
  // @ts-expect-error
  engine.scope((s) => s)
}

export function aRawValueInAnAllocatingCall(f: Root<Fn<[List<Int>], Int>>): void {
  engine.peek((cx) => {
    const value = cx.get(numbers)
    engine.scope((s) => {
      // @ts-expect-error
      s.call(f, value)
      // @ts-expect-error
      s.cons(imm.int(1), value)
      // @ts-expect-error
      s.some(value)
    })
    // @ts-expect-error
    numbers.set(value)
  })
}

export function theWrongType(f: Root<Fn<[List<Int>, Str], Int>>): void {
  // @ts-expect-error
  engine.peek((cx) => cx.int(cx.get(text)))
  // @ts-expect-error
  engine.peek((cx) => cx.head(cx.get(text)))
  // @ts-expect-error
  engine.peek((cx) => cx.string(cx.head(cx.get(numbers))))
  // @ts-expect-error
  numbers.set(text)
  engine.scope((s) => {
    s.call(f, numbers, text)
    // @ts-expect-error
    s.call(f, numbers, numbers)
    // @ts-expect-error
    s.call(f, numbers)
    // @ts-expect-error
    s.cons(text, numbers)
    // @ts-expect-error
    s.call(text, numbers)
  })
  // @ts-expect-error
  const wrong: Root<Str> = engine.build(t.int, 1)
  void wrong
}

export function theWrongJavaScript(): void {
  const add = engine.function('M', 'add', t.fn([t.int, t.int], t.int))
  add(1, 2n)
  // @ts-expect-error
  add(1, 'x')
  // @ts-expect-error
  add(1)
  // @ts-expect-error
  const text: string = add(1, 2)
  // @ts-expect-error
  engine.build(t.list(t.string), [1])
  // @ts-expect-error
  engine.build(t.option(t.option(t.int)), 1)
  engine.build(t.option(t.option(t.int)), { some: undefined })
  void text
}

export function aFieldOfAnotherRecord(): void {
  const point = t.record({ x: t.int, y: t.string })
  const size = t.record({ w: t.int, h: t.int })
  const root = engine.build(point, { x: 1, y: 'a' })
  engine.peek((cx) => cx.int(cx.field(cx.get(root), point.fields.x)))
  // @ts-expect-error
  engine.peek((cx) => cx.int(cx.field(cx.get(root), size.fields.w)))
  // @ts-expect-error
  engine.peek((cx) => cx.int(cx.field(cx.get(root), point.fields.y)))
}
