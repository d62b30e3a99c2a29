/**
 * The prelude: what every unit needs and no unit can hold, in Code.
 *
 *     apply n   (a₁ … aₙ, f)   f takes another number of arguments than n: one by one
 *     curry n   (a₁, f)        f takes n arguments: a closure of arity n - 1 that remembers a₁ and f
 *     partial n (a₂ … , c)     c was made by curry (n+1): f's full code on what c remembers and the rest
 *
 * A closure that curry makes is [code, info, (full), a₁, f].
 *
 * The fiber functions are in `fibers.ts`.
 */

import { noRegion } from '../base/region.ts'
import { type CodeFunction, newSite, numberSites, type Simple, type Variable } from './code.ts'
import { type Body, defineFibers } from './fibers.ts'
import { FunctionBuilder } from './function-builder.ts'
import { tagged, tags } from './layout.ts'
import type { CodeUnit } from './normalise-unit.ts'
import { placePolls } from './place-polls.ts'
import { maxCurriedArity, preludeFunction, preludeName } from './prelude-table.ts'
import { closureWords } from './scope.ts'
import { field, i64, read, relocated } from './simple.ts'
import { StaticData } from './static-data.ts'

export function preludeUnit(): CodeUnit {
  const data = new StaticData()
  const block = data.atom(0)
  const functions: CodeFunction[] = []
  const define = (index: number, name: string, arity: number, takesEnv: boolean, body: Body): void => {
    functions[index] = build(data, index, name, arity, takesEnv, body)
  }
  define(0, 'prelude.(init)', 0, false, (b) =>
    b.emit({ kind: 'return', value: relocated({ kind: 'data' }, block) }),
  )
  for (let n = 2; n <= maxCurriedArity; n++) {
    define(preludeFunction('apply', n), `apply${n}`, n, true, applyOneByOne)
    define(preludeFunction('curry', n), `curry${n}`, 1, true, (b, [a], f) => curry(b, n, a as Variable, f))
  }
  for (let n = 1; n < maxCurriedArity; n++) {
    define(preludeFunction('partial', n), `partial${n}`, n, true, (b, rest, closure) =>
      partial(b, n, rest, closure),
    )
  }
  defineFibers((index, name, arity, body) => define(index, name, arity, false, body))
  return {
    name: preludeName,
    functions,
    data,
    slots: { offset: 0, count: 0 },
    module: { offset: block, size: 0 },
    approximation: { kind: 'block', fields: [] },
  }
}

function build(
  data: StaticData,
  index: number,
  name: string,
  arity: number,
  takesEnv: boolean,
  body: Body,
): CodeFunction {
  const builder = new FunctionBuilder(data, noRegion)
  const parameters = Array.from({ length: arity }, (_, i) => builder.variable(`a${i + 1}`, 'value'))
  const env = builder.variable('env', 'value')
  const statements = builder.collect(() => body(builder, parameters, env))
  const polled = placePolls(statements, noRegion)
  return {
    index,
    name,
    region: noRegion,
    parameters,
    env: takesEnv ? env : undefined,
    variables: builder.variables,
    body: polled,
    sites: numberSites(polled),
  }
}

/** f's arity is not n: if it is smaller, f a₁ … yields a function on the way; if it is greater, a partial application. */
function applyOneByOne(b: FunctionBuilder, parameters: readonly Variable[], f: Variable): void {
  let closure = read(f)
  for (const parameter of parameters.slice(0, -1)) {
    const result = b.variable('f', 'value')
    const target = { kind: 'closure', closure } as const
    b.emit({ kind: 'call', result, target, arguments: [read(parameter)], site: newSite(noRegion) })
    closure = read(result)
  }
  const last = parameters.at(-1) as Variable
  b.emit({ kind: 'tailCall', target: { kind: 'closure', closure }, arguments: [read(last)] })
}

function curry(b: FunctionBuilder, n: number, a: Variable, f: Variable): void {
  const arity = n - 1
  const code = (index: number): Simple => relocated({ kind: 'preludeCode' }, index)
  const full = code(preludeFunction('partial', arity))
  const info = i64(tagged((BigInt(arity) << 32n) | BigInt(closureWords(arity))))
  const head = arity === 1 ? [full, info] : [code(preludeFunction('curry', arity)), info, full]
  const fields = [...head, read(a), read(f)].map((value) => ({ value, float: false }))
  b.emit({ kind: 'return', value: b.allocate('closure', tags.closure, fields) })
}

/** Jumps to the full code of the closure behind `closure`, whose arity is n + 1. */
function partial(b: FunctionBuilder, n: number, rest: readonly Variable[], closure: Variable): void {
  const remembered = closureWords(n)
  const first = b.name('a', { simple: field(read(closure), remembered, true), representation: 'value' })
  const f = b.name('f', { simple: field(read(closure), remembered + 1, true), representation: 'value' })
  b.emit({
    kind: 'tailCall',
    target: { kind: 'closure', closure: f.simple },
    arguments: [first.simple, ...rest.map(read)],
  })
}
