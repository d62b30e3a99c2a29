/**
 * `npm run test:gc`: all tests with a collection at every allocation, in two minor areas that alternate, the evacuated one
 * poisoned. What is started as a process of its own inherits the setting (docs/HACKING.md). Left out are `stressExceptions`.
 */

import { defineConfig, mergeConfig } from 'vitest/config'
import { stressExceptions } from './stress-exceptions.ts'
import usual from './vitest.config.ts'

const leftOut = [...stressExceptions.keys()].map((name) => name.replace('.', '\\.')).join('|')

export default mergeConfig(
  usual,
  defineConfig({
    test: {
      env: { OCAMLRUNPARAM: 'A,G,S,V=200', TEST_PATIENCE: '10' },
      testNamePattern: new RegExp(`^(?!.*(${leftOut}))`),
      testTimeout: 600_000,
      hookTimeout: 600_000,
    },
  }),
)
