/**
 * Calls of the unit CamlinternalOO, by the positions of its functions in its block.
 */

import { noRegion, type Region } from '../base/region.ts'
import { apply, field, structured } from './build.ts'
import type { Lambda, Layout } from './lambda.ts'

/** The values of src/stdlib/camlinternalOO.mli, in its order. */
export const classRuntime = [
  'public_method_label',
  'create_table',
  'method_slot',
  'variable',
  'set_method',
  'get_method',
  'add_initializer',
  'enter',
  'leave',
  'finish',
  'create_object',
  'run_initializers',
  'copy',
] as const

type ClassFunction = (typeof classRuntime)[number]

const results: Partial<Record<ClassFunction, Layout>> = {
  method_slot: 'int',
  variable: 'int',
  set_method: 'int',
  add_initializer: 'int',
  enter: 'int',
  leave: 'int',
  finish: 'int',
  run_initializers: 'int',
}

export function callClassRuntime(
  name: ClassFunction,
  args: readonly Lambda[],
  region: Region = noRegion,
): Lambda {
  const unit: Lambda = { kind: 'unit', name: 'CamlinternalOO' }
  const f = field(classRuntime.indexOf(name), unit, 'pointer')
  return apply(f, args, results[name] ?? 'pointer', region)
}

/** A constant array of strings. */
export function nameArray(names: readonly string[]): Lambda {
  const encoder = new TextEncoder()
  return structured({
    kind: 'block',
    tag: 0,
    fields: names.map((name) => ({
      kind: 'constant',
      constant: { kind: 'string', bytes: encoder.encode(name) },
    })),
  })
}
