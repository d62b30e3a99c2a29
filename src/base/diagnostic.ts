/**
 * The four kinds of errors (docs/ARCHITECTURE.md, "Errors"), as far as they exist on this floor.
 *
 * - `Diagnostic`: the user's source is wrong, at a region. Thrown as `DiagnosticError` by a pass that
 *   cannot go on; collected in a list by one that can.
 * - `ProtocolError`: a peer sent what it must not; its connection is closed and nothing else.
 * - `Crash`: our own bug. Never caught to carry on, only to report and restart.
 *
 * The fourth kind, an OCaml exception, belongs to the running program and lives in the engine.
 */

import type { Region } from './region.ts'

export type Severity = 'error' | 'warning'

export interface Diagnostic {
  readonly severity: Severity
  readonly region: Region
  /** OCaml's words without "Error: " or "Warning N [name]: ", lines separated by \n. */
  readonly message: string
  /** Further lines of an error that OCaml prints outside its box, from the left margin on. */
  readonly tail?: string
  /** The number and the name of a warning, e.g. 8 and "partial-match". */
  readonly warning?: { readonly number: number; readonly name: string }
  /** The number of a warning that must be wanted too, lest this one is not given. */
  readonly onlyWith?: number
  /** The name of an alert, which is a warning without a number, e.g. "deprecated". */
  readonly alert?: string
  /** A warning or an alert that counts as an error. */
  readonly fatal?: boolean
  /** Printed after the message as `Hint: …`. */
  readonly hint?: string
  /** What the parser could have gone on with, e.g. "'in'"; no part of OCaml's words. */
  readonly expected?: string
  /** Further places, each printed with its own location line. */
  readonly related?: readonly { readonly region: Region; readonly message: string }[]
}

export class DiagnosticError extends Error {
  readonly diagnostic: Diagnostic
  constructor(diagnostic: Diagnostic) {
    super(diagnostic.message)
    this.name = 'DiagnosticError'
    this.diagnostic = diagnostic
  }
}

export class ProtocolError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ProtocolError'
  }
}

export class Crash extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'Crash'
  }
}

/** Stops with an error at a region. */
export function fail(region: Region, message: string, hint?: string): never {
  throw new DiagnosticError({ severity: 'error', region, message, ...(hint === undefined ? {} : { hint }) })
}

/** Stops with an error whose last lines stand at the left margin. */
export function failWithTail(region: Region, message: string, tail: string): never {
  throw new DiagnosticError({ severity: 'error', region, message, tail })
}

/** For branches that the types say cannot be reached. */
export function unreachable(value: never): never {
  throw new Crash(`unreachable: ${JSON.stringify(value)}`)
}
