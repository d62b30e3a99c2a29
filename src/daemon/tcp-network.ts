/**
 * The real `Network`: TCP through `node:net`, without Nagle's delay.
 *
 * A stream that breaks before it is open is reported by `failed`; afterwards `closed` comes exactly once, with
 * the error if there was one.
 */

import { type AddressInfo, createServer, connect as openSocket, type Server, type Socket } from 'node:net'
import { plainBytes } from '../base/plain-bytes.ts'
import type { Network, Security, Transport, TransportEvents } from '../base/ports.ts'

export class TcpNetwork implements Network {
  connect(
    host: string,
    port: number,
    open: (transport: Transport) => TransportEvents,
    failed: (error: Error) => void,
  ): void {
    const socket = openSocket({ host, port, noDelay: true })
    socket.once('error', failed)
    socket.once('connect', () => {
      socket.removeListener('error', failed)
      attach(socket, open)
    })
  }

  listen(
    host: string,
    port: number,
    accept: (transport: Transport) => TransportEvents,
  ): Promise<{ readonly port: number; close(): void }> {
    return new Promise((resolve, reject) => {
      const server = createServer({ noDelay: true }, (socket) => attach(socket, accept))
      server.once('error', reject)
      server.listen({ host, port }, () => {
        server.removeListener('error', reject)
        // A stream that cannot be accepted (too many open files) is the loss of who opened it.
        server.on('error', () => {})
        resolve({ port: portOf(server), close: () => server.close() })
      })
    })
  }
}

export function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}

/** Makes a stream of a socket that is open. */
export function attach(
  socket: Socket,
  open: (transport: Transport) => TransportEvents,
  security: Security | null = null,
  describe = (error: Error): string => error.message,
): void {
  let broken: Error | undefined
  socket.on('error', (error) => {
    broken = new Error(describe(error))
  })
  const events = open(new SocketTransport(socket, security))
  socket.on('data', (bytes: Buffer) => events.data(plainBytes(bytes)))
  socket.on('drain', () => events.drained())
  socket.once('close', () => events.closed(broken))
}

class SocketTransport implements Transport {
  readonly remoteAddress: string
  readonly security: Security | null
  private readonly socket: Socket
  private corked = false

  constructor(socket: Socket, security: Security | null) {
    this.socket = socket
    this.security = security
    this.remoteAddress = socket.remoteAddress ?? 'unknown'
  }

  get queued(): number {
    return this.socket.writableLength
  }

  /** What is written in one turn leaves in one system call. */
  write(bytes: Uint8Array): void {
    if (!this.socket.writable) return
    if (!this.corked) {
      this.corked = true
      this.socket.cork()
      process.nextTick(this.uncork)
    }
    this.socket.write(bytes)
  }

  private readonly uncork = (): void => {
    this.corked = false
    this.socket.uncork()
  }

  pause(): void {
    this.socket.pause()
  }

  resume(): void {
    this.socket.resume()
  }

  end(): void {
    this.socket.end()
  }

  destroy(): void {
    this.socket.destroy()
  }
}
