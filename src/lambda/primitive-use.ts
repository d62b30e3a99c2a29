/** Uses of `external`s, as `primitives.ts` and `comparisons.ts` translate them. */

import type { Region } from '../base/region.ts'
import type { Env } from '../typing/env.ts'
import type { Type, ValueDescription } from '../typing/types.ts'
import type { Context } from './context.ts'
import { checkPrimitiveArity } from './primitive-arity.ts'

/** One use of an external. */
export interface PrimitiveUse {
  readonly name: string
  readonly arity: number
  /** The type at this use, and the declared one. */
  readonly type: Type
  readonly declared: Type
  readonly env: Env
  readonly region: Region
  readonly context: Context
}

export function primitiveUse(
  value: ValueDescription,
  type: Type,
  env: Env,
  region: Region,
  context: Context,
): PrimitiveUse | undefined {
  const { kind } = value
  if (kind.kind !== 'primitive') return undefined
  checkPrimitiveArity(value, region)
  return { name: kind.name, arity: kind.arity, type, declared: value.type, env, region, context }
}
