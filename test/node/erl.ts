/**
 * A real `erl` for tests: started with a name and a cookie, evaluates expressions, is killed at the end.
 *
 * Three ways to let it find other nodes, and be found:
 * - `peerPort`: without EPMD; every node it connects to is looked for at this one port, and it does not
 *   listen itself;
 * - `listenPort`: without EPMD; it listens at this port, on the address that its name has for a host, and looks
 *   for other nodes at the same port of theirs;
 * - `epmdPort`: with an EPMD at this port, which must be running.
 *
 * Each line on its stdin is `Id Base64OfExpressions`; each line on its stdout that starts with `#` is
 * `#Id ok|raised Base64OfOutput`. Evaluations run at the same time, each in a process of its own.
 */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline'

export interface ErlOptions {
  /** `name@host`; a host with a dot or an address makes it a long name. */
  readonly name: string
  readonly cookie: string
  readonly peerPort?: number
  readonly listenPort?: number
  readonly epmdPort?: number
  readonly hidden?: boolean
  /** Further arguments of `erl`. */
  readonly args?: readonly string[]
  /** Milliseconds that the start may take. */
  readonly startTimeout?: number
}

interface Waiter {
  resolve(output: string): void
  reject(error: Error): void
}

const program = `
Run = fun(Id, Text) ->
  {Kind, Value} =
    try
      {ok, Tokens, _} = erl_scan:string(Text),
      {ok, Exprs} = erl_parse:parse_exprs(Tokens),
      {value, V, _} = erl_eval:exprs(Exprs, []),
      {"ok", V}
    catch Class:Reason:Stack -> {"raised", {Class, Reason, Stack}}
    end,
  Output = unicode:characters_to_binary(io_lib:format("~0tp", [Value])),
  io:put_chars(["#", Id, " ", Kind, " ", base64:encode(Output), "\\n"])
end,
Loop = fun(Self) ->
  case io:get_line("") of
    Line when is_list(Line) ->
      [Id, Encoded] = string:lexemes(string:trim(Line), " "),
      spawn(fun() -> Run(Id, unicode:characters_to_list(base64:decode(Encoded))) end),
      Self(Self);
    _ -> halt(0)
  end
end,
io:put_chars("#ready ok \\n"),
spawn(fun() -> Loop(Loop) end).
`

/** Whether `erl` is there; tests that need it fail without. */
export function hasErl(): boolean {
  return spawnSync('erl', ['-version'], { stdio: 'ignore' }).error === undefined
}

export class Erl {
  readonly name: string
  private readonly child: ChildProcess
  private readonly waiters = new Map<string, Waiter>()
  private readonly noise: string[] = []
  private readonly killOnExit: () => void
  private lastId = 0
  private exited: string | null = null

  /** Starts an emulator and waits until it can evaluate. */
  static async start(options: ErlOptions): Promise<Erl> {
    const erl = new Erl(options)
    await erl.within(options.startTimeout ?? 30_000, 'the start of erl', erl.waitFor('ready'))
    return erl
  }

  private constructor(options: ErlOptions) {
    this.name = options.name
    const environment: Record<string, string> = { ERL_CRASH_DUMP_BYTES: '0' }
    if (options.epmdPort !== undefined) environment['ERL_EPMD_PORT'] = String(options.epmdPort)
    this.child = spawn('erl', argumentsOf(options), {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, ...environment },
    })
    this.killOnExit = () => this.child.kill('SIGKILL')
    process.once('exit', this.killOnExit)
    this.listen()
  }

  private listen(): void {
    const { stdout, stderr, stdin } = this.child
    if (stdout === null || stderr === null || stdin === null) throw new Error('erl has no pipes')
    createInterface({ input: stdout }).on('line', (line) => this.takeLine(line))
    createInterface({ input: stderr }).on('line', (line) => this.noise.push(line))
    stdin.on('error', () => {})
    this.child.once('error', (error) => this.fail(`erl could not be started: ${error.message}`))
    this.child.once('close', (code, signal) => this.fail(`erl ended (${signal ?? code})`))
  }

  private takeLine(line: string): void {
    const match = /^#(\w+) (ok|raised) ([A-Za-z0-9+/=]*)$/.exec(line)
    const waiter = match === null ? undefined : this.waiters.get(match[1] as string)
    if (match === null || waiter === undefined) {
      this.noise.push(line)
      return
    }
    this.waiters.delete(match[1] as string)
    const output = Buffer.from(match[3] as string, 'base64').toString('utf8')
    if (match[2] === 'ok') waiter.resolve(output)
    else waiter.reject(new Error(`erl raised ${output}`))
  }

  private fail(reason: string): void {
    this.exited ??= reason
    const error = new Error(`${reason}\n${this.output}`)
    for (const waiter of this.waiters.values()) waiter.reject(error)
    this.waiters.clear()
  }

  private waitFor(id: string): Promise<string> {
    return new Promise((resolve, reject) => {
      if (this.exited === null) this.waiters.set(id, { resolve, reject })
      else reject(new Error(this.exited))
    })
  }

  private within<T>(ms: number, what: string, work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const late = (): void => reject(new Error(`${what} took more than ${ms} ms\n${this.output}`))
      const timer = setTimeout(late, ms)
      work.then(resolve, reject).finally(() => clearTimeout(timer))
    })
  }

  /** What it printed that was no answer: its log, mostly. */
  get output(): string {
    return this.noise.join('\n')
  }

  /**
   * The value of the expressions (separated by commas), printed by `~0tp`. Rejects if they raise, and after
   * `timeoutMs`.
   */
  eval(expressions: string, timeoutMs = 20_000): Promise<string> {
    const id = String(++this.lastId)
    const text = `${expressions.trim().replace(/\.$/, '')}.`
    const answer = this.waitFor(id)
    this.child.stdin?.write(`${id} ${Buffer.from(text).toString('base64')}\n`)
    return this.within(timeoutMs, expressions, answer)
  }

  /** Ends it, by force if it does not go. */
  async stop(): Promise<void> {
    if (this.exited === null) {
      const gone = new Promise((resolve) => this.child.once('close', resolve))
      const force = setTimeout(() => this.child.kill('SIGKILL'), 2_000)
      this.child.stdin?.end()
      await gone
      clearTimeout(force)
    }
    process.removeListener('exit', this.killOnExit)
  }

  /** Stops it from running, as a hanging machine would; `stop` and `kill` still work. */
  freeze(): void {
    this.child.kill('SIGSTOP')
  }

  /** Lets it run again. */
  thaw(): void {
    this.child.kill('SIGCONT')
  }

  /** Kills it on the spot, as a crash of its machine would. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL')
    await this.stop()
  }
}

function argumentsOf(options: ErlOptions): string[] {
  const { name, cookie, peerPort, listenPort, hidden } = options
  const isLong = /@.*[.:]/.test(name)
  const args = ['-noshell', isLong ? '-name' : '-sname', name, '-setcookie', cookie]
  if (hidden === true) args.push('-hidden')
  if (peerPort !== undefined) {
    args.push('-start_epmd', 'false', '-dist_listen', 'false', '-erl_epmd_port', String(peerPort))
  }
  if (listenPort !== undefined) {
    const address = name.slice(name.indexOf('@') + 1).replaceAll('.', ',')
    args.push('-start_epmd', 'false', '-erl_epmd_port', String(listenPort))
    args.push('-kernel', 'inet_dist_use_interface', `{${address}}`)
  }
  return [...args, ...(options.args ?? []), '-eval', program]
}
