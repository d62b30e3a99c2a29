/**
 * The messages of `gen_server`, `gen_statem` and their like.
 *
 *     {'$gen_call', {Pid, Tag}, Request}      answered by  {Tag, Reply}
 *     {'$gen_cast', Request}
 *
 * Where the answer goes depends on the tag: `[alias|Ref]`, and `[[alias|Ref]|_]`, ask for it by alias; any
 * other tag, such as `{Ref, Node}` of a multi_call's middleman, means the pid.
 *
 * Reference: `gen:reply/2` of stdlib.
 */

import type { Pid, Reference } from '../erlang-term-format/index.ts'
import { Tag, TermReader } from '../erlang-term-format/index.ts'
import { encodedTuple } from './encoded.ts'
import type { LocalProcess } from './process.ts'

export interface GenCall {
  readonly kind: 'call'
  readonly from: Pid
  /** Encoded. */
  readonly tag: Uint8Array
  readonly alias: Reference | null
  /** A plain reference as tag: that of the caller's monitor. */
  readonly reference: Reference | null
  /** Encoded. */
  readonly request: Uint8Array
}

export interface GenCast {
  readonly kind: 'cast'
  /** Encoded. */
  readonly request: Uint8Array
}

/** The call or cast in an encoded message; null: it is something else. Throws `ProtocolError` on bad bytes. */
export function readGenMessage(payload: Uint8Array): GenCall | GenCast | null {
  const reader = new TermReader(payload)
  if (!isTupleTag(reader.peekTag())) return null
  const arity = reader.readTupleArity()
  if (arity === 3 && reader.tryAtom('$gen_call')) return readGenCall(reader)
  if (arity === 2 && reader.tryAtom('$gen_cast')) return { kind: 'cast', request: reader.readEncoded() }
  return null
}

function readGenCall(reader: TermReader): GenCall | null {
  if (!isTupleTag(reader.peekTag()) || reader.readTupleArity() !== 2 || !isPidTag(reader.peekTag()))
    return null
  const from = reader.readPid()
  const tag = reader.readEncoded()
  const request = reader.readEncoded()
  return { kind: 'call', from, tag, alias: aliasOf(tag), reference: plainReference(tag), request }
}

/** Answers a call as `process`. */
export function replyTo(process: LocalProcess, call: GenCall, reply: Uint8Array): void {
  process.send(call.alias ?? call.from, encodedTuple(call.tag, reply))
}

function aliasOf(tag: Uint8Array): Reference | null {
  const reader = new TermReader(tag)
  if (reader.peekTag() !== Tag.list) return null
  reader.readListLength()
  if (reader.peekTag() !== Tag.list) reader.reset(tag)
  return aliasWithin(reader)
}

/** `[alias|Ref]` where the reader stands. */
function aliasWithin(reader: TermReader): Reference | null {
  if (reader.readListLength() !== 1 || !reader.tryAtom('alias')) return null
  return isReferenceTag(reader.peekTag()) ? reader.readReference() : null
}

function plainReference(tag: Uint8Array): Reference | null {
  return isReferenceTag(tag[0]) ? new TermReader(tag).readReference() : null
}

export function isTupleTag(tag: number | undefined): boolean {
  return tag === Tag.smallTuple || tag === Tag.largeTuple
}

export function isPidTag(tag: number | undefined): boolean {
  return tag === Tag.newPid || tag === Tag.pid
}

export function isReferenceTag(tag: number | undefined): boolean {
  return tag === Tag.newerReference || tag === Tag.newReference || tag === Tag.reference
}

export function isListTag(tag: number | undefined): boolean {
  return tag === Tag.list || tag === Tag.nil || tag === Tag.string
}
