/**
 * The real `Network` over TLS: `node:tls`, with the peer's certificate verified in both directions.
 *
 *     accept:   TCP ─▶ [handshake, bounded in number and time] ─▶ certificate verified ─▶ stream
 *     connect:  TCP ─▶ handshake ─▶ certificate verified ─▶ stream
 *
 * Which host the certificate is for cannot be checked before the node behind the stream has said its name: `Security`
 * answers that. Sessions are not resumed: connections of nodes last, and each is to be verified anew. TLS 1.2 renegotiation
 * must be possible: Erlang asks for it when a connection has carried very many records.
 */

import { constants, type X509Certificate } from 'node:crypto'
import { createServer, type Server, type Socket } from 'node:net'
import {
  createServer as createTlsServer,
  connect as openTlsSocket,
  type SecureContextOptions,
  type TLSSocket,
  type Server as TlsServer,
} from 'node:tls'
import type { Log, Network, Security, Transport, TransportEvents } from '../base/ports.ts'
import { attach, portOf } from './tcp-network.ts'
import { peerProblem, tlsProblem, tooSlow } from './tls-error.ts'
import type { TlsFiles } from './tls-files.ts'

export interface TlsLimits {
  /** How many streams may be in their handshake of TLS. */
  readonly handshakes: number
  /** Milliseconds that one may take. */
  readonly handshakeTimeout: number
}

export class TlsNetwork implements Network {
  private files: TlsFiles
  private readonly limits: TlsLimits
  private readonly log: Log
  private readonly servers = new Set<TlsServer>()
  /** Sockets in their handshake by their endpoints, oldest first. */
  private readonly shaking = new Map<string, Socket>()

  constructor(files: TlsFiles, limits: TlsLimits, log: Log) {
    this.files = files
    this.limits = limits
    this.log = log
  }

  /** From now on connections are made with these. */
  renew(files: TlsFiles): void {
    this.files = files
    for (const server of this.servers) server.setSecureContext(contextOf(files))
  }

  connect(
    host: string,
    port: number,
    open: (transport: Transport) => TransportEvents,
    failed: (error: Error) => void,
  ): void {
    const { files } = this
    const socket = openTlsSocket({
      host,
      port,
      ...contextOf(files),
      rejectUnauthorized: files.verify,
      checkServerIdentity: () => undefined, // see `Security`
    })
    const fail = (error: Error): void => failed(new Error(tlsProblem(error)))
    socket.setNoDelay(true)
    socket.once('error', fail)
    const late = setTimeout(() => socket.destroy(new Error(tooSlow)), this.limits.handshakeTimeout)
    socket.once('close', () => clearTimeout(late))
    socket.once('secureConnect', () => {
      clearTimeout(late)
      socket.removeListener('error', fail)
      attach(socket, open, this.securityOf(socket), tlsProblem)
    })
  }

  listen(
    host: string,
    port: number,
    accept: (transport: Transport) => TransportEvents,
  ): Promise<{ readonly port: number; close(): void }> {
    const secured = this.secure(accept)
    const server = createServer({ noDelay: true }, (socket) => this.admit(socket, secured))
    return new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen({ host, port }, () => {
        server.removeListener('error', reject)
        // A stream that cannot be accepted (too many open files) is the loss of who opened it.
        server.on('error', () => {})
        resolve({ port: portOf(server), close: () => this.close(server, secured) })
      })
    })
  }

  private close(server: Server, secured: TlsServer): void {
    this.servers.delete(secured)
    server.close()
  }

  /** What makes streams of sockets. */
  private secure(accept: (transport: Transport) => TransportEvents): TlsServer {
    const { files, limits } = this
    const server = createTlsServer({
      ...contextOf(files),
      requestCert: files.verify,
      rejectUnauthorized: files.verify,
      handshakeTimeout: limits.handshakeTimeout,
    })
    server.on('secureConnection', (socket) => {
      this.shaking.delete(endpoint(socket))
      attach(socket, accept, this.securityOf(socket), tlsProblem)
    })
    server.on('tlsClientError', (error, socket) => {
      const { remoteAddress: address } = socket
      this.log.warn({ address, reason: peerProblem(socket) ?? tlsProblem(error) }, 'a TLS handshake failed')
      socket.destroy()
    })
    this.servers.add(server)
    return server
  }

  /** Lets a socket begin its handshake. Of too many the oldest goes: one that is meant seriously takes milliseconds. */
  private admit(socket: Socket, secured: TlsServer): void {
    const key = endpoint(socket)
    if (this.shaking.size >= this.limits.handshakes) this.giveUpOldest()
    this.shaking.set(key, socket)
    socket.once('close', () => {
      if (this.shaking.get(key) === socket) this.shaking.delete(key)
    })
    secured.emit('connection', socket)
  }

  private giveUpOldest(): void {
    const { handshakes: limit } = this.limits
    for (const [key, oldest] of this.shaking) {
      const { remoteAddress: address } = oldest
      this.log.warn({ address, limit }, 'more handshakes than limits.handshakes: the oldest is given up')
      this.shaking.delete(key)
      oldest.destroy()
      return
    }
  }

  private securityOf(socket: TLSSocket): Security {
    const { verify, checkHost } = this.files
    return {
      objection: (host) => {
        if (!verify || !checkHost) return null
        const certificate = socket.getPeerX509Certificate()
        if (certificate === undefined) return 'no certificate'
        return isFor(certificate, host)
          ? null
          : `the certificate (${namesOf(certificate)}) is not for ${host}`
      },
    }
  }
}

/** A host that is an address may stand among the names too: that is where Erlang looks for it. */
function isFor(certificate: X509Certificate, host: string): boolean {
  return certificate.checkHost(host) !== undefined || certificate.checkIP(host) !== undefined
}

function namesOf({ subject, subjectAltName }: X509Certificate): string {
  return (subjectAltName ?? subject).replaceAll('\n', ', ')
}

/** The same for a socket and the one that is made of it. */
function endpoint({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`
}

function contextOf({ certificate, key, authorities, minVersion }: TlsFiles): SecureContextOptions {
  return {
    cert: certificate,
    key,
    minVersion,
    ...(authorities === undefined ? {} : { ca: authorities }),
    secureOptions: constants.SSL_OP_NO_TICKET,
  }
}
