/**
 * The expectation blocks at the end of a golden program; README.md in this folder defines them.
 *
 * Files are read and written as latin1, so that any byte survives.
 */

import { readFileSync, writeFileSync } from 'node:fs'

/** What running a program gives. Texts are latin1: one character per byte. */
export interface Outcome {
  readonly stdout: string
  readonly stderr: string
  readonly status: number
}

export interface GoldenFile {
  /** The program without its expectation blocks; the stdin block stays. */
  readonly source: string
  readonly stdin: string
  /** Undefined when the file has no block yet. */
  readonly expected: Outcome | undefined
}

const block = (name: string, id: string) =>
  new RegExp(`\\(\\* ${name} \\{${id}\\|\\n([^]*?)\\|${id}\\} \\*\\)\\n?`)
const stdinBlock = block('stdin', 'input')
const stdoutBlock = block('stdout', 'expected')
const stderrBlock = block('stderr', 'expected')
const statusBlock = /\(\* status (\d+) \*\)\n?/

export const readText = (path: string) => readFileSync(path, 'latin1')
export const writeText = (path: string, text: string) => writeFileSync(path, text, 'latin1')

export function parseGolden(text: string): GoldenFile {
  const stdout = stdoutBlock.exec(text)?.[1]
  const stderr = stderrBlock.exec(text)?.[1]
  const status = statusBlock.exec(text)?.[1]
  const known = stdout !== undefined || stderr !== undefined || status !== undefined
  return {
    source: text.replace(stdoutBlock, '').replace(stderrBlock, '').replace(statusBlock, ''),
    stdin: stdinBlock.exec(text)?.[1] ?? '',
    expected: known ? { stdout: stdout ?? '', stderr: stderr ?? '', status: Number(status ?? 0) } : undefined,
  }
}

const writeBlock = (name: string, text: string) =>
  text === '' ? '' : `(* ${name} {expected|\n${text}|expected} *)\n`

const writeStatus = (status: number) => (status === 0 ? '' : `(* status ${status} *)\n`)

/** `source` with blocks that say `outcome`. */
export function formatGolden(source: string, outcome: Outcome): string {
  const blocks = writeBlock('stdout', outcome.stdout) + writeBlock('stderr', outcome.stderr)
  return `${source.trimEnd()}\n\n${blocks}${writeStatus(outcome.status)}`
}

/** For a program whose standard output is kept in a file of its own. */
export function formatStatus(source: string, status: number): string {
  return status === 0 ? source : `${source.trimEnd()}\n\n${writeStatus(status)}`
}
