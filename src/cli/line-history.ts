/** The lines that were typed at the prompt, kept in the user's state folder. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'

const mostLines = 1000

function historyFile(): string {
  const state = process.env['XDG_STATE_HOME'] ?? join(homedir(), '.local/state')
  return join(state, 'camlnode/joctop_history')
}

/** Newest first, as the line editor wants them. */
export function readHistory(): string[] {
  try {
    const lines = readFileSync(historyFile(), 'utf8').split('\n')
    return lines.filter((line) => line !== '').reverse()
  } catch {
    return []
  }
}

/** A history that cannot be written is lost, and nothing else. */
export function writeHistory(newestFirst: readonly string[]): void {
  try {
    mkdirSync(dirname(historyFile()), { recursive: true })
    const lines = newestFirst.slice(0, mostLines).reverse()
    writeFileSync(historyFile(), lines.map((line) => `${line}\n`).join(''))
  } catch {
    // No home, or it may not be written.
  }
}
