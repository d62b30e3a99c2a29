/**
 * Images: compiled units as bytes, so that a start does not compile the standard library again.
 *
 *     header length (u32), header, then for each unit two byte strings that the header locates:
 *     what importers need and the code; what resume variants and backtraces are made of (seldom needed)
 *
 * The parts are V8's serialisation of plain data; types are graphs, and it keeps their sharing. An image is only valid for
 * the V8 and the compiler that wrote it, so it is a product of the build, never shipped apart from it.
 */

import { deserialize, serialize } from 'node:v8'
import { ByteWriter } from '../base/byte-writer.ts'
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

/** Units that are already compiled, by name. */
export interface UnitImage {
  get(name: string): BuiltUnit | undefined
  readonly names: readonly string[]
}

export const emptyImage: UnitImage = { get: () => undefined, names: [] }

/** Reads a part of an image's bytes. */
export type ReadImage = (offset: number, length: number) => Uint8Array

interface Place {
  readonly offset: number
  readonly length: number
}

interface Header {
  /** Nothing that is made after reading the image may have these numbers again. */
  readonly stamp: number
  readonly typeId: number
  readonly label: number
  readonly units: ReadonlyMap<string, { readonly unit: Place; readonly resumable: Place }>
}

export function encodeImage(units: readonly BuiltUnit[]): Uint8Array {
  const blob = new ByteWriter(1 << 20)
  const append = (value: unknown): Place => {
    const bytes = serialize(value)
    blob.raw(bytes)
    return { offset: blob.length - bytes.length, length: bytes.length }
  }
  const places = units.map(({ compiled, ...rest }) => {
    const { resumable, ...plain } = compiled
    return [
      compiled.name,
      { unit: append({ ...rest, compiled: plain }), resumable: append(resumable()) },
    ] as const
  })
  const header: Header = {
    stamp: greatestStamp(),
    typeId: greatestTypeId(),
    label: greatestLabel(),
    units: new Map(places),
  }
  const headerBytes = serialize(header)
  const out = new ByteWriter(4 + headerBytes.length + blob.length)
  out.u32(headerBytes.length)
  out.raw(headerBytes)
  out.raw(blob.finish())
  return out.finish()
}

/** An image whose units are read when they are asked for. Must be opened before anything is compiled in this process. */
export function openImage(read: ReadImage): UnitImage {
  const first = read(0, 4)
  const length = new DataView(first.buffer, first.byteOffset).getUint32(0, true)
  const header = deserialize(read(4, length)) as Header
  skipStamps(header.stamp)
  skipTypeIds(header.typeId)
  skipLabels(header.label)
  const part = ({ offset, length: size }: Place): unknown => deserialize(read(4 + length + offset, size))
  const units = new Map<string, BuiltUnit>()
  return {
    names: [...header.units.keys()],
    get: (name) => {
      const places = header.units.get(name)
      if (places === undefined) return undefined
      let unit = units.get(name)
      if (unit === undefined) {
        unit = revive(part(places.unit) as StoredUnit, () => part(places.resumable) as Resumable)
        units.set(name, unit)
      }
      return unit
    },
  }
}

interface StoredUnit extends Omit<BuiltUnit, 'compiled'> {
  readonly compiled: Omit<CompiledUnit, 'resumable'>
}

function revive(stored: StoredUnit, readResumable: () => Resumable): BuiltUnit {
  let read: Resumable | undefined
  const resumable = (): Resumable => {
    read ??= readResumable()
    return read
  }
  return { ...stored, compiled: { ...stored.compiled, resumable } }
}
