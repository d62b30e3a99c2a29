/**
 * Calls of the unit CamlinternalJoin, by the positions of its functions in its block.
 */

import type { Region } from '../base/region.ts'
import { apply, field } from './build.ts'
import type { Lambda, Layout } from './lambda.ts'

/** The values of src/stdlib/camlinternalJoin.mli, in its order, and what they return. */
const joinRuntime = {
  automaton: 'pointer',
  define: 'int',
  send: 'int',
  call: 'any',
  reply: 'int',
  fail: 'int',
  schedule: 'int',
  push: 'int',
  pop: 'pointer',
  is_abandoned: 'int',
  wait: 'any',
} as const satisfies Readonly<Record<string, Layout>>

type JoinFunction = keyof typeof joinRuntime
const positions = Object.keys(joinRuntime)

export function callJoinRuntime(name: JoinFunction, args: readonly Lambda[], region: Region): Lambda {
  const f = field(positions.indexOf(name), { kind: 'unit', name: 'CamlinternalJoin' }, 'pointer')
  return apply(f, args, joinRuntime[name], region)
}

/** A `continuation` that waits for its reply: not settled, no result, nobody waits, no task. */
export const continuationFields: readonly number[] = [0, 0, -1, 0]

/** Positions in a `message`. */
export const messageField = { value: 0, reply: 1 } as const
