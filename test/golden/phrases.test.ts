/**
 * The prompt's answers to the phrases of `phrases/*.ml`, against those of OCaml. UPDATE=1 asks the installed `ocaml`. Those of
 * `join-phrases/*.ml` are written by hand: OCaml does not know the join calculus.
 */

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readText, writeText } from './golden-file.ts'
import { answersOf, formatPhrases, parsePhrases } from './phrase-file.ts'
import { joctop } from './run.ts'

const files = ['phrases', 'join-phrases'].flatMap((folder) =>
  readdirSync(join(import.meta.dirname, folder))
    .filter((name) => name.endsWith('.ml'))
    .map((name) => ({ folder, name })),
)

it.each(files)(
  '$folder/$name',
  ({ folder, name }) => {
    const place = join(import.meta.dirname, folder)
    const path = join(place, name)
    const text = readText(path)
    const phrases = parsePhrases(text).map(({ phrase }) => phrase)
    const updating = process.env['UPDATE'] === '1' && folder === 'phrases'
    const answers = answersOf(updating ? 'ocaml' : joctop, phrases, place)
    const answered = formatPhrases(phrases.map((phrase, i) => ({ phrase, answer: answers[i] ?? '' })))
    if (updating) writeText(path, answered)
    else expect(answered).toBe(text)
  },
  120_000,
)
