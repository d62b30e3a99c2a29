/** The command line of `joc`: that of `ocamlc`, as far as it has a meaning here. */

import type { Diagnostic } from '../base/diagnostic.ts'
import { noRegion } from '../base/region.ts'
import {
  defaultWarnings,
  specificationAlerts,
  WarningSpecificationError,
  type Warnings,
} from '../base/warnings.ts'
import { UsageError } from './usage.ts'

export interface JocOptions {
  readonly what: 'program' | 'compile' | 'archive' | 'print-interface'
  readonly output: string | undefined
  readonly folders: readonly string[]
  readonly opened: readonly string[]
  readonly withStdlib: boolean
  readonly linkAll: boolean
  readonly warnings: Warnings
  /** What is wrong with the specifications of warnings, though they are understood. */
  readonly alerts: readonly Diagnostic[]
  readonly files: readonly string[]
}

export const usage = `usage: joc [OPTION…] FILE…
  FILE             FILE.ml, FILE.mli, FILE.jcu (a compiled unit), FILE.jca (an archive)
  -a               make an archive of the units
  -alert LIST      enable or disable alerts
  -c               compile only: FILE.jcu and FILE.jci (the interface) beside the source
  -g               accepted: places are always kept
  -i               print the inferred interface
  -I FOLDER        also look for compiled interfaces in FOLDER
  -linkall         link all units of archives
  -nopervasives    start without Stdlib
  -o FILE          the output; a program is a.out otherwise
  -open MODULE     open MODULE first
  -w LIST          enable or disable warnings; -warn-error LIST: make them errors
  -warn-help       show the warnings
  -version         show the version of the language
`

/** Accepted without effect: what they ask for holds, or has no meaning here. */
const ignored = new Set([
  '-g',
  '-absname',
  '-annot',
  '-bin-annot',
  '-principal',
  '-no-principal',
  '-no-rectypes',
  '-safe-string',
  '-short-paths',
  '-strict-sequence',
  '-no-strict-sequence',
  '-strict-formats',
  '-no-strict-formats',
  '-thread',
  '-keep-docs',
  '-no-keep-docs',
  '-keep-locs',
  '-no-keep-locs',
  '-alias-deps',
  '-no-alias-deps',
  '-app-funct',
  '-verbose',
  '-opaque',
  '-no-check-prims',
  '-custom',
  '-unsafe',
])
const ignoredWithArgument = new Set(['-color', '-error-style', '-runtime-variant', '-cclib', '-ccopt'])

const refused: Readonly<Record<string, string>> = {
  '-pp': 'preprocessors are not supported',
  '-ppx': 'preprocessors are not supported',
  '-rectypes': 'arbitrary recursive types are not supported',
  '-pack': 'packing units is not supported',
  '-for-pack': 'packing units is not supported',
  '-output-obj': 'there are no objects for a C linker',
  '-noassert': 'assertions are always checked',
}

type Draft = { -readonly [K in keyof JocOptions]: JocOptions[K] }

const flags: Readonly<Record<string, (options: Draft) => void>> = {
  '-c': (o) => {
    o.what = 'compile'
  },
  '-a': (o) => {
    o.what = 'archive'
  },
  '-i': (o) => {
    o.what = 'print-interface'
  },
  '-linkall': (o) => {
    o.linkAll = true
  },
  '-nopervasives': (o) => {
    o.withStdlib = false
  },
}

const valued: Readonly<Record<string, (options: Draft, value: string) => void>> = {
  '-o': (o, value) => {
    o.output = value
  },
  '-I': (o, value) => {
    o.folders = [...o.folders, value]
  },
  '-open': (o, value) => {
    o.opened = [...o.opened, value]
  },
  '-w': (o, value) => {
    o.warnings = o.warnings.with(value, 'enabled')
    o.alerts = [...o.alerts, ...specificationAlerts(value, noRegion)]
  },
  '-warn-error': (o, value) => {
    o.warnings = o.warnings.with(value, 'errors')
    o.alerts = [...o.alerts, ...specificationAlerts(value, noRegion)]
  },
  '-alert': (o, value) => {
    o.warnings = o.warnings.withAlerts(value)
  },
  '-impl': (o, value) => {
    o.files = [...o.files, value]
  },
  '-intf': (o, value) => {
    o.files = [...o.files, value]
  },
}

/** Throws `UsageError`. */
export function parseJocOptions(args: readonly string[]): JocOptions {
  const options: Draft = {
    what: 'program',
    output: undefined,
    folders: [],
    opened: [],
    withStdlib: true,
    linkAll: false,
    warnings: defaultWarnings,
    alerts: [],
    files: [],
  }
  const rest = [...args]
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (!arg.startsWith('-')) options.files = [...options.files, arg]
    else option(options, arg, rest)
  }
  return options
}

function option(options: Draft, arg: string, rest: string[]): void {
  const why = refused[arg]
  if (why !== undefined) throw new UsageError(`${arg}: ${why}`)
  if (ignored.has(arg)) return
  const flag = flags[arg]
  if (flag !== undefined) return flag(options)
  const set = valued[arg] ?? (ignoredWithArgument.has(arg) ? () => {} : undefined)
  if (set === undefined) throw new UsageError(`unknown option '${arg}'`)
  const value = rest.shift()
  if (value === undefined) throw new UsageError(`option '${arg}' needs an argument`)
  try {
    set(options, value)
  } catch (error) {
    if (!(error instanceof WarningSpecificationError)) throw error
    throw new UsageError(error.message)
  }
}
