/** TLS distribution: who is let in, who is not and why, in both directions, against a real `erl`. */

import { copyFileSync, readFileSync, rmSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { connect as dialTls } from 'node:tls'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { silentLog } from '../../src/base/ports.ts'
import { readTlsFiles } from '../../src/daemon/tls-files.ts'
import { TlsNetwork } from '../../src/daemon/tls-network.ts'
import { atom, decodeBare, list } from '../../src/erlang-term-format/index.ts'
import { callRemote } from '../../src/node/index.ts'
import { type EchoNode, startEchoNode } from '../node/echo-node.ts'
import { Erl } from '../node/erl.ts'
import { Camlnode, cookie, eventually, pause, runCommand, Scratch } from './camlnode.ts'
import { Authority, type Certificate, everyWay } from './certificates.ts'

const text = `let size (s : string) = String.length s
let grown n = String.make n 'x'
let reversed there (l : int list) = Erlang.(call there "lists" "reverse" Type.(list int @-> returning (list int)) l)
`
const N = "'caml@127.0.0.1'"
const authority = new Authority(new Scratch())
const stranger = new Authority(new Scratch(), 'stranger')
const ours = authority.sign('caml')

const ends: (() => Promise<unknown>)[] = []
afterAll(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

async function daemonWith(config: string, erlArguments: readonly string[] = []): Promise<Camlnode> {
  const daemon = await Camlnode.start({ files: { 'text.ml': text }, config, erlArguments })
  ends.push(() => daemon.stop())
  return daemon
}

async function shellOf(daemon: Camlnode, args: readonly string[]): Promise<Erl> {
  const erl = await daemon.erl({ args })
  ends.push(() => erl.stop())
  return erl
}

const ping = (erl: Erl): Promise<string> => erl.eval(`net_adm:ping(${N})`)

/** The reasons in the log, of failed handshakes. */
function reasons(daemon: Camlnode): readonly string[] {
  return daemon.log.flatMap(({ msg, reason }) =>
    typeof reason === 'string' && /handshake|certificate says/.test(String(msg)) ? [reason] : [],
  )
}

const untrusted = "the peer's certificate is not signed by an authority of tls.ca_file"

describe('who connects to us', () => {
  let daemon: Camlnode
  beforeAll(async () => {
    daemon = await daemonWith(authority.table(ours))
  })

  /** `erl` with this certificate is not let in, for this reason. */
  async function refused(arguments_: readonly string[], reason: string): Promise<void> {
    const before = reasons(daemon).length
    const erl = await shellOf(daemon, arguments_)
    expect(await ping(erl)).toBe('pang')
    await eventually('the reason is logged', () =>
      reasons(daemon)
        .slice(before)
        .some((text) => text.includes(reason)),
    )
    await erl.stop()
  }

  /** Who presents a certificate of its own, and trusts ours. */
  const presenting = (own: Certificate | null): string[] => authority.erlArguments(own)

  test('is let in with a certificate of the authority', async () => {
    expect(await ping(await shellOf(daemon, presenting(authority.sign('good'))))).toBe('pong')
  })
  test('is refused with a certificate of another authority', async () => {
    await refused(presenting(stranger.sign('bad')), untrusted)
  })
  test('is refused without a certificate', async () => {
    await refused(presenting(null), 'the peer has no certificate')
  })
  test('is refused with a certificate that has expired', async () => {
    await refused(presenting(authority.sign('old', { days: -1 })), "the peer's certificate has expired")
  })
  test('is refused with a certificate for another host', async () => {
    await refused(
      presenting(authority.sign('elsewhere', { names: 'DNS:elsewhere.example' })),
      'the certificate (DNS:elsewhere.example) is not for 127.0.0.1',
    )
  })
  test('refuses us when our certificate is not signed by its authority', async () => {
    await refused(
      stranger.erlArguments(stranger.sign('other')),
      'the peer refuses the connection: unknown ca',
    )
  })
  test('is refused when it does not speak TLS', async () => {
    await refused([], 'the peer does not speak TLS')
  })
  test('is refused with a wrong cookie, as over TCP', async () => {
    const erl = await daemon.erl({ args: presenting(authority.sign('guess')), cookie: 'guess' })
    expect(await ping(erl)).toBe('pang')
    await eventually('the reason is logged', () =>
      reasons(daemon).some((text) => text.includes('wrong cookie')),
    )
    await erl.stop()
  })
})

describe('options', () => {
  test('check_host = false: any host', async () => {
    const own = authority.sign('anywhere', { names: 'DNS:elsewhere.example' })
    const daemon = await daemonWith(authority.table(ours, 'check_host = false'))
    expect(await ping(await shellOf(daemon, authority.erlArguments(own)))).toBe('pong')
  })
  test('verify = false: any certificate or none', async () => {
    const daemon = await daemonWith(authority.table(ours, 'verify = false'))
    expect(await ping(await shellOf(daemon, authority.erlArguments(null)))).toBe('pong')
  })
  test('min_version = "1.3": nothing older', async () => {
    const daemon = await daemonWith(authority.table(ours, 'min_version = "1.3"'))
    const own = authority.sign('versions')
    const versions = (version: string): string[] =>
      authority.erlArguments(own, `{versions, ['tlsv${version}']}`)
    expect(await ping(await shellOf(daemon, versions('1.2')))).toBe('pang')
    expect(reasons(daemon)).toContain('the peer speaks only versions of TLS older than tls.min_version')
    expect(await ping(await shellOf(daemon, versions('1.3')))).toBe('pong')
  })
  test('SIGHUP reads the files again', async () => {
    const scratch = new Scratch()
    const own = new Authority(scratch).sign('own')
    const table = { certificate: own.certificate, key: own.key }
    const daemon = await daemonWith(authority.table(table))
    const peer = authority.erlArguments(authority.sign('peer'))
    expect(await ping(await shellOf(daemon, peer))).toBe('pang')
    const renewed = authority.sign('renewed')
    for (const kind of ['certificate', 'key'] as const) {
      rmSync(own[kind])
      copyFileSync(renewed[kind], own[kind])
    }
    daemon.child.kill('SIGHUP')
    await eventually('the files are read', () => daemon.stderr.includes('SIGHUP: new connections'))
    expect(await ping(await shellOf(daemon, peer))).toBe('pong')
    scratch.write('own.key', 'nonsense')
    daemon.child.kill('SIGHUP')
    await eventually('the files are refused', () => daemon.stderr.includes('has no private key'))
    expect(await ping(await shellOf(daemon, peer))).toBe('pong')
  })
})

describe.each(everyWay().slice(1))('over $name', ({ config, erlArguments, name }) => {
  test('large binaries pass both ways, and calls meanwhile', async () => {
    const daemon = await daemonWith(config, erlArguments)
    const erl = await shellOf(daemon, erlArguments)
    const large = 30_000_000
    const sizes = Promise.all([
      erl.eval(`rpc:call(${N}, text, size, [binary:copy(<<"y">>, ${large})])`),
      erl.eval(`byte_size(rpc:call(${N}, text, grown, [${large}]))`),
    ])
    for (let i = 0; i < 20; i++) expect(await erl.eval(`rpc:call(${N}, text, size, [<<"abc">>])`)).toBe('3')
    expect(await sizes).toEqual([String(large), String(large)])
  })

  test('OCaml code calls a node that it has to connect to first', async () => {
    const daemon = await daemonWith(config, erlArguments)
    const [asking, asked] = [await shellOf(daemon, erlArguments), await shellOf(daemon, erlArguments)]
    const call = `rpc:call(${N}, text, reversed, [<<"${asked.name}">>, [1, 2, 300]])`
    expect(await asking.eval(call)).toBe('[300,2,1]')
    expect(await asked.eval('nodes(hidden)')).toBe(`[${N}]`)
  })

  test('a connection that has carried much changes its keys', async () => {
    const options = name === 'TLS 1.2' ? '{renegotiate_at, 200}' : '{key_update_at, 100000}'
    const version = name === 'TLS 1.2' ? "{versions, ['tlsv1.2']}" : "{versions, ['tlsv1.3']}"
    const own = authority.sign(`much${options.length}`)
    const daemon = await daemonWith(authority.table(ours))
    const erl = await shellOf(daemon, authority.erlArguments(own, `${version}, ${options}`))
    expect(await ping(erl)).toBe('pong')
    for (let i = 0; i < 3; i++) {
      const calls = `lists:usort([rpc:call(${N}, text, size, [binary:copy(<<"y">>, 1000)]) || _ <- lists:seq(1, 150)])`
      expect(await erl.eval(calls)).toBe('[1000]')
    }
    expect(daemon.log.filter(({ msg }) => msg === 'node down')).toEqual([])
  })
})

test.each(['TLSv1.2', 'TLSv1.3'] as const)('%s sessions are not resumed', async (version) => {
  const daemon = await daemonWith(authority.table(ours))
  const own = authority.sign(`session${version}`)
  const options = {
    host: '127.0.0.1',
    port: daemon.port,
    minVersion: version,
    maxVersion: version,
    checkServerIdentity: () => undefined,
    ...Object.fromEntries(
      Object.entries({ cert: own.certificate, key: own.key, ca: authority.certificate }).map(
        ([key, file]) => [key, readFileSync(file)],
      ),
    ),
  }
  /** Connects, perhaps with a session of before; whether it was resumed, and the session of now. */
  const dial = (session?: Buffer): Promise<readonly [boolean, Buffer | undefined]> =>
    new Promise((resolve, reject) => {
      const socket = dialTls({ ...options, ...(session === undefined ? {} : { session }) })
      let given: Buffer | undefined
      socket.on('session', (bytes) => {
        given = bytes
      })
      socket.once('error', reject)
      socket.once('secureConnect', async () => {
        await pause(200)
        resolve([socket.isSessionReused(), given])
        socket.destroy()
      })
    })
  const [, session] = await dial()
  expect((await dial(session))[0]).toBe(false)
})

describe('to whom we connect', () => {
  let epmdPort: number
  const nodes: EchoNode[] = []

  beforeAll(async () => {
    epmdPort = (await daemonWith(authority.table(ours))).epmdPort
  })
  afterAll(() => {
    for (const node of nodes) node.stop()
  })

  /** An `erl` that listens; its port. */
  async function listening(name: string, args: readonly string[]): Promise<number> {
    const erl = await Erl.start({ name: `${name}@127.0.0.1`, cookie, epmdPort, args })
    ends.push(() => erl.stop())
    return Number(await erl.eval(`{port, P, _} = erl_epmd:port_please("${name}", "127.0.0.1"), P`))
  }

  /** Calls a node from one of ours that has this certificate. */
  async function call(
    name: string,
    port: number,
    table: { readonly authority: Authority; readonly own: Certificate },
  ) {
    const settings = {
      certificate_file: table.own.certificate,
      key_file: table.own.key,
      ca_file: table.authority.certificate,
      verify: true,
      min_version: '1.2' as const,
    }
    const files = readTlsFiles(settings, (key) => key, silentLog)
    const network = new TlsNetwork(files, { handshakes: 4, handshakeTimeout: 5000 }, silentLog)
    const echo = await startEchoNode(`out${nodes.length}@127.0.0.1`, cookie)
    nodes.push(echo)
    await echo.node.connect(`${name}@127.0.0.1`, network, '127.0.0.1', port)
    const result = await callRemote(echo.node, `${name}@127.0.0.1`, 'erlang', 'node', list(), 5000)
    return result.kind === 'return' ? decodeBare(result.value) : result
  }

  test('answers', async () => {
    const port = await listening('good', authority.erlArguments(authority.sign('good-server')))
    expect(await call('good', port, { authority, own: authority.sign('client') })).toEqual(
      atom('good@127.0.0.1'),
    )
  })
  test('may not be signed by another authority', async () => {
    const port = await listening('strange', authority.erlArguments(stranger.sign('strange-server')))
    await expect(call('strange', port, { authority, own: ours })).rejects.toThrow(untrusted)
  })
  test('may refuse us, which is told', async () => {
    const port = await listening('picky', authority.erlArguments(authority.sign('picky-server')))
    await expect(call('picky', port, { authority, own: stranger.sign('unknown') })).rejects.toThrow(
      /refuses the connection: unknown ca/,
    )
  })
  test('may not have expired', async () => {
    const port = await listening('old', authority.erlArguments(authority.sign('old-server', { days: -1 })))
    await expect(call('old', port, { authority, own: ours })).rejects.toThrow('has expired')
  })
  test('must have a certificate for its host', async () => {
    const elsewhere = authority.sign('elsewhere-server', { names: 'DNS:elsewhere.example' })
    const port = await listening('elsewhere', authority.erlArguments(elsewhere))
    await expect(call('elsewhere', port, { authority, own: ours })).rejects.toThrow(
      'its certificate is not for this host',
    )
  })
  test('must answer in time', async () => {
    const silent = createServer()
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', () => resolve()))
    const { port } = silent.address() as AddressInfo
    const ended = new Promise((resolve) =>
      silent.once('connection', (socket) => socket.once('close', resolve).resume()),
    )
    await expect(call('silent', port, { authority, own: ours })).rejects.toThrow('took too long')
    await ended
    silent.close()
  })
  test('must speak TLS', async () => {
    const port = await listening('plain', [])
    await expect(call('plain', port, { authority, own: ours })).rejects.toThrow(
      /does not speak TLS|closed|disconnected|took too long/,
    )
  })
})

describe('streams that never finish their handshake', () => {
  let daemon: Camlnode
  beforeAll(async () => {
    daemon = await daemonWith(`${authority.table(ours)}[limits]\nhandshakes = 5\nhandshake_timeout = "1s"`)
  })

  /** A stream that is told when the other end closes it. */
  function dial(): { readonly socket: Socket; readonly closed: Promise<void> } {
    const socket = connect({ host: '127.0.0.1', port: daemon.port }).on('error', () => {})
    return { socket, closed: new Promise((resolve) => socket.once('close', () => resolve())) }
  }

  test('are closed in time', async () => {
    const silent = dial()
    const slow = dial()
    const drip = setInterval(() => slow.socket.write(Uint8Array.of(22)), 100)
    await Promise.all([silent.closed, slow.closed])
    clearInterval(drip)
    expect(reasons(daemon)).toContain('the TLS handshake took too long')
  })

  test('do not keep others out', async () => {
    const many = Array.from({ length: 50 }, dial)
    await pause(100)
    expect(await ping(await shellOf(daemon, authority.erlArguments(authority.sign('honest'))))).toBe('pong')
    expect(daemon.stderr).toContain('more handshakes than limits.handshakes')
    for (const { socket } of many) socket.destroy()
  })
})

describe('what is wrong with the files is said at the start', () => {
  const scratch = new Scratch({ cookie, empty: '', 'text.ml': text })
  const other = authority.sign('other-key')
  const files = { certificate_file: ours.certificate, key_file: ours.key, ca_file: authority.certificate }
  const cases: Readonly<Record<string, readonly [changes: Record<string, string>, message: RegExp]>> = {
    'no certificate file': [
      { certificate_file: 'no.pem' },
      /line 2: tls\.certificate_file: cannot read .*no such file/,
    ],
    'no certificate in it': [
      { certificate_file: 'empty' },
      /line 2: tls\.certificate_file: .*has no certificate/,
    ],
    'no key in it': [{ key_file: 'empty' }, /line 3: tls\.key_file: .*has no private key/],
    'another key': [{ key_file: other.key }, /line 3: tls\.key_file: the key is not that of the certificate/],
    'no authority in it': [{ ca_file: 'empty' }, /line 4: tls\.ca_file: .*has no certificate/],
  }
  test.each(Object.entries(cases))('%s', (_, [changes, message]) => {
    const lines = Object.entries({ ...files, ...changes }).map(([key, file]) => `${key} = "${file}"`)
    scratch.write('c.toml', ['[tls]', ...lines, '[node]', 'cookie_file = "cookie"'].join('\n'))
    const { status, stderr } = runCommand(
      'camlnode',
      ['start', '--config', 'c.toml', '--module', 'text.ml'],
      {
        cwd: scratch.folder,
      },
    )
    expect(stderr).toMatch(message)
    expect(status).toBe(2)
  })
})
