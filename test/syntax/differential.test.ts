/** The parser beside the installed OCaml: the same trees, the same places, the same errors. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Source } from '../../src/base/region.ts'
import { sourceOfString } from '../../src/base/region.ts'
import type { SignatureItem, StructureItem } from '../../src/syntax/ast.ts'
import { printSignature, printStructure } from '../../src/syntax/index.ts'
import { readEntries } from './golden-file.ts'
import { chunks, mutate } from './mutate.ts'
import {
  buildBatchParser,
  hasOcaml,
  ocamlcParse,
  parseBatch,
  parsetree,
  parsetreeRegions,
  readWithoutDocumentation,
  standardLibrary,
} from './ocaml.ts'
import { diagnosticOf, filesOf, parseSource, randomOf, sourceOfFile, summary } from './support.ts'

const libraryModules = [
  'list.ml',
  'camlinternalOO.ml',
  'hashtbl.ml',
  'set.ml',
  'map.mli',
  'camlinternalFormatBasics.ml',
]
const files = hasOcaml
  ? [...filesOf('corpus', '.ml', '.mli'), ...libraryModules.map((name) => join(standardLibrary, name))]
  : []

function reprint(source: Source): string {
  const items = parseSource(source)
  if (source.name.endsWith('i')) return printSignature(items as readonly SignatureItem[])
  return printStructure(items as readonly StructureItem[])
}

/** Where OCaml keeps no place, or one in another way: parts of paths, parameters, the cases of a function. */
const withoutCounterpart = new Set(['prefix', 'functor', 'argument', 'parameters', 'body'])

function missingRegions(tree: unknown, places: ReadonlySet<string>, key = ''): readonly string[] {
  if (tree === null || typeof tree !== 'object' || tree instanceof Uint8Array) return []
  if (Array.isArray(tree)) return tree.flatMap((each) => missingRegions(each, places, key))
  const { kind, region } = tree as { kind?: string; region?: { start: number; end: number } }
  const isNode = kind !== undefined && region !== undefined && 'attributes' in tree
  const place = isNode ? `${region.start}-${region.end}` : ''
  const missing =
    isNode && !places.has(place) && !withoutCounterpart.has(key) ? [`${key} ${kind} ${place}`] : []
  const inner = Object.entries(tree).filter(([name]) => name !== 'region')
  return [...missing, ...inner.flatMap(([name, value]) => missingRegions(value, places, name))]
}

describe.skipIf(!hasOcaml)('files that OCaml accepts', () => {
  test.each(files)('%s: the printed tree is the same to OCaml', (path) => {
    const name = `x.${path.split('.').pop()}`
    const text = reprint({ name, bytes: new Uint8Array(readWithoutDocumentation(path)) })
    const original = parsetree(name, readWithoutDocumentation(path))
    expect(original).not.toMatch(/^Error:/m)
    expect(parsetree(name, text)).toBe(original)
  })

  test.each(files)('%s: nodes are where OCaml has them', (path) => {
    const name = `x.${path.split('.').pop()}`
    const bytes = new Uint8Array(readWithoutDocumentation(path))
    expect(missingRegions(parseSource({ name, bytes }), parsetreeRegions(name, bytes))).toEqual([])
  })
})

describe.skipIf(!hasOcaml)('golden errors are what ocamlc prints', () => {
  const entries = readEntries(readFileSync(join(import.meta.dirname, 'golden/errors.txt'), 'utf8'))
  test.each(entries)('$title', ({ source, expected }) => {
    // The tree of a source that only makes warnings stands behind them.
    const ours = expected.replace(/^Hint: .* was expected here\.$\n?/m, '').replace(/^\([\s\S]*/m, '')
    // Our parser tells every warning and leaves it to others which ones are wanted.
    expect(ours.trimEnd()).toBe(ocamlcParse('x.ml', source, '-w', '+29').trimEnd())
  })
})

describe.skipIf(!hasOcaml)('programs with errors', () => {
  const folder = mkdtempSync(join(tmpdir(), 'syntax-'))
  let program: string | undefined
  beforeAll(() => {
    program = buildBatchParser(folder)
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  test.each([
    { seed: 1, paths: filesOf('corpus', '.ml') },
    { seed: 2, paths: filesOf('corpus', '.mli') },
  ])('mutated programs are accepted or refused alike, seed $seed', ({ seed, paths }) => {
    if (program === undefined) throw new Error('the compiler libraries of OCaml are missing')
    const pieces = paths.flatMap((path) => chunks(sourceOfFile(path)))
    const random = randomOf(seed)
    const mutated = Array.from({ length: 3000 }, () => mutate(pieces[random(pieces.length)]!, random))
    const interfaces = paths[0]!.endsWith('i')
    const theirs = parseBatch(program, mutated, interfaces)
    const name = interfaces ? 'x.mli' : 'x.ml'
    const differences = mutated.flatMap((text, i) => {
      const ours = summary(diagnosticOf(() => parseSource(sourceOfString(name, text))))
      return ours === theirs[i] || isExtension(text, ours, theirs[i] ?? '')
        ? []
        : [{ text, ours, theirs: theirs[i] }]
    })
    // A handful of places where OCaml's automaton goes on a token longer than its grammar.
    expect(differences.slice(0, 20)).toHaveLength(differences.length)
    expect(differences.length, JSON.stringify(differences, undefined, 1)).toBeLessThanOrEqual(6)
  })
})

/** OCaml 5 goes further than 4.13: objects as arguments, `val x : 'a. t`, functor types without `functor`. */
function isExtension(text: string, ours: string, theirs: string): boolean {
  const at = Number.parseInt(theirs, 10)
  const isFurther = ours === 'ok' || Number.parseInt(ours, 10) > at
  return isFurther && /object|val|external|module/.test(text)
}
