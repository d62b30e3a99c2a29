/** `camlnode check`: compiles everything, and prints the interface that Erlang will see. */

import { resolve } from 'node:path'
import { DiagnosticError } from '../base/diagnostic.ts'
import { printDiagnostic } from '../base/print-diagnostic.ts'
import { BorderError } from '../bridge/border-error.ts'
import { borderEnv, exportsOf, type UnitExports } from '../bridge/exports.ts'
import { erlangModule } from '../bridge/names.ts'
import type { OutsideInterface } from '../bridge/outside-type.ts'
import { outsideInterfaces } from '../bridge/outside-types.ts'
import { erlangSpecs, erlangTypes } from '../bridge/print-erlang.ts'
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
    const units = files.map((file) => compiler.programUnit(unitOfFile(file)))
    const seen = outsideInterfaces(env, units, (unit) => compiler.isOfLibrary(unit))
    const moduleOf = new Map(units.map((unit) => [unit, erlangModule(unit)]))
    units.forEach((unit, i) => {
      process.stdout.write(interfaceText(exportsOf(env, unit), seen[i] as OutsideInterface, moduleOf))
    })
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

/** Two lines a function: its Erlang name and arities with its OCaml type, and what Erlang gives and gets; then the types that these name. */
function interfaceText(
  { functions, refused }: UnitExports,
  seen: OutsideInterface,
  moduleOf: ReadonlyMap<string, string>,
): string {
  const module = erlangModule(seen.unit)
  const lines = [...functions.values()].flatMap((f) => {
    const arities = [...f.forms.keys()].map((arity) => `${module}:${f.name}/${arity}`).join(', ')
    return [`  ${arities} : ${f.type}`, ...erlangSpecs(seen, f.name, moduleOf).map((spec) => `      ${spec}`)]
  })
  const types = erlangTypes(seen, moduleOf).map((line) => line.replaceAll(/^(?=.)/gm, '  '))
  const not = refused.map((r) => `  not callable: ${r.name} : ${r.type} (${r.reason})`)
  return `${[`module ${module}`, ...lines, ...types, ...not].join('\n')}\n`
}
