/** Which domain a call with handles belongs to, from its encoded arguments. */

import { expect, test } from 'vitest'
import type { OpaqueCodec } from '../../src/bridge/codec.ts'
import { domainOfHandle, findProcess, Handles } from '../../src/bridge/handles.ts'
import { binary, encodeBare, listOf, pid, type Term } from '../../src/erlang-term-format/index.ts'
import { patience } from '../patience.ts'

const node = 'caml@127.0.0.1'
const opaque: OpaqueCodec = { kind: 'opaque', type: 't', key: 't', anything: false, signature: undefined }

function handleOf(domain: number): Term {
  const roots = { root_create: () => 8, root_delete: () => {} }
  const handles = new Handles(roots, () => ({ node, creation: 77, domain }))
  const reference = handles.create(1n, opaque, encodeBare(pid('a@b', 1, 0, 4)))
  if (reference === undefined) throw new Error('no handle')
  return reference
}

test('the first handle decides', () => {
  const args = encodeBare(listOf([binary('x'), listOf([handleOf(3)]), handleOf(1)]))
  expect(domainOfHandle(args, node)).toBe(3)
})

test('handles of other nodes do not', () => {
  expect(domainOfHandle(encodeBare(listOf([handleOf(3)])), 'other@127.0.0.1')).toBeUndefined()
})

test('bytes that end early do not', () => {
  const mark = Uint8Array.of(0, 3, 0xca, 0xa1)
  expect(domainOfHandle(mark, node)).toBeUndefined()
  expect(domainOfHandle(Uint8Array.of(...Buffer.from(node), 0, 0, 0, 77, ...mark), node)).toBeUndefined()
  expect(domainOfHandle(encodeBare(listOf([])), node)).toBeUndefined()
})

test('arguments full of what looks like one keep nobody waiting', () => {
  const full = (of: Uint8Array): Uint8Array => Buffer.alloc(32 << 20, of)
  const start = performance.now()
  expect(domainOfHandle(full(Uint8Array.of(0, 3, 0xca, 0xa1)), node)).toBeUndefined()
  expect(findProcess(full(Buffer.from(node)), node, () => undefined)).toBeUndefined()
  expect(performance.now() - start).toBeLessThan(1000 * patience)
})

test('the first process that is wanted is found', () => {
  const process = (number: number, name = node) =>
    pid(name, number % 2 ** 28, Math.floor(number / 2 ** 28), 77)
  const args = encodeBare(
    listOf([
      binary(node),
      process(5, 'other@127.0.0.1'),
      process(6),
      listOf([process(2 ** 28 + 7)]),
      process(8),
    ]),
  )
  const wanted = (...numbers: number[]) =>
    findProcess(args, node, (n) => (numbers.includes(n) ? n : undefined))
  expect(wanted(8, 6)).toBe(6)
  expect(wanted(2 ** 28 + 7, 8)).toBe(2 ** 28 + 7)
  expect(wanted(5, 9)).toBeUndefined()
})
