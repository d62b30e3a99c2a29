/** Long messages: who comes when, what arrives, and how much waits. */

import { beforeEach, describe, expect, test } from 'vitest'
import { silentLog } from '../../src/base/ports.ts'
import {
  atom,
  binary,
  decodeBare,
  encodeBare,
  int,
  list,
  type Pid,
  pid,
} from '../../src/erlang-term-format/index.ts'
import { type Control, OPERATION } from '../../src/node/control.ts'
import type { CallOutcome, CallRequest, Dispatcher } from '../../src/node/dispatcher.ts'
import {
  FragmentQueue,
  type FragmentSink,
  fragmentBytes,
  type Pieces,
  sizeOf,
} from '../../src/node/fragment-queue.ts'
import { ErlangNode } from '../../src/node/node.ts'
import type { ProcessEvent } from '../../src/node/process.ts'
import { MemoryNetwork, type MemoryTransport, settle, TestClock, testRandom } from './memory-network.ts'

const message = (name: string): Control => ({
  kind: 'sendName',
  from: pid('a@host', 1, 0, 1),
  name,
  token: null,
})

/** Writes down what is handed out, as `name`, `name first/count` or `name number`. */
class Recorder implements FragmentSink {
  readonly log: string[] = []
  readonly received = new Map<number, Uint8Array[]>()
  private readonly names = new Map<number, string>()

  whole(control: Control): void {
    this.log.push((control as { name: string }).name)
  }
  first(sequence: number, count: number, control: Control, part: Pieces): void {
    const { name } = control as { name: string }
    this.names.set(sequence, name)
    this.received.set(sequence, [...part])
    this.log.push(`${name} first/${count}`)
  }
  further(sequence: number, number: number, part: Pieces): void {
    this.received.get(sequence)?.push(...part)
    this.log.push(`${this.names.get(sequence)} ${number}`)
  }
}

const filled = (length: number, seed = 1): Uint8Array =>
  new Uint8Array(length).map((_, i) => i * seed + (i >> 8))

describe('the queue', () => {
  test('takes a fragment of each sender in turn, and keeps the order of each', () => {
    const queue = new FragmentQueue()
    const sink = new Recorder()
    queue.add('x', message('long'), [filled(3 * fragmentBytes)])
    queue.add('y', message('other'), [filled(fragmentBytes + 1)])
    queue.add('x', message('small'), [filled(10)])
    queue.add('x', message('none'), null)
    expect([queue.holds('x'), queue.holds('y'), queue.holds('z')]).toEqual([true, true, false])
    expect(queue.waiting).toBe(4 * fragmentBytes + 11)
    while (!queue.empty) queue.next(sink)
    expect(sink.log).toEqual([
      'long first/3',
      'other first/2',
      'long 2',
      'other 1',
      'long 1',
      'small',
      'none',
    ])
    expect(queue.waiting).toBe(0)
  })

  test('cuts anywhere, whatever the pieces', () => {
    const pieces = [filled(1), filled(0), filled(70_000, 3), filled(fragmentBytes, 5), filled(3, 7)]
    const queue = new FragmentQueue()
    const sink = new Recorder()
    queue.add('x', message('long'), pieces)
    while (!queue.empty) queue.next(sink)
    const parts = sink.received.get(1) as Uint8Array[]
    expect(Buffer.concat(parts).equals(Buffer.concat(pieces))).toBe(true)
    expect(sink.log.length).toBe(Math.ceil(sizeOf(pieces) / fragmentBytes))
  })
})

/** What calls do. */
let perform = (_request: CallRequest, _done: (outcome: CallOutcome) => void): void => {}
const dispatcher: Dispatcher = {
  call(request, done) {
    perform(request, done)
    return { cancel() {} }
  },
}

describe('between nodes', () => {
  let clock: TestClock
  let a: ErlangNode
  let b: ErlangNode
  let near: MemoryTransport

  beforeEach(async () => {
    clock = new TestClock()
    const network = new MemoryNetwork()
    const start = async (name: string, port: number): Promise<ErlangNode> => {
      const settings = { tickTime: 1_000_000 }
      const node = new ErlangNode({
        name,
        cookie: 'x',
        creation: 1,
        clock,
        random: testRandom(port),
        log: silentLog,
        dispatcher,
        settings,
      })
      await network.listen('', port, node.accept)
      return node
    }
    a = await start('a@host', 1)
    b = await start('b@host', 2)
    await a.connect('b@host', network, '', 2)
    near = network.streams[0] as MemoryTransport
  })

  function receiver(node: ErlangNode): { pid: Pid; sizes: (number | string)[] } {
    const sizes: (number | string)[] = []
    const process = node.spawn({
      trapExit: true,
      event: (event: ProcessEvent) => {
        const encoded = event.kind === 'message' ? event.payload : 'reason' in event ? event.reason : null
        const term = encoded === null ? null : decodeBare(encoded)
        if (term?.kind === 'bitstring') sizes.push(term.bytes.length)
        else if (event.kind === 'down' && term?.kind === 'tuple') sizes.push('down')
        else if (term?.kind === 'atom')
          sizes.push(event.kind === 'message' ? term.name : `${event.kind} ${term.name}`)
      },
    })
    return { pid: process.pid, sizes }
  }

  const sender = (node: ErlangNode) => node.spawn({ event() {} })

  test('a message arrives whole, and what its sender says next comes after it', async () => {
    const { pid: to, sizes } = receiver(b)
    const [one, two] = [sender(a), sender(a)]
    one.send(to, binary(filled(1_000_000)))
    one.send(to, atom('after'))
    two.send(to, atom('meanwhile'))
    await settle()
    expect(sizes).toEqual(['meanwhile', 1_000_000, 'after'])
  })

  test('so does its exit, by pid and by name', async () => {
    const { pid: to, sizes } = receiver(b)
    const one = sender(a)
    a.register('one', one)
    const watcher = b.spawn({ event() {} })
    const watching = receiver(b)
    one.receive(
      { kind: 'monitor', from: watching.pid, target: atom('one'), reference: b.makeReference() },
      null,
      null,
    )
    one.send(watching.pid, binary(filled(500_000)))
    one.send(to, binary(filled(200_000)))
    one.link(to)
    one.exit(atom('over'))
    await settle()
    expect(sizes).toEqual([200_000, 'exit over'])
    expect(watcher.isAlive).toBe(true)
  })

  test('so does the result of a call that has become a process', async () => {
    const { pid: to, sizes } = receiver(a)
    perform = ({ process }, done) => {
      b.spawnAt(process, { event() {} }).send(to, binary(filled(300_000)))
      done({ kind: 'return', value: encodeBare(atom('x')) })
    }
    const args = list(atom('over'), atom('m'), atom('f'), list())
    const caller = a.process(to)
    caller?.spawnRemote('b@host', 'erpc', 'execute_call', 4, encodeBare(args))
    await settle()
    expect(sizes).toEqual([300_000, 'down'])
  })

  test('only as much leaves as the peer takes; the rest is not copied', async () => {
    const { pid: to, sizes } = receiver(b)
    near.stalled = true
    const large = filled(20_000_000)
    const process = sender(a)
    const payload = encodeBare(binary(large))
    process.send(to, payload)
    await settle()
    expect(near.queued).toBeLessThan(1_200_000)
    expect(a.connection('b@host')?.queued).toBeGreaterThan(20_000_000)
    expect(near.writes.some((piece) => piece.buffer === payload.buffer)).toBe(true)
    // Small signals of the peer are still to be read.
    expect(near.paused).toBe(false)
    sender(a).send(to, atom('small'))
    await settle()
    near.release()
    await settle()
    expect(sizes).toEqual(['small'])
    near.stalled = false
    near.release()
    for (let turn = 0; turn < 10; turn++) await clock.advance(5)
    expect(sizes).toEqual(['small', 20_000_000])
    expect(a.connection('b@host')?.queued).toBe(0)
  })

  test('what waits leaves when the node stops', async () => {
    const { pid: to, sizes } = receiver(b)
    sender(a).send(to, binary(filled(30_000_000)))
    a.stop()
    await settle()
    expect(sizes).toEqual([30_000_000])
  })

  test('a lost connection forgets what waits', async () => {
    const { pid: to } = receiver(b)
    near.stalled = true
    sender(a).send(to, binary(filled(3_000_000)))
    await settle()
    b.stop()
    await settle()
    await clock.advance(100)
    expect(a.connections()).toEqual([])
  })

  test('names go into the cache of the peer', async () => {
    const process = sender(a)
    await settle()
    const before = near.writes.length
    for (let times = 0; times < 2; times++) {
      process.send({ kind: 'name', name: 'some_name', node: 'b@host' }, int(5))
      await settle()
    }
    const [first, second] = near.writes.slice(before).map((bytes) => Buffer.from(bytes).toString('latin1'))
    expect(first).toContain('some_name')
    expect(second).not.toContain('some_name')
    expect(second).not.toContain('a@host')
    expect(second?.charCodeAt(14)).toBe(OPERATION.REG_SEND)
  })

  test('more names than the cache has slots', async () => {
    const heard: string[] = []
    for (let i = 0; i < 5000; i++) {
      const name = `name${i % 2500}`
      if (i < 2500) b.register(name, b.spawn({ event: () => heard.push(name) }))
    }
    const process = sender(a)
    for (let i = 0; i < 5000; i++)
      process.send({ kind: 'name', name: `name${i % 2500}`, node: 'b@host' }, int(i))
    await settle()
    expect(heard).toEqual(Array.from({ length: 5000 }, (_, i) => `name${i % 2500}`))
  })
})
