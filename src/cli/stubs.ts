/** `camlnode stubs`: modules in Erlang or Elixir that call OCaml modules, with types. */

import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { DiagnosticError } from '../base/diagnostic.ts'
import { printDiagnostic } from '../base/print-diagnostic.ts'
import { BorderError } from '../bridge/border-error.ts'
import { docComments } from '../bridge/doc-comments.ts'
import { borderEnv, componentsOfUnit, exportsOf } from '../bridge/exports.ts'
import { erlangModule } from '../bridge/names.ts'
import { outsideInterfaces } from '../bridge/outside-types.ts'
import { elixirModuleText } from '../bridge/print-elixir.ts'
import { erlangModuleText } from '../bridge/print-erlang.ts'
import { ConfigError } from '../daemon/config.ts'
import { newCompiler, unitOfFile } from '../daemon/library.ts'
import type { Compiler } from '../engine/compiler.ts'
import type { Env } from '../typing/env.ts'
import { servedFiles } from './source-files.ts'
import { parseArguments, UsageError } from './usage.ts'

interface Language {
  readonly extension: string
  /** The generated module of an OCaml module, given its Erlang name. */
  moduleName(name: string): string
  readonly print: typeof erlangModuleText
}

const erlang: Language = { extension: 'erl', moduleName: (name) => `caml_${name}`, print: erlangModuleText }
const elixir: Language = {
  extension: 'ex',
  moduleName: (name) => `Caml.${name.split('_').map(capitalised).join('')}`,
  print: elixirModuleText,
}

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

/** A file that is asked for: where its stub goes, and what it is called. */
interface Wanted {
  readonly file: string
  readonly unit: string
  readonly module: string
  /** Undefined: stdout. */
  readonly output: string | undefined
}

export async function stubs(args: readonly string[]): Promise<number> {
  const long = args.map((arg) => (arg === '-o' ? '--output' : arg))
  const parsed = parseArguments(long, { output: 'value', elixir: 'flag', name: 'value' })
  const language = parsed.flags.has('elixir') ? elixir : erlang
  try {
    const files = servedFiles(parsed.rest.map((file) => resolve(file)))
    const [output] = parsed.values.get('output') ?? []
    const [name] = parsed.values.get('name') ?? []
    return generate(files, language, output, name)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    process.stderr.write(`camlnode: ${error.message}\n`)
    return 2
  }
}

function generate(
  files: readonly string[],
  language: Language,
  output: string | undefined,
  name: string | undefined,
): number {
  if (files.length === 0) throw new UsageError('no file to make a stub of: give FILE.ml')
  if (files.length > 1 && name !== undefined) throw new UsageError('--name is for one file')
  if (files.length > 1 && (output === undefined || !isFolder(output)))
    throw new UsageError('several files need -o FOLDER')
  const compiler = newCompiler(files)
  try {
    for (const file of files) compiler.build(compiler.programUnit(unitOfFile(file)))
    const wanted = files.map((file) => wantedOf(compiler, file, language, output, name))
    for (const [{ output: place }, text] of textsOf(compiler, wanted, language)) {
      if (place === undefined) process.stdout.write(text)
      else writeFileSync(place, text)
    }
    return 0
  } catch (error) {
    if (error instanceof DiagnosticError) process.stderr.write(printDiagnostic(error.diagnostic))
    else if (error instanceof BorderError || isSystemError(error))
      process.stderr.write(`camlnode: ${error.message}\n`)
    else throw error
    return 2
  }
}

const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory()
const isSystemError = (error: unknown): error is Error => error instanceof Error && 'syscall' in error

function wantedOf(
  compiler: Compiler,
  file: string,
  language: Language,
  output: string | undefined,
  name: string | undefined,
): Wanted {
  const unit = compiler.programUnit(unitOfFile(file))
  const own = erlangModule(unit)
  const usual = name ?? language.moduleName(own)
  if (output === undefined) return { file, unit, module: usual, output: undefined }
  const base = language === erlang ? usual : own
  if (isFolder(output))
    return { file, unit, module: usual, output: join(output, `${base}.${language.extension}`) }
  // An Erlang module has the name of its file.
  const module =
    language === erlang && name === undefined ? basename(output, `.${language.extension}`) : usual
  return { file, unit, module, output }
}

function textsOf(
  compiler: Compiler,
  wanted: readonly Wanted[],
  language: Language,
): readonly (readonly [Wanted, string])[] {
  const env = borderEnv((unit) => compiler.interfaceOf(unit))
  const moduleOf = new Map(wanted.map((w) => [w.unit, w.module]))
  const interfaces = outsideInterfaces(
    env,
    wanted.map((w) => w.unit),
    (unit) => compiler.isOfLibrary(unit),
  )
  return wanted.map((w, i) => {
    const { file, unit, module } = w
    const { refused } = exportsOf(env, unit)
    const documentation = documentationOf(env, unit, file)
    const description = interfaces[i] as (typeof interfaces)[number]
    return [
      w,
      language.print(description, { module, moduleOf, source: basename(file), documentation, refused }),
    ]
  })
}

/** The documentation comments of the values of a unit: of its interface if it has one. */
function documentationOf(env: Env, unit: string, file: string): (value: string) => string | undefined {
  const source = existsSync(`${file}i`) ? `${file}i` : file
  const comments = docComments(readFileSync(source))
  return (value) => {
    const [entry] = componentsOfUnit(env, unit)?.values.get(value) ?? []
    if (entry === undefined) return undefined
    const { start, end } = entry.description.region
    return comments.of(start, end)
  }
}
