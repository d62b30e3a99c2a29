/** The house rules that a machine can hold: imports go down only, no cycles, sockets and files only at the top. */

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const src = resolve(import.meta.dirname, '../src')

const floors: Record<string, number> = {
  base: 0,
  'erlang-term-format': 1,
  'node-epmd': 1,
  wasm: 1,
  syntax: 1,
  typing: 2,
  runtime: 2,
  node: 2,
  lambda: 3,
  codegen: 4,
  engine: 5,
  stdlib: 5,
  join: 6,
  bridge: 6,
  embedding: 7,
  daemon: 8,
  cli: 9,
  // The package's entry.
  'index.ts': 9,
  otp: -1,
}

/** These two are written as packages: nothing of the rest but `base`. */
const packages = new Set(['erlang-term-format', 'node-epmd'])

const worldModules = /^node:(net|tls|fs|dgram|http|child_process|worker_threads|readline)/

interface Import {
  readonly from: string
  readonly to: string
  readonly typeOnly: boolean
}

function typescriptFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .map((name) => join(folder, name))
}

const files = typescriptFiles(src).filter((f) => !relative(src, f).startsWith('runtime/'))

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8')
  const found = text.matchAll(/^\s*(?:import|export)\s+(type\s+)?[^'"]*?from\s+'([^']+)'/gms)
  return [...found].map((m) => ({ from: file, to: m[2] as string, typeOnly: m[1] !== undefined }))
}

const imports = files.flatMap(importsOf)
const local = imports
  .filter((i) => i.to.startsWith('.'))
  .map((i) => ({ ...i, to: resolve(dirname(i.from), i.to) }))

const folderOf = (file: string): string => relative(src, file).split('/')[0] as string
const name = (file: string): string => relative(src, file)

describe('floors', () => {
  it('knows every folder of src', () => {
    const folders = readdirSync(src, { withFileTypes: true }).filter((e) => e.isDirectory())
    expect(folders.map((e) => e.name).filter((f) => !(f in floors))).toEqual([])
  })

  it('imports from lower floors only', () => {
    const up = local.filter(({ from, to }) => {
      const [a, b] = [folderOf(from), folderOf(to)]
      return a !== b && (floors[a] as number) <= (floors[b] as number)
    })
    expect(up.map((i) => `${name(i.from)} -> ${name(i.to)}`)).toEqual([])
  })

  it('keeps the packages apart', () => {
    const outside = local.filter(({ from, to }) => {
      const [a, b] = [folderOf(from), folderOf(to)]
      return packages.has(a) && a !== b && b !== 'base'
    })
    expect(outside.map((i) => `${name(i.from)} -> ${name(i.to)}`)).toEqual([])
  })

  it('has no cycles', () => {
    const edges = new Map<string, string[]>()
    for (const { from, to, typeOnly } of local)
      if (!typeOnly) edges.set(from, [...(edges.get(from) ?? []), to])
    const state = new Map<string, 'open' | 'done'>()
    const cycles: string[] = []
    const visit = (file: string, path: string[]): void => {
      if (state.get(file) === 'done') return
      if (state.get(file) === 'open') {
        cycles.push([...path.slice(path.indexOf(file)), file].map(name).join(' -> '))
        return
      }
      state.set(file, 'open')
      for (const next of edges.get(file) ?? []) visit(next, [...path, file])
      state.set(file, 'done')
    }
    for (const file of files) visit(file, [])
    expect(cycles).toEqual([])
  })

  it('touches sockets, files and threads only in daemon and cli', () => {
    const world = imports.filter(
      (i) => worldModules.test(i.to) && !['daemon', 'cli'].includes(folderOf(i.from)),
    )
    expect(world.map((i) => `${name(i.from)} -> ${i.to}`)).toEqual([])
  })

  it('keeps files to a size that fits a head', () => {
    const long = files
      .map((f) => ({ f, lines: readFileSync(f, 'utf8').split('\n').length }))
      .filter((x) => x.lines > 800)
    expect(long.map((x) => `${name(x.f)}: ${x.lines}`)).toEqual([])
  })
})
