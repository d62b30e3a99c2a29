/** Warnings about what is declared and not used: the same words, places and order as ocamlc's. */

import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readGolden, runOcamlc, runOurs, writeGolden } from './golden-cases.ts'

const folder = new URL('./unused/', import.meta.url)

for (const file of readdirSync(folder)) {
  const { pathname } = new URL(file, folder)
  if (process.env['UPDATE_GOLDEN'] !== undefined) {
    writeGolden(
      pathname,
      readGolden(pathname).map((each) => ({ ...each, output: runOcamlc(each) })),
    )
  }
  const cases = readGolden(pathname)
  describe(file, () => {
    for (const each of cases) {
      it(each.title, () => {
        expect(runOurs(each)).toBe(each.output)
      })
    }
    it('has what the installed ocamlc says', () => {
      for (const each of cases) expect(runOcamlc(each), each.title).toBe(each.output)
    })
  })
}
