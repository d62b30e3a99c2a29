/** Runs programs: with our engine, and with the installed OCaml, which is the reference. */

import { spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { type Outcome, readText } from './golden-file.ts'

const root = resolve(import.meta.dirname, '../..')
/** JOCRUN names another build to test. */
export const jocrun = process.env['JOCRUN'] ?? join(root, 'bin/jocrun')

/** JOC names another build of the compiler to test. */
const joc = process.env['JOC'] ?? join(root, 'bin/joc')

/** JOCTOP names another build of the prompt to test. */
export const joctop = process.env['JOCTOP'] ?? join(root, 'bin/joctop')

export interface Command {
  readonly file: string
  readonly arguments: readonly string[]
  readonly cwd: string
  readonly stdin?: string
  readonly environment?: Readonly<Record<string, string>>
}

const decode = (chunks: Buffer[]) => Buffer.concat(chunks).toString('latin1')

/** The status of a process that a signal ended is 128. */
export function run(command: Command): Promise<Outcome> {
  const child = spawn(command.file, command.arguments, {
    cwd: command.cwd,
    env: { ...process.env, ...command.environment },
  })
  const stdout: Buffer[] = []
  const stderr: Buffer[] = []
  child.stdout.on('data', (chunk) => stdout.push(chunk))
  child.stderr.on('data', (chunk) => stderr.push(chunk))
  // A program that does not read its input may be gone before it is written.
  child.stdin.on('error', () => {})
  child.stdin.end(Buffer.from(command.stdin ?? '', 'latin1'))
  return new Promise((done, failed) => {
    child.on('error', failed)
    child.on('close', (code) => done({ stdout: decode(stdout), stderr: decode(stderr), status: code ?? 128 }))
  })
}

/** At most as many of `tasks` run at once as there are processors. */
export function limited(): <T>(task: () => Promise<T>) => Promise<T> {
  let free = Math.max(1, availableParallelism())
  const waiting: (() => void)[] = []
  return async (task) => {
    if (free === 0) await new Promise<void>((go) => waiting.push(go))
    else free -= 1
    try {
      return await task()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else free += 1
    }
  }
}

export const hasOcaml = () => spawnSync('ocamlc', ['-version']).status === 0

/** The files of the program that `main` is the root of: its folder's when it is a main.ml, else itself. */
function sourcesOf(main: string): string[] {
  if (!main.endsWith('/main.ml')) return [main]
  const folder = dirname(main)
  const files = readdirSync(folder).filter((name) => /\.mli?$/.test(name))
  const sorted = spawnSync('ocamlc', ['-depend', '-sort', ...files], { cwd: folder, encoding: 'utf8' })
  return sorted.stdout
    .trim()
    .split(/\s+/)
    .map((name) => join(folder, name))
}

/** Flags for OCaml's libraries that a program says it needs: `(* libraries str *)`. Ours are part of the standard library. */
function librariesOf(main: string): string[] {
  const names = /\(\* libraries ([a-z ]+) \*\)/.exec(readText(main))?.[1]?.split(' ') ?? []
  return names.flatMap((name) => (name === 'threads' ? ['-I', '+threads', 'threads.cma'] : [`${name}.cma`]))
}

/** Options for the compiler that a program asks for in its first line: `(* options -w +a-70 *)`. */
export function optionsOf(main: string): string[] {
  return /^\(\* options (.+) \*\)\n/.exec(readText(main))?.[1]?.split(' ') ?? []
}

export interface Reference {
  readonly compile: Outcome
  /** Undefined when the program does not compile. */
  readonly execute: Outcome | undefined
}

/** Deep recursion needs more than the byte code interpreter's default of 8 MB of stack. */
const deepStack = { OCAMLRUNPARAM: 'l=256M' }

/** Compiles `main` with ocamlc, in a folder of its own, and runs it. `library` stands in for OCaml's own. */
export async function runReference(main: string, stdin: string, library?: string): Promise<Reference> {
  const folder = mkdtempSync(join(tmpdir(), 'golden-'))
  try {
    const sources = sourcesOf(main).map((path) => path.slice(dirname(main).length + 1))
    for (const name of sources) cpSync(join(dirname(main), name), join(folder, name))
    const warnings = library === undefined ? [] : ['-w', '-a']
    const environment: Record<string, string> = library === undefined ? {} : { OCAMLLIB: library }
    const program = join(folder, '.program')
    const libraries = library === undefined ? librariesOf(main) : []
    const flags = [...warnings, ...optionsOf(main), '-o', program, ...libraries, ...sources]
    const compile = await run({ file: 'ocamlc', arguments: flags, cwd: folder, environment })
    if (!existsSync(program)) return { compile, execute: undefined }
    const execute = await run({ file: program, arguments: [], cwd: folder, stdin, environment: deepStack })
    return { compile, execute }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Compiles a program with our compiler, from its own folder. */
export async function compileWithEngine(path: string, options: readonly string[]): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'golden-'))
  const name = path.slice(dirname(path).length + 1)
  try {
    const flags = [...options, '-o', join(folder, 'program'), name]
    return await run({ file: joc, arguments: flags, cwd: dirname(path) })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Runs a program with our engine, from its own folder, as its user would. */
export function runEngine(path: string, stdin: string): Promise<Outcome> {
  const name = path.slice(dirname(path).length + 1)
  return run({ file: jocrun, arguments: [name], cwd: dirname(path), stdin })
}
