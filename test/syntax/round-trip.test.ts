/** What the printer writes parses to the tree it was given. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { printDiagnostic } from '../../src/base/print-diagnostic.ts'
import { sourceOfString } from '../../src/base/region.ts'
import type { SignatureItem, StructureItem } from '../../src/syntax/ast.ts'
import { parseImplementation, printSignature, printStructure } from '../../src/syntax/index.ts'
import { structure } from './arbitrary.ts'
import { diagnosticOf, filesOf, parseSource, sourceOfFile, withoutRegions } from './support.ts'

const corpus = [...filesOf('corpus', '.ml', '.mli'), ...filesOf('corpus/later', '.ml')]

describe('the corpus', () => {
  test.each(corpus)('%s', (path) => {
    const source = sourceOfFile(path)
    for (const item of parseSource(source)) {
      const text = path.endsWith('i')
        ? printSignature([item as SignatureItem])
        : printStructure([item as StructureItem])
      const again = parseSource(sourceOfString(path, text))
      expect(withoutRegions(again), text).toBe(withoutRegions([item]))
    }
  })
})

describe('random trees', () => {
  test('print and parse', () => {
    const property = fc.property(structure, (items) => {
      const text = printStructure(items)
      const source = sourceOfString('x.ml', text)
      const error = diagnosticOf(() =>
        expect(withoutRegions(parseImplementation(source)), text).toBe(withoutRegions(items)),
      )
      expect(error && printDiagnostic(error), text).toBeUndefined()
    })
    fc.assert(property, { numRuns: 500, seed: 1 })
  }, 60_000)
})
