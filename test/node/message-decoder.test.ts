import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ProtocolError } from '../../src/base/diagnostic.ts'
import {
  atom,
  binary,
  bitstring,
  decodeBare,
  encodeBare,
  exportFun,
  type Fun,
  float,
  int,
  list,
  listWithTail,
  map,
  pid,
  port,
  reference,
  type Term,
  tuple,
} from '../../src/erlang-term-format/index.ts'
import { AtomExpander } from '../../src/node/atom-expander.ts'
import { FragmentAssembler, type FragmentNumbers, readFragmentNumbers } from '../../src/node/fragments.ts'
import { FrameReader } from '../../src/node/frame-reader.ts'
import { MessageBuffer } from '../../src/node/message-buffer.ts'
import { MessageDecoder } from '../../src/node/message-decoder.ts'
import { patience } from '../patience.ts'

const limit = 1_000_000

/** The memory of byte arrays that something refers to. */
function heldBytes(): number {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  return process.memoryUsage().arrayBuffers
}

/** A message with a header, byte by byte. */
const frame = (...bytes: readonly (number | string | Uint8Array)[]): Uint8Array =>
  Buffer.concat(
    bytes.map((part) =>
      typeof part === 'number' ? Uint8Array.of(part) : typeof part === 'string' ? Buffer.from(part) : part,
    ),
  )

describe('headers', () => {
  test('without atoms', () => {
    const decoder = new MessageDecoder(limit)
    expect([...(decoder.take(frame(131, 68, 0, 104, 0)) ?? [])]).toEqual([104, 0])
    expect([...(decoder.take(frame(131, 68, 0, 104, 0, 106)) ?? [])]).toEqual([104, 0, 131, 106])
  })

  test('put atoms into the cache and find them there', () => {
    const decoder = new MessageDecoder(limit)
    // Three references: two new ones in segments 0 and 7, then the first again.
    const first = frame(131, 68, 3, 0xf8, 0x00, 5, 2, 'ab', 5, 3, 'cde', 5, 104, 3, 82, 0, 82, 1, 82, 2)
    expect(decodeBare(decoder.take(first) as Uint8Array)).toEqual(tuple(atom('ab'), atom('cde'), atom('ab')))
    const second = frame(131, 68, 2, 0x07, 0x00, 5, 5, 104, 2, 82, 0, 82, 1)
    expect(decodeBare(decoder.take(second) as Uint8Array)).toEqual(tuple(atom('cde'), atom('ab')))
  })

  test('with long atoms', () => {
    const name = 'λ'.repeat(200)
    const decoder = new MessageDecoder(limit)
    const bytes = frame(131, 68, 1, 0x18, 9, 0x01, 0x90, name, 82, 0)
    expect(decodeBare(decoder.take(bytes) as Uint8Array)).toEqual(atom(name))
  })

  test.each([
    ['an empty slot', frame(131, 68, 1, 0x00, 1, 82, 0)],
    ['a reference past the last', frame(131, 68, 1, 0x08, 1, 1, 'a', 82, 1)],
    ['a header that ends early', frame(131, 68, 4, 0)],
    ['bytes behind the payload', frame(131, 68, 0, 106, 106, 106)],
    ['nothing', frame(131, 68)],
    ['no terms', frame(131, 68, 0)],
    ['another tag', frame(131, 67, 0)],
    ['an atom longer than any', frame(131, 68, 1, 0x18, 9, 0x10, 0, 'x'.repeat(4096), 82, 0)],
  ])('%s', (_, bytes) => {
    expect(() => new MessageDecoder(limit).take(bytes)).toThrow(ProtocolError)
  })
})

const node = 'n@host'
const fun: Fun = {
  kind: 'fun',
  module: 'm',
  arity: 1,
  uniq: new Uint8Array(16).fill(7),
  index: 2,
  oldIndex: 3,
  oldUniq: 4,
  pid: pid(node, 1, 2, 3),
  free: [atom('free'), list(atom('b'))],
}

const leaves: fc.Arbitrary<Term> = fc.oneof(
  fc.constantFrom('a', 'b', 'ünï', '').map(atom),
  fc.integer().map(int),
  fc.bigInt().map(int),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(float),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => binary(bytes)),
  fc.constantFrom<Term>(
    bitstring(Uint8Array.of(160), 3),
    pid(node, 1, 2, 3),
    port(node, 5, 6),
    port(node, 1n << 40n, 6),
    reference(node, 1, [1, 2, 3, 4, 5]),
    exportFun('m', 'f', 2),
    fun,
    list(),
    int(2n ** 3000n),
  ),
)

const terms = fc.letrec<{ term: Term }>((tie) => ({
  term: fc.oneof(
    { maxDepth: 4 },
    leaves,
    fc.array(tie('term'), { maxLength: 5 }).map((elements) => tuple(...elements)),
    fc.array(tie('term'), { maxLength: 5 }).map((elements) => list(...elements)),
    tie('term').map((value) => map([atom('key'), value])),
    tie('term').map((tail) => listWithTail([int(1)], tail)),
    tie('term').map((free): Term => ({ ...fun, free: [free, fun] })),
  ),
})).term

/** Replaces every encoded atom by a reference, and makes the sizes of funs wrong. */
function withReferences(term: Term): { bytes: Uint8Array; atoms: string[] } {
  const atoms: string[] = []
  const plain = Buffer.from(encodeBare(term))
  for (let at = plain.indexOf(fun.uniq); at >= 0; at = plain.indexOf(fun.uniq, at + 1))
    plain.fill(0, at - 5, at - 1)
  const parts: Uint8Array[] = []
  let from = 0
  for (const name of ['free', 'key', 'ünï', node, 'a', 'b', 'm', 'f']) atoms.push(name)
  for (let at = 0; at < plain.length; at++) {
    const index = atoms.findIndex((name) => startsWithAtom(plain, at, name))
    if (index < 0) continue
    parts.push(plain.subarray(from, at), Uint8Array.of(82, index))
    at += 1 + Buffer.byteLength(atoms[index] as string)
    from = at + 1
  }
  parts.push(plain.subarray(from))
  return { bytes: Buffer.concat(parts), atoms }
}

function startsWithAtom(bytes: Buffer, at: number, name: string): boolean {
  const text = Buffer.from(name)
  return (
    bytes[at] === 119 &&
    bytes[at + 1] === text.length &&
    bytes.subarray(at + 2, at + 2 + text.length).equals(text)
  )
}

/** `cuts`: where parts end, as shares of what is left. */
function expanded(bytes: Uint8Array, atoms: readonly string[], cuts: readonly number[] = []): Uint8Array {
  const expander = new AtomExpander(
    atoms.map((name) => encodeBare(atom(name))),
    limit,
  )
  let from = 0
  for (const cut of cuts) {
    const to = from + Math.floor(cut * (bytes.length - from))
    expander.push(bytes.subarray(from, to))
    from = to
  }
  expander.push(bytes.subarray(from))
  expander.checkWhole()
  return Buffer.concat(expander.takePieces())
}

describe('a message buffer', () => {
  const pieces = fc.array(fc.nat(100_000), { minLength: 1, maxLength: 60 })

  test('gives back what it got, however fast it grows', () => {
    fc.assert(
      fc.property(pieces, (sizes) => {
        const buffer = new MessageBuffer(100_000_000)
        const parts = sizes.map((size, i) => new Uint8Array(size).fill(i))
        for (const [i, part] of parts.entries()) buffer.add([part], (i + 1) / parts.length)
        const all = Buffer.concat(parts)
        expect(buffer.length).toBe(all.length)
        expect(all.equals(buffer.finish())).toBe(true)
      }),
      { numRuns: 50 },
    )
  })

  test('takes no more room than a message may have, however dense its beginning', () => {
    const buffer = new MessageBuffer(2_000_000)
    buffer.add([new Uint8Array(1_000_000)], 1 / 16)
    expect(buffer.finish().buffer.byteLength).toBe(2_000_000)
  })
})

const cuts = fc.array(fc.double({ min: 0, max: 0.6, noNaN: true }), { maxLength: 8 })

describe('expanding', () => {
  test('changes nothing where there are no references', () => {
    fc.assert(
      fc.property(terms, cuts, (term, where) => {
        const bytes = encodeBare(term)
        expect(Buffer.from(expanded(bytes, [], where)).equals(bytes)).toBe(true)
      }),
    )
  })

  test('puts atoms back, and the sizes of funs', () => {
    const plainLeaves = terms.filter((term) => !JSON.stringify(term, replacer).includes('bitstring'))
    fc.assert(
      fc.property(plainLeaves, cuts, (term, where) => {
        const { bytes, atoms } = withReferences(term)
        expect(Buffer.from(expanded(bytes, atoms, where)).equals(encodeBare(term))).toBe(true)
      }),
    )
  })

  test('of mutated bytes fails with a protocol error only', () => {
    const flips = fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(terms, flips, (term, changes) => {
        const bytes = encodeBare(term).slice()
        for (const [at, value] of changes) bytes[at % bytes.length] = value
        try {
          expanded(bytes, ['x'])
        } catch (error) {
          expect(error).toBeInstanceOf(ProtocolError)
        }
      }),
      { numRuns: 1000 },
    )
  })

  test('of funs within funs, however deep', () => {
    const head = Uint8Array.of(112, 0, 0, 0, 0, 0, ...new Uint8Array(20), 0, 0, 0, 1, 106, 106, 106, 106)
    const deep = Buffer.concat([...new Array(20_000).fill(head), Uint8Array.of(106)])
    const sizes = Buffer.from(expanded(deep, [], [0.3, 0.3]))
    expect([sizes.readUInt32BE(1), sizes.readUInt32BE(35)]).toEqual([deep.length - 1, deep.length - 35])
  })

  test('to more than the limit stops', () => {
    const name = 'x'.repeat(255)
    const references = Buffer.alloc(200_000, Uint8Array.of(82, 0))
    const list = Buffer.concat([Uint8Array.of(108, 0, 1, 0x86, 0xa0), references, Uint8Array.of(106)])
    expect(() => expanded(list, [name])).toThrow('more than')
  })
})

function replacer(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}

/** `131 69` or `131 70` with its numbers. */
function fragment(tag: 69 | 70, sequence: number, number: number, ...rest: Uint8Array[]): Uint8Array {
  const numbers = Buffer.alloc(16)
  numbers.writeUInt32BE(sequence, 4)
  numbers.writeUInt32BE(number, 12)
  return Buffer.concat([Uint8Array.of(131, tag), numbers, ...rest])
}

const prefix = (length: number): Uint8Array => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(length)
  return bytes
}

/** Messages in fragments of 100 bytes, in turns, and what is to come of them. */
function fragmented(sent: readonly Term[]): { frames: Uint8Array[]; messages: string[] } {
  const queues = sent.map((term, sequence) => {
    const data = Buffer.concat([frame(104, 0), encodeBare(term)])
    const count = Math.ceil(data.length / 100)
    return Array.from({ length: count }, (_, i) => {
      const part = data.subarray(i * 100, (i + 1) * 100)
      return i === 0 ? fragment(69, sequence, count, frame(0), part) : fragment(70, sequence, count - i, part)
    })
  })
  const ends = sent.map((term) => Buffer.concat([frame(104, 0, 131), encodeBare(term)]).toString('hex'))
  const frames: Uint8Array[] = []
  const messages: string[] = []
  while (queues.some((queue) => queue.length > 0)) {
    for (const [i, queue] of queues.entries()) {
      const next = queue.shift()
      if (next === undefined) continue
      frames.push(next)
      if (queue.length === 0) messages.push(ends[i] as string)
    }
  }
  return { frames, messages }
}

describe('fragments', () => {
  const payload = encodeBare(binary(new Uint8Array(1000).map((_, i) => i)))
  const parts = [0, 400, 800].map((start) => payload.subarray(start, start + 400))
  const header = frame(1, 0x08, 1, 1, 'x')
  const control = frame(104, 1, 82, 0)

  test('of several messages interleave, each with its own atoms', () => {
    const decoder = new MessageDecoder(limit)
    const otherHeader = frame(1, 0x08, 1, 1, 'y')
    expect(decoder.take(fragment(69, 1, 4, header, control))).toBe(null)
    expect(decoder.take(fragment(69, 2, 4, otherHeader, control))).toBe(null)
    for (const number of [3, 2]) {
      for (const sequence of [1, 2]) {
        expect(decoder.take(fragment(70, sequence, number, parts[3 - number] as Uint8Array))).toBe(null)
      }
    }
    const whole = [2, 1].map((sequence) => decoder.take(fragment(70, sequence, 1, parts[2] as Uint8Array)))
    expect(whole.map((bytes) => decodeBare(bytes as Uint8Array))).toEqual([
      tuple(atom('y')),
      tuple(atom('x')),
    ])
    expect(
      Buffer.from(whole[0] as Uint8Array)
        .subarray(-payload.length)
        .equals(payload),
    ).toBe(true)
  })

  test('one is enough', () => {
    const decoder = new MessageDecoder(limit)
    expect(decoder.take(fragment(69, 1, 1, frame(0), frame(106)))).toEqual(Uint8Array.of(106))
  })

  test.each([
    ['an unknown message', [fragment(70, 1, 1, control)]],
    ['out of order', [fragment(69, 1, 3, frame(0), control), fragment(70, 1, 1, control)]],
    ['twice the first', [fragment(69, 1, 3, frame(0), control), fragment(69, 1, 3, frame(0), control)]],
    ['none', [fragment(69, 1, 0, frame(0), control)]],
    ['too short', [Uint8Array.of(131, 70, 0)]],
  ])('%s', (_, frames) => {
    const decoder = new MessageDecoder(limit)
    expect(() => {
      for (const bytes of frames) decoder.take(bytes)
    }).toThrow(ProtocolError)
  })

  const numbered = (sequence: number, number: number) =>
    readFragmentNumbers(fragment(70, sequence, number), 2)
  const further = (assembler: FragmentAssembler, numbers: FragmentNumbers, data: Uint8Array) => {
    assembler.begin(numbers)
    return assembler.part(data, true)
  }
  /** A binary of 5000 bytes, to be continued. */
  const part = Buffer.concat([Uint8Array.of(109, 0, 1, 0, 0), new Uint8Array(5000)])

  test('may hold no more than the limit in one message', () => {
    const assembler = new FragmentAssembler(10_000)
    assembler.first(numbered(1, 100), [], part)
    further(assembler, numbered(1, 99), new Uint8Array(4000))
    expect(() => further(assembler, numbered(1, 98), new Uint8Array(2000))).toThrow('more than 10000 bytes')
  })

  test('may hold no more than some times the limit in all messages, and may not be too many', () => {
    const large = new FragmentAssembler(10_000)
    expect(() => {
      for (let sequence = 0; ; sequence++) large.first(numbered(sequence, 2), [], part)
    }).toThrow('too much')
    expect(large.open).toBe(8)
    const empty = new FragmentAssembler(1_000_000_000)
    expect(() => {
      for (let sequence = 0; ; sequence++) empty.first(numbered(sequence, 2), [], new Uint8Array(0))
    }).toThrow('too many')
    expect(empty.open).toBe(4096)
  })

  test('come as well in parts, cut anywhere', () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(fc.array(terms, { minLength: 1, maxLength: 4 }), sizes, (sent, chunks) => {
        const { frames, messages } = fragmented(sent)
        const decoder = new MessageDecoder(limit)
        const got: Uint8Array[] = []
        const take = (message: Uint8Array | null) => message !== null && got.push(message)
        const reader = new FrameReader(4, limit, {
          start: (part) => decoder.start(part),
          more: (part, isLast) => take(decoder.more(part, isLast)),
        })
        const stream = Buffer.concat(frames.flatMap((bytes) => [prefix(bytes.length), bytes]))
        for (let at = 0, i = 0; at < stream.length; i++) {
          const size = 1 + (chunks[i % chunks.length] as number)
          reader.feed(stream.subarray(at, at + size), (body) => take(decoder.take(body)))
          at += size
        }
        expect(got.map((bytes) => Buffer.from(bytes).toString('hex'))).toEqual(messages)
      }),
    )
  })

  test.each([100_000, 1_200_000])('correct the sizes of funs around %d bytes', (size) => {
    const term: Term = { ...fun, free: [{ ...fun, free: [binary(new Uint8Array(size))] }, atom('free')] }
    const { bytes, atoms } = withReferences(term)
    const assembler = new FragmentAssembler(10_000_000)
    const cutAt = 0x10000
    const count = Math.ceil(bytes.length / cutAt)
    const encoded = atoms.map((name) => encodeBare(atom(name)))
    let whole = assembler.first(numbered(1, count), encoded, bytes.subarray(0, cutAt))
    for (let i = 1; i < count; i++) {
      expect(whole).toBe(null)
      whole = further(assembler, numbered(1, count - i), bytes.subarray(i * cutAt, (i + 1) * cutAt))
    }
    expect(Buffer.from(whole as Uint8Array).equals(encodeBare(term))).toBe(true)
  })

  test('with many funs that end late cost no more than their bytes', () => {
    const count = 30_000
    const decoder = new MessageDecoder(10_000_000)
    let left = 2 ** 32 - 1
    decoder.take(frame(fragment(69, 1, left), 0))
    const head = new Uint8Array(30)
    head[0] = 112
    const start = performance.now()
    for (let i = 0; i < count; i++) decoder.take(frame(fragment(70, 1, --left), head))
    const ends = new Uint8Array(3 * count + 1).fill(106)
    for (let at = 0; at < ends.length; at += 0x10000)
      decoder.take(frame(fragment(70, 1, --left), ends.subarray(at, at + 0x10000)))
    expect(performance.now() - start).toBeLessThan(1500 * patience)
  })

  test('hold no memory of other messages', () => {
    const kept = new MessageDecoder(10_000_000)
    const passing = new MessageDecoder(10_000_000)
    const other = frame(131, 68, 0, 109, 0, 0, 0x7f, 0, new Uint8Array(0x7f00))
    const head = new Uint8Array(30)
    head[0] = 112
    let left = 2 ** 32 - 1
    kept.take(frame(fragment(69, 1, left), 0))
    const before = heldBytes()
    for (let i = 0; i < 1000; i++) {
      kept.take(frame(fragment(70, 1, --left), head))
      for (let j = 0; j < 3; j++) passing.take(other)
    }
    expect(heldBytes() - before).toBeLessThan(4 << 20)
    expect(kept.take(frame(fragment(70, 1, --left), head))).toBe(null)
  })

  test('give back what they held', () => {
    const assembler = new FragmentAssembler(3000)
    for (let sequence = 0; sequence < 50; sequence++) {
      const first = Uint8Array.of(109, 0, 0, 7, 208, ...new Uint8Array(1000))
      expect(assembler.first(numbered(sequence, 2), [], first)).toBe(null)
      expect(further(assembler, numbered(sequence, 1), new Uint8Array(1000))?.length).toBe(2005)
    }
    expect(assembler.open).toBe(0)
  })
})
