/** Where units come from on disk. */

import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { UnitSource, UnitText } from '../engine/unit-source.ts'

/** The folder of the package: this file runs from `src/` in tests and from one of a few bundles in `build/`. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'src/stdlib'))) folder = dirname(folder)
  return folder
}

/** Whether this is the built package and not its sources. */
export function runsFromBuild(): boolean {
  return fileURLToPath(import.meta.url).startsWith(join(packageRoot(), 'build'))
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

/**
 * The given texts, by unit, then the given files and other units in their folders, then in `folders`. Messages name files as
 * they were given.
 */
export function moduleSources(
  given: readonly string[],
  folders: readonly string[] = [],
  texts: ReadonlyMap<string, UnitText> = new Map(),
): UnitSource {
  const files = given.filter((file) => isAbsolute(file) || !texts.has(unitOfFile(file)))
  const named = new Map(files.map((file) => [unitOfFile(file), file]))
  const neighbours = [...new Set([...files.map((file) => dirname(file)), ...folders])].map((folder) =>
    sourcesIn(resolve(folder), folder === '.' ? '' : folder),
  )
  return (unit) => {
    const text = texts.get(unit)
    if (text !== undefined) return text
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
  const source = sourcesIn(join(packageRoot(), 'src/stdlib'), 'stdlib')
  return (unit) => {
    const text = source(unit)
    return text && { ...text, implementation: { ...text.implementation, library: true } }
  }
}
