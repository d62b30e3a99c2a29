/**
 * Asking a node for a name, as `erl -sname undefined` does: the start of a handshake.
 *
 *     name {NAME_ME, creation 0, HOST}  ───────▶
 *                                       ◀───────  status "named:" NAME@HOST creation
 *
 * The stream is closed then: the node that has its name now connects as any other does. It does that when it can be called, which may be
 * longer after this than a peer waits for a handshake, and it has a creation of its own. Nothing has been proved yet, so the
 * name is taken only if it is one of our host.
 *
 * Reference: "Distribution Handshake" of the ERTS user's guide.
 */

import { ProtocolError } from '../base/diagnostic.ts'
import type { Clock, Transport, TransportEvents } from '../base/ports.ts'
import { FLAG, hiddenNodeFlags } from './flags.ts'
import { FrameReader } from './frame-reader.ts'
import { isNodeName } from './handshake.ts'
import { decodeStatus, encodeName, handshakeFrameLimit } from './handshake-messages.ts'
import { Outbox } from './outbox.ts'
import type { NodeAddress } from './resolver.ts'

export interface IntroductionSettings {
  readonly clock: Clock
  /** Milliseconds that it may take. */
  readonly timeout: number
}

/** The name that `peer`, which is at this address, gives to a node on `host`. Rejects if it gives none. */
export function askForName(
  peer: string,
  { network, host: address, port }: NodeAddress,
  host: string,
  { clock, timeout }: IntroductionSettings,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const introduction = new Introduction(peer, host, (name) => {
      endTimer()
      if (name instanceof Error) reject(name)
      else resolve(name)
    })
    const endTimer = clock.after(timeout, () => introduction.closed(new Error('it took too long')))
    network.connect(
      address,
      port,
      (transport) => introduction.open(transport),
      (error) => introduction.closed(error),
    )
  })
}

class Introduction implements TransportEvents {
  private readonly peer: string
  private readonly host: string
  private readonly done: (name: string | Error) => void
  private transport: Transport | null = null
  private frames = new FrameReader(2, handshakeFrameLimit)
  private over = false

  constructor(peer: string, host: string, done: (name: string | Error) => void) {
    this.peer = peer
    this.host = host
    this.done = done
  }

  open(transport: Transport): TransportEvents {
    this.transport = transport
    if (this.over) transport.destroy()
    const prefix = transport.security === null ? 2 : 4
    this.frames = new FrameReader(prefix, handshakeFrameLimit)
    const outbox = new Outbox()
    const flags = hiddenNodeFlags | FLAG.NAME_ME
    outbox.handshakeFrame(encodeName({ flags, creation: 0, name: this.host }), prefix)
    for (const bytes of outbox.take()) transport.write(bytes)
    return this
  }

  data(chunk: Uint8Array): void {
    if (this.over) return
    try {
      this.frames.feed(chunk, (body) => this.finish(this.nameIn(body)))
    } catch (error) {
      this.finish(error as Error)
    }
  }

  drained(): void {}

  closed(error?: Error): void {
    this.finish(error ?? new Error('it closed the connection'))
  }

  private nameIn(body: Uint8Array): string {
    const reason = this.transport?.security?.objection(this.peer.slice(this.peer.indexOf('@') + 1)) ?? null
    if (reason !== null) throw new Error(reason)
    const status = decodeStatus(body)
    if (status.kind !== 'named') throw new ProtocolError(`it answered ${status.kind}`)
    const { name } = status
    if (!isNodeName(name) || !name.endsWith(`@${this.host}`)) {
      throw new ProtocolError(`it gave a name that is none on ${this.host}`)
    }
    return name
  }

  private finish(name: string | Error): void {
    if (this.over) return
    this.over = true
    this.frames.stop()
    this.transport?.destroy()
    this.done(name)
  }
}
