/** The log: what peers cannot do with it, and what cannot stop the node. */

import { type ChildProcess, spawn } from 'node:child_process'
import { openSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import { LimitedLog } from '../../src/daemon/limited-log.ts'
import { Erl } from '../node/erl.ts'
import { TestClock } from '../node/memory-network.ts'
import { command, cookie, eventually, freePort, Scratch } from './camlnode.ts'

const talker = `let say n = for i = 1 to n do prerr_endline (String.make 1000 'x') done; n
let twice n = 2 * n
`

const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
})

/** A daemon whose stderr is this; stdin stays open. */
async function daemonOn(
  stderr: number | 'pipe',
): Promise<{ readonly child: ChildProcess; readonly erl: Erl }> {
  const scratch = new Scratch({ cookie, 'talker.ml': talker })
  const port = await freePort()
  const args = [
    'start',
    '--cookie-file',
    'cookie',
    '--module',
    'talker.ml',
    '--no-epmd',
    '--listen',
    `127.0.0.1:${port}`,
  ]
  const child = spawn(process.execPath, [command('camlnode'), ...args], {
    cwd: scratch.folder,
    stdio: ['pipe', 'pipe', stderr],
  })
  ends.push(() => child.kill('SIGKILL'))
  let stdout = ''
  child.stdout?.on('data', (bytes) => {
    stdout += String(bytes)
  })
  await eventually('the daemon is ready', () => stdout.startsWith('ready'))
  const erl = await Erl.start({ name: 'shell@127.0.0.1', cookie, peerPort: port })
  ends.push(() => void erl.stop())
  return { child, erl }
}

const N = "'caml@127.0.0.1'"

async function works(erl: Erl): Promise<void> {
  expect(await erl.eval(`rpc:call(${N}, talker, say, [20000])`)).toBe('20000')
  for (let i = 0; i < 20; i++)
    expect(await erl.eval(`rpc:call(${N}, talker, twice, [${i}])`)).toBe(String(2 * i))
}

describe('the node goes on', () => {
  test('when the disk of its log is full', async () => {
    const { erl } = await daemonOn(openSync('/dev/full', 'w'))
    await works(erl)
  })

  test('when the reader of its log has gone', async () => {
    const { child, erl } = await daemonOn('pipe')
    child.stderr?.destroy()
    await works(erl)
  })

  test('when nobody reads its log, and says later what is missing', async () => {
    const { child, erl } = await daemonOn('pipe')
    child.stderr?.pause()
    await works(erl)
    let text = ''
    child.stderr?.on('data', (bytes) => {
      text += String(bytes)
    })
    child.stderr?.resume()
    await eventually('the reader has caught up', async () => {
      await erl.eval(`rpc:call(${N}, talker, say, [1])`)
      return text.includes('lines of the log were left out: stderr could not take them')
    })
    for (const line of text.trim().split('\n')) expect(() => JSON.parse(line)).not.toThrow()
  })
})

describe('lines of one kind', () => {
  const written: string[] = []
  const note = (_: object, message: string): void => void written.push(message)
  const log = {
    debug: note,
    info: note,
    warn: (fields: object, message: string) => note(fields, `${message} ${JSON.stringify(fields)}`),
    error: note,
  }

  test('are limited by peer, by message and by time, and counted', async () => {
    const clock = new TestClock()
    const limited = new LimitedLog(log, clock, ['free'])
    for (let i = 0; i < 1000; i++) limited.info({ peer: 'a@h' }, 'm')
    expect(written.length).toBe(5)
    for (let i = 0; i < 1000; i++) limited.info({ peer: `b${i}@h` }, 'm')
    expect(written.length).toBe(100)
    for (let i = 0; i < 1000; i++) limited.error({ peer: 'a@h' }, 'free')
    expect(written.length).toBe(1100)
    limited.error({}, 'other')
    await clock.advance(60_000)
    expect(written.slice(1101)).toEqual([
      'lines of the log were left out: too many of one kind in a minute {"of":"m","lines":1900}',
    ])
    limited.info({ peer: 'a@h' }, 'm')
    expect(written.at(-1)).toBe('m')
  })
})
