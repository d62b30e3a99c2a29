/**
 * `jocrun FILE.ml [ARG…]`: compiles a program, unless it is in the cache, and runs it. Its stdout is the program's alone; an
 * uncaught exception is a message on stderr and status 2, as with OCaml.
 */

import { libraryImage } from '../daemon/machine.ts'
import { moduleSources, unitOfFile } from '../daemon/source-folders.ts'
import { userCache } from '../daemon/unit-cache.ts'
import { UnitStore } from '../engine/unit-store.ts'
import { type Executable, execute } from './execute.ts'
import { fileProblem } from './file-problem.ts'
import { complain, reportDiagnostics } from './report.ts'

const usage = 'usage: jocrun FILE.ml [ARG…]'

async function main(args: readonly string[]): Promise<number> {
  const [file, ...rest] = args
  if (file === undefined) return complain(usage)
  if (file === '--help' || file === '-h') {
    process.stdout.write(`${usage}\n`)
    return 0
  }
  const problem = fileProblem(file)
  if (problem !== undefined) return complain(`jocrun: ${problem}`)
  const program = cachedProgram(file) ?? (await compiledProgram(file))
  return program === undefined ? 2 : execute(program, file, rest)
}

/** The program as an earlier run has compiled it. */
function cachedProgram(file: string): Executable | undefined {
  const store = new UnitStore({
    program: moduleSources([file]),
    library: () => undefined,
    image: libraryImage(),
    cache: userCache(),
    settings: '',
  })
  const units = store.closure([store.programUnit(unitOfFile(file))])
  const exit = store.closure(['Std_exit'])
  if (units === undefined || exit === undefined) return undefined
  reportDiagnostics(units.flatMap((u) => u.warnings))
  return { units: units.map((u) => u.built), exit: exit.map((u) => u.built) }
}

async function compiledProgram(file: string): Promise<Executable | undefined> {
  const { compileProgram } = await import('./compile-program.ts')
  return compileProgram(file, unitOfFile(file))
}

main(process.argv.slice(2)).then((status) => {
  process.exitCode = status
})
