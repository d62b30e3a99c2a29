/**
 * The OTP application `camlnode`: compiles without warnings, passes dialyzer, and its EUnit tests and its suite pass against the
 * built daemon, as C-nodes and as ports.
 */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, freePort, Scratch } from '../daemon/camlnode.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const otp = join(root, 'src/otp')
const scratch = new Scratch()
const ebin = scratch.path('camlnode/ebin')
const cases = scratch.path('cases')

interface Finished {
  readonly status: number | null
  readonly output: string
}

function run(program: string, args: readonly string[], cwd = scratch.folder, environment = {}): Finished {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ERL_CRASH_DUMP_BYTES: '0', ...environment },
  })
  return { status, output: `${stdout}${stderr}` }
}

function sources(folder: string): readonly string[] {
  return readdirSync(join(otp, folder))
    .filter((name) => name.endsWith('.erl'))
    .map((name) => join(otp, folder, name))
}

/** What there is of the programs that not every machine has. */
const has = (program: string): boolean => spawnSync('which', [program]).status === 0

let epmd: ChildProcess
let epmdPort: number

beforeAll(async () => {
  for (const folder of [ebin, cases]) mkdirSync(folder, { recursive: true })
  const compile = (to: string, files: readonly string[]): Finished =>
    run('erlc', ['-Wall', '-Werror', '+debug_info', '-o', to, ...files])
  expect(compile(ebin, sources('src'))).toEqual({ status: 0, output: '' })
  expect(compile(cases, sources('test'))).toEqual({ status: 0, output: '' })
  cpSync(join(otp, 'src/camlnode.app.src'), join(ebin, 'camlnode.app'))
  epmdPort = await freePort()
  epmd = spawn('epmd', ['-port', String(epmdPort)], { stdio: 'ignore' })
  await eventually(
    'epmd answers',
    () => spawnSync('epmd', ['-port', String(epmdPort), '-names']).status === 0,
  )
})
afterAll(() => {
  epmd?.kill('SIGKILL')
})

const units = ['camlnode_json_tests', 'camlnode_toml_tests', 'camlnode_events_tests']
test.each(units)('EUnit: %s', (module) => {
  const program = `halt(case eunit:test(${module}) of ok -> 0; error -> 1 end).`
  const { status, output } = run('erl', ['-noshell', '-pa', ebin, cases, '-eval', program])
  expect(output).toContain('passed')
  expect(status).toBe(0)
})

/** Runs a group of the suite; every case says `ok`. */
async function suite(group: 'node' | 'port' | 'application'): Promise<void> {
  const folder = scratch.path(group)
  mkdirSync(folder, { recursive: true })
  const args = [
    '-noshell',
    '-name',
    `suite_${group}@127.0.0.1`,
    '-setcookie',
    'suite',
    '-start_epmd',
    'false',
  ]
  const program = ['-pa', ebin, cases, '-run', 'camlnode_test', 'main', 'camlnode_SUITE', group, folder]
  const child = spawn('erl', [...args, '-kernel', 'logger_level', 'none', ...program], {
    cwd: folder,
    env: { ...process.env, ERL_EPMD_PORT: String(epmdPort), CAMLNODE: join(root, 'bin/run') },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  const status = await new Promise((resolve) => child.once('close', resolve))
  expect(output.split('\n').filter((line) => line !== '' && !line.startsWith('ok '))).toEqual([])
  expect(status).toBe(0)
}

test.concurrent('the suite of the application: nodes of the cluster', () => suite('node'), 500_000)
test.concurrent('the suite of the application: ports', () => suite('port'), 500_000)
test('the suite of the application: the rest', () => suite('application'), 120_000)

test.runIf(has('rebar3'))(
  'rebar3 builds it and fetches nothing, where it is installed',
  () => {
    const folder = scratch.path('rebar')
    cpSync(otp, folder, { recursive: true })
    const offline = {
      HEX_MIRROR: 'http://127.0.0.1:1',
      HEX_CDN: 'http://127.0.0.1:1',
      REBAR_CACHE_DIR: scratch.path('rebar-cache'),
    }
    const { status, output } = run('rebar3', ['compile'], folder, offline)
    expect(output).not.toMatch(/warning|error/i)
    expect(status).toBe(0)
    const app = readFileSync(join(folder, '_build/default/lib/camlnode/ebin/camlnode.app'), 'utf8')
    expect(app).toContain('camlnode_registry')
    expect(readFileSync(join(folder, 'rebar.lock'), 'utf8')).toBe('[].\n')
  },
  60_000,
)

test('dialyzer', () => {
  // Knowing all of OTP takes minutes; these are the modules that the application uses.
  const known = `gen_server gen_statem supervisor ets lists maps erpc logger file filename filelib application os io io_lib unicode
    string binary inet net_kernel timer rand code erlang counters re`
  const beams = `[io:put_chars([case code:which(M) of
      preloaded -> filename:join([code:lib_dir(erts), ebin, atom_to_list(M) ++ ".beam"]);
      File -> File
    end, 10]) || M <- [${known.split(/\s+/).join(', ')}]], halt().`
  const files = run('erl', ['-noshell', '-eval', beams]).output.trim().split('\n')
  const plt = scratch.path('plt')
  run('dialyzer', ['--build_plt', '--output_plt', plt, ...files])
  const flags = ['-Wunmatched_returns', '-Werror_handling']
  const { status, output } = run('dialyzer', ['--plt', plt, '--no_check_plt', ...flags, ebin])
  expect(output).toContain('passed successfully')
  expect(status).toBe(0)
}, 400_000)

test('the application file names its modules', () => {
  const app = readFileSync(join(ebin, 'camlnode.app'), 'utf8')
  const named = /\{modules, \[([^\]]*)\]\}/
    .exec(app)?.[1]
    ?.split(/[\s,]+/)
    .filter((name) => name !== '')
  expect(named?.sort()).toEqual(
    sources('src')
      .map((file) => basename(file, '.erl'))
      .sort(),
  )
})
