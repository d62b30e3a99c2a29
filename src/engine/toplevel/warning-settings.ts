/** Which warnings are given, and which of them are errors: `-w`, `-warn-error`, `#warnings`, `#warn_error`. */

import type { Diagnostic } from '../../base/diagnostic.ts'

/** The ranges of numbers that a part of a specification is about. */
type Matches = (number: number, name: string) => boolean

interface Change {
  readonly matches: Matches
  readonly on: boolean
}

/** Of several changes the last one counts. */
function decide(changes: readonly Change[], { warning }: Diagnostic, initially: boolean): boolean {
  if (warning === undefined) return initially
  const last = changes.filter(({ matches }) => matches(warning.number, warning.name)).at(-1)
  return last?.on ?? initially
}

export class WarningSettings {
  private readonly enabled: readonly Change[]
  private readonly errors: readonly Change[]

  constructor(enabled: readonly Change[] = [], errors: readonly Change[] = []) {
    this.enabled = enabled
    this.errors = errors
  }

  /** Changed as `specification` says; `+8@9-40..42-a+partial-match` and the like. */
  with(specification: string, what: 'enabled' | 'errors'): WarningSettings {
    const enabled = [...this.enabled]
    const errors = [...this.errors]
    for (const { sign, matches } of parts(specification)) {
      const change = { matches, on: sign !== '-' }
      if (what === 'enabled' || sign === '@') enabled.push(change)
      if (what === 'errors' || sign === '@') errors.push(change)
    }
    return new WarningSettings(enabled, errors)
  }

  isEnabled(diagnostic: Diagnostic): boolean {
    return decide(this.enabled, diagnostic, true)
  }

  isFatal(diagnostic: Diagnostic): boolean {
    return decide(this.errors, diagnostic, false)
  }
}

interface Part {
  readonly sign: string
  readonly matches: Matches
}

/** A letter without a sign switches on (capital) or off. */
function parts(specification: string): readonly Part[] {
  const found: Part[] = []
  for (const [, sign, words, low, high, letter] of specification.matchAll(
    /([-+@]?)(?:([a-z]+(?:-[a-z]+)+)|(\d+)(?:\.\.(\d+))?|([A-Za-z]))/g,
  )) {
    if (words !== undefined) found.push({ sign: sign || '+', matches: (_, name) => name === words })
    else if (low !== undefined) {
      const [from, to] = [Number(low), Number(high ?? low)]
      found.push({ sign: sign || '+', matches: (number) => number >= from && number <= to })
    } else if (letter !== undefined) {
      const numbers = letters[letter.toLowerCase()] ?? []
      const matches: Matches =
        letter.toLowerCase() === 'a' ? () => true : (number) => numbers.includes(number)
      found.push({ sign: sign || (letter === letter.toLowerCase() ? '-' : '+'), matches })
    }
  }
  return found
}

/** The warnings that a letter stands for. */
const letters: Readonly<Record<string, readonly number[]>> = {
  c: [1, 2],
  d: [3],
  e: [4],
  f: [5],
  k: [32, 33, 34, 35, 36, 37, 38, 39],
  l: [6],
  m: [7],
  p: [8],
  r: [9],
  s: [10],
  u: [11, 12],
  v: [13],
  x: [14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 30],
  y: [26],
  z: [27],
}
