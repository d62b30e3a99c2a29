/** The installed OCaml (4.13), which the parser is compared with. */

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const hasOcaml =
  spawnSync('ocamlc', ['-version'], { encoding: 'utf8' }).stdout?.startsWith('4.13') ?? false

export const standardLibrary = hasOcaml
  ? spawnSync('ocamlc', ['-where'], { encoding: 'utf8' }).stdout.trim()
  : ''

/** What `ocamlc` writes to standard error when it only parses. */
export function ocamlcParse(name: string, bytes: Uint8Array | string, ...options: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'syntax-'))
  try {
    writeFileSync(join(folder, name), bytes)
    const args = ['-nopervasives', '-stop-after', 'parsing', ...options, name]
    return spawnSync('ocamlc', args, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 30 }).stderr
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** A source file with its documentation comments made plain ones, which leave no trace in the tree. */
export function readWithoutDocumentation(path: string): Uint8Array {
  return Buffer.from(readFileSync(path, 'latin1').replaceAll(/\(\*\*(?!\))/g, '(* '), 'latin1')
}

/** OCaml's tree without locations. An exception's attributes count as the constructor's. */
export function parsetree(name: string, bytes: Uint8Array | string): string {
  return ocamlcParse(name, bytes, '-dparsetree', '-dno-locations')
}

/** The places of all nodes of OCaml's tree, as "start-end". */
export function parsetreeRegions(name: string, bytes: Uint8Array): ReadonlySet<string> {
  const dump = ocamlcParse(name, bytes, '-dparsetree')
  const places = dump.matchAll(/\([^()\s[]*\[\d+,(\d+)\+(-?\d+)\]\.\.\[\d+,(\d+)\+(-?\d+)\]/g)
  return new Set(Array.from(places, ([, a, b, c, d]) => `${Number(a) + Number(b)}-${Number(c) + Number(d)}`))
}

/**
 * Builds a program that parses many sources at once and says for each "ok" or place and message of the error,
 * those of related messages behind bars. Undefined where the compiler's libraries are not installed.
 */
export function buildBatchParser(folder: string): string | undefined {
  writeFileSync(join(folder, 'batch.ml'), readFileSync(join(import.meta.dirname, 'batch-parser.ml')))
  const args = ['-w', '-a', '-I', '+compiler-libs', 'ocamlcommon.cma', 'batch.ml', '-o', 'batch']
  const { status } = spawnSync('ocamlc', args, { cwd: folder })
  return status === 0 ? join(folder, 'batch') : undefined
}

/** One line per source. */
export function parseBatch(
  program: string,
  sources: readonly string[],
  interfaces: boolean,
): readonly string[] {
  const input = sources.join('\x01')
  const { stdout } = spawnSync(program, interfaces ? ['-i'] : [], {
    input,
    encoding: 'latin1',
    maxBuffer: 1 << 30,
  })
  return stdout.split('\n').slice(0, sources.length)
}
