/** The prompt's answers to the phrases of `phrases/*.ml`, against those of OCaml. UPDATE=1 asks the installed `ocaml`. */

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readText, writeText } from './golden-file.ts'
import { answersOf, formatPhrases, parsePhrases } from './phrase-file.ts'
import { joctop } from './run.ts'

const folder = join(import.meta.dirname, 'phrases')
const files = readdirSync(folder).filter((name) => name.endsWith('.ml'))

it.each(files)(
  'phrases/%s',
  (name) => {
    const path = join(folder, name)
    const text = readText(path)
    const phrases = parsePhrases(text).map(({ phrase }) => phrase)
    const updating = process.env['UPDATE'] === '1'
    const answers = answersOf(updating ? 'ocaml' : joctop, phrases, folder)
    const answered = formatPhrases(phrases.map((phrase, i) => ({ phrase, answer: answers[i] ?? '' })))
    if (updating) writeText(path, answered)
    else expect(answered).toBe(text)
  },
  120_000,
)
