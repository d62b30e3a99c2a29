/**
 * Sources with the tree or the error that they give, in golden/*.txt; `UPDATE=1 npx vitest run test/syntax`
 * rewrites what is expected. A file is a list of
 *
 *     === what it shows
 *     source
 *     ---
 *     the tree (dump.ts) or the diagnostic as it is printed
 */

import { readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, expect, test } from 'vitest'
import { printDiagnostic } from '../../src/base/print-diagnostic.ts'
import { sourceOfString } from '../../src/base/region.ts'
import { parseImplementation } from '../../src/syntax/index.ts'
import { dump } from './dump.ts'
import { readEntries, writeEntries } from './golden-file.ts'
import { diagnosticOf, filesOf } from './support.ts'

function outcome(text: string): string {
  const source = sourceOfString('x.ml', text)
  const printed: string[] = []
  let result = ''
  const error = diagnosticOf(() => {
    const items = parseImplementation(source, (warning) => printed.push(printDiagnostic(warning)))
    result = items.map((item) => dump(item)).join('\n')
  })
  if (error !== undefined) printed.push(printDiagnostic(error, { expected: true }))
  return [...printed, result].join('').trimEnd()
}

describe.each(filesOf('golden', '.txt'))('%s', (path) => {
  const entries = readEntries(readFileSync(path, 'utf8'))
  if (process.env['UPDATE'] !== undefined) {
    writeFileSync(path, writeEntries(entries.map((entry) => ({ ...entry, expected: outcome(entry.source) }))))
  }
  test.each(entries)(`${basename(path)}: $title`, ({ source, expected }) => {
    if (process.env['UPDATE'] === undefined) expect(outcome(source)).toBe(expected)
  })
})
