import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ProtocolError } from '../../src/base/diagnostic.ts'
import {
  atom,
  encodeBare,
  int,
  list,
  pid,
  reference,
  type Term,
  TermReader,
  TermWriter,
  tuple,
} from '../../src/erlang-term-format/index.ts'
import type { Control } from '../../src/node/control.ts'
import { decodeControl, readPayload } from '../../src/node/control-decoder.ts'
import { encodeControl } from '../../src/node/control-encoder.ts'
import { capabilitiesOf, eiFlags, hiddenNodeFlags } from '../../src/node/flags.ts'

const full = capabilitiesOf(hiddenNodeFlags, hiddenNodeFlags)
const ei = capabilitiesOf(hiddenNodeFlags, eiFlags)

function encoded(control: Control, capabilities = full): Uint8Array {
  const writer = new TermWriter()
  encodeControl(writer, control, capabilities)
  return writer.finish()
}

const decoded = (bytes: Uint8Array) => decodeControl(new TermReader(bytes))

const a = pid('a@host', 1, 2, 3)
const b = pid('b@host', 4, 5, 6)
const ref = reference('a@host', 3, [7, 8, 9])

const u32 = fc.nat(0xffffffff)
const pids = fc.tuple(fc.constantFrom('a@host', 'b@10.0.0.1'), u32, u32, u32).map((parts) => pid(...parts))
const names = fc.constantFrom('rex', 'net_kernel', 'ünï', '').map(atom)
const targets = fc.oneof(pids, names)
const references = fc
  .tuple(u32, fc.array(u32, { minLength: 1, maxLength: 5 }))
  .map(([creation, ids]) => reference('a@host', creation, ids))
const terms: fc.Arbitrary<Term> = fc.oneof(
  fc.maxSafeInteger().map(int),
  names,
  fc.tuple(names, fc.integer()).map(([name, value]) => tuple(name, list(int(value), name))),
)
const tokens = fc.option(terms)
const ids = fc.bigInt({ min: 1n, max: 2n ** 64n - 1n })

const controls: fc.Arbitrary<Control> = fc.oneof(
  fc.record({ kind: fc.constant('link' as const), from: pids, to: pids }),
  fc.record({ kind: fc.constant('unlink' as const), id: fc.option(ids), from: pids, to: pids }),
  fc.record({ kind: fc.constant('unlinkAck' as const), id: ids, from: pids, to: pids }),
  fc.record({ kind: fc.constant('send' as const), from: fc.option(pids), to: pids, token: tokens }),
  fc.record({
    kind: fc.constant('sendName' as const),
    from: pids,
    name: fc.constantFrom('x', 'rex'),
    token: tokens,
  }),
  fc.record({ kind: fc.constant('sendAlias' as const), from: pids, alias: references, token: tokens }),
  fc.record({
    kind: fc.constantFrom('exit' as const, 'exit2' as const),
    from: pids,
    to: pids,
    reason: fc.option(terms),
    token: tokens,
  }),
  fc.record({ kind: fc.constant('groupLeader' as const), from: pids, to: pids }),
  fc.record({
    kind: fc.constantFrom('monitor' as const, 'demonitor' as const),
    from: pids,
    target: targets,
    reference: references,
  }),
  fc.record({
    kind: fc.constant('monitorExit' as const),
    from: targets,
    to: pids,
    reference: references,
    reason: fc.option(terms),
  }),
  fc.record({
    kind: fc.constant('spawnRequest' as const),
    reference: references,
    from: pids,
    groupLeader: pids,
    module: fc.constantFrom('erpc', 'm'),
    function: fc.constantFrom('f', 'g'),
    arity: fc.nat(255),
    options: fc.constantFrom(list(), list(atom('monitor'), atom('link'))),
    token: tokens,
  }),
  fc.record({
    kind: fc.constant('spawnReply' as const),
    reference: references,
    to: pids,
    flags: fc.nat(3),
    result: targets,
    token: tokens,
  }),
)

describe('control messages', () => {
  test('survive encoding and decoding', () => {
    fc.assert(
      fc.property(controls, (control) => {
        const reader = new TermReader(encoded(control))
        expect(decodeControl(reader)).toEqual(control)
        expect(reader.atEnd).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  test.each([
    [1, [a, b], { kind: 'link', from: a, to: b }],
    [2, [atom(''), b], { kind: 'send', from: null, to: b, token: null }],
    [3, [a, b, atom('bye')], { kind: 'exit', from: a, to: b, reason: atom('bye'), token: null }],
    [4, [a, b], { kind: 'unlink', id: null, from: a, to: b }],
    [6, [a, atom(''), atom('rex')], { kind: 'sendName', from: a, name: 'rex', token: null }],
    [7, [a, b], { kind: 'groupLeader', from: a, to: b }],
    [8, [a, b, atom('kill')], { kind: 'exit2', from: a, to: b, reason: atom('kill'), token: null }],
    [12, [atom(''), b, int(1)], { kind: 'send', from: null, to: b, token: int(1) }],
    [13, [a, b, int(1), atom('x')], { kind: 'exit', from: a, to: b, reason: atom('x'), token: int(1) }],
    [16, [a, atom(''), atom('n'), int(1)], { kind: 'sendName', from: a, name: 'n', token: int(1) }],
    [18, [a, b, int(1), atom('x')], { kind: 'exit2', from: a, to: b, reason: atom('x'), token: int(1) }],
    [19, [a, atom('n'), ref], { kind: 'monitor', from: a, target: atom('n'), reference: ref }],
    [20, [a, b, ref], { kind: 'demonitor', from: a, target: b, reference: ref }],
    [21, [a, b, ref, atom('x')], { kind: 'monitorExit', from: a, to: b, reference: ref, reason: atom('x') }],
    [22, [a, b], { kind: 'send', from: a, to: b, token: null }],
    [23, [a, b, int(1)], { kind: 'send', from: a, to: b, token: int(1) }],
    [24, [a, b], { kind: 'exit', from: a, to: b, reason: null, token: null }],
    [25, [a, b, int(1)], { kind: 'exit', from: a, to: b, reason: null, token: int(1) }],
    [26, [a, b], { kind: 'exit2', from: a, to: b, reason: null, token: null }],
    [27, [a, b, int(1)], { kind: 'exit2', from: a, to: b, reason: null, token: int(1) }],
    [28, [atom('n'), b, ref], { kind: 'monitorExit', from: atom('n'), to: b, reference: ref, reason: null }],
    [33, [a, ref], { kind: 'sendAlias', from: a, alias: ref, token: null }],
    [34, [a, ref, int(1)], { kind: 'sendAlias', from: a, alias: ref, token: int(1) }],
    [35, [int(5), a, b], { kind: 'unlink', id: 5n, from: a, to: b }],
    [36, [int(5), a, b], { kind: 'unlinkAck', id: 5n, from: a, to: b }],
    [37, [int(0), a, b], { kind: 'altact', flags: 0, from: a, to: b, token: null }],
    [37, [int(9), a, atom('n')], { kind: 'altact', flags: 9, from: a, to: atom('n'), token: null }],
    [37, [int(7), a, ref, int(1)], { kind: 'altact', flags: 7, from: a, to: ref, token: int(1) }],
    [99, [a, b], { kind: 'unknown', operation: 99 }],
    [0, [], { kind: 'unknown', operation: 0 }],
  ] as const)('operation %d', (operation, rest, expected) => {
    expect(decoded(encodeBare(tuple(int(operation), ...rest)))).toEqual(expected)
  })

  test('spawn requests and replies', () => {
    const mfa = tuple(atom('erpc'), atom('execute_call'), int(4))
    const request = tuple(int(29), ref, a, b, mfa, list(atom('monitor')))
    expect(decoded(encodeBare(request))).toEqual({
      kind: 'spawnRequest',
      reference: ref,
      from: a,
      groupLeader: b,
      module: 'erpc',
      function: 'execute_call',
      arity: 4,
      options: list(atom('monitor')),
      token: null,
    })
    expect(decoded(encodeBare(tuple(int(32), ref, a, int(2), b, int(1))))).toEqual({
      kind: 'spawnReply',
      reference: ref,
      to: a,
      flags: 2,
      result: b,
      token: int(1),
    })
  })

  test('elements behind the known ones are skipped, and the payload is found', () => {
    const control = encodeBare(tuple(int(22), a, b, atom('new')))
    const reader = new TermReader(Buffer.concat([control, Uint8Array.of(131), encodeBare(atom('hi'))]))
    expect(decodeControl(reader)).toEqual({ kind: 'send', from: a, to: b, token: null })
    expect(readPayload(reader)).toEqual(Buffer.from(encodeBare(atom('hi'))))
  })

  test('a send is shaped by what the peer can do', () => {
    const send: Control = { kind: 'send', from: a, to: b, token: null }
    expect(encoded(send)[3]).toBe(22)
    expect(encoded(send, ei)[3]).toBe(2)
  })

  test('altact survives', () => {
    const control: Control = { kind: 'altact', flags: 3, from: a, to: b, token: int(1) }
    expect(decoded(encoded(control))).toEqual(control)
  })
})

describe('malformed control messages', () => {
  test.each([
    ['no tuple', atom('x')],
    ['no operation', tuple(atom('x'), a)],
    ['a negative operation', tuple(int(-1), a)],
    ['too few elements', tuple(int(19), a)],
    ['a port where a pid should be', tuple(int(1), int(1), b)],
    ['no {M,F,A}', tuple(int(29), ref, a, b, tuple(atom('m')), list())],
    ['an unlink without id', tuple(int(35), int(0), a, b)],
    ['an unlink with a large id', tuple(int(35), int(2n ** 64n), a, b)],
    ['altact without its token', tuple(int(37), int(2), a, b)],
  ])('%s', (_, term) => {
    expect(() => decoded(encodeBare(term))).toThrow(ProtocolError)
  })

  test('only protocol errors come of mutated bytes', () => {
    const flips = fc.array(fc.tuple(fc.nat(200), fc.nat(255)), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(controls, flips, fc.nat(200), (control, changes, length) => {
        const bytes = encoded(control)
        for (const [at, value] of changes) bytes[at % bytes.length] = value
        try {
          const reader = new TermReader(bytes.subarray(0, Math.max(1, length)))
          decodeControl(reader)
          readPayload(reader)
        } catch (error) {
          expect(error).toBeInstanceOf(ProtocolError)
        }
      }),
      { numRuns: 2000 },
    )
  })
})
