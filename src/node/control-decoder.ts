/**
 * Bytes → control messages. The reader stands at the control tuple; afterwards it stands behind it, where
 * the payload is, which stays encoded.
 *
 * Malformed bytes throw `ProtocolError`. Elements behind the known ones are skipped, as are operations of
 * later protocols (kind `unknown`).
 */

import { ProtocolError } from '../base/diagnostic.ts'
import {
  atom,
  isAtomTag,
  type Reference,
  Tag,
  type Term,
  type TermReader,
} from '../erlang-term-format/index.ts'
import {
  ALTACT,
  type Altact,
  type Control,
  OPERATION,
  type ProcessName,
  type ReceivedControl,
  type SpawnReply,
  type SpawnRequest,
} from './control.ts'

/** Deep enough for any option list or reason in a control message. */
const maxDepth = 1000

export function decodeControl(reader: TermReader): ReceivedControl {
  const start = reader.offset
  const arity = reader.readTupleArity()
  const operation = readSmall(reader)
  const least = leastArity[operation]
  if (least === undefined) {
    reader.offset = start
    reader.skip()
    return { kind: 'unknown', operation }
  }
  if (arity < least) throw new ProtocolError(`control message ${operation} with ${arity} elements`)
  const control = decodeOperation(operation, reader, arity)
  for (let extra = arity - sizeRead(operation, control); extra > 0; extra--) reader.skip()
  return control
}

/** The arity of each known operation. */
const leastArity: Readonly<Record<number, number>> = {
  [OPERATION.LINK]: 3,
  [OPERATION.SEND]: 3,
  [OPERATION.EXIT]: 4,
  [OPERATION.UNLINK]: 3,
  [OPERATION.REG_SEND]: 4,
  [OPERATION.GROUP_LEADER]: 3,
  [OPERATION.EXIT2]: 4,
  [OPERATION.SEND_TT]: 4,
  [OPERATION.EXIT_TT]: 5,
  [OPERATION.REG_SEND_TT]: 5,
  [OPERATION.EXIT2_TT]: 5,
  [OPERATION.MONITOR_P]: 4,
  [OPERATION.DEMONITOR_P]: 4,
  [OPERATION.MONITOR_P_EXIT]: 5,
  [OPERATION.SEND_SENDER]: 3,
  [OPERATION.SEND_SENDER_TT]: 4,
  [OPERATION.PAYLOAD_EXIT]: 3,
  [OPERATION.PAYLOAD_EXIT_TT]: 4,
  [OPERATION.PAYLOAD_EXIT2]: 3,
  [OPERATION.PAYLOAD_EXIT2_TT]: 4,
  [OPERATION.PAYLOAD_MONITOR_P_EXIT]: 4,
  [OPERATION.SPAWN_REQUEST]: 6,
  [OPERATION.SPAWN_REQUEST_TT]: 7,
  [OPERATION.SPAWN_REPLY]: 5,
  [OPERATION.SPAWN_REPLY_TT]: 6,
  [OPERATION.ALIAS_SEND]: 3,
  [OPERATION.ALIAS_SEND_TT]: 4,
  [OPERATION.UNLINK_ID]: 4,
  [OPERATION.UNLINK_ID_ACK]: 4,
  [OPERATION.ALTACT_SIG_SEND]: 4,
}

/** How many elements `decodeOperation` has read, the operation included. */
function sizeRead(operation: number, control: Control): number {
  const least = leastArity[operation] as number
  return control.kind === 'altact' && control.token !== null ? least + 1 : least
}

function decodeOperation(operation: number, reader: TermReader, arity: number): Control {
  switch (operation) {
    case OPERATION.SEND:
    case OPERATION.SEND_TT:
      reader.skip()
      return { kind: 'send', from: null, to: reader.readPid(), token: token(operation, reader) }
    case OPERATION.SEND_SENDER:
    case OPERATION.SEND_SENDER_TT:
      return { kind: 'send', from: reader.readPid(), to: reader.readPid(), token: token(operation, reader) }
    case OPERATION.REG_SEND:
    case OPERATION.REG_SEND_TT:
      return readSendName(operation, reader)
    case OPERATION.ALIAS_SEND:
    case OPERATION.ALIAS_SEND_TT:
      return {
        kind: 'sendAlias',
        from: reader.readPid(),
        alias: reader.readReference(),
        token: token(operation, reader),
      }
    case OPERATION.SPAWN_REQUEST:
    case OPERATION.SPAWN_REQUEST_TT:
      return readSpawnRequest(operation, reader)
    case OPERATION.SPAWN_REPLY:
    case OPERATION.SPAWN_REPLY_TT:
      return readSpawnReply(operation, reader)
    case OPERATION.ALTACT_SIG_SEND:
      return readAltact(reader, arity)
    default:
      return decodeRelation(operation, reader)
  }
}

/** Links, monitors and exits. */
function decodeRelation(operation: number, reader: TermReader): Control {
  switch (operation) {
    case OPERATION.LINK:
      return { kind: 'link', from: reader.readPid(), to: reader.readPid() }
    case OPERATION.UNLINK:
      return { kind: 'unlink', id: null, from: reader.readPid(), to: reader.readPid() }
    case OPERATION.UNLINK_ID:
      return { kind: 'unlink', id: readId(reader), from: reader.readPid(), to: reader.readPid() }
    case OPERATION.UNLINK_ID_ACK:
      return { kind: 'unlinkAck', id: readId(reader), from: reader.readPid(), to: reader.readPid() }
    case OPERATION.GROUP_LEADER:
      return { kind: 'groupLeader', from: reader.readPid(), to: reader.readPid() }
    case OPERATION.MONITOR_P:
      return readMonitor('monitor', reader)
    case OPERATION.DEMONITOR_P:
      return readMonitor('demonitor', reader)
    case OPERATION.MONITOR_P_EXIT:
    case OPERATION.PAYLOAD_MONITOR_P_EXIT:
      return readMonitorExit(operation, reader)
    default:
      return readExit(operation, reader)
  }
}

function readSendName(operation: number, reader: TermReader): Control {
  const from = reader.readPid()
  reader.skip()
  return { kind: 'sendName', from, name: reader.readAtom(), token: token(operation, reader) }
}

function readMonitor(kind: 'monitor' | 'demonitor', reader: TermReader): Control {
  return { kind, from: reader.readPid(), target: readProcessName(reader), reference: reader.readReference() }
}

function readMonitorExit(operation: number, reader: TermReader): Control {
  return {
    kind: 'monitorExit',
    from: readProcessName(reader),
    to: reader.readPid(),
    reference: reader.readReference(),
    reason: operation === OPERATION.MONITOR_P_EXIT ? reader.readTerm(maxDepth) : null,
  }
}

/** `{Op, From, To [, Token] [, Reason]}`. */
function readExit(operation: number, reader: TermReader): Control {
  const from = reader.readPid()
  const to = reader.readPid()
  const tracing = token(operation, reader)
  const reason = reasonWithin.has(operation) ? reader.readTerm(maxDepth) : null
  return { kind: isExit2.has(operation) ? 'exit2' : 'exit', from, to, reason, token: tracing }
}

const reasonWithin: ReadonlySet<number> = new Set([
  OPERATION.EXIT,
  OPERATION.EXIT_TT,
  OPERATION.EXIT2,
  OPERATION.EXIT2_TT,
])

const isExit2: ReadonlySet<number> = new Set([
  OPERATION.EXIT2,
  OPERATION.EXIT2_TT,
  OPERATION.PAYLOAD_EXIT2,
  OPERATION.PAYLOAD_EXIT2_TT,
])

function readSpawnRequest(operation: number, reader: TermReader): SpawnRequest {
  const reference = reader.readReference()
  const from = reader.readPid()
  const groupLeader = reader.readTerm(maxDepth)
  if (reader.readTupleArity() !== 3) throw new ProtocolError('spawn request: no {M, F, Arity}')
  return {
    kind: 'spawnRequest',
    reference,
    from,
    groupLeader,
    module: reader.readAtom(),
    function: reader.readAtom(),
    arity: readSmall(reader),
    options: reader.readTerm(maxDepth),
    token: token(operation, reader),
  }
}

function readSpawnReply(operation: number, reader: TermReader): SpawnReply {
  return {
    kind: 'spawnReply',
    reference: reader.readReference(),
    to: reader.readPid(),
    flags: readSmall(reader),
    result: readProcessName(reader),
    token: token(operation, reader),
  }
}

function readAltact(reader: TermReader, arity: number): Altact {
  const flags = readSmall(reader)
  const from = reader.readPid()
  const to = readAltactTarget(reader, flags)
  const traced = (flags & ALTACT.TOKEN) !== 0
  if (traced && arity < 5) throw new ProtocolError('control message 37 without its token')
  return { kind: 'altact', flags, from, to, token: traced ? reader.readTerm(maxDepth) : null }
}

function readAltactTarget(reader: TermReader, flags: number): ProcessName | Reference {
  if ((flags & ALTACT.ALIAS) !== 0) return reader.readReference()
  return (flags & ALTACT.NAME) !== 0 ? atom(reader.readAtom()) : reader.readPid()
}

const traced: ReadonlySet<number> = new Set([
  OPERATION.SEND_TT,
  OPERATION.EXIT_TT,
  OPERATION.REG_SEND_TT,
  OPERATION.EXIT2_TT,
  OPERATION.SEND_SENDER_TT,
  OPERATION.PAYLOAD_EXIT_TT,
  OPERATION.PAYLOAD_EXIT2_TT,
  OPERATION.SPAWN_REQUEST_TT,
  OPERATION.SPAWN_REPLY_TT,
  OPERATION.ALIAS_SEND_TT,
])

function token(operation: number, reader: TermReader): Term | null {
  return traced.has(operation) ? reader.readTerm(maxDepth) : null
}

function readProcessName(reader: TermReader): ProcessName {
  return isAtomTag(reader.peekTag()) ? atom(reader.readAtom()) : reader.readPid()
}

/** An operation, an arity or flags. */
function readSmall(reader: TermReader): number {
  const value = reader.readInteger()
  if (typeof value !== 'number' || value < 0)
    throw new ProtocolError('control message: a number is out of range')
  return value
}

/** An identifier of an unlink: 1 to 2⁶⁴-1. */
function readId(reader: TermReader): bigint {
  const value = BigInt(reader.readInteger())
  if (value < 1n || value >> 64n !== 0n)
    throw new ProtocolError('control message: an unlink id is out of range')
  return value
}

/** The view behind the version byte of what follows the control message, or null when nothing follows. */
export function readPayload(reader: TermReader): Uint8Array | null {
  if (reader.atEnd) return null
  if (reader.readU8() !== Tag.magic) throw new ProtocolError('no version byte before the payload')
  return reader.bytes.subarray(reader.offset, reader.end)
}
