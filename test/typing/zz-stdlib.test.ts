import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { it } from 'vitest'
import { DiagnosticError } from '../../src/base/diagnostic.ts'
import { sourceOfString } from '../../src/base/region.ts'
import { parseImplementation, parseInterface } from '../../src/syntax/index.ts'
import { inferUnit, initialEnv } from '../../src/typing/infer.ts'
import { printSignature } from '../../src/typing/print-signature.ts'
import { loadStdlib, printDiagnostics } from './golden-cases.ts'

const dir = new URL('../../src/stdlib/', import.meta.url)
it('stdlib', () => {
  for (const f of readdirSync(dir).filter((n) => n.endsWith('.ml'))) {
    const name = f[0]!.toUpperCase() + f.slice(1, -3)
    const t = performance.now()
    try {
      const items = parseImplementation(sourceOfString(f, readFileSync(new URL(f, dir), 'utf8')))
      let interfaceItems
      try {
        interfaceItems = parseInterface(sourceOfString(f + 'i', readFileSync(new URL(f + 'i', dir), 'utf8')))
      } catch (e) {
        if (e instanceof DiagnosticError) throw e
      }
      const { diagnostics, unit } = inferUnit({ name, items, interfaceItems, loadInterface: loadStdlib })
      if (unit)
        writeFileSync(
          '/tmp/m/std/x/' + f.slice(0, -3) + '.ours',
          printSignature(initialEnv(loadStdlib), unit.structure.signature) + '\n',
        )
      console.log(
        `== ${f} ${unit ? 'ok' : 'FAILED'} ${(performance.now() - t).toFixed(0)}ms\n${printDiagnostics(diagnostics)}`,
      )
    } catch (e) {
      console.log(
        `== ${f} THROWN ${e instanceof DiagnosticError ? printDiagnostics([e.diagnostic]) : (e as Error).stack?.split('\n').slice(0, 6).join('\n')}`,
      )
    }
  }
})
