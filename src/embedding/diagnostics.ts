/** What the compiler says, in a form without its own data structures. */

import type { Diagnostic as CompilerDiagnostic } from '../base/diagnostic.ts'
import { printDiagnostic } from '../base/print-diagnostic.ts'
import { lineColumn } from '../base/region.ts'

/** A place in a source: lines from 1, columns in bytes from 0, as OCaml counts them. */
export interface Position {
  readonly line: number
  readonly column: number
}

export interface Diagnostic {
  readonly severity: 'error' | 'warning'
  /** OCaml's words. */
  readonly message: string
  readonly file: string
  readonly start: Position
  readonly end: Position
  /** As `ocamlc` prints it, with the lines of source underlined. */
  readonly text: string
}

/** @internal */
export function diagnosticOf(diagnostic: CompilerDiagnostic): Diagnostic {
  const { severity, message, region } = diagnostic
  return {
    severity,
    message,
    file: region.source.name,
    start: lineColumn(region.source, region.start),
    end: lineColumn(region.source, region.end),
    text: printDiagnostic(diagnostic),
  }
}

/** OCaml source that cannot be loaded. `message` is the printed diagnostic. */
export class CompileError extends Error {
  readonly diagnostic: Diagnostic
  constructor(diagnostic: Diagnostic) {
    super(diagnostic.text)
    this.name = 'CompileError'
    this.diagnostic = diagnostic
  }
}
