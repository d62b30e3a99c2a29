/** What compilers say, on stderr. */

import type { Diagnostic } from '../base/diagnostic.ts'
import { printDiagnostic } from '../base/print-diagnostic.ts'

export function reportDiagnostics(diagnostics: readonly Diagnostic[]): void {
  for (const d of diagnostics) process.stderr.write(printDiagnostic(d))
}

/** One line about the command itself; the status for what cannot be done. */
export function complain(message: string): number {
  process.stderr.write(`${message}\n`)
  return 2
}
