/**
 * `jocrun FILE [ARG…]`: runs a program, an image that `joc` has made or a source file, which is compiled first unless it is in the
 * cache. Its stdout is the program's alone; an uncaught exception is a message on stderr and status 2, as with OCaml.
 */

import { readFileSync, statSync } from 'node:fs'
import { defaultWarnings } from '../base/warnings.ts'
import { libraryImage } from '../daemon/machine.ts'
import { moduleSources, unitOfFile } from '../daemon/source-folders.ts'
import { userCache } from '../daemon/unit-cache.ts'
import { ImageError, isImage } from '../engine/image.ts'
import { readProgram } from '../engine/program-image.ts'
import { UnitStore } from '../engine/unit-store.ts'
import { type Executable, execute, libraryUnits } from './execute.ts'
import { fileProblem } from './file-problem.ts'
import { isLibraryArchive } from './library-archives.ts'
import { complain, reportDiagnostics } from './report.ts'

const usage = `usage: jocrun [-I FOLDER]… FILE [ARG…]
  FILE        a program that joc has made, or FILE.ml
  -I FOLDER   also look for units of the program in FOLDER
`

async function main(args: readonly string[]): Promise<number> {
  const folders: string[] = []
  const rest = [...args]
  while (rest[0]?.startsWith('-')) {
    const [option, value] = rest.splice(0, rest[0] === '-I' ? 2 : 1)
    if (option === '--help' || option === '-help' || option === '-h') {
      process.stdout.write(usage)
      return 0
    }
    if (option !== '-I') return complain(`jocrun: unknown option '${option}'\n${usage.trimEnd()}`)
    if (value === undefined) return complain("jocrun: option '-I' needs an argument")
    folders.push(value)
  }
  while (rest[0] !== undefined && isLibraryArchive(rest[0])) rest.shift()
  const [file, ...programArgs] = rest
  if (file === undefined) return complain(usage.trimEnd())
  const image = imageIn(file)
  if (image !== undefined) return runImage(image, file, programArgs)
  const problem = fileProblem(file)
  if (problem !== undefined) return complain(`jocrun: ${problem}`)
  const program = cachedProgram(file, folders) ?? (await compiledProgram(file, folders))
  return program === undefined ? 2 : execute(program, file, programArgs)
}

/** The bytes of a file that is an image. */
function imageIn(file: string): Uint8Array | undefined {
  if (file.endsWith('.ml') || statSync(file, { throwIfNoEntry: false })?.isFile() !== true) return undefined
  const bytes = readFileSync(file)
  return isImage(bytes) ? bytes : undefined
}

function runImage(bytes: Uint8Array, file: string, args: readonly string[]): number {
  try {
    return execute({ units: readProgram(bytes, libraryImage()), exit: libraryUnits('Std_exit') }, file, args)
  } catch (error) {
    if (error instanceof ImageError) return complain(`jocrun: ${file}: ${error.message}`)
    throw error
  }
}

/** The program as an earlier run has compiled it. */
function cachedProgram(file: string, folders: readonly string[]): Executable | undefined {
  const store = new UnitStore({
    program: moduleSources([file], folders),
    library: () => undefined,
    image: libraryImage(),
    cache: userCache(),
    settings: defaultWarnings.key,
  })
  const units = store.closure([store.programUnit(unitOfFile(file))])
  if (units === undefined) return undefined
  reportDiagnostics(units.flatMap((u) => u.warnings))
  return { units: units.map((u) => u.built), exit: libraryUnits('Std_exit') }
}

async function compiledProgram(file: string, folders: readonly string[]): Promise<Executable | undefined> {
  const { compileProgram } = await import('./compile-program.ts')
  return compileProgram(file, folders)
}

main(process.argv.slice(2)).then((status) => {
  process.exitCode = status
})
