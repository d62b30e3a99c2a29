/**
 * An embedded EPMD, for machines that have none.
 *
 * A connection sends one request. ALIVE2 keeps it open, and the name is the connection's until it closes;
 * the other requests are answered and the connection is closed. Whatever else a peer sends closes its own
 * connection and nothing else. Names, connections and the time for a request are bounded.
 *
 * Any peer that can connect can register, so the address to listen on should be a loopback one.
 */

import { ProtocolError } from '../base/diagnostic.ts'
import type { Clock, Log, Network, Random, Transport, TransportEvents } from '../base/ports.ts'
import { silentLog } from '../base/ports.ts'
import { defaultEpmdPort } from './client.ts'
import type { NodeEntry, Request } from './protocol.ts'
import {
  decodeRequest,
  encodeAliveReply,
  encodeNamesReply,
  encodePortReply,
  maxRequestBytes,
  Received,
} from './protocol.ts'

export interface EpmdServerOptions {
  readonly network: Network
  readonly clock: Clock
  readonly random: Random
  readonly log?: Log
  /** The address to listen on; 127.0.0.1 unless told otherwise. */
  readonly host?: string
  /** 4369 unless told otherwise; 0 takes a free one. */
  readonly port?: number
  /** At most so many names (1024) and so many connections without a name (256). */
  readonly maxNames?: number
  readonly maxConnections?: number
  /** Milliseconds for a connection to send its request; 10,000 unless told otherwise. */
  readonly timeout?: number
}

/** Values up to 3 are those of nodes older than OTP 23. */
const firstCreation = 4

interface Registered {
  readonly node: NodeEntry
  readonly owner: Connection
}

export class EpmdServer {
  private readonly options: EpmdServerOptions
  private readonly log: Log
  private readonly byName = new Map<string, Registered>()
  private readonly connections = new Set<Connection>()
  private listener: { readonly port: number; close(): void } | null = null
  /** Counts up, so that no two registrations get the same one; it starts anywhere, for the sake of restarts. */
  private nextCreation: number

  constructor(options: EpmdServerOptions) {
    this.options = options
    this.log = options.log ?? silentLog
    this.nextCreation = Math.max(options.random.uint32(), firstCreation)
  }

  /** Starts to listen and resolves with the port. */
  async listen(): Promise<number> {
    const { network, host, port } = this.options
    this.listener = await network.listen(host ?? '127.0.0.1', port ?? defaultEpmdPort, (transport) =>
      this.accept(transport),
    )
    return this.listener.port
  }

  /** Stops listening and ends all connections, which ends all registrations. */
  close(): void {
    this.listener?.close()
    this.listener = null
    for (const connection of [...this.connections]) connection.destroy()
  }

  /** The nodes that are registered now. */
  get nodes(): readonly NodeEntry[] {
    return Array.from(this.byName.values(), ({ node }) => node)
  }

  private accept(transport: Transport): TransportEvents {
    const connection = new Connection(this, transport, this.options.clock, this.options.timeout ?? 10_000)
    const unnamed = this.connections.size - this.byName.size
    this.connections.add(connection)
    if (unnamed >= (this.options.maxConnections ?? 256)) connection.destroy()
    return connection
  }

  /** The bytes that answer a request; the connection is kept open only for a name it has got. */
  answer(request: Request, connection: Connection): { readonly bytes: Uint8Array; readonly keep: boolean } {
    switch (request.kind) {
      case 'alive':
        return this.register(request.node, connection)
      case 'portPlease':
        return { bytes: encodePortReply({ node: this.byName.get(request.name)?.node ?? null }), keep: false }
      case 'names':
        return {
          bytes: encodeNamesReply({ epmdPort: this.listener?.port ?? 0, nodes: this.nodes }),
          keep: false,
        }
    }
  }

  private register(node: NodeEntry, owner: Connection): { bytes: Uint8Array; keep: boolean } {
    const accepted = !this.byName.has(node.name) && this.byName.size < (this.options.maxNames ?? 1024)
    const creation = accepted ? this.takeCreation() : 0
    if (accepted) this.byName.set(node.name, { node, owner })
    this.log.info({ name: node.name, port: node.port, creation, accepted }, 'EPMD registration')
    return { bytes: encodeAliveReply({ accepted, creation }, node.highestVersion), keep: accepted }
  }

  private takeCreation(): number {
    const creation = this.nextCreation
    this.nextCreation = creation === 0xffffffff ? firstCreation : creation + 1
    return creation
  }

  /** A connection is over: its name is free. */
  forget(connection: Connection): void {
    this.connections.delete(connection)
    for (const [name, { owner }] of this.byName) {
      if (owner !== connection) continue
      this.byName.delete(name)
      this.log.info({ name }, 'EPMD name is free')
    }
  }

  refuse(error: ProtocolError): void {
    this.log.warn({ reason: error.message }, 'EPMD connection closed')
  }
}

/** One peer: first its request arrives, then (if it has got a name) nothing may. */
class Connection implements TransportEvents {
  private readonly server: EpmdServer
  private readonly transport: Transport
  private readonly received = new Received(maxRequestBytes)
  private readonly cancelTimeout: () => void
  private over = false

  constructor(server: EpmdServer, transport: Transport, clock: Clock, timeout: number) {
    this.server = server
    this.transport = transport
    this.cancelTimeout = clock.after(timeout, () => this.destroy())
  }

  data(piece: Uint8Array): void {
    if (this.over) return
    try {
      const request = decodeRequest(this.received.push(piece))
      if (request !== null) this.answer(request)
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error
      this.server.refuse(error)
      this.destroy()
    }
  }

  private answer(request: Request): void {
    const { bytes, keep } = this.server.answer(request, this)
    this.transport.write(bytes)
    if (keep) this.cancelTimeout()
    else this.finish()
  }

  /** Closes once the answer has left; the timer destroys a connection whose peer does not take it. */
  private finish(): void {
    this.over = true
    this.transport.end()
  }

  drained(): void {}

  closed(): void {
    this.over = true
    this.cancelTimeout()
    this.server.forget(this)
  }

  destroy(): void {
    this.over = true
    this.transport.destroy()
  }
}
