/**
 * The library's image: all its units, the prelude among them. It is a product of the build, and its `compiler` digest is
 * that of the build.
 */

import { type CompiledUnit, compilePrelude } from '../codegen/index.ts'
import { greatestStamp, skipStamps } from '../typing/ident.ts'
import { greatestTypeId, skipTypeIds } from '../typing/type-graph.ts'
import { type BuiltUnit, type Digest, encodeImage, noDigest, openImage } from './image.ts'
import type { ReadBytes } from './packing.ts'

/** Units that are already compiled, by name. */
export interface UnitImage {
  readonly compiler: Digest
  readonly names: readonly string[]
  /** The greatest stamp in it. */
  readonly reserved: number
  get(name: string): BuiltUnit | undefined
}

export interface LibraryImage extends UnitImage {
  readonly prelude: CompiledUnit
}

export const emptyImage: UnitImage = { compiler: noDigest, names: [], reserved: 0, get: () => undefined }

/** The greatest numbers in the image: nothing that is made after reading it may have them again. */
interface Numbers {
  readonly stamp: number
  readonly typeId: number
}

export function encodeLibrary(compiler: Digest, units: readonly BuiltUnit[]): Uint8Array {
  const numbers: Numbers = { stamp: greatestStamp(), typeId: greatestTypeId() }
  const prelude: BuiltUnit = {
    interface: [],
    summary: { name: 'prelude', fields: [] },
    compiled: compilePrelude(),
  }
  return encodeImage(compiler, [prelude, ...units], numbers)
}

/** Must be opened before anything is compiled in this process. */
export function openLibrary(read: ReadBytes): LibraryImage {
  const { compiler, about, units } = openImage(read, (signature) => signature)
  const { stamp, typeId } = about as Numbers
  skipStamps(stamp)
  skipTypeIds(typeId)
  const [prelude, ...rest] = units as [BuiltUnit, ...BuiltUnit[]]
  const byName = new Map(rest.map((unit) => [unit.compiled.name, unit]))
  return {
    compiler,
    names: [...byName.keys()],
    reserved: stamp,
    get: (name) => byName.get(name),
    prelude: prelude.compiled,
  }
}
