/**
 * The order of messages to asynchronous channels: those of one sender (to the domain, a channel's process is the sender of all that it passes
 * on) are sent one after the other, and none while the gate is closed.
 *
 *     line   running │ next, next …      by sender
 *     held   lines whose next one waits for the gate, in the order of their coming
 */

import { Fifo } from '../base/fifo.ts'

interface Line<Send> {
  readonly sender: string
  readonly sends: Fifo<Send>
  running: boolean
  isHeld: boolean
}

export interface SendPorts<Send> {
  /** Whether the gate is; asked at any time. */
  readonly isOpen: boolean
  /** The same while no OCaml code runs, so that room may be made. */
  opens(): boolean
  /** Starts a send, whose end is to be told with `ended`; false: nobody wants it any more. */
  start(send: Send): boolean
}

export class SendLines<Send> {
  private readonly ports: SendPorts<Send>
  private readonly lines = new Map<string, Line<Send>>()
  private readonly held = new Fifo<Line<Send>>()
  /** How many have not been started. */
  waiting = 0

  constructor(ports: SendPorts<Send>) {
    this.ports = ports
  }

  /** Whether some wait for the gate. */
  get areHeld(): boolean {
    return this.held.length > 0
  }

  add(sender: string, send: Send): void {
    const known = this.lines.get(sender)
    const line = known ?? { sender, sends: new Fifo<Send>(), running: false, isHeld: false }
    if (known === undefined) this.lines.set(sender, line)
    line.sends.push(send)
    this.waiting += 1
    this.advance(line)
  }

  /** Nobody wants one any more that has not been started. */
  cancelled(): void {
    this.waiting -= 1
  }

  /** The sender's one that was running is over. */
  ended(sender: string): void {
    const line = this.lines.get(sender)
    if (line === undefined) return
    line.running = false
    this.advance(line)
  }

  /** Lets one in that has been held back, if the gate opens; not while OCaml code runs. */
  letIn(): void {
    if (this.held.length === 0 || !this.ports.opens()) return
    const line = this.held.take() as Line<Send>
    line.isHeld = false
    this.startNext(line)
  }

  private advance(line: Line<Send>): void {
    if (line.running || line.isHeld) return
    if (line.sends.length > 0 && (this.areHeld || !this.ports.isOpen)) {
      line.isHeld = true
      this.held.push(line)
    } else this.startNext(line)
  }

  private startNext(line: Line<Send>): void {
    for (let send = line.sends.take(); send !== undefined; send = line.sends.take()) {
      line.running = this.ports.start(send)
      if (!line.running) continue
      this.waiting -= 1
      return
    }
    this.lines.delete(line.sender)
  }
}
