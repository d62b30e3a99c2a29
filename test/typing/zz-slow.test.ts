import { it } from 'vitest'
import { appendFileSync, writeFileSync } from 'node:fs'
import { readGolden, runOurs } from './golden-cases.ts'
it('one', () => {
  const each = readGolden('/tmp/m/slow.golden')[0]!
  const t = performance.now()
  try { console.log(runOurs(each)) } catch (e) { console.log('THREW', (e as any).stack ?? JSON.stringify(e).slice(0,300)) }
  console.log('time', performance.now() - t)
})
