/** Whether what a peer sends is a term: a message that OCaml code cannot read is the fault of its sender. */

import { ProtocolError } from '../base/diagnostic.ts'
import { TermReader } from '../erlang-term-format/index.ts'

/** Throws `ProtocolError`. */
export function checkTerm(payload: Uint8Array): void {
  const reader = new TermReader(payload)
  reader.skip()
  if (!reader.atEnd) throw new ProtocolError('a message with bytes behind its term')
}
