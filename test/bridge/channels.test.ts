/** The node's side of channels: what they may hold of the domain's memory. (The rest is tested from a real `erl`, in test/daemon.) */

import { expect, it } from 'vitest'
import { silentLog } from '../../src/base/ports.ts'
import { Channels } from '../../src/bridge/channels.ts'
import { atom, binary, encodeBare } from '../../src/erlang-term-format/index.ts'
import { type CallOutcome, type Dispatcher, ErlangNode, type LocalProcess } from '../../src/node/index.ts'
import { settle, TestClock, testRandom } from '../node/memory-network.ts'

const nothing = new Uint8Array(0)
const message = encodeBare(binary('x'.repeat(1000)))
const room = 10_000

/** Sends that the domain has not dealt with. */
const underWay = new Set<(outcome: CallOutcome) => void>()
const dispatcher: Dispatcher = {
  call: (_, done) => {
    underWay.add(done)
    return { cancel: () => void underWay.delete(done) }
  },
}

const node = new ErlangNode({
  name: 'a@b',
  cookie: 'x',
  creation: 7,
  clock: new TestClock(),
  random: testRandom(1),
  log: silentLog,
  dispatcher,
})
const channels = new Channels(node, { log: silentLog, dispatcher, isModule: () => false, room }, () => {})
const sender: LocalProcess = node.spawn({ event: () => {} })

function channel() {
  const [kind, name, process] = ['channel', '', node.reserveNumbers(1)] as const
  channels.start({ kind, name, process, id: 0, count: 0, node: '', target: nothing, payload: nothing })
  return { ...sender.pid, id: process }
}

it('what a channel has on its way counts when it is over, too, and gives way when there is no room', async () => {
  const last = channel()
  for (let i = 0; i < 100; i++) {
    const pid = channel()
    sender.send(pid, message)
    sender.exitOther(pid, atom('kill'))
    await settle()
    expect(channels.has(pid.id)).toBe(false)
  }
  expect(underWay.size).toBeGreaterThan(5)
  expect(underWay.size).toBeLessThan(12)
  sender.send(last, message)
  await settle()
  expect(channels.has(last.id)).toBe(true)
  for (const done of [...underWay]) {
    underWay.delete(done)
    done({ kind: 'return', value: nothing })
  }
  for (let i = 0; i < 8; i++) sender.send(last, message)
  await settle()
  expect(underWay.size).toBe(8)
})
