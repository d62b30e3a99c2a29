/** What becomes of a call that has failed: the reason with which its process ends, and what the log says. */

import { ProtocolError } from '../base/diagnostic.ts'
import {
  atom,
  binary,
  decodeBare,
  encodeBare,
  formatTerm,
  isAtom,
  isTuple,
  mapGet,
  type Term,
  tuple,
} from '../erlang-term-format/index.ts'
import { encodedAtom, encodedTuple } from '../node/encoded.ts'
import type { CallOutcome } from '../node/index.ts'

export type Raised = Extract<CallOutcome, { readonly kind: 'raise' }>

const nocatch = encodedAtom('nocatch')

/** `{system_limit, mailbox}`: too much waits for it. */
export const mailboxLimit = encodeBare(tuple(atom('system_limit'), atom('mailbox')))

/** `{unsupported, Text}`. */
export function unsupported(text: string): Uint8Array {
  return encodeBare(tuple(atom('unsupported'), binary(text)))
}

/** The reason with which a process ends that does not catch it. */
export function exitReasonOf({ class: cls, reason, stack }: Raised): Uint8Array {
  if (cls === 'exit') return reason
  return encodedTuple(cls === 'throw' ? encodedTuple(nocatch, reason) : reason, stack)
}

/** In words: what a bad argument is, or the reason as a term. */
export function causeOf({ reason, stack }: Raised): string {
  try {
    return errorInfo(decodeBare(stack)) ?? formatTerm(decodeBare(reason))
  } catch (error) {
    if (error instanceof ProtocolError) return 'an exception that is nested too deeply'
    throw error
  }
}

/** `[{_, _, _, [{error_info, #{cause => Text}}]}]`. */
function errorInfo(stack: Term): string | undefined {
  const frame = stack.kind === 'list' ? stack.elements[0] : undefined
  const info = frame !== undefined && isTuple(frame, 4) ? frame.elements[3] : undefined
  const entry = info?.kind === 'list' ? info.elements[0] : undefined
  if (entry === undefined || !isTuple(entry, 2) || !isAtom(entry.elements[0] as Term, 'error_info'))
    return undefined
  const facts = entry.elements[1]
  const cause = facts?.kind === 'map' ? mapGet(facts, atom('cause')) : undefined
  return cause?.kind === 'bitstring' ? new TextDecoder().decode(cause.bytes) : undefined
}
