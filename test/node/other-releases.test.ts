/**
 * Peers that are older or newer than the emulator at hand: frames as the protocol document has them, written and read
 * by hand. Without distribution headers, so that a frame is `112 131 Control [131 Payload]`.
 */

import { beforeEach, describe, expect, test } from 'vitest'
import { silentLog } from '../../src/base/ports.ts'
import {
  atom,
  decodeBare,
  encodeBare,
  int,
  type Pid,
  pid,
  type Reference,
  reference,
  type Term,
  TermReader,
  type Tuple,
  tuple,
} from '../../src/erlang-term-format/index.ts'
import { ALTACT, type Control } from '../../src/node/control.ts'
import { challengeDigest } from '../../src/node/digest.ts'
import { eiFlags, FLAG, type Flags, passThroughFlags } from '../../src/node/flags.ts'
import { decodeChallenge, encodeName, encodeReply } from '../../src/node/handshake-messages.ts'
import { ErlangNode } from '../../src/node/node.ts'
import type { LocalProcess, ProcessEvent } from '../../src/node/process.ts'
import { MemoryTransport, settle, TestClock, testRandom } from './memory-network.ts'

const dispatcher = {
  call(_: unknown, done: (outcome: { kind: 'return'; value: Uint8Array }) => void) {
    done({ kind: 'return', value: Uint8Array.of(106) })
    return { cancel() {} }
  },
}

const them: Pid = pid('c@host', 5, 0, 3)
const theirRef: Reference = reference('c@host', 3, [1, 2, 3])
const fields = (...elements: Term[]): Term => tuple(...elements)

/** A peer whose every byte is the test's. */
class RawPeer {
  readonly transport = new MemoryTransport()
  private seen = 0

  constructor(node: ErlangNode, flags: Flags) {
    this.transport.events = node.accept(this.transport)
    this.frame(2, encodeName({ name: 'c@host', flags, creation: 3 }))
    const { challenge } = decodeChallenge(Buffer.concat(this.transport.writes).subarray(7))
    this.frame(2, encodeReply({ challenge: 1, digest: challengeDigest('x', challenge) }))
    this.seen = Buffer.concat(this.transport.writes).length
  }

  private frame(prefix: 2 | 4, body: Uint8Array): void {
    const length = Buffer.alloc(prefix)
    length.writeUIntBE(body.length, 0, prefix)
    this.transport.receive(Buffer.concat([length, body]))
  }

  send(control: Term, payload?: Term): void {
    const parts = [Uint8Array.of(112, 131), encodeBare(control)]
    if (payload !== undefined) parts.push(Uint8Array.of(131), encodeBare(payload))
    this.frame(4, Buffer.concat(parts))
  }

  /** What has come since the last time: control messages, with their payloads behind them. */
  async received(): Promise<Term[]> {
    await settle()
    const bytes = Buffer.concat(this.transport.writes).subarray(this.seen)
    this.seen += bytes.length
    const terms: Term[] = []
    for (let at = 0; at < bytes.length; ) {
      const end = at + 4 + bytes.readUInt32BE(at)
      expect([bytes[at + 4], bytes[at + 5]]).toEqual([112, 131])
      const reader = new TermReader(bytes, at + 6, end)
      terms.push(reader.readTerm())
      if (!reader.atEnd) {
        reader.readMagic()
        terms.push(reader.readTerm())
      }
      at = end
    }
    return terms
  }
}

let node: ErlangNode
let process: LocalProcess
let told: string[]

beforeEach(() => {
  node = new ErlangNode({
    name: 'n@host',
    cookie: 'x',
    creation: 1,
    clock: new TestClock(),
    random: testRandom(),
    log: silentLog,
    dispatcher,
  })
  told = []
  process = node.spawn({
    trapExit: true,
    event: (event: ProcessEvent) => {
      const encoded = event.kind === 'message' ? event.payload : 'reason' in event ? event.reason : null
      const result = event.kind === 'spawned' ? event.result : null
      const term = encoded === null ? result : decodeBare(encoded)
      told.push(term?.kind === 'atom' ? `${event.kind} ${term.name}` : event.kind)
    },
  })
  node.register('me', process)
})

describe('a peer with the flags of ei', () => {
  let peer: RawPeer
  beforeEach(() => {
    peer = new RawPeer(node, eiFlags)
  })

  test('gets messages without a sender, by pid and by name', async () => {
    process.send(them, atom('hi'))
    process.send({ kind: 'name', name: 'server', node: 'c@host' }, atom('hi'))
    expect(await peer.received()).toEqual([
      fields(int(2), atom(''), them),
      atom('hi'),
      fields(int(6), process.pid, atom(''), atom('server')),
      atom('hi'),
    ])
  })

  test('gets reasons within exits: 3, 8, 21', async () => {
    peer.send(fields(int(1), them, process.pid))
    peer.send(fields(int(19), them, process.pid, theirRef))
    process.exitOther(them, atom('why'))
    process.exit(atom('over'))
    expect(await peer.received()).toEqual([
      fields(int(8), process.pid, them, atom('why')),
      fields(int(21), process.pid, them, theirRef, atom('over')),
      fields(int(3), process.pid, them, atom('over')),
    ])
  })

  test('sends exits with the reason within: 3, 8, 13, 18, and 21', async () => {
    process.link(them)
    peer.send(fields(int(3), them, process.pid, atom('linked')))
    peer.send(fields(int(8), them, process.pid, atom('exit2')))
    peer.send(fields(int(18), them, process.pid, atom('token'), atom('traced')))
    process.link(them)
    peer.send(fields(int(13), them, process.pid, atom('token'), atom('traced')))
    const monitor = process.monitor(them)
    peer.send(fields(int(21), them, process.pid, monitor, atom('gone')))
    await settle()
    expect(told).toEqual(['exit linked', 'exit exit2', 'exit traced', 'exit traced', 'down gone'])
  })

  test('cannot spawn, be monitored by name, or have aliases', async () => {
    process.spawnRemote('c@host', 'm', 'f', 0, Uint8Array.of(106))
    process.monitor({ kind: 'name', name: 'server', node: 'c@host' })
    process.send(theirRef, atom('hi'))
    expect(await peer.received()).toEqual([])
    expect(told).toEqual(['spawned notsup', 'down notsup'])
  })
})

describe('a peer of OTP 23', () => {
  test('gets and sends unlinks without acknowledgement: 4', async () => {
    const peer = new RawPeer(node, eiFlags & ~FLAG.UNLINK_ID)
    process.link(them)
    process.unlink(them)
    process.link(them)
    expect((await peer.received()).map((term) => (term as Tuple).elements[0])).toEqual([
      int(1),
      int(4),
      int(1),
    ])
    peer.send(fields(int(4), them, process.pid))
    peer.send(fields(int(3), them, process.pid, atom('late')))
    await settle()
    expect(told).toEqual([])
  })
})

describe('a peer that traces', () => {
  test('sends tokens: 12, 16, 23, 25, 27, 30, 34', async () => {
    const peer = new RawPeer(node, passThroughFlags & ~FLAG.ALTACT_SIG)
    const alias = node.makeAlias(process)
    const token = tuple(int(1), atom('token'))
    process.link(them)
    await peer.received()
    peer.send(fields(int(12), atom(''), process.pid, token), atom('send'))
    peer.send(fields(int(16), them, atom(''), atom('me'), token), atom('name'))
    peer.send(fields(int(23), them, process.pid, token), atom('sender'))
    peer.send(fields(int(34), them, alias, token), atom('alias'))
    peer.send(fields(int(27), them, process.pid, token), atom('exit2'))
    peer.send(fields(int(25), them, process.pid, token), atom('exit'))
    const mfa = tuple(atom('m'), atom('f'), int(0))
    peer.send(fields(int(30), theirRef, them, them, mfa, { kind: 'list', elements: [], tail: null }, token), {
      kind: 'list',
      elements: [],
      tail: null,
    })
    const [reply] = await peer.received()
    expect(told).toEqual([
      'message send',
      'message name',
      'message sender',
      'message alias',
      'exit exit2',
      'exit exit',
    ])
    expect((reply as Tuple).elements.slice(0, 4)).toEqual([int(31), theirRef, them, int(0)])
  })
})

describe('a peer of OTP 28', () => {
  let peer: RawPeer
  let alias: Reference
  beforeEach(() => {
    peer = new RawPeer(node, passThroughFlags | FLAG.ALTACT_SIG)
    alias = node.makeAlias(process)
  })

  test.each([
    ['to a pid', 0, () => process.pid, null, 'message x'],
    ['to a pid, with priority', ALTACT.PRIORITY, () => process.pid, null, 'message x'],
    ['to a name', ALTACT.NAME, () => atom('me'), null, 'message x'],
    ['to an alias, with priority', ALTACT.ALIAS | ALTACT.PRIORITY, () => alias, null, 'message x'],
    ['with a token', ALTACT.TOKEN | ALTACT.ALIAS, () => alias, atom('token'), 'message x'],
    ['that is an exit', ALTACT.EXIT | ALTACT.PRIORITY, () => process.pid, null, 'exit x'],
  ])('sends 37 %s', async (_, flags, to, token, expected) => {
    peer.send(fields(int(37), int(flags), them, to(), ...(token === null ? [] : [token])), atom('x'))
    await settle()
    expect(told).toEqual([expected])
  })

  test('gets 37, a peer that is older the signal that it stands for', async () => {
    const signals: Control[] = [
      { kind: 'altact', flags: ALTACT.PRIORITY, from: process.pid, to: them, token: null },
      {
        kind: 'altact',
        flags: ALTACT.PRIORITY | ALTACT.NAME,
        from: process.pid,
        to: atom('server'),
        token: null,
      },
      { kind: 'altact', flags: ALTACT.PRIORITY | ALTACT.ALIAS, from: process.pid, to: theirRef, token: null },
      { kind: 'altact', flags: ALTACT.PRIORITY | ALTACT.EXIT, from: process.pid, to: them, token: null },
    ]
    const sendAll = (): void => {
      for (const signal of signals) node.route('c@host', signal, encodeBare(atom('x')))
    }
    const controls = async (from: RawPeer): Promise<Term[]> =>
      (await from.received()).filter((term) => term.kind === 'tuple')
    sendAll()
    expect(await controls(peer)).toEqual([
      fields(int(37), int(1), process.pid, them),
      fields(int(37), int(9), process.pid, atom('server')),
      fields(int(37), int(5), process.pid, theirRef),
      fields(int(37), int(17), process.pid, them),
    ])
    peer.transport.destroy()
    await settle()
    const older = new RawPeer(node, passThroughFlags & ~FLAG.ALTACT_SIG)
    sendAll()
    expect(await controls(older)).toEqual([
      fields(int(22), process.pid, them),
      fields(int(6), process.pid, atom(''), atom('server')),
      fields(int(33), process.pid, theirRef),
      fields(int(26), process.pid, them),
    ])
  })

  test('and whatever comes after it, is skipped over', async () => {
    peer.send(fields(int(99), them, process.pid), atom('x'))
    peer.send(fields(int(22), them, process.pid, atom('a field of a later release')), atom('x'))
    await settle()
    expect(told).toEqual(['message x'])
    expect(node.connections().length).toBe(1)
  })
})
