/** Hostile argument bytes: whatever comes, the call ends with an outcome of its own and the heap is whole. */

import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { runtimeFlags } from '../../src/engine/runtime.ts'
import {
  atom,
  binary,
  decodeBare,
  encodeBare,
  exportFun,
  float,
  int,
  list,
  mapOf,
  mapOfAtoms,
  pid,
  type Term,
  tuple,
} from '../../src/erlang-term-format/index.ts'
import { TestServer } from './server.ts'

const source = `
type shape = Dot | Circle of { r : float; at : float * float } | Path of (int * int) list | Group of shape list
type item = { sku : string; price : float; tags : string list; stock : int array; parent : item option; shape : shape }
type chain = End | Link of int * chain
let items (n : int) (l : item list) = ignore n; l
let chain (c : chain) = c
let table (t : (string, int list) Hashtbl.t) = t
module Fold = struct type t = string let compare a b = String.compare (String.lowercase_ascii a) (String.lowercase_ascii b) end
module Folded = Map.Make (Fold)
module Foldset = Set.Make (Fold)
type flow = Flow of int Seq.t * float Lazy.t | Under of flow Seq.t
let converted (a : flow list) (b : string Seq.t Folded.t) (c : Foldset.t) (d : Uchar.t option) = a, b, c, d
exception Odd of int * string
exception Named of { name : string; shape : shape }
type held = { f : int -> int; others : (unit -> float) list }
let held (h : held) (e : exn list) = h, e
let all (a : bool) (b : unit) (c : char) (d : int32) (e : [ \`A | \`B of int * string ]) = a, b, c, d, e
`

let server: TestServer
beforeAll(() => {
  server = new TestServer({ 'fuzz.ml': source }, { flags: runtimeFlags.verify })
})

const circle = tuple(atom('circle'), mapOfAtoms({ r: float(1), at: tuple(float(1), int(2)) }))
const path = tuple(atom('path'), list(tuple(int(1), int(2)), tuple(int(2n ** 40n), int(-1))))
const item = (parent: Term): Term =>
  mapOfAtoms({
    sku: binary('abc'),
    price: float(1.5),
    tags: list(binary('x'), list(int(104), int(105))),
    stock: list(int(1), int(2), int(3)),
    parent,
    shape: tuple(atom('group'), list(atom('dot'), circle, path)),
  })

const calls: [string, Uint8Array][] = [
  [
    'items',
    encodeBare(
      list(int(1), list(item(atom('undefined')), item(tuple(atom('some'), item(atom('undefined')))))),
    ),
  ],
  ['chain', encodeBare(list(tuple(atom('link'), int(1), tuple(atom('link'), int(2), atom('end')))))],
  [
    'table',
    encodeBare(
      list(
        mapOf([
          [binary('k'), list(int(1))],
          [binary('l'), list()],
        ]),
      ),
    ),
  ],
  [
    'all',
    encodeBare(list(atom('true'), atom('ok'), int(65), int(-9), tuple(atom('b'), int(1), binary('s')))),
  ],
]

const flow = tuple(atom('flow'), list(int(1), int(300)), float(2))
calls.push([
  'converted',
  encodeBare(
    list(
      list(tuple(atom('under'), list(flow, flow)), flow),
      mapOf([
        [binary('A'), list(binary('x'), binary('y'))],
        [binary('a'), list()],
      ]),
      list(binary('B'), binary('b'), list(int(104), int(105))),
      tuple(atom('some'), int(0x1f600)),
    ),
  ),
])

const local: Term = {
  kind: 'fun',
  arity: 1,
  uniq: new Uint8Array(16).fill(9),
  index: 2,
  module: 'm',
  oldIndex: 2,
  oldUniq: 77,
  pid: pid('b@127.0.0.1', 5, 0, 3),
  free: [int(1), list(atom('a'))],
}
const exn = (name: string, ...args: Term[]): Term => tuple(atom('ocaml'), atom(name), list(...args))
calls.push([
  'held',
  encodeBare(
    list(
      mapOfAtoms({ f: local, others: list(exportFun('m', 'f', 0), exportFun('m', 'g', 1)) }),
      list(
        exn('Not_found'),
        exn('Fuzz.Odd', int(300), binary('x')),
        exn('Fuzz.Named', mapOfAtoms({ name: binary('n'), shape: circle })),
      ),
    ),
  ),
])

const tags = [
  70, 77, 90, 97, 98, 99, 100, 104, 105, 106, 107, 108, 109, 110, 111, 112, 113, 115, 116, 118, 119,
]

/** One change of a byte string: a byte set, an interesting byte, a cut, a repetition. */
const change = fc.tuple(
  fc.constantFrom('set', 'tag', 'cut', 'repeat', 'length'),
  fc.nat(),
  fc.nat({ max: 255 }),
)

function changed(bytes: Uint8Array, changes: readonly [string, number, number][]): Uint8Array {
  let result = new Uint8Array(bytes)
  for (const [kind, place, byte] of changes) {
    const at = place % Math.max(1, result.length)
    if (kind === 'set') result[at] = byte
    else if (kind === 'tag') result[at] = tags[byte % tags.length] as number
    else if (kind === 'cut') result = result.slice(0, at)
    else if (kind === 'length') result.fill(255, at, at + (byte % 5))
    else
      result = new Uint8Array([
        ...result.slice(0, at),
        ...result.slice(Math.max(0, at - byte), at),
        ...result.slice(at),
      ])
  }
  return result
}

function check(name: string, args: Uint8Array): void {
  const outcome = server.raw('fuzz', name, args)
  if (outcome.kind === 'return') {
    decodeBare(outcome.value)
    return
  }
  const reason = decodeBare(outcome.reason)
  decodeBare(outcome.stack)
  expect([atom('badarg'), atom('undef')]).toContainEqual(reason)
}

function wholeHeap(): void {
  const { runtime } = server.domain
  const base = runtime.control('stackBase')
  runtime.exports.full_major(base)
  expect(runtime.exports.verify(base)).toBe(0)
}

describe('hostile arguments', () => {
  it('are what they seem to be before they are changed', () => {
    for (const [name, args] of calls) expect(server.raw('fuzz', name, args).kind).toBe('return')
  })

  it('end in badarg when they are changed', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...calls),
        fc.array(change, { minLength: 1, maxLength: 4 }),
        ([name, args], changes) => {
          check(name, changed(args, changes))
        },
      ),
      { numRuns: 4000 },
    )
    wholeHeap()
  })

  it('end in badarg when they are noise', () => {
    const noise = fc.array(fc.oneof(fc.constantFrom(...tags), fc.nat({ max: 255 })), { maxLength: 60 })
    fc.assert(
      fc.property(fc.constantFrom(...calls), noise, ([name], bytes) => {
        check(name, new Uint8Array(bytes))
        check(name, new Uint8Array([108, 0, 0, 0, 1, ...bytes]))
      }),
      { numRuns: 3000 },
    )
    wholeHeap()
  })
})
