/** Compiles src/stdlib with the installed OCaml into a folder that OCAMLLIB can name, in place of OCaml's own library. */

import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'

const sources = resolve(import.meta.dirname, '../../src/stdlib')

/** Compiled without an initially opened module. */
const beforeStdlib = ['camlinternalFormatBasics', 'stdlib']

/**
 * Warnings that say nothing here: formats have untyped contents, so OCaml thinks that printf may return anything (21);
 * the runtime makes some constructors (37); the rest are matters of taste.
 */
const warnings = '+a-4-6-9-21-37-40-41-42-44-45-48-66-70'

function call(program: string, args: readonly string[], cwd: string): string {
  const { stdout, stderr, status } = spawnSync(program, args, { cwd, encoding: 'utf8' })
  if (status !== 0 || stderr !== '') throw new Error(`${program} ${args.join(' ')}:\n${stderr}`)
  return stdout
}

/** The program's last unit, and what needs our engine: effects and green threads. */
const leftOut: ReadonlySet<string> = new Set([
  'std_exit',
  'effect',
  'camlinternalFun',
  'camlinternalJoin',
  'camlinternalNode',
  'camlinternalThread',
  'condition',
  'domain',
  'erlang',
  'event',
  'join',
  'joinBarrier',
  'joinBuffer',
  'joinCount',
  'joinFifo',
  'joinLock',
  'joinPool',
  'joinSemaphore',
  'mutex',
  'semaphore',
  'thread',
  'unix',
  'unixLabels',
])

/** The units in an order in which each comes after those it uses. */
function unitsInOrder(folder: string): string[] {
  const files = readdirSync(folder).filter(
    (name) => /\.mli?$/.test(name) && !leftOut.has(name.replace(/\.mli?$/, '')),
  )
  const sorted = call('ocamlc', ['-depend', '-sort', ...files], folder)
    .trim()
    .split(/\s+/)
  const units = sorted.filter((name) => name.endsWith('.ml')).map((name) => name.slice(0, -3))
  return [...beforeStdlib, ...units.filter((name) => !beforeStdlib.includes(name))]
}

function compileUnit(unit: string, folder: string): void {
  const flags = ['-w', warnings, '-nostdlib', ...(beforeStdlib.includes(unit) ? ['-nopervasives'] : []), '-c']
  if (existsSync(join(folder, `${unit}.mli`))) call('ocamlc', [...flags, `${unit}.mli`], folder)
  call('ocamlc', [...flags, `${unit}.ml`], folder)
}

export function buildLibrary(folder: string): void {
  mkdirSync(folder, { recursive: true })
  cpSync(sources, folder, { recursive: true })
  const units = unitsInOrder(folder)
  for (const unit of units) compileUnit(unit, folder)
  const objects = units.map((unit) => `${unit}.cmo`)
  call('ocamlc', ['-nostdlib', '-a', '-o', 'stdlib.cma', ...objects], folder)
  call('ocamlc', ['-nostdlib', '-c', 'std_exit.ml'], folder)
  const installed = call('ocamlc', ['-where'], folder).trim()
  for (const name of ['camlheader', 'camlheader_ur', 'ld.conf'])
    symlinkSync(join(installed, name), join(folder, name))
}
