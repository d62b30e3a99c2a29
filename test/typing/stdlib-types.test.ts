/** Every unit of the standard library is well-typed and keeps its interface. */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { sourceOfString } from '../../src/base/region.ts'
import { parseImplementation, parseInterface } from '../../src/syntax/index.ts'
import { inferUnit } from '../../src/typing/infer.ts'
import { loadStdlib, printDiagnostics } from './golden-cases.ts'

const folder = new URL('../../src/stdlib/', import.meta.url)

function source(file: string) {
  return sourceOfString(file, readFileSync(new URL(file, folder), 'utf8'))
}

describe('the standard library', () => {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.ml'))) {
    it(file, () => {
      const hasInterface = existsSync(new URL(`${file}i`, folder))
      const { unit, diagnostics } = inferUnit({
        name: file.charAt(0).toUpperCase() + file.slice(1, -'.ml'.length),
        items: parseImplementation(source(file)),
        interfaceItems: hasInterface ? parseInterface(source(`${file}i`)) : undefined,
        loadInterface: loadStdlib,
      })
      expect(printDiagnostics(diagnostics)).toBe('')
      expect(unit).toBeDefined()
    })
  }
})
