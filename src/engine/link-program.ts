/**
 * Linking compiled units into a program: which of them belong to it, whether their order is possible, whether they were compiled
 * against the same interfaces. The words are OCaml's.
 */

import type { Diagnostic } from '../base/diagnostic.ts'
import { noRegion, wholeFile } from '../base/region.ts'
import { warningName } from '../base/warnings.ts'
import { unitDisplayName } from '../typing/ident.ts'
import type { BuiltUnit } from './image.ts'
import { unavailableExternal } from './linker.ts'
import type { CompiledImplementation, Memory } from './separate.ts'

/** What stands on the command line: a unit, or an archive, of which only what is needed is taken. */
export interface LinkInput {
  readonly units: readonly CompiledImplementation[]
  readonly isArchive: boolean
}

export type LinkResult =
  | { readonly kind: 'linked'; readonly units: readonly CompiledImplementation[] }
  | { readonly kind: 'failed'; readonly diagnostic: Diagnostic }

function failed(message: string): LinkResult {
  return { kind: 'failed', diagnostic: { severity: 'error', region: noRegion, message } }
}

/** `externals`: the names of the functions that the runtime gives to OCaml. */
export function linkProgram(
  inputs: readonly LinkInput[],
  all: boolean,
  externals: ReadonlySet<string>,
): LinkResult {
  const units = selected(inputs, all)
  return (
    definedTwice(units) ??
    inconsistent(units, 'interface', (u) => u.interfaces) ??
    inconsistent(units, 'implementation', (u) => u.implementations) ??
    unavailable(units) ??
    missingExternal(units, externals) ?? { kind: 'linked', units }
  )
}

/** From the last to the first, since a unit is needed by later ones. */
function selected(inputs: readonly LinkInput[], all: boolean): readonly CompiledImplementation[] {
  const needed = new Set<string>()
  const taken: CompiledImplementation[] = []
  for (const { units, isArchive } of [...inputs].reverse()) {
    for (const unit of [...units].reverse()) {
      if (isArchive && !all && !needed.has(unit.name)) continue
      taken.push(unit)
      for (const name of references(unit.built)) needed.add(name)
    }
  }
  return taken.reverse()
}

function imports({ compiled }: BuiltUnit): ReturnType<typeof WebAssembly.Module.imports> {
  return WebAssembly.Module.imports(new WebAssembly.Module(compiled.module.bytes as Uint8Array<ArrayBuffer>))
}

/** The units whose blocks or functions the code mentions. */
function references(unit: BuiltUnit): readonly string[] {
  const { module, data } = unit.compiled
  const called = imports(unit).flatMap((i) => (i.module.startsWith('unit:') ? [i.module.slice(5)] : []))
  return [...new Set([...module.relocations.units, ...data.relocations.units, ...called])]
}

function definedTwice(units: readonly CompiledImplementation[]): LinkResult | undefined {
  const files = new Map<string, string>()
  for (const { name, file } of units) {
    const other = files.get(name)
    if (other !== undefined) return twice(other, file, name)
    files.set(name, file)
  }
  return undefined
}

function twice(first: string, second: string, name: string): LinkResult {
  const message = `files ${first} and ${second} both define a module named ${unitDisplayName(name)}`
  const region = wholeFile({ name: second, bytes: new Uint8Array(0) })
  const warning = { number: 31, name: warningName(31) }
  return { kind: 'failed', diagnostic: { severity: 'warning', fatal: true, region, warning, message } }
}

function inconsistent(
  units: readonly CompiledImplementation[],
  what: string,
  memoryOf: (unit: CompiledImplementation) => Memory,
): LinkResult | undefined {
  const known = new Map<string, { readonly digest: string; readonly file: string }>()
  if (what === 'implementation') for (const { name, digest, file } of units) known.set(name, { digest, file })
  for (const unit of units) {
    for (const [name, digest] of memoryOf(unit)) {
      const first = known.get(name)
      if (first === undefined) known.set(name, { digest, file: unit.file })
      else if (first.digest !== digest) {
        const files = `Files ${unit.file} and ${first.file}`
        return failed(`${files} make inconsistent assumptions over ${what} ${unitDisplayName(name)}`)
      }
    }
  }
  return undefined
}

function unavailable(units: readonly CompiledImplementation[]): LinkResult | undefined {
  const ofProgram = new Set(units.map((u) => u.name))
  const before = new Set<string>()
  for (const { name, built, interfaces } of units) {
    before.add(name)
    const own = new Set(interfaces.map(([unit]) => unit))
    for (const needed of references(built)) {
      if (!own.has(needed) || before.has(needed)) continue
      const [user, used] = [unitDisplayName(name), unitDisplayName(needed)]
      return failed(
        ofProgram.has(needed)
          ? `Wrong link order: ${user} depends on ${used}`
          : `Module \`${used}' is unavailable (required by \`${user}')`,
      )
    }
  }
  return undefined
}

/** What a unit declares with `external` and the runtime does not have. */
function missingExternal(
  units: readonly CompiledImplementation[],
  externals: ReadonlySet<string>,
): LinkResult | undefined {
  for (const { built, file } of units) {
    const missing = imports(built).find(({ module, name }) => module === 'rt' && !externals.has(name))
    if (missing === undefined) continue
    return failed(`Error while linking ${file}:\n${unavailableExternal(missing.name)}`)
  }
  return undefined
}
