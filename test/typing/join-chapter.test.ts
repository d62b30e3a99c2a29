/** The examples of docs/JOIN.md have the types and the messages that stand behind them. */

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { runOurs } from './golden-cases.ts'

const chapter = readFileSync(new URL('../../docs/JOIN.md', import.meta.url), 'utf8')
const examples = [...chapter.matchAll(/^```ocaml interface\n(.*?)^```\n+```text\n(.*?)^```$/gms)]

describe('docs/JOIN.md', () => {
  it('has examples', () => {
    expect(examples.length).toBeGreaterThan(5)
  })
  for (const [, text = '', output] of examples) {
    it(text.split('\n')[0] ?? '', () => {
      expect(runOurs({ title: '', files: [{ name: 'a.ml', text }], output: '' })).toBe(output)
    })
  }
})
