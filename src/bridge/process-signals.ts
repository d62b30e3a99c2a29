/**
 * What the two sides of an OCaml process tell each other: its thread in a domain (processes.ts), and what stands for it in the node
 * (process-agent.ts).
 */

/** What a process of OCaml code does, or asks for. */
export type SignalKind =
  /** Of no process: more numbers are wanted. */
  | 'numbers'
  /** It exists from now on; `count` 1: it is what a call runs in. */
  | 'start'
  /** It is over; `payload` is the reason. */
  | 'end'
  /**
   * It stands for a channel, a synchronous one if `count` is 1; or the channel that a module exports has such a process by this `name`, and
   * its number is the node's affair.
   */
  | 'channel'
  /** Nobody has it any more. */
  | 'channel_end'
  | 'send'
  | 'link'
  | 'unlink'
  /** `payload` is a reason. */
  | 'exit'
  /** `count` 1: exit signals become messages. */
  | 'trap'
  /** `payload` is the reference, also in the next ones. */
  | 'monitor'
  | 'demonitor'
  | 'alias'
  | 'unalias'
  /** `count` 1 or 0. */
  | 'monitor_node'
  /** `count`: milliseconds. The answer, if there is one, is for `cancel_timer` of the same number. */
  | 'send_after'
  // What is answered, by the number in `id`.
  | 'register'
  | 'unregister'
  | 'whereis'
  /** `payload` is `{Module, Function, Args}`; `count`: milliseconds; `target`: who gets what the function prints, or nothing. */
  | 'call'
  /** The same with `{Fun, Args}`; what the fun does ends with the process. */
  | 'apply'
  | 'gen_call'
  /** A function of `global`, in `name`; `payload` is the list of arguments; `count`: milliseconds. */
  | 'global'
  | 'cancel_timer'
  /** `target` is a process of this node, `payload` the group. */
  | 'pg_join'
  | 'pg_leave'
  | 'pg_members'

export const signalKinds: readonly SignalKind[] = [
  'numbers',
  'start',
  'end',
  'channel',
  'channel_end',
  'send',
  'link',
  'unlink',
  'exit',
  'trap',
  'monitor',
  'demonitor',
  'alias',
  'unalias',
  'monitor_node',
  'send_after',
  'register',
  'unregister',
  'whereis',
  'call',
  'apply',
  'gen_call',
  'global',
  'cancel_timer',
  'pg_join',
  'pg_leave',
  'pg_members',
]

export interface ProcessSignal {
  readonly kind: SignalKind
  /** The process's number on the node. */
  readonly process: number
  /** A number of the domain for what is answered, and for timers. */
  readonly id: number
  readonly count: number
  /** A registered name, where the target is no pid. */
  readonly name: string
  readonly node: string
  /** An encoded pid or reference, or nothing. */
  readonly target: Uint8Array
  /** An encoded term, or nothing. */
  readonly payload: Uint8Array
}

/** What reaches a process of OCaml code. */
export type ProcessEventMessage =
  | { readonly kind: 'message'; readonly process: number; readonly payload: Uint8Array }
  /** What it prints goes elsewhere from now on, to the process that is encoded. */
  | { readonly kind: 'leader'; readonly process: number; readonly payload: Uint8Array }
  /** It is over, and its thread has to end. */
  | { readonly kind: 'kill'; readonly process: number }
  /** An encoded term. */
  | { readonly kind: 'answer'; readonly id: number; readonly payload: Uint8Array }
  | { readonly kind: 'numbers'; readonly numbers: Numbers }
  /** A node takes messages more slowly than they are sent: senders wait, until it is said that it does not. */
  | { readonly kind: 'busy'; readonly node: string; readonly isBusy: boolean }
  /** The nodes that are connected now. */
  | { readonly kind: 'nodes'; readonly names: readonly string[] }

/** Numbers for processes: `count` of them from `first` on. */
export interface Numbers {
  readonly first: number
  readonly count: number
}

/** The node as a domain needs to know it. */
export interface NodeFacts {
  readonly name: string
  readonly creation: number
  /** In the references that the domain makes; no other life of a domain has it. */
  readonly mark: number
  readonly numbers: Numbers
}
