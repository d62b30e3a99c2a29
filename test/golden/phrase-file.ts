/**
 * Files of phrases with the answers of the prompt between them:
 *
 *     let x = 1 + 2;;
 *     [%%expect {|
 *     val x : int = 3
 *     |}]
 *
 * A phrase is a stretch of lines of which the last one ends in `;;`. Comments and blank lines before it belong to it, so they count in
 * the lines of messages.
 */

import { spawnSync } from 'node:child_process'

export interface Exchange {
  readonly phrase: string
  readonly answer: string
}

const expectation = /^\[%%expect \{\|\n([\s\S]*?)\|\}\]\n/

/** The exchanges of a file; a phrase without an expectation has the answer "". */
export function parsePhrases(text: string): readonly Exchange[] {
  const exchanges: Exchange[] = []
  let rest = text
  while (rest.trim() !== '') {
    const end = /;;[ \t]*\n/.exec(rest)
    if (end === null) throw new Error(`a phrase without ;; at its end: ${rest}`)
    const length = end.index + end[0].length
    const phrase = rest.slice(0, length)
    rest = rest.slice(length)
    const expected = expectation.exec(rest)
    if (expected !== null) rest = rest.slice(expected[0].length)
    exchanges.push({ phrase, answer: expected?.[1] ?? '' })
  }
  return exchanges
}

export function formatPhrases(exchanges: readonly Exchange[]): string {
  return exchanges
    .map(({ phrase, answer }) => `${phrase}${answer === '' ? '' : `[%%expect {|\n${answer}|}]\n`}`)
    .join('')
}

const flags = ['-noinit', '-no-version', '-noprompt']

/** Nobody knows this directive, so what the prompt says about it marks the end of an answer. */
const mark = '#answered;;\n'
const marked = "Unknown directive `answered'.\n"

/** What a prompt answers to each of the phrases. */
export function answersOf(command: string, phrases: readonly string[], cwd: string): readonly string[] {
  const { stdout, stderr } = spawnSync(command, flags, {
    cwd,
    input: Buffer.from(phrases.map((phrase) => phrase + mark).join(''), 'latin1'),
    encoding: 'latin1',
    maxBuffer: 1 << 28,
    env: { ...process.env, TERM: 'dumb', OCAMLRUNPARAM: '' },
  })
  const answers = stdout.split(marked)
  if (answers.length === phrases.length + 1) return answers.slice(0, -1)
  const shown = `${stdout}\n${stderr}`.slice(-2000)
  throw new Error(`${command} answered ${answers.length - 1} of ${phrases.length} phrases:\n${shown}`)
}
