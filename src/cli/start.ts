/** `camlnode start`: the daemon in the foreground. One line on stdout when it can be called; everything else is the log on stderr. */

import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname, resolve } from 'node:path'
import { pino } from 'pino'
import type { Log } from '../base/ports.ts'
import {
  type Config,
  ConfigError,
  defaultConfig,
  hasFixedPort,
  readConfig,
  systemProblem,
} from '../daemon/config.ts'
import { readCookie } from '../daemon/cookie.ts'
import { type Daemon, startDaemon } from '../daemon/daemon.ts'
import { systemClock, systemRandom } from '../daemon/system-clock.ts'
import { TcpNetwork } from '../daemon/tcp-network.ts'
import { servedFiles } from './source-files.ts'
import { grace, lateStop, problemText, stoppedEarly, stopSignal } from './stopping.ts'
import { type Arguments, parseArguments, UsageError } from './usage.ts'

const options = {
  config: 'value',
  name: 'value',
  'cookie-file': 'value',
  module: 'values',
  listen: 'value',
  'no-epmd': 'flag',
  'keep-without-stdin': 'flag',
} as const

export async function start(args: readonly string[]): Promise<number> {
  const parsed = parseArguments(args, options)
  if (parsed.rest.length > 0) throw new UsageError(`unexpected argument ${parsed.rest[0]}`)
  const settings = attempt(() => readSettings(parsed))
  if (settings === undefined) return 2
  const { config, modules } = settings
  const log = pino({ level: config.log.level }, pino.destination(2)) as Log
  const ports = { network: new TcpNetwork(), clock: systemClock, random: systemRandom, log }
  const told = toldToStop(parsed.flags.has('keep-without-stdin'))
  let daemon: Daemon | undefined
  try {
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

export function readSettings(args: Arguments): {
  readonly config: Config
  readonly modules: readonly string[]
} {
  const [file] = args.values.get('config') ?? []
  const config = file === undefined ? defaultConfig : besideFile(readConfig(readFile(file), file), file)
  const folder = file === undefined ? '.' : dirname(file)
  const modules = servedFiles([
    ...config.module.map((m) => resolve(folder, m.file)),
    ...(args.values.get('module') ?? []).map((m) => resolve(m)),
  ])
  return { config: withOptions(config, args), modules }
}

/** What the configuration names by a relative path is beside it. */
function besideFile(config: Config, file: string): Config {
  const { cookie_file: cookie } = config.node
  if (cookie.startsWith('~/')) return config
  return { ...config, node: { ...config.node, cookie_file: resolve(dirname(file), cookie) } }
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
    },
    listen: {
      ...config.listen,
      ...(address === undefined ? {} : { address: address.replace(/^\[|\]$/g, '') }),
      ...(port === undefined ? {} : { port: Number(port), port_min: undefined, port_max: undefined }),
    },
    epmd: { ...config.epmd, enabled: config.epmd.enabled && !flags.has('no-epmd') },
  }
  if (all.epmd.enabled || hasFixedPort(all)) return all
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
