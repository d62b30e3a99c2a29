/**
 * The frames of `camlnode port`, one term each behind its length, `{packet, 4}` in Erlang's words:
 *
 *     [length:32][131 term]
 *
 *     in    {call, Ref, M, F, Args}  {cast, M, F, Args}  {cancel, Ref}  stop
 *     out   {ready, Info}  {reply, Ref, {ok, V}}  {reply, Ref, {error, Class, Reason, Stack}}  {log, Line}  {failed, Text}
 *           alive
 *
 * `Ref` is any term and comes back byte for byte. What a call passes on and gives back stays encoded, and large values are
 * parts of their own, so that they are not copied.
 */

import { ProtocolError } from '../base/diagnostic.ts'
import {
  atom,
  binary,
  encodeBare,
  inflate,
  isAtomTag,
  nil,
  Tag,
  type Term,
  TermCursor,
  TermWriter,
} from '../erlang-term-format/index.ts'
import type { CallOutcome } from '../node/index.ts'

export interface PortCall {
  readonly kind: 'call' | 'cast'
  /** Encoded; empty for a cast. */
  readonly ref: Uint8Array
  readonly module: string
  readonly function: string
  /** Encoded; not looked at yet. */
  readonly args: Uint8Array
}

export type PortRequest =
  | PortCall
  | { readonly kind: 'cancel'; readonly ref: Uint8Array }
  | { readonly kind: 'stop' }

const noRef = new Uint8Array(0)

/** Reads a frame without its length; `most` bounds what a compressed term may expand to. Throws `ProtocolError`. */
export function decodeRequest(frame: Uint8Array, most: number): PortRequest {
  const cursor = cursorOf(frame, most)
  const request = readRequest(cursor)
  if (!cursor.atEnd) throw new ProtocolError(`${cursor.remaining} bytes behind the term of a frame`)
  return request
}

function cursorOf(frame: Uint8Array, most: number): TermCursor {
  const cursor = new TermCursor(frame)
  cursor.readMagic()
  if (cursor.peekTag() !== Tag.compressed) return cursor
  const { bytes, end } = inflate(frame, 1, most)
  if (end !== frame.length) throw new ProtocolError(`${frame.length - end} bytes behind the term of a frame`)
  return new TermCursor(bytes)
}

function readRequest(cursor: TermCursor): PortRequest {
  if (isAtomTag(cursor.peekTag())) return readWord(cursor)
  const arity = cursor.readTupleArity()
  const kind = cursor.readAtom()
  switch (`${kind}/${arity}`) {
    case 'call/5':
      return readCall(cursor, 'call', cursor.readEncoded())
    case 'cast/4':
      return readCall(cursor, 'cast', noRef)
    case 'cancel/2':
      return { kind: 'cancel', ref: cursor.readEncoded() }
    default:
      throw new ProtocolError(`a tuple of ${arity} that starts with ${kind} where a request should be`)
  }
}

function readWord(cursor: TermCursor): PortRequest {
  const word = cursor.readAtom()
  if (word !== 'stop') throw new ProtocolError(`the atom ${word} where a request should be`)
  return { kind: 'stop' }
}

function readCall(cursor: TermCursor, kind: 'call' | 'cast', ref: Uint8Array): PortCall {
  return { kind, ref, module: cursor.readAtom(), function: cursor.readAtom(), args: cursor.readEncoded() }
}

/** A frame in parts; the first one starts with the length. */
export type FrameParts = readonly Uint8Array[]

const lengthBytes = 4
const writer = new TermWriter(512)

/** The start of a frame: room for the length, then the head of a tuple. */
function open(arity: number, kind: string): TermWriter {
  writer.reset()
  writer.u32(0)
  writer.magic()
  writer.tupleHeader(arity)
  writer.atom(kind)
  return writer
}

function close(...parts: readonly Uint8Array[]): FrameParts {
  const head = writer.finish()
  const length = parts.reduce((sum, part) => sum + part.length, head.length - lengthBytes)
  new DataView(head.buffer, head.byteOffset).setUint32(0, length)
  return [head, ...parts]
}

export function encodeReply(ref: Uint8Array, outcome: CallOutcome): FrameParts {
  open(3, 'reply').raw(ref)
  if (outcome.kind === 'return') {
    writer.tupleHeader(2)
    writer.atom('ok')
    return close(outcome.value)
  }
  writer.tupleHeader(4)
  writer.atom('error')
  writer.atom(outcome.class)
  return close(outcome.reason, outcome.stack.length === 0 ? encodedNil : outcome.stack)
}

const encodedNil = encodeBare(nil)

/** The atom `alive`. */
export function encodeBeat(): FrameParts {
  writer.reset()
  writer.u32(0)
  writer.magic()
  writer.atom('alive')
  return close()
}

/** `{Kind, Info}`. */
export function encodeNotice(kind: 'ready' | 'log' | 'failed', info: Term | string): FrameParts {
  open(2, kind)
  return close(encodeBare(typeof info === 'string' ? binary(info) : info))
}

/** The modules that can be called, as the first frame tells them. */
export const moduleAtoms = (names: readonly string[]): readonly Term[] => names.map(atom)
