/** Connections that are made because something is sent. */

import { beforeEach, describe, expect, test } from 'vitest'
import { silentLog } from '../../src/base/ports.ts'
import { atom, binary, decodeBare, pid, type Term } from '../../src/erlang-term-format/index.ts'
import { callRemote } from '../../src/node/client.ts'
import { ErlangNode } from '../../src/node/node.ts'
import type { ProcessEvent } from '../../src/node/process.ts'
import type { NodeAddress, Resolver } from '../../src/node/resolver.ts'
import { MemoryNetwork, MemoryTransport, settle, TestClock, testRandom } from './memory-network.ts'

const dispatcher = {
  call(
    request: { readonly args: Uint8Array },
    done: (outcome: { kind: 'return'; value: Uint8Array }) => void,
  ) {
    done({ kind: 'return', value: request.args })
    return { cancel() {} }
  },
}

let clock: TestClock
let network: MemoryNetwork
let ports: Map<string, number>
let asked: string[]

const resolver: Resolver = {
  async resolve(node: string): Promise<NodeAddress> {
    asked.push(node)
    const port = ports.get(node)
    if (port === undefined) throw new Error('nobody knows it')
    return { network, host: '', port }
  },
}

async function start(name: string, port: number, creation = 1, cookie = 'x'): Promise<ErlangNode> {
  const random = testRandom(port)
  const settings = { queueLimit: 10_000 }
  const node = new ErlangNode({
    name,
    cookie,
    creation,
    clock,
    random,
    log: silentLog,
    dispatcher,
    resolver,
    settings,
  })
  await network.listen('', port, node.accept)
  ports.set(name, port)
  return node
}

function recorder(node: ErlangNode, trapExit = true) {
  const events: ProcessEvent[] = []
  const process = node.spawn({ trapExit, event: (event) => events.push(event) })
  return { process, events }
}

const told = (events: readonly ProcessEvent[]): string[] =>
  events.map((event) => {
    const term: Term | null =
      event.kind === 'message'
        ? decodeBare(event.payload)
        : 'reason' in event
          ? decodeBare(event.reason)
          : null
    return term?.kind === 'atom' ? `${event.kind} ${term.name}` : event.kind
  })

let a: ErlangNode
let b: ErlangNode

beforeEach(async () => {
  clock = new TestClock()
  network = new MemoryNetwork()
  ports = new Map()
  asked = []
  a = await start('a@host', 1)
  b = await start('b@host', 2)
})

describe('to a node that is there', () => {
  test('messages arrive in order, over one connection', async () => {
    const receiver = recorder(b)
    b.register('receiver', receiver.process)
    const { process } = recorder(a)
    for (const word of ['one', 'two', 'three']) {
      process.send({ kind: 'name', name: 'receiver', node: 'b@host' }, atom(word))
    }
    await settle()
    process.send(receiver.process.pid, atom('four'))
    await settle()
    expect(told(receiver.events)).toEqual(['message one', 'message two', 'message three', 'message four'])
    expect(network.streams.length).toBe(1)
    expect(asked).toEqual(['b@host'])
  })

  test('both sides may be the first, at the same moment', async () => {
    const [left, right] = [recorder(a), recorder(b)]
    left.process.send(right.process.pid, atom('hi'))
    right.process.send(left.process.pid, atom('ho'))
    await settle()
    expect(told(left.events)).toEqual(['message ho'])
    expect(told(right.events)).toEqual(['message hi'])
    expect(network.streams.filter(({ gone }) => !gone).length).toBe(1)
  })

  test('links, monitors and calls connect, too', async () => {
    const { process: there } = recorder(b)
    const { process, events } = recorder(a)
    process.link(there.pid)
    await settle()
    there.exit(atom('over'))
    await settle()
    expect(told(events)).toEqual(['exit over'])
    a.connection('b@host')?.end('again')
    await settle()
    const result = callRemote(a, 'b@host', 'm', 'f', decodeBare(Uint8Array.of(106)), 1000)
    await settle()
    expect((await result).kind).toBe('return')
  })

  test('a monitor that is taken back before the node is up is gone', async () => {
    const { process: there, events: seen } = recorder(b)
    const { process } = recorder(a)
    process.demonitor(process.monitor(there.pid))
    await settle()
    expect(told(seen)).toEqual(['unwatched'])
  })

  test('an old pid of it is dead', async () => {
    const { process, events } = recorder(a)
    process.monitor(pid('b@host', 1, 0, 99))
    await settle()
    expect(told(events)).toEqual(['down noproc'])
  })
})

describe('to a node that is not there', () => {
  test('links and monitors end with noconnection, messages are lost', async () => {
    const { process, events } = recorder(a)
    const far = pid('c@host', 1, 0, 1)
    process.send(far, atom('hi'))
    process.link(far)
    process.monitor(far)
    process.monitor({ kind: 'name', name: 'x', node: 'c@host' })
    await settle()
    expect(told(events)).toEqual(['exit noconnection', 'down noconnection', 'down noconnection'])
    expect(asked).toEqual(['c@host'])
  })

  test('a wrong cookie is no connection', async () => {
    await start('c@host', 3, 1, 'other')
    const { process, events } = recorder(a)
    process.monitor({ kind: 'name', name: 'x', node: 'c@host' })
    await settle()
    expect(told(events)).toEqual(['down noconnection'])
  })

  test('a name that is no node name is not looked for', async () => {
    const { process, events } = recorder(a)
    process.monitor({ kind: 'name', name: 'x', node: 'nonode' })
    await settle()
    expect(told(events)).toEqual(['down noconnection'])
    expect(asked).toEqual([])
  })

  test('what waits is bounded', async () => {
    await network.listen('', 9, () => ({ data() {}, drained() {}, closed() {} }))
    ports.set('mute@host', 9)
    const { process, events } = recorder(a)
    process.monitor({ kind: 'name', name: 'x', node: 'mute@host' })
    for (let i = 0; i < 20; i++) process.send(pid('mute@host', 1, 0, 1), binary(new Uint8Array(1000)))
    await settle()
    expect(told(events)).toEqual(['down noconnection'])
  })

  test('not more than so many are connected to at once', async () => {
    await network.listen('', 9, () => ({ data() {}, drained() {}, closed() {} }))
    const { process, events } = recorder(a)
    for (let i = 0; i < 300; i++) {
      ports.set(`mute${i}@host`, 9)
      process.monitor({ kind: 'name', name: 'x', node: `mute${i}@host` })
    }
    await settle()
    expect(told(events)).toEqual(new Array(44).fill('down noconnection'))
    await clock.advance(10_000)
    expect(events.length).toBe(300)
  })

  test('a peer that lets the handshake hang is given up', async () => {
    await network.listen('', 9, () => ({ data() {}, drained() {}, closed() {} }))
    ports.set('mute@host', 9)
    const { process, events } = recorder(a)
    process.monitor({ kind: 'name', name: 'x', node: 'mute@host' })
    await settle()
    expect(told(events)).toEqual([])
    await clock.advance(10_000)
    expect(told(events)).toEqual(['down noconnection'])
  })
})

describe('nodes that are monitored', () => {
  test('are connected, and missed once for each time', async () => {
    const { process, events } = recorder(a)
    for (let times = 0; times < 3; times++) process.monitorNode('b@host')
    process.demonitorNode('b@host')
    await settle()
    expect(a.connection('b@host')?.up).toBe(true)
    b.stop()
    await settle()
    expect(told(events)).toEqual(['nodeDown', 'nodeDown'])
  })

  test('that are not there are down', async () => {
    const { process, events } = recorder(a)
    process.monitorNode('c@host')
    process.monitorNode('a@host')
    await settle()
    expect(told(events)).toEqual(['nodeDown'])
  })

  test('listeners hear of both ends, with the reason, until they are taken off', async () => {
    const heard: string[] = []
    const off = a.onNodeUp((name, { hidden }) => heard.push(`up ${name} ${hidden}`))
    a.onNodeDown((name, _, reason) => heard.push(`down ${name} ${reason}`))
    await a.reach('b@host')
    b.stop()
    await settle()
    off()
    ports.delete('b@host')
    expect(heard).toEqual(['up b@host true', 'down b@host closed by the peer'])
  })
})

test('whoever says a name without its cookie cannot keep us from connecting to it', async () => {
  const liar = new MemoryTransport()
  const slow: Resolver['resolve'] = resolver.resolve
  let letGo = (): void => {}
  const gate = new Promise<void>((resolve) => {
    letGo = resolve
  })
  const waiting = {
    resolve: async (node: string) => {
      await gate
      return slow(node)
    },
  }
  const c = new ErlangNode({
    name: 'c@host',
    cookie: 'x',
    creation: 1,
    clock,
    random: testRandom(9),
    log: silentLog,
    dispatcher,
    resolver: waiting,
  })
  const reached = c.reach('b@host')
  liar.events = c.accept(liar)
  liar.receive(nameOf('b@host'))
  letGo()
  await settle()
  expect(c.connection('b@host')).toBeUndefined()
  liar.destroy()
  await settle()
  expect((await reached)?.peer.name).toBe('b@host')
})

function nameOf(name: string): Uint8Array {
  const head = Buffer.from('000f4e0000000d075f5fbc000000010000', 'hex')
  head.writeUInt16BE(15 + name.length, 0)
  head.writeUInt16BE(name.length, 15)
  return Buffer.concat([head, Buffer.from(name)])
}

test('nothing connects any more once the node stops', async () => {
  a.stop()
  await expect(a.reach('b@host')).rejects.toThrow('stops')
  expect(asked).toEqual([])
})
