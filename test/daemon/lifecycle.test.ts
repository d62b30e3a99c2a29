/** How the daemon starts, says that it is ready, stops, and what it says when it cannot start. */

import { type ChildProcess, spawn } from 'node:child_process'
import { createServer, type Server } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { Erl } from '../node/erl.ts'
import {
  Camlnode,
  command,
  cookie,
  type DaemonOptions,
  eventually,
  type Finished,
  freePort,
  pause,
  runCommand,
  Scratch,
} from './camlnode.ts'

const fib = 'let rec fib n = if n < 2 then n else fib (n - 1) + fib (n - 2)\n'
const work = `let rec fib n = if n < 2 then n else fib (n - 1) + fib (n - 2)
let forever () : int = while true do () done; 0
let large n = String.make n 'x'
let quit () : int = exit 3
`
const N = "'caml@127.0.0.1'"

const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

async function daemonWith(options: DaemonOptions = { files: { 'work.ml': work } }): Promise<Camlnode> {
  const daemon = await Camlnode.start(options)
  ends.push(() => daemon.kill())
  return daemon
}

async function shellOf(daemon: Camlnode): Promise<Erl> {
  const erl = await daemon.erl()
  ends.push(() => erl.stop())
  return erl
}

/** An EPMD of Erlang's at a port. */
async function epmdAt(port: number): Promise<ChildProcess> {
  const epmd = spawn('epmd', ['-port', String(port)], { stdio: 'ignore' })
  ends.push(async () => epmd.kill('SIGKILL'))
  await eventually('epmd answers', async () => (await namesAt(port)) !== null)
  return epmd
}

/** What EPMD says about a port's names, null when there is none. */
async function namesAt(port: number): Promise<string | null> {
  const epmd = spawn('epmd', ['-port', String(port), '-names'])
  let text = ''
  epmd.stdout.setEncoding('utf8').on('data', (piece: string) => {
    text += piece
  })
  const status = await new Promise((resolve) => epmd.once('close', resolve))
  return status === 0 ? text : null
}

describe('ready', () => {
  test('is one line, alone on stdout', async () => {
    const daemon = await daemonWith()
    const erl = await shellOf(daemon)
    expect(await erl.eval(`rpc:call(${N}, work, fib, [20])`)).toBe('6765')
    expect(daemon.stdout).toMatch(/^ready caml@127\.0\.0\.1 \d+\n$/)
    expect(await daemon.stop()).toBe(0)
    expect(daemon.stdout).toMatch(/^ready caml@127\.0\.0\.1 \d+\n$/)
  })

  test('all of stderr is JSON lines', async () => {
    const daemon = await daemonWith()
    expect(await daemon.stop()).toBe(0)
    const lines = daemon.stderr.trim().split('\n')
    expect(lines.map((line) => typeof JSON.parse(line))).toEqual(lines.map(() => 'object'))
  })
})

describe('stopping', () => {
  test('at the end of stdin', async () => {
    const daemon = await daemonWith()
    daemon.child.stdin?.end()
    expect(await daemon.exited).toBe(0)
  })

  test('at once when stdin is closed from the start', async () => {
    const daemon = await daemonWith({ files: { 'fib.ml': fib }, stdin: 'ignore' })
    expect(await daemon.exited).toBe(0)
    expect(daemon.stdout).toMatch(/^ready /)
  })

  test('not when told to keep running without stdin', async () => {
    const daemon = await daemonWith({
      files: { 'work.ml': work },
      stdin: 'ignore',
      args: ['--keep-without-stdin'],
    })
    await pause(300)
    const erl = await shellOf(daemon)
    expect(await erl.eval(`rpc:call(${N}, work, fib, [20])`)).toBe('6765')
    expect(await daemon.stop()).toBe(0)
  })

  test('running calls finish, and the name is given up', async () => {
    const epmdPort = await freePort()
    await epmdAt(epmdPort)
    const daemon = await daemonWith({ files: { 'work.ml': work }, epmdPort })
    expect(await namesAt(epmdPort)).toContain(`name caml at port ${daemon.port}`)
    const erl = await shellOf(daemon)
    await erl.eval(`rpc:call(${N}, work, fib, [10])`)
    const answers = Promise.all([
      erl.eval(`rpc:call(${N}, work, fib, [37])`),
      erl.eval(`byte_size(rpc:call(${N}, work, large, [20000000]))`),
    ])
    await pause(100)
    daemon.child.kill('SIGTERM')
    expect(await answers).toEqual(['24157817', '20000000'])
    expect(await daemon.exited).toBe(0)
    expect(await namesAt(epmdPort)).not.toContain('name caml ')
    expect(await erl.eval(`net_adm:ping(${N})`)).toBe('pang')
  })

  test('a call without end does not hold it up for long', async () => {
    const daemon = await daemonWith()
    const erl = await shellOf(daemon)
    const answer = erl.eval(`rpc:call(${N}, work, forever, [])`)
    await pause(300)
    const before = Date.now()
    expect(await daemon.stop()).toBe(0)
    expect(Date.now() - before).toBeLessThan(9000)
    expect(await answer).toBe('{badrpc,nodedown}')
  })

  test('a program cannot end the daemon', async () => {
    const daemon = await daemonWith()
    const erl = await shellOf(daemon)
    expect(await erl.eval(`rpc:call(${N}, work, quit, [])`)).toContain('badrpc')
    expect(await erl.eval(`rpc:call(${N}, work, fib, [20])`)).toBe('6765')
  })
})

describe('EPMD', () => {
  test('comes back: the node registers again', async () => {
    const epmdPort = await freePort()
    const first = await epmdAt(epmdPort)
    const daemon = await daemonWith({ files: { 'work.ml': work }, epmdPort })
    first.kill('SIGKILL')
    await eventually('epmd is gone', async () => (await namesAt(epmdPort)) === null)
    await epmdAt(epmdPort)
    await eventually(
      'the node is registered',
      async () => (await namesAt(epmdPort))?.includes('name caml ') ?? false,
    )
    const erl = await shellOf(daemon)
    expect(await erl.eval(`rpc:call(${N}, work, fib, [20])`)).toBe('6765')
    expect(daemon.stdout.split('\n').length).toBe(2)
  })

  test('is not needed with a fixed port', async () => {
    const port = await freePort()
    const daemon = await daemonWith({
      files: { 'work.ml': work },
      args: ['--no-epmd', '--listen', `127.0.0.1:${port}`],
    })
    expect(daemon.stdout).toBe(`ready caml@127.0.0.1 ${port}\n`)
    const erl = await Erl.start({ name: 'fixed@127.0.0.1', cookie, peerPort: port })
    ends.push(() => erl.stop())
    expect(await erl.eval(`rpc:call(${N}, work, fib, [20])`)).toBe('6765')
    expect(await namesAt(daemon.epmdPort)).toBe(null)
  })
})

describe('what keeps it from starting is said on stderr, with status 2', () => {
  /** Starts in a folder with these files and a cookie. */
  function startIn(scratch: Scratch, ...args: string[]): Finished {
    scratch.write('cookie', cookie)
    const finished = runCommand('camlnode', ['start', ...args], { cwd: scratch.folder })
    expect(finished.stdout).toBe('')
    return finished
  }

  const configurations: Readonly<Record<string, readonly [text: string, line: number, key: string]>> = {
    'unknown table': ['[nodes]\nname = "x@y"', 1, 'nodes'],
    'unknown key': ['[node]\nname = "x@y"\ncolor = 1', 3, 'node.color'],
    'wrong type': ['\n[node]\nname = 3', 3, 'node.name'],
    'wrong name': ['[node]\nname = "a b"', 2, 'node.name'],
    'wrong duration': ['[limits]\ncall_timeout = "30 parsecs"', 2, 'limits.call_timeout'],
    'wrong size': ['[limits]\nheap = "12"', 2, 'limits.heap'],
    'too large a size': ['[limits]\nstack = "2GiB"', 2, 'limits.stack'],
    'wrong port': ['[listen]\nport = 70000', 2, 'listen.port'],
    'huge number': ['[listen]\nport = 99999999999999999999999', 2, 'listen.port'],
    'half a range of ports': ['[listen]\nport_min = 4000', 2, 'listen.port_min'],
    'empty range of ports': ['[listen]\nport_min = 4000\nport_max = 3000', 2, 'listen.port_min'],
    'no EPMD, no port': ['[epmd]\nenabled = false', 2, 'epmd.enabled'],
    'module without file': ['[[module]]\n', 1, 'module.file'],
    'second module': ['[[module]]\nfile = "a.ml"\n[[module]]\nfile = 2', 4, 'module.file'],
    'wrong choice': ['[log]\nlevel = "loud"', 2, 'log.level'],
    syntax: ['[node]\nname = = 1', 2, ''],
    'key given twice': ['[node]\nname = "a"\nname = "b"', 3, ''],
  }
  test.each(Object.entries(configurations))('configuration: %s', (_, [text, line, key]) => {
    const scratch = new Scratch({ 'c.toml': text })
    const { status, stderr } = startIn(scratch, '--config', 'c.toml')
    expect(stderr).toMatch(new RegExp(`^camlnode: c\\.toml, line ${line}\\b.*${key.replaceAll('.', '\\.')}`))
    expect(stderr.split('\n').length).toBe(2)
    expect(status).toBe(2)
  })

  const commandLines: Readonly<Record<string, readonly [args: readonly string[], message: RegExp]>> = {
    'unknown option': [['--colour'], /^camlnode start: unknown option --colour\nusage: /],
    'option without value': [['--config'], /^camlnode start: --config needs a value\nusage: /],
    'option given twice': [['--name', 'a@b', '--name', 'c@d'], /^camlnode start: --name is given twice\n/],
    'stray argument': [['fib.ml'], /^camlnode start: unexpected argument fib\.ml\n/],
    'wrong name': [['--name', 'a@b@c'], /^camlnode: the node's name must be NAME@HOST/],
    'no EPMD, no port': [['--no-epmd'], /^camlnode start: --no-epmd needs --listen ADDR:PORT/],
    'no address': [['--listen', ':4000'], /^camlnode start: --listen :4000: expected ADDR\[:PORT\]\n/],
    'no such configuration': [['--config', 'no.toml'], /^camlnode: cannot read no\.toml: .*no such file/],
    'no such module': [
      ['--cookie-file', 'cookie', '--module', 'no.ml'],
      /^camlnode: .*no\.ml: no such file\n$/,
    ],
    'not a module': [
      ['--cookie-file', 'cookie', '--module', 'cookie'],
      /^camlnode: .*cookie: not an OCaml source file/,
    ],
    'no cookie': [['--cookie-file', 'none'], /camlnode: cannot read the cookie file none: .*no such file/],
    'empty cookie': [['--cookie-file', 'empty'], /camlnode: the cookie file empty is empty\n/],
  }
  test.each(Object.entries(commandLines))('command line: %s', (_, [args, message]) => {
    const { status, stderr } = startIn(new Scratch({ empty: '\n' }), ...args)
    expect(stderr).toMatch(message)
    expect(status).toBe(2)
  })

  const sources: Readonly<Record<string, readonly [source: string, message: RegExp]>> = {
    'type error': [
      'let ok = 1\nlet bad = ok + "x"\n',
      /^File ".*bad\.ml", line 2, characters 15-18:\n2 \| let bad = ok \+ "x"\n {15}\s*\^\^\^\nError: This expression has type string/,
    ],
    'syntax error': ['let f x = \n', /^File ".*bad\.ml", line \d+, characters.*\n[\s\S]*Error: Syntax error/],
    'unbound module': ['let x = Nowhere.y\n', /Error: Unbound module Nowhere/],
    'exception at initialisation': [
      'let () = failwith "not today"\n',
      /^camlnode: the initialisation of Bad raised Failure\("not today"\)\n/,
    ],
  }
  test.each(Object.entries(sources))('source: %s', (_, [source, message]) => {
    const scratch = new Scratch({ 'bad.ml': source })
    const { status, stderr } = startIn(scratch, '--cookie-file', 'cookie', '--module', 'bad.ml')
    const text = stderr
      .split('\n')
      .filter((line) => !line.startsWith('{'))
      .join('\n')
    expect(text).toMatch(message)
    expect(text).not.toContain('    at ')
    expect(status).toBe(2)
  })

  test('a name that another node has', async () => {
    const first = await daemonWith({ files: { 'fib.ml': fib } })
    const second = Camlnode.launch({ files: { 'fib.ml': fib } }, first.epmdPort)
    expect(await second.exited).toBe(2)
    expect(second.stderr).toMatch(/camlnode: EPMD at 127\.0\.0\.1:\d+ has a node named caml already\n/)
    expect(second.stderr).not.toContain('not registered with EPMD')
    expect(second.stdout).toBe('')
  })

  test('a port that is in use', async () => {
    const server = await new Promise<Server>((resolve) => {
      const listening = createServer().listen(0, '127.0.0.1', () => resolve(listening))
    })
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const config = `[listen]\nport = ${port}`
    const daemon = Camlnode.launch({ files: { 'fib.ml': fib }, config }, await freePort())
    expect(await daemon.exited).toBe(2)
    expect(daemon.stderr).toMatch(
      new RegExp(`camlnode: cannot listen on 127\\.0\\.0\\.1, port ${port}: .*EADDRINUSE`),
    )
    server.close()
  })

  test('unknown commands, and help', () => {
    expect(runCommand('camlnode', ['fly'])).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringMatching(/^camlnode: unknown command fly\nusage: /),
    })
    expect(runCommand('camlnode', [])).toMatchObject({ status: 2, stdout: '' })
    expect(runCommand('camlnode', ['--help'])).toMatchObject({
      status: 0,
      stderr: '',
      stdout: expect.stringMatching(/^usage: camlnode start/),
    })
  })
})

test('the first free port of a range is taken, short names get this host', async () => {
  const daemon = await daemonWith({
    files: { 'fib.ml': fib },
    config: '[listen]\nport_min = 21000\nport_max = 21999',
    args: ['--name', 'short'],
  })
  expect(daemon.stdout).toMatch(/^ready short@[^.\s]+ 21\d\d\d\n$/)
  expect(command('camlnode')).toContain('camlnode.js')
})
