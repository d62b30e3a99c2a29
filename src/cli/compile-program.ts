/** The part of `jocrun` that needs the compiler, which is loaded only when something has yet to be compiled. */

import { DiagnosticError } from '../base/diagnostic.ts'
import { newCompiler, unitOfFile } from '../daemon/library.ts'
import type { Executable } from './execute.ts'
import { reportDiagnostics } from './report.ts'

/** Compiles a program and prints what there is to say about it; undefined if there is an error. */
export function compileProgram(file: string, folders: readonly string[]): Executable | undefined {
  const compiler = newCompiler([file], folders)
  try {
    compiler.build(compiler.programUnit(unitOfFile(file)))
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error
    reportDiagnostics([...compiler.diagnostics, error.diagnostic])
    return undefined
  }
  reportDiagnostics(compiler.diagnostics)
  const units = [...compiler.order]
  compiler.build('Std_exit')
  return { units, exit: compiler.order }
}
