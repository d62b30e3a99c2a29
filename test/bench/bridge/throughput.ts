/**
 * Terms through the bridge in one thread: arguments into the heap, the same values out again. Prints MB (both ways together) a second of
 * processor time, which other processes of the machine disturb less than a clock.
 */

import { sourceOfString } from '../../../src/base/region.ts'
import { CallServer } from '../../../src/bridge/call-server.ts'
import { libraryImage, newDomain } from '../../../src/daemon/library.ts'
import { Compiler } from '../../../src/engine/compiler.ts'
import type { Host } from '../../../src/engine/host.ts'
import { Program } from '../../../src/engine/program.ts'
import {
  atom,
  binary,
  encodeBare,
  float,
  int,
  listOf,
  mapOf,
  mapOfAtoms,
  type Term,
  tuple,
} from '../../../src/erlang-term-format/index.ts'

const source = `
type line = { sku : string; price : float; count : int; tags : string list }
type tree = Leaf | Node of tree * int * tree
let ints (x : int list) = x
let floats (x : float array) = x
let lines (x : line list) = x
let text (x : string) = x
let tree (x : tree) = x
let table (x : (string, int) Hashtbl.t) = x
let pairs (x : (int * string) list) = x
let sequence (x : int Seq.t) = x
`

const host: Host = {
  write: (_fd, bytes) => bytes.length,
  read: () => 0,
  close: () => 0,
  seek: () => 0,
  open: () => -2,
  errorMessage: () => '',
  environment: () => undefined,
  arguments: ['bench'],
  executable: 'bench',
  file: () => 0,
  makeDirectory: () => 0,
  rename: () => 0,
  isTerminal: () => false,
  currentDirectory: () => '/',
  listed: () => undefined,
  time: () => 0,
  call: () => ({ kind: 'refusal', error: 'ENOSYS', number: 38 }),
  random: () => 4,
  sleep: () => {},
  exit: () => {},
}

const numbers = (count: number, make: (i: number) => Term): Term =>
  listOf(Array.from({ length: count }, (_, i) => make(i)))

function treeOf(depth: number): Term {
  if (depth === 0) return atom('leaf')
  const part = treeOf(depth - 1)
  return tuple(atom('node'), part, int(depth * 1000), part)
}

const cases: readonly (readonly [title: string, name: string, argument: Term])[] = [
  ['10,000 ints', 'ints', numbers(10_000, (i) => int(i * 1000))],
  ['10,000 small ints', 'ints', numbers(10_000, (i) => int(i & 255))],
  ['10,000 floats', 'floats', numbers(10_000, (i) => float(i / 3))],
  [
    '1,000 records as maps',
    'lines',
    numbers(1000, (i) =>
      mapOfAtoms({
        sku: binary(`item-${i}`),
        price: float(i / 4),
        count: int(i),
        tags: listOf([binary('a'), binary('bc')]),
      }),
    ),
  ],
  ['1 MiB binary', 'text', binary(new Uint8Array(1 << 20).fill(120))],
  ['tree, 16 deep', 'tree', treeOf(12)],
  [
    'map of 2,000 strings',
    'table',
    mapOf(Array.from({ length: 2000 }, (_, i) => [binary(`key ${i}`), int(i)])),
  ],
  ['5,000 pairs', 'pairs', numbers(5000, (i) => tuple(int(i), binary(`text ${i}`)))],
  ['sequence of 10,000 ints', 'sequence', numbers(10_000, (i) => int(i * 1000))],
]

function serve(): CallServer {
  const unit = (name: string) =>
    name === 'Bench' ? { implementation: sourceOfString('bench.ml', source) } : undefined
  const compiler = new Compiler(unit as never, () => undefined, libraryImage())
  const domain = newDomain(host)
  const program = new Program(domain, compiler)
  const units = [program.load('Bench')]
  const library = {
    interfaceOf: (name: string) => compiler.interfaceOf(name),
    load: (name: string) => program.load(name).linked,
  }
  return new CallServer(domain, library, units, { message: 64 << 20 })
}

function measure(server: CallServer, name: string, args: Uint8Array, milliseconds: number): number {
  const site = { module: 'bench', function: name, args, caller: encodeBare(atom('nobody')) }
  let bytes = 0
  server.onOutcome = (_, outcome) => {
    if (outcome.kind !== 'return') throw new Error(`${name} raised`)
    bytes += args.length + outcome.value.length
  }
  const start = process.cpuUsage()
  let calls = 0
  while (spent(start) < milliseconds) {
    for (let i = 0; i < 10; i++) {
      server.submit(++calls, site)
      while (server.step());
    }
  }
  return bytes / 1000 / spent(start)
}

/** Milliseconds of processor time since then. */
function spent(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}

const [wanted = '', milliseconds = '1000'] = process.argv.slice(2)
const server = serve()
for (const [title, name, argument] of cases) {
  if (!title.includes(wanted)) continue
  const args = encodeBare(listOf([argument]))
  measure(server, name, args, Number(milliseconds) / 3)
  const rates = [1, 2, 3]
    .map(() => measure(server, name, args, Number(milliseconds) / 3))
    .sort((a, b) => a - b)
  console.log(
    `| ${title} | ${(args.length / 1000).toFixed(0)} kB | ${(rates[1] as number).toFixed(0)} MB/s |`,
  )
}
