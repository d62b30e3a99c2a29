/**
 * The systems that run the benchmark programs. Each knows whether it is there, how to build a program in a
 * scratch folder, and the command that runs it.
 */

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
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

const otpRelease = () => firstLine('erl', ['-noshell', '-eval', 'io:put_chars(erlang:system_info(otp_release)),halt().'])

/** In the order of the table; the first one there is what the others are compared with. */
export const systems = [
  {
    name: 'ocamlopt',
    color: '#7a8b99',
    version: () => firstLine('ocamlopt', ['-version']),
    build: compileOcaml('ocamlopt', 'opt'),
    command: (name, scratch) => [join(scratch, `${name}.opt`), []],
  },
  {
    name: 'camlnode',
    color: '#d9622b',
    version: () => (existsSync(jocrun) ? 'this checkout' : undefined),
    build: () => {},
    command: (name) => [jocrun, [join(programs, `${name}.ml`)]],
  },
  {
    name: 'BEAM',
    color: '#a2003e',
    version: () => otpRelease() && `OTP ${otpRelease()}`,
    build: (name, scratch) => call('erlc', ['-o', scratch, join(programs, `${name}.erl`)], scratch),
    command: (name, scratch) => ['erl', ['-noshell', '-pa', scratch, '-s', name, 'main', '-s', 'erlang', 'halt']],
  },
  {
    name: 'ocamlrun',
    color: '#c9b458',
    version: () => firstLine('ocamlrun', ['-version'])?.replace(/^.*version /, ''),
    build: compileOcaml('ocamlc', 'byte'),
    command: (name, scratch) => [join(scratch, `${name}.byte`), []],
  },
]
