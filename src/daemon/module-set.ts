/**
 * The modules that can be called: files of the configuration, and texts that peers have loaded, which stand before files of
 * the same unit.
 */

import { isAbsolute } from 'node:path'
import { erlangModule } from '../bridge/names.ts'
import type { UnitText } from '../engine/unit-source.ts'
import { unitOfFile } from './source-folders.ts'

export interface ModuleSet {
  /** Files, absolute; a unit without a file is named as if it had one in no folder. */
  readonly files: readonly string[]
  /** By unit. */
  readonly texts: ReadonlyMap<string, UnitText>
}

export const modulesOfFiles = (files: readonly string[]): ModuleSet => ({ files, texts: new Map() })

/** The file that is the module of this name in Erlang. */
export function fileOfModule({ files }: ModuleSet, module: string): string | undefined {
  return files.find((file) => erlangModule(unitOfFile(file)) === module)
}

/** With the text of a module in place of what there was. */
export function withText(
  { files, texts }: ModuleSet,
  module: string,
  implementation: Uint8Array,
  interfaceText: Uint8Array | undefined,
): ModuleSet {
  const file = fileOfModule({ files, texts }, module) ?? `${module}.ml`
  const text: UnitText = {
    implementation: { name: `${module}.ml`, bytes: implementation.slice() },
    interface:
      interfaceText === undefined ? undefined : { name: `${module}.mli`, bytes: interfaceText.slice() },
  }
  return {
    files: files.includes(file) ? files : [...files, file],
    texts: new Map([...texts, [unitOfFile(file), text]]),
  }
}

/** Whether a module is of a file, and not only of a text. */
export const hasFile = (file: string): boolean => isAbsolute(file)

/** With the files of modules again where texts have stood before them: of one file, or of all. */
export function withoutTexts({ files, texts }: ModuleSet, only?: string): ModuleSet {
  const units = new Set((only === undefined ? files : [only]).filter(hasFile).map(unitOfFile))
  return { files, texts: new Map([...texts].filter(([unit]) => !units.has(unit))) }
}
