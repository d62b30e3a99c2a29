/** Where what there is to say is collected: the store of environments, or the context of inference. */

import type { Diagnostic } from '../base/diagnostic.ts'

export interface Reports {
  readonly diagnostics: Diagnostic[]
}

function isSame(a: Diagnostic, b: Diagnostic): boolean {
  return (
    a.region.start === b.region.start &&
    a.region.end === b.region.end &&
    a.warning?.number === b.warning?.number &&
    a.alert === b.alert &&
    a.message === b.message
  )
}

/** A place that inference comes to several times, as in recursive module types, is told about once. */
export function reportOnce({ diagnostics }: Reports, diagnostic: Diagnostic): void {
  if (!diagnostics.some((known) => isSame(known, diagnostic))) diagnostics.push(diagnostic)
}
