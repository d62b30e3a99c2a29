/**
 * `Erlang.term`: any term crosses the border and comes back, and what the border builds is what the library's own reader of
 * bytes makes of the same term.
 */

import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { runtimeFlags } from '../../src/engine/runtime.ts'
import {
  atom,
  binary,
  encode,
  encodeBare,
  exactlyEqual,
  int,
  isBinary,
  isTuple,
  list,
  listWithTail,
  mapOf,
  type Term,
  tuple,
} from '../../src/erlang-term-format/index.ts'
import { arbitraryTerm } from '../erlang-term-format/arbitrary.ts'
import { TestServer } from './server.ts'

const source = `
let echo (t : Erlang.term) = t
let same (t : Erlang.term) s = Erlang.binary_to_term s = t
let recode s = Erlang.(term_to_binary (binary_to_term s))
let written (t : Erlang.term) = Erlang.term_to_binary t
let shown (t : Erlang.term) = Erlang.to_string t
let made which : Erlang.term = match which with
  | 0 -> Atom (String.make 256 'a')
  | 1 -> Atom "\\255"
  | 2 -> Float nan
  | 3 -> Map [ (Int 1, Int 2); (Int 1, Int 3) ]
  | 4 -> Bits ("", 3)
  | 5 -> Pid (Obj.magic "nonsense" : Erlang.pid)
  | 6 -> Tuple [ List [ Float infinity ] ]
  | _ -> Improper ([], List [])
let refused (t : int) = match made t with t -> (match Erlang.term_to_binary t with _ -> "" | exception Invalid_argument s -> s)
`

let server: TestServer
beforeAll(() => {
  server = new TestServer({ 'terms.ml': source }, { flags: runtimeFlags.verify })
})

describe('any term', () => {
  it('comes back', () => {
    fc.assert(
      fc.property(arbitraryTerm, (term) => {
        expect(exactlyEqual(server.value('terms', 'echo', term), term)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('is the same value for both readers, and the same term for both writers', () => {
    fc.assert(
      fc.property(arbitraryTerm, (term) => {
        const bytes = binary(encode(term))
        expect(server.value('terms', 'same', term, bytes)).toEqual(atom('true'))
        const written = server.value('terms', 'written', term)
        expect(exactlyEqual(server.value('terms', 'recode', bytes), written)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it.each([
    ['a long list', list(...Array.from({ length: 100_000 }, (_, i) => int(i)))],
    ['a list of codes', encodeBareString()],
    ['a list in pieces', listWithTail([int(1), int(2)], list(int(3), listWithTail([int(4)], atom('end'))))],
    ['a large binary', binary(new Uint8Array(3 << 20).fill(7))],
    ['a large map', mapOf(Array.from({ length: 5000 }, (_, i) => [int(i), list(int(i))]))],
  ])('%s', (_, term) => {
    expect(exactlyEqual(server.value('terms', 'echo', term as Term), term as Term)).toBe(true)
  })
})

function encodeBareString(): Term {
  return list(...Array.from({ length: 300 }, (_, i) => int(i % 256)))
}

describe('what Erlang does not have', () => {
  it.each([
    [0, 'no atom'],
    [1, 'no atom'],
    [2, 'has no Erlang float'],
    [3, 'a map with a key twice'],
    [4, 'no bitstring'],
    [5, 'no pid'],
    [6, 'has no Erlang float'],
  ])('%i is refused as a result', (which, why) => {
    const { reason } = server.answer('terms', 'made', int(which))
    if (reason === undefined || !isTuple(reason, 2)) throw new Error('not refused')
    expect(reason.elements[0]).toEqual(atom('bad_return_value'))
    const text = reason.elements[1] as Term
    expect(isBinary(text) ? new TextDecoder().decode(text.bytes) : '').toContain(why)
  })

  it.each([0, 1, 2, 3, 4, 6])('%i is refused by the library', (which) => {
    const text = server.value('terms', 'refused', int(which))
    expect(isBinary(text) ? new TextDecoder().decode(text.bytes) : '').toMatch(/^Erlang: /)
  })
})

describe('bytes', () => {
  it('that are no term raise Failure, whatever they are', () => {
    const place = fc.tuple(fc.nat(), fc.nat({ max: 255 }))
    fc.assert(
      fc.property(
        arbitraryTerm,
        fc.array(place, { minLength: 1, maxLength: 4 }),
        fc.nat(),
        (term, changes, cut) => {
          const bytes = Uint8Array.from(encode(term))
          for (const [at, byte] of changes) bytes[at % bytes.length] = byte
          const { value, reason } = server.answer(
            'terms',
            'recode',
            binary(bytes.subarray(0, bytes.length - (cut % 3))),
          )
          if (value !== undefined) return
          const [, name] = reason?.kind === 'tuple' ? reason.elements : []
          expect(['Failure', 'Invalid_argument']).toContain(name?.kind === 'atom' ? name.name : reason)
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('are shown as Erlang writes terms', () => {
    const term = tuple(atom('a'), list(int(1), binary('b')), mapOf([[atom('k'), int(2)]]))
    expect(server.value('terms', 'shown', term)).toEqual(binary('{a,[1,<<"b">>],#{k => 2}}'))
    expect(encodeBare(term).length).toBeGreaterThan(0)
  })
})
