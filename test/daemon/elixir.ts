/**
 * A real `elixir` for tests: evaluates expressions one after the other, each in a process of its own; it is killed at the end.
 *
 * Each line on its stdin is `Base64OfCode`; each line on its stdout that starts with `#` is `#Base64OfInspectedValue`.
 */

import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

const program = `
evaluate = fn code ->
  try do
    {value, _} = Code.eval_string(code)
    inspect(value, limit: :infinity, printable_limit: :infinity)
  catch
    kind, reason -> "raised " <> Exception.format(kind, reason, __STACKTRACE__)
  end
end
loop = fn loop ->
  case IO.gets("") do
    line when is_binary(line) ->
      code = line |> String.trim() |> Base.decode64!()
      me = self()
      spawn(fn -> send(me, {:shown, evaluate.(code)}) end)
      receive do: ({:shown, shown} -> IO.puts("#" <> Base.encode64(shown)))
      loop.(loop)
    _ -> System.halt(0)
  end
end
loop.(loop)
`

export class Elixir {
  private readonly child: ChildProcess
  private readonly noise: string[] = []
  private readonly killOnExit: () => void
  private waiting: ((answer: string | Error) => void) | undefined

  /** Named `name`; finds nodes through the EPMD at this port. */
  constructor(name: string, cookie: string, epmdPort: number) {
    this.child = spawn('elixir', ['--name', name, '--cookie', cookie, '-e', program], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, ERL_EPMD_PORT: String(epmdPort), ERL_CRASH_DUMP_BYTES: '0' },
    })
    this.killOnExit = () => this.child.kill('SIGKILL')
    process.once('exit', this.killOnExit)
    const { stdout, stderr, stdin } = this.child
    if (stdout === null || stderr === null || stdin === null) throw new Error('elixir has no pipes')
    createInterface({ input: stdout }).on('line', (line) => this.takeLine(line))
    createInterface({ input: stderr }).on('line', (line) => this.noise.push(line))
    stdin.on('error', () => {})
    this.child.once('error', (error) => this.answer(error))
    this.child.once('close', (code) => this.answer(new Error(`elixir ended (${code})\n${this.output}`)))
  }

  private takeLine(line: string): void {
    if (line.startsWith('#')) this.answer(Buffer.from(line.slice(1), 'base64').toString('utf8'))
    else this.noise.push(line)
  }

  private answer(answer: string | Error): void {
    this.waiting?.(answer)
    this.waiting = undefined
  }

  /** What it printed that was no answer. */
  get output(): string {
    return this.noise.join('\n')
  }

  /** The value of the code, as `inspect` shows it; `raised …` if it raises. */
  eval(code: string, ms = 30_000): Promise<string> {
    return new Promise((resolve, reject) => {
      const late = (): void => reject(new Error(`${code} took more than ${ms} ms\n${this.output}`))
      const timer = setTimeout(late, ms)
      this.waiting = (answer) => {
        clearTimeout(timer)
        if (answer instanceof Error) reject(answer)
        else resolve(answer)
      }
      this.child.stdin?.write(`${Buffer.from(code).toString('base64')}\n`)
    })
  }

  async stop(): Promise<void> {
    process.removeListener('exit', this.killOnExit)
    if (this.child.exitCode !== null) return
    const gone = new Promise((resolve) => this.child.once('close', resolve))
    this.child.kill('SIGKILL')
    await gone
  }
}
