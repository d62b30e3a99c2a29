/** Erlang funs as values of OCaml: how they are made, kept and given back. What applying them does is in test/daemon/funs.test.ts. */

import { expect, it } from 'vitest'
import { runtimeFlags } from '../../src/engine/runtime.ts'
import { exportFun, listOf, pid, type Term, tuple } from '../../src/erlang-term-format/index.ts'
import { TestServer } from './server.ts'

const source = `
type f = int -> int
type g = string -> float -> string
let ids (l : f list) = l
let kept : (f * g) list ref = ref []
let keep (l : (f * g) list) = kept := l
let churn (n : int) = for i = 1 to n do ignore (Sys.opaque_identity (List.init 100 (fun k -> (i, k)))) done; Gc.compact ()
let all () = !kept
let adder n : f = fun m -> m + n
type h = float -> string
let partly (g : g) : h = g "one"
let call (f : f) = f 1
`

const local = (index: number): Term => ({
  kind: 'fun',
  arity: 1,
  uniq: new Uint8Array(16).fill(7),
  index,
  module: 'm',
  oldIndex: index,
  oldUniq: 99,
  pid: pid('b@127.0.0.1', 5, 0, 3),
  free: [{ kind: 'int', value: index }],
})

const server = new TestServer(
  { 'funs.ml': source },
  {
    flags: runtimeFlags.verify | runtimeFlags.stress | runtimeFlags.alternate,
    stress: { interval: 50, seed: 0 },
  },
)

it('a few of them', () => {
  const funs = listOf([local(1), exportFun('lists', 'reverse', 1), local(2)])
  expect(server.value('funs', 'ids', funs)).toEqual(funs)
})

it('more than the minor area has room for', () => {
  const funs = listOf(
    Array.from({ length: 20_000 }, (_, i) => (i % 2 === 0 ? local(i) : exportFun('m', `f${i}`, 1))),
  )
  expect(server.value('funs', 'ids', funs)).toEqual(funs)
})

it('live through collections', () => {
  const pairs = listOf(Array.from({ length: 50 }, (_, i) => tuple(local(i), exportFun('m', `f${i}`, 2))))
  server.value('funs', 'keep', pairs)
  server.value('funs', 'churn', { kind: 'int', value: 20 })
  expect(server.value('funs', 'all')).toEqual(pairs)
})

it('beside functions of OCaml', () => {
  const adder = server.value('funs', 'adder', { kind: 'int', value: 3 })
  const given = server.value('funs', 'ids', listOf([adder, local(1)]))
  expect(given.kind === 'list' && given.elements.map((e) => e.kind)).toEqual(['reference', 'fun'])
})

it('are handles when they have some of their arguments', () => {
  expect(server.value('funs', 'partly', exportFun('m', 'g', 2)).kind).toBe('reference')
})

it('cannot be applied where there is no node', () => {
  const { reason } = server.answer('funs', 'call', local(1))
  expect(JSON.stringify(reason)).toContain('Failure')
})
