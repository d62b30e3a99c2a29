/**
 * Another schedule for each seed, for tests: threads may lose their turn at any poll, and whoever comes next is drawn. What a program may rely on
 * does not depend on it.
 */

/** One poll in so many ends a turn. */
const often = 8

export class Turns {
  private state: number

  /** `seed`: any integer. */
  constructor(seed: number) {
    this.state = (Math.imul(seed, 0x9e3779b1) ^ 0x85ebca6b) | 1
  }

  /** An integer from 0 to below `count`: xorshift. */
  draw(count: number): number {
    let x = this.state
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    this.state = x
    return (x >>> 0) % count
  }

  endsHere(): boolean {
    return this.draw(often) === 0
  }
}
