/**
 * A real `camlnode start` for tests: a process of the built daemon, in a folder of its own with an EPMD port, a cookie file
 * and a configuration; killed at the end.
 */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Erl, type ErlOptions } from '../node/erl.ts'
import { patience } from '../patience.ts'

export const root = fileURLToPath(new URL('../../', import.meta.url))
export const examples = join(root, 'docs/examples')
export const cookie = 'kringle'

export type CommandName = 'camlnode' | 'joc' | 'jocrun'

/** A built command; `npm run build` makes it. */
export function command(name: CommandName): string {
  const file = join(root, 'build/cli', `${name}.js`)
  if (!existsSync(file)) throw new Error(`${file} is not there: run npm run build first`)
  return file
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

export async function eventually(
  what: string,
  holds: () => boolean | Promise<boolean>,
  ms = 20_000 * patience,
): Promise<void> {
  for (const end = Date.now() + ms; Date.now() < end; await pause(20)) if (await holds()) return
  throw new Error(`not within ${ms} ms: ${what}`)
}

/** What the end of the test process still has to do. */
const atExit = new Set<() => void>()
process.once('exit', () => {
  for (const run of atExit) run()
})

/** A folder with files in it, removed at the end of the test process. */
export class Scratch {
  readonly folder = mkdtempSync(join(tmpdir(), 'camlnode-test-'))

  constructor(files: Readonly<Record<string, string>> = {}) {
    atExit.add(() => rmSync(this.folder, { recursive: true, force: true }))
    for (const [name, text] of Object.entries(files)) this.write(name, text)
  }

  path(name: string): string {
    return join(this.folder, name)
  }

  write(name: string, text: string): string {
    writeFileSync(this.path(name), text)
    return this.path(name)
  }
}

export interface Finished {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a command to its end. */
export function runCommand(
  name: CommandName,
  args: readonly string[],
  options: {
    readonly cwd?: string
    readonly input?: string
    readonly env?: Readonly<Record<string, string>>
  } = {},
): Finished {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command(name), ...args], {
    cwd: options.cwd ?? root,
    input: options.input ?? '',
    env: { ...process.env, ...options.env },
    encoding: 'utf8',
    timeout: 60_000 * patience,
    maxBuffer: 1 << 27,
  })
  return { status, stdout, stderr }
}

export interface DaemonOptions {
  /** `NAME@127.0.0.1` is the node's name. */
  readonly name?: string
  /** OCaml files of the daemon's folder, name → source; those that end in `.ml` are served. */
  readonly files?: Readonly<Record<string, string>>
  /** Further files to serve, absolute. */
  readonly modules?: readonly string[]
  readonly hidden?: boolean
  /** Tables of the configuration other than [node], [epmd] and [[module]]. */
  readonly config?: string
  /** An EPMD port; a free one by default, where the daemon then serves as EPMD. */
  readonly epmdPort?: number
  readonly args?: readonly string[]
  readonly stdin?: 'pipe' | 'ignore'
  /** Arguments of every `erl` that is to reach it. */
  readonly erlArguments?: readonly string[]
}

/** A daemon that has said `ready`. */
export class Camlnode {
  readonly name: string
  readonly epmdPort: number
  readonly child: ChildProcess
  readonly scratch: Scratch
  /** Resolves with the exit status, or with the signal that killed it. */
  readonly exited: Promise<number | string>
  private readonly erlArguments: readonly string[]
  stdout = ''
  stderr = ''

  static async start(options: DaemonOptions = {}): Promise<Camlnode> {
    const daemon = Camlnode.launch(options, options.epmdPort ?? (await freePort()))
    await daemon.ready()
    return daemon
  }

  /** Starts the process without waiting for `ready`. */
  static launch(options: DaemonOptions, epmdPort: number): Camlnode {
    return new Camlnode(options, epmdPort)
  }

  private constructor(options: DaemonOptions, epmdPort: number) {
    const {
      name = 'caml',
      files = {},
      modules = [],
      config = '',
      args = [],
      stdin = 'pipe',
      hidden = true,
    } = options
    this.name = `${name}@127.0.0.1`
    this.epmdPort = epmdPort
    this.erlArguments = options.erlArguments ?? []
    this.scratch = new Scratch({ ...files, cookie })
    chmodSync(this.scratch.path('cookie'), 0o400)
    const served = [...Object.keys(files).filter((file) => file.endsWith('.ml')), ...modules]
    const text = [
      `[node]\nname = "${this.name}"\ncookie_file = "${this.scratch.path('cookie')}"\nhidden = ${hidden}`,
      `[epmd]\nport = ${epmdPort}`,
      ...served.map((file) => `[[module]]\nfile = "${file}"`),
      config,
    ].join('\n')
    const file = this.scratch.write('camlnode.toml', text)
    this.child = spawn(process.execPath, [command('camlnode'), 'start', '--config', file, ...args], {
      stdio: [stdin, 'pipe', 'pipe'],
    })
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text
    })
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text
    })
    const kill = (): void => void this.child.kill('SIGKILL')
    atExit.add(kill)
    this.exited = new Promise((resolve) => {
      this.child.once('close', (code, signal) => {
        atExit.delete(kill)
        resolve(code ?? signal ?? 'unknown')
      })
    })
  }

  async ready(): Promise<void> {
    let ended: number | string | undefined
    void this.exited.then((status) => {
      ended = status
    })
    await eventually(`the daemon is ready\n${this.stderr}`, () => {
      // It may have been ready and ended since.
      if (this.stdout.includes('\n')) return true
      if (ended !== undefined) throw new Error(`the daemon ended (${ended})\n${this.stderr}`)
      return false
    })
  }

  /** Where it listens, as it says itself. */
  get port(): number {
    return Number(/^ready \S+ (\d+)\n/.exec(this.stdout)?.[1])
  }

  get pid(): number {
    return this.child.pid as number
  }

  /** Entries of its log. */
  get log(): readonly Record<string, unknown>[] {
    return this.stderr
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>)
  }

  /** Processor time that all its threads have used, in milliseconds. */
  cpuTime(): number {
    const fields = readFileSync(`/proc/${this.pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
    return (Number(fields[11]) + Number(fields[12])) * 10
  }

  /** Resident memory, in MiB. */
  memory(): number {
    const pages = Number(readFileSync(`/proc/${this.pid}/statm`, 'utf8').split(' ')[1])
    return (pages * 4096) / 2 ** 20
  }

  /** An `erl` that finds the daemon through its EPMD. */
  erl(options: Partial<ErlOptions> = {}): Promise<Erl> {
    const name = `shell${Math.floor(Math.random() * 1e9)}@127.0.0.1`
    return Erl.start({ name, cookie, epmdPort: this.epmdPort, args: this.erlArguments, ...options })
  }

  /** SIGTERM, and its exit status. */
  stop(): Promise<number | string> {
    this.child.kill('SIGTERM')
    return this.exited
  }

  kill(): Promise<number | string> {
    this.child.kill('SIGKILL')
    return this.exited
  }
}
