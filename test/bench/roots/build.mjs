/** Builds what the benchmarks run: the executor, bundled, and the stubs. Returns the command that runs a program. */

import { execFileSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { rolldown } from 'rolldown'

const root = resolve(import.meta.dirname, '../../..')
const here = (name) => join(import.meta.dirname, name)
const made = (name) => join(root, 'build/bench', name)

async function bundle(name) {
  const built = await rolldown({
    cwd: root,
    platform: 'node',
    input: here(`${name}.ts`),
    external: [/^node:/, 'pino', 'valibot', 'toml-eslint-parser'],
  })
  await built.write({ file: made(`${name}.js`), format: 'cjs', codeSplitting: false })
}

function compileStubs() {
  const options = ['--config', join(root, 'src/runtime/asconfig.json'), '--outFile', made('stubs.wasm')]
  execFileSync(process.execPath, [join(root, 'node_modules/assemblyscript/bin/asc.js'), here('stubs/index.ts'), ...options], {
    cwd: root,
    stdio: 'inherit',
  })
}

/** What was measured last. */
export const measuredFile = made('measured.json')

export async function build() {
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: 'inherit' })
  await bundle('execute')
  await bundle('cells')
  compileStubs()
}

/** V8 as the launchers start it: hot loops are optimised from the start. */
const v8 = ['--no-liftoff', '--stack-size=250000']

export const programCommand = (program, args) => [
  'sh',
  ['-c', 'ulimit -S -s 262144; exec "$0" "$@"', process.execPath, ...v8, made('execute.js'), made('stubs.wasm'), here(`programs/${program}.ml`), ...args],
]

export const cellsCommand = [process.execPath, [made('cells.js')]]
