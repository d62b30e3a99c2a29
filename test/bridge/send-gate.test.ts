/** Messages to channels that wait for room in the heap. */

import { expect, test } from 'vitest'
import { interrupt } from '../../src/codegen/layout.ts'
import { Driver } from '../../src/engine/driver.ts'
import { binary, encodeBare, int, listOf } from '../../src/erlang-term-format/index.ts'
import { TestServer } from './server.ts'

const source = `
def store(x : string) & take() = reply String.length x to take
let rec build made n = if n = 0 then made else build (n :: made) (n - 1)
let work (n : int) : int = List.fold_left ( + ) 0 (build [] n)
`
const bytes = 24 << 20

test('one that comes while OCaml code runs leaves the heap alone', () => {
  let time = 0
  const now = () => (time += 1000)
  const testServer = new TestServer({ 'm.ml': source }, { heapLimitBytes: bytes }, 16 << 20, { bytes, now })
  const { domain, server } = testServer
  const message = encodeBare(listOf([binary('x'.repeat(100_000))]))
  const words = () => domain.runtime.exports.heap_words() >>> 0
  for (let i = 0; i < 300 && words() * 8 < bytes * 0.76; i++) {
    testServer.submit('m', 'store', message)
    server.step()
  }
  expect(words() * 8).toBeGreaterThan(bytes * 0.75)
  const work = testServer.submit('m', 'work', encodeBare(listOf([int(5000)])))
  let polls = 0
  domain.atInterrupt = () => {
    polls += 1
    if (polls > 50_000) throw new Error('the call does not end')
    if (polls % 100 === 0) testServer.submit('m', 'store', message)
    Driver.interrupt(domain.runtime.int32(), interrupt.cancel)
  }
  Driver.interrupt(domain.runtime.int32(), interrupt.cancel)
  for (let i = 0; i < 100 && testServer.outcome(work) === undefined; i++) server.step()
  expect(polls).toBeGreaterThan(1000)
  expect(testServer.outcome(work)).toMatchObject({ kind: 'return', value: encodeBare(int(12502500)) })
})
