/** Any term of any type, into the heap and out again, with collections in between and the heap verified after each. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sourceOfString } from '../../src/base/region.ts'
import { Builder } from '../../src/bridge/build.ts'
import { Checker } from '../../src/bridge/check.ts'
import type { Codec } from '../../src/bridge/codec.ts'
import { CodecDeriver } from '../../src/bridge/derive.ts'
import { Encoder } from '../../src/bridge/encode.ts'
import { Handles } from '../../src/bridge/handles.ts'
import { Heap } from '../../src/bridge/heap.ts'
import { LibraryBuilder } from '../../src/bridge/library-builder.ts'
import type { Domain } from '../../src/engine/domain.ts'
import { runtimeFlags } from '../../src/engine/runtime.ts'
import { decodeBare, int, listOf, type Term, TermWriter } from '../../src/erlang-term-format/index.ts'
import { parseInterface } from '../../src/syntax/index.ts'
import { addSignature, newStore } from '../../src/typing/env.ts'
import { inferInterface } from '../../src/typing/infer.ts'
import { predefinedEnv } from '../../src/typing/predef.ts'
import { arbitraryShape, termOf, typeText } from './arbitrary-type.ts'
import { newDomain } from './server.ts'

const noUnits = () => undefined

/** The codec of `type` after `declarations`. */
function codecOf(declarations: string, type: string): Codec {
  const items = parseInterface(sourceOfString('t.mli', `${declarations}\nval v : ${type}\n`))
  const { signature, diagnostics } = inferInterface({ name: 'T', items, loadInterface: noUnits })
  if (signature === undefined) throw new Error(diagnostics.map((d) => d.message).join('\n'))
  const env = addSignature(predefinedEnv(newStore(noUnits)), signature)
  const value = signature.find((item) => item.kind === 'value')
  if (value?.kind !== 'value') throw new Error('no value')
  return new CodecDeriver(env).codecOf(value.description.type)
}

class RoundTrip {
  readonly domain: Domain
  private readonly heap: Heap
  private readonly checker: Checker
  private readonly builder: Builder
  private readonly encoder: Encoder

  constructor(flags: number, minorWords: number) {
    this.domain = newDomain({ flags, minorWords, stackBytes: 1 << 20 })
    this.heap = new Heap(this.domain.runtime)
    const handles = new Handles(this.domain.runtime.exports, () => ({ node: 'n', creation: 0, domain: 0 }))
    this.checker = new Checker(handles)
    this.builder = new Builder(this.heap, handles, new LibraryBuilder(this.heap, () => 1n))
    this.encoder = new Encoder(this.heap, handles, 1 << 24)
  }

  run(codecs: readonly Codec[], terms: readonly Term[]): Term[] {
    const writer = new TermWriter()
    writer.listHeader(terms.length)
    for (const term of terms) writer.term(term)
    writer.nil()
    const roots = this.build(codecs, writer.finish())
    this.collect()
    const results = codecs.map((codec, i) => this.encode(codec, roots[i] as number))
    for (const root of roots) this.domain.runtime.exports.root_delete(root)
    return results
  }

  private build(codecs: readonly Codec[], args: Uint8Array): number[] {
    const { checker, heap, domain } = this
    const base = domain.runtime.control('stackBase')
    checker.start(args)
    checker.cursor.readListLength()
    const { bytes, offset } = checker.cursor
    checker.arguments(codecs)
    if (!heap.reserve(base, checker.words, checker.largest)) throw new Error('no room')
    this.builder.arguments(codecs, bytes, offset, checker.tape, base)
    return codecs.map(
      (_, i) => domain.runtime.exports.root_create(heap.values[(base >>> 3) + i] as bigint) >>> 0,
    )
  }

  private collect(): void {
    const { exports } = this.domain.runtime
    const base = this.domain.runtime.control('stackBase')
    exports.collect(base, 0)
    exports.full_major(base)
    expect(exports.verify(base)).toBe(0)
  }

  private encode(codec: Codec, slot: number): Term {
    this.encoder.start('result', new Uint8Array(0))
    this.encoder.encode(codec, slot)
    return decodeBare(this.encoder.writer.finish())
  }
}

/** Makes everything together larger than the part of a small minor heap that a decoded value may take. */
const padding = {
  codec: codecOf('', 'int list'),
  term: listOf(Array.from({ length: 200 }, (_, i) => int(i))),
}

const cases = fc.array(
  arbitraryShape.chain((shape) => termOf(shape).map((term) => ({ text: typeText(shape), term }))),
  { minLength: 1, maxLength: 3 },
)

describe('codecs', () => {
  it.each([
    ['in the minor heap', runtimeFlags.verify | runtimeFlags.stress | runtimeFlags.alternate, 32_768],
    ['in the major heap', runtimeFlags.verify, 1024],
  ])('bring every value back, %s', (_, flags, minorWords) => {
    const trip = new RoundTrip(flags, minorWords)
    const check = (
      list: readonly {
        readonly text: { readonly declarations: string; readonly type: string }
        readonly term: Term
      }[],
    ) => {
      const codecs = [padding.codec, ...list.map(({ text }) => codecOf(text.declarations, text.type))]
      const terms = [padding.term, ...list.map(({ term }) => term)]
      expect(trip.run(codecs, terms)).toEqual(terms)
    }
    fc.assert(fc.property(cases, check), { numRuns: 300 })
  })

  it('take parameters, constraints and recursion as they come', () => {
    const declarations = `
      type ('a, 'b) pair = { left : 'a; right : 'b }
      type 'a t = 'a list constraint 'a = int * 'b
      type even = Zero | Odd of odd and odd = Even of even
      type 'a same = 'a
      type loop = [ \`Next of loop same list | \`End ]`
    expect(codecOf(declarations, '(int, string) pair')).toMatchObject({
      fields: [{ codec: { kind: 'int' } }, { codec: { kind: 'string' } }],
    })
    expect(codecOf(declarations, '(int * string) t')).toMatchObject({
      element: { elements: [{ kind: 'int' }, { kind: 'string' }] },
    })
    const even = codecOf(declarations, 'even')
    expect(even).toMatchObject({
      blocks: [{ arguments: [{ kind: 'variant', blocks: [{ arguments: [{ kind: 'recursive' }] }] }] }],
    })
    expect(codecOf(declarations, 'loop')).toMatchObject({
      tags: [{ arguments: [{ kind: 'list', element: { kind: 'recursive' } }] }, { arguments: [] }],
    })
    expect(codecOf(declarations, "([ `A of 'a list ] as 'a)").kind).toBe('polymorphic-variant')
  })

  it.each([
    ['type t', 't'],
    ['type t = ..', 't'],
    ['type _ t = I : int t | S : string t', 'int t'],
    ['', 'int -> int'],
    ['', "'a"],
    ['', "'a array"],
    ['', '< m : int >'],
  ])('leave opaque what has no form: %s %s', (declarations, type) => {
    expect(codecOf(declarations, type).kind).toBe('opaque')
  })

  it.each([
    ["type 'a t = Nil | Cons of 'a * ('a * 'a) t", 'int t', /no finite description/],
    ['type t = RgbColor | Rgb_color', 't', /two constructors that are rgb_color in Erlang/],
    ['type t = { a : int; b : int [@erlang "a"] }', 't', /two fields have the same name/],
    ['', '[ `A | `a ]', /one atom in Erlang/],
  ])('refuse %s %s', (declarations, type, message) => {
    expect(() => codecOf(declarations, type)).toThrow(message)
  })
})
