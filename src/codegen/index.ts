/** The code generator's public face: a Lambda unit in, a linkable unit out. */

import type { LambdaUnit } from '../lambda/lambda.ts'
import { normaliseUnit } from './normalise-unit.ts'
import { preludeUnit } from './prelude.ts'
import type { Approximation } from './scope.ts'
import { type CompiledUnit, compileCode } from './unit.ts'

export { baseCode, type RelocationTable, relocationWords } from './relocations.ts'
export type { Approximation } from './scope.ts'
export {
  type CompiledUnit,
  encodeResume,
  type Location,
  type Relocatable,
  type Resumable,
  siteLocations,
} from './unit.ts'

/** `approximationOf` tells what is known of the units that this one imports. */
export function compileUnit(
  lambda: LambdaUnit,
  approximationOf: (unit: string) => Approximation | undefined,
): CompiledUnit {
  return compileCode(normaliseUnit(lambda, approximationOf), lambda.imports)
}

/** The functions that every unit relies on; linked before any of them. */
export function compilePrelude(): CompiledUnit {
  return compileCode(preludeUnit(), [])
}
