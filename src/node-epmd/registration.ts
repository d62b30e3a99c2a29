/**
 * Keeping a node registered with an EPMD.
 *
 *   connecting ──► waiting for the reply ──► registered
 *       ▲  │failed         │refused, failed       │ EPMD closed: lost
 *       │  ▼               ▼                      │
 *       └─ pausing ◄──────────────────────────────┘
 *
 * A registration lasts as long as its connection. When that ends, EPMD has been stopped, so this connects
 * again, with growing pauses, until `stop`. Each time EPMD accepts, it gives a creation, which has to go into every
 * pid made from then on.
 */

import { ProtocolError } from '../base/diagnostic.ts'
import type { Clock, Log, Network, Transport, TransportEvents } from '../base/ports.ts'
import { silentLog } from '../base/ports.ts'
import { defaultEpmdPort, defaultTimeout } from './client.ts'
import type { NodeEntry } from './protocol.ts'
import { decodeAliveReply, encodeRequest, Received } from './protocol.ts'

/** The longest reply to ALIVE2. */
const maxReplyBytes = 6

export interface RegistrationOptions {
  readonly network: Network
  readonly clock: Clock
  readonly log?: Log
  readonly host: string
  readonly port?: number
  /** Milliseconds for connecting and getting the reply. */
  readonly timeout?: number
  /** Milliseconds of the first pause (100) and of the longest (2000); in between each is twice the last. */
  readonly firstPause?: number
  readonly longestPause?: number
}

/**
 * Why there is no registration at the moment: EPMD could not be reached or answered wrongly, it refused
 * the name (another node has it), or it closed an existing registration.
 */
export interface RegistrationFailure {
  readonly kind: 'unreachable' | 'refused' | 'lost'
  readonly message: string
}

export interface RegistrationEvents {
  /** EPMD has accepted the name, for the first time or again. */
  registered(creation: number): void
  /** There is no registration now; another attempt follows unless `stop` is called. */
  failed(failure: RegistrationFailure): void
}

export class Registration {
  private readonly options: RegistrationOptions
  private readonly node: NodeEntry
  private readonly events: RegistrationEvents
  private readonly log: Log
  private pause: number
  /** Events of an attempt that is not the current one are ignored. */
  private attempt = 0
  private transport: Transport | null = null
  private cancelTimer: () => void = () => {}
  private stopped = true
  private creationGiven: number | null = null

  constructor(options: RegistrationOptions, node: NodeEntry, events: RegistrationEvents) {
    this.options = options
    this.node = node
    this.events = events
    this.log = options.log ?? silentLog
    this.pause = this.firstPause
  }

  /** The creation EPMD gave, or null while not registered. */
  get creation(): number | null {
    return this.creationGiven
  }

  start(): void {
    if (!this.stopped) return
    this.stopped = false
    this.connect()
  }

  /** Gives the name up. */
  stop(): void {
    this.stopped = true
    this.endAttempt()
  }

  private get firstPause(): number {
    return this.options.firstPause ?? 100
  }

  /** Forgets the connection and the timer of the current attempt. */
  private endAttempt(): void {
    this.attempt++
    this.creationGiven = null
    this.cancelTimer()
    this.cancelTimer = () => {}
    const transport = this.transport
    this.transport = null
    transport?.destroy()
  }

  private connect(): void {
    const attempt = ++this.attempt
    const { network, clock, host, port, timeout } = this.options
    this.cancelTimer = clock.after(timeout ?? defaultTimeout, () =>
      this.fail(attempt, 'unreachable', 'EPMD does not answer'),
    )
    network.connect(
      host,
      port ?? defaultEpmdPort,
      (transport) => this.open(attempt, transport),
      (error) => this.fail(attempt, 'unreachable', error.message),
    )
  }

  private open(attempt: number, transport: Transport): TransportEvents {
    if (attempt === this.attempt) {
      this.transport = transport
      transport.write(encodeRequest({ kind: 'alive', node: this.node }))
    } else {
      transport.destroy()
    }
    const received = new Received(maxReplyBytes)
    return {
      data: (piece) => this.data(attempt, received, piece),
      drained: () => {},
      closed: (error) => this.closed(attempt, error),
    }
  }

  private data(attempt: number, received: Received, piece: Uint8Array): void {
    if (attempt !== this.attempt) return
    try {
      const reply = decodeAliveReply(received.push(piece))
      if (reply?.accepted === true) this.accepted(reply.creation)
      else if (reply !== null) this.fail(attempt, 'refused', `EPMD refuses the name ${this.node.name}`)
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error
      this.fail(attempt, 'unreachable', error.message)
    }
  }

  private accepted(creation: number): void {
    if (this.creationGiven !== null) return
    this.cancelTimer()
    this.pause = this.firstPause
    this.creationGiven = creation
    this.log.info({ name: this.node.name, creation }, 'registered with EPMD')
    this.events.registered(creation)
  }

  private closed(attempt: number, error: Error | undefined): void {
    if (this.creationGiven !== null)
      this.fail(attempt, 'lost', error?.message ?? 'EPMD closed the registration')
    else this.fail(attempt, 'unreachable', error?.message ?? 'EPMD closed the connection')
  }

  private fail(attempt: number, kind: RegistrationFailure['kind'], message: string): void {
    if (attempt !== this.attempt) return
    this.endAttempt()
    this.events.failed({ kind, message })
    if (this.stopped) return // Whoever has been told does something else about it.
    this.log.warn(
      { name: this.node.name, kind, reason: message, pause: this.pause },
      'not registered with EPMD',
    )
    this.cancelTimer = this.options.clock.after(this.pause, () => this.connect())
    this.pause = Math.min(this.pause * 2, this.options.longestPause ?? 2000)
  }
}
