/**
 * Control messages: what one node tells another about processes.
 *
 * Operations that differ only in where a reason or a trace token stands are one kind here: `reason` is
 * null when it travels as the payload behind the control message, `token` is null when nobody traces.
 *
 * Reference: "Protocol between Connected Nodes" of the ERTS user's guide. Operation 37 is of OTP 28.
 */

import type { Atom, Pid, Reference, Term } from '../erlang-term-format/index.ts'

/** The operations by their names in the emulator; TT: with a trace token. */
export const OPERATION = {
  LINK: 1,
  SEND: 2,
  EXIT: 3,
  UNLINK: 4,
  REG_SEND: 6,
  GROUP_LEADER: 7,
  EXIT2: 8,
  SEND_TT: 12,
  EXIT_TT: 13,
  REG_SEND_TT: 16,
  EXIT2_TT: 18,
  MONITOR_P: 19,
  DEMONITOR_P: 20,
  MONITOR_P_EXIT: 21,
  SEND_SENDER: 22,
  SEND_SENDER_TT: 23,
  PAYLOAD_EXIT: 24,
  PAYLOAD_EXIT_TT: 25,
  PAYLOAD_EXIT2: 26,
  PAYLOAD_EXIT2_TT: 27,
  PAYLOAD_MONITOR_P_EXIT: 28,
  SPAWN_REQUEST: 29,
  SPAWN_REQUEST_TT: 30,
  SPAWN_REPLY: 31,
  SPAWN_REPLY_TT: 32,
  ALIAS_SEND: 33,
  ALIAS_SEND_TT: 34,
  UNLINK_ID: 35,
  UNLINK_ID_ACK: 36,
  ALTACT_SIG_SEND: 37,
} as const

/** Flags of `ALTACT_SIG_SEND`. */
export const ALTACT = { PRIORITY: 1, TOKEN: 2, ALIAS: 4, NAME: 8, EXIT: 16 } as const

/** Flags of `SPAWN_REPLY`. */
export const SPAWN_REPLY_FLAG = { LINK: 1, MONITOR: 2 } as const

/** A process by its pid, or by the name it is registered under. */
export type ProcessName = Pid | Atom

export interface Link {
  readonly kind: 'link'
  readonly from: Pid
  readonly to: Pid
}

/** UNLINK, UNLINK_ID: `id` is null in the former. */
export interface Unlink {
  readonly kind: 'unlink'
  readonly id: bigint | null
  readonly from: Pid
  readonly to: Pid
}

export interface UnlinkAck {
  readonly kind: 'unlinkAck'
  readonly id: bigint
  readonly from: Pid
  readonly to: Pid
}

/** A message to a pid; `from` is null in SEND. */
export interface Send {
  readonly kind: 'send'
  readonly from: Pid | null
  readonly to: Pid
  readonly token: Term | null
}

export interface SendName {
  readonly kind: 'sendName'
  readonly from: Pid
  readonly name: string
  readonly token: Term | null
}

export interface SendAlias {
  readonly kind: 'sendAlias'
  readonly from: Pid
  readonly alias: Reference
  readonly token: Term | null
}

/** What breaks a link. */
export interface Exit {
  readonly kind: 'exit'
  readonly from: Pid
  readonly to: Pid
  readonly reason: Term | null
  readonly token: Term | null
}

/** What `exit/2` sends. */
export interface Exit2 {
  readonly kind: 'exit2'
  readonly from: Pid
  readonly to: Pid
  readonly reason: Term | null
  readonly token: Term | null
}

export interface GroupLeader {
  readonly kind: 'groupLeader'
  readonly from: Pid
  readonly to: Pid
}

export interface Monitor {
  readonly kind: 'monitor'
  readonly from: Pid
  readonly target: ProcessName
  readonly reference: Reference
}

export interface Demonitor {
  readonly kind: 'demonitor'
  readonly from: Pid
  readonly target: ProcessName
  readonly reference: Reference
}

/** A monitored process, under the name it was monitored by, is gone. */
export interface MonitorExit {
  readonly kind: 'monitorExit'
  readonly from: ProcessName
  readonly to: Pid
  readonly reference: Reference
  readonly reason: Term | null
}

/** The arguments are the payload. */
export interface SpawnRequest {
  readonly kind: 'spawnRequest'
  readonly reference: Reference
  readonly from: Pid
  readonly groupLeader: Term
  readonly module: string
  readonly function: string
  readonly arity: number
  readonly options: Term
  readonly token: Term | null
}

export interface SpawnReply {
  readonly kind: 'spawnReply'
  readonly reference: Reference
  readonly to: Pid
  /** `SPAWN_REPLY_FLAG`s. */
  readonly flags: number
  /** The new process, or why there is none. */
  readonly result: ProcessName
  readonly token: Term | null
}

/** A signal of OTP 28 with `ALTACT` flags; with EXIT the payload is a reason, else a message. */
export interface Altact {
  readonly kind: 'altact'
  readonly flags: number
  readonly from: Pid
  readonly to: ProcessName | Reference
  readonly token: Term | null
}

/** An operation of a later protocol. */
export interface Unknown {
  readonly kind: 'unknown'
  readonly operation: number
}

export type Control =
  | Link
  | Unlink
  | UnlinkAck
  | Send
  | SendName
  | SendAlias
  | Exit
  | Exit2
  | GroupLeader
  | Monitor
  | Demonitor
  | MonitorExit
  | SpawnRequest
  | SpawnReply
  | Altact

export type ReceivedControl = Control | Unknown
