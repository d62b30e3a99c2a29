import { readdirSync, writeFileSync } from 'node:fs'
import { it } from 'vitest'
import { type GoldenCase, readGolden, runOcamlc, runOurs } from './golden-cases.ts'
const folder = new URL('./modules/', import.meta.url)
const cases = readdirSync(folder).filter((n) => n.endsWith('.golden')).flatMap((n) => readGolden(new URL(n, folder).pathname))
function generator(seed: number) { let s = seed; return (b: number) => { s = (Math.imul(s, 1664525) + 1013904223) >>> 0; return Math.floor((s / 2 ** 32) * b) } }
const tokensOf = (t: string): string[] => t.match(/\s+|'?[A-Za-z_0-9]+|[^\sA-Za-z_'0-9]/g) ?? []
const random = generator(Number(process.env['FUZZ_SEED'] ?? 1))
function mutate(text: string) {
  const tokens = tokensOf(text)
  const idents = tokens.map((t, i) => [t, i] as const).filter(([t]) => /^'?[A-Za-z]/.test(t))
  for (let n = 1 + random(2); n > 0; n -= 1) {
    const [a, at] = idents[random(idents.length)]!
    // replace by another word of the same shape from the same program
    const same = idents.filter(([b]) => b !== a && /^[A-Z]/.test(a) === /^[A-Z]/.test(b) && a.startsWith("'") === b.startsWith("'"))
    if (same.length > 0) tokens[at] = same[random(same.length)]![0]
  }
  return tokens.join('')
}
it('diff', () => {
  const out: string[] = []
  let n = 0, same = 0, verdict = 0
  while (n < Number(process.env['FUZZ_COUNT'] ?? 300)) {
    const c = cases[random(cases.length)]!
    if (c.files.length > 1) continue
    const m: GoldenCase = { ...c, files: c.files.map((f) => ({ ...f, text: mutate(f.text) })) }
    let ours: string
    try { ours = runOurs(m) } catch (e) { ours = 'THROWN ' + (e as Error).stack }
    if (ours.includes('Syntax error') ) continue
    n++
    const real = runOcamlc(m)
    if (real === ours) { same++; continue }
    const bad = (s: string) => s.includes('Error:') || s.includes('THROWN')
    const kind = bad(real) !== bad(ours) ? 'VERDICT' : 'text'
    if (kind === 'VERDICT') verdict++
    out.push(`== ${kind} ${c.title}\n${m.files.map((f) => f.text).join('---\n')}\n-- ocamlc\n${real}\n-- ours\n${ours}`)
  }
  writeFileSync('/tmp/m/diff.log', out.sort().join('\n'))
  console.log(`n ${n} same ${same} verdict ${verdict}`)
}, 600_000)
