/** Runs OCaml programs inside the test's process, with the switches that shake the engine. */

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { interrupt } from '../../src/codegen/layout.ts'
import {
  defaultDomainOptions,
  libraryImage,
  newDomain,
  sourcesIn,
  standardLibrary,
  unitOfFile,
} from '../../src/daemon/library.ts'
import { Compiler, type UnitSource } from '../../src/engine/compiler.ts'
import { describeException } from '../../src/engine/describe-exception.ts'
import type { Domain, DomainOptions } from '../../src/engine/domain.ts'
import { Driver } from '../../src/engine/driver.ts'
import type { Host } from '../../src/engine/host.ts'
import { Program, ProgramError } from '../../src/engine/program.ts'
import { parseGolden } from '../golden/golden-file.ts'

const image = libraryImage()
const golden = resolve(import.meta.dirname, '../golden')

/** Small memories, so that a domain is made quickly. */
export const smallDomain: DomainOptions = {
  ...defaultDomainOptions,
  minorWords: 32_768,
  stackBytes: 16 * 1024 * 1024,
}

export interface Mode {
  readonly options?: Partial<DomainOptions>
  /** Whether the thread is to be suspended at the next poll; every poll takes the slow path. */
  readonly suspend?: () => boolean
}

export interface Result {
  readonly stdout: string
  readonly stderr: string
  readonly suspensions: number
  /** Words allocated in the minor heap. */
  readonly allocated: number
  /** The uncaught exception, or how else the program ended. */
  readonly error: string | undefined
}

/** A program that is compiled once and runs in many modes. */
export interface Compiled {
  readonly unit: string
  readonly compiler: Compiler
  readonly stdin: string
  readonly expected: string
}

export function compileGolden(name: string, folder = 'programs'): Compiled {
  const file = join(golden, folder, name)
  const { stdin, expected } = parseGolden(readFileSync(file, 'latin1'))
  // Its messages name the file as if it ran in its own folder.
  const compiler = new Compiler(sourcesIn(join(golden, folder), ''), standardLibrary(), image)
  return { unit: unitOfFile(file), compiler, stdin, expected: expected?.stdout ?? '' }
}

/** A program of one unit, `Main`, given by its text. */
export function compileText(text: string, expected = ''): Compiled {
  return {
    unit: 'Main',
    compiler: new Compiler(sourceOf(text), standardLibrary(), image),
    stdin: '',
    expected,
  }
}

function sourceOf(text: string): UnitSource {
  const bytes = new Uint8Array(Buffer.from(text, 'latin1'))
  return (unit) =>
    unit === 'Main' ? { implementation: { name: 'main.ml', bytes }, interface: undefined } : undefined
}

export function run(compiled: Compiled, mode: Mode = {}): Result {
  const output = ['', '', '']
  let status: number | undefined
  const host = testHost(compiled.stdin, output, (code) => {
    status = code
  })
  const domain = newDomain(host, { ...smallDomain, ...mode.options })
  const count = mode.suspend === undefined ? () => 0 : suspendAtPolls(domain, mode.suspend)
  const program = new Program(domain, compiled.compiler)
  let error = load(program, compiled.unit)
  if (status === undefined) error = load(program, 'Std_exit') ?? error
  const violation = domain.runtime.exports.verify(domain.runtime.control('stackBase'))
  if (violation !== 0) error = `the heap is not sound: ${violation}`
  const allocated = (domain.runtime.exports as unknown as Counters).caml_gc_minor_words_unboxed()
  return { stdout: output[1] as string, stderr: output[2] as string, suspensions: count(), allocated, error }
}

interface Counters {
  caml_gc_minor_words_unboxed(): number
}

function load(program: Program, unit: string): string | undefined {
  try {
    program.load(unit)
    return undefined
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error
    return error.end === 'exception' ? describeException(program.domain.runtime) : error.end
  }
}

/** Makes every poll ask `suspend`; frames put aside are overwritten where they were. Tells the count of suspensions. */
export function suspendAtPolls(domain: Domain, suspend: () => boolean): () => number {
  let count = 0
  const arm = (): void => {
    const bit = suspend() ? interrupt.preempt : interrupt.collect
    Driver.interrupt(domain.runtime.int32(), bit)
  }
  domain.atInterrupt = arm
  const open = domain as unknown as {
    putAside(): { readonly bytes: number } | undefined
    interrupted(bits: number): 'continue' | 'suspend' | 'cancel'
  }
  // Otherwise a thread is suspended only when another could run.
  const interrupted = open.interrupted.bind(domain)
  open.interrupted = (bits) => {
    const answer = interrupted(bits)
    return answer === 'continue' && (bits & interrupt.preempt) !== 0 ? 'suspend' : answer
  }
  const putAside = open.putAside.bind(domain)
  open.putAside = () => {
    const done = putAside()
    if (done !== undefined) poisonStack(domain, done.bytes)
    count += 1
    return done
  }
  arm()
  return () => count
}

function poisonStack(domain: Domain, bytes: number): void {
  const { runtime } = domain
  // What is below belongs to threads on which the one that was put aside stood.
  const top = runtime.control('stackTop')
  runtime.bytes().fill(0xa5, top, Math.min(top + bytes + 65_536, runtime.control('stackEnd')))
}

/** A host without files: input from a string, output to strings. */
export function testHost(stdin: string, output: string[], exit: (code: number) => void = () => {}): Host {
  let input = Buffer.from(stdin, 'latin1')
  /** A clock that only sleeping moves. */
  let now = 0
  return {
    write: (fd, bytes) => {
      output[fd] += Buffer.from(bytes).toString('latin1')
      return bytes.length
    },
    read: (_fd, target) => {
      const count = Math.min(target.length, input.length)
      target.set(input.subarray(0, count))
      input = input.subarray(count)
      return count
    },
    close: () => 0,
    seek: () => 0,
    open: () => -2,
    errorMessage: () => 'No such file or directory',
    environment: () => undefined,
    arguments: ['program'],
    executable: 'program',
    file: () => 0,
    time: () => now,
    makeDirectory: () => 0,
    rename: () => 0,
    isTerminal: () => false,
    currentDirectory: () => '/',
    listed: () => undefined,
    call: () => ({ kind: 'refusal', error: 'ENOSYS', number: 38 }),
    random: () => 4,
    sleep: (seconds) => {
      now += seconds
    },
    exit,
  }
}

/** Small numbers that look random and are the same each time. */
export function randomNumbers(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** What an environment variable says, or else the commit's number: each commit tries another seed. */
export function seedOfToday(variable: string): number {
  const given = process.env[variable]
  if (given !== undefined) return Number(given)
  try {
    const commit = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: import.meta.dirname, encoding: 'utf8' })
    return Number.parseInt(commit.slice(0, 8), 16)
  } catch {
    return 1
  }
}
