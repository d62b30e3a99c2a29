/** The compiled standard library, as material for tests of the code generator. */

import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { libraryImage, standardLibrary, unitOfFile } from '../../src/daemon/library.ts'
import { Compiler } from '../../src/engine/compiler.ts'
import type { BuiltUnit } from '../../src/engine/image.ts'

export const stdlibFolder = resolve(import.meta.dirname, '../../src/stdlib')

/** All units, each after those that it imports. */
export function stdlibUnits(): readonly BuiltUnit[] {
  const names = readdirSync(stdlibFolder)
    .filter((file) => file.endsWith('.ml'))
    .map(unitOfFile)
  const compiler = new Compiler(() => undefined, standardLibrary(), libraryImage())
  for (const name of names) compiler.build(name)
  return compiler.order
}
