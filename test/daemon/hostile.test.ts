/** Peers that try to take the node down, or to take more than their share, while others want to be served. */

import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  atom,
  encodeBare,
  int,
  list,
  type Pid,
  type Reference,
  type Term,
  tuple,
} from '../../src/erlang-term-format/index.ts'
import { hiddenNodeFlags } from '../../src/node/flags.ts'
import { encodeChallenge, encodeName } from '../../src/node/handshake-messages.ts'
import type { Erl } from '../node/erl.ts'
import { Camlnode, cookie, eventually, pause } from './camlnode.ts'
import { everyWayInShort } from './certificates.ts'
import { framed, RawPeer } from './raw-peer.ts'

const work = `let rec fib n = if n < 2 then n else fib (n - 1) + fib (n - 2)
let grown n = String.make n 'x'
let any (_ : string) = 1
`
const N = "'caml@127.0.0.1'"
const enemy = 'enemy@127.0.0.1'
const me: Pid = { kind: 'pid', node: enemy, id: 5, serial: 0, creation: 1 }

const reference = (number: number): Reference => ({
  kind: 'reference',
  node: enemy,
  creation: 1,
  ids: [number & 0x3ffff, number >>> 18, 0],
})

function signal(control: Term, payload?: Term): Uint8Array {
  const rest = payload === undefined ? [] : [Uint8Array.of(131), encodeBare(payload)]
  return framed(4, Buffer.concat([Uint8Array.of(112, 131), encodeBare(control), ...rest]))
}

/** A call as `erpc:call` makes it. */
function call(number: number, name: Term, args: Term): Uint8Array {
  const run = tuple(atom('erpc'), atom('execute_call'), int(4))
  const control = tuple(int(29), reference(number), me, me, run, list(atom('monitor')))
  return signal(control, list(reference(number), atom('work'), name, args))
}

describe.each(everyWayInShort())('over $name', ({ config, erlArguments, client, share }) => {
  let daemon: Camlnode
  let erl: Erl

  beforeAll(async () => {
    daemon = await Camlnode.start({
      files: { 'work.ml': work },
      config: `[limits]\nhandshake_timeout = "${share < 1 ? 1 : 2}s"\npeer_unread = "${500 * share}MiB"\n${config}`,
      erlArguments,
    })
    erl = await daemon.erl()
  })
  afterAll(async () => {
    await erl?.stop()
    expect(await daemon?.stop()).toBe(0)
  })

  /** How long a call of a peaceful node takes, in milliseconds. */
  async function served(): Promise<number> {
    const start = performance.now()
    expect(await erl.eval(`rpc:call(${N}, work, fib, [15])`)).toBe('610')
    return performance.now() - start
  }

  let joined: RawPeer | undefined
  /** The one before may still be there: what it has sent is read to the end first. */
  async function join(): Promise<RawPeer> {
    let peer: RawPeer | undefined
    await eventually('a peer is let in', async () => {
      peer = await RawPeer.join(daemon.port, enemy, cookie, client).catch((error: Error) => {
        if (error.message.endsWith('salive')) return undefined
        throw error
      })
      return peer !== undefined
    })
    joined = peer
    return peer as RawPeer
  }
  afterEach(async () => {
    joined?.destroy()
    joined = undefined
    await pause(100)
  })
  const openFiles = (): number => readdirSync(`/proc/${daemon.pid}/fd`).length

  describe('before the handshake', () => {
    test('3,000 silent connections keep nobody out, and leave nothing', async () => {
      const before = openFiles()
      const silent: RawPeer[] = []
      for (let i = 0; i < 3000 * share; i++) {
        silent.push(RawPeer.dial(daemon.port))
        if (i % 100 === 0) await pause(5)
      }
      const newcomer = await daemon.erl()
      expect(await newcomer.eval(`rpc:call(${N}, work, fib, [15])`)).toBe('610')
      await newcomer.stop()
      expect(openFiles()).toBeLessThan(before + 200)
      expect(daemon.stderr).toContain('more handshakes than limits.handshakes: the oldest is given up')
      await eventually('all are closed', () => openFiles() < before + 5, 10_000)
      for (const peer of silent) peer.destroy()
    }, 60_000)

    test('a byte now and then does not prolong it', async () => {
      const slow = RawPeer.dial(daemon.port, client)
      const name = slow.framed(encodeName({ name: enemy, flags: hiddenNodeFlags, creation: 1 }))
      const start = performance.now()
      for (const byte of name) {
        if (slow.gone) break
        slow.send(Uint8Array.of(byte))
        await pause(100)
      }
      await slow.closed()
      expect(performance.now() - start).toBeLessThan(4000)
      expect(daemon.stderr).toContain('the handshake took too long')
    })

    const names: Readonly<Record<string, string>> = {
      'of 300 characters': `${'x'.repeat(288)}@127.0.0.1`,
      'of 255 wide characters and more': `${'𝕏'.repeat(250)}@127.0.0.1`,
      'of 60,000 bytes': `${'x'.repeat(60_000)}@127.0.0.1`,
      'with control characters': 'a\u0007\n@127.0.0.1',
      'of our own': 'caml@127.0.0.1',
      'without a host': 'enemy',
    }
    test.each(Object.entries(names))('a name %s is refused', async (_, name) => {
      const peer = RawPeer.dial(daemon.port, client)
      peer.send(peer.framed(encodeName({ name, flags: hiddenNodeFlags, creation: 1 })))
      await peer.closed()
      await served()
    })

    test('a challenge is not answered by who has not connected', async () => {
      const peer = RawPeer.dial(daemon.port, client)
      const heard: Buffer[] = []
      peer.socket.on('data', (bytes) => heard.push(bytes))
      peer.send(
        peer.framed(encodeChallenge({ name: enemy, flags: hiddenNodeFlags, creation: 1, challenge: 7 })),
      )
      await peer.closed()
      expect(Buffer.concat(heard).includes(0x72)).toBe(false)
    })
  })

  describe('after the handshake', () => {
    test('two million monitors: the peer is given up at its limit', async () => {
      const peer = await join()
      const before = daemon.memory()
      for (let number = 0; number < 2_000_000 * share && !peer.gone; number += 1000) {
        const some = Array.from({ length: 1000 }, (_, i) =>
          tuple(int(19), me, atom('rex'), reference(number + i)),
        )
        peer.send(Buffer.concat(some.map((monitor) => signal(monitor))))
        await peer.flushed()
      }
      await peer.closed()
      await eventually('it is told', () =>
        daemon.stderr.includes('more than 100000 monitors and links (limits.peer_relations)'),
      )
      expect(daemon.memory() - before).toBeLessThan(300)
      expect(await served()).toBeLessThan(1000)
    }, 60_000)

    test('monitors that are taken off again are no more', async () => {
      const peer = await join()
      for (let number = 0; number < 300_000 * share; number += 1000) {
        const pairs = Array.from({ length: 1000 }, (_, i) => [
          signal(tuple(int(19), me, atom('rex'), reference(number + i))),
          signal(tuple(int(20), me, atom('rex'), reference(number + i))),
        ])
        peer.send(Buffer.concat(pairs.flat()))
        await peer.flushed()
      }
      await pause(200)
      expect(peer.gone).toBe(false)
      peer.destroy()
    }, 60_000)

    test('100,000 calls of one peer do not keep the calls of another waiting', async () => {
      const peer = await join()
      peer.socket.on('data', () => {})
      for (let number = 0; number < 100_000 * share; number += 1000) {
        peer.send(
          Buffer.concat(Array.from({ length: 1000 }, (_, i) => call(number + i, atom('fib'), list(int(22))))),
        )
      }
      await peer.flushed()
      const times: number[] = []
      for (let i = 0; i < 20; i++) times.push(await served())
      times.sort((a, b) => a - b)
      expect(times[10]).toBeLessThan(1000)
      expect(times[19]).toBeLessThan(10_000)
      peer.destroy()
      await eventually(
        'its calls are over',
        async () => (await erl.eval(`maps:get(running, rpc:call(${N}, camlnode, info, []))`)) === '0',
      )
    }, 120_000)

    test('a caller that does not read its answers costs a bounded memory', async () => {
      const peer = await join()
      const before = daemon.memory()
      peer.socket.pause()
      // All at once: were the calls to come one after the other, the node would stop to read them when the first answers wait.
      const calls = Array.from({ length: 2000 * share }, (_, number) =>
        call(number, atom('grown'), list(int(1_000_000))),
      )
      peer.send(Buffer.concat(calls))
      for (let i = 0; i < 20; i++) {
        // A busy machine takes long for two gigabytes of answers; without turns it would be all of that time.
        expect(await served()).toBeLessThan(5000)
        await pause(50)
      }
      await eventually('it is given up', () =>
        daemon.stderr.includes('the peer does not read: more than limits.peer_unread'),
      )
      peer.destroy()
      expect(daemon.memory() - before).toBeLessThan(1500)
    }, 60_000)

    test('two million atoms leave nothing', async () => {
      const peer = await join()
      peer.socket.on('data', () => {})
      let last = 0
      const fresh = (): Term => atom(`atom_${++last}`)
      /** Names that are called, sent to and given as arguments: each is another atom. */
      const send = async (signals: number): Promise<void> => {
        for (let left = signals; left > 0; left -= 100) {
          const some = Array.from({ length: 100 }, (_, i) => [
            call(left + i, fresh(), list()),
            call(left + i, atom('any'), list(list(...Array.from({ length: 96 }, fresh)))),
            signal(tuple(int(6), me, atom(''), fresh()), fresh()),
          ])
          peer.send(Buffer.concat(some.flat()))
          await peer.flushed()
        }
        await eventually('it has been dealt with', async () => (await served()) < 200)
      }
      await send(5000 * share)
      const before = daemon.memory()
      await send(15_000 * share)
      expect(last).toBeGreaterThan(1_900_000 * share)
      expect(peer.gone).toBe(false)
      expect(daemon.memory() - before).toBeLessThan(60)
      peer.destroy()
    }, 120_000)

    test('a line for each of 500 wrong cookies is not written', async () => {
      for (let i = 0; i < 500 * share; i++) {
        await expect(RawPeer.join(daemon.port, `thief${i}@127.0.0.1`, 'guess', client)).rejects.toThrow(
          'closed',
        )
      }
      const told = daemon.log.filter(({ reason }) => reason === 'wrong cookie: the digests differ').length
      expect(told).toBeGreaterThan(0)
      // Five in a window of time, of which another may begin meanwhile.
      expect(told).toBeLessThanOrEqual(10)
    })
  })

  test('no more nodes come in than limits.peers, and those that are there stay', async () => {
    const small = await Camlnode.start({
      files: { 'work.ml': work },
      config: `[limits]\npeers = 3\n${config}`,
    })
    const inside: RawPeer[] = []
    for (const name of ['one', 'two', 'three']) {
      inside.push(await RawPeer.join(small.port, `${name}@127.0.0.1`, cookie, client))
    }
    await expect(RawPeer.join(small.port, 'last@127.0.0.1', cookie, client)).rejects.toThrow('snot_allowed')
    await eventually('that is told', () =>
      small.stderr.includes('a node was refused: limits.peers are connected'),
    )
    expect(inside.map(({ gone }) => gone)).toEqual([false, false, false])
    for (const peer of inside) peer.destroy()
    await eventually('there is room again', async () => {
      const peer = await RawPeer.join(small.port, 'late@127.0.0.1', cookie, client).catch(() => undefined)
      peer?.destroy()
      return peer !== undefined
    })
    await small.stop()
  })

  test('the node listens on the loopback interface only, and so does its EPMD', () => {
    const listening = (
      readFileSync(`/proc/${daemon.pid}/net/tcp`, 'utf8') +
      readFileSync(`/proc/${daemon.pid}/net/tcp6`, 'utf8')
    )
      .split('\n')
      .filter((line) => / 0A /.test(line))
      .map((line) => line.trim().split(/\s+/)[1] as string)
    for (const port of [daemon.port, daemon.epmdPort]) {
      const end = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
      expect(listening.filter((address) => address.endsWith(end))).toEqual([`0100007F${end}`])
    }
  })

  test('the cookie is in no line of the log', async () => {
    await expect(RawPeer.join(daemon.port, enemy, 'guess', client)).rejects.toThrow('closed')
    expect(daemon.stderr).toContain('wrong cookie')
    expect(daemon.stderr).not.toContain(cookie)
  })
})
