/** Large and deep terms: linear time, no deep recursion, bounded memory. */

import { beforeAll, describe, expect, it } from 'vitest'
import { runtimeFlags } from '../../src/engine/runtime.ts'
import { atom, int, listOf, type Term, TermWriter, tuple } from '../../src/erlang-term-format/index.ts'
import { TestServer } from './server.ts'

const source = `
type chain = End | Link of int * chain
type tree = Leaf | Node of tree * int * tree
type 'a nested = { value : 'a; next : 'a nested option }
let ints (l : int list) = l
let array (l : int array) = l
let floats (l : float array) = l
let strings (l : string list) = l
let chain (c : chain) = c
let tree (t : tree) = t
let nested (n : int nested) = n
let options (l : int option list) = l
let rec left n = if n = 0 then Leaf else Node (left (n - 1), n, Leaf)
let size l = List.length (l : int list)
`

let server: TestServer
beforeAll(() => {
  server = new TestServer({ 'large.ml': source }, { heapLimitBytes: 400 << 20 }, 64 << 20)
})

const writer = new TermWriter(1 << 20)

/** The arguments that `write` writes as one. */
function argument(write: () => void): Uint8Array {
  writer.reset()
  writer.listHeader(1)
  write()
  writer.nil()
  return writer.finish()
}

function listOfTerms(count: number, element: (i: number) => void): Uint8Array {
  return argument(() => {
    writer.listHeader(count)
    for (let i = 0; i < count; i++) element(i)
    writer.nil()
  })
}

/** The call gives back what it got. */
function comesBack(name: string, args: Uint8Array): void {
  const outcome = server.raw('large', name, args)
  if (outcome.kind !== 'return') throw new Error('raised')
  expect(Buffer.compare(outcome.value, args.subarray(5, -1))).toBe(0)
}

describe('large terms', () => {
  it.each([
    ['ints', 1_000_000, (i: number) => writer.int(i)],
    ['array', 1_000_000, (i: number) => writer.int(-i)],
    ['floats', 500_000, (i: number) => writer.float(i + 0.5)],
    ['strings', 200_000, (i: number) => writer.binary(new TextEncoder().encode(`number ${i}`))],
  ] as const)('%s of %i elements', (name, count, element) => {
    comesBack(name, listOfTerms(count, element))
  })

  it('options, which are blocks of their own', () => {
    const element = (i: number) => {
      if (i % 3 === 0) return writer.atom('undefined')
      writer.tupleHeader(2)
      writer.atom('some')
      writer.int(i)
    }
    comesBack('options', listOfTerms(300_000, element))
  })

  it('takes 64 MiB of list in time', () => {
    const args = listOfTerms(32_000_000, () => writer.int(7))
    const outcome = server.raw('large', 'size', args)
    // 768 MB of cells do not fit: an error of this call alone.
    expect(outcome.kind).toBe('raise')
    expect(server.value('large', 'ints', listOf([int(1)]))).toEqual(listOf([int(1)]))
  })
})

describe('deep terms', () => {
  const link = (depth: number) => () => {
    for (let i = 0; i < depth; i++) {
      writer.tupleHeader(3)
      writer.atom('link')
      writer.int(i)
    }
    writer.atom('end')
  }

  it('nest to the right without end', () => {
    comesBack('chain', argument(link(500_000)))
  })

  it('nest in the last field of records without end', () => {
    const args = argument(() => {
      for (let i = 0; i < 100_000; i++) {
        writer.mapHeader(2)
        writer.atom('value')
        writer.int(i)
        writer.atom('next')
        if (i === 99_999) writer.atom('undefined')
        else {
          writer.tupleHeader(2)
          writer.atom('some')
        }
      }
    })
    comesBack('nested', args)
  })

  const left = (depth: number): Term => {
    let tree: Term = atom('leaf')
    for (let i = 0; i < depth; i++) tree = tuple(atom('node'), tree, int(i), atom('leaf'))
    return tree
  }

  it('nest otherwise up to a bound', () => {
    expect(server.value('large', 'tree', left(900)).kind).toBe('tuple')
    expect(server.cause('large', 'tree', left(1500))).toMatch(
      /^argument 1, element 2, .*: nested too deeply$/,
    )
  })

  it('bound results as well', () => {
    expect(server.value('large', 'left', int(900)).kind).toBe('tuple')
    expect(server.answer('large', 'left', int(1500)).reason).toEqual(
      tuple(atom('system_limit'), atom('depth')),
    )
  })

  it('refuses lists nested deeply where a string should be, in linear time', () => {
    const args = argument(() => {
      writer.listHeader(1)
      for (let i = 0; i < 1_000_000; i++) writer.listHeader(1)
    })
    expect(server.raw('large', 'strings', args).kind).toBe('raise')
  })
})

it('remembers young values of handles that it puts into a large one', () => {
  const server = new TestServer(
    {
      'cell.ml': `let make n = [fun x -> x + n]
        let keep : ((int -> int) * int array) list ref = ref []
        let hold (pair : (int -> int) * int array) = keep := pair :: !keep
        let junk n = for i = 1 to n do ignore (Sys.opaque_identity (Array.make 10 i)) done
        let sum () = junk 100000; List.fold_left (fun n (f, _) -> n + f 1) 0 !keep`,
    },
    { flags: runtimeFlags.verify },
  )
  const numbers = listOf(Array.from({ length: 20_000 }, (_, i) => int(i)))
  for (let n = 1; n <= 5; n++) {
    const made = server.value('cell', 'make', int(n))
    const [f] = made.kind === 'list' ? made.elements : []
    server.value('cell', 'hold', tuple(f as Term, numbers))
  }
  expect(server.value('cell', 'sum')).toEqual(int(1 + 2 + 3 + 4 + 5 + 5))
})
