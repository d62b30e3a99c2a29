/**
 * The prompt without its terminal: reads phrases, runs them, writes OCaml's answers.
 *
 * Answers go where the program's own output goes, behind it; a script has no answers, only its errors and warnings.
 */

import { type Diagnostic, DiagnosticError } from '../../base/diagnostic.ts'
import { printDiagnostic } from '../../base/print-diagnostic.ts'
import type { Source } from '../../base/region.ts'
import { defaultWarnings, type Warnings } from '../../base/warnings.ts'
import type { StructureItem, ToplevelPhrase } from '../../syntax/ast.ts'
import { parseImplementation, parseScript } from '../../syntax/index.ts'
import { isError } from '../../typing/infer.ts'
import { type Doc, render } from '../../typing/pretty.ts'
import { unavailableExternal } from '../linker.ts'
import { Answers } from './answer.ts'
import { directives } from './directives.ts'
import { FormatWriter } from './format-writer.ts'
import type { Value } from './heap-view.ts'
import { PhraseReader, type ReadLine, type ReadPhrase } from './phrase-reader.ts'
import { Printers } from './printers.ts'
import { Interrupted, Quit } from './quit.ts'
import type { PhraseOutcome, Session } from './session.ts'
import { Traces } from './trace.ts'

/** What the prompt asks of the world. */
export interface World {
  /** Writes an answer, or what is wrong with a script; what directives say is output of the program. */
  write(text: string, from: 'phrase' | 'directive'): void
  /** Whether phrases are answered on standard output, as they are but for scripts. */
  readonly answersOnStdout: boolean
  readonly readLine: ReadLine
  /** The bytes of a file that is looked for in a list of folders; undefined when there is none. */
  readFile(
    name: string,
    folders: readonly string[],
  ): { readonly path: string; readonly bytes: Uint8Array } | undefined
  /** From now on, programs see a unit whose source is at a path. */
  announceUnit(name: string, path: string): void
  /** Changes the current folder; what is wrong with it, if anything. */
  changeFolder(path: string): string | undefined
  /** The output of a shell command, or its status when that is not 0. */
  commandOutput(command: string): Uint8Array | number
}

export class Toplevel {
  readonly session: Session
  readonly world: World
  readonly answers: Answers
  readonly printers: Printers
  readonly traces: Traces
  private readonly formatter: FormatWriter
  /** Where `#use` looks for files, first the current folder. */
  folders: string[]
  warnings: Warnings = defaultWarnings
  private obeying = false

  constructor(session: Session, world: World, folders: readonly string[] = []) {
    this.session = session
    this.world = world
    this.answers = new Answers(session)
    this.formatter = new FormatWriter(session)
    this.printers = new Printers(session, this.formatter)
    this.traces = new Traces(session, this.answers, (text) => this.sayAtOnce(text))
    if (world.answersOnStdout) this.answers.custom = (value, type) => this.printers.show(value, type)
    this.folders = ['', ...folders]
  }

  /**
   * Writes an answer. Once the program has Format, answers go through its standard formatter, as OCaml's do: behind what is still
   * in there, and with the user's printers.
   */
  show(doc: Doc | undefined): void {
    if (doc === undefined) return
    const isAnswer = this.world.answersOnStdout || this.obeying
    if (isAnswer && this.formatter.isThere) this.formatter.writeLine(doc)
    else this.say(`${render(doc)}\n`)
  }

  /** Writes behind what the program has written so far. */
  say(text: string): void {
    if (text === '') return
    if (this.formatter.isThere) this.formatter.flush()
    this.sayAtOnce(text)
  }

  /** The same without what the program has left in its formatter: prompts. */
  sayAtOnce(text: string): void {
    this.flush()
    this.world.write(text, this.obeying ? 'directive' : 'phrase')
  }

  /** Writes out what the program has left in its standard output's buffer. */
  flush(): void {
    const { runtime } = this.session.domain
    const stdout = this.channel('stdout')
    if (stdout !== undefined) runtime.exports.caml_ml_flush(runtime.control('stackBase'), stdout)
  }

  /** A channel of the library by its name there. */
  channel(name: 'stdin' | 'stdout'): Value | undefined {
    return this.session.libraryValue('Stdlib', name)
  }

  /** The next line of the program's standard input, which the prompt shares; without a newline at the end of the input. */
  inputLine(): Uint8Array {
    const { runtime } = this.session.domain
    const bytes: number[] = []
    for (;;) {
      const stdin = this.channel('stdin')
      if (stdin === undefined) break
      const character = runtime.exports.caml_ml_input_char(runtime.control('stackBase'), stdin)
      if (character === 0n) {
        runtime.setControl('unwindReason', 0)
        break
      }
      const byte = Number(character >> 1n)
      bytes.push(byte)
      if (byte === 0x0a) break
    }
    return Uint8Array.from(bytes)
  }

  /** Prints what has been judged; whether there is an error among it. */
  readonly report = (diagnostics: readonly Diagnostic[]): boolean => {
    for (const diagnostic of diagnostics) this.say(printDiagnostic(diagnostic))
    return diagnostics.some(isError)
  }

  /** What the lexer says is subject to the warnings that are wanted, but to no attribute. */
  private readonly reportLexical = (diagnostic: Diagnostic): void => {
    const judged = this.warnings.judge(diagnostic)
    if (judged !== undefined) this.report([judged])
  }

  // -------------------------------------------------------------------------------------------------------
  // The loop

  /** Reads and answers until the input ends; throws `Quit`. */
  loop(): never {
    const reader = new PhraseReader(this.world.readLine)
    for (;;) {
      const read = this.read(reader)
      if (read.kind === 'end') throw new Quit(0)
      if (read.kind === 'error') this.report([read.error])
      if (read.kind === 'phrase') this.attempt(() => this.phrase(read.phrase, 'answered'))
      this.flush()
    }
  }

  private read(reader: PhraseReader): ReadPhrase {
    try {
      return reader.next(this.reportLexical)
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error
      this.say('Interrupted.\n')
      return { kind: 'nothing' }
    }
  }

  /** Runs something that may end in an error of the user's source; whether it did not. */
  private attempt(run: () => boolean): boolean {
    try {
      return run()
    } catch (error) {
      if (!(error instanceof DiagnosticError)) throw error
      this.report([error.diagnostic])
      return false
    }
  }

  /** Runs a phrase; whether it came to a good end. */
  phrase(phrase: ToplevelPhrase, mode: 'answered' | 'silent'): boolean {
    if (phrase.kind === 'definitions') return this.definitions(phrase.items, mode)
    return this.directive(phrase)
  }

  private definitions(items: readonly StructureItem[], mode: 'answered' | 'silent'): boolean {
    return this.settled(this.session.execute(items, this.warnings, this.report), mode)
  }

  private settled(outcome: PhraseOutcome, mode: 'answered' | 'silent'): boolean {
    switch (outcome.kind) {
      case 'refused':
        return false
      case 'unavailable':
        this.say(`Line 1:\nError: ${unavailableExternal(outcome.external)}\n`)
        return false
      case 'value':
        if (mode === 'answered') this.show(this.answers.value(outcome.value, outcome.type))
        return true
      case 'defined':
        if (mode === 'answered') this.show(this.answers.definitions(outcome.structure, outcome.before))
        return true
      case 'exception':
        // A read that was broken off has ended in an error of its own.
        if (this.session.domain.takeBreak()) return this.ended('cancelled')
        this.show(this.answers.exception(outcome.exception))
        return false
      case 'ended':
        return this.ended(outcome.end)
    }
  }

  private ended(end: 'limit' | 'cancelled' | 'out-of-memory' | 'exit' | 'deadlock'): boolean {
    if (end === 'exit') throw new Quit(this.session.domain.exitStatus ?? 0)
    if (end === 'deadlock') {
      this.say('Deadlock: all threads are blocked.\n')
      return false
    }
    this.say(end === 'cancelled' ? 'Interrupted.\n' : 'Out of memory during evaluation.\n')
    return false
  }

  private directive(phrase: ToplevelPhrase & { kind: 'directive' }): boolean {
    const { name, argument } = phrase
    const directive = directives.get(name.text)
    if (directive === undefined) {
      this.say(`Unknown directive \`${name.text}'.\n`)
      return false
    }
    const run = directive.run(this, argument)
    if (run !== undefined) return this.obey(run)
    this.say(`Wrong type of argument for directive \`${name.text}'.\n`)
    return false
  }

  /** A script goes on behind a directive that could not be obeyed. */
  private obey(run: () => boolean): boolean {
    const outside = this.obeying
    this.obeying = true
    try {
      run()
      return true
    } finally {
      this.obeying = outside
    }
  }

  // -------------------------------------------------------------------------------------------------------
  // Files

  /** Runs the phrases of a file one by one until one fails. */
  use(source: Source, mode: 'answered' | 'silent'): boolean {
    return this.attempt(() => {
      const phrases = parseScript(source, this.reportLexical)
      return phrases.flatMap(itemByItem).every((phrase) => this.phrase(phrase, mode))
    })
  }

  /** Runs a file as the definition of a module. */
  useAsModule(source: Source, name: string): boolean {
    return this.attempt(() => {
      const items = parseImplementation(source, this.reportLexical)
      const region = { source, start: 0, end: source.bytes.length }
      const module = { kind: 'structure', items, region, attributes: [] } as const
      const binding = { name: { text: name, region }, module, region, attributes: [] }
      return this.definitions([{ kind: 'module', binding, region }], 'answered')
    })
  }

  /** Compiles a unit from its source and runs its initialiser. */
  load(unit: string, path: string): boolean {
    const { session } = this
    return this.attempt(() => {
      this.world.announceUnit(unit, path)
      session.forgetUnit(unit)
      const outcome = session.load(unit)
      this.report(session.compiler.diagnostics.splice(0))
      return this.settled(outcome, 'silent')
    })
  }

  // -------------------------------------------------------------------------------------------------------
  // Options

  setWarnings(specification: string, what: 'enabled' | 'errors'): boolean {
    this.warnings = this.warnings.with(specification, what)
    return true
  }

  /** Says that something is not possible here. */
  cannot(message: string): boolean {
    this.say(`${message}\n`)
    return false
  }
}

/** In a file, each item is a phrase. */
function itemByItem(phrase: ToplevelPhrase): readonly ToplevelPhrase[] {
  if (phrase.kind === 'directive') return [phrase]
  return phrase.items.map((item) => ({ kind: 'definitions', items: [item] }))
}
