/**
 * Golden files of programs with what `ocamlc -i` says of them. Of a file that begins with `(* options -w … *)` the signature is
 * not asked, only what the compiler says with these options.
 *
 *     === title
 *     --- a.mli        (optional further files, in the order in which they are compiled)
 *     --- a.ml
 *     --- output
 *
 * `UPDATE_GOLDEN=1 npx vitest run test/typing` asks a real ocamlc 4.13 and rewrites the outputs.
 */

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Diagnostic, DiagnosticError } from '../../src/base/diagnostic.ts'
import { lineColumn, type Region, sourceOfString } from '../../src/base/region.ts'
import { defaultWarnings } from '../../src/base/warnings.ts'
import { parseImplementation, parseInterface } from '../../src/syntax/index.ts'
import type { InferredUnit } from '../../src/typing/infer.ts'
import { inferInterface, inferUnit, initialEnv } from '../../src/typing/infer.ts'
import { printSignature } from '../../src/typing/print-signature.ts'
import type { Signature } from '../../src/typing/types.ts'

export interface GoldenCase {
  readonly title: string
  readonly files: readonly { readonly name: string; readonly text: string }[]
  readonly output: string
}

export function readGolden(path: string): readonly GoldenCase[] {
  const text = readFileSync(path, 'utf8')
  return text
    .split(/^=== /m)
    .slice(1)
    .map((part) => {
      const newline = part.indexOf('\n')
      const sections = part
        .slice(newline + 1)
        .split(/^--- /m)
        .slice(1)
        .map(readSection)
      const files = sections.filter(({ name }) => name !== 'output')
      const output = sections.find(({ name }) => name === 'output')?.text ?? ''
      return { title: part.slice(0, newline), files, output }
    })
}

function readSection(part: string): { name: string; text: string } {
  const newline = part.indexOf('\n')
  return { name: part.slice(0, newline).trim(), text: part.slice(newline + 1) }
}

export function writeGolden(path: string, cases: readonly GoldenCase[]): void {
  const blocks = cases.map(({ title, files, output }) => {
    const sections = [...files, { name: 'output', text: output }]
    return `=== ${title}\n${sections.map(({ name, text }) => `--- ${name}\n${text}`).join('')}`
  })
  writeFileSync(path, blocks.join(''))
}

// ---------------------------------------------------------------------------------------------------------
// The real compiler

/** What ocamlc says, without the lines that quote the source. */
export function runOcamlc({ files }: GoldenCase): string {
  const folder = mkdtempSync(join(tmpdir(), 'golden-'))
  try {
    for (const { name, text } of files) writeFileSync(join(folder, name), text)
    return files.map(({ name }) => compileWithOcamlc(folder, name)).join('')
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** What follows `-w` in the options of a file. */
function wantedWarnings(text: string): string | undefined {
  return /^\(\* options -w (\S+) \*\)\n/.exec(text)?.[1]
}

function compileWithOcamlc(cwd: string, name: string): string {
  const run = (args: readonly string[]) => spawnSync('ocamlc', args, { cwd, encoding: 'utf8' })
  const wanted = wantedWarnings(readFileSync(join(cwd, name), 'utf8'))
  if (wanted !== undefined) return withoutQuotes(run(['-w', wanted, '-c', name]).stderr)
  const printed = name.endsWith('.ml') ? run(['-i', name]) : run(['-c', name])
  if (printed.status !== 0 || name.endsWith('.mli')) return withoutQuotes(printed.stderr)
  return printed.stdout + withoutQuotes(run(['-c', name]).stderr)
}

function withoutQuotes(messages: string): string {
  const lines = messages.split('\n').filter((line) => !/^(\d+ \| |\s*\^+\s*$|\.\.\.$)/.test(line))
  return trimLines(lines.join('\n'))
}

const trimLines = (text: string): string => text.replace(/[ \t]+$/gm, '')

// ---------------------------------------------------------------------------------------------------------
// Ours

const stdlibFolder = new URL('../../src/stdlib/', import.meta.url)
const stdlibInterfaces = new Map<string, Signature | undefined>()

/** The interface of a unit of the standard library. */
export function loadStdlib(unitName: string): Signature | undefined {
  if (!stdlibInterfaces.has(unitName)) {
    stdlibInterfaces.set(unitName, undefined)
    stdlibInterfaces.set(unitName, loadStdlibUnit(unitName))
  }
  return stdlibInterfaces.get(unitName)
}

function loadStdlibUnit(name: string): Signature | undefined {
  const file = name.charAt(0).toLowerCase() + name.slice(1)
  const text = readStdlib(`${file}.mli`)
  if (text !== undefined) {
    const items = parseInterface(sourceOfString(`${file}.mli`, text))
    const { signature, diagnostics } = inferInterface({ name, items, loadInterface: loadStdlib })
    if (signature === undefined) throw new Error(`${file}.mli:\n${printDiagnostics(diagnostics)}`)
    return signature
  }
  const implementation = readStdlib(`${file}.ml`)
  if (implementation === undefined) return undefined
  const items = parseImplementation(sourceOfString(`${file}.ml`, implementation))
  return inferUnit({ name, items, loadInterface: loadStdlib }).unit?.interface
}

function readStdlib(name: string): string | undefined {
  try {
    return readFileSync(new URL(name, stdlibFolder), 'utf8')
  } catch {
    return undefined
  }
}

function printPlace({ source, start, end }: Region): string {
  const from = lineColumn(source, start)
  const to = lineColumn(source, end)
  const lines = from.line === to.line ? `line ${from.line}` : `lines ${from.line}-${to.line}`
  if (start === 0 && end === 0) return `File "${source.name}", line 1:`
  return `File "${source.name}", ${lines}, characters ${from.column}-${to.column}:`
}

function printDiagnostic(diagnostic: Diagnostic): string {
  const { severity, region, message, tail, warning, hint, related = [] } = diagnostic
  const head = severity === 'error' ? 'Error: ' : `Warning ${warning?.number} [${warning?.name}]: `
  const indent = severity === 'error' ? '       ' : ''
  const notes = related.map((note) => `  ${note.message}\n`).join('')
  const rest = tail === undefined ? '' : `${tail}\n`
  const text = head + message.replaceAll('\n', `\n${indent}`)
  return trimLines(
    `${printPlace(region)}\n${text}\n${rest}${hint === undefined ? '' : `Hint: ${hint}\n`}${notes}`,
  )
}

export function printDiagnostics(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map(printDiagnostic).join('')
}

const unitNameOf = (file: string): string =>
  file.charAt(0).toUpperCase() + file.slice(1).replace(/\.mli?$/, '')

const knownUnits = readdirSync(stdlibFolder)
  .filter((file) => file.endsWith('.ml'))
  .map(unitNameOf)

/** What we say of the files, in the form of `runOcamlc`. */
export function runOurs({ files }: GoldenCase): string {
  const interfaces = new Map<string, Signature>()
  const load = (name: string) => interfaces.get(name) ?? loadStdlib(name)
  const outputs: string[] = []
  for (const { name, text } of files) {
    const unit = unitNameOf(name)
    const source = sourceOfString(name, text)
    outputs.push(catchDiagnostic(() => compileOurs(unit, source, interfaces, files, load)))
  }
  return outputs.join('')
}

function catchDiagnostic(body: () => string): string {
  try {
    return body()
  } catch (error) {
    if (error instanceof DiagnosticError) return printDiagnostic(error.diagnostic)
    throw error
  }
}

function compileOurs(
  name: string,
  source: ReturnType<typeof sourceOfString>,
  interfaces: Map<string, Signature>,
  files: GoldenCase['files'],
  loadInterface: (unit: string) => Signature | undefined,
): string {
  const wanted = wantedWarnings(new TextDecoder().decode(source.bytes))
  const warnings = wanted === undefined ? undefined : defaultWarnings.with(wanted, 'enabled')
  const settings = { name, loadInterface, warnings, knownUnits }
  if (source.name.endsWith('.mli')) {
    const { signature, diagnostics } = inferInterface({ ...settings, items: parseInterface(source) })
    if (signature !== undefined) interfaces.set(name, signature)
    return printDiagnostics(diagnostics)
  }
  const items = parseImplementation(source)
  const own = files.find((file) => file.name === `${source.name}i`)
  const interfaceItems = own === undefined ? undefined : parseInterface(sourceOfString(own.name, own.text))
  const inferred = inferUnit({ ...settings, items, interfaceItems, declared: interfaces.get(name) })
  if (inferred.unit !== undefined) interfaces.set(name, inferred.unit.interface)
  if (wanted !== undefined) return printDiagnostics(inferred.diagnostics)
  return printInferred(inferred, loadInterface)
}

function printInferred(
  { unit, structure, diagnostics }: InferredUnit,
  loadInterface: (unit: string) => Signature | undefined,
): string {
  const signature = unit?.structure.signature ?? structure?.signature
  const errors = printDiagnostics(diagnostics)
  if (signature === undefined || signature.length === 0) return errors
  return `${printSignature(initialEnv(loadInterface), signature)}\n${errors}`
}
