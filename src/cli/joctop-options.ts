/** The command line of `joctop`. */

import { languageVersion } from '../base/language-version.ts'
import { isLibraryArchive } from './library-archives.ts'

export interface JoctopOptions {
  readonly kind: 'run'
  /** A script and its arguments; `-stdin` and `-e` are scripts of their own. */
  readonly script:
    | { readonly kind: 'none' }
    | { readonly kind: 'file'; readonly file: string; readonly arguments: readonly string[] }
    | { readonly kind: 'stdin' }
    | { readonly kind: 'text'; readonly text: string }
  readonly folders: readonly string[]
  readonly loaded: readonly string[]
  readonly prompts: 'all' | 'first' | 'none'
  readonly banner: boolean
  /** The file that is run first: 'default', none, or the one given. */
  readonly init: 'default' | 'none' | { readonly file: string }
  /** `-w` and `-warn-error`, in order. */
  readonly warnings: readonly { readonly specification: string; readonly what: 'enabled' | 'errors' }[]
  readonly opened: readonly string[]
}

export type ParsedOptions =
  | JoctopOptions
  | { readonly kind: 'help' }
  | { readonly kind: 'version'; readonly text: string }
  | { readonly kind: 'wrong'; readonly message: string }

export const usage = `usage: joctop [OPTION…] [FILE.ml [ARG…]]
  -e TEXT          run TEXT as a script
  -I FOLDER        also look for files in FOLDER
  -init FILE       run FILE first, instead of the default one
  -noinit          run no file first
  -noprompt        show no prompts
  -nopromptcont    show no prompts for lines that continue a phrase
  -no-version      do not show the version at the start
  -open MODULE     open MODULE first
  -stdin           read a script from standard input: no answers
  -w LIST          enable or disable warnings; -warn-error LIST: make them errors
  -version, -vnum  show the version and stop
`

/** Accepted without effect: what they ask for holds, or has no meaning here. */
const ignored = new Set([
  '-principal',
  '-no-principal',
  '-no-rectypes',
  '-safe-string',
  '-labels',
  '-app-funct',
  '-alias-deps',
  '-no-alias-deps',
  '-short-paths',
  '-strict-sequence',
  '-no-strict-sequence',
  '-unsafe',
  '-strict-formats',
  '-no-strict-formats',
  '-nostdlib',
  '-absname',
])

/** Those take an argument that has no meaning here. */
const ignoredWithArgument = new Set(['-color', '-error-style', '-alert'])

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

export function parseOptions(args: readonly string[]): ParsedOptions {
  const options: Mutable<JoctopOptions> = {
    kind: 'run',
    script: { kind: 'none' },
    folders: [],
    loaded: [],
    prompts: 'all',
    banner: true,
    init: 'default',
    warnings: [],
    opened: [],
  }
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string
    if (isLibraryArchive(arg)) continue
    if (!arg.startsWith('-') || arg === '-')
      return withFile(options, arg === '-' ? args.slice(i + 1) : args.slice(i))
    const special = specialOption(arg)
    if (special !== undefined) return special
    if (setFlag(options, arg) || ignored.has(arg)) continue
    const value = args[i + 1]
    const known = takesArgument(arg)
    if (!known) return { kind: 'wrong', message: `joctop: unknown option '${arg}'.` }
    if (value === undefined) return { kind: 'wrong', message: `joctop: option '${arg}' needs an argument.` }
    setValue(options, arg, value)
    i += 1
  }
  return options
}

function withFile(options: Mutable<JoctopOptions>, args: readonly string[]): ParsedOptions {
  const [file, ...rest] = args
  if (file === undefined) return { kind: 'wrong', message: "joctop: '-' needs a file." }
  return { ...options, script: { kind: 'file', file, arguments: rest } }
}

function specialOption(arg: string): ParsedOptions | undefined {
  switch (arg) {
    case '-help':
    case '--help':
      return { kind: 'help' }
    case '-version':
    case '--version':
      return { kind: 'version', text: `The OCaml toplevel, version ${languageVersion} (camlnode)` }
    case '-vnum':
      return { kind: 'version', text: languageVersion }
    case '-rectypes':
      return { kind: 'wrong', message: 'joctop: -rectypes: arbitrary recursive types are not supported.' }
    default:
      return undefined
  }
}

function setFlag(options: Mutable<JoctopOptions>, arg: string): boolean {
  switch (arg) {
    case '-noprompt':
      options.prompts = 'none'
      return true
    case '-nopromptcont':
      if (options.prompts === 'all') options.prompts = 'first'
      return true
    case '-no-version':
      options.banner = false
      return true
    case '-noinit':
      options.init = 'none'
      return true
    case '-stdin':
      options.script = { kind: 'stdin' }
      return true
    default:
      return false
  }
}

function takesArgument(arg: string): boolean {
  return ['-I', '-init', '-w', '-warn-error', '-open', '-e'].includes(arg) || ignoredWithArgument.has(arg)
}

function setValue(options: Mutable<JoctopOptions>, arg: string, value: string): void {
  switch (arg) {
    case '-I':
      options.folders = [...options.folders, value]
      break
    case '-init':
      options.init = { file: value }
      break
    case '-w':
      options.warnings = [...options.warnings, { specification: value, what: 'enabled' }]
      break
    case '-warn-error':
      options.warnings = [...options.warnings, { specification: value, what: 'errors' }]
      break
    case '-open':
      options.opened = [...options.opened, value]
      break
    case '-e':
      options.script = { kind: 'text', text: value }
  }
}
