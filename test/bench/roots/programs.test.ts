/** The programs of the benchmarks, small, by every discipline, with the heap verified after each collection. */

import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { defaultDomainOptions } from '../../../src/daemon/machine.ts'
import { runtimeFlags } from '../../../src/engine/runtime.ts'
import { loadStubs, runProgram } from './run-program.ts'

const root = resolve(import.meta.dirname, '../../..')
const scratch = mkdtempSync(join(tmpdir(), 'roots-'))
const file = join(scratch, 'stubs.wasm')

let stubs: WebAssembly.Module

beforeAll(() => {
  const asc = join(root, 'node_modules/assemblyscript/bin/asc.js')
  const index = join(import.meta.dirname, 'stubs/index.ts')
  const config = join(root, 'src/runtime/asconfig.json')
  execFileSync(process.execPath, [asc, index, '--config', config, '--outFile', file], { cwd: root })
  stubs = loadStubs(file)
})

afterAll(() => rmSync(scratch, { recursive: true }))

const { verify, alternate, slices, stress } = runtimeFlags
const options = { ...defaultDomainOptions, minorWords: 2048, flags: verify | alternate | slices | stress }

function run(program: string, args: readonly string[], spacing: number): void {
  const domain = runProgram(stubs, join(import.meta.dirname, `programs/${program}.ml`), args, {
    options: { ...options, stress: { interval: spacing, seed: 5 } },
    write: (_, bytes) => bytes.length,
  })
  expect(domain.runtime.exports.verify(domain.runtime.control('stackTop'))).toBe(0)
}

const disciplines = ['boxroot', 'generational', 'global', 'gc', 'ocaml_ref', 'ocaml']

describe.each(disciplines)('references by %s', (discipline) => {
  test('perm_count', () => run('perm_count', [discipline, '5'], 50))
  test('globroots', () => run('globroots', [discipline, '200'], 50))
})

test.each(['boxroot', 'local', 'naive', 'generational', 'ocaml'])('local_roots by %s', (discipline) => {
  run('local_roots', [discipline, '20', '2000'], 20)
})
