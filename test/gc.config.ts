/**
 * `npm run test:gc`: all tests with a collection at every allocation, in two minor areas that alternate, the evacuated one
 * poisoned. What is started as a process of its own inherits the setting (docs/HACKING.md).
 */

import { defineConfig, mergeConfig } from 'vitest/config'
import usual from './vitest.config.ts'

export default mergeConfig(
  usual,
  defineConfig({
    test: {
      env: { OCAMLRUNPARAM: 'A,G,S,V=200', TEST_PATIENCE: '10' },
      testTimeout: 600_000,
      hookTimeout: 600_000,
    },
  }),
)
