/** What is said instead of a signal: to its sender when it reaches nobody, to a peer that is too old for it. */

import { atom } from '../erlang-term-format/index.ts'
import {
  ALTACT,
  type Altact,
  type Control,
  type Exit,
  type MonitorExit,
  type SpawnReply,
  type UnlinkAck,
} from './control.ts'
import type { Capabilities } from './flags.ts'

const notSupported = atom('notsup')

export type Answer = MonitorExit | Exit | UnlinkAck | SpawnReply

/** What the sender of a signal hears when there is nobody, or no connection; the reason is to be its payload. */
export function answerForNobody(control: Control): Answer | null {
  switch (control.kind) {
    case 'monitor': {
      const { from: to, target: from, reference } = control
      return { kind: 'monitorExit', from, to, reference, reason: null }
    }
    case 'link': {
      const { from: to, to: from } = control
      return { kind: 'exit', from, to, reason: null, token: null }
    }
    case 'unlink': {
      const { from: to, to: from, id } = control
      return id === null ? null : { kind: 'unlinkAck', id, from, to }
    }
    case 'spawnRequest': {
      const { from: to, reference } = control
      return { kind: 'spawnReply', reference, to, flags: 0, result: atom('noconnection'), token: null }
    }
    default:
      return null
  }
}

export function reasonFor(answer: Answer, reason: Uint8Array): Uint8Array | null {
  return 'reason' in answer ? reason : null
}

/** What the sender of a signal hears when its peer is too old for it; the reason is to be the payload. */
export function answerForOldPeer(
  control: Control,
  { spawn, monitorName, unlinkId }: Capabilities,
): Answer | null {
  switch (control.kind) {
    case 'spawnRequest': {
      const { from: to, reference } = control
      return spawn ? null : { kind: 'spawnReply', reference, to, flags: 0, result: notSupported, token: null }
    }
    case 'monitor':
      return monitorName || control.target.kind === 'pid' ? null : answerForNobody(control)
    case 'unlink':
      return unlinkId ? null : answerForNobody(control)
    default:
      return null
  }
}

/** Whether a peer can be sent a signal at all. */
export function understands(control: Control, { spawn, alias, monitorName }: Capabilities): boolean {
  switch (control.kind) {
    case 'spawnRequest':
      return spawn
    case 'sendAlias':
      return alias
    case 'monitor':
    case 'demonitor':
      return monitorName || control.target.kind === 'pid'
    default:
      return true
  }
}

/** The signal of older protocols that an ALTACT signal stands for; its priority means nothing here. */
export function plainSignal({ flags, from, to, token }: Altact): Control {
  if (to.kind === 'reference') return { kind: 'sendAlias', from, alias: to, token }
  if (to.kind === 'atom') return { kind: 'sendName', from, name: to.name, token }
  if ((flags & ALTACT.EXIT) !== 0) return { kind: 'exit2', from, to, reason: null, token }
  return { kind: 'send', from, to, token }
}
