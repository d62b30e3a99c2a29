/**
 * The prelude: what every unit needs and no unit can hold, in Code.
 *
 *     apply n   (a₁ … aₙ, f)   f takes another number of arguments than n: one by one
 *     curry n   (a₁, f)        f takes n arguments: a closure of arity n - 1 that remembers a₁ and f
 *     partial n (a₂ … , c)     c was made by curry (n+1): f's full code on what c remembers and the rest
 *     force     (l)            the value of a lazy block, computed once
 *     raiser    (unit, c)      raises the exception that its closure remembers
 *
 * A closure that curry makes is [code, info, (full), a₁, f].
 */

import { noRegion } from '../base/region.ts'
import {
  type CodeFunction,
  newSite,
  numberSites,
  type Simple,
  type Statement,
  type Variable,
} from './code.ts'
import { FunctionBuilder } from './function-builder.ts'
import { headerWord, tagged, tags } from './layout.ts'
import type { CodeUnit } from './normalise-unit.ts'
import { placePolls } from './place-polls.ts'
import { maxCurriedArity, preludeFunction } from './prelude-table.ts'
import { closureWords } from './scope.ts'
import { addressOf, field, i32, i64, immediate, opOf, read, relocated } from './simple.ts'
import { StaticData } from './static-data.ts'

type Body = (b: FunctionBuilder, parameters: readonly Variable[], env: Variable) => void

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
  define(preludeFunction('force', 0), 'force', 1, false, (b, [suspended]) => force(b, suspended as Variable))
  define(preludeFunction('raiser', 0), 'raiser', 1, true, raiser)
  return {
    name: 'prelude',
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
  b.emit({ kind: 'return', value: b.allocate('closure', headerWord(fields.length, tags.closure), fields) })
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

/**
 * A lazy block's field 0 is the suspended function. While it runs, forcing again raises Undefined; if it raises, forcing
 * again raises the same: both are functions that raise.
 */
function force(b: FunctionBuilder, suspended: Variable): void {
  const block = addressOf(read(suspended))
  const f = b.name('f', { simple: field(read(suspended), 0), representation: 'value' })
  const undefinedException = field(relocated({ kind: 'unit', name: 'caml_predef' }, 0), undefinedIndex)
  b.effect('caml_modify', [block, raiserOf(b, undefinedException)])
  const result = b.variable('v', 'value', true)
  const exception = b.variable('e', 'value')
  const body: Statement[] = b.collect(() => {
    b.emit({
      kind: 'call',
      result,
      target: { kind: 'closure', closure: f.simple },
      arguments: [immediate(0)],
      site: newSite(noRegion),
    })
  })
  const handler: Statement[] = b.collect(() => {
    b.effect('caml_modify', [block, raiserOf(b, read(exception))])
    b.emit({ kind: 'raise', exception: read(exception), site: newSite(noRegion) })
  })
  b.emit({ kind: 'try', body, exception, handler })
  b.effect('caml_modify', [block, read(result)])
  // From Lazy to Forward: only the tag byte changes.
  const tagAddress = opOf('i32_sub', block, i32(8))
  b.emit({
    kind: 'store',
    op: 'i64_store8',
    address: tagAddress,
    offset: 0,
    value: i64(BigInt(tags.forward)),
  })
  b.emit({ kind: 'return', value: read(result) })
}

/** The place of Undefined_recursive_module's neighbour CamlinternalLazy.Undefined among the predefined exceptions. */
const undefinedIndex = 12

const raiserField = closureWords(1)

function raiserOf(b: FunctionBuilder, exception: Simple): Simple {
  const code = relocated({ kind: 'preludeCode' }, preludeFunction('raiser', 0))
  const info = i64(tagged((1n << 32n) | BigInt(raiserField)))
  const fields = [code, info, exception].map((value) => ({ value, float: false }))
  return b.allocate('raiser', headerWord(fields.length, tags.closure), fields)
}

function raiser(b: FunctionBuilder, _: readonly Variable[], closure: Variable): void {
  b.emit({ kind: 'raise', exception: field(read(closure), raiserField), site: newSite(noRegion) })
}
