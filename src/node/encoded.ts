/** Encoded pieces, without version byte, that replies are put together from, and keys for tables. */

import {
  atom,
  encodeBare,
  isAtomTag,
  type Pid,
  type Reference,
  type Term,
  TermReader,
} from '../erlang-term-format/index.ts'

export const encodedAtom = (name: string): Uint8Array => encodeBare(atom(name))

/** Atoms in signals. */
export const ATOM = {
  badrpc: encodedAtom('badrpc'),
  error: encodedAtom('error'),
  exit: encodedAtom('exit'),
  EXIT: encodedAtom('EXIT'),
  kill: encodedAtom('kill'),
  killed: encodedAtom('killed'),
  noconnection: encodedAtom('noconnection'),
  noproc: encodedAtom('noproc'),
  nodedown: encodedAtom('nodedown'),
  normal: encodedAtom('normal'),
  notsup: encodedAtom('notsup'),
  return: encodedAtom('return'),
  rex: encodedAtom('rex'),
  throw: encodedAtom('throw'),
  timeout: encodedAtom('timeout'),
  yes: encodedAtom('yes'),
} as const

/** A tuple of encoded elements, at most 255. */
export function encodedTuple(...elements: readonly Uint8Array[]): Uint8Array {
  let length = 2
  for (const element of elements) length += element.length
  const bytes = new Uint8Array(length)
  bytes[0] = 104
  bytes[1] = elements.length
  let at = 2
  for (const element of elements) {
    bytes.set(element, at)
    at += element.length
  }
  return bytes
}

/** A proper list of encoded elements, at least one. */
export function encodedList(...elements: readonly Uint8Array[]): Uint8Array {
  const head = new Uint8Array(5)
  head[0] = 108
  new DataView(head.buffer).setUint32(1, elements.length)
  return Buffer.concat([head, ...elements, Uint8Array.of(106)])
}

/** The name of an encoded atom, or null for any other term. */
export function atomName(encoded: Uint8Array): string | null {
  const tag = encoded[0]
  return tag !== undefined && isAtomTag(tag) ? new TermReader(encoded).readAtom() : null
}

export function encodedTerm(term: Term | Uint8Array): Uint8Array {
  return term instanceof Uint8Array ? term : encodeBare(term)
}

/** Equal for equal references only. */
export function referenceKey(reference: Reference): string {
  return `${reference.node}/${reference.creation}/${reference.ids.join('.')}`
}

/** Equal for equal pids only. */
export function pidKey(pid: Pid): string {
  return `${pid.node}/${pid.creation}/${pid.id}.${pid.serial}`
}
