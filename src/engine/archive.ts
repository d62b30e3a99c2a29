/** Archives: several compiled units in one image, to be linked into programs. */

import { type BuiltUnit, type Digest, encodeImage, ImageError, readImage } from './image.ts'
import type { UnitImage } from './library-image.ts'
import { renumber } from './renumber.ts'
import { type CompiledImplementation, readCompiled } from './separate.ts'

/** What an archive keeps of each unit besides its code. */
type ArchivedUnit = Omit<CompiledImplementation, 'built'>

export function encodeArchive(units: readonly CompiledImplementation[], compiler: Digest): Uint8Array {
  const members: readonly ArchivedUnit[] = units.map(({ built: _, ...member }) => member)
  const built = units.map((u) => u.built)
  return encodeImage(compiler, built, { kind: 'archive', members })
}

/** The units of an archive, or the one of a compiled unit. Throws `ImageError`. */
export function readUnits(
  bytes: Uint8Array,
  file: string,
  image: UnitImage,
): readonly CompiledImplementation[] {
  const { about, units } = readImage(bytes, image.compiler, (s) => renumber(s, image.reserved))
  const { kind, members } = about as { readonly kind?: string; readonly members?: readonly ArchivedUnit[] }
  if (kind === 'implementation') return [readCompiled(bytes, file, image) as CompiledImplementation]
  if (kind !== 'archive' || members?.length !== units.length)
    throw new ImageError('no compiled unit, no archive')
  return members.map((member, i) => ({ ...member, file, built: units[i] as BuiltUnit }))
}
