/**
 * Directives of the prompt: `#name argument;;`.
 *
 * `run` yields what to do with an argument, or undefined when it is of another kind than the directive takes. What it does yields
 * whether a script goes on.
 */

import type { DirectiveArgument, LongName } from '../../syntax/ast.ts'
import { type DirectiveHelp, help } from './help.ts'
import { Quit } from './quit.ts'
import { queries, showAll, showOne } from './show.ts'
import type { Toplevel } from './toplevel.ts'
import {
  addFolder,
  changeFolder,
  loadUnit,
  modUse,
  removeFolder,
  showFolders,
  useFile,
  useOutput,
} from './use.ts'

export interface Directive extends DirectiveHelp {
  readonly run: (top: Toplevel, argument: DirectiveArgument | undefined) => (() => boolean) | undefined
}

type Act<Argument> = (top: Toplevel, argument: Argument) => boolean

const withNone =
  (act: (top: Toplevel) => boolean): Directive['run'] =>
  (top, argument) =>
    argument === undefined ? () => act(top) : undefined

const withString =
  (act: Act<string>): Directive['run'] =>
  (top, argument) =>
    argument?.kind === 'string' ? () => act(top, argument.value) : undefined

const withInt =
  (act: Act<number>): Directive['run'] =>
  (top, argument) =>
    argument?.kind === 'int' ? () => act(top, Number(argument.text)) : undefined

const withBool =
  (act: Act<boolean>): Directive['run'] =>
  (top, argument) =>
    argument?.kind === 'bool' ? () => act(top, argument.value) : undefined

const withName =
  (act: Act<LongName>): Directive['run'] =>
  (top, argument) =>
    argument?.kind === 'ident' ? () => act(top, argument.path) : undefined

const shapes: ReadonlyMap<(act: never) => Directive['run'], string> = new Map<
  (act: never) => Directive['run'],
  string
>([
  [withNone, ''],
  [withString, ' <str>'],
  [withInt, ' <int>'],
  [withBool, ' <bool>'],
  [withName, ' <ident>'],
])

/** A directive that takes what `taking` accepts. */
function directive<Do>(
  section: string,
  summary: string,
  taking: (act: Do) => Directive['run'],
  act: Do,
): Directive {
  return { section, summary, shape: shapes.get(taking) ?? '', run: taking(act) }
}

const general: readonly (readonly [string, Directive])[] = [
  ['quit', directive('General', 'Exit the toplevel.', withNone, () => quit())],
  [
    'help',
    directive(
      'General',
      'Prints a list of all available directives, with corresponding argument type if appropriate.',
      withNone,
      (top) => printHelp(top),
    ),
  ],
]

function quit(): never {
  throw new Quit(0)
}

function printHelp(top: Toplevel): boolean {
  top.say(help(directives))
  return true
}

const loading = 'Loading code'

const ofCode: readonly (readonly [string, Directive])[] = [
  ['cd', directive(loading, 'Change the current working directory.', withString, changeFolder)],
  [
    'directory',
    directive(
      loading,
      'Add the given directory to search path for source and compiled files.',
      withString,
      addFolder,
    ),
  ],
  [
    'remove_directory',
    directive(loading, 'Remove the given directory from the search path.', withString, removeFolder),
  ],
  ['show_dirs', directive(loading, 'List directories currently in the search path.', withNone, showFolders)],
  ['load', directive(loading, 'Load in memory a unit, compiled from its source.', withString, loadUnit)],
  ['load_rec', directive(loading, 'As #load, but loads dependencies recursively.', withString, loadUnit)],
  [
    'use',
    directive(loading, 'Read, compile and execute source phrases from the given file.', withString, useFile),
  ],
  [
    'use_output',
    directive(
      loading,
      'Execute a command and read, compile and execute source phrases from its output.',
      withString,
      useOutput,
    ),
  ],
  [
    'mod_use',
    directive(
      loading,
      'Usage is identical to #use but #mod_use wraps the contents in a module.',
      withString,
      modUse,
    ),
  ],
]

const ofEnvironment: readonly (readonly [string, Directive])[] = [
  [
    'show',
    directive(
      'Environment queries',
      'Print the signatures of components from any of the categories below.',
      withName,
      showAll,
    ),
  ],
  ...[...queries].map(([name, { query, summary }]): readonly [string, Directive] => [
    `show_${name}`,
    directive('Environment queries', summary, withName, (top, path) => showOne(top, query, path)),
  ]),
]

const printing = 'Pretty-printing'

const ofPrinting: readonly (readonly [string, Directive])[] = [
  [
    'print_depth',
    directive(printing, 'Limit the printing of values to a maximal depth of n.', withInt, (top, depth) => {
      top.answers.limits = { ...top.answers.limits, depth }
      return true
    }),
  ],
  [
    'print_length',
    directive(printing, 'Limit the number of value nodes printed to at most n.', withInt, (top, length) => {
      top.answers.limits = { ...top.answers.limits, length }
      return true
    }),
  ],
]

const ofPrinters: readonly (readonly [string, Directive])[] = [
  [
    'install_printer',
    directive(printing, 'Registers a printer for values of a certain type.', withName, (top, name) =>
      top.printers.install(top, name),
    ),
  ],
  [
    'remove_printer',
    directive(
      printing,
      'Remove the named function from the table of toplevel printers.',
      withName,
      (top, name) => top.printers.remove(top, name),
    ),
  ],
]

const tracing = 'Tracing'

const ofTracing: readonly (readonly [string, Directive])[] = [
  [
    'trace',
    directive(
      tracing,
      'All calls to the function named function-name will be traced.',
      withName,
      (top, name) => top.traces.trace(top, name),
    ),
  ],
  [
    'untrace',
    directive(tracing, 'Stop tracing the given function.', withName, (top, name) =>
      top.traces.untrace(top, name),
    ),
  ],
  [
    'untrace_all',
    directive(tracing, 'Stop tracing all functions traced so far.', withNone, (top) =>
      top.traces.untraceAll(top),
    ),
  ],
]

const options = 'Compiler options'

const ofCompiler: readonly (readonly [string, Directive])[] = [
  [
    'warnings',
    directive(
      options,
      'Enable or disable warnings according to the argument.',
      withString,
      (top, specification) => top.setWarnings(specification, 'enabled'),
    ),
  ],
  [
    'warn_error',
    directive(
      options,
      'Treat as errors the warnings enabled by the argument.',
      withString,
      (top, specification) => top.setWarnings(specification, 'errors'),
    ),
  ],
  [
    'principal',
    directive(options, 'Make sure that all types are derived in a principal way.', withBool, () => true),
  ],
  [
    'labels',
    directive(options, 'Choose whether to ignore labels in function types.', withBool, (top, ignored) =>
      ignored ? top.cannot('#labels true: labels are never ignored here.') : true,
    ),
  ],
  [
    'rectypes',
    directive(options, 'Allow arbitrary recursive types during type-checking.', withNone, (top) =>
      top.cannot('#rectypes: arbitrary recursive types are not supported.'),
    ),
  ],
]

export const directives: ReadonlyMap<string, Directive> = new Map([
  ...general,
  ...ofCode,
  ...ofEnvironment,
  ...ofPrinting,
  ...ofPrinters,
  ...ofTracing,
  ...ofCompiler,
])
