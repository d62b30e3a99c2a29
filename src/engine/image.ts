/**
 * Images: compiled units as bytes, so that a start does not compile the standard library again.
 *
 * An image is V8's serialisation of plain data; types are graphs, and it keeps their sharing. It is only valid for the
 * V8 and the compiler that wrote it, so it is a product of the build, never shipped apart from it. What resume variants are
 * made of is by far the largest part and seldom needed: it goes into one byte string per unit, read on demand.
 */

import { deserialize, serialize } from 'node:v8'
import type { CompiledUnit, Resumable } from '../codegen/index.ts'
import { greatestLabel, skipLabels } from '../lambda/build.ts'
import type { UnitSummary } from '../lambda/unit-summary.ts'
import { greatestStamp, skipStamps } from '../typing/ident.ts'
import { greatestTypeId, skipTypeIds } from '../typing/type-graph.ts'
import type { Signature } from '../typing/types.ts'

/** A unit as the compiler keeps it: what importers need to know, and the code. */
export interface BuiltUnit {
  readonly interface: Signature
  readonly summary: UnitSummary
  readonly compiled: CompiledUnit
}

interface ImageUnit extends Omit<BuiltUnit, 'compiled'> {
  readonly compiled: Omit<CompiledUnit, 'resumable'>
  readonly resumable: Uint8Array
}

interface ImageData {
  readonly stamp: number
  readonly typeId: number
  readonly label: number
  /** In the order of initialisation. */
  readonly units: readonly ImageUnit[]
}

/** `units` in the order of their initialisation. */
export function encodeImage(units: readonly BuiltUnit[]): Uint8Array {
  const data: ImageData = {
    stamp: greatestStamp(),
    typeId: greatestTypeId(),
    label: greatestLabel(),
    units: units.map(({ compiled, ...rest }) => {
      const { resumable, ...plain } = compiled
      return { ...rest, compiled: plain, resumable: serialize(resumable()) }
    }),
  }
  return serialize(data)
}

/** The units of an image by name, in order. Must be read before anything else is compiled in this process. */
export function decodeImage(bytes: Uint8Array): ReadonlyMap<string, BuiltUnit> {
  const data = deserialize(bytes) as ImageData
  skipStamps(data.stamp)
  skipTypeIds(data.typeId)
  skipLabels(data.label)
  return new Map(
    data.units.map(({ compiled, resumable, ...rest }) => [compiled.name, revive(rest, compiled, resumable)]),
  )
}

function revive(
  rest: Omit<BuiltUnit, 'compiled'>,
  compiled: ImageUnit['compiled'],
  code: Uint8Array,
): BuiltUnit {
  let read: Resumable | undefined
  const resumable = (): Resumable => {
    read ??= deserialize(code) as Resumable
    return read
  }
  return { ...rest, compiled: { ...compiled, resumable } }
}
