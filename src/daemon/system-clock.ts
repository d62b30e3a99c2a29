/** The real `Clock` and `Random`. */

import { randomBytes } from 'node:crypto'
import type { Clock, Random } from '../base/ports.ts'

/** Its timers do not keep the process alive: what does is an open socket. */
export const systemClock: Clock = {
  now: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms).unref()
    return () => clearTimeout(timer)
  },
}

export const systemRandom: Random = {
  uint32: () => randomBytes(4).readUInt32BE(),
}
