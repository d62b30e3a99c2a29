/**
 * Reads a SPAWN_REQUEST for `erpc` without making terms: every call of `rpc` and `erpc` comes as one.
 *
 *     {29, ReqId, From, GroupLeader, {erpc, execute_call, 4}, Options}   payload: [Res, M, F, A]
 *     {29, ReqId, From, GroupLeader, {erpc, execute_cast, 3}, Options}   payload: [M, F, A]
 *     {30, ReqId, From, GroupLeader, {erpc, …}, Options, Token}          the same when the caller is traced
 */

import { ProtocolError } from '../../base/diagnostic.ts'
import { isAtomTag, Tag, type TermReader } from '../../erlang-term-format/index.ts'
import { OPERATION, SPAWN_REPLY_FLAG } from '../control.ts'
import { aloneBytes } from '../frame-reader.ts'
import { isListTag, isPidTag, isReferenceTag } from '../gen-call.ts'

/** Encoded parts are views of the frame; of a long one, whose memory goes with the arguments, they are copies. */
export interface ErpcRequest {
  readonly reference: Uint8Array
  readonly from: Uint8Array
  readonly groupLeader: Uint8Array
  /** `SPAWN_REPLY_FLAG`s: whether the caller links to and monitors what runs. */
  readonly flags: number
  /** What the reason of the exit begins with; null in a cast. */
  readonly result: Uint8Array | null
  /** Null: the arguments are not a call, which is `badarg`. */
  readonly target: { readonly module: string; readonly function: string; readonly args: Uint8Array } | null
}

const erpc = 'erpc'
const executeCall = 'execute_call'
const executeCast = 'execute_cast'

/** The request, or null if the frame is another one; the reader then stands anywhere. */
export function readErpcRequest(reader: TermReader): ErpcRequest | null {
  const traced = isTraced(reader)
  if (traced === null) return null
  const reference = reader.readEncoded()
  const from = reader.readEncoded()
  if (!isReferenceTag(reference[0]) || !isPidTag(from[0]))
    throw new ProtocolError('spawn request: no ReqId or From')
  const groupLeader = reader.readEncoded()
  const async = readFunction(reader)
  if (async === null) return null
  const flags = readOptions(reader)
  if (traced) reader.skip()
  reader.readMagic()
  const { result, target } = readArguments(reader, async)
  const request = { reference, from, groupLeader, flags, result, target }
  return target !== null && target.args.length >= aloneBytes ? standingAlone(request) : request
}

function standingAlone({ reference, from, groupLeader, flags, result, target }: ErpcRequest): ErpcRequest {
  return {
    reference: Uint8Array.from(reference),
    from: Uint8Array.from(from),
    groupLeader: Uint8Array.from(groupLeader),
    flags,
    result: result === null ? null : Uint8Array.from(result),
    target,
  }
}

/** Whether it has a trace token, at its end; null: it is no SPAWN_REQUEST. */
function isTraced(reader: TermReader): boolean | null {
  const { bytes, offset } = reader
  if (bytes[offset] !== Tag.smallTuple || bytes[offset + 2] !== Tag.smallInteger) return null
  const traced = bytes[offset + 3] === OPERATION.SPAWN_REQUEST_TT
  if (bytes[offset + 1] !== (traced ? 7 : 6)) return null
  if (!traced && bytes[offset + 3] !== OPERATION.SPAWN_REQUEST) return null
  reader.offset = offset + 4
  return traced
}

/** Whether it is a cast; null: it is another function. */
function readFunction(reader: TermReader): boolean | null {
  if (reader.readTupleArity() !== 3 || reader.readAtom() !== erpc) return null
  const name = reader.readAtom()
  const arity = reader.readInteger()
  if (name === executeCall && arity === 4) return false
  return name === executeCast && arity === 3 ? true : null
}

/** The options that ask for a relation; the others mean nothing here. */
function readOptions(reader: TermReader): number {
  const length = reader.readListLength()
  if (length === 0) return 0
  let flags = 0
  for (let left = length; left > 0; left--) flags |= readOption(reader)
  reader.skip()
  return flags
}

function readOption(reader: TermReader): number {
  const start = reader.offset
  if (reader.peekTag() === Tag.smallTuple && reader.readTupleArity() === 0) return 0
  const flag = isAtomTag(reader.peekTag()) ? flagOf(reader.readAtom()) : 0
  reader.offset = start
  reader.skip()
  return flag
}

/** `monitor`, `{monitor, _}` and `link`. */
function flagOf(option: string): number {
  if (option === 'monitor') return SPAWN_REPLY_FLAG.MONITOR
  return option === 'link' ? SPAWN_REPLY_FLAG.LINK : 0
}

function readArguments(reader: TermReader, async: boolean): Pick<ErpcRequest, 'result' | 'target'> {
  const wanted = async ? 3 : 4
  if (reader.peekTag() === Tag.string) return { result: null, target: null }
  if (reader.readListLength() !== wanted)
    throw new ProtocolError('spawn request: a wrong number of arguments')
  const result = async ? null : reader.readEncoded()
  return { result, target: readTarget(reader) }
}

function readTarget(reader: TermReader): ErpcRequest['target'] {
  if (!isAtomTag(reader.peekTag())) return null
  const module = reader.readAtom()
  if (!isAtomTag(reader.peekTag())) return null
  const name = reader.readAtom()
  if (!isListTag(reader.peekTag())) return null
  return { module, function: name, args: readLastElement(reader) }
}

/**
 * The last element of the list that the frame ends with: what lies before the tail `[]`. It may be long, and
 * is looked at by whoever decodes it.
 */
function readLastElement(reader: TermReader): Uint8Array {
  const { bytes, offset, end } = reader
  return bytes[end - 1] === Tag.nil && end - 1 > offset
    ? bytes.subarray(offset, end - 1)
    : reader.readEncoded()
}
