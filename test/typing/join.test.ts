/**
 * The join calculus: types as they print, and the messages. No other compiler has these words, so the outputs are ours, read
 * and found right; `UPDATE=1 npx vitest run test/typing/join.test.ts` rewrites them.
 */

import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readGolden, runOurs, writeGolden } from './golden-cases.ts'

const folder = new URL('./join/', import.meta.url)

for (const file of readdirSync(folder)) {
  const { pathname } = new URL(file, folder)
  if (process.env['UPDATE'] !== undefined) {
    writeGolden(
      pathname,
      readGolden(pathname).map((each) => ({ ...each, output: runOurs(each) })),
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
