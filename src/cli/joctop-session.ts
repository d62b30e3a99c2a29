/** Sessions of the prompt on the files of this process. */

import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync, writeSync } from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { bytesOfText } from '../base/byte-text.ts'
import { languageVersion } from '../base/language-version.ts'
import { libraryImage, moduleSources, newDomain, standardLibrary } from '../daemon/library.ts'
import type { Ends } from '../daemon/open-file.ts'
import { processHost } from '../daemon/process-host.ts'
import { startTicker } from '../daemon/ticker.ts'
import { Compiler, type UnitSource } from '../engine/compiler.ts'
import type { Domain } from '../engine/domain.ts'
import type { Asked } from '../engine/toplevel/phrase-reader.ts'
import { Interrupted, Quit } from '../engine/toplevel/quit.ts'
import { Session } from '../engine/toplevel/session.ts'
import { Toplevel, type World } from '../engine/toplevel/toplevel.ts'
import { useFile } from '../engine/toplevel/use.ts'
import type { JoctopOptions } from './joctop-options.ts'

/** Runs to the end without a terminal; the exit status. */
export function runScript(options: JoctopOptions): number {
  return new Joctop(options).run()
}

/** What a terminal does differently. */
export interface Terminal {
  /** Reads standard input: with a prompt on behalf of the prompt itself, else for the program. */
  readonly read: (target: Uint8Array, prompt: string | undefined) => number
  /** Whether the user has broken off the last read. */
  readonly interrupted: () => boolean
  /** Has the domain before anything runs in it. */
  readonly started: (domain: Domain) => void
}

const prompts: Readonly<Record<Asked, string>> = { phrase: '# ', more: '  ', comment: '* ' }

export class Joctop {
  private readonly options: JoctopOptions
  private readonly terminal: Terminal | undefined
  /** While the prompt itself reads. */
  private shownPrompt: string | undefined
  private readonly domain: Domain
  private readonly top: Toplevel
  private readonly units = new Map<string, UnitSource>()

  constructor(options: JoctopOptions, terminal?: Terminal) {
    this.options = options
    this.terminal = terminal
    const host = processHost({
      arguments: argumentsOf(options),
      executable: 'joctop',
      exit: () => {},
      ...(terminal === undefined ? {} : { standard: [this.typed(terminal)] }),
    })
    this.domain = newDomain(host)
    this.domain.onThreads = () => startTicker(this.domain.runtime.memory)
    const source: UnitSource = (name) => this.unitSource(name)
    const compiler = new Compiler(source, standardLibrary(), libraryImage())
    const session = new Session(this.domain, compiler)
    if (terminal !== undefined) {
      // Its exception is what a break raises.
      session.load('Sys')
      terminal.started(this.domain)
    }
    this.top = new Toplevel(session, this.world(), options.folders)
    for (const { specification, what } of options.warnings) this.top.setWarnings(specification, what)
  }

  run(): number {
    try {
      this.start()
    } catch (error) {
      if (!(error instanceof Quit)) throw error
      return this.finish(error.status)
    }
  }

  private start(): never {
    const { script } = this.options
    for (const name of this.options.opened) this.open(name)
    switch (script.kind) {
      case 'none':
        return this.prompt()
      case 'file':
        return this.script(this.read(script.file))
      case 'stdin':
        return this.script({ name: '(stdin)', bytes: readFileSync(0) })
      case 'text':
        return this.script({ name: '(command-line argument)', bytes: bytesOfText(script.text) })
    }
  }

  private open(name: string): void {
    this.top.use({ name: '-open', bytes: bytesOfText(`open ${name}`) }, 'silent')
  }

  private prompt(): never {
    if (this.options.banner) this.top.say(`OCaml version ${languageVersion} (camlnode)\n\n`)
    const init = this.initFile()
    if (init !== undefined) useFile(this.top, init, 'silent')
    return this.top.loop()
  }

  private initFile(): string | undefined {
    const { init } = this.options
    if (init === 'none') return undefined
    if (init !== 'default') return init.file
    const config = process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config')
    const candidates = ['.ocamlinit', join(config, 'ocaml/init.ml'), join(homedir(), '.ocamlinit')]
    return candidates.find((file) => existsSync(file))
  }

  private read(file: string): { readonly name: string; readonly bytes: Uint8Array } {
    const found = this.readFile(file, this.top.folders)
    if (found !== undefined) return { name: found.path, bytes: found.bytes }
    process.stderr.write(`Cannot find file ${file}.\n`)
    throw new Quit(2)
  }

  private script(source: { readonly name: string; readonly bytes: Uint8Array }): never {
    throw new Quit(this.top.use(source, 'silent') ? 0 : 2)
  }

  /** What at_exit registered runs, whatever the reason for leaving. */
  private finish(status: number): number {
    if (this.domain.exitStatus !== undefined) return this.domain.exitStatus
    const outcome = this.top.session.load('Std_exit')
    if (outcome.kind === 'exception') this.top.show(this.top.answers.exception(outcome.exception))
    return this.domain.exitStatus ?? status
  }

  // -------------------------------------------------------------------------------------------------------
  // The world

  private world(): World {
    const answers = this.options.script.kind === 'none' ? 1 : 2
    return {
      write: (text, from) => writeAll(from === 'directive' ? 1 : answers, bytesOfText(text)),
      answersOnStdout: answers === 1,
      readLine: (asked) => this.readLine(asked),
      readFile: (name, folders) => this.readFile(name, folders),
      announceUnit: (name, path) => {
        this.units.set(name, moduleSources([path]))
      },
      changeFolder,
      commandOutput,
    }
  }

  private readonly readLine = (asked: Asked): Uint8Array => {
    const prompt = this.promptFor(asked)
    this.domain.takeBreak()
    if (this.terminal === undefined) this.top.sayAtOnce(prompt)
    else this.top.flush()
    this.shownPrompt = prompt
    const line = this.top.inputLine()
    this.shownPrompt = undefined
    if (this.terminal?.interrupted() === true) throw new Interrupted()
    if (line.at(-1) !== 0x0a) this.top.sayAtOnce('\n')
    return line
  }

  /** What is typed, as the program's stdin. */
  private typed(terminal: Terminal): Ends {
    return { read: (target) => terminal.read(target, this.shownPrompt), isTerminal: true }
  }

  private promptFor(asked: Asked): string {
    const shown = this.options.prompts
    if (shown === 'none') return ''
    return asked === 'phrase' || shown === 'all' ? prompts[asked] : ''
  }

  private unitSource(name: string): ReturnType<UnitSource> {
    for (const source of this.units.values()) {
      const found = source(name)
      if (found !== undefined) return found
    }
    return undefined
  }

  private readFile(
    name: string,
    folders: readonly string[],
  ): { readonly path: string; readonly bytes: Uint8Array } | undefined {
    const candidates = isAbsolute(name)
      ? [name]
      : folders.map((folder) => (folder === '' ? `./${name}` : join(folder, name)))
    const path = candidates.find((file) => existsSync(file) && statSync(file).isFile())
    return path === undefined ? undefined : { path, bytes: readFileSync(path) }
  }
}

/** `Sys.argv` */
function argumentsOf({ script }: JoctopOptions): readonly string[] {
  return script.kind === 'file' ? [script.file, ...script.arguments] : ['joctop']
}

function writeAll(fd: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done)
}

function changeFolder(path: string): string | undefined {
  try {
    process.chdir(path)
    return undefined
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOTDIR'
      ? 'Not a directory'
      : 'No such file or directory'
  }
}

function commandOutput(command: string): Uint8Array | number {
  const { stdout, status } = spawnSync(command, { shell: true, stdio: ['inherit', 'pipe', 'inherit'] })
  return status === 0 ? stdout : (status ?? 1)
}
