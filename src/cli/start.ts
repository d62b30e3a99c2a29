/** `camlnode start`: the daemon in the foreground. One line on stdout when it can be called; everything else is the log on stderr. */

import { readFileSync } from 'node:fs'
import { homedir, hostname } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { pino } from 'pino'
import type { Log, Network } from '../base/ports.ts'
import {
  type Config,
  ConfigError,
  defaultConfig,
  hasFixedPort,
  isNameless,
  placesIn,
  readConfig,
  systemProblem,
} from '../daemon/config.ts'
import { readCookie } from '../daemon/cookie.ts'
import { type Daemon, startDaemon } from '../daemon/daemon.ts'
import { outputMessage } from '../daemon/domain-thread.ts'
import { LimitedLog } from '../daemon/limited-log.ts'
import { LogSink } from '../daemon/log-sink.ts'
import { systemClock, systemRandom } from '../daemon/system-clock.ts'
import { TcpNetwork } from '../daemon/tcp-network.ts'
import { readTlsFiles, type TlsFiles } from '../daemon/tls-files.ts'
import { TlsNetwork } from '../daemon/tls-network.ts'
import { servedFiles } from './source-files.ts'
import { grace, lateStop, problemText, stoppedEarly, stopSignal } from './stopping.ts'
import { type Arguments, parseArguments, UsageError } from './usage.ts'

const options = {
  config: 'value',
  name: 'value',
  'cookie-file': 'value',
  module: 'values',
  listen: 'value',
  connect: 'values',
  'no-epmd': 'flag',
  'keep-without-stdin': 'flag',
} as const

export async function start(args: readonly string[]): Promise<number> {
  const parsed = parseArguments(args, options)
  if (parsed.rest.length > 0) throw new UsageError(`unexpected argument ${parsed.rest[0]}`)
  const settings = attempt(() => readSettings(parsed))
  if (settings === undefined) return 2
  const { config, modules } = settings
  const lines = pino({ level: config.log.level }, new LogSink()) as Log
  const log = new LimitedLog(lines, systemClock, [outputMessage])
  const network = new TcpNetwork()
  const told = toldToStop(parsed.flags.has('keep-without-stdin'))
  let daemon: Daemon | undefined
  try {
    const peers = settings.readTls === undefined ? network : secureNetwork(config, settings.readTls, log)
    const ports = { network, peers, clock: systemClock, random: systemRandom, log }
    const starting = startDaemon(config, readCookie(config.node.cookie_file, log), modules, ports)
    daemon = await Promise.race([starting, lateStop(told)])
  } catch (error) {
    return complain(error)
  }
  if (daemon === undefined) {
    log.warn({ why: await told }, stoppedEarly)
    return 0
  }
  process.stdout.on('error', () => {}) // whoever started us may have stopped listening
  process.stdout.write(`ready ${daemon.name} ${daemon.port}\n`)
  log.info({ name: daemon.name, port: daemon.port, modules }, 'ready')
  const why = await told
  log.info({ why }, 'stopping')
  await daemon.stop(grace)
  return 0
}

/** The network of nodes over TLS; SIGHUP reads the files again, since certificates end. */
function secureNetwork({ limits }: Config, readTls: (log: Log) => TlsFiles, log: Log): Network {
  const { handshakes, handshake_timeout: handshakeTimeout } = limits
  const network = new TlsNetwork(readTls(log), { handshakes, handshakeTimeout }, log)
  process.on('SIGHUP', () => {
    try {
      network.renew(readTls(log))
      log.info({}, 'SIGHUP: new connections use the files of [tls] as they are now')
    } catch (error) {
      log.error(
        { reason: (error as Error).message },
        'SIGHUP: the files of [tls] are wrong; the old ones stay in use',
      )
    }
  })
  return network
}

export interface Settings {
  readonly config: Config
  readonly modules: readonly string[]
  /** Reads the files of the table [tls], if there is one. */
  readonly readTls: ((log: Log) => TlsFiles) | undefined
}

export function readSettings(args: Arguments): Settings {
  const [file] = args.values.get('config') ?? []
  const source = file === undefined ? '' : readFile(file)
  const config = file === undefined ? defaultConfig : besideFile(readConfig(source, file), file)
  const folder = file === undefined ? '.' : dirname(file)
  const { tls } = config
  const modules = servedFiles([
    ...config.module.map((m) => resolve(folder, m.file)),
    ...(args.values.get('module') ?? []).map((m) => resolve(m)),
  ])
  const place = (key: string): string => `${placesIn(source, file as string)(['tls', key])}: tls.${key}`
  const readTls = tls === undefined ? undefined : (log: Log) => readTlsFiles(tls, place, log)
  return { config: withOptions(config, args), modules, readTls }
}

/** What the configuration names by a relative path is beside it. */
function besideFile(config: Config, file: string): Config {
  const beside = (path: string): string =>
    path.startsWith('~/') ? join(homedir(), path.slice(2)) : resolve(dirname(file), path)
  const { node, tls } = config
  const all = { ...config, node: { ...node, cookie_file: beside(node.cookie_file) } }
  if (tls === undefined) return all
  const { certificate_file: certificate, key_file: key, ca_file: authority } = tls
  const files = { certificate_file: beside(certificate), key_file: beside(key) }
  return {
    ...all,
    tls: { ...tls, ...files, ...(authority === undefined ? {} : { ca_file: beside(authority) }) },
  }
}

function readFile(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new ConfigError(`cannot read ${file}: ${systemProblem(error)}`)
  }
}

/** What the command line says goes before what the file says. */
function withOptions(config: Config, { flags, values }: Arguments): Config {
  const [name] = values.get('name') ?? []
  const [cookieFile] = values.get('cookie-file') ?? []
  const [listen] = values.get('listen') ?? []
  const [, address, port] = listen === undefined ? [] : (/^(\[[^\]]+\]|[^:]+)(?::(\d+))?$/.exec(listen) ?? [])
  if (listen !== undefined && address === undefined) {
    throw new UsageError(`--listen ${listen}: expected ADDR[:PORT]`)
  }
  if (Number(port ?? 0) > 65_535) throw new UsageError(`--listen ${listen}: expected a port from 0 to 65535`)
  const all = {
    ...config,
    node: {
      ...config.node,
      name: fullName(name ?? config.node.name),
      cookie_file: cookieFile ?? config.node.cookie_file,
      connect: [...config.node.connect, ...(values.get('connect') ?? []).map(fullName)],
    },
    listen: {
      ...config.listen,
      ...(address === undefined ? {} : { address: address.replace(/^\[|\]$/g, '') }),
      ...(port === undefined ? {} : { port: Number(port), port_min: undefined, port_max: undefined }),
    },
    epmd: { ...config.epmd, enabled: config.epmd.enabled && !flags.has('no-epmd') },
  }
  if (isNameless(all) && all.node.connect.length === 0) {
    throw new ConfigError(
      'a node whose name is undefined needs node.connect, or --connect: who gives it one?',
    )
  }
  if (all.epmd.enabled || isNameless(all) || hasFixedPort(all)) return all
  throw new UsageError('--no-epmd needs --listen ADDR:PORT, or nobody finds the node')
}

/** A short name is completed as Erlang does it: with this machine's name up to the first dot. */
function fullName(name: string): string {
  if (/^[^@\s]+@[^@\s]+$/.test(name)) return name
  if (/^[^@\s]+$/.test(name)) return `${name}@${hostname().replace(/\..*$/, '')}`
  throw new ConfigError(`the node's name must be NAME@HOST or NAME, got ${name}`)
}

/** Resolves with the reason: a signal, or the end of stdin (the supervisor's pipe is gone). */
function toldToStop(ignoreStdin: boolean): Promise<string> {
  const stdinOver = new Promise<string>((stop) => {
    if (ignoreStdin) return
    process.stdin.on('error', () => stop('stdin broke'))
    process.stdin.once('end', () => stop('end of stdin (see --keep-without-stdin)'))
    process.stdin.once('close', () => stop('stdin closed'))
    process.stdin.resume()
  })
  return Promise.race([stopSignal(), stdinOver])
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    complain(error)
    return undefined
  }
}

function complain(error: unknown): number {
  process.stderr.write(`${problemText(error)}\n`)
  return 2
}
