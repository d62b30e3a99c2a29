/** Warnings 8, 11 and 12 are where OCaml gives them, in its words. */

import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Diagnostic, DiagnosticError } from '../../src/base/diagnostic.ts'
import { lineColumn } from '../../src/base/region.ts'
import { newLibrary } from './compile.ts'

const folder = new URL('./warnings/', import.meta.url)

/** "LINE:FROM-TO NUMBER MESSAGE" of each warning that OCaml prints. */
function expectedWarnings(text: string): string[] {
  const directory = mkdtempSync(join(tmpdir(), 'warnings-'))
  try {
    writeFileSync(join(directory, 'input.ml'), text)
    const script = 'OCAML_COLOR=never ocamlc -w -a+8+11+12 -c input.ml 2>&1'
    return parseWarnings(execFileSync('sh', ['-c', script], { cwd: directory, encoding: 'utf8' }))
  } finally {
    rmSync(directory, { recursive: true })
  }
}

function parseWarnings(output: string): string[] {
  const blocks = output.split(/^File "input.ml", /m).slice(1)
  return blocks.map((block) => {
    const [place, ...lines] = block.trimEnd().split('\n') as [string, ...string[]]
    const [, line, from, to] = /^lines? (\d+)[^,]*, characters (\d+)-(\d+):/.exec(
      place,
    ) as unknown as string[]
    const start = lines.findIndex((l) => l.startsWith('Warning'))
    const [, number, first] = /^Warning (\d+) \[[^\]]*\]: (.*)$/.exec(
      lines[start] as string,
    ) as unknown as string[]
    return `${line}:${from}-${to} ${number} ${[first, ...lines.slice(start + 1)].join('\n')}`
  })
}

function describeWarning({ region, message, warning }: Diagnostic): string {
  const from = lineColumn(region.source, region.start)
  const to = lineColumn(region.source, region.end)
  return `${from.line}:${from.column}-${to.column} ${warning?.number} ${message}`
}

describe.each(readdirSync(folder))('%s', { timeout: 60_000 }, (file) => {
  it('has the warnings that OCaml gives', () => {
    const text = readFileSync(new URL(file, folder), 'utf8')
    const { diagnostics } = newLibrary().diagnose('Input', text)
    const given = diagnostics.filter(({ warning }) => [8, 11, 12].includes(warning?.number ?? 0))
    expect(given.map(describeWarning)).toEqual(expectedWarnings(text))
  })
})

describe('refuted cases', () => {
  /** Inference checks the matches of each item, so a case that is not refuted is an error of the unit. */
  const errors = (text: string): string[] => {
    try {
      newLibrary().infer('Input', text)
      return []
    } catch (error) {
      if (!(error instanceof DiagnosticError)) throw error
      return [error.diagnostic.message.split('\n')[1] as string]
    }
  }
  const reaches = 'Here is an example of a value that would reach it: '

  it('are refuted by empty types', () => {
    expect(errors('type empty = | let f (x : empty) : int = match x with _ -> .')).toEqual([])
    expect(
      errors('type empty = | let f (x : (int, empty) result) = match x with Ok n -> n | Error _ -> .'),
    ).toEqual([])
  })

  it('are errors where a value can reach them', () => {
    expect(errors('let f (x : (int, bool) result) = match x with Ok n -> n | Error _ -> .')).toEqual([
      `${reaches}Error _`,
    ])
    expect(errors('let f = function Some true -> 1 | None -> 2 | Some _ -> .')).toEqual([
      `${reaches}Some false`,
    ])
    expect(errors('let f = function (1, _) -> 1 | _ -> .')).toEqual([`${reaches}(_, _)`])
    expect(errors('type t = A | B of int let f = function A, A -> 1 | _ -> .')).toEqual([
      `${reaches}(B _, _)`,
    ])
  })
})
