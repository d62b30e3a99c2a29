/**
 * The configuration: TOML text → checked settings. Every key has a default; an unknown key or a wrong value is an
 * error that names file, line and key.
 */

import { type AST, getStaticTOMLValue, ParseError, parseTOML } from 'toml-eslint-parser'
import * as v from 'valibot'

const durationPattern = /^(\d+(?:\.\d+)?)(ms|s|min|h)$/
const durationUnits = { ms: 1, s: 1000, min: 60_000, h: 3_600_000 } as const
const sizePattern = /^(\d+)(B|KiB|MiB|GiB)$/
const sizeUnits = { B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 } as const

/** Timers cannot take longer; in milliseconds. */
const longestTimer = 24 * 24 * 3_600_000

/** `"30s"` → milliseconds. */
const duration = v.pipe(
  v.string('expected a duration such as "30s"'),
  v.regex(durationPattern, 'expected a duration such as "500ms", "30s", "5min" or "1h"'),
  v.transform((text) => {
    const [, count, unit] = durationPattern.exec(text) as unknown as [
      string,
      string,
      keyof typeof durationUnits,
    ]
    return Number(count) * durationUnits[unit]
  }),
  v.minValue(1, 'expected at least 1ms'),
  v.maxValue(longestTimer, 'expected at most 24 days ("576h")'),
)

/** `"512MiB"` → bytes. */
const size = (most: number, mostText: string) =>
  v.pipe(
    v.string('expected a size such as "512MiB"'),
    v.regex(sizePattern, 'expected a size such as "64KiB", "512MiB" or "2GiB"'),
    v.transform((text) => {
      const [, count, unit] = sizePattern.exec(text) as unknown as [string, string, keyof typeof sizeUnits]
      return Number(count) * sizeUnits[unit]
    }),
    v.minValue(65_536, 'expected at least 64KiB'),
    v.maxValue(most, `expected at most ${mostText}`),
  )

const integer = (low: number, high: number) => {
  const message = `expected an integer from ${low} to ${high}`
  return v.pipe(v.number(message), v.integer(message), v.minValue(low, message), v.maxValue(high, message))
}

const text = v.pipe(v.string('expected a string'), v.nonEmpty('expected a string that is not empty'))
const nodeName = v.pipe(
  text,
  v.regex(/^[^@\s]+(@[^@\s]+)?$/, 'expected a name such as "caml@127.0.0.1" or "caml"'),
)
const fullNodeName = v.pipe(text, v.regex(/^[^@\s]+@[^@\s]+$/, 'expected a name such as "a@127.0.0.1"'))
const flag = v.boolean('expected true or false')
const port = integer(0, 65_535)

const schema = v.strictObject({
  node: v.optional(
    v.strictObject({
      name: v.optional(nodeName, 'caml@127.0.0.1'),
      cookie_file: v.optional(text, '~/.erlang.cookie'),
      hidden: v.optional(flag, true),
      connect: v.optional(v.array(fullNodeName, 'expected an array of node names'), []),
      net_ticktime: v.optional(integer(1, 86_400), 60),
    }),
    {},
  ),
  listen: v.optional(
    v.strictObject({
      address: v.optional(text, '127.0.0.1'),
      port: v.optional(port, 0),
      port_min: v.optional(port),
      port_max: v.optional(port),
    }),
    {},
  ),
  epmd: v.optional(
    v.strictObject({
      enabled: v.optional(flag, true),
      host: v.optional(text, '127.0.0.1'),
      port: v.optional(integer(1, 65_535), 4369),
      node_port: v.optional(integer(1, 65_535)),
    }),
    {},
  ),
  tls: v.optional(
    v.strictObject({
      certificate_file: text,
      key_file: text,
      ca_file: v.optional(text),
      verify: v.optional(flag, true),
      check_host: v.optional(flag),
      min_version: v.optional(v.picklist(['1.2', '1.3'], 'expected "1.2" or "1.3"'), '1.2'),
    }),
  ),
  module: v.optional(v.array(v.strictObject({ file: text }), 'expected [[module]] tables'), []),
  domains: v.optional(
    v.strictObject({
      count: v.optional(integer(1, 64), 1),
      placement: v.optional(v.picklist(['pool', 'pinned'], 'expected "pool" or "pinned"'), 'pool'),
    }),
    {},
  ),
  limits: v.optional(
    v.strictObject({
      call_timeout: v.optional(duration, '30s'),
      heap: v.optional(size(3 * 1024 ** 3, '3GiB'), '512MiB'),
      stack: v.optional(size(1024 ** 3, '1GiB'), '256MiB'),
      message: v.optional(size(1024 ** 3, '1GiB'), '64MiB'),
      peers: v.optional(integer(1, 65_536), 1024),
      peer_calls: v.optional(integer(1, 10_000_000), 100_000),
      peer_arguments: v.optional(size(16 * 1024 ** 3, '16GiB'), '512MiB'),
      peer_unread: v.optional(size(16 * 1024 ** 3, '16GiB'), '512MiB'),
      peer_relations: v.optional(integer(1, 10_000_000), 100_000),
      handshakes: v.optional(integer(1, 65_536), 128),
      handshake_timeout: v.optional(duration, '7s'),
    }),
    {},
  ),
  load: v.optional(v.strictObject({ enabled: v.optional(flag, false) }), {}),
  log: v.optional(
    v.strictObject({
      level: v.optional(
        v.picklist(['debug', 'info', 'warn', 'error'], 'expected "debug", "info", "warn" or "error"'),
        'info',
      ),
    }),
    {},
  ),
})

export type Config = v.InferOutput<typeof schema>

/** What is wrong with a configuration: file, line, key, what was expected. */
export class ConfigError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ConfigError'
  }
}

/** What the system says: `ENOENT: no such file or directory, open 'a'` → `no such file or directory`. */
export function systemProblem(error: unknown): string {
  return (error as Error).message.replace(/^[A-Z0-9]+: /, '').replace(/, \w+( '.*')?$/, '')
}

export const defaultConfig: Config = v.parse(schema, {})

/** Checks a configuration text; `file` is for messages. Throws `ConfigError`. */
export function readConfig(source: string, file: string): Config {
  const program = parse(source, file)
  const result = v.safeParse(schema, getStaticTOMLValue(program))
  if (result.success) return checkTogether(result.output, placesOf(program, file))
  // A key that is missing may be the one that is misspelt: what is unknown is told first.
  const issue = result.issues.find(isUnknownKey) ?? result.issues[0]
  const path = (issue.path ?? []).map((item) => String(item.key))
  throw new ConfigError(`${file}, line ${lineOf(program, path)}: ${problem(issue, path)}`)
}

type Issue = v.InferIssue<typeof schema>

function isUnknownKey(issue: Issue): boolean {
  return issue.type === 'strict_object' && issue.expected === 'never'
}

function problem(issue: Issue, path: readonly string[]): string {
  const key = path.filter((part) => !/^\d+$/.test(part)).join('.') // without the number of a [[module]]
  if (isUnknownKey(issue)) return `unknown key ${key}${suggestion(path)}`
  if (issue.type !== 'strict_object') return `${key}: ${issue.message}${got(issue.input)}`
  return issue.received === 'undefined'
    ? `the key ${key} is missing`
    : `${key}: expected a [${key}] table${got(issue.input)}`
}

function parse(source: string, file: string): AST.TOMLProgram {
  try {
    return parseTOML(source)
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    throw new ConfigError(`${file}, line ${error.lineNumber}, column ${error.column + 1}: ${error.message}`)
  }
}

function got(input: unknown): string {
  if (input === undefined) return ''
  return `, got ${typeof input === 'bigint' ? input : JSON.stringify(input)}`
}

/** The line of the longest part of a key path that stands in the text. */
function lineOf(program: AST.TOMLProgram, path: readonly string[]): number {
  let line = 1
  const visit = (prefix: readonly string[], nodes: readonly (AST.TOMLTable | AST.TOMLKeyValue)[]): void => {
    for (const node of nodes) {
      const keys =
        node.type === 'TOMLTable' ? node.resolvedKey.map(String) : [...prefix, ...node.key.keys.map(keyText)]
      if (keys.every((key, i) => key === path[i]) && keys.length <= path.length) {
        line = node.loc.start.line
        if (node.type === 'TOMLTable') visit(keys, node.body)
      }
    }
  }
  visit([], program.body[0].body)
  return line
}

function keyText(key: AST.TOMLBare | AST.TOMLQuoted): string {
  return key.type === 'TOMLBare' ? key.name : key.value
}

const peerLimits = ['peers', 'peer_calls', 'peer_arguments', 'peer_unread', 'peer_relations']

const knownKeys: Readonly<Record<string, readonly string[]>> = {
  '': ['node', 'listen', 'epmd', 'tls', 'module', 'domains', 'limits', 'load', 'log'],
  node: ['name', 'cookie_file', 'hidden', 'connect', 'net_ticktime'],
  listen: ['address', 'port', 'port_min', 'port_max'],
  epmd: ['enabled', 'host', 'port', 'node_port'],
  tls: ['certificate_file', 'key_file', 'ca_file', 'verify', 'check_host', 'min_version'],
  module: ['file'],
  domains: ['count', 'placement'],
  limits: ['call_timeout', 'heap', 'stack', 'message', ...peerLimits, 'handshakes', 'handshake_timeout'],
  load: ['enabled'],
  log: ['level'],
}

function suggestion(path: readonly string[]): string {
  const known = knownKeys[path.length === 1 ? '' : (path[0] as string)] ?? []
  return known.length === 0 ? '' : ` (known here: ${known.join(', ')})`
}

/** Where a key path stands, for messages. */
export type PlaceOf = (path: readonly string[]) => string

/** `c.toml, line 3` for each key path; the text has been read before. */
export function placesIn(source: string, file: string): PlaceOf {
  return placesOf(parse(source, file), file)
}

function placesOf(program: AST.TOMLProgram, file: string): PlaceOf {
  return (path) => `${file}, line ${lineOf(program, path)}`
}

type Wrong = (path: readonly string[], message: string) => never

/** What no key says alone. */
function checkTogether(config: Config, placeOf: PlaceOf): Config {
  const wrong: Wrong = (path, message) => {
    throw new ConfigError(`${placeOf(path)}: ${message}`)
  }
  if (isNameless(config)) checkNameless(config, wrong)
  else checkPorts(config, wrong)
  const { tls } = config
  if (tls?.verify === true && tls.ca_file === undefined) {
    wrong(
      ['tls'],
      'the key tls.ca_file is missing: the authorities that sign certificates of peers (or verify = false)',
    )
  }
  if (tls?.verify === false && tls.check_host === true) {
    wrong(['tls', 'check_host'], 'tls.check_host = true needs tls.verify = true')
  }
  return config
}

function checkPorts(config: Config, wrong: Wrong): void {
  const { port: fixed, port_min: low, port_max: high } = config.listen
  if ((low === undefined) !== (high === undefined)) {
    const given = low === undefined ? 'port_max' : 'port_min'
    wrong(['listen', given], 'listen.port_min and listen.port_max belong together')
  }
  if (low !== undefined && high !== undefined && low > high) {
    wrong(['listen', 'port_min'], `listen.port_min: ${low} is more than listen.port_max, ${high}`)
  }
  if (low !== undefined && fixed !== 0) {
    wrong(['listen', 'port'], 'listen.port: either this or listen.port_min and listen.port_max')
  }
  if (!config.epmd.enabled && !hasFixedPort(config)) {
    wrong(['epmd', 'enabled'], 'epmd.enabled = false needs listen.port, or nobody finds the node')
  }
}

/** As `erl -sname undefined`: a node that connects to another gives it its name. */
export function isNameless({ node: { name } }: Config): boolean {
  return /^undefined(@|$)/.test(name)
}

function checkNameless({ node, epmd }: Config, wrong: Wrong): void {
  if (!node.hidden) wrong(['node', 'hidden'], 'node.name = "undefined" needs node.hidden = true')
  if (!epmd.enabled && epmd.node_port === undefined) {
    wrong(['epmd', 'enabled'], 'epmd.enabled = false needs epmd.node_port, or no node is found')
  }
}

export function hasFixedPort({ listen: { port, port_min: low } }: Config): boolean {
  return port !== 0 || low !== undefined
}
