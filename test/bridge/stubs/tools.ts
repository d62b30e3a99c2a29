/** The tools of Erlang and Elixir that generated modules must pass. */

import { type SpawnSyncReturns, spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { patience } from '../../patience.ts'

function run(
  file: string,
  args: readonly string[],
  cwd: string,
  timeout = 120_000 * patience,
): SpawnSyncReturns<string> {
  return spawnSync(file, args, { cwd, encoding: 'utf8', timeout, env: { ...process.env, LANG: 'C.UTF-8' } })
}

const outputOf = ({ status, stdout, stderr, error }: SpawnSyncReturns<string>): string =>
  status === 0 ? '' : `${stdout}${stderr}${error ?? ''}` || `status ${status}`

/** What the compiler says, nothing if all is well. */
export const erlc = (folder: string, files: readonly string[]): string =>
  outputOf(run('erlc', ['+debug_info', '+warn_missing_spec', '-Werror', ...files], folder))

export const elixirc = (folder: string, files: readonly string[]): string =>
  outputOf(run('elixirc', ['--warnings-as-errors', '-o', '.', ...files], folder))

/** Where a library of Erlang has its compiled modules. */
function ebin(library: string): string {
  const root = run(
    'erl',
    ['-noshell', '-eval', `io:put_chars(code:lib_dir(${library}, ebin)), halt().`],
    tmpdir(),
  )
  return root.stdout.trim()
}

/** What dialyzer says of compiled modules; it knows those of Erlang that generated modules use. */
export function dialyzer(folder: string, files: readonly string[]): string {
  const plt = join(folder, 'erlang.plt')
  if (!existsSync(plt)) {
    const known = [join(ebin('kernel'), 'erpc.beam'), join(ebin('stdlib'), 'unicode.beam')]
    const made = run('dialyzer', ['--build_plt', '--output_plt', plt, ...known], folder)
    if (!existsSync(plt)) throw new Error(`no PLT: ${made.stdout}${made.stderr}`)
  }
  return outputOf(run('dialyzer', ['--plt', plt, '--no_check_plt', ...files], folder))
}

/** Runs the main function of a compiled Erlang module. */
export function erlang(folder: string, module: string, args: readonly string[]): string {
  const { stdout, stderr, status } = run(
    'erl',
    ['-noshell', '-pa', '.', '-run', module, 'main', ...args],
    folder,
  )
  if (status !== 0) throw new Error(stdout + stderr)
  return stdout
}

/** Elixir's own modules, for the code path of an `erl`. */
export function elixirModules(): string {
  const candidates = ['/usr/lib/elixir/lib/elixir/ebin', '/usr/local/lib/elixir/lib/elixir/ebin']
  const found = candidates.find((folder) => existsSync(folder))
  if (found === undefined) throw new Error('Elixir is not installed')
  return found
}

export const filesOf = (folder: string, extension: string): readonly string[] =>
  readdirSync(folder).filter((name) => name.endsWith(extension))
