/**
 * Calling a function on another node the way `erpc:call` does: SPAWN_REQUEST with a monitor, and the result
 * in the reason of the exit. What the function prints goes to the given group leader, or is refused.
 *
 * Reference: `erpc` of the kernel.
 */

import {
  atom,
  decodeBare,
  encodeBare,
  isAtom,
  isTuple,
  type Pid,
  type Reference,
  type Term,
  TermReader,
  tuple,
} from '../erlang-term-format/index.ts'
import type { ProcessName } from './control.ts'
import type { CallOutcome } from './dispatcher.ts'
import { ATOM, encodedAtom, encodedList, encodedTerm, referenceKey } from './encoded.ts'
import { isTupleTag } from './gen-call.ts'
import type { LocalProcess, ProcessEvent } from './process.ts'
import type { ServiceHost } from './service-host.ts'

/** How a call of ours ended; terms are encoded, without version byte. */
export type CallResult =
  | CallOutcome
  /** No outcome: `noconnection`, `timeout`, `notsup`, or whatever ended the process over there. */
  | { readonly kind: 'failed'; readonly reason: Uint8Array }

/** Which function of which node to call with what, and how long to wait. */
export interface OutgoingRequest {
  readonly peer: string
  readonly module: string
  readonly function: string
  /** The encoded list. */
  readonly args: Uint8Array
  readonly timeoutMs: number
  /** Who gets what it prints. */
  readonly groupLeader?: Pid | undefined
  /** Told which process runs it. */
  readonly onRunner?: ((runner: Pid) => void) | undefined
}

/** A call of ours that has not ended. Nothing is heard of it after either. */
export interface OutgoingCall {
  /** What runs over there goes on, as when the caller of `erpc:call` dies. */
  abandon(): void
  /** What runs over there is killed. */
  kill(): void
}

/** Calls `module:name(args…)` on a connected node; `args` is the encoded list. Never rejects. */
export function callRemote(
  node: ServiceHost,
  peer: string,
  module: string,
  name: string,
  args: Uint8Array | Term,
  timeoutMs: number,
): Promise<CallResult> {
  const request = { peer, module, function: name, args: encodedTerm(args), timeoutMs }
  return new Promise((resolve) => {
    startCall(node, request, resolve)
  })
}

/** The same, with a call that can be given up; `done` is called once, unless it is. */
export function startCall(
  node: ServiceHost,
  request: OutgoingRequest,
  done: (result: CallResult) => void,
): OutgoingCall {
  const call = new RemoteCall(node, done)
  call.start(request)
  return call
}

class RemoteCall implements OutgoingCall {
  private readonly node: ServiceHost
  private readonly done: (result: CallResult) => void
  private readonly result: Reference
  private readonly process: LocalProcess
  /** What runs over there, once it does. */
  private runner: Pid | undefined
  private state: 'awaited' | 'to be killed' | 'over' = 'awaited'
  private cancelTimer = (): void => {}
  private onRunner: ((runner: Pid) => void) | undefined

  constructor(node: ServiceHost, done: (result: CallResult) => void) {
    this.node = node
    this.done = done
    this.result = node.makeReference()
    this.process = node.spawn({ event: (event) => this.event(event) })
  }

  start({ peer, module, function: name, args, timeoutMs, groupLeader, onRunner }: OutgoingRequest): void {
    this.process.groupLeader = groupLeader
    this.onRunner = onRunner
    this.cancelTimer = this.node.clock.after(timeoutMs, () => {
      this.finish({ kind: 'failed', reason: ATOM.timeout })
    })
    this.process.spawnRemote(peer, 'erpc', 'execute_call', 4, this.arguments(module, name, args))
  }

  abandon(): void {
    this.state = 'over'
    this.end()
  }

  kill(): void {
    if (this.state === 'over') return
    this.state = 'to be killed'
    this.cancelTimer()
    // Before that is known the answer to the request, or the end of the connection, is still to come.
    if (this.runner !== undefined) this.killRunner(this.runner)
  }

  private killRunner(runner: Pid): void {
    this.process.exitOther(runner, ATOM.kill)
    this.abandon()
  }

  /** `[Res, M, F, A]`, encoded. */
  private arguments(module: string, name: string, args: Uint8Array): Uint8Array {
    return encodedList(encodeBare(this.result), encodedAtom(module), encodedAtom(name), args)
  }

  private event(event: ProcessEvent): void {
    if (event.kind === 'message') this.refuseOutput(event.payload)
    else if (event.kind === 'down') this.finish(this.resultOf(event.reason))
    else if (event.kind === 'spawned') this.spawned(event.result)
  }

  private spawned(result: ProcessName): void {
    if (result.kind === 'atom') return this.finish({ kind: 'failed', reason: encodeBare(result) })
    this.runner = result
    if (this.state === 'to be killed') this.killRunner(result)
    else this.onRunner?.(result)
  }

  /** It is the group leader of what runs over there, which must not wait for an answer to what it prints. */
  private refuseOutput(payload: Uint8Array): void {
    const request = decodeBare(payload)
    if (!isTuple(request, 4)) return
    const [what, from, replyAs] = request.elements
    if (what === undefined || !isAtom(what, 'io_request') || from?.kind !== 'pid' || replyAs === undefined)
      return
    this.process.send(from, tuple(atom('io_reply'), replyAs, tuple(atom('error'), atom('request'))))
  }

  private finish(result: CallResult): void {
    const isAwaited = this.state === 'awaited'
    this.state = 'over'
    this.end()
    if (isAwaited) this.done(result)
  }

  /** The exit of our process takes the monitor off what still runs. */
  private end(): void {
    this.cancelTimer()
    this.process.exit()
  }

  /** What the reason of the exit says, if it is one of ours. */
  private resultOf(reason: Uint8Array): CallResult {
    const reader = new TermReader(reason)
    const arity = isTupleTag(reader.peekTag()) ? reader.readTupleArity() : 0
    const outcome = arity >= 3 && this.isOurs(reader) ? readOutcome(reader, arity) : null
    return outcome ?? { kind: 'failed', reason }
  }

  private isOurs(reader: TermReader): boolean {
    const term = reader.readTerm()
    return term.kind === 'reference' && referenceKey(term) === referenceKey(this.result)
  }
}

/** `return, V`, `throw, T`, `exit, E`, `error, R, Stack`, where the reader stands. */
function readOutcome(reader: TermReader, arity: number): CallOutcome | null {
  const what = reader.readTerm()
  if (isAtom(what, 'return')) return { kind: 'return', value: reader.readEncoded() }
  const stack = Uint8Array.of(106)
  for (const kind of ['throw', 'exit'] as const) {
    if (isAtom(what, kind)) return { kind: 'raise', class: kind, reason: reader.readEncoded(), stack }
  }
  if (!isAtom(what, 'error') || arity !== 4) return null
  return { kind: 'raise', class: 'error', reason: reader.readEncoded(), stack: reader.readEncoded() }
}
