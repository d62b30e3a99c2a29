/**
 * Stdin and stdout as one stream, as an Erlang port has them at the other end.
 *
 * A pipe on stdout is opened apart from `process.stdout`, which would block this thread while the reader does not read. A
 * reader that has gone is no error here: the end of stdin, which comes with it, is what ends the process.
 */

import { fstatSync } from 'node:fs'
import { Socket } from 'node:net'
import type { Writable } from 'node:stream'
import { plainBytes } from '../base/plain-bytes.ts'
import type { Transport, TransportEvents } from '../base/ports.ts'

export class StandardStreams implements Transport {
  readonly remoteAddress = 'stdin'
  readonly security = null
  private readonly output: Writable = openOutput()
  private events: TransportEvents | undefined
  private gone = false

  /** Starts to read. */
  open(events: TransportEvents): void {
    this.events = events
    let over = false
    const closed = (error?: Error): void => {
      if (over) return
      over = true
      events.closed(error)
    }
    const { stdin } = process
    stdin.on('data', (bytes: Buffer) => events.data(plainBytes(bytes)))
    stdin.once('end', () => closed())
    stdin.once('close', () => closed())
    stdin.once('error', closed)
    this.output.on('drain', () => events.drained())
    this.output.on('error', () => this.readerGone())
  }

  private readerGone(): void {
    this.gone = true
    this.events?.drained()
  }

  get queued(): number {
    return this.gone ? 0 : this.output.writableLength
  }

  write(bytes: Uint8Array): void {
    if (!this.gone) this.output.write(bytes)
  }

  pause(): void {
    process.stdin.pause()
  }

  resume(): void {
    process.stdin.resume()
  }

  end(): void {
    this.output.end()
  }

  destroy(): void {
    this.output.destroy()
    process.stdin.destroy()
  }

  /** Resolves when all that was written has left, or nobody reads it, or after `ms` milliseconds. */
  flushed(ms: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.queued === 0) return resolve()
      this.output.once('drain', resolve)
      this.output.once('error', () => resolve())
      setTimeout(resolve, ms)
    })
  }
}

function openOutput(): Writable {
  const kind = fstatSync(1)
  return kind.isFIFO() || kind.isSocket()
    ? new Socket({ fd: 1, readable: false, writable: true })
    : process.stdout
}
