/**
 * The systems that run the benchmark programs. Each knows whether it is there, which programs it can run (all, unless it says
 * otherwise), how to build a program in a scratch folder, and the command that runs it.
 */

import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')
const programs = join(import.meta.dirname, 'programs')
/** JOCRUN names another build to measure. */
const jocrun = process.env.JOCRUN ?? join(root, 'bin/jocrun')

/** First line of what a command prints, or undefined when there is no such command. */
export function firstLine(file, args) {
  const { status, stdout, stderr } = spawnSync(file, args, { encoding: 'utf8' })
  return status === 0 ? (stdout + stderr).trim().split('\n')[0] : undefined
}

function call(file, args, cwd) {
  const { status, stderr, stdout, error } = spawnSync(file, args, { cwd, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${file} ${args.join(' ')}: ${error?.message ?? stdout + stderr}`)
}

/** OCaml leaves its object files beside the source, so each compiler gets a copy in the scratch folder. */
function compileOcaml(compiler, suffix) {
  return (name, scratch) => {
    const source = join(scratch, `${name}.ml`)
    call('cp', [join(programs, `${name}.ml`), source], scratch)
    call(compiler, ['-o', `${name}.${suffix}`, `${name}.ml`], scratch)
  }
}

/** The installed OCaml may be older than the program. */
const needsOcaml5 = (name) => readFileSync(join(programs, `${name}.ml`), 'utf8').startsWith('(* OCaml 5')
const hasLanguage = (version) => (name) => !needsOcaml5(name) || Number.parseInt(version(), 10) >= 5
const ocamlVersion = (file) => () => firstLine(file, ['-version'])?.replace(/^.*version /, '')

const otpRelease = () => firstLine('erl', ['-noshell', '-eval', 'io:put_chars(erlang:system_info(otp_release)),halt().'])

/** In the order of the table; the first one there is what the others are compared with. */
export const systems = [
  {
    name: 'ocamlopt',
    color: '#7a8b99',
    version: ocamlVersion('ocamlopt'),
    runs: hasLanguage(ocamlVersion('ocamlopt')),
    build: compileOcaml('ocamlopt', 'opt'),
    command: (name, scratch) => [join(scratch, `${name}.opt`), []],
  },
  {
    name: 'camlnode',
    color: '#d9622b',
    version: () => (existsSync(jocrun) ? 'this checkout' : undefined),
    runs: () => true,
    build: () => {},
    command: (name) => [jocrun, [join(programs, `${name}.ml`)]],
  },
  {
    name: 'BEAM',
    color: '#a2003e',
    version: () => otpRelease() && `OTP ${otpRelease()}`,
    runs: (name) => existsSync(join(programs, `${name}.erl`)),
    build: (name, scratch) => call('erlc', ['-o', scratch, join(programs, `${name}.erl`)], scratch),
    command: (name, scratch) => ['erl', ['-noshell', '-pa', scratch, '-s', name, 'main', '-s', 'erlang', 'halt']],
  },
  {
    name: 'ocamlrun',
    color: '#c9b458',
    version: ocamlVersion('ocamlrun'),
    runs: hasLanguage(ocamlVersion('ocamlrun')),
    build: compileOcaml('ocamlc', 'byte'),
    command: (name, scratch) => [join(scratch, `${name}.byte`), []],
  },
]
