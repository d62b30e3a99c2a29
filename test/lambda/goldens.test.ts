/**
 * Goldens: each `goldens/NAME.ml` with its Lambda, translated and optimised, in `goldens/NAME.lambda`.
 * `npx vitest run test/lambda/goldens.test.ts -u` rewrites them.
 */

import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { printUnit } from '../../src/lambda/print-lambda.ts'
import { newLibrary } from './compile.ts'

const folder = new URL('./goldens/', import.meta.url)
const sources = readdirSync(folder).filter((f) => f.endsWith('.ml'))

describe.each(sources)('%s', { timeout: 60_000 }, (file) => {
  it('translates as before', async () => {
    const { plain, optimised } = newLibrary().add('Golden', readFileSync(new URL(file, folder), 'utf8'))
    const text = `${printUnit(plain)}\n; optimised\n${printUnit(optimised)}`
    await expect(text).toMatchFileSnapshot(fileURLToPath(new URL(file.replace(/\.ml$/, '.lambda'), folder)))
  })
})
