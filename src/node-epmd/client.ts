/**
 * Asking an EPMD: which port a node has, and which nodes there are. One connection per question.
 */

import { ProtocolError } from '../base/diagnostic.ts'
import type { Clock, Network, Transport, TransportEvents } from '../base/ports.ts'
import type { NamesReply, NodeEntry, Request } from './protocol.ts'
import {
  decodeNamesReply,
  decodePortReply,
  encodeRequest,
  maxNamesReplyBytes,
  maxPortReplyBytes,
  Received,
} from './protocol.ts'

/** Where an EPMD listens, and what is needed to ask it. */
export interface EpmdAddress {
  readonly network: Network
  readonly clock: Clock
  readonly host: string
  /** 4369 unless told otherwise. */
  readonly port?: number
  /** Milliseconds for a whole exchange; 5000 unless told otherwise. */
  readonly timeout?: number
}

export const defaultEpmdPort = 4369
export const defaultTimeout = 5000

/** What EPMD knows of a node, by its name without host; null if it knows none. Rejects if EPMD does not answer. */
export function lookup(epmd: EpmdAddress, name: string): Promise<NodeEntry | null> {
  return new Promise((resolve, reject) => {
    new Exchange(epmd, { kind: 'portPlease', name }, maxPortReplyBytes, reject, (bytes, closed) => {
      const reply = decodePortReply(bytes)
      if (reply !== null) resolve(reply.node)
      else if (closed) throw new ProtocolError('EPMD reply cut short')
      return reply !== null
    })
  })
}

/** All nodes that are registered, and the port that EPMD says it listens on. */
export function names(epmd: EpmdAddress): Promise<NamesReply> {
  return new Promise((resolve, reject) => {
    new Exchange(epmd, { kind: 'names' }, maxNamesReplyBytes, reject, (bytes, closed) => {
      if (closed) resolve(decodeNamesReply(bytes))
      return closed
    })
  })
}

/** Takes all bytes so far and whether they are all there are; true when it has its answer. */
type TakeReply = (bytes: Uint8Array, closed: boolean) => boolean

/** One request, one reply, within a time. */
class Exchange {
  private transport: Transport | null = null
  private settled = false
  private readonly received: Received
  private readonly take: TakeReply
  private readonly reject: (error: Error) => void
  private readonly cancelTimeout: () => void

  constructor(
    epmd: EpmdAddress,
    request: Request,
    limit: number,
    reject: (error: Error) => void,
    take: TakeReply,
  ) {
    this.received = new Received(limit)
    this.take = take
    this.reject = reject
    this.cancelTimeout = epmd.clock.after(epmd.timeout ?? defaultTimeout, () =>
      this.fail(new Error('EPMD does not answer')),
    )
    epmd.network.connect(
      epmd.host,
      epmd.port ?? defaultEpmdPort,
      (transport) => this.open(transport, request),
      (error) => this.fail(error),
    )
  }

  private open(transport: Transport, request: Request): TransportEvents {
    this.transport = transport
    if (this.settled) transport.destroy()
    else transport.write(encodeRequest(request))
    return {
      data: (piece) => this.attempt(() => this.take(this.received.push(piece), false)),
      drained: () => {},
      closed: (error) => this.closed(error),
    }
  }

  private closed(error?: Error): void {
    if (error !== undefined) this.fail(error)
    else this.attempt(() => this.take(this.received.all, true))
  }

  private attempt(take: () => boolean): void {
    if (this.settled) return
    try {
      if (take()) this.settle()
    } catch (error) {
      this.fail(error as Error)
    }
  }

  private fail(error: Error): void {
    if (this.settled) return
    this.settle()
    this.reject(error)
  }

  private settle(): void {
    this.settled = true
    this.cancelTimeout()
    this.transport?.destroy()
  }
}
