/** Whatever the bytes: a tree or a diagnostic, in bounds, and nothing else. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { printDiagnostic } from '../../src/base/print-diagnostic.ts'
import type { Source } from '../../src/base/region.ts'
import { sourceOfString } from '../../src/base/region.ts'
import { parseImplementationWithRecovery, parsePhrase, parseScript } from '../../src/syntax/index.ts'
import { chunks, mutate } from './mutate.ts'
import { diagnosticOf, filesOf, parseSource, randomOf, sourceOfFile } from './support.ts'

function survives(source: Source): void {
  for (const run of [() => parseSource(source), () => parseScript(source), () => parsePhrase(source, 0)]) {
    const diagnostic = diagnosticOf(run)
    if (diagnostic === undefined) continue
    const { start, end } = diagnostic.region
    expect(0 <= start && start <= end && end <= source.bytes.length).toBe(true)
    expect(printDiagnostic(diagnostic)).toContain('Error: ')
  }
  const { diagnostics } = parseImplementationWithRecovery(source)
  expect(diagnostics.length).toBeLessThanOrEqual(2 * source.bytes.length + 1)
}

const names = fc.constantFrom('x.ml', 'x.mli')

describe('random input', () => {
  test('bytes', () => {
    const property = fc.property(names, fc.uint8Array({ maxLength: 80 }), (name, bytes) =>
      survives({ name, bytes }),
    )
    fc.assert(property, { numRuns: 1500, seed: 1 })
  })

  test('characters that mean something', () => {
    const character = fc.constantFrom(...'abAB01_.\'"\\(){}[]<>|*;:=!~?#%@+-`,& \n\té')
    const text = fc.string({ unit: character, maxLength: 60 })
    fc.assert(
      fc.property(names, text, (name, t) => survives(sourceOfString(name, t))),
      { numRuns: 3000, seed: 1 },
    )
  })

  test('mutated programs', () => {
    const paths = [...filesOf('corpus', '.ml', '.mli'), ...filesOf('corpus/later', '.ml')]
    const pieces = paths.flatMap((path) => chunks(sourceOfFile(path)))
    const random = randomOf(3)
    for (let i = 0; i < 3000; i++) {
      const piece = pieces[random(pieces.length)]!
      survives(sourceOfString(i % 2 === 0 ? 'x.ml' : 'x.mli', mutate(piece, random)))
    }
  })
})
