/**
 * What is to be sent and does not fit into one frame, and what must not overtake it.
 *
 *     sender 1:  [■■■□□□□□] [small] [□□□]        one fragment of each in turn
 *     sender 2:  [■■□□]
 *
 * Signals from one process arrive in their order, so while a message of it is being sent its later signals, also
 * small ones, wait here. Those of other processes do not. Payloads are held by reference and cut by views.
 *
 * Invariants: a sender is in the map as long as something of it waits, in the order of turns; `waiting` is the sum of
 * the bytes of all payloads that have not been handed out.
 */

import type { Control } from './control.ts'

/** Bytes of payload in a fragment. */
export const fragmentBytes = 0x10000

/** A payload in parts. */
export type Pieces = readonly Uint8Array[]

export interface FragmentSink {
  whole(control: Control, payload: Pieces | null): void
  /** `count`: how many fragments there are. */
  first(sequence: number, count: number, control: Control, part: Pieces): void
  /** Numbers count down to 1. */
  further(sequence: number, number: number, part: Pieces): void
}

interface Waiting {
  readonly control: Control
  readonly payload: Pieces | null
  readonly size: number
}

/** A message of which a part has been handed out. */
interface Begun {
  readonly sequence: number
  readonly cutter: Cutter
  /** Of the next fragment. */
  number: number
}

interface Sender {
  readonly signals: Waiting[]
  begun: Begun | null
}

export class FragmentQueue {
  private readonly senders = new Map<string, Sender>()
  private lastSequence = 0
  private bytes = 0
  private longestSize = 0

  get empty(): boolean {
    return this.senders.size === 0
  }

  /** Bytes of payload that have not been handed out. */
  get waiting(): number {
    return this.bytes
  }

  /** Bytes of the longest payload of those that have waited since nothing did. */
  get longest(): number {
    return this.longestSize
  }

  /** Whether signals of a sender have to wait for others of it. */
  holds(sender: string): boolean {
    return this.senders.has(sender)
  }

  add(sender: string, control: Control, payload: Pieces | null): void {
    const size = sizeOf(payload)
    this.bytes += size
    this.longestSize = Math.max(this.longestSize, size)
    const known = this.senders.get(sender)
    if (known !== undefined) known.signals.push({ control, payload, size })
    else this.senders.set(sender, { signals: [{ control, payload, size }], begun: null })
  }

  /** Hands out one frame of the sender whose turn it is. */
  next(sink: FragmentSink): void {
    for (const [key, sender] of this.senders) {
      this.senders.delete(key)
      this.turn(sender, sink)
      if (sender.begun !== null || sender.signals.length > 0) this.senders.set(key, sender)
      else if (this.empty) this.longestSize = 0
      return
    }
  }

  private turn(sender: Sender, sink: FragmentSink): void {
    const { begun } = sender
    if (begun === null) {
      const signal = sender.signals.shift()
      if (signal !== undefined) sender.begun = this.begin(signal, sink)
    } else {
      sink.further(begun.sequence, begun.number, this.cut(begun.cutter))
      begun.number--
      if (begun.number === 0) sender.begun = null
    }
  }

  private begin({ control, payload, size }: Waiting, sink: FragmentSink): Begun | null {
    if (payload === null || size <= fragmentBytes) {
      this.bytes -= size
      sink.whole(control, payload)
      return null
    }
    const count = Math.ceil(size / fragmentBytes)
    const begun = { sequence: ++this.lastSequence, cutter: new Cutter(payload), number: count - 1 }
    sink.first(begun.sequence, count, control, this.cut(begun.cutter))
    return begun
  }

  private cut(cutter: Cutter): Pieces {
    const part = cutter.take(fragmentBytes)
    this.bytes -= sizeOf(part)
    return part
  }
}

/** Takes views off the front of a payload. */
class Cutter {
  private readonly pieces: Pieces
  private index = 0
  private offset = 0

  constructor(pieces: Pieces) {
    this.pieces = pieces
  }

  /** The next `count` bytes, or all that are left. */
  take(count: number): Pieces {
    const part: Uint8Array[] = []
    let left = count
    for (let piece = this.pieces[this.index]; piece !== undefined && left > 0; ) {
      const view = piece.subarray(this.offset, this.offset + left)
      part.push(view)
      left -= view.length
      this.offset += view.length
      if (this.offset === piece.length) {
        piece = this.pieces[++this.index]
        this.offset = 0
      }
    }
    return part
  }
}

export function sizeOf(pieces: Pieces | null): number {
  let size = 0
  for (const piece of pieces ?? []) size += piece.length
  return size
}
