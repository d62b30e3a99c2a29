/** `camlnode check`: compiles everything, and prints the interface that Erlang will see. */

import { resolve } from 'node:path'
import { DiagnosticError } from '../base/diagnostic.ts'
import { printDiagnostic } from '../base/print-diagnostic.ts'
import { BorderError } from '../bridge/border-error.ts'
import { borderEnv, exportsOf, type UnitExports } from '../bridge/exports.ts'
import { erlangModule } from '../bridge/names.ts'
import { ConfigError } from '../daemon/config.ts'
import { newCompiler, unitOfFile } from '../daemon/library.ts'
import type { Compiler } from '../engine/compiler.ts'
import { servedFiles } from './source-files.ts'
import { readSettings } from './start.ts'
import { parseArguments, UsageError } from './usage.ts'

export async function check(args: readonly string[]): Promise<number> {
  const parsed = parseArguments(args, { config: 'value' })
  try {
    const { modules } = readSettings(parsed)
    const files = servedFiles([...modules, ...parsed.rest.map((file) => resolve(file))])
    if (files.length === 0) throw new UsageError('nothing to check: give FILE.ml or --config FILE')
    return checkFiles(files)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    process.stderr.write(`camlnode: ${error.message}\n`)
    return 2
  }
}

function checkFiles(files: readonly string[]): number {
  const compiler = newCompiler(files)
  try {
    for (const file of files) compiler.build(compiler.programUnit(unitOfFile(file)))
    const env = borderEnv((unit) => compiler.interfaceOf(unit))
    for (const file of files) {
      const unit = compiler.programUnit(unitOfFile(file))
      process.stdout.write(interfaceText(erlangModule(unit), exportsOf(env, unit)))
    }
  } catch (error) {
    if (error instanceof DiagnosticError) return report(compiler, error)
    if (!(error instanceof BorderError)) throw error
    process.stderr.write(`camlnode: ${error.message}\n`)
    return 2
  }
  report(compiler)
  return 0
}

function report(compiler: Compiler, error?: DiagnosticError): number {
  const all = error === undefined ? compiler.diagnostics : [...compiler.diagnostics, error.diagnostic]
  for (const d of all) process.stderr.write(printDiagnostic(d))
  return 2
}

/** One line a function: its Erlang name and arities, and its OCaml type. */
function interfaceText(module: string, { functions, refused }: UnitExports): string {
  const lines = [...functions.values()].map((f) => {
    const arities = [...f.forms.keys()].map((arity) => `${module}:${f.name}/${arity}`).join(', ')
    return `  ${arities} : ${f.type}`
  })
  const not = refused.map((r) => `  not callable: ${r.name} : ${r.type} (${r.reason})`)
  return `${[`module ${module}`, ...lines, ...not].join('\n')}\n`
}
