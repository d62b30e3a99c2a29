/** Against a real Erlang: encoding both ways, order, equality and printing. */

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Atom, Bitstring, List, Term } from '../../src/erlang-term-format/index.ts'
import {
  atom,
  binary,
  compareTerms,
  decode,
  encode,
  exactlyEqual,
  float,
  formatTerm,
  int,
  list,
  listOf,
  looselyEqual,
  map,
  pid,
  tuple,
} from '../../src/erlang-term-format/index.ts'
import { arbitraryFloat, arbitraryTerm } from './arbitrary.ts'
import type { Erl } from './erl.ts'
import { startErl } from './erl.ts'

const seed = 20250705
let erl: Erl

beforeAll(() => {
  erl = startErl()
})
afterAll(() => erl.stop())

async function ask(source: string, payload: Term): Promise<Term> {
  const answer = decode(await erl.eval(source, encode(payload)))
  if (
    answer.kind === 'tuple' &&
    answer.elements[0]?.kind === 'atom' &&
    answer.elements[0].name === 'failed'
  ) {
    throw new Error(formatTerm(answer))
  }
  return answer
}

async function askList(source: string, payload: Term): Promise<readonly Term[]> {
  return ((await ask(source, payload)) as List).elements
}

function bytesOf(term: Term | undefined): Uint8Array {
  return (term as Bitstring).bytes
}

function sample(count: number, salt = 0): Term[] {
  return fc.sample(arbitraryTerm, { numRuns: count, seed: seed + salt })
}

function binaries(terms: readonly Term[]): Term {
  return listOf(terms.map((term) => binary(encode(term))))
}

test('Erlang reads what we write and we read what it writes', async () => {
  const terms = sample(600)
  const answers = await askList(
    '[term_to_binary(binary_to_term(B), [{minor_version, 2}]) || B <- binary_to_term(X)]',
    binaries(terms),
  )
  terms.forEach((term, i) => {
    expect(exactlyEqual(decode(bytesOf(answers[i])), term), formatTerm(term)).toBe(true)
  })
})

test('the same in the older encodings and compressed', async () => {
  const terms = sample(200, 1)
  const options = ['[{minor_version, 0}]', '[{minor_version, 1}]', '[{compressed, 9}]', '[deterministic]']
  for (const option of options) {
    const source = `[try term_to_binary(binary_to_term(B), ${option}) catch error:badarg -> skip end || B <- binary_to_term(X)]`
    const answers = await askList(source, binaries(terms))
    const asked = answers.map((answer, i) => ({ answer, term: terms[i] as Term }))
    const known = asked.filter(({ answer }) => answer.kind === 'bitstring')
    expect(known.length === terms.length || option === '[deterministic]').toBe(true)
    for (const { answer, term } of known) {
      const decoded = decode(bytesOf(answer))
      expect(exactlyEqual(decoded, term) || option.includes('0}'), formatTerm(term)).toBe(true)
    }
  }
})

test('long lists, strings, big maps, big tuples, deep nesting', async () => {
  const numbers = Array.from({ length: 70_000 }, (_, i) => int(i))
  let deep: Term = atom('bottom')
  for (let i = 0; i < 5000; i++)
    deep = i % 2 === 0 ? tuple(deep) : list(deep, deep.kind === 'atom' ? deep : int(i))
  const terms = [
    listOf(numbers),
    listOf(numbers.map(() => int(65))),
    tuple(...numbers.slice(0, 300)),
    map(...numbers.slice(0, 1000).map((n) => [n, n] as const)),
    binary(new Uint8Array(100_000).fill(65)),
    deep,
  ]
  const answers = await askList(
    '[term_to_binary(binary_to_term(B)) || B <- binary_to_term(X)]',
    binaries(terms),
  )
  terms.forEach((term, i) => {
    expect(exactlyEqual(decode(bytesOf(answers[i])), term)).toBe(true)
  })
})

test('live pids, ports, references and funs come back as they were', async () => {
  const source = `
    T = {self(), hd(erlang:ports()), make_ref(), fun(A) -> {A, X} end, fun lists:map/2, alias(), node()},
    put(live, T), T`
  const live = await ask(source, atom('payload'))
  const same = await ask('erase(live) =:= element(2, binary_to_term(X))', tuple(atom('live'), live))
  expect(same).toEqual(atom('true'))
})

describe('order and equality', () => {
  const source = `
    Ts = list_to_tuple([binary_to_term(B) || B <- binary_to_term(X)]),
    N = tuple_size(Ts),
    << <<(begin
            A = element(I, Ts), B = element(J, Ts),
            O = if A < B -> 0; A == B -> 1; true -> 2 end,
            if A =:= B -> O + 4; true -> O end
          end)>> || I <- lists:seq(1, N), J <- lists:seq(1, N) >>`

  async function checkPairs(terms: readonly Term[]): Promise<void> {
    const matrix = bytesOf(await ask(source, binaries(terms)))
    const wrong: string[] = []
    terms.forEach((a, i) => {
      terms.forEach((b, j) => {
        const order = Math.sign(compareTerms(a, b)) + 1 + (exactlyEqual(a, b) ? 4 : 0)
        if (order !== matrix[i * terms.length + j] || looselyEqual(a, b) !== ((order & 3) === 1)) {
          wrong.push(`${formatTerm(a)} ? ${formatTerm(b)}: ${matrix[i * terms.length + j]}, not ${order}`)
        }
      })
    })
    expect(wrong).toEqual([])
  }

  test('every pair of generated terms', async () => {
    await checkPairs(sample(250, 2))
  })

  test('integers and floats of nearly the same value', async () => {
    const around = [
      2 ** 31,
      2 ** 53,
      2 ** 59,
      2 ** 60,
      2 ** 63,
      2 ** 64,
      1e22,
      1.5e300,
      1.7976931348623157e308,
    ]
    const numbers = around.flatMap((value) => [
      float(value),
      float(-value),
      ...[-1n, 0n, 1n, 2n].flatMap((step) => [int(BigInt(value) + step), int(-BigInt(value) + step)]),
    ])
    await checkPairs([
      ...numbers,
      int(0),
      float(0),
      float(0.5),
      float(5e-324),
      int(2n ** 1024n),
      int(-(2n ** 1024n)),
    ])
  })

  test('pids and references', async () => {
    const words = [0, 1, 2, 2 ** 32 - 1]
    const pids = ['a@b', 'b@a'].flatMap((node) =>
      [1, 2].flatMap((creation) =>
        words.flatMap((id) => words.map((serial) => pid(node, id, serial, creation))),
      ),
    )
    await checkPairs(pids)
  })

  test('maps with integers and floats as keys', async () => {
    const keys = [int(1), float(1), int(2), float(0.5), tuple(int(1)), tuple(float(1)), atom('a')]
    const maps = keys.flatMap((a) =>
      keys.flatMap((b) => [map([a, int(1)], [b, int(1)]), map([a, float(1)]), map([map([a, b]), b])]),
    )
    await checkPairs(maps)
  })
})

describe('printing', () => {
  /** The numbers that this emulator gives to nodes, taken from how it prints pids. */
  async function nodeNumbers(): Promise<(node: string, creation: number) => string> {
    const nodes = ['a@b', 'b@a', 'été@c'].flatMap((node) =>
      [1, 2, 2 ** 32 - 1].map((c) => [node, c] as const),
    )
    const pids = nodes.map(([node, creation]) => pid(node, 1, 1, creation))
    const source = '[list_to_binary(pid_to_list(binary_to_term(B))) || B <- binary_to_term(X)]'
    const texts = await askList(source, binaries(pids))
    const numbers = new Map(
      texts.map((text, i) => [
        nodes[i]?.join(),
        Buffer.from(bytesOf(text)).toString().slice(1).split('.')[0],
      ]),
    )
    return (node, creation) => numbers.get([node, creation].join()) as string
  }

  async function checkPrinting(terms: readonly Term[]): Promise<void> {
    const nodeNumber = await nodeNumbers()
    const unicode = (await ask('io:printable_range()', atom('none'))) as Atom
    for (const [style, control] of [
      ['w', '~tw'],
      ['p', '~0tp'],
    ] as const) {
      const source = `[unicode:characters_to_binary(io_lib:format("${control}", [binary_to_term(B)])) || B <- binary_to_term(X)]`
      const texts = await askList(source, binaries(terms))
      const expected = texts.map((text) =>
        text.kind === 'bitstring' ? Buffer.from(text.bytes).toString() : '?',
      )
      expect(
        terms.map((term) => formatTerm(term, { style, nodeNumber, unicode: unicode.name === 'unicode' })),
      ).toEqual(expected)
    }
  }

  test('generated terms', async () => {
    await checkPrinting(sample(600, 3))
  })

  test('generated terms, with all of Unicode printable', async () => {
    const before = erl
    erl = startErl(['+pc', 'unicode'])
    await checkPrinting(sample(600, 5)).finally(() => erl.stop())
    erl = before
  })

  test('floats', async () => {
    const powers = Array.from({ length: 60 }, (_, i) => [
      10 ** (i - 30),
      1.25 * 10 ** (i - 30),
      2 ** i,
      -(2 ** -i),
    ])
    const floats = [...powers.flat().map(float), ...fc.sample(arbitraryFloat, { numRuns: 300, seed })]
    await checkPrinting(floats)
  })

  test('atoms of every first and second character of Latin-1, and reserved words', async () => {
    const codes = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code))
    const words = 'after and begin cond end fun if let not of or receive try when xor query ok'.split(' ')
    await checkPrinting([...codes, ...codes.map((char) => `a${char}b`), ...words].map(atom))
  })

  test('strings and binaries of every character of Latin-1', async () => {
    const terms = Array.from({ length: 256 }, (_, code) => [
      list(int(code), int(97)),
      binary(Uint8Array.of(code, 97)),
      binary(String.fromCodePoint(code, 97, code * 5)),
    ])
    await checkPrinting(terms.flat())
  })
})

test('what Erlang refuses of damaged terms we refuse, and what it accepts we accept', async () => {
  // Tags that this Erlang and we do not have in common (records, its own tables, old funs, local format),
  // and that of funs: damaged ones have been seen to end the emulator.
  const byte = fc.nat(255).filter((value) => ![67, 73, 74, 75, 76, 112, 117, 121].includes(value))
  const withoutFuns = arbitraryTerm.filter((term) => !formatTerm(term, { style: 'w' }).includes('#Fun'))
  const damaged = fc.sample(
    fc.tuple(withoutFuns, fc.nat(), byte).map(([term, at, value]) => {
      const bytes = encode(term)
      bytes[1 + (at % (bytes.length - 1))] = value
      return bytes
    }),
    { numRuns: 3000, seed: seed + 4 },
  )
  const source = `[try term_to_binary(binary_to_term(B), [{minor_version, 2}]) catch error:badarg -> no end || B <- binary_to_term(X)]`
  const answers = await askList(source, listOf(damaged.map(binary)))
  const different: string[] = []
  answers.forEach((answer, i) => {
    const bytes = damaged[i] as Uint8Array
    const theirs = answer.kind === 'atom' ? 'no' : formatTerm(decode(bytesOf(answer)))
    let ours = 'no'
    try {
      ours = formatTerm(decode(bytes))
    } catch {}
    if (ours !== theirs) different.push(`${Buffer.from(bytes).toString('hex')}: ${theirs}, not ${ours}`)
  })
  expect(different).toEqual([])
})
