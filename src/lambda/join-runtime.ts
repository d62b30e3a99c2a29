/**
 * Calls of the unit CamlinternalJoin, by the positions of its functions in its block.
 */

import type { Region } from '../base/region.ts'
import { apply, external, field, int, primitive, unit } from './build.ts'
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
  runs_own: 'int',
  wait: 'any',
} as const satisfies Readonly<Record<string, Layout>>

type JoinFunction = keyof typeof joinRuntime
const positions = Object.keys(joinRuntime)

export function callJoinRuntime(name: JoinFunction, args: readonly Lambda[], region: Region): Lambda {
  const f = field(positions.indexOf(name), { kind: 'unit', name: 'CamlinternalJoin' }, 'pointer')
  return apply(f, args, joinRuntime[name], region)
}

/** A `continuation` of the running thread: not settled, no result, whose it is, nobody waits yet. */
export function newContinuation(region: Region): Lambda {
  const self = external('caml_green_self', ['int'], 'int', [unit], region)
  return primitive({ kind: 'makeBlock', tag: 0, mutable: true }, [int(0), int(0), self, int(0)], region)
}

/** Positions in a `message`. */
export const messageField = { value: 0, reply: 1 } as const
