/**
 * Large parts of what two threads tell each other. They change hands: the ring carries the rest of the message, with a mark
 * where the part belongs, and the memory of the part goes through a port, so that nothing is copied.
 *
 *     sender                                  receiver
 *       send(part) ──── port: memory ──────▶
 *       ring: … length = mark …     ──────▶   reads the mark, receive()
 *
 * Invariant: a part is sent before the message that needs it, and both sides keep to one order, so when the mark is
 * read its part has arrived.
 */

import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads'
import { Crash } from '../base/diagnostic.ts'

/** From this length on handing over costs less than copying into the ring and out of it. */
export const parcelBytes = 0x10000
/** Stands where the length of a part would be. No part is as long. */
export const parcelMark = 0xffff_ffff

export class Parcels {
  private readonly port: MessagePort

  constructor(port: MessagePort) {
    this.port = port
  }

  /** The memory behind the part is gone for this thread; nothing else may be in it. */
  send(part: Uint8Array): void {
    this.port.postMessage(part, [part.buffer as ArrayBuffer])
  }

  /** The next part; it is the caller's. */
  receive(): Uint8Array {
    const received = receiveMessageOnPort(this.port)
    if (received === undefined) throw new Crash('a part of a message did not arrive')
    return received.message as Uint8Array
  }

  close(): void {
    this.port.close()
  }
}
