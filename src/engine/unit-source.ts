/** Where source text is found: a port that `daemon/` implements with files. */

import type { Source } from '../base/region.ts'

export interface UnitText {
  readonly implementation: Source
  readonly interface: Source | undefined
}

/** Finds the text of a unit by its name (`List`), or undefined. */
export type UnitSource = (name: string) => UnitText | undefined
