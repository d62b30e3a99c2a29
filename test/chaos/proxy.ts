/**
 * A TCP proxy that misbehaves when it is told to: it cuts streams in the middle of a frame, stalls them or delays them. It never changes,
 * drops or reorders a byte of a stream that lives on, since TCP does not either.
 */

import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

interface Pair {
  readonly near: Socket
  readonly far: Socket
}

export class FaultyProxy {
  private readonly server: Server
  private readonly target: number
  private readonly pairs = new Set<Pair>()
  private delayed = 0
  private stalled = false

  static async start(target: number): Promise<FaultyProxy> {
    const proxy = new FaultyProxy(target)
    await new Promise<void>((resolve) => proxy.server.listen(0, '127.0.0.1', () => resolve()))
    return proxy
  }

  private constructor(target: number) {
    this.target = target
    this.server = createServer({ noDelay: true }, (near) => this.join(near))
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port
  }

  private join(near: Socket): void {
    const far = connect({ host: '127.0.0.1', port: this.target, noDelay: true })
    const pair = { near, far }
    this.pairs.add(pair)
    this.pass(near, far)
    this.pass(far, near)
    for (const socket of [near, far]) {
      socket.on('error', () => {})
      socket.once('close', () => this.drop(pair))
    }
    if (this.stalled) for (const socket of [near, far]) socket.pause()
  }

  /** Bytes leave in the order in which they came, also when some wait longer than others. */
  private pass(from: Socket, to: Socket): void {
    let last = Promise.resolve()
    from.on('data', (bytes) => {
      const delay = this.delayed
      last = last.then(async () => {
        if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay))
        if (!to.destroyed) to.write(bytes)
      })
    })
    from.once('end', () => void last.then(() => to.end()))
  }

  private drop(pair: Pair): void {
    this.pairs.delete(pair)
    pair.near.destroy()
    pair.far.destroy()
  }

  /** Passes a part of what comes next, and closes both ends. */
  cut(): void {
    for (const pair of [...this.pairs]) {
      pair.near.removeAllListeners('data').once('data', (bytes: Buffer) => {
        pair.far.write(bytes.subarray(0, Math.max(1, bytes.length >> 1)), () => this.drop(pair))
      })
      setTimeout(() => this.drop(pair), 500)
    }
  }

  stall(is: boolean): void {
    this.stalled = is
    for (const { near, far } of this.pairs) {
      for (const socket of [near, far]) is ? socket.pause() : socket.resume()
    }
  }

  delay(ms: number): void {
    this.delayed = ms
  }

  close(): void {
    this.server.close()
    for (const pair of [...this.pairs]) this.drop(pair)
  }
}
