import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readGolden, runOcamlc, runOurs, writeGolden } from './golden-cases.ts'

const folder = new URL('./modules/', import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith('.golden'))

for (const file of files) {
  const { pathname } = new URL(file, folder)
  if (process.env['UPDATE_GOLDEN'] !== undefined) {
    writeGolden(
      pathname,
      readGolden(pathname).map((each) => ({ ...each, output: runOcamlc(each) })),
    )
  }
  describe(file, () => {
    for (const each of readGolden(pathname)) {
      it(each.title, () => {
        expect(runOurs(each)).toBe(each.output)
      })
    }
  })
}
