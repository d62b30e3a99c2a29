/** Help, and command lines that are wrong. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { languageVersion } from '../../src/base/language-version.ts'
import { root, runCommand } from '../daemon/camlnode.ts'

test.each([['--help'], ['start', '--help'], ['check', '-h']])('help: %s %s', (...args) => {
  const { status, stdout, stderr } = runCommand('camlnode', args.filter(Boolean))
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(stdout).toMatch(/^usage: camlnode start /)
})

test('the version', () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  const { status, stdout } = runCommand('camlnode', ['--version'])
  expect({ status, stdout }).toEqual({ status: 0, stdout: `camlnode ${version}, OCaml ${languageVersion}\n` })
})

test.each([
  [['toString'], /^camlnode: unknown command toString\nusage: /],
  [['start', '--toString'], /^camlnode start: unknown option --toString\nusage: /],
  [['start', '--no-epmd=no'], /^camlnode start: --no-epmd takes no value\nusage: /],
  [['start', '--listen', '::1:99999'], /^camlnode start: --listen ::1:99999: expected/],
  [['start', '--listen', '127.0.0.1:99999'], /expected a port from 0 to 65535\nusage: /],
  [['start', '--cookie-file', '/nowhere'], /cookie file \/nowhere: no such file or directory \(name another/],
])('%j', (args, message) => {
  const { status, stdout, stderr } = runCommand('camlnode', args)
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toMatch(message)
})
