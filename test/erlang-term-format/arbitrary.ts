/** Generators of terms. Values come from small pools, so that equal and nearly equal terms are frequent. */

import fc from 'fast-check'
import type { Fun, Pid, RecordTerm, Term } from '../../src/erlang-term-format/index.ts'
import {
  atom,
  binary,
  bitstring,
  exportFun,
  float,
  int,
  listOf,
  listWithTail,
  mapOf,
  pid,
  port,
  reference,
  tuple,
} from '../../src/erlang-term-format/index.ts'

const limits = [0n, 255n, 256n, 2n ** 31n, 2n ** 32n, 2n ** 40n, 2n ** 53n, 2n ** 63n, 2n ** 64n, 2n ** 2040n]

const nearLimit = fc
  .tuple(fc.constantFrom(...limits), fc.bigInt(-2n, 2n), fc.constantFrom(1n, -1n))
  .map(([limit, near, sign]) => sign * (limit + near))

export const arbitraryInt = fc
  .oneof(fc.bigInt(-3n, 3n), nearLimit, fc.bigInt(-(2n ** 200n), 2n ** 200n))
  .map(int)

const nearLimitFloat = fc
  .tuple(fc.constantFrom(...limits.slice(0, -1)), fc.constantFrom(-1, 0, 1))
  .map(([limit, near]) => Number(limit) + near)

const decimalFloat = fc
  .tuple(fc.integer({ min: -99999, max: 99999 }), fc.integer({ min: -30, max: 30 }))
  .map(([digits, exponent]) => Number(`${digits}e${exponent}`))

/** Without -0.0, which is not itself everywhere before OTP 27. */
export const arbitraryFloat = fc
  .oneof(nearLimitFloat, decimalFloat, fc.double({ noNaN: true, noDefaultInfinity: true }))
  .map((value) => float(value === 0 ? 0 : value))

const someAtoms = [
  'ok',
  'a',
  'b',
  'A',
  'foo bar',
  '',
  'été',
  'æ÷',
  '日本',
  '𝒳',
  '\uffff',
  "it's",
  'if',
  'x@y',
  '_',
]

export const arbitraryAtom = fc
  .oneof(fc.constantFrom(...someAtoms), fc.string({ unit: 'grapheme', maxLength: 12 }))
  .map(atom)

const word = fc.constantFrom(0, 1, 2, 255, 2 ** 31, 2 ** 32 - 1)
const node = fc.constantFrom('a@b', 'b@a', 'été@c')
const creation = fc.constantFrom(1, 2, 2 ** 32 - 1)

export const arbitraryPid: fc.Arbitrary<Pid> = fc
  .tuple(node, word, word, creation)
  .map((fields) => pid(...fields))

const arbitraryPort = fc
  .tuple(node, fc.constantFrom(0n, 1n, 2n ** 28n, 2n ** 64n - 1n), creation)
  .map((fields) => port(...fields))

const arbitraryReference = fc
  .tuple(node, creation, fc.integer({ min: 0, max: 2 ** 18 - 1 }), fc.array(word, { maxLength: 4 }))
  .map(([of, created, first, more]) => reference(of, created, [first, ...more]))

const arbitraryExport = fc
  .tuple(fc.constantFrom('lists', 'm x', 'm'), fc.constantFrom('map', 'f', 'F'), fc.nat(3))
  .map((fields) => exportFun(...fields))

const arbitraryBits = fc.oneof(
  fc.uint8Array({ maxLength: 6 }).map(binary),
  fc.string({ maxLength: 6 }).map(binary),
  fc.string({ unit: 'grapheme', maxLength: 4 }).map(binary),
  fc
    .tuple(fc.uint8Array({ minLength: 1, maxLength: 3 }), fc.integer({ min: 1, max: 8 }))
    .map((fields) => bitstring(...fields)),
)

const code = fc.oneof(
  fc.integer({ min: 0, max: 300 }),
  fc.constantFrom(10, 27, 97, 128, 0x3b1, 0xd800, 0x1f600),
)
const arbitraryCodes = fc.array(code.map(int), { maxLength: 5 }).map(listOf)

/** The functions of one module version agree on its uniq. */
export function funOf(module: string, index: number, owner: Pid, free: readonly Term[]): Fun {
  const uniq = new Uint8Array(16).fill(7)
  return {
    kind: 'fun',
    module,
    arity: 1,
    uniq,
    index,
    oldIndex: index,
    oldUniq: 77,
    pid: owner,
    free,
  }
}

type Shapes = { term: Term }

function terms(extra: (parts: fc.Arbitrary<Term[]>) => fc.Arbitrary<Term>[]): fc.Arbitrary<Term> {
  return fc.letrec<Shapes>((tie) => {
    const parts = fc.array(tie('term'), { maxLength: 4, depthIdentifier: 'term' })
    const variants = [...flat, ...nested(parts, tie('term')), ...extra(parts)]
    return {
      term: fc.oneof({ depthSize: 'small', withCrossShrink: true, depthIdentifier: 'term' }, ...variants),
    }
  }).term
}

const flat: fc.Arbitrary<Term>[] = [
  fc.oneof(arbitraryInt, arbitraryFloat, arbitraryAtom, arbitraryBits, arbitraryCodes),
  fc.oneof(arbitraryPid, arbitraryPort, arbitraryReference, arbitraryExport),
]

function nested(parts: fc.Arbitrary<Term[]>, term: fc.Arbitrary<Term>): fc.Arbitrary<Term>[] {
  return [
    parts.map((elements) => tuple(...elements)),
    parts.map(listOf),
    fc.tuple(parts, term).map(([elements, tail]) => listWithTail(elements, tail)),
    parts.map((all) => mapOf(all.map((key, i) => [key, all[(i + 1) % all.length] as Term] as const))),
    fc
      .tuple(fc.constantFrom('m', 'n'), fc.nat(2), arbitraryPid, parts)
      .map(([module, index, owner, free]) => funOf(module, index, owner, free)),
  ]
}

function recordOf(name: string, values: readonly Term[]): RecordTerm {
  return { kind: 'record', flags: 1, module: 'm', name, fields: values.map((_, i) => `f${i}`), values }
}

/** Terms that OTP 25 knows. */
export const arbitraryTerm = terms(() => [])

/** Terms of every kind that can be nested, native records and old funs included. */
export const arbitraryAnyTerm = terms((parts) => [
  fc.tuple(fc.constantFrom('r', 's'), parts).map(([name, values]) => recordOf(name, values)),
  fc.tuple(arbitraryPid, fc.nat(3), parts).map(([owner, index, free]): Term => {
    return { kind: 'oldFun', module: 'm', index, uniq: 5, pid: owner, free }
  }),
  fc.constant(float(-0)),
])
