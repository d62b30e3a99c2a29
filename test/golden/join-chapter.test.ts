/**
 * The examples of docs/JOIN.md. Behind `ocaml interface` stands what the compiler says of a program, behind `ocaml run` what is
 * printed by a program that goes on with the section's definitions so far.
 */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { runOurs } from '../typing/golden-cases.ts'
import { runEngine } from './run.ts'

const chapter = readFileSync(new URL('../../docs/JOIN.md', import.meta.url), 'utf8')
const sections = chapter.split(/^##+ /m)

interface Example {
  readonly kind: 'interface' | 'run'
  readonly text: string
  readonly output: string
  /** The definitions before it in its section. */
  readonly before: string
}

function examplesIn(section: string): readonly Example[] {
  const blocks = section.matchAll(/^```ocaml (interface|run)\n(.*?)^```\n+```text\n(.*?)^```$/gms)
  let before = ''
  return [...blocks].map(([, kind, text = '', output = '']) => {
    const example = { kind: kind as Example['kind'], text, output, before }
    if (kind === 'interface') before += text
    return example
  })
}

async function printed(program: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'chapter-'))
  try {
    const path = join(folder, 'a.ml')
    writeFileSync(path, program)
    const { stdout, stderr, status } = await runEngine(path, '')
    return `${stdout}${stderr}${status === 0 ? '' : `status ${status}`}`
  } finally {
    rmSync(folder, { recursive: true })
  }
}

describe('docs/JOIN.md', () => {
  const examples = sections.flatMap(examplesIn)

  // The first program may have to wait until all is built, which is told on standard error.
  beforeAll(() => printed(''), 300_000)

  it('has examples', () => {
    expect(examples.filter(({ kind }) => kind === 'interface').length).toBeGreaterThan(12)
    expect(examples.filter(({ kind }) => kind === 'run').length).toBeGreaterThan(5)
  })

  it.each(examples)(
    '$kind: $text',
    async ({ kind, text, output, before }) => {
      const said =
        kind === 'interface'
          ? runOurs({ title: '', files: [{ name: 'a.ml', text }], output: '' })
          : await printed(before + text)
      expect(said.trimEnd()).toBe(output.trimEnd())
    },
    120_000,
  )
})
