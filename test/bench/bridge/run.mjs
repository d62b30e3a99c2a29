/**
 * `node test/bench/bridge/run.mjs [CASE] [MILLISECONDS]`: throughput of the bridge for typical terms. `NODE_OPTIONS=--cpu-prof` profiles.
 */

import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { rolldown } from 'rolldown'

const root = resolve(import.meta.dirname, '../../..')
const file = join(root, 'build/bench/throughput.js')
const built = await rolldown({
  cwd: root,
  platform: 'node',
  input: join(import.meta.dirname, 'throughput.ts'),
  external: [/^node:/, 'pino', 'valibot', 'toml-eslint-parser'],
})
await built.write({ file, format: 'cjs', codeSplitting: false })
const { status } = spawnSync(process.execPath, [...process.execArgv, file, ...process.argv.slice(2)], { stdio: 'inherit' })
process.exit(status ?? 1)
