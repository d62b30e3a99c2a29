/**
 * `camlnode demo`: an EPMD, a camlnode and a second node that calls it as an Erlang shell would, all in one process on
 * the loopback interface; prints what was asked and what came back.
 */

import { join } from 'node:path'
import { pino } from 'pino'
import type { Log } from '../base/ports.ts'
import { defaultConfig } from '../daemon/config.ts'
import { startDaemon } from '../daemon/daemon.ts'
import { packageRoot } from '../daemon/library.ts'
import { systemClock, systemRandom } from '../daemon/system-clock.ts'
import { TcpNetwork } from '../daemon/tcp-network.ts'
import { atom, binary, decodeBare, formatTerm, int, listOf, type Term } from '../erlang-term-format/index.ts'
import { type CallResult, callRemote, ErlangNode } from '../node/index.ts'
import { EpmdServer, lookup } from '../node-epmd/index.ts'

const camlnode = 'caml@127.0.0.1'
const example = join(packageRoot(), 'docs/examples/demo.ml')

interface Question {
  readonly module: string
  readonly name: string
  readonly args: readonly Term[]
  readonly why: string
}

const questions: readonly Question[] = [
  { module: 'demo', name: 'fib', args: [int(30)], why: 'numbers' },
  { module: 'demo', name: 'primes', args: [int(50)], why: 'a list' },
  { module: 'demo', name: 'parse_request', args: [binary('GET /index.html HTTP/1.1')], why: 'a record' },
  { module: 'demo', name: 'depth', args: [int(1_000_000)], why: 'recursion a million deep' },
  { module: 'demo', name: 'fib', args: [atom('foo')], why: 'a wrong argument' },
  { module: 'demo', name: 'parse_request', args: [binary('nonsense')], why: 'an OCaml exception' },
  { module: 'demo', name: 'nothing', args: [], why: 'a function that is not there' },
  { module: 'demo', name: 'forever', args: [], why: 'a loop, given up after a second' },
  { module: 'demo', name: 'fib', args: [int(20)], why: 'and the node is still there' },
]

export async function demo(): Promise<number> {
  const log = pino({ level: 'error' }, pino.destination(2)) as Log
  const network = new TcpNetwork()
  const ports = { network, peers: network, clock: systemClock, random: systemRandom, log }
  const epmd = new EpmdServer({ ...ports, host: '127.0.0.1', port: 0 })
  const epmdPort = await epmd.listen()
  const config = {
    ...defaultConfig,
    node: { ...defaultConfig.node, name: camlnode },
    epmd: { enabled: true, host: '127.0.0.1', port: epmdPort },
  }
  const cookie = String(systemRandom.uint32())
  const daemon = await startDaemon(config, cookie, [example], ports)
  print(`EPMD listens on port ${epmdPort}; ${camlnode} on port ${daemon.port} serves docs/examples/demo.ml`)
  const shell = new ErlangNode({
    ...ports,
    name: 'shell@127.0.0.1',
    cookie,
    creation: Math.max(4, systemRandom.uint32()),
    dispatcher: { call: () => ({ cancel: () => {} }) },
  })
  const found = await lookup({ ...ports, host: '127.0.0.1', port: epmdPort }, 'caml')
  if (found === null) throw new Error('EPMD does not know the node')
  await shell.connect(camlnode, ports.network, '127.0.0.1', found.port)
  print('shell@127.0.0.1 has connected, and calls as an Erlang shell does:\n')
  for (const question of questions) await ask(shell, question)
  shell.stop()
  await daemon.stop(0)
  epmd.close()
  return 0
}

async function ask(shell: ErlangNode, { module, name, args, why }: Question): Promise<void> {
  const started = performance.now()
  const result = await callRemote(shell, camlnode, module, name, listOf(args), 1000)
  const took = (performance.now() - started).toFixed(1)
  print(`%% ${why} (${took} ms)`)
  print(`> rpc:call('${camlnode}', ${module}, ${name}, [${args.map((a) => formatTerm(a)).join(', ')}]).`)
  print(`${answer(result)}\n`)
}

function answer(result: CallResult): string {
  if (result.kind === 'return') return shorten(formatTerm(decodeBare(result.value)))
  if (result.kind === 'raise') {
    const [reason, stack] = [result.reason, result.stack].map((term) => shorten(formatTerm(decodeBare(term))))
    return `${result.class}: ${reason}\n  in ${stack}`
  }
  return `failed: ${formatTerm(decodeBare(result.reason))}`
}

function shorten(text: string): string {
  return text.length > 500 ? `${text.slice(0, 500)}…` : text
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
