/**
 * Relocations in flat form, three words each, as compiled units keep them: small in images, and quickly gone through.
 *
 *     offset   where: in a module a padded LEB128 constant, in static data a word
 *     base     0 to 4 as in `RelocationBase`; 5 + n: the module block of the unit `units[n]`
 *     addend
 *
 * In static data what is relative to `table` or `prelude` is a table index of 32 bits, everything else a word of 64.
 */

import type { Relocation, RelocationBase } from '../wasm/assembler.ts'

export interface RelocationTable {
  readonly words: Int32Array
  readonly units: readonly string[]
}

export const relocationWords = 3

export const baseCode = { data: 0, table: 1, prelude: 2, code: 3, preludeCode: 4, unit: 5 } as const

export function packRelocations(relocations: readonly Relocation[]): RelocationTable {
  const words = new Int32Array(relocations.length * relocationWords)
  const units: string[] = []
  const codeOf = (base: RelocationBase): number => {
    if (base.kind !== 'unit') return baseCode[base.kind]
    const known = units.indexOf(base.name)
    return baseCode.unit + (known < 0 ? units.push(base.name) - 1 : known)
  }
  relocations.forEach(({ offset, base, addend }, i) => {
    words.set([offset, codeOf(base), addend], i * relocationWords)
  })
  return { words, units }
}
