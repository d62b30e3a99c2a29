/** The cookie: one line in a file that only its owner may read. */

import { readFileSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Log } from '../base/ports.ts'
import { ConfigError, systemProblem } from './config.ts'

/** Reads the cookie; a file that others can read is used, with a warning, as Erlang would refuse it. */
export function readCookie(file: string, log: Log): string {
  const path = file.startsWith('~/') ? join(homedir(), file.slice(2)) : file
  try {
    const { mode } = statSync(path)
    if ((mode & 0o077) !== 0) {
      log.warn(
        { file: path, mode: (mode & 0o777).toString(8) },
        'the cookie file can be read by others: chmod 400 it',
      )
    }
    const cookie = readFileSync(path, 'utf8').trim()
    if (cookie === '') throw new ConfigError(`the cookie file ${path} is empty`)
    return cookie
  } catch (error) {
    if (error instanceof ConfigError) throw error
    const hint = 'name another with --cookie-file or node.cookie_file'
    throw new ConfigError(`cannot read the cookie file ${path}: ${systemProblem(error)} (${hint})`)
  }
}
