/**
 * Whole programs: what the reference interpreter prints of their Lambda, translated and optimised, is what OCaml
 * prints.
 */

import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkUnit } from './check-lambda.ts'
import { newLibrary, runProgram } from './compile.ts'

const folder = new URL('./programs/', import.meta.url)
const programs = readdirSync(folder).filter((f) => f.endsWith('.ml'))

/** What the program prints when OCaml's bytecode compiler builds it, with an uncaught exception at the end. */
function expectedOutput(file: string, text: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'lambda-'))
  try {
    writeFileSync(join(directory, file), text)
    execFileSync('ocamlc', ['-w', '-a', '-o', 'program', file], { cwd: directory })
    return execFileSync('sh', ['-c', 'ocamlrun ./program 2>&1 || true'], {
      cwd: directory,
      encoding: 'latin1',
    })
  } finally {
    rmSync(directory, { recursive: true })
  }
}

describe.each(programs)('%s', { timeout: 60_000 }, (file) => {
  const text = readFileSync(new URL(file, folder), 'utf8')
  const name = (file[0] as string).toUpperCase() + file.slice(1, -3)
  it('computes what OCaml computes', () => {
    const library = newLibrary()
    const unit = library.add(name, text)
    const expected = expectedOutput(file, text)
    expect(checkUnit(unit.plain)).toEqual([])
    expect(checkUnit(unit.optimised)).toEqual([])
    expect(runProgram(library, unit.plain, 'plain')).toBe(expected)
    expect(runProgram(library, unit.optimised, 'optimised')).toBe(expected)
  })
})

describe('the miniature library', () => {
  it('is well-formed', () => {
    for (const { plain, optimised } of newLibrary().units.values()) {
      expect(checkUnit(plain)).toEqual([])
      expect(checkUnit(optimised)).toEqual([])
    }
  })
})
