/**
 * A log that a hostile peer cannot fill a disk with: of each message only so many lines a minute are written, of those that concern one
 * peer, for one reason, still fewer. What is left out is counted, and told at the end of the minute.
 *
 * A peer is known by its address until it has proved the cookie, since it can call itself anything.
 */

import type { Clock, Log } from '../base/ports.ts'

type Level = 'info' | 'warn' | 'error'

interface Source {
  readonly address?: string | undefined
  readonly peer?: string | undefined
  readonly from?: string | undefined
  readonly reason?: string | undefined
}

/** Lines in a window. */
const mostOfPeer = 5
const mostOfMessage = 100
/** Milliseconds. */
const window = 60_000

/** What has come of one message in the present window. */
interface Tally {
  written: number
  leftOut: number
  readonly byPeer: Map<string, number>
}

export class LimitedLog implements Log {
  private readonly log: Log
  private readonly clock: Clock
  private readonly unlimited: ReadonlySet<string>
  private readonly tallies = new Map<string, Tally>()

  /** `unlimited`: messages that peers cannot cause without the consent of whoever writes modules. */
  constructor(log: Log, clock: Clock, unlimited: readonly string[] = []) {
    this.log = log
    this.clock = clock
    this.unlimited = new Set(unlimited)
  }

  debug(fields: object, message: string): void {
    this.log.debug(fields, message)
  }

  info(fields: object, message: string): void {
    this.write('info', fields, message)
  }

  warn(fields: object, message: string): void {
    this.write('warn', fields, message)
  }

  error(fields: object, message: string): void {
    this.write('error', fields, message)
  }

  private write(level: Level, fields: object, message: string): void {
    if (this.unlimited.has(message) || this.counts(fields, message)) this.log[level](fields, message)
  }

  /** Counts a line; whether it is to be written. */
  private counts({ address, peer, from, reason }: Source, message: string): boolean {
    const tally = this.tallyOf(message)
    const source = `${address ?? peer ?? from} ${reason}`
    const ofPeer = tally.byPeer.get(source) ?? 0
    if (ofPeer >= mostOfPeer || tally.written >= mostOfMessage) {
      tally.leftOut += 1
      return false
    }
    tally.byPeer.set(source, ofPeer + 1)
    tally.written += 1
    return true
  }

  private tallyOf(message: string): Tally {
    const known = this.tallies.get(message)
    if (known !== undefined) return known
    if (this.tallies.size === 0) this.clock.after(window, () => this.close())
    const tally: Tally = { written: 0, leftOut: 0, byPeer: new Map() }
    this.tallies.set(message, tally)
    return tally
  }

  /** The end of a window. */
  private close(): void {
    for (const [of, { leftOut: lines }] of this.tallies) {
      if (lines > 0)
        this.log.warn({ of, lines }, 'lines of the log were left out: too many of one kind in a minute')
    }
    this.tallies.clear()
  }
}
