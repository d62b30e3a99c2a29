/**
 * Where units come from on disk, and the runtime module: the file side of the engine.
 */

import { existsSync, openSync, readdirSync, readFileSync, readSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { Compiler, type UnitSource, type UnitText } from '../engine/compiler.ts'
import { Domain } from '../engine/domain.ts'
import type { Host } from '../engine/host.ts'
import { emptyImage, encodeImage, openImage, type UnitImage } from '../engine/image.ts'
import type { RuntimeOptions } from '../engine/runtime.ts'

const root = packageRoot()

/** The folder of package.json: this file runs from `src/` in tests and from one of a few bundles in `build/`. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder)
  return folder
}

/** The units whose files are in `folder`; messages name them as in `shown`. */
export function sourcesIn(folder: string, shown = folder): UnitSource {
  return (unit) => {
    const base = unit.charAt(0).toLowerCase() + unit.slice(1)
    const implementation = join(folder, `${base}.ml`)
    const interfaceFile = join(folder, `${base}.mli`)
    if (!existsSync(implementation)) return undefined
    return {
      implementation: { name: join(shown, `${base}.ml`), bytes: readFileSync(implementation) },
      interface: existsSync(interfaceFile)
        ? { name: join(shown, `${base}.mli`), bytes: readFileSync(interfaceFile) }
        : undefined,
    }
  }
}

/** `dir/http_parser.ml` is the unit `Http_parser`. */
export function unitOfFile(file: string): string {
  const name = basename(file, '.ml')
  return name.charAt(0).toUpperCase() + name.slice(1)
}

/** The given files and other units in their folders. Messages name files as they were given. */
export function moduleSources(files: readonly string[]): UnitSource {
  const named = new Map(files.map((file) => [unitOfFile(file), file]))
  const neighbours = [...new Set(files.map((file) => dirname(file)))].map((folder) =>
    sourcesIn(resolve(folder), folder === '.' ? '' : folder),
  )
  return (unit) => {
    const file = named.get(unit)
    if (file !== undefined) return textOf(file)
    return neighbours.map((source) => source(unit)).find((text) => text !== undefined)
  }
}

function textOf(file: string): UnitText {
  const interfaceFile = `${file}i`
  return {
    implementation: { name: file, bytes: readFileSync(file) },
    interface: existsSync(interfaceFile)
      ? { name: interfaceFile, bytes: readFileSync(interfaceFile) }
      : undefined,
  }
}

/** The standard library that this package brings. */
export function standardLibrary(): UnitSource {
  return sourcesIn(join(root, 'src/stdlib'), 'stdlib')
}

const imageFile = join(root, 'build/stdlib.image')

/** The standard library as the build compiled it; empty while the build itself makes it. */
export function libraryImage(): UnitImage {
  if (!existsSync(imageFile)) return emptyImage
  const fd = openSync(imageFile, 'r')
  return openImage((offset, length) => {
    const bytes = new Uint8Array(length)
    readSync(fd, bytes, 0, length, offset)
    return bytes
  })
}

/** A compiler of the given files, with the standard library ready. */
export function newCompiler(files: readonly string[]): Compiler {
  return new Compiler(moduleSources(files), standardLibrary(), libraryImage())
}

/** Compiles the whole standard library and writes the image; a step of the build. */
export function writeLibraryImage(): void {
  const names = readdirSync(join(root, 'src/stdlib'))
    .filter((file) => file.endsWith('.ml'))
    .map(unitOfFile)
  const compiler = new Compiler(() => undefined, standardLibrary())
  for (const name of names) compiler.build(name)
  writeFileSync(imageFile, encodeImage(compiler.order))
}

/** OCaml's defaults, with a stack that deep recursion does not exhaust; the heap is limited by the address space. */
export const defaultDomainOptions: RuntimeOptions = {
  minorWords: 262_144,
  stackBytes: 256 * 1024 * 1024,
  heapLimitBytes: 3 * 1024 * 1024 * 1024,
  flags: 0,
}

let runtimeModule: WebAssembly.Module | undefined

/** A domain with nothing but the prelude in it. */
export function newDomain(host: Host, options: RuntimeOptions = defaultDomainOptions): Domain {
  if (runtimeModule === undefined) {
    // V8 cannot leave its baseline compiler in the middle of a loop, so a hot loop must be optimised from the start.
    setFlagsFromString('--no-liftoff')
    runtimeModule = new WebAssembly.Module(readFileSync(join(root, 'build/runtime/runtime.wasm')))
  }
  return new Domain(runtimeModule, host, options)
}
