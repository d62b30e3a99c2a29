/** `npm run chaos [-- --seconds N] [--seed N]`: the chaos test for longer than CI has time for. */

import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '180' }, seed: { type: 'string', default: String(Date.now() % 1e6) } },
})
const { status } = spawnSync('npx', ['vitest', 'run', '--config', 'test/vitest.config.ts', 'test/chaos'], {
  stdio: 'inherit',
  env: { ...process.env, CHAOS_SECONDS: values.seconds, CHAOS_SEED: values.seed },
})
process.exit(status ?? 1)
