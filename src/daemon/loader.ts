/**
 * What the node's own module does on the main thread: `camlnode:ping()`, and new code while the node runs.
 *
 *     load(Module, Source), load(Module, Source, Interface)      a text in place of what the module was; or a new module
 *     reload(), reload(Module)                                   the files as they are now
 *
 *     text ─▶ fresh domains with all modules ─▶ new calls go there ─▶ the old ones end when their calls have
 *
 * The answer is `ok`, or `{error, Text}` in the compiler's words, and then nothing has changed. One change follows the other. State
 * that modules keep, and handles, are those of the old domains and end with them. What was loaded is gone when the node
 * starts anew: its configuration is what it is.
 */

import { ProtocolError } from '../base/diagnostic.ts'
import type { Log } from '../base/ports.ts'
import { stringBytes } from '../bridge/chardata.ts'
import { ownModule } from '../bridge/directory.ts'
import { badArgument, refused } from '../bridge/outcomes.ts'
import {
  atom,
  binary,
  decodeBare,
  encodeBare,
  isAtom,
  isProperList,
  type Term,
  tuple,
} from '../erlang-term-format/index.ts'
import type { CallOutcome, CallRequest } from '../node/index.ts'
import { ModuleError } from './domain-thread.ts'
import { fileOfModule, hasFile, type ModuleSet, withoutTexts, withText } from './module-set.ts'

export interface LoaderOptions {
  /** Whether peers may change what runs. */
  readonly enabled: boolean
  readonly modules: ModuleSet
  /** Puts domains with these modules in place of those there are. Rejects, with `ModuleError` where the source is wrong. */
  readonly replace: (modules: ModuleSet) => Promise<void>
  readonly log: Log
}

/** What to do with the modules there are; a text says why it cannot be done. */
type Change = (modules: ModuleSet) => ModuleSet | string

const notAllowed = 'the configuration of this node does not allow it ([load] enabled = true does)'
/** Names of modules become names of units and of files. */
const moduleName = /^[a-z][a-z0-9_]*$/

export class Loader {
  private readonly options: LoaderOptions
  private modules: ModuleSet
  private last: Promise<unknown> = Promise.resolve()

  constructor(options: LoaderOptions) {
    this.options = options
    this.modules = options.modules
  }

  /** Whether the call is one that is answered here. */
  takes({ module, function: name }: CallRequest): boolean {
    return module === ownModule && (name === 'ping' || name === 'load' || name === 'reload')
  }

  call(request: CallRequest, done: (outcome: CallOutcome) => void): void {
    const args = argumentsOf(request)
    if (args === undefined) return done(badArgument(request, 'malformed argument list'))
    if (request.function === 'ping') return done(returned(atom('pong')))
    if (!this.options.enabled) return done(refused(request, 'unsupported', notAllowed))
    const change = request.function === 'load' ? load(args) : reload(args)
    if (typeof change === 'string') return done(badArgument(request, change))
    const { log } = this.options
    this.last = this.last.then(async () => {
      const answer = await this.apply(change)
      if (answer === undefined) log.info({ call: request.function, modules: this.modules.files }, 'loaded')
      else log.warn({ call: request.function, problem: answer }, 'nothing was loaded')
      done(returned(answer === undefined ? atom('ok') : tuple(atom('error'), binary(answer))))
    })
  }

  /** What is wrong, if anything. */
  private async apply(change: Change): Promise<string | undefined> {
    const modules = change(this.modules)
    if (typeof modules === 'string') return modules
    try {
      await this.options.replace(modules)
    } catch (error) {
      if (!(error instanceof ModuleError))
        this.options.log.error({ err: error }, 'the loading of modules failed')
      return (error as Error).message.trimEnd()
    }
    this.modules = modules
    return undefined
  }
}

function load(args: readonly Term[]): Change | string {
  const [name, source, interfaceText] = args
  if (args.length < 2 || args.length > 3) return `expected 2 or 3 arguments, got ${args.length}`
  if (name === undefined || !isAtom(name) || !moduleName.test(name.name) || name.name === ownModule) {
    return 'argument 1: expected the name of a module'
  }
  const sourceBytes = source && stringBytes(encodeBare(source))
  if (sourceBytes === undefined) return 'argument 2: expected a binary or a string with the source'
  const interfaceBytes = interfaceText && stringBytes(encodeBare(interfaceText))
  if (interfaceText !== undefined && interfaceBytes === undefined)
    return 'argument 3: expected a binary or a string with the interface'
  return (modules) => withText(modules, name.name, sourceBytes, interfaceBytes)
}

function reload(args: readonly Term[]): Change | string {
  const [name] = args
  if (name === undefined) return (modules) => withoutTexts(modules)
  if (args.length > 1 || !isAtom(name)) return 'argument 1: expected the name of a module'
  return (modules) => {
    const file = fileOfModule(modules, name.name)
    if (file === undefined) return `there is no module ${name.name}`
    if (!hasFile(file)) return `the module ${name.name} has no file`
    return withoutTexts(modules, file)
  }
}

function argumentsOf({ args }: CallRequest): readonly Term[] | undefined {
  try {
    const term = decodeBare(args)
    return isProperList(term) ? term.elements : undefined
  } catch (error) {
    if (error instanceof ProtocolError) return undefined
    throw error
  }
}

const returned = (term: Term): CallOutcome => ({ kind: 'return', value: encodeBare(term) })
