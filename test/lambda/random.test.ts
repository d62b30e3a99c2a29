/** Random programs: the optimiser changes nothing that can be seen, and OCaml agrees. */

import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkUnit } from './check-lambda.ts'
import { newLibrary, runProgram } from './compile.ts'
import { randomProgram, seeded } from './random-program.ts'

const runs = Number(process.env['RANDOM_PROGRAMS'] ?? 40)

function ocamlOutput(text: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'random-'))
  try {
    writeFileSync(join(directory, 'program.ml'), text)
    return execFileSync('ocaml', ['-w', '-a', 'program.ml'], { cwd: directory, encoding: 'latin1' })
  } finally {
    rmSync(directory, { recursive: true })
  }
}

describe('random programs', { timeout: 300_000 }, () => {
  it('compute the same plain and optimised', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const text = randomProgram(seeded(seed))
        const library = newLibrary()
        const { plain, optimised } = library.add('Random', text)
        expect(checkUnit(plain)).toEqual([])
        expect(checkUnit(optimised), text).toEqual([])
        expect(runProgram(library, optimised, 'optimised'), text).toBe(runProgram(library, plain, 'plain'))
      }),
      { numRuns: runs },
    )
  })

  it('compute what OCaml computes', () => {
    for (let seed = 0; seed < Math.max(8, runs / 20); seed++) {
      const text = randomProgram(seeded(seed))
      const library = newLibrary()
      expect(runProgram(library, library.add('Random', text).plain, 'plain'), text).toBe(ocamlOutput(text))
    }
  })
})
