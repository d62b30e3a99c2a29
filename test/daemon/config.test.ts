/** Wrong configurations: the message names file, line, key and what was expected. */

import { expect, test } from 'vitest'
import { ConfigError, readConfig } from '../../src/daemon/config.ts'

const wrong: readonly (readonly [source: string, message: string])[] = [
  ['[[module]]\nfil = "a.ml"', 'line 2: unknown key module.fil (known here: file)'],
  ['[[module]]\nfile = "a.ml"\n[[module]]', 'line 3: the key module.file is missing'],
  ['[[module]]\nfile = 3', 'line 2: module.file: expected a string, got 3'],
  ['node = 3', 'line 1: node: expected a [node] table, got 3'],
  ['[limits]\ncall_timeout = "0s"', 'line 2: limits.call_timeout: expected at least 1ms, got 0'],
  [
    '[limits]\ncall_timeout = "1000h"',
    'line 2: limits.call_timeout: expected at most 24 days ("576h"), got 3600000000',
  ],
  ['[node]\nname = caml', 'line 2, column 8: Unexpected character'],
]

test.each(wrong)('%j', (source, message) => {
  expect(() => readConfig(source, 'c.toml')).toThrow(new ConfigError(`c.toml, ${message}`))
})
