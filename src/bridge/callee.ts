/**
 * Entering OCaml functions from the host: `(sp, args) → result`, 0 when the stack unwinds. See docs/RUNTIME.md for closures.
 */

import { preludeFunction } from '../codegen/prelude-table.ts'
import type { Domain } from '../engine/domain.ts'
import type { LinkedUnit } from '../engine/linker.ts'
import { hashVariant } from '../lambda/hash-variant.ts'
import type { Heap } from './heap.ts'

type Code = (...words: (number | bigint)[]) => bigint

/** Applies a function to all its arguments. */
export type Enter = (sp: number, args: readonly bigint[]) => bigint

/** Exact calls without an array spread for the usual arities. */
function callCode(code: Code, sp: number, args: readonly bigint[]): bigint {
  switch (args.length) {
    case 1:
      return code(sp, args[0] as bigint)
    case 2:
      return code(sp, args[0] as bigint, args[1] as bigint)
    case 3:
      return code(sp, args[0] as bigint, args[1] as bigint, args[2] as bigint)
    default:
      return code(sp, ...args)
  }
}

/** How the value in a field of a module is applied to `arity` arguments (≥ 1). */
export function enterField(
  domain: Domain,
  heap: Heap,
  unit: LinkedUnit,
  position: number,
  arity: number,
): Enter {
  const direct = directCode(domain, unit, position, arity)
  if (direct !== undefined) return (sp, args) => callCode(direct, sp, args)
  const slot = unit.block + position * 8
  return (sp, args) => applyClosure(domain, heap, slot, sp, args)
}

/** The code of a function that is known to need no closure. */
function directCode(domain: Domain, unit: LinkedUnit, position: number, arity: number): Code | undefined {
  const { approximation } = unit.compiled
  const known = approximation.kind === 'block' ? approximation.fields[position] : undefined
  if (known?.kind !== 'function' || known.arity !== arity) return undefined
  const { linker } = domain
  const owner = linker.unit(known.unit)
  return owner === undefined ? undefined : (linker.function(owner, known.function) as Code)
}

/** Applies the closure in a slot to one or more arguments. */
export function applyClosure(
  domain: Domain,
  heap: Heap,
  slot: number,
  sp: number,
  args: readonly bigint[],
): bigint {
  return applyValue(domain, heap, heap.values[slot >>> 3] as bigint, sp, args)
}

/** Applies a closure to one or more arguments. */
export function applyValue(
  domain: Domain,
  heap: Heap,
  env: bigint,
  sp: number,
  args: readonly bigint[],
): bigint {
  const { linker } = domain
  const count = args.length
  const closure = Number(env)
  const arity = (heap.words[(closure >>> 2) + 3] as number) >> 1
  if (count > 1 && count !== arity) {
    const apply = linker.preludeFunction(preludeFunction('apply', count)) as Code
    return apply(sp, ...args, env)
  }
  const field = count === 1 ? 0 : 2
  const code = linker.functionAt((heap.words[(closure >>> 2) + field * 2] as number) >>> 1) as Code
  return code(sp, ...args, env)
}

/** Sends a message to the object in a slot. */
export function sendMessage(
  domain: Domain,
  heap: Heap,
  slot: number,
  method: string,
  sp: number,
  args: readonly bigint[],
): bigint {
  const { exports } = domain.runtime
  const object = heap.values[slot >>> 3] as bigint
  const label = (BigInt(hashVariant(method)) << 1n) | 1n
  return applyValue(domain, heap, exports.caml_get_public_method(object, label), sp, [object, ...args])
}
