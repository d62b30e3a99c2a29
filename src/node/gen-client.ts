/**
 * Calling a `gen_server`, or whatever answers such calls: a monitor, a message with an alias to answer to, and then the reply, the end of the
 * server, or the end of patience.
 *
 * Reference: `gen:call/4` of stdlib.
 */

import { encodeBare, type Reference, TermReader } from '../erlang-term-format/index.ts'
import { ATOM, atomName, encodedAtom, encodedTuple, referenceKey } from './encoded.ts'
import { isTupleTag } from './gen-call.ts'
import type { ErlangNode } from './node.ts'
import type { Destination, LocalProcess, ProcessEvent } from './process.ts'

export type GenResult =
  | { readonly kind: 'reply'; readonly reply: Uint8Array }
  /** `timeout`, `noproc`, `{nodedown, Node}`, or what ended the server. */
  | { readonly kind: 'failed'; readonly reason: Uint8Array }

const genCallAtom = encodedAtom('$gen_call')
const aliasAtom = encodedAtom('alias')

/** Sends an encoded request; `done` is called once, unless the function that this yields gives the call up. */
export function startGenCall(
  node: ErlangNode,
  to: Destination,
  request: Uint8Array,
  timeoutMs: number,
  done: (result: GenResult) => void,
): () => void {
  const call = new OutgoingGenCall(node, done)
  call.start(to, request, timeoutMs)
  return () => call.abandon()
}

class OutgoingGenCall {
  private readonly node: ErlangNode
  private readonly done: (result: GenResult) => void
  private readonly process: LocalProcess
  private readonly alias: Reference
  private monitor: Reference | undefined
  /** Where the server is. */
  private home = ''
  private cancelTimer = (): void => {}

  constructor(node: ErlangNode, done: (result: GenResult) => void) {
    this.node = node
    this.done = done
    this.process = node.spawn({ event: (event) => this.event(event) })
    this.alias = node.makeAlias(this.process)
  }

  start(to: Destination, request: Uint8Array, timeoutMs: number): void {
    this.cancelTimer = this.node.clock.after(timeoutMs, () => this.fail(ATOM.timeout))
    this.home = to.node
    if (to.kind !== 'reference') this.monitor = this.process.monitor(to)
    this.process.send(to, encodedTuple(genCallAtom, this.from(), request))
  }

  /** `{Pid, [alias|Ref]}`, encoded. */
  private from(): Uint8Array {
    const tag = Buffer.concat([Uint8Array.of(108, 0, 0, 0, 1), aliasAtom, encodeBare(this.alias)])
    return encodedTuple(encodeBare(this.process.pid), tag)
  }

  private event(event: ProcessEvent): void {
    if (event.kind === 'message') this.take(event.payload)
    else if (event.kind === 'down') this.down(event.reference, event.reason)
  }

  /** `{[alias|Ref], Reply}`. */
  private take(payload: Uint8Array): void {
    const reader = new TermReader(payload)
    if (!isTupleTag(reader.peekTag()) || reader.readTupleArity() !== 2) return
    reader.skip()
    this.finish({ kind: 'reply', reply: reader.readEncoded() })
  }

  private down(reference: Reference, reason: Uint8Array): void {
    if (this.monitor === undefined || referenceKey(reference) !== referenceKey(this.monitor)) return
    const isLost = atomName(reason) === 'noconnection'
    this.fail(isLost ? encodedTuple(ATOM.nodedown, encodedAtom(this.home)) : reason)
  }

  private fail(reason: Uint8Array): void {
    this.finish({ kind: 'failed', reason })
  }

  private finish(result: GenResult): void {
    if (!this.process.isAlive) return
    this.abandon()
    this.done(result)
  }

  abandon(): void {
    this.cancelTimer()
    this.process.exit()
  }
}
