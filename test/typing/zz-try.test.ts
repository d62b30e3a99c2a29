import { it } from 'vitest'
import { readGolden, runOcamlc, runOurs } from './golden-cases.ts'

it('try', () => {
  for (const each of readGolden(process.env['TRY'] ?? '/tmp/m/t.golden')) {
    let ours: string
    try {
      ours = runOurs(each)
    } catch (e) {
      ours = 'THROWN ' + (e as Error).stack?.split('\n').slice(0, 30).join('\n')
    }
    const real = runOcamlc(each)
    console.log(
      ours === real
        ? `== ${each.title}: same`
        : `== ${each.title}\n${each.files.map((f) => f.text).join('---\n')}\n-- ocamlc\n${real}\n-- ours\n${ours}`,
    )
  }
})
