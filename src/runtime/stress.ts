/**
 * Stress modes, for tests: when a collection runs although there is room, and how much a slice does.
 *
 * With `FLAG_STRESS` every allocation asks; a collection runs at every `every`-th, or, with a seed, after random numbers
 * of them that are `every` on average. With `FLAG_SLICES` the major collector is always marking, a little at a time.
 *
 * The verifier looks at the whole heap. After every collection that is too slow for long programs, so it can be paced.
 */

import { PAGE_BYTES, usedPages } from './pages'

let every: u32 = 1
let countdown: u32 = 1
/** State of the generator; 0: not random. */
let state: u32 = 0

/** Words that the verifier may look at per collection, on average; 0: any number. */
let verifierWords: u64 = 0
/** Words that it may look at now. */
let verifierCredit: u64 = 0

/** From now on. `seed` 0: regularly. */
export function stress(interval: i32, seed: i32): void {
  every = <u32>max<i32>(1, interval)
  state = <u32>seed
  countdown = nextInterval()
}

/** xorshift32. */
function random(): u32 {
  state ^= state << 13
  state ^= state >> 17
  state ^= state << 5
  return state
}

function nextInterval(): u32 {
  return state ? 1 + (random() % (2 * every - 1)) : every
}

export function isCollectionDue(): bool {
  if (--countdown) return false
  countdown = nextInterval()
  return true
}

/** From now on the verifier looks at about so many words per collection: it lets some collections pass. 0: none. */
export function pace_verifier(words: i32): void {
  verifierWords = <u64>words
  verifierCredit = 0
}

export function isVerificationDue(): bool {
  verifierCredit += verifierWords
  if (verifierWords && verifierCredit < <u64>usedPages * (PAGE_BYTES >> 3)) return false
  verifierCredit = 0
  return true
}

/** Work of a slice under `FLAG_SLICES`: enough to end a cycle now and then, little enough to stop anywhere. */
export function stressWork(): u64 {
  return state ? 1 + (random() & 31) : 64
}
