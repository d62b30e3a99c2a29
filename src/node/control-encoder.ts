/** Control messages → bytes, in the shape that the connection's capabilities call for. */

import { atom, type Term, type TermWriter } from '../erlang-term-format/index.ts'
import {
  ALTACT,
  type Altact,
  type Control,
  type Exit,
  type Exit2,
  type MonitorExit,
  OPERATION,
  type Send,
  type SpawnReply,
  type SpawnRequest,
  type Unlink,
} from './control.ts'
import type { Capabilities } from './flags.ts'

/** The field that means nothing. */
const unused = atom('')

/**
 * Writes the control tuple. A `reason` of null goes as payload, which the caller sends behind it, so it is
 * for connections with `exitPayload` only.
 */
export function encodeControl(writer: TermWriter, control: Control, capabilities: Capabilities): void {
  switch (control.kind) {
    case 'link':
      elements(writer, [OPERATION.LINK, control.from, control.to])
      break
    case 'unlink':
      encodeUnlink(writer, control, capabilities)
      break
    case 'unlinkAck':
      elements(writer, [OPERATION.UNLINK_ID_ACK, control.id, control.from, control.to])
      break
    case 'send':
      encodeSend(writer, control, capabilities)
      break
    case 'sendName':
      withToken(writer, OPERATION.REG_SEND, OPERATION.REG_SEND_TT, control.token, [
        control.from,
        unused,
        atom(control.name),
      ])
      break
    case 'sendAlias':
      withToken(writer, OPERATION.ALIAS_SEND, OPERATION.ALIAS_SEND_TT, control.token, [
        control.from,
        control.alias,
      ])
      break
    case 'exit':
      encodeExit(writer, control, exitOperations)
      break
    case 'exit2':
      encodeExit(writer, control, exit2Operations)
      break
    case 'groupLeader':
      elements(writer, [OPERATION.GROUP_LEADER, control.from, control.to])
      break
    case 'monitor':
      elements(writer, [OPERATION.MONITOR_P, control.from, control.target, control.reference])
      break
    case 'demonitor':
      elements(writer, [OPERATION.DEMONITOR_P, control.from, control.target, control.reference])
      break
    case 'monitorExit':
      encodeMonitorExit(writer, control)
      break
    case 'spawnRequest':
      encodeSpawnRequest(writer, control)
      break
    case 'spawnReply':
      encodeSpawnReply(writer, control)
      break
    case 'altact':
      encodeAltact(writer, control)
      break
  }
}

function encodeUnlink(writer: TermWriter, { id, from, to }: Unlink, { unlinkId }: Capabilities): void {
  if (id === null || !unlinkId) elements(writer, [OPERATION.UNLINK, from, to])
  else elements(writer, [OPERATION.UNLINK_ID, id, from, to])
}

function encodeSend(writer: TermWriter, control: Send, { sendSender }: Capabilities): void {
  const { from, to, token } = control
  if (sendSender && from !== null) {
    withToken(writer, OPERATION.SEND_SENDER, OPERATION.SEND_SENDER_TT, token, [from, to])
  } else {
    withToken(writer, OPERATION.SEND, OPERATION.SEND_TT, token, [unused, to])
  }
}

interface ExitOperations {
  readonly plain: number
  readonly traced: number
  readonly payload: number
  readonly payloadTraced: number
}

const exitOperations: ExitOperations = {
  plain: OPERATION.EXIT,
  traced: OPERATION.EXIT_TT,
  payload: OPERATION.PAYLOAD_EXIT,
  payloadTraced: OPERATION.PAYLOAD_EXIT_TT,
}

const exit2Operations: ExitOperations = {
  plain: OPERATION.EXIT2,
  traced: OPERATION.EXIT2_TT,
  payload: OPERATION.PAYLOAD_EXIT2,
  payloadTraced: OPERATION.PAYLOAD_EXIT2_TT,
}

/** `{Op, From, To [, Token] [, Reason]}`. */
function encodeExit(writer: TermWriter, control: Exit | Exit2, operations: ExitOperations): void {
  const { from, to, token, reason } = control
  const tokens = token === null ? [] : [token]
  if (reason === null) {
    const operation = token === null ? operations.payload : operations.payloadTraced
    elements(writer, [operation, from, to, ...tokens])
  } else {
    const operation = token === null ? operations.plain : operations.traced
    elements(writer, [operation, from, to, ...tokens, reason])
  }
}

function encodeMonitorExit(writer: TermWriter, control: MonitorExit): void {
  const { from, to, reference, reason } = control
  if (reason === null) elements(writer, [OPERATION.PAYLOAD_MONITOR_P_EXIT, from, to, reference])
  else elements(writer, [OPERATION.MONITOR_P_EXIT, from, to, reference, reason])
}

function encodeSpawnRequest(writer: TermWriter, control: SpawnRequest): void {
  const { token } = control
  writer.tupleHeader(token === null ? 6 : 7)
  writer.int(token === null ? OPERATION.SPAWN_REQUEST : OPERATION.SPAWN_REQUEST_TT)
  writer.reference(control.reference)
  writer.pid(control.from)
  writer.term(control.groupLeader)
  writer.tupleHeader(3)
  writer.atom(control.module)
  writer.atom(control.function)
  writer.int(control.arity)
  writer.term(control.options)
  if (token !== null) writer.term(token)
}

function encodeSpawnReply(writer: TermWriter, control: SpawnReply): void {
  const { reference, to, flags, result, token } = control
  const tokens = token === null ? [] : [token]
  const operation = token === null ? OPERATION.SPAWN_REPLY : OPERATION.SPAWN_REPLY_TT
  elements(writer, [operation, reference, to, flags, result, ...tokens])
}

function encodeAltact(writer: TermWriter, control: Altact): void {
  const { from, to, token } = control
  const flags = token === null ? control.flags & ~ALTACT.TOKEN : control.flags | ALTACT.TOKEN
  elements(writer, [OPERATION.ALTACT_SIG_SEND, flags, from, to, ...(token === null ? [] : [token])])
}

function withToken(
  writer: TermWriter,
  plain: number,
  traced: number,
  token: Term | null,
  rest: readonly Term[],
): void {
  if (token === null) elements(writer, [plain, ...rest])
  else elements(writer, [traced, ...rest, token])
}

function elements(writer: TermWriter, parts: readonly (number | bigint | Term)[]): void {
  writer.tupleHeader(parts.length)
  for (const part of parts) {
    if (typeof part === 'object') writer.term(part)
    else writer.int(part)
  }
}
