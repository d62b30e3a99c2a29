/**
 * The numbers of a domain's processes: ranges that the node gives it, so that making a process waits for nobody. When half of one is taken the
 * next is asked for.
 */

import type { Numbers } from './process-signals.ts'

export class ProcessNumbers {
  private readonly wantMore: () => void
  /** The first one is in use. */
  private ranges: Numbers[]
  private taken = 0

  constructor(first: Numbers | undefined, wantMore: () => void) {
    this.ranges = first === undefined ? [] : [first]
    this.wantMore = wantMore
  }

  add(range: Numbers): void {
    this.dropUsed()
    this.ranges.push(range)
  }

  /** Undefined: there is none now. */
  take(): number | undefined {
    this.dropUsed()
    const [range] = this.ranges
    if (range === undefined) return undefined
    this.taken += 1
    if (this.taken === range.count >> 1) this.wantMore()
    return range.first + this.taken - 1
  }

  private dropUsed(): void {
    if (this.taken !== this.ranges[0]?.count) return
    this.ranges.shift()
    this.taken = 0
  }
}
