/** Generated types against what crosses: every term that the encoder makes belongs to the type, no term that is refused does. */

import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { borderEnv } from '../../../src/bridge/exports.ts'
import { outsideInterfaces } from '../../../src/bridge/outside-types.ts'
import { elixirModuleText } from '../../../src/bridge/print-elixir.ts'
import { erlangModuleText } from '../../../src/bridge/print-erlang.ts'
import { decodeBare, encodeBare, int, listOf, type Term } from '../../../src/erlang-term-format/index.ts'
import { Scratch } from '../../daemon/camlnode.ts'
import { erlangShape, type Shape, termOf, typeText } from '../arbitrary-type.ts'
import { causeOf, TestServer } from '../server.ts'
import { dialyzer, elixirc, erlang, erlc } from './tools.ts'

const functions = 60
const termsEach = 6

/** Each shape in a module of its own, with the identity on it as a function of the unit; a second parameter, so that `unit` has a form. */
function sourceOf(shapes: readonly Shape[]): string {
  const modules = shapes.map((shape, i) => {
    const { declarations, type } = typeText(shape)
    return `module M${i} = struct ${declarations}\nlet f (v : ${type}) (_ : int) : ${type} = v end\nlet f${i} = M${i}.f\n`
  })
  return modules.join('')
}

/** A line of type_walk's input. `131` is the version that a decoder of Erlang expects. */
const line = (i: number, which: string, expected: 'yes' | 'no', term: Uint8Array): string =>
  `shapes f${i} 3 ${which} ${expected} ${Buffer.from([131, ...term]).toString('base64')}\n`

class Random {
  readonly shapes: readonly Shape[]
  readonly terms: readonly (readonly Term[])[]
  readonly server: TestServer
  lines = ''

  constructor(seed: number) {
    // A function as the result would be more parameters.
    const shape = erlangShape.filter(({ kind }) => kind !== 'erlang')
    this.shapes = fc.sample(shape, { numRuns: functions, seed })
    this.terms = this.shapes.map((shape, i) =>
      fc.sample(termOf(shape), { numRuns: termsEach, seed: seed + i }),
    )
    this.server = new TestServer({ 'shapes.ml': sourceOf(this.shapes) })
  }

  /** What fits crosses, and what comes back is of the type. */
  own(i: number, term: Term): void {
    const argument = encodeBare(term)
    const outcome = this.server.raw('shapes', `f${i}`, encodeBare(listOf([term, int(0)])))
    if (outcome.kind !== 'return') throw new Error(`f${i} refused its term`)
    this.lines += line(i, 'result', 'yes', outcome.value) + line(i, '2', 'yes', argument)
  }

  /** A term of another type: where it is refused it is not of the type, but for the range of integers. */
  foreign(i: number, term: Term): void {
    const outcome = this.server.raw('shapes', `f${i}`, encodeBare(listOf([term, int(0)])))
    if (outcome.kind === 'return') this.lines += line(i, 'result', 'yes', outcome.value)
    else if (!/ integer of 6[34] bits/.test(causeOf(decodeBare(outcome.stack))))
      this.lines += line(i, '2', 'no', encodeBare(term))
  }

  files(): Record<string, string> {
    const { compiler } = this.server
    const env = borderEnv((unit) => compiler.interfaceOf(unit))
    const [found] = outsideInterfaces(env, ['Shapes'], (unit) => compiler.isOfLibrary(unit))
    if (found === undefined) throw new Error('no interface')
    const options = { moduleOf: new Map(), source: 'shapes.ml', documentation: () => undefined, refused: [] }
    return {
      'shapes.erl': erlangModuleText(found, { ...options, module: 'shapes' }),
      'shapes.ex': elixirModuleText(found, { ...options, module: 'Caml.Shapes' }),
      'terms.txt': this.lines,
      'type_walk.erl': readFileSync(new URL('type_walk.erl', import.meta.url), 'utf8'),
    }
  }
}

const seed = Math.floor(Math.random() * 2 ** 31)

describe(`types of random functions (seed ${seed})`, () => {
  const random = new Random(seed)
  random.terms.forEach((terms, i) => {
    for (const term of terms) random.own(i, term)
    for (let k = 1; k <= 4; k++) {
      const other = random.terms[(i + k * 7) % functions] as readonly Term[]
      for (const term of other.slice(0, 2)) random.foreign(i, term)
    }
  })
  const scratch = new Scratch(random.files())
  const { folder } = scratch

  test('compile', () => {
    expect(erlc(folder, ['shapes.erl', 'type_walk.erl'])).toBe('')
  })
  test('hold what crosses', () => {
    const lines = random.lines.split('\n').length - 1
    expect(erlang(folder, 'type_walk', ['.', 'terms.txt'])).toBe(`checked ${lines}\n`)
  }, 60_000)
  test('are accepted by dialyzer', () => {
    expect(dialyzer(folder, ['shapes.beam'])).toBe('')
  }, 120_000)
  test('are accepted by elixirc', () => {
    expect(elixirc(folder, ['shapes.ex'])).toBe('')
  }, 120_000)
})
