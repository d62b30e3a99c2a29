/**
 * What `OCAMLRUNPARAM` (else `CAMLRUNPARAM`) asks of the runtime: parameters separated by commas, each a letter, perhaps with
 * `=NUMBER` and a multiplier. `b`, `s`, `o` and `V` are OCaml's; `A`, `G`, `g`, `S` and `T` are ours, for tests of the collector
 * and of threads (docs/HACKING.md). Unknown letters are ignored, as in OCaml.
 */

import { type RuntimeOptions, runtimeFlags } from './runtime.ts'

export interface RunParameters {
  readonly backtraces: boolean
  /** Each letter that was given, with its number. */
  readonly numbers: ReadonlyMap<string, number>
}

const multipliers: Readonly<Record<string, number>> = { k: 2 ** 10, M: 2 ** 20, G: 2 ** 30 }

export function parseRunParameters(text: string): RunParameters {
  const numbers = new Map<string, number>()
  for (const parameter of text.split(',')) {
    const [, digits, multiplier] = /^.=(0x[0-9a-fA-F]+|\d+)(.?)/.exec(parameter) ?? []
    const number = digits === undefined ? 1 : Number(digits) * (multipliers[multiplier ?? ''] ?? 1)
    if (parameter !== '') numbers.set(parameter.charAt(0), number)
  }
  return { backtraces: (numbers.get('b') ?? 0) > 0, numbers }
}

type Environment = Readonly<Record<string, string | undefined>>

export function runParametersOf(environment: Environment): RunParameters {
  return parseRunParameters(environment['OCAMLRUNPARAM'] ?? environment['CAMLRUNPARAM'] ?? '')
}

/** Minor heaps as OCaml bounds them, in words. */
const smallestMinor = 4096
const largestMinor = 2 ** 26

/** The options with what the environment changes in them. */
export function adjustOptions<Options extends RuntimeOptions>(
  options: Options,
  { numbers }: RunParameters,
): Options {
  const minorWords = numbers.get('s')
  const spaceOverhead = numbers.get('o')
  const verifierWords = numbers.get('V') ?? 0
  const interval = numbers.get('G')
  const turns = numbers.get('T')
  const flag = (letter: string, bit: number): number => ((numbers.get(letter) ?? 0) > 0 ? bit : 0)
  return {
    ...options,
    ...(minorWords === undefined ? {} : { minorWords: clamp(minorWords, smallestMinor, largestMinor) }),
    ...(spaceOverhead === undefined ? {} : { spaceOverhead: Math.max(1, spaceOverhead) }),
    ...(verifierWords > 1 ? { verifierWords } : {}),
    ...(turns === undefined ? {} : { turns }),
    ...(interval === undefined ? {} : { stress: { interval, seed: numbers.get('g') ?? 0 } }),
    flags:
      options.flags |
      flag('V', runtimeFlags.verify) |
      flag('G', runtimeFlags.stress) |
      flag('A', runtimeFlags.alternate) |
      flag('S', runtimeFlags.slices),
  }
}

function clamp(n: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, n))
}
