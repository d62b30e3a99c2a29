/**
 * `camlnode port`: the calls of a node over stdin and stdout, for whoever opened this process as a port. Nothing but frames
 * goes to stdout; the log goes to stderr, or with `--log-frames` to stdout, too, as frames.
 */

import { pino } from 'pino'
import { Crash } from '../base/diagnostic.ts'
import type { Log } from '../base/ports.ts'
import { erlangModule } from '../bridge/names.ts'
import type { Config } from '../daemon/config.ts'
import { DomainPool } from '../daemon/domain-pool.ts'
import { unitOfFile } from '../daemon/library.ts'
import { LogSink } from '../daemon/log-sink.ts'
import { encodeNotice } from '../daemon/port-protocol.ts'
import { type PortEnd, PortServer } from '../daemon/port-server.ts'
import { StandardStreams } from '../daemon/standard-streams.ts'
import { systemClock, systemRandom } from '../daemon/system-clock.ts'
import { ErlangNode } from '../node/index.ts'
import { readSettings } from './start.ts'
import { grace, lateStop, problemText, stoppedEarly, stopSignal } from './stopping.ts'
import { type Arguments, parseArguments, UsageError } from './usage.ts'

const options = {
  config: 'value',
  name: 'value',
  module: 'values',
  'log-frames': 'flag',
  heartbeat: 'value',
} as const

/** The node of OCaml processes: as in a BEAM that is not distributed. */
const nobody = 'nonode@nohost'
/** The peer sent what is no frame. */
const malformedStatus = 3
/** How often at least a heartbeat may be asked for, in milliseconds. */
const longestHeartbeat = 2 ** 31 - 1
/** How long the last answers may take to leave, in milliseconds. */
const lastWords = 3000

export async function port(args: readonly string[]): Promise<number> {
  const parsed = parseArguments(args, options)
  if (parsed.rest.length > 0) throw new UsageError(`unexpected argument ${parsed.rest[0]}`)
  const streams = new StandardStreams()
  const logFrames = parsed.flags.has('log-frames')
  const heartbeat = readHeartbeat(parsed)
  try {
    const { config, modules } = readSettings(parsed)
    return await serve(config, modules, streams, logFrames, heartbeat)
  } catch (error) {
    const text = problemText(error)
    if (!logFrames) process.stderr.write(`${text}\n`)
    else for (const part of encodeNotice('failed', text)) streams.write(part)
    return 2
  } finally {
    await streams.flushed(lastWords)
  }
}

/** Milliseconds, or undefined for none. */
function readHeartbeat({ values }: Arguments): number | undefined {
  const [text] = values.get('heartbeat') ?? []
  if (text === undefined) return undefined
  const ms = Number(text)
  if (/^\d+$/.test(text) && ms > 0 && ms <= longestHeartbeat) return ms
  throw new UsageError(`--heartbeat ${text}: expected milliseconds`)
}

/** Serves until the end of stdin, a signal or a malformed frame; the exit status. */
async function serve(
  config: Config,
  modules: readonly string[],
  streams: StandardStreams,
  logFrames: boolean,
  heartbeat: number | undefined,
): Promise<number> {
  const lines = { write: (line: string) => server.logLine(line) }
  const log = pino({ level: config.log.level }, logFrames ? lines : new LogSink()) as Log
  let tell = (_: PortEnd): void => {}
  const ended = new Promise<PortEnd>((resolve) => {
    tell = resolve
  })
  const server: PortServer = new PortServer({
    transport: streams,
    messageLimit: config.limits.message,
    log,
    ended: tell,
  })
  void stopSignal().then((why) => tell({ kind: 'asked', why }))
  streams.open(server)
  const ports = { clock: systemClock, random: systemRandom, log }
  let node: ErlangNode | undefined
  const starting = DomainPool.start(config, modules, ports, (dispatcher, creation) => {
    node = new ErlangNode({ name: nobody, cookie: '', creation, dispatcher, ...ports })
    return node
  })
  const pool = await Promise.race([starting, lateStop(ended.then(whyOf))])
  if (pool === undefined) {
    log.warn({ why: whyOf(await ended) }, stoppedEarly)
    return 0
  }
  const names = modules.map((file) => erlangModule(unitOfFile(file)))
  const alone = node as ErlangNode | undefined
  if (alone === undefined) throw new Crash('domains without a node')
  server.serve(pool, names, alone.spawn({ permanent: true, event: () => {} }).pid)
  log.info({ modules }, 'ready')
  if (heartbeat !== undefined) setInterval(() => server.beat(), heartbeat).unref()
  const end = await ended
  if (end.kind === 'malformed') log.error({ problem: end.problem }, 'a malformed frame on stdin')
  else log.info({ why: end.why }, 'stopping')
  await pool.stop(end.kind === 'malformed' ? 0 : grace)
  alone.stop()
  return end.kind === 'malformed' ? malformedStatus : 0
}

const whyOf = (end: PortEnd): string => (end.kind === 'asked' ? end.why : end.problem)
