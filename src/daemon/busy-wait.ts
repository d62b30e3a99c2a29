/**
 * Whether a thread that has nothing to do looks for more work before it falls asleep: falling asleep and being woken takes longer than a
 * short call. Where that was in vain it becomes rarer, up to one time in 64, and where it was not it is done always.
 */

import { availableParallelism } from 'node:os'

const rarest = 6
/** On one processor nobody else could bring work meanwhile. */
const isUseful = availableParallelism() > 1

export class BusyWait {
  /** How many times to leave out, and how often it was in vain. */
  private left = 0
  private misses = 0

  /** Whether to do it this time; then `tell` how it went. */
  isWorthIt(): boolean {
    if (!isUseful) return false
    if (this.left === 0) return true
    this.left -= 1
    return false
  }

  tell(found: boolean): void {
    this.misses = found ? 0 : Math.min(this.misses + 1, rarest)
    this.left = found ? 0 : 2 ** this.misses
  }
}
