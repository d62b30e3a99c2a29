/** A few words about an encoded term, for messages: `atom 'free'`, `integer 17`, `list of 3 elements`. */

import { ProtocolError } from '../base/diagnostic.ts'
import { formatTerm, isAtomTag, Tag, TermReader } from '../erlang-term-format/index.ts'
import { identifierKindOf } from './term-shape.ts'

/** Larger terms are not read for a message. */
const largestRead = 4096
const longestText = 60
/** Tag and length of a binary. */
const binaryHead = 5

/** `offset` is where the term starts. Throws `ProtocolError` if it is malformed. */
export function describeTerm(bytes: Uint8Array, offset: number, end: number): string {
  const reader = new TermReader(bytes, offset, end)
  const kind = kindOf(reader.peekTag())
  reader.skip()
  const size = reader.offset - offset
  if (size > largestRead && kind === 'binary') return `binary of ${size - binaryHead} bytes`
  if (size > largestRead) return `${kind} of ${size} encoded bytes`
  const term = new TermReader(bytes, offset, end).readTerm()
  if (term.kind === 'atom') return `atom '${term.name}'`
  return `${kind} ${formatTerm(term, { limit: longestText })}`
}

function kindOf(tag: number): string {
  if (isAtomTag(tag)) return 'atom'
  const identifier = identifierKindOf(tag)
  if (identifier !== undefined) return identifier
  switch (tag) {
    case Tag.smallInteger:
    case Tag.integer:
    case Tag.smallBig:
    case Tag.largeBig:
      return 'integer'
    case Tag.newFloat:
    case Tag.oldFloat:
      return 'float'
    case Tag.smallTuple:
    case Tag.largeTuple:
      return 'tuple'
    case Tag.nil:
    case Tag.list:
    case Tag.string:
      return 'list'
    case Tag.map:
      return 'map'
    case Tag.binary:
      return 'binary'
    case Tag.bitBinary:
      return 'bitstring'
    case Tag.oldFun:
      return 'fun'
    default:
      throw new ProtocolError(`tag ${tag} where a term should be`)
  }
}
