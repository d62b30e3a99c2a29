/**
 * `jocrun FILE.ml [ARGS…]`: compiles a program in memory and runs it. Its stdout is the program's alone; an uncaught
 * exception is a message on stderr and status 2, as with OCaml.
 */

import { DiagnosticError } from '../base/diagnostic.ts'
import { printDiagnostic } from '../base/print-diagnostic.ts'
import { newCompiler, newDomain, unitOfFile } from '../daemon/library.ts'
import { processHost } from '../daemon/process-host.ts'
import type { Compiler } from '../engine/compiler.ts'
import { describeException } from '../engine/describe-exception.ts'
import { Program, ProgramError } from '../engine/program.ts'
import { fileProblem } from './source-files.ts'

const usage = 'usage: jocrun FILE.ml [ARG…]'

function main(args: readonly string[]): number {
  const [file, ...rest] = args
  if (file === undefined) return complain(usage)
  if (file === '--help' || file === '-h') {
    process.stdout.write(`${usage}\n`)
    return 0
  }
  const problem = fileProblem(file)
  if (problem !== undefined) return complain(`jocrun: ${problem}`)
  return run(file, rest)
}

function complain(message: string): number {
  process.stderr.write(`${message}\n`)
  return 2
}

function run(file: string, args: readonly string[]): number {
  const unit = unitOfFile(file)
  const compiler = newCompiler([file])
  try {
    compiler.build(compiler.programUnit(unit))
  } catch (error) {
    if (error instanceof DiagnosticError) return report(compiler, error)
    throw error
  }
  report(compiler)
  return execute(compiler, unit, file, args)
}

/** Prints warnings, and the error if there is one; the status for a program that does not compile. */
function report(compiler: Compiler, error?: DiagnosticError): number {
  const all = error === undefined ? compiler.diagnostics : [...compiler.diagnostics, error.diagnostic]
  for (const d of all) process.stderr.write(printDiagnostic(d))
  return 2
}

function execute(compiler: Compiler, unit: string, file: string, args: readonly string[]): number {
  let status: number | undefined
  const exit = (code: number): void => {
    status = code
  }
  const domain = newDomain(processHost({ arguments: [file, ...args], executable: file, exit, stdin: true }))
  const program = new Program(domain, compiler)
  const load = (name: string): string | undefined => {
    try {
      program.load(name)
      return undefined
    } catch (error) {
      if (!(error instanceof ProgramError)) throw error
      return error.end === 'exception' ? describeException(domain.runtime) : 'Out_of_memory'
    }
  }
  const uncaught = load(unit)
  if (status !== undefined) return status
  // Like OCaml: what at_exit registered runs before the message about the exception.
  const second = load('Std_exit')
  if (status !== undefined) return status
  const fatal = uncaught ?? second
  if (fatal === undefined) return 0
  process.stderr.write(`Fatal error: exception ${fatal}\n`)
  return 2
}

process.exitCode = main(process.argv.slice(2))
