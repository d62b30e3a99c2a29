/** A peer that passes the handshake over TCP and then sends whatever a test wants. */

import { connect, type Socket } from 'node:net'
import { challengeDigest } from '../../src/node/digest.ts'
import { passThroughFlags } from '../../src/node/flags.ts'
import { decodeChallenge, encodeName, encodeReply } from '../../src/node/handshake-messages.ts'

/** A body behind its length, in as many bytes. */
export function framed(prefixBytes: 2 | 4, body: Uint8Array): Uint8Array {
  const length = Buffer.alloc(prefixBytes)
  length.writeUIntBE(body.length, 0, prefixBytes)
  return Buffer.concat([length, body])
}

export class RawPeer {
  readonly socket: Socket
  gone = false
  private received = Buffer.alloc(0)
  private wake: () => void = () => {}

  private constructor(port: number) {
    this.socket = connect({ port, host: '127.0.0.1', noDelay: true })
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
  static dial(port: number): RawPeer {
    return new RawPeer(port)
  }

  /** A stream that has passed the handshake under a name. */
  static async join(port: number, name: string, cookie: string): Promise<RawPeer> {
    const peer = new RawPeer(port)
    peer.send(framed(2, encodeName({ name, flags: passThroughFlags, creation: 1 })))
    const status = Buffer.from(await peer.frame()).toString('latin1')
    if (!status.startsWith('sok')) throw new Error(`the daemon answers ${status}`)
    const { challenge } = decodeChallenge(await peer.frame())
    peer.send(framed(2, encodeReply({ challenge: 1, digest: challengeDigest(cookie, challenge) })))
    await peer.frame()
    return peer
  }

  send(bytes: Uint8Array): void {
    if (!this.gone) this.socket.write(bytes)
  }

  /** Everything sent has left, or the other end is gone. */
  flushed(): Promise<void> {
    return new Promise((resolve) => {
      if (this.gone || this.socket.writableLength === 0) return resolve()
      this.socket.once('drain', resolve).once('close', () => resolve())
    })
  }

  /** The body of the next frame of the handshake. */
  private async frame(): Promise<Uint8Array> {
    const whole = (): boolean =>
      this.received.length >= 2 && this.received.length >= 2 + this.received.readUInt16BE()
    while (!whole()) {
      if (this.gone) throw new Error('the daemon has closed the connection')
      await new Promise<void>((resolve) => {
        this.wake = resolve
      })
    }
    const end = 2 + this.received.readUInt16BE()
    const body = this.received.subarray(2, end)
    this.received = this.received.subarray(end)
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
