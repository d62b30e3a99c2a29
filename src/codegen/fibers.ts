/**
 * Fibers: the functions of the prelude that effect handlers are made of, in Code.
 *
 *     run (f, x, h)             f x, with the handler h
 *     continue (k, v, how)      the rest of k, with k's own handler
 *     resume (k, v, how, h)     the rest of k, with the handler h
 *     reperform (e, k)          performs e once more, outside of k's handler; its continuation goes on with k
 *
 * A handler is a block [retc, exnc, effect] of closures: what becomes of a value, of an exception, and of an effect with its
 * continuation. All three are called in tail position, so the stack does not grow with the number of effects.
 *
 * A *boundary* is a frame of `run` or `resume` at a call whose frames above are a fiber. Effects come to the innermost one
 * as exceptions come to a `try`; it takes the frames above it for the continuation (src/runtime/continuations.ts). A
 * fiber that has been resumed is on the stack with its innermost frame only; `resume` holds the rest and moves the next
 * frame up when one has returned.
 *
 * `how` a frame goes on: with the value v (0), or with the exception v, out of the frame above (1) or from outside (2).
 */

import { noRegion } from '../base/region.ts'
import { newSite, type Simple, type Statement, type Variable } from './code.ts'
import type { FunctionBuilder } from './function-builder.ts'
import { control } from './layout.ts'
import { fiberFunction } from './prelude-table.ts'
import { addressOf, field, i32, immediate, load, opOf, read, unit } from './simple.ts'

export type Body = (b: FunctionBuilder, parameters: readonly Variable[], env: Variable) => void

const goOn = immediate(0)
const raiseOn = immediate(1)
const discontinue = immediate(2)

/** Fields of a handler, and the field of a continuation that holds it. */
const onValue = 0
const onException = 1
const onEffect = 2
const handlerOfContinuation = 2

export function defineFibers(define: (index: number, name: string, arity: number, body: Body) => void): void {
  define(fiberFunction('caml_fiber_run'), 'fiber.run', 3, (b, [f, x, h]) =>
    run(b, f as Variable, x as Variable, h as Variable),
  )
  define(fiberFunction('caml_fiber_continue'), 'fiber.continue', 3, (b, [k, v, how]) =>
    resumeWith(b, k as Variable, v as Variable, how as Variable),
  )
  define(fiberFunction('caml_fiber_resume'), 'fiber.resume', 4, (b, [k, v, how, h]) =>
    resume(b, k as Variable, v as Variable, how as Variable, h as Variable),
  )
  define(fiberFunction('caml_fiber_reperform'), 'fiber.reperform', 2, (b, [e, k]) =>
    reperform(b, e as Variable, k as Variable),
  )
}

function run(b: FunctionBuilder, f: Variable, x: Variable, h: Variable): void {
  const result = b.variable('result', 'value')
  const body = b.collect(() =>
    b.emit({
      kind: 'call',
      result,
      target: { kind: 'closure', closure: read(f) },
      arguments: [read(x)],
      site: newSite(noRegion),
    }),
  )
  boundary(b, body, unit, h, (exception) => tailHandler(b, h, onException, [exception]))
  tailHandler(b, h, onValue, [read(result)])
}

function resume(b: FunctionBuilder, k: Variable, v: Variable, way: Variable, h: Variable): void {
  const fiber = b.variable('fiber', 'value', true)
  const what = b.variable('what', 'value', true)
  const how = b.variable('how', 'int', true)
  b.set(fiber, read(k))
  b.set(what, read(v))
  b.set(how, read(way))
  const body = b.collect(() => {
    dropEmptyBlock(b, fiber)
    when(b, isSame(read(fiber), unit), () => finish(b, what, how, h))
    const step = b.collect(() => {
      const target = { kind: 'external', name: 'caml_continuation_step' } as const
      const site = newSite(noRegion)
      b.emit({ kind: 'call', result: what, target, arguments: [read(fiber), read(what), read(how)], site })
      b.set(how, goOn)
    })
    boundary(b, step, read(fiber), h, (exception) => {
      b.set(what, exception)
      b.set(how, raiseOn)
    })
  })
  b.emit({ kind: 'loop', body, site: newSite(noRegion) })
}

/** All frames of a block have returned: the older ones are in the next. */
function dropEmptyBlock(b: FunctionBuilder, fiber: Variable): void {
  const bytes = load('i32_load', addressOf(read(fiber)), 0)
  when(b, opOf('i32_eqz', bytes), () => b.set(fiber, field(read(fiber), 1)))
}

/** The fiber has no frames left. */
function finish(b: FunctionBuilder, what: Variable, how: Variable, h: Variable): void {
  when(b, isSame(read(how), goOn), () => tailHandler(b, h, onValue, [read(what)]))
  tailHandler(b, h, onException, [read(what)])
}

function resumeWith(b: FunctionBuilder, k: Variable, v: Variable, how: Variable): void {
  const args = [read(k), read(v), read(how), field(read(k), handlerOfContinuation, true)]
  tailFiber(b, 'caml_fiber_resume', args)
}

function reperform(b: FunctionBuilder, e: Variable, k: Variable): void {
  const what = b.variable('what', 'value', true)
  const how = b.variable('how', 'int', true)
  const exception = b.variable('exception', 'value')
  const target = { kind: 'external', name: 'caml_perform' } as const
  b.emit({
    kind: 'try',
    body: b.collect(() => {
      b.emit({ kind: 'call', result: what, target, arguments: [read(e)], site: newSite(noRegion) })
      b.set(how, goOn)
    }),
    exception,
    handler: b.collect(() => {
      b.set(what, read(exception))
      b.set(how, discontinue)
    }),
    effects: false,
  })
  const h = field(read(k), handlerOfContinuation, true)
  tailFiber(b, 'caml_fiber_resume', [read(k), read(what), read(how), h])
}

/** Runs `body` as the frame below a fiber, of which `rest` is not on the stack. */
function boundary(
  b: FunctionBuilder,
  body: readonly Statement[],
  rest: Simple,
  h: Variable,
  onRaise: (exception: Simple) => void,
): void {
  const exception = b.variable('exception', 'value')
  const handler = b.collect(() => {
    when(b, load('i32_load', i32(0), control.performTop), () => {
      const k = b.external('caml_continuation_capture', [rest, read(h)])
      tailHandler(b, h, onEffect, [read(exception), k.simple])
    })
    onRaise(read(exception))
  })
  b.emit({ kind: 'try', body, exception, handler, effects: true })
}

function when(b: FunctionBuilder, condition: Simple, then: () => void): void {
  b.emit({ kind: 'if', condition, then: b.collect(then), otherwise: [] })
}

function isSame(a: Simple, c: Simple): Simple {
  return opOf('i64_eq', a, c)
}

function tailHandler(b: FunctionBuilder, h: Variable, index: number, args: readonly Simple[]): void {
  b.emit({
    kind: 'tailCall',
    target: { kind: 'closure', closure: field(read(h), index, true) },
    arguments: args,
  })
}

function tailFiber(
  b: FunctionBuilder,
  name: Parameters<typeof fiberFunction>[0],
  args: readonly Simple[],
): void {
  b.emit({
    kind: 'tailCall',
    target: { kind: 'direct', function: fiberFunction(name), env: undefined },
    arguments: args,
  })
}
