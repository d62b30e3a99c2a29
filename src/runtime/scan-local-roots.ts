/** What the collector does with local roots. */

import { isYoung } from './header'
import { localsEnd, localsStart, newestLocals, olderLocals } from './local-roots'
import { markValue } from './mark'
import { moveRoot } from './minor'

export function scanYoungLocalRoots(start: u64, half: u64): void {
  for (let block = newestLocals(); block; block = olderLocals(block)) {
    const end = localsEnd(block)
    for (let slot = localsStart(block); slot < end; slot += 8) {
      const v = load<i64>(slot)
      if (isYoung(v, start, half)) moveRoot(<usize>v, slot)
    }
  }
}

export function markLocalRoots(): void {
  for (let block = newestLocals(); block; block = olderLocals(block)) {
    const end = localsEnd(block)
    for (let slot = localsStart(block); slot < end; slot += 8) markValue(load<i64>(slot))
  }
}
