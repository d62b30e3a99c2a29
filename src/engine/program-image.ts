/** Programs as images: the units of the program in the order of their initialisation. */

import { type BuiltUnit, type Digest, encodeImage, ImageError, readImage } from './image.ts'
import type { UnitImage } from './library-image.ts'

/** Units of the library are no part of it: whoever runs it has them. */
export function encodeProgram(units: readonly BuiltUnit[], compiler: Digest): Uint8Array {
  return encodeImage(compiler, units, { kind: 'program' })
}

/** The units of a program with those of the library, in order. Throws `ImageError`. */
export function readProgram(bytes: Uint8Array, library: UnitImage): readonly BuiltUnit[] {
  const { about, units } = readImage(bytes, library.compiler, (s) => s)
  if ((about as { readonly kind?: string }).kind !== 'program') throw new ImageError('not a program')
  return importsFirst(units, library)
}

/** Units in their order, each after what it needs of the library. */
export function importsFirst(units: readonly BuiltUnit[], library: UnitImage): readonly BuiltUnit[] {
  const order = new Map<string, BuiltUnit>()
  const visit = (unit: BuiltUnit): void => {
    const { name, imports } = unit.compiled
    if (order.has(name)) return
    for (const imported of imports) {
      const found = library.get(imported)
      if (found !== undefined) visit(found)
    }
    order.set(name, unit)
  }
  units.forEach(visit)
  return [...order.values()]
}
