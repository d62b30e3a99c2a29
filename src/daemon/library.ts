/** The compiler with the files of this machine: its library, its cache. */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Compiler } from '../engine/compiler.ts'
import { type Digest, digestOf } from '../engine/image.ts'
import { encodeLibrary } from '../engine/library-image.ts'
import type { UnitText } from '../engine/unit-source.ts'
import { imageFile, libraryImage } from './machine.ts'
import { moduleSources, packageRoot, standardLibrary, unitOfFile } from './source-folders.ts'
import { userCache } from './unit-cache.ts'

export { defaultDomainOptions, libraryImage, newDomain } from './machine.ts'
export { moduleSources, packageRoot, sourcesIn, standardLibrary, unitOfFile } from './source-folders.ts'

/** A compiler of the given files, and of texts that stand before them; the image has all of the standard library. */
export function newCompiler(
  files: readonly string[],
  folders: readonly string[] = [],
  texts: ReadonlyMap<string, UnitText> = new Map(),
): Compiler {
  return new Compiler(moduleSources(files, folders, texts), () => undefined, libraryImage(), {
    cache: userCache(),
  })
}

/** Compiles the whole standard library and writes the image; a step of the build, after all others. */
export function writeLibraryImage(): void {
  const names = readdirSync(join(packageRoot(), 'src/stdlib'))
    .filter((file) => file.endsWith('.ml'))
    .map(unitOfFile)
  const compiler = new Compiler(() => undefined, standardLibrary())
  for (const name of names) compiler.build(name)
  writeFileSync(imageFile, encodeLibrary(buildDigest(), compiler.order))
}

/** Tells this compiler, with its library and its runtime, from every other. */
function buildDigest(): Digest {
  const filesIn = (folder: string, wanted: RegExp): string[] =>
    (readdirSync(join(packageRoot(), folder), { recursive: true }) as string[])
      .filter((name) => wanted.test(name))
      .sort()
      .map((name) => join(folder, name))
  const files = [...filesIn('build', /\.(js|cjs|wasm)$/), ...filesIn('src/stdlib', /\.mli?$/)]
  return digestOf(...files.flatMap((file) => [`${file}\0`, readFileSync(join(packageRoot(), file))]))
}
