/** A peer that passes the handshake, over TCP or TLS, and then sends whatever a test wants. */

import { connect, type Socket } from 'node:net'
import { type SecureContextOptions, connect as secureConnect } from 'node:tls'
import { challengeDigest } from '../../src/node/digest.ts'
import { passThroughFlags } from '../../src/node/flags.ts'
import { decodeChallenge, encodeName, encodeReply } from '../../src/node/handshake-messages.ts'

/** A body behind its length, in as many bytes. */
export function framed(prefixBytes: 2 | 4, body: Uint8Array): Uint8Array {
  const length = Buffer.alloc(prefixBytes)
  length.writeUIntBE(body.length, 0, prefixBytes)
  return Buffer.concat([length, body])
}

/** What a client of TLS has; null: TCP. */
export type TlsClient = SecureContextOptions | null

export class RawPeer {
  readonly socket: Socket
  /** How long the length in front of a frame of the handshake is. */
  private readonly prefix: 2 | 4
  gone = false
  private received = Buffer.alloc(0)
  private wake: () => void = () => {}

  private constructor(port: number, client: TlsClient) {
    const to = { port, host: '127.0.0.1' }
    this.prefix = client === null ? 2 : 4
    this.socket =
      client === null
        ? connect({ ...to, noDelay: true })
        : secureConnect({ ...to, ...client, checkServerIdentity: () => undefined }).setNoDelay(true)
    this.socket.on('error', () => {})
    this.socket.on('data', (bytes) => {
      this.received = Buffer.concat([this.received, bytes])
      this.wake()
    })
    this.socket.once('close', () => {
      this.gone = true
      this.wake()
    })
  }

  /** A stream that has said nothing yet. */
  static dial(port: number, client: TlsClient = null): RawPeer {
    return new RawPeer(port, client)
  }

  /** A stream that has passed the handshake under a name. */
  static async join(port: number, name: string, cookie: string, client: TlsClient = null): Promise<RawPeer> {
    const peer = new RawPeer(port, client)
    peer.send(peer.framed(encodeName({ name, flags: passThroughFlags, creation: 1 })))
    const status = Buffer.from(await peer.frame()).toString('latin1')
    if (!status.startsWith('sok')) throw new Error(`the daemon answers ${status}`)
    const { challenge } = decodeChallenge(await peer.frame())
    peer.send(peer.framed(encodeReply({ challenge: 1, digest: challengeDigest(cookie, challenge) })))
    await peer.frame()
    return peer
  }

  /** A frame of the handshake. */
  framed(body: Uint8Array): Uint8Array {
    return framed(this.prefix, body)
  }

  send(bytes: Uint8Array): void {
    if (!this.gone) this.socket.write(bytes)
  }

  /** Everything sent has left, or the other end is gone. */
  flushed(): Promise<void> {
    return new Promise((resolve) => {
      if (this.gone || this.socket.writableLength === 0) return resolve()
      const done = (): void => {
        this.socket.off('drain', done).off('close', done)
        resolve()
      }
      this.socket.once('drain', done).once('close', done)
    })
  }

  /** The body of the next frame of the handshake. */
  private async frame(): Promise<Uint8Array> {
    const { prefix } = this
    const end = (): number => prefix + this.received.readUIntBE(0, prefix)
    const whole = (): boolean => this.received.length >= prefix && this.received.length >= end()
    while (!whole()) {
      if (this.gone) throw new Error('the daemon has closed the connection')
      await new Promise<void>((resolve) => {
        this.wake = resolve
      })
    }
    const body = this.received.subarray(prefix, end())
    this.received = this.received.subarray(end())
    return body
  }

  /** Resolves when the other end has closed. */
  async closed(): Promise<void> {
    while (!this.gone) {
      await new Promise<void>((resolve) => {
        this.wake = resolve
      })
    }
  }

  destroy(): void {
    this.socket.destroy()
  }
}
