/** The node's side of OCaml processes: what they may take of the node. (The rest is tested from a real `erl`, in test/daemon.) */

import { beforeEach, describe, expect, it } from 'vitest'
import { silentLog } from '../../src/base/ports.ts'
import { ProcessAgent } from '../../src/bridge/process-agent.ts'
import type { ProcessEventMessage, ProcessSignal, SignalKind } from '../../src/bridge/process-signals.ts'
import { atom, decodeBare, encodeBare, formatTerm, reference } from '../../src/erlang-term-format/index.ts'
import { ErlangNode, type LocalProcess, type ProcessEvent } from '../../src/node/index.ts'
import { settle, TestClock, testRandom } from '../node/memory-network.ts'

const nothing = new Uint8Array(0)

let node: ErlangNode
let posted: ProcessEventMessage[]
let agent: ProcessAgent

beforeEach(() => {
  posted = []
  node = new ErlangNode({
    name: 'a@b',
    cookie: 'x',
    creation: 7,
    clock: new TestClock(),
    random: testRandom(1),
    log: silentLog,
    dispatcher: { call: () => ({ cancel() {} }) },
  })
  agent = new ProcessAgent(node, { call: () => ({ cancel() {} }) }, (message) => posted.push(message), {
    mostRelations: 10,
    channels: {
      log: silentLog,
      dispatcher: { call: () => ({ cancel() {} }) },
      isModule: () => false,
      room: 1000,
    },
  })
})

function perform(kind: SignalKind, fields: Partial<ProcessSignal> = {}): void {
  const process = agent.facts.numbers.first
  agent.perform({
    id: 0,
    count: 0,
    name: '',
    node: '',
    target: nothing,
    payload: nothing,
    process,
    ...fields,
    kind,
  })
}

/** A process of the node that keeps what it hears. */
function watcher(): { readonly process: LocalProcess; readonly events: ProcessEvent[] } {
  const events: ProcessEvent[] = []
  return { process: node.spawn({ trapExit: true, event: (event) => events.push(event) }), events }
}

const made = (n: number): Uint8Array => encodeBare(reference('a@b', 7, [n, 0, 1]))

describe('relations', () => {
  it('have a limit, and what is over does not count', async () => {
    perform('start')
    for (let n = 1; n <= 100; n++) {
      perform('alias', { payload: made(n) })
      perform('unalias', { payload: made(n) })
    }
    expect(posted.some(({ kind }) => kind === 'kill')).toBe(false)
    for (let n = 101; n <= 111; n++) perform('alias', { payload: made(n) })
    await settle()
    expect(posted.at(-1)).toEqual({ kind: 'kill', process: agent.facts.numbers.first })
  })

  it('that are too many end the process with a reason', async () => {
    perform('start')
    const { process, events } = watcher()
    const [pid] = [encodeBare(process.pid)]
    perform('link', { target: pid })
    await settle()
    for (let n = 1; n <= 11; n++) perform('alias', { payload: made(n) })
    await settle()
    const exit = events.find((event) => event.kind === 'exit')
    expect(exit?.kind === 'exit' ? formatTerm(decodeBare(exit.reason)) : undefined).toBe(
      '{system_limit,relations}',
    )
  })
})

describe('a process', () => {
  it('that dies before its thread begins is reported as such', async () => {
    perform('start')
    perform('end', { payload: encodeBare(atom('normal')) })
    await settle()
    expect(node.processCount).toBeGreaterThan(0)
    perform('send', { target: encodeBare(watcher().process.pid), payload: encodeBare(atom('late')) })
    expect(posted.filter(({ kind }) => kind === 'kill')).toEqual([])
  })

  it('has at most one name', () => {
    perform('start')
    const pid = node.process({ ...watcher().process.pid, id: agent.facts.numbers.first })?.pid
    const target = encodeBare(pid as NonNullable<typeof pid>)
    perform('register', { id: 1, name: 'one', target })
    perform('register', { id: 2, name: 'two', target })
    const answers = posted.flatMap((m) => (m.kind === 'answer' ? [formatTerm(decodeBare(m.payload))] : []))
    expect(answers).toEqual(['true', 'false'])
  })

  it('of a domain that ends, ends', async () => {
    perform('start')
    const { process, events } = watcher()
    perform('link', { target: encodeBare(process.pid) })
    await settle()
    agent.stop(encodeBare(atom('shutdown')))
    await settle()
    expect(events.some((event) => event.kind === 'exit')).toBe(true)
  })
})
