/** Source files as users name them. */

import { statSync } from 'node:fs'

/** Why a file cannot be compiled, without reading it; undefined if it seems to be an OCaml source file. */
export function fileProblem(file: string): string | undefined {
  if (!file.endsWith('.ml')) return `${file}: not an OCaml source file (.ml)`
  const found = statSync(file, { throwIfNoEntry: false })
  if (found === undefined) return `${file}: no such file`
  return found.isDirectory() ? `${file}: is a folder` : undefined
}
