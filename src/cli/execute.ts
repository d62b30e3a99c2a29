/** Runs a program that is compiled: its stdout is its own alone, its end is OCaml's. */

import { wholeFile } from '../base/region.ts'
import { libraryImage, newDomain } from '../daemon/machine.ts'
import { processHost } from '../daemon/process-host.ts'
import { startTicker } from '../daemon/ticker.ts'
import { describeException } from '../engine/describe-exception.ts'
import type { Domain } from '../engine/domain.ts'
import type { ThreadEnd } from '../engine/green-thread.ts'
import type { BuiltUnit } from '../engine/image.ts'
import { MissingExternal, unavailableExternal } from '../engine/linker.ts'
import { ProgramError, UnitLoader } from '../engine/program.ts'
import { importsFirst } from '../engine/program-image.ts'
import { runParametersOf } from '../engine/run-parameters.ts'
import { reportDiagnostics } from './report.ts'

export interface Executable {
  readonly units: readonly BuiltUnit[]
  /** `Std_exit` and what it needs: runs last, also after an uncaught exception. */
  readonly exit: readonly BuiltUnit[]
}

/** A unit of the library, after those that it needs. */
export function libraryUnits(name: string): readonly BuiltUnit[] {
  return importsFirst([libraryImage().get(name) as BuiltUnit], libraryImage())
}

/** The exit status: that of `exit`; 2 after an uncaught exception, whose message goes to stderr; else 0. */
export function execute(program: Executable, file: string, args: readonly string[]): number {
  let status: number | undefined
  const exit = (code: number): void => {
    status = code
  }
  const domain = newDomain(processHost({ arguments: [file, ...args], executable: file, exit }))
  domain.onThreads = () => startTicker(domain.runtime.memory)
  const loader = new UnitLoader(domain)
  if (runParametersOf(process.env).backtraces) {
    domain.recordBacktraces(true)
    // It prints them, also for a program that does not use it itself.
    loader.load(libraryUnits('Printexc'))
  }
  /** How the program failed, if it did: the text, unless the program has a handler of its own for what it does not catch. */
  const load = (units: readonly BuiltUnit[]): string | undefined => {
    try {
      loader.load(units)
      return undefined
    } catch (error) {
      if (error instanceof MissingExternal) return failLinking(file, error)
      if (!(error instanceof ProgramError)) throw error
      if (error.end === 'exception' && domain.handleUncaught(uncaughtHandler) !== undefined) return ''
      if (error.end === 'deadlock' && domain.runNamed(deadlockHandler, unit) === 'value') return undefined
      return failure(error.end, domain)
    }
  }
  const failLinking = (name: string, { external }: MissingExternal): string => {
    const region = wholeFile({ name, bytes: new Uint8Array(0) })
    reportDiagnostics([{ severity: 'error', region, message: unavailableExternal(external) }])
    status = 2
    return ''
  }
  const uncaught = load(program.units)
  if (status !== undefined) return status
  // Like OCaml: what at_exit registered runs before the message about the exception.
  const second = load(program.exit)
  if (status !== undefined) return status
  const fatal = uncaught ?? second
  if (fatal === undefined) return 0
  if (fatal !== '') process.stderr.write(`Fatal error: ${fatal}\n`)
  return 2
}

/** Printexc registers it: runs at_exit functions, then the handler that the program has set, or prints the exception. */
const uncaughtHandler = 'Printexc.handle_uncaught_exception'

/**
 * CamlinternalJoin registers it. A program whose main thread waits for a reply that cannot come has come to its end; that function raises
 * where it waits for something else.
 */
const deadlockHandler = 'CamlinternalJoin.deadlock'
const unit = 1n

function failure(end: ThreadEnd, domain: Domain): string {
  if (end === 'exception') return `exception ${describeException(domain.runtime)}`
  return end === 'deadlock' ? 'deadlock: all threads are blocked' : 'exception Out_of_memory'
}
