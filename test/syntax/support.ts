/** What the tests of the parser share. */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Diagnostic, DiagnosticError } from '../../src/base/diagnostic.ts'
import { noRegion, type Source, sourceOfString } from '../../src/base/region.ts'
import { parseImplementation, parseInterface } from '../../src/syntax/index.ts'

export function sourceOfFile(path: string, name = path): Source {
  return { name, bytes: new Uint8Array(readFileSync(path)) }
}

/** The files of a folder beside the tests, by name, with one of the endings. */
export function filesOf(folder: string, ...endings: string[]): readonly string[] {
  const path = join(import.meta.dirname, folder)
  return readdirSync(path)
    .filter((name) => endings.some((ending) => name.endsWith(ending)))
    .sort()
    .map((name) => join(path, name))
}

/** Parses as the source's name demands. */
export function parseSource(source: Source): readonly unknown[] {
  return source.name.endsWith('.mli') ? parseInterface(source) : parseImplementation(source)
}

export function parseText(text: string): readonly unknown[] {
  return parseSource(sourceOfString('x.ml', text))
}

/** The diagnostic that `run` stops with, or undefined; any other error is thrown on. */
export function diagnosticOf(run: () => unknown): Diagnostic | undefined {
  try {
    run()
    return undefined
  } catch (error) {
    if (error instanceof DiagnosticError) return error.diagnostic
    throw error
  }
}

/** A diagnostic in the form of batch-parser.ml. */
export function summary(diagnostic: Diagnostic | undefined): string {
  if (diagnostic === undefined) return 'ok'
  const messages = [diagnostic, ...(diagnostic.related ?? [])]
  return messages
    .map(({ region, message }) => {
      const isNowhere = region.source === noRegion.source
      return `${isNowhere ? '-1--1' : `${region.start}-${region.end}`} ${message.replaceAll('\n', ' ')}`
    })
    .join(' | ')
}

/** The tree as JSON without regions, to compare trees by. */
export function withoutRegions(tree: unknown): string {
  return JSON.stringify(tree, (key, value) => {
    if (key === 'region') return undefined
    if (value instanceof Uint8Array) return [...value]
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}

/** A small generator of pseudo-random numbers below a bound, the same for the same seed on every machine. */
export function randomOf(seed: number): (bound: number) => number {
  let state = seed >>> 0
  return (bound) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0
    return (state >>> 8) % bound
  }
}
