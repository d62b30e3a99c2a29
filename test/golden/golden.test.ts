/**
 * Every golden program on our engine, against what OCaml printed. UPDATE=1 asks the installed OCaml instead and
 * rewrites the expectations.
 */

import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { patience } from '../patience.ts'
import type { Outcome } from './golden-file.ts'
import { formatGolden, formatStatus, parseGolden, readText, writeText } from './golden-file.ts'
import { compileWithEngine, limited, optionsOf, runEngine, runReference } from './run.ts'

const here = import.meta.dirname
const updating = process.env['UPDATE'] === '1'
const inTurn = limited()

/** Milliseconds for one program, and for those before it in the queue. */
const waitIncluded = 120_000 * patience

const isProgram = (name: string) => name.endsWith('.ml')
const programsIn = (folder: string) => readdirSync(join(here, folder)).filter(isProgram).sort()

/** Paths of single files and of the main.ml of folders, relative to programs/. */
const programs = readdirSync(join(here, 'programs'), { withFileTypes: true })
  .map((entry) => (entry.isDirectory() ? `${entry.name}/main.ml` : entry.name))
  .filter(isProgram)
  .sort()

async function reference(path: string, stdin: string): Promise<Outcome> {
  const { compile, execute } = await runReference(path, stdin)
  if (compile.stderr !== '' || !execute)
    throw new Error(`${path} does not compile cleanly:\n${compile.stderr}`)
  return execute
}

async function updateProgram(path: string): Promise<void> {
  const { source, stdin } = parseGolden(readText(path))
  writeText(path, formatGolden(source, await reference(path, stdin)))
}

async function updateLibraryProgram(path: string): Promise<void> {
  const { source, stdin } = parseGolden(readText(path))
  const outcome = await reference(path, stdin)
  writeText(path, formatStatus(source, outcome.status))
  writeText(path.replace(/ml$/, 'expected'), outcome.stdout)
}

async function updateErroneous(path: string): Promise<void> {
  const { compile } = await runReference(path, '')
  writeText(path.replace(/ml$/, 'expected'), compile.stderr)
}

async function checkProgram(path: string): Promise<void> {
  const { stdin, expected } = parseGolden(readText(path))
  expect(await runEngine(path, stdin)).toEqual(expected)
}

/** Processes report their exceptions in any order. */
async function checkProcesses(path: string): Promise<void> {
  const { stdin, expected } = parseGolden(readText(path))
  const inOrder = (outcome: Outcome) => ({ ...outcome, stderr: outcome.stderr.split('\n').sort() })
  expect(inOrder(await runEngine(path, stdin))).toEqual(expected && inOrder(expected))
}

async function checkLibraryProgram(path: string): Promise<void> {
  const { stdin, expected } = parseGolden(readText(path))
  const outcome = await runEngine(path, stdin)
  expect(outcome.stdout).toBe(readText(path.replace(/ml$/, 'expected')))
  expect(outcome.status).toBe(expected?.status ?? 0)
}

async function checkErroneous(path: string): Promise<void> {
  const stderr = readText(path.replace(/ml$/, 'expected'))
  const options = optionsOf(path)
  const outcome = options.length > 0 ? await compileWithEngine(path, options) : await runEngine(path, '')
  expect(outcome).toEqual({ stdout: '', stderr, status: /^Error/m.test(stderr) ? 2 : 0 })
}

interface Folder {
  readonly name: string
  readonly programs: readonly string[]
  readonly check: (path: string) => Promise<void>
  readonly update: (path: string) => Promise<void>
}

const folders: readonly Folder[] = [
  { name: 'programs', programs, check: checkProgram, update: updateProgram },
  {
    name: 'stdlib',
    programs: programsIn('stdlib'),
    check: checkLibraryProgram,
    update: updateLibraryProgram,
  },
  { name: 'later', programs: programsIn('later'), check: checkLibraryProgram, update: async () => {} },
  { name: 'joins', programs: programsIn('joins'), check: checkProcesses, update: async () => {} },
  { name: 'errors', programs: programsIn('errors'), check: checkErroneous, update: updateErroneous },
]

describe.each(folders)('golden/$name', (folder) => {
  it.concurrent.each(folder.programs)(
    '%s',
    async (name) => {
      const path = join(here, folder.name, name)
      expect(existsSync(path)).toBe(true)
      await inTurn(() => (updating ? folder.update(path) : folder.check(path)))
    },
    waitIncluded,
  )
})
